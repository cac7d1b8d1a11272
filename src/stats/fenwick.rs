//! Fenwick's binary indexed tree: prefix sums that can be added to.

/// Counts at positions 0 to n − 1; both operations take O(log n) steps.
pub(super) struct Fenwick {
    sums: Vec<u32>,
}

impl Fenwick {
    pub(super) fn new(positions: usize) -> Self {
        Self { sums: vec![0; positions + 1] }
    }

    pub(super) fn clear(&mut self) {
        self.sums.fill(0);
    }

    pub(super) fn add(&mut self, position: u32, count: u32) {
        let mut node = position as usize + 1;
        while node < self.sums.len() {
            self.sums[node] += count;
            node += node & node.wrapping_neg();
        }
    }

    /// Sum of the counts at positions up to and including `position`.
    pub(super) fn through(&self, position: u32) -> u32 {
        let mut node = position as usize + 1;
        let mut sum = 0;
        while node > 0 {
            sum += self.sums[node];
            node &= node - 1;
        }
        sum
    }
}
