//! From a graph of operators to a prediction, in f32 and in a fixed order of sums: the same bits natively and in
//! WebAssembly.

use super::{
    Adjacency, Form, OperatorGraph, PredictorError, Readout, Weights, Words,
    weights::{Layer, Member},
};
use crate::quote::quote;

/// A trained model with the vectors of the operators that it can read.
///
/// The first layer's product with a vector is computed once a word, so that a prediction costs a few small products.
#[derive(Clone, Debug)]
pub struct Predictor {
    weights: Weights,
    words: Words,
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
        let product = |member: &Member| {
            let rows =
                (0..words.texts().len()).map(|word| first_product(&member.layers[0], words.vector(word)));
            rows.collect::<Vec<_>>().concat()
        };
        let products = weights.members.iter().map(product).collect();
        Ok(Self { weights, words, products })
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

    /// The same model on graphs of a form that it need not have been trained on.
    #[must_use]
    pub fn with_form(&self, form: Form) -> Self {
        let mut other = self.clone();
        other.weights.hyper.form = form;
        other
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
            places.push(match self.words.find(text) {
                _ if free.is_some_and(|free| free.node == node) => None,
                Some(place) => Some(place),
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
        for row in needed(0) {
            let out = &mut features[row * width..(row + 1) * width];
            for &source in adjacency.sources(row) {
                add(out, product(source), adjacency.weight(row));
            }
            finish(out, &member.layers[0].bias);
        }
        let (mut next, mut sum) = (features.clone(), vec![0.0f32; width]);
        for (number, layer) in member.layers.iter().enumerate().skip(1) {
            for row in needed(number) {
                sum.fill(0.0);
                for &source in adjacency.sources(row) {
                    add(&mut sum, &features[source * width..(source + 1) * width], adjacency.weight(row));
                }
                let out = &mut next[row * width..(row + 1) * width];
                out.fill(0.0);
                multiply(&sum, &layer.weight, out);
                finish(out, &layer.bias);
            }
            std::mem::swap(&mut features, &mut next);
        }
        let global = &features[(rows - 1) * width..];
        if hyper.readout == Readout::Global {
            return member.bias + dot(global, &member.readout);
        }
        let operators = adjacency.order().len();
        let mut mean = vec![0.0f32; width];
        for operator in features.chunks_exact(width).take(operators) {
            add(&mut mean, operator, 1.0 / operators as f32);
        }
        match hyper.readout {
            Readout::Both => {
                member.bias + dot(global, &member.readout) + dot(&mean, &member.readout[width..])
            }
            _ => member.bias + dot(&mean, &member.readout),
        }
    }
}

// Few and not inlined: unrolled, vectorised loops are most of what a module weighs.

/// out += factor · x.
#[inline(never)]
fn add(out: &mut [f32], x: &[f32], factor: f32) {
    out.iter_mut().zip(x).for_each(|(out, x)| *out += factor * x);
}

/// x ↦ relu(x + b).
#[inline(never)]
fn finish(x: &mut [f32], bias: &[f32]) {
    for (x, b) in x.iter_mut().zip(bias) {
        let sum = *x + b;
        *x = if sum > 0.0 { sum } else { 0.0 };
    }
}

/// The inner product of the shorter length.
#[inline(never)]
fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut sum = 0.0;
    x.iter().zip(y).for_each(|(x, y)| sum += x * y);
    sum
}

/// out += x·W, the inputs in ascending order.
fn multiply(x: &[f32], weight: &[f32], out: &mut [f32]) {
    for (&x, row) in x.iter().zip(weight.chunks_exact(out.len())) {
        // After a ReLU many are 0.
        if x != 0.0 {
            add(out, row, x);
        }
    }
}

/// vector·W of the first layer.
fn first_product(layer: &Layer, vector: &[f32]) -> Vec<f32> {
    let mut product = vec![0.0; layer.bias.len()];
    multiply(vector, &layer.weight, &mut product);
    product
}
