//! Quantiles by linear interpolation.

/// The `q`-quantile of ascending values, interpolated between neighbours, as NumPy's `percentile` does it, to the bit.
///
/// # Arguments
/// * `sorted`: ascending, without NaN.
/// * `q`: 0 to 1; values outside are taken as the nearest of these.
///
/// # Returns
/// `None` if there are no values or `q` is NaN.
///
/// ```
/// use cellscope::stats::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
/// ```
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    if q.is_nan() {
        return None;
    }
    let place = (sorted.len().checked_sub(1)?) as f64 * q.clamp(0.0, 1.0);
    let lower = place.floor() as usize;
    let fraction = place - place.floor();
    let a = *sorted.get(lower)?;
    let b = *sorted.get(lower + 1).unwrap_or(&a);
    // Two equal infinities would otherwise differ by NaN.
    if a == b {
        return Some(a);
    }
    // NumPy interpolates from the nearer end.
    Some(if fraction < 0.5 { a + (b - a) * fraction } else { b - (b - a) * (1.0 - fraction) })
}
