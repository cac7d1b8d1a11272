//! Factorised reduce.

use super::super::{Shape, ShapeError};
use std::fmt;

/// Two 1 × 1 convolutions side by side, each giving half of the output channels; the second reads the image moved by
/// one pixel up and left (what moves in at the end is zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactorizedReduce {
    /// Input channels.
    pub inputs: usize,
    /// Output channels; the first half is the first convolution's.
    pub outputs: usize,
    /// Stride.
    pub stride: usize,
}

impl FactorizedReduce {
    /// Output channels of the first and of the second convolution.
    pub const fn halves(&self) -> (usize, usize) {
        (self.outputs / 2, self.outputs - self.outputs / 2)
    }

    /// See [`super::Op::output_shape`].
    pub(super) fn output_shape(&self, input: Shape) -> Result<Shape, ShapeError> {
        if input.channels != self.inputs {
            return Err(ShapeError::Channels {
                op: self.to_string(),
                expected: self.inputs,
                found: input.channels,
            });
        }
        let axis = |length: usize| length.div_ceil(self.stride);
        Ok(Shape { channels: self.outputs, height: axis(input.height), width: axis(input.width) })
    }
}

impl fmt::Display for FactorizedReduce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "factorised reduce, stride {}, {} → {}", self.stride, self.inputs, self.outputs)
    }
}
