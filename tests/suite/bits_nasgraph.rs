//! The core in the browser: the golden suites of NASGraph, and the same bits as natively. In native code this file only
//! keeps the table of bits; `nasgraph.rs` runs the golden suites there.

use crate::common::nasgraph_bits as bits;
#[cfg(target_arch = "wasm32")]
use crate::common::nasgraph_golden as golden;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_table_of_bits_is_up_to_date() {
    if std::env::var_os("CELLSCOPE_WRITE_BITS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/nasgraph_bits.csv");
        std::fs::write(path, bits::table()).unwrap();
    } else {
        assert_eq!(bits::equal_bits(), 58);
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::{bits, golden, test};

    #[test]
    fn the_bits_of_native_code() {
        assert_eq!(bits::equal_bits(), 58);
    }

    #[test]
    fn measures_equal_the_authors() {
        assert_eq!(golden::measures(), 160);
    }

    #[test]
    fn edge_lists_equal_the_authors() {
        assert!(golden::edge_lists() > 40_000);
    }
}
