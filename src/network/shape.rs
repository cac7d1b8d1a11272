//! Shapes of activations, and what can be wrong with them.

use std::fmt;

/// Shape of one activation: channels × height × width, without the batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// Channels.
    pub channels: usize,
    /// Rows, in pixels.
    pub height: usize,
    /// Columns, in pixels.
    pub width: usize,
}

impl Shape {
    /// A square shape of `channels` planes with `side` × `side` pixels.
    pub const fn square(channels: usize, side: usize) -> Self {
        Self { channels, height: side, width: side }
    }

    /// Number of pixels of one plane.
    pub const fn pixels(&self) -> usize {
        self.height * self.width
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}×{}", self.channels, self.height, self.width)
    }
}

/// A layer that does not fit what it is fed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// The operation is built for another number of channels.
    #[error("{op} takes {expected} channels, but is fed {found}")]
    Channels {
        /// The operation.
        op: String,
        /// Channels it is built for.
        expected: usize,
        /// Channels of its input.
        found: usize,
    },
    /// The kernel does not fit into the padded image.
    #[error("{op} does not fit into an image of {input}")]
    TooSmall {
        /// The operation.
        op: String,
        /// Shape of its input.
        input: Shape,
    },
    /// Parents that are added up differ in shape, or differ from the layer's input.
    #[error("layer `{layer}` adds a parent of {found} to an input of {expected}")]
    Parents {
        /// Label of the layer.
        layer: String,
        /// Shape that the layer takes.
        expected: Shape,
        /// Shape of the parent that does not fit.
        found: Shape,
    },
    /// A layer without parents and without a stated input shape.
    #[error("layer `{layer}` has no input")]
    NoInput {
        /// Label of the layer.
        layer: String,
    },
}
