//! What the model is to predict: accuracies, or the normal scores of their ranks.

use super::recipe::Target;
use crate::stats::average_ranks;

/// One number a cell.
pub fn targets(kind: Target, accuracies: &[f64]) -> Vec<f32> {
    match kind {
        Target::Accuracy => accuracies.iter().map(|&accuracy| accuracy as f32).collect(),
        Target::Rank => {
            let count = accuracies.len() as f64;
            let score = |rank: f64| normal_quantile((rank - 0.5) / count) as f32;
            average_ranks(accuracies).into_iter().map(score).collect()
        }
    }
}

/// The p-quantile of N(0, 1), 0 < p < 1: a rational approximation (Acklam) and one step of Halley's method.
fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 6] = [
        -5.447609879822406e1,
        1.615858368580409e2,
        -1.556989798598866e2,
        6.680131188771972e1,
        -1.328068155288572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 5] =
        [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1.0];
    let horner = |coefficients: &[f64], x: f64| coefficients.iter().fold(0.0, |sum, c| sum * x + c);
    let tail = |p: f64| {
        let q = (-2.0 * libm::log(p)).sqrt();
        horner(&C, q) / horner(&D, q)
    };
    let x = if p < 0.02425 {
        tail(p)
    } else if p > 1.0 - 0.02425 {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        horner(&A, q * q) * q / horner(&B, q * q)
    };
    let error = 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2) - p;
    let step = error * (2.0 * std::f64::consts::PI).sqrt() * libm::exp(x * x / 2.0);
    x - step / (1.0 + x * step / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles() {
        // As in tables of the normal distribution.
        for (p, x) in
            [(0.5, 0.0), (0.975, 1.959963984540054), (0.001, -3.090232306167813), (0.841344746068543, 1.0)]
        {
            assert!((normal_quantile(p) - x).abs() < 1e-12, "{p}");
        }
    }

    #[test]
    fn ranks_become_symmetric_scores() {
        let scores = targets(Target::Rank, &[0.9, 0.1, 0.94, 0.93, 0.93]);
        assert!(
            scores[1] < scores[0] && scores[0] < scores[3] && scores[3] == scores[4] && scores[4] < scores[2]
        );
        assert!((scores[1] + scores[2]).abs() < 1e-6);
        assert_eq!(targets(Target::Accuracy, &[0.25]), [0.25]);
    }
}
