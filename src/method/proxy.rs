//! One column of one method: what cells are ranked and correlated by.

use super::{Column, Method, Role, all, same};
use crate::stats::Better;

/// A score by its name.
#[derive(Clone, Copy, Debug)]
pub struct Proxy {
    /// What computes it.
    pub method: &'static dyn Method,
    /// Its place among the method's columns.
    pub place: usize,
}

impl PartialEq for Proxy {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Proxy {}

impl Proxy {
    /// All proxies: first what each method is about, then what else it gives.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |role: Role| Self::columns().filter(move |proxy| proxy.column().role == role);
        of(Role::Main).chain(of(Role::Further)).chain(of(Role::Size))
    }

    fn columns() -> impl Iterator<Item = Self> {
        all().iter().flat_map(|&method| (0..method.columns().len()).map(move |place| Self { method, place }))
    }

    /// The identifiers of all proxies.
    pub fn ids() -> Vec<&'static str> {
        Self::all().map(Self::id).collect()
    }

    /// The proxy of an identifier, `-` or `_` alike; a method's name stands for its only main column.
    pub fn find(id: &str) -> Option<Self> {
        let alone = |proxy: &Self| {
            let main = |column: &&Column| column.role == Role::Main;
            proxy.column().role == Role::Main && proxy.method.columns().iter().filter(main).count() == 1
        };
        Self::all()
            .find(|proxy| same(proxy.id(), id))
            .or_else(|| Self::all().find(|proxy| alone(proxy) && same(proxy.method.id(), id)))
    }

    /// What the column is.
    pub fn column(self) -> &'static Column {
        &self.method.columns()[self.place]
    }

    /// Identifier, as in `--proxy`.
    pub fn id(self) -> &'static str {
        self.column().id
    }

    /// Name for people.
    pub fn label(self) -> &'static str {
        self.column().label
    }

    /// Which way it points when cells are ranked by it.
    pub fn better(self) -> Better {
        self.column().better
    }
}
