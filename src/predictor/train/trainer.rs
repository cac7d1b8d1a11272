//! Training in steps: a caller may report, pause or stop between any two.

use super::{
    Model, Recipe, Shape, Wording,
    augment::{drop_edges, reword, wordings},
    batch::{Batch, Graph, PADDING},
    engine::{ByHand, Engine},
    pass::Input,
    target::targets,
};
use crate::{
    predictor::{PredictorError, Words},
    random::Random,
};

/// Most cells over which the moments of the batch norms are taken at the end.
const CALIBRATION: usize = 2048;

/// Where training stands.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Progress {
    /// Epochs done.
    pub epoch: usize,
    /// Steps done in the current one.
    pub step: usize,
    /// Steps an epoch.
    pub steps: usize,
    /// Mean loss of the batches just done.
    pub loss: f32,
}

/// A model that is being trained.
#[derive(Clone, Debug)]
pub struct Trainer<E = ByHand> {
    recipe: Recipe,
    shape: Shape,
    /// Vectors of all words: words × inputs.
    all_vectors: Vec<f32>,
    /// Those of the words that occur in `graphs`, whose words are numbered anew: what is trained does not depend on others.
    vectors: Vec<f32>,
    /// Which words those are.
    trained: Vec<u16>,
    /// The vectors of all their wordings, if the recipe draws among them.
    wordings: Vec<f32>,
    graphs: Vec<Graph>,
    targets: Vec<f32>,
    random: Random,
    order: Vec<u32>,
    engine: E,
    average: Vec<f32>,
    epoch: usize,
    step: usize,
    memory: Memory,
}

/// What is reused from step to step.
#[derive(Clone, Debug, Default)]
struct Memory {
    batch: Batch,
    wanted: Vec<f32>,
    dropout: Vec<Vec<f32>>,
    vectors: Vec<f32>,
}

impl<E: Engine> Trainer<E> {
    /// Starts with seeded weights. The words are those of `vectors`; other wordings are known by [`Trainer::on`] alone.
    ///
    /// # Arguments
    /// * `inputs`, `vectors`: numbers of a vector, and the vectors of all words one after the other
    /// * `graphs`, `accuracies`: the training cells
    ///
    /// # Errors
    /// Those of the engine.
    ///
    /// # Panics
    /// If there are no graphs, or not as many as accuracies.
    pub fn new(
        recipe: Recipe,
        inputs: usize,
        vectors: Vec<f32>,
        mut graphs: Vec<Graph>,
        accuracies: &[f64],
    ) -> Result<Self, E::Error> {
        assert!(!graphs.is_empty() && graphs.len() == accuracies.len(), "an accuracy a graph");
        let trained = number_anew(&mut graphs);
        let vector = |&word: &u16| &vectors[usize::from(word) * inputs..][..inputs];
        let shape = recipe.shape(inputs);
        let mut random = Random::new(recipe.seed);
        let average = shape.initial(&mut random);
        Ok(Self {
            targets: targets(recipe.target, accuracies),
            order: (0..graphs.len() as u32).collect(),
            engine: E::new(shape, average.clone(), recipe.decay)?,
            epoch: 0,
            step: 0,
            memory: Memory::default(),
            recipe,
            shape,
            vectors: trained.iter().flat_map(vector).copied().collect(),
            all_vectors: vectors,
            trained,
            wordings: Vec::new(),
            graphs,
            random,
            average,
        })
    }

    /// Looks up the wordings among which the recipe draws.
    ///
    /// # Errors
    /// [`PredictorError::Word`] for a word without other wordings.
    pub(super) fn with_wordings(mut self, words: &Words) -> Result<Self, PredictorError> {
        if self.recipe.wording != Wording::Short {
            self.wordings = wordings(words, &self.trained)?;
        }
        Ok(self)
    }

    /// How it trains.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Steps an epoch: a last batch that is not full is left out, unless it is the only one.
    pub fn steps(&self) -> usize {
        (self.graphs.len() / self.recipe.batch).max(1)
    }

    /// Whether all epochs are done.
    pub fn is_done(&self) -> bool {
        self.epoch >= self.recipe.epochs
    }

