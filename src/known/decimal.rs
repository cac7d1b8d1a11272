//! Decimal numbers as printed, kept without loss.

use super::KnownError;

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Integers up to here are exact in a double.
const EXACT: u64 = 1 << 53;

/// Seventeen digits, as many as the shortest text of a double has at most.
const LARGEST: u64 = 10_u64.pow(17) - 1;

/// mantissa · 10^−exponent.
///
/// With |mantissa| ≤ 2⁵³ and exponent ≤ 22 both are exact in double precision, so that their quotient, which IEEE 754
/// rounds once, is the very double that parsing the printed number gives. Longer mantissas (up to 17 digits) are parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i64,
    exponent: u8,
}

impl Decimal {
    /// Largest number of decimal places.
    pub const MAX_EXPONENT: u8 = 22;

    /// `None` if the number could not be read back exactly. Trailing zeros after the point are dropped.
    pub fn new(mut mantissa: i64, mut exponent: u8) -> Option<Self> {
        while exponent > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent -= 1;
        }
        (mantissa.unsigned_abs() <= LARGEST && exponent <= Self::MAX_EXPONENT)
            .then_some(Self { mantissa, exponent })
    }

    /// Reads `12`, `-0.5` or `4.1e-05`.
    ///
    /// # Errors
    /// [`KnownError::Number`] for anything else, and for more digits than can be kept.
    pub fn parse(text: &str) -> Result<Self, KnownError> {
        Self::parse_exactly(text).ok_or_else(|| KnownError::Number { text: text.chars().take(80).collect() })
    }

    fn parse_exactly(text: &str) -> Option<Self> {
        let (number, power) = match text.split_once(['e', 'E']) {
            Some((number, power)) => (number, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let mut mantissa = 0_i64;
        for digit in whole.chars().chain(fraction.chars()) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(digit.to_digit(10)?))?;
        }
        let mut exponent = i32::try_from(fraction.len()).ok()?.checked_sub(power)?;
        while exponent < 0 && mantissa != 0 {
            mantissa = mantissa.checked_mul(10)?;
            exponent += 1;
        }
        let exponent = if mantissa == 0 { 0 } else { u8::try_from(exponent).ok()? };
        Self::new(if negative { -mantissa } else { mantissa }, exponent)
    }

    /// The number as a double, equal to its printed form parsed.
    pub fn value(self) -> f64 {
        if self.mantissa.unsigned_abs() <= EXACT {
            return self.mantissa as f64 / POWERS[usize::from(self.exponent)];
        }
        // A number so written is always one: the fallback is never taken.
        format!("{}e-{}", self.mantissa, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The digits without the point.
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Digits after the point.
    pub fn exponent(self) -> u8 {
        self.exponent
    }

    /// The mantissa if written with `exponent` ≥ its own decimal places.
    pub(super) fn mantissa_at(self, exponent: u8) -> Option<i64> {
        let factor = 10_i64.checked_pow(u32::from(exponent.checked_sub(self.exponent)?))?;
        let mantissa = self.mantissa.checked_mul(factor)?;
        (mantissa.unsigned_abs() <= LARGEST).then_some(mantissa)
    }
}
