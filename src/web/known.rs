//! Tables of known figures.

use super::{
    convert::{plain, whole},
    error::WebError,
    stats::rank_among,
};
use crate::{known, random::Random, space};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub struct KnownTable(known::KnownTable);

#[wasm_bindgen(js_name = known, skip_typescript)]
pub fn read(bytes: &[u8]) -> Result<KnownTable, WebError> {
    Ok(KnownTable(known::KnownTable::read(bytes)?))
}

#[wasm_bindgen]
impl KnownTable {
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn space(&self) -> String {
        self.0.space().to_owned()
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn rows(&self) -> usize {
        self.0.rows()
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn columns(&self) -> Result<JsValue, WebError> {
        plain(self.0.columns())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn cells(&self) -> Result<Vec<String>, WebError> {
        let cells = known::cells(space::find(self.0.space())?, &self.0)?;
        Ok(cells.iter().map(|cell| cell.text()).collect())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn rank(&self, text: &str, options: &JsValue) -> Result<JsValue, WebError> {
        rank_among(space::find(self.0.space())?, Some(&self.0), text, options)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn draw(&self, count: f64, seed: f64) -> Result<Vec<u32>, WebError> {
        let rows = u32::try_from(self.0.rows()).unwrap_or(u32::MAX);
        let count = whole("the number of cells", count, 1, rows)?;
        let seed = whole("the sample's seed", seed, 0, u32::MAX)?;
        Ok(Random::new(u64::from(seed)).distinct(rows, count as usize))
    }

    #[wasm_bindgen(js_name = rowOf, skip_typescript)]
    pub fn row_of(&self, text: &str) -> Result<Option<u32>, WebError> {
        let space = space::find(self.0.space())?;
        let row = known::row_of(space, &self.0, &*space.parse(text)?);
        Ok(row.and_then(|row| u32::try_from(row).ok()))
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn column(&self, id: &str) -> Result<Vec<f64>, WebError> {
        let known =
            || self.0.columns().iter().map(|column| column.id.as_str()).collect::<Vec<_>>().join(", ");
        let column = self.0.column(id);
        column
            .map(<[f64]>::to_vec)
            .ok_or_else(|| WebError::argument(format!("the table has no column `{id}`; it has {}", known())))
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn row(&self, text: &str) -> Result<JsValue, WebError> {
        let space = space::find(self.0.space())?;
        let cell = space.parse(text)?;
        let row = known::row_of(space, &self.0, &*cell).and_then(|row| self.0.row(row));
        let figures: BTreeMap<&str, Option<f64>> = row
            .into_iter()
            .flatten()
            .map(|(column, value)| (column.id.as_str(), (!value.is_nan()).then_some(value)))
            .collect();
        plain(&figures)
    }
}
