//! NASGraph (Huang et al. 2024, arXiv 2405.01306): from a network to a graph of channels.
//!
//! A node is a channel of a layer. There is an edge from channel i of a parent to channel j of a layer if the layer,
//! fed with ones in channel i and zeros elsewhere, gives anything in channel j. Weights are drawn from N(0, 1) by
//! PyTorch's generator, so the graph of a seed is the authors' graph, edge by edge.

mod axis;
mod chain;
mod dot;
mod expected;
mod explain;
mod graph;
mod measures;
mod orthant;
mod pattern;
mod rule;
mod scorer;
pub mod taps;
pub mod torch;

pub use dot::dot;
pub use expected::{Expected, expected_degree};
pub use explain::{EdgeRule, Explanation, PartialSum};
pub use graph::{ChannelEdge, ChannelGraph, ChannelNode};
pub use measures::Measures;
pub use scorer::Scorer;

use crate::network::ShapeError;

/// What cannot be turned into a channel graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NasgraphError {
    /// A module that the method's code for this space does not have.
    #[error("NASGraph does not cover the module of layer `{layer}`: {module}")]
    Unsupported {
        /// Label of the layer.
        layer: String,
        /// Its module in words.
        module: String,
    },
    /// A module for which the chance of an edge has no closed form here.
    #[error("the expected degree has no closed form for layer `{layer}`: {module}")]
    NoClosedForm {
        /// Label of the layer.
        layer: String,
        /// Its module in words.
        module: String,
    },
    /// A graph too large to be listed edge by edge.
    #[error("the channel graph has {edges} edges; at most {limit} are listed (take fewer channels or cells)")]
    TooManyEdges {
        /// Its edges.
        edges: u64,
        /// Most that are listed.
        limit: u64,
    },
    /// Nothing is connected to anything.
    #[error("the channel graph has no edge")]
    NoEdges,
    /// A pair of channels that the network does not have.
    #[error("{0}")]
    NoSuchPair(String),
    /// Layers that do not fit.
    #[error(transparent)]
    Shape(#[from] ShapeError),
}
