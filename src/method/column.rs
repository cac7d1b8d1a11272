//! What a column of figures is, whoever computed it.

use crate::stats::Better;
use serde::Serialize;

/// A column of figures: what a method computes of a cell, or a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Identifier, as in `--proxy`.
    pub id: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// Which way it points when cells are ranked by it.
    ///
    /// Only the average degree, ε and TG-NAS come with a direction from their authors (larger). For the others it is the
    /// direction in which they follow accuracy on NAS-Bench-201 (ρ with CIFAR-10 test accuracy: entropy .43, Gini −.59).
    pub better: Better,
    /// Its place among the method's columns.
    pub role: Role,
    /// Whether its values are whole numbers.
    pub whole: bool,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What the method is about: cells are ranked by it, lists begin with it.
    Main,
    /// Cells can be ranked by it too.
    Further,
    /// How large the thing is that is measured; cells can be ranked by it as well.
    Size,
    /// It goes with the main one and is no proxy, such as a standard deviation.
    Detail,
}

impl Column {
    /// A main column of which more is better.
    pub(super) const fn main(id: &'static str, label: &'static str) -> Self {
        Self { id, label, better: Better::Larger, role: Role::Main, whole: false }
    }

    /// The same in another role.
    pub(super) const fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The same of whole numbers.
    pub(super) const fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// The same, but less is better.
    pub(super) const fn smaller(self) -> Self {
        Self { better: Better::Smaller, ..self }
    }
}
