//! What other words, and vectors without words, do to a prediction.

use crate::common::tgnas_bits::{hypers, weights, words};
use cellscope::{
    predictor::{Hyper, Predictor, PredictorError, Weights, Words, occlusion},
    space::{self, Space},
};

fn predict(predictor: &Predictor, space: &dyn Space, text: &str) -> f32 {
    let cell = space.parse(text).expect("a cell");
    predictor.predict(cell.operator_graph().expect("covered")).expect("known words")
}

/// The word of an operation of the space gives the prediction of the neighbouring cell, in both forms.
#[test]
fn other_operations_give_the_neighbouring_cells() {
    let space = space::find("nasbench201").expect("known");
    for (hyper, members) in hypers() {
        let predictor = Predictor::new(weights(hyper, members, 3), words()).expect("one width");
        for cell in space.sample(6, 2) {
            let graph = cell.operator_graph().expect("covered");
            let found = occlusion(&predictor, &graph).expect("known words");
            assert_eq!(found.base, predict(&predictor, space, &cell.text()));
            assert_eq!(found.nodes, [1, 2, 3, 4, 5, 6]);
            assert_eq!(found.words.len(), words().texts().len() - 2);
            assert_eq!(found.changes.len(), found.nodes.len() * found.words.len());
            let ops: Vec<&str> = cell.edges().iter().map(|edge| edge.op).collect();
            for (edge, changes) in found.changes.chunks(found.words.len()).enumerate() {
                for (op, text) in space.ops().iter().zip(space.operator_texts()) {
                    let mut other = ops.clone();
                    other[edge] = op;
                    let [a, b, c, d, e, f] = other[..] else { panic!("six edges") };
                    let neighbour = format!("|{a}~0|+|{b}~0|{c}~1|+|{d}~0|{e}~1|{f}~2|");
                    let place = words().find(text).expect("known");
                    let column = found.words.iter().position(|&word| word == place).expect("a column");
                    let expected = predict(&predictor, space, &neighbour) - found.base;
                    assert_eq!(changes[column], expected, "{neighbour}");
                }
            }
        }
    }
}

#[test]
fn a_vector_in_place_of_a_word() {
    let space = space::find("nds-darts").expect("known");
    for (hyper, members) in hypers() {
        let predictor = Predictor::new(weights(hyper, members, 3), words()).expect("one width");
        let words = predictor.words();
        let place = words.find("dilated convolution 5x5").expect("known");
        for cell in space.sample(10, 2) {
            let graph = cell.operator_graph().expect("covered");
            for node in 2..10 {
                let by_word = predictor.predict(graph.with_text(node, "dilated convolution 5x5"));
                let by_vector = predictor.predict_with(&graph, node, words.vector(place));
                // Equal but for the order of sums.
                let (by_word, by_vector) = (by_word.expect("a word"), by_vector.expect("a vector"));
                assert!((by_word - by_vector).abs() <= 1e-5 * by_word.abs().max(1.0));
            }
            let refused = |node: usize, vector: &[f32]| predictor.predict_with(&graph, node, vector);
            for node in [0, 1, 10, 11, usize::MAX - 1] {
                assert!(matches!(refused(node, words.vector(0)), Err(PredictorError::Edit(_))), "{node}");
            }
            assert!(matches!(refused(2, &[0.0; 383]), Err(PredictorError::Edit(_))));
            assert!(matches!(refused(2, &[f32::NAN; 384]), Err(PredictorError::Edit(_))));
        }
    }
}

#[test]
fn an_operator_without_a_vector_is_named() {
    let few = Words::new("", vec![("Input".to_owned(), vec![0.5; 384])]).expect("words");
    let predictor = Predictor::new(Weights::random(Hyper::AUTHORS, 1, 0), few).expect("one width");
    let graph = space::find("nasbench101").expect("known").sample(1, 0)[0].operator_graph().expect("covered");
    let error = predictor.predict(graph).expect_err("refused");
    assert!(error.to_string().starts_with("no vector is known for the operator `"), "{error}");
}
