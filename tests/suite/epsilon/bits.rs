//! Bits of ε: the same natively and in WebAssembly, with SIMD or without.

use cellscope::{
    epsilon::{BatchError, BatchSource, Evaluator},
    space,
};
use std::fmt::Write;

/// Cells of every kind: paths of skips and pools, of convolutions, sums of both, undefined ones.
const INDICES: [usize; 10] = [0, 1, 2, 27, 108, 247, 933, 5000, 10_000, 15_624];

/// The bits of 20 scores, and checksums of the batches and of all outputs.
pub fn table() -> String {
    let space = space::find("nasbench201").unwrap();
    let mut table = String::from("batch,images_crc32,index,arch,epsilon_bits,raw_low_crc32,raw_high_crc32\n");
    for descriptor in ["leaves:0:64", "randn:0:33"] {
        let source: BatchSource = descriptor.parse().unwrap();
        let batch = source.load(|_| Err(BatchError::Count { found: 0 })).unwrap();
        let mut evaluator = Evaluator::new(&batch, space.epsilon_weights()).unwrap();
        for index in INDICES {
            let cell = space.at(index).unwrap();
            let outcome = evaluator.evaluate(&cell.full(1).unwrap()).unwrap();
            let epsilon = outcome.epsilon.map_or(String::new(), |e| format!("{:016x}", e.to_bits()));
            let (low, high) = (checksum(&outcome.raw_low), checksum(&outcome.raw_high));
            let images = checksum(batch.images());
            let arch = cell.text();
            writeln!(table, "{descriptor},{images:08x},{index},{arch},{epsilon},{low:08x},{high:08x}")
                .unwrap();
        }
    }
    table
}

fn checksum(values: &[f32]) -> u32 {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    crc32fast::hash(&bytes)
}
