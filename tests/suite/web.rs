//! The typed boundary to JavaScript, in the browser: what comes out, and that every error is `{ kind, message, at }`.

use cellscope::{
    known,
    method::{Evaluator, Proxy, Settings},
    space,
    web::{
        self,
        cells::{cell_at, describe, equal_cells, list, neighbours, sample, spaces},
        error::WebError,
        graph::{explain_edge, graph, graph_dot},
        score::score,
        sweep::Sweep,
    },
};
use js_sys::{Array, Float32Array, Float64Array, Object, Reflect, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test as test;

const SPACE: &str = "nasbench201";
const CELL: &str = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|none~2|";
const NONE: JsValue = JsValue::UNDEFINED;

fn get(value: &JsValue, name: &str) -> JsValue {
    let found = Reflect::get(value, &name.into()).unwrap();
    assert!(!found.is_undefined(), "no member `{name}`");
    found
}

fn number(value: &JsValue, name: &str) -> f64 {
    get(value, name).as_f64().unwrap_or_else(|| panic!("`{name}` is no number"))
}

fn string(value: &JsValue, name: &str) -> String {
    get(value, name).as_string().unwrap_or_else(|| panic!("`{name}` is no string"))
}

fn options(pairs: &[(&str, f64)]) -> JsValue {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &(*name).into(), &(*value).into()).unwrap();
    }
    object.into()
}

fn strings(items: &[&str]) -> JsValue {
    items.iter().map(|&item| JsValue::from(item)).collect::<Array>().into()
}

fn error<T>(result: Result<T, WebError>) -> JsValue {
    result.err().expect("refused").into()
}

/// An error without a place in a text.
fn assert_error<T>(result: Result<T, WebError>, kind: &str, part: &str) {
    let error = error(result);
    assert_eq!(string(&error, "kind"), kind);
    assert!(string(&error, "message").contains(part), "{}", string(&error, "message"));
    assert!(get(&error, "at").is_null());
}

#[test]
fn scores_are_plain_numbers() {
    let scores = score(SPACE, CELL, &NONE).ok().unwrap();
    assert_eq!(string(&scores, "text"), CELL);
    let measures = get(&scores, "measures");
    assert_eq!(number(&measures, "nodes"), 931.0);
    let names = ["edges", "averageDegree", "density", "resilience", "entropy", "wedge", "gini"];
    assert!(names.iter().all(|name| number(&measures, name).is_finite()));
    assert_eq!(number(&measures, "averageDegree"), 2.0 * number(&measures, "edges") / 931.0);
    let expected = get(&scores, "expected");
    assert!(
        (number(&expected, "mean") - number(&measures, "averageDegree")).abs()
            < 5.0 * number(&expected, "sd")
    );
    let cost = get(&scores, "cost");
    assert!(number(&cost, "params") > 1e4 && number(&cost, "flops") > 1e6);
    assert!(get(&scores, "costReason").is_null() && get(&scores, "epsilonReason").is_null());
}

/// The settings are the surrogate's; what is counted is the trained network. A space can have the one and not the other.
#[test]
fn cost_and_epsilon_are_offered_apart() {
    let of = |space: &str, options: &JsValue| {
        let text = space::find(space).unwrap().sample(1, 0).remove(0).text();
        score(space, &text, options).ok().unwrap()
    };
    let params = |scores: &JsValue| number(&get(scores, "cost"), "params");
    let (plain, small) =
        (of("nds-pnas", &NONE), of("nds-pnas", &options(&[("initChannels", 2.0), ("layers", 3.0)])));
    assert!(params(&plain) > 1e6);
    assert_eq!(params(&plain), params(&small));
    assert!(string(&plain, "epsilonReason").contains("ε") && get(&plain, "costReason").is_null());
    let micro = of("transnas101-micro", &NONE);
    assert!(get(&micro, "cost").is_null());
    assert_eq!(string(&micro, "costReason"), string(&micro, "epsilonReason"));
}

#[test]
fn options_reach_the_network() {
    let nodes = |pairs: &[(&str, f64)]| {
        number(&get(&score(SPACE, CELL, &options(pairs)).ok().unwrap(), "measures"), "nodes")
    };
    let edges = |pairs: &[(&str, f64)]| {
        number(&get(&score(SPACE, CELL, &options(pairs)).ok().unwrap(), "measures"), "edges")
    };
    assert!(nodes(&[("cellsPerStack", 2.0)]) > nodes(&[]));
    assert!(nodes(&[("stemChannels", 8.0)]) < nodes(&[]));
    assert_ne!(edges(&[("seed", 4_294_967_295.0)]), edges(&[("seed", 1.0)]));
    assert_eq!(edges(&[("seed", 1.0), ("stemChannels", 16.0), ("cellsPerStack", 1.0)]), edges(&[]));
}

