//! Sliding windows: sums (constant convolutions), means and maxima.
//!
//! All three are separable: along the row first, then along the column.

use super::super::program::{Extent, Window};

/// Sides of a plane before and after a window, and the number of images.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Shape2 {
    pub input: Extent,
    pub output: Extent,
    pub batch: usize,
}

/// Sum over the window; what lies outside the plane is 0. Taps are added from left to right, then from top to bottom.
pub(in super::super) fn sum(
    plane: &[f32],
    window: &Window,
    shape: Shape2,
    scratch: &mut Vec<f32>,
    out: &mut [f32],
) {
    slide(plane, window, shape, scratch, out, |a, b| a + b);
}

/// Mean over the part of the window that lies inside the plane: a sum in reading order, divided by its length, as
/// PyTorch has it.
pub(in super::super) fn average(
    plane: &[f32],
    window: &Window,
    shape: Shape2,
    _scratch: &mut Vec<f32>,
    out: &mut [f32],
) {
    let Shape2 { input, output, batch } = shape;
    let (rows, columns) = (Axis::rows(window, shape), Axis::columns(window, shape));
    let pixel = |y: usize, x: usize| &plane[(y * input.width + x) * batch..][..batch];
    let mut covered: Vec<&[f32]> = Vec::new();
    for (place, out) in out.chunks_exact_mut(batch).enumerate() {
        let (y, x) = (place / output.width, place % output.width);
        covered.clear();
        covered.extend(rows.taps(y).flat_map(|y| columns.taps(x).map(move |x| pixel(y, x))));
        match covered[..] {
            [a, b, c, d] => mean_of([a, b, c, d], out),
            [a, b, c, d, e, f] => mean_of([a, b, c, d, e, f], out),
            [a, b, c, d, e, f, g, h, i] => mean_of([a, b, c, d, e, f, g, h, i], out),
            [] => out.fill(0.0),
            [first, ref rest @ ..] => {
                out.copy_from_slice(first);
                for pixel in rest {
                    out.iter_mut().zip(*pixel).for_each(|(out, &x)| *out += x);
                }
                out.iter_mut().for_each(|out| *out /= covered.len() as f32);
            }
        }
    }
}

/// The same for a known number of pixels, in one pass.
fn mean_of<const N: usize>(pixels: [&[f32]; N], out: &mut [f32]) {
    let pixels = pixels.map(|pixel| &pixel[..out.len()]);
    for (i, out) in out.iter_mut().enumerate() {
        let mut sum = pixels[0][i];
        for pixel in &pixels[1..] {
            sum += pixel[i];
        }
        *out = sum / N as f32;
    }
}

/// Maximum over the part of the window that lies inside the plane; NaN if any value is.
pub(in super::super) fn maximum(
    plane: &[f32],
    window: &Window,
    shape: Shape2,
    scratch: &mut Vec<f32>,
    out: &mut [f32],
) {
    slide(plane, window, shape, scratch, out, |a, b| if b > a || b.is_nan() { b } else { a });
}

fn slide(
    plane: &[f32],
    window: &Window,
    shape: Shape2,
    scratch: &mut Vec<f32>,
    out: &mut [f32],
    combine: impl Fn(f32, f32) -> f32 + Copy,
) {
    let Shape2 { input, output, batch } = shape;
    let (wide, narrow) = (input.width * batch, output.width * batch);
    scratch.clear();
    scratch.resize(input.height * narrow, 0.0);
    let columns = Axis::columns(window, shape);
    for (row, reduced) in plane.chunks_exact(wide).zip(scratch.chunks_exact_mut(narrow)) {
        columns.reduce(row, reduced, batch, combine);
    }
    Axis::rows(window, shape).reduce(scratch, out, narrow, combine);
}

/// A window along one axis.
#[derive(Clone, Copy, Debug)]
struct Axis {
    kernel: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
    input: usize,
    output: usize,
}

impl Axis {
    fn rows(window: &Window, shape: Shape2) -> Self {
        Self {
            kernel: window.kernel.0,
            stride: window.stride.0,
            padding: window.padding.0,
            dilation: window.dilation,
            input: shape.input.height,
            output: shape.output.height,
        }
    }

    fn columns(window: &Window, shape: Shape2) -> Self {
        Self {
            kernel: window.kernel.1,
            stride: window.stride.1,
            padding: window.padding.1,
            dilation: window.dilation,
            input: shape.input.width,
            output: shape.output.width,
        }
    }

    /// Positions in the plane that the window at `place` covers.
    fn taps(self, place: usize) -> impl Iterator<Item = usize> {
        (0..self.kernel)
            .filter_map(move |tap| (place * self.stride + tap * self.dilation).checked_sub(self.padding))
            .filter(move |&at| at < self.input)
    }

    /// Combines, for each place, the covered runs of `length` values of `from`; a place that covers none gives 0.
    fn reduce(self, from: &[f32], to: &mut [f32], length: usize, combine: impl Fn(f32, f32) -> f32 + Copy) {
        let run = |at: usize| &from[at * length..(at + 1) * length];
        for (place, out) in to.chunks_exact_mut(length).enumerate().take(self.output) {
            let mut taps = self.taps(place);
            match (taps.next(), taps.next(), taps.next()) {
                (Some(a), Some(b), Some(c)) => {
                    let (a, b, c) = (run(a), run(b), run(c));
                    for (((out, &a), &b), &c) in out.iter_mut().zip(a).zip(b).zip(c) {
                        *out = combine(combine(a, b), c);
                    }
                }
                (Some(a), Some(b), None) => {
                    let (a, b) = (run(a), run(b));
                    out.iter_mut().zip(a).zip(b).for_each(|((out, &a), &b)| *out = combine(a, b));
                }
                (Some(a), None, _) => out.copy_from_slice(run(a)),
                (None, ..) => out.fill(0.0),
            }
            for tap in taps {
                out.iter_mut().zip(run(tap)).for_each(|(out, &x)| *out = combine(*out, x));
            }
        }
    }
}
