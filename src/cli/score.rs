//! `score`: a proxy's values for each line of the input.

use super::{
    error::{CliError, Status, is_of_settings},
    input::{self, LineError, NextLine},
    options::{EpsilonOptions, NetworkOptions, SpaceOption, ThreadsOption},
    output::{Output, float},
    parallel::in_order,
    predictor::PredictorOptions,
    progress::Progress,
};
use cellscope::{
    cost::cost,
    epsilon,
    nasgraph::{Scorer, expected_degree},
    predictor::Predictor,
    proxy::Settings,
    space::{Cell, Space, SpaceError},
};
use clap::ValueEnum;
use std::{io::Write, path::PathBuf, sync::Arc};

/// Score architectures by a proxy, one row each, in the order of the input
#[derive(clap::Args)]
#[command(after_help = "\
Columns, after `arch`, the architecture in its printed form:
  nasgraph         The channel graph of NASGraph's surrogate network, with the
                   weights that PyTorch draws from --seed.
                   nodes           N, channels that an edge touches
                   edges           E
                   average_degree  2E/N, NASGraph's proxy; larger is better
                   density         E/(N(N-1))
                   resilience      mean(d²)/mean(d) of the degrees d
                   entropy         of d/Σd, in nats, divided by N
                   wedge           Σ d(d-1)/2
                   gini            Gini coefficient of d
  expected-degree  expected_degree: mean of average_degree over all seeds, in
                   closed form; sd: its standard deviation from seed to seed
  epsilon          epsilon: ε of the full network; larger is better; or
                   reason: why it is undefined
  tgnas            tgnas: prediction of TG-NAS's graph convolution from the
                   operators' names, trained on NAS-Bench-101; no accuracy:
                   larger is better; nasbench101, nasbench201, nds-darts and
                   transnas101-micro only
  cost             params: trainable parameters of the full network (10
                   classes); flops: multiply-accumulates of its convolutions
                   and linear layers for one image (batch norm, pooling, sums
                   and biases are not counted). NDS: DARTS's network for
                   CIFAR-10, 36 channels and 20 cells unless --init-channels
                   and --layers say otherwise, without the auxiliary head

Examples:
  cellscope score --proxy nasgraph --seed 2 --input cells.txt
  cellscope list | cellscope score --proxy expected-degree
  cellscope score --proxy epsilon --batch randn:0:32 < cells.txt")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// What to compute
    #[arg(long)]
    proxy: Method,
    /// File of architectures, one a line [default: standard input]
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    #[command(flatten)]
    threads: ThreadsOption,
    /// Seed of the network's weights, as in torch.manual_seed
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    seed: u32,
    #[command(flatten)]
    network: NetworkOptions,
    #[command(flatten)]
    epsilon: EpsilonOptions,
    #[command(flatten)]
    predictor: PredictorOptions,
}

/// What can be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Measures of the channel graph
    #[value(alias = "average_degree")]
    Nasgraph,
    /// Average degree, expected over all seeds
    #[value(alias = "expected_degree")]
    ExpectedDegree,
    /// ε of two constant initialisations
    Epsilon,
    /// Prediction from the operators' names
    Tgnas,
    /// Parameters and multiply-accumulates
    Cost,
}

impl Method {
    /// The columns after `arch`.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Nasgraph => {
                &["nodes", "edges", "average_degree", "density", "resilience", "entropy", "wedge", "gini"]
            }
            Self::ExpectedDegree => &["expected_degree", "sd"],
            Self::Epsilon => &["epsilon", "reason"],
            Self::Tgnas => &["tgnas"],
            Self::Cost => &["params", "flops"],
        }
    }
}

/// What a thread keeps from line to line.
struct Worker {
    method: Method,
    space: &'static dyn Space,
    settings: Settings,
    scorer: Scorer,
    epsilon: Option<epsilon::Evaluator>,
    predictor: Option<Arc<Predictor>>,
}

