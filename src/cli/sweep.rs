//! Scores of many cells, for ranks and correlations.

use super::{
    error::{CliError, is_of_settings},
    known::Known,
    names::{Column, Source},
    options::EpsilonOptions,
    parallel::in_order,
    predictor::PredictorOptions,
    progress::Progress,
};
use cellscope::{
    epsilon::Batch,
    proxy::{Evaluator, EvaluatorError, Proxy, Settings},
    space::{Cell, Space},
};
use std::collections::HashMap;

/// Scores cells with the same settings.
pub struct Sweep<'a> {
    /// Their space.
    pub space: &'static dyn Space,
    /// What computed scores depend on.
    pub settings: Settings,
    /// What ε depends on.
    pub epsilon: &'a EpsilonOptions,
    /// What TG-NAS depends on.
    pub predictor: &'a PredictorOptions,
    /// What tabulated scores are read from.
    pub known: &'a Known,
    /// Threads to use.
    pub threads: usize,
}

/// Values of several columns.
pub struct Scores {
    /// For each column a value for each cell; NaN where it is undefined.
    pub columns: Vec<Vec<f64>>,
    /// Cells that could not be scored; each has had its message.
    pub failures: usize,
}

impl Sweep<'_> {
    /// The values of columns for cells.
    ///
    /// # Errors
    /// [`CliError`] if the batch of ε or the predictor cannot be loaded, or the space does not have a setting or a proxy.
    pub fn scores(&self, cells: &[Box<dyn Cell>], columns: &[Column]) -> Result<Scores, CliError> {
        let mut graph_and_cost: Vec<Proxy> = Vec::new();
        for column in columns {
            if let Source::Computed(proxy) = column.source
                && proxy != Proxy::Epsilon
                && !graph_and_cost.contains(&proxy)
            {
                graph_and_cost.push(proxy);
            }
        }
        let mut failures = 0;
        let computed = if graph_and_cost.is_empty() {
            Vec::new()
        } else {
            let cells = cells.iter().map(|cell| &**cell).collect();
            self.evaluate("cells", cells, &graph_and_cost, None, &mut failures)?
        };
        let epsilons = if columns.iter().any(|column| column.source == Source::Computed(Proxy::Epsilon)) {
            self.epsilons(cells, &mut failures)?
        } else {
            Vec::new()
        };
        let values = |column: &Column| match column.source {
            Source::Tabulated => self.known.values(&column.name, cells),
            Source::Computed(Proxy::Epsilon) => epsilons.clone(),
            Source::Computed(proxy) => {
                let place = graph_and_cost.iter().position(|&other| other == proxy);
                computed.iter().map(|row| place.map_or(f64::NAN, |place| row[place])).collect()
            }
        };
        Ok(Scores { columns: columns.iter().map(values).collect(), failures })
    }

    /// ε of the cells. Cells that compute the same function get one value, so it is computed once.
    fn epsilons(&self, cells: &[Box<dyn Cell>], failures: &mut usize) -> Result<Vec<f64>, CliError> {
        let batch = self.epsilon.batch()?;
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut distinct: Vec<&dyn Cell> = Vec::new();
        let mut place_of = Vec::with_capacity(cells.len());
        for cell in cells {
            let place = *places.entry(cell.canonical()).or_insert(distinct.len());
            if place == distinct.len() {
                distinct.push(&**cell);
            }
            place_of.push(place);
        }
        let rows = self.evaluate("values of ε", distinct, &[Proxy::Epsilon], Some(&batch), failures)?;
        Ok(place_of.into_iter().map(|place| rows[place][0]).collect())
    }

    /// A row of values for each cell; `batch` is needed for ε.
    fn evaluate(
        &self,
        what: &'static str,
        cells: Vec<&dyn Cell>,
        proxies: &[Proxy],
        batch: Option<&Batch>,
        failures: &mut usize,
    ) -> Result<Vec<Vec<f64>>, CliError> {
        let predictor = if proxies.contains(&Proxy::Tgnas) { Some(self.predictor.load()?) } else { None };
        let mut progress = Progress::new(what, Some(cells.len()));
        let mut rows = Vec::with_capacity(cells.len());
        let worker = || {
            let mut evaluator = Evaluator::new(self.settings);
            let weights = self.epsilon.weights(self.space);
            predictor.iter().for_each(|predictor| evaluator.set_predictor(predictor.clone()));
            let ready = batch.map_or(Ok(()), |batch| evaluator.set_batch(batch, weights));
            move |cell: &dyn Cell| {
                let values = ready.clone().and_then(|()| evaluator.values(self.space, cell, proxies));
                values.map_err(|error| (cell.text(), error))
            }
        };
        in_order(self.threads, cells.into_iter(), worker, |values| {
            progress.step();
            rows.push(match values {
                Ok(values) => values,
                Err((_, EvaluatorError::Space(error))) if is_of_settings(&error) => return Err(error),
                Err((arch, error)) => {
                    progress.message(&format!("{arch}: {error}"));
                    *failures += 1;
                    vec![f64::NAN; proxies.len()]
                }
            });
            Ok(())
        })?;
        Ok(rows)
    }
}
