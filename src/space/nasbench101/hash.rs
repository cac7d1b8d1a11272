//! The published hash of a cell: MD5 over repeatedly hashed neighbourhoods, equal for isomorphic cells.
//!
//! Source: `hash_module` in `nasbench/lib/graph_util.py` (labels −1 for the input, −2 for the output, else the number
//! of the operation).

use super::prune::Spec;
use crate::few::sorted;
use md5::{Digest, Md5};
use std::fmt::Write;

/// The hash of a pruned cell, 32 hexadecimal digits.
pub(super) fn of(spec: &Spec) -> String {
    hex(&digest(spec))
}

/// The hash of a pruned cell.
pub(super) fn digest(spec: &Spec) -> [u8; 16] {
    let n = spec.vertices();
    let sources = |target: usize| (0..n).filter(move |&source| spec.has(source, target));
    let targets = |source: usize| (0..n).filter(move |&target| spec.has(source, target));
    let mut hashes: Vec<String> = (0..n)
        .map(|vertex| {
            let label = match vertex {
                0 => -1,
                _ if vertex == n - 1 => -2,
                _ => spec.ops[vertex - 1] as i32,
            };
            hex(&md5(&format!("({}, {}, {label})", targets(vertex).count(), sources(vertex).count())))
        })
        .collect();
    for _ in 0..n {
        let join = |vertices: &mut dyn Iterator<Item = usize>| {
            sorted(vertices.map(|vertex| hashes[vertex].as_str()).collect()).concat()
        };
        hashes = (0..n)
            .map(|vertex| {
                let before = join(&mut sources(vertex));
                let after = join(&mut targets(vertex));
                hex(&md5(&format!("{before}|{after}|{}", hashes[vertex])))
            })
            .collect();
    }
    md5(&format!("['{}']", sorted(hashes).join("', '")))
}

fn md5(text: &str) -> [u8; 16] {
    Md5::digest(text.as_bytes()).into()
}

fn hex(digest: &[u8; 16]) -> String {
    digest.iter().fold(String::with_capacity(32), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
