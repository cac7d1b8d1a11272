//! The collapse against a plain forward pass over every channel, on small random networks.

use super::oracle::forward;
use cellscope::{
    epsilon::{Batch, Evaluator},
    network::{Conv2d, Join, LayerId, LayerSpec, Linear, Network, Op, Origin, Part, Pool, Shape},
};
use ndarray::Array4;
use proptest::prelude::*;

/// Weights at which no signal underflows in f32, so that an f64 run is comparable.
const WEIGHTS: (f32, f32) = (0.25, 1.0);

/// Both runs agree, relative to the range of the outputs and to their size.
fn compare(network: &Network, batch: &Batch) {
    let values = batch.images().iter().map(|&x| f64::from(x)).collect();
    let images = Array4::from_shape_vec((batch.count(), 3, 32, 32), values).unwrap();
    let outcome = Evaluator::new(batch, WEIGHTS).unwrap().evaluate(network).unwrap();
    for (weight, found) in [(WEIGHTS.0, &outcome.raw_low), (WEIGHTS.1, &outcome.raw_high)] {
        let expected = forward(network, &images, f64::from(weight));
        let size = expected.iter().fold(1e-6, |size: f64, x| size.max(x.abs()));
        for (image, &found) in found.iter().enumerate() {
            let expected = expected[[image, 0, 0, 0]];
            let difference = (f64::from(found) - expected).abs();
            assert!(difference < 2e-5 * size, "weight {weight}, image {image}: {found}, expected {expected}");
        }
    }
}

/// A convolution whose kernel, stride and so on are picked by numbers.
fn convolution(inputs: usize, pick: &[usize; 6]) -> Conv2d {
    let kernel = [(1, 1), (3, 3), (1, 3), (5, 2)][pick[0] % 4];
    let stride = [(1, 1), (2, 2), (2, 1)][pick[1] % 3];
    let dilation = 1 + pick[2] % 2;
    // One or two groups where the channels allow it, or one a channel (depthwise).
    let groups = match pick[3] % 3 {
        1 if inputs.is_multiple_of(2) => 2,
        2 => inputs,
        _ => 1,
    };
    let outputs = groups * (1 + pick[4] % 3);
    let padding = (dilation * (kernel.0 / 2), dilation * (kernel.1 / 2));
    Conv2d { inputs, outputs, kernel, stride, padding, dilation, groups, bias: pick[5].is_multiple_of(2) }
}

/// A chain of layers that also read earlier layers of the same shape, added or concatenated, then a classifier.
fn network(picks: &[[usize; 6]]) -> Network {
    let mut network = Network::new();
    let origin = Origin::of(Part::Cell);
    let image = LayerSpec {
        input: Some(Shape::square(3, 32)),
        ..LayerSpec::add("image", "identity", vec![Op::Identity], Origin::of(Part::Input))
    };
    let mut last = network.add(image, &[]).unwrap();
    // Shrink first: the oracle is slow.
    let pool = Pool { kernel: 4, stride: 4, padding: 0 };
    last = network.add(LayerSpec::add("shrink", "pool", vec![Op::AvgPool(pool)], origin), &[last]).unwrap();
    for pick in picks {
        let shape = network.layer(last).output;
        let fitting: Vec<LayerId> = network
            .layers()
            .filter(|(_, layer)| (layer.output.height, layer.output.width) == (shape.height, shape.width))
            .map(|(id, _)| id)
            .collect();
        let other = fitting[pick[5] % fitting.len()];
        let concat = network.layer(other).output.channels != shape.channels || pick[4].is_multiple_of(2);
        // Wide enough to matter, small enough for the oracle.
        let both = shape.channels + network.layer(other).output.channels <= 24;
        let parents = if both { vec![other, last] } else { vec![last] };
        let channels = match (both, concat) {
            (true, true) => shape.channels + network.layer(other).output.channels,
            _ => shape.channels,
        };
        let pool = Pool { kernel: 2 + pick[1] % 2, stride: 1 + pick[2] % 2, padding: pick[1] % 2 };
        let small = shape.height < 4 || shape.width < 4;
        let module = match pick[0] % 5 {
            0 if !small => vec![Op::MaxPool(pool)],
            1 if !small => vec![Op::AvgPool(pool), Op::Relu],
            2 => vec![Op::BatchNorm, Op::Relu],
            _ if small => vec![Op::Relu, Op::Conv2d(Conv2d::square(channels, 4, 1, 1, 0)), Op::BatchNorm],
            // Without a ReLU the next layer reads the batch norm's shift.
            _ if pick[3].is_multiple_of(4) => vec![Op::Conv2d(convolution(channels, pick)), Op::BatchNorm],
            _ => vec![Op::Conv2d(convolution(channels, pick)), Op::BatchNorm, Op::Relu],
        };
        let join = if concat { Join::Concat } else { Join::Add };
        let spec = LayerSpec { join, ..LayerSpec::add("layer", "conv", module, origin) };
        last = network.add(spec, &parents).unwrap();
    }
    let inputs = network.layer(last).output.channels;
    let head = vec![Op::GlobalAvgPool, Op::Linear(Linear { inputs, outputs: 1 })];
    network.add(LayerSpec::add("classifier", "linear", head, Origin::of(Part::Output)), &[last]).unwrap();
    network
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_networks(picks in prop::collection::vec(prop::array::uniform6(0usize..60), 1..7), seed in 0u32..1000) {
        compare(&network(&picks), &Batch::randn(seed, 3).unwrap());
    }

    /// Cells of NAS-Bench-201 in a narrow network: the same operations, reduction and head, four channels.
    #[test]
    fn random_cells(code in prop::array::uniform6(0usize..5), seed in 0u32..1000) {
        compare(&narrow(&code), &Batch::leaves(seed, 4).unwrap());
    }
}

