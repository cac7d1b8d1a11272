//! TG-NAS bit by bit against itself: this file runs natively and in a browser.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

#[path = "common/tgnas_bits.rs"]
mod bits;

#[test]
fn bits_are_the_same_everywhere() {
    let table = bits::table();
    assert!(table == include_str!("data/tgnas_bits.csv"), "the bits are now\n{table}");
}
