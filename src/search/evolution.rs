//! Ageing evolution: which cell is next, and who lives.

use super::{Guide, Landscape, Move, Options, SearchError, guide::preference};
use crate::random::Random;
use std::collections::VecDeque;

/// A member of the population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Member {
    pub cell: u32,
    pub accuracy: f64,
    /// NaN if undefined or not asked for.
    pub score: f64,
}

/// The population, the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Evolution {
    members: VecDeque<Member>,
}

impl Evolution {
    /// Whether the initial population is complete.
    pub fn is_full(&self, options: &Options) -> bool {
        self.members.len() >= options.population
    }

    /// Adds the youngest member; the oldest dies if there are too many.
    pub fn join(&mut self, member: Member, options: &Options) {
        if self.is_full(options) {
            self.members.pop_front();
        }
        self.members.push_back(member);
    }

    /// The cell to look up next: a child of a tournament's best, of equal ones the youngest. A parent without known
    /// neighbours has a random cell as its child.
    pub fn child(
        &self,
        landscape: &Landscape,
        options: &Options,
        guide: Option<&mut dyn Guide>,
        random: &mut Random,
    ) -> Result<u32, SearchError> {
        let mut tournament = random.distinct(self.members.len() as u32, options.tournament);
        tournament.sort_unstable();
        let members = tournament.into_iter().filter_map(|place| self.members.get(place as usize));
        let parent = match (options.guided_move, &guide) {
            // `min_by` keeps the first of equal ones, and the youngest are last.
            (Some(Move::Parent), Some(guide)) => {
                let better = guide.better();
                members.rev().min_by(|a, b| preference(better, a.score, b.score))
            }
            _ => members.rev().min_by(|a, b| preference(landscape.better(), a.accuracy, b.accuracy)),
        };
        let children = parent.map_or(&[][..], |parent| landscape.neighbours(parent.cell));
        if children.is_empty() {
            let known = landscape.known();
            return Ok(known[random.below(known.len() as u32) as usize]);
        }
        match (options.guided_move, guide) {
            (Some(Move::Children), Some(guide)) => {
                let mut best: Option<(u32, f64)> = None;
                for place in random.distinct(children.len() as u32, options.candidates) {
                    let cell = children[place as usize];
                    let score = guide.score(landscape, cell)?;
                    if best.is_none_or(|(_, other)| preference(guide.better(), score, other).is_lt()) {
                        best = Some((cell, score));
                    }
                }
                Ok(best.map_or(children[0], |(cell, _)| cell))
            }
            _ => Ok(children[random.below(children.len() as u32) as usize]),
        }
    }
}
