//! Spaces and cells.

use super::{
    convert::{plain, whole},
    error::WebError,
};
use crate::{
    known::MOST_DRAWN,
    method::Proxy,
    space::{self, Cell, Space},
    stats::Better,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[derive(Serialize)]
struct SpaceInfo {
    id: &'static str,
    label: &'static str,
    size: Option<usize>,
    classes: Option<usize>,
    ops: &'static [&'static str],
    options: &'static [&'static str],
}

#[wasm_bindgen(skip_typescript)]
pub fn spaces() -> Result<JsValue, WebError> {
    let info = |space: &&'static dyn Space| SpaceInfo {
        id: space.id(),
        label: space.label(),
        size: space.size(),
        classes: space.classes(),
        ops: space.ops(),
        options: space.options(),
    };
    plain(&space::all().iter().map(info).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct ProxyInfo {
    id: &'static str,
    label: &'static str,
    better: Better,
    tabulated: bool,
}

#[wasm_bindgen(skip_typescript)]
pub fn proxies(space: &str) -> Result<JsValue, WebError> {
    let space = space::find(space)?;
    let covers = |proxy: &Proxy| proxy.method.covers(space).is_ok();
    let info = |proxy: Proxy| ProxyInfo {
        id: proxy.id(),
        label: proxy.label(),
        better: proxy.better(),
        tabulated: false,
    };
    plain(&Proxy::all().into_iter().filter(covers).map(info).collect::<Vec<_>>())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CellInfo {
    space: &'static str,
    text: String,
    index: Option<usize>,
    nodes: usize,
    node_ops: Option<Vec<&'static str>>,
    edges: Vec<EdgeInfo>,
    canonical: String,
    class_size: Option<usize>,
    connected: bool,
    parameter_free_path: bool,
    dead_edges: Vec<usize>,
}

#[derive(Serialize)]
struct EdgeInfo {
    source: usize,
    target: usize,
    op: &'static str,
}

#[wasm_bindgen(skip_typescript)]
pub fn describe(space: &str, text: &str) -> Result<JsValue, WebError> {
    let space = space::find(space)?;
    let cell = space.parse(text)?;
    let reachability = cell.reachability();
    plain(&CellInfo {
        space: space.id(),
        text: cell.text(),
        index: cell.index(),
        nodes: cell.nodes(),
        node_ops: Some(cell.node_ops()).filter(|ops| !ops.is_empty()),
        edges: cell
            .edges()
            .into_iter()
            .map(|edge| EdgeInfo { source: edge.source, target: edge.target, op: edge.op })
            .collect(),
        canonical: cell.canonical(),
        class_size: space.size().map(|_| space.equal_cells(&*cell).len()),
        connected: reachability.connected,
        parameter_free_path: reachability.parameter_free,
        dead_edges: reachability.dead_edges,
    })
}

#[wasm_bindgen(js_name = cellAt, skip_typescript)]
pub fn cell_at(space: &str, index: f64) -> Result<String, WebError> {
    let space = space::find(space)?;
    let last = space.size().unwrap_or(0).saturating_sub(1) as u32;
    let index = whole("the index", index, 0, last)?;
    let cell = space.at(index as usize).ok_or_else(|| {
        WebError::argument(format!("the cells of {} have no published order", space.label()))
    })?;
    Ok(cell.text())
}

fn texts(cells: Vec<Box<dyn Cell>>) -> Vec<String> {
    cells.iter().map(|cell| cell.text()).collect()
}

#[wasm_bindgen(skip_typescript)]
pub fn neighbours(space: &str, text: &str) -> Result<Vec<String>, WebError> {
    Ok(texts(space::find(space)?.parse(text)?.neighbours()))
}

#[wasm_bindgen(skip_typescript)]
pub fn sample(space: &str, count: f64, seed: f64) -> Result<Vec<String>, WebError> {
    let space = space::find(space)?;
    let most = space.size().unwrap_or(MOST_DRAWN) as u32;
    let count = whole("the number of cells", count, 1, most)?;
    let seed = whole("the sample's seed", seed, 0, u32::MAX)?;
    Ok(texts(space.sample(count as usize, u64::from(seed))))
}

#[wasm_bindgen(skip_typescript)]
pub fn list(space: &str) -> Result<Vec<String>, WebError> {
    let space = space::find(space)?;
    let size = space
        .size()
        .ok_or_else(|| WebError::argument(format!("the cells of {} cannot be listed", space.label())))?;
    Ok(texts((0..size).filter_map(|index| space.at(index)).collect()))
}

#[wasm_bindgen(js_name = equalCells, skip_typescript)]
pub fn equal_cells(space: &str, text: &str) -> Result<Vec<String>, WebError> {
    let space = space::find(space)?;
    Ok(texts(space.equal_cells(&*space.parse(text)?)))
}
