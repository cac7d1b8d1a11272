//! Several scores made one.

use super::{Better, StatsError, average_ranks};

/// Ranks from 1 (the best), ties averaged, of the values at `positions`.
fn ranks_among(values: &[f64], better: Better, positions: &[usize]) -> Vec<f64> {
    let chosen: Vec<f64> = positions.iter().map(|&position| values[position]).collect();
    let ascending = average_ranks(&chosen);
    match better {
        Better::Smaller => ascending,
        Better::Larger => ascending.into_iter().map(|rank| chosen.len() as f64 + 1.0 - rank).collect(),
    }
}

/// The mean over columns of each position's rank: 1 is the best, ties share the average of their places.
///
/// Only positions where all columns are defined take part, so that the ranks are out of the same number; NaN elsewhere.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
///
/// # Complexity
/// O(k n log n) for k columns.
///
/// ```
/// use cellscope::stats::{Better, mean_ranks};
/// let (degree, latency) = ([30.0, 10.0, 20.0], [5.0, 1.0, f64::NAN]);
/// let ranks = mean_ranks(&[(&degree, Better::Larger), (&latency, Better::Smaller)])?;
/// assert_eq!(ranks[..2], [1.5, 1.5]);
/// assert!(ranks[2].is_nan());
/// # Ok::<(), cellscope::stats::StatsError>(())
/// ```
pub fn mean_ranks(columns: &[(&[f64], Better)]) -> Result<Vec<f64>, StatsError> {
    let length = columns.first().map_or(0, |(values, _)| values.len());
    if let Some((other, _)) = columns.iter().find(|(values, _)| values.len() != length) {
        return Err(StatsError::Lengths { left: length, right: other.len() });
    }
    let is_defined = |&position: &usize| columns.iter().all(|(values, _)| !values[position].is_nan());
    let positions: Vec<usize> = (0..length).filter(is_defined).collect();
    let mut means = vec![f64::NAN; length];
    for &position in &positions {
        means[position] = 0.0;
    }
    for &(values, better) in columns {
        for (&position, rank) in positions.iter().zip(ranks_among(values, better, &positions)) {
            // Ranks are halves, so that the sums are exact.
            means[position] += rank;
        }
    }
    means.iter_mut().for_each(|mean| *mean /= columns.len() as f64);
    Ok(means)
}

/// How many places a proxy puts each position too high: its rank by accuracy less its rank by score, ties averaged,
/// among the positions where both are defined; NaN elsewhere.
///
/// Positive where the proxy over-rates, negative where it under-rates; the sum is 0.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
///
/// # Complexity
/// O(n log n).
pub fn overrating(
    (score, score_better): (&[f64], Better),
    (accuracy, accuracy_better): (&[f64], Better),
) -> Result<Vec<f64>, StatsError> {
    if score.len() != accuracy.len() {
        return Err(StatsError::Lengths { left: score.len(), right: accuracy.len() });
    }
    let is_defined = |&position: &usize| !score[position].is_nan() && !accuracy[position].is_nan();
    let positions: Vec<usize> = (0..score.len()).filter(is_defined).collect();
    let by_score = ranks_among(score, score_better, &positions);
    let by_accuracy = ranks_among(accuracy, accuracy_better, &positions);
    let mut differences = vec![f64::NAN; score.len()];
    for ((&position, by_score), by_accuracy) in positions.iter().zip(by_score).zip(by_accuracy) {
        differences[position] = by_accuracy - by_score;
    }
    Ok(differences)
}
