//! Reading and printing `V:ADJACENCY:op|op|…`, and reading the JSON form of `nasbench`.

use super::{Cell101, MOST_VERTICES, Op101, ParseError, prune::Spec};
use crate::space::error::quote;
use serde::Deserialize;

/// Longest text that is looked at, in bytes.
const LONGEST: usize = 4000;

/// Prints a cell, dead vertices included.
pub(super) fn print(spec: &Spec) -> String {
    let n = spec.vertices();
    let bits = (0..n * n).map(|at| if spec.has(at / n, at % n) { '1' } else { '0' });
    let interior = spec.ops.iter().map(|op| op.name());
    let ops: Vec<&str> = std::iter::once("input").chain(interior).chain(["output"]).collect();
    format!("{n}:{}:{}", bits.collect::<String>(), ops.join("|"))
}

/// Reads a cell; white space around it is skipped.
pub(super) fn parse(whole: &str) -> Result<Cell101, ParseError> {
    if whole.len() > LONGEST {
        let count = whole.chars().count();
        let message = format!("the text has {count} characters; at most {LONGEST} are read");
        return Err(ParseError::at(whole, 0, whole.len(), message));
    }
    let start = whole.len() - whole.trim_start().len();
    let text = whole.trim();
    let error = |from: usize, length: usize, message: String| {
        Err(ParseError::at(whole, start + from, start + from + length, message))
    };
    if text.starts_with('{') {
        return json(text).or_else(|message| error(0, text.len(), message));
    }
    let Some(first) = text.find(':') else {
        return error(0, text.len(), "expected `V:ADJACENCY:op|op|…`, found no `:`".to_owned());
    };
    let digits = Some(&text[..first]).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let vertices = digits.and_then(|digits| digits.parse::<usize>().ok());
    let Some(vertices) = vertices.filter(|n| (2..=MOST_VERTICES).contains(n)) else {
        let found = quote(&text[..first]);
        return error(
            0,
            first,
            format!("the number of vertices must be 2 to {MOST_VERTICES}, not `{found}`"),
        );
    };
    let bits_at = first + 1;
    let Some(bits) = text[bits_at..].find(':').map(|length| &text[bits_at..bits_at + length]) else {
        return error(bits_at, text.len() - bits_at, "no `:` after the adjacency matrix".to_owned());
    };
    if let Some((at, found)) = bits.char_indices().find(|(_, bit)| !matches!(bit, '0' | '1')) {
        let message = format!("the adjacency matrix has 0 and 1 only, not `{}`", found.escape_debug());
        return error(bits_at + at, found.len_utf8(), message);
    }
    if bits.len() != vertices * vertices {
        let wanted = vertices * vertices;
        let message = format!("{vertices} vertices need {wanted} bits, found {}", bits.len());
        return error(bits_at, bits.len(), message);
    }
    let mut spec = Spec::empty(vertices);
    for (at, _) in bits.bytes().enumerate().filter(|(_, bit)| *bit == b'1') {
        let (source, target) = (at / vertices, at % vertices);
        if source >= target {
            let message =
                format!("an edge from vertex {source} to {target}: edges must lead to a later vertex");
            return error(bits_at + at, 1, message);
        }
        spec.toggle(source, target);
    }
    let ops_at = bits_at + bits.len() + 1;
    let mut at = ops_at;
    let mut count = 0;
    for name in text[ops_at..].split('|') {
        if let Err(message) = put(&mut spec, count, name) {
            return error(at, name.len(), message);
        }
        at += name.len() + 1;
        count += 1;
    }
    if count != vertices {
        let message = format!("{vertices} vertices need {vertices} operations, found {count}");
        return error(ops_at, text.len() - ops_at, message);
    }
    Cell101::new(spec).or_else(|message| error(bits_at, bits.len(), message))
}

/// Sets the operation of a vertex.
fn put(spec: &mut Spec, vertex: usize, name: &str) -> Result<(), String> {
    let last = spec.vertices() - 1;
    let fixed = |wanted: &str| {
        if name == wanted {
            Ok(())
        } else {
            Err(format!("vertex {vertex} must be `{wanted}`, not `{}`", quote(name)))
        }
    };
    match vertex {
        0 => fixed("input"),
        _ if vertex == last => fixed("output"),
        _ if vertex > last => Ok(()),
        _ => {
            let known = Op101::ALL.into_iter().find(|op| op.name() == name);
            spec.ops[vertex - 1] = known.ok_or_else(|| {
                format!("no operation is called `{}`; known: {}", quote(name), Op101::NAMES.join(", "))
            })?;
            Ok(())
        }
    }
}

/// The members in which `nasbench` keeps a cell, by either of its two names.
#[derive(Deserialize)]
struct Json {
    #[serde(alias = "matrix", alias = "original_matrix")]
    module_adjacency: Vec<Vec<u8>>,
    #[serde(alias = "ops", alias = "original_ops")]
    module_operations: Vec<String>,
}

fn json(text: &str) -> Result<Cell101, String> {
    let read: Json = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        format!("not a cell in JSON: {}", quote(reason))
    })?;
    let n = read.module_operations.len();
    if !(2..=MOST_VERTICES).contains(&n) {
        return Err(format!("the number of vertices must be 2 to {MOST_VERTICES}, not {n}"));
    }
    if read.module_adjacency.len() != n || read.module_adjacency.iter().any(|row| row.len() != n) {
        return Err(format!("the adjacency matrix must be {n} × {n}, as there are {n} operations"));
    }
    let mut spec = Spec::empty(n);
    for (source, row) in read.module_adjacency.iter().enumerate() {
        for (target, &bit) in row.iter().enumerate().filter(|(_, bit)| **bit != 0) {
            if bit != 1 {
                return Err(format!("the adjacency matrix has 0 and 1 only, not {bit}"));
            }
            if source >= target {
                return Err(format!(
                    "an edge from vertex {source} to {target}: edges must lead to a later vertex"
                ));
            }
            spec.toggle(source, target);
        }
    }
    for (vertex, name) in read.module_operations.iter().enumerate() {
        put(&mut spec, vertex, name)?;
    }
    Cell101::new(spec)
}
