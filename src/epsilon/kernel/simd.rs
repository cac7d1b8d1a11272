//! Sums in WebAssembly SIMD: the compiler does not find the vectors in these conversions to f64 by itself.
//!
//! Two lanes a vector, the same lanes and the same additions as the scalar code in [`super::stats`], hence the same
//! bits. All other loops of this folder are elementwise and vectorised by the compiler.

use super::stats::LANES;
use core::arch::wasm32::{
    f32x4, f64x2_add, f64x2_extract_lane, f64x2_mul, f64x2_promote_low_f32x4, f64x2_splat, f64x2_sub,
    i64x2_shuffle, v128,
};

/// Number of vectors of two f64 lanes.
const PAIRS: usize = LANES / 2;

/// Sums of d and, with `SPREAD`, of d² in each lane, d = x − `origin`.
pub(super) fn sums<const SPREAD: bool>(rows: &[[f32; LANES]], origin: f32) -> ([f64; LANES], [f64; LANES]) {
    let zero = f64x2_splat(0.0);
    let origin = f64x2_splat(f64::from(origin));
    let (mut sum, mut squares) = ([zero; PAIRS], [zero; PAIRS]);
    for &[a, b, c, d, e, f, g, h] in rows {
        let (low, high) = (f32x4(a, b, c, d), f32x4(e, f, g, h));
        let pairs = [low, upper(low), high, upper(high)];
        for pair in 0..PAIRS {
            let d = f64x2_sub(f64x2_promote_low_f32x4(pairs[pair]), origin);
            sum[pair] = f64x2_add(sum[pair], d);
            if SPREAD {
                squares[pair] = f64x2_add(squares[pair], f64x2_mul(d, d));
            }
        }
    }
    (lanes(sum), lanes(squares))
}

/// The upper two values, moved down.
fn upper(x: v128) -> v128 {
    i64x2_shuffle::<1, 1>(x, x)
}

fn lanes(pairs: [v128; PAIRS]) -> [f64; LANES] {
    std::array::from_fn(|lane| match lane % 2 {
        0 => f64x2_extract_lane::<0>(pairs[lane / 2]),
        _ => f64x2_extract_lane::<1>(pairs[lane / 2]),
    })
}
