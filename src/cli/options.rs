//! Options that several commands share.

use super::{error::CliError, names, predictor::PredictorOptions};
use cellscope::{
    epsilon::{Batch, BatchSource},
    known::MOST_DRAWN,
    method::Settings,
    space::{self, CountedSize, Space, SpaceError, SurrogateOptions, Task},
};
use clap::Args;
use std::{fs, path::Path, str::FromStr, thread};

/// `--space`.
#[derive(Args)]
pub struct SpaceOption {
    /// Search space of the architectures
    #[arg(long, value_name = "SPACE", default_value = "nasbench201", value_parser = find_space)]
    pub space: &'static dyn Space,
}

/// The space of an identifier.
fn find_space(id: &str) -> Result<&'static dyn Space, String> {
    let all: Vec<&str> = space::all().iter().map(|space| space.id()).collect();
    space::find(id).map_err(|error| match names::nearest(id, &all) {
        Some(near) => format!("{error} (did you mean `{near}`?)"),
        None => error.to_string(),
    })
}

/// Options of the surrogate network of NASGraph.
#[derive(Args)]
#[command(
    next_help_heading = "Surrogate network (NASGraph and expected degree; ε and cost use the full network)"
)]
pub struct NetworkOptions {
    /// NAS-Bench-101 and -201: cells in each stack, 1 to 16 [default: 1]
    #[arg(long, visible_alias = "modules-per-stack", value_name = "N", allow_negative_numbers = true)]
    cells_per_stack: Option<usize>,
    /// Channels of the stem, 1 to 128 [default: 16]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    stem_channels: Option<usize>,
    /// TransNAS-Bench-101: the task, which decides the decoder [default: class_object]
    #[arg(long, value_name = "TASK")]
    task: Option<Task>,
    /// NDS: channels that the first cell starts from, 1 to 64; given, also for the cost [default: 8; cost: 36]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    init_channels: Option<usize>,
    /// NDS: cells in all, 1 to 20; given, also for the cost [default: 8; cost: 20]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    layers: Option<usize>,
}

impl NetworkOptions {
    /// What the scores depend on besides the cell.
    ///
    /// # Errors
    /// [`CliError`] for an option that the space does not have, and for a number out of range.
    pub fn settings(&self, space: &dyn Space, seed: u32) -> Result<Settings, CliError> {
        let given = [
            ("cells-per-stack", self.cells_per_stack.is_some()),
            ("stem-channels", self.stem_channels.is_some()),
            ("task", self.task.is_some()),
            ("init-channels", self.init_channels.is_some()),
            ("layers", self.layers.is_some()),
        ];
        let known = space.options();
        if let Some((option, _)) = given.iter().find(|(option, given)| *given && !known.contains(option)) {
            let (id, known) = (space.id(), known.join(" and --"));
            return Err(CliError::Usage(format!("--{option} does not apply to {id}, which has --{known}")));
        }
        let default = SurrogateOptions::default();
        let surrogate = SurrogateOptions {
            cells_per_stack: self.cells_per_stack.unwrap_or(default.cells_per_stack),
            stem_channels: self.stem_channels.unwrap_or(default.stem_channels),
            task: self.task.unwrap_or(default.task),
            init_channels: self.init_channels.unwrap_or(default.init_channels),
            layers: self.layers.unwrap_or(default.layers),
        };
        SpaceError::check("--cells-per-stack", surrogate.cells_per_stack, SurrogateOptions::CELLS_PER_STACK)?;
        SpaceError::check("--stem-channels", surrogate.stem_channels, SurrogateOptions::STEM_CHANNELS)?;
        SpaceError::check("--init-channels", surrogate.init_channels, SurrogateOptions::INIT_CHANNELS)?;
        SpaceError::check("--layers", surrogate.layers, SurrogateOptions::LAYERS)?;
        let size = CountedSize::default();
        let counted = CountedSize {
            init_channels: self.init_channels.unwrap_or(size.init_channels),
            layers: self.layers.unwrap_or(size.layers),
        };
        Ok(Settings { surrogate, seed, counted, ..Settings::default() })
    }
}

