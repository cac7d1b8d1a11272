//! `correlate`.

use crate::{float, run};
use cellscope::{
    space,
    stats::{Pairs, correlation, kendall, spearman, top_measures},
};

const COLUMNS: &str = "proxy,target,cells,defined,spearman,spearman_low,spearman_high,kendall,\
    kendall_low,kendall_high,spearman_top10,kendall_top10,top10_overlap,top64_in_top5";

fn correlate(arguments: &[&str]) -> Vec<Vec<String>> {
    let run = run(&[&["correlate", "--space", "nasbench201"], arguments].concat());
    let (header, rows) = run.rows();
    assert_eq!(header.join(","), COLUMNS);
    rows
}

/// The figures of the authors' code and data over all cells, to the digits to which they are known.
#[test]
fn nasgraph_over_all_cells_equals_the_published_figures() {
    let targets = [
        ("cifar10valid_test_acc", 0.777, 0.578),
        ("cifar100_test_acc", 0.796, 0.599),
        ("imagenet16_test_acc", 0.769, 0.574),
        ("cifar10_test_acc", 0.802, 0.606),
    ];
    let names = targets.map(|target| target.0).join(",");
    let rows = correlate(&["--proxy", "nasgraph", "--target", &names, "--resamples", "100"]);
    assert_eq!(rows.len(), targets.len());
    for (row, (target, rho, tau)) in rows.iter().zip(targets) {
        assert_eq!(row[..4], ["nasgraph", target, "15625", "15625"]);
        let [found, low, high, kendall] = [4, 5, 6, 7].map(|column| float(&row[column]));
        assert!((found - rho).abs() < 5e-4, "{row:?}");
        assert!((kendall - tau).abs() < 5.5e-4, "{row:?}");
        assert!(low < found && found < high && high - low < 0.02, "{row:?}");
    }
}

#[test]
fn parameters_and_tables_equal_the_published_figures() {
    let rows = correlate(&["--proxy", "params", "--target", "cifar10_test_acc", "--resamples", "0"]);
    assert_eq!(rows[0][..4], ["params", "cifar10_test_acc", "15625", "15625"]);
    assert!((float(&rows[0][4]) - 0.751).abs() < 5e-4 && (float(&rows[0][7]) - 0.577).abs() < 5e-4);
    assert_eq!(rows[0][5..7], ["", ""], "no interval without resamples");

    // NAS-Bench-Suite-Zero's figures cover 9,445 cells.
    let tables = [("jacov", 0.82), ("nwot", 0.80), ("params_m", 0.75), ("synflow", 0.74), ("flops_m", 0.72)];
    let names = tables.map(|table| table.0).join(",");
    let rows = correlate(&["--proxy", &names, "--target", "cifar10valid_test_acc", "--resamples", "0"]);
    for (row, (name, rho)) in rows.iter().zip(tables) {
        assert_eq!(row[..4], [name, "cifar10valid_test_acc", "15625", "9445"]);
        assert!((float(&row[4]) - rho).abs() < 5e-3, "{row:?}");
    }
    assert_eq!(rows.len(), tables.len());
}

#[test]
fn undefined_epsilon_is_left_out_and_counted() {
    let arguments = ["--proxy", "epsilon", "--target", "cifar10_test_acc", "--samples", "120", "--seed", "2"];
    let small = ["--batch", "leaves:0:16", "--resamples", "50", "--threads"];
    let rows = correlate(&[&arguments, small.as_slice(), &["1"]].concat());
    let cells = space::find("nasbench201").unwrap().sample(120, 2);
    // On this space ε is defined exactly where a path without parameters joins input and output.
    let free = cells.iter().filter(|cell| cell.reachability().parameter_free).count();
    assert_eq!(rows[0][2..4], ["120".to_owned(), free.to_string()]);
    assert!(free > 0 && free < 120 && float(&rows[0][4]) > 0.5, "{rows:?}");
    assert_eq!(rows, correlate(&[&arguments, small.as_slice(), &["2"]].concat()));
}

