//! Where a cell stands among others: the cells compared, and its rank among them.

use super::{KnownError, KnownTable, cells};
use crate::{
    random::Random,
    space::{Cell, Space, SpaceError},
    stats::{Better, RankResult, rank_of},
};

/// Why cells cannot be drawn.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DrawError {
    /// The table is not one of the space.
    #[error(transparent)]
    Known(#[from] KnownError),
    /// There are fewer cells than were asked for.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// All are asked for, and they cannot be listed.
    #[error("the cells of {space} cannot be listed")]
    Uncountable {
        /// Identifier of the space.
        space: &'static str,
    },
}

/// Most cells that are drawn where they cannot be counted.
pub const MOST_DRAWN: usize = 20_000;

/// The cells that ranks and correlations are about, `samples` of them by `seed` or all: those of the space where it can be
/// counted, else those of its table, else any that the space draws.
///
/// # Arguments
/// * `samples`: how many; `None` for all.
/// * `what`: how the number is called where it is wrong.
///
/// # Errors
/// [`DrawError`] if there are fewer, or if all are asked for and they cannot be listed.
pub fn compared_cells(
    space: &dyn Space,
    table: Option<&KnownTable>,
    samples: Option<usize>,
    seed: u64,
    what: &'static str,
) -> Result<Vec<Box<dyn Cell>>, DrawError> {
    let (size, table) = (space.size(), table.filter(|_| space.size().is_none()));
    let Some(table) = table else {
        let Some(count) = samples else {
            let size = size.ok_or(DrawError::Uncountable { space: space.id() })?;
            return Ok((0..size).filter_map(|index| space.at(index)).collect());
        };
        SpaceError::check(what, count, 1..=size.unwrap_or(MOST_DRAWN))?;
        return Ok(space.sample(count, seed));
    };
    let mut known: Vec<Option<Box<dyn Cell>>> = cells(space, table)?.into_iter().map(Some).collect();
    let Some(count) = samples else { return Ok(known.into_iter().flatten().collect()) };
    SpaceError::check(what, count, 1..=known.len())?;
    let drawn = Random::new(seed).distinct(known.len() as u32, count);
    Ok(drawn.into_iter().filter_map(|row| known[row as usize].take()).collect())
}

/// Gives a cell its seat among others: it takes the place of itself, or is added at the end.
///
/// Where a space cannot be listed, a cell is itself in whatever form it is written, and takes the place of an equal one: the
/// measures of NASGraph depend on how it is written.
///
/// # Returns
/// Its place.
pub fn seat(space: &dyn Space, cells: &mut Vec<Box<dyn Cell>>, cell: Box<dyn Cell>) -> usize {
    let place = match space.size() {
        Some(_) => {
            let text = cell.text();
            cells.iter().position(|other| other.text() == text)
        }
        None => {
            let canonical = cell.canonical();
            cells.iter().position(|other| other.canonical() == canonical)
        }
    };
    match place {
        Some(place) => {
            cells[place] = cell;
            place
        }
        None => {
            cells.push(cell);
            cells.len() - 1
        }
    }
}

/// Rank of the cell at `place` by a column of scores, NaN where undefined.
pub fn rank_at(scores: &[f64], place: usize, better: Better) -> RankResult {
    rank_of(scores, scores.get(place).copied().unwrap_or(f64::NAN), better)
}
