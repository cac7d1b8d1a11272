//! ε against the authors' figures, and bit by bit against itself: this file runs natively and in a browser.

use crate::epsilon::bits;
use crate::epsilon::golden;
use crate::epsilon::nasbench101;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn figures_on_white_noise() {
    let deviation = golden::randn();
    println!("{deviation:?}");
    assert_eq!(deviation.rows, 120);
    assert!(deviation.beyond <= 3);
}

#[test]
fn figures_on_nasbench101() {
    assert_eq!(nasbench101::figures(), 50);
}

#[test]
fn bits_are_the_same_everywhere() {
    let table = bits::table();
    assert!(table == include_str!("../data/epsilon_bits.csv"), "the bits are now\n{table}");
}
