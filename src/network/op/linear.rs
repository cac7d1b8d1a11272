//! Fully connected layer.

use super::super::{Shape, ShapeError};
use std::fmt;

/// A fully connected layer with bias, on a 1 × 1 input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Linear {
    /// Input features.
    pub inputs: usize,
    /// Output features.
    pub outputs: usize,
}

impl Linear {
    /// Number of weights and biases.
    pub const fn parameters(&self) -> usize {
        self.inputs * self.outputs + self.outputs
    }

    /// See [`super::Op::output_shape`].
    pub(super) fn output_shape(&self, input: Shape) -> Result<Shape, ShapeError> {
        if input.channels != self.inputs || input.pixels() != 1 {
            return Err(ShapeError::Channels {
                op: self.to_string(),
                expected: self.inputs,
                found: input.channels * input.pixels(),
            });
        }
        Ok(Shape::square(self.outputs, 1))
    }
}

impl fmt::Display for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "linear {} → {}", self.inputs, self.outputs)
    }
}
