//! Every other space: its texts, its options, the authors' figures. The whole suites are `suite/nasgraph_spaces.rs`.

use crate::{close, float, run, run_with};
use std::collections::HashMap;

const NASBENCH101: &str = include_str!("../data/nasgraph_nasbench101.csv");
const TRANSNAS101: &str = include_str!("../data/nasgraph_transnas101.csv");
const NDS: &str = include_str!("../data/nasgraph_nds.csv");
/// Columns of the figures that are options of the program.
const OPTIONS: [&str; 6] = ["seed", "modules_per_stack", "stem_channels", "task", "init_channels", "layers"];

type Row = HashMap<String, String>;

/// Scores every `step`th row of some figures; returns how many.
fn compare(golden: &str, step: usize, cell: impl Fn(&Row) -> (String, String)) -> usize {
    let rows = csv::Reader::from_reader(golden.as_bytes()).into_deserialize::<Row>().map(Result::unwrap);
    let mut compared = 0;
    for row in rows.step_by(step) {
        let (space, arch) = cell(&row);
        let mut arguments =
            vec!["score".to_owned(), "--proxy=nasgraph".to_owned(), format!("--space={space}")];
        for option in OPTIONS {
            arguments.extend(row.get(option).map(|value| format!("--{}={value}", option.replace('_', "-"))));
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let found = &run_with(&arguments, arch.as_bytes()).rows().1[0];
        assert_eq!(found[0], arch);
        assert_eq!(found[1..3], [row["nodes"].as_str(), &row["edges"]], "{row:?}");
        assert!(close(float(&found[3]), row["average_degree"].parse().unwrap(), 1e-9), "{row:?}");
        compared += 1;
    }
    compared
}

#[test]
fn nasbench101() {
    let arch = |row: &Row| format!("{}:{}:{}", row["vertices"], row["adjacency_row_major"], row["ops"]);
    assert_eq!(compare(NASBENCH101, 5, |row| ("nasbench101".to_owned(), arch(row))), 12);
}

#[test]
fn transnas101() {
    let space = |arch: &str| if arch.ends_with("basic") { "transnas101-macro" } else { "transnas101-micro" };
    let cell = |row: &Row| (space(&row["net_code"]).to_owned(), row["net_code"].clone());
    assert_eq!(compare(TRANSNAS101, 5, cell), 10);
}

#[test]
fn nds() {
    let cell = |row: &Row| (format!("nds-{}", row["space"]), row["genotype_json"].clone());
    assert_eq!(compare(NDS, 5, cell), 8);
}

#[test]
fn samples_can_be_scored() {
    for space in ["nasbench101", "transnas101-micro", "transnas101-macro", "nds-darts", "nds-amoeba"] {
        let sample = run(&["sample", "--space", space, "--samples", "2", "--seed", "8"]);
        assert_eq!(sample.status, 0);
        let (_, rows) =
            run_with(&["score", "--space", space, "--proxy", "nasgraph"], sample.out.as_bytes()).rows();
        assert_eq!(
            rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
            sample.out.lines().collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_a_space_does_not_have_is_wrong_usage() {
    let genotypes = run(&["sample", "--space", "nds-darts", "--samples", "2"]).out;
    let epsilon = run_with(&["score", "--space", "nds-darts", "--proxy", "epsilon"], genotypes.as_bytes());
    assert_eq!((epsilon.status, epsilon.out.as_str()), (2, "arch,epsilon,reason\n"));
    assert_eq!(epsilon.err.lines().count(), 1, "{}", epsilon.err);
    let macros = run(&["sample", "--space", "transnas101-macro", "--samples", "2"]).out;
    let cost = run_with(&["score", "--space", "transnas101-macro", "--proxy", "cost"], macros.as_bytes());
    assert_eq!((cost.status, cost.out.as_str()), (2, "arch,params,flops\n"));
    let arch = "64-41414-3_22_002";
    for option in [["--task", "jigsaw"], ["--task", "sleep"], ["--stem-channels", "15"], ["--layers", "8"]] {
        let graph = ["graph", "--space", "transnas101-micro", arch];
        run(&[graph.as_slice(), &option].concat()).assert_refused(&[]);
    }
    run(&["list", "--space", "nasbench101"]).assert_refused(&["nasbench101 cannot be listed"]);
    run(&["sample", "--space", "nasbench101", "--samples", "20001"]).assert_refused(&["1 to 20000"]);
    run(&["sample", "--space", "nds-pnas", "--samples", "all"]).assert_refused(&["cannot be listed"]);
}

#[test]
fn another_tasks_target_is_pointed_out() {
    let space = ["--space", "transnas101-macro", "--samples", "20", "--resamples", "0", "--target"];
    let correlate = |more: &[&str]| run(&[["correlate"].as_slice(), &space, more].concat());
    let own = correlate(&["class_object_test_top1", "--proxy", "nasgraph"]);
    assert_eq!((own.status, own.err.contains("task")), (0, false), "{}", own.err);
    let note = |found: &str| {
        found.lines().filter(|line| line.contains("network scored")).map(str::to_owned).collect::<Vec<_>>()
    };
    let same = note(&correlate(&["class_scene_test_top1", "--proxy", "nasgraph"]).err);
    assert!(
        same.len() == 1 && same[0].contains("task class_object") && same[0].contains("too: class_scene"),
        "{same:?}"
    );
    let other = note(&correlate(&["segmentsemantic_test_mIoU", "--proxy", "nodes,nasgraph"]).err);
    assert!(other.len() == 1 && other[0].contains("not that of the target's task"), "{other:?}");
    let matched = correlate(&["segmentsemantic_test_mIoU", "--proxy", "nodes", "--task", "segmentsemantic"]);
    assert!(note(&matched.err).is_empty());
    let search = |guide: &str| {
        let given = [
            "--method",
            "random",
            "--budget",
            "3",
            "--warmup",
            "4",
            "--target",
            "normal_test_ssim",
            "--guide",
            guide,
        ];
        note(&run(&[["search", "--space", "transnas101-macro"].as_slice(), &given].concat()).err)
    };
    assert_eq!(search("nodes").len(), 1);
}

/// The counted network is DARTS's, unless the options say otherwise; they need not say both.
#[test]
fn what_nds_costs() {
    const DARTS_V2: &str = r#"{"normal": [["sep_conv_3x3", 0], ["sep_conv_3x3", 1], ["sep_conv_3x3", 0], ["sep_conv_3x3", 1], ["sep_conv_3x3", 1], ["skip_connect", 0], ["skip_connect", 0], ["dil_conv_3x3", 2]], "normal_concat": [2, 3, 4, 5], "reduce": [["max_pool_3x3", 0], ["max_pool_3x3", 1], ["skip_connect", 2], ["max_pool_3x3", 1], ["max_pool_3x3", 0], ["skip_connect", 2], ["skip_connect", 2], ["max_pool_3x3", 1]], "reduce_concat": [2, 3, 4, 5]}"#;
    let cost = |options: &[&str]| {
        let command = [&["score", "--space", "nds-darts", "--proxy", "cost"], options].concat();
        run_with(&command, DARTS_V2.as_bytes()).rows().1.remove(0).split_off(1)
    };
    assert_eq!(cost(&[]), ["3349342", "528359040"]);
    assert_eq!(cost(&["--init-channels", "36", "--layers", "20"]), cost(&[]));
    assert_eq!(cost(&["--init-channels", "36"]), cost(&["--layers", "20"]));
    let smaller = cost(&["--layers", "8"]);
    assert!(smaller[0].parse::<u64>().unwrap() < 2_000_000);
    assert_ne!(cost(&["--layers", "8", "--init-channels", "8"]), smaller);
}

/// The count and the table's, which is of a smaller network, have names of their own.
#[test]
fn counts_of_darts_stand_beside_the_tables() {
    let correlate = |options: &[&str]| {
        let command =
            ["correlate", "--space", "nds-darts", "--proxy", "params,params_m", "--target", "val_accuracy"];
        let rows = run(&[&command, ["--resamples", "0"].as_slice(), options].concat()).rows().1;
        rows.iter().map(|row| format!("{:.3} {:.3}", number(&row[4]), number(&row[7]))).collect::<Vec<_>>()
    };
    assert_eq!(correlate(&[]), ["0.486 0.339", "0.523 0.367"]);
    assert_eq!(correlate(&["--init-channels", "32", "--layers", "8"]), ["0.524 0.367", "0.523 0.367"]);
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}
