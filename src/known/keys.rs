//! Keys of the rows, for spaces whose cells have no index.

use super::{
    KnownError,
    cursor::{Cursor, put_text},
};

/// What names a row.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Keys {
    /// The row's number is the cell's index in the published order.
    #[default]
    Index,
    /// Bytes of one length, such as a hash.
    Bytes(Vec<Vec<u8>>),
    /// The text of the cell.
    Text(Vec<String>),
}

const INDEX: u8 = 0;
const BYTES: u8 = 1;
const TEXT: u8 = 2;

impl Keys {
    /// Number of keys; `None` for [`Keys::Index`].
    pub fn len(&self) -> Option<usize> {
        match self {
            Keys::Index => None,
            Keys::Bytes(keys) => Some(keys.len()),
            Keys::Text(keys) => Some(keys.len()),
        }
    }

    /// Whether there are keys and none at all; false for [`Keys::Index`].
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The key of a row as bytes.
    pub(super) fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Keys::Index => None,
            Keys::Bytes(keys) => keys.get(row).map(Vec::as_slice),
            Keys::Text(keys) => keys.get(row).map(String::as_bytes),
        }
    }

    pub(super) fn read(cursor: &mut Cursor, rows: usize) -> Result<Self, KnownError> {
        match cursor.u8()? {
            INDEX => Ok(Keys::Index),
            BYTES => {
                let width = usize::from(cursor.u16()?);
                if width == 0 {
                    return cursor.malformed("keys have no bytes");
                }
                let planes = (0..width).map(|_| cursor.take(rows)).collect::<Result<Vec<_>, _>>()?;
                Ok(Keys::Bytes(
                    (0..rows).map(|row| planes.iter().map(|plane| plane[row]).collect()).collect(),
                ))
            }
            TEXT => {
                (0..rows).map(|_| cursor.text().map(str::to_owned)).collect::<Result<_, _>>().map(Keys::Text)
            }
            _ => cursor.malformed("unknown kind of keys"),
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), KnownError> {
        let error = |what| Err(KnownError::Column { id: "key".to_owned(), what });
        match self {
            Keys::Index => out.push(INDEX),
            Keys::Bytes(keys) => {
                let width = keys.first().map_or(1, Vec::len);
                let Ok(stored) = u16::try_from(width) else { return error("longer than 65,535 bytes") };
                if width == 0 || keys.iter().any(|key| key.len() != width) {
                    return error("empty, or not all of one length");
                }
                out.push(BYTES);
                out.extend(stored.to_le_bytes());
                out.extend((0..width).flat_map(|byte| keys.iter().map(move |key| key[byte])));
            }
            Keys::Text(keys) => {
                out.push(TEXT);
                if !keys.iter().all(|key| put_text(out, key)) {
                    return error("longer than 65,535 bytes");
                }
            }
        }
        Ok(())
    }
}
