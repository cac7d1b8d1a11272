//! `score`: a proxy's values for each line of the input.

use super::{
    error::{CliError, Status, is_of_settings},
    input::{self, LineError, NextLine},
    options::{EpsilonOptions, NetworkOptions, SpaceOption, ThreadsOption},
    output::{Output, float},
    parallel::in_order,
    predictor::PredictorOptions,
    progress::Progress,
    tools::Tools,
};
use cellscope::{
    method::{self, Column, EpsilonTool, Evaluator, EvaluatorError, Method, Undefined, Value},
    space::Space,
};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::{io::Write, path::PathBuf};

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
    #[arg(long, value_parser = methods())]
    proxy: &'static dyn Method,
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

/// The methods by name, or by the name of their main column.
fn methods() -> impl TypedValueParser<Value = &'static dyn Method> {
    let value = |method: &&'static dyn Method| {
        let names = method.columns().iter().map(|column| column.id).filter(|id| method::find(id).is_some());
        let aliases = names.flat_map(|id| [id.to_owned(), id.replace('-', "_")]);
        PossibleValue::new(method.id()).help(method.about()).aliases(aliases)
    };
    let known = PossibleValuesParser::new(method::all().iter().map(value).collect::<Vec<_>>());
    known.try_map(|id| method::find(&id).ok_or("there is no such method"))
}

/// The columns after `arch`.
fn header(method: &dyn Method) -> impl Iterator<Item = String> {
    let reason = method.prints_reason().then(|| "reason".to_owned());
    method.columns().iter().map(|column| column.id.replace('-', "_")).chain(reason)
}

/// A value as it is printed.
fn printed(column: &Column, value: f64) -> String {
    if column.whole { (value as u64).to_string() } else { float(value) }
}

/// What a thread keeps from line to line.
struct Worker {
    method: &'static dyn Method,
    space: &'static dyn Space,
    evaluator: Evaluator,
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
        let values = match self.evaluator.report(self.space, &*cell, &[self.method]) {
            Ok(report) => report.of(self.method).to_vec(),
            Err(EvaluatorError::Space(wrong)) if is_of_settings(&wrong) => return Err(wrong.into()),
            Err(wrong) => return error(1, wrong.to_string()),
        };
        match self.fields(values) {
            Ok(fields) => Ok(Ok(std::iter::once(cell.text()).chain(fields).collect())),
            Err(Undefined::NotCovered(wrong)) => Err(wrong.into()),
            Err(wrong) => error(1, wrong.to_string()),
        }
    }

    fn fields(&self, values: Vec<Value>) -> Result<Fields, Undefined> {
        let mut reason = String::new();
        let mut fields = Vec::with_capacity(values.len() + 1);
        for (column, value) in self.method.columns().iter().zip(values) {
            fields.push(match value {
                Ok(value) => printed(column, value),
                Err(wrong) if self.method.prints_reason() => {
                    reason = wrong.to_string();
                    String::new()
                }
                Err(wrong) => return Err(wrong),
            });
        }
        if self.method.prints_reason() {
            fields.push(reason);
        }
        Ok(fields)
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let (space, method) = (arguments.space.space, arguments.proxy);
    let settings = arguments.network.settings(space, arguments.seed)?;
    let tools = Tools::load(space, &[method], &arguments.epsilon, &arguments.predictor)?;
    let lines = input::open(arguments.input.as_deref())?;
    let mut output = Output::new();
    output.row(std::iter::once("arch".to_owned()).chain(header(method)))?;
    output.flush()?;
    let mut progress = Progress::beside_rows("architectures scored");
    let mut failures = 0;
    let worker = || {
        let evaluator = tools.evaluator(settings, EpsilonTool::of_cells);
        let mut worker = Worker { method, space, evaluator };
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
