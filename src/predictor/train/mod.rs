//! Training of the predictor: derivatives by hand, no library, the same bits natively and in WebAssembly.

mod adamw;
mod batch;
mod data;
mod engine;
mod kernel;
mod loss;
mod model;
mod pass;
mod recipe;
mod shape;
mod target;
mod trainer;

pub use batch::{Batch, GLOBAL, Graph, PADDING};
pub use data::{COLUMN, Samples, Split, pack};
pub use engine::{ByHand, Engine};
pub use model::{Distinct, Model};
pub use pass::{Input, Moments, Tape};
pub use recipe::{Loss, Recipe, Schedule, Target};
pub use shape::{LayerPlaces, Shape};
pub use trainer::{Progress, Trainer};
