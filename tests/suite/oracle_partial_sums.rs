//! The partial-sum rule against a convolution of a real image of ones, pixel by pixel.

use cellscope::{
    nasgraph::taps::PartialSums,
    network::{Conv2d, Op, Shape},
    random::Random,
};
use ndarray::Array2;

/// The output plane of one kernel on an image of ones; zeros outside the image. `None` if it does not fit.
fn convolve(conv: &Conv2d, kernel: &[f32], height: usize, width: usize) -> Option<Array2<f64>> {
    let (rows, columns) = conv.kernel;
    let mut image = Array2::<f64>::zeros((height + 2 * conv.padding.0, width + 2 * conv.padding.1));
    for ((y, x), pixel) in image.indexed_iter_mut() {
        let inside = |at: usize, length: usize, padding: usize| at >= padding && at < padding + length;
        if inside(y, height, conv.padding.0) && inside(x, width, conv.padding.1) {
            *pixel = 1.0;
        }
    }
    let reach = ((rows - 1) * conv.dilation, (columns - 1) * conv.dilation);
    if image.nrows() <= reach.0 || image.ncols() <= reach.1 {
        return None;
    }
    let outputs = (
        (image.nrows() - reach.0 - 1) / conv.stride.0 + 1,
        (image.ncols() - reach.1 - 1) / conv.stride.1 + 1,
    );
    Some(Array2::from_shape_fn(outputs, |(y, x)| {
        let mut sum = 0.0;
        for row in 0..rows {
            for column in 0..columns {
                let at =
                    (y * conv.stride.0 + row * conv.dilation, x * conv.stride.1 + column * conv.dilation);
                sum += f64::from(kernel[row * columns + column]) * image[at];
            }
        }
        sum
    }))
}

/// Every geometry that the rule is tried on, with the sides of its image.
fn cases() -> Vec<(Conv2d, usize, usize)> {
    let mut cases = Vec::new();
    for (kernel, stride, padding, dilation) in [
        ((1, 1), (1, 1), (0, 0), 1),
        ((1, 1), (2, 2), (0, 0), 1),
        ((1, 1), (1, 1), (1, 1), 1),
        ((1, 1), (2, 2), (1, 1), 1),
        ((3, 3), (1, 1), (0, 0), 1),
        ((3, 3), (2, 2), (0, 0), 1),
        ((3, 3), (1, 1), (1, 1), 1),
        ((3, 3), (2, 2), (1, 1), 1),
        ((3, 3), (1, 1), (2, 2), 2),
        ((5, 5), (2, 2), (2, 2), 1),
        ((1, 7), (1, 2), (1, 1), 1),
    ] {
        let conv = Conv2d { kernel, stride, padding, dilation, ..Conv2d::square(1, 1, 1, 1, 0) };
        for height in 1..=9 {
            for width in [1, 2, 3, 4, 5, 8, 9] {
                cases.push((conv, height, width));
            }
        }
    }
    cases
}

#[test]
fn every_pixel_has_the_sum_of_the_taps_inside_the_image() {
    let mut pixels = 0;
    for (conv, height, width) in cases() {
        // Powers of two: a sum tells which taps it is made of, and is exact.
        let kernel: Vec<f32> = (0..conv.kernel.0 * conv.kernel.1).map(|tap| (1u64 << tap) as f32).collect();
        let mut found = Vec::new();
        PartialSums::new(&conv, height, width)
            .for_each(&kernel, |sum, positions| found.extend(std::iter::repeat_n(sum, positions)));
        found.sort_by(f64::total_cmp);
        let plane = convolve(&conv, &kernel, height, width);
        let mut slow = plane.iter().flatten().copied().collect::<Vec<_>>();
        slow.sort_by(f64::total_cmp);
        assert_eq!(found, slow, "{conv} on {height}×{width}");
        pixels += slow.len();
        let shape = Op::Conv2d(conv).output_shape(Shape { channels: 1, height, width });
        assert_eq!(
            shape.map(|s| (s.height, s.width)).ok(),
            plane.map(|p| p.dim()),
            "{conv} on {height}×{width}"
        );
    }
    assert!(pixels > 10_000);
}

#[test]
fn three_taps_give_nine_sums_and_four_at_stride_two() {
    let sums = |stride, side| {
        let sums = PartialSums::new(&Conv2d::square(1, 1, 3, stride, 1), side, side);
        sums.rows.len() * sums.columns.len()
    };
    for side in 3..=9 {
        assert_eq!(sums(1, side), 9);
        // On an odd side both borders are seen; on 3 pixels there is nothing between them.
        assert_eq!(sums(2, side), if side % 2 == 0 || side == 3 { 4 } else { 9 }, "side {side}");
    }
    assert_eq!((sums(1, 1), sums(1, 2), sums(2, 2), sums(2, 1)), (1, 4, 1, 1));
}

#[test]
fn scores_are_the_sums_of_the_planes() {
    let mut random = Random::new(3);
    let (mut positive, mut negative) = (0, 0);
    for (conv, height, width) in cases() {
        let size = conv.kernel.0 * conv.kernel.1;
        // Not a multiple of the kernels that are evaluated together.
        let kernels: Vec<f32> = (0..19 * size).map(|_| random.normal() as f32).collect();
        let sums = PartialSums::new(&conv, height, width);
        let any = sums.any_positive(&kernels);
        assert_eq!(any.len(), 19);
        for (kernel, any) in kernels.chunks(size).zip(any) {
            let Some(plane) = convolve(&conv, kernel, height, width) else {
                assert!(!any && sums.score(kernel, true) == 0.0);
                continue;
            };
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + b.abs());
            assert!(close(sums.score(kernel, false), plane.sum()), "{conv} on {height}×{width}");
            let rectified = plane.mapv(|value| value.max(0.0)).sum();
            assert!(close(sums.score(kernel, true), rectified), "{conv} on {height}×{width}");
            assert_eq!(any, rectified > 0.0, "{conv} on {height}×{width}");
            assert_eq!(any, sums.score(kernel, true) > 0.0, "{conv} on {height}×{width}");
            *(if any { &mut positive } else { &mut negative }) += 1;
        }
    }
    assert!(positive > 1000 && negative > 1000);
}
