//! Scores cell after cell, keeping what cells share.

use super::Proxy;
use crate::{
    cost::cost,
    epsilon::{self, Batch, EpsilonError},
    nasgraph::{Measures, NasgraphError, Scorer, expected_degree},
    network::ShapeError,
    predictor::{Predictor, PredictorError},
    space::{Cell, CountedSize, Space, SpaceError, SurrogateOptions},
};
use rustc_hash::FxHashMap;
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

/// Why a cell could not be scored at all. An undefined score is no error: it is NaN.
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
    /// TG-NAS was asked for without its weights.
    #[error("TG-NAS needs a predictor's weights")]
    NoPredictor,
}

/// Scores cells one after another with the same settings.
#[derive(Debug)]
pub struct Evaluator {
    settings: Settings,
    scorer: Scorer,
    epsilon: Option<EpsilonOfClasses>,
    predictor: Option<Arc<Predictor>>,
}

/// ε of cells that compute the same function, computed once.
///
/// It is the ε of the class's first cell in index order, so that it depends neither on the order in which cells are
/// scored nor on how they are shared out among threads. Cells of a class differ in the order of their sums alone, and
/// so in ε by rounding.
#[derive(Debug)]
struct EpsilonOfClasses {
    evaluator: epsilon::Evaluator,
    known: FxHashMap<String, f64>,
}

impl EpsilonOfClasses {
    /// ε of a cell, NaN where undefined.
    fn of(&mut self, space: &dyn Space, cell: &dyn Cell) -> Result<f64, EvaluatorError> {
        let class = cell.canonical();
        if let Some(&epsilon) = self.known.get(&class) {
            return Ok(epsilon);
        }
        let first = space.equal_cells(cell).into_iter().next();
        let network = first.as_deref().unwrap_or(cell).full(1)?;
        let epsilon = self.evaluator.score(&network)?.unwrap_or(f64::NAN);
        self.known.insert(class, epsilon);
        Ok(epsilon)
    }
}

impl Evaluator {
    /// An evaluator.
    pub fn new(settings: Settings) -> Self {
        Self { settings, scorer: Scorer::new(settings.seed), epsilon: None, predictor: None }
    }

    /// Sets the batch and the constant weights (low, high) of ε.
    ///
    /// # Errors
    /// [`EvaluatorError::Epsilon`] if a weight is no positive number.
    pub fn set_batch(&mut self, batch: &Batch, weights: (f32, f32)) -> Result<(), EvaluatorError> {
        let evaluator = epsilon::Evaluator::new(batch, weights)?;
        self.epsilon = Some(EpsilonOfClasses { evaluator, known: FxHashMap::default() });
        Ok(())
    }

    /// Sets the predictor of TG-NAS, which many evaluators can share.
    pub fn set_predictor(&mut self, predictor: Arc<Predictor>) {
        self.predictor = Some(predictor);
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The values of a cell of `space`, one a proxy; NaN where a score is undefined.
    ///
    /// # Errors
    /// [`EvaluatorError`] if a network cannot be built or scored.
    pub fn values(
        &mut self,
        space: &dyn Space,
        cell: &dyn Cell,
        proxies: &[Proxy],
    ) -> Result<Vec<f64>, EvaluatorError> {
        let needs = |test: fn(Proxy) -> bool| proxies.iter().any(|&proxy| test(proxy));
        let surrogate = if needs(|p| p.is_graph_measure() || p == Proxy::ExpectedDegree) {
            Some(cell.surrogate(&self.settings.surrogate)?)
        } else {
            None
        };
        let measures = match &surrogate {
            Some(network) if needs(Proxy::is_graph_measure) => match self.scorer.measures(network) {
                Ok(measures) => Some(measures),
                Err(NasgraphError::NoEdges) => None,
                Err(error) => return Err(error.into()),
            },
            _ => None,
        };
        let costs = if needs(|p| matches!(p, Proxy::Params | Proxy::Flops)) {
            match cell.counted(self.settings.classes, &self.settings.counted) {
                Ok(network) => Some(cost(&network)?),
                // Nothing is counted in this space, or a genotype joins planes of different sides, which is no network.
                Err(SpaceError::NotCovered { .. } | SpaceError::Shape(_)) => None,
                Err(error) => return Err(error.into()),
            }
        } else {
            None
        };
        let mut values = Vec::with_capacity(proxies.len());
        for &proxy in proxies {
            values.push(match proxy {
                Proxy::Params => costs.map_or(f64::NAN, |cost| cost.params as f64),
                Proxy::Flops => costs.map_or(f64::NAN, |cost| cost.flops as f64),
                Proxy::ExpectedDegree => match surrogate.as_ref().map(expected_degree) {
                    Some(Ok(expected)) => expected.mean,
                    Some(Err(NasgraphError::NoEdges | NasgraphError::NoClosedForm { .. })) | None => f64::NAN,
                    Some(Err(error)) => return Err(error.into()),
                },
                Proxy::Epsilon => match &mut self.epsilon {
                    Some(epsilon) => epsilon.of(space, cell)?,
                    None => return Err(EvaluatorError::NoBatch),
                },
                Proxy::Tgnas => match &self.predictor {
                    Some(predictor) => f64::from(predictor.predict(cell.operator_graph()?)?),
                    None => return Err(EvaluatorError::NoPredictor),
                },
                measure => measures.as_ref().map_or(f64::NAN, |m| measure_of(m, measure)),
            });
        }
        Ok(values)
    }
}

fn measure_of(measures: &Measures, proxy: Proxy) -> f64 {
    match proxy {
        Proxy::AverageDegree => measures.average_degree,
        Proxy::Nodes => measures.nodes as f64,
        Proxy::Edges => measures.edges as f64,
        Proxy::Density => measures.density,
        Proxy::Resilience => measures.resilience,
        Proxy::Entropy => measures.entropy,
        Proxy::Wedge => measures.wedge,
        Proxy::Gini => measures.gini,
        Proxy::ExpectedDegree | Proxy::Epsilon | Proxy::Tgnas | Proxy::Params | Proxy::Flops => f64::NAN,
    }
}
