//! What a column of a table holds.

use super::{
    Decimal, KnownError,
    cursor::{Cursor, put_text},
};
use crate::stats::Better;
use serde::{Serialize, Serializer};

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Of the trained network, or of a surrogate of its training where the label says so: what proxies are judged by.
    Accuracy,
    /// Parameters, FLOPs.
    Cost,
    /// Measured on a device.
    Latency,
    /// A training-free score that others computed.
    Score,
    /// Accuracy as a trained predictor gives it.
    Prediction,
}

const ROLES: [Role; 5] = [Role::Accuracy, Role::Cost, Role::Latency, Role::Score, Role::Prediction];
const BETTER: [Option<Better>; 3] = [None, Some(Better::Larger), Some(Better::Smaller)];

/// Description of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ColumnInfo {
    /// Name in the source, e.g. `cifar10valid_val_acc`.
    pub id: String,
    /// What it is, setting and data set included.
    pub label: String,
    /// `%`, `fraction` (of 1), `ms`, `s`, `M` (millions), or empty.
    pub unit: String,
    /// What it is for.
    pub role: Role,
    /// Which end is good; `None` where that depends on the question.
    #[serde(serialize_with = "better_or_none")]
    pub better: Option<Better>,
    /// Most digits after the point among the values, as the source prints them.
    pub decimals: u8,
    /// Rows that have a value.
    pub defined: usize,
    /// Where the figures come from and under which licence.
    pub source: String,
}

fn better_or_none<S: Serializer>(better: &Option<Better>, serializer: S) -> Result<S::Ok, S::Error> {
    match better {
        Some(better) => better.serialize(serializer),
        None => serializer.serialize_str("none"),
    }
}

/// A column to be written.
#[derive(Clone, Debug)]
pub struct NewColumn {
    /// Its description; `decimals` and `defined` are counted from the values.
    pub info: ColumnInfo,
    /// A value a row, or none.
    pub values: Vec<Option<Decimal>>,
}

/// Reads a description; `defined` is left to be counted.
pub(super) fn read(cursor: &mut Cursor) -> Result<ColumnInfo, KnownError> {
    let [id, label, unit, source] = [cursor.text()?, cursor.text()?, cursor.text()?, cursor.text()?];
    let Some(&role) = ROLES.get(usize::from(cursor.u8()?)) else {
        return cursor.malformed("a column has an unknown role");
    };
    let Some(&better) = BETTER.get(usize::from(cursor.u8()?)) else {
        return cursor.malformed("a column has an unknown direction");
    };
    let decimals = cursor.u8()?;
    if decimals > Decimal::MAX_EXPONENT {
        return cursor.malformed("a column has too many decimals");
    }
    Ok(ColumnInfo {
        id: id.to_owned(),
        label: label.to_owned(),
        unit: unit.to_owned(),
        role,
        better,
        decimals,
        defined: 0,
        source: source.to_owned(),
    })
}

pub(super) fn write(out: &mut Vec<u8>, column: &NewColumn) -> Result<(), KnownError> {
    let info = &column.info;
    for text in [&info.id, &info.label, &info.unit, &info.source] {
        if !put_text(out, text) {
            return Err(KnownError::Column {
                id: info.id.clone(),
                what: "a text is longer than 65,535 bytes",
            });
        }
    }
    out.push(ROLES.iter().position(|&role| role == info.role).unwrap_or_default() as u8);
    out.push(BETTER.iter().position(|&better| better == info.better).unwrap_or_default() as u8);
    out.push(column.values.iter().flatten().map(|value| value.exponent()).max().unwrap_or(0));
    Ok(())
}
