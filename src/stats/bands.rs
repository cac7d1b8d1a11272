//! Quartiles of many curves, point by point.

use super::quantile;

/// Quartiles at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quartiles {
    /// 25 %.
    pub low: f64,
    /// 50 %.
    pub median: f64,
    /// 75 %.
    pub high: f64,
}

/// Lower quartile, median and upper quartile over the curves at each point, up to the end of the longest one; a curve
/// counts as far as it goes, and NaN does not.
///
/// # Complexity
/// O(points · curves · log curves).
pub fn quartile_bands(curves: &[&[f64]]) -> Vec<Quartiles> {
    let points = curves.iter().map(|curve| curve.len()).max().unwrap_or(0);
    let at = |point: usize| {
        let mut values: Vec<f64> = curves.iter().filter_map(|curve| curve.get(point)).copied().collect();
        values.retain(|value| !value.is_nan());
        values.sort_unstable_by(f64::total_cmp);
        let part = |q: f64| quantile(&values, q).unwrap_or(f64::NAN);
        Quartiles { low: part(0.25), median: part(0.5), high: part(0.75) }
    };
    (0..points).map(at).collect()
}
