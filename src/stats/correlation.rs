//! ρ and τ-b of two columns with their intervals and what they cover.

use super::{Intervals, Pairs, StatsError, bootstrap, kendall, spearman};
use serde::Serialize;

/// Rank correlation of a proxy with an accuracy (or with another proxy).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Correlation {
    /// Pairs given.
    pub cells: usize,
    /// Pairs in which both sides are defined: the ones used.
    pub defined: usize,
    /// Spearman's ρ; `None` for fewer than two pairs or a constant side.
    pub spearman: Option<f64>,
    /// Low end of its 95 % bootstrap interval.
    pub spearman_low: Option<f64>,
    /// High end of its 95 % bootstrap interval.
    pub spearman_high: Option<f64>,
    /// Kendall's τ-b; `None` for fewer than two pairs or a constant side.
    pub kendall: Option<f64>,
    /// Low end of its 95 % bootstrap interval.
    pub kendall_low: Option<f64>,
    /// High end of its 95 % bootstrap interval.
    pub kendall_high: Option<f64>,
}

/// Spearman's ρ and Kendall's τ-b of two columns, NaN being undefined, with 95 % bootstrap intervals if `resamples` > 0.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
///
/// # Complexity
/// O(n log n) for the values, O(n log n) more for each resample; see [`bootstrap`].
///
/// ```
/// use cellscope::stats::correlation;
/// let found = correlation(&[1.0, 2.0, 3.0, f64::NAN], &[10.0, 20.0, 30.0, 40.0], 0, 0)?;
/// assert_eq!((found.cells, found.defined, found.spearman), (4, 3, Some(1.0)));
/// # Ok::<(), cellscope::stats::StatsError>(())
/// ```
pub fn correlation(x: &[f64], y: &[f64], resamples: usize, seed: u64) -> Result<Correlation, StatsError> {
    let pairs = Pairs::new(x, y)?;
    let intervals = bootstrap(&pairs, resamples, seed);
    Ok(Correlation::new(&pairs, intervals))
}

impl Correlation {
    /// Of pairs whose intervals are there already.
    pub fn new(pairs: &Pairs, intervals: Intervals) -> Self {
        Self {
            cells: pairs.cells(),
            defined: pairs.defined(),
            spearman: spearman(pairs),
            spearman_low: intervals.spearman.map(|ends| ends.0),
            spearman_high: intervals.spearman.map(|ends| ends.1),
            kendall: kendall(pairs),
            kendall_low: intervals.kendall.map(|ends| ends.0),
            kendall_high: intervals.kendall.map(|ends| ends.1),
        }
    }
}
