//! ρ and τ-b of several resamples of the same pairs at once.
//!
//! Resamples differ only in how often a pair occurs, not in the order of the pairs: what walks along that order, and up
//! and down the Fenwick tree, does so once for [`LANES`] resamples, whose counts stand side by side and are added with
//! vector instructions.

use super::{Pairs, kendall::WeightedKendall, spearman::WeightedSpearman};

/// Resamples that are looked at together: their counts fill one 128-bit register.
pub(super) const LANES: usize = 8;

/// Most pairs: n² < 2³¹, so that products of two counts or ranks fit. Sums of products of three are exact as f64.
const MOST: usize = 46_340;

/// How many resamples of so many pairs are drawn and looked at together.
pub(super) fn block(pairs: usize) -> usize {
    if pairs <= MOST { LANES } else { 1 }
}

/// How often a pair occurs in each resample.
pub(super) type Counts = [u16; LANES];

/// ρ and τ-b, where defined.
pub(super) type Both = (Option<f64>, Option<f64>);

/// The memory for it.
#[derive(Default)]
pub(super) struct Lanes {
    /// How often each pair occurs in each resample: in all `pairs.defined()` times.
    pub(super) weights: Vec<Counts>,
    /// Of each group of the second column: occurrences, doubled and centred rank, Fenwick tree of what has been passed.
    y: Vec<Counts>,
    y_ranks: Vec<[i32; LANES]>,
    seen: Vec<Counts>,
}

impl Lanes {
    /// ρ and τ-b of the first `count` resamples, at most [`block`] of them.
    pub(super) fn first(&mut self, count: usize, pairs: &Pairs) -> impl Iterator<Item = Both> + use<> {
        let found = if block(pairs.defined()) > 1 {
            self.of(pairs)
        } else {
            let weights: Vec<u32> = self.weights.iter().map(|lanes| u32::from(lanes[0])).collect();
            let rho = WeightedSpearman::new(pairs).of(pairs, &weights);
            [(rho, WeightedKendall::new(pairs).of(pairs, &weights)); LANES]
        };
        found.into_iter().take(count)
    }

    /// Of each resample what `WeightedSpearman` and `WeightedKendall` give, to the bit: all sums are of integers, and
    /// exact.
    fn of(&mut self, pairs: &Pairs) -> [Both; LANES] {
        let groups = pairs.groups.1;
        reset(&mut self.y, groups);
        reset(&mut self.seen, groups + 1);
        self.y_ranks.resize(groups, [0; LANES]);
        for (&(_, y), weight) in pairs.ranks.iter().zip(&self.weights) {
            add(&mut self.y[y as usize], weight);
        }
        let n = pairs.defined() as i32;
        let mut y_side = Side::default();
        let mut before: Counts = [0; LANES];
        for (ties, ranks) in self.y.iter().zip(&mut self.y_ranks) {
            *ranks = y_side.pass(n, &before, ties);
            add(&mut before, ties);
        }

        let (mut x_side, mut joint) = (Side::default(), [0_u32; LANES]);
        let (mut discordant, mut covariance) = ([0_u32; LANES], [0.0; LANES]);
        let mut total: Counts = [0; LANES];
        let mut weights = self.weights.iter();
        let seen = &mut self.seen[..];
        // The pairs ascend by x, then by y: of those passed, the ones with a larger y have a smaller x.
        for group in pairs.ranks.chunk_by(|a, b| a.0 == b.0) {
            let before = total;
            // Sum of the ranks by y of the group's pairs.
            let mut moment = [0_i32; LANES];
            for equal in group.chunk_by(|a, b| a.1 == b.1) {
                let y = equal[0].1 as usize;
                let mut weight: Counts = [0; LANES];
                weights.by_ref().take(equal.len()).for_each(|one| add(&mut weight, one));
                let through = through(seen, y);
                for lane in 0..LANES {
                    let occurs = u32::from(weight[lane]);
                    joint[lane] += occurs * occurs;
                    discordant[lane] += occurs * u32::from(total[lane].wrapping_sub(through[lane]));
                    moment[lane] += i32::from(weight[lane]) * self.y_ranks[y][lane];
                }
                enter(seen, y, &weight);
                add(&mut total, &weight);
            }
            let mut ties = total;
            subtract(&mut ties, &before);
            let ranks = x_side.pass(n, &before, &ties);
            for lane in 0..LANES {
                covariance[lane] += f64::from(moment[lane]) * f64::from(ranks[lane]);
            }
        }
        std::array::from_fn(|lane| {
            let variances = (x_side.variance[lane], y_side.variance[lane]);
            let squares = (x_side.squares[lane], y_side.squares[lane], joint[lane]);
            (rho(covariance[lane], variances), tau(n as u64, squares, discordant[lane]))
        })
    }
}

/// How many counts a Fenwick tree holds at places up to this one.
fn through(seen: &[Counts], place: usize) -> Counts {
    let mut sum: Counts = [0; LANES];
    let mut node = place + 1;
    while node > 0 {
        add(&mut sum, &seen[node]);
        node &= node - 1;
    }
    sum
}

fn enter(seen: &mut [Counts], place: usize, weight: &Counts) {
    let mut node = place + 1;
    while node < seen.len() {
        add(&mut seen[node], weight);
        node += node & node.wrapping_neg();
    }
}

