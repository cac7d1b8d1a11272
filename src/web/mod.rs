//! The browser's side: thin, typed adapters around the core, and no logic of their own.
//!
//! `types.d.ts` and `laboratory.d.ts` beside this file are the contract; wasm-bindgen copies them into the generated
//! declarations.

// The macros of wasm-bindgen expand to unsafe glue.
#![allow(unsafe_code)]
// The public docs are those of `types.d.ts`.
#![allow(missing_docs)]

mod convert;
pub mod epsilon;
pub mod error;
pub mod predictor;

// The page's first module: what the first score needs, and what every edit asks for.
#[cfg(feature = "module-page")]
pub mod cells;
#[cfg(feature = "module-page")]
pub mod graph;
#[cfg(feature = "module-page")]
pub mod known;
#[cfg(feature = "module-page")]
pub mod score;
#[cfg(feature = "module-page")]
pub mod stats;
#[cfg(feature = "module-page")]
pub mod sweep;

// The second module, loaded when a panel of the laboratory asks for it.
#[cfg(feature = "module-laboratory")]
pub mod laboratory;
#[cfg(feature = "module-laboratory")]
pub mod runs;
#[cfg(feature = "module-laboratory")]
pub mod search;
#[cfg(feature = "module-laboratory")]
pub mod trainer;

use wasm_bindgen::prelude::*;

#[cfg(feature = "module-page")]
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[cfg(all(feature = "module-laboratory", not(feature = "module-page")))]
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("laboratory.d.ts");

#[wasm_bindgen(skip_typescript)]
pub fn version() -> String {
    concat!(env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION")).to_owned()
}
