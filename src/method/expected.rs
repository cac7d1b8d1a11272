//! The average degree over all seeds, in closed form, and its spread from seed to seed.

use super::{Column, Depends, EvaluatorError, Method, Role, Subject, Tools, Undefined, Value};
use crate::nasgraph::{NasgraphError, expected_degree};

/// The expectation over seeds.
#[derive(Debug)]
pub struct ExpectedDegree;

impl Method for ExpectedDegree {
    fn id(&self) -> &'static str {
        "expected-degree"
    }

    fn about(&self) -> &'static str {
        "Average degree, expected over all seeds"
    }

    fn columns(&self) -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            Column::main("expected-degree", "expected degree"),
            Column::main("sd", "standard deviation").with_role(Role::Detail),
        ];
        COLUMNS
    }

    fn depends(&self) -> &'static [Depends] {
        &[Depends::Surrogate]
    }

    fn score(&self, subject: &Subject, _: &mut Tools) -> Result<Vec<Value>, EvaluatorError> {
        Ok(match expected_degree(&*subject.surrogate()?) {
            Ok(expected) => vec![Ok(expected.mean), Ok(expected.sd)],
            Err(why @ (NasgraphError::NoEdges | NasgraphError::NoClosedForm { .. })) => {
                vec![Err(Undefined::Graph(why)); 2]
            }
            Err(error) => return Err(error.into()),
        })
    }
}
