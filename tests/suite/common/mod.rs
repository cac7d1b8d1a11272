//! What several suites, or the native and the browser's run of one, share.

pub mod nasgraph_bits;
pub mod nasgraph_golden;
pub mod nasgraph_spaces;
#[cfg(not(target_arch = "wasm32"))]
pub mod slow_nasgraph;
pub mod tgnas_bits;
