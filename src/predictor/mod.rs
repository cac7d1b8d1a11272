//! TG-NAS (Qiao, Xu and Huang 2024, arXiv 2404.00271): a predictor that reads operator names.
//!
//! A cell becomes a graph of operators ([`OperatorGraph`], by [`crate::space::Cell::operator_graph`]); the operators'
//! texts become vectors, by a sentence transformer; a small graph convolution trained on NAS-Bench-101 turns both into
//! a score.

mod adjacency;
mod graph;

pub use adjacency::{Adjacency, Layout, Normalisation};
pub use graph::{Form, INPUT, NONE, OUTPUT, Operator, OperatorGraph, SKIP};
