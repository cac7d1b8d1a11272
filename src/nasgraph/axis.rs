//! One axis of a plane as a few classes of positions that cannot be told apart.
//!
//! On a constant image everything that a chain of convolutions computes depends on the position only through which
//! taps fall outside, stage after stage. Positions with the same taps on the same classes form a class; a stage maps
//! the classes of its input to those of its output. A plane of 32 × 32 pixels becomes one of, say, 5 × 5 classes, and
//! the values are those of the full image.

/// The output classes of a stage along one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// For each output class, the taps inside the image: (tap, input class).
    pub taps: Vec<Vec<(usize, usize)>>,
    /// The class of each output position.
    pub class_of: Vec<usize>,
}

impl Axis {
    /// A constant axis: one class without taps.
    pub fn constant(length: usize) -> Self {
        Self { taps: vec![Vec::new()], class_of: vec![0; length] }
    }

    /// Output positions of each class.
    pub fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.taps.len()];
        for &class in &self.class_of {
            positions[class] += 1;
        }
        positions
    }

    fn from_positions(positions: impl Iterator<Item = Vec<(usize, usize)>>) -> Self {
        let mut axis = Self { taps: Vec::new(), class_of: Vec::new() };
        for taps in positions {
            let class = axis.taps.iter().position(|known| *known == taps).unwrap_or_else(|| {
                axis.taps.push(taps);
                axis.taps.len() - 1
            });
            axis.class_of.push(class);
        }
        axis
    }

    /// A sliding window over this axis.
    pub fn slide(&self, kernel: usize, stride: usize, padding: usize, dilation: usize) -> Self {
        let length = self.class_of.len();
        let outputs = crate::network::slide(length, kernel, stride, padding, dilation).unwrap_or(0);
        Self::from_positions((0..outputs).map(|output| {
            let taps = (0..kernel).filter_map(|tap| {
                let at = (output * stride + tap * dilation).checked_sub(padding)?;
                Some((tap, *self.class_of.get(at)?))
            });
            taps.collect()
        }))
    }

    /// A transposed window over this axis.
    pub fn slide_transposed(
        &self,
        kernel: usize,
        stride: usize,
        padding: usize,
        output_padding: usize,
    ) -> Self {
        let length = self.class_of.len();
        let outputs = (length.max(1) - 1) * stride + kernel + output_padding - 2 * padding;
        Self::from_positions((0..outputs).map(|output| {
            let taps = (0..kernel).filter_map(|tap| {
                let at = (output + padding).checked_sub(tap)?;
                let class = self.class_of.get(at / stride)?;
                at.is_multiple_of(stride).then_some((tap, *class))
            });
            taps.collect()
        }))
    }

    /// Every `stride`-th position, and (as tap 1) the one after it.
    pub fn pairs(&self, stride: usize) -> Self {
        let outputs = self.class_of.len().div_ceil(stride);
        Self::from_positions((0..outputs).map(|output| {
            let taps = (0..2).filter_map(|tap| Some((tap, *self.class_of.get(output * stride + tap)?)));
            taps.collect()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_three_tap_stages_have_five_classes() {
        let first = Axis::constant(32).slide(3, 1, 1, 1);
        assert_eq!(first.positions(), [1, 30, 1]);
        let second = first.slide(3, 1, 1, 1);
        assert_eq!(second.positions(), [1, 1, 28, 1, 1]);
    }

    #[test]
    fn a_stride_of_two_on_an_odd_side_sees_both_borders() {
        assert_eq!(Axis::constant(7).slide(3, 2, 1, 1).positions(), [1, 2, 1]);
        assert_eq!(Axis::constant(8).slide(3, 2, 1, 1).positions(), [1, 3]);
    }

    #[test]
    fn a_transposed_stage_doubles_the_length() {
        let axis = Axis::constant(7).slide_transposed(3, 2, 1, 1);
        assert_eq!(axis.class_of.len(), 14);
        // Even outputs meet tap 1 alone; odd ones taps 0 and 2; the last has no second input pixel.
        assert_eq!(axis.positions().len(), 3);
    }
}
