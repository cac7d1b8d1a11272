//! TG-NAS bit by bit against itself: this file runs natively and in a browser.

use crate::common::tgnas_bits as bits;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn bits_are_the_same_everywhere() {
    let table = bits::table();
    assert!(table == include_str!("../data/tgnas_bits.csv"), "the bits are now\n{table}");
}
