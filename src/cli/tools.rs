//! What methods need that is no setting, loaded once for all threads.

use super::{error::CliError, options::EpsilonOptions, predictor::PredictorOptions};
use cellscope::{
    epsilon,
    method::{Depends, EpsilonTool, Evaluator, Method, Settings},
    predictor::Predictor,
    space::Space,
};
use std::sync::Arc;

/// A batch and a predictor, where the methods need them.
pub struct Tools {
    epsilon: Option<epsilon::Evaluator>,
    predictor: Option<Arc<Predictor>>,
}

impl Tools {
    /// Loads what the methods need.
    ///
    /// # Errors
    /// [`CliError`] if the batch or the predictor cannot be loaded.
    pub fn load(
        space: &dyn Space,
        methods: &[&'static dyn Method],
        epsilon: &EpsilonOptions,
        predictor: &PredictorOptions,
    ) -> Result<Self, CliError> {
        let needs = |what: Depends| methods.iter().any(|method| method.depends().contains(&what));
        let epsilon = match needs(Depends::Batch) {
            true => Some(epsilon::Evaluator::new(&epsilon.batch()?, epsilon.weights(space))?),
            false => None,
        };
        let predictor = if needs(Depends::Predictor) { Some(predictor.load()?) } else { None };
        Ok(Self { epsilon, predictor })
    }

    /// An evaluator for a thread, in which ε is as `tool` says: of each cell or of whole classes.
    pub fn evaluator(&self, settings: Settings, tool: fn(epsilon::Evaluator) -> EpsilonTool) -> Evaluator {
        let mut evaluator = Evaluator::new(settings);
        let tools = evaluator.tools();
        tools.epsilon = self.epsilon.clone().map(tool);
        tools.predictor = self.predictor.clone();
        evaluator
    }
}
