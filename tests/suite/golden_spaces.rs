//! The golden suites of the spaces other than NAS-Bench-201, in a browser.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::common::nasgraph_spaces as nasgraph;
use crate::epsilon::nasbench101 as epsilon;

#[wasm_bindgen_test]
fn nasgraph_on_nasbench101() {
    assert_eq!(nasgraph::nasbench101(), 60);
}

#[wasm_bindgen_test]
fn nasgraph_on_transnas101() {
    assert_eq!(nasgraph::transnas101(), 48);
}

#[wasm_bindgen_test]
fn nasgraph_on_nds() {
    assert_eq!(nasgraph::nds(), 40);
}

#[wasm_bindgen_test]
fn epsilon_on_nasbench101() {
    assert_eq!(epsilon::figures(), 50);
}
