//! ε of two constant initialisations.

use super::{Column, Depends, EvaluatorError, Method, Pace, Subject, Tools, Undefined, Value, reason};
use crate::{
    epsilon::{Evaluator, Reason},
    space::{Space, SpaceError},
};
use rustc_hash::FxHashMap;

/// ε.
#[derive(Debug)]
pub struct Epsilon;

/// ε on a batch, of one cell after another or of whole classes.
#[derive(Debug)]
pub struct EpsilonTool {
    pub(super) evaluator: Evaluator,
    /// ε of the classes that were met, if cells of a class share it.
    classes: Option<FxHashMap<String, Result<f64, Reason>>>,
}

impl EpsilonTool {
    /// Each cell gets the ε of its own network.
    pub fn of_cells(evaluator: Evaluator) -> Self {
        Self { evaluator, classes: None }
    }

    /// Cells that compute the same function share one ε, computed once.
    ///
    /// It is the ε of the class's first cell in index order, so that it depends neither on the order in which cells are
    /// scored nor on how they are shared out among threads. Cells of a class differ in the order of their sums alone,
    /// and so in ε by rounding.
    pub fn of_classes(evaluator: Evaluator) -> Self {
        Self { evaluator, classes: Some(FxHashMap::default()) }
    }

    fn score(&mut self, subject: &Subject) -> Result<Result<f64, Reason>, EvaluatorError> {
        let Some(classes) = &mut self.classes else {
            return Ok(self.evaluator.score(&subject.cell.full(1)?)?);
        };
        let class = subject.cell.canonical();
        if let Some(&known) = classes.get(&class) {
            return Ok(known);
        }
        let first = subject.space.equal_cells(subject.cell).into_iter().next();
        let found = self.evaluator.score(&first.as_deref().unwrap_or(subject.cell).full(1)?)?;
        classes.insert(class, found);
        Ok(found)
    }
}

impl Method for Epsilon {
    fn id(&self) -> &'static str {
        "epsilon"
    }

    fn about(&self) -> &'static str {
        "ε of two constant initialisations"
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[Column::main("epsilon", "ε")];
        COLUMNS
    }

    fn depends(&self) -> &'static [Depends] {
        &[Depends::Batch, Depends::Weights]
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn by_class(&self) -> bool {
        true
    }

    fn prints_reason(&self) -> bool {
        true
    }

    fn covers(&self, space: &dyn Space) -> Result<(), SpaceError> {
        reason(space, |cell| cell.full(1))
    }

    fn score(&self, subject: &Subject, tools: &mut Tools) -> Result<Vec<Value>, EvaluatorError> {
        let tool = tools.epsilon.as_mut().ok_or(EvaluatorError::NoBatch)?;
        Ok(vec![tool.score(subject)?.map_err(Undefined::Epsilon)])
    }
}
