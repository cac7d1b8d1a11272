//! Settings of the networks: NASGraph's surrogates, and those whose cost is counted.

use super::{SpaceError, error::quote};
use std::{fmt, ops::RangeInclusive, str::FromStr};

/// Settings of the surrogate network; each space uses those that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SurrogateOptions {
    /// NAS-Bench-101 and -201: cells a stack; the authors use 1.
    pub cells_per_stack: usize,
    /// NAS-Bench-101, -201 and TransNAS-Bench-101: channels of the stem; the authors use 16.
    pub stem_channels: usize,
    /// TransNAS-Bench-101: the task, which decides the decoder.
    pub task: Task,
    /// NDS: channels of the first cell before the stem triples them.
    pub init_channels: usize,
    /// NDS: cells.
    pub layers: usize,
}

impl SurrogateOptions {
    /// Cells a stack that are accepted.
    pub const CELLS_PER_STACK: RangeInclusive<usize> = 1..=16;
    /// Stem channels that are accepted.
    pub const STEM_CHANNELS: RangeInclusive<usize> = 1..=128;
    /// Stem channels that TransNAS-Bench-101 accepts; they must be even.
    pub const TRANSNAS_STEM_CHANNELS: RangeInclusive<usize> = 4..=64;
    /// First channels that NDS accepts.
    pub const INIT_CHANNELS: RangeInclusive<usize> = 1..=64;
    /// Cells that NDS accepts.
    pub const LAYERS: RangeInclusive<usize> = 1..=20;

    /// Checks the ranges that hold for every space.
    ///
    /// # Errors
    /// [`SpaceError::Range`] that names the option.
    pub fn check(&self) -> Result<(), SpaceError> {
        SpaceError::check("cells per stack", self.cells_per_stack, Self::CELLS_PER_STACK)?;
        SpaceError::check("stem channels", self.stem_channels, Self::STEM_CHANNELS)?;
        SpaceError::check("init channels", self.init_channels, Self::INIT_CHANNELS)?;
        SpaceError::check("layers", self.layers, Self::LAYERS)
    }
}

impl Default for SurrogateOptions {
    fn default() -> Self {
        Self { cells_per_stack: 1, stem_channels: 16, task: Task::ClassObject, init_channels: 8, layers: 8 }
    }
}

/// Width and depth of the network whose cost is counted; for spaces that leave them open (NDS).
///
/// The default is what papers count: the network by which the authors of DARTS judge a cell on CIFAR-10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountedSize {
    /// Channels of the first cell before the stem triples them.
    pub init_channels: usize,
    /// Cells.
    pub layers: usize,
}

impl CountedSize {
    /// Checks the ranges, which are those of the surrogate.
    ///
    /// # Errors
    /// [`SpaceError::Range`] that names the option.
    pub fn check(&self) -> Result<(), SpaceError> {
        SpaceError::check("init channels", self.init_channels, SurrogateOptions::INIT_CHANNELS)?;
        SpaceError::check("layers", self.layers, SurrogateOptions::LAYERS)
    }
}

impl Default for CountedSize {
    fn default() -> Self {
        Self { init_channels: 36, layers: 20 }
    }
}

/// A task of TransNAS-Bench-101.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Task {
    /// Object classification.
    #[default]
    ClassObject,
    /// Scene classification.
    ClassScene,
    /// Room layout.
    RoomLayout,
    /// Jigsaw; NASGraph's authors define no network for it.
    Jigsaw,
    /// Semantic segmentation.
    SegmentSemantic,
    /// Autoencoding.
    Autoencoder,
    /// Surface normals.
    Normal,
}

impl Task {
    /// All tasks.
    pub const ALL: [Task; 7] = [
        Task::ClassObject,
        Task::ClassScene,
        Task::RoomLayout,
        Task::Jigsaw,
        Task::SegmentSemantic,
        Task::Autoencoder,
        Task::Normal,
    ];

    /// Published name.
    pub const fn name(self) -> &'static str {
        match self {
            Task::ClassObject => "class_object",
            Task::ClassScene => "class_scene",
            Task::RoomLayout => "room_layout",
            Task::Jigsaw => "jigsaw",
            Task::SegmentSemantic => "segmentsemantic",
            Task::Autoencoder => "autoencoder",
            Task::Normal => "normal",
        }
    }

    /// Whether NASGraph's authors define a network for it.
    pub const fn is_defined(self) -> bool {
        !matches!(self, Task::Jigsaw)
    }

    /// Whether the networks of both tasks are the same: they differ in nothing but their decoders.
    pub const fn shares_network(self, other: Task) -> bool {
        self.decoder() as u8 == other.decoder() as u8
    }

    /// What follows the encoder.
    pub(crate) const fn decoder(self) -> Decoder {
        match self {
            Task::SegmentSemantic => Decoder::Segmentation,
            Task::Autoencoder | Task::Normal => Decoder::Picture,
            Task::ClassObject | Task::ClassScene | Task::RoomLayout | Task::Jigsaw => Decoder::Pool,
        }
    }
}

/// Kinds of decoders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decoder {
    /// A mean over the picture, for whatever puts out numbers.
    Pool,
    /// Up to the picture's size, a class a pixel.
    Segmentation,
    /// Up to the picture's size, a colour or a direction a pixel.
    Picture,
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Task {
    type Err = SpaceError;

    fn from_str(name: &str) -> Result<Self, SpaceError> {
        Self::ALL
            .into_iter()
            .find(|task| task.name() == name)
            .ok_or_else(|| SpaceError::UnknownTask { name: quote(name) })
    }
}
