//! TG-NAS: the prediction of a graph convolution from the operators' names.

use super::{Column, Depends, EvaluatorError, Method, Subject, Tools, Value, reason};
use crate::space::{Space, SpaceError};

/// The prediction.
#[derive(Debug)]
pub struct Tgnas;

impl Method for Tgnas {
    fn id(&self) -> &'static str {
        "tgnas"
    }

    fn about(&self) -> &'static str {
        "Prediction from the operators' names"
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[Column::main("tgnas", "TG-NAS")];
        COLUMNS
    }

    fn depends(&self) -> &'static [Depends] {
        &[Depends::Predictor]
    }

    fn covers(&self, space: &dyn Space) -> Result<(), SpaceError> {
        reason(space, |cell| cell.operator_graph())
    }

    fn score(&self, subject: &Subject, tools: &mut Tools) -> Result<Vec<Value>, EvaluatorError> {
        let predictor = tools.predictor.as_ref().ok_or(EvaluatorError::NoPredictor)?;
        Ok(vec![Ok(f64::from(predictor.predict(subject.cell.operator_graph()?)?))])
    }
}
