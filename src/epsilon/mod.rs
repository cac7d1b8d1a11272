//! ε (epsinas): how differently a network orders a mini-batch under two constant weights.
//!
//! Gracheva 2023, arXiv 2302.04406. Every weight (batch norm's scale too) is set to one constant, every bias to 0;
//! an unlabelled mini-batch is run, once with a low and once with a high constant. With p the outputs, min–max
//! normalised, and entries equal to 0 left out:
//!
//! ε = mean |p_low − p_high| / mean(p_low ∪ p_high).
//!
//! Batch norm uses the statistics of the batch. Everything is f32, as in the authors' code, because ε is undefined
//! where f32 underflows: see [`Reason`].
//!
//! With constant weights all output channels of a convolution are the same, so that a network is run as a short
//! program of planes, whatever its width: `collapse` (network → program), `plan` (what a weight leaves of it), `run`.

pub mod batch;
mod channels;
mod collapse;
mod kernel;
mod plan;
mod program;
mod run;
mod score;

pub use batch::{Batch, BatchError, BatchSource};
pub use score::Reason;

use crate::network::{Network, Shape, ShapeError};
use collapse::{Collapsed, collapse};
use plan::Plan;
use run::Runner;

/// ε of a network, with the outputs that it compares.
#[derive(Clone, Debug)]
pub struct EpsilonOutcome {
    /// The score, if it is defined.
    pub epsilon: Option<f64>,
    /// Why it is not.
    pub reason: Option<Reason>,
    /// Outputs at the low weight, one an image; may hold infinities and NaN.
    pub raw_low: Vec<f32>,
    /// Outputs at the high weight.
    pub raw_high: Vec<f32>,
    /// Min–max normalised outputs at the low weight; NaN where they are 0 (they do not count) or undefined.
    pub low: Vec<f32>,
    /// Min–max normalised outputs at the high weight.
    pub high: Vec<f32>,
}

/// What ε cannot be computed for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EpsilonError {
    /// An operation that does not fit its input.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// The network reads images of another shape.
    #[error("the network reads images of {expected}, the batch has {found}")]
    Image {
        /// Shape that the network reads.
        expected: Shape,
        /// Shape of the batch's images.
        found: Shape,
    },
    /// A layer whose parents do not fit it.
    #[error("layer `{layer}` takes {expected}, but its parent gives {found}")]
    Join {
        /// Label of the layer.
        layer: String,
        /// Shape that it takes.
        expected: Shape,
        /// Shape that it is given.
        found: Shape,
    },
    /// The last layer is not a vector of equal outputs.
    #[error("the network ends in {shape}; ε needs one output (1×1×1) an image")]
    Output {
        /// Shape of the last layer.
        shape: Shape,
    },
    /// An operation that no network has on which ε was published.
    #[error("ε is not defined here for {op}")]
    Unsupported {
        /// The operation.
        op: String,
    },
    /// A weight that is not a positive number.
    #[error("weight {weight:e}: a weight is a positive finite number")]
    Weight {
        /// The weight.
        weight: f32,
    },
}

/// Computes ε of many networks on one batch; its buffers are used again.
///
/// ```
/// use cellscope::{epsilon::{Batch, Evaluator}, space};
///
/// let space = space::find("nasbench201").unwrap();
/// let cell = space.parse("|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|avg_pool_3x3~2|")?;
/// let batch = Batch::leaves(0, 8)?;
/// let mut evaluator = Evaluator::new(&batch, space.epsilon_weights())?;
/// let outcome = evaluator.evaluate(&cell.full(1)?)?;
/// assert!(outcome.epsilon.is_some_and(|epsilon| epsilon > 0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evaluator {
    runner: Runner,
    weights: (f32, f32),
    image: Shape,
    bounds: Vec<f64>,
}

impl Evaluator {
    /// An evaluator for `batch` and the weights (low, high).
    ///
    /// # Errors
    /// [`EpsilonError::Weight`].
    pub fn new(batch: &Batch, weights: (f32, f32)) -> Result<Self, EpsilonError> {
        for weight in [weights.0, weights.1] {
            if !(weight.is_finite() && weight > 0.0) {
                return Err(EpsilonError::Weight { weight });
            }
        }
        let planes = batch.planes();
        let largest = |plane: &Vec<f32>| plane.iter().fold(0.0f64, |max, &x| max.max(f64::from(x).abs()));
        let bounds = planes.iter().map(largest).collect();
        Ok(Self { runner: Runner::new(planes, batch.count()), weights, image: batch.shape(), bounds })
    }

    /// ε with all outputs. Both weights are run even where ε is undefined, so that both can be shown.
    ///
    /// # Errors
    /// [`EpsilonError`] if the network cannot be run.
    pub fn evaluate(&mut self, network: &Network) -> Result<EpsilonOutcome, EpsilonError> {
        let collapsed = collapse(network, self.image)?;
        let (raw_low, low) = self.outputs(&collapsed, self.weights.0);
        let (raw_high, high) = self.outputs(&collapsed, self.weights.1);
        let score = match (&low, &high) {
            (Ok(low), Ok(high)) => score::epsilon(low, high),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        let or_nan = |normalised: Result<Vec<f32>, Reason>, raw: &[f32]| {
            normalised.unwrap_or_else(|_| vec![f32::NAN; raw.len()])
        };
        Ok(EpsilonOutcome {
            epsilon: score.ok(),
            reason: score.err(),
            low: or_nan(low, &raw_low),
            high: or_nan(high, &raw_high),
            raw_low,
            raw_high,
        })
    }

    /// ε alone, or why it is undefined; stops as soon as that is known.
    ///
    /// # Errors
    /// [`EpsilonError`] if the network cannot be run.
    pub fn score(&mut self, network: &Network) -> Result<Result<f64, Reason>, EpsilonError> {
        let collapsed = collapse(network, self.image)?;
        let low = match self.outputs(&collapsed, self.weights.0).1 {
            Ok(low) => low,
            Err(reason) => return Ok(Err(reason)),
        };
        let high = self.outputs(&collapsed, self.weights.1).1;
        Ok(high.and_then(|high| score::epsilon(&low, &high)))
    }

    /// Raw and normalised outputs at one weight.
    fn outputs(&mut self, collapsed: &Collapsed, weight: f32) -> (Vec<f32>, Result<Vec<f32>, Reason>) {
        let plan = Plan::new(collapsed, weight, &self.bounds);
        let raw = self.runner.run(collapsed, &plan, weight);
        let normalised = if collapsed.output.is_none() {
            Err(Reason::CutOff)
        } else if let gain = plan::largest_gain(&collapsed.program, weight)
            && gain < 1.0
            && raw.iter().all(|&p| p == 0.0)
        {
            Err(Reason::Underflow { weight, gain })
        } else {
            score::normalise(&raw, weight)
        };
        (raw, normalised)
    }
}

/// ε of one network, with all outputs; see [`Evaluator::evaluate`].
///
/// # Errors
/// [`EpsilonError`] if the network cannot be run.
pub fn evaluate(
    network: &Network,
    batch: &Batch,
    weights: (f32, f32),
) -> Result<EpsilonOutcome, EpsilonError> {
    Evaluator::new(batch, weights)?.evaluate(network)
}
