//! Errors as plain objects `{ kind, message, at }`.

use crate::{
    epsilon::{BatchError, EpsilonError},
    known::{DrawError, KnownError},
    method::{EvaluatorError, Undefined},
    nasgraph::NasgraphError,
    network::ShapeError,
    predictor::PredictorError,
    search::SearchError,
    space::{ParseError, SpaceError},
    stats::StatsError,
};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// What every exported function throws.
#[derive(Debug, Serialize)]
pub struct WebError {
    kind: &'static str,
    message: String,
    at: Option<At>,
}

#[derive(Debug, Serialize)]
struct At {
    column: usize,
    length: usize,
    text: String,
}

impl WebError {
    fn new(kind: &'static str, error: impl ToString) -> Self {
        Self { kind, message: error.to_string(), at: None }
    }

    /// An argument that is not accepted.
    pub fn argument(message: impl ToString) -> Self {
        Self::new("argument", message)
    }
}

impl From<WebError> for JsValue {
    fn from(error: WebError) -> Self {
        super::convert::plain(&error).unwrap_or_else(|_| JsValue::from_str(&error.message))
    }
}

impl From<ParseError> for WebError {
    fn from(error: ParseError) -> Self {
        let at = At { column: error.column, length: error.text.chars().count(), text: error.text };
        Self { kind: "parse", message: error.message, at: Some(at) }
    }
}

impl From<SpaceError> for WebError {
    fn from(error: SpaceError) -> Self {
        let kind = match error {
            SpaceError::Range { .. } => "limit",
            SpaceError::UnknownSpace { .. } | SpaceError::UnknownTask { .. } => "argument",
            SpaceError::NotCovered { .. } => "unsupported",
            SpaceError::Shape(_) => "shape",
        };
        Self::new(kind, error)
    }
}

impl From<ShapeError> for WebError {
    fn from(error: ShapeError) -> Self {
        Self::new("shape", error)
    }
}

impl From<KnownError> for WebError {
    fn from(error: KnownError) -> Self {
        Self::new("known", error)
    }
}

impl From<DrawError> for WebError {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Known(error) => error.into(),
            DrawError::Space(error) => error.into(),
            DrawError::Uncountable { .. } => Self::argument(format!("{error}; give a number")),
        }
    }
}

impl From<Undefined> for WebError {
    fn from(undefined: Undefined) -> Self {
        match undefined {
            Undefined::Graph(error) => error.into(),
            Undefined::NotCovered(error) | Undefined::NoNetwork(error) => error.into(),
            Undefined::Epsilon(reason) => Self::new("shape", reason),
        }
    }
}

impl From<StatsError> for WebError {
    fn from(error: StatsError) -> Self {
        Self::argument(error)
    }
}

impl From<NasgraphError> for WebError {
    fn from(error: NasgraphError) -> Self {
        let kind = match error {
            NasgraphError::NoSuchPair(_) => "argument",
            NasgraphError::Unsupported { .. } | NasgraphError::NoClosedForm { .. } => "unsupported",
            NasgraphError::TooManyEdges { .. } => "limit",
            NasgraphError::NoEdges | NasgraphError::Shape(_) => "shape",
        };
        Self::new(kind, error)
    }
}

impl From<BatchError> for WebError {
    fn from(error: BatchError) -> Self {
        Self::new("batch", error)
    }
}

impl From<EpsilonError> for WebError {
    fn from(error: EpsilonError) -> Self {
        let kind = match error {
            EpsilonError::Weight { .. } => "argument",
            EpsilonError::Unsupported { .. } => "unsupported",
            _ => "shape",
        };
        Self::new(kind, error)
    }
}

impl From<PredictorError> for WebError {
    fn from(error: PredictorError) -> Self {
        let kind = if matches!(error, PredictorError::Edit(_)) { "argument" } else { "predictor" };
        Self::new(kind, error)
    }
}

impl From<EvaluatorError> for WebError {
    fn from(error: EvaluatorError) -> Self {
        match error {
            EvaluatorError::Space(error) => error.into(),
            EvaluatorError::Nasgraph(error) => error.into(),
            EvaluatorError::Shape(error) => error.into(),
            EvaluatorError::Epsilon(error) => error.into(),
            EvaluatorError::NoBatch => Self::new("batch", error),
            EvaluatorError::NotAsked => Self::argument(error),
            EvaluatorError::Predictor(error) => error.into(),
            EvaluatorError::NoPredictor => Self::new("predictor", error),
        }
    }
}

impl From<SearchError> for WebError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Evaluator(error) => error.into(),
            SearchError::Range { .. } => Self::new("limit", error),
            SearchError::NothingKnown => Self::new("known", error),
            _ => Self::argument(error),
        }
    }
}
