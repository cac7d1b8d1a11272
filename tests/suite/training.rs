//! Training of the predictor: derivatives against differences of a slow oracle, and what a trained model is.

use cellscope::{
    predictor::{
        Adjacency, Encoding, Form, Normalisation, OperatorGraph, Predictor, Readout, Weights, Words,
        train::{Batch, ByHand, Engine, Input, Loss, Model, Recipe, Target, Trainer, pack},
    },
    random::Random,
    space,
};

/// A few words with short vectors.
fn words() -> Words {
    let mut random = Random::new(4);
    let texts = ["Input", "Output", "Convolution 3 by 3", "Convolution 1 by 1", "Max pooling 3 by 3"];
    let pairs = texts.map(|text| {
        let vector = (0..8).map(|_| random.normal() as f32).collect();
        (text.to_owned(), vector)
    });
    Words::new("test", pairs.to_vec()).expect("legal")
}

fn graphs(count: usize) -> Vec<OperatorGraph> {
    let space = space::find("nasbench101").expect("known");
    space.sample(count, 7).iter().map(|cell| cell.operator_graph().expect("drawn")).collect()
}

fn recipes() -> Vec<Recipe> {
    let small = Recipe { width: 8, layers: 3, epochs: 4, batch: 8, form: Form::Authors, ..Recipe::default() };
    let rows = Normalisation::Rows;
    vec![
        Recipe { padding: 7, ..small.clone() },
        Recipe { readout: Readout::Mean, loss: Loss::Pairwise, normalisation: rows, ..small.clone() },
        Recipe { readout: Readout::Both, loss: Loss::Both, layers: 1, ..small.clone() },
        Recipe { readout: Readout::Both, normalisation: rows, layers: 2, width: 16, ..small },
    ]
}

/// Loss in double precision, straight from the definitions: dense matrices, one sum at a time.
fn oracle(
    recipe: &Recipe,
    words: &Words,
    graphs: &[OperatorGraph],
    parameters: &[f64],
    targets: &[f64],
) -> f64 {
    let shape = recipe.shape(words.width());
    let width = shape.width;
    let matrices: Vec<Adjacency> =
        graphs.iter().map(|graph| Adjacency::new(graph, recipe.layout())).collect();
    let features = usize::from(recipe.readout != Readout::Mean) + words.width();
    let mut states: Vec<Vec<Vec<f64>>> = Vec::new();
    for (graph, matrix) in graphs.iter().zip(&matrices) {
        let mut rows = vec![vec![0.0; features]; matrix.rows()];
        for (row, &node) in matrix.order().iter().enumerate() {
            let vector = words.vector(words.find(&graph.nodes()[node].text).expect("a word"));
            rows[row].iter_mut().zip(vector).for_each(|(x, &v)| *x = f64::from(v));
        }
        if recipe.layout().global {
            rows[matrix.rows() - 1][words.width()] = 1.0;
        }
        states.push(rows);
    }
    for layer in 0..shape.layers {
        let places = shape.layer(layer);
        let (weight, bias) = (&parameters[places.weight], &parameters[places.bias]);
        for (rows, matrix) in states.iter_mut().zip(&matrices) {
            let (dense, count) = (matrix.dense(), rows.len());
            let out = |row: usize, j: usize| {
                let read = |source: usize| {
                    let product: f64 =
                        (0..rows[source].len()).map(|k| rows[source][k] * weight[k * width + j]).sum();
                    f64::from(dense[row * count + source]) * product
                };
                bias[j] + (0..count).map(read).sum::<f64>()
            };
            *rows = (0..count).map(|row| (0..width).map(|j| out(row, j)).collect()).collect();
        }
        let count = states.iter().map(Vec::len).sum::<usize>() as f64;
        for j in 0..width {
            let column = || states.iter().flatten().map(|row| row[j]);
            let mean = column().sum::<f64>() / count;
            let variance = column().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
            let scale = parameters[places.scale.start + j] / (variance + 1e-5).sqrt();
            let shift = parameters[places.shift.start + j];
            states.iter_mut().flatten().for_each(|row| row[j] = ((row[j] - mean) * scale + shift).max(0.0));
        }
    }
    let head = &parameters[shape.head()];
    let predictions: Vec<f64> = states
        .iter()
        .zip(&matrices)
        .map(|(rows, matrix)| {
            let operators = matrix.order().len();
            let mean = (0..width)
                .map(|j| rows[..operators].iter().map(|row| row[j]).sum::<f64>() / operators as f64);
            let global = rows[rows.len() - 1].clone();
            let read = match recipe.readout {
                Readout::Global => global,
                Readout::Mean => mean.collect(),
                Readout::Both => global.into_iter().chain(mean).collect(),
            };
            read.iter().zip(head).map(|(x, w)| x * w).sum::<f64>() + head[head.len() - 1]
        })
        .collect();
    let count = predictions.len();
    let squared = predictions.iter().zip(targets).map(|(p, t)| (p - t).powi(2)).sum::<f64>() / count as f64;
    let pairs =
        (0..count).flat_map(|i| (0..count).map(move |j| (i, j))).filter(|&(i, j)| targets[i] > targets[j]);
    let pairs: Vec<f64> = pairs.map(|(i, j)| (predictions[j] - predictions[i]).exp().ln_1p()).collect();
    let pairwise = pairs.iter().sum::<f64>() / pairs.len() as f64;
    match recipe.loss {
        Loss::Squared => squared,
        Loss::Pairwise => pairwise,
        Loss::Both => squared + pairwise,
    }
}

