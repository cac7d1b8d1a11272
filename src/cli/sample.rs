//! `sample`: random cells of a space.

use super::{
    error::{CliError, Status},
    options::{Samples, SpaceOption},
    output::Output,
};
use std::io::Write;

/// Print architectures drawn uniformly without replacement, one a line
#[derive(clap::Args)]
#[command(after_help = "\
The lines are bare (no header) and can be read by `score`. The same seed draws
the same architectures, here, in `rank` and `correlate`, and on the page.

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
    for cell in space.sample(count, arguments.seed) {
        writeln!(output, "{}", cell.text())?;
    }
    output.flush()?;
    Ok(Status::Complete)
}
