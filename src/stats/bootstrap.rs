//! Percentile bootstrap intervals for ρ and τ-b.

use super::{
    Pairs,
    lanes::{self, Lanes},
    quantile,
};
use rand_core::{RngCore, SeedableRng};
use rand_pcg::Pcg32;

/// 95 % intervals, low and high end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Intervals {
    /// Of Spearman's ρ.
    pub spearman: Option<(f64, f64)>,
    /// Of Kendall's τ-b.
    pub kendall: Option<(f64, f64)>,
}

/// Percentile bootstrap: draws as many pairs as there are, with replacement, `resamples` times, and returns the 2.5 % and
/// 97.5 % quantiles of ρ and τ-b over the resamples (the same resamples for both).
///
/// # Arguments
/// * `seed`: of the generator (PCG XSH-RR 64/32); same seed, same bits, in native code and WebAssembly. The order in
///   which the pairs were given does not matter.
///
/// # Returns
/// `None` for a measure that no resample defines (fewer than two pairs, constant columns, no resamples). Resamples in
/// which a measure is undefined are left out. Of few pairs such an interval is too narrow.
///
/// # Complexity
/// A resample is a vector of multiplicities over pairs that are already ranked: O(n) for ρ, O(n log n) for τ, no sorting.
pub fn bootstrap(pairs: &Pairs, resamples: usize, seed: u64) -> Intervals {
    let mut run = Bootstrap::new(vec![pairs.clone()], resamples, seed);
    run.step(usize::MAX);
    run.intervals(0)
}

/// [`bootstrap`] of several comparisons, in steps, so that a worker can report and stop. Where equally many pairs are
/// defined, resamples are drawn once for all: they depend on that number and the seed alone.
pub struct Bootstrap {
    pairs: Vec<Pairs>,
    found: Vec<Statistics>,
    shares: Vec<Share>,
    resamples: usize,
    done: usize,
    lanes: Lanes,
}

/// ρ and τ-b by resample, where defined.
#[derive(Clone, Default)]
struct Statistics {
    rhos: Vec<f64>,
    taus: Vec<f64>,
}

/// Comparisons of equally many pairs, and how far they are.
struct Share {
    members: Vec<usize>,
    draws: Draws,
    /// Resamples that all members have, and how many of the members have the next ones as well.
    done: usize,
    member: usize,
    /// Resamples that are drawn and looked at together.
    block: usize,
}

impl Bootstrap {
    /// Before the first resample.
    pub fn new(pairs: Vec<Pairs>, resamples: usize, seed: u64) -> Self {
        let mut shares: Vec<Share> = Vec::new();
        for (member, one) in pairs.iter().enumerate() {
            let Some(draws) = Draws::new(one.defined(), seed) else { continue };
            match shares.iter_mut().find(|share| share.draws.below.bound == draws.below.bound) {
                Some(share) => share.members.push(member),
                None => {
                    let block = lanes::block(one.defined());
                    shares.push(Share { members: vec![member], draws, done: 0, member: 0, block });
                }
            }
        }
        let found = vec![Statistics::default(); pairs.len()];
        Self { pairs, found, shares, resamples, done: 0, lanes: Lanes::default() }
    }

    /// What is compared.
    pub fn pairs(&self) -> &[Pairs] {
        &self.pairs
    }

    /// Resamples in all, summed over the comparisons.
    pub fn total(&self) -> usize {
        self.shares.iter().map(|share| share.members.len() * self.resamples).sum()
    }

    /// Resamples so far, summed over the comparisons.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Does so many resamples of a comparison, rounded up to what is done together.
    pub fn step(&mut self, resamples: usize) {
        let until = self.done.saturating_add(resamples);
        while self.done < until {
            let Some(share) = self.shares.iter_mut().find(|share| share.done < self.resamples) else {
                return;
            };
            let count = share.block.min(self.resamples - share.done);
            if share.member == 0 {
                share.draws.side_by_side(count, &mut self.lanes.weights);
            }
            let member = share.members[share.member];
            let (pairs, found) = (&self.pairs[member], &mut self.found[member]);
            self.lanes.first(count, pairs).for_each(|both| found.push(both));
            self.done += count;
            share.member += 1;
            if share.member == share.members.len() {
                share.member = 0;
                share.done += count;
            }
        }
    }

