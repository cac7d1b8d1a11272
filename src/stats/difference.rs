//! Whether one score orders better than another: the difference of their correlations over the same cells.

use super::{
    Pairs, StatsError,
    bootstrap::{Draws, interval},
    lanes::{self, Both, Counts, Lanes},
};
use serde::Serialize;

/// By how much one score's rank correlation exceeds another's; positive where the first one's is higher.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// Cells given.
    pub cells: usize,
    /// Cells in which both scores and the accuracy are defined: the ones used.
    pub defined: usize,
    /// Of Spearman's ρ; `None` where either has none.
    pub spearman: Option<f64>,
    /// Low end of its 95 % bootstrap interval.
    pub spearman_low: Option<f64>,
    /// High end of its 95 % bootstrap interval.
    pub spearman_high: Option<f64>,
    /// Of Kendall's τ-b; `None` where either has none.
    pub kendall: Option<f64>,
    /// Low end of its 95 % bootstrap interval.
    pub kendall_low: Option<f64>,
    /// High end of its 95 % bootstrap interval.
    pub kendall_high: Option<f64>,
}

/// The difference of the correlations of two scores with `y`, over the cells in which all three are defined (not NaN), with
/// 95 % percentile intervals of the paired bootstrap if `resamples` > 0.
///
/// A resample draws cells, and both correlations are taken over the same ones. What chance does to both alike cancels, so that
/// the interval is narrower than two separate ones suggest: these may overlap though that of the difference is clear of 0.
///
/// # Arguments
/// * `seed`: the draws are those of [`super::bootstrap`], but they number the cells in the order given: sorted pairs, which
///   that one numbers, are other cells for another score.
///
/// # Returns
/// Resamples in which either correlation is undefined are left out. Swapping the scores turns the signs, to rounding.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
///
/// # Complexity
/// O(n log n) for the values, and twice O(n log n) for each resample.
///
/// ```
/// use cellscope::stats::difference;
/// let found = difference(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0], &[10.0, 20.0, 30.0], 0, 0)?;
/// assert_eq!((found.defined, found.spearman), (3, Some(0.5)));
/// # Ok::<(), cellscope::stats::StatsError>(())
/// ```
pub fn difference(
    first: &[f64],
    second: &[f64],
    y: &[f64],
    resamples: usize,
    seed: u64,
) -> Result<Difference, StatsError> {
    for other in [second, y] {
        if other.len() != first.len() {
            return Err(StatsError::Lengths { left: first.len(), right: other.len() });
        }
    }
    let all = |&cell: &usize| !(first[cell].is_nan() || second[cell].is_nan() || y[cell].is_nan());
    let defined: Vec<usize> = (0..y.len()).filter(all).collect();
    let part = |column: &[f64]| defined.iter().map(|&cell| column[cell]).collect::<Vec<_>>();
    let y = part(y);
    let mut scores = [Score::new(&part(first), &y), Score::new(&part(second), &y)];
    let mut found = Difference { cells: first.len(), defined: defined.len(), ..Difference::default() };

    let mut copies = vec![[1; lanes::LANES]; defined.len()];
    (found.spearman, found.kendall) = leads(&mut scores, &copies, 1)[0];
    let Some(mut draws) = Draws::new(defined.len(), seed) else {
        return Ok(found);
    };
    let (mut rhos, mut taus) = (Vec::new(), Vec::new());
    let block = lanes::block(defined.len());
    for done in (0..resamples).step_by(block) {
        let count = block.min(resamples - done);
        draws.side_by_side(count, &mut copies);
        for (rho, tau) in leads(&mut scores, &copies, count) {
            rhos.extend(rho);
            taus.extend(tau);
        }
    }
    (found.spearman_low, found.spearman_high) = interval(rhos).unzip();
    (found.kendall_low, found.kendall_high) = interval(taus).unzip();
    Ok(found)
}

/// By how much the first one's ρ and τ exceed the second one's in each of `count` resamples, in which cell `i` occurs
/// `copies[i]` times.
fn leads(scores: &mut [Score; 2], copies: &[Counts], count: usize) -> Vec<Both> {
    let [first, second] = scores;
    let less = |a: Option<f64>, b: Option<f64>| Some(a? - b?);
    let both = first.of(copies, count).zip(second.of(copies, count));
    both.map(|((rho, tau), (other_rho, other_tau))| (less(rho, other_rho), less(tau, other_tau))).collect()
}

/// A score beside the accuracy, with the memory for its correlations.
struct Score {
    pairs: Pairs,
    /// Which cell each of the sorted pairs is.
    places: Vec<usize>,
    lanes: Lanes,
}

impl Score {
    fn new(score: &[f64], y: &[f64]) -> Self {
        let (pairs, places) = Pairs::placed(score, y);
        Self { pairs, places, lanes: Lanes::default() }
    }

    fn of(&mut self, copies: &[Counts], count: usize) -> impl Iterator<Item = Both> + use<> {
        self.lanes.weights.clear();
        self.lanes.weights.extend(self.places.iter().map(|&place| copies[place]));
        self.lanes.first(count, &self.pairs)
    }
}
