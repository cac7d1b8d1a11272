//! Which cells are not beaten in two ways at once.

use super::{Better, StatsError};
use std::cmp::Ordering;

/// Positions of the non-dominated pairs (the Pareto front): no other pair is at least as good on both sides and better on
/// one. Pairs in which either side is NaN do not count; equal pairs are all on the front or all off it.
///
/// # Returns
/// From the best `x` (and the worst `y`) on; equal pairs in the order of their positions.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
///
/// # Complexity
/// O(n log n).
///
/// ```
/// use cellscope::stats::{Better, front};
/// let (params, accuracy) = ([1.0, 2.0, 2.0, 4.0], [50.0, 90.0, 70.0, 90.0]);
/// assert_eq!(front((&params, Better::Smaller), (&accuracy, Better::Larger))?, [0, 1]);
/// # Ok::<(), cellscope::stats::StatsError>(())
/// ```
pub fn front(
    (x, x_better): (&[f64], Better),
    (y, y_better): (&[f64], Better),
) -> Result<Vec<usize>, StatsError> {
    if x.len() != y.len() {
        return Err(StatsError::Lengths { left: x.len(), right: y.len() });
    }
    let best_first = |better: Better, a: f64, b: f64| better.prefers(b, a).cmp(&better.prefers(a, b));
    let mut order: Vec<usize> = (0..x.len()).filter(|&i| !x[i].is_nan() && !y[i].is_nan()).collect();
    order.sort_by(|&a, &b| best_first(x_better, x[a], x[b]).then(best_first(y_better, y[a], y[b])));
    let mut front: Vec<usize> = Vec::new();
    for position in order {
        // All before it are at least as good on the first side: it must be better on the second, or equal on both.
        let stands = front.last().is_none_or(|&last| match best_first(y_better, y[position], y[last]) {
            Ordering::Less => true,
            Ordering::Equal => x[position] == x[last],
            Ordering::Greater => false,
        });
        if stands {
            front.push(position);
        }
    }
    Ok(front)
}
