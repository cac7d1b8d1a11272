//! The committed tables of NAS-Bench-101, TransNAS-Bench-101 and DARTS: rows as typed from the sources, extremes, labels,
//! and the way from cells to rows and back.

use cellscope::{
    cost,
    known::{Keys, KnownTable, Role, cells, row_of, write},
    space::{self, Space},
    stats::Better,
};
use proptest::prelude::*;
use std::io::Write;

const NASBENCH101: &[u8] = include_bytes!("../../www/data/nasbench101.known");
const MICRO: &[u8] = include_bytes!("../../www/data/transnas101-micro.known");
const MACRO: &[u8] = include_bytes!("../../www/data/transnas101-macro.known");
const DARTS: &[u8] = include_bytes!("../../www/data/nds-darts.known");

fn open(bytes: &[u8]) -> (&'static dyn Space, KnownTable) {
    let table = KnownTable::read(bytes).unwrap();
    (space::find(table.space()).unwrap(), table)
}

fn row(space: &dyn Space, table: &KnownTable, text: &str) -> Option<usize> {
    row_of(space, table, &*space.parse(text).unwrap_or_else(|error| panic!("{text}: {error}")))
}

/// Compares rows with their text in the source; `ids` are of the columns in the source's order.
fn assert_rows(bytes: &[u8], ids: &str, separator: char, rows: &[(&str, &str)]) {
    let (space, table) = open(bytes);
    let ids: Vec<&str> = ids.split(separator).collect();
    assert_eq!(table.columns().len(), ids.len());
    for (text, figures) in rows {
        let row = row(space, &table, text).unwrap_or_else(|| panic!("{text} is not in the table"));
        let figures: Vec<&str> = figures.split(separator).collect();
        assert_eq!(figures.len(), ids.len(), "{text}");
        for (id, figure) in ids.iter().zip(figures) {
            let ours = table.column(id).unwrap_or_else(|| panic!("no column {id}"))[row];
            assert_eq!(ours, figure.parse::<f64>().unwrap(), "{text}: {id}");
        }
    }
}

#[test]
fn rows_of_nasbench101_are_the_source() {
    let ids = "params,val_acc_epoch4,val_acc_epoch12,val_acc_epoch36,val_acc_epoch108,train_time_s";
    let rows = [
        (
            "7:0100110001000000010010000010000001000000010000000:input|conv3x3-bn-relu|maxpool3x3|conv3x3-bn-relu|\
             conv3x3-bn-relu|conv1x1-bn-relu|output",
            "8555530,0.360477,0.421975,0.90014,0.930489,1768.98",
        ),
        (
            "7:0100001001001000011000000001000001000000010000000:input|conv1x1-bn-relu|conv1x1-bn-relu|conv1x1-bn-relu|\
             conv3x3-bn-relu|conv1x1-bn-relu|output",
            "4687498,0.184495,0.58143,0.897937,0.921775,1789.95",
        ),
        ("2:0100:input|output", "882570,0.540465,0.69401,0.815505,0.835837,284.24"),
        ("3:011001000:input|conv1x1-bn-relu|output", "2793866,0.444712,0.534355,0.789463,0.840545,732.7"),
        (
            "4:0110000100010000:input|conv1x1-bn-relu|conv1x1-bn-relu|output",
            "1404042,0.400741,0.614283,0.773538,0.827825,626.84",
        ),
        (
            "7:0110010000001000010000000100000001000000010000000:input|maxpool3x3|maxpool3x3|maxpool3x3|\
             conv3x3-bn-relu|conv3x3-bn-relu|output",
            "21220234,0.407552,0.722256,0.899239,0.932191,3822.75",
        ),
    ];
    assert_rows(NASBENCH101, ids, ',', &rows);
}

