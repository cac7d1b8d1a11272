//! Scores cell after cell, keeping what cells share.

use super::{EpsilonTool, Method, Proxy, Subject, Value, number};
use crate::{
    epsilon::{self, Batch, EpsilonError},
    nasgraph::{NasgraphError, Scorer},
    network::ShapeError,
    predictor::{Predictor, PredictorError},
    space::{Cell, CountedSize, Space, SpaceError, SurrogateOptions},
};
use std::sync::Arc;

/// What the scores depend on besides the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Surrogate network of NASGraph.
    pub surrogate: SurrogateOptions,
    /// PyTorch seed of its weights.
    pub seed: u32,
    /// Outputs of the network whose cost is counted (10 classes in the CIFAR-10 setting).
    pub classes: usize,
    /// Its width and depth, where the space leaves them open.
    pub counted: CountedSize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { surrogate: SurrogateOptions::default(), seed: 1, classes: 10, counted: CountedSize::default() }
    }
}

/// Why a cell could not be scored at all. An undefined score is no error: see [`super::Undefined`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EvaluatorError {
    /// A setting is out of range.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// The method does not cover the network.
    #[error(transparent)]
    Nasgraph(#[from] NasgraphError),
    /// Layers that do not fit.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// ε cannot be computed for this network.
    #[error(transparent)]
    Epsilon(#[from] EpsilonError),
    /// ε was asked for without a batch.
    #[error("ε needs a batch of images")]
    NoBatch,
    /// TG-NAS cannot read an operator.
    #[error(transparent)]
    Predictor(#[from] PredictorError),
    /// A column was read whose method was not asked.
    #[error("this score was not asked for")]
    NotAsked,
    /// TG-NAS was asked for without its weights.
    #[error("TG-NAS needs a predictor's weights")]
    NoPredictor,
}

/// What methods keep from cell to cell, and what they need that is no setting.
#[derive(Debug)]
pub struct Tools {
    /// Channel graphs of one seed.
    pub scorer: Scorer,
    /// ε on a batch.
    pub epsilon: Option<EpsilonTool>,
    /// TG-NAS's predictor, which many evaluators can share.
    pub predictor: Option<Arc<Predictor>>,
}

/// Scores cells one after another with the same settings.
///
/// ```
/// use cellscope::{method::{Evaluator, Proxy, Settings}, space};
///
/// let space = space::find("nasbench201").unwrap();
/// let cell = space.parse("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|none~2|")?;
/// let degree = Proxy::find("average_degree").unwrap();
/// let report = Evaluator::new(Settings::default()).report(space, &*cell, &[degree.method])?;
/// assert!(report.value(degree)?.is_ok_and(|degree| degree > 20.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Evaluator {
    settings: Settings,
    tools: Tools,
}

/// What methods say of one cell.
#[derive(Clone, Debug)]
pub struct Report(Vec<(&'static dyn Method, Vec<Value>)>);

impl Report {
    /// The values of a method, one a column; empty if it was not asked.
    pub fn of(&self, method: &dyn Method) -> &[Value] {
        self.0.iter().find(|(other, _)| other.id() == method.id()).map_or(&[], |(_, values)| values)
    }

    /// The value of one column.
    ///
    /// # Errors
    /// [`EvaluatorError::NotAsked`] if its method was not among those asked.
    pub fn value(&self, proxy: Proxy) -> Result<Value, EvaluatorError> {
        self.of(proxy.method).get(proxy.place).cloned().ok_or(EvaluatorError::NotAsked)
    }
}

impl Evaluator {
    /// An evaluator.
    pub fn new(settings: Settings) -> Self {
        let tools = Tools { scorer: Scorer::new(settings.seed), epsilon: None, predictor: None };
        Self { settings, tools }
    }

    /// Other settings from now on; what depends on the seed alone is kept if that stays.
    pub fn set_settings(&mut self, settings: Settings) {
        if settings.seed != self.tools.scorer.seed() {
            self.tools.scorer = Scorer::new(settings.seed);
        }
        self.settings = settings;
    }

    /// Sets the batch and the constant weights (low, high) of ε, which equal cells share.
    ///
    /// # Errors
    /// [`EvaluatorError::Epsilon`] if a weight is no positive number.
    pub fn set_batch(&mut self, batch: &Batch, weights: (f32, f32)) -> Result<(), EvaluatorError> {
        self.tools.epsilon = Some(EpsilonTool::of_classes(epsilon::Evaluator::new(batch, weights)?));
        Ok(())
    }

    /// Sets the predictor of TG-NAS, which many evaluators can share.
    pub fn set_predictor(&mut self, predictor: Arc<Predictor>) {
        self.tools.predictor = Some(predictor);
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What methods keep and need.
    pub fn tools(&mut self) -> &mut Tools {
        &mut self.tools
    }

    /// What methods say of a cell of `space`; its networks are built once for all of them.
    ///
    /// # Errors
    /// [`EvaluatorError`] if a network cannot be built or scored.
    pub fn report(
        &mut self,
        space: &dyn Space,
        cell: &dyn Cell,
        wants: &[&'static dyn Method],
    ) -> Result<Report, EvaluatorError> {
        let subject = Subject::new(space, cell, &self.settings);
        let tools = &mut self.tools;
        let values = |&method: &&'static dyn Method| Ok((method, method.score(&subject, tools)?));
        Ok(Report(wants.iter().map(values).collect::<Result<_, EvaluatorError>>()?))
    }

    /// The values of a cell, one a proxy; NaN where a score is undefined.
    ///
    /// # Errors
    /// As [`Evaluator::report`].
    pub fn values(
        &mut self,
        space: &dyn Space,
        cell: &dyn Cell,
        proxies: &[Proxy],
    ) -> Result<Vec<f64>, EvaluatorError> {
        let mut wants: Vec<&'static dyn Method> = Vec::with_capacity(proxies.len());
        for proxy in proxies {
            if wants.iter().all(|method| method.id() != proxy.method.id()) {
                wants.push(proxy.method);
            }
        }
        let report = self.report(space, cell, &wants)?;
        proxies.iter().map(|&proxy| Ok(number(&report.value(proxy)?))).collect()
    }
}
