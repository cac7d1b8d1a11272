//! NASGraph on the spaces other than NAS-Bench-201 against a slow and obvious evaluation: every module is run on real,
//! whole images, one channel of ones after another, with weights drawn one after another. The layers are those that the
//! space builds; seeds, widths and depths are other than the golden ones.

use crate::common::slow_nasgraph as slow;

use cellscope::{
    nasgraph::Scorer,
    network::{Conv2d, Join, Layer, Network, Op},
    space::{self, SurrogateOptions, Task},
};
use ndarray::{Array2, Array3};
use slow::Twister;
use std::collections::BTreeMap;

/// What was drawn for one operation: weights and biases.
type Drawn = (Vec<f32>, Vec<f32>);

/// Default initialisations of all modules, then N(0, 1) for convolutions, layer by layer.
fn draw(network: &Network, seed: u32) -> Vec<Vec<Drawn>> {
    let mut twister = Twister::new(seed);
    let mut built: Vec<Vec<Drawn>> = Vec::new();
    for (_, layer) in network.layers() {
        let mut drawn = Vec::new();
        for op in &layer.spec.module {
            let mut uniform = |count: usize, fan_in: usize| -> Vec<f32> {
                let bound = 1.0 / (fan_in as f64).sqrt();
                let (low, high) = (-bound as f32, bound as f32);
                (0..count).map(|_| twister.uniform() * (high - low) + low).collect()
            };
            drawn.push(match op {
                Op::Conv2d(c) => (uniform(c.weights(), 1), Vec::new()),
                Op::FactorizedReduce(r) => (uniform(r.inputs * r.outputs, 1), Vec::new()),
                Op::ConvTranspose2d(c) => {
                    let fan_in = c.outputs * c.kernel * c.kernel;
                    let weights = uniform(c.weights(), fan_in);
                    (weights, uniform(c.outputs, fan_in))
                }
                _ => (Vec::new(), Vec::new()),
            });
        }
        built.push(drawn);
    }
    for ((_, layer), drawn) in network.layers().zip(&mut built) {
        for (op, drawn) in layer.spec.module.iter().zip(drawn) {
            match op {
                Op::Conv2d(c) => drawn.0 = twister.normal(c.weights()),
                Op::FactorizedReduce(r) => {
                    drawn.0 = twister.normal(r.outputs / 2 * r.inputs);
                    drawn.0.extend(twister.normal((r.outputs - r.outputs / 2) * r.inputs));
                }
                _ => {}
            }
        }
    }
    built
}

fn convolve(image: &Array3<f64>, weights: &[f32], c: &Conv2d) -> Array3<f64> {
    let (_, height, width) = image.dim();
    let out = |n: usize, k: usize, s: usize, p: usize| (n + 2 * p - c.dilation * (k - 1) - 1) / s + 1;
    let rows = out(height, c.kernel.0, c.stride.0, c.padding.0);
    let columns = out(width, c.kernel.1, c.stride.1, c.padding.1);
    let (per_in, per_out) = (c.inputs / c.groups, c.outputs / c.groups);
    let mut output = Array3::zeros((c.outputs, rows, columns));
    for j in 0..c.outputs {
        for m in 0..per_in {
            let plane = image.index_axis(ndarray::Axis(0), j / per_out * per_in + m);
            // A plane of zeros adds nothing.
            if plane.iter().all(|&v| v == 0.0) {
                continue;
            }
            let kernel = &weights[(j * per_in + m) * c.kernel.0 * c.kernel.1..];
            for ((y, x), value) in output.index_axis_mut(ndarray::Axis(0), j).indexed_iter_mut() {
                for r in 0..c.kernel.0 {
                    for s in 0..c.kernel.1 {
                        let (at_y, at_x) = (y * c.stride.0 + r * c.dilation, x * c.stride.1 + s * c.dilation);
                        if at_y < c.padding.0 || at_x < c.padding.1 {
                            continue;
                        }
                        if let Some(pixel) = plane.get((at_y - c.padding.0, at_x - c.padding.1)) {
                            *value += f64::from(kernel[r * c.kernel.1 + s]) * pixel;
                        }
                    }
                }
            }
        }
    }
    output
}

