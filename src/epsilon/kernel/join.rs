//! Sums of planes, each with a scale and a shift, and their ReLU.

/// Values at a time: a block of each operand stays in the first-level cache.
const BLOCK: usize = 1024;

/// One operand: scale · x + shift.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Term<'a> {
    pub plane: &'a [f32],
    pub scale: f32,
    pub shift: f32,
}

/// Writes the sum of `terms`, from left to right, to `sum`, and max(sum, 0) to `relu`; either may be left out.
pub(in super::super) fn join(terms: &[Term], sum: Option<&mut [f32]>, relu: Option<&mut [f32]>) {
    match (sum, relu) {
        (Some(sum), None) => {
            for (block, out) in sum.chunks_mut(BLOCK).enumerate() {
                add(terms, block * BLOCK, out);
            }
        }
        (None, Some(relu)) => {
            for (block, out) in relu.chunks_mut(BLOCK).enumerate() {
                add(terms, block * BLOCK, out);
                out.iter_mut().for_each(|x| *x = rectify(*x));
            }
        }
        (Some(sum), Some(relu)) => {
            for (block, (out, relu)) in sum.chunks_mut(BLOCK).zip(relu.chunks_mut(BLOCK)).enumerate() {
                add(terms, block * BLOCK, out);
                relu.iter_mut().zip(out).for_each(|(r, x)| *r = rectify(*x));
            }
        }
        (None, None) => {}
    }
}

/// max(x, 0), but NaN stays NaN.
fn rectify(x: f32) -> f32 {
    if x < 0.0 { 0.0 } else { x }
}

/// Sum of the terms from `start` on.
fn add(terms: &[Term], start: usize, out: &mut [f32]) {
    for (place, &Term { plane, scale, shift }) in terms.iter().enumerate() {
        let x = &plane[start..start + out.len()];
        match (place, scale == 1.0 && shift == 0.0) {
            (0, true) => out.copy_from_slice(x),
            (0, false) => out.iter_mut().zip(x).for_each(|(o, x)| *o = x * scale + shift),
            (_, true) => out.iter_mut().zip(x).for_each(|(o, x)| *o += x),
            (_, false) => out.iter_mut().zip(x).for_each(|(o, x)| *o += x * scale + shift),
        }
    }
}
