//! Ranks and correlations against SciPy's figures and against slow, obvious oracles.

use cellscope::stats::{
    Better, Bootstrap, Difference, Pairs, StatsError, average_ranks, bootstrap, competition_ranks,
    correlation, difference, kendall, quantile, rank_of, spearman, top_measures,
};
use proptest::prelude::*;
use rand_core::{RngCore, SeedableRng};
use rand_pcg::Pcg32;
use serde_json::Value;

/// The stored values, with null for NaN.
fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap_or(f64::NAN)).collect()
}

#[track_caller]
fn assert_close(name: &str, ours: Option<f64>, theirs: &Value) {
    match (ours, theirs.as_f64()) {
        (Some(ours), Some(theirs)) => {
            assert!((ours - theirs).abs() <= 1e-12, "{name}: {ours} instead of {theirs}")
        }
        (ours, theirs) => assert_eq!(ours, theirs, "{name}"),
    }
}

fn assert_measures(name: &str, x: &[f64], y: &[f64], expected: &Value) {
    let theirs = &expected["correlation"];
    let ours = correlation(x, y, 0, 0).unwrap();
    assert_eq!(Some(ours.cells as u64), theirs["cells"].as_u64(), "{name}");
    assert_eq!(Some(ours.defined as u64), theirs["defined"].as_u64(), "{name}");
    assert_close(name, ours.spearman, &theirs["spearman"]);
    assert_close(name, ours.kendall, &theirs["kendall"]);

    let theirs = &expected["top"];
    let ours = top_measures(x, y).unwrap();
    assert_close(name, ours.spearman_top10, &theirs["spearmanTop10"]);
    assert_close(name, ours.kendall_top10, &theirs["kendallTop10"]);
    assert_close(name, ours.top10_overlap, &theirs["top10Overlap"]);
    assert_eq!(ours.top64_in_top5.map(|n| n as u64), theirs["top64InTop5"].as_u64(), "{name}");
}

fn stored() -> Value {
    serde_json::from_str(include_str!("../data/stats_scipy.json")).unwrap()
}

#[test]
fn equals_scipy_on_generated_cases() {
    let stored = stored();
    let cases = stored["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 20);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        assert_measures(name, &x, &y, case);
        let average: Vec<f64> = average_ranks(&x).into_iter().filter(|r| !r.is_nan()).collect();
        assert_eq!(average, numbers(&case["averageRanks"]), "{name}");
        let competition: Vec<f64> =
            competition_ranks(&x, Better::Larger).into_iter().flatten().map(|r| r as f64).collect();
        assert_eq!(competition, numbers(&case["competitionRanks"]), "{name}");
    }
}

#[test]
fn degenerate_columns_have_no_correlation() {
    let empty = correlation(&[], &[], 50, 1).unwrap();
    assert_eq!((empty.cells, empty.spearman, empty.kendall, empty.spearman_low), (0, None, None, None));
    let constant = correlation(&[1.0; 9], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 50, 1).unwrap();
    assert_eq!(
        (constant.defined, constant.spearman, constant.kendall, constant.kendall_high),
        (9, None, None, None)
    );
    let infinite = correlation(&[f64::NEG_INFINITY, 0.0, f64::INFINITY], &[1.0, 2.0, 3.0], 0, 0).unwrap();
    assert_eq!((infinite.spearman, infinite.kendall), (Some(1.0), Some(1.0)));
    assert_eq!(Pairs::new(&[1.0], &[]).unwrap_err(), StatsError::Lengths { left: 1, right: 0 });
}

