//! What can be asked of a cell: one file a method, listed once in [`all`].
//!
//! A method names its columns, says what their values depend on and which spaces it covers, and scores a cell. Command
//! line, page, sweeps, ranks and searches are views of [`Evaluator::report`], and name no method.

mod column;
mod cost;
mod epsilon;
mod evaluator;
mod expected;
mod nasgraph;
mod proxy;
mod subject;
mod tgnas;
mod value;

pub use column::{Column, Role};
pub use cost::Cost;
pub use epsilon::{Epsilon, EpsilonTool};
pub use evaluator::{Evaluator, EvaluatorError, Report, Settings, Tools};
pub use expected::ExpectedDegree;
pub use nasgraph::Nasgraph;
pub use proxy::Proxy;
pub use subject::Subject;
pub use tgnas::Tgnas;
pub use value::{Undefined, Value, number};

use crate::space::{Cell, Space, SpaceError};

/// What the values of a method depend on besides the cell. Whoever keeps values keeps them under these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depends {
    /// PyTorch seed of the surrogate's weights.
    Seed,
    /// The options of the surrogate network that the space has.
    Surrogate,
    /// The mini-batch.
    Batch,
    /// The two constant weights.
    Weights,
    /// The predictor's weights.
    Predictor,
}

impl Depends {
    /// Identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Depends::Seed => "seed",
            Depends::Surrogate => "surrogate",
            Depends::Batch => "batch",
            Depends::Weights => "weights",
            Depends::Predictor => "predictor",
        }
    }
}

/// How long a cell takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Thousands a second: kept up to date unasked.
    Quick,
    /// Milliseconds a cell and more: computed when asked for, with progress.
    Slow,
}

/// A training-free method.
pub trait Method: Sync + std::fmt::Debug {
    /// Identifier, as in `score --proxy`.
    fn id(&self) -> &'static str;

    /// What it is, in a few words.
    fn about(&self) -> &'static str;

    /// What it gives of a cell, in the order in which it is printed.
    fn columns(&self) -> &'static [Column];

    /// What the values depend on besides the cell.
    fn depends(&self) -> &'static [Depends];

    /// How long a cell takes.
    fn pace(&self) -> Pace {
        Pace::Quick
    }

    /// Whether cells that compute the same function have the same values, but for rounding.
    fn by_class(&self) -> bool {
        false
    }

    /// Whether an undefined value is a result that is printed with its reason, rather than a line that failed.
    fn prints_reason(&self) -> bool {
        false
    }

    /// Nothing if it is defined on a space, else the reason.
    ///
    /// # Errors
    /// [`SpaceError::NotCovered`].
    fn covers(&self, _space: &dyn Space) -> Result<(), SpaceError> {
        Ok(())
    }

    /// The values of a cell, one a column.
    ///
    /// # Errors
    /// [`EvaluatorError`] if the cell cannot be scored; an undefined value is none.
    fn score(&self, subject: &Subject, tools: &mut Tools) -> Result<Vec<Value>, EvaluatorError>;
}

/// All methods, in the order of lists.
pub fn all() -> &'static [&'static dyn Method] {
    &[&Nasgraph, &ExpectedDegree, &Epsilon, &Tgnas, &Cost]
}

/// The method of an identifier, with `-` or `_`, or of its main column.
pub fn find(id: &str) -> Option<&'static dyn Method> {
    let is_it =
        |method: &&dyn Method| same(method.id(), id) || method.columns().iter().any(|c| is_main(c, id));
    all().iter().copied().find(|method| is_it(method))
}

fn is_main(column: &Column, id: &str) -> bool {
    column.role == Role::Main && same(column.id, id)
}

/// The reason why a network of `space` is not covered, if `build` gives it for some cell.
fn reason<T>(
    space: &dyn Space,
    build: impl FnOnce(&dyn Cell) -> Result<T, SpaceError>,
) -> Result<(), SpaceError> {
    match space.sample(1, 0).first().map(|cell| build(&**cell)) {
        Some(Err(why @ SpaceError::NotCovered { .. })) => Err(why),
        _ => Ok(()),
    }
}

/// Whether two identifiers are the same, `-` and `_` not told apart.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| a == b || (a == b'-' && b == b'_'))
}
