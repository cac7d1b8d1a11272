//! Scores of one cell: a view of [`Evaluator::report`].

use super::{
    convert::{plain, settings},
    error::WebError,
};
use crate::{
    method::{Cost, Evaluator, ExpectedDegree, Method, Nasgraph, Settings, Undefined, Value},
    nasgraph::Scorer,
    space,
};
use js_sys::{Object, Reflect};
use serde::Serialize;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    /// The evaluator of the last settings: an edit mostly keeps the seed, and with it most windows of the stream.
    static EVALUATOR: RefCell<Evaluator> = RefCell::new(Evaluator::new(Settings::default()));
}

/// Runs `work` with an evaluator of these settings.
fn with_evaluator<T>(settings: Settings, work: impl FnOnce(&mut Evaluator) -> T) -> T {
    EVALUATOR.with_borrow_mut(|evaluator| {
        evaluator.set_settings(settings);
        work(evaluator)
    })
}

/// Runs `work` with the scorer of channel graphs of these settings.
pub fn with_scorer<T>(settings: Settings, work: impl FnOnce(&mut Scorer) -> T) -> T {
    with_evaluator(settings, |evaluator| work(&mut evaluator.tools().scorer))
}

const MEASURES: &[&str] =
    &["nodes", "edges", "averageDegree", "density", "resilience", "entropy", "wedge", "gini"];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scores {
    text: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    measures: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    expected: JsValue,
    expected_reason: Option<String>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    cost: JsValue,
    cost_reason: Option<String>,
    epsilon_reason: Option<String>,
}

/// The values of a method under the names that they have in JavaScript.
fn named(names: &[&str], values: &[Value]) -> Result<JsValue, Undefined> {
    let object = Object::new();
    for (&name, value) in names.iter().zip(values) {
        let number = JsValue::from_f64(value.clone()?);
        // Setting a member of a new object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &number);
    }
    Ok(object.into())
}

/// The values, or `null` and the reason.
fn or_reason(values: Result<JsValue, Undefined>) -> (JsValue, Option<String>) {
    match values {
        Ok(values) => (values, None),
        Err(reason) => (JsValue::NULL, Some(reason.to_string())),
    }
}

#[wasm_bindgen(skip_typescript)]
pub fn score(space: &str, text: &str, options: &JsValue) -> Result<JsValue, WebError> {
    let space = space::find(space)?;
    let cell = space.parse(text)?;
    let wants: [&dyn Method; 3] = [&Nasgraph, &ExpectedDegree, &Cost];
    let report = with_evaluator(settings(options)?, |evaluator| evaluator.report(space, &*cell, &wants))?;
    let measures = named(MEASURES, report.of(&Nasgraph))?;
    let (expected, expected_reason) = or_reason(named(&["mean", "sd"], report.of(&ExpectedDegree)));
    let (cost, cost_reason) = or_reason(named(&["params", "flops"], report.of(&Cost)));
    let epsilon_reason = cell.full(1).err().map(|reason| reason.to_string());
    let text = cell.text();
    plain(&Scores { text, measures, expected, expected_reason, cost, cost_reason, epsilon_reason })
}
