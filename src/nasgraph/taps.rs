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
    width: usize,
}

impl PartialSums {
    /// The sums of `conv` on an image of `height` × `width` pixels.
    pub fn new(conv: &Conv2d, height: usize, width: usize) -> Self {
        let (kernel, stride, padding) = (conv.kernel, conv.stride, conv.padding);
        Self {
            rows: along(height, kernel.0, stride.0, padding.0, conv.dilation),
            columns: along(width, kernel.1, stride.1, padding.1, conv.dilation),
            width: kernel.1,
        }
    }

    /// Calls `visit` with each sum of a kernel (row-major), rows outermost, and its number of output pixels.
    pub fn for_each(&self, kernel: &[f32], mut visit: impl FnMut(f64, usize)) {
        for rows in &self.rows {
            for columns in &self.columns {
                let mut sum = 0.0;
                for row in rows.range.clone() {
                    for &tap in &kernel[row * self.width..][columns.range.clone()] {
                        sum += f64::from(tap);
                    }
                }
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

    /// Whether the 3 × 3 kernel of stride 1 and padding 1 on a plane of at least 3 × 3 pixels: nine sums.
    pub fn is_nine(&self) -> bool {
        let ranges = |taps: &[Taps]| taps.iter().map(|t| t.range.clone()).collect::<Vec<_>>();
        let nine = [1..3, 0..3, 0..2];
        self.width == 3 && ranges(&self.rows) == nine && ranges(&self.columns) == nine
    }

    /// [`Self::score`] `> 0` after ReLU, for [`Self::is_nine`]: shares the sums of each row.
    pub fn any_of_nine(kernel: &[f32]) -> bool {
        let mut rows = [[0.0f64; 3]; 3];
        for (row, taps) in rows.iter_mut().zip(kernel.chunks_exact(3)) {
            let taps = [f64::from(taps[0]), f64::from(taps[1]), f64::from(taps[2])];
            *row = [taps[1] + taps[2], taps[0] + taps[1] + taps[2], taps[0] + taps[1]];
        }
        (0..3).any(|c| {
            let (top, middle, bottom) = (rows[0][c], rows[1][c], rows[2][c]);
            let tail = middle + bottom;
            tail > 0.0 || top + middle > 0.0 || top + middle + bottom > 0.0
        })
    }
}
