//! NASGraph against the authors' figures, natively.

use crate::common::nasgraph_golden as golden;

#[test]
fn measures_equal_the_authors() {
    assert_eq!(golden::measures(), 160);
}

#[test]
fn edge_lists_equal_the_authors() {
    assert!(golden::edge_lists() > 40_000);
}
