//! Training by hand against training by candle (feature `train`): derivatives, steps, and inference from a file.
#![cfg(feature = "train")]

use cellscope::{
    known::KnownTable,
    predictor::{
        Encoding, Form, Normalisation, Predictor, Readout, Weights, Words,
        train::{
            Batch, ByHand, Engine, Input, Library, Loss, Model, Recipe, Samples, Target, Trainer, fit, pack,
        },
    },
    random::Random,
    space,
};

fn data() -> (Words, Samples) {
    let table = KnownTable::read(include_bytes!("../www/data/nasbench101.known")).expect("a table");
    let words = Words::read(include_bytes!("../www/data/operators.words")).expect("words");
    (words, Samples::new(space::find("nasbench101").expect("known"), &table).expect("of NAS-Bench-101"))
}

fn recipes() -> [Recipe; 4] {
    let small = Recipe { cells: 256, epochs: 2, batch: 64, ..Recipe::default() };
    let rows = Normalisation::Rows;
    [
        small.clone(),
        Recipe { form: Form::Authors, target: Target::Accuracy, padding: 7, ..small.clone() },
        Recipe {
            readout: Readout::Both,
            loss: Loss::Both,
            normalisation: rows,
            dropout: 0.2,
            ..small.clone()
        },
        Recipe {
            readout: Readout::Mean,
            loss: Loss::Pairwise,
            layers: 2,
            width: 32,
            noise: 0.3,
            average: 0.9,
            ..small
        },
    ]
}

fn vectors(words: &Words) -> Vec<f32> {
    (0..words.texts().len()).flat_map(|word| words.vector(word).to_vec()).collect()
}

/// The largest difference, as a share of the largest value.
fn difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let largest = |values: &mut dyn Iterator<Item = f32>| values.map(f32::abs).fold(0.0, f32::max);
    largest(&mut a.iter().zip(b).map(|(a, b)| a - b)) / largest(&mut b.iter().copied())
}

#[test]
fn derivatives_are_those_of_automatic_differentiation() {
    let (words, samples) = data();
    let rows = &samples.split().training[..64];
    for recipe in recipes() {
        let shape = recipe.shape(words.width());
        let mut batch = Batch::default();
        batch.pack(&samples.pack(rows, &recipe, &words).expect("known words"));
        let targets: Vec<f32> = samples.accuracies_of(rows).iter().map(|&a| a as f32).collect();
        let vectors = vectors(&words);
        let input = Input { batch: &batch, vectors: &vectors, shape, dropout: &[] };
        let parameters = shape.initial(&mut Random::new(1));
        let mut by_hand = ByHand::new(shape, parameters.clone(), 0.0).expect("infallible");
        let library = Library::new(shape, parameters, 0.0).expect("tensors");
        let (loss, expected) = library.gradient(input, &targets, recipe.loss).expect("derivatives");
        let (found, gradient) = by_hand.gradient(input, &targets, recipe.loss);
        assert!((found - loss).abs() < 1e-5 * (1.0 + loss), "{recipe:?}: {found} {loss}");
        assert!(difference(gradient, &expected) < 1e-4, "{recipe:?}: {}", difference(gradient, &expected));
    }
}

#[test]
fn trainings_stay_together_and_replay() {
    let (words, samples) = data();
    let rows = &samples.split().training[..256];
    for recipe in recipes() {
        let mut by_hand = Trainer::<ByHand>::on(recipe.clone(), &words, &samples, rows).expect("starts");
        let mut library = Trainer::<Library>::on(recipe.clone(), &words, &samples, rows).expect("starts");
        let mut again = Trainer::<Library>::on(recipe.clone(), &words, &samples, rows).expect("starts");
        for step in 0..3 {
            let Ok(found) = by_hand.step();
            let expected = library.step().expect("a step");
            assert_eq!((found.epoch, found.step), (expected.epoch, expected.step));
            // AdamW divides by the size of a derivative: where that is rounding alone, so is the step.
            assert!(
                (found.loss - expected.loss).abs() < 1e-3 * (1.0 + expected.loss),
                "{recipe:?}, step {step}"
            );
            assert_eq!(again.step().expect("a step"), expected);
        }
        assert_eq!(again.model(), library.model());
    }
}

#[test]
fn inference_is_that_of_the_library() {
    let (words, samples) = data();
    let split = samples.split();
    for recipe in recipes() {
        let (model, _): (Model, _) = fit::<ByHand>(&recipe, &words, &samples, |_| ()).expect("trains");
        let library = Library::new(model.shape(), model.parameters().to_vec(), 0.0).expect("tensors");
        let rows = &split.test[..200];
        let graphs = rows.iter().map(|&row| &samples.graphs[row]);
        let mut batch = Batch::default();
        batch.pack(&pack(graphs.clone(), &recipe, &words).expect("known words"));
        let all = vectors(&words);
        let input = Input { batch: &batch, vectors: &all, shape: model.shape(), dropout: &[] };
        let expected = library.predict(input, Some(model.moments())).expect("predictions");
        let expected = expected.to_vec1::<f32>().expect("numbers");
        let weights = Weights {
            note: String::new(),
            hyper: recipe.hyper(words.width()),
            members: vec![model.member()],
        };
        let bytes = weights.write(Encoding::F32).expect("writable");
        let predictor =
            Predictor::new(Weights::read(&bytes).expect("readable"), words.clone()).expect("fits");
        for (graph, expected) in graphs.zip(expected) {
            let found = predictor.predict(graph.clone()).expect("known words");
            assert!(
                (found - expected).abs() < 1e-5 * (1.0 + expected.abs()),
                "{recipe:?}: {found} {expected}"
            );
        }
    }
}
