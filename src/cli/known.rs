//! The tables of known figures that are part of the program.

use super::{error::CliError, options::Samples};
use cellscope::{
    known::{self, ColumnInfo, KnownTable, row_of},
    random::Random,
    space::{Cell, CountedSize, Space, SpaceError},
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

    /// The cells that ranks and correlations are about, a sample of them or all: those of the space where it can be
    /// counted, else those of the table.
    ///
    /// # Errors
    /// [`CliError`] if there are fewer than were asked for.
    pub fn cells(&self, samples: Samples, seed: u64) -> Result<Vec<Box<dyn Cell>>, CliError> {
        let table = match (self.space.size(), self.tables.first()) {
            (None, Some(table)) => table,
            _ => {
                let count = samples.count(self.space)?;
                return Ok(match (count, self.space.size()) {
                    (None, Some(size)) => (0..size).filter_map(|index| self.space.at(index)).collect(),
                    _ => self.space.sample(count.unwrap_or_default(), seed),
                });
            }
        };
        let mut cells: Vec<Option<Box<dyn Cell>>> =
            known::cells(self.space, table)?.into_iter().map(Some).collect();
        let count = match samples {
            Samples::All => return Ok(cells.into_iter().flatten().collect()),
            Samples::Count(count) => count,
        };
        SpaceError::check("--samples", count, 1..=cells.len())?;
        let drawn = Random::new(seed).distinct(cells.len() as u32, count);
        Ok(drawn.into_iter().filter_map(|row| cells[row as usize].take()).collect())
    }

    /// Whether the cost of the space's cells is computed here; else it is read from the table, where that has it.
    pub fn computes_cost(&self) -> bool {
        let cell = self.space.sample(1, 0).into_iter().next();
        cell.is_some_and(|cell| cell.counted(10, &CountedSize::default()).is_ok())
    }
}
