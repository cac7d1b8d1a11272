//! The model's forward pass, which keeps what the backward pass needs, and the backward pass: derivatives by hand.
//!
//! A layer is H ← ReLU(γ·(Z − μ)/√(σ² + ε) + β), Z = Â(HW) + b, with μ and σ² over all rows of the batch. In the first layer
//! HW is a look-up: one row a word, one for the global nodes.

use super::{
    Shape,
    batch::{Batch, GLOBAL, PADDING},
    kernel::{product, product_of_transposed, transposed},
};
use crate::predictor::Readout;
use std::ops::Range;

/// Added to variances, as in the usual batch norm.
pub const EPSILON: f32 = 1e-5;

/// Mean and variance of each feature over the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    /// Means.
    pub mean: Vec<f32>,
    /// Variances (divided by the number of rows).
    pub variance: Vec<f32>,
}

/// What the forward pass keeps, reused from step to step.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Input of each layer but the first, rows × width, after dropout; last, what is read out.
    hidden: Vec<Vec<f32>>,
    /// Normalised values of each layer, rows × width.
    normal: Vec<Vec<f32>>,
    /// Moments of each layer.
    pub moments: Vec<Moments>,
    /// One vector a graph.
    read: Vec<f32>,
    /// One prediction a graph.
    pub predictions: Vec<f32>,
    /// Rows × width, for what is on the way.
    scratch: [Vec<f32>; 2],
}

/// What is read of a batch besides the parameters.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Graphs.
    pub batch: &'a Batch,
    /// Words × vector.
    pub vectors: &'a [f32],
    /// Shape of the model.
    pub shape: Shape,
    /// For each layer, rows × width factors of its output: 0 or 1/(1 − p); empty without dropout.
    pub dropout: &'a [Vec<f32>],
}

impl Tape {
    /// Predictions of a batch: with moments given (inference), or with the batch's own (training).
    pub fn forward(&mut self, input: Input, parameters: &[f32], given: Option<&[Moments]>) {
        let Input { batch, shape, .. } = input;
        let (rows, width) = (batch.rows(), shape.width);
        let size = rows * width;
        self.hidden.resize(shape.layers, Vec::new());
        self.normal.resize(shape.layers, Vec::new());
        self.moments.resize(shape.layers, Moments::default());
        for buffer in self.hidden.iter_mut().chain(&mut self.normal).chain(&mut self.scratch) {
            buffer.resize(size, 0.0);
        }
        let [products, _] = &mut self.scratch;
        for layer in 0..shape.layers {
            let places = shape.layer(layer);
            let weight = &parameters[places.weight];
            if layer == 0 {
                look_up(input, weight, products);
            } else {
                product(&self.hidden[layer - 1], weight, products, width, width);
            }
            let normal = &mut self.normal[layer];
            batch.gather(products, &parameters[places.bias], normal);
            let moments = &mut self.moments[layer];
            *moments = given.map_or_else(|| moments_of(normal, width), |given| given[layer].clone());
            normalise(normal, moments);
            let (scale, shift) = (&parameters[places.scale], &parameters[places.shift]);
            let hidden = &mut self.hidden[layer];
            for (hidden, normal) in hidden.chunks_exact_mut(width).zip(normal.chunks_exact(width)) {
                for (((hidden, normal), scale), shift) in hidden.iter_mut().zip(normal).zip(scale).zip(shift)
                {
                    *hidden = (scale * normal + shift).max(0.0);
                }
            }
            if let Some(factors) = input.dropout.get(layer) {
                hidden.iter_mut().zip(factors).for_each(|(hidden, factor)| *hidden *= factor);
            }
        }
        self.read_out(input, &parameters[shape.head()]);
    }

    fn read_out(&mut self, input: Input, head: &[f32]) {
        let width = input.shape.width;
        let hidden = &self.hidden[input.shape.layers - 1];
        let (weights, bias) = head.split_at(head.len() - 1);
        self.read.clear();
        self.predictions.clear();
        for parts in readouts(input) {
            let at = self.read.len();
            for (rows, factor) in parts {
                let start = self.read.len();
                self.read.resize(start + width, 0.0);
                for row in rows {
                    for (read, hidden) in self.read[start..].iter_mut().zip(&hidden[row * width..][..width]) {
                        *read += factor * hidden;
                    }
                }
            }
            let sum = weights.iter().zip(&self.read[at..]).map(|(w, x)| w * x).sum::<f32>();
            self.predictions.push(sum + bias[0]);
        }
    }

