//! What each operator of a cell does to its prediction.

use super::{INPUT, OUTPUT, OperatorGraph, Predictor, PredictorError};

/// Predictions with one operator in other words.
#[derive(Clone, Debug, PartialEq)]
pub struct Occlusion {
    /// The cell's own prediction.
    pub base: f32,
    /// Operators of the graph in the authors' form, which are all nodes but inputs and output.
    pub nodes: Vec<usize>,
    /// Places of the words that stand in for them: all but `Input` and `Output`.
    pub words: Vec<usize>,
    /// Change of the prediction, a row a node, a column a word; 0 at the operator's own word.
    pub changes: Vec<f32>,
}

/// Replaces each operator by each other word.
///
/// The word changes in the graph in the authors' form, which is then brought into the form of the predictor. So an
/// operation of the space gives the very graph of the neighbouring cell (`None` takes its edges away in the contracted
/// form, a skip joins), and any other text the graph that a cell with such an operation would have.
///
/// # Errors
/// [`PredictorError::Word`] for an operator without a vector.
pub fn occlusion(predictor: &Predictor, graph: &OperatorGraph) -> Result<Occlusion, PredictorError> {
    let base = predictor.predict(graph.clone())?;
    let texts = predictor.words().texts();
    let words: Vec<usize> =
        (0..texts.len()).filter(|&word| texts[word] != INPUT && texts[word] != OUTPUT).collect();
    let nodes: Vec<usize> = (0..graph.nodes().len()).filter(|&node| graph.is_operator(node)).collect();
    let mut changes = Vec::with_capacity(nodes.len() * words.len());
    for &node in &nodes {
        for &word in &words {
            changes.push(predictor.predict(graph.with_text(node, &texts[word]))? - base);
        }
    }
    Ok(Occlusion { base, nodes, words, changes })
}
