//! Reductions in a fixed order.

/// Lanes of a reduction: value i goes to lane i mod 8, whatever the machine.
pub(super) const LANES: usize = 8;

/// Mean and biased variance of a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Stats {
    pub mean: f64,
    pub variance: f64,
}

/// Mean and biased variance over all values. Without `spread` the variance is not computed, and 0.
///
/// Summed in f64, as PyTorch does. All values are taken relative to the first one, so that one pass suffices: little
/// cancels.
pub(in super::super) fn mean_and_variance(plane: &[f32], spread: bool) -> Stats {
    let Some(&origin) = plane.first() else { return Stats { mean: 0.0, variance: 0.0 } };
    let (sum, squares) = if spread { sums::<true>(plane, origin) } else { sums::<false>(plane, origin) };
    let count = plane.len() as f64;
    let offset = tree(sum) / count;
    let variance = tree(squares) / count - offset * offset;
    Stats { mean: f64::from(origin) + offset, variance: if variance < 0.0 { 0.0 } else { variance } }
}

/// Sums of d and, with `SPREAD`, of d² in each lane, d = x − `origin`.
fn sums<const SPREAD: bool>(plane: &[f32], origin: f32) -> ([f64; LANES], [f64; LANES]) {
    let (rows, rest) = plane.as_chunks::<LANES>();
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    let (mut sum, mut squares) = super::simd::sums::<SPREAD>(rows, origin);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    let (mut sum, mut squares) = scalar_sums::<SPREAD>(rows, origin);
    for (lane, &x) in rest.iter().enumerate() {
        let d = f64::from(x) - f64::from(origin);
        sum[lane] += d;
        if SPREAD {
            squares[lane] += d * d;
        }
    }
    (sum, squares)
}

/// The same for whole rows of lanes.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn scalar_sums<const SPREAD: bool>(rows: &[[f32; LANES]], origin: f32) -> ([f64; LANES], [f64; LANES]) {
    let (mut sum, mut squares) = ([0.0; LANES], [0.0; LANES]);
    for row in rows {
        let d = row.map(|x| f64::from(x) - f64::from(origin));
        sum = std::array::from_fn(|lane| sum[lane] + d[lane]);
        if SPREAD {
            squares = std::array::from_fn(|lane| squares[lane] + d[lane] * d[lane]);
        }
    }
    (sum, squares)
}

fn tree(lanes: [f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Mean over all pixels, image by image: `out` has one value an image.
///
/// Added up in the order in which PyTorch adds a row of up to 512 values: into 4 × 8 partial sums, the 4, then the 8.
pub(in super::super) fn global_mean(plane: &[f32], out: &mut [f32]) {
    const WAYS: usize = 4;
    let batch = out.len().max(1);
    let pixels = plane.len() / batch;
    let whole = pixels / (WAYS * LANES) * (WAYS * LANES);
    let vectors = pixels / LANES * LANES;
    for (image, out) in out.iter_mut().enumerate() {
        let at = |pixel: usize| plane[pixel * batch + image];
        let mut lanes = [0.0f32; LANES];
        for (lane, total) in lanes.iter_mut().enumerate() {
            let mut ways = [0.0f32; WAYS];
            for pixel in (lane..whole).step_by(LANES) {
                ways[pixel / LANES % WAYS] += at(pixel);
            }
            for pixel in (whole + lane..vectors).step_by(LANES) {
                ways[0] += at(pixel);
            }
            *total = ((ways[0] + ways[1]) + ways[2]) + ways[3];
        }
        let rest = (vectors..pixels).fold(0.0, |sum, pixel| sum + at(pixel));
        let [first, others @ ..] = lanes;
        *out = (rest + others.iter().fold(first, |sum, lane| sum + lane)) / pixels as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_two_passes_in_double_precision() {
        let mut random = crate::random::Random::new(7);
        for (count, mean, spread) in [(1000, 0.0, 1.0), (70_001, 1e3, 1.0), (4096, -5.0, 1e-3), (3, 0.5, 2.0)]
        {
            let plane: Vec<f32> = (0..count).map(|_| (mean + spread * random.normal()) as f32).collect();
            let n = plane.len() as f64;
            let expected = plane.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
            let variance = plane.iter().map(|&x| (f64::from(x) - expected).powi(2)).sum::<f64>() / n;
            let stats = mean_and_variance(&plane, true);
            assert!((stats.mean - expected).abs() < 1e-13 * (1.0 + expected.abs()), "{count}: {stats:?}");
            assert!((stats.variance / variance - 1.0).abs() < 1e-12, "{count}: {stats:?} {variance}");
            assert_eq!(mean_and_variance(&plane, false).mean, stats.mean);
        }
    }

    #[test]
    fn a_constant_plane_has_no_variance() {
        let stats = mean_and_variance(&[1e7; 777], true);
        assert_eq!(stats, Stats { mean: 1e7, variance: 0.0 });
    }
}
