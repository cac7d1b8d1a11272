//! The encoder: two stem convolutions and the stages.
//!
//! Layer order, and the nominal sides at which layers are fed: `nasgraph/models/transbench101_relation_cfg.py` of the
//! NASGraph authors.

use super::{Op, Stage};
use crate::{
    network::{
        self, Conv2d, ConvTranspose2d, FactorizedReduce, LayerId, LayerSpec, Network, Origin, Part, Shape,
        ShapeError,
    },
    space::dag::FourNodes,
};

const SIDE: usize = 224;

/// Adds the layers of one stage.
pub(super) type CellBuilder<'a> = &'a dyn Fn(&mut Encoder, usize, Stage) -> Result<(), ShapeError>;

/// A network under construction, with the layers that make up its output so far.
pub(super) struct Encoder {
    pub network: Network,
    /// Layers that are summed into what comes next.
    pub feeds: Vec<LayerId>,
    pub channels: usize,
    pub side: usize,
}

impl Encoder {
    /// The image and the two stem convolutions.
    pub fn new(channels: usize) -> Result<Self, ShapeError> {
        let image = LayerSpec {
            input: Some(Shape::square(3, SIDE)),
            ..LayerSpec::add("image", "identity", vec![network::Op::Identity], Origin::of(Part::Input))
        };
        let mut network = Network::new();
        let image = network.add(image, &[])?;
        let mut encoder = Self { network, feeds: vec![image], channels: 3, side: SIDE };
        for (label, width) in [("stem 1", channels / 2), ("stem 2", channels)] {
            let conv = Conv2d::square(encoder.channels, width, 3, 2, 1);
            let output = Shape::square(width, encoder.side / 2);
            let feeds = std::mem::take(&mut encoder.feeds);
            let stem = encoder.conv(label, conv, Origin::of(Part::Stem), &feeds, output)?;
            encoder.feeds = vec![stem];
            encoder.channels = width;
            encoder.side /= 2;
        }
        Ok(encoder)
    }

    /// One stage.
    pub fn stage(&mut self, number: usize, stage: Stage, cell: CellBuilder<'_>) -> Result<(), ShapeError> {
        cell(self, number, stage)
    }

    /// Shape of the input of the next layer.
    pub fn shape(&self) -> Shape {
        Shape::square(self.channels, self.side)
    }

    /// Adds a layer that is fed at the nominal shape of its parents and whose nominal output is `output`.
    pub fn layer(
        &mut self,
        spec: LayerSpec,
        input: Shape,
        output: Shape,
        parents: &[LayerId],
    ) -> Result<LayerId, ShapeError> {
        self.network.add(LayerSpec { input: Some(input), output: Some(output), ..spec }, parents)
    }

    /// A convolution with ReLU; without it, the authors rectify what they sum all the same.
    pub fn conv(
        &mut self,
        label: &'static str,
        conv: Conv2d,
        origin: Origin,
        parents: &[LayerId],
        output: Shape,
    ) -> Result<LayerId, ShapeError> {
        let module = vec![network::Op::Conv2d(conv), network::Op::Relu];
        let input = Shape::square(conv.inputs, output.height * conv.stride.0);
        let input = parents.first().map_or(input, |&parent| self.network.layer(parent).output);
        self.layer(LayerSpec::add(label, "conv", module, origin), input, output, parents)
    }

    /// A transposed convolution that doubles the side, with ReLU.
    pub fn deconv(&mut self, label: &'static str, outputs: usize) -> Result<(), ShapeError> {
        let conv = ConvTranspose2d {
            inputs: self.channels,
            outputs,
            kernel: 3,
            stride: 2,
            padding: 1,
            output_padding: 1,
        };
        let module = vec![network::Op::ConvTranspose2d(conv), network::Op::Relu];
        let spec = LayerSpec::add(label, "conv", module, Origin::of(Part::Output));
        let output = Shape::square(outputs, 2 * self.side);
        self.append(spec, output)
    }

