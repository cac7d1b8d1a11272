//! Training by hand against training by candle, a library with automatic differentiation: derivatives, steps, and inference
//! from a file.
//!
//! Building the library takes minutes, so what it gave is stored in `tests/data/tgnas_library.f32.gz`. The command that
//! writes it anew, and first repeats the library's own trainings, is
//! `CELLSCOPE_WRITE_LIBRARY=1 cargo test --features train --test suite training_library`.

use cellscope::{
    known::KnownTable,
    predictor::{
        Encoding, Form, Normalisation, Predictor, Readout, Weights, Words,
        train::{Batch, ByHand, Engine, Input, Loss, Model, Recipe, Samples, Target, Trainer, fit},
    },
    random::Random,
    space,
};
use std::io::Read;

const STORED: &[u8] = include_bytes!("../data/tgnas_library.f32.gz");
/// Steps of a training and graphs predicted, of which there are figures.
const STEPS: usize = 3;
const PREDICTED: usize = 200;

/// What the library gave for a recipe.
#[derive(Clone, Debug, Default, PartialEq)]
struct Figures {
    loss: f32,
    gradient: Vec<f32>,
    /// Loss before each of the first steps of a training.
    steps: Vec<f32>,
    predictions: Vec<f32>,
}

/// The stored figures of each recipe, in the order of [`recipes`].
fn stored(words: &Words) -> Vec<Figures> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(STORED).read_to_end(&mut bytes).expect("a gzip file");
    let mut numbers = bytes.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four));
    let mut take = |count| numbers.by_ref().take(count).collect::<Vec<_>>();
    let figures = recipes().map(|recipe| Figures {
        loss: take(1)[0],
        gradient: take(recipe.shape(words.width()).parameters()),
        steps: take(STEPS),
        predictions: take(PREDICTED),
    });
    assert_eq!(numbers.count(), 0);
    figures.to_vec()
}

