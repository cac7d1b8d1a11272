//! Scores of one cell.

use super::{
    convert::{plain, settings},
    error::WebError,
};
use crate::{
    cost::{Cost, cost},
    nasgraph::{Measures, Scorer, expected_degree},
    space::{self, SpaceError},
};
use serde::Serialize;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    /// The scorer of the last seed: an edit mostly keeps the seed, and with it most windows of the stream.
    static SCORER: RefCell<Scorer> = RefCell::new(Scorer::new(1));
}

/// Runs `use_scorer` with a scorer of `seed`.
pub fn with_scorer<T>(seed: u32, use_scorer: impl FnOnce(&mut Scorer) -> T) -> T {
    SCORER.with_borrow_mut(|scorer| {
        if scorer.seed() != seed {
            *scorer = Scorer::new(seed);
        }
        use_scorer(scorer)
    })
}

#[derive(Serialize)]
struct Expected {
    mean: f64,
    sd: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scores {
    text: String,
    measures: Measures,
    expected: Option<Expected>,
    expected_reason: Option<String>,
    cost: Option<Cost>,
    cost_reason: Option<String>,
    epsilon_reason: Option<String>,
}

#[wasm_bindgen(skip_typescript)]
pub fn score(space: &str, text: &str, options: &JsValue) -> Result<JsValue, WebError> {
    let cell = space::find(space)?.parse(text)?;
    let settings = settings(options)?;
    let network = cell.surrogate(&settings.surrogate)?;
    let measures = with_scorer(settings.seed, |scorer| scorer.measures(&network))?;
    let (expected, expected_reason) = match expected_degree(&network) {
        Ok(expected) => (Some(Expected { mean: expected.mean, sd: expected.sd }), None),
        Err(reason) => (None, Some(reason.to_string())),
    };
    let (cost, cost_reason) = match cell.counted(settings.classes, &settings.counted) {
        Ok(network) => (Some(cost(&network)?), None),
        Err(reason @ (SpaceError::NotCovered { .. } | SpaceError::Shape(_))) => {
            (None, Some(reason.to_string()))
        }
        Err(error) => return Err(error.into()),
    };
    let epsilon_reason = cell.full(1).err().map(|reason| reason.to_string());
    let text = cell.text();
    plain(&Scores { text, measures, expected, expected_reason, cost, cost_reason, epsilon_reason })
}
