//! TG-NAS: operator graphs, and the predictor that reads them.

use super::{
    convert::{plain, whole},
    error::WebError,
};
use crate::{
    predictor::{self, Form, OperatorGraph, Readout},
    space,
};
use js_sys::Float32Array;
use serde::Serialize;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub struct Predictor(pub(super) Arc<predictor::Predictor>);

#[derive(Serialize)]
struct Node<'a> {
    id: usize,
    op: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    edges: &'a [(usize, usize)],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info<'a> {
    note: &'a str,
    form: &'static str,
    target: &'static str,
    layers: usize,
    width: usize,
    members: usize,
    global: bool,
    words: &'a [String],
    words_source: &'a str,
}

#[derive(Serialize)]
struct Occlusion<'a> {
    base: f32,
    nodes: Vec<usize>,
    words: Vec<&'a str>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    changes: Float32Array,
}

/// The graph of a cell in the authors' form.
fn graph(space: &str, text: &str) -> Result<OperatorGraph, WebError> {
    Ok(space::find(space)?.parse(text)?.operator_graph()?)
}

#[wasm_bindgen(js_name = operatorTexts, skip_typescript)]
pub fn operator_texts(space: &str) -> Result<Vec<String>, WebError> {
    Ok(space::find(space)?.operator_texts().iter().map(|&text| text.to_owned()).collect())
}

fn form(id: &str) -> Result<Form, WebError> {
    let known = || Form::ALL.map(Form::id).join(", ");
    Form::find(id).ok_or_else(|| WebError::argument(format!("there is no form `{id}`; known: {}", known())))
}

/// A node of a graph.
fn node_of(graph: &OperatorGraph, node: f64) -> Result<usize, WebError> {
    Ok(whole("the node", node, 0, graph.nodes().len() as u32 - 1)? as usize)
}

#[wasm_bindgen(js_name = operatorGraph, skip_typescript)]
pub fn operator_graph(space: &str, text: &str, form: &str) -> Result<JsValue, WebError> {
    plain_in_form(graph(space, text)?, form)
}

#[wasm_bindgen(js_name = operatorGraphWith, skip_typescript)]
pub fn operator_graph_with(
    space: &str,
    text: &str,
    form: &str,
    node: f64,
    words: &str,
) -> Result<JsValue, WebError> {
    let graph = graph(space, text)?;
    let node = node_of(&graph, node)?;
    if !graph.is_operator(node) {
        return Err(WebError::argument("only an operator can have other words"));
    }
    plain_in_form(graph.with_text(node, words), form)
}

fn plain_in_form(graph: OperatorGraph, id: &str) -> Result<JsValue, WebError> {
    let (graph, kept) = graph.in_form(form(id)?);
    let nodes = kept.iter().zip(graph.nodes()).map(|(&id, node)| Node { id, op: node.op, text: &node.text });
    plain(&Graph { nodes: nodes.collect(), edges: graph.edges() })
}

#[wasm_bindgen]
impl Predictor {
    #[wasm_bindgen(skip_typescript)]
    pub fn load(weights: &[u8], words: &[u8]) -> Result<Predictor, WebError> {
        Ok(Self(Arc::new(predictor::Predictor::read(weights, words)?)))
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn info(&self) -> Result<JsValue, WebError> {
        let (weights, words) = (self.0.weights(), self.0.words());
        plain(&Info {
            note: &weights.note,
            form: weights.hyper.form.id(),
            target: weights.hyper.target.id(),
            layers: weights.hyper.layers,
            width: weights.hyper.width,
            members: weights.members.len(),
            global: weights.hyper.readout != Readout::Mean,
            words: words.texts(),
            words_source: words.source(),
        })
    }

    #[wasm_bindgen(js_name = inForm, skip_typescript)]
    pub fn in_form(&self, id: &str) -> Result<Predictor, WebError> {
        Ok(Self(Arc::new(self.0.with_form(form(id)?))))
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn predict(&self, space: &str, text: &str) -> Result<f64, WebError> {
        Ok(self.0.predict(graph(space, text)?)?.into())
    }

    #[wasm_bindgen(js_name = predictWith, skip_typescript)]
    pub fn predict_with(&self, space: &str, text: &str, node: f64, vector: &[f32]) -> Result<f64, WebError> {
        let graph = graph(space, text)?;
        Ok(self.0.predict_with(&graph, node_of(&graph, node)?, vector)?.into())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn occlusion(&self, space: &str, text: &str) -> Result<JsValue, WebError> {
        let found = predictor::occlusion(&self.0, &graph(space, text)?)?;
        let texts = self.0.words().texts();
        plain(&Occlusion {
            base: found.base,
            nodes: found.nodes,
            words: found.words.iter().map(|&word| texts[word].as_str()).collect(),
            changes: Float32Array::from(found.changes.as_slice()),
        })
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn similarities(&self) -> Vec<f64> {
        self.0.words().similarities()
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn vector(&self, text: &str) -> Option<Vec<f32>> {
        let words = self.0.words();
        words.find(text).map(|place| words.vector(place).to_vec())
    }
}
