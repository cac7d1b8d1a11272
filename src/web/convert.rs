//! Between JavaScript's values and Rust's.

use super::error::WebError;
use crate::{
    method::{Proxy, Settings},
    space::SurrogateOptions,
    stats::Better,
};
use js_sys::Reflect;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// A serialisable value as plain objects and arrays, with `null` where there is none.
pub fn plain<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, WebError> {
    value.serialize(&Serializer::json_compatible()).map_err(WebError::argument)
}

/// The member of an options object; `None` if it, or the object, is missing.
pub fn member(options: &JsValue, name: &str) -> Result<Option<JsValue>, WebError> {
    if options.is_undefined() || options.is_null() {
        return Ok(None);
    }
    if !options.is_object() {
        return Err(WebError::argument("the options must be an object"));
    }
    let value = Reflect::get(options, &JsValue::from_str(name))
        .map_err(|_| WebError::argument(format!("the option `{name}` cannot be read")))?;
    Ok((!value.is_undefined() && !value.is_null()).then_some(value))
}

/// A whole number in a range.
pub fn whole(what: &str, value: f64, smallest: u32, largest: u32) -> Result<u32, WebError> {
    if value.fract() == 0.0 && value >= f64::from(smallest) && value <= f64::from(largest) {
        Ok(value as u32)
    } else {
        Err(WebError::argument(format!(
            "{what} must be a whole number from {smallest} to {largest}, not {value}"
        )))
    }
}

/// A whole number in a range, or a default.
pub fn whole_member(
    options: &JsValue,
    name: &str,
    default: u32,
    smallest: u32,
    largest: u32,
) -> Result<u32, WebError> {
    match member(options, name)? {
        None => Ok(default),
        Some(value) => match value.as_f64() {
            Some(number) => whole(&format!("`{name}`"), number, smallest, largest),
            None => Err(WebError::argument(format!("`{name}` must be a number"))),
        },
    }
}

/// One of some names; `None` if it is left out.
#[cfg(feature = "module-laboratory")]
pub fn choice<T>(
    options: &JsValue,
    name: &str,
    find: impl Fn(&str) -> Option<T>,
    known: &[&str],
) -> Result<Option<T>, WebError> {
    let Some(value) = member(options, name)? else { return Ok(None) };
    let found = value.as_string().and_then(|id| find(&id));
    let wrong = || WebError::argument(format!("`{name}` must be one of {}", known.join(", ")));
    found.map(Some).ok_or_else(wrong)
}

/// `NetworkOptions`.
pub fn settings(options: &JsValue) -> Result<Settings, WebError> {
    let default = Settings::default();
    let number = |name: &str, default: usize, range: std::ops::RangeInclusive<usize>| {
        let (smallest, largest) = (*range.start() as u32, *range.end() as u32);
        whole_member(options, name, default as u32, smallest, largest).map(|number| number as usize)
    };
    let surrogate = default.surrogate;
    let task = match member(options, "task")? {
        None => surrogate.task,
        Some(name) => {
            let name = name.as_string().ok_or_else(|| WebError::argument("`task` must be a string"))?;
            name.parse()?
        }
    };
    let surrogate = SurrogateOptions {
        cells_per_stack: number(
            "cellsPerStack",
            surrogate.cells_per_stack,
            SurrogateOptions::CELLS_PER_STACK,
        )?,
        stem_channels: number("stemChannels", surrogate.stem_channels, SurrogateOptions::STEM_CHANNELS)?,
        task,
        init_channels: number("initChannels", surrogate.init_channels, SurrogateOptions::INIT_CHANNELS)?,
        layers: number("layers", surrogate.layers, SurrogateOptions::LAYERS)?,
    };
    let seed = whole_member(options, "seed", default.seed, 0, u32::MAX)?;
    Ok(Settings { surrogate, seed, ..default })
}

/// A list of strings.
pub fn strings(what: &str, value: &JsValue) -> Result<Vec<String>, WebError> {
    let array: &js_sys::Array =
        value.dyn_ref().ok_or_else(|| WebError::argument(format!("{what} must be an array of strings")))?;
    array
        .iter()
        .map(|item| {
            item.as_string().ok_or_else(|| WebError::argument(format!("{what} must be an array of strings")))
        })
        .collect()
}

/// A list of columns.
#[cfg(feature = "module-laboratory")]
pub fn columns(what: &str, value: &JsValue) -> Result<Vec<Vec<f64>>, WebError> {
    let wrong = || WebError::argument(format!("{what} must be an array of Float64Array"));
    let array: &js_sys::Array = value.dyn_ref().ok_or_else(wrong)?;
    array
        .iter()
        .map(|item| item.dyn_ref::<js_sys::Float64Array>().map(|column| column.to_vec()).ok_or_else(wrong))
        .collect()
}

/// Which end of a scale is the good one.
pub fn better(id: &str) -> Result<Better, WebError> {
    let wrong = || WebError::argument(format!("`better` must be \"larger\" or \"smaller\", not {id:?}"));
    Better::find(id).ok_or_else(wrong)
}

/// The proxy of an identifier.
pub fn proxy(id: &str) -> Result<Proxy, WebError> {
    let known = || Proxy::ids().join(", ");
    Proxy::find(id).ok_or_else(|| WebError::argument(format!("there is no proxy `{id}`; known: {}", known())))
}
