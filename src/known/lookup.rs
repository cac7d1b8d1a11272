//! From cells to rows and back, whatever names the rows.

use super::{Keys, KnownError, KnownTable};
use crate::space::{Cell, Space};

/// The row of a cell, or of one with the same canonical form where rows have keys of bytes; `None` if the table has none
/// or is of another space.
pub fn row_of(space: &dyn Space, table: &KnownTable, cell: &dyn Cell) -> Option<usize> {
    if table.space() != space.id() {
        return None;
    }
    match table.keys() {
        Keys::Index => cell.index().filter(|&index| index < table.rows()),
        Keys::Bytes(_) => table.find_prefix(&cell.known_key()?.class),
        Keys::Text(_) => table.find(cell.text().as_bytes()),
    }
}

/// The cells of all rows, in the order of the rows: that of the indices, or of the keys.
///
/// # Errors
/// [`KnownError::Key`] if a row names no cell of the space, as in a table of another one.
pub fn cells(space: &dyn Space, table: &KnownTable) -> Result<Vec<Box<dyn Cell>>, KnownError> {
    let cell = |row: usize| match table.keys() {
        _ if table.space() != space.id() => None,
        Keys::Index => space.at(row),
        Keys::Bytes(keys) => space.cell_of_key(keys.get(row)?),
        Keys::Text(keys) => space.parse(keys.get(row)?).ok(),
    };
    let named = |row| cell(row).ok_or_else(|| KnownError::Key { row, space: space.id().to_owned() });
    (0..table.rows()).map(named).collect()
}
