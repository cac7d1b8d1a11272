//! `score`.

use crate::{CELL, Run, close, float, run_with};
use cellscope::{
    cost::cost,
    nasgraph::{Scorer, expected_degree},
    space::{self, Cell, SurrogateOptions},
};
use std::collections::BTreeMap;

const NASGRAPH: &str = include_str!("../data/nasgraph_nasbench201.csv");
const EPSILON: &str = include_str!("../data/epsilon_nb201.csv");

fn score(arguments: &[&str], input: &str) -> Run {
    run_with(&[&["score", "--space", "nasbench201"], arguments].concat(), input.as_bytes())
}

fn parse(text: &str) -> Box<dyn Cell> {
    space::find("nasbench201").unwrap().parse(text).unwrap()
}

#[test]
fn nasgraph_equals_the_authors() {
    // One run for each seed and network.
    let mut groups: BTreeMap<[String; 3], Vec<csv::StringRecord>> = BTreeMap::new();
    for record in csv::Reader::from_reader(NASGRAPH.as_bytes()).records().map(Result::unwrap) {
        groups.entry([2, 3, 4].map(|column| record[column].to_owned())).or_default().push(record);
    }
    let mut compared = 0;
    for ([seed, cells, channels], golden) in &groups {
        let input: Vec<&str> = golden.iter().map(|record| &record[1]).collect();
        let options = ["--seed", seed, "--modules-per-stack", cells, "--stem-channels", channels];
        let run = score(&[&["--proxy", "nasgraph"], options.as_slice()].concat(), &input.join("\n"));
        let (header, rows) = run.rows();
        let columns = "arch,nodes,edges,average_degree,density,resilience,entropy,wedge,gini";
        assert_eq!(header.join(","), columns);
        assert_eq!(rows.len(), golden.len());
        for (row, golden) in rows.iter().zip(golden) {
            assert_eq!(row[0..3], [&golden[1], &golden[5], &golden[6]]);
            for column in 3..9 {
                let expected = golden[column + 4].parse().unwrap();
                assert!(close(float(&row[column]), expected, 1e-9), "{row:?}");
            }
            compared += 1;
        }
    }
    assert_eq!((groups.len(), compared), (6, 160));
}

#[test]
fn floats_read_back_to_the_same_bits() {
    let (_, rows) = score(&["--proxy", "nasgraph"], CELL).rows();
    let network = parse(CELL).surrogate(&SurrogateOptions::default()).unwrap();
    let m = Scorer::new(1).measures(&network).unwrap();
    let bits: Vec<u64> = rows[0][3..].iter().map(|text| float(text).to_bits()).collect();
    let expected = [m.average_degree, m.density, m.resilience, m.entropy, m.wedge, m.gini].map(f64::to_bits);
    assert_eq!(bits, expected);
}

#[test]
fn expected_degree_and_cost() {
    let (header, rows) = score(&["--proxy", "expected-degree", "--stem-channels", "32"], CELL).rows();
    assert_eq!(header, ["arch", "expected_degree", "sd"]);
    let options = SurrogateOptions { stem_channels: 32, ..Default::default() };
    let expected = expected_degree(&parse(CELL).surrogate(&options).unwrap()).unwrap();
    assert_eq!(rows, [[CELL.to_owned(), expected.mean.to_string(), expected.sd.to_string()]]);

    let (header, rows) = score(&["--proxy", "cost"], CELL).rows();
    assert_eq!(header, ["arch", "params", "flops"]);
    let cost = cost(&parse(CELL).full(10).unwrap()).unwrap();
    assert_eq!(rows, [[CELL.to_owned(), cost.params.to_string(), cost.flops.to_string()]]);
}

#[test]
fn epsilon_equals_the_authors() {
    let golden: Vec<_> = csv::Reader::from_reader(EPSILON.as_bytes()).records().map(Result::unwrap).collect();
    let batch = "torch.manual_seed(0); torch.randn(32,3,32,32)";
    assert!(golden.iter().all(|record| &record[4] == batch), "one batch for all rows");
    let input: Vec<&str> = golden.iter().map(|record| &record[1]).collect();
    let arguments = ["--proxy", "epsilon", "--batch", "randn:0:32", "--weights", "1e-7,1"];
    let (header, rows) = score(&arguments, &input.join("\n")).rows();
    assert_eq!(header, ["arch", "epsilon", "reason"]);
    assert_eq!(rows.len(), golden.len());
    let mut undefined = 0;
    for (row, golden) in rows.iter().zip(&golden) {
        let expected: f64 = golden[5].parse().unwrap();
        if expected.is_nan() {
            assert!(row[1].is_empty() && !row[2].is_empty(), "{row:?}");
            undefined += 1;
        } else {
            // The suite of ε itself is stricter; here it is the way through the program that counts.
            let tolerance = if expected < 1e-3 { 1e-2 } else { 1e-4 };
            assert!(close(float(&row[1]), expected, tolerance), "{row:?}: {expected}");
            assert_eq!(row[2], "");
        }
    }
    assert!(undefined > 0 && undefined < golden.len());
}

#[test]
fn options_of_epsilon_matter() {
    let value = |arguments: &[&str]| {
        let (_, rows) = score(&[&["--proxy", "epsilon"], arguments].concat(), CELL).rows();
        float(&rows[0][1])
    };
    let default = value(&[]);
    assert_eq!(default, value(&["--batch", "leaves:0:64", "--weights", "1e-7,1"]));
    assert_ne!(default, value(&["--batch", "leaves:1:64"]));
    assert_ne!(default, value(&["--batch", "leaves:0:32"]));
    assert_ne!(default, value(&["--weights", "1e-5,1"]));
}

#[test]
fn a_cifar10_file_is_a_batch() {
    // Four images of made-up bytes in the records of CIFAR-10.
    let bytes: Vec<u8> = (0..4 * 3073u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let file = std::env::temp_dir().join(format!("cellscope-cifar10-{}.bin", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    let batch = |count: usize| format!("cifar10:{}:{count}", file.display());
    let (_, rows) = score(&["--proxy", "epsilon", "--batch", &batch(4)], CELL).rows();
    assert!(float(&rows[0][1]) > 0.0);
    score(&["--proxy", "epsilon", "--batch", &batch(5)], CELL).assert_refused(&["holds 4 images", "5 are"]);
    std::fs::remove_file(&file).unwrap();
    score(&["--proxy", "epsilon", "--batch", &batch(4)], CELL).assert_refused(&["cannot read", ".bin"]);
}

#[test]
fn threads_change_nothing() {
    let cells = space::find("nasbench201").unwrap().sample(150, 5);
    let mut lines: Vec<String> = cells.iter().map(|cell| cell.text()).collect();
    for place in [3, 77, 78, 140] {
        lines[place] = "no cell".to_owned();
    }
    for arguments in [["--proxy", "nasgraph"], ["--proxy", "epsilon"]] {
        let run = |threads| {
            let run = score(&[&arguments, ["--threads", threads].as_slice()].concat(), &lines.join("\n"));
            assert_eq!(run.status, 1);
            (run.out, run.err)
        };
        let one = run("1");
        assert_eq!(one.0.lines().count(), 1 + 146);
        assert_eq!(one.1.lines().count(), 4);
        assert!(one == run("2") && one == run("5"), "{arguments:?}");
    }
}
