//! The channel graph as typed arrays, and the reason for an edge.

use super::{
    convert::{plain, settings, whole},
    error::WebError,
    score::with_scorer,
};
use crate::{
    nasgraph::{ChannelGraph, EdgeRule, Measures, dot},
    network::{LayerId, Network, Part, Shape},
    space,
};
use js_sys::{Float32Array, Float64Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LayerInfo {
    id: usize,
    kind: &'static str,
    label: String,
    op: String,
    module: String,
    stack: Option<usize>,
    cell: Option<usize>,
    cell_edge: Option<usize>,
    cell_node: Option<usize>,
    input: [usize; 3],
    output: [usize; 3],
    parents: Vec<usize>,
}

fn sides(shape: Shape) -> [usize; 3] {
    [shape.channels, shape.height, shape.width]
}

fn layers(network: &Network) -> Vec<LayerInfo> {
    let info = |(id, layer): (LayerId, &crate::network::Layer)| {
        let origin = layer.spec.origin;
        LayerInfo {
            id: id.index(),
            kind: match origin.part {
                Part::Input => "input",
                Part::Stem => "stem",
                Part::Reduction => "reduction",
                Part::Cell => "cell",
                Part::Output => "output",
            },
            label: layer.spec.label.to_string(),
            op: layer.spec.op_name.to_string(),
            module: layer.describe(),
            stack: origin.stack,
            cell: origin.cell,
            cell_edge: origin.cell_edge,
            cell_node: origin.cell_node,
            input: sides(layer.input),
            output: sides(layer.output),
            parents: network.parents(id).iter().map(|parent| parent.index()).collect(),
        }
    };
    network.layers().map(info).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Graph {
    text: String,
    layers: Vec<LayerInfo>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    node_layer: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    node_channel: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    node_in: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    node_out: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    edge_source: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    edge_target: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    edge_weight: Float64Array,
    measures: Measures,
}

fn words<T>(items: &[T], get: impl Fn(&T) -> u32) -> Uint32Array {
    Uint32Array::from(items.iter().map(get).collect::<Vec<_>>().as_slice())
}

fn build(space: &str, text: &str, options: &JsValue) -> Result<(String, Network, ChannelGraph), WebError> {
    let cell = space::find(space)?.parse(text)?;
    let settings = settings(options)?;
    let network = cell.surrogate(&settings.surrogate)?;
    let graph = with_scorer(settings, |scorer| scorer.graph(&network))?;
    Ok((cell.text(), network, graph))
}

#[wasm_bindgen(skip_typescript)]
pub fn graph(space: &str, text: &str, options: &JsValue) -> Result<JsValue, WebError> {
    let (text, network, graph) = build(space, text, options)?;
    let weights: Vec<f64> = graph.edges.iter().map(|edge| edge.weight).collect();
    plain(&Graph {
        text,
        layers: layers(&network),
        node_layer: words(&graph.nodes, |node| node.layer),
        node_channel: words(&graph.nodes, |node| node.channel),
        node_in: words(&graph.nodes, |node| node.into),
        node_out: words(&graph.nodes, |node| node.out),
        edge_source: words(&graph.edges, |edge| edge.source),
        edge_target: words(&graph.edges, |edge| edge.target),
        edge_weight: Float64Array::from(weights.as_slice()),
        measures: graph.measures,
    })
}

#[wasm_bindgen(js_name = graphDot, skip_typescript)]
pub fn graph_dot(space: &str, text: &str, options: &JsValue) -> Result<String, WebError> {
    let (_, network, graph) = build(space, text, options)?;
    Ok(dot(&network, &graph))
}

#[derive(Serialize)]
struct PartialSum {
    rows: [usize; 2],
    columns: [usize; 2],
    positions: usize,
    sum: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explanation {
    source_layer: u32,
    source_channel: u32,
    target_layer: u32,
    target_channel: u32,
    exists: bool,
    rule: &'static str,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    kernel: Float32Array,
    kernel_shape: (usize, usize),
    partial_sums: Vec<PartialSum>,
    score: f64,
    total: f64,
    weight: f64,
}

#[wasm_bindgen(js_name = explainEdge, skip_typescript)]
pub fn explain_edge(
    space: &str,
    text: &str,
    options: &JsValue,
    source_layer: f64,
    source_channel: f64,
    target_layer: f64,
    target_channel: f64,
) -> Result<JsValue, WebError> {
    let number = |what, value| whole(what, value, 0, u32::MAX);
    let source_layer = number("the source layer", source_layer)?;
    let source_channel = number("the source channel", source_channel)?;
    let target_layer = number("the target layer", target_layer)?;
    let target_channel = number("the target channel", target_channel)?;
    let settings = settings(options)?;
    let network = space::find(space)?.parse(text)?.surrogate(&settings.surrogate)?;
    let found = with_scorer(settings, |scorer| {
        scorer.explain(
            &network,
            (source_layer as usize, source_channel as usize),
            (target_layer as usize, target_channel as usize),
        )
    })?;
    plain(&Explanation {
        source_layer,
        source_channel,
        target_layer,
        target_channel,
        exists: found.exists(),
        rule: match found.rule {
            EdgeRule::Conv => "conv",
            EdgeRule::Pass => "pass",
            EdgeRule::Chain => "chain",
            EdgeRule::Zero => "zero",
        },
        kernel: Float32Array::from(found.kernel.as_slice()),
        kernel_shape: found.kernel_shape,
        score: found.score,
        total: found.total,
        weight: found.weight(),
        partial_sums: found
            .partial_sums
            .into_iter()
            .map(|sum| PartialSum {
                rows: [sum.rows.start, sum.rows.end],
                columns: [sum.columns.start, sum.columns.end],
                positions: sum.positions,
                sum: sum.sum,
            })
            .collect(),
    })
}
