//! From a graph of operators to what a graph convolution multiplies by.
//!
//! The authors' (`GNN_proxy_tool/utils/gcn_utils.py` of `YeQiao/TG-NAS`): graphs of fewer than seven nodes are padded
//! with nodes that have no feature and no edge; a global node is added that every node feeds, padding included; every
//! node feeds itself; the matrix is transposed, so that a row holds what its node reads; rows are not divided by
//! anything, although the paper's formula normalises.

use super::OperatorGraph;
use serde::{Deserialize, Serialize};

/// What happens to the sum over the nodes that a node reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Normalisation {
    /// It stays a sum, as in the authors' code.
    Plain,
    /// It is divided by their number: every row of the matrix adds up to 1.
    Rows,
}

/// How a graph becomes a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// Whether there is a global node, in the last row.
    pub global: bool,
    /// Nodes to which smaller graphs are padded, the global node not counted: 0 for none, 7 for the authors'.
    pub padding: usize,
    /// Division of the rows.
    pub normalisation: Normalisation,
}

/// The sparse matrix of one graph: row = node, entries = what it reads, itself included.
///
/// Rows are in an order that depends on the graph and its texts alone, not on how its nodes were numbered: isomorphic
/// graphs give the same matrix and so the same prediction, bit for bit. First the operators, then the padding, then the
/// global node.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjacency {
    order: Vec<usize>,
    /// Where each row's entries begin, and the end of the last.
    starts: Vec<usize>,
    sources: Vec<usize>,
    normalisation: Normalisation,
}

impl Adjacency {
    /// The matrix of a graph. O((V + E) log V).
    pub fn new(graph: &OperatorGraph, layout: Layout) -> Self {
        let count = graph.nodes().len();
        let hashes = unfoldings(graph);
        // By hash, then number; a sort would cost the page's module more bytes than it saves time on a dozen nodes.
        let place =
            |node: usize| (0..count).filter(|&other| (hashes[other], other) < (hashes[node], node)).count();
        let row_of: Vec<usize> = (0..count).map(place).collect();
        let mut order = vec![0; count];
        row_of.iter().enumerate().for_each(|(node, &row)| order[row] = node);
        let mut read: Vec<u64> = (0..count).map(|row| 1 << row).collect();
        graph.edges().iter().for_each(|&(source, target)| read[row_of[target]] |= 1 << row_of[source]);

        let real = count.max(layout.padding);
        let rows = real + usize::from(layout.global);
        let (mut starts, mut sources) = (Vec::with_capacity(rows + 1), Vec::with_capacity(4 * rows));
        for row in 0..rows {
            starts.push(sources.len());
            for source in 0..rows {
                let is_read = match read.get(row) {
                    Some(set) => source < count && set >> source & 1 == 1,
                    // Padding reads itself, the global node all.
                    None => source == row || row == real,
                };
                if is_read {
                    sources.push(source);
                }
            }
        }
        starts.push(sources.len());
        Self { order, starts, sources, normalisation: layout.normalisation }
    }

    /// Rows: operators, padding and the global node.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// The node of the graph that stands in each of the first rows.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The rows that a row reads, in ascending order.
    pub fn sources(&self, row: usize) -> &[usize] {
        &self.sources[self.starts[row]..self.starts[row + 1]]
    }

    /// The value of all entries of a row.
    pub fn weight(&self, row: usize) -> f32 {
        match self.normalisation {
            Normalisation::Plain => 1.0,
            Normalisation::Rows => 1.0 / self.sources(row).len() as f32,
        }
    }

    /// The matrix row by row, for training and for oracles.
    pub fn dense(&self) -> Vec<f32> {
        let rows = self.rows();
        let mut dense = vec![0.0; rows * rows];
        for row in 0..rows {
            self.sources(row).iter().for_each(|&source| dense[row * rows + source] = self.weight(row));
        }
        dense
    }
}

/// For each node a number that stands for its text and, recursively, those of all that it reads. Nodes with equal
/// numbers have equal features after any number of layers, so their order does not matter.
fn unfoldings(graph: &OperatorGraph) -> Vec<u64> {
    let mut hashes = vec![0u64; graph.nodes().len()];
    let mut edges = graph.edges();
    for (node, operator) in graph.nodes().iter().enumerate() {
        // FNV-1a of the text.
        let text = operator.text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // A sum, as the order of what it reads does not count.
        let mut hash = mix(text);
        while let Some((&(source, _), rest)) = edges.split_first().filter(|(edge, _)| edge.1 == node) {
            hash = hash.wrapping_add(mix(hashes[source]));
            edges = rest;
        }
        hashes[node] = mix(hash);
    }
    hashes
}

/// The finaliser of SplitMix64.
fn mix(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predictor::Operator;

    fn path() -> OperatorGraph {
        let nodes = vec![Operator::input(), Operator::new("", "a"), Operator::output()];
        OperatorGraph::new(nodes, vec![(0, 1), (1, 2), (0, 2)]).expect("legal")
    }

    /// Entry of the dense matrix by nodes of the graph, and `None` for the global node.
    fn entry(matrix: &Adjacency, target: Option<usize>, source: Option<usize>) -> f32 {
        let row = |node: Option<usize>| match node {
            Some(node) => matrix.order().iter().position(|&other| other == node).expect("a row"),
            None => matrix.rows() - 1,
        };
        matrix.dense()[row(target) * matrix.rows() + row(source)]
    }

    #[test]
    fn rows_read_what_feeds_them() {
        let layout = Layout { global: true, padding: 0, normalisation: Normalisation::Plain };
        let matrix = Adjacency::new(&path(), layout);
        assert_eq!(matrix.rows(), 4);
        let rows = [
            (Some(0), [1., 0., 0., 0.]),
            (Some(1), [1., 1., 0., 0.]),
            (Some(2), [1., 1., 1., 0.]),
            (None, [1., 1., 1., 1.]),
        ];
        for (target, expected) in rows {
            let found = [Some(0), Some(1), Some(2), None].map(|source| entry(&matrix, target, source));
            assert_eq!(found, expected, "{target:?}");
        }
    }

    #[test]
    fn normalised_rows_add_up_to_one() {
        let layout = Layout { global: true, padding: 7, normalisation: Normalisation::Rows };
        let matrix = Adjacency::new(&path(), layout);
        assert_eq!((matrix.rows(), matrix.order().len()), (8, 3));
        for row in matrix.dense().chunks(8) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
        assert_eq!(entry(&matrix, Some(2), Some(0)), 1.0 / 3.0);
        // Padding reads itself only; the global node reads all.
        assert_eq!(matrix.sources(5), [5]);
        assert_eq!(matrix.sources(7), [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn without_a_global_node() {
        let layout = Layout { global: false, padding: 0, normalisation: Normalisation::Plain };
        let matrix = Adjacency::new(&path(), layout);
        assert_eq!(matrix.rows(), 3);
        assert_eq!(matrix.dense().iter().sum::<f32>(), 6.0);
    }
}
