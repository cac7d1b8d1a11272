//! NAS-Bench-101: one training run a cell.

use super::{Name, Source, SourceColumn, column};
use crate::{known::Role, space::Op101, stats::Better};

pub(super) const SOURCE: Source = Source {
    space: "nasbench101",
    separator: b',',
    only: None,
    name: Name { columns: &["n_vertices", "adj_rows", "ops"], text },
    index: None,
    class: Some("hash"),
    main: MAIN,
    more: &[],
};

/// From `3`, `010|001|000` and `0` to `3:010001000:input|conv3x3-bn-relu|output`.
fn text(fields: &[&str]) -> Option<String> {
    let &[vertices, rows, ops] = fields else { return None };
    let op = |digit: char| Op101::NAMES.get(digit.to_digit(10)? as usize).copied();
    let interior: Vec<&str> = ops.chars().map(op).collect::<Option<_>>()?;
    Some(format!(
        "{vertices}:{}:{}",
        rows.replace('|', ""),
        [&["input"], &*interior, &["output"]].concat().join("|")
    ))
}

const BENCHMARK: &str = "NAS-Bench-101 (Apache-2.0), a random part: 30,001 of 423,624 cells; one run a cell";

const fn accuracy(id: &'static str, label: &'static str) -> SourceColumn {
    column(id, label, "fraction", Role::Accuracy, Some(Better::Larger), BENCHMARK)
}

const MAIN: &[SourceColumn] = &[
    accuracy(
        "val_acc_epoch108",
        "CIFAR-10 validation accuracy after 108 epochs, one run (not the mean of three)",
    ),
    accuracy(
        "val_acc_epoch36",
        "CIFAR-10 validation accuracy after 36 epochs, one run (not the mean of three)",
    ),
    accuracy(
        "val_acc_epoch12",
        "CIFAR-10 validation accuracy after 12 epochs, one run (not the mean of three)",
    ),
    accuracy(
        "val_acc_epoch4",
        "CIFAR-10 validation accuracy after 4 epochs, one run (not the mean of three)",
    ),
    column("params", "Parameters of the trained network", "", Role::Cost, None, BENCHMARK),
    column("train_time_s", "Training time of the run", "s", Role::Cost, Some(Better::Smaller), BENCHMARK),
];
