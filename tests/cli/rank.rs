//! `rank`.

use crate::{CELL, float, run, run_with};
use cellscope::{
    known::{KnownTable, compared_cells, seat},
    method::{Evaluator, Proxy, Settings},
    space,
};

const COLUMNS: &str = "arch,proxy,score,rank,ties,percentile,true_rank,cells";

fn accuracy(arch: &str) -> f64 {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    let index = space::find("nasbench201").unwrap().parse(arch).unwrap().index().unwrap();
    table.column("cifar10_test_acc").unwrap()[index]
}

/// Rank and ties by counting: 1 + cells with a larger value, and others with an equal one.
fn count(values: &[f64], own: f64) -> (usize, usize) {
    (1 + values.iter().filter(|&&v| v > own).count(), values.iter().filter(|&&v| v == own).count() - 1)
}

fn rank(arguments: &[&str]) -> Vec<Vec<String>> {
    let command = ["rank", "--space", "nasbench201", "--target", "cifar10_test_acc"];
    let (header, rows) = run(&[&command, arguments].concat()).rows();
    assert_eq!(header.join(","), COLUMNS);
    rows
}

#[test]
fn ranks_among_a_sample_are_those_of_the_scores() {
    let sample = run(&["sample", "--samples", "60", "--seed", "4"]).out;
    assert!(!sample.contains(CELL));
    let input = format!("{sample}{CELL}\n");
    let scores = run_with(&["score", "--proxy", "nasgraph", "--seed", "2"], input.as_bytes()).rows().1;
    let values: Vec<f64> = scores.iter().map(|row| float(&row[3])).collect();
    let accuracies: Vec<f64> = scores.iter().map(|row| accuracy(&row[0])).collect();
    let ((place, ties), (true_rank, _)) = (count(&values, values[60]), count(&accuracies, accuracies[60]));

    let options = ["--proxy", "nasgraph", "--samples", "60", "--seed", "4", "--net-seed", "2", CELL];
    let rows = rank(&options);
    let percentile = 100.0 * (61 - (place - 1)) as f64 / 61.0;
    let numbers = [place.to_string(), ties.to_string(), percentile.to_string(), true_rank.to_string()];
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][..3], [CELL, "nasgraph", scores[60][3].as_str()]);
    assert_eq!(rows[0][3..7], numbers);
    assert_eq!(rows[0][7], "61");
    assert_eq!(rows, rank(&[&options, ["--threads", "1"].as_slice()].concat()));
}

#[test]
fn ranks_among_all_cells() {
    // The cell with most parameters.
    let all_conv =
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";
    let rows = rank(&["--proxy", "params,cifar10_test_acc,gini", "--samples", "all", all_conv]);
    assert_eq!(rows[0][3..6], ["1", "0", "100"]);
    assert_eq!(rows.iter().map(|row| row[7].as_str()).collect::<Vec<_>>(), ["15625"; 3]);
    // An accuracy ranked by itself.
    assert_eq!(rows[1][3], rows[1][6]);
    assert_eq!(float(&rows[1][2]), accuracy(all_conv));
    // Of Gini's coefficient less is better.
    assert!(rows[2][3].parse::<usize>().unwrap() < 1000, "{rows:?}");
}

#[test]
fn an_undefined_score_has_no_rank_and_is_said() {
    let cell = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|nor_conv_1x1~1|none~2|";
    let options = ["--proxy", "epsilon", "--samples", "20", "--batch", "leaves:0:8", cell];
    let run = run(&[&["rank", "--target", "cifar10_test_acc"], options.as_slice()].concat());
    assert_eq!(run.status, 0);
    let (_, rows) = run.rows_despite_messages();
    assert_eq!(rows[0][..6], [cell, "epsilon", "", "", "0", ""]);
    assert!(rows[0][6].parse::<usize>().is_ok());
    assert_eq!(rows[0][7], "21");
    assert!(
        run.err.starts_with("epsilon is undefined for ") && run.err.contains(" of the 21 cells"),
        "{}",
        run.err
    );
}

#[test]
fn cells_that_compute_the_same_function_tie_in_epsilon() {
    // Two placements of one convolution.
    let first = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|skip_connect~2|";
    let second = "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|";
    let score = |arch| {
        let proxies = ["--proxy", "epsilon,average_degree", "--samples", "2", "--batch", "leaves:0:8", arch];
        let run = run(&[&["rank", "--target", "cifar10_test_acc"], proxies.as_slice()].concat());
        let rows = run.rows_despite_messages().1;
        (float(&rows[0][2]), float(&rows[1][2]))
    };
    let (first, second) = (score(first), score(second));
    assert_eq!(first.0, second.0);
    assert_ne!(first.1, second.1, "NASGraph counts parents");
}

#[test]
fn a_text_that_is_no_cell() {
    let run = run(&["rank", "--target", "cifar10_test_acc", "--proxy", "params", "|none~0"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("line 1, column 8: "), "{}", run.err);
}

#[test]
fn an_isomorphic_cell_keeps_its_own_score() {
    let cell = "7:0110000000100000001000000101000001000000010000000:\
                input|maxpool3x3|conv3x3-bn-relu|conv1x1-bn-relu|conv3x3-bn-relu|maxpool3x3|output";
    let space = ["--space", "nasbench101", "--proxy", "nasgraph"];
    let (_, scores) = run_with(&[&["score"], &space[..]].concat(), format!("{cell}\n").as_bytes()).rows();
    let options = ["--target", "val_acc_epoch108", "--samples", "50", cell];
    let (_, ranks) = run(&[&["rank"], &space[..], &options[..]].concat()).rows();
    assert_eq!((&ranks[0][0], &ranks[0][2]), (&scores[0][0], &scores[0][3]));
    assert!(!ranks[0][6].is_empty(), "its figures are those of the cell it is isomorphic to");
}

/// Where a cell stands is one definition, on every space: the command line says what the core says, as the package does.
#[test]
fn a_rank_is_that_of_the_core_on_every_space() {
    let table = |bytes: &[u8]| Some(KnownTable::read(bytes).unwrap());
    let spaces = [
        ("nasbench201", "cifar10_test_acc", None),
        ("nasbench101", "val_acc_epoch108", table(include_bytes!("../../www/data/nasbench101.known"))),
        ("transnas101-micro", "class_object_test_top1", None),
        ("transnas101-macro", "class_object_test_top1", None),
        ("nds-darts", "val_accuracy", table(include_bytes!("../../www/data/nds-darts.known"))),
    ];
    for (id, target, known) in &spaces {
        let space = space::find(id).unwrap();
        let cell = space.sample(1, 9).remove(0);
        let arch = cell.text();
        let options = ["--samples", "30", "--seed", "5", "--proxy", "average_degree", &arch];
        let rows = run(&[["rank", "--space", id, "--target", target].as_slice(), &options].concat()).rows().1;
        let mut cells = compared_cells(space, known.as_ref(), Some(30), 5, "samples").unwrap();
        let place = seat(space, &mut cells, cell);
        let proxy = Proxy::find("average_degree").unwrap();
        let mut evaluator = Evaluator::new(Settings::default());
        let values = cells.iter().map(|cell| evaluator.values(space, &**cell, &[proxy]).unwrap()[0]);
        let values: Vec<f64> = values.collect();
        let (rank, ties) = count(&values, values[place]);
        assert_eq!(rows[0][3..5], [rank.to_string(), ties.to_string()], "{id}: {rows:?}");
        assert_eq!(rows[0][7], cells.len().to_string(), "{id}");
    }
}
