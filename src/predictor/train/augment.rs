//! What is varied from step to step though it should not matter: which words describe an operator, and single edges.

use super::{
    batch::{Batch, PADDING},
    recipe::Wording,
};
use crate::{
    predictor::{PredictorError, Words},
    quote::quote,
    random::Random,
};

/// What NAS-Bench-101's operators are called in short, and in `operators.words` at more length. No word of another space
/// is here: it would no longer be one that was never trained.
const WORDINGS: [[&str; 3]; 5] = [
    ["Input", "Input of the cell", "The operator that takes in the features of the earlier layers"],
    ["Output", "Output of the cell", "The operator that hands the features on to the later layers"],
    [
        "Convolution 3 by 3",
        "Convolution 3 by 3, batch norm, ReLU",
        "A two-dimensional convolution with a kernel size of 3 by 3, then batch normalisation, then a rectified linear unit",
    ],
    [
        "Convolution 1 by 1",
        "Convolution 1 by 1, batch norm, ReLU",
        "A two-dimensional convolution with a kernel size of 1 by 1, then batch normalisation, then a rectified linear unit",
    ],
    [
        "Max pooling 3 by 3",
        "Max pooling, 3 by 3 window",
        "A pooling operator that keeps the largest value of each 3 by 3 window",
    ],
];
/// Wordings of an operator.
const COUNT: usize = WORDINGS[0].len();

/// The vectors of all wordings of some words: words × wordings × numbers of a vector.
///
/// # Errors
/// [`PredictorError::Word`] for a word that has no other wordings, or for a wording without a vector.
pub fn wordings(words: &Words, trained: &[u16]) -> Result<Vec<f32>, PredictorError> {
    let mut vectors = Vec::new();
    for &word in trained {
        let text = words.texts()[usize::from(word)].as_str();
        let others = WORDINGS.iter().find(|wordings| wordings[0] == text);
        for text in others.ok_or_else(|| PredictorError::Word { text: quote(text) })? {
            let place = words.find(text).ok_or_else(|| PredictorError::Word { text: quote(text) })?;
            vectors.extend(words.vector(place));
        }
    }
    Ok(vectors)
}

/// Puts other wordings of its words into a batch: `vectors`, which holds a vector a word, is made anew from those of all
/// wordings.
pub fn reword(
    kind: Wording,
    wordings: &[f32],
    inputs: usize,
    random: &mut Random,
    batch: &mut Batch,
    vectors: &mut Vec<f32>,
) {
    let draw = |random: &mut Random| random.below(COUNT as u32) as usize;
    let size = COUNT * inputs;
    match kind {
        Wording::Short => {}
        Wording::ByBatch => {
            vectors.clear();
            for wordings in wordings.chunks_exact(size) {
                vectors.extend(&wordings[draw(random) * inputs..][..inputs]);
            }
        }
        Wording::ByGraph => {
            vectors.clear();
            vectors.extend(wordings);
            let mut start = 0;
            for &end in &batch.graphs {
                let drawn: Vec<usize> = wordings.chunks_exact(size).map(|_| draw(random)).collect();
                for word in batch.words[start..end as usize].iter_mut().filter(|word| **word < PADDING) {
                    let place = usize::from(*word);
                    *word = (place * COUNT + drawn[place]) as u16;
                }
                start = end as usize;
            }
        }
        Wording::Mixed => {
            vectors.clear();
            for wordings in wordings.chunks_exact(size) {
                // Shares that are uniform over all that sum to 1.
                let shares: [f64; COUNT] = std::array::from_fn(|_| -libm::log(1.0 - random.uniform()));
                let sum: f64 = shares.iter().sum();
                let of = |at: usize| {
                    let parts = shares.iter().zip(wordings[at..].iter().step_by(inputs));
                    parts.map(|(share, &x)| share / sum * f64::from(x)).sum::<f64>() as f32
                };
                vectors.extend((0..inputs).map(of));
            }
        }
    }
}