    /// The intervals of a comparison, over the resamples so far.
    ///
    /// # Panics
    /// If there is no such comparison.
    pub fn intervals(&self, comparison: usize) -> Intervals {
        let Statistics { rhos, taus } = self.found[comparison].clone();
        Intervals { spearman: interval(rhos), kendall: interval(taus) }
    }
}

impl Statistics {
    fn push(&mut self, (rho, tau): lanes::Both) {
        self.rhos.extend(rho);
        self.taus.extend(tau);
    }
}

/// The 2.5 % and 97.5 % quantiles; `None` of nothing.
pub(super) fn interval(mut statistics: Vec<f64>) -> Option<(f64, f64)> {
    statistics.sort_unstable_by(f64::total_cmp);
    Some((quantile(&statistics, 0.025)?, quantile(&statistics, 0.975)?))
}

/// The draws of one seed: resample after resample of numbers below `count`, with replacement.
pub(super) struct Draws {
    below: Below,
    generator: Pcg32,
}

impl Draws {
    /// `None` if there is nothing to draw from.
    pub(super) fn new(count: usize, seed: u64) -> Option<Self> {
        let below = Below::new(u32::try_from(count).ok()?)?;
        Some(Self { below, generator: Pcg32::seed_from_u64(seed) })
    }

    /// The next `count` resamples, one after another, each into its lane: how often each number is drawn.
    pub(super) fn side_by_side(&mut self, count: usize, copies: &mut Vec<lanes::Counts>) {
        copies.clear();
        // Lanes that are not wanted hold every number once.
        copies.resize(self.below.bound as usize, std::array::from_fn(|lane| u16::from(lane >= count)));
        for lane in 0..count {
            for _ in 0..self.below.bound {
                copies[self.below.next(&mut self.generator) as usize][lane] += 1;
            }
        }
    }
}

/// Uniform integers below a bound, without bias: Lemire, "Fast random integer generation in an interval", 2019.
struct Below {
    bound: u32,
    /// 2³² mod bound: products with a smaller low half would favour some results.
    rejected: u32,
}

impl Below {
    /// `None` for a bound of 0.
    fn new(bound: u32) -> Option<Self> {
        Some(Self { bound, rejected: bound.wrapping_neg().checked_rem(bound)? })
    }

    fn next(&self, generator: &mut Pcg32) -> u32 {
        loop {
            let product = u64::from(generator.next_u32()) * u64::from(self.bound);
            if product as u32 >= self.rejected {
                return (product >> 32) as u32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{kendall::WeightedKendall, spearman::WeightedSpearman};
    use proptest::prelude::*;

    proptest! {
        /// A pair that occurs `w` times counts as `w` pairs written out, and one that occurs 0 times as absent.
        #[test]
        fn multiplicities_are_repetitions(points in prop::collection::vec((0..6_u8, 0..6_u8, 0..4_u32), 0..40)) {
            let column = |side: fn(&(u8, u8, u32)) -> u8| points.iter().map(|p| f64::from(side(p))).collect::<Vec<_>>();
            let mut points = points.clone();
            let pairs = Pairs::new(&column(|p| p.0), &column(|p| p.1)).unwrap();
            // `Pairs` sorts its points; the multiplicities must follow.
            points.sort_by_key(|p| (p.0, p.1));
            let weights: Vec<u32> = points.iter().map(|p| p.2).collect();
            let written_out: Vec<(f64, f64)> = points
                .iter()
                .flat_map(|p| std::iter::repeat_n((f64::from(p.0), f64::from(p.1)), p.2 as usize))
                .collect();
            let (x, y): (Vec<f64>, Vec<f64>) = written_out.into_iter().unzip();
            let plain = Pairs::new(&x, &y).unwrap();
            prop_assert_eq!(WeightedSpearman::new(&pairs).of(&pairs, &weights), crate::stats::spearman(&plain));
            prop_assert_eq!(WeightedKendall::new(&pairs).of(&pairs, &weights), crate::stats::kendall(&plain));
        }
    }

    #[test]
    fn draws_are_uniform() {
        let draw = Below::new(5).unwrap();
        let mut generator = Pcg32::seed_from_u64(0);
        let mut counts = [0_u32; 5];
        for _ in 0..50_000 {
            counts[draw.next(&mut generator) as usize] += 1;
        }
        // Standard deviation of each count: 89.
        assert!(counts.iter().all(|&n| n.abs_diff(10_000) < 400), "{counts:?}");
        assert!(Below::new(0).is_none());
    }
}
