//! `graph`.

use crate::{CELL, close, float, run};
use cellscope::{
    nasgraph::Scorer,
    space::{self, SurrogateOptions},
};
use std::{collections::HashMap, io::Read};

const EDGES: [(usize, &[u8]); 2] = [
    (27, include_bytes!("../data/edges_nasbench201_27.csv.gz")),
    (108, include_bytes!("../data/edges_nasbench201_108.csv.gz")),
];

#[test]
fn csv_equals_the_authors_edge_lists() {
    for (index, packed) in EDGES {
        let mut golden = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut golden).unwrap();
        let golden: HashMap<&str, f64> = golden
            .lines()
            .map(|line| line.rsplit_once(',').unwrap())
            .map(|(ends, weight)| (ends, weight.parse().unwrap()))
            .collect();
        let arch = space::find("nasbench201").unwrap().at(index).unwrap().text();
        let (header, rows) = run(&["graph", "--space", "nasbench201", &arch]).rows();
        assert_eq!(header, ["source", "target", "weight"]);
        assert_eq!(rows.len(), golden.len());
        for row in &rows {
            let expected = golden[format!("{},{}", row[0], row[1]).as_str()];
            let weight = float(&row[2]);
            assert!(
                (weight - expected).abs() <= 1e-7 || close(weight, expected, 1e-5),
                "{row:?}: {expected}"
            );
        }
    }
}

#[test]
fn dot_and_json_hold_the_same_graph() {
    let options = ["--stem-channels", "4", "--cells-per-stack", "2", "--seed", "7", CELL];
    let form = |form| run(&[["graph", "--format", form].as_slice(), &options].concat());
    let (_, rows) = form("csv").rows();
    let surrogate = SurrogateOptions { cells_per_stack: 2, stem_channels: 4, ..Default::default() };
    let network = space::find("nasbench201").unwrap().parse(CELL).unwrap().surrogate(&surrogate).unwrap();
    let graph = Scorer::new(7).graph(&network).unwrap();
    assert_eq!(rows.len(), graph.edges.len());

    let dot = form("dot");
    assert_eq!((dot.status, dot.err.as_str()), (0, ""));
    assert!(dot.out.starts_with("digraph") && dot.out.trim_end().ends_with('}'));
    for row in &rows {
        assert!(dot.out.contains(&format!("\"{}\" -> \"{}\" [", row[0], row[1])), "{row:?}");
    }
    assert_eq!(dot.out.matches(" -> ").count(), rows.len());

    let json: serde_json::Value = serde_json::from_str(&form("json").out).unwrap();
    assert_eq!((&json["arch"], &json["seed"]), (&CELL.into(), &7.into()));
    assert_eq!((&json["cells_per_stack"], &json["stem_channels"]), (&2.into(), &4.into()));
    assert_eq!(json["measures"]["edges"], rows.len());
    let degree = json["measures"]["average_degree"].as_f64().unwrap();
    assert!(close(degree, graph.measures.average_degree, 1e-15));
    assert_eq!(json["layers"].as_array().unwrap().len(), network.len());
    assert_eq!(json["nodes"].as_array().unwrap().len(), graph.nodes.len());
    for (edge, row) in json["edges"].as_array().unwrap().iter().zip(&rows) {
        assert_eq!((&edge["source"], &edge["target"]), (&row[0].as_str().into(), &row[1].as_str().into()));
        // serde_json reads a float to the last bit but one.
        assert!(close(edge["weight"].as_f64().unwrap(), float(&row[2]), 1e-15));
    }
}

#[test]
fn a_text_that_is_no_cell() {
    let run = run(&["graph", "|none~0|+|none~0|none~0|+|none~0|none~1|none~2|"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("line 1, column 23: "), "{}", run.err);
}
