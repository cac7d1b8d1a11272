//! The surrogate network around a pair of cells.
//!
//! Layer order and nominal sides: `nasgraph/models/nds_relation_cfg.py` of the NASGraph authors, slips included: a
//! normal cell puts out the nodes of the *reduction* cell's concat list and the other way round, and the input before
//! last is reduced, after a reduction cell, at a side that has already been halved.

use super::{
    Genotype, Pairs,
    module::{conv, factorized_reduce, module},
};
use crate::{
    network::{Join, LayerId, LayerSpec, Network, Op, Origin, Part, Shape, ShapeError},
    space::SurrogateOptions,
};

const SIDE: usize = 32;

/// NASGraph's surrogate network.
pub(super) fn surrogate(genotype: &Genotype, options: &SurrogateOptions) -> Result<Network, ShapeError> {
    let mut network = Network::new();
    let image = LayerSpec {
        input: Some(Shape::square(3, SIDE)),
        ..LayerSpec::add("image", "identity", vec![Op::Identity], Origin::of(Part::Input))
    };
    let image = network.add(image, &[])?;
    let stem_channels = 3 * options.init_channels;
    let stem = LayerSpec::add("stem", "conv", conv(3, stem_channels, 3, 1), Origin::of(Part::Stem));
    let stem = network.add(stem, &[image])?;
    let mut cells = Cells {
        network,
        // Layers that are concatenated into the cell's two inputs, and their channels.
        inputs: [(vec![stem], stem_channels), (vec![stem], stem_channels)],
        channels: options.init_channels,
        side: SIDE,
        stack: 0,
        place: 0,
        reduced: false,
    };
    for layer in 0..options.layers {
        let reduces = layer == options.layers / 3 || layer == 2 * options.layers / 3;
        cells.cell(genotype, reduces)?;
    }
    let Cells { mut network, inputs: [_, (last, channels)], side, .. } = cells;
    let output = LayerSpec {
        join: Join::Concat,
        input: Some(Shape::square(channels, side)),
        ..LayerSpec::add("output", "identity", vec![Op::Identity], Origin::of(Part::Output))
    };
    network.add(output, &last)?;
    Ok(network)
}

struct Cells {
    network: Network,
    inputs: [(Vec<LayerId>, usize); 2],
    channels: usize,
    side: usize,
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
            (&genotype.reduce, &genotype.normal_concat, genotype.normal.len())
        } else {
            (&genotype.normal, &genotype.reduce_concat, 0)
        };
        let channels = self.channels;
        let outer = Shape::square(channels, self.side);
        let inner = Shape::square(channels, if reduces { self.side / 2 } else { self.side });
        let mut nodes = vec![self.preprocess(0)?, self.preprocess(1)?];
        for (step, two) in pairs.chunks_exact(2).enumerate() {
            let mut parents = [LayerId::default(); 2];
            for (which, &(op, source)) in two.iter().enumerate() {
                let edge = 2 * step + which;
                let (input, stride) = if reduces && source < 2 { (outer, 2) } else { (inner, 1) };
                let origin = Origin::cell_edge(self.stack, self.place, first_edge + edge);
                let spec = LayerSpec {
                    input: Some(input),
                    output: Some(inner),
                    ..LayerSpec::add(
                        format!("{source}→{}", step + 2),
                        op,
                        module(op, channels, stride),
                        origin,
                    )
                };
                parents[which] = self.network.add(spec, &[nodes[source]])?;
            }
            let origin = Origin::cell_node(self.stack, self.place, step + 2);
            let sum = LayerSpec {
                input: Some(inner),
                ..LayerSpec::add(format!("node {}", step + 2), "identity", vec![Op::Identity], origin)
            };
            nodes.push(self.network.add(sum, &parents)?);
        }
        let output = (concat.iter().map(|&node| nodes[node]).collect(), concat.len() * channels);
        let [_, last] = std::mem::replace(&mut self.inputs, [(Vec::new(), 0), output]);
        self.inputs[0] = last;
        self.side = inner.height;
        self.reduced = reduces;
        self.place += 1;
        Ok(())
    }

    /// The layer that brings one of the cell's inputs to the cell's channels.
    fn preprocess(&mut self, which: usize) -> Result<LayerId, ShapeError> {
        let (parents, width) = &self.inputs[which];
        let module = if which == 0 && self.reduced {
            factorized_reduce(*width, self.channels)
        } else {
            conv(*width, self.channels, 1, 1)
        };
        let spec = LayerSpec {
            join: Join::Concat,
            input: Some(Shape::square(*width, self.side)),
            output: Some(Shape::square(self.channels, self.side)),
            ..LayerSpec::add(
                format!("input {which}"),
                "conv",
                module,
                Origin::cell_node(self.stack, self.place, which),
            )
        };
        self.network.add(spec, parents)
    }
}
