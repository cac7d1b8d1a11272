//! Percentile bootstrap intervals for ρ and τ-b.

use super::{Pairs, kendall::WeightedKendall, quantile, spearman::WeightedSpearman};
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
    let Some(mut draws) = Draws::new(pairs.defined(), seed) else {
        return Intervals::default();
    };
    let mut spearman = WeightedSpearman::new(pairs);
    let mut kendall = WeightedKendall::new(pairs);
    let (mut rhos, mut taus) = (Vec::new(), Vec::new());
    let mut weights = vec![0_u32; pairs.defined()];
    for _ in 0..resamples {
        weights.fill(0);
        draws.resample(|drawn| weights[drawn] += 1);
        rhos.extend(spearman.of(pairs, &weights));
        taus.extend(kendall.of(pairs, &weights));
    }
    Intervals { spearman: interval(rhos), kendall: interval(taus) }
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

    /// As many draws as there are numbers.
    pub(super) fn resample(&mut self, mut drawn: impl FnMut(usize)) {
        for _ in 0..self.below.bound {
            drawn(self.below.next(&mut self.generator) as usize);
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
