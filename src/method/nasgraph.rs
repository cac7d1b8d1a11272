//! NASGraph: the channel graph of one seed, and its measures.

use super::{Column, Depends, EvaluatorError, Method, Role, Subject, Tools, Undefined, Value};
use crate::nasgraph::NasgraphError;

/// The channel graph of one seed.
#[derive(Debug)]
pub struct Nasgraph;

const fn further(id: &'static str, label: &'static str) -> Column {
    Column::main(id, label).with_role(Role::Further)
}

const COLUMNS: &[Column] = &[
    Column::main("nodes", "nodes").with_role(Role::Size).whole(),
    Column::main("edges", "edges").with_role(Role::Size).whole(),
    Column::main("average_degree", "average degree"),
    further("density", "density"),
    further("resilience", "resilience"),
    further("entropy", "degree entropy"),
    further("wedge", "wedges"),
    further("gini", "Gini coefficient").smaller(),
];

impl Method for Nasgraph {
    fn id(&self) -> &'static str {
        "nasgraph"
    }

    fn about(&self) -> &'static str {
        "Measures of the channel graph"
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn depends(&self) -> &'static [Depends] {
        &[Depends::Seed, Depends::Surrogate]
    }

    fn score(&self, subject: &Subject, tools: &mut Tools) -> Result<Vec<Value>, EvaluatorError> {
        Ok(match tools.scorer.measures(&*subject.surrogate()?) {
            Ok(found) => vec![
                Ok(found.nodes as f64),
                Ok(found.edges as f64),
                Ok(found.average_degree),
                Ok(found.density),
                Ok(found.resilience),
                Ok(found.entropy),
                Ok(found.wedge),
                Ok(found.gini),
            ],
            Err(why @ NasgraphError::NoEdges) => vec![Err(Undefined::Graph(why)); COLUMNS.len()],
            Err(error) => return Err(error.into()),
        })
    }
}
