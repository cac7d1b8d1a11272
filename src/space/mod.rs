//! What can be built: one file (or folder) a search space.
//!
//! A space parses, prints, enumerates and samples its cells, and each cell builds the networks that the proxies
//! score. Everything after that works on [`Network`]s and knows no space.

mod contents;
mod dag;
mod error;
mod nasbench101;
mod nasbench201;
mod nds;
mod options;
mod transnas101;

pub use contents::{convs, skips};
pub use error::{ParseError, SpaceError};
pub use nasbench101::{NasBench101, Op101};
pub use nasbench201::{NasBench201, Op201};
pub use nds::Nds;
pub use options::{CountedSize, SurrogateOptions, Task};
pub use transnas101::{TransNas101Macro, TransNas101Micro};

use crate::{network::Network, predictor::OperatorGraph};

/// A search space.
pub trait Space: Sync {
    /// Identifier, as in `--space`.
    fn id(&self) -> &'static str;

    /// Name for people.
    fn label(&self) -> &'static str;

    /// Names of the operations that a cell is made of.
    fn ops(&self) -> &'static [&'static str];

    /// TG-NAS's texts of the operations, in the order of [`Space::ops`]; empty where it has no graph of the cells.
    fn operator_texts(&self) -> &'static [&'static str] {
        &[]
    }

    /// The settings of [`SurrogateOptions`] that its networks have: `cells-per-stack`, `stem-channels`, `task`,
    /// `init-channels`, `layers`.
    fn options(&self) -> &'static [&'static str];

    /// Number of cells, where they can be counted.
    fn size(&self) -> Option<usize>;

    /// Number of classes of cells with equal canonical form, where they have been counted.
    fn classes(&self) -> Option<usize>;

    /// Reads a cell.
    ///
    /// # Errors
    /// [`ParseError`] that names the offending part and its column.
    fn parse(&self, text: &str) -> Result<Box<dyn Cell>, ParseError>;

    /// The cell at a position of the published order, or `None` past the end or where there is no order.
    fn at(&self, index: usize) -> Option<Box<dyn Cell>>;

    /// `count` different cells, drawn uniformly by `seed`; all of them if there are fewer.
    fn sample(&self, count: usize, seed: u64) -> Vec<Box<dyn Cell>>;

    /// All cells with the same canonical form as `cell`, in index order; only `cell` where they cannot be listed.
    fn equal_cells(&self, cell: &dyn Cell) -> Vec<Box<dyn Cell>>;

    /// The cell of a [`CellKey`] (class, then form), or `None` if the bytes are none.
    fn cell_of_key(&self, _key: &[u8]) -> Option<Box<dyn Cell>> {
        None
    }

    /// The constant weights (low, high) at which the authors of ε evaluate this space.
    fn epsilon_weights(&self) -> (f32, f32);
}

/// One operation of a cell, as a directed edge between two of its nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellEdge {
    /// Node that it leaves; 0 is the cell's input.
    pub source: usize,
    /// Node that it enters.
    pub target: usize,
    /// Name of the operation.
    pub op: &'static str,
}

/// A cell as bytes, by which tables of known figures name their rows where a space has no published order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellKey {
    /// Equal for cells with the same canonical form; of one length in a space.
    pub class: Vec<u8>,
    /// What restores, together with the class, the cell itself; of one length in a space.
    pub form: Vec<u8>,
}

/// Which parts of a cell matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachability {
    /// Whether any path of operations other than `none` joins input and output.
    pub connected: bool,
    /// Whether such a path without parameters exists (skips and pools only).
    pub parameter_free: bool,
    /// Edges, by position, that lie on no such path; a `none` is always among them.
    pub dead_edges: Vec<usize>,
}

/// One cell of a space.
pub trait Cell: Send + Sync {
    /// The text that [`Space::parse`] reads back.
    fn text(&self) -> String;

    /// Position in the published order, where there is one.
    fn index(&self) -> Option<usize>;

    /// Number of nodes, input and output included.
    fn nodes(&self) -> usize;

    /// Names of the nodes' operations, where the nodes carry them (`input` and `output` included); else empty.
    fn node_ops(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The operations, in the order of the text; their names are empty where the nodes carry the operations.
    fn edges(&self) -> Vec<CellEdge>;

    /// Which edges matter.
    fn reachability(&self) -> Reachability;

    /// A text that is equal for cells that compute the same function, by the rule that the space states.
    fn canonical(&self) -> String;

    /// The cell as a key that [`Space::cell_of_key`] reads back, in spaces without a published order.
    fn known_key(&self) -> Option<CellKey> {
        None
    }

    /// The cells that differ in one operation.
    fn neighbours(&self) -> Vec<Box<dyn Cell>>;

    /// NASGraph's surrogate: one small network, no batch norm.
    ///
    /// # Errors
    /// [`SpaceError`] if an option is out of range.
    fn surrogate(&self, options: &SurrogateOptions) -> Result<Network, SpaceError>;

    /// The network that ε runs: as it is trained, with `outputs` outputs.
    ///
    /// # Errors
    /// [`SpaceError`] if an option is out of range; [`SpaceError::NotCovered`] with the reason where ε is not computed.
    fn full(&self, outputs: usize) -> Result<Network, SpaceError>;

    /// The network whose parameters and multiply-accumulates are counted: as it is trained, with `outputs` outputs, and
    /// of `size` where the space leaves width and depth open.
    ///
    /// # Errors
    /// [`SpaceError`] if an option is out of range; [`SpaceError::NotCovered`] with the reason where nothing is counted.
    fn counted(&self, outputs: usize, _size: &CountedSize) -> Result<Network, SpaceError> {
        self.full(outputs)
    }

    /// The operators in words and what feeds what, in the form of TG-NAS's authors;
    /// [`OperatorGraph::in_form`] gives the other.
    ///
    /// # Errors
    /// [`SpaceError::NotCovered`] with the reason where TG-NAS has no such graph.
    fn operator_graph(&self) -> Result<OperatorGraph, SpaceError>;
}

/// All spaces, in the order in which a menu lists them.
pub fn all() -> &'static [&'static dyn Space] {
    &[
        &NasBench201,
        &NasBench101,
        &TransNas101Micro,
        &TransNas101Macro,
        &Nds::DARTS,
        &Nds::ENAS,
        &Nds::PNAS,
        &Nds::NASNET,
        &Nds::AMOEBA,
    ]
}

/// The space of an identifier.
///
/// # Errors
/// [`SpaceError::UnknownSpace`] that lists the known ones.
pub fn find(id: &str) -> Result<&'static dyn Space, SpaceError> {
    all()
        .iter()
        .copied()
        .find(|space| space.id() == id)
        .ok_or_else(|| SpaceError::UnknownSpace { id: error::quote(id) })
}
