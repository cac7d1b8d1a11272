//! The tables of known figures that are part of the program.

use super::{error::CliError, options::Samples};
use cellscope::{
    known::{self, ColumnInfo, KnownTable, row_of},
    space::{Cell, Space},
};

/// The tables of a space.
fn tables_of(space: &dyn Space) -> &'static [&'static [u8]] {
    match space.id() {
        "nasbench201" => &[
            include_bytes!("../../www/data/nasbench201.known"),
            include_bytes!("../../www/data/nasbench201-more.known"),
        ],
        "nasbench101" => &[include_bytes!("../../www/data/nasbench101.known")],
        "transnas101-micro" => &[include_bytes!("../../www/data/transnas101-micro.known")],
        "transnas101-macro" => &[include_bytes!("../../www/data/transnas101-macro.known")],
        "nds-darts" => &[include_bytes!("../../www/data/nds-darts.known")],
        _ => &[],
    }
}

/// All figures that are known of a space's cells.
pub struct Known {
    space: &'static dyn Space,
    tables: Vec<KnownTable>,
}

impl Known {
    /// Reads the tables of a space.
    pub fn of(space: &'static dyn Space) -> Result<Self, CliError> {
        let tables = tables_of(space).iter().map(|bytes| KnownTable::read(bytes));
        Ok(Self { space, tables: tables.collect::<Result<_, _>>()? })
    }

    /// The columns of all tables.
    pub fn columns(&self) -> impl Iterator<Item = &ColumnInfo> {
        self.tables.iter().flat_map(|table| table.columns())
    }

    /// The figures of cells in one column; NaN where there is none.
    pub fn values(&self, id: &str, cells: &[Box<dyn Cell>]) -> Vec<f64> {
        let found = self.tables.iter().find_map(|table| Some((table, table.column(id)?)));
        let value = |cell: &dyn Cell| {
            let (table, column) = found?;
            column.get(row_of(self.space, table, cell)?).copied()
        };
        cells.iter().map(|cell| value(&**cell).unwrap_or(f64::NAN)).collect()
    }

    /// The space.
    pub fn space(&self) -> &'static dyn Space {
        self.space
    }

    /// The cells that ranks and correlations are about, a sample of them or all.
    ///
    /// # Errors
    /// [`CliError`] if there are fewer than were asked for.
    pub fn cells(&self, samples: Samples, seed: u64) -> Result<Vec<Box<dyn Cell>>, CliError> {
        Ok(known::compared_cells(self.space, self.tables.first(), samples.given(), seed, "--samples")?)
    }
}
