//! Where a cell stands among others by one proxy.

use super::{Evaluator, EvaluatorError, Proxy};
use crate::{
    space::{Cell, Space},
    stats::{RankResult, rank_of},
};

/// The cells that `cell` is compared with, itself included: a sample of `samples` by `seed`, or all of a countable
/// space if `samples` is `None`. The cell is added at the end if it is not among them.
pub fn compared_cells(
    space: &dyn Space,
    cell: &dyn Cell,
    samples: Option<usize>,
    seed: u64,
) -> Vec<Box<dyn Cell>> {
    let mut cells = match (samples, space.size()) {
        (None, Some(size)) => (0..size).filter_map(|index| space.at(index)).collect(),
        (count, _) => space.sample(count.unwrap_or(0), seed),
    };
    let text = cell.text();
    if cells.iter().all(|other| other.text() != text) {
        cells.extend(space.parse(&text));
    }
    cells
}

/// Rank of `cell` among [`compared_cells`].
///
/// # Errors
/// As [`Evaluator::values`].
pub fn rank(
    evaluator: &mut Evaluator,
    space: &dyn Space,
    cell: &dyn Cell,
    proxy: Proxy,
    samples: Option<usize>,
    seed: u64,
) -> Result<RankResult, EvaluatorError> {
    let value = evaluator.values(space, cell, &[proxy])?[0];
    let values = compared_cells(space, cell, samples, seed)
        .iter()
        .map(|other| evaluator.values(space, &**other, &[proxy]).map(|values| values[0]))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rank_of(&values, value, proxy.better()))
}
