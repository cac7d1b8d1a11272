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
        other => panic!("{other} is not used in these tests"),
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

/// For each place of a window along one axis, the positions that it covers.
fn covered(side: usize, kernel: usize, stride: usize, padding: usize, dilation: usize) -> Vec<Vec<usize>> {
    let places = (side + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    let at = |place: usize, tap: usize| (place * stride + tap * dilation).checked_sub(padding);
    (0..places)
        .map(|place| (0..kernel).filter_map(|tap| at(place, tap)).filter(|&at| at < side).collect())
        .collect()
}

fn convolve(conv: &Conv2d, x: &Array4<f64>, weight: f64) -> Array4<f64> {
    let (batch, channels, height, width) = x.dim();
    let Conv2d { kernel, stride, padding, dilation, groups, .. } = *conv;
    let rows = covered(height, kernel.0, stride.0, padding.0, dilation);
    let columns = covered(width, kernel.1, stride.1, padding.1, dilation);
    let (inputs, outputs) = (channels / groups, conv.outputs / groups);
    Array4::from_shape_fn((batch, conv.outputs, rows.len(), columns.len()), |(image, output, row, column)| {
        let first = output / outputs * inputs;
        let mut sum = 0.0;
        for channel in first..first + inputs {
            for &y in &rows[row] {
                for &x0 in &columns[column] {
                    sum += weight * x[[image, channel, y, x0]];
                }
            }
        }
        sum
    })
}

fn pooled(pool: &Pool, x: &Array4<f64>, f: impl Fn(&[f64]) -> f64) -> Array4<f64> {
    let (batch, channels, height, width) = x.dim();
    let rows = covered(height, pool.kernel, pool.stride, pool.padding, 1);
    let columns = covered(width, pool.kernel, pool.stride, pool.padding, 1);
    Array4::from_shape_fn((batch, channels, rows.len(), columns.len()), |(image, channel, row, column)| {
        let taps = rows[row].iter().flat_map(|&y| columns[column].iter().map(move |&x0| (y, x0)));
        f(&taps.map(|(y, x0)| x[[image, channel, y, x0]]).collect::<Vec<_>>())
    })
}
