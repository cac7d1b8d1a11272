//! The closed form of the expected degree against means over many seeds, and its constants against simulation.

use cellscope::{
    nasgraph::{Expected, Scorer, expected_degree},
    network::Network,
    random::Random,
    space::{self, Cell, Space, SurrogateOptions},
};

fn nasbench201() -> &'static dyn Space {
    space::find("nasbench201").unwrap()
}

fn network(cell: &dyn Cell, cells_per_stack: usize, stem_channels: usize) -> Network {
    cell.surrogate(&SurrogateOptions { cells_per_stack, stem_channels, ..Default::default() }).unwrap()
}

/// Mean and standard deviation of the average degree over the seeds 0 to `seeds` − 1.
fn over_seeds(network: &Network, seeds: u32) -> Expected {
    let degrees: Vec<f64> = (0..seeds)
        .filter_map(|seed| Some(Scorer::new(seed).measures(network).ok()?.average_degree))
        .collect();
    let n = degrees.len() as f64;
    let mean = degrees.iter().sum::<f64>() / n;
    let variance = degrees.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Expected { mean, sd: variance.sqrt() }
}

/// Means within 4 standard errors, standard deviations within 4 of theirs (1/√(2 n) of the value).
fn agrees(cells_per_stack: usize, stem_channels: usize, cells: usize, seeds: u32) {
    for cell in nasbench201().sample(cells, 3 + stem_channels as u64) {
        let network = network(&*cell, cells_per_stack, stem_channels);
        let (closed, found) = (expected_degree(&network).unwrap(), over_seeds(&network, seeds));
        let n = f64::from(seeds);
        let case = format!("{}, {stem_channels} channels: {closed:?}, found {found:?}", cell.text());
        assert!((closed.mean - found.mean).abs() <= 4.0 * found.sd / n.sqrt(), "{case}");
        assert!((closed.sd / found.sd - 1.0).abs() <= 4.0 / (2.0 * n).sqrt(), "{case}");
    }
}

#[test]
fn sixteen_channels() {
    agrees(1, 16, 2, 220);
}

#[test]
fn eight_channels() {
    agrees(1, 8, 5, 250);
}

/// Where many a channel has no edge by chance.
#[test]
fn few_channels() {
    for stem_channels in [1, 2, 3, 4] {
        agrees(1, stem_channels, 5, 300);
    }
}

#[test]
fn several_cells_a_stack() {
    agrees(3, 4, 3, 250);
}

/// The chance p that a kernel has a positive sum, as the closed form has it: a convolution from one channel to one
/// gives an edge, and then two nodes, with that chance, so that sd = √((1 − p)/p).
fn constant(stride: usize) -> f64 {
    use cellscope::network::{Conv2d, LayerSpec, Op, Origin, Part, Shape};
    let mut network = Network::new();
    let layer = |module| LayerSpec::add("layer", "conv", module, Origin::of(Part::Stem));
    let image = LayerSpec { input: Some(Shape::square(1, 32)), ..layer(vec![Op::Identity]) };
    let image = network.add(image, &[]).unwrap();
    network.add(layer(vec![Op::Conv2d(Conv2d::square(1, 1, 3, stride, 1)), Op::Relu]), &[image]).unwrap();
    let sd = expected_degree(&network).unwrap().sd;
    1.0 / (1.0 + sd * sd)
}

