//! TG-NAS (Qiao, Xu and Huang 2024, arXiv 2404.00271): a predictor that reads operator names.
//!
//! A cell becomes a graph of operators ([`OperatorGraph`], by [`crate::space::Cell::operator_graph`]); the operators'
//! texts become vectors, by a sentence transformer; a small graph convolution trained on NAS-Bench-101 turns both into
//! a score.
//!
//! ```
//! use cellscope::{predictor::{Hyper, Predictor, Weights, Words}, space};
//!
//! let words = Words::read(&std::fs::read("www/data/operators.words")?)?;
//! let predictor = Predictor::new(Weights::random(Hyper::AUTHORS, 1, 0), words)?; // untrained
//! let cell = space::find("nasbench201")?.parse("|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|")?;
//! assert_eq!(cell.operator_graph()?.contracted().0.edges(), [(0, 1), (1, 2)]);
//! assert!(predictor.predict(cell.operator_graph()?)?.is_finite());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
