//! A trained model: to predict with, and as a file's content.

use super::{
    Moments, Recipe, Shape, Tape,
    batch::{Batch, Graph},
    pass::{EPSILON, Input},
};
use crate::predictor::{BatchNorm, Hyper, Layer, Member, Target};
use rustc_hash::FxHashMap;

/// Cells a batch in inference.
const BATCH: usize = 256;

/// Parameters with the moments that the batch norms use in inference.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    shape: Shape,
    parameters: Vec<f32>,
    moments: Vec<Moments>,
    vectors: Vec<f32>,
}

impl Model {
    /// Parameters, see [`Shape`], with the moments that they give over some graphs.
    pub fn calibrated(shape: Shape, parameters: Vec<f32>, vectors: Vec<f32>, graphs: &[Graph]) -> Self {
        let mut model = Self { shape, parameters, moments: Vec::new(), vectors };
        let mut batch = Batch::default();
        batch.pack(graphs);
        let mut tape = Tape::default();
        tape.forward(model.input(&batch), &model.parameters, None);
        model.moments = tape.moments;
        model
    }

    /// Its sizes.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Its parameters, see [`Shape`].
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// What its batch norms subtract and divide by, a layer an entry.
    pub fn moments(&self) -> &[Moments] {
        &self.moments
    }

    /// The same model with the vectors of other words.
    pub fn with_vectors(self, vectors: Vec<f32>) -> Self {
        Self { vectors, ..self }
    }

    fn input<'a>(&'a self, batch: &'a Batch) -> Input<'a> {
        Input { batch, vectors: &self.vectors, shape: self.shape, dropout: &[] }
    }

    /// One prediction a graph.
    pub fn predict(&self, graphs: &[Graph]) -> Vec<f64> {
        let (mut tape, mut batch) = (Tape::default(), Batch::default());
        let mut predictions = Vec::with_capacity(graphs.len());
        for graphs in graphs.chunks(BATCH) {
            batch.pack(graphs);
            tape.forward(self.input(&batch), &self.parameters, Some(&self.moments));
            predictions.extend(tape.predictions.iter().map(|&x| f64::from(x)));
        }
        predictions
    }

    /// The parameters with the batch norms folded into the layers, as a file of weights keeps them.
    pub fn member(&self) -> Member {
        let of = |range: std::ops::Range<usize>| &self.parameters[range];
        let layer = |(index, moments): (usize, &Moments)| {
            let places = self.shape.layer(index);
            let layer = Layer { weight: of(places.weight).to_vec(), bias: of(places.bias).to_vec() };
            layer.fold(BatchNorm {
                scale: of(places.scale),
                shift: of(places.shift),
                mean: &moments.mean,
                variance: &moments.variance,
                epsilon: f64::from(EPSILON),
            })
        };
        let head = of(self.shape.head());
        let (weights, bias) = head.split_at(head.len() - 1);
        Member {
            layers: self.moments.iter().enumerate().map(layer).collect(),
            readout: weights.to_vec(),
            bias: bias[0],
        }
    }
}

/// Graphs of which each is predicted once, however often it occurs: many cells have the same contraction.
#[derive(Clone, Debug)]
pub struct Distinct {
    graphs: Vec<Graph>,
    places: Vec<usize>,
}

impl Distinct {
    /// Finds equal graphs.
    pub fn new(all: Vec<Graph>) -> Self {
        let mut known: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
        let mut graphs = Vec::new();
        let mut place = |graph: Graph| {
            *known.entry(graph.key()).or_insert_with(|| {
                graphs.push(graph);
                graphs.len() - 1
            })
        };
        let places = all.into_iter().map(&mut place).collect();
        Self { graphs, places }
    }

    /// One prediction for each of the graphs that were given.
    pub fn predict(&self, model: &Model) -> Vec<f64> {
        let predictions = model.predict(&self.graphs);
        self.places.iter().map(|&place| predictions[place]).collect()
    }
}

impl Recipe {
    /// What a file of weights says of models trained in this way.
    pub fn hyper(&self, inputs: usize) -> Hyper {
        Hyper {
            form: self.form,
            target: match (self.loss, self.target) {
                (super::Loss::Pairwise, _) => Target::Order,
                (_, super::Target::Accuracy) => Target::Accuracy,
                (_, super::Target::Rank) => Target::NormalScore,
            },
            readout: self.readout,
            normalisation: self.normalisation,
            padding: self.padding,
            layers: self.layers,
            inputs,
            width: self.width,
        }
    }
}
