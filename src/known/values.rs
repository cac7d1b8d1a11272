//! The values of one column.
//!
//! A bitmap says which rows have one. Columns with many repeated values (accuracies come in steps of one image) are a
//! sorted dictionary and an index a row; the others a mantissa and an exponent a row. Integers lie in byte planes, which
//! a web server's gzip packs well: the high bytes are nearly constant.

use super::{
    Decimal, KnownError,
    cursor::{Cursor, put_planes, put_varint, unzigzag, zigzag},
};

const DICTIONARY: u8 = 1;
const DECIMALS: u8 = 2;

/// Reads a column of `rows` values; NaN where there is none.
pub(super) fn read(cursor: &mut Cursor, rows: usize) -> Result<Vec<f64>, KnownError> {
    let present = cursor.take(rows.div_ceil(8))?;
    let is_present = |row: usize| present[row / 8] >> (row % 8) & 1 == 1;
    let count = (0..rows).filter(|&row| is_present(row)).count();
    let values = match cursor.u8()? {
        DICTIONARY => read_dictionary(cursor, count)?,
        DECIMALS => read_decimals(cursor, count)?,
        _ => return cursor.malformed("a column has an unknown encoding"),
    };
    let mut values = values.into_iter();
    Ok((0..rows)
        .map(|row| if is_present(row) { values.next().unwrap_or(f64::NAN) } else { f64::NAN })
        .collect())
}

fn read_dictionary(cursor: &mut Cursor, count: usize) -> Result<Vec<f64>, KnownError> {
    let entries = cursor.length()?;
    let exponent = cursor.u8()?;
    let mut dictionary = Vec::new();
    let mut mantissa = 0_i64;
    for _ in 0..entries {
        let step = unzigzag(cursor.varint()?);
        mantissa = match mantissa.checked_add(step) {
            Some(sum) => sum,
            None => return cursor.malformed("a value of a dictionary is too large"),
        };
        dictionary.push(value(cursor, mantissa, exponent)?);
    }
    let width = cursor.u8()?;
    let indices = cursor.planes(count, width)?;
    let lookup = |&index: &u64| usize::try_from(index).ok().and_then(|index| dictionary.get(index)).copied();
    match indices.iter().map(lookup).collect() {
        Some(values) => Ok(values),
        None => cursor.malformed("a value is not in the dictionary of its column"),
    }
}

fn read_decimals(cursor: &mut Cursor, count: usize) -> Result<Vec<f64>, KnownError> {
    let width = cursor.u8()?;
    let mantissas = cursor.planes(count, width)?;
    let exponents = cursor.take(count)?;
    mantissas.iter().zip(exponents).map(|(&m, &e)| value(cursor, unzigzag(m), e)).collect()
}

fn value(cursor: &Cursor, mantissa: i64, exponent: u8) -> Result<f64, KnownError> {
    match Decimal::new(mantissa, exponent) {
        Some(decimal) => Ok(decimal.value()),
        None => cursor.malformed("a number has too many digits"),
    }
}

/// Appends a column, in the encoding that should pack better.
pub(super) fn write(out: &mut Vec<u8>, values: &[Option<Decimal>]) {
    let mut present = vec![0_u8; values.len().div_ceil(8)];
    for (row, _) in values.iter().enumerate().filter(|(_, value)| value.is_some()) {
        present[row / 8] |= 1 << (row % 8);
    }
    out.extend(present);
    let values: Vec<Decimal> = values.iter().flatten().copied().collect();
    match dictionary(&values) {
        Some((exponent, mantissas, entries)) => {
            out.push(DICTIONARY);
            // As many entries as values at most, whose number was checked against u32.
            out.extend((entries.len() as u32).to_le_bytes());
            out.push(exponent);
            let mut previous = 0;
            for &entry in &entries {
                put_varint(out, zigzag(entry - previous));
                previous = entry;
            }
            let place = |m: &i64| entries.partition_point(|entry| entry < m) as u64;
            put_planes(out, &mantissas.iter().map(place).collect::<Vec<_>>());
        }
        None => {
            out.push(DECIMALS);
            put_planes(out, &values.iter().map(|v| zigzag(v.mantissa())).collect::<Vec<_>>());
            out.extend(values.iter().map(|v| v.exponent()));
        }
    }
}

/// The values with a common exponent, and the distinct ones in order; `None` if more than four in five are distinct or
/// no common exponent holds all.
fn dictionary(values: &[Decimal]) -> Option<(u8, Vec<i64>, Vec<i64>)> {
    let exponent = values.iter().map(|v| v.exponent()).max().unwrap_or(0);
    let mantissas: Vec<i64> = values.iter().map(|v| v.mantissa_at(exponent)).collect::<Option<_>>()?;
    let mut entries = mantissas.clone();
    entries.sort_unstable();
    entries.dedup();
    (entries.len() * 5 <= values.len() * 4).then_some((exponent, mantissas, entries))
}
