//! A table as a whole: reading, asking, writing.

use super::{ColumnInfo, Keys, KnownError, NewColumn, column, cursor::Cursor, cursor::put_text, values};
use crate::checksum::CRC_32;

const MAGIC: &[u8; 8] = b"CELLKNOW";
const VERSION: u16 = 1;

/// Where the length stands: after magic and version.
const LENGTH_AT: usize = 10;
const CHECKSUM_BYTES: usize = 4;

/// Known figures of the cells of one space.
#[derive(Clone, Debug)]
pub struct KnownTable {
    space: String,
    rows: usize,
    keys: Keys,
    /// Rows in the order of their keys.
    by_key: Vec<usize>,
    columns: Vec<ColumnInfo>,
    values: Vec<Vec<f64>>,
}

impl KnownTable {
    /// Reads a table and checks its length and checksum.
    ///
    /// # Errors
    /// [`KnownError`] for anything that [`write`] does not produce; never panics.
    pub fn read(bytes: &[u8]) -> Result<Self, KnownError> {
        if !bytes.starts_with(MAGIC) {
            return Err(KnownError::Magic);
        }
        let mut cursor = Cursor::new(bytes, MAGIC.len());
        let version = cursor.u16()?;
        if version != VERSION {
            return Err(KnownError::Version { found: version, expected: VERSION });
        }
        let length = cursor.length()?;
        if length != bytes.len() {
            return Err(KnownError::Length { expected: length, found: bytes.len() });
        }
        let Some((content, checksum)) = bytes.split_last_chunk::<CHECKSUM_BYTES>() else {
            return cursor.malformed("there is no checksum");
        };
        let (expected, found) = (u32::from_le_bytes(*checksum), CRC_32.checksum(content));
        if expected != found {
            return Err(KnownError::Checksum { expected, found });
        }
        Self::read_content(Cursor::new(content, LENGTH_AT + 4))
    }

    fn read_content(mut cursor: Cursor) -> Result<Self, KnownError> {
        let space = cursor.text()?.to_owned();
        let rows = cursor.length()?;
        let keys = Keys::read(&mut cursor, rows)?;
        let mut by_key: Vec<usize> = (0..keys.len().unwrap_or(0)).collect();
        by_key.sort_by_key(|&row| keys.get(row));
        if by_key.windows(2).any(|pair| keys.get(pair[0]) == keys.get(pair[1])) {
            return cursor.malformed("two rows have the same key");
        }
        let mut columns: Vec<ColumnInfo> = Vec::new();
        let mut all_values = Vec::new();
        for _ in 0..cursor.u16()? {
            let mut info = column::read(&mut cursor)?;
            if columns.iter().any(|other| other.id == info.id) {
                return cursor.malformed("two columns have the same id");
            }
            let values = values::read(&mut cursor, rows)?;
            info.defined = values.iter().filter(|value| !value.is_nan()).count();
            columns.push(info);
            all_values.push(values);
        }
        if !cursor.is_at_end() {
            return cursor.malformed("there are bytes after the last column");
        }
        Ok(Self { space, rows, keys, by_key, columns, values: all_values })
    }

    /// Id of the space, e.g. `nasbench201`.
    pub fn space(&self) -> &str {
        &self.space
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Descriptions of the columns.
    pub fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    /// The values of a column, one a row; NaN where there is no figure.
    pub fn column(&self, id: &str) -> Option<&[f64]> {
        let place = self.columns.iter().position(|column| column.id == id)?;
        self.values.get(place).map(Vec::as_slice)
    }

    /// The figures of a row with their columns; NaN where there is none.
    pub fn row(&self, row: usize) -> Option<impl Iterator<Item = (&ColumnInfo, f64)>> {
        let cells = self.columns.iter().zip(&self.values).map(move |(column, values)| (column, values[row]));
        (row < self.rows).then_some(cells)
    }

    /// What names the rows.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The row whose key begins with `prefix` (the first in the order of keys), in O(log rows); `None` in tables without
    /// keys.
    pub fn find_prefix(&self, prefix: &[u8]) -> Option<usize> {
        let key = |row: usize| self.keys.get(row).unwrap_or_default();
        let &row = self.by_key.get(self.by_key.partition_point(|&row| key(row) < prefix))?;
        key(row).starts_with(prefix).then_some(row)
    }

    /// The row with a key, in O(log rows); `None` in tables without keys.
    pub fn find(&self, key: &[u8]) -> Option<usize> {
        let found = self.by_key.binary_search_by(|&row| self.keys.get(row).cmp(&Some(key))).ok()?;
        self.by_key.get(found).copied()
    }
}

/// Writes a table that [`KnownTable::read`] reads back to the same numbers.
///
/// # Errors
/// [`KnownError::Column`] if columns or keys have not `rows` entries, ids or keys occur twice, or something is too long.
pub fn write(space: &str, rows: usize, keys: &Keys, columns: &[NewColumn]) -> Result<Vec<u8>, KnownError> {
    let error = |id: &str, what| Err(KnownError::Column { id: id.to_owned(), what });
    let (Ok(stored_rows), Ok(stored_columns)) = (u32::try_from(rows), u16::try_from(columns.len())) else {
        return error(space, "too many rows or columns");
    };
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend([0; 4]);
    if !put_text(&mut out, space) {
        return error(space, "the name is longer than 65,535 bytes");
    }
    out.extend(stored_rows.to_le_bytes());
    if keys.len().is_some_and(|count| count != rows) {
        return error("key", "not as many as there are rows");
    }
    keys.write(&mut out)?;
    out.extend(stored_columns.to_le_bytes());
    for column in columns {
        if column.values.len() != rows {
            return error(&column.info.id, "not as many values as there are rows");
        }
        column::write(&mut out, column)?;
        values::write(&mut out, &column.values);
    }
    let Ok(length) = u32::try_from(out.len() + CHECKSUM_BYTES) else {
        return error(space, "the table is larger than 4 GiB");
    };
    out[LENGTH_AT..LENGTH_AT + 4].copy_from_slice(&length.to_le_bytes());
    out.extend(CRC_32.checksum(&out).to_le_bytes());
    // Equal keys and ids are refused in one place: by the reader.
    KnownTable::read(&out)?;
    Ok(out)
}
