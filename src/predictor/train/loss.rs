//! What training makes small, and its derivatives by the predictions.

use super::recipe::Loss;

/// The loss of a batch; its derivatives by the predictions go to `errors`.
pub fn loss(kind: Loss, predictions: &[f32], targets: &[f32], errors: &mut Vec<f32>) -> f32 {
    errors.clear();
    errors.resize(predictions.len(), 0.0);
    match kind {
        Loss::Squared => squared(predictions, targets, errors),
        Loss::Pairwise => pairwise(predictions, targets, errors),
        Loss::Both => squared(predictions, targets, errors) + pairwise(predictions, targets, errors),
    }
}

/// Mean of (p − t)².
fn squared(predictions: &[f32], targets: &[f32], errors: &mut [f32]) -> f32 {
    let share = 1.0 / predictions.len() as f32;
    let mut sum = 0.0;
    for ((prediction, target), error) in predictions.iter().zip(targets).zip(errors) {
        let difference = prediction - target;
        sum += difference * difference;
        *error += 2.0 * difference * share;
    }
    sum * share
}

/// Mean of ln(1 + exp(p_worse − p_better)) over the pairs with different targets (RankNet).
fn pairwise(predictions: &[f32], targets: &[f32], errors: &mut [f32]) -> f32 {
    let (mut sum, mut pairs) = (0.0, 0_u32);
    let mut slopes = vec![0.0_f32; predictions.len()];
    for i in 0..predictions.len() {
        for j in 0..i {
            let (better, worse) = match targets[i].partial_cmp(&targets[j]) {
                Some(std::cmp::Ordering::Greater) => (i, j),
                Some(std::cmp::Ordering::Less) => (j, i),
                _ => continue,
            };
            let gap = predictions[worse] - predictions[better];
            // ln(1 + eᵍ) without overflow.
            let small = libm::expf(-gap.abs());
            sum += gap.max(0.0) + libm::log1pf(small);
            let slope = if gap > 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
            slopes[worse] += slope;
            slopes[better] -= slope;
            pairs += 1;
        }
    }
    let share = 1.0 / pairs.max(1) as f32;
    errors.iter_mut().zip(slopes).for_each(|(error, slope)| *error += slope * share);
    sum * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_equal_differences() {
        let targets = [0.3, -1.0, 0.3, 2.0, 0.1];
        let predictions = [0.1, 0.4, -0.6, 1.5, 0.0];
        for kind in [Loss::Squared, Loss::Pairwise, Loss::Both] {
            let mut errors = Vec::new();
            loss(kind, &predictions, &targets, &mut errors);
            for place in 0..predictions.len() {
                let at = |step: f32| {
                    let mut moved = predictions;
                    moved[place] += step;
                    f64::from(loss(kind, &moved, &targets, &mut Vec::new()))
                };
                let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
                assert!(
                    (slope - f64::from(errors[place])).abs() < 2e-4,
                    "{kind:?} {place}: {slope} {errors:?}"
                );
            }
        }
    }

    #[test]
    fn a_right_order_costs_less() {
        let of = |predictions: &[f32]| loss(Loss::Pairwise, predictions, &[0.0, 1.0, 2.0], &mut Vec::new());
        assert!(of(&[0.0, 1.0, 2.0]) < of(&[0.0, 2.0, 1.0]));
        assert!(of(&[0.0, 2.0, 1.0]) < of(&[2.0, 1.0, 0.0]));
        assert!(of(&[500.0, 0.0, -500.0]).is_finite());
        assert_eq!(loss(Loss::Pairwise, &[1.0, 2.0], &[0.5, 0.5], &mut Vec::new()), 0.0);
    }
}
