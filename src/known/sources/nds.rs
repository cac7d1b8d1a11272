//! DARTS genotypes with the accuracy that the NAS-Bench-301 surrogate gives them.

use super::{Name, Source, SourceColumn, column, score};
use crate::{
    known::Role,
    space::{Nds, Space},
    stats::Better,
};

pub(super) const DARTS: Source = Source {
    space: "nds-darts",
    separator: b';',
    only: None,
    name: Name { columns: &["arch"], text },
    index: None,
    class: None,
    main: MAIN,
    more: &[],
};

/// From `[[(0, 3), …], [(1, 0), …]]`, (node read, operation) in the normal cell and the reduction cell, to a genotype.
fn text(fields: &[&str]) -> Option<String> {
    let json = fields.first()?.replace('(', "[").replace(')', "]");
    let cells: [Vec<(usize, usize)>; 2] = serde_json::from_str(&json).ok()?;
    // The source's numbers leave `none` out, the first of the space's operations.
    let pair = |&(source, op): &(usize, usize)| Some((*Nds::DARTS.ops().get(op.checked_add(1)?)?, source));
    let [normal, reduce] = cells.map(|cell| cell.iter().map(pair).collect::<Option<Vec<_>>>());
    let concat = [2, 3, 4, 5];
    let genotype = serde_json::json!({
        "normal": normal?, "normal_concat": concat, "reduce": reduce?, "reduce_concat": concat,
    });
    Some(genotype.to_string())
}

const SURROGATE: &str =
    "NAS-Bench-301 surrogate by NASLib (Apache-2.0): predicted, not trained; 725 genotypes";
const NASLIB: &str = "NASLib (Apache-2.0)";

/// In millions, and under another name than the counts that are computed here, which are of a larger network.
const fn cost(name: &'static str, id: &'static str, label: &'static str) -> SourceColumn {
    SourceColumn { name, ..column(id, label, "M", Role::Cost, None, NASLIB) }
}

const MAIN: &[SourceColumn] = &[
    column(
        "val_accuracy",
        "CIFAR-10 validation accuracy by the NAS-Bench-301 SURROGATE (predicted, not trained)",
        "%",
        Role::Accuracy,
        Some(Better::Larger),
        SURROGATE,
    ),
    cost("flops", "flops_m", "FLOPs as NASLib counts them, 32 channels and 8 cells"),
    cost("params", "params_m", "Parameters as NASLib counts them, 32 channels and 8 cells"),
    score("synflow", "SynFlow", NASLIB),
    score("nwot", "NWOT", NASLIB),
    score("jacov", "Jacobian covariance", NASLIB),
    score("snip", "SNIP", NASLIB),
    score("grasp", "GraSP", NASLIB),
    score("fisher", "Fisher", NASLIB),
    score("grad_norm", "Gradient norm", NASLIB),
    score("l2_norm", "L2 norm of the weights", NASLIB),
    score("plain", "Plain (weight times gradient)", NASLIB),
    score("epe_nas", "EPE-NAS", NASLIB),
];
