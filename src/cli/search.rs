//! `search`: seeded searches for a cell of high accuracy, with or without the help of a proxy.

use super::{
    error::{CliError, Status},
    known::Known,
    names::{self, Source},
    options::{Samples, ScoringOptions, SpaceOption},
    output::{Output, float},
    parallel::in_order,
    progress::{self, Progress},
    task,
    tools::Tools,
};
use cellscope::{
    method::{EpsilonTool, Proxy, Settings},
    search::{
        ColumnGuide, Guide, Landscape, Method, Move, Options, ProxyGuide, Row, Run, Scores, SearchError,
    },
    space::Space,
    stats::Better,
};
use std::{
    io::Write,
    sync::atomic::{AtomicUsize, Ordering},
};

const COLUMNS: [&str; 6] = ["run", "step", "arch", "score", "accuracy", "best_accuracy"];

/// Search for an architecture of high accuracy, with or without the help of a proxy
#[derive(clap::Args)]
#[command(after_help = "\
Columns:
  run            which run, from 1; runs differ in their random choices only
  step           which accuracy of the run, from 1 to the budget
  arch           the architecture that was looked up
  score          its score by the guide; empty if undefined or without guide
  accuracy       its accuracy (--target)
  best_accuracy  the best of the run so far
A run looks up exactly as many accuracies as its budget, the initial population
included. Scores cost nothing: those of a warm-up are no rows. An undefined
score comes after all others. Cells of unknown accuracy are never looked up.

Methods:
  random            cells drawn without replacement
  ageing-evolution  Real et al. 2019: of a tournament's members the best is the
                    parent; a child, one random edit away, joins the population
                    and the oldest member dies
  local-search      go to the first better neighbour; start again at a random
                    cell where there is none; no cell is looked up twice
Help by the guide:
  --warmup N        the first cells are the best by the guide of N random ones
  --move            ageing evolution: the parent is the tournament's best by
                    the guide, as the authors of ε do it; local search: look
                    at the neighbours in the order of the guide
  --move=children   ageing evolution: of 5 children take the one that the guide
                    prefers
Guides: the proxies of `correlate`. Targets: as there.

Examples:
  cellscope search --method random --budget 100 --runs 20
  cellscope search --method ageing-evolution --guide nasgraph --warmup 1000 \\
    --move --budget 300 --runs 10 --target cifar100_val_acc
  cellscope search --method random --guide epsilon --warmup 200 --budget 50")]
pub struct Arguments {
    #[command(flatten)]
    space: SpaceOption,
    /// How to search: random, ageing-evolution or local-search
    #[arg(long, value_name = "METHOD", value_parser = find_method)]
    method: Method,
    /// Proxy that helps, or `none`
    #[arg(long, value_name = "PROXY", default_value = "none")]
    guide: String,
    /// Random cells that the guide scores to choose the first ones from
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    warmup: usize,
    /// Let the guide move the search: `parent` (also if no value is given) or `children`
    #[arg(
        long = "move",
        value_name = "WAY",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "parent",
        value_parser = find_move
    )]
    guided_move: Option<Move>,
    /// Accuracies to look up in a run
    #[arg(long, value_name = "B", default_value_t = 300, allow_negative_numbers = true)]
    budget: usize,
    /// Number of runs, 1 to 10000
    #[arg(long, value_name = "R", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=Options::MAX_RUNS as u64))]
    runs: u64,
    /// Accuracy of the trained networks [default: cifar10valid_val_acc; in other spaces the first of the table]
    #[arg(long, value_name = "TARGET")]
    target: Option<String>,
    /// Ageing evolution: members of the population
    #[arg(long, value_name = "N", default_value_t = 64, allow_negative_numbers = true)]
    population: usize,
    /// Ageing evolution: members of a tournament
    #[arg(long, value_name = "N", default_value_t = 10, allow_negative_numbers = true)]
    tournament: usize,
    /// Seed of the runs' random choices
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    seed: u64,
    #[command(flatten)]
    scoring: ScoringOptions,
}

fn find_method(id: &str) -> Result<Method, String> {
    Method::find(id).ok_or_else(|| format!("known: {}", Method::ALL.map(Method::id).join(", ")))
}

fn find_move(id: &str) -> Result<Move, String> {
    Move::find(id).ok_or_else(|| format!("known: {}", Move::ALL.map(Move::id).join(", ")))
}

/// What the threads share.
struct Search {
    space: &'static dyn Space,
    landscape: Landscape,
    options: Options,
    seed: u64,
    guide: Helper,
}

/// Where the guide's scores come from.
enum Helper {
    None,
    Column { scores: Vec<f64>, better: Better },
    Computed(Computed),
}

