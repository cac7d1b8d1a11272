//! A whole training, which keeps the model of its best epoch.

use super::{Distinct, Engine, Model, Recipe, Samples, Trainer};
use crate::{
    predictor::{PredictorError, Words},
    stats::{Pairs, kendall},
};

/// What an epoch has come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Epoch {
    /// Its number, from 1.
    pub number: usize,
    /// Mean loss of its batches.
    pub loss: f32,
    /// Kendall's τ on the validation cells; −1 if all predictions are equal.
    pub validation: f64,
}

/// Trains on the first cells of the split and keeps the model of the epoch that orders the validation cells best: early
/// stopping, on cells of NAS-Bench-101 alone.
///
/// # Returns
/// The model, and its epoch.
///
/// # Errors
/// A message if an operator has no vector, or of the engine.
pub fn fit<E: Engine>(
    recipe: &Recipe,
    words: &Words,
    samples: &Samples,
    mut report: impl FnMut(Epoch),
) -> Result<(Model, Epoch), String>
where
    E::Error: std::fmt::Display,
{
    let split = samples.split();
    let rows = split.training.get(..recipe.cells);
    let rows = rows.ok_or_else(|| format!("there are only {} cells to train on", split.training.len()))?;
    let mut trainer = Trainer::<E>::on(recipe.clone(), words, samples, rows)?;
    let of_words = |error: PredictorError| error.to_string();
    let held_out = Distinct::new(samples.pack(&split.validation, recipe, words).map_err(of_words)?);
    let accuracies = samples.accuracies_of(&split.validation);
    let mut best: Option<(Model, Epoch)> = None;
    while !trainer.is_done() {
        let progress = trainer.steps_of_epoch(usize::MAX).map_err(|error| error.to_string())?;
        let model = trainer.model();
        let pairs = Pairs::new(&held_out.predict(&model), &accuracies).map_err(|error| error.to_string())?;
        let validation = kendall(&pairs).unwrap_or(-1.0);
        let epoch = Epoch { number: progress.epoch, loss: progress.loss, validation };
        report(epoch);
        if best.as_ref().is_none_or(|(_, best)| validation > best.validation) {
            best = Some((model, epoch));
        }
    }
    best.ok_or_else(|| "there is no epoch to train".to_owned())
}
