//! Transposed convolution.

use super::super::{Shape, ShapeError};
use std::fmt;

/// A square transposed convolution with bias, as `torch.nn.ConvTranspose2d` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConvTranspose2d {
    /// Input channels.
    pub inputs: usize,
    /// Output channels.
    pub outputs: usize,
    /// Side of the kernel.
    pub kernel: usize,
    /// Stride.
    pub stride: usize,
    /// Padding taken off each side of the output.
    pub padding: usize,
    /// Pixels added at the end of the output.
    pub output_padding: usize,
}

impl ConvTranspose2d {
    /// Number of weights, without the bias.
    pub const fn weights(&self) -> usize {
        self.inputs * self.outputs * self.kernel * self.kernel
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
        let axis = |length: usize| {
            (length.wrapping_sub(1) * self.stride + self.kernel + self.output_padding)
                .checked_sub(2 * self.padding)
                .filter(|_| length > 0)
                .ok_or_else(|| ShapeError::TooSmall { op: self.to_string(), input })
        };
        Ok(Shape { channels: self.outputs, height: axis(input.height)?, width: axis(input.width)? })
    }
}

impl fmt::Display for ConvTranspose2d {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "transposed conv {0}×{0}, stride {1}, padding {2}, {3} → {4}",
            self.kernel, self.stride, self.padding, self.inputs, self.outputs
        )
    }
}
