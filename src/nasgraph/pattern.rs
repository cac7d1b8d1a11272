//! Which input channels of a layer lead to which of its output channels.

use super::rule::{ConvRule, Rule};
use std::{ops::Range, rc::Rc};

/// The edges into a layer, whatever feeds it.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// No edge.
    Empty,
    /// Channel i to channel i.
    Diagonal,
    /// Any set of pairs.
    Dense(Rc<Dense>),
}

/// A set of pairs of channels, with its row and column sums.
#[derive(Clone, Debug)]
pub struct Dense {
    inputs: usize,
    /// Words of 64 bits an input channel.
    words: usize,
    bits: Vec<u64>,
    /// Edges out of each input channel.
    pub out_degree: Vec<u32>,
    /// Edges into each output channel.
    pub in_degree: Vec<u32>,
}

impl Dense {
    /// The pairs that the kernels of a convolution join.
    pub fn of_conv(rule: &ConvRule, weights: &[f32]) -> Self {
        let inputs = rule.conv.inputs;
        let mut dense = Self::empty(inputs, rule.conv.outputs);
        let joins = rule.joins(weights);
        for (j, joins) in joins.chunks_exact(inputs).enumerate() {
            for (i, &joins) in joins.iter().enumerate() {
                dense.put(i, j, joins);
            }
        }
        dense
    }

    /// The pairs with a score, given row-major by input.
    pub fn of_scores(scores: &[f64], inputs: usize, outputs: usize) -> Self {
        let mut dense = Self::empty(inputs, outputs);
        for (i, row) in scores.chunks_exact(outputs).enumerate() {
            for (j, &score) in row.iter().enumerate() {
                dense.put(i, j, score != 0.0);
            }
        }
        dense
    }

    fn empty(inputs: usize, outputs: usize) -> Self {
        let words = outputs.div_ceil(64);
        Self {
            inputs,
            words,
            bits: vec![0; inputs * words],
            out_degree: vec![0; inputs],
            in_degree: vec![0; outputs],
        }
    }

    fn put(&mut self, i: usize, j: usize, joins: bool) {
        self.bits[i * self.words + j / 64] |= u64::from(joins) << (j % 64);
        self.out_degree[i] += u32::from(joins);
        self.in_degree[j] += u32::from(joins);
    }

    /// Whether input channel `i` leads to output channel `j`.
    pub fn has(&self, i: usize, j: usize) -> bool {
        self.bits[i * self.words + j / 64] >> (j % 64) & 1 == 1
    }
}

impl Pattern {
    /// The pattern of a rule without weights.
    pub fn of_rule(rule: &Rule) -> Option<Self> {
        match rule {
            Rule::Zero => Some(Pattern::Empty),
            Rule::Pass { .. } => Some(Pattern::Diagonal),
            Rule::Conv(_) | Rule::Chain(_) => None,
        }
    }

    /// Adds to `out` and `into` the edges from the input channels `feed` (those that one parent feeds) to the output
    /// channels; `out` has one entry a channel of `feed`. Returns the number of edges.
    pub fn add_degrees(&self, feed: Range<usize>, out: &mut [u32], into: &mut [u32]) -> u64 {
        match self {
            Pattern::Empty => 0,
            Pattern::Diagonal => {
                out.iter_mut().for_each(|d| *d += 1);
                into[feed.clone()].iter_mut().for_each(|d| *d += 1);
                feed.len() as u64
            }
            Pattern::Dense(dense) => {
                let degrees = &dense.out_degree[feed.clone()];
                out.iter_mut().zip(degrees).for_each(|(d, more)| *d += more);
                if feed.len() == dense.inputs {
                    into.iter_mut().zip(&dense.in_degree).for_each(|(d, more)| *d += more);
                } else {
                    for (j, degree) in into.iter_mut().enumerate() {
                        *degree += feed.clone().filter(|&i| dense.has(i, j)).count() as u32;
                    }
                }
                degrees.iter().map(|&d| u64::from(d)).sum()
            }
        }
    }
}
