//! Reading and printing genotypes.

use super::{Genotype, MOST_STEPS, Nds, Pairs, ParseError, Written};
use crate::space::error::quote;

/// Longest text that is looked at, in bytes.
const LONGEST: usize = 8000;

/// Prints a genotype as one line of JSON, spaced as Python's `json.dumps` spaces it.
pub(super) fn print(genotype: &Genotype) -> String {
    let pairs = |pairs: &Pairs| {
        let pair = |(op, source): &(&str, usize)| format!("[\"{op}\", {source}]");
        format!("[{}]", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
    };
    let numbers = |numbers: &[usize]| {
        format!("[{}]", numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", "))
    };
    format!(
        "{{\"normal\": {}, \"normal_concat\": {}, \"reduce\": {}, \"reduce_concat\": {}}}",
        pairs(&genotype.normal),
        numbers(&genotype.normal_concat),
        pairs(&genotype.reduce),
        numbers(&genotype.reduce_concat)
    )
}

/// Reads a genotype of a space; white space around it is skipped.
pub(super) fn parse(whole: &str, space: Nds) -> Result<Genotype, ParseError> {
    if whole.len() > LONGEST {
        let count = whole.chars().count();
        let message = format!("the text has {count} characters; at most {LONGEST} are read");
        return Err(ParseError::at(whole, 0, whole.len(), message));
    }
    let start = whole.len() - whole.trim_start().len();
    let text = whole.trim();
    let json = if text.starts_with("Genotype") { python_to_json(text) } else { text.to_owned() };
    let written: Written = serde_json::from_str(&json).map_err(|error| {
        // Columns of a rewritten text would mislead.
        let before: usize =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = if json == text { start + before + error.column().saturating_sub(1) } else { start };
        let at = (0..=at.min(whole.len())).rev().find(|&at| whole.is_char_boundary(at)).unwrap_or(0);
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        ParseError::at(whole, at, whole.len().min(at), format!("not a genotype: {}", quote(reason)))
    })?;
    check(written, space).map_err(|(wrong, message)| {
        let quoted = |mark: char| whole.find(&format!("{mark}{wrong}{mark}")).map(|at| at + 1);
        match quoted('"').or_else(|| quoted('\'')).filter(|_| !wrong.is_empty()) {
            Some(at) => ParseError::at(whole, at, at + wrong.len(), message),
            None => ParseError::at(whole, start, start + text.len(), message),
        }
    })
}

/// Checks names and numbers; an error comes with the offending text, where it can be pointed at.
fn check(written: Written, space: Nds) -> Result<Genotype, (String, String)> {
    let ops = space.ops;
    let steps = written.normal.len() / 2;
    for (name, pairs) in [("normal", &written.normal), ("reduce", &written.reduce)] {
        if pairs.len() != 2 * steps || !(1..=MOST_STEPS).contains(&steps) {
            let message = format!(
                "`{name}` has {} operations; both cells need the same even number, 2 to {}",
                pairs.len(),
                2 * MOST_STEPS
            );
            return Err((String::new(), message));
        }
    }
    let pairs = |name: &str, pairs: &[(String, usize)]| -> Result<Pairs, (String, String)> {
        let check = |(place, (op, source)): (usize, &(String, usize))| {
            let known = ops.iter().copied().find(|known| known == op).ok_or_else(|| {
                let message =
                    format!("this space has no operation `{}`; it has {}", quote(op), ops.join(", "));
                (op.clone(), message)
            })?;
            let node = place / 2 + 2;
            if *source >= node {
                let message =
                    format!("in `{name}`, node {node} reads node {source}; it must read an earlier one");
                return Err((String::new(), message));
            }
            Ok((known, *source))
        };
        pairs.iter().enumerate().map(check).collect()
    };
    for (name, concat) in
        [("normal_concat", &written.normal_concat), ("reduce_concat", &written.reduce_concat)]
    {
        if let Some(node) = concat.iter().find(|&&node| node >= steps + 2) {
            let message = format!("`{name}` names node {node}; the last is {}", steps + 1);
            return Err((String::new(), message));
        }
        if concat.is_empty() || (1..concat.len()).any(|at| concat[..at].contains(&concat[at])) {
            let message = format!("`{name}` must name at least one node, and none twice");
            return Err((String::new(), message));
        }
    }
    Ok(Genotype {
        space,
        normal: pairs("normal", &written.normal)?,
        normal_concat: written.normal_concat,
        reduce: pairs("reduce", &written.reduce)?,
        reduce_concat: written.reduce_concat,
    })
}

/// Rewrites `Genotype(normal=[('op', 0), …], normal_concat=range(2, 6), …)` as JSON.
fn python_to_json(text: &str) -> String {
    let body = text.trim_start_matches("Genotype").trim().trim_start_matches('(');
    let body = body.strip_suffix(')').unwrap_or(body);
    let mut json = String::from("{");
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        if let Some(inside) = rest.strip_prefix("range(") {
            let (numbers, after) = inside.split_once(')').unwrap_or((inside, ""));
            let ends: Vec<Option<usize>> = numbers.split(',').map(|n| n.trim().parse().ok()).collect();
            match ends[..] {
                // No node has a number above this, so a longer range is refused all the same.
                [Some(from), Some(to)] => {
                    let to = to.min(from.saturating_add(2 * MOST_STEPS));
                    let listed: Vec<String> = (from..to).map(|n| n.to_string()).collect();
                    json.push_str(&format!("[{}]", listed.join(",")));
                }
                // Anything but two whole numbers is left as it is, which is no JSON.
                _ => json.push_str(&rest[..rest.len() - after.len()]),
            }
            rest = after;
            continue;
        }
        if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            json.push_str(&format!("\"{}\"", &rest[..end]));
            rest = &rest[end..];
            continue;
        }
        if first == '\'' || first == '"' {
            let inside = &rest[1..];
            let (name, after) = inside.split_once(first).unwrap_or((inside, ""));
            json.push('"');
            // Other characters than these need no escape, but for control characters, which serde_json names.
            for character in name.chars() {
                if matches!(character, '"' | '\\') {
                    json.push('\\');
                }
                json.push(character);
            }
            json.push('"');
            rest = after;
            continue;
        }
        json.push(match first {
            '(' => '[',
            ')' => ']',
            '=' => ':',
            other => other,
        });
        rest = &rest[first.len_utf8()..];
    }
    json.push('}');
    json
}
