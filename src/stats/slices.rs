//! Correlation within parts of the cells.

use super::{Correlation, Difference, StatsError, correlation, difference, quantile};

/// The decile of each value, 0 (lowest) to 9: how many of the 10 %, 20 %, … 90 % quantiles it exceeds. `None` for NaN.
///
/// Decile 9 is the top 10 % of [`super::top_measures`]. Ties fall into one decile, so that deciles may differ in size.
///
/// # Complexity
/// O(n log n).
pub fn deciles(values: &[f64]) -> Vec<Option<usize>> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let bounds: Vec<f64> = (1..10).filter_map(|tenth| quantile(&sorted, f64::from(tenth) / 10.0)).collect();
    let decile = |value: &f64| bounds.iter().filter(|&bound| value > bound).count();
    values.iter().map(|value| (!value.is_nan()).then(|| decile(value))).collect()
}

/// [`correlation`] over the positions for which `belongs` is true.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
pub fn correlation_where(
    x: &[f64],
    y: &[f64],
    belongs: impl Fn(usize) -> bool,
    resamples: usize,
    seed: u64,
) -> Result<Correlation, StatsError> {
    if x.len() != y.len() {
        return Err(StatsError::Lengths { left: x.len(), right: y.len() });
    }
    let (x, y): (Vec<f64>, Vec<f64>) =
        (0..x.len()).filter(|&position| belongs(position)).map(|position| (x[position], y[position])).unzip();
    correlation(&x, &y, resamples, seed)
}

/// The correlation within each group.
///
/// # Arguments
/// * `groups`: the group of each position; `None` belongs to no group.
///
/// # Returns
/// Number and correlation of the groups that have positions, ascending.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
pub fn correlation_by_group(
    x: &[f64],
    y: &[f64],
    groups: &[Option<usize>],
    resamples: usize,
    seed: u64,
) -> Result<Vec<(usize, Correlation)>, StatsError> {
    by_group(&[x, y], groups, |columns| correlation(&columns[0], &columns[1], resamples, seed))
}

/// The difference of two scores' correlations with `y` within each group; see [`difference`].
///
/// # Arguments
/// * `groups`: the group of each position; `None` belongs to no group.
///
/// # Returns
/// Number and difference of the groups that have positions, ascending.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
pub fn difference_by_group(
    first: &[f64],
    second: &[f64],
    y: &[f64],
    groups: &[Option<usize>],
    resamples: usize,
    seed: u64,
) -> Result<Vec<(usize, Difference)>, StatsError> {
    by_group(&[first, second, y], groups, |columns| {
        difference(&columns[0], &columns[1], &columns[2], resamples, seed)
    })
}

/// What `measure` finds in each group's part of the columns; groups that have positions, ascending.
fn by_group<T, const COLUMNS: usize>(
    columns: &[&[f64]; COLUMNS],
    groups: &[Option<usize>],
    measure: impl Fn([Vec<f64>; COLUMNS]) -> Result<T, StatsError>,
) -> Result<Vec<(usize, T)>, StatsError> {
    let length = columns[0].len();
    let others = columns.iter().map(|column| column.len()).chain([groups.len()]);
    if let Some(right) = others.into_iter().find(|&other| other != length) {
        return Err(StatsError::Lengths { left: length, right });
    }
    let mut numbers: Vec<usize> = groups.iter().flatten().copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    let within = |group: usize| {
        let members = || (0..length).filter(|&position| groups[position] == Some(group));
        Ok((group, measure(columns.map(|column| members().map(|position| column[position]).collect()))?))
    };
    numbers.into_iter().map(within).collect()
}