/// Two stacks of one cell, on 8 × 8 pixels, with 4 and 8 channels.
fn narrow(code: &[usize; 6]) -> Network {
    let mut network = Network::new();
    let origin = Origin::of(Part::Cell);
    let layer = |module| LayerSpec::add("layer", "conv", module, origin);
    let conv = |i, o, k, s| vec![Op::Relu, Op::Conv2d(Conv2d::square(i, o, k, s, k / 2)), Op::BatchNorm];
    let image = LayerSpec {
        input: Some(Shape::square(3, 32)),
        ..LayerSpec::add("image", "identity", vec![Op::Identity], Origin::of(Part::Input))
    };
    let image = network.add(image, &[]).unwrap();
    let stem = vec![
        Op::AvgPool(Pool { kernel: 4, stride: 4, padding: 0 }),
        Op::Conv2d(Conv2d::square(3, 4, 3, 1, 1)),
        Op::BatchNorm,
    ];
    let mut feeds = vec![network.add(layer(stem), &[image]).unwrap()];
    for (stack, channels) in [4, 8].into_iter().enumerate() {
        if stack > 0 {
            let a = network.add(layer(conv(channels / 2, channels, 3, 2)), &feeds).unwrap();
            let b = network.add(layer(conv(channels, channels, 3, 1)), &[a]).unwrap();
            let down = vec![
                Op::AvgPool(Pool { kernel: 2, stride: 2, padding: 0 }),
                Op::Conv2d(Conv2d::square(channels / 2, channels, 1, 1, 0)),
            ];
            feeds = vec![network.add(layer(down), &feeds).unwrap(), b];
        }
        let mut nodes = [feeds, vec![], vec![], vec![]];
        for (edge, (source, target)) in
            [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)].into_iter().enumerate()
        {
            let module = match code[edge] {
                0 => vec![Op::Zero],
                1 => vec![Op::Identity],
                2 => conv(channels, channels, 1, 1),
                3 => conv(channels, channels, 3, 1),
                _ => vec![Op::AvgPool(Pool { kernel: 3, stride: 1, padding: 1 })],
            };
            let id = network.add(layer(module), &nodes[source]).unwrap();
            nodes[target].push(id);
        }
        feeds = std::mem::take(&mut nodes[3]);
    }
    let head = vec![Op::BatchNorm, Op::Relu, Op::GlobalAvgPool, Op::Linear(Linear { inputs: 8, outputs: 1 })];
    network.add(layer(head), &feeds).unwrap();
    network
}
