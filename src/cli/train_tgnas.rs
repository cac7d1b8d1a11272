//! `train-tgnas`: trains the predictor of TG-NAS on NAS-Bench-101 (feature `train`).

use super::{
    error::{CliError, Status},
    output::Output,
    progress,
};
use cellscope::{
    known::KnownTable,
    predictor::{
        Encoding, Member, Predictor, Weights, Words,
        train::{ByHand, Engine, Epoch, Library, Recipe, SHIFTS, Samples, fit},
    },
    space,
    stats::correlation,
};
use std::{
    fmt::Display,
    fs::{self, File},
    io::Write,
    path::PathBuf,
};

const TABLE: &[u8] = include_bytes!("../../www/data/nasbench101.known");
const WORDS: &[u8] = include_bytes!("../../www/data/operators.words");

/// What computes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Arithmetic {
    /// Derivatives by hand: the same file on every machine
    ByHand,
    /// Automatic differentiation by candle: the same file on one machine with the same number of threads
    Candle,
}

/// Train the predictor of TG-NAS on NAS-Bench-101
#[derive(clap::Args)]
#[command(after_help = "\
Of a training the model of the epoch is kept that orders 3,000 validation cells
of NAS-Bench-101 best (Kendall's τ); no other space is looked at. Each epoch is
a line on standard error.

A recipe is JSON; what it leaves out is as in

  {\"cells\":8000,\"epochs\":40,\"batch\":128,\"rate\":0.001,
   \"schedule\":\"cosine\" or \"steps\",\"decay\":0.01,
   \"target\":\"rank\" or \"accuracy\",
   \"loss\":\"squared\", \"pairwise\" or \"both\",
   \"form\":\"contracted\" or \"authors\",
   \"normalisation\":\"plain\" or \"rows\",\"padding\":0,
   \"layers\":4,\"width\":64,\"readout\":\"global\", \"mean\" or \"both\",
   \"dropout\":0,\"noise\":0,\"average\":0,
   \"wording\":\"short\", \"by-batch\", \"by-graph\" or \"mixed\",\"dropEdges\":0}

Examples:
  cellscope train-tgnas --seed 0 --out my.weights
  cellscope train-tgnas --splits --members 2 --recipe '{\"cells\":4000,\"epochs\":20}'
  cellscope score --proxy tgnas --predictor my.weights --input cells.txt")]
pub struct Arguments {
    /// Seed of the initial weights and of the order of the cells; further members take the next seeds
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The file of weights
    #[arg(long, value_name = "FILE", required_unless_present = "splits")]
    out: Option<PathBuf>,
    /// Instead of a file: train on six splits of NAS-Bench-101, and print τ on the kind of cells that each holds back
    #[arg(long, conflicts_with_all = ["out", "half"])]
    splits: bool,
    /// Models whose mean is the prediction
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=16))]
    members: u64,
    /// What to train, and how
    #[arg(long, value_name = "JSON", default_value = "{}")]
    recipe: String,
    /// What computes the derivatives
    #[arg(long, value_enum, default_value_t = Arithmetic::ByHand)]
    arithmetic: Arithmetic,
    /// Store two bytes a number instead of four
    #[arg(long)]
    half: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let Arguments { seed, out, splits: _, members, recipe: json, arithmetic, half } = arguments;
    let usage = |message: String| CliError::Usage(format!("--recipe: {message}"));
    let recipe: Recipe = serde_json::from_str(json).map_err(|error| usage(error.to_string()))?;
    recipe.check().map_err(usage)?;
    let seeds = seed.checked_add(*members).map(|end| *seed..end);
    let seeds = seeds
        .ok_or_else(|| CliError::Usage(format!("--seed {seed} leaves no seeds for {members} members")))?;
    let Some(out) = out else {
        return splits(&Recipe { seed: *seed, ..recipe }, *members, *arithmetic);
    };
    // Found out before the minutes of training; what the file holds stays until then.
    let unwritable = |error| CliError::Usage(format!("cannot write {}: {error}", out.display()));
    File::options().append(true).create(true).open(out).map_err(unwritable)?;
    let (words, samples) = data()?;
    let mut models = Vec::new();
    let mut epochs = Vec::new();
    for seed in seeds {
        let recipe = Recipe { seed, ..recipe.clone() };
        let (member, best) = match arithmetic {
            Arithmetic::ByHand => train::<ByHand>(&recipe, &words, &samples)?,
            Arithmetic::Candle => train::<Library>(&recipe, &words, &samples)?,
        };
        models.push(member);
        epochs.push(best.number.to_string());
    }
    let note = format!(
        "trained on {} cells of NAS-Bench-101: cellscope train-tgnas --seed {seed} --members {members} \
         --recipe '{json}' --arithmetic {}{}; best epochs by validation: {}",
        recipe.cells,
        if *arithmetic == Arithmetic::ByHand { "by-hand" } else { "candle" },
        if *half { " --half" } else { "" },
        epochs.join(", ")
    );
    let weights = Weights { note, hyper: recipe.hyper(words.width()), members: models };
    let bytes = weights.write(if *half { Encoding::F16 } else { Encoding::F32 })?;
    fs::write(out, &bytes).map_err(unwritable)?;
    progress::message(&format!("{}: {} bytes", out.display(), bytes.len()));
    progress::message(&tested(&bytes, words, &samples)?);
    Ok(Status::Complete)
}

