//! `graph`: the channel graph of one cell.

use super::{
    error::{CliError, Status},
    input::LineError,
    options::{NetworkOptions, SpaceOption},
    output::{Output, float},
    progress,
};
use cellscope::{
    method::Settings,
    nasgraph::{ChannelGraph, ChannelNode, Measures, Scorer, dot},
    network::Network,
    space::{Cell, Space, SurrogateOptions},
};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::Write;

/// Print the channel graph of one architecture
#[derive(clap::Args)]
#[command(after_help = "\
Nodes are called layer_channel: layers are counted in creation order from 0,
channels from 0, so that 1_15 is the last channel of the stem. There is an edge
if ones in the source channel give anything in the target channel.
  csv   one row an edge: source, target, weight (the edge's share of the sum
        over its two layers)
  dot   for Graphviz, one cluster a layer
  json  layers (with operation and shapes), nodes (with degrees), edges,
        measures and the settings used

Examples:
  cellscope graph '|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|'
  cellscope graph --format dot --stem-channels 2 \"$(cellscope list | head -1)\" |
    dot -Tsvg > cell.svg")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// Form of the graph
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// The architecture
    #[arg(value_name = "ARCH")]
    arch: String,
    /// Seed of the network's weights, as in torch.manual_seed
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    seed: u32,
    #[command(flatten)]
    network: NetworkOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Edges, one a row
    Csv,
    /// Graphviz
    Dot,
    /// Everything
    Json,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let space = arguments.space.space;
    let settings = arguments.network.settings(space, arguments.seed)?;
    let fail = |column, message| {
        progress::message(&LineError { line: 1, column, message }.to_string());
        Ok(Status::Incomplete)
    };
    let cell = match space.parse(&arguments.arch) {
        Ok(cell) => cell,
        Err(error) => return fail(error.column, error.message),
    };
    let network = cell.surrogate(&settings.surrogate)?;
    let graph = match Scorer::new(settings.seed).graph(&network) {
        Ok(graph) => graph,
        Err(error) => return fail(1, error.to_string()),
    };
    let mut output = Output::new();
    match arguments.format {
        Format::Csv => csv(&mut output, &graph)?,
        Format::Dot => output.write_all(dot(&network, &graph).as_bytes())?,
        Format::Json => json(&mut output, space, &*cell, &settings, &network, &graph)?,
    }
    output.flush()?;
    Ok(Status::Complete)
}

fn name(node: ChannelNode) -> String {
    format!("{}_{}", node.layer, node.channel)
}

fn csv(output: &mut Output, graph: &ChannelGraph) -> Result<(), CliError> {
    output.row(["source", "target", "weight"])?;
    for edge in &graph.edges {
        let node = |place: u32| name(graph.nodes[place as usize]);
        output.row([node(edge.source), node(edge.target), float(edge.weight)])?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'a str,
    space: &'a str,
    arch: String,
    seed: u32,
    /// The network options that the space has.
    #[serde(flatten)]
    options: Map<String, Value>,
    measures: MeasuresRecord,
    layers: Vec<LayerRecord<'a>>,
    nodes: Vec<NodeRecord>,
    edges: Vec<EdgeRecord>,
}

/// Named as the columns of `score`.
#[derive(Serialize)]
struct MeasuresRecord {
    nodes: u64,
    edges: u64,
    average_degree: f64,
    density: f64,
    resilience: f64,
    entropy: f64,
    wedge: f64,
    gini: f64,
}

impl MeasuresRecord {
    fn of(measures: &Measures) -> Self {
        let Measures { nodes, edges, average_degree, density, resilience, entropy, wedge, gini } = *measures;
        Self { nodes, edges, average_degree, density, resilience, entropy, wedge, gini }
    }
}

#[derive(Serialize)]
struct LayerRecord<'a> {
    id: usize,
    label: &'a str,
    op: &'a str,
    module: String,
    /// Channels, height, width.
    input: [usize; 3],
    output: [usize; 3],
    parents: Vec<usize>,
}

#[derive(Serialize)]
struct NodeRecord {
    id: String,
    layer: u32,
    channel: u32,
    r#in: u32,
    out: u32,
}

#[derive(Serialize)]
struct EdgeRecord {
    source: String,
    target: String,
    weight: f64,
}

fn options(space: &dyn Space, options: &SurrogateOptions) -> Map<String, Value> {
    let value = |&option: &&str| {
        let value = match option {
            "cells-per-stack" => options.cells_per_stack.into(),
            "stem-channels" => options.stem_channels.into(),
            "task" => options.task.name().into(),
            "init-channels" => options.init_channels.into(),
            "layers" => options.layers.into(),
            _ => return None,
        };
        Some((option.replace('-', "_"), value))
    };
    space.options().iter().filter_map(value).collect()
}

fn json(
    output: &mut Output,
    space: &dyn Space,
    cell: &dyn Cell,
    settings: &Settings,
    network: &Network,
    graph: &ChannelGraph,
) -> Result<(), CliError> {
    let node = |place: u32| name(graph.nodes[place as usize]);
    let edge = |e: &cellscope::nasgraph::ChannelEdge| EdgeRecord {
        source: node(e.source),
        target: node(e.target),
        weight: e.weight,
    };
    let layers = network.layers().map(|(id, layer)| LayerRecord {
        id: id.index(),
        label: &layer.spec.label,
        op: &layer.spec.op_name,
        module: layer.describe(),
        input: [layer.input.channels, layer.input.height, layer.input.width],
        output: [layer.output.channels, layer.output.height, layer.output.width],
        parents: network.parents(id).into_iter().map(|parent| parent.index()).collect(),
    });
    let nodes = graph.nodes.iter().map(|&n| NodeRecord {
        id: name(n),
        layer: n.layer,
        channel: n.channel,
        r#in: n.into,
        out: n.out,
    });
    let document = Document {
        version: env!("CARGO_PKG_VERSION"),
        space: space.id(),
        arch: cell.text(),
        seed: settings.seed,
        options: options(space, &settings.surrogate),
        measures: MeasuresRecord::of(&graph.measures),
        layers: layers.collect(),
        nodes: nodes.collect(),
        edges: graph.edges.iter().map(edge).collect(),
    };
    serde_json::to_writer(&mut *output, &document).map_err(std::io::Error::from)?;
    writeln!(output)?;
    Ok(())
}
