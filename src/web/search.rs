//! Seeded searches, a few steps at a time.

use super::{
    convert::{better, choice, plain, proxy, settings, strings, whole, whole_member},
    epsilon::{Batch, weights},
    error::WebError,
    predictor::Predictor,
};
use crate::{
    method::Evaluator,
    search::{ColumnGuide, Event, Guide, Landscape, Method, Move, Options, ProxyGuide, Row, Run, Scores},
    space::{self, Space},
    stats::Better,
};
use js_sys::{Float64Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub struct Search {
    space: &'static dyn Space,
    landscape: Landscape,
    options: Options,
    seed: u64,
    /// Numbers of the runs: the one under way (or to come) and the one after the last.
    next: u32,
    end: u32,
    run: Option<Run>,
    warmed: usize,
    guide: Helper,
    total: usize,
    done: usize,
}

enum Helper {
    None,
    Column { scores: Vec<f64>, better: Better },
    Proxy(Box<ProxyGuide>),
}

impl Helper {
    /// Calls `use_guide` with the guide, if there is one.
    fn lend<T>(&mut self, use_guide: impl FnOnce(Option<&mut dyn Guide>) -> T) -> T {
        match self {
            Helper::None => use_guide(None),
            Helper::Column { scores, better } => {
                use_guide(Some(&mut ColumnGuide { scores, better: *better }))
            }
            Helper::Proxy(guide) => use_guide(Some(&mut **guide)),
        }
    }
}

/// `SearchOptions`.
fn search_options(value: &JsValue) -> Result<Options, WebError> {
    let method = choice(value, "method", Method::find, &Method::ALL.map(Method::id))?;
    let default = Options::new(method.ok_or_else(|| WebError::argument("`method` is missing"))?);
    // What fits is checked by the search; here only that it is a number.
    let number = |name: &str, default: usize| {
        whole_member(value, name, default as u32, 0, u32::MAX).map(|number| number as usize)
    };
    Ok(Options {
        budget: number("budget", default.budget)?,
        warmup: number("warmup", default.warmup)?,
        guided_move: choice(value, "move", Move::find, &Move::ALL.map(Move::id))?,
        candidates: number("candidates", default.candidates)?,
        population: number("population", default.population)?,
        tournament: number("tournament", default.tournament)?,
        ..default
    })
}

#[wasm_bindgen]
impl Search {
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(
        space: &str,
        texts: &JsValue,
        accuracy: &[f64],
        options: &JsValue,
    ) -> Result<Search, WebError> {
        let space = space::find(space)?;
        let end = choice(options, "better", Better::find, &["larger", "smaller"])?.unwrap_or(Better::Larger);
        let landscape = if texts.is_null() || texts.is_undefined() {
            Landscape::of_space(space, accuracy, end)?
        } else {
            let texts = strings("the cells", texts)?;
            let cells = texts.iter().map(|text| space.parse(text)).collect::<Result<Vec<_>, _>>()?;
            Landscape::of_cells(cells, accuracy, end)?
        };
        let most = Options::MAX_RUNS as u32;
        let first = whole_member(options, "firstRun", 0, 0, most - 1)?;
        let runs = whole_member(options, "runs", 1, 1, most - first)?;
        let seed = u64::from(whole_member(options, "seed", 0, 0, u32::MAX)?);
        let options = search_options(options)?;
        // Whether there is a guide shows at the first step.
        options.check(&landscape, true)?;
        let total = options.budget * runs as usize;
        Ok(Self {
            space,
            landscape,
            options,
            seed,
            next: first,
            end: first + runs,
            run: None,
            warmed: 0,
            guide: Helper::None,
            total,
            done: 0,
        })
    }

    #[wasm_bindgen(js_name = guideByColumn, skip_typescript)]
    pub fn guide_by_column(&mut self, scores: Vec<f64>, end: &str) -> Result<(), WebError> {
        if scores.len() != self.landscape.cells() {
            let message = format!("there are {} scores for {} cells", scores.len(), self.landscape.cells());
            return Err(WebError::argument(message));
        }
        self.guide = Helper::Column { scores, better: better(end)? };
        Ok(())
    }

    #[wasm_bindgen(js_name = guideByProxy, skip_typescript)]
    pub fn guide_by_proxy(&mut self, id: &str, options: &JsValue) -> Result<(), WebError> {
        let evaluator = Evaluator::new(settings(options)?);
        let scores = Scores::new(self.landscape.cells());
        let guide = ProxyGuide::new(self.space, proxy(id)?, evaluator, scores);
        self.guide = Helper::Proxy(Box::new(guide));
        Ok(())
    }

    #[wasm_bindgen(js_name = setBatch, skip_typescript)]
    pub fn set_batch(&mut self, batch: &Batch, constants: &JsValue) -> Result<(), WebError> {
        let Helper::Proxy(guide) = &mut self.guide else {
            return Err(WebError::argument("only a guide by a proxy has a batch"));
        };
        let weights = weights(constants)?.unwrap_or(self.space.epsilon_weights());
        guide.evaluator().set_batch(&batch.0, weights)?;
        Ok(())
    }

    #[wasm_bindgen(js_name = setPredictor, skip_typescript)]
    pub fn set_predictor(&mut self, predictor: &Predictor) -> Result<(), WebError> {
        let Helper::Proxy(guide) = &mut self.guide else {
            return Err(WebError::argument("only a guide by a proxy has a predictor"));
        };
        guide.evaluator().set_predictor(predictor.0.clone());
        Ok(())
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn total(&self) -> usize {
        self.total
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn done(&self) -> usize {
        self.done
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn warmed(&self) -> usize {
        self.warmed
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn optimum(&self) -> Result<JsValue, WebError> {
        let (cell, accuracy) = self.landscape.optimum();
        plain(&Optimum { cell, accuracy })
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn step(&mut self, work: f64) -> Result<JsValue, WebError> {
        let work = whole("the number of steps", work, 1, u32::MAX)?;
        let has_guide = !matches!(self.guide, Helper::None);
        self.options.check(&self.landscape, has_guide)?;
        let mut rows: Vec<(u32, Row)> = Vec::new();
        let Self { landscape, guide, .. } = self;
        for _ in 0..work {
            if self.next == self.end {
                break;
            }
            let run = match &mut self.run {
                Some(run) => run,
                None => self.run.insert(Run::new(landscape, &self.options, self.seed, u64::from(self.next))?),
            };
            match guide.lend(|guide| run.step(landscape, guide))? {
                Some(Event::Warmed(scored)) => self.warmed = scored,
                Some(Event::Looked(row)) => {
                    rows.push((self.next, row));
                    self.done += 1;
                    if row.step == self.options.budget {
                        (self.run, self.warmed) = (None, 0);
                        self.next += 1;
                    }
                }
                // A run ends with its last row, above.
                None => break,
            }
        }
        plain(&Rows::of(&rows))
    }
}

#[derive(Serialize)]
struct Optimum {
    cell: u32,
    accuracy: f64,
}

#[derive(Serialize)]
struct Rows {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    run: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    step: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    cell: Uint32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    score: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    accuracy: Float64Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    best: Float64Array,
}

impl Rows {
    fn of(rows: &[(u32, Row)]) -> Self {
        let words = |get: fn(&(u32, Row)) -> u32| {
            Uint32Array::from(rows.iter().map(get).collect::<Vec<_>>().as_slice())
        };
        let numbers = |get: fn(&Row) -> f64| {
            Float64Array::from(rows.iter().map(|(_, row)| get(row)).collect::<Vec<_>>().as_slice())
        };
        Self {
            run: words(|(run, _)| *run),
            step: words(|(_, row)| row.step as u32),
            cell: words(|(_, row)| row.cell),
            score: numbers(|row| row.score),
            accuracy: numbers(|row| row.accuracy),
            best: numbers(|row| row.best),
        }
    }
}
