//! Statistics and known tables have the same bits in native code and in WebAssembly: this file runs in both, and the
//! expected bits are written down here.

use cellscope::{
    known::KnownTable,
    stats::{Pairs, bootstrap, correlation, top_measures},
};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
fn tables() -> [KnownTable; 2] {
    let files: [&[u8]; 2] = [
        include_bytes!("../../www/data/nasbench201.known"),
        include_bytes!("../../www/data/nasbench201-more.known"),
    ];
    files.map(|bytes| KnownTable::read(bytes).unwrap())
}

/// FNV-1a over the bits of numbers, all NaN alike.
fn digest<'a>(values: impl IntoIterator<Item = &'a f64>) -> u64 {
    let bits = values.into_iter().map(|v| if v.is_nan() { u64::MAX } else { v.to_bits() });
    bits.flat_map(u64::to_le_bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn tables_have_the_same_bits() {
    let digests = tables()
        .map(|table| digest(table.columns().iter().flat_map(|column| table.column(&column.id).unwrap())));
    assert_eq!(digests, [0x8cba_5752_2d8b_a137, 0xe751_ff11_48af_f63c], "{digests:#x?}");
}

#[test]
fn correlations_have_the_same_bits() {
    let [main, more] = tables();
    let accuracy = main.column("cifar10_test_acc").unwrap();
    for (id, expected) in [("nwot", 0x10d8_b183_a834_677e), ("eyeriss_latency", 0x8b35_045c_1502_ba24)] {
        let score = more.column(id).unwrap();
        let all = correlation(score, accuracy, 20, 1).unwrap();
        let top = top_measures(score, accuracy).unwrap();
        let figures = [
            all.spearman,
            all.spearman_low,
            all.spearman_high,
            all.kendall,
            all.kendall_low,
            all.kendall_high,
            top.spearman_top10,
            top.kendall_top10,
            top.top10_overlap,
        ];
        let found = digest(&figures.map(Option::unwrap));
        assert_eq!(found, expected, "{id}: {found:#x}, {figures:?}");
    }
}

#[test]
fn bootstrap_of_a_sample_has_the_same_bits() {
    let [main, _] = tables();
    let columns = ["params_m", "imagenet16_test_acc"].map(|id| &main.column(id).unwrap()[..200]);
    let pairs = Pairs::new(columns[0], columns[1]).unwrap();
    let intervals = bootstrap(&pairs, 1000, 42);
    let (rho, tau) = (intervals.spearman.unwrap(), intervals.kendall.unwrap());
    let found = [rho.0, rho.1, tau.0, tau.1].map(f64::to_bits);
    let expected =
        [0x3fe3_b9b3_1d4f_a1cb, 0x3fe9_fad3_2ff6_eb9a, 0x3fde_c61f_8a7e_068c, 0x3fe4_d4d8_6d10_8943];
    assert_eq!(found, expected, "{found:#x?} {rho:?} {tau:?}");
}