#[test]
fn rows_of_transnas101_are_the_source() {
    let ids = "class_scene_valid_top1,class_scene_test_top1,class_object_valid_top1,class_object_test_top1,\
               jigsaw_valid_top1,jigsaw_test_top1,autoencoder_valid_ssim,autoencoder_test_ssim,normal_valid_ssim,\
               normal_test_ssim,room_layout_valid_neg_loss,room_layout_test_neg_loss,segmentsemantic_valid_mIoU,\
               segmentsemantic_test_mIoU,segmentsemantic_valid_acc";
    let macros = [
        (
            "64-4111-basic",
            "53.0255,62.0969,44.8647,50.6718,93.8197,93.3917,0.647273,0.66156,0.548066,0.573468,-0.670116,-0.634218,\
             25.2413,28.4027,94.4948",
        ),
        (
            "64-2311-basic",
            "53.5778,61.5147,46.8103,52.3388,96.1186,96.0539,0.622317,0.63995,0.564126,0.591999,-0.635938,-0.609424,\
             28.7651,30.451,94.7819",
        ),
        (
            "64-2131-basic",
            "53.4037,61.7785,46.7008,53.2892,96.2928,95.9395,0.636994,0.652921,0.558127,0.586863,-0.635797,-0.609261,\
             27.319,30.7065,94.6595",
        ),
        (
            "64-411113-basic",
            "53.0006,62.51,45.1582,51.9556,93.8595,93.9689,0.586884,0.60435,0.576118,0.600068,-0.648289,-0.604228,\
             24.7343,28.0371,94.4932",
        ),
        (
            "64-113444-basic",
            "51.667,60.5942,42.8145,50.4329,94.3521,94.2526,0.430889,0.454602,0.553687,0.578073,-0.652105,-0.581718,\
             23.3202,26.1703,94.5477",
        ),
    ];
    assert_rows(MACRO, ids, ',', &macros);
    let micros = [
        (
            "64-41414-0_00_000",
            "14.1521,13.7938,26.5476,29.4337,0.139331,0.134355,0.0522811,0.0485294,0.324992,0.322789,-1.09005,-1.15685,\
             5.40575,5.42009,91.8936",
        ),
        (
            "64-41414-0_02_221",
            "23.7958,31.5884,27.7418,31.9118,11.2211,13.6992,0.353285,0.371879,0.405553,0.414019,-0.894423,-0.91934,\
             9.25439,10.6273,91.9596",
        ),
        (
            "64-41414-0_23_212",
            "23.5918,32.6981,26.9009,32.3248,11.3654,13.8087,0.341368,0.361605,0.413593,0.434463,-0.907835,-0.935864,\
             8.94386,10.1113,91.8936",
        ),
        (
            "64-41414-3_33_332",
            "53.548,61.9078,42.9837,50.3732,93.2275,93.2972,0.478299,0.504863,0.561237,0.587034,-0.663657,-0.638136,\
             24.6285,28.4795,94.6585",
        ),
        (
            "64-41414-3_33_333",
            "53.6724,62.6393,43.0533,50.4279,85.9076,86.7884,0.469561,0.490714,0.556237,0.58414,-0.681377,-0.63893,\
             24.4336,28.6933,94.6919",
        ),
    ];
    assert_rows(MICRO, ids, ',', &micros);
}

/// A genotype from (node read, operation) as the source writes them.
fn darts(normal: [(usize, usize); 8], reduce: [(usize, usize); 8]) -> String {
    let names = [
        "max_pool_3x3",
        "avg_pool_3x3",
        "skip_connect",
        "sep_conv_3x3",
        "sep_conv_5x5",
        "dil_conv_3x3",
        "dil_conv_5x5",
    ];
    let cell = |pairs: [(usize, usize); 8]| {
        pairs.map(|(source, op)| format!("('{}', {source})", names[op])).join(", ")
    };
    format!(
        "Genotype(normal=[{}], normal_concat=range(2, 6), reduce=[{}], reduce_concat=range(2, 6))",
        cell(normal),
        cell(reduce)
    )
}