/// Options of ε.
#[derive(Args)]
#[command(next_help_heading = "ε (with --proxy epsilon)")]
pub struct EpsilonOptions {
    /// Mini-batch of B images: leaves:SEED:B (dead leaves), randn:SEED:B (noise as PyTorch draws it), cifar10:FILE:B
    /// (the first B of a CIFAR-10 binary file)
    #[arg(long, value_name = "BATCH", default_value = "leaves:0:64")]
    batch: BatchSource,
    /// The two constant weights [default: those of ε's authors: 1e-4,10 for nasbench101, else 1e-7,1]
    #[arg(long, value_name = "LOW,HIGH", allow_hyphen_values = true)]
    weights: Option<Weights>,
}

/// LOW,HIGH.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Weights(f32, f32);

impl FromStr for Weights {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let weight = |text: &str| {
            let number = text.trim().parse::<f32>().ok().filter(|w| w.is_finite() && *w > 0.0);
            number.ok_or_else(|| "two positive numbers are needed, as in 1e-7,1".to_owned())
        };
        let (low, high) = text.split_once(',').unwrap_or((text, ""));
        match (weight(low)?, weight(high)?) {
            (low, high) if low < high => Ok(Self(low, high)),
            _ => Err("LOW must be less than HIGH".to_owned()),
        }
    }
}

impl EpsilonOptions {
    /// The batch.
    ///
    /// # Errors
    /// [`CliError`] if its file cannot be read or holds too few images.
    pub fn batch(&self) -> Result<Batch, CliError> {
        self.batch.load(|file| {
            fs::read(file).map_err(|source| CliError::Read { path: Path::new(file).to_owned(), source })
        })
    }

    /// The two weights.
    pub fn weights(&self, space: &dyn Space) -> (f32, f32) {
        self.weights.map_or_else(|| space.epsilon_weights(), |Weights(low, high)| (low, high))
    }
}

/// `--threads`.
#[derive(Args)]
pub struct ThreadsOption {
    /// Threads, 1 to 256 [default: all cores]; the results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl ThreadsOption {
    /// Number of threads.
    pub fn count(&self) -> usize {
        self.threads.map_or_else(|| thread::available_parallelism().map_or(1, |n| n.get()), usize::from)
    }
}

/// What the scores of many cells depend on, and how they are computed: for commands whose `--seed` is that of a sampling.
#[derive(Args)]
pub struct ScoringOptions {
    #[command(flatten)]
    pub threads: ThreadsOption,
    /// Seed of the network's weights, as in torch.manual_seed
    #[arg(long, default_value_t = 1, value_name = "SEED", allow_negative_numbers = true)]
    net_seed: u32,
    #[command(flatten)]
    network: NetworkOptions,
    #[command(flatten)]
    pub epsilon: EpsilonOptions,
    #[command(flatten)]
    pub predictor: PredictorOptions,
}

impl ScoringOptions {
    /// What the scores depend on besides the cell.
    ///
    /// # Errors
    /// As [`NetworkOptions::settings`].
    pub fn settings(&self, space: &dyn Space) -> Result<Settings, CliError> {
        self.network.settings(space, self.net_seed)
    }
}

/// A number of cells, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// Every cell of the space.
    All,
    /// So many, drawn uniformly without replacement.
    Count(usize),
}

impl FromStr for Samples {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("all", _) => Ok(Self::All),
            (_, Ok(count)) if count > 0 => Ok(Self::Count(count)),
            _ => Err("a positive whole number or `all` is needed".to_owned()),
        }
    }
}

impl Samples {
    /// The number that was given; `None` for all.
    pub fn given(self) -> Option<usize> {
        match self {
            Self::All => None,
            Self::Count(count) => Some(count),
        }
    }

    /// The count; `None` for all.
    ///
    /// # Errors
    /// [`CliError`] if the space has fewer cells, or if all are asked for and they cannot be counted.
    pub fn count(self, space: &dyn Space) -> Result<Option<usize>, CliError> {
        match self {
            Self::Count(count) => {
                SpaceError::check("--samples", count, 1..=space.size().unwrap_or(MOST_DRAWN))?;
                Ok(Some(count))
            }
            Self::All if space.size().is_some() => Ok(None),
            Self::All => Err(uncountable(space)),
        }
    }
}

/// The cells of the space cannot be listed.
pub fn uncountable(space: &dyn Space) -> CliError {
    CliError::Usage(format!("the cells of {} cannot be listed", space.id()))
}
