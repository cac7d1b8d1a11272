//! AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101), with the usual β = (.9, .999) and ε = 10⁻⁸.

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// The optimiser's memory.
#[derive(Clone, Debug)]
pub struct AdamW {
    mean: Vec<f32>,
    square: Vec<f32>,
    /// β₁ᵗ and β₂ᵗ.
    powers: (f64, f64),
    decay: f32,
}

impl AdamW {
    /// For so many parameters, with a weight decay.
    pub fn new(parameters: usize, decay: f64) -> Self {
        Self {
            mean: vec![0.0; parameters],
            square: vec![0.0; parameters],
            powers: (1.0, 1.0),
            decay: decay as f32,
        }
    }

    /// One step.
    pub fn step(&mut self, parameters: &mut [f32], gradient: &[f32], rate: f64) {
        self.powers.0 *= f64::from(FIRST);
        self.powers.1 *= f64::from(SECOND);
        let step = (rate / (1.0 - self.powers.0)) as f32;
        let correction = (1.0 / (1.0 - self.powers.1)) as f32;
        let keep = 1.0 - rate as f32 * self.decay;
        let memory = self.mean.iter_mut().zip(&mut self.square);
        for ((parameter, gradient), (mean, square)) in parameters.iter_mut().zip(gradient).zip(memory) {
            *mean = FIRST * *mean + (1.0 - FIRST) * gradient;
            *square = SECOND * *square + (1.0 - SECOND) * gradient * gradient;
            *parameter = keep * *parameter - step * *mean / ((*square * correction).sqrt() + EPSILON);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bottom_of_a_bowl() {
        let mut parameters = [3.0_f32, -2.0];
        let mut optimiser = AdamW::new(2, 0.0);
        for _ in 0..2000 {
            let gradient = [2.0 * (parameters[0] - 1.0), 20.0 * (parameters[1] - 0.5)];
            optimiser.step(&mut parameters, &gradient, 0.01);
        }
        assert!((parameters[0] - 1.0).abs() < 1e-3 && (parameters[1] - 0.5).abs() < 1e-3, "{parameters:?}");
    }

    #[test]
    fn the_first_step_has_the_size_of_the_rate_and_decay_shrinks() {
        let mut parameters = [1.0_f32, 1.0];
        AdamW::new(2, 0.1).step(&mut parameters, &[5.0, 0.0], 0.01);
        assert!((parameters[0] - (0.999 - 0.01)).abs() < 1e-6 && (parameters[1] - 0.999).abs() < 1e-6);
    }
}
