//! What a search refuses.

use crate::method::EvaluatorError;

/// Why a search cannot start or go on.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SearchError {
    /// There is not one accuracy a cell.
    #[error("there are {found} accuracies for {expected} cells")]
    Length {
        /// Number of cells.
        expected: usize,
        /// Number of accuracies.
        found: usize,
    },
    /// The cells of the space have no order to which a column could belong.
    #[error("the cells of {space} cannot be listed")]
    Uncountable {
        /// The space.
        space: &'static str,
    },
    /// There is nothing to find.
    #[error("the accuracy of no cell is known")]
    NothingKnown,
    /// A number out of range.
    #[error("the {what} must be {smallest} to {largest}{why}, not {found}")]
    Range {
        /// What the number is.
        what: &'static str,
        /// Smallest that is accepted.
        smallest: usize,
        /// Largest that is accepted.
        largest: usize,
        /// What the largest is, in brackets, or nothing.
        why: &'static str,
        /// What was given.
        found: usize,
    },
    /// Warm-up and move are by a proxy.
    #[error("a {what} needs a proxy as guide")]
    NoGuide {
        /// `warm-up` or `move`.
        what: &'static str,
    },
    /// Random search has no parents, children or neighbours.
    #[error("random search makes no moves")]
    NoMoves,
    /// No two known cells are one edit apart.
    #[error("no two cells of known accuracy are one edit apart: only random search is possible")]
    NoNeighbours,
    /// The guide failed.
    #[error(transparent)]
    Evaluator(#[from] EvaluatorError),
}

impl SearchError {
    /// Checks that a number is in range.
    ///
    /// # Errors
    /// [`SearchError::Range`] if not.
    pub(super) fn check(
        what: &'static str,
        found: usize,
        (smallest, largest): (usize, usize),
        why: &'static str,
    ) -> Result<(), Self> {
        if (smallest..=largest).contains(&found) {
            Ok(())
        } else {
            Err(Self::Range { what, smallest, largest, why, found })
        }
    }
}
