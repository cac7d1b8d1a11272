//! The golden suites of NASGraph on the spaces other than NAS-Bench-201, run natively and in the browser.

use cellscope::{
    nasgraph::{Measures, Scorer},
    space::{self, SurrogateOptions},
};
use std::collections::HashMap;

/// One row of a suite: the cell, its setting, and the column at which the figures start.
type Row<'a> = &'a HashMap<String, String>;

fn check(space: &str, text: &str, options: SurrogateOptions, row: Row) {
    let cell = space::find(space).unwrap().parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(cell.text(), text);
    let network = cell.surrogate(&options).unwrap_or_else(|e| panic!("{text}: {e}"));
    let found = Scorer::new(row["seed"].parse().unwrap()).measures(&network).unwrap();
    compare(&found, row, text);
}

fn compare(found: &Measures, row: Row, cell: &str) {
    let golden = |name: &str| row[name].parse::<f64>().unwrap();
    let counts = (found.nodes as f64, found.edges as f64);
    assert_eq!(counts, (golden("nodes"), golden("edges")), "{cell}");
    let floats = [
        (found.average_degree, "average_degree"),
        (found.density, "density"),
        (found.resilience, "resilience"),
        (found.entropy, "entropy"),
        (found.wedge, "wedge"),
        (found.gini, "gini"),
    ];
    for (float, name) in floats {
        assert!((float - golden(name)).abs() <= 1e-9 * golden(name).abs(), "{cell}: {name} {float}");
    }
}

fn rows(csv: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap()
}

/// NAS-Bench-101; returns the number of rows.
pub fn nasbench101() -> usize {
    let rows = rows(include_str!("../../data/nasgraph_nasbench101.csv"));
    for row in &rows {
        let text = format!("{}:{}:{}", row["vertices"], row["adjacency_row_major"], row["ops"]);
        let options = SurrogateOptions {
            cells_per_stack: row["modules_per_stack"].parse().unwrap(),
            stem_channels: row["stem_channels"].parse().unwrap(),
            ..Default::default()
        };
        check("nasbench101", &text, options, row);
    }
    rows.len()
}

/// TransNAS-Bench-101, both spaces; returns the number of rows.
pub fn transnas101() -> usize {
    let rows = rows(include_str!("../../data/nasgraph_transnas101.csv"));
    for row in &rows {
        let text = &row["net_code"];
        let space = if text.ends_with("basic") { "transnas101-macro" } else { "transnas101-micro" };
        let options = SurrogateOptions {
            task: row["task"].parse().unwrap(),
            stem_channels: row["stem_channels"].parse().unwrap(),
            ..Default::default()
        };
        check(space, text, options, row);
    }
    rows.len()
}

/// The five NDS spaces; returns the number of rows.
pub fn nds() -> usize {
    let rows = rows(include_str!("../../data/nasgraph_nds.csv"));
    for row in &rows {
        let options = SurrogateOptions {
            init_channels: row["init_channels"].parse().unwrap(),
            layers: row["layers"].parse().unwrap(),
            ..Default::default()
        };
        check(&format!("nds-{}", row["space"]), &row["genotype_json"], options, row);
    }
    rows.len()
}
