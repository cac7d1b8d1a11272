//! From a graph of operators to a prediction, in f32 and in a fixed order of sums: the same bits natively and in
//! WebAssembly.

use super::{
    Adjacency, Form, OperatorGraph, PredictorError, Readout, Weights, Words,
    weights::{Layer, Member},
};
use crate::space::quote;
use rustc_hash::FxHashMap;

/// A trained model with the vectors of the operators that it can read.
///
/// The first layer's product with a vector is computed once a word, so that a prediction costs a few small products.
#[derive(Clone, Debug)]
pub struct Predictor {
    weights: Weights,
    words: Words,
    places: FxHashMap<String, usize>,
    /// Of each member: a row a word, vector·W of the first layer.
    products: Vec<Vec<f32>>,
}

/// A node whose vector is given instead of looked up.
struct Free {
    node: usize,
    /// Of each member: vector·W of the first layer.
    products: Vec<Vec<f32>>,
}

impl Predictor {
    /// A predictor.
    ///
    /// # Errors
    /// [`PredictorError::Width`] if the weights do not read vectors of the words' width.
    pub fn new(weights: Weights, words: Words) -> Result<Self, PredictorError> {
        if weights.hyper.inputs != words.width() {
            return Err(PredictorError::Width { weights: weights.hyper.inputs, words: words.width() });
        }
        let places = words.texts().iter().enumerate().map(|(place, text)| (text.clone(), place)).collect();
        let product = |member: &Member| {
            let rows =
                (0..words.texts().len()).map(|word| first_product(&member.layers[0], words.vector(word)));
            rows.collect::<Vec<_>>().concat()
        };
        let products = weights.members.iter().map(product).collect();
        Ok(Self { weights, words, places, products })
    }

    /// Reads the two files.
    ///
    /// # Errors
    /// [`PredictorError`] if one is none, is damaged, or they do not belong together.
    pub fn read(weights: &[u8], words: &[u8]) -> Result<Self, PredictorError> {
        Self::new(Weights::read(weights)?, Words::read(words)?)
    }

    /// The weights.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The words.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The form of graph that it was trained on.
    pub fn form(&self) -> Form {
        self.weights.hyper.form
    }

    /// Prediction for a cell, given its graph in the authors' form.
    ///
    /// O(layers · (V · width² + E · width)).
    ///
    /// # Errors
    /// [`PredictorError::Word`] for an operator without a vector.
    pub fn predict(&self, graph: OperatorGraph) -> Result<f32, PredictorError> {
        self.predict_in_form(&graph.in_form(self.form()).0, None)
    }

    /// Prediction for a cell one of whose operators has any vector instead of its own.
    ///
    /// # Arguments
    /// * `node`: a node of the graph in the authors' form; it counts as an operator whatever its text is, so a `None` is
    ///   not contracted.
    ///
    /// # Errors
    /// [`PredictorError::Edit`] if the node is an input, the output or none, or the vector has another width or a number
    /// that is not finite; [`PredictorError::Word`] for another operator without a vector.
    pub fn predict_with(
        &self,
        graph: &OperatorGraph,
        node: usize,
        vector: &[f32],
    ) -> Result<f32, PredictorError> {
        if !graph.is_operator(node) {
            return Err(PredictorError::Edit("only the vector of an operator can be replaced"));
        }
        if vector.len() != self.words.width() || vector.iter().any(|number| !number.is_finite()) {
            return Err(PredictorError::Edit(
                "the vector needs as many finite numbers as those of the words",
            ));
        }
        let (graph, kept) = graph.with_text(node, "").in_form(self.form());
        let products = self.weights.members.iter().map(|member| first_product(&member.layers[0], vector));
        let free = kept
            .iter()
            .position(|&other| other == node)
            .map(|node| Free { node, products: products.collect() });
        self.predict_in_form(&graph, free.as_ref())
    }

