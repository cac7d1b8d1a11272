//! The proxy that guides a search.

use super::{Landscape, SearchError};
use crate::{
    method::{Evaluator, Proxy},
    space::Space,
    stats::Better,
};
use std::{
    cmp::Ordering,
    sync::{Arc, OnceLock},
};

/// Scores of cells by a proxy.
pub trait Guide {
    /// Which end of the scores is the good one.
    fn better(&self) -> Better;

    /// The score of a cell; NaN where it is undefined.
    ///
    /// # Errors
    /// [`SearchError::Evaluator`] if the cell cannot be scored.
    fn score(&mut self, landscape: &Landscape, cell: u32) -> Result<f64, SearchError>;
}

/// Order of two scores, the preferred first; an undefined one comes after all others.
pub(super) fn preference(better: Better, a: f64, b: f64) -> Ordering {
    let behind =
        |first: f64, second: f64| !first.is_nan() && (second.is_nan() || better.prefers(first, second));
    behind(b, a).cmp(&behind(a, b))
}

/// Scores that are there already: a tabulated column, or one computed before.
#[derive(Clone, Debug)]
pub struct ColumnGuide<'a> {
    /// One a cell, by number; NaN where it is undefined. A cell beyond the end has none.
    pub scores: &'a [f64],
    /// Which end is the good one.
    pub better: Better,
}

impl Guide for ColumnGuide<'_> {
    fn better(&self) -> Better {
        self.better
    }

    fn score(&mut self, _landscape: &Landscape, cell: u32) -> Result<f64, SearchError> {
        Ok(self.scores.get(cell as usize).copied().unwrap_or(f64::NAN))
    }
}

/// Scores as they become known, shared among the threads that compute them.
#[derive(Clone, Debug)]
pub struct Scores(Arc<[OnceLock<f64>]>);

impl Scores {
    /// Room for the scores of so many cells.
    pub fn new(cells: usize) -> Self {
        Self((0..cells).map(|_| OnceLock::new()).collect())
    }

    /// The score of a cell, if it is known by now.
    pub fn get(&self, cell: u32) -> Option<f64> {
        self.0.get(cell as usize)?.get().copied()
    }

    /// Keeps the score of a cell; false if it was known already. (A score does not depend on who computes it.)
    pub fn keep(&self, cell: u32, score: f64) -> bool {
        self.0.get(cell as usize).is_some_and(|place| place.set(score).is_ok())
    }
}

/// Scores that are computed when a search asks for them.
pub struct ProxyGuide {
    space: &'static dyn Space,
    proxy: Proxy,
    evaluator: Evaluator,
    scores: Scores,
}

impl ProxyGuide {
    /// A guide by a proxy.
    ///
    /// # Arguments
    /// * `evaluator`: with a batch if the proxy is ε.
    /// * `scores`: room for all cells of the landscape; shared with other guides by the same proxy and settings.
    pub fn new(space: &'static dyn Space, proxy: Proxy, evaluator: Evaluator, scores: Scores) -> Self {
        Self { space, proxy, evaluator, scores }
    }

    /// The evaluator, for settings that become known later.
    pub fn evaluator(&mut self) -> &mut Evaluator {
        &mut self.evaluator
    }
}

impl Guide for ProxyGuide {
    fn better(&self) -> Better {
        self.proxy.better()
    }

    fn score(&mut self, landscape: &Landscape, cell: u32) -> Result<f64, SearchError> {
        if let Some(score) = self.scores.get(cell) {
            return Ok(score);
        }
        let values = landscape.read(cell, |cell| self.evaluator.values(self.space, cell, &[self.proxy]));
        let score = match values.transpose()? {
            Some(values) => values.first().copied().unwrap_or(f64::NAN),
            None => f64::NAN,
        };
        self.scores.keep(cell, score);
        Ok(score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undefined_scores_come_last() {
        let sorted = |better| {
            let mut scores = [2.0, f64::NAN, 3.0, -f64::INFINITY, f64::NAN, f64::INFINITY];
            scores.sort_by(|&a, &b| preference(better, a, b));
            assert!(scores[4].is_nan() && scores[5].is_nan());
            [scores[0], scores[1], scores[2], scores[3]]
        };
        assert_eq!(sorted(Better::Larger), [f64::INFINITY, 3.0, 2.0, -f64::INFINITY]);
        assert_eq!(sorted(Better::Smaller), [-f64::INFINITY, 2.0, 3.0, f64::INFINITY]);
    }
}
