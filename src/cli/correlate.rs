//! `correlate`: how well proxies follow trained accuracy.

use super::{
    error::{CliError, Status},
    known::Known,
    names::{self, Column},
    options::{Samples, ScoringOptions, SpaceOption},
    output::{Output, optional_count, optional_float},
    parallel::in_order,
    progress,
    sweep::Sweep,
    task,
};
use cellscope::stats::{Better, StatsError, correlation, top_measures};
use std::io::Write;

const COLUMNS: [&str; 14] = [
    "proxy",
    "target",
    "cells",
    "defined",
    "spearman",
    "spearman_low",
    "spearman_high",
    "kendall",
    "kendall_low",
    "kendall_high",
    "spearman_top10",
    "kendall_top10",
    "top10_overlap",
    "top64_in_top5",
];

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
  kendall_low, kendall_high
                 its interval
  spearman_top10, kendall_top10
                 ρ and τ-b over the cells whose target exceeds its 90 %
                 quantile
  top10_overlap  how many per cent of the best tenth by the proxy belong to
                 the best tenth by the target
  top64_in_top5  how many of the 64 best by the proxy (more, if others tie
                 with the last) have a target above its 95 % quantile; empty
                 for 64 cells or fewer
Correlations are of the values as they are: where less is better (latencies,
gini) they are negative; the best by such a proxy are those where it is least.
Correlations are empty for fewer than two cells, or where all values are equal.

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
    scoring: ScoringOptions,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let space = arguments.space.space;
    let known = Known::of(space)?;
    let proxies = names::proxies(&arguments.proxy, &known)?;
    let targets =
        arguments.target.iter().map(|name| names::target(name, &known)).collect::<Result<Vec<_>, _>>()?;
    let settings = arguments.scoring.settings(space)?;
    task::note_other_tasks(
        space,
        &settings,
        &proxies.iter().collect::<Vec<_>>(),
        &targets.iter().collect::<Vec<_>>(),
    );
    if space.id() == "nasbench101" && proxies.iter().any(|proxy| proxy.name == "tgnas") {
        progress::message(
            "note: tgnas was trained on accuracies of most of these cells, so this is no test of it",
        );
    }
    let cells = known.cells(arguments.samples, arguments.seed)?;
    let threads = arguments.scoring.threads.count();
    let (epsilon, predictor) = (&arguments.scoring.epsilon, &arguments.scoring.predictor);
    let sweep = Sweep { space, settings, epsilon, predictor, known: &known, threads };
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
        // The best are counted from the good end, the correlations are of the values as they are.
        let best = |values: &[f64], better| match better {
            Better::Larger => values.to_vec(),
            Better::Smaller => values.iter().map(|value| -value).collect(),
        };
        let top = top_measures(&best(&scores, self.proxy.better), &best(&accuracies, self.target.better))?;
        let sign = if self.proxy.better == self.target.better { 1.0 } else { -1.0 };
        Ok([
            self.proxy.name.clone(),
            self.target.name.clone(),
            found.cells.to_string(),
            found.defined.to_string(),
            optional_float(found.spearman),
            optional_float(found.spearman_low),
            optional_float(found.spearman_high),
            optional_float(found.kendall),
            optional_float(found.kendall_low),
            optional_float(found.kendall_high),
            optional_float(top.spearman_top10.map(|rho| sign * rho)),
            optional_float(top.kendall_top10.map(|tau| sign * tau)),
            optional_float(top.top10_overlap),
            optional_count(top.top64_in_top5),
        ])
    }
}
