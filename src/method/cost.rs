//! Parameters and multiply-accumulates of the network as it is trained.

use super::{Column, Depends, EvaluatorError, Method, Subject, Tools, Value, reason};
use crate::{
    cost::cost,
    space::{CountedSize, Space, SpaceError},
};

/// What the trained network costs.
#[derive(Debug)]
pub struct Cost;

impl Method for Cost {
    fn id(&self) -> &'static str {
        "cost"
    }

    fn about(&self) -> &'static str {
        "Parameters and multiply-accumulates"
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] =
            &[Column::main("params", "parameters").whole(), Column::main("flops", "FLOPs").whole()];
        COLUMNS
    }

    fn depends(&self) -> &'static [Depends] {
        &[]
    }

    fn covers(&self, space: &dyn Space) -> Result<(), SpaceError> {
        reason(space, |cell| cell.counted(10, &CountedSize::default()))
    }

    fn score(&self, subject: &Subject, _: &mut Tools) -> Result<Vec<Value>, EvaluatorError> {
        match subject.counted()? {
            Ok(network) => {
                let cost = cost(&network)?;
                Ok(vec![Ok(cost.params as f64), Ok(cost.flops as f64)])
            }
            Err(why) => Ok(vec![Err(why); 2]),
        }
    }
}
