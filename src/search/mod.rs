//! Search for a cell of high accuracy among those whose accuracy is known: random search, ageing evolution and local
//! search, each with or without the help of a proxy.
//!
//! A search pays for accuracies, one of its budget each, and reads the proxy for nothing, as a proxy costs seconds where
//! training costs hours (Abdelfattah et al. 2021, arXiv 2101.08134). The proxy helps in two ways:
//! * **warm-up**: the first cells are not random ones but the best by the proxy of N random ones;
//! * **move**: the proxy has a say in which cell is next ([`Move`]).
//!
//! A [`Run`] does one thing a [`Run::step`], so that a worker can report, pause and cancel. The same options, seed and
//! number of the run give the same rows, in native code and in WebAssembly.
//!
//! ```
//! use cellscope::{search::{Landscape, Method, Options, Run}, space, stats::Better};
//!
//! let space = space::find("nasbench201").unwrap();
//! // An accuracy to play with: the number of convolutions.
//! let cells = (0..15_625).filter_map(|index| space.at(index));
//! let accuracy: Vec<f64> = cells.map(|cell| space::convs(&*cell) as f64).collect();
//! let landscape = Landscape::of_space(space, &accuracy, Better::Larger)?;
//! let options = Options { budget: 300, ..Options::new(Method::AgeingEvolution) };
//! let rows = Run::new(&landscape, &options, 0, 0)?.rows(&landscape, None)?;
//! assert_eq!(rows.len(), 300);
//! assert_eq!(rows[299].best, 6.0);
//! # Ok::<(), cellscope::search::SearchError>(())
//! ```

mod best_of;
mod error;
mod evolution;
mod guide;
mod landscape;
mod local;
mod options;
mod run;
mod start;

pub use best_of::{BestOf, BestOfRun, Pick, best_of};
pub use error::SearchError;
pub use guide::{ColumnGuide, Guide, ProxyGuide, Scores};
pub use landscape::Landscape;
pub use options::{Method, Move, Options};
pub use run::{Event, Row, Run};
