//! NASGraph against the authors' figures, natively.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/nasgraph_golden.rs"]
mod golden;

#[test]
fn measures_equal_the_authors() {
    assert_eq!(golden::measures(), 160);
}

#[test]
fn edge_lists_equal_the_authors() {
    assert!(golden::edge_lists() > 40_000);
}
