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
    pub fn all() -> Vec<Self> {
        let mut proxies = Vec::new();
        for role in [Role::Main, Role::Further, Role::Size] {
            for &method in all() {
                for (place, column) in method.columns().iter().enumerate() {
                    if column.role == role {
                        proxies.push(Self { method, place });
                    }
                }
            }
        }
        proxies
    }

    /// The identifiers of all proxies.
    pub fn ids() -> Vec<&'static str> {
        Self::all().into_iter().map(Self::id).collect()
    }

    /// The proxy of an identifier, `-` or `_` alike; a method's name stands for its only main column.
    pub fn find(id: &str) -> Option<Self> {
        let mut by_method = None;
        for proxy in Self::all() {
            if same(proxy.id(), id) {
                return Some(proxy);
            }
            if proxy.column().role == Role::Main && same(proxy.method.id(), id) {
                let main = proxy.method.columns().iter().filter(|column| column.role == Role::Main).count();
                by_method = by_method.or(Some(proxy).filter(|_| main == 1));
            }
        }
        by_method
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
