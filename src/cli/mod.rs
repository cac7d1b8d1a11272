//! The command line: one file a command, and what the commands share.
//!
//! Results are CSV on standard output, everything else goes to standard error. A command returns a [`Status`]; its
//! errors are [`error::CliError`]s, all of which mean wrong usage or files.

mod convert_known;
mod convert_words;
mod correlate;
mod error;
mod graph;
mod input;
mod known;
mod list;
mod names;
mod options;
mod output;
mod parallel;
mod predictor;
mod progress;
mod rank;
mod sample;
mod score;
mod search;
mod sweep;
mod task;
mod tools;
#[cfg(feature = "train")]
mod train_tgnas;

use clap::{Parser, Subcommand};
use error::Status;
use std::process::ExitCode;

/// Training-free scores of neural-network cells, and the channel graphs behind them.
///
/// A cell is one line of text. Commands read cells from a file or from standard input and write CSV to standard output;
/// messages and progress go to standard error.
#[derive(Parser)]
#[command(name = "cellscope", version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Architectures, one a line:
  nasbench201  |op~0|+|op~0|op~1|+|op~0|op~1|op~2|
               the operations into node 1, 2 and 3, each with the node that it
               comes from; op: none, skip_connect, nor_conv_1x1, nor_conv_3x3,
               avg_pool_3x3
  nasbench101  V:ADJACENCY:op|op|…
               V vertices, V² bits row by row, V operations, the first input
               and the last output; op: conv3x3-bn-relu, conv1x1-bn-relu,
               maxpool3x3
  transnas101-micro, transnas101-macro
               64-41414-a_bc_def; 64-DIGITS-basic
  nds-darts, nds-enas, nds-pnas, nds-nasnet, nds-amoeba
               the genotype as one line of JSON, with normal, normal_concat,
               reduce, reduce_concat; `sample` shows some

Results are CSV (RFC 4180, lines end in LF), the header first; `list` and
`sample` print bare lines that `score` reads. Floats are printed so that they
read back to the same bits; an empty field means undefined or unknown.
Blank lines of the input are skipped. For a line that cannot be read or scored,
`line N, column M: what is wrong` goes to standard error; the others are scored.

Exit status: 0; 1 if a line could not be read or scored; 2 for wrong usage or
files.

Examples:
  cellscope list | cellscope score --proxy nasgraph > all.csv
  cellscope sample --samples 5 --seed 3 | cellscope score --proxy epsilon
  cellscope correlate --proxy nasgraph,params --target cifar10_test_acc
  cellscope search --method ageing-evolution --guide nasgraph --warmup 1000
  cellscope graph --help";

#[derive(Subcommand)]
enum Command {
    Score(score::Arguments),
    Graph(graph::Arguments),
    List(list::Arguments),
    Sample(sample::Arguments),
    Rank(rank::Arguments),
    Correlate(correlate::Arguments),
    Search(search::Arguments),
    #[cfg(feature = "train")]
    TrainTgnas(train_tgnas::Arguments),
    #[command(hide = true)]
    ConvertKnown(convert_known::Arguments),
    #[command(hide = true)]
    ConvertWords(convert_words::Arguments),
}

/// Reads the command line and runs the command.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Score(arguments) => score::run(&arguments),
        Command::Graph(arguments) => graph::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Sample(arguments) => sample::run(&arguments),
        Command::Rank(arguments) => rank::run(&arguments),
        Command::Correlate(arguments) => correlate::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        #[cfg(feature = "train")]
        Command::TrainTgnas(arguments) => train_tgnas::run(&arguments),
        Command::ConvertKnown(arguments) => convert_known::run(&arguments),
        Command::ConvertWords(arguments) => convert_words::run(&arguments),
    };
    match done {
        Ok(Status::Complete) => ExitCode::SUCCESS,
        Ok(Status::Incomplete) => ExitCode::from(1),
        Err(error) => {
            progress::message(&format!("error: {error}"));
            ExitCode::from(2)
        }
    }
}
