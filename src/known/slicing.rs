//! Ways to cut the cells of a space into slices within which a score is looked at.

use crate::{
    space::{Cell, convs, skips},
    stats::deciles,
};

/// A way to cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slicing {
    /// By decile of the accuracy, 0 (lowest) to 9.
    Decile,
    /// By number of convolutions, those on dead edges included.
    Convs,
    /// Without (0) and with (1) a skip connection, on a dead edge or not.
    Skip,
}

impl Slicing {
    /// All ways.
    pub const ALL: [Slicing; 3] = [Slicing::Decile, Slicing::Convs, Slicing::Skip];

    /// Identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Slicing::Decile => "decile",
            Slicing::Convs => "convs",
            Slicing::Skip => "skip",
        }
    }

    /// The way of an identifier.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slicing| slicing.id() == id)
    }

    /// The slice of each cell.
    ///
    /// # Arguments
    /// * `accuracy`: one a cell; a cell of unknown accuracy (NaN) has no decile.
    pub fn groups(self, cells: impl Iterator<Item = Box<dyn Cell>>, accuracy: &[f64]) -> Vec<Option<usize>> {
        match self {
            Slicing::Decile => deciles(accuracy),
            Slicing::Convs => cells.map(|cell| Some(convs(&*cell))).collect(),
            Slicing::Skip => cells.map(|cell| Some(usize::from(skips(&*cell) > 0))).collect(),
        }
    }
}
