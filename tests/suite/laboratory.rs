//! Fronts, combinations, slices, bands and the papers' experiment, against slow and obvious oracles.

use cellscope::{
    known::KnownTable,
    known::Slicing,
    search::{BestOfRun, SearchError, best_of},
    space,
    stats::{
        Better, StatsError, average_ranks, correlation, correlation_by_group, correlation_where, deciles,
        difference, difference_by_group, front, mean_ranks, overrating, quantile, quartile_bands,
        top_measures,
    },
};
use proptest::prelude::*;

/// Few different values, so that many tie; some undefined.
fn values() -> impl Strategy<Value = f64> {
    prop_oneof![8 => (0..9_i8).prop_map(f64::from), 1 => Just(f64::NAN), 1 => Just(-0.0)]
}

fn columns(rows: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((values(), values()), 0..rows)
}

fn ends() -> impl Strategy<Value = (Better, Better)> {
    let end = || prop_oneof![Just(Better::Larger), Just(Better::Smaller)];
    (end(), end())
}

/// How many places before it, plus half of those that share it: 1 for the only best.
fn slow_rank(values: &[f64], better: Better, value: f64) -> f64 {
    let ahead = values.iter().filter(|&&other| better.prefers(other, value)).count() as f64;
    let ties = values.iter().filter(|&&other| other == value).count() as f64;
    ahead + (ties + 1.0) / 2.0
}

