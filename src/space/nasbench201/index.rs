//! The published order of the cells, in which every table of NAS-Bench-201 is written.

use super::SIZE;
use std::sync::OnceLock;

/// Code of the cell at each index, little-endian; from the figures' own index column (see `NOTICE`).
static ORDER: &[u8; 2 * SIZE] = include_bytes!("order.bin");

/// Code of the cell at `index`.
pub(super) fn code_at(index: usize) -> Option<usize> {
    let bytes = ORDER.get(2 * index..2 * index + 2)?;
    Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

/// Index of the cell with a code below [`SIZE`].
pub(super) fn of_code(code: usize) -> usize {
    static INVERSE: OnceLock<Vec<u16>> = OnceLock::new();
    let inverse = INVERSE.get_or_init(|| {
        let mut inverse = vec![0; SIZE];
        for index in 0..SIZE {
            if let Some(code) = code_at(index) {
                inverse[code] = index as u16;
            }
        }
        inverse
    });
    usize::from(inverse[code])
}
