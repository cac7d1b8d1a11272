//! Kendall's rank correlation τ-b.

use super::{Pairs, fenwick::Fenwick};

/// Kendall's τ-b, as SciPy's `kendalltau`: (concordant − discordant) / √((n₀ − n₁)(n₀ − n₂)), where n₀ counts all pairs
/// of points, n₁ and n₂ those tied in the first and in the second column.
///
/// # Returns
/// τ in [−1, 1], or `None` if there are fewer than two pairs or a side is constant.
///
/// # Complexity
/// O(n log n): discordant pairs are inversions, counted with a Fenwick tree. Counts are exact integers.
///
/// ```
/// use cellscope::stats::{Pairs, kendall};
/// let pairs = Pairs::new(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0])?;
/// assert!((kendall(&pairs).unwrap() - 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), cellscope::stats::StatsError>(())
/// ```
pub fn kendall(pairs: &Pairs) -> Option<f64> {
    WeightedKendall::new(pairs).of(pairs, &pairs.ones())
}

/// τ-b of pairs that occur several times or not at all, with the memory for it.
pub(super) struct WeightedKendall {
    seen: Fenwick,
    x: Vec<u32>,
    y: Vec<u32>,
}

impl WeightedKendall {
    pub(super) fn new(pairs: &Pairs) -> Self {
        let (x, y) = pairs.groups;
        Self { seen: Fenwick::new(y), x: vec![0; x], y: vec![0; y] }
    }

    /// τ-b if pair `i` occurs `weights[i]` times.
    pub(super) fn of(&mut self, pairs: &Pairs, weights: &[u32]) -> Option<f64> {
        self.seen.clear();
        self.x.fill(0);
        self.y.fill(0);
        let (mut total, mut discordant, mut joint_ties) = (0, 0, 0);
        let (mut previous, mut equal) = (None, 0);
        // The pairs ascend by x, then by y: of those seen, the ones with a larger y have a smaller x.
        for (&(x, y), &weight) in pairs.ranks.iter().zip(weights) {
            if weight == 0 {
                continue;
            }
            if previous != Some((x, y)) {
                joint_ties += pairs_among(equal);
                (previous, equal) = (Some((x, y)), 0);
            }
            equal += weight;
            discordant += u64::from(weight) * u64::from(total - self.seen.through(y));
            self.seen.add(y, weight);
            total += weight;
            self.x[x as usize] += weight;
            self.y[y as usize] += weight;
        }
        joint_ties += pairs_among(equal);
        let all = pairs_among(total);
        let x_ties: u64 = self.x.iter().map(|&n| pairs_among(n)).sum();
        let y_ties: u64 = self.y.iter().map(|&n| pairs_among(n)).sum();
        if x_ties == all || y_ties == all {
            return None;
        }
        // Tied in neither: concordant + discordant. Each of these counts is below 2⁶³.
        let untied = (all - x_ties) - (y_ties - joint_ties);
        let difference = untied as i64 - 2 * discordant as i64;
        let scale = ((all - x_ties) as f64).sqrt() * ((all - y_ties) as f64).sqrt();
        Some((difference as f64 / scale).clamp(-1.0, 1.0))
    }
}

/// n(n − 1)/2.
fn pairs_among(n: u32) -> u64 {
    let n = u64::from(n);
    n * n.saturating_sub(1) / 2
}
