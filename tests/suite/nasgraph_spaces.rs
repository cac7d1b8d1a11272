//! NASGraph against the authors' figures on the other spaces, natively.

use crate::common::nasgraph_spaces as golden;

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
