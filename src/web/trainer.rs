//! Training of the predictor, a few steps at a time.

use super::{
    convert::{choice, plain, strings, whole, whole_member},
    error::WebError,
};
use crate::{
    known::KnownTable,
    predictor::{
        Encoding, Form, Normalisation, Readout, Weights, Words,
        train::{self, Distinct, Loss, Recipe, Samples, Target},
    },
    space::{self, Space},
    stats::{Pairs, kendall},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(skip_typescript)]
pub struct Trainer {
    trainer: train::Trainer,
    words: Words,
    held_out: Distinct,
    accuracies: Vec<f64>,
    /// The cells of a whole space, which are asked for again and again.
    whole: Option<(String, Distinct)>,
}

/// `TrainerOptions`.
fn recipe(options: &JsValue) -> Result<Recipe, WebError> {
    let default = Recipe::default();
    let number = |name: &str, default: usize, smallest: u32, largest: u32| {
        whole_member(options, name, default as u32, smallest, largest).map(|number| number as usize)
    };
    let targets = |id: &str| match id {
        "raw" => Some((Target::Accuracy, Loss::Squared)),
        "rank" => Some((Target::Rank, Loss::Squared)),
        "pairs" => Some((Target::Rank, Loss::Pairwise)),
        _ => None,
    };
    let readouts = |id: &str| match id {
        "global" => Some(Readout::Global),
        "mean" => Some(Readout::Mean),
        "both" => Some(Readout::Both),
        _ => None,
    };
    let normalisations = |id: &str| match id {
        "plain" => Some(Normalisation::Plain),
        "rows" => Some(Normalisation::Rows),
        _ => None,
    };
    let known_targets = ["raw", "rank", "pairs"];
    let (target, loss) =
        choice(options, "target", targets, &known_targets)?.unwrap_or((default.target, default.loss));
    let readout = choice(options, "readout", readouts, &["global", "mean", "both"])?;
    let normalisation = choice(options, "normalisation", normalisations, &["plain", "rows"])?;
    Ok(Recipe {
        seed: u64::from(whole_member(options, "seed", 0, 0, u32::MAX)?),
        cells: number("cells", default.cells, 2, u32::MAX)?,
        epochs: number("epochs", default.epochs, 1, 1000)?,
        batch: number("batch", default.batch, 2, 4096)?,
        target,
        loss,
        form: choice(options, "form", Form::find, &Form::ALL.map(Form::id))?.unwrap_or(default.form),
        normalisation: normalisation.unwrap_or(default.normalisation),
        readout: readout.unwrap_or(default.readout),
        layers: number("layers", default.layers, 1, 8)?,
        ..default
    })
}

/// τ-b; `null` if a side is constant or not finite.
fn tau(predictions: &[f64], accuracies: &[f64]) -> Result<JsValue, WebError> {
    plain(&kendall(&Pairs::new(predictions, accuracies)?))
}

#[wasm_bindgen]
impl Trainer {
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(table: &[u8], words: &[u8], options: &JsValue) -> Result<Trainer, WebError> {
        let recipe = recipe(options)?;
        let words = Words::read(words).map_err(WebError::argument)?;
        let samples = Samples::new(space::find("nasbench101")?, &KnownTable::read(table)?);
        let samples = samples.map_err(WebError::argument)?;
        let split = samples.split();
        let known = split.training.len();
        let Some(rows) = split.training.get(..recipe.cells) else {
            return Err(WebError::argument(format!("`cells` must be at most {known}, not {}", recipe.cells)));
        };
        let held_out = samples.pack(&split.validation, &recipe, &words).map_err(WebError::argument)?;
        let trainer = train::Trainer::on(recipe, &words, &samples, rows).map_err(WebError::argument)?;
        Ok(Self {
            trainer,
            words,
            held_out: Distinct::new(held_out),
            accuracies: samples.accuracies_of(&split.validation),
            whole: None,
        })
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn total(&self) -> usize {
        self.trainer.steps() * self.trainer.recipe().epochs
    }

    #[wasm_bindgen(getter, skip_typescript)]
    pub fn done(&self) -> usize {
        self.trainer.done()
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn step(&mut self, batches: f64) -> Result<JsValue, WebError> {
        let batches = whole("the number of batches", batches, 1, u32::MAX)?;
        let Ok(progress) = self.trainer.steps_of_epoch(batches as usize);
        plain(&progress)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn evaluate(&self) -> Result<JsValue, WebError> {
        tau(&self.held_out.predict(&self.trainer.model()), &self.accuracies)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn predict(&mut self, space: &str, texts: &JsValue) -> Result<Vec<f64>, WebError> {
        let model = self.trainer.model();
        let space = space::find(space)?;
        if !texts.is_null() && !texts.is_undefined() {
            let texts = strings("the cells", texts)?;
            let graph = |text: &String| Ok::<_, WebError>(space.parse(text)?.operator_graph()?);
            let graphs = texts.iter().map(graph).collect::<Result<Vec<_>, _>>()?;
            let packed = train::pack(&graphs, self.trainer.recipe(), &self.words);
            return Ok(model.predict(&packed.map_err(WebError::argument)?));
        }
        if self.whole.as_ref().is_none_or(|(id, _)| id != space.id()) {
            self.whole = Some((space.id().to_owned(), self.all_of(space)?));
        }
        Ok(self.whole.as_ref().map(|(_, cells)| cells.predict(&model)).unwrap_or_default())
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn tau(&mut self, space: &str, texts: &JsValue, accuracies: &[f64]) -> Result<JsValue, WebError> {
        tau(&self.predict(space, texts)?, accuracies)
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn weights(&self) -> Result<Vec<u8>, WebError> {
        let recipe = self.trainer.recipe();
        let done = self.trainer.done() / self.trainer.steps();
        let note = format!(
            "trained in the page on {} cells of NAS-Bench-101, seed {}, {done} of {} epochs",
            recipe.cells, recipe.seed, recipe.epochs
        );
        let hyper = recipe.hyper(self.words.width());
        let weights = Weights { note, hyper, members: vec![self.trainer.model().member()] };
        weights.write(Encoding::F32).map_err(WebError::argument)
    }
}

impl Trainer {
    fn all_of(&self, space: &dyn Space) -> Result<Distinct, WebError> {
        let Some(size) = space.size() else {
            return Err(WebError::argument(format!("{} has no list of all its cells", space.label())));
        };
        let cells = (0..size).filter_map(|index| space.at(index));
        let graphs = cells.map(|cell| cell.operator_graph()).collect::<Result<Vec<_>, _>>()?;
        let packed = train::pack(&graphs, self.trainer.recipe(), &self.words);
        Ok(Distinct::new(packed.map_err(WebError::argument)?))
    }
}