#[test]
fn a_sample_is_the_one_that_sample_prints() {
    let sample = run(&["sample", "--samples", "40", "--seed", "6"]).out;
    let cost = crate::run_with(&["score", "--proxy", "cost"], sample.as_bytes()).rows().1;
    let degree =
        crate::run_with(&["score", "--proxy", "nasgraph", "--seed", "3"], sample.as_bytes()).rows().1;
    let arguments = ["--proxy", "average_degree,flops", "--target", "cifar100_test_acc", "--samples", "40"];
    let rows = correlate(&[&arguments, ["--seed", "6", "--net-seed", "3"].as_slice()].concat());
    let table = include_bytes!("../../www/data/nasbench201.known");
    let table = cellscope::known::KnownTable::read(table).unwrap();
    let accuracies = table.column("cifar100_test_acc").unwrap();
    let space = space::find("nasbench201").unwrap();
    let y: Vec<f64> =
        cost.iter().map(|row| accuracies[space.parse(&row[0]).unwrap().index().unwrap()]).collect();
    for (row, x) in rows.iter().zip([(&degree, 3), (&cost, 2)]) {
        let x: Vec<f64> = x.0.iter().map(|row| float(&row[x.1])).collect();
        let pairs = Pairs::new(&x, &y).unwrap();
        assert_eq!(float(&row[4]), spearman(&pairs).unwrap());
        assert_eq!(float(&row[7]), kendall(&pairs).unwrap());
    }
    assert_eq!(rows.len(), 2);
}

#[test]
fn one_cell_has_no_correlation() {
    let rows = correlate(&["--proxy", "params", "--target", "cifar10_test_acc", "--samples", "1"]);
    assert_eq!(rows[0][..4], ["params", "cifar10_test_acc", "1", "1"]);
    assert!(rows.len() == 1 && rows[0][4..].iter().all(String::is_empty), "{rows:?}");
}

#[test]
fn intervals_of_kendall_and_measures_of_the_best() {
    let table =
        cellscope::known::KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    let accuracy = table.column("cifar10valid_test_acc").unwrap();
    let more =
        cellscope::known::KnownTable::read(include_bytes!("../../www/data/nasbench201-more.known")).unwrap();
    let target = ["--target", "cifar10valid_test_acc", "--resamples", "100", "--seed", "5"];
    let rows =
        correlate(&[&["--proxy", "jacov,raspi4_latency,edgegpu_latency,gini"], target.as_slice()].concat());
    let known = |id: &str| more.column(id).unwrap();
    for (row, (id, sign)) in
        rows.iter().zip([("jacov", 1.0), ("raspi4_latency", -1.0), ("edgegpu_latency", -1.0)])
    {
        let found = correlation(known(id), accuracy, 100, 5).unwrap();
        // Latencies are better when smaller: the best are those where they are least.
        let best: Vec<f64> = known(id).iter().map(|value| sign * value).collect();
        let top = top_measures(&best, accuracy).unwrap();
        let expected = [
            found.kendall_low,
            found.kendall_high,
            top.spearman_top10.map(|rho| sign * rho),
            top.kendall_top10.map(|tau| sign * tau),
            top.top10_overlap,
        ];
        let figures: Vec<Option<f64>> = row[8..13].iter().map(|text| Some(float(text))).collect();
        assert_eq!((row[0].as_str(), figures.as_slice()), (id, expected.as_slice()));
        assert_eq!(row[13], top.top64_in_top5.unwrap().to_string());
        assert!(found.kendall_low < found.kendall && found.kendall < found.kendall_high);
    }
    // Without cells of high accuracy at the good end there is no overlap worth the name: gini points down.
    assert!(float(&rows[3][4]) < -0.4 && float(&rows[3][12]) > 10.0, "{:?}", rows[3]);
    assert_eq!(rows.len(), 4);
}
