//! Vertices and edges of a cell, and which of them count.

use super::Op101;

/// Vertices from input (0) to output (last), with edges from lower to higher ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spec {
    /// Bit t of word s: an edge from vertex s to vertex t.
    rows: Vec<u32>,
    /// Operations of the interior vertices.
    pub(super) ops: Vec<Op101>,
}

impl Spec {
    /// Vertices without edges, all 3 × 3 convolutions.
    pub(super) fn empty(vertices: usize) -> Self {
        Self { rows: vec![0; vertices], ops: vec![Op101::Conv3x3; vertices.saturating_sub(2)] }
    }

    pub(super) fn vertices(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn has(&self, source: usize, target: usize) -> bool {
        self.rows[source] >> target & 1 == 1
    }

    /// Adds the edge, or takes it away.
    pub(super) fn toggle(&mut self, source: usize, target: usize) {
        self.rows[source] ^= 1 << target;
    }

    /// The edges, by target, then source.
    pub(super) fn edges(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs = (0..self.vertices()).flat_map(|target| (0..target).map(move |source| (source, target)));
        pairs.filter(|&(source, target)| self.has(source, target))
    }

    /// Which vertices lie on a path from input to output.
    pub(super) fn alive(&self) -> Vec<bool> {
        let n = self.vertices();
        let (mut forward, mut backward) = (vec![false; n], vec![false; n]);
        forward[0] = true;
        backward[n - 1] = true;
        for target in 1..n {
            forward[target] = (0..target).any(|source| forward[source] && self.has(source, target));
        }
        for source in (0..n - 1).rev() {
            backward[source] = (source + 1..n).any(|target| backward[target] && self.has(source, target));
        }
        forward.iter().zip(&backward).map(|(f, b)| *f && *b).collect()
    }

    /// The cell without the vertices that lie on no path; `None` if input and output are not joined.
    pub(super) fn prune(&self) -> Option<Self> {
        let alive = self.alive();
        let kept: Vec<usize> = (0..self.vertices()).filter(|&vertex| alive[vertex]).collect();
        if kept.len() < 2 {
            return None;
        }
        let mut pruned = Self::empty(kept.len());
        for (source, &s) in kept.iter().enumerate() {
            for (target, &t) in kept.iter().enumerate() {
                if self.has(s, t) {
                    pruned.toggle(source, target);
                }
            }
        }
        for (op, &vertex) in pruned.ops.iter_mut().zip(&kept[1..]) {
            *op = self.ops[vertex - 1];
        }
        Some(pruned)
    }
}