    fn predict_in_form(&self, graph: &OperatorGraph, free: Option<&Free>) -> Result<f32, PredictorError> {
        let hyper = &self.weights.hyper;
        let adjacency = Adjacency::new(graph, hyper.layout());
        let mut places = Vec::with_capacity(adjacency.order().len());
        for &node in adjacency.order() {
            let text = &*graph.nodes()[node].text;
            places.push(match self.places.get(text) {
                _ if free.is_some_and(|free| free.node == node) => None,
                Some(&place) => Some(place),
                None => return Err(PredictorError::Word { text: quote(text) }),
            });
        }
        let width = hyper.width;
        let mut sum = 0.0;
        for (number, member) in self.weights.members.iter().enumerate() {
            let products = &self.products[number];
            let global = member.layers[0].weight.get(hyper.inputs * width..).unwrap_or_default();
            let row = |row: usize| match places.get(row) {
                Some(Some(place)) => &products[place * width..(place + 1) * width],
                Some(None) => free.map_or(&[][..], |free| &free.products[number]),
                None if row + 1 == adjacency.rows() && !global.is_empty() => global,
                // Padding has no feature.
                None => &[],
            };
            sum += self.run(member, &adjacency, row);
        }
        Ok(sum / self.weights.members.len() as f32)
    }

    /// One model, from the rows of the first layer's product on.
    fn run<'a>(&self, member: &Member, adjacency: &Adjacency, product: impl Fn(usize) -> &'a [f32]) -> f32 {
        let hyper = &self.weights.hyper;
        let (rows, width) = (adjacency.rows(), hyper.width);
        // The rows that a layer has to compute: all but in the last, where those are enough that are read.
        let needed = |layer: usize| {
            let is_last = layer + 1 == hyper.layers;
            if is_last && hyper.readout == Readout::Global { rows - 1..rows } else { 0..rows }
        };
        let mut features = vec![0.0f32; rows * width];
        let mut next = features.clone();
        for row in needed(0) {
            let out = &mut features[row * width..(row + 1) * width];
            for &source in adjacency.sources(row) {
                out.iter_mut().zip(product(source)).for_each(|(sum, x)| *sum += x);
            }
            let weight = adjacency.weight(row);
            out.iter_mut().zip(&member.layers[0].bias).for_each(|(x, b)| *x = relu(*x * weight + b));
        }
        let mut sum = vec![0.0f32; width];
        for (number, layer) in member.layers.iter().enumerate().skip(1) {
            for row in needed(number) {
                sum.fill(0.0);
                for &source in adjacency.sources(row) {
                    let x = &features[source * width..(source + 1) * width];
                    sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += x);
                }
                let weight = adjacency.weight(row);
                sum.iter_mut().for_each(|sum| *sum *= weight);
                let out = &mut next[row * width..(row + 1) * width];
                out.copy_from_slice(&layer.bias);
                multiply(&sum, &layer.weight, out);
                out.iter_mut().for_each(|x| *x = relu(*x));
            }
            std::mem::swap(&mut features, &mut next);
        }
        let dot = |x: &[f32], weights: &[f32]| x.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>();
        let global = &features[(rows - 1) * width..];
        let mean = || {
            let operators = adjacency.order().len();
            let mut mean = vec![0.0f32; width];
            for x in features.chunks_exact(width).take(operators) {
                mean.iter_mut().zip(x).for_each(|(sum, x)| *sum += x);
            }
            mean.iter_mut().for_each(|sum| *sum *= 1.0 / operators as f32);
            mean
        };
        member.bias
            + match hyper.readout {
                Readout::Global => dot(global, &member.readout),
                Readout::Mean => dot(&mean(), &member.readout),
                Readout::Both => {
                    let (first, second) = member.readout.split_at(width);
                    dot(global, first) + dot(&mean(), second)
                }
            }
    }
}

fn relu(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}

/// out += x·W, the inputs in ascending order.
fn multiply(x: &[f32], weight: &[f32], out: &mut [f32]) {
    for (&x, row) in x.iter().zip(weight.chunks_exact(out.len())) {
        // After a ReLU many are 0.
        if x != 0.0 {
            out.iter_mut().zip(row).for_each(|(out, w)| *out += x * w);
        }
    }
}

/// vector·W of the first layer.
fn first_product(layer: &Layer, vector: &[f32]) -> Vec<f32> {
    let mut product = vec![0.0; layer.bias.len()];
    multiply(vector, &layer.weight, &mut product);
    product
}
