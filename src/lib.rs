//! Cellscope: neural-network cells as channel graphs, and their training-free scores.
//!
//! One way for data to flow: text → [`space::Cell`] → [`network::Network`] → scores → rank → view.
//! Nothing here but `web` knows of a browser, and the same input gives the same bits natively and in WebAssembly.
//!
//! ```
//! use cellscope::{nasgraph::Scorer, space::{self, SurrogateOptions}};
//!
//! let space = space::find("nasbench201").unwrap();
//! let cell = space.parse("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|none~2|")?;
//! let network = cell.surrogate(&SurrogateOptions::default())?;
//! let measures = Scorer::new(1).measures(&network)?;
//! assert_eq!(measures.nodes, 931);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod checksum;
pub mod cost;
pub mod epsilon;
mod few;
pub mod known;
pub mod method;
pub mod nasgraph;
pub mod network;
pub mod predictor;
mod quote;
pub mod random;
pub mod search;
pub mod space;
pub mod stats;

#[cfg(target_arch = "wasm32")]
pub mod web;
