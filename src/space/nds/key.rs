//! A DARTS genotype as the key of a row in a table of known figures.
//!
//! A byte an operation: its number in the high half, the node that it reads in the low half; normal cell, then reduction
//! cell. A node adds its two operations up, so their order does not tell architectures apart: the class has them sorted,
//! and one more byte says of which nodes they were given the other way round.

use super::{Genotype, Nds, Pairs};
use crate::space::CellKey;

const STEPS: usize = 4;
const NODES: usize = 2 * STEPS;
/// The nodes that every cell of the space concatenates.
const CONCAT: [usize; STEPS] = [2, 3, 4, 5];

/// The key; `None` if the genotype is not one of four nodes, all concatenated, with the operations of DARTS.
pub(super) fn of(genotype: &Genotype) -> Option<CellKey> {
    if genotype.steps() != STEPS || genotype.normal_concat != CONCAT || genotype.reduce_concat != CONCAT {
        return None;
    }
    let byte = |&(op, source): &(&str, usize)| {
        let op = Nds::DARTS.ops.iter().position(|&known| known == op)?;
        Some((op << 4 | source) as u8)
    };
    let pairs = genotype.normal.iter().chain(&genotype.reduce);
    let mut class = pairs.map(byte).collect::<Option<Vec<u8>>>()?;
    let mut swapped = 0;
    for (node, pair) in class.chunks_exact_mut(2).enumerate() {
        if pair[0] > pair[1] {
            pair.reverse();
            swapped |= 1 << node;
        }
    }
    Some(CellKey { class, form: vec![swapped] })
}

/// The genotype of a key, with its operations in the order in which they were given; `None` if it is none.
pub(super) fn read(key: &[u8]) -> Option<Genotype> {
    let (&swapped, class) = key.split_last()?;
    let class: &[u8; 2 * NODES] = class.try_into().ok()?;
    let mut pairs = Pairs::new();
    for (place, byte) in class.iter().enumerate() {
        let node = place / 2;
        let byte = if swapped >> node & 1 == 1 { class[place ^ 1] } else { *byte };
        let (op, source) = (usize::from(byte >> 4), usize::from(byte & 15));
        pairs.push((*Nds::DARTS.ops.get(op).filter(|_| source < node % STEPS + 2)?, source));
    }
    let reduce = pairs.split_off(NODES);
    let concat = || CONCAT.to_vec();
    let genotype = Genotype {
        space: Nds::DARTS,
        normal: pairs,
        normal_concat: concat(),
        reduce,
        reduce_concat: concat(),
    };
    // Refuses what is not sorted: every genotype has one key.
    (of(&genotype)? == CellKey { class: class.to_vec(), form: vec![swapped] }).then_some(genotype)
}
