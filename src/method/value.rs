//! A score, or why there is none.

use crate::{epsilon::Reason, nasgraph::NasgraphError, space::SpaceError};

/// A score, or why it is undefined.
pub type Value = Result<f64, Undefined>;

/// Why a score is undefined for a cell. That is a fact about the cell or its space, no failure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Undefined {
    /// The channel graph has no edge, or its expectation no closed form.
    #[error(transparent)]
    Graph(NasgraphError),
    /// ε is undefined.
    #[error("{0}")]
    Epsilon(Reason),
    /// The method does not cover the space.
    #[error(transparent)]
    NotCovered(SpaceError),
    /// The cell joins planes of different sides, which is no network.
    #[error(transparent)]
    NoNetwork(SpaceError),
}

/// The value as a number; NaN where it is undefined.
pub fn number(value: &Value) -> f64 {
    value.as_ref().copied().unwrap_or(f64::NAN)
}