proptest! {
    #[test]
    fn a_front_holds_what_nothing_dominates(pairs in columns(60), (x_better, y_better) in ends()) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let found = front((&x, x_better), (&y, y_better)).unwrap();
        let dominates = |a: usize, b: usize| {
            let no_worse = !x_better.prefers(x[b], x[a]) && !y_better.prefers(y[b], y[a]);
            no_worse && (x_better.prefers(x[a], x[b]) || y_better.prefers(y[a], y[b]))
        };
        let counts = |i: &usize| !x[*i].is_nan() && !y[*i].is_nan();
        let all: Vec<usize> = (0..x.len()).filter(counts).collect();
        let expected: Vec<usize> =
            all.iter().copied().filter(|&i| all.iter().all(|&other| !dominates(other, i))).collect();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, expected);
        for pair in found.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let equal = x[a] == x[b] && y[a] == y[b];
            let in_order = x_better.prefers(x[a], x[b]) && y_better.prefers(y[b], y[a]);
            prop_assert!(in_order || (equal && a < b));
        }
    }

    #[test]
    fn combined_ranks_are_means_of_ranks(pairs in columns(40), (x_better, y_better) in ends()) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let found = mean_ranks(&[(&x, x_better), (&y, y_better)]).unwrap();
        let differences = overrating((&x, x_better), (&y, y_better)).unwrap();
        let (both_x, both_y): (Vec<f64>, Vec<f64>) =
            pairs.iter().copied().filter(|(a, b)| !a.is_nan() && !b.is_nan()).unzip();
        for (place, &(a, b)) in pairs.iter().enumerate() {
            if a.is_nan() || b.is_nan() {
                prop_assert!(found[place].is_nan() && differences[place].is_nan());
                continue;
            }
            let (by_x, by_y) = (slow_rank(&both_x, x_better, a), slow_rank(&both_y, y_better, b));
            prop_assert_eq!(found[place], (by_x + by_y) / 2.0);
            // Over-rated where the second column, the accuracy, puts it further back.
            prop_assert_eq!(differences[place], by_y - by_x);
        }
        let sum: f64 = differences.iter().filter(|difference| !difference.is_nan()).sum();
        prop_assert_eq!(sum, 0.0);
    }

    #[test]
    fn slices_are_correlations_of_parts(pairs in columns(60), (lot, seed) in (1..5_usize, 0..9_u64)) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let groups: Vec<Option<usize>> = (0..x.len()).map(|i| (i % 7 != 0).then_some(i * i % 5 % lot)).collect();
        let found = correlation_by_group(&x, &y, &groups, 10, seed).unwrap();
        prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut cells = 0;
        for (group, slice) in &found {
            let members: Vec<usize> = (0..x.len()).filter(|&i| groups[i] == Some(*group)).collect();
            let part = |column: &[f64]| members.iter().map(|&i| column[i]).collect::<Vec<_>>();
            prop_assert_eq!(slice, &correlation(&part(&x), &part(&y), 10, seed).unwrap());
            let by_predicate = correlation_where(&x, &y, |i| groups[i] == Some(*group), 10, seed).unwrap();
            prop_assert_eq!(slice, &by_predicate);
            prop_assert!(slice.cells > 0);
            // Against another score, over the same parts.
            let rival: Vec<f64> = (0..x.len()).map(|i| (i * 5 % 7) as f64).collect();
            let lead = &difference_by_group(&x, &rival, &y, &groups, 10, seed).unwrap();
            let (_, lead) = lead.iter().find(|(other, _)| other == group).unwrap();
            prop_assert_eq!(lead, &difference(&part(&x), &part(&rival), &part(&y), 10, seed).unwrap());
            cells += slice.cells;
        }
        prop_assert_eq!(cells, groups.iter().flatten().count());
    }

    #[test]
    fn bands_are_quantiles_of_columns(curves in prop::collection::vec(prop::collection::vec(values(), 0..12), 0..9)) {
        let slices: Vec<&[f64]> = curves.iter().map(Vec::as_slice).collect();
        let found = quartile_bands(&slices);
        prop_assert_eq!(found.len(), curves.iter().map(Vec::len).max().unwrap_or(0));
        for (point, quartiles) in found.iter().enumerate() {
            let mut column: Vec<f64> = curves.iter().filter_map(|curve| curve.get(point)).copied().collect();
            column.retain(|value| !value.is_nan());
            column.sort_by(f64::total_cmp);
            for (part, value) in [(0.25, quartiles.low), (0.5, quartiles.median), (0.75, quartiles.high)] {
                prop_assert_eq!(quantile(&column, part).map(f64::to_bits), Some(value.to_bits()).filter(|_| !value.is_nan()));
            }
        }
    }

    #[test]
    fn the_best_of_a_sample_is_chosen(pairs in columns(40), (score_better, accuracy_better) in ends(), seed in 0..99_u64) {
        let (scores, accuracy): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let known: Vec<usize> = (0..pairs.len()).filter(|&i| !accuracy[i].is_nan()).collect();
        let all = best_of((&scores, score_better), (&accuracy, accuracy_better), known.len().max(1), 3, seed);
        if known.is_empty() {
            prop_assert_eq!(all.unwrap_err(), SearchError::NothingKnown);
            return Ok(());
        }
        // Everything is drawn: any of the best by score, whatever the seed.
        let all = all.unwrap();
        let defined: Vec<usize> = known.iter().copied().filter(|&i| !scores[i].is_nan()).collect();
        let accuracies: Vec<f64> = known.iter().map(|&i| accuracy[i]).collect();
        for pick in &all.picks {
            prop_assert_eq!(pick.undefined, known.len() - defined.len());
            prop_assert!(known.iter().all(|&i| !accuracy_better.prefers(accuracy[i], pick.optimum)));
            let Some(cell) = pick.cell else {
                prop_assert!(defined.is_empty() && pick.accuracy.is_nan() && pick.rank.is_none());
                continue;
            };
            prop_assert!(defined.iter().all(|&i| !score_better.prefers(scores[i], scores[cell])));
            prop_assert_eq!(pick.accuracy, accuracy[cell]);
            let ahead = accuracies.iter().filter(|&&a| accuracy_better.prefers(a, accuracy[cell])).count();
            prop_assert_eq!((pick.rank, pick.rank_of_all), (Some(ahead + 1), Some(ahead + 1)));
        }
        prop_assert_eq!(all.chosen, if defined.is_empty() { 0 } else { 3 });
        // One cell each: the one drawn, whatever its score.
        let one = best_of((&scores, score_better), (&accuracy, accuracy_better), 1, 40, seed).unwrap();
        for pick in &one.picks {
            prop_assert_eq!(pick.random, pick.optimum);
            prop_assert!(pick.cell.is_none() == (pick.undefined == 1));
            prop_assert!(pick.cell.is_none_or(|cell| accuracy[cell] == pick.random && pick.rank == Some(1)));
        }
        let picked: Vec<f64> = one.picks.iter().filter_map(|pick| pick.cell).map(|cell| accuracy[cell]).collect();
        prop_assert_eq!(picked.len(), one.chosen);
        if !picked.is_empty() {
            let mean = picked.iter().sum::<f64>() / picked.len() as f64;
            let sd = (picked.iter().map(|a| (a - mean).powi(2)).sum::<f64>() / picked.len() as f64).sqrt();
            prop_assert!((one.mean - mean).abs() < 1e-12 && (one.sd - sd).abs() < 1e-12);
            prop_assert_eq!(one.mean_rank, 1.0);
        }
    }
}

#[test]
fn columns_of_different_lengths_are_refused() {
    let (a, b) = ((&[1.0, 2.0][..], Better::Larger), (&[1.0][..], Better::Smaller));
    let lengths = StatsError::Lengths { left: 2, right: 1 };
    assert_eq!(front(a, b), Err(lengths.clone()));
    assert_eq!(mean_ranks(&[a, b]), Err(lengths.clone()));
    assert_eq!(overrating(a, b), Err(lengths.clone()));
    assert_eq!(correlation_by_group(a.0, a.0, &[None], 0, 0), Err(lengths.clone()));
    assert_eq!(difference_by_group(a.0, a.0, b.0, &[None; 2], 0, 0), Err(lengths.clone()));
    assert_eq!(correlation_where(a.0, b.0, |_| true, 0, 0), Err(lengths));
    assert_eq!(best_of(a, b, 1, 1, 0), Err(SearchError::Length { expected: 2, found: 1 }));
    assert!(best_of(a, a, 3, 1, 0).unwrap_err().to_string().contains("sample must be 1 to 2"));
    assert!(best_of(a, a, 1, 0, 0).unwrap_err().to_string().contains("repetitions"));
    assert_eq!(mean_ranks(&[]), Ok(Vec::new()));
    assert_eq!(mean_ranks(&[a]), Ok(vec![2.0, 1.0]));
    assert!(
        average_ranks(&[]).is_empty()
            && front((&[], Better::Larger), (&[], Better::Larger)).unwrap().is_empty()
    );
}

