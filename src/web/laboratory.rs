//! Measures of whole columns: how good a proxy is, and where it fails.

use super::{
    convert::{better, columns, plain, strings, whole},
    error::WebError,
};
use crate::{
    known::Slicing,
    space::{self, Cell},
    stats::{self, Better},
};
use js_sys::Float64Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_name = topMeasures, skip_typescript)]
pub fn top_measures(score: &[f64], accuracy: &[f64]) -> Result<JsValue, WebError> {
    plain(&stats::top_measures(score, accuracy)?)
}

#[wasm_bindgen(skip_typescript)]
pub fn front(x: &[f64], x_better: &str, y: &[f64], y_better: &str) -> Result<Vec<u32>, WebError> {
    let found = stats::front((x, better(x_better)?), (y, better(y_better)?))?;
    Ok(found.into_iter().map(|position| position as u32).collect())
}

#[wasm_bindgen(js_name = averageRanks, skip_typescript)]
pub fn average_ranks(values: &JsValue, ends: &JsValue) -> Result<Vec<f64>, WebError> {
    let values = columns("the columns", values)?;
    let ends = strings("the directions", ends)?;
    let ends = ends.iter().map(|end| better(end)).collect::<Result<Vec<Better>, _>>()?;
    if ends.len() != values.len() {
        let message = format!("there are {} directions for {} columns", ends.len(), values.len());
        return Err(WebError::argument(message));
    }
    let columns: Vec<(&[f64], Better)> = values.iter().map(Vec::as_slice).zip(ends).collect();
    Ok(stats::mean_ranks(&columns)?)
}

#[wasm_bindgen(skip_typescript)]
pub fn overrating(
    score: &[f64],
    score_better: &str,
    accuracy: &[f64],
    accuracy_better: &str,
) -> Result<Vec<f64>, WebError> {
    Ok(stats::overrating((score, better(score_better)?), (accuracy, better(accuracy_better)?))?)
}

#[wasm_bindgen(skip_typescript)]
pub fn difference(
    first: &[f64],
    second: &[f64],
    accuracy: &[f64],
    resamples: f64,
    seed: f64,
) -> Result<JsValue, WebError> {
    let (resamples, seed) = bootstrap(resamples, seed)?;
    plain(&stats::difference(first, second, accuracy, resamples, seed)?)
}

#[derive(Serialize)]
struct Slice<T> {
    group: usize,
    #[serde(flatten)]
    found: T,
}

fn sliced<T: Serialize>(found: Vec<(usize, T)>) -> Result<JsValue, WebError> {
    plain(&found.into_iter().map(|(group, found)| Slice { group, found }).collect::<Vec<_>>())
}

#[wasm_bindgen(skip_typescript)]
pub fn slices(
    space: &str,
    texts: &JsValue,
    score: &[f64],
    accuracy: &[f64],
    by: &str,
    resamples: f64,
    seed: f64,
) -> Result<JsValue, WebError> {
    let groups = groups(space, texts, accuracy, by)?;
    let (resamples, seed) = bootstrap(resamples, seed)?;
    sliced(stats::correlation_by_group(score, accuracy, &groups, resamples, seed)?)
}

#[wasm_bindgen(js_name = sliceDifferences, skip_typescript)]
pub fn slice_differences(
    space: &str,
    texts: &JsValue,
    scores: &JsValue,
    accuracy: &[f64],
    by: &str,
    resamples: f64,
    seed: f64,
) -> Result<JsValue, WebError> {
    let scores = columns("the scores", scores)?;
    let [first, second] = scores.as_slice() else {
        return Err(WebError::argument(format!("a difference is of two scores, not of {}", scores.len())));
    };
    let groups = groups(space, texts, accuracy, by)?;
    let (resamples, seed) = bootstrap(resamples, seed)?;
    sliced(stats::difference_by_group(first, second, accuracy, &groups, resamples, seed)?)
}

fn bootstrap(resamples: f64, seed: f64) -> Result<(usize, u64), WebError> {
    let resamples = whole("the number of resamples", resamples, 0, 100_000)? as usize;
    Ok((resamples, u64::from(whole("the seed of the resamples", seed, 0, u32::MAX)?)))
}

/// The slice that each cell is in; `texts` null = all cells of the space in index order.
fn groups(space: &str, texts: &JsValue, accuracy: &[f64], by: &str) -> Result<Vec<Option<usize>>, WebError> {
    let space = space::find(space)?;
    let known = || Slicing::ALL.map(Slicing::id).join(", ");
    let by = Slicing::find(by)
        .ok_or_else(|| WebError::argument(format!("there are no slices by {by:?}; known: {}", known())))?;
    let cells: Box<dyn Iterator<Item = Box<dyn Cell>>> = if texts.is_null() || texts.is_undefined() {
        let size = space
            .size()
            .ok_or_else(|| WebError::argument(format!("the cells of {} cannot be listed", space.label())))?;
        Box::new((0..size).filter_map(|index| space.at(index)))
    } else {
        let texts = strings("the cells", texts)?;
        let cells = texts.iter().map(|text| space.parse(text)).collect::<Result<Vec<_>, _>>()?;
        Box::new(cells.into_iter())
    };
    Ok(by.groups(cells, accuracy))
}

#[derive(Serialize)]
struct Bands {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    low: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    median: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    high: Float64Array,
}

#[wasm_bindgen(js_name = quartileBands, skip_typescript)]
pub fn quartile_bands(curves: &JsValue) -> Result<JsValue, WebError> {
    let curves = columns("the curves", curves)?;
    let slices: Vec<&[f64]> = curves.iter().map(Vec::as_slice).collect();
    let found = stats::quartile_bands(&slices);
    let part = |get: fn(&stats::Quartiles) -> f64| {
        Float64Array::from(found.iter().map(get).collect::<Vec<_>>().as_slice())
    };
    plain(&Bands { low: part(|q| q.low), median: part(|q| q.median), high: part(|q| q.high) })
}