type Fields = Vec<String>;

impl Worker {
    fn line(&mut self, line: NextLine) -> Result<Result<Fields, LineError>, CliError> {
        let line = match line? {
            Ok(line) => line,
            Err(error) => return Ok(Err(error)),
        };
        let error = |column, message| Ok(Err(LineError { line: line.number, column, message }));
        let cell = match self.space.parse(&line.text) {
            Ok(cell) => cell,
            Err(wrong) => return error(wrong.column, wrong.message),
        };
        match self.values(&*cell) {
            Ok(values) => Ok(Ok(std::iter::once(cell.text()).chain(values).collect())),
            Err(wrong) => match wrong.downcast::<SpaceError>() {
                Ok(wrong) if is_of_settings(&wrong) => Err((*wrong).into()),
                Ok(wrong) => error(1, wrong.to_string()),
                Err(wrong) => error(1, wrong.to_string()),
            },
        }
    }

    fn values(&mut self, cell: &dyn Cell) -> Result<Fields, Box<dyn std::error::Error>> {
        Ok(match self.method {
            Method::Nasgraph => {
                let found = self.scorer.measures(&cell.surrogate(&self.settings.surrogate)?)?;
                vec![
                    found.nodes.to_string(),
                    found.edges.to_string(),
                    float(found.average_degree),
                    float(found.density),
                    float(found.resilience),
                    float(found.entropy),
                    float(found.wedge),
                    float(found.gini),
                ]
            }
            Method::ExpectedDegree => {
                let expected = expected_degree(&cell.surrogate(&self.settings.surrogate)?)?;
                vec![float(expected.mean), float(expected.sd)]
            }
            Method::Epsilon => {
                let Some(evaluator) = &mut self.epsilon else { return Err("there is no batch".into()) };
                match evaluator.score(&cell.full(1)?)? {
                    Ok(epsilon) => vec![float(epsilon), String::new()],
                    Err(reason) => vec![String::new(), reason.to_string()],
                }
            }
            Method::Tgnas => {
                let Some(predictor) = &self.predictor else { return Err("there is no predictor".into()) };
                vec![float(f64::from(predictor.predict(cell.operator_graph()?)?))]
            }
            Method::Cost => {
                let Settings { classes, counted, .. } = &self.settings;
                let cost = cost(&cell.counted(*classes, counted)?)?;
                vec![cost.params.to_string(), cost.flops.to_string()]
            }
        })
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let (space, method) = (arguments.space.space, arguments.proxy);
    let settings = arguments.network.settings(space, arguments.seed)?;
    let epsilon = match method {
        Method::Epsilon => {
            let batch = arguments.epsilon.batch()?;
            Some(epsilon::Evaluator::new(&batch, arguments.epsilon.weights(space))?)
        }
        _ => None,
    };
    let predictor = match method {
        Method::Tgnas => Some(arguments.predictor.load()?),
        _ => None,
    };
    let lines = input::open(arguments.input.as_deref())?;
    let mut output = Output::new();
    output.row(std::iter::once("arch").chain(method.columns().iter().copied()))?;
    output.flush()?;
    let mut progress = Progress::beside_rows("architectures scored");
    let mut failures = 0;
    let worker = || {
        let scorer = Scorer::new(settings.seed);
        let (epsilon, predictor) = (epsilon.clone(), predictor.clone());
        let mut worker = Worker { method, space, settings, scorer, epsilon, predictor };
        move |line| worker.line(line)
    };
    in_order(arguments.threads.count(), lines, worker, |scored| -> Result<(), CliError> {
        match scored? {
            Ok(fields) => {
                output.row(&fields)?;
                // At once: the input may be typed, or come from a slow program.
                output.flush()?;
            }
            Err(error) => {
                progress.message(&error.to_string());
                failures += 1;
            }
        }
        progress.step();
        Ok(())
    })?;
    Ok(Status::of_failures(failures))
}
