//! `search`.

use crate::{float, run};
use cellscope::{known::KnownTable, space, stats::quantile};
use std::collections::HashSet;

const COLUMNS: &str = "run,step,arch,score,accuracy,best_accuracy";

fn search(arguments: &[&str]) -> Vec<Vec<String>> {
    let (header, rows) = run(&[&["search"], arguments].concat()).rows();
    assert_eq!(header.join(","), COLUMNS);
    rows
}

fn accuracies(id: &str) -> Vec<f64> {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    table.column(id).unwrap().to_vec()
}

/// Exactly `runs` runs of `budget` rows, in order, whose accuracies are those of the table.
fn assert_rows(rows: &[Vec<String>], runs: usize, budget: usize, target: &str) {
    assert_eq!(rows.len(), runs * budget);
    let (space, accuracies) = (space::find("nasbench201").unwrap(), accuracies(target));
    let mut best = f64::NEG_INFINITY;
    for (place, row) in rows.iter().enumerate() {
        let (run, step) = (place / budget + 1, place % budget + 1);
        assert_eq!(row[..2], [run.to_string(), step.to_string()]);
        let accuracy = accuracies[space.parse(&row[2]).unwrap().index().unwrap()];
        assert_eq!(float(&row[4]), accuracy);
        best = if step == 1 { accuracy } else { best.max(accuracy) };
        assert_eq!(float(&row[5]), best);
    }
}

#[test]
fn random_search_looks_up_its_budget() {
    let rows = search(&["--method", "random", "--budget", "40", "--runs", "5"]);
    assert_rows(&rows, 5, 40, "cifar10valid_val_acc");
    assert!(rows.iter().all(|row| row[3].is_empty()), "there is no guide");
    let cells = |run: usize| rows[40 * run..40 * (run + 1)].iter().map(|row| &row[2]).collect::<HashSet<_>>();
    assert!((0..5).all(|run| cells(run).len() == 40), "drawn without replacement");
    assert_ne!(cells(0), cells(1));
}

#[test]
fn the_same_seed_gives_the_same_rows_on_any_number_of_threads() {
    let evolution =
        ["--method", "ageing-evolution", "--population", "20", "--tournament", "5", "--budget", "50"];
    let help = ["--guide", "nasgraph", "--warmup", "80", "--move", "--target", "cifar100_test_acc"];
    let runs =
        |runs: &str, more: &[&str]| search(&[evolution.as_slice(), &help, &["--runs", runs], more].concat());
    let rows = runs("6", &["--seed", "3", "--threads", "1"]);
    assert_rows(&rows, 6, 50, "cifar100_test_acc");
    assert_eq!(rows, runs("6", &["--seed", "3", "--threads", "4"]));
    assert_ne!(rows, runs("6", &["--seed", "4"]));
    // Runs do not depend on how many there are.
    assert_eq!(rows[..100], runs("2", &["--seed", "3"]));
    // The scores are those of `score`, with the network's own seed.
    let rows = runs("1", &["--seed", "3", "--net-seed", "2"]);
    let cells: String = rows.iter().map(|row| format!("{}\n", row[2])).collect();
    let scores = crate::run_with(&["score", "--proxy", "nasgraph", "--seed", "2"], cells.as_bytes()).rows().1;
    assert!(rows.iter().zip(&scores).all(|(row, score)| row[3] == score[3]));
    // The first 20 are the best by the proxy.
    let first: Vec<f64> = rows[..20].iter().map(|row| float(&row[3])).collect();
    assert!(first.windows(2).all(|pair| pair[0] >= pair[1]));
}