#[test]
fn the_graph_is_typed_arrays_that_fit_together() {
    let graph = graph(SPACE, CELL, &options(&[("stemChannels", 8.0)])).ok().unwrap();
    let measures = get(&graph, "measures");
    let (nodes, edges) = (number(&measures, "nodes") as u32, number(&measures, "edges") as u32);
    let words = |name| get(&graph, name).dyn_into::<Uint32Array>().unwrap().to_vec();
    for name in ["nodeLayer", "nodeChannel", "nodeIn", "nodeOut"] {
        assert_eq!(words(name).len() as u32, nodes, "{name}");
    }
    for name in ["edgeSource", "edgeTarget"] {
        assert_eq!(words(name).len() as u32, edges, "{name}");
        assert!(words(name).iter().all(|&node| node < nodes));
    }
    let weights = get(&graph, "edgeWeight").dyn_into::<Float64Array>().unwrap().to_vec();
    assert_eq!(weights.len() as u32, edges);
    assert!(weights.iter().all(|&weight| weight > 0.0 && weight <= 1.0));
    assert_eq!(words("nodeIn").iter().sum::<u32>(), edges);
    assert_eq!(words("nodeOut").iter().sum::<u32>(), edges);
    let (layer, source, target) = (words("nodeLayer"), words("edgeSource"), words("edgeTarget"));
    assert!(source.iter().zip(&target).all(|(&s, &t)| layer[s as usize] < layer[t as usize]));
    let layers: Array = get(&graph, "layers").unchecked_into();
    assert_eq!(layers.length(), 27);
    for (id, layer) in layers.iter().enumerate() {
        assert_eq!(number(&layer, "id") as usize, id);
        assert_eq!(Array::from(&get(&layer, "output")).length(), 3);
        assert!(!string(&layer, "op").is_empty() && !string(&layer, "module").is_empty());
    }
    assert_eq!(string(&layers.get(1), "kind"), "stem");
    let dot = graph_dot(SPACE, CELL, &NONE).ok().unwrap();
    assert!(dot.starts_with("digraph") && dot.contains("\"0_0\" -> \"1_"));
}

#[test]
fn an_edge_is_explained_by_its_kernel() {
    let why = explain_edge(SPACE, CELL, &NONE, 0.0, 0.0, 1.0, 3.0).ok().unwrap();
    assert_eq!(string(&why, "rule"), "conv");
    assert_eq!(get(&why, "kernel").dyn_into::<Float32Array>().unwrap().length(), 9);
    assert_eq!(Array::from(&get(&why, "partialSums")).length(), 9);
    let positions: f64 =
        Array::from(&get(&why, "partialSums")).iter().map(|sum| number(&sum, "positions")).sum();
    assert_eq!(positions, 1024.0);
    assert_eq!(get(&why, "exists").as_bool().unwrap(), number(&why, "score") != 0.0);
    assert_error(explain_edge(SPACE, CELL, &NONE, 0.0, 99.0, 1.0, 0.0), "argument", "99");
    assert_error(explain_edge(SPACE, CELL, &NONE, 0.0, 0.0, 2.5, 0.0), "argument", "2.5");
    assert_error(explain_edge(SPACE, CELL, &NONE, 0.0, 0.0, 9.0, 0.0), "argument", "does not feed");
}

#[test]
fn cells_are_described_listed_and_drawn() {
    let info = describe(SPACE, CELL).ok().unwrap();
    let index = number(&info, "index");
    assert_eq!(cell_at(SPACE, index).ok().unwrap(), CELL);
    assert_eq!(number(&info, "nodes"), 4.0);
    assert_eq!(Array::from(&get(&info, "edges")).length(), 6);
    assert_eq!(get(&info, "connected"), JsValue::TRUE);
    assert_eq!(get(&info, "parameterFreePath"), JsValue::TRUE);
    assert_eq!(string(&info, "canonical"), "x");
    assert_eq!(number(&info, "classSize") as usize, equal_cells(SPACE, CELL).ok().unwrap().len());
    assert_eq!(neighbours(SPACE, CELL).ok().unwrap().len(), 24);
    let drawn = sample(SPACE, 200.0, 7.0).ok().unwrap();
    let native: Vec<String> =
        space::find(SPACE).unwrap().sample(200, 7).iter().map(|cell| cell.text()).collect();
    assert_eq!(drawn, native);
    let all = list(SPACE).ok().unwrap();
    assert_eq!((all.len(), all[index as usize].as_str()), (15_625, CELL));
    let first = Array::from(&spaces().ok().unwrap()).get(0);
    assert_eq!((string(&first, "id"), number(&first, "classes")), (SPACE.to_owned(), 5260.0));
}

#[test]
fn a_bad_text_is_pointed_at() {
    let error = error(score(SPACE, "|nor_conv_3x3~0|+|none~0|skip~1|", &NONE));
    assert_eq!(string(&error, "kind"), "parse");
    let at = get(&error, "at");
    assert_eq!((number(&at, "column"), number(&at, "length")), (26.0, 4.0));
    assert_eq!(string(&at, "text"), "skip");
}