/// What is summed over the tied groups of a column, in their order.
#[derive(Default)]
struct Side {
    /// Of their sizes.
    squares: [u32; LANES],
    /// Of the doubled, centred ranks, over the pairs.
    variance: [f64; LANES],
}

impl Side {
    /// Takes in a group of tied values; returns its doubled, centred average rank, 2 · before + ties − n.
    // Not inlined, as `rho` and `tau` are not: eight lanes unrolled in each place take kilobytes of the page's module.
    #[inline(never)]
    fn pass(&mut self, n: i32, before: &Counts, ties: &Counts) -> [i32; LANES] {
        let mut ranks = [0; LANES];
        for lane in 0..LANES {
            let size = i32::from(ties[lane]);
            let rank = 2 * i32::from(before[lane]) + size - n;
            self.squares[lane] += (size * size) as u32;
            self.variance[lane] += f64::from(size * rank) * f64::from(rank);
            ranks[lane] = rank;
        }
        ranks
    }
}

#[inline(never)]
fn rho(covariance: f64, (x, y): (f64, f64)) -> Option<f64> {
    (x != 0.0 && y != 0.0).then(|| (covariance / (x * y).sqrt()).clamp(-1.0, 1.0))
}

/// `squares`: sums of the squared sizes of groups tied by x, by y, and by both.
#[inline(never)]
fn tau(n: u64, (x, y, joint): (u32, u32, u32), discordant: u32) -> Option<f64> {
    let tied = |squares: u32| (u64::from(squares) - n) / 2;
    let all = n * n.saturating_sub(1) / 2;
    let (x_ties, y_ties) = (tied(x), tied(y));
    if x_ties == all || y_ties == all {
        return None;
    }
    let untied = (all - x_ties) - (y_ties - tied(joint));
    let difference = untied as i64 - 2 * i64::from(discordant);
    let scale = ((all - x_ties) as f64).sqrt() * ((all - y_ties) as f64).sqrt();
    Some((difference as f64 / scale).clamp(-1.0, 1.0))
}

fn reset(counts: &mut Vec<Counts>, length: usize) {
    counts.clear();
    counts.resize(length, [0; LANES]);
}

// Counts are at most `MOST`: nothing wraps; to say so spares the checks of debug builds and the vector code its branches.
fn add(to: &mut Counts, other: &Counts) {
    to.iter_mut().zip(other).for_each(|(count, more)| *count = count.wrapping_add(*more));
}

fn subtract(from: &mut Counts, other: &Counts) {
    from.iter_mut().zip(other).for_each(|(count, less)| *count = count.wrapping_sub(*less));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Each lane is what one resample by itself gives, bit for bit; the memory may have served other pairs before.
        #[test]
        fn lanes_are_single_resamples(
            points in prop::collection::vec((0..9_u8, 0..9_u8), 1..60),
            draws in prop::collection::vec(any::<prop::sample::Index>(), 60 * LANES),
        ) {
            let column = |side: fn(&(u8, u8)) -> u8| points.iter().map(|p| f64::from(side(p))).collect::<Vec<_>>();
            let pairs = Pairs::new(&column(|p| p.0), &column(|p| p.1)).unwrap();
            let n = points.len();
            let mut lanes = Lanes::default();
            lanes.weights.resize(70, [1; LANES]);
            lanes.of(&Pairs::new(&[1.0; 70], &(0..70).map(f64::from).collect::<Vec<_>>()).unwrap());
            lanes.weights.clear();
            lanes.weights.resize(n, [0; LANES]);
            for (lane, draws) in draws.chunks(60).enumerate() {
                draws[..n].iter().for_each(|draw| lanes.weights[draw.index(n)][lane] += 1);
            }
            for (lane, found) in lanes.of(&pairs).into_iter().enumerate() {
                let weights: Vec<u32> = lanes.weights.iter().map(|counts| u32::from(counts[lane])).collect();
                let rho = WeightedSpearman::new(&pairs).of(&pairs, &weights);
                let tau = WeightedKendall::new(&pairs).of(&pairs, &weights);
                let bits = |(a, b): Both| (a.map(f64::to_bits), b.map(f64::to_bits));
                prop_assert_eq!(bits(found), bits((rho, tau)));
            }
        }
    }

    /// The largest sums, of the most pairs that are taken: one resample in which a single pair occurs every time, one in
    /// order, one in the opposite order.
    #[test]
    fn the_most_pairs_do_not_overflow() {
        let up: Vec<f64> = (0..MOST).map(|k| k as f64).collect();
        let down: Vec<f64> = up.iter().map(|value| -value).collect();
        for (y, expected) in [(&up, 1.0), (&down, -1.0)] {
            let pairs = Pairs::new(&up, y).unwrap();
            let mut lanes = Lanes { weights: vec![[1; LANES]; MOST], ..Lanes::default() };
            lanes.weights.iter_mut().for_each(|weight| weight[1] = 0);
            lanes.weights[MOST - 1][1] = MOST as u16;
            let found = lanes.of(&pairs);
            assert_eq!(found[0], (Some(expected), Some(expected)));
            assert_eq!(found[1], (None, None));
        }
    }
}
