//! Local search: climb to the first better neighbour, start again where there is none.

use super::{Guide, Landscape, Options, SearchError, guide::preference, start::Start};
use crate::random::Random;
use rustc_hash::FxHashSet;

#[derive(Clone, Debug, Default)]
pub(super) struct Local {
    /// Cells that were looked up: their accuracy is known for nothing.
    seen: FxHashSet<u32>,
    /// Where the climb stands; `None` before a start.
    here: Option<u32>,
    /// Neighbours to look at, the next one last.
    queue: Vec<u32>,
}

impl Local {
    /// The cell to look up next; `None` if all have been.
    pub fn next(
        &mut self,
        landscape: &Landscape,
        options: &Options,
        guide: Option<&mut dyn Guide>,
        random: &mut Random,
        start: &mut Start,
    ) -> Result<Option<u32>, SearchError> {
        let mut guide = guide.filter(|_| options.guided_move.is_some());
        while let Some(here) = self.here {
            match self.queue.pop() {
                // The last one that was looked up, or one looked up in an earlier climb.
                Some(cell) if self.seen.contains(&cell) => {
                    if landscape.better().prefers(landscape.accuracy(cell), landscape.accuracy(here)) {
                        self.go(cell, landscape, super::run::reborrow(&mut guide), random)?;
                    }
                }
                Some(cell) => {
                    // It is judged when its turn comes again.
                    self.queue.push(cell);
                    return Ok(Some(cell));
                }
                None => self.here = None,
            }
        }
        while let Some(cell) = start.next() {
            if !self.seen.contains(&cell) {
                self.go(cell, landscape, guide, random)?;
                return Ok(Some(cell));
            }
        }
        Ok(None)
    }

    /// Stands at a cell, with its neighbours still to be looked at: in random order, or in that of the guide.
    fn go(
        &mut self,
        cell: u32,
        landscape: &Landscape,
        guide: Option<&mut dyn Guide>,
        random: &mut Random,
    ) -> Result<(), SearchError> {
        let all = landscape.neighbours(cell);
        let order = random.distinct(all.len() as u32, all.len());
        self.queue = order.into_iter().map(|place| all[place as usize]).collect();
        if let Some(guide) = guide {
            let mut scored = Vec::with_capacity(self.queue.len());
            for &cell in &self.queue {
                scored.push((guide.score(landscape, cell)?, cell));
            }
            scored.sort_by(|a, b| preference(guide.better(), b.0, a.0));
            self.queue = scored.into_iter().map(|(_, cell)| cell).collect();
        }
        self.here = Some(cell);
        Ok(())
    }

    /// Remembers a cell that was looked up.
    pub fn look(&mut self, cell: u32) {
        self.seen.insert(cell);
    }
}
