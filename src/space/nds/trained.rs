//! The network around a pair of cells as it is trained on CIFAR-10: `NetworkCIFAR` of the authors of DARTS
//! (`cnn/model.py`), which the code of NDS takes over. Without the auxiliary head, which is gone after the training.

use super::{
    Genotype, Pairs,
    module::{conv, dressed, factorized_reduce, trained_module},
};
use crate::{
    network::{Conv2d, Join, LayerId, LayerSpec, Linear, Network, Op, Origin, Part, Shape, ShapeError},
    space::CountedSize,
};

const SIDE: usize = 32;

/// The trained network.
pub(super) fn trained(
    genotype: &Genotype,
    outputs: usize,
    size: &CountedSize,
) -> Result<Network, ShapeError> {
    let mut network = Network::new();
    let image = LayerSpec {
        input: Some(Shape::square(3, SIDE)),
        ..LayerSpec::add("image", "identity", vec![Op::Identity], Origin::of(Part::Input))
    };
    let image = network.add(image, &[])?;
    let stem = vec![Op::Conv2d(Conv2d::square(3, 3 * size.init_channels, 3, 1, 1)), Op::BatchNorm];
    let stem = network.add(LayerSpec::add("stem", "conv", stem, Origin::of(Part::Stem)), &[image])?;
    let mut cells = Cells {
        network,
        inputs: [vec![stem], vec![stem]],
        channels: size.init_channels,
        stack: 0,
        place: 0,
        reduced: false,
    };
    for layer in 0..size.layers {
        cells.cell(genotype, layer == size.layers / 3 || layer == 2 * size.layers / 3)?;
    }
    let Cells { mut network, inputs: [_, last], .. } = cells;
    let inputs = width(&network, &last);
    let head = vec![Op::GlobalAvgPool, Op::Linear(Linear { inputs, outputs })];
    let output = LayerSpec {
        join: Join::Concat,
        ..LayerSpec::add("classifier", "identity", head, Origin::of(Part::Output))
    };
    network.add(output, &last)?;
    Ok(network)
}

/// Channels of layers one after another.
fn width(network: &Network, layers: &[LayerId]) -> usize {
    layers.iter().map(|&layer| network.layer(layer).output.channels).sum()
}

struct Cells {
    network: Network,
    /// Layers that are concatenated into the cell's two inputs.
    inputs: [Vec<LayerId>; 2],
    channels: usize,
    /// Number of reduction cells so far, and of cells since the last.
    stack: usize,
    place: usize,
    /// Whether the last cell was a reduction cell.
    reduced: bool,
}

impl Cells {
    fn cell(&mut self, genotype: &Genotype, reduces: bool) -> Result<(), ShapeError> {
        let (pairs, concat, first_edge): (&Pairs, _, _) = if reduces {
            self.channels *= 2;
            self.stack += 1;
            self.place = 0;
            (&genotype.reduce, &genotype.reduce_concat, genotype.normal.len())
        } else {
            (&genotype.normal, &genotype.normal_concat, 0)
        };
        let mut nodes = vec![self.preprocess(0)?, self.preprocess(1)?];
        let side = self.network.layer(nodes[1]).output.height;
        let inner = Shape::square(self.channels, if reduces { side / 2 } else { side });
        for (step, two) in pairs.chunks_exact(2).enumerate() {
            let mut parents = [LayerId::default(); 2];
            for (which, &(op, source)) in two.iter().enumerate() {
                let stride = if reduces && source < 2 { 2 } else { 1 };
                let module = trained_module(op, self.channels, stride);
                let origin = Origin::cell_edge(self.stack, self.place, first_edge + 2 * step + which);
                let spec = LayerSpec {
                    // A zero has no layer that would halve the side; all others say themselves what they put out.
                    output: (module == [Op::Zero]).then_some(inner),
                    ..LayerSpec::add("operation", op, module, origin)
                };
                parents[which] = self.network.add(spec, &[nodes[source]])?;
            }
            let origin = Origin::cell_node(self.stack, self.place, step + 2);
            let sum = LayerSpec::add("node", "identity", vec![Op::Identity], origin);
            nodes.push(self.network.add(sum, &parents)?);
        }
        let output = concat.iter().map(|&node| nodes[node]).collect();
        let [_, last] = std::mem::replace(&mut self.inputs, [Vec::new(), output]);
        self.inputs[0] = last;
        self.reduced = reduces;
        self.place += 1;
        Ok(())
    }

    /// The layer that brings one of the cell's inputs to the cell's channels, and to its side.
    fn preprocess(&mut self, which: usize) -> Result<LayerId, ShapeError> {
        let parents = &self.inputs[which];
        let width = width(&self.network, parents);
        let module = if which == 0 && self.reduced {
            factorized_reduce(width, self.channels)
        } else {
            conv(width, self.channels, 1, 1)
        };
        let origin = Origin::cell_node(self.stack, self.place, which);
        let spec =
            LayerSpec { join: Join::Concat, ..LayerSpec::add("input", "conv", dressed(&module), origin) };
        self.network.add(spec, parents)
    }
}
