//! The cells with which a search begins: random ones, or the best by a proxy of some random ones.

use super::{Guide, Landscape, Method, Options, SearchError, guide::preference};
use crate::random::Random;

/// Different cells in the order in which a search may start from them.
#[derive(Clone, Debug)]
pub(super) struct Start {
    cells: Vec<u32>,
    /// Scores of the cells of the warm-up, as far as they are known.
    scores: Vec<f64>,
    warmup: usize,
    next: usize,
}

impl Start {
    /// Draws the cells.
    pub fn new(landscape: &Landscape, options: &Options, random: &mut Random) -> Self {
        let known = landscape.known();
        let needed = match options.method {
            Method::Random => options.budget,
            Method::AgeingEvolution => options.population,
            // Each may be a dead end.
            Method::LocalSearch => known.len(),
        };
        let places = random.distinct(known.len() as u32, needed.max(options.warmup));
        let cells = places.into_iter().map(|place| known[place as usize]).collect();
        Self { cells, scores: Vec::with_capacity(options.warmup), warmup: options.warmup, next: 0 }
    }

    /// Scores one more cell of the warm-up and, after the last, puts the preferred ones first (of equal ones the one
    /// drawn first). Returns how many are scored; `None` if there was nothing left to score.
    pub fn warm(
        &mut self,
        landscape: &Landscape,
        guide: Option<&mut dyn Guide>,
    ) -> Result<Option<usize>, SearchError> {
        let scored = self.scores.len();
        if scored >= self.warmup {
            return Ok(None);
        }
        let guide = guide.ok_or(SearchError::NoGuide { what: "warm-up" })?;
        self.scores.push(guide.score(landscape, self.cells[scored])?);
        if scored + 1 == self.warmup {
            let mut order: Vec<usize> = (0..self.warmup).collect();
            order.sort_by(|&a, &b| preference(guide.better(), self.scores[a], self.scores[b]));
            let best_first: Vec<u32> = order.into_iter().map(|place| self.cells[place]).collect();
            self.cells[..self.warmup].copy_from_slice(&best_first);
        }
        Ok(Some(scored + 1))
    }

    /// The next cell; `None` after the last.
    pub fn next(&mut self) -> Option<u32> {
        let cell = self.cells.get(self.next).copied();
        self.next += 1;
        cell
    }
}
