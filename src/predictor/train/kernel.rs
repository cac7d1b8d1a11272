//! Dense products of small row-major matrices.
//!
//! A tile of the result stays in registers while the inner index runs, and the compiler vectorises over a tile's columns. Every
//! element is one chain of multiplications and additions in a fixed order, whatever the width of the vectors: native and
//! WebAssembly give the same bits.

/// Rows of a tile.
const ROWS: usize = 4;
/// Columns of a tile.
const COLUMNS: usize = 8;
/// Rows of a strip of [`product_of_transposed`]: two strips of 64 columns fill the first-level cache.
const STRIP: usize = 64;

/// `out = a · b`, with a: rows × inner, b: inner × width, and width a multiple of 8.
///
/// # Panics
/// If a slice is shorter than its shape says.
pub fn product(a: &[f32], b: &[f32], out: &mut [f32], inner: usize, width: usize) {
    debug_assert!(width.is_multiple_of(COLUMNS));
    let mut blocks = a.chunks_exact(inner * ROWS);
    let mut targets = out.chunks_exact_mut(width * ROWS);
    for (a, out) in blocks.by_ref().zip(targets.by_ref()) {
        tiles::<ROWS>(a, b, out, inner, width);
    }
    let rest = targets.into_remainder();
    for (a, out) in blocks.remainder().chunks_exact(inner).zip(rest.chunks_exact_mut(width)) {
        tiles::<1>(a, b, out, inner, width);
    }
}

/// `R` rows of the product.
#[inline(always)]
fn tiles<const R: usize>(a: &[f32], b: &[f32], out: &mut [f32], inner: usize, width: usize) {
    let rows: [&[f32]; R] = std::array::from_fn(|row| &a[row * inner..(row + 1) * inner]);
    for column in (0..width).step_by(COLUMNS) {
        let mut sums = [[0.0_f32; COLUMNS]; R];
        for (k, b) in b.chunks_exact(width).take(inner).enumerate() {
            let b = &b[column..column + COLUMNS];
            for (sums, row) in sums.iter_mut().zip(rows) {
                let a = row[k];
                for (sum, b) in sums.iter_mut().zip(b) {
                    *sum += a * b;
                }
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            out[row * width + column..][..COLUMNS].copy_from_slice(sums);
        }
    }
}

/// `out += aᵀ · d`, with a: rows × inner, d: rows × width, and inner and width multiples of 8.
///
/// # Panics
/// If a slice is shorter than its shape says.
pub fn product_of_transposed(a: &[f32], d: &[f32], out: &mut [f32], inner: usize, width: usize) {
    debug_assert!(inner.is_multiple_of(ROWS) && width.is_multiple_of(COLUMNS));
    for (a, d) in a.chunks(inner * STRIP).zip(d.chunks(width * STRIP)) {
        for k in (0..inner).step_by(ROWS) {
            for column in (0..width).step_by(COLUMNS) {
                let mut sums = [[0.0_f32; COLUMNS]; ROWS];
                for (a, d) in a.chunks_exact(inner).zip(d.chunks_exact(width)) {
                    let (a, d) = (&a[k..k + ROWS], &d[column..column + COLUMNS]);
                    for (sums, a) in sums.iter_mut().zip(a) {
                        for (sum, d) in sums.iter_mut().zip(d) {
                            *sum += a * d;
                        }
                    }
                }
                for (row, sums) in sums.iter().enumerate() {
                    for (out, sum) in out[(k + row) * width + column..][..COLUMNS].iter_mut().zip(sums) {
                        *out += sum;
                    }
                }
            }
        }
    }
}

/// The transpose of `a`: rows × columns.
pub fn transposed(a: &[f32], columns: usize) -> Vec<f32> {
    let rows = a.len() / columns;
    (0..columns).flat_map(|column| (0..rows).map(move |row| a[row * columns + column])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn matrix(random: &mut Random, length: usize) -> Vec<f32> {
        (0..length).map(|_| random.normal() as f32).collect()
    }

    #[test]
    fn products_equal_the_definition() {
        let mut random = Random::new(1);
        for (rows, inner, width) in [(1, 8, 8), (9, 24, 16), (131, 64, 64), (70, 16, 40)] {
            let (a, b) = (matrix(&mut random, rows * inner), matrix(&mut random, inner * width));
            let mut out = vec![f32::NAN; rows * width];
            product(&a, &b, &mut out, inner, width);
            let mut back = vec![1.0; inner * width];
            product_of_transposed(&a, &out, &mut back, inner, width);
            for row in 0..rows {
                for column in 0..width {
                    let expected: f64 = (0..inner)
                        .map(|k| f64::from(a[row * inner + k]) * f64::from(b[k * width + column]))
                        .sum();
                    assert!((f64::from(out[row * width + column]) - expected).abs() < 1e-4);
                }
            }
            for k in 0..inner {
                for column in 0..width {
                    let sum: f64 = (0..rows)
                        .map(|row| f64::from(a[row * inner + k]) * f64::from(out[row * width + column]))
                        .sum();
                    assert!((f64::from(back[k * width + column]) - 1.0 - sum).abs() < 1e-2);
                }
            }
            assert_eq!(transposed(&transposed(&a, inner), rows), a);
        }
    }
}
