//! The arithmetic of a step by a library with automatic differentiation (candle): what the derivatives by hand are checked
//! against, and a second way to train.

use super::{
    Loss, Moments, Shape,
    batch::{GLOBAL, PADDING},
    engine::Engine,
    pass::{EPSILON, Input},
};
use crate::predictor::Readout;
use candle_core::{DType, Device, Result, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use std::borrow::Cow;

const CPU: Device = Device::Cpu;

/// A model in the library's tensors.
pub struct Library {
    shape: Shape,
    /// Of each layer: weight, bias, scale and shift; then the head's weights and bias.
    tensors: Vec<Var>,
    optimiser: AdamW,
}

impl Library {
    /// Predictions, one a graph: with moments given (inference), or with the batch's own (training).
    ///
    /// # Errors
    /// Those of the library.
    pub fn predict(&self, input: Input, moments: Option<&[Moments]>) -> Result<Tensor> {
        let Input { batch, shape, .. } = input;
        let (rows, width) = (batch.rows(), shape.width);
        let sources = Tensor::new(batch.sources.as_slice(), &CPU)?;
        let targets = Tensor::from_vec(targets(&batch.ends), batch.sources.len(), &CPU)?;
        let factors = Tensor::from_slice(&batch.weights, (batch.weights.len(), 1), &CPU)?;
        let mut hidden = self.look_up(input)?;
        for layer in 0..shape.layers {
            let [weight, bias, scale, shift] = [0, 1, 2, 3].map(|part| &self.tensors[4 * layer + part]);
            let products = if layer == 0 { hidden } else { hidden.matmul(weight)? };
            let read = products.index_select(&sources, 0)?.broadcast_mul(&factors)?;
            let zeros = Tensor::zeros((rows, width), DType::F32, &CPU)?;
            let sums = zeros.index_add(&targets, &read, 0)?.broadcast_add(bias)?;
            let (mean, variance) = match moments {
                Some(moments) => (row(&moments[layer].mean)?, row(&moments[layer].variance)?),
                None => {
                    let mean = sums.mean_keepdim(0)?;
                    let variance = sums.broadcast_sub(&mean)?.sqr()?.mean_keepdim(0)?;
                    (mean, variance)
                }
            };
            let deviation = (variance + f64::from(EPSILON))?.sqrt()?;
            let normal = sums.broadcast_sub(&mean)?.broadcast_div(&deviation)?;
            hidden = normal.broadcast_mul(scale)?.broadcast_add(shift)?.relu()?;
            if let Some(factors) = input.dropout.get(layer) {
                hidden = (hidden * Tensor::from_slice(factors, (rows, width), &CPU)?)?;
            }
        }
        let read = read_out(input, &hidden)?;
        let [weights, bias] = [0, 1].map(|part| &self.tensors[4 * shape.layers + part]);
        read.matmul(weights)?.broadcast_add(bias)?.flatten_all()
    }

    /// H·W of the first layer, a row a node.
    fn look_up(&self, input: Input) -> Result<Tensor> {
        let Shape { inputs, width, readout, .. } = input.shape;
        let count = input.vectors.len() / inputs;
        let vectors = Tensor::from_slice(input.vectors, (count, inputs), &CPU)?;
        let weight = &self.tensors[0];
        let mut parts = vec![vectors.matmul(&weight.narrow(0, 0, inputs)?)?];
        parts.push(match readout {
            Readout::Mean => Tensor::zeros((1, width), DType::F32, &CPU)?,
            _ => weight.narrow(0, inputs, 1)?,
        });
        parts.push(Tensor::zeros((1, width), DType::F32, &CPU)?);
        let place = |&word: &u16| match word {
            GLOBAL => count as u32,
            PADDING => count as u32 + 1,
            word => u32::from(word),
        };
        let places: Vec<u32> = input.batch.words.iter().map(place).collect();
        Tensor::cat(&parts, 0)?.index_select(&Tensor::new(places, &CPU)?, 0)
    }

    fn loss(&self, input: Input, targets: &[f32], kind: Loss) -> Result<Tensor> {
        let predictions = self.predict(input, None)?;
        match kind {
            Loss::Squared => squared(&predictions, targets),
            Loss::Pairwise => pairwise(&predictions, targets),
            Loss::Both => squared(&predictions, targets)? + pairwise(&predictions, targets)?,
        }
    }

    /// Loss of a batch and its derivatives by the parameters, by automatic differentiation.
    ///
    /// # Errors
    /// Those of the library.
    pub fn gradient(&self, input: Input, targets: &[f32], kind: Loss) -> Result<(f32, Vec<f32>)> {
        let loss = self.loss(input, targets, kind)?;
        let by = loss.backward()?;
        let mut gradient = Vec::new();
        for tensor in &self.tensors {
            match by.get(tensor) {
                Some(by) => gradient.extend(by.flatten_all()?.to_vec1::<f32>()?),
                None => gradient.resize(gradient.len() + tensor.elem_count(), 0.0),
            }
        }
        Ok((loss.to_scalar()?, gradient))
    }
}

impl Engine for Library {
    type Error = candle_core::Error;

    fn new(shape: Shape, parameters: Vec<f32>, decay: f64) -> Result<Self> {
        let width = shape.width;
        let mut tensors = Vec::new();
        let mut add = |range: std::ops::Range<usize>, columns: usize| -> Result<()> {
            let values = &parameters[range];
            tensors.push(Var::from_slice(values, (values.len() / columns, columns), &CPU)?);
            Ok(())
        };
        for layer in 0..shape.layers {
            let places = shape.layer(layer);
            for range in [places.weight, places.bias, places.scale, places.shift] {
                add(range, width)?;
            }
        }
        let head = shape.head();
        add(head.start..head.end - 1, 1)?;
        add(head.end - 1..head.end, 1)?;
        let settings = ParamsAdamW { weight_decay: decay, ..ParamsAdamW::default() };
        Ok(Self { shape, optimiser: AdamW::new(tensors.clone(), settings)?, tensors })
    }

    fn step(&mut self, input: Input, targets: &[f32], kind: Loss, rate: f64) -> Result<f32> {
        let loss = self.loss(input, targets, kind)?;
        self.optimiser.set_learning_rate(rate);
        self.optimiser.backward_step(&loss)?;
        loss.to_scalar()
    }

    fn parameters(&self) -> Result<Cow<'_, [f32]>> {
        let mut parameters = Vec::with_capacity(self.shape.parameters());
        for tensor in &self.tensors {
            parameters.extend(tensor.flatten_all()?.to_vec1::<f32>()?);
        }
        Ok(Cow::Owned(parameters))
    }
}

