//! From a source's CSV file to our tables. Part of the command-line program only.

use super::{
    ColumnInfo, Decimal, Keys, KnownError, NewColumn,
    sources::{SOURCES, SourceColumn},
    write,
};
use crate::space;
use flate2::read::GzDecoder;
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// Why a source was not converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// No source is described for the space.
    #[error("no figures are known for the space `{0}`")]
    Space(String),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not CSV.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// A column of the source is missing.
    #[error("the file has no column `{0}`")]
    Column(&'static str),
    /// The rows are not the cells of the space in the published order.
    #[error("line {line}: `{found}` where `{expected}` should be")]
    Order {
        /// Line of the file.
        line: u64,
        /// What the line holds.
        found: String,
        /// Text or index of the cell that belongs there.
        expected: String,
    },
    /// The file has too few rows.
    #[error("the file has {found} rows and should have {expected}")]
    Rows {
        /// Rows in the file.
        found: usize,
        /// Cells of the space.
        expected: usize,
    },
    /// A value is not a number that can be kept exactly.
    #[error("line {line}, column `{column}`: {source}")]
    Value {
        /// Line of the file.
        line: u64,
        /// Id of the column.
        column: &'static str,
        /// Why.
        source: KnownError,
    },
    /// The columns do not make a table.
    #[error("{0}")]
    Table(#[from] KnownError),
}

/// Converts the figures of a space: columns needed from the start to `output`, the others to `more`.
///
/// # Arguments
/// * `input`: CSV with a header, plain or gzipped, with the columns `index` and `arch`, one row a cell in the published
///   order.
///
/// # Returns
/// The sizes of the two files in bytes.
///
/// # Errors
/// [`ConvertError`]; nothing is written unless both tables are complete.
pub fn convert(id: &str, input: &Path, output: &Path, more: &Path) -> Result<(usize, usize), ConvertError> {
    let (main_table, more_table) = tables(id, &read(input)?)?;
    let save = |path: &Path, bytes: &[u8]| {
        fs::write(path, bytes).map_err(|source| ConvertError::File { path: path.to_owned(), source })
    };
    save(output, &main_table)?;
    save(more, &more_table)?;
    Ok((main_table.len(), more_table.len()))
}

/// The two tables of a space as bytes, from the text of its CSV file; see [`convert`].
///
/// # Errors
/// [`ConvertError`], with the line and column of what is wrong.
pub fn tables(id: &str, csv: &[u8]) -> Result<(Vec<u8>, Vec<u8>), ConvertError> {
    let source = SOURCES.iter().find(|source| source.space == id);
    let source = source.ok_or_else(|| ConvertError::Space(id.to_owned()))?;
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader.headers()?.clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    check_order(id, &header, &rows)?;
    let table = |columns: &[SourceColumn]| -> Result<Vec<u8>, ConvertError> {
        let columns = columns.iter().map(|c| column(c, &header, &rows)).collect::<Result<Vec<_>, _>>()?;
        Ok(write(id, rows.len(), &Keys::Index, &columns)?)
    };
    Ok((table(source.main)?, table(source.more)?))
}

/// The bytes of a file, unpacked if it is gzipped.
fn read(path: &Path) -> Result<Vec<u8>, ConvertError> {
    let error = |source| ConvertError::File { path: path.to_owned(), source };
    let bytes = fs::read(path).map_err(error)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).map_err(error)?;
    Ok(unpacked)
}

fn place(header: &csv::StringRecord, id: &'static str) -> Result<usize, ConvertError> {
    header.iter().position(|name| name == id).ok_or(ConvertError::Column(id))
}

fn line(row: &csv::StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

/// Row i must be the cell with index i: then the table needs no keys.
fn check_order(id: &str, header: &csv::StringRecord, rows: &[csv::StringRecord]) -> Result<(), ConvertError> {
    let space = space::find(id).map_err(|_| ConvertError::Space(id.to_owned()))?;
    let (index_at, arch_at) = (place(header, "index")?, place(header, "arch")?);
    for (index, row) in rows.iter().enumerate() {
        let cell = space.at(index).map(|cell| cell.text()).unwrap_or_default();
        for (at, expected) in [(index_at, index.to_string()), (arch_at, cell)] {
            if row[at] != expected {
                let found = row[at].chars().take(80).collect();
                return Err(ConvertError::Order { line: line(row), found, expected });
            }
        }
    }
    match space.size() {
        Some(expected) if expected != rows.len() => Err(ConvertError::Rows { found: rows.len(), expected }),
        _ => Ok(()),
    }
}

fn column(
    column: &SourceColumn,
    header: &csv::StringRecord,
    rows: &[csv::StringRecord],
) -> Result<NewColumn, ConvertError> {
    let at = place(header, column.id)?;
    let value = |row: &csv::StringRecord| -> Result<Option<Decimal>, ConvertError> {
        if row[at].is_empty() {
            return Ok(None);
        }
        let value = Decimal::parse(&row[at]).map_err(|source| ConvertError::Value {
            line: line(row),
            column: column.id,
            source,
        })?;
        Ok((column.missing != Some(value.value())).then_some(value))
    };
    let info = ColumnInfo {
        id: column.id.to_owned(),
        label: column.label.to_owned(),
        unit: column.unit.to_owned(),
        role: column.role,
        better: column.better,
        decimals: 0,
        defined: 0,
        source: column.source.to_owned(),
    };
    Ok(NewColumn { info, values: rows.iter().map(value).collect::<Result<_, _>>()? })
}
