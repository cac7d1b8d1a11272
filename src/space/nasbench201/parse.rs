//! Reading and printing `|op~0|+|op~0|op~1|+|op~0|op~1|op~2|`.

use super::{Cell201, EDGES, ENDS, NODES, Op201, ParseError};

/// Longest text that is looked at, in bytes; the longest cell has 108.
const LONGEST: usize = 1000;

/// Prints a cell.
pub(super) fn print(cell: &Cell201) -> String {
    let mut text = String::with_capacity(108);
    for (edge, &(source, target)) in ENDS.iter().enumerate() {
        if source == 0 {
            text.push_str(if target == 1 { "|" } else { "+|" });
        }
        text.push_str(cell.ops[edge].name());
        text.push('~');
        text.push(char::from(b'0' + source as u8));
        text.push('|');
    }
    text
}

/// Reads a cell; white space around its parts, which pasting may leave, is skipped.
pub(super) fn parse(whole: &str) -> Result<Cell201, ParseError> {
    if whole.len() > LONGEST {
        let message = format!("the text has {} characters; a cell has at most 108", whole.chars().count());
        return Err(ParseError::at(whole, 0, whole.len(), message));
    }
    let mut reader = Reader { whole, at: whole.len() - whole.trim_start().len() };
    let mut ops = [Op201::None; EDGES];
    let mut edge = 0;
    for target in 1..NODES {
        if target > 1 {
            reader.expect('+', || format!("between the nodes {} and {target}", target - 1))?;
        }
        reader.expect('|', || format!("before the operations into node {target}"))?;
        for source in 0..target {
            ops[edge] = reader.operation(source, target)?;
            edge += 1;
        }
    }
    reader.end()?;
    Ok(Cell201 { ops })
}

struct Reader<'a> {
    whole: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.whole[self.at..]
    }

    fn error<T>(&self, length: usize, message: String) -> Result<T, ParseError> {
        Err(ParseError::at(self.whole, self.at, self.at + length, message))
    }

    fn skip_blanks(&mut self) {
        self.at = self.whole.len() - self.rest().trim_start().len();
    }

    fn expect(&mut self, mark: char, place: impl Fn() -> String) -> Result<(), ParseError> {
        self.skip_blanks();
        match self.rest().chars().next() {
            Some(found) if found == mark => {
                self.at += mark.len_utf8();
                Ok(())
            }
            Some(found) => self.error(
                found.len_utf8(),
                format!("expected `{mark}` {}, found `{}`", place(), found.escape_debug()),
            ),
            None => self.error(0, format!("the text ends where `{mark}` should stand {}", place())),
        }
    }

    /// Reads `op~source|`.
    fn operation(&mut self, source: usize, target: usize) -> Result<Op201, ParseError> {
        self.skip_blanks();
        let rest = self.rest();
        let length = rest[..rest.find(['~', '|', '+']).unwrap_or(rest.len())].trim_end().len();
        let name = &rest[..length];
        let Some(op) = Op201::ALL.into_iter().find(|op| op.name() == name) else {
            let message = if name.is_empty() {
                format!("no operation from node {source} to node {target}")
            } else {
                format!(
                    "no operation is called `{}`; known: {}",
                    super::super::error::quote(&name.escape_debug().to_string()),
                    Op201::NAMES.join(", ")
                )
            };
            return self.error(length, message);
        };
        self.at += length;
        self.expect('~', || format!("and the source node after `{name}`"))?;
        let digit = char::from(b'0' + source as u8);
        self.expect(digit, || {
            format!("as the source of this operation (the operations into node {target} come in order)")
        })?;
        self.expect('|', || format!("after `{name}~{source}`"))?;
        Ok(op)
    }

    fn end(&self) -> Result<(), ParseError> {
        let rest = self.rest().trim_end();
        if rest.is_empty() {
            return Ok(());
        }
        self.error(rest.len(), format!("the cell ends before `{}`", super::super::error::quote(rest)))
    }
}
