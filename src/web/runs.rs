//! Long work on whole columns, in steps: intervals of correlations, and the best of N.

use super::{
    convert::{better, columns, plain, whole},
    error::WebError,
};
use crate::{
    search,
    stats::{self, Bootstrap, Correlation, Pairs},
};
use js_sys::{Float64Array, Int32Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub struct Correlations(Bootstrap);

#[wasm_bindgen]
impl Correlations {
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(x: &[f64], ys: &JsValue, resamples: f64, seed: f64) -> Result<Correlations, WebError> {
        let resamples = whole("the number of resamples", resamples, 0, 100_000)? as usize;
        let seed = whole("the seed of the resamples", seed, 0, u32::MAX)?;
        let ys = columns("the columns", ys)?;
        let pairs = ys.iter().map(|y| Pairs::new(x, y)).collect::<Result<Vec<_>, stats::StatsError>>()?;
        Ok(Self(Bootstrap::new(pairs, resamples, u64::from(seed))))
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn total(&self) -> usize {
        self.0.total()
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn done(&self) -> usize {
        self.0.done()
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn step(&mut self, resamples: f64) -> Result<(), WebError> {
        self.0.step(whole("the number of resamples", resamples, 1, u32::MAX)? as usize);
        Ok(())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn found(&self) -> Result<JsValue, WebError> {
        let pairs = self.0.pairs().iter().enumerate();
        plain(&pairs.map(|(k, pairs)| Correlation::new(pairs, self.0.intervals(k))).collect::<Vec<_>>())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BestOf {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    cell: Int32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    accuracy: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    rank: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    rank_of_all: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    optimum: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    random: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    undefined: Uint32Array,
    chosen: usize,
    mean: Option<f64>,
    sd: Option<f64>,
    mean_rank: Option<f64>,
}

#[wasm_bindgen(skip_typescript)]
pub struct BestOfRun(search::BestOfRun);

#[wasm_bindgen]
impl BestOfRun {
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(
        scores: Vec<f64>,
        score_better: &str,
        accuracy: Vec<f64>,
        accuracy_better: &str,
        samples: f64,
        repeats: f64,
        seed: f64,
    ) -> Result<BestOfRun, WebError> {
        let samples = whole("the sample", samples, 1, u32::MAX)? as usize;
        let repeats = whole("the number of repetitions", repeats, 1, 100_000)? as usize;
        let seed = u64::from(whole("the seed", seed, 0, u32::MAX)?);
        let scores = (scores, better(score_better)?);
        let accuracy = (accuracy, better(accuracy_better)?);
        Ok(Self(search::BestOfRun::new(scores, accuracy, samples, repeats, seed)?))
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn total(&self) -> usize {
        self.0.total()
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn done(&self) -> usize {
        self.0.done()
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn step(&mut self, repeats: f64) -> Result<JsValue, WebError> {
        let before = self.0.done();
        self.0.step(whole("the number of repetitions", repeats, 1, u32::MAX)? as usize);
        let found = self.0.found();
        let picks = &found.picks[before..];
        let words = |get: fn(&search::Pick) -> usize| {
            let words: Vec<u32> = picks.iter().map(|pick| get(pick) as u32).collect();
            Uint32Array::from(words.as_slice())
        };
        let numbers = |get: fn(&search::Pick) -> f64| {
            Float64Array::from(picks.iter().map(get).collect::<Vec<_>>().as_slice())
        };
        let cell = |pick: &search::Pick| pick.cell.and_then(|cell| i32::try_from(cell).ok()).unwrap_or(-1);
        let defined = |value: f64| (!value.is_nan()).then_some(value);
        plain(&BestOf {
            cell: Int32Array::from(picks.iter().map(cell).collect::<Vec<_>>().as_slice()),
            accuracy: numbers(|pick| pick.accuracy),
            rank: words(|pick| pick.rank.unwrap_or(0)),
            rank_of_all: words(|pick| pick.rank_of_all.unwrap_or(0)),
            optimum: numbers(|pick| pick.optimum),
            random: numbers(|pick| pick.random),
            undefined: words(|pick| pick.undefined),
            chosen: found.chosen,
            mean: defined(found.mean),
            sd: defined(found.sd),
            mean_rank: defined(found.mean_rank),
        })
    }
}
