//! Proxies and targets by name.

use super::{error::CliError, known::Known};
use cellscope::{known::Role, method::Proxy, stats::Better};

/// A column of scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name as it was given.
    pub name: String,
    /// Where its values come from.
    pub source: Source,
    /// Which end is good.
    pub better: Better,
}

/// Where values come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// They are computed.
    Computed(Proxy),
    /// They are read from the column of that name.
    Tabulated,
}

/// The proxies of some names.
///
/// # Errors
/// [`CliError::Usage`] that lists the known names.
pub fn proxies(names: &[String], known: &Known) -> Result<Vec<Column>, CliError> {
    let column = |name: &String| {
        // Where both are to be had, what is computed covers cells that the table does not have.
        let covered = |proxy: &Proxy| proxy.method.covers(known.space()).is_ok();
        let computed = Proxy::find(name).filter(covered);
        let computed = computed.map(|proxy| (Source::Computed(proxy), proxy.better()));
        // Without a direction (parameters, FLOPs) more is taken to be better, as for those that are computed.
        let tabulated = known.columns().find(|column| column.id == *name);
        let tabulated = tabulated.map(|c| (Source::Tabulated, c.better.unwrap_or(Better::Larger)));
        let (source, better) = computed.or(tabulated).ok_or_else(|| {
            let mut all: Vec<&str> = vec!["nasgraph"];
            all.extend(Proxy::ids());
            all.extend(known.columns().map(|column| column.id.as_str()));
            unknown("proxy", name, &all)
        })?;
        Ok(Column { name: name.clone(), source, better })
    };
    names.iter().map(column).collect()
}

/// The target of a name: an accuracy that is known.
///
/// # Errors
/// [`CliError::Usage`] that lists the known names.
pub fn target(name: &str, known: &Known) -> Result<Column, CliError> {
    let accuracies: Vec<_> = known.columns().filter(|column| column.role == Role::Accuracy).collect();
    match accuracies.iter().find(|column| column.id == name) {
        Some(column) => Ok(Column {
            name: name.to_owned(),
            source: Source::Tabulated,
            better: column.better.unwrap_or(Better::Larger),
        }),
        None => {
            let all: Vec<&str> = accuracies.iter().map(|column| column.id.as_str()).collect();
            if all.is_empty() {
                return Err(CliError::Usage("no accuracies are known for this space".to_owned()));
            }
            Err(unknown("target", name, &all))
        }
    }
}

/// The target of a search that names none: the validation accuracy of the CIFAR-10 setting that is held to search by
/// (trained on half the data), in other spaces the first accuracy of the table.
///
/// # Errors
/// [`CliError::Usage`] if no accuracies are known.
pub fn default_target(known: &Known) -> Result<Column, CliError> {
    const USUAL: &str = "cifar10valid_val_acc";
    let mut accuracies = known.columns().filter(|column| column.role == Role::Accuracy);
    let first = accuracies.next().map_or(USUAL, |column| &column.id);
    let usual = accuracies.find(|column| column.id == USUAL);
    target(usual.map_or(first, |column| &column.id), known)
}

fn unknown(what: &str, name: &str, all: &[&str]) -> CliError {
    let shown: String = name.chars().take(80).collect();
    let hint = nearest(&shown, all).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    CliError::Usage(format!("there is no {what} `{shown}`.{hint} Known: {}", all.join(", ")))
}

/// The name that takes the fewest edits, if these are at most a third of its length.
pub fn nearest<'a>(name: &str, all: &[&'a str]) -> Option<&'a str> {
    let best = all.iter().copied().min_by_key(|other| distance(name, other))?;
    (3 * distance(name, best) <= best.len().max(3)).then_some(best)
}

/// Levenshtein distance, letter case and `-` against `_` not counted.
fn distance(a: &str, b: &str) -> usize {
    let plain = |text: &str| text.to_lowercase().replace('-', "_").chars().collect::<Vec<_>>();
    let (a, b) = (plain(a), plain(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let edits = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], edits);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("Average-Degree", "average_degree"), 0);
        assert_eq!(nearest("average_degre", &["density", "average_degree"]), Some("average_degree"));
        assert_eq!(nearest("xyz", &["density", "average_degree"]), None);
    }
}
