//! The cell of four nodes and six edges that NAS-Bench-201 and TransNAS-Bench-101 micro share.

use super::Reachability;
use crate::predictor::{Operator, OperatorGraph};

/// Four nodes, each joined with all later ones.
pub(super) struct FourNodes;

impl FourNodes {
    /// Nodes of a cell.
    pub const NODES: usize = 4;
    /// Source and target of each edge, in the order of the text.
    pub const ENDS: [(usize, usize); 6] = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)];
    /// The edges in an order in which a node's outgoing edges come before its incoming ones.
    const BACKWARD: [usize; 6] = [5, 4, 2, 3, 1, 0];

    /// Which edges matter, from which pass anything on and which do so without parameters.
    pub fn reachability(passes: impl Fn(usize) -> bool, free: impl Fn(usize) -> bool) -> Reachability {
        let forward = Self::forward(&passes);
        let mut backward = [false, false, false, true];
        for edge in Self::BACKWARD {
            let (source, target) = Self::ENDS[edge];
            backward[source] |= backward[target] && passes(edge);
        }
        let alive = |edge: usize| {
            let (source, target) = Self::ENDS[edge];
            passes(edge) && forward[source] && backward[target]
        };
        Reachability {
            connected: forward[Self::NODES - 1],
            parameter_free: Self::forward(&free)[Self::NODES - 1],
            dead_edges: (0..Self::ENDS.len()).filter(|&edge| !alive(edge)).collect(),
        }
    }

    /// The graph of TG-NAS's authors: the input, the operations in the order of the text, the output. An operation is
    /// followed by all operations that leave its target.
    pub fn operator_graph(operators: [Operator; 6]) -> OperatorGraph {
        let mut edges = Vec::with_capacity(12);
        for (edge, &(source, target)) in Self::ENDS.iter().enumerate() {
            if source == 0 {
                edges.push((0, edge + 1));
            }
            let next = Self::ENDS.iter().enumerate().filter(|(_, ends)| ends.0 == target);
            edges.extend(next.map(|(next, _)| (edge + 1, next + 1)));
            if target == Self::NODES - 1 {
                edges.push((edge + 1, Self::ENDS.len() + 1));
            }
        }
        let ends = [Operator::input()].into_iter().chain(operators).chain([Operator::output()]);
        OperatorGraph::of_cell(ends.collect(), edges)
    }

    /// Nodes that a path of the accepted edges joins with the input.
    fn forward(accept: &impl Fn(usize) -> bool) -> [bool; Self::NODES] {
        let mut forward = [true, false, false, false];
        for (edge, &(source, target)) in Self::ENDS.iter().enumerate() {
            forward[target] |= forward[source] && accept(edge);
        }
        forward
    }
}
