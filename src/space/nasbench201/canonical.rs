//! When two cells compute the same function.
//!
//! Rule: a `none`, and every edge that lies on no path from input to output, is dropped; a skip stands for the terms of
//! its source; the terms of a sum have no order. A term that occurs twice counts twice, and two convolutions are two
//! even where they read the same: `c(x) + c(x)` with one convolution used twice is twice its output, with two of them
//! the sum of two different ones. Nothing else is used (that pooling is linear, for instance, is not).
//!
//! This gives 5,260 classes (4,930 if convolutions that read the same were one). The 6,466 unique cells that are often
//! quoted are those of `to_unique_str` by the NAS-Bench-201 authors, which also contracts skips and sorts sums, but
//! counts a zero as a term (x + 0 is not x), does not open a sum within a sum, and does not tell one convolution used
//! twice from two. `tests/space.rs` repeats the three counts.

use super::{Cell201, EDGES, ENDS, NODES, Op201, SIZE, index};
use crate::few::sorted;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Number that tells a convolution from others that read the same; 0 where there is no other.
type Numbers = [usize; EDGES];

/// The canonical form: a sum of terms such as `nor_conv_3x3(x+avg_pool_3x3(x))`, with `x` the input; `0` if cut off.
/// Convolutions that read the same are numbered, as in `nor_conv_3x3#1(x)+nor_conv_3x3#2(x)`.
pub(super) fn form(cell: &Cell201) -> String {
    let (plain, terms) = print(cell, &[0; EDGES]);
    let conv = |edge: usize| matches!(cell.ops[edge], Op201::Conv1x1 | Op201::Conv3x3);
    let dead = super::Cell::reachability(cell).dead_edges;
    let live: Vec<usize> = (0..EDGES).filter(|&edge| conv(edge) && !dead.contains(&edge)).collect();
    let same = |edge: usize| live.iter().filter(|&&other| terms[other] == terms[edge]).count();
    if live.iter().all(|&edge| same(edge) == 1) {
        return plain;
    }
    // Of all ways to number them, the form that comes first in the alphabet.
    let mut numberings = vec![[0; EDGES]];
    for &edge in live.iter().filter(|&&edge| same(edge) > 1) {
        numberings = numberings
            .iter()
            .flat_map(|numbers| (1..=same(edge)).map(|number| with(numbers, edge, number)))
            .filter(|numbers: &Numbers| {
                live.iter().all(|&other| {
                    other == edge || terms[other] != terms[edge] || numbers[other] != numbers[edge]
                })
            })
            .collect();
    }
    numberings.iter().map(|numbers| print(cell, numbers).0).min().unwrap_or(plain)
}

fn with(numbers: &Numbers, edge: usize, number: usize) -> Numbers {
    let mut numbers = *numbers;
    numbers[edge] = number;
    numbers
}

/// The form with these numbers, and the term of each edge.
fn print(cell: &Cell201, numbers: &Numbers) -> (String, [String; EDGES]) {
    let mut nodes: [Vec<String>; NODES] = Default::default();
    let mut terms: [String; EDGES] = Default::default();
    nodes[0].push("x".to_owned());
    for (edge, &(source, target)) in ENDS.iter().enumerate() {
        let (before, after) = nodes.split_at_mut(target);
        let from = &mut before[source];
        match cell.ops[edge] {
            _ if from.is_empty() => {}
            Op201::None => {}
            Op201::Skip => after[0].extend(from.iter().cloned()),
            op => {
                *from = sorted(std::mem::take(from));
                let number = match numbers[edge] {
                    0 => String::new(),
                    number => format!("#{number}"),
                };
                terms[edge] = format!("{}{number}({})", op.name(), from.join("+"));
                after[0].push(terms[edge].clone());
            }
        }
    }
    let output = sorted(std::mem::take(&mut nodes[NODES - 1]));
    (if output.is_empty() { "0".to_owned() } else { output.join("+") }, terms)
}

/// Indices of the cells of each canonical form, ascending.
pub(super) fn classes() -> &'static FxHashMap<String, Vec<usize>> {
    static CLASSES: OnceLock<FxHashMap<String, Vec<usize>>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let mut classes: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for index in 0..SIZE {
            if let Some(code) = index::code_at(index) {
                classes.entry(form(&Cell201::from_code(code))).or_default().push(index);
            }
        }
        classes
    })
}
