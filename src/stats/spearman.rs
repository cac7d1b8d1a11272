//! Spearman's rank correlation.

use super::Pairs;

/// Spearman's ρ, ties by average ranks, as SciPy's `spearmanr`.
///
/// # Returns
/// ρ in [−1, 1], or `None` if there are fewer than two pairs or a side is constant.
///
/// # Complexity
/// O(n) once the pairs are ranked.
///
/// ```
/// use cellscope::stats::{Pairs, spearman};
/// let pairs = Pairs::new(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0])?;
/// assert_eq!(spearman(&pairs), Some(0.8));
/// # Ok::<(), cellscope::stats::StatsError>(())
/// ```
pub fn spearman(pairs: &Pairs) -> Option<f64> {
    WeightedSpearman::new(pairs).of(pairs, &pairs.ones())
}

/// ρ of pairs that occur several times or not at all, with the memory for it.
pub(super) struct WeightedSpearman {
    x: Vec<f64>,
    y: Vec<f64>,
}

impl WeightedSpearman {
    pub(super) fn new(pairs: &Pairs) -> Self {
        Self { x: vec![0.0; pairs.groups.0], y: vec![0.0; pairs.groups.1] }
    }

    /// ρ if pair `i` occurs `weights[i]` times.
    ///
    /// Ranks are doubled and centred, 2·(rank − mean rank) = 2·before + ties − n, which makes them integers: all sums
    /// are exact as long as n³ < 2⁵³ (n ≤ 208,063), and in a fixed order beyond.
    pub(super) fn of(&mut self, pairs: &Pairs, weights: &[u32]) -> Option<f64> {
        self.x.fill(0.0);
        self.y.fill(0.0);
        let mut total = 0.0;
        for (&(x, y), &weight) in pairs.ranks.iter().zip(weights) {
            self.x[x as usize] += f64::from(weight);
            self.y[y as usize] += f64::from(weight);
            total += f64::from(weight);
        }
        let x_variance = centre(&mut self.x, total);
        let y_variance = centre(&mut self.y, total);
        if x_variance == 0.0 || y_variance == 0.0 {
            return None;
        }
        let mut covariance = 0.0;
        for (&(x, y), &weight) in pairs.ranks.iter().zip(weights) {
            covariance += f64::from(weight) * self.x[x as usize] * self.y[y as usize];
        }
        Some((covariance / (x_variance * y_variance).sqrt()).clamp(-1.0, 1.0))
    }
}

/// Turns the sizes of tied groups into their doubled, centred average ranks; returns the sum of squares over the pairs.
fn centre(groups: &mut [f64], total: f64) -> f64 {
    let (mut before, mut squares) = (0.0, 0.0);
    for group in groups {
        let ties = *group;
        let rank = 2.0 * before + ties - total;
        before += ties;
        squares += ties * rank * rank;
        *group = rank;
    }
    squares
}
