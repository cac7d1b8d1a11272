//! The cells a model is trained on and those it is judged by: the known part of NAS-Bench-101.

use super::{Engine, Graph, Recipe, Trainer};
use crate::{
    known::{self, KnownTable},
    predictor::{OperatorGraph, PredictorError, Words},
    random::Random,
    space::Space,
};

/// The column that is learnt.
pub const COLUMN: &str = "val_acc_epoch108";
/// Cells on which a running training is judged.
const VALIDATION: usize = 3000;
/// Cells that no choice sees.
const TEST: usize = 3000;
/// Seed of the split: one for all trainings, whatever their own.
const SPLIT_SEED: u64 = 101;

/// Cells with their accuracy.
#[derive(Clone, Debug)]
pub struct Samples {
    /// Graph of each cell, as its authors draw it.
    pub graphs: Vec<OperatorGraph>,
    /// Accuracy of each, a fraction.
    pub accuracies: Vec<f64>,
}

/// Rows of a table, in random order.
#[derive(Clone, Debug)]
pub struct Split {
    /// To train on: the first as many as wanted.
    pub training: Vec<usize>,
    /// To judge a training by.
    pub validation: Vec<usize>,
    /// To report.
    pub test: Vec<usize>,
}

impl Samples {
    /// The cells of a table of NAS-Bench-101, in the order of its rows.
    ///
    /// # Errors
    /// A message if the table is of another space or lacks the column.
    pub fn new(space: &dyn Space, table: &KnownTable) -> Result<Self, String> {
        let accuracies = table.column(COLUMN).ok_or_else(|| format!("the table has no column `{COLUMN}`"))?;
        let cells = known::cells(space, table).map_err(|error| error.to_string())?;
        let graphs = cells.iter().map(|cell| cell.operator_graph());
        Ok(Self {
            graphs: graphs.collect::<Result<_, _>>().map_err(|error| error.to_string())?,
            accuracies: accuracies.to_vec(),
        })
    }

    /// Graphs of some rows as a recipe wants them.
    ///
    /// # Errors
    /// [`PredictorError::Word`] for an operator without a vector.
    pub fn pack(&self, rows: &[usize], recipe: &Recipe, words: &Words) -> Result<Vec<Graph>, PredictorError> {
        pack(rows.iter().map(|&row| &self.graphs[row]), recipe, words)
    }

    /// Accuracies of some rows.
    pub fn accuracies_of(&self, rows: &[usize]) -> Vec<f64> {
        rows.iter().map(|&row| self.accuracies[row]).collect()
    }

    /// The split: 3,000 cells for validation, 3,000 for the test, the others to train on; the same for every seed.
    pub fn split(&self) -> Split {
        let count = self.graphs.len();
        let rows = Random::new(SPLIT_SEED).distinct(count as u32, count);
        let mut rows = rows.into_iter().map(|row| row as usize);
        let held_out = count.min(VALIDATION + TEST) / 2;
        Split {
            validation: rows.by_ref().take(held_out).collect(),
            test: rows.by_ref().take(held_out).collect(),
            training: rows.collect(),
        }
    }
}

/// Graphs, given in the authors' form, as a recipe wants them.
///
/// # Errors
/// [`PredictorError::Word`] for an operator without a vector.
pub fn pack<'a>(
    graphs: impl IntoIterator<Item = &'a OperatorGraph>,
    recipe: &Recipe,
    words: &Words,
) -> Result<Vec<Graph>, PredictorError> {
    let word = |text: &str| words.find(text).and_then(|place| u16::try_from(place).ok());
    let of = |graph: &OperatorGraph| Graph::new(&graph.clone().in_form(recipe.form).0, recipe.layout(), word);
    graphs.into_iter().map(of).collect()
}

impl<E: Engine> Trainer<E> {
    /// Starts on some rows.
    ///
    /// # Errors
    /// A message if an operator has no vector, or of the engine.
    pub fn on(recipe: Recipe, words: &Words, samples: &Samples, rows: &[usize]) -> Result<Self, String>
    where
        E::Error: std::fmt::Display,
    {
        let graphs = samples.pack(rows, &recipe, words).map_err(|error| error.to_string())?;
        let vectors = (0..words.texts().len()).flat_map(|word| words.vector(word)).copied().collect();
        let trainer = Self::new(recipe, words.width(), vectors, graphs, &samples.accuracies_of(rows));
        let trainer = trainer.map_err(|error| error.to_string())?;
        trainer.with_wordings(words).map_err(|error| error.to_string())
    }
}
