//! How a model is trained: everything that, with the data, decides its weights.

use super::Shape;
use crate::predictor::{Form, Layout, Normalisation, Readout};
use serde::{Deserialize, Serialize};

/// What is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The accuracy itself, as published.
    Accuracy,
    /// The normal score of its rank among the training cells: outliers weigh no more than others.
    Rank,
}

/// What is made small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Mean squared error.
    Squared,
    /// Logistic loss of the pairs of a batch.
    Pairwise,
    /// The sum of both.
    Both,
}

/// How the learning rate falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// Half a cosine wave down to 0.
    Cosine,
    /// × 0.1 every 40 epochs, as published.
    Steps,
}

/// Which of its wordings stands for an operator in a step; the short one in inference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// The short one.
    Short,
    /// One drawn for each operator of a batch.
    ByBatch,
    /// One drawn for each operator of each graph.
    ByGraph,
    /// A random mean of all, drawn for each operator of a batch.
    Mixed,
}

impl Schedule {
    /// Factor of the rate at an epoch (with a fraction) of `epochs`.
    pub fn factor(self, epoch: f64, epochs: f64) -> f64 {
        match self {
            Schedule::Cosine => 0.5 * (1.0 + libm::cos(std::f64::consts::PI * epoch / epochs)),
            Schedule::Steps => (0..(epoch / 40.0) as u32).fold(1.0, |factor, _| factor * 0.1),
        }
    }
}

/// The recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Recipe {
    /// Drives initial weights, order, dropout and noise.
    pub seed: u64,
    /// Training cells.
    pub cells: usize,
    /// Passes over them.
    pub epochs: usize,
    /// Cells a step.
    pub batch: usize,
    /// Learning rate at the start.
    pub rate: f64,
    /// How it falls.
    pub schedule: Schedule,
    /// Weight decay of AdamW.
    pub decay: f64,
    /// What is predicted.
    pub target: Target,
    /// What is made small.
    pub loss: Loss,
    /// Which graph of a cell the model sees.
    pub form: Form,
    /// Whether the sum over the nodes that a node reads is divided by their number.
    pub normalisation: Normalisation,
    /// Nodes to which smaller graphs are padded; 7 as published, 0 for none.
    pub padding: usize,
    /// Graph convolutions.
    pub layers: usize,
    /// Features a node, a multiple of 8.
    pub width: usize,
    /// What is read of the last layer.
    pub readout: Readout,
    /// Share of features dropped in each layer.
    pub dropout: f64,
    /// Length of the random vector added to each word's vector (of length 1), anew in each step.
    pub noise: f64,
    /// Memory of the running average of the weights; 0 takes the last ones.
    pub average: f64,
    /// Words of the operators.
    pub wording: Wording,
    /// Share of the edges between operators that are dropped, anew in each step.
    pub drop_edges: f64,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            seed: 0,
            cells: 8000,
            epochs: 40,
            batch: 128,
            rate: 1e-3,
            schedule: Schedule::Cosine,
            decay: 0.01,
            target: Target::Rank,
            loss: Loss::Squared,
            form: Form::Contracted,
            normalisation: Normalisation::Plain,
            padding: 0,
            layers: 4,
            width: 64,
            readout: Readout::Global,
            dropout: 0.0,
            noise: 0.0,
            average: 0.0,
            wording: Wording::Short,
            drop_edges: 0.0,
        }
    }
}

impl Recipe {
    /// Whether it can be trained.
    ///
    /// # Errors
    /// A message that names what is out of range.
    pub fn check(&self) -> Result<(), String> {
        let shares = |share: f64| (0.0..1.0).contains(&share);
        let positive = |number: f64| number > 0.0 && number.is_finite();
        let wrong = match self {
            _ if self.cells < 2 => "`cells` must be at least 2",
            _ if !(1..=10_000).contains(&self.epochs) => "`epochs` must be 1 to 10000",
            _ if !(2..=65_536).contains(&self.batch) => "`batch` must be 2 to 65536",
            _ if !positive(self.rate) || self.rate > 1.0 => "`rate` must be above 0 and at most 1",
            _ if !(0.0..=10.0).contains(&self.decay) => "`decay` must be 0 to 10",
            _ if !(1..=8).contains(&self.layers) => "`layers` must be 1 to 8",
            _ if !(8..=512).contains(&self.width) || !self.width.is_multiple_of(8) => {
                "`width` must be a multiple of 8, 8 to 512"
            }
            _ if self.padding > 64 => "`padding` must be at most 64",
            _ if !shares(self.dropout) => "`dropout` must be 0 or more, below 1",
            _ if !(0.0..=100.0).contains(&self.noise) => "`noise` must be 0 to 100",
            _ if !shares(self.average) => "`average` must be 0 or more, below 1",
            _ if !shares(self.drop_edges) => "`dropEdges` must be 0 or more, below 1",
            _ => return Ok(()),
        };
        Err(wrong.to_owned())
    }

    /// Sizes of the model, for vectors of so many numbers.
    pub fn shape(&self, inputs: usize) -> Shape {
        Shape { inputs, layers: self.layers, width: self.width, readout: self.readout }
    }

    /// How graphs become matrices.
    pub fn layout(&self) -> Layout {
        Layout {
            global: self.readout != Readout::Mean,
            padding: self.padding,
            normalisation: self.normalisation,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes_are_read_strictly_and_checked() {
        let read = |json: &str| serde_json::from_str::<Recipe>(json);
        let recipe = read(r#"{"cells":500,"target":"accuracy","readout":"both"}"#).expect("legal");
        assert_eq!((recipe.cells, recipe.target, recipe.epochs), (500, Target::Accuracy, 40));
        assert!(recipe.check().is_ok() && recipe.layout().global);
        assert_eq!((recipe.wording, recipe.drop_edges), (Wording::Short, 0.0));
        let varied = read(r#"{"wording":"by-graph","dropEdges":0.1}"#).expect("legal");
        assert_eq!((varied.wording, varied.drop_edges), (Wording::ByGraph, 0.1));
        assert!(read(r#"{"cell":500}"#).is_err() && read(r#"{"loss":"worst"}"#).is_err());
        for json in [
            r#"{"width":60}"#,
            r#"{"layers":0}"#,
            r#"{"rate":0}"#,
            r#"{"dropout":1}"#,
            r#"{"batch":1}"#,
            r#"{"dropEdges":1}"#,
        ] {
            assert!(read(json).expect("readable").check().is_err(), "{json}");
        }
    }

    #[test]
    fn schedules() {
        let of = |schedule: Schedule, epoch| schedule.factor(epoch, 100.0);
        assert_eq!(of(Schedule::Cosine, 0.0), 1.0);
        assert!((of(Schedule::Cosine, 50.0) - 0.5).abs() < 1e-15 && of(Schedule::Cosine, 100.0) == 0.0);
        assert_eq!((of(Schedule::Steps, 39.9), of(Schedule::Steps, 40.0)), (1.0, 0.1));
        assert!((of(Schedule::Steps, 99.0) - 0.01).abs() < 1e-15);
    }
}
