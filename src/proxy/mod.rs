//! The proxies by name: what can be scored, ranked and correlated.

mod evaluator;
mod ranking;
mod slicing;

pub use evaluator::{Evaluator, EvaluatorError, Settings};
pub use ranking::{compared_cells, rank};
pub use slicing::Slicing;

use crate::stats::Better;

/// A score that needs no training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proxy {
    /// Average degree of the channel graph, 2E/N: NASGraph's proxy.
    AverageDegree,
    /// Nodes of the channel graph.
    Nodes,
    /// Edges of the channel graph.
    Edges,
    /// E/(N(N−1)).
    Density,
    /// mean(d²)/mean(d).
    Resilience,
    /// Entropy of the degree distribution over the nodes, divided by N.
    Entropy,
    /// Pairs of edges that share a node.
    Wedge,
    /// Gini coefficient of the degrees.
    Gini,
    /// Average degree, expected over all seeds.
    ExpectedDegree,
    /// ε of two constant initialisations.
    Epsilon,
    /// Prediction of TG-NAS's graph convolution.
    Tgnas,
    /// Trainable parameters.
    Params,
    /// Multiply-accumulates.
    Flops,
}

impl Proxy {
    /// All proxies.
    pub const ALL: [Proxy; 13] = [
        Proxy::AverageDegree,
        Proxy::ExpectedDegree,
        Proxy::Epsilon,
        Proxy::Tgnas,
        Proxy::Params,
        Proxy::Flops,
        Proxy::Density,
        Proxy::Resilience,
        Proxy::Entropy,
        Proxy::Wedge,
        Proxy::Gini,
        Proxy::Nodes,
        Proxy::Edges,
    ];

    /// Identifier, as in `--proxy`.
    pub const fn id(self) -> &'static str {
        match self {
            Proxy::AverageDegree => "average_degree",
            Proxy::Nodes => "nodes",
            Proxy::Edges => "edges",
            Proxy::Density => "density",
            Proxy::Resilience => "resilience",
            Proxy::Entropy => "entropy",
            Proxy::Wedge => "wedge",
            Proxy::Gini => "gini",
            Proxy::ExpectedDegree => "expected-degree",
            Proxy::Epsilon => "epsilon",
            Proxy::Tgnas => "tgnas",
            Proxy::Params => "params",
            Proxy::Flops => "flops",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Proxy::AverageDegree => "average degree",
            Proxy::Nodes => "nodes",
            Proxy::Edges => "edges",
            Proxy::Density => "density",
            Proxy::Resilience => "resilience",
            Proxy::Entropy => "degree entropy",
            Proxy::Wedge => "wedges",
            Proxy::Gini => "Gini coefficient",
            Proxy::ExpectedDegree => "expected degree",
            Proxy::Epsilon => "ε",
            Proxy::Tgnas => "TG-NAS",
            Proxy::Params => "parameters",
            Proxy::Flops => "FLOPs",
        }
    }

    /// Which way it points when cells are ranked by it.
    ///
    /// Only the average degree, ε and TG-NAS come with a direction from their authors (larger). For the others it is the
    /// direction in which they follow accuracy on NAS-Bench-201 (ρ with CIFAR-10 test accuracy: entropy .43, Gini −.59).
    pub const fn better(self) -> Better {
        match self {
            Proxy::Gini => Better::Smaller,
            _ => Better::Larger,
        }
    }

    /// The proxy of an identifier; `nasgraph` is another name of the average degree.
    pub fn find(id: &str) -> Option<Self> {
        match id {
            "nasgraph" => Some(Proxy::AverageDegree),
            "expected_degree" => Some(Proxy::ExpectedDegree),
            _ => Self::ALL.into_iter().find(|proxy| proxy.id() == id),
        }
    }

    /// Whether it is a measure of the channel graph of one seed.
    pub const fn is_graph_measure(self) -> bool {
        !matches!(self, Proxy::ExpectedDegree | Proxy::Epsilon | Proxy::Tgnas | Proxy::Params | Proxy::Flops)
    }
}
