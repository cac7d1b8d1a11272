//! The NDS spaces (Radosavovic et al. 2019, arXiv 1905.13214): DARTS, ENAS, PNAS, NASNet and Amoeba, all made of a normal
//! cell and a reduction cell in which every node adds up two operations.
//!
//! Text: the genotype as one line of JSON with `normal`, `normal_concat`, `reduce`, `reduce_concat`; what DARTS code
//! prints, `Genotype(normal=[('sep_conv_3x3', 1), …], normal_concat=range(2, 6), …)`, is read as well.

mod key;
mod macros;
mod module;
mod parse;
mod sample;
mod trained;

use super::{
    Cell, CellEdge, CellKey, CountedSize, ParseError, Reachability, Space, SpaceError, SurrogateOptions,
};
use crate::{
    network::Network,
    predictor::{NONE, Operator, OperatorGraph, SKIP},
    random::Random,
};
use serde::{Deserialize, Serialize};

/// Most nodes of a cell, its two inputs not counted.
const MOST_STEPS: usize = 8;

/// One of the two cells: pairs of operations, each with the node that it reads.
type Pairs = Vec<(&'static str, usize)>;

/// A genotype.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Genotype {
    space: Nds,
    normal: Pairs,
    normal_concat: Vec<usize>,
    reduce: Pairs,
    reduce_concat: Vec<usize>,
}

/// A genotype as it is written, before its names and numbers are checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    normal: Vec<(String, usize)>,
    normal_concat: Vec<usize>,
    reduce: Vec<(String, usize)>,
    reduce_concat: Vec<usize>,
}

impl Genotype {
    /// Nodes of each cell, its two inputs not counted.
    fn steps(&self) -> usize {
        self.normal.len() / 2
    }
}

impl Cell for Genotype {
    fn text(&self) -> String {
        parse::print(self)
    }

    fn index(&self) -> Option<usize> {
        None
    }

    /// The two inputs, the nodes that add pairs up, and the output.
    fn nodes(&self) -> usize {
        self.steps() + 3
    }

    /// The operations of the normal cell, then those of the reduction cell.
    fn edges(&self) -> Vec<CellEdge> {
        let edges = |pairs: &Pairs| {
            let edge = |(place, &(op, source)): (usize, &(&'static str, usize))| CellEdge {
                source,
                target: place / 2 + 2,
                op,
            };
            pairs.iter().enumerate().map(edge).collect::<Vec<_>>()
        };
        [edges(&self.normal), edges(&self.reduce)].concat()
    }

    fn reachability(&self) -> Reachability {
        // NASGraph's networks join the concat list of the other cell, so both lists count.
        let alive = |pairs: &Pairs, concat: &[usize]| {
            let mut used = vec![false; self.steps() + 2];
            concat.iter().for_each(|&node| used[node] = true);
            for (place, &(op, source)) in pairs.iter().enumerate().rev() {
                if used[place / 2 + 2] && op != "none" {
                    used[source] = true;
                }
            }
            pairs.iter().enumerate().map(|(place, &(op, _))| used[place / 2 + 2] && op != "none").collect()
        };
        let normal: Vec<bool> = alive(&self.normal, &self.reduce_concat);
        let reduce: Vec<bool> = alive(&self.reduce, &self.normal_concat);
        let dead = normal.iter().chain(&reduce).enumerate().filter(|(_, alive)| !**alive);
        Reachability {
            connected: true,
            // Every cell starts with convolutions of its two inputs.
            parameter_free: false,
            dead_edges: dead.map(|(edge, _)| edge).collect(),
        }
    }

    /// The text with the two operations of each node in order: they are added up.
    fn canonical(&self) -> String {
        let mut sorted = self.clone();
        for node in sorted.normal.chunks_exact_mut(2).chain(sorted.reduce.chunks_exact_mut(2)) {
            node.sort_unstable();
        }
        sorted.text()
    }

    /// The operations of the two cells; none if the genotype is not one of DARTS.
    fn known_key(&self) -> Option<CellKey> {
        key::of(self)
    }

    /// None: a genotype has hundreds, and which of them are legal depends on the search that made it.
    fn neighbours(&self) -> Vec<Box<dyn Cell>> {
        Vec::new()
    }

    fn surrogate(&self, options: &SurrogateOptions) -> Result<Network, SpaceError> {
        options.check()?;
        Ok(macros::surrogate(self, options)?)
    }

    fn full(&self, _outputs: usize) -> Result<Network, SpaceError> {
        let message = "ε is not computed on NDS, for which its author gives no figures to check it against";
        Err(SpaceError::NotCovered { message: message.to_owned() })
    }

    fn counted(&self, outputs: usize, size: &CountedSize) -> Result<Network, SpaceError> {
        SpaceError::check("outputs", outputs, 1..=1000)?;
        size.check()?;
        Ok(trained::trained(self, outputs, size)?)
    }

    /// The normal cell of a DARTS genotype: its two inputs, its operations in the order of the text, the output.
    ///
    /// An operation is followed by all operations that read the node which it enters. The authors join every operation
    /// with the output, as every DARTS cell concatenates all its nodes; here only those of nodes in `normal_concat` are.
    fn operator_graph(&self) -> Result<OperatorGraph, SpaceError> {
        let texts = self.space.texts;
        if texts.is_empty() {
            let why =
                "TG-NAS's authors describe the operations of NAS-Bench-101, NAS-Bench-201 and DARTS only";
            return Err(SpaceError::no_operator_graph(self.space.label, why));
        }
        let mut nodes = vec![Operator::input(), Operator::input()];
        nodes.extend(self.normal.iter().map(|&(op, _)| {
            let place = self.space.ops.iter().position(|&known| known == op).unwrap_or_default();
            Operator::new(op, texts[place])
        }));
        let output = nodes.len();
        nodes.push(Operator::output());
        // The operators whose sum a node of the cell is.
        let parts = |node: usize| if node < 2 { node..node + 1 } else { 2 * node - 2..2 * node };
        let mut edges = Vec::new();
        for (place, &(_, source)) in self.normal.iter().enumerate() {
            edges.extend(parts(source).map(|part| (part, place + 2)));
        }
        for &node in &self.normal_concat {
            edges.extend(parts(node).map(|part| (part, output)));
        }
        Ok(OperatorGraph::of_cell(nodes, edges))
    }
}

/// One of the five spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nds {
    id: &'static str,
    label: &'static str,
    ops: &'static [&'static str],
    /// TG-NAS's texts of the operations; empty where its authors give none.
    texts: &'static [&'static str],
    /// Nodes of a cell that is sampled.
    steps: usize,
    /// Whether a sampled cell concatenates all its nodes; else those that no other node reads.
    concat_all: bool,
}

