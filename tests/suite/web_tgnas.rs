//! TG-NAS at the boundary to JavaScript.

use cellscope::{
    predictor::{Encoding, Form, Hyper, Weights},
    web::{
        cells::proxies,
        error::WebError,
        predictor::{Predictor, operator_graph, operator_graph_with, operator_texts},
        sweep::Sweep,
    },
};
use js_sys::{Array, Float32Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test as test;

const SPACE: &str = "nasbench201";
const CELL: &str = "|skip_connect~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|none~0|skip_connect~1|nor_conv_3x3~2|";
const WORDS: &[u8] = include_bytes!("../../www/data/operators.words");

fn get(value: &JsValue, name: &str) -> JsValue {
    let found = Reflect::get(value, &name.into()).unwrap();
    assert!(!found.is_undefined(), "no member `{name}`");
    found
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn error<T>(result: Result<T, WebError>) -> (String, String) {
    let error: JsValue = result.err().expect("refused").into();
    let text = |name| get(&error, name).as_string().expect("a string");
    (text("kind"), text("message"))
}

fn weights() -> Vec<u8> {
    let hyper = Hyper { form: Form::Contracted, padding: 0, ..Hyper::AUTHORS };
    Weights::random(hyper, 1, 1).write(Encoding::F32).unwrap()
}

fn predictor() -> Predictor {
    Predictor::load(&weights(), WORDS).unwrap()
}

#[test]
fn graphs_are_plain_data() {
    let contracted = operator_graph(SPACE, CELL, "contracted").unwrap();
    assert_eq!(json(&get(&contracted, "edges")), "[[0,1],[0,2],[1,3],[2,3],[0,4],[3,4]]");
    let nodes: Array = get(&contracted, "nodes").unchecked_into();
    assert_eq!(json(&nodes.get(2)), r#"{"id":3,"op":"avg_pool_3x3","text":"Average pooling 3 by 3"}"#);
    assert_eq!(json(&nodes.get(4)), r#"{"id":7,"op":"output","text":"Output"}"#);
    let authors = operator_graph(SPACE, CELL, "authors").unwrap();
    assert_eq!(get(&authors, "nodes").unchecked_into::<Array>().length(), 8);
    assert_eq!(error(operator_graph(SPACE, CELL, "other")).0, "argument");
    let (kind, message) = error(operator_graph("transnas101-macro", "64-1234-basic", "authors"));
    assert_eq!(kind, "unsupported");
    assert!(message.contains("stages"), "{message}");
    assert_eq!(operator_texts(SPACE).unwrap()[0], "None");
    assert!(operator_texts("nds-pnas").unwrap().is_empty());
}

#[test]
fn other_words_make_an_operator_of_what_was_contracted() {
    // Node 1 is a skip, node 4 is `none`: both are gone from the contracted graph.
    let with = |node: f64, words: &str| operator_graph_with(SPACE, CELL, "contracted", node, words);
    let nodes = |graph: &JsValue| json(&get(graph, "nodes"));
    let graph = with(4.0, "Chocolate cake").unwrap();
    assert!(nodes(&graph).contains(r#"{"id":4,"op":"","text":"Chocolate cake"}"#));
    assert!(!nodes(&with(1.0, "None").unwrap()).contains("\"id\":1,"));
    assert_eq!(error(with(0.0, "Chocolate cake")).0, "argument");
    assert_eq!(error(with(8.0, "Chocolate cake")).0, "argument");
}

#[test]
fn a_predictor_reads_graphs_of_the_other_form() {
    let authors = predictor().in_form("authors").unwrap();
    let hyper = Hyper { padding: 0, ..Hyper::AUTHORS };
    let expected = Weights::random(hyper, 1, 1).write(Encoding::F32).unwrap();
    let expected = Predictor::load(&expected, WORDS).unwrap();
    assert_eq!(authors.predict(SPACE, CELL).unwrap(), expected.predict(SPACE, CELL).unwrap());
    assert_ne!(authors.predict(SPACE, CELL).unwrap(), predictor().predict(SPACE, CELL).unwrap());
    assert_eq!(error(predictor().in_form("both")).0, "argument");
}

#[test]
fn a_predictor_says_what_it_is() {
    let info = predictor().info().unwrap();
    let text = |name| get(&info, name).as_string().expect("a string");
    assert_eq!((text("form").as_str(), text("target").as_str()), ("contracted", "accuracy"));
    assert_eq!(text("note"), "untrained, seed 1");
    assert!(text("wordsSource").contains("MiniLM"));
    assert_eq!(get(&info, "global").as_bool(), Some(true));
    let words = get(&info, "words").unchecked_into::<Array>().length() as usize;
    assert_eq!(predictor().similarities().len(), words * words);
}

#[test]
fn predictions_changes_and_free_vectors() {
    let predictor = predictor();
    let base = predictor.predict(SPACE, CELL).unwrap();
    let changes = predictor.occlusion(SPACE, CELL).unwrap();
    assert_eq!(get(&changes, "base").as_f64(), Some(base));
    assert_eq!(json(&get(&changes, "nodes")), "[1,2,3,4,5,6]");
    let words: Array = get(&changes, "words").unchecked_into();
    let values: Float32Array = get(&changes, "changes").unchecked_into();
    assert_eq!(values.length(), 6 * words.length());
    let column = |text: &str| words.index_of(&text.into(), 0) as u32;
    assert_eq!(values.get_index(words.length() + column("Convolution 1 by 1")), 0.0);
    let other = "|skip_connect~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|skip_connect~1|nor_conv_3x3~2|";
    let change = (predictor.predict(SPACE, other).unwrap() as f32) - (base as f32);
    assert_eq!(values.get_index(words.length() + column("Convolution 3 by 3")), change);

    let vector = predictor.vector("Convolution 1 by 1").unwrap();
    let same = predictor.predict_with(SPACE, CELL, 2.0, &vector).unwrap();
    assert!((same - base).abs() < 1e-6 * base.abs().max(1.0));
    assert!(predictor.vector("a word that nobody embedded").is_none());
    assert_eq!(error(predictor.predict_with(SPACE, CELL, 0.0, &vector)).0, "argument");
    assert_eq!(error(predictor.predict_with(SPACE, CELL, 8.0, &vector)).0, "argument");
    assert_eq!(error(predictor.predict_with(SPACE, CELL, 1.0, &vector[1..])).0, "argument");
    assert_eq!(error(predictor.predict(SPACE, "|")).0, "parse");
}

#[test]
fn a_sweep_scores_by_it() {
    let strings = |items: &[&str]| -> JsValue {
        items.iter().map(|&item| JsValue::from(item)).collect::<Array>().into()
    };
    let sweep =
        |proxies: &[&str]| Sweep::new(SPACE, &strings(&[CELL]), &strings(proxies), &JsValue::UNDEFINED);
    let mut with = sweep(&["params", "tgnas"]).unwrap();
    with.set_predictor(&predictor());
    assert_eq!(with.step(1.0).unwrap()[1], predictor().predict(SPACE, CELL).unwrap());
    let (kind, message) = error(sweep(&["tgnas"]).unwrap().step(1.0));
    assert_eq!((kind.as_str(), message.as_str()), ("predictor", "TG-NAS needs a predictor's weights"));
    let offers = |space: &str| json(&proxies(space).unwrap()).contains("\"tgnas\"");
    assert!(offers(SPACE) && offers("nds-darts") && offers("nasbench101") && offers("transnas101-micro"));
    assert!(!offers("nds-enas") && !offers("transnas101-macro"));
}

#[test]
fn damaged_files_are_refused_with_a_message() {
    let mut bytes = weights();
    let place = bytes.len() / 2;
    bytes[place] ^= 4;
    let (kind, message) = error(Predictor::load(&bytes, WORDS));
    assert_eq!(kind, "predictor");
    assert!(message.contains("damaged"), "{message}");
    assert!(error(Predictor::load(WORDS, WORDS)).1.contains("not a file of predictor weights"));
    assert!(error(Predictor::load(&weights(), &WORDS[..999])).1.contains("incomplete"));
}
