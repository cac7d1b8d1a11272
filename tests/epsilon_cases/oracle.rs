//! A plain forward pass: every channel, every weight, every tap, in f64. Slow and obvious.

use cellscope::network::{Conv2d, Join, Network, Op, Part, Pool};
use ndarray::{Array1, Array4, Axis, concatenate, s};

/// The network's last layer for `images` (image, channel, row, column), every weight `weight`, every bias 0.
pub fn forward(network: &Network, images: &Array4<f64>, weight: f64) -> Array4<f64> {
    let mut outputs: Vec<Array4<f64>> = Vec::new();
    for (id, layer) in network.layers() {
        let parents: Vec<_> = network.parents(id).iter().map(|p| outputs[p.index()].view()).collect();
        let mut x = match (layer.spec.origin.part, layer.spec.join) {
            (Part::Input, _) => images.clone(),
            (_, Join::Concat) => concatenate(Axis(1), &parents).unwrap(),
            (_, Join::Add) => {
                let mut sum = Array4::zeros((
                    images.dim().0,
                    layer.input.channels,
                    layer.input.height,
                    layer.input.width,
                ));
                for parent in parents {
                    sum += &parent.slice(s![.., ..layer.input.channels, .., ..]);
                }
                sum
            }
        };
        for op in &layer.spec.module {
            x = apply(op, &x, weight);
        }
        outputs.push(x);
    }
    outputs.pop().unwrap()
}

fn apply(op: &Op, x: &Array4<f64>, weight: f64) -> Array4<f64> {
    match op {
        Op::Identity => x.clone(),
        Op::Zero => x * 0.0,
        Op::Relu => x.mapv(|x| x.max(0.0)),
        Op::Conv2d(conv) => convolve(conv, x, weight),
        Op::AvgPool(pool) => pooled(pool, x, |values| values.iter().sum::<f64>() / values.len() as f64),
        Op::MaxPool(pool) => {
            pooled(pool, x, |values| values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        }
        Op::BatchNorm => batch_norm(x, weight),
        Op::GlobalAvgPool => x
            .mean_axis(Axis(3))
            .unwrap()
            .mean_axis(Axis(2))
            .unwrap()
            .insert_axis(Axis(2))
            .insert_axis(Axis(3)),
        Op::Linear(linear) => {
            let sums = x.sum_axis(Axis(1)).insert_axis(Axis(1)) * weight;
            let (batch, _, height, width) = sums.dim();
            sums.broadcast((batch, linear.outputs, height, width)).unwrap().to_owned()
        }
    }
}

fn batch_norm(x: &Array4<f64>, weight: f64) -> Array4<f64> {
    let mut y = x.clone();
    for mut channel in y.axis_iter_mut(Axis(1)) {
        let values: Array1<f64> = channel.iter().copied().collect();
        let (mean, variance) = (values.mean().unwrap(), values.var(0.0));
        channel.mapv_inplace(|x| (x - mean) / (variance + 1e-5).sqrt() * weight);
    }
    y
}

/// Pixels of the plane that a window covers: output place → input places.
fn covered(
    place: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
    side: usize,
) -> Vec<usize> {
    (0..kernel)
        .map(|tap| (place * stride + tap * dilation) as isize - padding as isize)
        .filter(|&at| at >= 0 && at < side as isize)
        .map(|at| at as usize)
        .collect()
}

fn sides(side: usize, kernel: usize, stride: usize, padding: usize, dilation: usize) -> usize {
    (side + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1
}

fn convolve(conv: &Conv2d, x: &Array4<f64>, weight: f64) -> Array4<f64> {
    let (batch, channels, height, width) = x.dim();
    let out = |side, axis: fn((usize, usize)) -> usize| {
        sides(side, axis(conv.kernel), axis(conv.stride), axis(conv.padding), conv.dilation)
    };
    let (rows, columns) = (out(height, |p| p.0), out(width, |p| p.1));
    let (inputs, outputs) = (channels / conv.groups, conv.outputs / conv.groups);
    Array4::from_shape_fn((batch, conv.outputs, rows, columns), |(b, o, y, x0)| {
        let first = o / outputs * inputs;
        let mut sum = 0.0;
        for c in first..first + inputs {
            for &i in &covered(y, conv.kernel.0, conv.stride.0, conv.padding.0, conv.dilation, height) {
                for &j in &covered(x0, conv.kernel.1, conv.stride.1, conv.padding.1, conv.dilation, width) {
                    sum += weight * x[[b, c, i, j]];
                }
            }
        }
        sum
    })
}

fn pooled(pool: &Pool, x: &Array4<f64>, f: impl Fn(&[f64]) -> f64) -> Array4<f64> {
    let (batch, channels, height, width) = x.dim();
    let out = |side| sides(side, pool.kernel, pool.stride, pool.padding, 1);
    let places = |place, side| covered(place, pool.kernel, pool.stride, pool.padding, 1, side);
    Array4::from_shape_fn((batch, channels, out(height), out(width)), |(b, c, y, x0)| {
        let mut values = Vec::new();
        for &i in &places(y, height) {
            for &j in &places(x0, width) {
                values.push(x[[b, c, i, j]]);
            }
        }
        f(&values)
    })
}
