//! `convert-words`: makes the file of operator vectors from their source. For maintainers, so not in the help.

use super::{
    error::{CliError, Status},
    progress,
};
use cellscope::predictor::{Encoding, convert::convert};
use std::path::PathBuf;

/// Make the file of operator vectors from JSON, {"text": [number, …], …}; see www/data/README.md
#[derive(clap::Args)]
pub struct Arguments {
    /// A source; several become one file
    #[arg(long, required = true, value_name = "FILE")]
    input: Vec<PathBuf>,
    /// The file of words
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// The sentence transformer and its licence
    #[arg(long, value_name = "TEXT")]
    source: String,
    /// Store two bytes a number instead of four
    #[arg(long)]
    half: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let Arguments { input, output, source, half } = arguments;
    let encoding = if *half { Encoding::F16 } else { Encoding::F32 };
    let bytes = convert(input, source, encoding, output)?;
    progress::message(&format!("{}: {bytes} bytes", output.display()));
    Ok(Status::Complete)
}
