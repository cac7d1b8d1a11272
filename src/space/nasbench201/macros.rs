//! The networks around a cell: a stem, three stacks of cells with a residual reduction block between them, a head.
//!
//! The surrogate follows `nasgraph/models/nasbench201_relation_cfg.py` of the NASGraph authors, layer by layer;
//! the full network follows `TinyNetwork` of NAS-Bench-201 (16 channels, 5 cells a stack).

use super::{Cell201, ENDS, NODES, Op201};
use crate::{
    network::{Conv2d, LayerId, LayerSpec, Linear, Network, Op, Origin, Part, Pool, Shape, ShapeError},
    space::SurrogateOptions,
};

const STACKS: usize = 3;
const SIDE: usize = 32;
const LABELS: [&str; 6] = ["0→1", "0→2", "1→2", "0→3", "1→3", "2→3"];

/// NASGraph's surrogate network.
pub(super) fn surrogate(cell: &Cell201, options: &SurrogateOptions) -> Result<Network, ShapeError> {
    let mut builder = Builder { network: Network::new(), style: Style::Surrogate };
    let last = builder.body(cell, options.cells_per_stack, options.stem_channels)?;
    let output = LayerSpec::add("output", "identity", vec![Op::Identity], Origin::of(Part::Output));
    builder.network.add(output, &last)?;
    Ok(builder.network)
}

/// The network as it is trained.
pub(super) fn full(cell: &Cell201, outputs: usize) -> Result<Network, ShapeError> {
    const STEM_CHANNELS: usize = 16;
    const CELLS_PER_STACK: usize = 5;
    let mut builder = Builder { network: Network::new(), style: Style::Full };
    let last = builder.body(cell, CELLS_PER_STACK, STEM_CHANNELS)?;
    let inputs = STEM_CHANNELS << (STACKS - 1);
    let head = vec![Op::BatchNorm, Op::Relu, Op::GlobalAvgPool, Op::Linear(Linear { inputs, outputs })];
    let output = LayerSpec::add("classifier", "identity", head, Origin::of(Part::Output));
    builder.network.add(output, &last)?;
    Ok(builder.network)
}

/// How a convolution is dressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Convolution, then ReLU: the authors rectify the output of every module that has a convolution.
    Surrogate,
    /// ReLU, convolution, batch norm.
    Full,
}

struct Builder {
    network: Network,
    style: Style,
}

impl Builder {
    /// Everything from the image to the last cell; returns the layers that make up the last cell's output.
    fn body(
        &mut self,
        cell: &Cell201,
        cells_per_stack: usize,
        stem_channels: usize,
    ) -> Result<Vec<LayerId>, ShapeError> {
        let image = LayerSpec {
            input: Some(Shape::square(3, SIDE)),
            ..LayerSpec::add("image", "identity", vec![Op::Identity], Origin::of(Part::Input))
        };
        let image = self.network.add(image, &[])?;
        let mut channels = stem_channels;
        let stem = self.bare(Conv2d::square(3, channels, 3, 1, 1), Op::BatchNorm);
        let stem = LayerSpec::add("stem", "conv", stem, Origin::of(Part::Stem));
        let mut feeds = vec![self.network.add(stem, &[image])?];
        for stack in 0..STACKS {
            if stack > 0 {
                feeds = self.reduction(stack, channels, &feeds)?;
                channels *= 2;
            }
            for place in 0..cells_per_stack {
                feeds = self.cell(cell, stack, place, channels, feeds)?;
            }
        }
        Ok(feeds)
    }

    /// The residual block that halves the side and doubles the channels.
    fn reduction(
        &mut self,
        stack: usize,
        channels: usize,
        feeds: &[LayerId],
    ) -> Result<Vec<LayerId>, ShapeError> {
        let origin = Origin::reduction(stack);
        let module = self.conv(Conv2d::square(channels, 2 * channels, 3, 2, 1));
        let conv_a = self.network.add(LayerSpec::add("conv_a", "conv", module, origin), feeds)?;
        let module = self.conv(Conv2d::square(2 * channels, 2 * channels, 3, 1, 1));
        let conv_b = self.network.add(LayerSpec::add("conv_b", "conv", module, origin), &[conv_a])?;
        let mut module = vec![
            Op::AvgPool(Pool { kernel: 2, stride: 2, padding: 0 }),
            Op::Conv2d(Conv2d::square(channels, 2 * channels, 1, 1, 0)),
        ];
        if self.style == Style::Surrogate {
            module.push(Op::Relu);
        }
        let spec = LayerSpec::add("downsample", "conv", module, origin);
        let downsample = self.network.add(spec, feeds)?;
        Ok(vec![downsample, conv_b])
    }

    /// One cell: a layer an operation; a node is the list of the layers that are summed into it.
    fn cell(
        &mut self,
        cell: &Cell201,
        stack: usize,
        place: usize,
        channels: usize,
        feeds: Vec<LayerId>,
    ) -> Result<Vec<LayerId>, ShapeError> {
        let mut nodes: [Vec<LayerId>; NODES] = Default::default();
        nodes[0] = feeds;
        for (edge, &(source, target)) in ENDS.iter().enumerate() {
            let op = cell.ops[edge];
            let origin = Origin::cell_edge(stack, place, edge);
            let spec = LayerSpec::add(LABELS[edge], op.name(), self.module(op, channels), origin);
            let layer = self.network.add(spec, &nodes[source])?;
            nodes[target].push(layer);
        }
        Ok(std::mem::take(&mut nodes[NODES - 1]))
    }

    fn module(&self, op: Op201, channels: usize) -> Vec<Op> {
        match op {
            Op201::None => vec![Op::Zero],
            Op201::Skip => vec![Op::Identity],
            Op201::Conv1x1 => self.conv(Conv2d::square(channels, channels, 1, 1, 0)),
            Op201::Conv3x3 => self.conv(Conv2d::square(channels, channels, 3, 1, 1)),
            Op201::AvgPool => vec![Op::AvgPool(Pool { kernel: 3, stride: 1, padding: 1 })],
        }
    }

    fn conv(&self, conv: Conv2d) -> Vec<Op> {
        match self.style {
            Style::Surrogate => vec![Op::Conv2d(conv), Op::Relu],
            Style::Full => vec![Op::Relu, Op::Conv2d(conv), Op::BatchNorm],
        }
    }

    /// A convolution without a ReLU before it in the full network.
    fn bare(&self, conv: Conv2d, then: Op) -> Vec<Op> {
        match self.style {
            Style::Surrogate => vec![Op::Conv2d(conv), Op::Relu],
            Style::Full => vec![Op::Conv2d(conv), then],
        }
    }
}
