//! `convert-known`: makes the tables of known figures from their source. For maintainers, so not in the help.

use super::{
    error::{CliError, Status},
    options::SpaceOption,
    progress,
};
use cellscope::known::convert::convert;
use std::path::PathBuf;

/// Make the tables of known figures from a CSV file; see www/data/README.md
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// The source: CSV, plain or gzipped
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// Table of the columns that the page needs from the start
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// Table of the other columns, where the source has any
    #[arg(long, value_name = "FILE")]
    more: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let Arguments { space, input, output, more } = arguments;
    let (first, second) = convert(space.space.id(), input, output, more.as_deref())?;
    progress::message(&format!("{}: {first} bytes", output.display()));
    if let (Some(more), Some(second)) = (more, second) {
        progress::message(&format!("{}: {second} bytes", more.display()));
    }
    Ok(Status::Complete)
}
