//! A layer: a module with its place in the network.

use super::{Op, Shape};
use std::borrow::Cow;

/// How a layer puts its parents together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Join {
    /// Sum of the parents.
    Add,
    /// The parents' channels one after another.
    Concat,
}

/// What a layer is in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The image.
    Input,
    /// The first convolution or convolutions.
    Stem,
    /// Between two stacks, where the side halves.
    Reduction,
    /// An operation of a cell, or its node; see [`Origin::cell_edge`].
    Cell,
    /// What follows the last cell.
    Output,
}

/// Where a layer comes from, so that a view can tell what belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// What the layer is.
    pub part: Part,
    /// Stack (from 0), if it belongs to one.
    pub stack: Option<usize>,
    /// Cell within the stack (from 0), if it belongs to one.
    pub cell: Option<usize>,
    /// Position in [`crate::space::Cell::edges`] of the cell edge that it stands for.
    pub cell_edge: Option<usize>,
    /// Node of the (pruned) cell that it stands for, in spaces whose nodes carry the operations.
    pub cell_node: Option<usize>,
}

impl Origin {
    /// A layer outside stacks and cells.
    pub const fn of(part: Part) -> Self {
        Self { part, stack: None, cell: None, cell_edge: None, cell_node: None }
    }

    /// A layer of the reduction at the start of `stack`.
    pub const fn reduction(stack: usize) -> Self {
        Self { stack: Some(stack), ..Self::of(Part::Reduction) }
    }

    /// The layer of one edge of a cell.
    pub const fn cell_edge(stack: usize, cell: usize, edge: usize) -> Self {
        Self { stack: Some(stack), cell: Some(cell), cell_edge: Some(edge), ..Self::of(Part::Cell) }
    }

    /// A layer of one node of a cell.
    pub const fn cell_node(stack: usize, cell: usize, node: usize) -> Self {
        Self { stack: Some(stack), cell: Some(cell), cell_node: Some(node), ..Self::of(Part::Cell) }
    }
}

/// What a layer is built from; its shapes are inferred when it joins a network.
#[derive(Clone, Debug)]
pub struct LayerSpec {
    /// Short label, e.g. `stem`, `conv_a` or `0→1`.
    pub label: Cow<'static, str>,
    /// Operation that gives the layer its colour: an op name of the space, `conv` or `identity`.
    pub op_name: Cow<'static, str>,
    /// The chain of operations.
    pub module: Vec<Op>,
    /// How the parents are put together.
    pub join: Join,
    /// Where it comes from.
    pub origin: Origin,
    /// Shape that the layer is fed, where it is not the parents' (the input layer, and the places where the
    /// authors' code feeds a nominal size). `None`: inferred from the parents.
    pub input: Option<Shape>,
    /// Shape that the layer's children take it to have, where the authors' code states a nominal one. `None`: inferred.
    pub output: Option<Shape>,
}

impl LayerSpec {
    /// A layer that adds its parents up.
    pub fn add(
        label: impl Into<Cow<'static, str>>,
        op_name: impl Into<Cow<'static, str>>,
        module: Vec<Op>,
        origin: Origin,
    ) -> Self {
        Self {
            label: label.into(),
            op_name: op_name.into(),
            module,
            join: Join::Add,
            origin,
            input: None,
            output: None,
        }
    }
}

/// A layer with its inferred shapes.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What it was built from.
    pub spec: LayerSpec,
    /// Shape of the joined input.
    pub input: Shape,
    /// Shape of the output.
    pub output: Shape,
}

impl Layer {
    /// The module in words, e.g. `ReLU, conv 3×3, padding 1, 16 → 16, batch norm`.
    pub fn describe(&self) -> String {
        self.spec.module.iter().map(Op::to_string).collect::<Vec<_>>().join(" · ")
    }
}