#[test]
fn rows_of_darts_are_the_source() {
    let ids =
        "val_accuracy;flops_m;params_m;synflow;nwot;jacov;snip;grasp;fisher;grad_norm;l2_norm;plain;epe_nas";
    let genotypes = [
        darts(
            [(0, 0), (1, 5), (1, 1), (0, 1), (1, 3), (0, 3), (1, 3), (3, 2)],
            [(1, 0), (0, 2), (1, 3), (0, 3), (3, 0), (0, 1), (2, 0), (3, 6)],
        ),
        darts(
            [(0, 5), (1, 0), (2, 1), (0, 2), (3, 2), (0, 3), (1, 0), (3, 5)],
            [(1, 1), (0, 2), (0, 5), (1, 0), (0, 6), (2, 2), (4, 6), (0, 0)],
        ),
        darts(
            [(0, 3), (1, 5), (0, 0), (2, 4), (0, 6), (3, 6), (3, 0), (0, 3)],
            [(0, 4), (1, 3), (2, 1), (1, 5), (0, 5), (3, 4), (4, 6), (3, 1)],
        ),
        // A score printed as -2.9776361770927906e-05.
        darts(
            [(0, 2), (1, 0), (0, 1), (1, 4), (2, 2), (3, 6), (2, 0), (0, 0)],
            [(1, 6), (0, 4), (1, 4), (0, 1), (2, 3), (0, 4), (4, 5), (0, 5)],
        ),
        darts(
            [(1, 4), (0, 4), (1, 0), (0, 5), (2, 1), (1, 1), (3, 0), (2, 2)],
            [(0, 3), (1, 3), (1, 2), (2, 4), (2, 6), (0, 4), (4, 5), (2, 0)],
        ),
    ];
    let figures = [
        "93.32119084207302;153.499136;0.856298;52.796010658657906;448.83994136418596;-32.22197175315778;\
         229.9496612548828;-2.9099960327148438;1.2235603332519531;88.77987670898438;623.076904296875;\
         0.19307900965213776;352.4744361936062",
        "92.70126852631452;126.252544;0.673834;36.34163528606722;443.008028826783;-32.214281657774734;\
         146.03704833984375;-12.616485595703125;0.7773556709289551;53.01337432861328;405.8606262207031;\
         0.17462289333343506;420.92871964796507",
        "92.87589290624571;183.277056;1.05969;87.94909975808004;452.94386077671743;-32.230273303996796;\
         346.085693359375;-5.031890869140625;1.5638490915298462;115.99678802490234;811.9072265625;\
         0.1216663345694542;524.4826981960756",
        "93.17519408838028;143.76704;0.820842;69.92200564730531;445.7813309716572;-32.21299770874215;\
         255.88809204101562;-3.82989501953125;1.3499681949615479;85.97042083740234;510.5882263183594;\
         -2.9776361770927906e-05;372.56455415213054",
        "92.79643529679859;159.626752;0.914218;66.08193568185177;448.7422104965068;-32.21914331908111;\
         345.0965881347656;-7.667449951171875;1.967798113822937;122.7967300415039;619.1566162109375;\
         0.015336279757320881;429.45161605239264",
    ];
    let rows: Vec<(&str, &str)> = genotypes.iter().map(String::as_str).zip(figures).collect();
    assert_rows(DARTS, ids, ';', &rows);
}

/// The largest value of a column and its cell.
fn best(bytes: &[u8], id: &str) -> (f64, String) {
    let (space, table) = open(bytes);
    let values = table.column(id).unwrap().iter().copied();
    let (value, row) = values.zip(0..).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    (value, cells(space, &table).unwrap()[row].text())
}

#[test]
fn extremes_and_labels() {
    assert_eq!(best(MICRO, "class_object_valid_top1"), (46.3177, "64-41414-3_03_122".into()));
    assert_eq!(best(MACRO, "class_object_valid_top1"), (47.9598, "64-21231-basic".into()));
    assert_eq!(best(MICRO, "room_layout_valid_neg_loss"), (-0.593782, "64-41414-3_11_131".into()));
    assert_eq!(best(MACRO, "autoencoder_valid_ssim"), (0.768785, "64-221113-basic".into()));
    assert_eq!(best(DARTS, "val_accuracy").0, 94.48888302784498);
    let (accuracy, cell) = best(NASBENCH101, "val_acc_epoch108");
    let cell = space::find("nasbench101").unwrap().parse(&cell).unwrap();
    assert_eq!((accuracy, cell.canonical().as_str()), (0.949119, "096f593e0f12d65f6220bf8565b764a9"));

    for (bytes, rows, unit) in
        [(NASBENCH101, 30_001, "fraction"), (MICRO, 4096, "%"), (MACRO, 3256, "%"), (DARTS, 725, "%")]
    {
        let (_, table) = open(bytes);
        assert_eq!(table.rows(), rows);
        for column in table.columns() {
            assert_eq!(column.defined, rows, "{}", column.id);
            if column.role != Role::Accuracy {
                continue;
            }
            assert_eq!(column.better, Some(Better::Larger), "{}", column.id);
            let plain = column.id.ends_with("ssim") || column.id.ends_with("neg_loss");
            assert_eq!(column.unit, if plain { "" } else { unit });
            assert_eq!(column.label.contains("one run"), table.space() == "nasbench101");
            assert_eq!(column.label.contains("NAS-Bench-301 SURROGATE"), table.space() == "nds-darts");
            assert_eq!(column.label.contains("negated"), column.id.ends_with("neg_loss"));
        }
    }
}

