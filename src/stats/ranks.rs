//! Ranks of a column: with ties averaged, or as in a competition.

use super::Better;

/// Positions of the defined values, from the smallest to the largest value (ties in order of position).
fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

/// Calls `visit(first, positions)` for each run of equal values in `order`; `first` is the place of the run in it.
/// Equality is that of `==`, so that −0 and 0 tie.
fn for_each_tie(values: &[f64], order: &[usize], mut visit: impl FnMut(usize, &[usize])) {
    let mut first = 0;
    for run in order.chunk_by(|&a, &b| values[a] == values[b]) {
        visit(first, run);
        first += run.len();
    }
}

/// Ranks from 1 (the smallest value) to n, ties sharing the average of their places, as SciPy's `rankdata`.
///
/// # Arguments
/// * `values`: any numbers; NaN is undefined.
///
/// # Returns
/// One rank a value; NaN for NaN, which takes no place.
///
/// # Complexity
/// O(n log n).
///
/// ```
/// use cellscope::stats::average_ranks;
/// assert_eq!(average_ranks(&[30.0, 10.0, 30.0, 20.0]), [3.5, 1.0, 3.5, 2.0]);
/// ```
pub fn average_ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![f64::NAN; values.len()];
    let order = ascending(values);
    for_each_tie(values, &order, |first, run| {
        let rank = first as f64 + (run.len() as f64 + 1.0) / 2.0;
        for &position in run {
            ranks[position] = rank;
        }
    });
    ranks
}

/// Ranks as in a competition: 1 is the best, ties share the best of their places ("1, 2, 2, 4").
///
/// # Returns
/// One rank a value; `None` for NaN, which takes no place.
///
/// # Complexity
/// O(n log n).
///
/// ```
/// use cellscope::stats::{Better, competition_ranks};
/// let ranks = competition_ranks(&[91.5, 94.4, 94.4, f64::NAN], Better::Larger);
/// assert_eq!(ranks, [Some(3), Some(1), Some(1), None]);
/// ```
pub fn competition_ranks(values: &[f64], better: Better) -> Vec<Option<usize>> {
    let mut ranks = vec![None; values.len()];
    let mut order = ascending(values);
    if better == Better::Larger {
        order.reverse();
    }
    for_each_tie(values, &order, |first, run| {
        for &position in run {
            ranks[position] = Some(first + 1);
        }
    });
    ranks
}

/// Dense ranks from 0, ties sharing one, and how many there are. The values must hold no NaN.
pub(super) fn dense_ranks(values: &[f64]) -> (Vec<u32>, usize) {
    let mut ranks = vec![0; values.len()];
    let order = ascending(values);
    let mut groups = 0;
    for_each_tie(values, &order, |_, run| {
        for &position in run {
            ranks[position] = groups;
        }
        groups += 1;
    });
    (ranks, groups as usize)
}
