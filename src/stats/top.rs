//! How well a proxy does among the best cells: the measures of the ε paper (Gracheva, arXiv 2302.04406),
//! as its notebooks compute them (`compute_stats` in `NAS-Bench-201/epsinas_utils.py`).

use super::{Pairs, StatsError, kendall, pairs::defined, quantile, spearman};
use serde::Serialize;

/// Measures over the best cells. In all of them larger is better, for the proxy and for the accuracy: negate a column in
/// which smaller is better.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TopMeasures {
    /// Spearman's ρ over the cells whose accuracy exceeds its 90th percentile.
    pub spearman_top10: Option<f64>,
    /// Kendall's τ-b over the same cells.
    pub kendall_top10: Option<f64>,
    /// Of the cells whose score exceeds its 90th percentile, how many per cent also have an accuracy above its own.
    pub top10_overlap: Option<f64>,
    /// Of the 64 best by score (more if others tie with the 64th), how many have an accuracy above its 95th percentile;
    /// `None` for 64 cells or fewer.
    pub top64_in_top5: Option<usize>,
}

/// The measures of the ε paper over the pairs in which both sides are defined.
///
/// # Errors
/// [`StatsError::Lengths`] if the columns differ in length.
///
/// # Complexity
/// O(n log n).
pub fn top_measures(score: &[f64], accuracy: &[f64]) -> Result<TopMeasures, StatsError> {
    let (score, accuracy) = defined(score, accuracy)?;
    let (score_sorted, accuracy_sorted) = (sorted(&score), sorted(&accuracy));
    let (Some(score_90), Some(accuracy_90), Some(accuracy_95)) =
        (quantile(&score_sorted, 0.9), quantile(&accuracy_sorted, 0.9), quantile(&accuracy_sorted, 0.95))
    else {
        return Ok(TopMeasures::default());
    };

    let cells = || score.iter().zip(&accuracy);
    let (best_scores, best_accuracies): (Vec<f64>, Vec<f64>) =
        cells().filter(|(_, a)| **a > accuracy_90).unzip();
    let best = Pairs::new(&best_scores, &best_accuracies)?;

    let by_score = score.iter().filter(|s| **s > score_90).count();
    let by_both = cells().filter(|(s, a)| **s > score_90 && **a > accuracy_90).count();

    let top64 = (score.len() > 64).then(|| {
        let threshold = score_sorted[score_sorted.len() - 64];
        cells().filter(|(s, a)| **s >= threshold && **a > accuracy_95).count()
    });

    Ok(TopMeasures {
        spearman_top10: spearman(&best),
        kendall_top10: kendall(&best),
        top10_overlap: (by_score > 0).then(|| by_both as f64 / by_score as f64 * 100.0),
        top64_in_top5: top64,
    })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}
