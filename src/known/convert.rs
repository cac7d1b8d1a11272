//! From a source's CSV file to our tables. Part of the command-line program only.

use super::{
    ColumnInfo, Decimal, Keys, KnownError, NewColumn,
    sources::{SOURCES, Source, SourceColumn},
    write,
};
use crate::space::{self, ParseError, Space};
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
    /// A row is not the cell that belongs there in the published order, or does not have the cell's canonical form.
    #[error("line {line}: `{found}` where `{expected}` should be")]
    Differs {
        /// Line of the file.
        line: u64,
        /// What the line holds.
        found: String,
        /// What belongs there.
        expected: String,
    },
    /// A row names no cell that can be a key.
    #[error("line {line}: `{found}` names no cell of the space")]
    Name {
        /// Line of the file.
        line: u64,
        /// What the line holds.
        found: String,
    },
    /// A row's cell is not valid.
    #[error("line {line}: {source}")]
    Cell {
        /// Line of the file.
        line: u64,
        /// Why.
        source: ParseError,
    },
    /// The source has columns for a second table.
    #[error("the figures of `{0}` make two tables: name a file for the second one as well")]
    More(String),
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

/// Converts the figures of a space: columns needed from the start to `output`, the others, if the source has any, to
/// `more`.
///
/// # Arguments
/// * `input`: CSV with a header, plain or gzipped, one row a cell; in the published order where the space has one.
///
/// # Returns
/// The sizes in bytes of the files that were written.
///
/// # Errors
/// [`ConvertError`]; nothing is written unless all tables are complete.
pub fn convert(
    id: &str,
    input: &Path,
    output: &Path,
    more: Option<&Path>,
) -> Result<(usize, Option<usize>), ConvertError> {
    let (main_table, more_table) = tables(id, &read(input)?)?;
    let more = match (&more_table, more) {
        (Some(table), Some(path)) => Some((table, path)),
        (Some(_), None) => return Err(ConvertError::More(id.to_owned())),
        (None, _) => None,
    };
    let save = |path: &Path, bytes: &[u8]| {
        fs::write(path, bytes).map_err(|source| ConvertError::File { path: path.to_owned(), source })
    };
    save(output, &main_table)?;
    if let Some((table, path)) = more {
        save(path, table)?;
    }
    Ok((main_table.len(), more_table.map(|table| table.len())))
}

/// The one or two tables of a space as bytes, from the text of its CSV file; see [`convert`].
///
/// # Errors
/// [`ConvertError`], with the line and column of what is wrong.
pub fn tables(id: &str, csv: &[u8]) -> Result<(Vec<u8>, Option<Vec<u8>>), ConvertError> {
    let source = SOURCES.iter().find(|source| source.space == id);
    let source = source.ok_or_else(|| ConvertError::Space(id.to_owned()))?;
    let space = space::find(id).map_err(|_| ConvertError::Space(id.to_owned()))?;
    let mut reader = csv::ReaderBuilder::new().delimiter(source.separator).from_reader(csv);
    let header = reader.headers()?.clone();
    let mut rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    if let Some((name, value)) = source.only {
        let at = place(&header, name)?;
        rows.retain(|row| &row[at] == value);
    }
    let keys = match space.size() {
        Some(size) => {
            check_order(space, size, source, &header, &rows)?;
            Keys::Index
        }
        None => sort_by_key(space, source, &header, &mut rows)?,
    };
    let table = |columns: &[SourceColumn]| -> Result<Vec<u8>, ConvertError> {
        let columns = columns.iter().map(|c| column(c, &header, &rows)).collect::<Result<Vec<_>, _>>()?;
        Ok(write(id, rows.len(), &keys, &columns)?)
    };
    let more = if source.more.is_empty() { None } else { Some(table(source.more)?) };
    Ok((table(source.main)?, more))
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

fn differs(line: u64, found: &str, expected: String) -> ConvertError {
    ConvertError::Differs { line, found: found.chars().take(80).collect(), expected }
}

/// The text of each row's cell.
fn texts<'a>(
    source: &Source,
    header: &csv::StringRecord,
    rows: &'a [csv::StringRecord],
) -> Result<impl Iterator<Item = Result<String, ConvertError>> + 'a, ConvertError> {
    let name = &source.name;
    let places = name.columns.iter().map(|id| place(header, id)).collect::<Result<Vec<_>, _>>()?;
    let to_text = name.text;
    Ok(rows.iter().map(move |row| {
        let fields: Vec<&str> = places.iter().map(|&at| &row[at]).collect();
        let named =
            || ConvertError::Name { line: line(row), found: fields.concat().chars().take(80).collect() };
        to_text(&fields).ok_or_else(named)
    }))
}

/// Row i must be the cell with index i: then the table needs no keys.
fn check_order(
    space: &dyn Space,
    size: usize,
    source: &Source,
    header: &csv::StringRecord,
    rows: &[csv::StringRecord],
) -> Result<(), ConvertError> {
    let index = source.index.map(|(id, first)| place(header, id).map(|at| (at, first))).transpose()?;
    for ((row, text), i) in rows.iter().zip(texts(source, header, rows)?).zip(0..) {
        if let Some((at, first)) = index
            && row[at] != (first + i).to_string()
        {
            return Err(differs(line(row), &row[at], (first + i).to_string()));
        }
        let (found, expected) = (text?, space.at(i).map(|cell| cell.text()).unwrap_or_default());
        if found != expected {
            return Err(differs(line(row), &found, expected));
        }
    }
    if rows.len() == size { Ok(()) } else { Err(ConvertError::Rows { found: rows.len(), expected: size }) }
}

/// Brings the rows into the order of their cells' keys, and returns the keys.
fn sort_by_key(
    space: &dyn Space,
    source: &Source,
    header: &csv::StringRecord,
    rows: &mut Vec<csv::StringRecord>,
) -> Result<Keys, ConvertError> {
    let class = source.class.map(|id| place(header, id)).transpose()?;
    let mut keyed = Vec::with_capacity(rows.len());
    for (row, text) in rows.iter().zip(texts(source, header, rows)?) {
        let text = text?;
        let line = line(row);
        let cell = space.parse(&text).map_err(|source| ConvertError::Cell { line, source })?;
        if let Some(at) = class
            && row[at] != cell.canonical()
        {
            return Err(differs(line, &row[at], cell.canonical()));
        }
        let found = text.chars().take(80).collect();
        let key = cell.known_key().ok_or(ConvertError::Name { line, found })?;
        keyed.push(([key.class, key.form].concat(), row.clone()));
    }
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    let (keys, sorted) = keyed.into_iter().unzip();
    *rows = sorted;
    Ok(Keys::Bytes(keys))
}

fn column(
    column: &SourceColumn,
    header: &csv::StringRecord,
    rows: &[csv::StringRecord],
) -> Result<NewColumn, ConvertError> {
    let at = place(header, column.name)?;
    let value = |row: &csv::StringRecord| -> Result<Option<Decimal>, ConvertError> {
        if row[at].is_empty() {
            return Ok(None);
        }
        let value = Decimal::parse(&row[at]).map_err(|source| ConvertError::Value {
            line: line(row),
            column: column.name,
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
