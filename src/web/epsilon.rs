//! ε, and the batches that it runs on.

use super::{
    convert::{plain, whole},
    error::WebError,
};
use crate::{epsilon, space};
use js_sys::{Array, Float32Array, Uint8ClampedArray};
use serde::Serialize;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct Batch(pub(super) std::rc::Rc<epsilon::Batch>);

impl From<epsilon::Batch> for Batch {
    fn from(batch: epsilon::Batch) -> Self {
        Self(std::rc::Rc::new(batch))
    }
}

fn count(value: f64) -> Result<usize, WebError> {
    Ok(whole("the number of images", value, 0, u32::MAX)? as usize)
}

fn seed(value: f64) -> Result<u32, WebError> {
    whole("the batch's seed", value, 0, u32::MAX)
}

#[wasm_bindgen]
impl Batch {
    #[wasm_bindgen(skip_typescript)]
    pub fn leaves(batch_seed: f64, images: f64) -> Result<Batch, WebError> {
        Ok(epsilon::Batch::leaves(seed(batch_seed)?, count(images)?)?.into())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn randn(batch_seed: f64, images: f64) -> Result<Batch, WebError> {
        Ok(epsilon::Batch::randn(seed(batch_seed)?, count(images)?)?.into())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn cifar10(bytes: &[u8], images: f64, name: &str) -> Result<Batch, WebError> {
        Ok(epsilon::Batch::cifar10(bytes, count(images)?, name)?.into())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn images(rgba: &[u8], images: f64, name: &str) -> Result<Batch, WebError> {
        Ok(epsilon::Batch::rgba(rgba, count(images)?, name)?.into())
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn label(&self) -> String {
        self.0.label().to_owned()
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn count(&self) -> usize {
        self.0.count()
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn picture(&self, index: f64) -> Result<Uint8ClampedArray, WebError> {
        let last = (self.0.count() - 1) as u32;
        let index = whole("the image", index, 0, last)?;
        let rgba = self.0.picture(index as usize).unwrap_or_default();
        Ok(Uint8ClampedArray::from(rgba.as_slice()))
    }
}

/// The constant weights (low, high), if they are given.
pub fn weights(value: &JsValue) -> Result<Option<(f32, f32)>, WebError> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let wrong = || WebError::argument("the weights must be two numbers, [low, high]");
    let pair: &Array = value.dyn_ref().filter(|pair: &&Array| pair.length() == 2).ok_or_else(wrong)?;
    let number = |at: u32| pair.get(at).as_f64().map(|number| number as f32).ok_or_else(wrong);
    Ok(Some((number(0)?, number(1)?)))
}

thread_local! {
    /// The evaluator of the last batch and weights, with its buffers.
    static EVALUATOR: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

struct Kept {
    batch: Batch,
    weights: (f32, f32),
    evaluator: epsilon::Evaluator,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EpsilonResult {
    epsilon: Option<f64>,
    reason: Option<String>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    raw_low: Float32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    raw_high: Float32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    low: Float32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    high: Float32Array,
    weights: (f32, f32),
    batch: String,
}

#[wasm_bindgen(js_name = epsilon, skip_typescript)]
pub fn evaluate(space: &str, text: &str, batch: &Batch, constants: &JsValue) -> Result<JsValue, WebError> {
    let space = space::find(space)?;
    let network = space.parse(text)?.full(1)?;
    let weights = weights(constants)?.unwrap_or(space.epsilon_weights());
    let found = EVALUATOR.with_borrow_mut(|kept| {
        let same = |kept: &Kept| std::rc::Rc::ptr_eq(&kept.batch.0, &batch.0) && kept.weights == weights;
        if !kept.as_ref().is_some_and(same) {
            let evaluator = epsilon::Evaluator::new(&batch.0, weights)?;
            *kept = Some(Kept { batch: batch.clone(), weights, evaluator });
        }
        match kept {
            Some(kept) => kept.evaluator.evaluate(&network),
            None => epsilon::evaluate(&network, &batch.0, weights),
        }
    })?;
    plain(&EpsilonResult {
        epsilon: found.epsilon,
        reason: found.reason.map(|reason| reason.to_string()),
        raw_low: Float32Array::from(found.raw_low.as_slice()),
        raw_high: Float32Array::from(found.raw_high.as_slice()),
        low: Float32Array::from(found.low.as_slice()),
        high: Float32Array::from(found.high.as_slice()),
        weights,
        batch: batch.0.label().to_owned(),
    })
}
