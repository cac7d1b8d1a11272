//! The channel graph itself: nodes, edges and weights.

use super::{Measures, NasgraphError, Scorer, rule::Rule, scorer::feeds};
use crate::network::{LayerId, Network};

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

/// The score of every pair of input and output channel, row-major by input; 0 = no edge.
pub(super) fn scores(rule: &Rule, weights: &[f32], inputs: usize, outputs: usize) -> Vec<f64> {
    let mut scores = vec![0.0; inputs * outputs];
    match rule {
        Rule::Zero => {}
        Rule::Pass { pixels } => {
            for i in 0..inputs {
                scores[i * outputs + i] = *pixels as f64;
            }
        }
        Rule::Conv(rule) => {
            let sums = rule.sums();
            for i in 0..inputs {
                for j in 0..outputs {
                    scores[i * outputs + j] = sums.score(rule.kernel(weights, i, j), rule.relu);
                }
            }
        }
    }
    scores
}

impl Scorer {
    /// The channel graph of a network.
    ///
    /// # Errors
    /// As [`Scorer::measures`].
    pub fn graph(&mut self, network: &Network) -> Result<ChannelGraph, NasgraphError> {
        let degrees = self.degrees(network)?;
        let measures = Measures::of_degrees(&degrees.total()).ok_or(NasgraphError::NoEdges)?;
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
        Self::walk(network, |id, rule, cursor| {
            let weights = match rule {
                Rule::Conv(conv) => self.weights(conv, cursor),
                _ => Vec::new(),
            };
            let layer = network.layer(id);
            let scores = scores(rule, &weights, layer.input.channels, layer.output.channels);
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

    /// The weights of a layer's convolution, [outputs, inputs, rows, columns] row-major; empty if it has none.
    ///
    /// # Errors
    /// As [`Scorer::degrees`].
    pub fn layer_weights(&mut self, network: &Network, layer: LayerId) -> Result<Vec<f32>, NasgraphError> {
        let mut found = Vec::new();
        Self::walk(network, |id, rule, cursor| {
            if let Rule::Conv(conv) = rule {
                let weights = self.weights(conv, cursor);
                if id == layer {
                    found = weights;
                }
            }
            Ok(())
        })?;
        Ok(found)
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
