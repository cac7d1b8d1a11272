//! Training of the predictor, in steps.
//!
//! [`ByHand`] has its derivatives by hand: no library, the same bits natively and in WebAssembly; the page trains with it.
//! `Library` (feature `train`) has them from candle; the command `train-tgnas` uses it.

mod adamw;
mod augment;
mod batch;
mod data;
mod engine;
mod fit;
mod kernel;
#[cfg(all(feature = "train", not(target_arch = "wasm32")))]
mod library;
mod loss;
mod model;
mod pass;
mod recipe;
mod shape;
mod splits;
mod target;
mod trainer;

pub use batch::{Batch, GLOBAL, Graph, PADDING};
pub use data::{COLUMN, Samples, Split, pack};
pub use engine::{ByHand, Engine};
pub use fit::{Epoch, fit};
#[cfg(all(feature = "train", not(target_arch = "wasm32")))]
pub use library::Library;
pub use model::{Distinct, Model};
pub use pass::{Input, Moments, Tape};
pub use recipe::{Loss, Recipe, Schedule, Target, Wording};
pub use shape::{LayerPlaces, Shape};
pub use splits::{SHIFTS, Shift};
pub use trainer::{Progress, Trainer};