#[test]
fn sizes_fit_a_download_on_demand() {
    for (bytes, budget) in [(NASBENCH101, 560_000), (MICRO, 130_000), (MACRO, 130_000), (DARTS, 80_000)] {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap().len();
        assert!(packed <= budget, "{packed} bytes gzipped");
    }
}

/// Parameters that we count in the full network against the table's, for every cell.
#[test]
fn parameters_of_nasbench101_are_the_known_ones() {
    let (space, table) = open(NASBENCH101);
    let known = table.column("params").unwrap();
    for (cell, &known) in cells(space, &table).unwrap().iter().zip(known) {
        let ours = cost::cost(&cell.full(10).unwrap()).unwrap().params;
        assert_eq!(ours as f64, known, "{}", cell.text());
    }
}

/// Every key begins with the published hash of its cell, and no two with the same one.
#[test]
fn keys_of_nasbench101_are_the_hashes() {
    let (space, table) = open(NASBENCH101);
    let Keys::Bytes(keys) = table.keys() else { panic!("no keys") };
    assert!(keys.windows(2).all(|pair| pair[0][..6] < pair[1][..6]));
    for (row, cell) in cells(space, &table).unwrap().iter().enumerate() {
        let hash = u64::from_str_radix(&cell.canonical()[..12], 16).unwrap();
        assert_eq!(keys[row][..6], hash.to_be_bytes()[2..]);
        assert_eq!(row_of(space, &table, &**cell), Some(row));
        assert!(cell.reachability().dead_edges.is_empty());
    }
}

#[test]
fn any_form_of_a_cell_finds_its_row() {
    let (space, table) = open(NASBENCH101);
    let pruned = row(space, &table, "4:0101001100010000:input|conv3x3-bn-relu|conv3x3-bn-relu|output");
    assert_eq!(table.column("params").unwrap()[pruned.unwrap()], 5_969_674.0);
    // The same in JSON, and with two vertices that lead nowhere.
    let json = r#"{"module_adjacency": [[0,1,0,1],[0,0,1,1],[0,0,0,1],[0,0,0,0]],
        "module_operations": ["input", "conv3x3-bn-relu", "conv3x3-bn-relu", "output"]}"#;
    assert_eq!(row(space, &table, json), pruned);
    let wide = "6:011001000111000000000001000001000000:\
                input|conv3x3-bn-relu|maxpool3x3|conv1x1-bn-relu|conv3x3-bn-relu|output";
    let dead = "6:011001000111000000000000000001000000:\
                input|conv3x3-bn-relu|maxpool3x3|conv1x1-bn-relu|conv3x3-bn-relu|output";
    assert_ne!(row(space, &table, wide), pruned);
    let dead_is = space.parse(dead).unwrap();
    assert_eq!(dead_is.reachability().dead_edges.len(), 2);

    // The two operations of a node are added up, so either order is the same genotype.
    let (space, table) = open(DARTS);
    let given = darts(
        [(0, 0), (1, 5), (1, 1), (0, 1), (1, 3), (0, 3), (1, 3), (3, 2)],
        [(1, 0), (0, 2), (1, 3), (0, 3), (3, 0), (0, 1), (2, 0), (3, 6)],
    );
    let swapped = darts(
        [(1, 5), (0, 0), (0, 1), (1, 1), (1, 3), (0, 3), (3, 2), (1, 3)],
        [(0, 2), (1, 0), (1, 3), (0, 3), (3, 0), (0, 1), (3, 6), (2, 0)],
    );
    assert_eq!(row(space, &table, &swapped), row(space, &table, &given));
    assert_eq!(space.parse(&swapped).unwrap().canonical(), space.parse(&given).unwrap().canonical());
    let other = given.replacen("max_pool_3x3", "none", 1);
    assert_eq!(row(space, &table, &other), None);
    assert_eq!(row(space, &table, &given.replacen("range(2, 6)", "range(3, 6)", 1)), None);
}

