//! Known figures of a space's cells: a compact binary table, loaded on demand.
//!
//! One file holds columns of decimal numbers, exactly as their sources print them, blanks included. Layout (integers are
//! little-endian, texts are UTF-8 after a u16 length):
//!
//! | field | type |
//! |---|---|
//! | magic | `CELLKNOW` |
//! | format version | u16 = 1 |
//! | length of the whole file | u32 |
//! | space id | text |
//! | rows | u32 |
//! | keys | u8: 0 = none, row = index; 1 = bytes: u16 length, then byte planes: the first of all, …; 2 = texts |
//! | columns | u16 |
//! | for each column: id, label, unit, source | texts |
//! | role, direction, decimals | u8 each |
//! | rows with a value | bitmap, lowest bit first |
//! | encoding | u8: 1 = dictionary, 2 = decimals |
//! | dictionary | u32 entries, u8 exponent, zigzag varint steps; u8 width, indices in byte planes |
//! | decimals | u8 width, zigzag mantissas in byte planes; exponents, u8 each |
//! | CRC-32 of all before | u32 |

mod column;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod convert;
mod cursor;
mod decimal;
mod error;
mod keys;
mod lookup;
mod ranking;
mod slicing;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod sources;
mod table;
mod values;

pub use column::{ColumnInfo, NewColumn, Role};
pub use decimal::Decimal;
pub use error::KnownError;
pub use keys::Keys;
pub use lookup::{cells, row_of};
pub use ranking::{DrawError, MOST_DRAWN, compared_cells, rank_at, seat};
pub use slicing::Slicing;
pub use table::{KnownTable, write};
