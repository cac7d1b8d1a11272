//! TG-NAS's predictor: its files, its predictions against a slow oracle, what moves them.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code)]
#[path = "../common/tgnas_bits.rs"]
mod bits;
mod edits;
mod files;
mod oracle;
