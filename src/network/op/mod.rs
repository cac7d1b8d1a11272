//! Operations: one small struct each, shape inference apart from any evaluation.

mod conv;
mod linear;
mod pool;
mod reduce;
mod transpose;

pub use conv::Conv2d;
pub use linear::Linear;
pub use pool::Pool;
pub use reduce::FactorizedReduce;
pub use transpose::ConvTranspose2d;

use super::{Shape, ShapeError};
use std::fmt;

/// One operation of a module. A module is a chain of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Passes its input on.
    Identity,
    /// Multiplies by zero (the `none` operation).
    Zero,
    /// Rectifier, max(x, 0).
    Relu,
    /// Two-dimensional convolution.
    Conv2d(Conv2d),
    /// Transposed convolution.
    ConvTranspose2d(ConvTranspose2d),
    /// Two 1 × 1 convolutions, one of them on the image moved by a pixel.
    FactorizedReduce(FactorizedReduce),
    /// Average pooling; padding is not counted.
    AvgPool(Pool),
    /// Maximum pooling.
    MaxPool(Pool),
    /// Batch normalisation with a learnt scale and shift a channel.
    BatchNorm,
    /// Mean over the whole plane; the result is 1 × 1.
    GlobalAvgPool,
    /// Fully connected layer on a 1 × 1 input.
    Linear(Linear),
}

impl Op {
    /// Shape of the output for an input of shape `input`.
    ///
    /// # Errors
    /// [`ShapeError`] if the operation does not fit the input.
    pub fn output_shape(&self, input: Shape) -> Result<Shape, ShapeError> {
        match self {
            Op::Identity | Op::Zero | Op::Relu | Op::BatchNorm => Ok(input),
            Op::Conv2d(conv) => conv.output_shape(input),
            Op::ConvTranspose2d(conv) => conv.output_shape(input),
            Op::FactorizedReduce(reduce) => reduce.output_shape(input),
            Op::AvgPool(pool) | Op::MaxPool(pool) => pool.output_shape(input),
            Op::GlobalAvgPool => Ok(Shape::square(input.channels, 1)),
            Op::Linear(linear) => linear.output_shape(input),
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Op::Identity => f.write_str("identity"),
            Op::Zero => f.write_str("zero"),
            Op::Relu => f.write_str("ReLU"),
            Op::Conv2d(conv) => conv.fmt(f),
            Op::ConvTranspose2d(conv) => conv.fmt(f),
            Op::FactorizedReduce(reduce) => reduce.fmt(f),
            Op::AvgPool(pool) => write!(f, "average pool {pool}"),
            Op::MaxPool(pool) => write!(f, "max pool {pool}"),
            Op::BatchNorm => f.write_str("batch norm"),
            Op::GlobalAvgPool => f.write_str("global average pool"),
            Op::Linear(linear) => linear.fmt(f),
        }
    }
}

/// Output length of a window that slides along one axis, or `None` where it does not fit.
pub(crate) fn slide(
    length: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
) -> Option<usize> {
    let span = dilation * (kernel - 1) + 1;
    (length + 2 * padding).checked_sub(span).map(|free| free / stride + 1)
}
