//! NAS-Bench-101 (Ying et al. 2019, arXiv 1902.09635): a cell of up to seven vertices and nine edges; the vertices
//! carry the operations.
//!
//! Text: `V:ADJACENCY:op|op|…`, with V vertices, the V² bits of the adjacency matrix row by row, and the V labels from
//! `input` to `output`. The form in which the `nasbench` code keeps a cell (JSON with `module_adjacency` and
//! `module_operations`) is read as well. Vertices on no path from input to output are pruned before anything is
//! computed; the text keeps them.

mod hash;
mod key;
mod macros;
mod parse;
mod prune;

use super::{Cell, CellEdge, CellKey, ParseError, Reachability, Space, SpaceError, SurrogateOptions};
use crate::{
    network::Network,
    predictor::{Operator, OperatorGraph},
    random::Random,
};
use prune::Spec;
use rustc_hash::FxHashSet;

/// Most vertices of a cell, input and output included.
const MOST_VERTICES: usize = 7;
/// Most edges of a pruned cell.
const MOST_EDGES: usize = 9;

/// The operation of an interior vertex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Op101 {
    /// 3 × 3 convolution, batch norm, ReLU.
    Conv3x3,
    /// 1 × 1 convolution, batch norm, ReLU.
    Conv1x1,
    /// 3 × 3 maximum pooling.
    MaxPool,
}

impl Op101 {
    /// All operations, in the order of their numbers.
    pub const ALL: [Op101; 3] = [Op101::Conv3x3, Op101::Conv1x1, Op101::MaxPool];
    /// Their published names.
    pub const NAMES: [&'static str; 3] = ["conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3"];

    /// Their texts in TG-NAS.
    const TEXTS: [&'static str; 3] = ["Convolution 3 by 3", "Convolution 1 by 1", "Max pooling 3 by 3"];

    /// The published name.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A cell as it was given, and pruned.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell101 {
    given: Spec,
    pruned: Spec,
}

impl Cell101 {
    /// Checks the published rules.
    fn new(given: Spec) -> Result<Self, String> {
        let pruned = given.prune().ok_or("no path joins the input and the output")?;
        let edges = pruned.edges().count();
        if edges > MOST_EDGES {
            return Err(format!("the pruned cell has {edges} edges; at most {MOST_EDGES} are allowed"));
        }
        Ok(Self { given, pruned })
    }
}

impl Cell for Cell101 {
    fn text(&self) -> String {
        parse::print(&self.given)
    }

    fn index(&self) -> Option<usize> {
        None
    }

    fn nodes(&self) -> usize {
        self.given.vertices()
    }

    fn node_ops(&self) -> Vec<&'static str> {
        let interior = self.given.ops.iter().map(|op| op.name());
        std::iter::once("input").chain(interior).chain(["output"]).collect()
    }

    fn edges(&self) -> Vec<CellEdge> {
        self.given.edges().map(|(source, target)| CellEdge { source, target, op: "" }).collect()
    }

    fn reachability(&self) -> Reachability {
        let alive = self.given.alive();
        let dead = |&(_, (source, target)): &(usize, (usize, usize))| !alive[source] || !alive[target];
        Reachability {
            connected: true,
            // What leaves the input always passes a 1 × 1 projection.
            parameter_free: false,
            dead_edges: self.given.edges().enumerate().filter(dead).map(|(edge, _)| edge).collect(),
        }
    }

    /// The published hash of the pruned cell: equal for isomorphic cells.
    fn canonical(&self) -> String {
        hash::of(&self.pruned)
    }

    /// Six bytes of the hash, and the pruned cell.
    fn known_key(&self) -> Option<CellKey> {
        Some(key::of(&self.pruned))
    }

    /// The valid cells that differ in one edge or one operation of the given matrix, one a hash.
    fn neighbours(&self) -> Vec<Box<dyn Cell>> {
        let mut seen = FxHashSet::from_iter([self.canonical()]);
        let mut neighbours: Vec<Box<dyn Cell>> = Vec::new();
        let mut keep = |spec: Spec| {
            if let Ok(cell) = Cell101::new(spec)
                && seen.insert(cell.canonical())
            {
                neighbours.push(Box::new(cell));
            }
        };
        for target in 1..self.given.vertices() {
            for source in 0..target {
                let mut spec = self.given.clone();
                spec.toggle(source, target);
                keep(spec);
            }
        }
        for vertex in 0..self.given.ops.len() {
            for op in Op101::ALL.into_iter().filter(|&op| op != self.given.ops[vertex]) {
                let mut spec = self.given.clone();
                spec.ops[vertex] = op;
                keep(spec);
            }
        }
        neighbours
    }

    fn surrogate(&self, options: &SurrogateOptions) -> Result<Network, SpaceError> {
        options.check()?;
        Ok(macros::surrogate(&self.pruned, options)?)
    }

    fn full(&self, outputs: usize) -> Result<Network, SpaceError> {
        SpaceError::check("outputs", outputs, 1..=1000)?;
        Ok(macros::full(&self.pruned, outputs)?)
    }

    /// The vertices and edges of the pruned cell, the form in which the published data set keeps all its cells.
    fn operator_graph(&self) -> Result<OperatorGraph, SpaceError> {
        let interior = self.pruned.ops.iter().map(|&op| Operator::new(op.name(), Op101::TEXTS[op as usize]));
        let nodes = [Operator::input()].into_iter().chain(interior).chain([Operator::output()]);
        Ok(OperatorGraph::of_cell(nodes.collect(), self.pruned.edges().collect()))
    }
}

/// The space.
#[derive(Clone, Copy, Debug)]
pub struct NasBench101;

impl Space for NasBench101 {
    fn id(&self) -> &'static str {
        "nasbench101"
    }