#[test]
fn derivatives_equal_differences_of_the_oracle() {
    for recipe in recipes() {
        let (words, graphs) = (words(), graphs(9));
        let shape = recipe.shape(words.width());
        let parameters: Vec<f32> = {
            let mut random = Random::new(3);
            let mut parameters = shape.initial(&mut random);
            parameters.iter_mut().for_each(|p| *p += 0.3 * random.normal() as f32);
            parameters
        };
        let targets: Vec<f32> = (0..9).map(|i| ((i * 4) % 7) as f32 / 3.0 - 1.0).collect();
        let mut batch = Batch::default();
        batch.pack(&pack(&graphs, &recipe, &words).expect("known words"));
        let vectors: Vec<f32> =
            (0..words.texts().len()).flat_map(|word| words.vector(word).to_vec()).collect();
        let input = Input { batch: &batch, vectors: &vectors, shape, dropout: &[] };
        let mut engine = ByHand::new(shape, parameters.clone(), 0.0).expect("infallible");
        let (loss, gradient) = engine.gradient(input, &targets, recipe.loss);

        let precise: Vec<f64> = parameters.iter().map(|&p| f64::from(p)).collect();
        let wanted: Vec<f64> = targets.iter().map(|&t| f64::from(t)).collect();
        let of = |parameters: &[f64]| oracle(&recipe, &words, &graphs, parameters, &wanted);
        assert!((of(&precise) - f64::from(loss)).abs() < 1e-4 * (1.0 + f64::from(loss)), "{recipe:?}");
        let size = gradient.iter().map(|g| g.abs()).fold(0.0, f32::max);
        let mut tried = 0;
        for place in 0..precise.len() {
            let slope = |step: f64| {
                let moved = |step: f64| {
                    let mut moved = precise.clone();
                    moved[place] += step;
                    of(&moved)
                };
                (moved(step) - moved(-step)) / (2.0 * step)
            };
            let (wide, narrow) = (slope(2e-6), slope(1e-6));
            // Where the two differ, a ReLU has its corner in between.
            if (wide - narrow).abs() > 1e-6 * (1.0 + narrow.abs()) {
                continue;
            }
            tried += 1;
            let error = (f64::from(gradient[place]) - narrow).abs();
            assert!(
                error < 1e-4 * f64::from(size),
                "{recipe:?}: parameter {place}: {} {narrow}",
                gradient[place]
            );
        }
        assert!(tried > precise.len() * 9 / 10, "{tried} of {}", precise.len());
    }
}

