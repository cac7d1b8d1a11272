//! Ranks and correlations.

use super::{
    convert::{better, member, plain, proxy, settings, whole, whole_member},
    error::WebError,
};
use crate::{
    known::{KnownTable, MOST_DRAWN, compared_cells, rank_at, seat},
    method::Evaluator,
    space::{self, Space},
    stats,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub fn rank(space: &str, text: &str, options: &JsValue) -> Result<JsValue, WebError> {
    rank_among(space::find(space)?, None, text, options)
}

/// Rank of a cell among those of its space, or of the table where the space cannot be listed.
pub fn rank_among(
    space: &dyn Space,
    table: Option<&KnownTable>,
    text: &str,
    options: &JsValue,
) -> Result<JsValue, WebError> {
    let cell = space.parse(text)?;
    let id = member(options, "proxy")?
        .and_then(|value| value.as_string())
        .ok_or_else(|| WebError::argument("`proxy` must be the name of a proxy"))?;
    let proxy = proxy(&id)?;
    let samples = match member(options, "samples")? {
        Some(all) if all.as_string().is_some_and(|all| all == "all") => None,
        Some(number) if number.as_f64().is_none() => {
            return Err(WebError::argument("`samples` must be a number or \"all\""));
        }
        _ => Some(whole_member(options, "samples", 200, 1, MOST_DRAWN as u32)? as usize),
    };
    let seed = u64::from(whole_member(options, "sampleSeed", 0, 0, u32::MAX)?);
    let mut evaluator = Evaluator::new(settings(options)?);
    let mut cells = compared_cells(space, table, samples, seed, "`samples`")?;
    let place = seat(space, &mut cells, cell);
    let scores = cells
        .iter()
        .map(|cell| Ok(evaluator.values(space, &**cell, &[proxy])?[0]))
        .collect::<Result<Vec<f64>, WebError>>()?;
    plain(&rank_at(&scores, place, proxy.better()))
}

#[wasm_bindgen(js_name = rankOf, skip_typescript)]
pub fn rank_of(values: &[f64], value: f64, end: &str) -> Result<JsValue, WebError> {
    plain(&stats::rank_of(values, value, better(end)?))
}

#[wasm_bindgen(skip_typescript)]
pub fn correlation(x: &[f64], y: &[f64], resamples: f64, seed: f64) -> Result<JsValue, WebError> {
    let resamples = whole("the number of resamples", resamples, 0, 100_000)? as usize;
    let seed = whole("the seed of the resamples", seed, 0, u32::MAX)?;
    plain(&stats::correlation(x, y, resamples, u64::from(seed))?)
}
