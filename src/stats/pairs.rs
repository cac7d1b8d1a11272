//! Two columns, paired, reduced to what rank correlations need.

use super::{StatsError, ranks::dense_ranks};

/// The pairs of two columns in which both sides are defined, as dense ranks, sorted by the first and then the second.
///
/// Rank correlations need only this order and how often each pair occurs. A bootstrap resample changes the second and
/// never the first, so nothing is sorted again.
#[derive(Clone, Debug)]
pub struct Pairs {
    pub(super) ranks: Vec<(u32, u32)>,
    /// Number of distinct values on each side.
    pub(super) groups: (usize, usize),
    cells: usize,
}

impl Pairs {
    /// Pairs `x` with `y` and drops pairs in which either is NaN.
    ///
    /// # Errors
    /// [`StatsError::Lengths`] if the columns differ in length.
    ///
    /// # Complexity
    /// O(n log n). At most 2³² − 1 pairs.
    pub fn new(x: &[f64], y: &[f64]) -> Result<Self, StatsError> {
        let (x_defined, y_defined) = defined(x, y)?;
        let mut pairs = Self::unsorted(&x_defined, &y_defined, x.len());
        pairs.ranks.sort_unstable();
        Ok(pairs)
    }

    /// The pairs of two columns without NaN, and for each of them which position of the columns it is.
    pub(super) fn placed(x: &[f64], y: &[f64]) -> (Self, Vec<usize>) {
        let mut pairs = Self::unsorted(x, y, x.len());
        let mut places: Vec<usize> = (0..pairs.ranks.len()).collect();
        places.sort_unstable_by_key(|&place| (pairs.ranks[place], place));
        pairs.ranks.sort_unstable();
        (pairs, places)
    }

    fn unsorted(x: &[f64], y: &[f64], cells: usize) -> Self {
        let (x_ranks, x_groups) = dense_ranks(x);
        let (y_ranks, y_groups) = dense_ranks(y);
        Self { ranks: x_ranks.into_iter().zip(y_ranks).collect(), groups: (x_groups, y_groups), cells }
    }

    /// Pairs given.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// Pairs in which both sides are defined: the ones that count.
    pub fn defined(&self) -> usize {
        self.ranks.len()
    }

    /// Every pair once.
    pub(super) fn ones(&self) -> Vec<u32> {
        vec![1; self.ranks.len()]
    }
}

/// Both columns without the pairs in which either is NaN.
pub(super) fn defined(x: &[f64], y: &[f64]) -> Result<(Vec<f64>, Vec<f64>), StatsError> {
    if x.len() != y.len() {
        return Err(StatsError::Lengths { left: x.len(), right: y.len() });
    }
    Ok(x.iter().zip(y).filter(|(a, b)| !a.is_nan() && !b.is_nan()).unzip())
}
