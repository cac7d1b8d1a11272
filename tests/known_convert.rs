//! The committed tables are what the converter makes of the source, and hold its numbers to the last digit.
//!
//! The source is not part of the project: name it by `CELLSCOPE_NASBENCH201_CSV` (plain or gzipped). With
//! `CELLSCOPE_WRITE_KNOWN=1` the tables are written anew before they are compared. See `www/data/README.md`.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

use cellscope::known::{
    KnownTable,
    convert::{ConvertError, convert, tables},
};
use flate2::read::GzDecoder;
use std::{env, fs, io::Read, path::Path};

const MAIN: &str = "www/data/nasbench201.known";
const MORE: &str = "www/data/nasbench201-more.known";

#[test]
fn committed_tables_hold_the_source() {
    let Some(source) = env::var_os("CELLSCOPE_NASBENCH201_CSV") else {
        eprintln!("skipped: CELLSCOPE_NASBENCH201_CSV does not name the source");
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = env::temp_dir().join(format!("cellscope-known-{}", std::process::id()));
    fs::create_dir_all(&made).unwrap();
    convert("nasbench201", Path::new(&source), &made.join("main"), &made.join("more")).unwrap();
    if env::var_os("CELLSCOPE_WRITE_KNOWN").is_some() {
        fs::copy(made.join("main"), root.join(MAIN)).unwrap();
        fs::copy(made.join("more"), root.join(MORE)).unwrap();
    }
    let main = fs::read(root.join(MAIN)).unwrap();
    let more = fs::read(root.join(MORE)).unwrap();
    assert!(main == fs::read(made.join("main")).unwrap(), "{MAIN} is not what the converter makes");
    assert!(more == fs::read(made.join("more")).unwrap(), "{MORE} is not what the converter makes");
    fs::remove_dir_all(&made).unwrap();

    let mut csv = fs::read(&source).unwrap();
    if csv.starts_with(&[0x1f, 0x8b]) {
        let packed = std::mem::take(&mut csv);
        GzDecoder::new(packed.as_slice()).read_to_end(&mut csv).unwrap();
    }
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let (main, more) = (KnownTable::read(&main).unwrap(), KnownTable::read(&more).unwrap());
    let mut compared = 0;
    for (at, id) in header.iter().enumerate().skip(2) {
        let ours = main.column(id).or(more.column(id)).unwrap_or_else(|| panic!("no column {id}"));
        for (row, (record, ours)) in rows.iter().zip(ours).enumerate() {
            // The one marker that is not a number: no latency.
            let blank = record[at].is_empty() || (id.ends_with("_latency") && &record[at] == "-1.0");
            let theirs: f64 = if blank { f64::NAN } else { record[at].parse().unwrap() };
            assert!(theirs == *ours || (theirs.is_nan() && ours.is_nan()), "{id}, row {row}: {ours}");
            compared += 1;
        }
    }
    assert_eq!(compared, 27 * 15_625);
}

/// A source with a few rows, to be spoilt.
fn convert_text(text: &str) -> ConvertError {
    tables("nasbench201", text.as_bytes()).unwrap_err()
}

#[test]
fn errors_name_the_place() {
    let arch =
        "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|";
    assert_eq!(tables("mnist", b"").unwrap_err().to_string(), "no figures are known for the space `mnist`");
    assert_eq!(convert_text("index,arc\n").to_string(), "the file has no column `arch`");
    assert_eq!(
        convert_text(&format!("index,arch\n0,{arch}\n")).to_string(),
        "the file has 1 rows and should have 15625"
    );
    assert_eq!(
        convert_text(&format!("index,arch\n7,{arch}\n")).to_string(),
        "line 2: `7` where `0` should be"
    );
    assert!(
        convert_text("index,arch\n0,none\n")
            .to_string()
            .starts_with("line 2: `none` where `|avg_pool_3x3~0|")
    );
    assert!(convert_text("index,arch\n0\n").to_string().contains("found record with 1 fields"));
}
