//! The tables of known figures that are part of the program.

use super::error::CliError;
use cellscope::{
    known::{ColumnInfo, Keys, KnownTable},
    space::{Cell, Space},
};

/// The tables of a space.
fn tables_of(space: &dyn Space) -> &'static [&'static [u8]] {
    match space.id() {
        "nasbench201" => &[
            include_bytes!("../../www/data/nasbench201.known"),
            include_bytes!("../../www/data/nasbench201-more.known"),
        ],
        _ => &[],
    }
}

/// All figures that are known of a space's cells.
pub struct Known(Vec<KnownTable>);

impl Known {
    /// Reads the tables of a space.
    pub fn of(space: &dyn Space) -> Result<Self, CliError> {
        let tables = tables_of(space).iter().map(|bytes| KnownTable::read(bytes));
        Ok(Self(tables.collect::<Result<_, _>>()?))
    }

    /// The columns of all tables.
    pub fn columns(&self) -> impl Iterator<Item = &ColumnInfo> {
        self.0.iter().flat_map(|table| table.columns())
    }

    /// The figures of cells in one column; NaN where there is none.
    pub fn values(&self, id: &str, cells: &[Box<dyn Cell>]) -> Vec<f64> {
        let found = self.0.iter().find_map(|table| Some((table, table.column(id)?)));
        let value = |cell: &dyn Cell| {
            let (table, column) = found?;
            let row = match table.keys() {
                Keys::Index => cell.index(),
                Keys::Text(_) => table.find(cell.text().as_bytes()),
                // No space has keys of this kind yet.
                Keys::Bytes(_) => None,
            };
            column.get(row?).copied()
        };
        cells.iter().map(|cell| value(&**cell).unwrap_or(f64::NAN)).collect()
    }
}
