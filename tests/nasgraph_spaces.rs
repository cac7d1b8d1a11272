//! NASGraph against the authors' figures on the other spaces, natively.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/nasgraph_spaces.rs"]
mod golden;

#[test]
fn nasbench101_equals_the_authors() {
    assert_eq!(golden::nasbench101(), 60);
}

#[test]
fn transnas101_equals_the_authors() {
    assert_eq!(golden::transnas101(), 48);
}

#[test]
fn nds_equals_the_authors() {
    assert_eq!(golden::nds(), 40);
}
