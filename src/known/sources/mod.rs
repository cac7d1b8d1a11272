//! Which rows and columns of which source become tables: names, labels, units, origin.

mod nasbench101;
mod nasbench201;
mod nds;
mod transnas101;

use super::Role;
use crate::stats::Better;

/// A column of a source file.
pub(super) struct SourceColumn {
    /// What the source calls it; mostly the id.
    pub(super) name: &'static str,
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) unit: &'static str,
    pub(super) role: Role,
    pub(super) better: Option<Better>,
    pub(super) source: &'static str,
    /// A number by which the source says that there is none.
    pub(super) missing: Option<f64>,
}

/// How a source names a cell.
pub(super) struct Name {
    pub(super) columns: &'static [&'static str],
    /// From the fields of these columns to the text that the space reads; `None` if they are malformed.
    pub(super) text: fn(&[&str]) -> Option<String>,
}

/// A space's source: where its cells stand, the columns that the page needs from the start, and those that only the
/// laboratory needs.
pub(super) struct Source {
    pub(super) space: &'static str,
    pub(super) separator: u8,
    /// In a file with several spaces: the column that tells them apart, and its value for this one.
    pub(super) only: Option<(&'static str, &'static str)>,
    pub(super) name: Name,
    /// A column with the index of the row's cell, and its first value.
    pub(super) index: Option<(&'static str, usize)>,
    /// A column with the canonical form of the row's cell.
    pub(super) class: Option<&'static str>,
    pub(super) main: &'static [SourceColumn],
    /// Empty if there is no second table.
    pub(super) more: &'static [SourceColumn],
}

/// All sources.
pub(super) const SOURCES: &[Source] =
    &[nasbench201::SOURCE, nasbench101::SOURCE, transnas101::MICRO, transnas101::MACRO, nds::DARTS];

const fn column(
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    role: Role,
    better: Option<Better>,
    source: &'static str,
) -> SourceColumn {
    SourceColumn { name: id, id, label, unit, role, better, source, missing: None }
}

const fn accuracy(id: &'static str, label: &'static str, source: &'static str) -> SourceColumn {
    column(id, label, "%", Role::Accuracy, Some(Better::Larger), source)
}

const fn score(id: &'static str, label: &'static str, source: &'static str) -> SourceColumn {
    column(id, label, "", Role::Score, Some(Better::Larger), source)
}