/// Accuracies that a graph decides: more convolutions are better, and so are more edges.
fn accuracies(graphs: &[OperatorGraph]) -> Vec<f64> {
    let convolutions =
        |graph: &OperatorGraph| graph.nodes().iter().filter(|node| node.text.contains("3 by 3")).count();
    graphs
        .iter()
        .map(|graph| 0.7 + 0.03 * convolutions(graph) as f64 + 0.01 * graph.edges().len() as f64)
        .collect()
}

fn trainer(recipe: &Recipe, graphs: &[OperatorGraph]) -> Trainer {
    let words = words();
    let vectors = (0..words.texts().len()).flat_map(|word| words.vector(word).to_vec()).collect();
    let packed = pack(graphs, recipe, &words).expect("known words");
    let Ok(trainer) = Trainer::new(recipe.clone(), words.width(), vectors, packed, &accuracies(graphs));
    trainer
}

fn trained(recipe: &Recipe, graphs: &[OperatorGraph]) -> (Vec<f32>, Model) {
    let mut trainer = trainer(recipe, graphs);
    let mut losses = Vec::new();
    while !trainer.is_done() {
        let Ok(progress) = trainer.step();
        losses.push(progress.loss);
    }
    (losses, trainer.model())
}

#[test]
fn the_loss_goes_down_and_a_seed_replays() {
    let graphs = graphs(96);
    let recipe = Recipe {
        width: 16,
        layers: 2,
        epochs: 30,
        batch: 32,
        rate: 1e-2,
        form: Form::Authors,
        ..Recipe::default()
    };
    let (losses, model) = trained(&recipe, &graphs);
    assert_eq!(losses.len(), 30 * 3);
    let mean = |losses: &[f32]| losses.iter().sum::<f32>() / losses.len() as f32;
    assert!(mean(&losses[87..]) < 0.1 * mean(&losses[..3]), "{losses:?}");
    assert_eq!(trained(&recipe, &graphs), (losses.clone(), model.clone()));
    let other = trained(&Recipe { seed: 1, ..recipe.clone() }, &graphs);
    assert_ne!(other.0, losses);

    let noisy = Recipe { dropout: 0.2, noise: 0.3, average: 0.9, ..recipe.clone() };
    let (noisy_losses, noisy_model) = trained(&noisy, &graphs);
    assert!(mean(&noisy_losses[87..]) < 0.7 * mean(&noisy_losses[..3]), "{noisy_losses:?}");
    assert_eq!(trained(&noisy, &graphs), (noisy_losses, noisy_model));
}

#[test]
fn a_batch_that_is_not_full_is_left_out() {
    let graphs = graphs(21);
    let recipe = Recipe { batch: 8, ..recipes()[0].clone() };
    let mut trainer = trainer(&recipe, &graphs);
    let places: Vec<(usize, usize)> = std::iter::from_fn(|| {
        let Ok(progress) = trainer.step();
        Some((progress.epoch, progress.step))
    })
    .take(4)
    .collect();
    assert_eq!(places, [(0, 1), (1, 0), (1, 1), (2, 0)]);
}

#[test]
fn the_file_of_weights_predicts_what_the_model_predicts() {
    let graphs = graphs(60);
    for recipe in recipes() {
        let recipe = Recipe { target: Target::Accuracy, ..recipe };
        let (_, model) = trained(&recipe, &graphs);
        let weights = Weights {
            note: "test".to_owned(),
            hyper: recipe.hyper(words().width()),
            members: vec![model.member()],
        };
        let bytes = weights.write(Encoding::F32).expect("writable");
        let predictor = Predictor::new(Weights::read(&bytes).expect("readable"), words()).expect("fits");
        let expected = model.predict(&pack(&graphs, &recipe, &words()).expect("known words"));
        for (graph, expected) in graphs.iter().zip(expected) {
            let found = f64::from(predictor.predict(graph.clone()).expect("known words"));
            assert!((found - expected).abs() < 1e-5, "{recipe:?}: {found} {expected}");
        }
    }
}
