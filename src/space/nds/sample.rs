//! Random genotypes.

use super::{Genotype, Nds, Pairs};
use crate::random::Random;

/// A random genotype; see [`super::Nds::sample`] for the rule.
pub(super) fn draw(random: &mut Random, space: Nds) -> Genotype {
    let (normal, normal_concat) = cell(random, space);
    let (reduce, reduce_concat) = cell(random, space);
    Genotype { space, normal, normal_concat, reduce, reduce_concat }
}

fn cell(random: &mut Random, Nds { ops, steps, concat_all, .. }: Nds) -> (Pairs, Vec<usize>) {
    let mut pairs = Vec::with_capacity(2 * steps);
    let mut read = vec![false; steps + 2];
    for node in 2..steps + 2 {
        let first = random.below(node as u32) as usize;
        let second = if concat_all {
            // One of the others.
            let other = random.below(node as u32 - 1) as usize;
            other + usize::from(other >= first)
        } else {
            random.below(node as u32) as usize
        };
        for source in [first, second] {
            pairs.push((ops[random.below(ops.len() as u32) as usize], source));
            read[source] = true;
        }
    }
    let concat = (2..steps + 2).filter(|&node| concat_all || !read[node]).collect();
    (pairs, concat)
}