    /// Adds the derivatives of the loss by the parameters to `gradient`, given those by the predictions.
    pub fn backward(&mut self, input: Input, parameters: &[f32], errors: &[f32], gradient: &mut [f32]) {
        let Input { batch, shape, .. } = input;
        let width = shape.width;
        let [by_output, by_products] = &mut self.scratch;
        by_output.fill(0.0);
        let head = &parameters[shape.head()];
        let (by_weights, by_bias) = gradient[shape.head()].split_at_mut(head.len() - 1);
        for ((parts, read), error) in readouts(input).zip(self.read.chunks_exact(head.len() - 1)).zip(errors)
        {
            by_weights.iter_mut().zip(read).for_each(|(by, x)| *by += error * x);
            by_bias[0] += error;
            for ((rows, factor), weights) in parts.zip(head.chunks(width)) {
                for row in rows {
                    for (by, w) in by_output[row * width..][..width].iter_mut().zip(weights) {
                        *by += error * factor * w;
                    }
                }
            }
        }
        for layer in (0..shape.layers).rev() {
            let places = shape.layer(layer);
            if let Some(factors) = input.dropout.get(layer) {
                by_output.iter_mut().zip(factors).for_each(|(by, factor)| *by *= factor);
            }
            let (normal, hidden) = (&self.normal[layer], &self.hidden[layer]);
            // Where the ReLU, or dropout, gave 0 nothing passes.
            by_output.iter_mut().zip(hidden).for_each(|(by, &h)| *by = if h > 0.0 { *by } else { 0.0 });
            let mut by_shift = vec![0.0_f32; width];
            let mut by_scale = vec![0.0_f32; width];
            for (by, normal) in by_output.chunks_exact(width).zip(normal.chunks_exact(width)) {
                for (((by, normal), shift), scale) in
                    by.iter().zip(normal).zip(&mut by_shift).zip(&mut by_scale)
                {
                    *shift += by;
                    *scale += by * normal;
                }
            }
            add(&mut gradient[places.shift.clone()], &by_shift);
            add(&mut gradient[places.scale.clone()], &by_scale);
            // Through the batch norm: ∂Z = γ/√(σ² + ε) · (∂ − mean ∂ − X̂ · mean(∂·X̂)).
            let share = 1.0 / batch.rows() as f32;
            let variance = &self.moments[layer].variance;
            let factor: Vec<f32> = parameters[places.scale.clone()]
                .iter()
                .zip(variance)
                .map(|(scale, variance)| scale / (variance + EPSILON).sqrt())
                .collect();
            by_shift.iter_mut().chain(&mut by_scale).for_each(|by| *by *= share);
            for (by, normal) in by_output.chunks_exact_mut(width).zip(normal.chunks_exact(width)) {
                let sums = factor.iter().zip(&by_shift).zip(&by_scale);
                for ((by, normal), ((factor, shift), scale)) in by.iter_mut().zip(normal).zip(sums) {
                    *by = factor * (*by - shift - normal * scale);
                }
            }
            let by_bias = &mut gradient[places.bias.clone()];
            for by in by_output.chunks_exact(width) {
                add(by_bias, by);
            }
            batch.scatter(by_output, width, by_products);
            let by_weight = &mut gradient[places.weight.clone()];
            if layer == 0 {
                by_look_up(input, by_products, by_weight);
            } else {
                product_of_transposed(&self.hidden[layer - 1], by_products, by_weight, width, width);
                let transposed = transposed(&parameters[places.weight], width);
                product(by_products, &transposed, by_output, width, width);
            }
        }
    }
}

/// For each graph the parts of what is read of it: rows, whose sum is multiplied by a factor.
fn readouts(input: Input) -> impl Iterator<Item = impl Iterator<Item = (Range<usize>, f32)>> {
    let mut start = 0;
    input.batch.graphs.iter().map(move |&end| {
        let end = end as usize;
        let operators = input.batch.words[start..end].iter().filter(|&&word| word < PADDING).count();
        let global = (input.shape.readout != Readout::Mean).then_some((end - 1..end, 1.0));
        let mean = (start..start + operators, 1.0 / operators as f32);
        let mean = (input.shape.readout != Readout::Global).then_some(mean);
        start = end;
        global.into_iter().chain(mean)
    })
}

/// H·W of the first layer: rows of (vectors · W), and W's last row for the global nodes.
fn look_up(input: Input, weight: &[f32], out: &mut [f32]) {
    let Shape { inputs, width, .. } = input.shape;
    let (of_vectors, of_global) = weight.split_at(inputs * width);
    let mut table = vec![0.0; input.vectors.len() / inputs * width];
    product(input.vectors, of_vectors, &mut table, inputs, width);
    for (out, &word) in out.chunks_exact_mut(width).zip(&input.batch.words) {
        match word {
            GLOBAL => out.copy_from_slice(of_global),
            PADDING => out.fill(0.0),
            word => out.copy_from_slice(&table[usize::from(word) * width..][..width]),
        }
    }
}

/// Derivatives by the first layer's weights: rows summed by word first.
fn by_look_up(input: Input, by_products: &[f32], by_weight: &mut [f32]) {
    let Shape { inputs, width, .. } = input.shape;
    let (by_vectors, by_global) = by_weight.split_at_mut(inputs * width);
    let mut table = vec![0.0; input.vectors.len() / inputs * width];
    for (by, &word) in by_products.chunks_exact(width).zip(&input.batch.words) {
        match word {
            GLOBAL => add(by_global, by),
            PADDING => {}
            word => add(&mut table[usize::from(word) * width..][..width], by),
        }
    }
    product_of_transposed(input.vectors, &table, by_vectors, inputs, width);
}

fn add(sums: &mut [f32], values: &[f32]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

/// Mean and variance of each of `width` columns.
fn moments_of(values: &[f32], width: usize) -> Moments {
    let share = 1.0 / (values.len() / width) as f32;
    let mut mean = vec![0.0; width];
    values.chunks_exact(width).for_each(|row| add(&mut mean, row));
    mean.iter_mut().for_each(|mean| *mean *= share);
    let mut variance = vec![0.0; width];
    for row in values.chunks_exact(width) {
        for ((variance, value), mean) in variance.iter_mut().zip(row).zip(&mean) {
            *variance += (value - mean) * (value - mean);
        }
    }
    variance.iter_mut().for_each(|variance| *variance *= share);
    Moments { mean, variance }
}

fn normalise(values: &mut [f32], moments: &Moments) {
    let width = moments.mean.len();
    let inverse: Vec<f32> =
        moments.variance.iter().map(|variance| 1.0 / (variance + EPSILON).sqrt()).collect();
    for row in values.chunks_exact_mut(width) {
        for ((value, mean), inverse) in row.iter_mut().zip(&moments.mean).zip(&inverse) {
            *value = (*value - mean) * inverse;
        }
    }
}
