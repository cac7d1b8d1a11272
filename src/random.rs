//! Seeded random choices that are the same natively and in WebAssembly.
//!
//! Not the random numbers of PyTorch: those are in `nasgraph::torch`.

use rand_core::RngCore;
use rand_pcg::Pcg32;

/// Stream number of every generator of this crate; any odd constant would do.
const STREAM: u64 = 0x0a02_bdbf_7bb3_c0a7;

/// A seeded generator (PCG-XSH-RR 64/32).
#[derive(Clone, Debug)]
pub struct Random(Pcg32);

impl Random {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(Pcg32::new(seed, STREAM))
    }

    /// A whole number below `bound`, uniformly (rejection, no bias).
    ///
    /// # Panics
    /// If `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "no number lies below 0");
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = u64::from(self.0.next_u32()) * u64::from(bound);
            if product as u32 >= threshold {
                return (product >> 32) as u32;
            }
        }
    }

    /// A number in [0, 1) with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A draw from N(0, 1) (Box–Muller, the second value is not kept).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(2.0 * core::f64::consts::PI * self.uniform())
    }

    /// `count` different numbers below `bound`, in random order (partial Fisher–Yates).
    ///
    /// `count` above `bound` gives all `bound` numbers.
    pub fn distinct(&mut self, bound: u32, count: usize) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..bound).collect();
        let count = count.min(numbers.len());
        for place in 0..count {
            let other = place + self.below(bound - place as u32) as usize;
            numbers.swap(place, other);
        }
        numbers.truncate(count);
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinct_draws_are_distinct_and_replay() {
        let draw = |seed| Random::new(seed).distinct(50, 20);
        let mut sorted = draw(3);
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), 20);
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
        assert_eq!(Random::new(1).distinct(5, 9).len(), 5);
    }

    #[test]
    fn below_is_uniform() {
        let mut random = Random::new(0);
        let mut counts = [0u32; 7];
        for _ in 0..70_000 {
            counts[random.below(7) as usize] += 1;
        }
        // χ² with 6 degrees of freedom: 22.5 is the 0.1 % point.
        let chi2: f64 = counts.iter().map(|&c| (f64::from(c) - 1e4).powi(2) / 1e4).sum();
        assert!(chi2 < 22.5, "{counts:?}");
    }

    #[test]
    fn normal_has_unit_moments() {
        let mut random = Random::new(5);
        let draws: Vec<f64> = (0..100_000).map(|_| random.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 1e5;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / 1e5 - mean * mean;
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    }
}
