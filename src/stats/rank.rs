//! The rank of one value among many.

use super::Better;
use serde::Serialize;

/// Where one cell stands among others by one score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RankResult {
    /// The cell's own score, if it is defined.
    pub score: Option<f64>,
    /// 1 is the best; ties share the best rank; `None` where the score is undefined.
    pub rank: Option<usize>,
    /// Others with the same score.
    pub ties: usize,
    /// Share of the cells with a score that this one beats or equals, itself included, in per cent: 100 for the best.
    pub percentile: Option<f64>,
    /// How many cells it was compared with, itself included.
    pub cells: usize,
    /// How many of these have a score.
    pub defined: usize,
}

/// Rank of `value` among `values`.
///
/// # Arguments
/// * `values`: the scores of all cells compared, that of the cell itself included; NaN is undefined.
/// * `value`: the cell's score.
///
/// # Returns
/// Rank, ties and percentile; these are empty if `value` is NaN.
///
/// # Complexity
/// O(n), without sorting.
///
/// ```
/// use cellscope::stats::{Better, rank_of};
/// let place = rank_of(&[3.0, 1.0, 2.0, 2.0], 2.0, Better::Larger);
/// assert_eq!((place.rank, place.ties, place.percentile), (Some(2), 1, Some(75.0)));
/// ```
pub fn rank_of(values: &[f64], value: f64, better: Better) -> RankResult {
    let defined = values.iter().filter(|v| !v.is_nan()).count();
    let ahead = values.iter().filter(|&&v| better.prefers(v, value)).count();
    let equal = values.iter().filter(|&&v| v == value).count();
    let is_defined = !value.is_nan();
    RankResult {
        score: is_defined.then_some(value),
        rank: is_defined.then_some(ahead + 1),
        ties: equal.saturating_sub(1),
        percentile: (is_defined && defined > 0).then(|| 100.0 * (defined - ahead) as f64 / defined as f64),
        cells: values.len(),
        defined,
    }
}
