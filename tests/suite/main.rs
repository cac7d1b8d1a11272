//! Everything but the command line, as one program that is linked once. It runs natively and in a browser: golden suites
//! and bits in both, oracles and properties natively, the boundary to JavaScript in the browser.

// What the one of the two does not use.
#![allow(dead_code)]

mod common;
mod epsilon;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod bits_epsilon;
mod bits_nasgraph;
mod bits_search;
mod bits_stats;
mod bits_tgnas;
mod bits_training;

#[cfg(not(target_arch = "wasm32"))]
mod cells;
#[cfg(not(target_arch = "wasm32"))]
mod cost;
#[cfg(not(target_arch = "wasm32"))]
mod cost_nds;
#[cfg(not(target_arch = "wasm32"))]
mod expected;
#[cfg(target_arch = "wasm32")]
mod golden_spaces;
#[cfg(not(target_arch = "wasm32"))]
mod known;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod known_convert;
#[cfg(not(target_arch = "wasm32"))]
mod known_spaces;
#[cfg(not(target_arch = "wasm32"))]
mod laboratory;
#[cfg(not(target_arch = "wasm32"))]
mod nasgraph;
#[cfg(not(target_arch = "wasm32"))]
mod nasgraph_spaces;
#[cfg(not(target_arch = "wasm32"))]
mod oracle_modules;
#[cfg(not(target_arch = "wasm32"))]
mod oracle_nasgraph;
#[cfg(not(target_arch = "wasm32"))]
mod oracle_partial_sums;
#[cfg(not(target_arch = "wasm32"))]
mod oracle_torch;
#[cfg(not(target_arch = "wasm32"))]
mod predictor;
#[cfg(not(target_arch = "wasm32"))]
mod predictor_graph;
#[cfg(not(target_arch = "wasm32"))]
mod search;
#[cfg(not(target_arch = "wasm32"))]
mod space;
#[cfg(not(target_arch = "wasm32"))]
mod stats;
#[cfg(not(target_arch = "wasm32"))]
mod training;
#[cfg(not(target_arch = "wasm32"))]
mod training_library;
#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(all(target_arch = "wasm32", feature = "module-laboratory"))]
mod web_laboratory;
#[cfg(target_arch = "wasm32")]
mod web_tgnas;
