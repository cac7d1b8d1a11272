//! Which taps of a kernel lie inside the image: the few cases that there are on a constant image.
//!
//! On an image that is 1 everywhere, the output of a convolution at a pixel is the sum of the kernel taps that lie
//! inside the image there. Along one axis that is a range of taps, and only a few ranges occur (for 3 taps with
//! padding 1: the first pixel, the last, and all between). So a plane has few distinct values.

use crate::network::Conv2d;
use std::ops::Range;

/// A range of taps along one axis, and at how many output positions it is the one inside the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taps {
    /// The taps inside the image.
    pub range: Range<usize>,
    /// Output positions with this range.
    pub positions: usize,
}

/// The distinct ranges along one axis of `length` pixels, in the order in which they first occur.
pub fn along(length: usize, kernel: usize, stride: usize, padding: usize, dilation: usize) -> Vec<Taps> {
    let span = dilation * (kernel - 1) + 1;
    let outputs = (length + 2 * padding).checked_sub(span).map_or(0, |free| free / stride + 1);
    let mut found: Vec<Taps> = Vec::new();
    for output in 0..outputs {
        // Tap t reads pixel output·stride + t·dilation − padding.
        let first = padding.saturating_sub(output * stride).div_ceil(dilation).min(kernel);
        let beyond = (length + padding).saturating_sub(output * stride).div_ceil(dilation).min(kernel);
        let range = first..beyond.max(first);
        match found.iter_mut().find(|taps| taps.range == range) {
            Some(taps) => taps.positions += 1,
            None => found.push(Taps { range, positions: 1 }),
        }
    }
    found
}

/// The distinct sums of a kernel on a constant image: every range of rows with every range of columns.
#[derive(Clone, Debug)]
pub struct PartialSums {
    /// Ranges of kernel rows.
    pub rows: Vec<Taps>,
    /// Ranges of kernel columns.
    pub columns: Vec<Taps>,
    /// Rows and columns of the kernel.
    kernel: (usize, usize),
}

/// Kernels that are evaluated side by side, so that the compiler can use vector instructions.
const LANES: usize = 8;

impl PartialSums {
    /// The sums of `conv` on an image of `height` × `width` pixels.
    pub fn new(conv: &Conv2d, height: usize, width: usize) -> Self {
        let (kernel, stride, padding) = (conv.kernel, conv.stride, conv.padding);
        Self {
            rows: along(height, kernel.0, stride.0, padding.0, conv.dilation),
            columns: along(width, kernel.1, stride.1, padding.1, conv.dilation),
            kernel,
        }
    }

    /// Calls `visit` with each sum of a kernel (row-major), rows outermost, and its number of output pixels.
    ///
    /// Every kernel row is summed up first, then the rows: [`Self::any_positive`] adds in the same order, so that
    /// both see the same bits.
    pub fn for_each(&self, kernel: &[f32], mut visit: impl FnMut(f64, usize)) {
        for rows in &self.rows {
            for columns in &self.columns {
                let row_sum = |row: usize| -> f64 {
                    kernel[row * self.kernel.1..][columns.range.clone()].iter().copied().map(f64::from).sum()
                };
                let sum = rows.range.clone().map(row_sum).sum();
                visit(sum, rows.positions * columns.positions);
            }
        }
    }

    /// Sum over the output plane, after ReLU if `relu`.
    pub fn score(&self, kernel: &[f32], relu: bool) -> f64 {
        let mut score = 0.0;
        self.for_each(kernel, |sum, positions| {
            score += positions as f64 * if relu { sum.max(0.0) } else { sum };
        });
        score
    }

    /// Whether each of the kernels (row-major, one after another) has a positive sum, that is whether its
    /// [`Self::score`] after ReLU is positive.
    pub fn any_positive(&self, kernels: &[f32]) -> Vec<bool> {
        let size = self.kernel.0 * self.kernel.1;
        let mut positive = Vec::with_capacity(kernels.len() / size);
        // One entry a tap, and one a kernel row; the lanes past the last kernel keep what they held.
        let mut taps = vec![[0.0f64; LANES]; size];
        let mut row_sums = vec![[0.0f64; LANES]; self.kernel.0];
        for batch in kernels.chunks(LANES * size) {
            for (lane, kernel) in batch.chunks_exact(size).enumerate() {
                for (tap, &value) in taps.iter_mut().zip(kernel) {
                    tap[lane] = f64::from(value);
                }
            }
            let mut largest = [0.0; LANES];
            for columns in &self.columns {
                for (row_sum, row) in row_sums.iter_mut().zip(taps.chunks_exact(self.kernel.1)) {
                    *row_sum = sum(&row[columns.range.clone()]);
                }
                for rows in &self.rows {
                    let sums = sum(&row_sums[rows.range.clone()]);
                    largest = std::array::from_fn(|lane| {
                        if sums[lane] > largest[lane] { sums[lane] } else { largest[lane] }
                    });
                }
            }
            positive.extend(largest[..batch.len() / size].iter().map(|&largest| largest > 0.0));
        }
        positive
    }
}

/// Sum over the terms, lane by lane.
fn sum(terms: &[[f64; LANES]]) -> [f64; LANES] {
    let mut total = [0.0; LANES];
    for term in terms {
        for (total, &value) in total.iter_mut().zip(term) {
            *total += value;
        }
    }
    total
}
