//! What a search looks at: cells, their accuracies, and which are one edit apart.

use super::SearchError;
use crate::{
    space::{Cell, Space},
    stats::Better,
};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Cells by number with their accuracies.
///
/// Only *known* cells, those whose accuracy is a number, can be drawn, mutated into or looked up: a search over a part of
/// a space moves within that part, and its figures hold for that part.
pub struct Landscape {
    cells: Cells,
    accuracy: Vec<f64>,
    better: Better,
    known: Vec<u32>,
    /// Known cells one edit away, found when they are first asked for.
    neighbours: Vec<OnceLock<Box<[u32]>>>,
}

enum Cells {
    /// The number of a cell is its index.
    Space(&'static dyn Space),
    /// The number of a cell is its place; cells with the same canonical form are one.
    List { cells: Vec<Box<dyn Cell>>, numbers: FxHashMap<String, u32> },
}

impl Landscape {
    /// All cells of a countable space.
    ///
    /// # Arguments
    /// * `accuracy`: one a cell in index order; NaN where it is not known.
    ///
    /// # Errors
    /// [`SearchError`] if the space is not countable, has another number of cells, or nothing is known.
    pub fn of_space(
        space: &'static dyn Space,
        accuracy: &[f64],
        better: Better,
    ) -> Result<Self, SearchError> {
        let size = space.size().ok_or(SearchError::Uncountable { space: space.id() })?;
        Self::new(Cells::Space(space), size, accuracy, better)
    }

    /// Listed cells, for spaces that cannot be counted or are known in part. A neighbour of a cell is found again by its
    /// canonical form, so no two of the cells may compute the same function; of those that do the first stands for all.
    ///
    /// # Errors
    /// [`SearchError`] if there is not one accuracy a cell, or nothing is known.
    pub fn of_cells(
        cells: Vec<Box<dyn Cell>>,
        accuracy: &[f64],
        better: Better,
    ) -> Result<Self, SearchError> {
        let count = cells.len();
        let mut numbers = FxHashMap::default();
        for (number, cell) in (0..).zip(&cells) {
            numbers.entry(cell.canonical()).or_insert(number);
        }
        Self::new(Cells::List { cells, numbers }, count, accuracy, better)
    }

    fn new(cells: Cells, count: usize, accuracy: &[f64], better: Better) -> Result<Self, SearchError> {
        if count != accuracy.len() {
            return Err(SearchError::Length { expected: count, found: accuracy.len() });
        }
        let known: Vec<u32> =
            (0..).zip(accuracy).filter(|(_, value)| !value.is_nan()).map(|(number, _)| number).collect();
        if known.is_empty() {
            return Err(SearchError::NothingKnown);
        }
        let neighbours = accuracy.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { cells, accuracy: accuracy.to_vec(), better, known, neighbours })
    }

    /// Numbers of the cells whose accuracy is known, ascending; at least one.
    pub fn known(&self) -> &[u32] {
        &self.known
    }

    /// Number of cells, known or not.
    pub fn cells(&self) -> usize {
        self.accuracy.len()
    }

    /// Which end of the accuracies is the good one.
    pub fn better(&self) -> Better {
        self.better
    }

    /// The accuracy of a cell; NaN if it is not known.
    pub fn accuracy(&self, cell: u32) -> f64 {
        self.accuracy.get(cell as usize).copied().unwrap_or(f64::NAN)
    }

    /// What `read` makes of a cell; `None` for a number that no cell has.
    pub fn read<T>(&self, cell: u32, read: impl FnOnce(&dyn Cell) -> T) -> Option<T> {
        match &self.cells {
            Cells::Space(space) => space.at(cell as usize).map(|cell| read(&*cell)),
            Cells::List { cells, .. } => cells.get(cell as usize).map(|cell| read(&**cell)),
        }
    }

    /// The known cells that are one edit away, in the order of [`Cell::neighbours`].
    pub fn neighbours(&self, cell: u32) -> &[u32] {
        let Some(kept) = self.neighbours.get(cell as usize) else { return &[] };
        kept.get_or_init(|| {
            let neighbours = self.read(cell, |cell| cell.neighbours()).unwrap_or_default();
            let number = |cell: Box<dyn Cell>| match &self.cells {
                Cells::Space(_) => cell.index().and_then(|index| u32::try_from(index).ok()),
                Cells::List { numbers, .. } => numbers.get(&cell.canonical()).copied(),
            };
            let known = |&number: &u32| !self.accuracy(number).is_nan();
            neighbours.into_iter().filter_map(number).filter(known).collect()
        })
    }

    /// The best known cell and its accuracy: the exhaustive optimum, the first in order if several share it.
    pub fn optimum(&self) -> (u32, f64) {
        let first = (self.known[0], self.accuracy(self.known[0]));
        self.known.iter().fold(first, |best, &cell| {
            let accuracy = self.accuracy(cell);
            if self.better.prefers(accuracy, best.1) { (cell, accuracy) } else { best }
        })
    }
}