impl Nds {
    /// DARTS.
    pub const DARTS: Nds = Nds {
        id: "nds-darts",
        label: "DARTS (NDS)",
        ops: &[
            "none",
            "max_pool_3x3",
            "avg_pool_3x3",
            "skip_connect",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "dil_conv_3x3",
            "dil_conv_5x5",
        ],
        texts: &[
            NONE,
            "Max pooling 3x3",
            "Average pooling 3x3",
            SKIP,
            "depth-wise separable convolution 3x3",
            "depth-wise separable convolution 5x5",
            "dilated convolution 3x3",
            "dilated convolution 5x5",
        ],
        steps: 4,
        concat_all: true,
    };
    /// ENAS.
    pub const ENAS: Nds = Nds {
        id: "nds-enas",
        label: "ENAS (NDS)",
        ops: &["skip_connect", "sep_conv_3x3", "sep_conv_5x5", "avg_pool_3x3", "max_pool_3x3"],
        texts: &[],
        steps: 5,
        concat_all: false,
    };
    /// PNAS.
    pub const PNAS: Nds = Nds {
        id: "nds-pnas",
        label: "PNAS (NDS)",
        ops: &[
            "skip_connect",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "sep_conv_7x7",
            "conv_7x1_1x7",
            "avg_pool_3x3",
            "max_pool_3x3",
            "dil_conv_3x3",
        ],
        texts: &[],
        steps: 5,
        concat_all: false,
    };
    /// NASNet.
    pub const NASNET: Nds = Nds {
        id: "nds-nasnet",
        label: "NASNet (NDS)",
        ops: &[
            "skip_connect",
            "conv_3x1_1x3",
            "conv_7x1_1x7",
            "dil_conv_3x3",
            "avg_pool_3x3",
            "max_pool_3x3",
            "max_pool_5x5",
            "max_pool_7x7",
            "conv_1x1",
            "conv_3x3",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "sep_conv_7x7",
        ],
        texts: &[],
        steps: 5,
        concat_all: false,
    };
    /// Amoeba.
    pub const AMOEBA: Nds = Nds {
        id: "nds-amoeba",
        label: "Amoeba (NDS)",
        ops: &[
            "skip_connect",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "sep_conv_7x7",
            "conv_7x1_1x7",
            "avg_pool_3x3",
            "max_pool_3x3",
            "dil_sep_conv_3x3",
        ],
        texts: &[],
        steps: 5,
        concat_all: false,
    };
}

impl Space for Nds {
    fn id(&self) -> &'static str {
        self.id
    }

    fn label(&self) -> &'static str {
        self.label
    }

    fn ops(&self) -> &'static [&'static str] {
        self.ops
    }

    fn operator_texts(&self) -> &'static [&'static str] {
        self.texts
    }

    fn options(&self) -> &'static [&'static str] {
        &["init-channels", "layers"]
    }

    fn size(&self) -> Option<usize> {
        None
    }

    fn classes(&self) -> Option<usize> {
        None
    }

    fn parse(&self, text: &str) -> Result<Box<dyn Cell>, ParseError> {
        Ok(Box::new(parse::parse(text, *self)?))
    }

    fn at(&self, _index: usize) -> Option<Box<dyn Cell>> {
        None
    }

    /// Every operation and every input of a node by a fair draw (two different inputs a node in DARTS); the output
    /// concatenates the nodes that no other reads (all nodes in DARTS). A genotype drawn before is drawn again.
    fn sample(&self, count: usize, seed: u64) -> Vec<Box<dyn Cell>> {
        let mut random = Random::new(seed);
        let mut seen = rustc_hash::FxHashSet::default();
        let mut cells: Vec<Box<dyn Cell>> = Vec::new();
        for _ in 0..count.saturating_mul(100) {
            if cells.len() == count {
                break;
            }
            let genotype = sample::draw(&mut random, *self);
            if seen.insert(genotype.text()) {
                cells.push(Box::new(genotype));
            }
        }
        cells
    }

    fn equal_cells(&self, cell: &dyn Cell) -> Vec<Box<dyn Cell>> {
        self.parse(&cell.text()).into_iter().collect()
    }

    /// DARTS genotypes only.
    fn cell_of_key(&self, key: &[u8]) -> Option<Box<dyn Cell>> {
        if self.id != Self::DARTS.id {
            return None;
        }
        Some(Box::new(key::read(key)?))
    }

    fn epsilon_weights(&self) -> (f32, f32) {
        (1e-7, 1.0)
    }
}
