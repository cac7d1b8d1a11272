//! The browser's side: thin, typed adapters around the core, and no logic of their own.
//!
//! `types.d.ts` beside this file is the contract; wasm-bindgen copies it into the generated declarations.

// The macros of wasm-bindgen expand to unsafe glue.
#![allow(unsafe_code)]
// The public docs are those of `types.d.ts`.
#![allow(missing_docs)]

pub mod cells;
mod convert;
pub mod epsilon;
pub mod error;
pub mod graph;
pub mod known;
pub mod laboratory;
pub mod score;
pub mod search;
pub mod stats;
pub mod sweep;

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen(skip_typescript)]
pub fn version() -> String {
    concat!(env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION")).to_owned()
}
