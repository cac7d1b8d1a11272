//! A cell as the key of a row in a table of known figures: its published hash, and its vertices and edges.

use super::{Cell101, MOST_VERTICES, Op101, hash, prune::Spec};
use crate::space::CellKey;

/// Leading bytes of the hash; no two of the 423,624 cells are expected to share them (chance 3 in 10,000).
const HASH_BYTES: usize = 6;
/// Bytes of a packed cell.
const PACKED_BYTES: usize = 5;
/// Bit at which the packed edges start, after the number of vertices.
const EDGES_AT: u32 = 3;
/// Bit at which the packed operations start, after the 21 places above the diagonal of seven vertices.
const OPS_AT: u32 = 24;

/// The key of a pruned cell.
pub(super) fn of(spec: &Spec) -> CellKey {
    CellKey { class: hash::digest(spec)[..HASH_BYTES].to_vec(), form: pack(spec).to_vec() }
}

/// The pruned cell of a key, or `None` if the packed cell is none; the hash is not computed again.
pub(super) fn read(key: &[u8]) -> Option<Cell101> {
    let packed: &[u8; PACKED_BYTES] = key.get(HASH_BYTES..)?.try_into().ok()?;
    let spec = unpack(packed)?;
    Cell101::new(spec).ok().filter(|cell| pack(&cell.pruned) == *packed)
}

/// Places above the diagonal, by target, then source.
fn places(vertices: usize) -> impl Iterator<Item = (usize, usize)> {
    (1..vertices).flat_map(|target| (0..target).map(move |source| (source, target)))
}

/// Vertices (3 bits), edges (a bit a place), operations (2 bits each), from the lowest bit, little-endian.
fn pack(spec: &Spec) -> [u8; PACKED_BYTES] {
    let mut bits = spec.vertices() as u64;
    for (place, (source, target)) in (EDGES_AT..).zip(places(spec.vertices())) {
        bits |= u64::from(spec.has(source, target)) << place;
    }
    for (place, &op) in (OPS_AT..).step_by(2).zip(&spec.ops) {
        bits |= (op as u64) << place;
    }
    std::array::from_fn(|byte| (bits >> (8 * byte)) as u8)
}

fn unpack(packed: &[u8; PACKED_BYTES]) -> Option<Spec> {
    let bits = packed.iter().rev().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let vertices = (bits & ((1 << EDGES_AT) - 1)) as usize;
    if !(2..=MOST_VERTICES).contains(&vertices) {
        return None;
    }
    let mut spec = Spec::empty(vertices);
    for (place, (source, target)) in (EDGES_AT..).zip(places(vertices)) {
        if bits >> place & 1 == 1 {
            spec.toggle(source, target);
        }
    }
    for (place, op) in (OPS_AT..).step_by(2).zip(&mut spec.ops) {
        *op = *Op101::ALL.get((bits >> place & 3) as usize)?;
    }
    Some(spec)
}
