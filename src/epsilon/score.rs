//! From the outputs at two weights to ε.

use std::fmt;

/// Why ε is undefined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// No path joins input and output.
    CutOff,
    /// At the low weight the output is zero in f32.
    Underflow {
        /// The low weight.
        weight: f32,
        /// The most that any one convolution of the network multiplies a signal by, its batch norm included.
        gain: f64,
    },
    /// At this weight the output is the same for all images.
    Constant {
        /// The weight.
        weight: f32,
    },
    /// At this weight some output is infinite or not a number.
    NonFinite {
        /// The weight.
        weight: f32,
    },
    /// No image has a normalised output other than 0 at both weights.
    NoCommonImage,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::CutOff => f.write_str("the output is cut off: no path joins it with the input"),
            Reason::Underflow { weight, gain } => write!(
                f,
                "every path passes a convolution: at weight {weight:e} each shrinks the signal at least {:.0e}-fold, \
                 and the output underflows to zero",
                1.0 / gain
            ),
            Reason::Constant { weight } => {
                write!(f, "at weight {weight:e} the output is the same for all images")
            }
            Reason::NonFinite { weight } => write!(f, "at weight {weight:e} the output is not finite"),
            Reason::NoCommonImage => f.write_str(
                "no image has a normalised output other than zero at both weights: take more images",
            ),
        }
    }
}

/// Min–max normalised outputs, (p − min) / (max − min), in f32 as the authors compute them; entries that are 0 become
/// NaN. Equal or non-finite outputs are a [`Reason`].
pub(super) fn normalise(raw: &[f32], weight: f32) -> Result<Vec<f32>, Reason> {
    if raw.iter().any(|p| !p.is_finite()) {
        return Err(Reason::NonFinite { weight });
    }
    let min = raw.iter().copied().fold(f32::INFINITY, f32::min);
    let max = raw.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let range = max - min;
    if raw.is_empty() || range == 0.0 {
        return Err(Reason::Constant { weight });
    }
    if !range.is_finite() {
        return Err(Reason::NonFinite { weight });
    }
    let entry = |p: &f32| Some((p - min) / range).filter(|&n| n != 0.0).unwrap_or(f32::NAN);
    Ok(raw.iter().map(entry).collect())
}

/// ε = mean |low − high| / mean of both, NaN entries left out of each mean.
pub(super) fn epsilon(low: &[f32], high: &[f32]) -> Result<f64, Reason> {
    let difference = mean(low.iter().zip(high).map(|(l, h)| (l - h).abs()));
    let level = mean(low.iter().chain(high).copied());
    match (difference, level) {
        (Some(difference), Some(level)) => Ok(difference / level),
        _ => Err(Reason::NoCommonImage),
    }
}

/// Mean of the entries that are not NaN, if there are any.
fn mean(values: impl Iterator<Item = f32>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0u32);
    for value in values.filter(|value| !value.is_nan()) {
        sum += f64::from(value);
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_left_out_of_both_means() {
        let low = normalise(&[2.0, 4.0, 3.0, 6.0], 0.5).unwrap();
        assert!(low[0].is_nan());
        assert_eq!(low[1..], [0.5, 0.25, 1.0]);
        let high = normalise(&[0.0, 1.0, -1.0, 3.0], 1.0).unwrap();
        assert_eq!(high[..2], [0.25, 0.5]);
        // |difference|: –, 0, –, 0; level: .5 .25 1 .25 .5 1.
        assert_eq!(epsilon(&low, &high), Ok(0.0));
        let other = normalise(&[0.0, 1.0, 4.0, 3.0], 1.0).unwrap();
        // |difference|: –, .25, .75, .25.
        let expected = (1.25 / 3.0) / ((0.5 + 0.25 + 1.0 + 0.25 + 1.0 + 0.75) / 6.0);
        assert_eq!(epsilon(&low, &other), Ok(expected));
    }

    #[test]
    fn undefined_has_a_reason() {
        assert_eq!(normalise(&[1.0, 1.0], 0.5), Err(Reason::Constant { weight: 0.5 }));
        assert_eq!(normalise(&[1.0], 0.5), Err(Reason::Constant { weight: 0.5 }));
        assert_eq!(normalise(&[1.0, f32::NAN], 0.5), Err(Reason::NonFinite { weight: 0.5 }));
        assert_eq!(normalise(&[f32::MIN, f32::MAX], 0.5), Err(Reason::NonFinite { weight: 0.5 }));
        let one = normalise(&[1.0, 2.0], 0.5).unwrap();
        let other = normalise(&[2.0, 1.0], 0.5).unwrap();
        assert_eq!(epsilon(&one, &other), Err(Reason::NoCommonImage));
    }
}
