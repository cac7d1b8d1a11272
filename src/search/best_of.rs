//! The experiment of the NASGraph and ε papers: draw N cells, train the one that a proxy likes best, do it again.

use super::{SearchError, guide::preference, run::seed_of_run};
use crate::{
    random::Random,
    stats::{Better, competition_ranks},
};

/// What one repetition chose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pick {
    /// Place of the chosen cell in the columns; `None` if no drawn cell has a score.
    pub cell: Option<usize>,
    /// Its accuracy; NaN if there is none.
    pub accuracy: f64,
    /// Its rank by accuracy among the drawn cells: 1 is the best, ties share the best rank.
    pub rank: Option<usize>,
    /// Its rank by accuracy among all known cells.
    pub rank_of_all: Option<usize>,
    /// The best accuracy among the drawn cells: what the best proxy would have chosen.
    pub optimum: f64,
    /// The accuracy of the cell drawn first: what no proxy would have chosen.
    pub random: f64,
    /// Drawn cells whose score is undefined; they are never chosen.
    pub undefined: usize,
}

/// All repetitions.
#[derive(Clone, Debug, PartialEq)]
pub struct BestOf {
    /// One a repetition.
    pub picks: Vec<Pick>,
    /// Repetitions in which a cell was chosen; the means are over these.
    pub chosen: usize,
    /// Mean accuracy of the chosen cells; NaN if there are none.
    pub mean: f64,
    /// Its standard deviation from repetition to repetition (divided by their number, as NumPy does).
    pub sd: f64,
    /// Mean rank among the drawn cells. (The notebooks of ε count from 0.)
    pub mean_rank: f64,
}

/// Chooses the best by `scores` of `samples` random cells, `repeats` times.
///
/// # Arguments
/// * `scores`, `accuracy`: columns of one length; NaN is undefined or unknown. Only cells of known accuracy are drawn,
///   uniformly without replacement. Of equal scores the one drawn first is chosen.
/// * `seed`: repetition r draws by the seed of run r of a search.
///
/// # Errors
/// [`SearchError`] if the columns differ in length, nothing is known, or a number is out of range.
///
/// # Complexity
/// O(repeats · cells).
pub fn best_of(
    scores: (&[f64], Better),
    accuracy: (&[f64], Better),
    samples: usize,
    repeats: usize,
    seed: u64,
) -> Result<BestOf, SearchError> {
    let owned = |(values, better): (&[f64], Better)| (values.to_vec(), better);
    let mut run = BestOfRun::new(owned(scores), owned(accuracy), samples, repeats, seed)?;
    run.step(repeats);
    Ok(run.found())
}

/// [`best_of`] in steps, so that a worker can report and stop. As each repetition has its own seed, those done so far are
/// the experiment with fewer repetitions.
#[derive(Clone, Debug)]
pub struct BestOfRun {
    scores: (Vec<f64>, Better),
    accuracy: Vec<f64>,
    /// By accuracy, and the cells that have one.
    ranks: Vec<Option<usize>>,
    known: Vec<usize>,
    samples: usize,
    repeats: usize,
    seed: u64,
    picks: Vec<Pick>,
}

impl BestOfRun {
    /// Before the first repetition; arguments and errors are those of [`best_of`].
    pub fn new(
        scores: (Vec<f64>, Better),
        (accuracy, better): (Vec<f64>, Better),
        samples: usize,
        repeats: usize,
        seed: u64,
    ) -> Result<Self, SearchError> {
        if scores.0.len() != accuracy.len() {
            return Err(SearchError::Length { expected: scores.0.len(), found: accuracy.len() });
        }
        let ranks = competition_ranks(&accuracy, better);
        let known: Vec<usize> = (0..ranks.len()).filter(|&cell| ranks[cell].is_some()).collect();
        if known.is_empty() {
            return Err(SearchError::NothingKnown);
        }
        SearchError::check("sample", samples, (1, known.len()), " (the cells of known accuracy)")?;
        SearchError::check("number of repetitions", repeats, (1, 100_000), "")?;
        Ok(Self { scores, accuracy, ranks, known, samples, repeats, seed, picks: Vec::new() })
    }

    /// Repetitions in all.
    pub fn total(&self) -> usize {
        self.repeats
    }

    /// Repetitions so far.
    pub fn done(&self) -> usize {
        self.picks.len()
    }

    /// Does up to so many repetitions.
    pub fn step(&mut self, repeats: usize) {
        let until = self.repeats.min(self.done().saturating_add(repeats));
        while self.done() < until {
            self.picks.push(self.pick(self.done()));
        }
    }

    /// Repetition number `repeat`, from 0.
    fn pick(&self, repeat: usize) -> Pick {
        let Self { scores: (scores, score_better), accuracy, ranks, known, .. } = self;
        let mut random = Random::new(seed_of_run(self.seed, repeat as u64));
        let places = random.distinct(known.len() as u32, self.samples);
        let drawn: Vec<usize> = places.into_iter().map(|place| known[place as usize]).collect();
        let by_score = |a: &&usize, b: &&usize| preference(*score_better, scores[**a], scores[**b]);
        let cell = drawn.iter().min_by(by_score).copied().filter(|&cell| !scores[cell].is_nan());
        let ahead = |chosen: usize| drawn.iter().filter(|&&other| ranks[other] < ranks[chosen]).count();
        let best = drawn.iter().min_by_key(|&&cell| ranks[cell]);
        Pick {
            cell,
            accuracy: cell.map_or(f64::NAN, |cell| accuracy[cell]),
            rank: cell.map(|cell| ahead(cell) + 1),
            rank_of_all: cell.and_then(|cell| ranks[cell]),
            optimum: best.map_or(f64::NAN, |&cell| accuracy[cell]),
            random: accuracy[drawn[0]],
            undefined: drawn.iter().filter(|&&cell| scores[cell].is_nan()).count(),
        }
    }

    /// The repetitions so far.
    pub fn found(&self) -> BestOf {
        let picks = self.picks.clone();
        let chosen: Vec<&Pick> = picks.iter().filter(|pick| pick.cell.is_some()).collect();
        let count = chosen.len() as f64;
        let mean = chosen.iter().map(|pick| pick.accuracy).sum::<f64>() / count;
        let squares: f64 = chosen.iter().map(|pick| (pick.accuracy - mean) * (pick.accuracy - mean)).sum();
        let mean_rank = chosen.iter().filter_map(|pick| pick.rank).sum::<usize>() as f64 / count;
        let chosen = chosen.len();
        BestOf { picks, chosen, mean, sd: (squares / count).sqrt(), mean_rank }
    }
}
