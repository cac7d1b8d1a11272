//! Scores of many cells, for ranks and correlations.

use super::{
    error::{CliError, is_of_settings},
    known::Known,
    names::{Column, Source},
    options::EpsilonOptions,
    parallel::in_order,
    predictor::PredictorOptions,
    progress::Progress,
    tools::Tools,
};
use cellscope::{
    method::{EpsilonTool, EvaluatorError, Proxy, Settings},
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
        let mut computed: Vec<Proxy> = Vec::new();
        for column in columns {
            if let Source::Computed(proxy) = column.source
                && !computed.contains(&proxy)
            {
                computed.push(proxy);
            }
        }
        // Cells that compute the same function share some values, which are computed once.
        let (by_class, by_cell): (Vec<_>, Vec<_>) =
            computed.iter().partition(|proxy| proxy.method.by_class());
        let mut failures = 0;
        let all = cells.iter().map(|cell| &**cell).collect();
        let mut found = self.evaluate("cells", all, &by_cell, &mut failures)?;
        if !by_class.is_empty() {
            let (distinct, class_of) = classes(cells);
            let names: Vec<&str> = by_class.iter().map(|proxy| proxy.label()).collect();
            let what = format!("values of {}", names.join(" and "));
            let values = self.evaluate(&what, distinct, &by_class, &mut failures)?;
            found.extend(values.iter().map(|values| class_of.iter().map(|&class| values[class]).collect()));
        }
        let order: Vec<Proxy> = by_cell.into_iter().chain(by_class).collect();
        let values = |column: &Column| match column.source {
            Source::Tabulated => self.known.values(&column.name, cells),
            Source::Computed(proxy) => order
                .iter()
                .position(|&other| other == proxy)
                .map_or(Vec::new(), |place| found[place].clone()),
        };
        Ok(Scores { columns: columns.iter().map(values).collect(), failures })
    }

    /// The values of each proxy, one a cell.
    fn evaluate(
        &self,
        what: &str,
        cells: Vec<&dyn Cell>,
        proxies: &[Proxy],
        failures: &mut usize,
    ) -> Result<Vec<Vec<f64>>, CliError> {
        if proxies.is_empty() {
            return Ok(Vec::new());
        }
        let methods: Vec<_> = proxies.iter().map(|proxy| proxy.method).collect();
        let tools = Tools::load(self.space, &methods, self.epsilon, self.predictor)?;
        let mut progress = Progress::new(what, Some(cells.len()));
        let mut columns = vec![Vec::with_capacity(cells.len()); proxies.len()];
        let worker = || {
            let mut evaluator = tools.evaluator(self.settings, EpsilonTool::of_classes);
            move |cell: &dyn Cell| {
                evaluator.values(self.space, cell, proxies).map_err(|error| (cell.text(), error))
            }
        };
        in_order(self.threads, cells.into_iter(), worker, |values| {
            progress.step();
            let values = match values {
                Ok(values) => values,
                Err((_, EvaluatorError::Space(error))) if is_of_settings(&error) => return Err(error),
                Err((arch, error)) => {
                    progress.message(&format!("{arch}: {error}"));
                    *failures += 1;
                    vec![f64::NAN; proxies.len()]
                }
            };
            columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
            Ok(())
        })?;
        Ok(columns)
    }
}

/// The first cell of each class, and the class of each cell.
fn classes(cells: &[Box<dyn Cell>]) -> (Vec<&dyn Cell>, Vec<usize>) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut distinct: Vec<&dyn Cell> = Vec::new();
    let mut class_of = Vec::with_capacity(cells.len());
    for cell in cells {
        let place = *places.entry(cell.canonical()).or_insert(distinct.len());
        if place == distinct.len() {
            distinct.push(&**cell);
        }
        class_of.push(place);
    }
    (distinct, class_of)
}
