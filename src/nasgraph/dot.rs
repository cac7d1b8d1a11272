//! The channel graph in Graphviz' DOT language.

use super::ChannelGraph;
use crate::network::{LayerId, Network};
use std::fmt::Write;

/// The graph as DOT: nodes `layer_channel`, one cluster a layer, edges with their weights.
pub fn dot(network: &Network, graph: &ChannelGraph) -> String {
    let mut text = String::from("digraph channels {\n  rankdir=LR;\n  node [shape=point];\n");
    // Writing to a string cannot fail.
    for nodes in graph.nodes.chunk_by(|a, b| a.layer == b.layer) {
        let layer = nodes[0].layer;
        let label = &network.layer(LayerId::new(layer as usize)).spec.label;
        let _ = writeln!(text, "  subgraph cluster_{layer} {{\n    label=\"{layer} {label}\";");
        for node in nodes {
            let _ = writeln!(text, "    \"{layer}_{}\";", node.channel);
        }
        text.push_str("  }\n");
    }
    for edge in &graph.edges {
        let (source, target) = (graph.nodes[edge.source as usize], graph.nodes[edge.target as usize]);
        let _ = writeln!(
            text,
            "  \"{}_{}\" -> \"{}_{}\" [weight={}];",
            source.layer, source.channel, target.layer, target.channel, edge.weight
        );
    }
    text.push_str("}\n");
    text
}
