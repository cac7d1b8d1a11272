//! Many cells, a few at a time.

use super::{
    convert::{proxy, settings, strings, whole},
    epsilon::{Batch, weights},
    error::WebError,
    predictor::Predictor,
};
use crate::{
    method::{Evaluator, Proxy},
    space::{self, Cell, Space},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub struct Sweep {
    space: &'static dyn Space,
    /// `None`: all cells in index order.
    cells: Option<Vec<Box<dyn Cell>>>,
    proxies: Vec<Proxy>,
    evaluator: Evaluator,
    total: usize,
    done: usize,
}

#[wasm_bindgen]
impl Sweep {
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(
        space: &str,
        texts: &JsValue,
        proxies: &JsValue,
        options: &JsValue,
    ) -> Result<Sweep, WebError> {
        let space = space::find(space)?;
        let cells = if texts.is_null() || texts.is_undefined() { None } else { Some(parse(space, texts)?) };
        let total = match &cells {
            Some(cells) => cells.len(),
            None => space.size().ok_or_else(|| {
                WebError::argument(format!("the cells of {} cannot be listed", space.label()))
            })?,
        };
        let proxies = strings("the proxies", proxies)?;
        let proxies = proxies.iter().map(|id| proxy(id)).collect::<Result<Vec<_>, _>>()?;
        let evaluator = Evaluator::new(settings(options)?);
        Ok(Self { space, cells, proxies, evaluator, total, done: 0 })
    }

    #[wasm_bindgen(js_name = setBatch, skip_typescript)]
    pub fn set_batch(&mut self, batch: &Batch, constants: &JsValue) -> Result<(), WebError> {
        let weights = weights(constants)?.unwrap_or(self.space.epsilon_weights());
        self.evaluator.set_batch(&batch.0, weights)?;
        Ok(())
    }

    /// Other cells to score from now on; the tables that cells share stay.
    #[wasm_bindgen(js_name = setCells, skip_typescript)]
    pub fn set_cells(&mut self, texts: &JsValue) -> Result<(), WebError> {
        let cells = parse(self.space, texts)?;
        (self.total, self.done) = (cells.len(), 0);
        self.cells = Some(cells);
        Ok(())
    }

    #[wasm_bindgen(js_name = setPredictor, skip_typescript)]
    pub fn set_predictor(&mut self, predictor: &Predictor) {
        self.evaluator.set_predictor(predictor.0.clone());
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn total(&self) -> usize {
        self.total
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn done(&self) -> usize {
        self.done
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn step(&mut self, cells: f64) -> Result<Vec<f64>, WebError> {
        let count = whole("the number of cells", cells, 1, u32::MAX)? as usize;
        let end = self.total.min(self.done.saturating_add(count));
        let mut values = Vec::with_capacity((end - self.done) * self.proxies.len());
        while self.done < end {
            let listed;
            let cell = match &self.cells {
                Some(cells) => Some(&cells[self.done]),
                None => {
                    listed = self.space.at(self.done);
                    listed.as_ref()
                }
            };
            if let Some(cell) = cell {
                values.extend(self.evaluator.values(self.space, &**cell, &self.proxies)?);
            }
            self.done += 1;
        }
        Ok(values)
    }
}

fn parse(space: &dyn Space, texts: &JsValue) -> Result<Vec<Box<dyn Cell>>, WebError> {
    Ok(strings("the cells", texts)?.iter().map(|text| space.parse(text)).collect::<Result<_, _>>()?)
}
