//! Two-dimensional convolution.

use super::{
    super::{Shape, ShapeError},
    slide,
};
use std::fmt;

/// A 2-D convolution as `torch.nn.Conv2d` has it. Pairs are (rows, columns).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Conv2d {
    /// Input channels.
    pub inputs: usize,
    /// Output channels.
    pub outputs: usize,
    /// Kernel size.
    pub kernel: (usize, usize),
    /// Stride.
    pub stride: (usize, usize),
    /// Zero padding on each side.
    pub padding: (usize, usize),
    /// Distance between kernel taps.
    pub dilation: usize,
    /// Channel groups; both channel counts are multiples of it.
    pub groups: usize,
    /// Whether there is a bias an output channel.
    pub bias: bool,
}

impl Conv2d {
    /// A square convolution without bias, with one group and no dilation.
    pub const fn square(inputs: usize, outputs: usize, kernel: usize, stride: usize, padding: usize) -> Self {
        Self {
            inputs,
            outputs,
            kernel: (kernel, kernel),
            stride: (stride, stride),
            padding: (padding, padding),
            dilation: 1,
            groups: 1,
            bias: false,
        }
    }

    /// Number of weights, without the bias.
    pub const fn weights(&self) -> usize {
        self.outputs * (self.inputs / self.groups) * self.kernel.0 * self.kernel.1
    }

    /// Number of bias values.
    pub const fn biases(&self) -> usize {
        if self.bias { self.outputs } else { 0 }
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
        let axis = |length, kernel, stride, padding| {
            slide(length, kernel, stride, padding, self.dilation)
                .ok_or_else(|| ShapeError::TooSmall { op: self.to_string(), input })
        };
        Ok(Shape {
            channels: self.outputs,
            height: axis(input.height, self.kernel.0, self.stride.0, self.padding.0)?,
            width: axis(input.width, self.kernel.1, self.stride.1, self.padding.1)?,
        })
    }
}

impl fmt::Display for Conv2d {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "conv {}×{}", self.kernel.0, self.kernel.1)?;
        if self.stride != (1, 1) {
            write!(f, ", stride {}", self.stride.0.max(self.stride.1))?;
        }
        if self.dilation != 1 {
            write!(f, ", dilation {}", self.dilation)?;
        }
        if self.padding != (0, 0) {
            write!(f, ", padding {}", self.padding.0.max(self.padding.1))?;
        }
        if self.groups != 1 {
            write!(f, ", {} groups", self.groups)?;
        }
        write!(f, ", {} → {}", self.inputs, self.outputs)
    }
}