/// `data/search_rows.csv` is what the page's test compares its export with.
#[test]
fn the_stored_rows_are_found_again() {
    let evolution =
        ["--method", "ageing-evolution", "--population", "20", "--tournament", "5", "--budget", "60"];
    let more = ["--guide", "average_degree", "--warmup", "100", "--move", "--runs", "3", "--seed", "7"];
    let rows = search(&[evolution.as_slice(), &more, &["--target", "cifar10valid_val_acc"]].concat());
    let stored: Vec<Vec<String>> = include_str!("../data/search_rows.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect();
    assert_eq!(rows, stored);
}

/// What the ε paper shows in its figures: help by a good proxy is worth many look-ups.
#[test]
fn a_good_proxy_helps() {
    let median = |more: &[&str], budget: usize| {
        let budget = budget.to_string();
        let fixed = ["--budget", &budget, "--runs", "25", "--guide", "nasgraph"];
        let rows = search(&[&fixed, more].concat());
        let last = |row: &&Vec<String>| row[1] == budget;
        let mut best: Vec<f64> = rows.iter().filter(last).map(|row| float(&row[5])).collect();
        best.sort_by(f64::total_cmp);
        assert_eq!(best.len(), 25);
        quantile(&best, 0.5).unwrap()
    };
    let plain = median(&["--method", "random"], 20);
    assert!(median(&["--method", "random", "--warmup", "1000"], 20) > plain);
    let evolution = ["--method", "ageing-evolution"];
    let plain = median(&evolution, 100);
    for help in [["--warmup", "1000"].as_slice(), &["--move=children"]] {
        assert!(median(&[&evolution, help].concat(), 100) > plain, "{help:?}");
    }
}

#[test]
fn undefined_scores_are_empty_and_last() {
    let batch = ["--batch", "leaves:0:16", "--guide", "epsilon", "--seed", "1"];
    let arguments = ["--method", "random", "--warmup", "60", "--budget", "60"];
    let rows = search(&[&arguments, batch.as_slice()].concat());
    assert_rows(&rows, 1, 60, "cifar10valid_val_acc");
    let space = space::find("nasbench201").unwrap();
    let defined = rows.iter().take_while(|row| !row[3].is_empty()).count();
    assert!(defined > 10 && defined < 60);
    for (place, row) in rows.iter().enumerate() {
        // On this space ε is defined exactly where a path without parameters joins input and output.
        let is_defined = space.parse(&row[2]).unwrap().reachability().parameter_free;
        assert_eq!((is_defined, row[3].is_empty()), (place < defined, place >= defined), "{row:?}");
    }
    // A tabulated guide that covers part of the cells.
    let rows = search(&["--method", "local-search", "--guide", "synflow", "--move", "--budget", "30"]);
    assert_rows(&rows, 1, 30, "cifar10valid_val_acc");
}

#[test]
fn other_spaces_search_among_their_known_cells() {
    for (space, method) in [
        ("transnas101-micro", "ageing-evolution"),
        ("transnas101-macro", "local-search"),
        ("nasbench101", "ageing-evolution"),
        ("nds-darts", "random"),
    ] {
        let arguments = ["--space", space, "--method", method, "--budget", "70", "--runs", "2"];
        let rows = search(&arguments);
        assert_eq!(rows.len(), 140);
        let found = space::find(space).unwrap();
        assert!(rows.iter().all(|row| found.parse(&row[2]).is_ok() && !row[4].is_empty()), "{space}");
        assert_eq!(rows, search(&arguments));
    }
    let none = ["search", "--method", "random", "--space"];
    run(&[&none, ["nds-enas"].as_slice()].concat()).assert_refused(&["no accuracies"]);
    run(&["search", "--method", "ageing-evolution", "--space", "nds-darts"])
        .assert_refused(&["one edit apart"]);
}

#[test]
fn options_that_do_not_fit_are_named() {
    let refused = |arguments: &[&str], words: &[&str]| {
        run(&[&["search", "--method"], arguments].concat()).assert_refused(words);
    };
    refused(&["evolution"], &["random, ageing-evolution, local-search"]);
    refused(&["random", "--guide", "nasgrap"], &["`nasgrap`", "Did you mean `nasgraph`?"]);
    refused(&["random", "--target", "synflow"], &["no target `synflow`"]);
    refused(&["random", "--budget", "0"], &["budget must be 1 to 15625", "not 0"]);
    refused(&["random", "--budget", "15626"], &["15626"]);
    refused(&["random", "--budget=-1"], &["--budget"]);
    refused(&["random", "--runs", "0"], &["1..=10000"]);
    refused(&["random", "--warmup", "100"], &["warm-up needs a proxy"]);
    refused(&["random", "--warmup", "15626", "--guide", "params"], &["warm-up must be 0 to 15625"]);
    refused(&["random", "--move", "--guide", "params"], &["random search makes no moves"]);
    refused(&["ageing-evolution", "--move"], &["move needs a proxy"]);
    refused(&["ageing-evolution", "--move=sideways", "--guide", "params"], &["parent, children"]);
    refused(&["ageing-evolution", "--budget", "50"], &["population must be 1 to 50 (the budget), not 64"]);
    refused(
        &["ageing-evolution", "--population", "8"],
        &["tournament must be 1 to 8 (the population), not 10"],
    );
    refused(&["ageing-evolution", "--population", "0"], &["population must be 1"]);
    refused(&["ageing-evolution", "--layers", "8"], &["--layers", "does not apply to nasbench201"]);
    run(&["search"]).assert_refused(&["--method"]);
}
