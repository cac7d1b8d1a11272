//! The model's shape, and where its parameters stand in one flat vector.

use crate::{predictor::Readout, random::Random};
use std::ops::Range;

/// Sizes of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Numbers of an operator's vector.
    pub inputs: usize,
    /// Graph convolutions.
    pub layers: usize,
    /// Features a node, a multiple of 8.
    pub width: usize,
    /// What is read of the last layer.
    pub readout: Readout,
}

/// Places of a layer's parameters in the flat vector.
#[derive(Clone, Debug)]
pub struct LayerPlaces {
    /// Input features: in the first layer those of an operator's vector and, if there is one, the global node's flag.
    pub inner: usize,
    /// inner × width, row-major.
    pub weight: Range<usize>,
    /// Bias.
    pub bias: Range<usize>,
    /// Scale of the batch norm.
    pub scale: Range<usize>,
    /// Shift of the batch norm.
    pub shift: Range<usize>,
}

impl Shape {
    /// Where layer `index` stands.
    pub fn layer(&self, index: usize) -> LayerPlaces {
        let of = |inner: usize| inner * self.width + 3 * self.width;
        let first = self.inputs + usize::from(self.readout != Readout::Mean);
        let start = if index == 0 { 0 } else { of(first) + (index - 1) * of(self.width) };
        let inner = if index == 0 { first } else { self.width };
        let weight = start..start + inner * self.width;
        let next = |range: &Range<usize>| range.end..range.end + self.width;
        let bias = next(&weight);
        let scale = next(&bias);
        let shift = next(&scale);
        LayerPlaces { inner, weight, bias, scale, shift }
    }

    /// Where the last, linear layer stands: a weight for each number that is read, then one bias.
    pub fn head(&self) -> Range<usize> {
        let start = self.layer(self.layers - 1).shift.end;
        let read = self.width * if self.readout == Readout::Both { 2 } else { 1 };
        start..start + read + 1
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.head().end
    }

    /// Seeded parameters: weights from U(−.05, .05), biases from U(−1/√width, 1/√width), batch norms 1 and 0, as published.
    pub fn initial(&self, random: &mut Random) -> Vec<f32> {
        let mut values = vec![0.0; self.parameters()];
        let mut fill = |range: Range<usize>, bound: f64| {
            for value in &mut values[range] {
                *value = (bound * (2.0 * random.uniform() - 1.0)) as f32;
            }
        };
        let bound = 1.0 / (self.width as f64).sqrt();
        for index in 0..self.layers {
            fill(self.layer(index).weight, 0.05);
            fill(self.layer(index).bias, bound);
        }
        fill(self.head(), bound);
        for index in 0..self.layers {
            values[self.layer(index).scale].fill(1.0);
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_each_other() {
        let shape = Shape { inputs: 384, layers: 4, width: 64, readout: Readout::Global };
        assert_eq!(shape.parameters(), 37_761);
        let mut end = 0;
        for index in 0..4 {
            let places = shape.layer(index);
            assert_eq!(places.weight.start, end);
            assert_eq!(places.weight.len(), places.inner * 64);
            end = places.shift.end;
        }
        assert_eq!(shape.head(), end..end + 65);
        let values = shape.initial(&mut Random::new(1));
        assert!(values[shape.layer(2).weight].iter().all(|w| w.abs() <= 0.05 && *w != 0.0));
        assert!(values[shape.layer(3).scale].iter().all(|&w| w == 1.0));
    }
}
