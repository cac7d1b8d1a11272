//! TG-NAS (Qiao, Xu and Huang 2024, arXiv 2404.00271): a predictor that reads operator names.
//!
//! A cell becomes a graph of operators ([`OperatorGraph`], by [`crate::space::Cell::operator_graph`]); the operators'
//! texts become vectors, by a sentence transformer; a small graph convolution trained on NAS-Bench-101 turns both into
//! a score.

mod adjacency;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod convert;
mod error;
mod file;
mod graph;
mod infer;
mod influence;
pub mod train;
mod weights;
mod words;

pub use adjacency::{Adjacency, Layout, Normalisation};
pub use error::PredictorError;
pub use file::Encoding;
pub use graph::{Form, INPUT, NONE, OUTPUT, Operator, OperatorGraph, SKIP};
pub use infer::Predictor;
pub use influence::{Occlusion, occlusion};
pub use weights::{BatchNorm, Hyper, Layer, Member, Readout, Target, Weights};
pub use words::Words;