    fn label(&self) -> &'static str {
        "NAS-Bench-101"
    }

    fn ops(&self) -> &'static [&'static str] {
        &Op101::NAMES
    }

    fn operator_texts(&self) -> &'static [&'static str] {
        &Op101::TEXTS
    }

    fn options(&self) -> &'static [&'static str] {
        &["cells-per-stack", "stem-channels"]
    }

    fn size(&self) -> Option<usize> {
        None
    }

    fn classes(&self) -> Option<usize> {
        None
    }

    fn parse(&self, text: &str) -> Result<Box<dyn Cell>, ParseError> {
        Ok(Box::new(parse::parse(text)?))
    }

    fn at(&self, _index: usize) -> Option<Box<dyn Cell>> {
        None
    }

    /// Seven vertices, every edge and every operation by a fair draw; a draw that is not valid, or isomorphic to an
    /// earlier one, is drawn again (the rule of the `nasbench` examples). Gives up after 1,000 draws a cell.
    fn sample(&self, count: usize, seed: u64) -> Vec<Box<dyn Cell>> {
        let mut random = Random::new(seed);
        let mut seen = FxHashSet::default();
        let mut cells: Vec<Box<dyn Cell>> = Vec::new();
        for _ in 0..count.saturating_mul(1000) {
            if cells.len() == count {
                break;
            }
            let mut spec = Spec::empty(MOST_VERTICES);
            for source in 0..MOST_VERTICES {
                for target in source + 1..MOST_VERTICES {
                    if random.below(2) == 1 {
                        spec.toggle(source, target);
                    }
                }
            }
            for op in &mut spec.ops {
                *op = Op101::ALL[random.below(3) as usize];
            }
            if let Ok(cell) = Cell101::new(spec)
                && seen.insert(cell.canonical())
            {
                cells.push(Box::new(cell));
            }
        }
        cells
    }

    fn equal_cells(&self, cell: &dyn Cell) -> Vec<Box<dyn Cell>> {
        self.parse(&cell.text()).into_iter().collect()
    }

    fn cell_of_key(&self, key: &[u8]) -> Option<Box<dyn Cell>> {
        Some(Box::new(key::read(key)?))
    }

    fn epsilon_weights(&self) -> (f32, f32) {
        (1e-4, 10.0)
    }
}
