//! The cell of four nodes and six edges that NAS-Bench-201 and TransNAS-Bench-101 micro share.

use super::Reachability;

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

    /// Nodes that a path of the accepted edges joins with the input.
    fn forward(accept: &impl Fn(usize) -> bool) -> [bool; Self::NODES] {
        let mut forward = [true, false, false, false];
        for (edge, &(source, target)) in Self::ENDS.iter().enumerate() {
            forward[target] |= forward[source] && accept(edge);
        }
        forward
    }
}
