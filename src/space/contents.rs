//! What a cell is made of, by the names of its operations: for slices of a space.

use super::Cell;

/// How many operations of a cell have a name for which `is_meant` is true, on edges or on nodes, whether they matter to
/// the output or not.
fn count(cell: &dyn Cell, is_meant: impl Fn(&str) -> bool) -> usize {
    let (edges, nodes) = (cell.edges(), cell.node_ops());
    let ops = edges.iter().map(|edge| edge.op).chain(nodes);
    ops.filter(|op| is_meant(op)).count()
}

/// Number of convolutions of a cell, those on dead edges included.
pub fn convs(cell: &dyn Cell) -> usize {
    count(cell, |op| op.contains("conv"))
}

/// Number of skip connections of a cell, those on dead edges included.
pub fn skips(cell: &dyn Cell) -> usize {
    count(cell, |op| op.contains("skip"))
}