#[test]
fn bad_arguments_are_refused() {
    let with = |name, value| score(SPACE, CELL, &options(&[(name, value)]));
    assert_error(with("stemChannels", 0.0), "argument", "stemChannels");
    assert_error(with("cellsPerStack", 1e9), "argument", "cellsPerStack");
    for seed in [-1.0, 0.5, f64::NAN, f64::INFINITY, 4_294_967_296.0] {
        assert_error(with("seed", seed), "argument", "seed");
    }
    assert_error(score(SPACE, CELL, &"seed 1".into()), "argument", "object");
    assert_error(score("nasbench202", CELL, &NONE), "argument", "nasbench202");
    assert_error(cell_at(SPACE, 15_625.0), "argument", "15625");
    assert_error(sample(SPACE, 0.0, 0.0), "argument", "number of cells");
    assert_error(sample(SPACE, 10.0, -1.0), "argument", "seed");
    assert_error(Sweep::new(SPACE, &NONE, &strings(&["average"]), &NONE), "argument", "average");
    assert_error(Sweep::new(SPACE, &"all".into(), &strings(&[]), &NONE), "argument", "array");
    let bad = Sweep::new(SPACE, &strings(&[CELL, "|none|"]), &strings(&["edges"]), &NONE);
    assert_eq!(string(&error(bad), "kind"), "parse");
    let mut epsilon = Sweep::new(SPACE, &strings(&[CELL]), &strings(&["epsilon"]), &NONE).ok().unwrap();
    assert!(!string(&error(epsilon.step(1.0)), "message").is_empty());
}

#[test]
fn a_sweep_goes_through_all_cells_in_steps() {
    let proxies = strings(&["average_degree", "params"]);
    let mut sweep = Sweep::new(SPACE, &NONE, &proxies, &NONE).ok().unwrap();
    assert_eq!((sweep.total(), sweep.done()), (15_625, 0));
    let first = sweep.step(3.0).ok().unwrap();
    assert_eq!((first.len(), sweep.done()), (6, 3));
    for (index, row) in first.chunks(2).enumerate() {
        let scores = score(SPACE, &cell_at(SPACE, index as f64).ok().unwrap(), &NONE).ok().unwrap();
        assert_eq!(row[0], number(&get(&scores, "measures"), "averageDegree"));
        assert_eq!(row[1], number(&get(&scores, "cost"), "params"));
    }
    let rest = sweep.step(f64::from(u32::MAX)).ok().unwrap();
    assert_eq!((rest.len(), sweep.done()), (2 * (15_625 - 3), 15_625));
    assert!(rest.iter().all(|value| value.is_finite()));
    assert!(sweep.step(1.0).ok().unwrap().is_empty());
    assert_error(sweep.step(0.0), "argument", "number of cells");
    let mut two = Sweep::new(SPACE, &strings(&[CELL, CELL]), &strings(&["nodes"]), &NONE).ok().unwrap();
    assert_eq!((two.total(), two.step(10.0).ok().unwrap()), (2, vec![931.0, 931.0]));
    // Other cells in the same sweep score as in one of their own.
    let other = cell_at(SPACE, 77.0).ok().unwrap();
    assert!(two.set_cells(&strings(&[other.as_str()])).is_ok());
    assert_eq!((two.total(), two.done()), (1, 0));
    let mut alone = Sweep::new(SPACE, &strings(&[other.as_str()]), &strings(&["nodes"]), &NONE).ok().unwrap();
    assert_eq!(two.step(1.0).ok(), alone.step(1.0).ok());
    assert_eq!(string(&error(two.set_cells(&strings(&["|none|"]))), "kind"), "parse");
}

#[test]
fn a_rank_among_known_cells_is_that_of_the_core() {
    let bytes = include_bytes!("../../www/data/nds-darts.known");
    let table = known::KnownTable::read(bytes).unwrap();
    let space = space::find("nds-darts").unwrap();
    let cell = space.sample(1, 9).remove(0);
    let options = options(&[("samples", 20.0), ("sampleSeed", 5.0)]);
    Reflect::set(&options, &"proxy".into(), &"average_degree".into()).unwrap();
    let found = web::known::read(bytes).unwrap().rank(&cell.text(), &options).unwrap();

    let mut cells = known::compared_cells(space, Some(&table), Some(20), 5, "samples").unwrap();
    let place = known::seat(space, &mut cells, cell);
    let proxy = Proxy::find("average_degree").unwrap();
    let mut evaluator = Evaluator::new(Settings::default());
    let values = cells.iter().map(|cell| evaluator.values(space, &**cell, &[proxy]).unwrap()[0]);
    let values: Vec<f64> = values.collect();
    let better = values.iter().filter(|&&value| value > values[place]).count();
    assert_eq!(number(&found, "rank"), (better + 1) as f64);
    assert_eq!(number(&found, "cells"), cells.len() as f64);
    assert_eq!(number(&found, "score"), values[place]);
}
