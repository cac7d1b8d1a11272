//! Ranks and rank correlations: pure functions on slices, one algorithm a file.
//!
//! NaN stands for "undefined" everywhere: a pair in which either side is NaN is dropped and counted, an undefined
//! score has no rank. Infinities are ordinary values. Sums are taken in a fixed order (or in integers), so that native
//! code and WebAssembly give the same bits.

mod bands;
mod bootstrap;
mod combine;
mod correlation;
mod difference;
mod fenwick;
mod front;
mod kendall;
mod lanes;
mod pairs;
mod quantile;
mod rank;
mod ranks;
mod slices;
mod spearman;
mod top;

pub use bands::{Quartiles, quartile_bands};
pub use bootstrap::{Bootstrap, Intervals, bootstrap};
pub use combine::{mean_ranks, overrating};
pub use correlation::{Correlation, correlation};
pub use difference::{Difference, difference};
pub use front::front;
pub use kendall::kendall;
pub use pairs::Pairs;
pub use quantile::quantile;
pub use rank::{RankResult, rank_of};
pub use ranks::{average_ranks, competition_ranks};
pub use slices::{correlation_by_group, correlation_where, deciles, difference_by_group};
pub use spearman::spearman;
pub use top::{TopMeasures, top_measures};

use serde::{Deserialize, Serialize};

/// Which end of a scale is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// Accuracies and most proxies.
    Larger,
    /// Latencies, losses, perplexities.
    Smaller,
}

impl Better {
    /// The end of an identifier, `larger` or `smaller`.
    pub fn find(id: &str) -> Option<Self> {
        match id {
            "larger" => Some(Better::Larger),
            "smaller" => Some(Better::Smaller),
            _ => None,
        }
    }

    /// Whether `a` is strictly better than `b`; false if either is NaN.
    pub fn prefers(self, a: f64, b: f64) -> bool {
        match self {
            Better::Larger => a > b,
            Better::Smaller => a < b,
        }
    }
}

/// What the functions of this module refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatsError {
    /// The two sides of a comparison must be paired one to one.
    #[error("the two columns differ in length: {left} and {right} values")]
    Lengths {
        /// Values on the first side.
        left: usize,
        /// Values on the second side.
        right: usize,
    },
}
