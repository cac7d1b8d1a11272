//! `rank`: where one cell stands among others, by proxies and by accuracy.

use super::{
    error::{CliError, Status},
    input::LineError,
    known::Known,
    names,
    options::{Samples, ScoringOptions, SpaceOption},
    output::{Output, optional_count, optional_float},
    progress,
    sweep::Sweep,
};
use cellscope::known::{rank_at, seat};
use std::io::Write;

const COLUMNS: [&str; 8] = ["arch", "proxy", "score", "rank", "ties", "percentile", "true_rank", "cells"];

/// Rank one architecture among sampled ones or all, by a proxy and by its trained accuracy
#[derive(clap::Args)]
#[command(after_help = "\
Columns:
  arch        the architecture in its printed form
  proxy       the proxy
  score       its value for the architecture; empty if undefined
  rank        1 is the best; equal scores share the best rank; empty if the
              score is undefined
  ties        others with exactly the same score
  percentile  share of the scored cells that it beats or equals, in per cent:
              100 for the best
  true_rank   rank by the target accuracy among the same cells
  cells       cells compared, the architecture itself included: if it is not
              in the sample it is added
Cells whose score is undefined have no rank; their number is said on standard
error. Larger is better, but for gini and the latencies.

Proxies:
  average_degree (or nasgraph), expected-degree, epsilon, tgnas, params, flops,
  density, resilience, entropy, wedge, gini, nodes, edges: computed here;
  every tabulated column, e.g. synflow, jacov, raspi4_latency, params_m
  (an unknown name gets the whole list).
Targets (accuracies of the trained networks, per cent):
  cifar10_test_acc                      trained on all of CIFAR-10
  cifar10valid_val_acc, cifar10valid_test_acc
                                        trained on half of it: another setting
  cifar100_val_acc, cifar100_test_acc, imagenet16_val_acc,
  imagenet16_test_acc

Examples:
  cellscope rank --proxy nasgraph --target cifar10_test_acc --samples 200 \\
    --seed 1 \"$(cellscope list | head -1)\"
  cellscope rank --proxy nasgraph,params --target cifar100_test_acc \\
    --samples all '|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|'")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// Proxy, or several separated by commas (one row each)
    #[arg(long, required = true, value_delimiter = ',', value_name = "PROXY")]
    proxy: Vec<String>,
    /// Accuracy of the trained networks, e.g. cifar10_test_acc, cifar10valid_test_acc, imagenet16_test_acc
    #[arg(long, value_name = "TARGET")]
    target: String,
    /// How many cells to compare with, drawn without replacement, or `all`
    #[arg(long, value_name = "N", default_value = "200")]
    samples: Samples,
    /// Seed of the sampling
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    seed: u64,
    /// The architecture
    #[arg(value_name = "ARCH")]
    arch: String,
    #[command(flatten)]
    scoring: ScoringOptions,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let space = arguments.space.space;
    let known = Known::of(space)?;
    let mut columns = names::proxies(&arguments.proxy, &known)?;
    columns.push(names::target(&arguments.target, &known)?);
    let settings = arguments.scoring.settings(space)?;
    let cell = match space.parse(&arguments.arch) {
        Ok(cell) => cell,
        Err(wrong) => {
            let error = LineError { line: 1, column: wrong.column, message: wrong.message };
            progress::message(&error.to_string());
            return Ok(Status::Incomplete);
        }
    };
    let mut cells = known.cells(arguments.samples, arguments.seed)?;
    let text = cell.text();
    let own = seat(space, &mut cells, cell);
    let threads = arguments.scoring.threads.count();
    let (epsilon, predictor) = (&arguments.scoring.epsilon, &arguments.scoring.predictor);
    let sweep = Sweep { space, settings, epsilon, predictor, known: &known, threads };
    let scores = sweep.scores(&cells, &columns)?;

    let mut results = columns
        .iter()
        .zip(&scores.columns)
        .map(|(column, values)| (column, rank_at(values, own, column.better)));
    let true_rank = results.next_back().and_then(|(_, result)| result.rank);
    let mut output = Output::new();
    output.row(COLUMNS)?;
    for (column, result) in results {
        if result.defined < result.cells {
            let (defined, cells) = (result.defined, result.cells);
            progress::message(&format!(
                "{} is undefined for {} of the {cells} cells: its rank and percentile are among the other {defined}",
                column.name,
                cells - defined
            ));
        }
        output.row([
            text.clone(),
            column.name.clone(),
            optional_float(result.score),
            optional_count(result.rank),
            result.ties.to_string(),
            optional_float(result.percentile),
            optional_count(true_rank),
            result.cells.to_string(),
        ])?;
    }
    output.flush()?;
    Ok(Status::of_failures(scores.failures))
}
