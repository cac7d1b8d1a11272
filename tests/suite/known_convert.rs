//! The committed tables are what the converter makes of the sources, and hold their numbers to the last digit.
//!
//! The sources are not part of the project: name each (plain or gzipped) by the environment variable of [`TABLES`]. With
//! `CELLSCOPE_WRITE_KNOWN=1` the tables are written anew before they are compared. See `www/data/README.md`.

use cellscope::{
    known::{
        KnownTable, cells,
        convert::{ConvertError, convert, tables},
    },
    space,
};
use flate2::read::GzDecoder;
use std::{collections::HashMap, env, fs, io::Read, path::Path};

/// Space, variable with its source, separator, columns in which cells are named, whether there is a second table,
/// and how many numbers the source has.
type Table = (&'static str, &'static str, u8, &'static [&'static str], bool, usize);

const TABLES: [Table; 5] = [
    ("nasbench201", "CELLSCOPE_NASBENCH201_CSV", b',', &["index", "arch"], true, 27 * 15_625),
    (
        "nasbench101",
        "CELLSCOPE_NASBENCH101_CSV",
        b',',
        &["hash", "n_vertices", "adj_rows", "ops"],
        false,
        6 * 30_001,
    ),
    ("transnas101-micro", "CELLSCOPE_TRANSNAS101_CSV", b',', &["file_id", "space", "arch"], false, 15 * 4096),
    ("transnas101-macro", "CELLSCOPE_TRANSNAS101_CSV", b',', &["file_id", "space", "arch"], false, 15 * 3256),
    ("nds-darts", "CELLSCOPE_NASBENCH301_CSV", b';', &["idx", "arch"], false, 13 * 725),
];

#[test]
fn committed_tables_hold_the_source() {
    for table in TABLES {
        match env::var_os(table.1) {
            Some(source) => check(table, Path::new(&source)),
            None => eprintln!("{} skipped: {} does not name the source", table.0, table.1),
        }
    }
}

fn check((id, _, separator, names, two, numbers): Table, source: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/data");
    let made = env::temp_dir().join(format!("cellscope-known-{}", std::process::id()));
    fs::create_dir_all(&made).unwrap();
    let files = [format!("{id}.known"), format!("{id}-more.known")];
    let files = &files[..1 + usize::from(two)];
    convert(id, source, &made.join(&files[0]), files.get(1).map(|name| made.join(name)).as_deref()).unwrap();
    let mut read = Vec::new();
    for name in files {
        if env::var_os("CELLSCOPE_WRITE_KNOWN").is_some() {
            fs::copy(made.join(name), root.join(name)).unwrap();
        }
        let bytes = fs::read(root.join(name)).unwrap();
        assert!(bytes == fs::read(made.join(name)).unwrap(), "{name} is not what the converter makes");
        read.push(KnownTable::read(&bytes).unwrap());
    }
    fs::remove_dir_all(&made).unwrap();

    let mut csv = fs::read(source).unwrap();
    if csv.starts_with(&[0x1f, 0x8b]) {
        let packed = std::mem::take(&mut csv);
        GzDecoder::new(packed.as_slice()).read_to_end(&mut csv).unwrap();
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(csv.as_slice());
    let header = reader.headers().unwrap().clone();
    let mut rows: HashMap<String, csv::StringRecord> = reader
        .records()
        .map(Result::unwrap)
        .map(|record| (cell_name(id, &header, &record), record))
        .collect();
    let space = space::find(id).unwrap();
    let mut compared = 0;
    for (row, cell) in cells(space, &read[0]).unwrap().iter().enumerate() {
        // The rows of TransNAS-Bench-101's other space stay behind.
        let record =
            rows.remove(&cell.text()).unwrap_or_else(|| panic!("{} is not in the source", cell.text()));
        for (at, column) in header.iter().enumerate().filter(|(_, column)| !names.contains(column)) {
            // In millions, and so called.
            let renamed = format!("{column}_m");
            let counts = id == "nds-darts" && ["flops", "params"].contains(&column);
            let column = if counts { &renamed } else { column };
            let ours = read.iter().find_map(|table| table.column(column));
            let ours = ours.unwrap_or_else(|| panic!("no column {column}"))[row];
            // The one marker that is not a number: no latency.
            let blank = record[at].is_empty() || (column.ends_with("_latency") && &record[at] == "-1.0");
            let theirs: f64 = if blank { f64::NAN } else { record[at].parse().unwrap() };
            assert!(theirs == ours || (theirs.is_nan() && ours.is_nan()), "{column}, row {row}: {ours}");
            compared += 1;
        }
    }
    assert_eq!(compared, numbers);
}

/// The text of a row's cell, worked out here once more.
fn cell_name(id: &str, header: &csv::StringRecord, record: &csv::StringRecord) -> String {
    let field = |name: &str| &record[header.iter().position(|column| column == name).unwrap()];
    match id {
        "nasbench101" => {
            let ops = ["conv3x3-bn-relu|", "conv1x1-bn-relu|", "maxpool3x3|"];
            let interior: String = field("ops").bytes().map(|digit| ops[usize::from(digit - b'0')]).collect();
            format!("{}:{}:input|{interior}output", field("n_vertices"), field("adj_rows").replace('|', ""))
        }
        "nds-darts" => {
            let ops = [
                "max_pool_3x3",
                "avg_pool_3x3",
                "skip_connect",
                "sep_conv_3x3",
                "sep_conv_5x5",
                "dil_conv_3x3",
                "dil_conv_5x5",
            ];
            let digits: Vec<usize> =
                field("arch").chars().filter_map(|c| c.to_digit(10)).map(|d| d as usize).collect();
            let pairs: Vec<String> =
                digits.chunks(2).map(|pair| format!("[\"{}\", {}]", ops[pair[1]], pair[0])).collect();
            let (normal, reduce) = (pairs[..8].join(", "), pairs[8..].join(", "));
            let concat = "[2, 3, 4, 5]";
            format!(
                "{{\"normal\": [{normal}], \"normal_concat\": {concat}, \"reduce\": [{reduce}], \"reduce_concat\": {concat}}}"
            )
        }
        _ => field("arch").to_owned(),
    }
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

#[test]
fn errors_name_the_place_in_keyed_sources() {
    let error = |id: &str, text: &str| tables(id, text.as_bytes()).unwrap_err().to_string();
    let header = "hash,n_vertices,adj_rows,ops\n";
    let wrong = error("nasbench101", &format!("{header}0123,3,011|001|000,1\n"));
    assert_eq!(wrong, "line 2: `0123` where `09fc2d10bdd6225e167a6f81a22a3f06` should be");
    let wrong = error("nasbench101", &format!("{header}0123,3,010|001|000,7\n"));
    assert_eq!(wrong, "line 2: `3010|001|0007` names no cell of the space");
    let wrong = error("nasbench101", &format!("{header}0123,3,010|000|000,0\n"));
    assert!(wrong.starts_with("line 2: column 3: no path joins"), "{wrong}");
    let wrong = error("nds-darts", "idx;arch\n1;[[(0, 9)], []]\n");
    assert_eq!(wrong, "line 2: `[[(0, 9)], []]` names no cell of the space");
    let wrong = error("transnas101-macro", "file_id,space,arch\n0,micro,x\n");
    assert_eq!(wrong, "the file has 0 rows and should have 3256");
    let wrong = error("transnas101-macro", "file_id,space,arch\n1,macro,64-4111-basic\n");
    assert_eq!(wrong, "line 2: `1` where `0` should be");
}
