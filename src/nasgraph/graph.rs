//! The channel graph itself: nodes, edges and weights.

use super::{Measures, NasgraphError, Scorer, scorer::feeds};
use crate::network::Network;

/// A channel that at least one edge touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelNode {
    /// Layer (creation order).
    pub layer: u32,
    /// Channel of its output.
    pub channel: u32,
    /// Edges that enter.
    pub into: u32,
    /// Edges that leave.
    pub out: u32,
}

/// A directed edge between two nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChannelEdge {
    /// Source, as a position in [`ChannelGraph::nodes`].
    pub source: u32,
    /// Target, as a position in [`ChannelGraph::nodes`].
    pub target: u32,
    /// Score of the pair, divided by the sum of the scores of its two layers.
    pub weight: f64,
}

/// Most edges that are listed; the measures have no such limit.
const MOST_EDGES: u64 = 5_000_000;

/// The graph of one network and seed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelGraph {
    /// By layer, then channel.
    pub nodes: Vec<ChannelNode>,
    /// By target layer, parent (in the layer's order), source channel, target channel.
    pub edges: Vec<ChannelEdge>,
    /// Measures of its degree sequence.
    pub measures: Measures,
}

impl Scorer {
    /// The channel graph of a network.
    ///
    /// # Errors
    /// As [`Scorer::measures`], and [`NasgraphError::TooManyEdges`].
    pub fn graph(&mut self, network: &Network) -> Result<ChannelGraph, NasgraphError> {
        let degrees = self.degrees(network)?;
        let measures = Measures::of_degrees(&degrees.total()).ok_or(NasgraphError::NoEdges)?;
        if measures.edges > MOST_EDGES {
            return Err(NasgraphError::TooManyEdges { edges: measures.edges, limit: MOST_EDGES });
        }
        let mut nodes = Vec::with_capacity(measures.nodes as usize);
        let mut position = vec![u32::MAX; degrees.into.len()];
        for (id, layer) in network.layers() {
            for channel in 0..layer.output.channels {
                let at = degrees.first[id.index()] + channel;
                let (into, out) = (degrees.into[at], degrees.out[at]);
                if into + out > 0 {
                    position[at] = nodes.len() as u32;
                    nodes.push(ChannelNode { layer: id.index() as u32, channel: channel as u32, into, out });
                }
            }
        }
        let mut edges = Vec::with_capacity(measures.edges as usize);
        Self::walk(network, |id, rule, place| {
            let layer = network.layer(id);
            let scores = self.scores(layer, rule, place);
            for feed in feeds(network, id) {
                push_edges(&mut edges, &scores, layer.output.channels, feed.inputs, |i, j| {
                    (
                        position[degrees.first[feed.parent.index()] + i],
                        position[degrees.first[id.index()] + j],
                    )
                });
            }
            Ok(())
        })?;
        Ok(ChannelGraph { nodes, edges, measures })
    }
}

/// Appends the edges of one pair of layers, with weights that add up to 1.
fn push_edges(
    edges: &mut Vec<ChannelEdge>,
    scores: &[f64],
    outputs: usize,
    feed: std::ops::Range<usize>,
    ends: impl Fn(usize, usize) -> (u32, u32),
) {
    let rows = &scores[feed.start * outputs..feed.end * outputs];
    let total: f64 = rows.iter().sum();
    for (i, row) in rows.chunks_exact(outputs).enumerate() {
        for (j, &score) in row.iter().enumerate() {
            if score != 0.0 {
                let (source, target) = ends(i, j);
                edges.push(ChannelEdge { source, target, weight: score / total });
            }
        }
    }
}
