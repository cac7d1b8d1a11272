//! Ranks and correlations.

use super::{
    convert::{better, member, plain, proxy, settings, whole},
    error::WebError,
};
use crate::{
    proxy::{self, Evaluator},
    space, stats,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub fn rank(space: &str, text: &str, options: &JsValue) -> Result<JsValue, WebError> {
    let space = space::find(space)?;
    let cell = space.parse(text)?;
    let id = member(options, "proxy")?
        .and_then(|value| value.as_string())
        .ok_or_else(|| WebError::argument("`proxy` must be the name of a proxy"))?;
    let number = |name: &str, default: f64| -> Result<f64, WebError> {
        match member(options, name)? {
            None => Ok(default),
            Some(value) => {
                value.as_f64().ok_or_else(|| WebError::argument(format!("`{name}` must be a number")))
            }
        }
    };
    let all = member(options, "samples")?.and_then(|value| value.as_string());
    let samples = match all.as_deref() {
        Some("all") if space.size().is_some() => None,
        Some("all") => {
            let message = format!("the cells of {} cannot be listed; give a number", space.label());
            return Err(WebError::argument(message));
        }
        Some(_) => return Err(WebError::argument("`samples` must be a number or \"all\"")),
        None => Some(whole("`samples`", number("samples", 200.0)?, 1, 1_000_000)? as usize),
    };
    let seed = whole("`sampleSeed`", number("sampleSeed", 0.0)?, 0, u32::MAX)?;
    let mut evaluator = Evaluator::new(settings(options)?);
    plain(&proxy::rank(&mut evaluator, space, &*cell, proxy(&id)?, samples, u64::from(seed))?)
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
