//! `sample`: random cells of a space.

use super::{
    error::{CliError, Status},
    options::{Samples, SpaceOption},
    output::Output,
    progress,
};
use std::io::Write;

/// Print architectures drawn without replacement, one a line
#[derive(clap::Args)]
#[command(after_help = "\
The lines are bare (no header) and can be read by `score`. In spaces that can be
listed every architecture is equally likely, and the same seed draws the same
ones here, in `rank` and `correlate`, and on the page. In nasbench101 (random
matrix and operations until they are valid) and in the nds spaces (random
operations and inputs) a draw is uniform over what is written, not over distinct
networks; there `rank` and `correlate` draw from the known architectures.

Example:
  cellscope sample --samples 200 --seed 7 | cellscope score --proxy nasgraph")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// How many, or `all` for the whole space in random order
    #[arg(long, value_name = "N")]
    samples: Samples,
    /// Seed of the sampling
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    seed: u64,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let space = arguments.space.space;
    let count = arguments.samples.count(space)?.or(space.size()).unwrap_or_default();
    let mut output = Output::new();
    let cells = space.sample(count, arguments.seed);
    for cell in &cells {
        writeln!(output, "{}", cell.text())?;
    }
    output.flush()?;
    if cells.len() < count {
        let message = format!("only {} of {count} different architectures were found", cells.len());
        progress::message(&message);
    }
    Ok(Status::of_failures(count - cells.len()))
}
