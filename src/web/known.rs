//! Tables of known figures.

use super::{convert::plain, error::WebError};
use crate::{known, space};
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
