//! One run of a search, a step at a time.

use super::{
    Guide, Landscape, Method, Options, SearchError,
    evolution::{Evolution, Member},
    local::Local,
    start::Start,
};
use crate::random::Random;

/// One look-up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Which look-up of the run, from 1.
    pub step: usize,
    /// Number of the cell.
    pub cell: u32,
    /// Its score by the guide; NaN if undefined or without guide.
    pub score: f64,
    /// Its accuracy.
    pub accuracy: f64,
    /// Best accuracy of the run so far, this one included.
    pub best: f64,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// Scored so many of the cells of the warm-up, in all.
    Warmed(usize),
    /// Looked up an accuracy.
    Looked(Row),
}

/// One run of a search.
#[derive(Clone, Debug)]
pub struct Run {
    options: Options,
    random: Random,
    start: Start,
    strategy: Strategy,
    steps: usize,
    best: f64,
}

#[derive(Clone, Debug)]
enum Strategy {
    Random,
    Evolution(Evolution),
    Local(Local),
}

/// The seed of a run: SplitMix64 (Steele et al. 2014) of the search's seed, the run's number being the step.
pub(super) fn seed_of_run(seed: u64, run: u64) -> u64 {
    let mut z = seed.wrapping_add(run.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Run {
    /// A run that has not begun.
    ///
    /// # Arguments
    /// * `seed`: of the search; `run`: which run of it, from 0. Runs are independent of each other and of how many there
    ///   are.
    ///
    /// # Errors
    /// As [`Options::check`]; a missing guide is noticed when it is needed.
    pub fn new(landscape: &Landscape, options: &Options, seed: u64, run: u64) -> Result<Self, SearchError> {
        options.check(landscape, true)?;
        let mut random = Random::new(seed_of_run(seed, run));
        let start = Start::new(landscape, options, &mut random);
        let strategy = match options.method {
            Method::Random => Strategy::Random,
            Method::AgeingEvolution => Strategy::Evolution(Evolution::default()),
            Method::LocalSearch => Strategy::Local(Local::default()),
        };
        Ok(Self { options: *options, random, start, strategy, steps: 0, best: f64::NAN })
    }

    /// Scores one cell of the warm-up or looks up one accuracy; `None` when the budget is spent.
    ///
    /// # Arguments
    /// * `landscape`, `guide`: the same in all steps.
    ///
    /// # Errors
    /// [`SearchError`] if the guide is needed and missing, or fails.
    pub fn step(
        &mut self,
        landscape: &Landscape,
        guide: Option<&mut dyn Guide>,
    ) -> Result<Option<Event>, SearchError> {
        let mut guide = guide;
        if self.steps == self.options.budget {
            return Ok(None);
        }
        if let Some(scored) = self.start.warm(landscape, reborrow(&mut guide))? {
            return Ok(Some(Event::Warmed(scored)));
        }
        if self.options.guided_move.is_some() && guide.is_none() {
            return Err(SearchError::NoGuide { what: "move" });
        }
        let Some(cell) = self.next(landscape, reborrow(&mut guide))? else { return Ok(None) };
        let score = match guide {
            Some(guide) => guide.score(landscape, cell)?,
            None => f64::NAN,
        };
        let member = Member { cell, accuracy: landscape.accuracy(cell), score };
        match &mut self.strategy {
            Strategy::Random => {}
            Strategy::Evolution(evolution) => evolution.join(member, &self.options),
            Strategy::Local(local) => local.look(cell),
        }
        self.steps += 1;
        if self.best.is_nan() || landscape.better().prefers(member.accuracy, self.best) {
            self.best = member.accuracy;
        }
        let Member { cell, accuracy, score } = member;
        Ok(Some(Event::Looked(Row { step: self.steps, cell, score, accuracy, best: self.best })))
    }

    fn next(
        &mut self,
        landscape: &Landscape,
        guide: Option<&mut dyn Guide>,
    ) -> Result<Option<u32>, SearchError> {
        let Self { options, random, start, strategy, .. } = self;
        match strategy {
            Strategy::Random => Ok(start.next()),
            Strategy::Evolution(evolution) if evolution.is_full(options) => {
                evolution.child(landscape, options, guide, random).map(Some)
            }
            Strategy::Evolution(_) => Ok(start.next()),
            Strategy::Local(local) => local.next(landscape, options, guide, random, start),
        }
    }

    /// All rows that are left: as many as the budget if the run has not begun.
    ///
    /// # Errors
    /// As [`Run::step`].
    pub fn rows(
        mut self,
        landscape: &Landscape,
        guide: Option<&mut dyn Guide>,
    ) -> Result<Vec<Row>, SearchError> {
        let mut guide = guide;
        let mut rows = Vec::with_capacity(self.options.budget - self.steps);
        while let Some(event) = self.step(landscape, reborrow(&mut guide))? {
            if let Event::Looked(row) = event {
                rows.push(row);
            }
        }
        Ok(rows)
    }
}

/// Lends the guide without giving it away.
pub(super) fn reborrow<'a>(guide: &'a mut Option<&mut dyn Guide>) -> Option<&'a mut dyn Guide> {
    match guide {
        Some(guide) => Some(&mut **guide),
        None => None,
    }
}