fn data() -> (Words, Samples) {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench101.known")).expect("a table");
    let words = Words::read(include_bytes!("../../www/data/operators.words")).expect("words");
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

/// Runs `with` on a batch of 64 graphs, their accuracies and the parameters that a training starts from.
fn on_first_batch<T>(
    recipe: &Recipe,
    words: &Words,
    samples: &Samples,
    with: impl FnOnce(Input, &[f32], Vec<f32>) -> T,
) -> T {
    let rows = &samples.split().training[..64];
    let shape = recipe.shape(words.width());
    let mut batch = Batch::default();
    batch.pack(&samples.pack(rows, recipe, words).expect("known words"));
    let targets: Vec<f32> = samples.accuracies_of(rows).iter().map(|&a| a as f32).collect();
    let vectors = vectors(words);
    let input = Input { batch: &batch, vectors: &vectors, shape, dropout: &[] };
    with(input, &targets, shape.initial(&mut Random::new(1)))
}

#[test]
fn derivatives_are_those_of_automatic_differentiation() {
    let (words, samples) = data();
    for (recipe, expected) in recipes().iter().zip(stored(&words)) {
        on_first_batch(recipe, &words, &samples, |input, targets, parameters| {
            let mut by_hand = ByHand::new(input.shape, parameters, 0.0).expect("infallible");
            let (loss, gradient) = by_hand.gradient(input, targets, recipe.loss);
            assert!(
                (loss - expected.loss).abs() < 1e-5 * (1.0 + expected.loss),
                "{recipe:?}: {loss} {}",
                expected.loss
            );
            let apart = difference(gradient, &expected.gradient);
            assert!(apart < 1e-4, "{recipe:?}: {apart}");
        });
    }
}

#[test]
fn trainings_stay_together() {
    let (words, samples) = data();
    let rows = &samples.split().training[..256];
    for (recipe, expected) in recipes().iter().zip(stored(&words)) {
        let mut by_hand = Trainer::<ByHand>::on(recipe.clone(), &words, &samples, rows).expect("starts");
        for (step, loss) in expected.steps.into_iter().enumerate() {
            let Ok(found) = by_hand.step();
            assert_eq!((found.epoch, found.step), (0, step + 1));
            // AdamW divides by the size of a derivative: where that is rounding alone, so is the step.
            assert!((found.loss - loss).abs() < 1e-3 * (1.0 + loss), "{recipe:?}, step {step}");
        }
    }
}

/// The model that a recipe trains by hand, and the graphs of which there are predictions.
fn trained(recipe: &Recipe, words: &Words, samples: &Samples) -> Model {
    let (model, _) = fit::<ByHand>(recipe, words, samples, |_| ()).expect("trains");
    model
}

#[test]
fn inference_is_that_of_the_library() {
    let (words, samples) = data();
    for (recipe, expected) in recipes().iter().zip(stored(&words)) {
        let weights = Weights {
            note: String::new(),
            hyper: recipe.hyper(words.width()),
            members: vec![trained(recipe, &words, &samples).member()],
        };
        let bytes = weights.write(Encoding::F32).expect("writable");
        let predictor =
            Predictor::new(Weights::read(&bytes).expect("readable"), words.clone()).expect("fits");
        let split = samples.split();
        for (&row, expected) in split.test[..PREDICTED].iter().zip(expected.predictions) {
            let found = predictor.predict(samples.graphs[row].clone()).expect("known words");
            assert!(
                (found - expected).abs() < 1e-5 * (1.0 + expected.abs()),
                "{recipe:?}: {found} {expected}"
            );
        }
    }
}

/// The library itself: its trainings replay, and it gives what is stored.
#[cfg(feature = "train")]
mod library {
    use super::*;
    use cellscope::predictor::train::{Library, pack};
    use std::io::Write;

    fn figures(recipe: &Recipe, words: &Words, samples: &Samples) -> Figures {
        let (loss, gradient) = on_first_batch(recipe, words, samples, |input, targets, parameters| {
            let library = Library::new(input.shape, parameters, 0.0).expect("tensors");
            library.gradient(input, targets, recipe.loss).expect("derivatives")
        });
        let split = samples.split();
        let training = || {
            Trainer::<Library>::on(recipe.clone(), words, samples, &split.training[..256]).expect("starts")
        };
        let (mut once, mut again) = (training(), training());
        let mut steps = Vec::new();
        for step in 0..STEPS {
            let found = once.step().expect("a step");
            assert_eq!((found.epoch, found.step), (0, step + 1));
            steps.push(found.loss);
            assert_eq!(again.step().expect("a step"), found);
        }
        assert_eq!(again.model(), once.model());
        let model = trained(recipe, words, samples);
        let library = Library::new(model.shape(), model.parameters().to_vec(), 0.0).expect("tensors");
        let graphs = split.test[..PREDICTED].iter().map(|&row| &samples.graphs[row]);
        let mut batch = Batch::default();
        batch.pack(&pack(graphs, recipe, words).expect("known words"));
        let all = vectors(words);
        let input = Input { batch: &batch, vectors: &all, shape: model.shape(), dropout: &[] };
        let predictions = library.predict(input, Some(model.moments())).expect("predictions");
        Figures { loss, gradient, steps, predictions: predictions.to_vec1().expect("numbers") }
    }

    #[test]
    fn gives_what_is_stored() {
        let (words, samples) = data();
        let found = recipes().map(|recipe| figures(&recipe, &words, &samples));
        if std::env::var_os("CELLSCOPE_WRITE_LIBRARY").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tgnas_library.f32.gz");
            let file = std::fs::File::create(path).expect("writable");
            let mut file = flate2::write::GzEncoder::new(file, flate2::Compression::best());
            for Figures { loss, gradient, steps, predictions } in found {
                for number in [&[loss], &gradient[..], &steps, &predictions].concat() {
                    file.write_all(&number.to_le_bytes()).expect("writable");
                }
            }
            file.finish().expect("writable");
            return;
        }
        for (found, stored) in found.iter().zip(stored(&words)) {
            assert!((found.loss - stored.loss).abs() < 1e-6 * (1.0 + stored.loss));
            assert!(difference(&found.gradient, &stored.gradient) < 1e-6);
            assert!(difference(&found.steps, &stored.steps) < 1e-6);
            assert!(difference(&found.predictions, &stored.predictions) < 1e-6);
        }
    }
}
