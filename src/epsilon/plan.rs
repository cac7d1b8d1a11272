//! Which steps have to be run at a given weight.
//!
//! A bound on the size of every plane follows from the weight alone. Where it lies below half of the smallest
//! positive f32, the plane is zero in f32, and so is whatever is computed from it alone. At w = 10⁻⁷ a convolution
//! with its batch norm shrinks a signal by about 10⁻¹⁰: a network whose every path passes convolutions is known to
//! give zero before a single pixel is read.

use super::{
    collapse::Collapsed,
    program::{Program, Step, ValueId},
};

/// Half of the smallest positive f32 (2⁻¹⁵⁰): what lies below rounds to zero.
const UNDERFLOW: f64 = f64::from_bits((1023 - 150) << 52);

/// Room for the rounding of f32 on the way.
const SLACK: f64 = 1.001;

/// Added to the variance in batch norm.
pub(super) const EPS: f64 = 1e-5;

/// What to run.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Upper bound of |x| over each plane; 0 where it is zero in f32.
    pub bounds: Vec<f64>,
    /// How many steps that run read each plane, the output's reader included. Planes with no reader are not computed.
    pub readers: Vec<u32>,
}

impl Plan {
    /// Bounds every plane at weight `weight` for images whose colour channels are bounded by `image`, and finds the
    /// planes that the output needs.
    pub fn new(collapsed: &Collapsed, weight: f32, image: &[f64]) -> Self {
        let program = &collapsed.program;
        let bounds = bounds(program, f64::from(weight), image);
        let mut readers = vec![0; program.len()];
        if let Some(output) = collapsed.output {
            readers[output.index()] = 1;
        }
        for (id, step) in program.steps().rev() {
            if readers[id.index()] > 0 && bounds[id.index()] > 0.0 {
                step.each_input(|input| readers[input.index()] += 1);
            }
        }
        for (count, bound) in readers.iter_mut().zip(&bounds) {
            if *bound == 0.0 {
                *count = 0;
            }
        }
        Self { bounds, readers }
    }

    /// Whether a plane is zero in f32.
    pub fn is_zero(&self, id: ValueId) -> bool {
        self.bounds[id.index()] == 0.0
    }
}

fn bounds(program: &Program, weight: f64, image: &[f64]) -> Vec<f64> {
    let mut bounds: Vec<f64> = Vec::with_capacity(program.len());
    for (_, step) in program.steps() {
        let of = |value: &ValueId| bounds[value.index()];
        let bound = match step {
            Step::Image(channel) => image.get(*channel).copied().unwrap_or(f64::INFINITY),
            Step::Sum(values) => values.iter().map(of).sum(),
            Step::Mix(values) => values.iter().map(|(count, value)| *count as f64 * of(value)).sum(),
            Step::Conv { value, channels, window } => {
                let taps = *channels * window.kernel.0 * window.kernel.1;
                weight * taps as f64 * of(value)
            }
            // |x − mean| ≤ 2·max|x|, and the deviation is at least √eps.
            Step::BatchNorm(value) => weight * 2.0 * of(value) / EPS.sqrt(),
            Step::Relu(value)
            | Step::AvgPool { value, .. }
            | Step::MaxPool { value, .. }
            | Step::GlobalMean(value) => of(value),
        } * SLACK;
        // Infinity and NaN stay: they are not known to be zero.
        bounds.push(if bound < UNDERFLOW { 0.0 } else { bound });
    }
    bounds
}

/// The most that one convolution and the batch norm after it can multiply a signal by: w · taps · w / √eps.
pub(super) fn largest_gain(program: &Program, weight: f32) -> f64 {
    let weight = f64::from(weight);
    program
        .steps()
        .filter_map(|(_, step)| match step {
            Step::Conv { channels, window, .. } => Some(channels * window.kernel.0 * window.kernel.1),
            _ => None,
        })
        .max()
        .map_or(1.0, |taps| weight * taps as f64 * weight / EPS.sqrt())
}
