//! The laboratory at the boundary to JavaScript, in the browser: searches step by step equal the core's, columns come
//! back as typed arrays, and every error is `{ kind, message, at }`.

use cellscope::{
    known::KnownTable,
    method::{Evaluator, Proxy, Settings},
    search::{self, Landscape, Method, Move, Options, ProxyGuide, Row, Run, Scores},
    space,
    stats::{self, Better},
    web::{error::WebError, laboratory, runs, search::Search},
};
use js_sys::{Array, Float64Array, Int32Array, Object, Reflect, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test as test;

const SPACE: &str = "nasbench201";
const NONE: JsValue = JsValue::UNDEFINED;

fn column(id: &str) -> Vec<f64> {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    table.column(id).unwrap().to_vec()
}

fn get(value: &JsValue, name: &str) -> JsValue {
    let found = Reflect::get(value, &name.into()).unwrap();
    assert!(!found.is_undefined(), "no member `{name}`");
    found
}

fn words(value: &JsValue, name: &str) -> Vec<u32> {
    get(value, name).dyn_into::<Uint32Array>().unwrap().to_vec()
}

fn numbers(value: &JsValue, name: &str) -> Vec<f64> {
    get(value, name).dyn_into::<Float64Array>().unwrap().to_vec()
}

/// An object of numbers and strings.
fn options(numbers: &[(&str, f64)], strings: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in numbers {
        Reflect::set(&object, &(*name).into(), &(*value).into()).unwrap();
    }
    for (name, value) in strings {
        Reflect::set(&object, &(*name).into(), &(*value).into()).unwrap();
    }
    object.into()
}

fn floats(columns: &[&[f64]]) -> JsValue {
    columns.iter().map(|&column| Float64Array::from(column)).collect::<Array>().into()
}

fn assert_error<T>(result: Result<T, WebError>, kind: &str, part: &str) {
    let error: JsValue = result.err().expect("refused").into();
    let message = get(&error, "message").as_string().unwrap();
    assert_eq!(get(&error, "kind").as_string().as_deref(), Some(kind), "{message}");
    assert!(message.contains(part), "{message}");
    assert!(get(&error, "at").is_null());
}

/// All rows of a search, some steps at a time: number of the run and bits of the row.
fn all_rows(search: &mut Search, work: u32) -> Vec<(u32, u32, u32, [u64; 3])> {
    let mut rows = Vec::new();
    while search.done() < search.total() {
        let found = search.step(f64::from(work)).unwrap();
        let (run, step, cell) = (words(&found, "run"), words(&found, "step"), words(&found, "cell"));
        let [score, accuracy, best] = ["score", "accuracy", "best"].map(|name| numbers(&found, name));
        assert!(run.len() <= work as usize);
        for i in 0..run.len() {
            rows.push((run[i], step[i], cell[i], [score[i], accuracy[i], best[i]].map(f64::to_bits)));
        }
        assert_eq!(rows.len(), search.done());
    }
    assert_eq!(words(&search.step(5.0).unwrap(), "run"), [0; 0]);
    rows
}

#[test]
fn a_search_in_steps_equals_the_core() {
    let accuracy = column("cifar10valid_val_acc");
    let space = space::find(SPACE).unwrap();
    let landscape = Landscape::of_space(space, &accuracy, Better::Larger).unwrap();
    let core = Options {
        budget: 50,
        warmup: 60,
        population: 20,
        tournament: 5,
        guided_move: Some(Move::Children),
        ..Options::new(Method::AgeingEvolution)
    };
    let scores = Scores::new(15_625);
    let mut guide = ProxyGuide::new(space, degree(), Evaluator::new(Settings::default()), scores);
    let mut expected = Vec::new();
    for run in 2..5 {
        let rows = Run::new(&landscape, &core, 9, run).unwrap().rows(&landscape, Some(&mut guide)).unwrap();
        let bits = |row: &Row| [row.score, row.accuracy, row.best].map(f64::to_bits);
        expected.extend(rows.iter().map(|row| (run as u32, row.step as u32, row.cell, bits(row))));
    }
    let given = [
        ("budget", 50.0),
        ("warmup", 60.0),
        ("population", 20.0),
        ("tournament", 5.0),
        ("seed", 9.0),
        ("firstRun", 2.0),
        ("runs", 3.0),
    ];
    let given = options(&given, &[("method", "ageing-evolution"), ("move", "children")]);
    for work in [1, 7, 1000] {
        let mut search = Search::new(SPACE, &NONE, &accuracy, &given).unwrap();
        search.guide_by_proxy("nasgraph", &NONE).unwrap();
        assert_eq!((search.total(), search.done(), search.warmed()), (150, 0, 0));
        assert_eq!(all_rows(&mut search, work), expected, "{work}");
    }
    // The same scores as a column.
    let degrees: Vec<f64> = (0..15_625)
        .map(|index| {
            let asked = expected.iter().find(|row| row.2 == index);
            asked.map_or(f64::NAN, |row| f64::from_bits(row.3[0]))
        })
        .collect();
    let given = options(&[("budget", 40.0), ("warmup", 30.0)], &[("method", "random"), ("better", "larger")]);
    let mut search = Search::new(SPACE, &NONE, &accuracy, &given).unwrap();
    search.guide_by_column(degrees, "larger").unwrap();
    let found = search.step(29.0).unwrap();
    assert_eq!((search.warmed(), search.done(), words(&found, "run").len()), (29, 0, 0));
    assert_eq!(all_rows(&mut search, 8).len(), 40);
    let optimum = search.optimum().unwrap();
    let best = accuracy.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    assert_eq!(get(&optimum, "accuracy").as_f64(), Some(best));
    assert_eq!(accuracy[get(&optimum, "cell").as_f64().unwrap() as usize], best);
}

#[test]
fn a_search_among_listed_cells() {
    let texts: Vec<String> =
        space::find("nds-darts").unwrap().sample(30, 1).iter().map(|cell| cell.text()).collect();
    let list: JsValue = texts.iter().map(|text| JsValue::from(text.as_str())).collect::<Array>().into();
    let accuracy: Vec<f64> = (0..30).map(f64::from).collect();
    let given = options(&[("budget", 30.0)], &[("method", "random"), ("better", "smaller")]);
    let mut search = Search::new("nds-darts", &list, &accuracy, &given).unwrap();
    let rows = all_rows(&mut search, 100);
    assert_eq!((rows.len(), f64::from_bits(rows[29].3[2])), (30, 0.0));
    let evolution = options(&[("budget", 30.0), ("population", 10.0)], &[("method", "ageing-evolution")]);
    assert_error(Search::new("nds-darts", &list, &accuracy, &evolution), "argument", "one edit apart");
}

#[test]
fn searches_that_are_refused() {
    let accuracy = column("cifar10valid_val_acc");
    let new = |numbers: &[(&str, f64)], strings: &[(&str, &str)]| {
        Search::new(SPACE, &NONE, &accuracy, &options(numbers, strings))
    };
    let random = ("method", "random");
    assert_error(new(&[], &[]), "argument", "`method` is missing");
    assert_error(new(&[], &[("method", "evolution")]), "argument", "random, ageing-evolution");
    assert_error(new(&[("budget", 0.0)], &[random]), "limit", "budget must be 1 to 15625");
    assert_error(new(&[("budget", 1.5)], &[random]), "argument", "`budget`");
    assert_error(new(&[("runs", 0.0)], &[random]), "argument", "`runs`");
    assert_error(new(&[], &[random, ("better", "more")]), "argument", "larger, smaller");
    assert_error(new(&[], &[random, ("move", "parent")]), "argument", "makes no moves");
    assert_error(Search::new(SPACE, &NONE, &[1.0], &options(&[], &[random])), "argument", "15625 cells");
    assert_error(
        Search::new(SPACE, &NONE, &[f64::NAN; 15_625], &options(&[], &[random])),
        "known",
        "no cell",
    );
    // Without the guide that a warm-up needs, and without the batch that ε needs.
    let mut search = new(&[("warmup", 10.0), ("budget", 5.0)], &[random]).unwrap();
    assert_error(search.step(1.0), "argument", "warm-up needs a proxy");
    assert_error(search.step(0.0), "argument", "number of steps");
    assert_error(search.guide_by_column(vec![1.0], "larger"), "argument", "1 scores for 15625 cells");
    assert_error(search.guide_by_proxy("degree", &NONE), "argument", "no proxy");
    search.guide_by_proxy("epsilon", &NONE).unwrap();
    assert_error(search.step(1.0), "batch", "batch");
}

#[test]
fn columns_go_through_the_core() {
    let (accuracy, params) = (column("cifar10_test_acc"), column("params_m"));
    let top = laboratory::top_measures(&params, &accuracy).unwrap();
    let expected = stats::top_measures(&params, &accuracy).unwrap();
    assert_eq!(get(&top, "spearmanTop10").as_f64(), expected.spearman_top10);
    assert_eq!(get(&top, "top10Overlap").as_f64(), expected.top10_overlap);
    assert_eq!(get(&top, "top64InTop5").as_f64(), expected.top64_in_top5.map(|count| count as f64));

    let columns = ((&params[..], Better::Smaller), (&accuracy[..], Better::Larger));
    let front: Vec<u32> = stats::front(columns.0, columns.1).unwrap().into_iter().map(|i| i as u32).collect();
    assert_eq!(laboratory::front(&params, "smaller", &accuracy, "larger").unwrap(), front);
    assert!(front.len() > 5);

    let ends: JsValue = ["smaller", "larger"].into_iter().map(JsValue::from).collect::<Array>().into();
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let ranks = laboratory::average_ranks(&floats(&[&params, &accuracy]), &ends).unwrap();
    assert_eq!(bits(&ranks), bits(&stats::mean_ranks(&[columns.0, columns.1]).unwrap()));
    let over = laboratory::overrating(&params, "larger", &accuracy, "larger").unwrap();
    let expected = stats::overrating((&params, Better::Larger), columns.1).unwrap();
    assert_eq!(bits(&over), bits(&expected));

    let expected = search::best_of((&params, Better::Larger), columns.1, 200, 30, 4).unwrap();
    let (score, truth) = (params.clone(), accuracy.clone());
    let mut run = runs::BestOfRun::new(score, "larger", truth, "larger", 200.0, 30.0, 4.0).unwrap();
    let (mut cells, mut ranks) = (Vec::new(), Vec::new());
    let mut last = JsValue::NULL;
    while run.done() < run.total() {
        last = run.step(7.0).unwrap();
        cells.extend(get(&last, "cell").dyn_into::<Int32Array>().unwrap().to_vec());
        ranks.extend(words(&last, "rankOfAll"));
    }
    assert_eq!(get(&last, "mean").as_f64(), Some(expected.mean));
    assert_eq!(get(&last, "meanRank").as_f64(), Some(expected.mean_rank));
    assert_eq!(cells.len(), 30);
    assert!(cells.iter().zip(&expected.picks).all(|(&cell, pick)| pick.cell == usize::try_from(cell).ok()));
    assert!(ranks.iter().zip(&expected.picks).all(|(&rank, pick)| pick.rank_of_all == Some(rank as usize)));

    let degrees: Vec<f64> = (0..15_625).map(|cell| f64::from(cell % 97)).collect();
    let lead = laboratory::difference(&params, &degrees, &accuracy, 20.0, 3.0).unwrap();
    let expected = stats::difference(&params, &degrees, &accuracy, 20, 3).unwrap();
    assert_eq!(get(&lead, "spearman").as_f64(), expected.spearman);
    assert_eq!(get(&lead, "spearmanLow").as_f64(), expected.spearman_low);
    assert_eq!(get(&lead, "kendallHigh").as_f64(), expected.kendall_high);

    let mut run = runs::Correlations::new(&params, &floats(&[&accuracy, &params]), 20.0, 3.0).unwrap();
    assert_eq!(run.total(), 40);
    while run.done() < run.total() {
        run.step(1.0).unwrap();
    }
    let found = run.found().unwrap().dyn_into::<Array>().unwrap();
    let expected = stats::correlation(&params, &accuracy, 20, 3).unwrap();
    assert_eq!(get(&found.get(0), "kendallLow").as_f64(), expected.kendall_low);
    assert_eq!(get(&found.get(0), "spearmanHigh").as_f64(), expected.spearman_high);
    assert_eq!(get(&found.get(1), "spearman").as_f64(), Some(1.0));

    let curves: [&[f64]; 3] = [&[1.0, 2.0], &[3.0, 4.0, 5.0], &[2.0]];
    let bands = laboratory::quartile_bands(&floats(&curves)).unwrap();
    assert_eq!(numbers(&bands, "median"), [2.0, 3.0, 5.0]);
    assert_eq!((numbers(&bands, "low")[0], numbers(&bands, "high")[0]), (1.5, 2.5));
}

#[test]
fn slices_of_all_and_of_listed_cells() {
    let (accuracy, params) = (column("cifar10_test_acc"), column("params_m"));
    let slices = |by: &str| {
        let found = laboratory::slices(SPACE, &NONE, &params, &accuracy, by, 0.0, 0.0).unwrap();
        let slices: Vec<JsValue> = found.dyn_into::<Array>().unwrap().iter().collect();
        let number = |slice: &JsValue, name: &str| get(slice, name).as_f64();
        let cells: f64 = slices.iter().filter_map(|slice| number(slice, "cells")).sum();
        assert_eq!(cells, 15_625.0);
        assert!(slices.iter().all(|slice| number(slice, "spearman").is_some_and(|rho| rho.abs() < 1.0)));
        slices.iter().filter_map(|slice| number(slice, "group")).collect::<Vec<_>>()
    };
    assert_eq!(slices("decile"), (0..10).map(f64::from).collect::<Vec<_>>());
    assert_eq!(slices("skip"), [0.0, 1.0]);
    let texts = space::find(SPACE).unwrap().sample(40, 2);
    let list: JsValue =
        texts.iter().map(|cell| JsValue::from(cell.text().as_str())).collect::<Array>().into();
    let few: Vec<f64> = (0..40).map(f64::from).collect();
    let found = laboratory::slices(SPACE, &list, &few, &few, "convs", 0.0, 0.0).unwrap();
    let groups = found.dyn_into::<Array>().unwrap();
    let convs: std::collections::BTreeSet<usize> = texts.iter().map(|cell| space::convs(&**cell)).collect();
    assert_eq!(groups.length() as usize, convs.len());

    let backwards: Vec<f64> = few.iter().map(|value| -value).collect();
    let leads = |scores: &[&[f64]]| {
        laboratory::slice_differences(SPACE, &list, &floats(scores), &few, "convs", 10.0, 1.0)
    };
    let found = leads(&[&few, &backwards]).unwrap().dyn_into::<Array>().unwrap();
    assert_eq!(found.length() as usize, convs.len());
    // Where a slice has two cells or more, one orders all and the other none.
    assert!(found.iter().all(|slice| get(&slice, "spearman").as_f64().is_none_or(|lead| lead == 2.0)));
    assert_error(leads(&[&few]), "argument", "of two scores, not of 1");

    let refused = |by: &str, list: &JsValue| laboratory::slices(SPACE, list, &few, &few, by, 0.0, 0.0);
    assert_error(refused("size", &list), "argument", "decile, convs, skip");
    assert_error(refused("convs", &NONE), "argument", "differ in length");
    assert_error(laboratory::front(&few, "less", &few, "larger"), "argument", "`better`");
    assert_error(laboratory::average_ranks(&NONE, &NONE), "argument", "Float64Array");
    let many = runs::BestOfRun::new(few.clone(), "larger", few.clone(), "larger", 41.0, 1.0, 0.0);
    assert_error(many, "limit", "1 to 40");
    assert_error(
        runs::Correlations::new(&few, &floats(&[&few[1..]]), 1.0, 0.0),
        "argument",
        "differ in length",
    );
    let none = laboratory::slices("nds-enas", &NONE, &few, &few, "convs", 0.0, 0.0);
    assert_error(none, "argument", "cannot be listed");
}

fn degree() -> Proxy {
    Proxy::find("average_degree").unwrap()
}
