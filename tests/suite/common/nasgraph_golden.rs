//! The golden suite of NASGraph, run natively and in the browser.

use cellscope::{
    nasgraph::{ChannelGraph, Measures, Scorer},
    network::Network,
    space::{self, SurrogateOptions},
};
use std::io::Read;

/// Outputs of the authors' code, one row a network.
pub const MEASURES: &str = include_str!("../../data/nasgraph_nasbench201.csv");
const EDGES: [(usize, &[u8]); 2] = [
    (27, include_bytes!("../../data/edges_nasbench201_27.csv.gz")),
    (108, include_bytes!("../../data/edges_nasbench201_108.csv.gz")),
];

/// The surrogate network of a cell's text.
pub fn network(text: &str, cells_per_stack: usize, stem_channels: usize) -> Network {
    let cell = space::find("nasbench201").unwrap().parse(text).unwrap();
    cell.surrogate(&SurrogateOptions { cells_per_stack, stem_channels, ..Default::default() }).unwrap()
}

/// Every row: counts equal, measures to 1e-9 relative. Returns the number of rows.
pub fn measures() -> usize {
    let mut rows = 0;
    let mut scorers: Vec<Scorer> = Vec::new();
    for record in csv::Reader::from_reader(MEASURES.as_bytes()).records() {
        let record = record.unwrap();
        let number = |column: usize| record[column].parse::<f64>().unwrap();
        let seed = record[2].parse().unwrap();
        let known = scorers.iter().position(|scorer| scorer.seed() == seed);
        let at = known.unwrap_or_else(|| {
            scorers.push(Scorer::new(seed));
            scorers.len() - 1
        });
        let network = network(&record[1], number(3) as usize, number(4) as usize);
        let found = scorers[at].measures(&network).unwrap();
        compare(&found, &(5..13).map(number).collect::<Vec<_>>(), &record[1]);
        rows += 1;
    }
    rows
}

fn compare(found: &Measures, golden: &[f64], cell: &str) {
    assert_eq!((found.nodes as f64, found.edges as f64), (golden[0], golden[1]), "{cell}");
    let floats =
        [found.average_degree, found.density, found.resilience, found.entropy, found.wedge, found.gini];
    for (&float, &golden) in floats.iter().zip(&golden[2..]) {
        assert!((float - golden).abs() <= 1e-9 * golden.abs(), "{cell}: {float} is not {golden}");
    }
}

/// Both whole edge lists: equal as sets, weights to 1e-7 absolute or 1e-5 relative. Returns the number of edges.
pub fn edge_lists() -> usize {
    let space = space::find("nasbench201").unwrap();
    let mut total = 0;
    for (index, bytes) in EDGES {
        let network = network(&space.at(index).unwrap().text(), 1, 16);
        let graph = Scorer::new(1).graph(&network).unwrap();
        let mut found = named_edges(&graph);
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let mut golden = read_edges(bytes);
        golden.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(found.len(), golden.len(), "cell {index}");
        for (found, golden) in found.iter().zip(&golden) {
            assert_eq!(found.0, golden.0, "cell {index}");
            let off = (found.1 - golden.1).abs();
            assert!(off <= 1e-7 || off <= 1e-5 * golden.1.abs(), "cell {index}: {found:?} is not {golden:?}");
        }
        total += golden.len();
    }
    total
}

fn named_edges(graph: &ChannelGraph) -> Vec<(String, f64)> {
    let name = |node: u32| {
        let node = graph.nodes[node as usize];
        format!("{}_{}", node.layer, node.channel)
    };
    graph.edges.iter().map(|e| (format!("{},{}", name(e.source), name(e.target)), e.weight)).collect()
}

fn read_edges(bytes: &[u8]) -> Vec<(String, f64)> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text.lines()
        .map(|line| {
            let (ends, weight) = line.rsplit_once(',').unwrap();
            (ends.to_owned(), weight.parse().unwrap())
        })
        .collect()
}
