//! How recipes are compared: six splits of NAS-Bench-101, five of which hold back a kind of cell that is never trained.

use super::{Distinct, Engine, Recipe, Samples, Trainer};
use crate::{
    predictor::{OperatorGraph, Words},
    stats::{Pairs, kendall},
};

/// A split by kind.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// What is never trained; `id` for nothing.
    pub name: &'static str,
    /// Whether a cell may be trained on.
    trained: fn(&OperatorGraph) -> bool,
}

/// All of them.
pub const SHIFTS: [Shift; 6] = [
    Shift { name: "id", trained: |_| true },
    Shift { name: "no 3×3", trained: |graph| lacks(graph, "Convolution 3 by 3") },
    Shift { name: "no 1×1", trained: |graph| lacks(graph, "Convolution 1 by 1") },
    Shift { name: "no pool", trained: |graph| lacks(graph, "Max pooling 3 by 3") },
    Shift { name: "size", trained: |graph| graph.nodes().len() < 7 },
    Shift { name: "edges", trained: |graph| graph.edges().len() < 9 },
];

fn lacks(graph: &OperatorGraph, text: &str) -> bool {
    graph.nodes().iter().all(|node| node.text != text)
}

impl Shift {
    /// Rows to train on, and rows to judge by: validation cells of the kind that is held back, or all of them for `id`.
    /// The test cells take no part.
    pub fn rows(&self, samples: &Samples) -> (Vec<usize>, Vec<usize>) {
        let split = samples.split();
        let trained = |row: &usize| (self.trained)(&samples.graphs[*row]);
        let training = split.training.into_iter().filter(trained).collect();
        let all = split.validation.iter().all(trained);
        let judged = split.validation.into_iter().filter(|row| all || !trained(row)).collect();
        (training, judged)
    }

    /// Trains as many members as wanted, with the seed of the recipe and those after it, on as many cells as the recipe
    /// says or as there are, for all epochs.
    ///
    /// # Returns
    /// Kendall's τ of the members' mean prediction on the cells that are held back; −1 if all predictions are equal.
    ///
    /// # Errors
    /// A message if an operator has no vector, or of the engine.
    pub fn judge<E: Engine>(
        &self,
        recipe: &Recipe,
        members: u64,
        words: &Words,
        samples: &Samples,
    ) -> Result<f64, String>
    where
        E::Error: std::fmt::Display,
    {
        let (mut training, judged) = self.rows(samples);
        training.truncate(recipe.cells);
        let graphs = samples.pack(&judged, recipe, words).map_err(|error| error.to_string())?;
        let held_out = Distinct::new(graphs);
        let mut sums = vec![0.0; judged.len()];
        for member in 0..members {
            let recipe = Recipe { seed: recipe.seed + member, ..recipe.clone() };
            let mut trainer = Trainer::<E>::on(recipe, words, samples, &training)?;
            while !trainer.is_done() {
                trainer.step().map_err(|error| error.to_string())?;
            }
            let predictions = held_out.predict(&trainer.model());
            sums.iter_mut().zip(predictions).for_each(|(sum, prediction)| *sum += prediction);
        }
        let pairs = Pairs::new(&sums, &samples.accuracies_of(&judged)).map_err(|error| error.to_string())?;
        kendall(&pairs)
            .ok_or_else(|| format!("τ of the split “{}” is undefined: all predictions are equal", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space;

    /// As many cells as the splits of the known table need, with made-up accuracies.
    fn samples() -> Samples {
        let space = space::find("nasbench101").expect("known");
        let graphs: Vec<_> =
            space.sample(9000, 5).iter().map(|cell| cell.operator_graph().expect("drawn")).collect();
        Samples { accuracies: vec![0.5; graphs.len()], graphs }
    }

    #[test]
    fn what_is_held_back_is_never_trained_and_test_cells_take_no_part() {
        let samples = samples();
        let split = samples.split();
        for shift in SHIFTS {
            let (training, judged) = shift.rows(&samples);
            let trained = |&row: &usize| (shift.trained)(&samples.graphs[row]);
            assert!(!training.is_empty() && training.iter().all(trained), "{}", shift.name);
            assert!(training.iter().all(|row| split.training.contains(row)));
            assert!(!judged.is_empty() && judged.iter().all(|row| split.validation.contains(row)));
            match shift.name {
                "id" => assert_eq!((training.len(), judged.len()), (3000, 3000)),
                _ => assert!(!judged.iter().any(trained), "{}", shift.name),
            }
        }
    }

    #[test]
    fn a_kind_is_named_by_its_words_or_its_size() {
        let space = space::find("nasbench101").expect("known");
        for cell in space.sample(200, 9) {
            let graph = cell.operator_graph().expect("drawn");
            let trained = SHIFTS.map(|shift| (shift.trained)(&graph));
            let has = |text: &str| graph.nodes().iter().any(|node| node.text.contains(text));
            let lacking = ["Convolution 3 by 3", "Convolution 1 by 1", "pooling"].map(|text| !has(text));
            assert!(trained[0] && trained[1..4] == lacking);
            assert_eq!((trained[4], trained[5]), (graph.nodes().len() <= 6, graph.edges().len() <= 8));
        }
    }
}