#[test]
fn rank_of_a_cell() {
    let accuracy = [91.0, 94.0, 94.0, f64::NAN, 10.0];
    let best = rank_of(&accuracy, 94.0, Better::Larger);
    assert_eq!(
        (best.rank, best.ties, best.percentile, best.cells, best.defined),
        (Some(1), 1, Some(100.0), 5, 4)
    );
    let worst = rank_of(&accuracy, 10.0, Better::Larger);
    assert_eq!((worst.rank, worst.ties, worst.percentile), (Some(4), 0, Some(25.0)));
    assert_eq!(rank_of(&accuracy, 10.0, Better::Smaller).rank, Some(1));
    let undefined = rank_of(&accuracy, f64::NAN, Better::Larger);
    assert_eq!(
        (undefined.score, undefined.rank, undefined.percentile, undefined.defined),
        (None, None, None, 4)
    );
    let json = serde_json::to_string(&undefined).unwrap();
    assert_eq!(json, r#"{"score":null,"rank":null,"ties":0,"percentile":null,"cells":5,"defined":4}"#);
}

#[test]
fn results_have_the_names_of_the_boundary() {
    let json = serde_json::to_string(&correlation(&[1.0, 2.0], &[1.0, 2.0], 0, 0).unwrap()).unwrap();
    let expected = r#"{"cells":2,"defined":2,"spearman":1.0,"spearmanLow":null,"spearmanHigh":null,"#
        .to_owned()
        + r#""kendall":1.0,"kendallLow":null,"kendallHigh":null}"#;
    assert_eq!(json, expected);
}

#[test]
fn quantiles_interpolate() {
    let values = [1.0, 2.0, 4.0, 8.0];
    assert_eq!(quantile(&values, 0.0), Some(1.0));
    assert_eq!(quantile(&values, 1.0), Some(8.0));
    assert_eq!(quantile(&values, 0.75), Some(5.0));
    assert_eq!(quantile(&values, 2.0), Some(8.0));
    assert_eq!(quantile(&values, f64::NAN), None);
    assert_eq!(quantile(&[], 0.5), None);
}

/// Pairs with a known true correlation: y = x + noise, both sums of uniforms, from a small generator of our own.
fn noisy_line(n: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut bell = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
    (0..n)
        .map(|_| {
            let x = bell();
            (x, x + bell())
        })
        .unzip()
}

#[test]
fn bootstrap_replays_by_seed_and_ignores_order() {
    let (x, y) = noisy_line(150, 3);
    let pairs = Pairs::new(&x, &y).unwrap();
    let first = bootstrap(&pairs, 300, 7);
    assert_eq!(first, bootstrap(&pairs, 300, 7));
    assert_ne!(first, bootstrap(&pairs, 300, 8));
    let (x, y): (Vec<f64>, Vec<f64>) = x.into_iter().zip(y).rev().unzip();
    assert_eq!(first, bootstrap(&Pairs::new(&x, &y).unwrap(), 300, 7));
}

/// Two normal variables with correlation r = 1/√2 have τ = 2/π·asin r = 1/2 and ρ = 6/π·asin(r/2) = 0.6901…; about 95 of
/// 100 intervals should cover these (percentile intervals of 120 pairs a little fewer).
#[test]
fn bootstrap_covers_the_truth() {
    let (mut rho_hits, mut tau_hits) = (0, 0);
    for seed in 1..=200 {
        let (x, y) = noisy_line(120, seed);
        let pairs = Pairs::new(&x, &y).unwrap();
        let intervals = bootstrap(&pairs, 400, seed);
        let (rho_low, rho_high) = intervals.spearman.unwrap();
        let (tau_low, tau_high) = intervals.kendall.unwrap();
        assert!(rho_low < spearman(&pairs).unwrap() && spearman(&pairs).unwrap() < rho_high);
        assert!(rho_high - rho_low < 0.4 && tau_high - tau_low < 0.4);
        rho_hits += i32::from((rho_low..=rho_high).contains(&0.690_1));
        tau_hits += i32::from((tau_low..=tau_high).contains(&0.5));
    }
    assert!((180..=200).contains(&rho_hits), "{rho_hits} of 200");
    assert!((180..=200).contains(&tau_hits), "{tau_hits} of 200");
}

/// A clean and a noisy copy of a line with the line itself, and another noisy copy.
fn rivals(n: usize, seed: u64) -> [Vec<f64>; 3] {
    let (line, once) = noisy_line(n, seed);
    let (more, _) = noisy_line(n, seed + 1000);
    let twice = once.iter().zip(&more).map(|(a, b)| a + 1.5 * b).collect();
    [once, twice, line]
}

/// Two separate intervals overlap where the paired one is clear of zero: what both scores share cancels.
#[test]
fn a_paired_difference_is_sharper_than_two_intervals() {
    let [good, bad, line] = rivals(120, 3);
    let found = difference(&good, &bad, &line, 400, 7).unwrap();
    let (of_good, of_bad) =
        (correlation(&good, &line, 400, 7).unwrap(), correlation(&bad, &line, 400, 7).unwrap());
    assert_eq!(found.spearman, Some(of_good.spearman.unwrap() - of_bad.spearman.unwrap()));
    assert_eq!(found.kendall, Some(of_good.kendall.unwrap() - of_bad.kendall.unwrap()));
    let separate = of_good.spearman_high.unwrap() - of_good.spearman_low.unwrap()
        + (of_bad.spearman_high.unwrap() - of_bad.spearman_low.unwrap());
    assert!(found.spearman_low.unwrap() > 0.0);
    assert!(found.spearman_high.unwrap() - found.spearman_low.unwrap() < 0.8 * separate);
    assert_eq!(found, difference(&good, &bad, &line, 400, 7).unwrap());
    assert_ne!(found, difference(&good, &bad, &line, 400, 8).unwrap());
    let lengths = StatsError::Lengths { left: 120, right: 1 };
    assert_eq!(difference(&good, &bad, &[1.0], 0, 0), Err(lengths.clone()));
    assert_eq!(difference(&good, &[1.0], &line, 0, 0), Err(lengths));
}

/// x + u and x + u + 1.5 v, u and v as spread as x, have ρ = 6/π·asin(r/2) with x for r = 1/√2 and 1/√4.25; about 95 of 100
/// intervals should cover the difference.
#[test]
fn a_paired_difference_covers_the_truth() {
    let rho = |r: f64| 6.0 / std::f64::consts::PI * (r / 2.0).asin();
    let truth = rho(0.5_f64.sqrt()) - rho(1.0 / 4.25_f64.sqrt());
    let mut hits = 0;
    for seed in 1..=200 {
        let [good, bad, line] = rivals(120, seed);
        let found = difference(&good, &bad, &line, 300, seed).unwrap();
        let range = found.spearman_low.unwrap()..=found.spearman_high.unwrap();
        assert!(range.contains(&found.spearman.unwrap()));
        assert!((found.kendall_low.unwrap()..=found.kendall_high.unwrap()).contains(&found.kendall.unwrap()));
        hits += i32::from(range.contains(&truth));
    }
    assert!((180..=200).contains(&hits), "{hits} of 200");
}

/// The same draws as the bootstrap's, each resample written out and judged by the definitions.
#[test]
fn a_paired_difference_equals_the_oracle() {
    let draw = |generator: &mut Pcg32, below: u32| loop {
        // Lemire's rejection, as in `stats::bootstrap`.
        let product = u64::from(generator.next_u32()) * u64::from(below);
        if product as u32 >= below.wrapping_neg() % below {
            return (product >> 32) as usize;
        }
    };
    for seed in 0..6 {
        let n = 12 + 5 * seed as usize;
        let [mut first, second, y] = rivals(n, seed + 1);
        let tied = |values: Vec<f64>| values.into_iter().map(|v| (2.0 * v).round()).collect::<Vec<_>>();
        let (second, y) = (tied(second), tied(y));
        first[3] = f64::NAN;
        let cells: Vec<usize> = (0..n).filter(|&cell| cell != 3).collect();
        let mut generator = Pcg32::seed_from_u64(seed);
        let (mut rhos, mut taus) = (Vec::new(), Vec::new());
        for _ in 0..40 {
            let drawn: Vec<usize> =
                cells.iter().map(|_| cells[draw(&mut generator, cells.len() as u32)]).collect();
            let part = |column: &[f64]| drawn.iter().map(|&cell| column[cell]).collect::<Vec<_>>();
            let (a, b, c) = (part(&first), part(&second), part(&y));
            rhos.push(slow_spearman(&a, &c).unwrap() - slow_spearman(&b, &c).unwrap());
            taus.push(slow_kendall(&a, &c).unwrap() - slow_kendall(&b, &c).unwrap());
        }
        let found = difference(&first, &second, &y, 40, seed).unwrap();
        assert_eq!((found.cells, found.defined), (n, n - 1));
        for (mut slow, low, high) in
            [(rhos, found.spearman_low, found.spearman_high), (taus, found.kendall_low, found.kendall_high)]
        {
            slow.sort_by(f64::total_cmp);
            assert!((low.unwrap() - quantile(&slow, 0.025).unwrap()).abs() < 1e-12);
            assert!((high.unwrap() - quantile(&slow, 0.975).unwrap()).abs() < 1e-12);
        }
    }
}

/// Average ranks by counting, O(n²).
fn slow_ranks(values: &[f64]) -> Vec<f64> {
    let count = |test: &dyn Fn(f64) -> bool| values.iter().filter(|&&v| test(v)).count() as f64;
    values.iter().map(|&v| count(&|w| w < v) + (count(&|w| w == v) + 1.0) / 2.0).collect()
}

/// Pearson's correlation of the ranks, by the definition.
fn slow_spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = (slow_ranks(x), slow_ranks(y));
    let mean = (x.len() as f64 + 1.0) / 2.0;
    let product =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum() };
    let scale = product(&x, &x) * product(&y, &y);
    (scale > 0.0).then(|| product(&x, &y) / scale.sqrt())
}