/// Takes each edge between two operators out of a batch with some probability; the others are made stronger, so that
/// the sums over neighbours stay the same on average.
pub fn drop_edges(share: f64, random: &mut Random, batch: &mut Batch) {
    let keep = (1.0 / (1.0 - share)) as f32;
    let mut start = 0;
    for (row, &end) in batch.ends.iter().enumerate() {
        for entry in start..end as usize {
            let source = batch.sources[entry] as usize;
            if source != row && batch.words[row].max(batch.words[source]) < PADDING {
                batch.weights[entry] *= if random.uniform() < share { 0.0 } else { keep };
            }
        }
        start = end as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        predictor::train::{Recipe, Samples, Shape, batch::GLOBAL},
        space,
    };

    const WORDS: &[u8] = include_bytes!("../../../www/data/operators.words");
    const KINDS: [Wording; 3] = [Wording::ByBatch, Wording::ByGraph, Wording::Mixed];

    fn words() -> Words {
        Words::read(WORDS).expect("a file of words")
    }

    /// Forty graphs whose words are the five of [`WORDINGS`], and the vectors of the words and of all wordings.
    fn batch(words: &Words) -> (Batch, Vec<f32>, Vec<f32>) {
        let space = space::find("nasbench101").expect("known");
        let graphs: Vec<_> =
            space.sample(40, 3).iter().map(|cell| cell.operator_graph().expect("drawn")).collect();
        let samples = Samples { accuracies: vec![0.0; graphs.len()], graphs };
        let rows: Vec<usize> = (0..40).collect();
        let mut graphs = samples.pack(&rows, &Recipe::default(), words).expect("known words");
        let places = WORDINGS.map(|wordings| words.find(wordings[0]).expect("a word") as u16);
        for graph in &mut graphs {
            graph.map_words(|word| places.iter().position(|&p| p == word).map_or(word, |at| at as u16));
        }
        let mut batch = Batch::default();
        batch.pack(&graphs);
        let vectors = places.iter().flat_map(|&place| words.vector(place.into())).copied().collect();
        (batch, vectors, wordings(words, &places).expect("all are there"))
    }

    fn vector<'a>(vectors: &'a [f32], inputs: usize, word: u16) -> &'a [f32] {
        &vectors[usize::from(word) * inputs..][..inputs]
    }

    #[test]
    fn wordings_are_those_of_the_page() {
        let table: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../../www/data/operators.json")).expect("JSON");
        let entry = |text: &str| table.iter().find(|entry| entry["text"] == text).expect("listed");
        for wordings in WORDINGS {
            let [short, medium, long] = wordings.map(entry);
            assert!(short["group"] == "short" && medium["group"] == "medium" && long["group"] == "long");
            assert!(short["op"] == medium["op"] && short["op"] == long["op"], "{wordings:?}");
        }
        let other = words().find("Average pooling 3 by 3").expect("a word") as u16;
        assert!(wordings(&words(), &[other]).is_err(), "not of NAS-Bench-101");
    }

    #[test]
    fn a_short_wording_changes_and_draws_nothing() {
        let words = words();
        let (mut batch, mut vectors, all) = batch(&words);
        let (before, own) = (batch.clone(), vectors.clone());
        let mut random = Random::new(1);
        reword(Wording::Short, &all, words.width(), &mut random, &mut batch, &mut vectors);
        assert_eq!((&batch.words, &vectors), (&before.words, &own));
        assert_eq!(random.below(1 << 30), Random::new(1).below(1 << 30));
    }

    #[test]
    fn an_operator_gets_one_of_its_own_wordings() {
        let words = words();
        let inputs = words.width();
        for kind in KINDS {
            let (mut batch, mut vectors, all) = batch(&words);
            let before = batch.words.clone();
            let mut random = Random::new(2);
            reword(kind, &all, inputs, &mut random, &mut batch, &mut vectors);
            let mut seen = [[false; COUNT]; WORDINGS.len()];
            for (&word, &found) in before.iter().zip(&batch.words) {
                if word == GLOBAL {
                    assert_eq!(found, GLOBAL);
                    continue;
                }
                let of = |at: u16| vector(&all, inputs, word * COUNT as u16 + at);
                let found = vector(&vectors, inputs, found);
                let equal = (0..COUNT as u16).find(|&at| of(at) == found);
                if let Some(at) = equal {
                    seen[usize::from(word)][usize::from(at)] = true;
                }
                assert_eq!(equal.is_none(), kind == Wording::Mixed);
                // Between the wordings, number by number.
                let within = |k: usize| {
                    let all = (0..COUNT as u16).map(|at| of(at)[k]);
                    let low = all.clone().fold(f32::INFINITY, f32::min);
                    (low..=all.fold(f32::NEG_INFINITY, f32::max)).contains(&found[k])
                };
                assert!((0..inputs).all(within));
            }
            let count = seen.as_flattened().iter().filter(|&&seen| seen).count();
            assert_eq!(count, [5, 15, 0][KINDS.iter().position(|&other| other == kind).expect("one")]);
        }
    }

    #[test]
    fn edges_between_operators_are_dropped_and_sums_stay_on_average() {
        let words = words();
        let (batch, _, _) = batch(&words);
        let mut random = Random::new(3);
        let mut sums = vec![0.0; batch.weights.len()];
        for _ in 0..2000 {
            let mut dropped = batch.clone();
            drop_edges(0.25, &mut random, &mut dropped);
            assert_eq!((&dropped.words, &dropped.sources), (&batch.words, &batch.sources));
            sums.iter_mut()
                .zip(&dropped.weights)
                .for_each(|(sum, weight)| *sum += f64::from(*weight) / 2000.0);
        }
        let mut start = 0;
        for (row, &end) in batch.ends.iter().enumerate() {
            for entry in start..end as usize {
                let (source, weight) = (batch.sources[entry] as usize, f64::from(batch.weights[entry]));
                let kept = source == row || batch.words[row] == GLOBAL || batch.words[source] == GLOBAL;
                assert!((sums[entry] - weight).abs() < if kept { 1e-9 } else { 0.08 }, "{}", sums[entry]);
                assert!(kept || sums[entry] != weight);
            }
            start = end as usize;
        }
    }

    #[test]
    fn a_step_on_varied_graphs_is_one_on_these_graphs() {
        // The look-up of the first layer knows nothing of wordings: a batch by graph, all drawn alike, is one of plain words.
        let words = words();
        let (mut batch, mut vectors, all) = batch(&words);
        let shape = Shape { inputs: words.width(), ..Recipe { width: 8, ..Recipe::default() }.shape(384) };
        let parameters = shape.initial(&mut Random::new(5));
        let gradient = |batch: &Batch, vectors: &[f32]| {
            use crate::predictor::train::{ByHand, Engine, Input, Loss};
            let input = Input { batch, vectors, shape, dropout: &[] };
            let Ok(mut engine) = ByHand::new(shape, parameters.clone(), 0.0);
            let targets: Vec<f32> = (0..40).map(|i| (i % 7) as f32 - 3.0).collect();
            let (loss, gradient) = engine.gradient(input, &targets, Loss::Squared);
            (loss, gradient.to_vec())
        };
        let (loss, plain) = gradient(&batch, &vectors);
        let same: Vec<f32> = vectors.chunks(shape.inputs).flat_map(|v| [v; COUNT].concat()).collect();
        assert_ne!(same, all);
        reword(Wording::ByGraph, &same, shape.inputs, &mut Random::new(6), &mut batch, &mut vectors);
        let (varied_loss, varied) = gradient(&batch, &vectors);
        assert_eq!(loss, varied_loss);
        let largest = plain.iter().map(|g| g.abs()).fold(0.0, f32::max);
        assert!(plain.iter().zip(&varied).all(|(a, b)| (a - b).abs() < 1e-5 * largest));
    }
}
