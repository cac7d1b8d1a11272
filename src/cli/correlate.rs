//! `correlate`: how well proxies follow trained accuracy.

use super::{
    error::{CliError, Status},
    known::Known,
    names::{self, Column},
    options::{EpsilonOptions, NetworkOptions, Samples, SpaceOption, ThreadsOption},
    output::{Output, optional_float},
    parallel::in_order,
    sweep::Sweep,
};
use cellscope::stats::{StatsError, correlation};
use std::io::Write;

const COLUMNS: [&str; 8] =
    ["proxy", "target", "cells", "defined", "spearman", "spearman_low", "spearman_high", "kendall"];

/// Correlate proxies with the trained accuracy of all known architectures or a sample
#[derive(clap::Args)]
#[command(after_help = "\
Columns:
  proxy, target  what is compared; one row for each pair of the two
  cells          cells looked at: those with a known accuracy
  defined        cells in which both are defined: the ones that count
  spearman       Spearman's rank correlation ρ, ties averaged
  spearman_low, spearman_high
                 its 95 % percentile bootstrap interval over the cells
  kendall        Kendall's τ-b
Correlations are of the values as they are: where less is better (latencies,
gini) they are negative. They are empty for fewer than two cells, or
where all values are equal.

Proxies:
  average_degree (or nasgraph), expected-degree, epsilon, params, flops,
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
  cellscope correlate --proxy nasgraph --target cifar10valid_test_acc
  cellscope correlate --proxy nasgraph,params,synflow \\
    --target cifar10_test_acc,cifar100_test_acc
  cellscope correlate --proxy epsilon --target cifar10_test_acc \\
    --samples 500 --seed 3")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// Proxy, or several separated by commas
    #[arg(long, required = true, value_delimiter = ',', value_name = "PROXY")]
    proxy: Vec<String>,
    /// Accuracy of the trained networks, or several separated by commas
    #[arg(long, required = true, value_delimiter = ',', value_name = "TARGET")]
    target: Vec<String>,
    /// How many cells to draw without replacement, or `all` known ones
    #[arg(long, value_name = "N", default_value = "all")]
    samples: Samples,
    /// Seed of the sampling and of the bootstrap
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    seed: u64,
    /// Resamples of the bootstrap, 0 (no interval) to 100000
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,
    #[command(flatten)]
    threads: ThreadsOption,
    /// Seed of the network's weights, as in torch.manual_seed
    #[arg(long, default_value_t = 1, value_name = "SEED", allow_negative_numbers = true)]
    net_seed: u32,
    #[command(flatten)]
    network: NetworkOptions,
    #[command(flatten)]
    epsilon: EpsilonOptions,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let space = arguments.space.space;
    let known = Known::of(space)?;
    let proxies = names::proxies(&arguments.proxy, &known)?;
    let targets =
        arguments.target.iter().map(|name| names::target(name, &known)).collect::<Result<Vec<_>, _>>()?;
    let settings = arguments.network.settings(space, arguments.net_seed)?;
    let cells = known.cells(arguments.samples, arguments.seed)?;
    let threads = arguments.threads.count();
    let sweep = Sweep { space, settings, epsilon: &arguments.epsilon, known: &known, threads };
    let scores = sweep.scores(&cells, &proxies)?;
    let accuracies = sweep.scores(&cells, &targets)?;

    let mut pairs = Vec::with_capacity(proxies.len() * targets.len());
    for (proxy, scores) in proxies.iter().zip(&scores.columns) {
        for (target, accuracies) in targets.iter().zip(&accuracies.columns) {
            pairs.push(Pair { proxy, target, scores, accuracies });
        }
    }
    let mut output = Output::new();
    output.row(COLUMNS)?;
    let (resamples, seed) = (arguments.resamples as usize, arguments.seed);
    let worker = || |pair: Pair| pair.row(resamples, seed);
    in_order(threads, pairs.into_iter(), worker, |row| -> Result<(), CliError> {
        output.row(row?)?;
        Ok(output.flush()?)
    })?;
    output.flush()?;
    Ok(Status::of_failures(scores.failures))
}

/// A proxy beside a target.
struct Pair<'a> {
    proxy: &'a Column,
    target: &'a Column,
    scores: &'a [f64],
    accuracies: &'a [f64],
}

impl Pair<'_> {
    /// The row of results, over the cells whose accuracy is known.
    fn row(&self, resamples: usize, seed: u64) -> Result<[String; COLUMNS.len()], StatsError> {
        let known = self.scores.iter().zip(self.accuracies).filter(|(_, accuracy)| !accuracy.is_nan());
        let (scores, accuracies): (Vec<f64>, Vec<f64>) = known.unzip();
        let found = correlation(&scores, &accuracies, resamples, seed)?;
        Ok([
            self.proxy.name.clone(),
            self.target.name.clone(),
            found.cells.to_string(),
            found.defined.to_string(),
            optional_float(found.spearman),
            optional_float(found.spearman_low),
            optional_float(found.spearman_high),
            optional_float(found.kendall),
        ])
    }
}