/// What is trained on.
fn data() -> Result<(Words, Samples), CliError> {
    let table = KnownTable::read(TABLE)?;
    let samples = Samples::new(space::find("nasbench101")?, &table).map_err(CliError::Usage)?;
    Ok((Words::read(WORDS)?, samples))
}

/// Prints how the recipe does on each split, and the mean.
fn splits(recipe: &Recipe, members: u64, arithmetic: Arithmetic) -> Result<Status, CliError> {
    let (words, samples) = data()?;
    let (mut output, mut sum) = (Output::new(), 0.0);
    output.row(["split", "kendall"])?;
    for shift in SHIFTS {
        let tau = match arithmetic {
            Arithmetic::ByHand => shift.judge::<ByHand>(recipe, members, &words, &samples),
            Arithmetic::Candle => shift.judge::<Library>(recipe, members, &words, &samples),
        };
        let tau = tau.map_err(CliError::Usage)?;
        output.row([shift.name, &format!("{tau:.4}")])?;
        output.flush()?;
        sum += tau;
    }
    output.row(["mean", &format!("{:.4}", sum / SHIFTS.len() as f64)])?;
    output.flush()?;
    Ok(Status::Complete)
}

/// How the file orders the test cells, which took no part in the training.
fn tested(bytes: &[u8], words: Words, samples: &Samples) -> Result<String, CliError> {
    let predictor = Predictor::new(Weights::read(bytes)?, words)?;
    let rows = samples.split().test;
    let graphs = rows.iter().map(|&row| samples.graphs[row].clone());
    let scores =
        graphs.map(|graph| predictor.predict(graph).map(f64::from)).collect::<Result<Vec<_>, _>>()?;
    let found = correlation(&scores, &samples.accuracies_of(&rows), 1000, 0)?;
    let figure =
        |value: Option<f64>| value.map_or_else(|| "undefined".to_owned(), |value| format!("{value:.3}"));
    Ok(format!(
        "{} test cells of NAS-Bench-101: Kendall τ {} ({} to {}), Spearman ρ {} ({} to {})",
        rows.len(),
        figure(found.kendall),
        figure(found.kendall_low),
        figure(found.kendall_high),
        figure(found.spearman),
        figure(found.spearman_low),
        figure(found.spearman_high),
    ))
}

fn train<E: Engine>(recipe: &Recipe, words: &Words, samples: &Samples) -> Result<(Member, Epoch), CliError>
where
    E::Error: Display,
{
    let report = |epoch: Epoch| {
        let Epoch { number, loss, validation } = epoch;
        let text = format!(
            "seed {}, epoch {number} of {}: loss {loss:.4}, validation τ {validation:.4}",
            recipe.seed, recipe.epochs
        );
        progress::message(&text);
    };
    let (model, best) = fit::<E>(recipe, words, samples, report).map_err(CliError::Usage)?;
    let text =
        format!("seed {}: epoch {} is kept, validation τ {:.4}", recipe.seed, best.number, best.validation);
    progress::message(&text);
    Ok((model.member(), best))
}