fn run(op: &Op, drawn: &Drawn, image: Array3<f64>) -> Array3<f64> {
    let (channels, height, width) = image.dim();
    match op {
        Op::Identity => image,
        Op::Zero => image * 0.0,
        Op::Relu => image.mapv(|v| v.max(0.0)),
        Op::Conv2d(conv) => convolve(&image, &drawn.0, conv),
        // A constant plane stays what it is, with fewer pixels.
        Op::AvgPool(pool) | Op::MaxPool(pool) => {
            let out = |n: usize| (n + 2 * pool.padding - pool.kernel) / pool.stride + 1;
            Array3::from_shape_fn((channels, out(height), out(width)), |(c, _, _)| image[(c, 0, 0)])
        }
        Op::GlobalAvgPool => Array3::from_shape_fn((channels, 1, 1), |(c, _, _)| image[(c, 0, 0)]),
        Op::FactorizedReduce(r) => {
            let side = |n: usize| n.div_ceil(r.stride);
            Array3::from_shape_fn((r.outputs, side(height), side(width)), |(j, y, x)| {
                let shift = usize::from(j >= r.outputs / 2);
                let pixel = |i| image.get((i, y * r.stride + shift, x * r.stride + shift)).copied();
                (0..r.inputs).map(|i| f64::from(drawn.0[j * r.inputs + i]) * pixel(i).unwrap_or(0.0)).sum()
            })
        }
        Op::ConvTranspose2d(c) => {
            let out = |n: usize| (n - 1) * c.stride + c.kernel + c.output_padding - 2 * c.padding;
            let mut output = Array3::from_shape_fn((c.outputs, out(height), out(width)), |(j, _, _)| {
                f64::from(drawn.1[j])
            });
            for ((i, y, x), &pixel) in image.indexed_iter().filter(|(_, pixel)| **pixel != 0.0) {
                for j in 0..c.outputs {
                    let kernel = Array2::from_shape_fn((c.kernel, c.kernel), |(r, s)| {
                        drawn.0[((i * c.outputs + j) * c.kernel + r) * c.kernel + s]
                    });
                    for ((r, s), &weight) in kernel.indexed_iter() {
                        let (at_y, at_x) = (y * c.stride + r, x * c.stride + s);
                        if at_y >= c.padding
                            && at_x >= c.padding
                            && let Some(value) = output.get_mut((j, at_y - c.padding, at_x - c.padding))
                        {
                            *value += f64::from(weight) * pixel;
                        }
                    }
                }
            }
            output
        }
        other => panic!("{other} is in no surrogate network"),
    }
}

fn scores(layer: &Layer, drawn: &[Drawn], i: usize) -> Vec<f64> {
    let shape = (layer.input.channels, layer.input.height, layer.input.width);
    let image = Array3::from_shape_fn(shape, |(c, _, _)| f64::from(u8::from(c == i)));
    let output = layer.spec.module.iter().zip(drawn).fold(image, |image, (op, drawn)| run(op, drawn, image));
    output.outer_iter().map(|plane| plane.sum()).collect()
}

/// Compares a network's graph with the slow one; returns the number of edges.
fn compare(network: &Network, seed: u32, case: &str) -> usize {
    let drawn = draw(network, seed);
    let mut slow: BTreeMap<[usize; 4], f64> = BTreeMap::new();
    for (id, layer) in network.layers() {
        let zero = layer.spec.module == [Op::Zero];
        let inputs = if zero { 0 } else { layer.input.channels };
        let rows: Vec<Vec<f64>> = (0..inputs).map(|i| scores(layer, &drawn[id.index()], i)).collect();
        let mut offset = 0;
        for parent in network.parents(id) {
            let width = network.layer(parent).output.channels;
            let from = if layer.spec.join == Join::Concat { offset } else { 0 };
            offset += width;
            let fed = rows.iter().skip(from).take(width);
            let total: f64 = fed.clone().flatten().sum();
            for (i, row) in fed.enumerate() {
                for (j, &score) in row.iter().enumerate().filter(|(_, score)| **score != 0.0) {
                    // A parent that is listed twice is one parent: the first place counts.
                    slow.entry([parent.index(), i, id.index(), j]).or_insert(score / total);
                }
            }
        }
    }
    let graph = Scorer::new(seed).graph(network).unwrap();
    let ends =
        |node: u32| (graph.nodes[node as usize].layer as usize, graph.nodes[node as usize].channel as usize);
    assert_eq!(graph.edges.len(), slow.len(), "{case}");
    for edge in &graph.edges {
        let ((a, i), (b, j)) = (ends(edge.source), ends(edge.target));
        let weight = slow.get(&[a, i, b, j]).unwrap_or_else(|| panic!("{case}: {a}_{i} → {b}_{j}"));
        let off = (edge.weight - weight).abs();
        assert!(
            off <= 1e-4 * weight.abs() + 1e-9,
            "{case}: {a}_{i} → {b}_{j}: {} is not {weight}",
            edge.weight
        );
    }
    slow.len()
}

fn compare_sample(id: &str, count: usize, options: SurrogateOptions, seed: u32) {
    let space = space::find(id).unwrap();
    for cell in space.sample(count, u64::from(seed)) {
        let network = cell.surrogate(&options).unwrap();
        assert!(compare(&network, seed, &format!("{}, {options:?}, seed {seed}", cell.text())) > 0);
    }
}

#[test]
fn nasbench101() {
    let options = SurrogateOptions { stem_channels: 5, cells_per_stack: 2, ..Default::default() };
    compare_sample("nasbench101", 4, options, 3);
    compare_sample("nasbench101", 4, SurrogateOptions { stem_channels: 7, ..Default::default() }, 11);
}

#[test]
fn nds() {
    for (id, seed) in
        [("nds-darts", 2), ("nds-enas", 3), ("nds-pnas", 4), ("nds-nasnet", 5), ("nds-amoeba", 6)]
    {
        compare_sample(id, 2, SurrogateOptions { init_channels: 3, layers: 3, ..Default::default() }, seed);
        compare_sample(
            id,
            1,
            SurrogateOptions { init_channels: 2, layers: 7, ..Default::default() },
            seed + 7,
        );
    }
}

#[test]
fn transnas101() {
    for task in [Task::ClassObject, Task::Autoencoder] {
        let options = SurrogateOptions { stem_channels: 4, task, ..Default::default() };
        compare_sample("transnas101-micro", 2, options, 8);
        compare_sample("transnas101-macro", 1, options, 9);
    }
    let options = SurrogateOptions { stem_channels: 6, ..Default::default() };
    compare_sample("transnas101-micro", 2, options, 10);
}
