//! How a command ends.

use cellscope::{
    epsilon::{BatchError, EpsilonError},
    known::{DrawError, KnownError, convert::ConvertError},
    predictor::{self, PredictorError},
    search::SearchError,
    space::SpaceError,
    stats::StatsError,
};
use std::{io, path::PathBuf};

/// What became of the architectures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All were scored (exit status 0).
    Complete,
    /// At least one could not be read or scored (exit status 1).
    Incomplete,
}

impl Status {
    /// `Incomplete` if there was a failure.
    pub fn of_failures(failures: usize) -> Self {
        if failures == 0 { Self::Complete } else { Self::Incomplete }
    }
}

/// Whether the settings are at fault, whatever the architecture.
pub fn is_of_settings(error: &SpaceError) -> bool {
    !matches!(error, SpaceError::Shape(_))
}

/// Wrong usage or files (exit status 2).
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Options that do not fit together or name what there is not.
    #[error("{0}")]
    Usage(String),
    /// A setting that the space does not accept.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// A file that cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output cannot be written.
    #[error("cannot write the results: {0}")]
    Write(#[from] io::Error),
    /// The batch of ε.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The weights of ε.
    #[error(transparent)]
    Epsilon(#[from] EpsilonError),
    /// Columns that do not fit together.
    #[error(transparent)]
    Stats(#[from] StatsError),
    /// Options of a search that do not fit together.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A table of known figures.
    #[error(transparent)]
    Known(#[from] KnownError),
    /// Cells that cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// A source of known figures.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// A source of operator vectors.
    #[error(transparent)]
    ConvertWords(#[from] predictor::convert::ConvertError),
    /// A file of the predictor.
    #[error(transparent)]
    Predictor(#[from] PredictorError),
}