#[test]
fn rows_and_cells_agree() {
    for bytes in [MICRO, MACRO, DARTS, include_bytes!("../../www/data/nasbench201.known")] {
        let (space, table) = open(bytes);
        let cells = cells(space, &table).unwrap();
        assert_eq!(cells.len(), table.rows());
        for (row, cell) in cells.iter().enumerate() {
            assert_eq!(row_of(space, &table, &**cell), Some(row), "{}", cell.text());
        }
        assert_eq!(table.keys() == &Keys::Index, space.at(0).is_some());
    }
    // Cells that pass nothing on all learn the same.
    let (space, table) = open(MICRO);
    let accuracy = table.column("class_object_valid_top1").unwrap();
    let cells = cells(space, &table).unwrap();
    let cut: Vec<f64> = cells
        .iter()
        .zip(accuracy)
        .filter(|(cell, _)| !cell.reachability().connected)
        .map(|(_, &a)| a)
        .collect();
    assert_eq!((cut.len(), cut.iter().all(|&a| a == 26.5476)), (169, true));
}

#[test]
fn tables_of_another_space_are_told() {
    let (micro, darts) = (space::find("transnas101-micro").unwrap(), space::find("nds-darts").unwrap());
    let (space, table) = open(MACRO);
    assert_eq!(row_of(micro, &table, &*micro.at(0).unwrap()), None);
    assert_eq!(row_of(space, &open(NASBENCH101).1, &*space.at(0).unwrap()), None);
    let message = cells(micro, &table).err().unwrap().to_string();
    assert_eq!(message, "row 0 of the table names no cell of `transnas101-micro`");
    let key = |last: u8| [[0x40; 16].as_slice(), &[last]].concat();
    let spoilt = write("nds-darts", 2, &Keys::Bytes(vec![key(0), key(1)]), &[]).unwrap();
    let message = cells(darts, &KnownTable::read(&spoilt).unwrap()).err().unwrap().to_string();
    assert_eq!(message, "row 1 of the table names no cell of `nds-darts`");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn keys_are_cells_or_nothing(mut key in prop::collection::vec(any::<u8>(), 0..24), cut in 0..4_u8) {
        for space in space::all() {
            if cut == 0 {
                // Likelier to be one: the right length, small numbers.
                key.resize(if space.id() == "nasbench101" { 11 } else { 17 }, 0x11);
            }
            let Some(cell) = space.cell_of_key(&key) else { continue };
            prop_assert_eq!(space.parse(&cell.text()).unwrap().text(), cell.text());
            let read = cell.known_key().unwrap();
            prop_assert_eq!(read.form.as_slice(), &key[read.class.len()..]);
        }
    }

    #[test]
    fn spoilt_keys_do_not_panic(row in 0..725_usize, at in 0..17_usize, value in any::<u8>()) {
        for (bytes, width) in [(DARTS, 17), (NASBENCH101, 11)] {
            let (space, table) = (space::find(if width == 17 { "nds-darts" } else { "nasbench101" }).unwrap(), bytes);
            // The keys follow magic, version, length, name, rows and kind.
            let keys_at = 8 + 2 + 4 + 2 + space.id().len() + 4 + 1 + 2;
            let rows = if width == 17 { 725 } else { 30_001 };
            let mut key: Vec<u8> = (0..width).map(|byte| table[keys_at + byte * rows + row]).collect();
            prop_assert!(space.cell_of_key(&key).is_some());
            key[at % width] = value;
            if let Some(cell) = space.cell_of_key(&key) {
                prop_assert!(space.parse(&cell.text()).is_ok());
            }
        }
    }
}