#[test]
fn deciles_of_the_known_accuracies() {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    let accuracy = table.column("cifar10_test_acc").unwrap();
    let groups = deciles(accuracy);
    let mut sorted = accuracy.to_vec();
    sorted.sort_by(f64::total_cmp);
    for decile in 0..10 {
        let members = || (0..accuracy.len()).filter(|&cell| groups[cell] == Some(decile));
        // Few accuracies tie.
        assert!(members().count().abs_diff(1562) < 30, "{decile}: {}", members().count());
        let low = quantile(&sorted, decile as f64 / 10.0).unwrap();
        let high = quantile(&sorted, (decile + 1) as f64 / 10.0).unwrap();
        assert!(members().all(|cell| (accuracy[cell] > low || decile == 0) && accuracy[cell] <= high));
    }
    // The best decile is the top 10 % of the ε paper.
    let params = table.column("params_m").unwrap();
    let best = correlation_where(params, accuracy, |cell| groups[cell] == Some(9), 0, 0).unwrap();
    let defined: Vec<usize> = (0..accuracy.len()).filter(|&cell| !params[cell].is_nan()).collect();
    let part = |column: &[f64]| defined.iter().map(|&cell| column[cell]).collect::<Vec<_>>();
    let (x, y) = (part(params), part(accuracy));
    let groups = deciles(&y);
    let top = correlation_where(&x, &y, |cell| groups[cell] == Some(9), 0, 0).unwrap();
    assert_eq!(top.spearman, top_measures(&x, &y).unwrap().spearman_top10);
    assert!(best.cells > 1500 && best.defined < best.cells);
    assert_eq!(deciles(&[f64::NAN, 4.0, 4.0]), [None, Some(0), Some(0)]);
}

#[test]
fn convolutions_and_skips_of_cells() {
    let counts = |space: &str, text: &str| {
        let cell = space::find(space).unwrap().parse(text).unwrap();
        (space::convs(&*cell), space::skips(&*cell))
    };
    let dead = "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|none~2|";
    assert_eq!(counts("nasbench201", dead), (2, 1));
    assert_eq!(counts("nasbench101", "4:0110001100010000:input|conv1x1-bn-relu|maxpool3x3|output"), (1, 0));
    assert_eq!(counts("transnas101-micro", "64-41414-1_23_013"), (3, 2));
    let space = space::find("nasbench201").unwrap();
    let mut with = [0; 7];
    (0..15_625).for_each(|cell| with[space::convs(&*space.at(cell).unwrap())] += 1);
    let cells = || (0..15_625).map(|cell| space.at(cell).unwrap());
    let convs = Slicing::Convs.groups(cells(), &[]);
    assert!(convs.iter().zip(cells()).all(|(&group, cell)| group == Some(space::convs(&*cell))));
    let skip = Slicing::Skip.groups(cells(), &[]);
    // Four of five operations are no skip.
    assert_eq!(skip.iter().filter(|&&group| group == Some(0)).count(), 4096);
    assert_eq!(Slicing::Decile.groups(cells(), &[1.0, f64::NAN]), [Some(0), None]);
    assert!(Slicing::ALL.into_iter().all(|slicing| Slicing::find(slicing.id()) == Some(slicing)));
    // Two of five operations are convolutions: Binomial(6, 2/5) · 5⁶.
    assert_eq!(with, [729, 2916, 4860, 4320, 2160, 576, 64]);
}

/// What is done of an experiment is the same experiment with fewer repetitions.
#[test]
fn the_best_of_n_in_steps_is_the_best_of_n() {
    let scores: Vec<f64> = (0..50).map(|k| f64::from(k * 37 % 50)).collect();
    let accuracy: Vec<f64> = (0..50).map(|k| f64::from(k * 11 % 50)).collect();
    let mut run =
        BestOfRun::new((scores.clone(), Better::Larger), (accuracy.clone(), Better::Larger), 7, 20, 4)
            .unwrap();
    while run.done() < run.total() {
        run.step(6);
        let whole = best_of((&scores, Better::Larger), (&accuracy, Better::Larger), 7, run.done(), 4);
        assert_eq!(Ok(run.found()), whole);
    }
    assert_eq!(run.done(), 20);
}
