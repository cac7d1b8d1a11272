//! Loops over planes.
//!
//! A plane is H × W × B f32 values with the **batch innermost**: pixel (y, x) of image b is at `(y·W + x)·B + b`.
//! A window sum then adds whole runs of B values and more, so that borders, strides and odd sides never break a
//! vector, and every loop but a reduction is elementwise: the same bits whatever the width of a vector. Reductions
//! keep a fixed number of lanes, added up in a fixed tree ([`stats`]).

mod join;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;
mod stats;
mod window;

pub(super) use join::{Term, join};
pub(super) use stats::{Stats, global_mean, mean_and_variance};
pub(super) use window::{Shape2, average, maximum, sum};
