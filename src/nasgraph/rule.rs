//! What one layer does to a single channel of ones.

use super::{NasgraphError, chain::ChainRule, taps::PartialSums, torch::Cursor};
use crate::network::{Conv2d, Layer, Op};

/// How a layer answers an input that is 1 in one channel and 0 in all others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Nothing comes out.
    Zero,
    /// The same channel comes out, all ones.
    Pass {
        /// Pixels of the output plane: the score of the one edge.
        pixels: usize,
    },
    /// A kernel a pair of channels decides.
    Conv(ConvRule),
    /// Several convolutions decide together.
    Chain(ChainRule),
}

/// A module with one convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConvRule {
    /// The convolution.
    pub conv: Conv2d,
    /// Whether a ReLU follows.
    pub relu: bool,
    /// Height and width of the plane that the convolution reads.
    pub plane: (usize, usize),
}

impl Rule {
    /// The rule of a layer.
    ///
    /// # Errors
    /// [`NasgraphError::Unsupported`] for an operation that the surrogate networks do not have.
    pub fn of(layer: &Layer) -> Result<Self, NasgraphError> {
        let mut rule = Rule::Pass { pixels: 0 };
        let mut shape = layer.input;
        for op in &layer.spec.module {
            match (op, &mut rule) {
                (Op::Identity, _) => {}
                (Op::AvgPool(_) | Op::MaxPool(_) | Op::GlobalAvgPool, Rule::Pass { .. } | Rule::Zero) => {}
                (Op::Relu, Rule::Conv(conv)) => conv.relu = true,
                (Op::Relu, _) => {}
                (Op::Zero, _) => rule = Rule::Zero,
                (Op::Conv2d(conv), Rule::Pass { .. }) if conv.groups == 1 && !conv.bias => {
                    let plane = (shape.height, shape.width);
                    rule = Rule::Conv(ConvRule { conv: *conv, relu: false, plane });
                }
                _ => return Ok(Rule::Chain(ChainRule::of(layer)?)),
            }
            shape = op.output_shape(shape)?;
        }
        if let Rule::Pass { pixels } = &mut rule {
            *pixels = shape.pixels();
        }
        Ok(rule)
    }

    /// The cursor after the weights of this rule, if no draw of them depends on what was drawn before.
    pub fn skip(&self, mut cursor: Cursor) -> Option<Cursor> {
        let mut pass = |count| Cursor::in_blocks(count).then(|| cursor.skip_normal(count));
        match self {
            Rule::Zero | Rule::Pass { .. } => {}
            Rule::Conv(rule) => pass(rule.conv.weights())?,
            Rule::Chain(rule) => {
                for op in rule.weighted() {
                    match op {
                        Op::Conv2d(conv) => pass(conv.weights())?,
                        Op::FactorizedReduce(reduce) => {
                            pass(reduce.halves().0 * reduce.inputs)?;
                            pass(reduce.halves().1 * reduce.inputs)?;
                        }
                        _ => {}
                    }
                }
            }
        }
        Some(cursor)
    }
}

impl ConvRule {
    /// The distinct sums of a kernel.
    pub fn sums(&self) -> PartialSums {
        PartialSums::new(&self.conv, self.plane.0, self.plane.1)
    }

    /// The kernel from input channel `i` to output channel `j`, row-major.
    pub fn kernel<'w>(&self, weights: &'w [f32], i: usize, j: usize) -> &'w [f32] {
        let size = self.conv.kernel.0 * self.conv.kernel.1;
        let start = (j * self.conv.inputs + i) * size;
        &weights[start..start + size]
    }

    /// Whether there is an edge from input channel i to output channel j, at j · inputs + i.
    pub fn joins(&self, weights: &[f32]) -> Vec<bool> {
        let sums = self.sums();
        if self.relu {
            return sums.any_positive(weights);
        }
        let size = self.conv.kernel.0 * self.conv.kernel.1;
        weights.chunks_exact(size).map(|kernel| sums.score(kernel, false) != 0.0).collect()
    }
}
