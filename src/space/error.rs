//! What can be wrong with a cell's text and with the settings of a network.

use super::Task;
use crate::network::ShapeError;
pub(crate) use crate::quote::quote;
use std::ops::RangeInclusive;

/// A text that is no cell of the space.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}")]
pub struct ParseError {
    /// What is wrong, in one sentence that quotes at most 80 characters.
    pub message: String,
    /// Where, in characters from 1.
    pub column: usize,
    /// The offending characters, at most 80; empty where something is missing.
    pub text: String,
}

impl ParseError {
    /// An error at a byte offset of `whole` about the bytes `start..end`.
    pub(crate) fn at(whole: &str, start: usize, end: usize, message: impl Into<String>) -> Self {
        Self::with_message(whole, start, end, message.into())
    }

    // Apart, so that it stands once in the page's module and not at every place that finds something wrong.
    #[cold]
    #[inline(never)]
    fn with_message(whole: &str, start: usize, end: usize, message: String) -> Self {
        let column = whole[..start].chars().count() + 1;
        Self { message, column, text: quote(&whole[start..end]) }
    }
}

/// A setting or a name that is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpaceError {
    /// A number out of range.
    #[error("{what} must be {} to {}, not {found}", range.start(), range.end())]
    Range {
        /// Name of the setting.
        what: &'static str,
        /// What is accepted.
        range: RangeInclusive<usize>,
        /// What was given.
        found: usize,
    },
    /// No such space.
    #[error("there is no search space `{id}`; known: {}", known_spaces())]
    UnknownSpace {
        /// What was asked for.
        id: String,
    },
    /// No such task.
    #[error("there is no task `{name}`; known: {}", Task::ALL.map(Task::name).join(", "))]
    UnknownTask {
        /// What was asked for.
        name: String,
    },
    /// Something that this space, or the method on it, does not have.
    #[error("{message}")]
    NotCovered {
        /// What, in one sentence.
        message: String,
    },
    /// The network's layers do not fit together.
    #[error(transparent)]
    Shape(#[from] ShapeError),
}

impl SpaceError {
    /// Checks that a setting is in range.
    ///
    /// # Errors
    /// [`SpaceError::Range`] if not.
    pub fn check(what: &'static str, found: usize, range: RangeInclusive<usize>) -> Result<(), Self> {
        if range.contains(&found) { Ok(()) } else { Err(Self::Range { what, range, found }) }
    }

    /// TG-NAS has no graph for the cells of a space.
    pub(crate) fn no_operator_graph(space: &str, why: &str) -> Self {
        Self::NotCovered { message: format!("the predictor does not cover {space}: {why}") }
    }

    /// The trained network of a space is not among ours.
    pub(crate) fn no_full_network(space: &str) -> Self {
        let message = format!(
            "the network that {space} trains is not built here, so neither its cost nor its ε is computed"
        );
        Self::NotCovered { message }
    }
}

fn known_spaces() -> String {
    super::all().iter().map(|space| space.id()).collect::<Vec<_>>().join(", ")
}