struct Computed {
    proxy: Proxy,
    settings: Settings,
    tools: Tools,
    scores: Scores,
    failures: AtomicUsize,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Status, CliError> {
    let search = Search::new(arguments)?;
    let mut output = Output::new();
    output.row(COLUMNS)?;
    let mut progress = Progress::beside_rows("runs");
    let worker = || search.worker();
    let threads = arguments.scoring.threads.count();
    in_order(threads, 0..arguments.runs, worker, |(run, rows)| -> Result<(), CliError> {
        for row in rows? {
            output.row([
                (run + 1).to_string(),
                row.step.to_string(),
                search.landscape.read(row.cell, |cell| cell.text()).unwrap_or_default(),
                float(row.score),
                float(row.accuracy),
                float(row.best),
            ])?;
        }
        progress.step();
        Ok(output.flush()?)
    })?;
    output.flush()?;
    Ok(match &search.guide {
        Helper::Computed(computed) => Status::of_failures(computed.failures.load(Ordering::Relaxed)),
        Helper::None | Helper::Column { .. } => Status::Complete,
    })
}

impl Search {
    fn new(arguments: &Arguments) -> Result<Self, CliError> {
        let space = arguments.space.space;
        let known = Known::of(space)?;
        let target = match &arguments.target {
            Some(name) => names::target(name, &known)?,
            None => names::default_target(&known)?,
        };
        let guide = match arguments.guide.as_str() {
            "none" => None,
            name => names::proxies(&[name.to_owned()], &known)?.pop(),
        };
        let settings = arguments.scoring.settings(space)?;
        task::note_other_tasks(space, &settings, &guide.iter().collect::<Vec<_>>(), &[&target]);
        let cells = known.cells(Samples::All, 0)?;
        let accuracy = known.values(&target.name, &cells);
        let helper = match guide.map(|column| (column.source, column)) {
            None => Helper::None,
            Some((Source::Tabulated, column)) => {
                Helper::Column { scores: known.values(&column.name, &cells), better: column.better }
            }
            Some((Source::Computed(proxy), _)) => {
                proxy.method.covers(space)?;
                let scoring = &arguments.scoring;
                let tools = Tools::load(space, &[proxy.method], &scoring.epsilon, &scoring.predictor)?;
                let (scores, failures) = (Scores::new(cells.len()), AtomicUsize::new(0));
                Helper::Computed(Computed { proxy, settings, tools, scores, failures })
            }
        };
        let landscape = match space.size() {
            Some(_) => Landscape::of_space(space, &accuracy, target.better)?,
            None => Landscape::of_cells(cells, &accuracy, target.better)?,
        };
        let options = Options {
            budget: arguments.budget,
            warmup: arguments.warmup,
            guided_move: arguments.guided_move,
            population: arguments.population,
            tournament: arguments.tournament,
            ..Options::new(arguments.method)
        };
        options.check(&landscape, !matches!(helper, Helper::None))?;
        Ok(Self { space, landscape, options, seed: arguments.seed, guide: helper })
    }

    /// What one thread does with the number of a run.
    fn worker(&self) -> impl FnMut(u64) -> (u64, Result<Vec<Row>, SearchError>) {
        let mut guide: Option<Box<dyn Guide + '_>> = match &self.guide {
            Helper::None => None,
            Helper::Column { scores, better } => Some(Box::new(ColumnGuide { scores, better: *better })),
            Helper::Computed(computed) => Some(Box::new(computed.guide(self.space))),
        };
        move |number| {
            let rows = Run::new(&self.landscape, &self.options, self.seed, number).and_then(|run| {
                let guide = guide.as_mut().map(|guide| &mut **guide as &mut dyn Guide);
                run.rows(&self.landscape, guide)
            });
            (number, rows)
        }
    }
}

impl Computed {
    fn guide(&self, space: &'static dyn Space) -> Tolerant<'_> {
        let evaluator = self.tools.evaluator(self.settings, EpsilonTool::of_classes);
        let guide = ProxyGuide::new(space, self.proxy, evaluator, self.scores.clone());
        Tolerant { guide, shared: self }
    }
}

/// A guide for which a cell that cannot be scored is undefined, with a message.
struct Tolerant<'a> {
    guide: ProxyGuide,
    shared: &'a Computed,
}

impl Guide for Tolerant<'_> {
    fn better(&self) -> Better {
        self.guide.better()
    }

    fn score(&mut self, landscape: &Landscape, cell: u32) -> Result<f64, SearchError> {
        self.guide.score(landscape, cell).or_else(|error| {
            // Another thread may have said it.
            if self.shared.scores.keep(cell, f64::NAN) {
                let text = landscape.read(cell, |cell| cell.text()).unwrap_or_default();
                progress::message(&format!("{text}: {error}"));
                self.shared.failures.fetch_add(1, Ordering::Relaxed);
            }
            Ok(f64::NAN)
        })
    }
}
