//! The channels of a tensor as runs of identical planes.
//!
//! Constant weights make all output channels of a convolution equal, so a tensor of 64 channels is one run of 64.
//! The order of the channels is kept, because a concatenation can be cut or grouped later at any channel.

use super::program::ValueId;

/// Neighbouring channels that hold the same plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Number of channels.
    pub count: usize,
    /// Their plane; `None` is a plane of zeros.
    pub value: Option<ValueId>,
}

/// All channels of a tensor, in order. Neighbouring runs differ in their plane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Channels {
    runs: Vec<Run>,
}

impl Channels {
    /// `count` channels of one plane.
    pub fn uniform(count: usize, value: Option<ValueId>) -> Self {
        let mut channels = Self::default();
        channels.push(count, value);
        channels
    }

    /// Appends `count` channels of one plane.
    pub fn push(&mut self, count: usize, value: Option<ValueId>) {
        match self.runs.last_mut() {
            _ if count == 0 => {}
            Some(last) if last.value == value => last.count += count,
            _ => self.runs.push(Run { count, value }),
        }
    }

    /// Appends all channels of `other` (the `concat` join).
    pub fn append(&mut self, other: &Self) {
        other.runs.iter().for_each(|run| self.push(run.count, run.value));
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Number of channels.
    pub fn count(&self) -> usize {
        self.runs.iter().map(|run| run.count).sum()
    }

    /// The `count` channels from `start` on; fewer where the tensor ends before.
    pub fn slice(&self, start: usize, count: usize) -> Self {
        let mut slice = Self::default();
        let mut first = 0;
        for run in &self.runs {
            let from = first.max(start);
            let to = (first + run.count).min(start + count);
            slice.push(to.saturating_sub(from), run.value);
            first += run.count;
        }
        slice
    }

    /// Applies `f` to each plane that is not zero.
    pub fn map(&self, mut f: impl FnMut(ValueId) -> Option<ValueId>) -> Self {
        let mut mapped = Self::default();
        for run in &self.runs {
            mapped.push(run.count, run.value.and_then(&mut f));
        }
        mapped
    }

    /// Splits tensors of equal width at the borders of all their runs and gives `f` the planes, zeros left out, of
    /// each part (the `add` join).
    pub fn zip(tensors: &[Self], mut f: impl FnMut(&[ValueId]) -> Option<ValueId>) -> Self {
        let width = tensors.first().map_or(0, Self::count);
        let mut joined = Self::default();
        let mut start = 0;
        while start < width {
            let parts: Vec<Run> = tensors.iter().filter_map(|t| t.run_at(start)).collect();
            let Some(count) = parts.iter().map(|run| run.count).min() else { break };
            let values: Vec<ValueId> = parts.iter().filter_map(|run| run.value).collect();
            joined.push(count, f(&values));
            start += count;
        }
        joined
    }

    /// The part of a run from channel `start` on.
    fn run_at(&self, start: usize) -> Option<Run> {
        let mut end = 0;
        for run in &self.runs {
            end += run.count;
            if start < end {
                return Some(Run { count: end - start, value: run.value });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(runs: &[(usize, Option<u32>)]) -> Channels {
        let mut channels = Channels::default();
        runs.iter().for_each(|&(count, value)| channels.push(count, value.map(ValueId)));
        channels
    }

    #[test]
    fn equal_neighbours_merge_and_slices_cut_runs() {
        let t = tensor(&[(2, Some(1)), (3, Some(1)), (0, Some(9)), (4, None), (1, Some(2))]);
        assert_eq!(t, tensor(&[(5, Some(1)), (4, None), (1, Some(2))]));
        assert_eq!(t.count(), 10);
        assert_eq!(t.slice(4, 3), tensor(&[(1, Some(1)), (2, None)]));
        assert_eq!(t.slice(8, 99), tensor(&[(1, None), (1, Some(2))]));
    }

    #[test]
    fn sums_split_at_every_border() {
        let a = tensor(&[(3, Some(1)), (3, Some(2))]);
        let b = tensor(&[(2, Some(3)), (2, None), (2, Some(4))]);
        let mut parts = Vec::new();
        let joined = Channels::zip(&[a, b], |values| {
            parts.push(values.iter().map(|v| v.0).collect::<Vec<_>>());
            Some(ValueId(10 + parts.len() as u32))
        });
        assert_eq!(parts, [vec![1, 3], vec![1], vec![2], vec![2, 4]]);
        assert_eq!(joined.runs().iter().map(|run| run.count).collect::<Vec<_>>(), [2, 1, 1, 2]);
    }
}
