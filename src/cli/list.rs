//! `list`: all cells of a space.

use super::{
    error::{CliError, Status},
    options::{SpaceOption, uncountable},
    output::Output,
};
use std::io::Write;

/// Print all architectures of a space, in the published order, one a line
#[derive(clap::Args)]
#[command(after_help = "\
The lines are bare (no header) and can be read by `score`. The order is that of
the benchmark's own index: line 1 is index 0. nasbench201 has 15,625.

Example:
  cellscope list --space nasbench201 | cellscope score --proxy cost")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let space = arguments.space.space;
    let size = space.size().ok_or_else(|| uncountable(space))?;
    let mut output = Output::new();
    for cell in (0..size).filter_map(|index| space.at(index)) {
        writeln!(output, "{}", cell.text())?;
    }
    output.flush()?;
    Ok(Status::Complete)
}