    /// A 3 × 3 convolution of stride 1 of the decoder.
    pub fn decoder_conv(&mut self, label: &'static str, outputs: usize) -> Result<(), ShapeError> {
        let conv = Conv2d::square(self.channels, outputs, 3, 1, 1);
        let module = vec![network::Op::Conv2d(conv), network::Op::Relu];
        let spec = LayerSpec::add(label, "conv", module, Origin::of(Part::Output));
        self.append(spec, Shape::square(outputs, self.side))
    }

    /// Adds a layer after all others.
    pub fn append(&mut self, spec: LayerSpec, output: Shape) -> Result<(), ShapeError> {
        let feeds = std::mem::take(&mut self.feeds);
        let layer = self.layer(spec, self.shape(), output, &feeds)?;
        self.feeds = vec![layer];
        self.channels = output.channels;
        self.side = output.height;
        Ok(())
    }

    fn stage_shape(&self, stage: Stage) -> (Shape, usize) {
        let channels = if stage.doubles { 2 * self.channels } else { self.channels };
        let stride = if stage.halves { 2 } else { 1 };
        (Shape::square(channels, self.side / stride), stride)
    }

    /// A stage of a micro architecture: one cell.
    pub fn micro_cell(&mut self, number: usize, stage: Stage, ops: &[Op; 6]) -> Result<(), ShapeError> {
        let (output, stride) = self.stage_shape(stage);
        let mut nodes: [Vec<LayerId>; FourNodes::NODES] = Default::default();
        nodes[0] = std::mem::take(&mut self.feeds);
        for (edge, &(source, target)) in FourNodes::ENDS.iter().enumerate() {
            let (input, stride) = if source == 0 { (self.shape(), stride) } else { (output, 1) };
            let module = micro_module(ops[edge], input.channels, output.channels, stride);
            let origin = Origin::cell_edge(number, 0, edge);
            let spec = LayerSpec::add(format!("{source}→{target}"), ops[edge].name(), module, origin);
            let layer = self.layer(spec, input, output, &nodes[source])?;
            nodes[target].push(layer);
        }
        self.feeds = std::mem::take(&mut nodes[FourNodes::NODES - 1]);
        self.channels = output.channels;
        self.side = output.height;
        Ok(())
    }

    /// A stage of a macro architecture: two residual blocks of two convolutions.
    pub fn residual_blocks(&mut self, number: usize, stage: Stage) -> Result<(), ShapeError> {
        let (output, stride) = self.stage_shape(stage);
        let origin = Origin::cell_edge(number, 0, number);
        let mut feeds = std::mem::take(&mut self.feeds);
        for block in 0..2 {
            let (input, stride) = if block == 0 { (self.shape(), stride) } else { (output, 1) };
            let conv = Conv2d::square(input.channels, output.channels, 3, stride, 1);
            let conv_a = self.conv("conv_a", conv, origin, &feeds, output)?;
            let conv = Conv2d::square(output.channels, output.channels, 3, 1, 1);
            let conv_b = self.conv("conv_b", conv, origin, &[conv_a], output)?;
            let skip = if block == 0 && (stride != 1 || input.channels != output.channels) {
                let conv = Conv2d::square(input.channels, output.channels, 1, stride, 0);
                self.conv("downsample", conv, origin, &feeds, output)?
            } else {
                let spec = LayerSpec::add("skip", "identity", vec![network::Op::Identity], origin);
                self.layer(spec, input, output, &feeds)?
            };
            feeds = vec![conv_b, skip];
        }
        self.feeds = feeds;
        self.channels = output.channels;
        self.side = output.height;
        Ok(())
    }
}

fn micro_module(op: Op, inputs: usize, outputs: usize, stride: usize) -> Vec<network::Op> {
    let conv = |kernel: usize| {
        let conv = Conv2d::square(inputs, outputs, kernel, stride, kernel / 2);
        vec![network::Op::Conv2d(conv), network::Op::Relu]
    };
    match op {
        Op::None => vec![network::Op::Zero],
        Op::Skip if stride == 1 && inputs == outputs => vec![network::Op::Identity],
        Op::Skip => {
            let reduce = FactorizedReduce { inputs, outputs, stride };
            vec![network::Op::FactorizedReduce(reduce), network::Op::Relu]
        }
        Op::Conv1x1 => conv(1),
        Op::Conv3x3 => conv(3),
    }
}