/// τ-b by looking at every pair of points, O(n²).
fn slow_kendall(x: &[f64], y: &[f64]) -> Option<f64> {
    let sign = |a: f64, b: f64| i64::from(a > b) - i64::from(a < b);
    let (mut difference, mut x_untied, mut y_untied) = (0, 0, 0);
    for i in 0..x.len() {
        for j in 0..i {
            let (dx, dy) = (sign(x[i], x[j]), sign(y[i], y[j]));
            difference += dx * dy;
            x_untied += dx * dx;
            y_untied += dy * dy;
        }
    }
    let scale = x_untied as f64 * y_untied as f64;
    (scale > 0.0).then(|| difference as f64 / scale.sqrt())
}

/// Columns with ties, infinities and undefined values.
fn columns() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let value = || {
        prop_oneof![
            6 => (-4..5_i32).prop_map(f64::from),
            4 => -5.0..5.0_f64,
            1 => Just(f64::NAN),
            1 => Just(f64::INFINITY),
            1 => Just(-0.0),
        ]
    };
    prop::collection::vec((value(), value()), 0..70).prop_map(|pairs| pairs.into_iter().unzip())
}

proptest! {
    #[test]
    fn equals_the_oracles((x, y) in columns()) {
        let (a, b): (Vec<f64>, Vec<f64>) =
            x.iter().zip(&y).filter(|(a, b)| !a.is_nan() && !b.is_nan()).unzip();
        let pairs = Pairs::new(&x, &y).unwrap();
        prop_assert_eq!((pairs.cells(), pairs.defined()), (x.len(), a.len()));
        for (ours, slow) in [(spearman(&pairs), slow_spearman(&a, &b)), (kendall(&pairs), slow_kendall(&a, &b))] {
            prop_assert_eq!(ours.is_some(), slow.is_some());
            prop_assert!((ours.unwrap_or(0.0) - slow.unwrap_or(0.0)).abs() < 1e-12);
        }
        prop_assert_eq!(average_ranks(&a), slow_ranks(&a));
    }

    #[test]
    fn correlations_are_symmetric_and_odd((x, y) in columns()) {
        let pairs = Pairs::new(&x, &y).unwrap();
        let swapped = Pairs::new(&y, &x).unwrap();
        let negated = Pairs::new(&x.iter().map(|v| -v).collect::<Vec<_>>(), &y).unwrap();
        for measure in [spearman, kendall] {
            let close = |a: Option<f64>, b: Option<f64>| a.is_some() == b.is_some()
                && (a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() < 1e-12;
            prop_assert!(close(measure(&pairs), measure(&swapped)));
            prop_assert!(close(measure(&pairs), measure(&negated).map(|v| -v)));
        }
    }

    #[test]
    fn differences_turn_with_their_sides((a, y) in columns(), seed in 0..99_u64) {
        // A second score with ties and gaps of its own.
        let b: Vec<f64> = (0..a.len()).map(|i| if i % 11 == 5 { f64::NAN } else { (i * i % 7) as f64 }).collect();
        let there = difference(&a, &b, &y, 30, seed).unwrap();
        let back = difference(&b, &a, &y, 30, seed).unwrap();
        prop_assert_eq!((there.cells, there.defined), (back.cells, back.defined));
        let turned = |x: Option<f64>, y: Option<f64>| {
            x.is_some() == y.is_some() && (x.unwrap_or(0.0) + y.unwrap_or(0.0)).abs() < 1e-12
        };
        prop_assert!(turned(there.spearman, back.spearman) && turned(there.kendall, back.kendall));
        prop_assert!(turned(there.spearman_low, back.spearman_high));
        prop_assert!(turned(there.kendall_low, back.kendall_high));
        for (low, high) in [(there.spearman_low, there.spearman_high), (there.kendall_low, there.kendall_high)] {
            prop_assert!(low.is_none_or(|low| low >= -2.0 && low <= high.unwrap() && high.unwrap() <= 2.0));
        }
        // A score is exactly as good as itself, and as any that puts the cells in the same order.
        let same: Vec<f64> = a.iter().map(|v| v * 2.0).collect();
        for other in [&a, &same] {
            let none = difference(&a, other, &y, 30, seed).unwrap();
            for value in [none.spearman, none.spearman_low, none.spearman_high, none.kendall, none.kendall_low, none.kendall_high] {
                prop_assert!(value.is_none_or(|value| value == 0.0));
            }
            prop_assert_eq!(none.spearman.is_some(), correlation(&a, &y, 0, 0).unwrap().spearman.is_some());
        }
    }

    #[test]
    fn rank_of_agrees_with_all_ranks((x, _) in columns(), larger in any::<bool>()) {
        let better = if larger { Better::Larger } else { Better::Smaller };
        let ranks = competition_ranks(&x, better);
        for (&value, rank) in x.iter().zip(ranks) {
            let place = rank_of(&x, value, better);
            prop_assert_eq!(place.rank, rank);
            prop_assert!(place.percentile.is_none_or(|p| p > 0.0 && p <= 100.0));
        }
    }

    #[test]
    fn intervals_stay_in_range((x, y) in columns(), seed in any::<u64>()) {
        let pairs = Pairs::new(&x, &y).unwrap();
        let found = bootstrap(&pairs, 20, seed);
        for (low, high) in [found.spearman, found.kendall].into_iter().flatten() {
            prop_assert!((-1.0..=1.0).contains(&low) && low <= high && high <= 1.0);
        }
    }
}

/// Steps of any size, and company of the same or another number of pairs, leave every bit as it is.
#[test]
fn a_bootstrap_in_steps_is_the_bootstrap() {
    let (x, y) = noisy_line(90, 3);
    let (few, more) = (Pairs::new(&x[..40], &y[..40]).unwrap(), Pairs::new(&x, &y).unwrap());
    let same = Pairs::new(&y, &x).unwrap();
    let none = Pairs::new(&[], &[]).unwrap();
    for step in [1, 8, 30, 1000] {
        let pairs = vec![few.clone(), more.clone(), none.clone(), same.clone()];
        let mut run = Bootstrap::new(pairs, 21, 5);
        assert_eq!(run.total(), 63);
        while run.done() < run.total() {
            let before = run.done();
            run.step(step);
            assert!(run.done() > before);
        }
        run.step(1);
        assert_eq!(run.done(), 63);
        for (k, pairs) in run.pairs().iter().enumerate() {
            assert_eq!(run.intervals(k), bootstrap(pairs, 21, 5));
        }
    }
}

/// Nothing to compare, in the values and in the resamples.
#[test]
fn no_cell_has_no_difference() {
    for (first, y) in [(vec![], vec![]), (vec![f64::NAN; 3], vec![1.0, 2.0, 3.0])] {
        let found = difference(&first, &y, &y, 20, 0).unwrap();
        assert_eq!(found, Difference { cells: y.len(), ..Default::default() });
    }
}

/// More pairs than are looked at eight resamples at a time: what one resample gives by itself.
#[test]
fn intervals_of_very_many_pairs() {
    let x: Vec<f64> = (0..46_341).map(|k| f64::from(k % 1000)).collect();
    let y: Vec<f64> = (0..46_341).map(|k| f64::from(k % 7)).collect();
    let pairs = Pairs::new(&x, &y).unwrap();
    let found = bootstrap(&pairs, 3, 0);
    let (low, high) = found.spearman.unwrap();
    assert!(low < high && low.abs() < 0.05 && high.abs() < 0.05);
    let itself = difference(&x, &x, &y, 3, 0).unwrap();
    assert_eq!((itself.spearman_low, itself.kendall_high), (Some(0.0), Some(0.0)));
    // A perfect order stays one, whatever is drawn.
    let line: Vec<f64> = (0..46_341).map(f64::from).collect();
    let same = bootstrap(&Pairs::new(&line, &line).unwrap(), 2, 0);
    assert_eq!(same.spearman, Some((1.0, 1.0)));
    assert!(same.kendall.is_some_and(|(low, high)| low > 1.0 - 1e-12 && high <= 1.0));
}
