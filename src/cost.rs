//! Parameters and multiply-accumulates of a network: what it costs, counted from its layers.

use crate::network::{Network, Op, ShapeError};
use serde::Serialize;

/// What a network costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// Trainable parameters: weights and biases of convolutions and linear layers, scale and shift of batch norm.
    pub params: u64,
    /// Multiply-accumulates of convolutions and linear layers for one image. Batch norm, ReLU, pooling, sums and
    /// biases are not counted (the NAS-Bench-201 table also counts batch norm and pooling).
    pub flops: u64,
}

/// The cost of a network.
///
/// # Errors
/// [`ShapeError`] if an operation does not fit its input; a built [`Network`] has no such layer.
pub fn cost(network: &Network) -> Result<Cost, ShapeError> {
    let mut cost = Cost::default();
    for (_, layer) in network.layers() {
        let mut shape = layer.input;
        for op in &layer.spec.module {
            let output = op.output_shape(shape)?;
            match op {
                Op::Conv2d(conv) => {
                    cost.params += (conv.weights() + conv.biases()) as u64;
                    cost.flops += conv.weights() as u64 * output.pixels() as u64;
                }
                Op::ConvTranspose2d(conv) => {
                    cost.params += (conv.weights() + conv.outputs) as u64;
                    // Each input pixel meets each tap once.
                    cost.flops += conv.weights() as u64 * shape.pixels() as u64;
                }
                Op::FactorizedReduce(reduce) => {
                    let weights = (reduce.inputs * reduce.outputs) as u64;
                    cost.params += weights;
                    cost.flops += weights * output.pixels() as u64;
                }
                Op::Linear(linear) => {
                    cost.params += linear.parameters() as u64;
                    cost.flops += (linear.inputs * linear.outputs) as u64;
                }
                Op::BatchNorm => cost.params += 2 * shape.channels as u64,
                Op::Identity | Op::Zero | Op::Relu | Op::AvgPool(_) | Op::MaxPool(_) | Op::GlobalAvgPool => {}
            }
            shape = output;
        }
    }
    Ok(cost)
}