    /// One batch.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn step(&mut self) -> Result<Progress, E::Error> {
        if self.step == 0 {
            for place in (1..self.order.len()).rev() {
                let other = self.random.below(place as u32 + 1) as usize;
                self.order.swap(place, other);
            }
        }
        let steps = self.steps();
        let size = self.recipe.batch.min(self.order.len());
        let chosen = &self.order[self.step * size..][..size];
        let Memory { batch, wanted, dropout, vectors } = &mut self.memory;
        batch.pack(chosen.iter().map(|&cell| &self.graphs[cell as usize]));
        wanted.clear();
        wanted.extend(chosen.iter().map(|&cell| self.targets[cell as usize]));
        vectors.clone_from(&self.vectors);
        if !self.wordings.is_empty() {
            reword(self.recipe.wording, &self.wordings, self.shape.inputs, &mut self.random, batch, vectors);
        }
        if self.recipe.drop_edges > 0.0 {
            drop_edges(self.recipe.drop_edges, &mut self.random, batch);
        }
        if self.recipe.noise > 0.0 {
            let scale = self.recipe.noise / (self.shape.inputs as f64).sqrt();
            vectors.iter_mut().for_each(|x| *x += (scale * self.random.normal()) as f32);
        }
        if self.recipe.dropout > 0.0 {
            dropout.resize(self.shape.layers, Vec::new());
            let keep = (1.0 / (1.0 - self.recipe.dropout)) as f32;
            for factors in dropout.iter_mut() {
                factors.clear();
                let draw = |_| if self.random.uniform() < self.recipe.dropout { 0.0 } else { keep };
                factors.extend((0..batch.rows() * self.shape.width).map(draw));
            }
        }
        let at = self.epoch as f64 + self.step as f64 / steps as f64;
        let rate = self.recipe.rate * self.recipe.schedule.factor(at, self.recipe.epochs as f64);
        let input = Input { batch, vectors, shape: self.shape, dropout };
        let loss = self.engine.step(input, wanted, self.recipe.loss, rate)?;
        let keep = self.recipe.average as f32;
        for (average, parameter) in self.average.iter_mut().zip(&*self.engine.parameters()?) {
            *average = keep * *average + (1.0 - keep) * parameter;
        }
        self.step += 1;
        if self.step == steps {
            self.step = 0;
            self.epoch += 1;
        }
        Ok(Progress { epoch: self.epoch, step: self.step, steps, loss })
    }

    /// Up to so many batches, but none beyond the end of an epoch or after the last.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn steps_of_epoch(&mut self, most: usize) -> Result<Progress, E::Error> {
        let steps = self.steps();
        let mut progress = Progress { epoch: self.epoch, step: self.step, steps, loss: 0.0 };
        let (mut sum, mut count) = (0.0, 0);
        while count < most && !self.is_done() && (count == 0 || self.step > 0) {
            progress = self.step()?;
            sum += progress.loss;
            count += 1;
        }
        Ok(Progress { loss: sum / count.max(1) as f32, ..progress })
    }

    /// Batches done so far.
    pub fn done(&self) -> usize {
        self.epoch * self.steps() + self.step
    }

    /// The model as it is now (the running average of its parameters, if the recipe has one), with the moments of the batch
    /// norms over the first 2,048 training cells.
    pub fn model(&self) -> Model {
        let cells = &self.graphs[..self.graphs.len().min(CALIBRATION)];
        let model = Model::calibrated(self.shape, self.average.clone(), self.vectors.clone(), cells);
        model.with_vectors(self.all_vectors.clone())
    }
}

/// Numbers the words of graphs 0, 1, … in ascending order.
///
/// # Returns
/// What they were before.
fn number_anew(graphs: &mut [Graph]) -> Vec<u16> {
    let mut words: Vec<u16> = graphs.iter().flat_map(|graph| graph.words().iter().copied()).collect();
    words.sort_unstable();
    words.dedup();
    words.retain(|&word| word < PADDING);
    for graph in graphs {
        graph.map_words(|word| words.binary_search(&word).map_or(word, |place| place as u16));
    }
    words
}