/// The same chance by integration: every sum holds the centre tap, so over that tap it is Φ(largest sum of the other
/// taps); over the other eight, the mean over points of a lattice, shifted at random. Returns it and its standard error.
fn integrated(ranges: &[std::ops::Range<usize>]) -> (f64, f64) {
    const POINTS: u32 = 1 << 16;
    const SHIFTS: usize = 32;
    // Powers of the root of x⁹ = x + 1 step through eight dimensions (Roberts' R sequence).
    let mut root = 1.0f64;
    (0..100).for_each(|_| root = (1.0 + root).powf(1.0 / 9.0));
    let mut random = Random::new(1);
    let mut estimates = Vec::new();
    for _ in 0..SHIFTS {
        let shift: [f64; 8] = std::array::from_fn(|_| random.uniform());
        let mut total = 0.0;
        for point in 1..=POINTS {
            let u: [f64; 8] =
                std::array::from_fn(|d| (shift[d] + f64::from(point) / root.powi(d as i32 + 1)).fract());
            let mut taps = [0.0; 9];
            for pair in 0..4 {
                let (radius, angle) =
                    ((-2.0 * (1.0 - u[2 * pair]).ln()).sqrt(), std::f64::consts::TAU * u[2 * pair + 1]);
                // Taps 0 to 3 and 5 to 8; 4 is the centre.
                taps[pair] = radius * angle.cos();
                taps[8 - pair] = radius * angle.sin();
            }
            let mut largest = f64::NEG_INFINITY;
            for rows in ranges {
                for columns in ranges {
                    let sum: f64 =
                        rows.clone().flat_map(|r| columns.clone().map(move |c| taps[3 * r + c])).sum();
                    largest = largest.max(sum);
                }
            }
            total += 0.5 * libm::erfc(-largest * std::f64::consts::FRAC_1_SQRT_2);
        }
        estimates.push(total / f64::from(POINTS));
    }
    let n = SHIFTS as f64;
    let mean = estimates.iter().sum::<f64>() / n;
    let variance = estimates.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[test]
fn the_constants_by_another_integration() {
    for (stride, ranges) in [(1, vec![1..3, 0..3, 0..2]), (2, vec![1..3, 0..3])] {
        let (found, error) = integrated(&ranges);
        println!("stride {stride}: {found:.6} ± {error:.1e}, constant {:.6}", constant(stride));
        assert!(error < 5e-5, "{error}");
        // The constant itself has six digits.
        assert!((found - constant(stride)).abs() <= 4.0 * error + 3e-6, "stride {stride}: {found} ± {error}");
    }
}

/// And by plain draws of kernels, with nothing clever.
#[test]
fn the_constants_by_simulation() {
    let mut random = Random::new(2);
    for (stride, ranges) in [(1, vec![1..3, 0..3, 0..2]), (2, vec![1..3, 0..3])] {
        let draws = 1_000_000;
        let mut positive = 0u32;
        for _ in 0..draws {
            let taps: [f64; 9] = std::array::from_fn(|_| random.normal());
            let sum = |rows: &std::ops::Range<usize>, columns: &std::ops::Range<usize>| -> f64 {
                rows.clone().flat_map(|r| columns.clone().map(move |c| taps[3 * r + c])).sum()
            };
            positive +=
                u32::from(ranges.iter().any(|rows| ranges.iter().any(|columns| sum(rows, columns) > 0.0)));
        }
        let found = f64::from(positive) / f64::from(draws);
        let error = (found * (1.0 - found) / f64::from(draws)).sqrt();
        assert!((found - constant(stride)).abs() <= 4.0 * error, "stride {stride}: {found} ± {error}");
    }
}

/// Without `none`, every channel has an edge, and each operation adds its own share whatever the others are.
#[test]
fn linear_in_the_operations() {
    let mean = |ops: [&str; 6]| {
        let [a, b, c, d, e, f] = ops;
        let cell = nasbench201().parse(&format!("|{a}~0|+|{b}~0|{c}~1|+|{d}~0|{e}~1|{f}~2|")).unwrap();
        expected_degree(&network(&*cell, 1, 16)).unwrap().mean
    };
    let base = mean(["skip_connect"; 6]);
    let names = ["skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];
    let mut random = Random::new(6);
    for _ in 0..200 {
        let ops: [&str; 6] = std::array::from_fn(|_| names[random.below(4) as usize]);
        let share = |edge: usize| {
            let mut one = ["skip_connect"; 6];
            one[edge] = ops[edge];
            mean(one) - base
        };
        let sum = base + (0..6).map(share).sum::<f64>();
        assert!((mean(ops) - sum).abs() < 1e-6, "{ops:?}: {} is not {sum}", mean(ops));
    }
}

/// The degree of a single seed is the expected degree and noise: Pearson's correlation over the space.
#[test]
fn one_seed_follows_the_expectation() {
    let mut scorer = Scorer::new(1);
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for index in (0..15_625).step_by(5) {
        let network = network(&*nasbench201().at(index).unwrap(), 1, 16);
        expected.push(expected_degree(&network).unwrap().mean);
        found.push(scorer.measures(&network).unwrap().average_degree);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (x, y) = (mean(&expected), mean(&found));
    let product = |a: &[f64], b: &[f64], x: f64, y: f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - x) * (b - y)).sum()
    };
    let correlation = product(&expected, &found, x, y)
        / (product(&expected, &expected, x, x) * product(&found, &found, y, y)).sqrt();
    println!("correlation {correlation:.4}");
    assert!(correlation > 0.999);
}
