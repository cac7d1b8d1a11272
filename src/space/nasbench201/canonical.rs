//! When two cells compute the same function.
//!
//! Rule: a `none`, and every edge that lies on no path from input to output, is dropped; a skip stands for the
//! terms of its source; the terms of a sum have no order. A term that occurs twice counts twice. Nothing else is
//! used (that pooling is linear, for instance, is not).

use super::{Cell201, ENDS, NODES, Op201, SIZE, index};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The canonical form: a sum of terms such as `nor_conv_3x3(x+avg_pool_3x3(x))`, with `x` the input; `0` if cut off.
pub(super) fn form(cell: &Cell201) -> String {
    let mut terms: [Vec<String>; NODES] = Default::default();
    terms[0].push("x".to_owned());
    for (edge, &(source, target)) in ENDS.iter().enumerate() {
        let (before, after) = terms.split_at_mut(target);
        let from = &mut before[source];
        match cell.ops[edge] {
            _ if from.is_empty() => {}
            Op201::None => {}
            Op201::Skip => after[0].extend(from.iter().cloned()),
            op => {
                from.sort_unstable();
                after[0].push(format!("{}({})", op.name(), from.join("+")));
            }
        }
    }
    let output = &mut terms[NODES - 1];
    output.sort_unstable();
    if output.is_empty() { "0".to_owned() } else { output.join("+") }
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