fn row(values: &[f32]) -> Result<Tensor> {
    Tensor::from_slice(values, (1, values.len()), &CPU)
}

/// The row of each entry.
fn targets(ends: &[u32]) -> Vec<u32> {
    let mut targets = Vec::new();
    for (row, &end) in ends.iter().enumerate() {
        targets.resize(end as usize, row as u32);
    }
    targets
}

/// What the head reads: a row a graph.
fn read_out(input: Input, hidden: &Tensor) -> Result<Tensor> {
    let Input { batch, shape, .. } = input;
    let mut parts = Vec::new();
    if shape.readout != Readout::Mean {
        let last: Vec<u32> = batch.graphs.iter().map(|end| end - 1).collect();
        parts.push(hidden.index_select(&Tensor::new(last, &CPU)?, 0)?);
    }
    if shape.readout != Readout::Global {
        let (mut rows, mut graphs, mut factors) = (Vec::new(), Vec::new(), Vec::new());
        let mut start = 0;
        for (graph, &end) in batch.graphs.iter().enumerate() {
            let operators = (start..end).filter(|&row| batch.words[row as usize] < PADDING);
            rows.extend(operators);
            let count = rows.len() - graphs.len();
            graphs.resize(rows.len(), graph as u32);
            factors.resize(rows.len(), 1.0 / count as f32);
            start = end;
        }
        let factors = Tensor::from_vec(factors, (rows.len(), 1), &CPU)?;
        let read = hidden.index_select(&Tensor::new(rows, &CPU)?, 0)?.broadcast_mul(&factors)?;
        let zeros = Tensor::zeros((batch.graphs.len(), shape.width), DType::F32, &CPU)?;
        parts.push(zeros.index_add(&Tensor::new(graphs, &CPU)?, &read, 0)?);
    }
    Tensor::cat(&parts, 1)
}

fn squared(predictions: &Tensor, targets: &[f32]) -> Result<Tensor> {
    (predictions - Tensor::new(targets, &CPU)?)?.sqr()?.mean_all()
}

fn pairwise(predictions: &Tensor, targets: &[f32]) -> Result<Tensor> {
    let (mut better, mut worse) = (Vec::new(), Vec::new());
    for (i, a) in targets.iter().enumerate() {
        for (j, _) in targets.iter().enumerate().filter(|(_, b)| a > b) {
            better.push(i as u32);
            worse.push(j as u32);
        }
    }
    let of = |places: Vec<u32>| predictions.index_select(&Tensor::new(places, &CPU)?, 0);
    let gap = (of(worse)? - of(better)?)?;
    // ln(1 + eᵍ) without overflow.
    (gap.relu()? + (gap.abs()?.neg()?.exp()? + 1.0)?.log()?)?.mean_all()
}
