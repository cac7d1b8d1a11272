//! Pooling windows.

use super::{
    super::{Shape, ShapeError},
    slide,
};
use std::fmt;

/// A square pooling window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pool {
    /// Side of the window, in pixels.
    pub kernel: usize,
    /// Stride.
    pub stride: usize,
    /// Padding on each side; it never counts in an average and never wins a maximum.
    pub padding: usize,
}

impl Pool {
    /// See [`super::Op::output_shape`].
    pub(super) fn output_shape(&self, input: Shape) -> Result<Shape, ShapeError> {
        let axis = |length| {
            slide(length, self.kernel, self.stride, self.padding, 1)
                .ok_or_else(|| ShapeError::TooSmall { op: format!("pool {self}"), input })
        };
        Ok(Shape { channels: input.channels, height: axis(input.height)?, width: axis(input.width)? })
    }
}

impl fmt::Display for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{0}×{0}", self.kernel)?;
        if self.stride != 1 {
            write!(f, ", stride {}", self.stride)?;
        }
        if self.padding != 0 {
            write!(f, ", padding {}", self.padding)?;
        }
        Ok(())
    }
}
