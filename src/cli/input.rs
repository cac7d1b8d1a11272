//! Architectures, one a line, from a file or standard input.

use super::{error::CliError, progress};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal},
    path::{Path, PathBuf},
};

/// Longest line that is kept, in bytes; the rest of a longer one is skipped unread.
const LONGEST: usize = 16 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Number of the line, from 1, blank lines counted.
    pub line: u64,
    /// Character of the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for LineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// A line that is not blank, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1, blank lines counted.
    pub number: u64,
    /// Its text.
    pub text: String,
}

/// The lines of an input that are not blank. LF and CRLF end a line; a byte order mark at the start is skipped.
pub struct Lines<R> {
    reader: R,
    path: PathBuf,
    number: u64,
    is_over: bool,
}

/// What [`Lines`] gives: a line, what is wrong with it, or why reading stopped.
pub type NextLine = Result<Result<Line, LineError>, CliError>;

/// Opens a file, or standard input if there is none or it is called `-`.
pub fn open(path: Option<&Path>) -> Result<Lines<Box<dyn BufRead + Send>>, CliError> {
    let path = path.filter(|path| path.as_os_str() != "-");
    let reader: Box<dyn BufRead + Send> = match path {
        Some(path) => {
            let open = File::open(path);
            Box::new(BufReader::new(open.map_err(|source| CliError::Read { path: path.to_owned(), source })?))
        }
        None => {
            if io::stdin().is_terminal() {
                progress::message("reading architectures from standard input, one a line; end with Ctrl-D");
            }
            Box::new(BufReader::new(io::stdin()))
        }
    };
    Ok(Lines::new(reader, path.unwrap_or(Path::new("standard input"))))
}

impl<R: BufRead> Lines<R> {
    fn new(reader: R, path: &Path) -> Self {
        Self { reader, path: path.to_owned(), number: 0, is_over: false }
    }

    /// The next line with its LF, at most [`LONGEST`] bytes of it, and how long it really is; 0 at the end.
    fn read(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        let mut length = 0;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = available.iter().position(|&byte| byte == b'\n');
            let taken = end.map_or(available.len(), |end| end + 1);
            line.extend(&available[..taken.min(LONGEST - line.len())]);
            self.reader.consume(taken);
            length += taken;
            if end.is_some() || taken == 0 {
                return Ok(length);
            }
        }
    }

    fn next_line(&mut self) -> io::Result<Option<Result<Line, LineError>>> {
        loop {
            let mut bytes = Vec::new();
            let length = self.read(&mut bytes)?;
            if length == 0 {
                return Ok(None);
            }
            self.number += 1;
            let error = |column, message| Ok(Some(Err(LineError { line: self.number, column, message })));
            let mut text = bytes.as_slice();
            if self.number == 1 {
                text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
            }
            let text = match std::str::from_utf8(text.trim_ascii_end()) {
                Ok(text) => text,
                Err(bad) => {
                    let (good, rest) = text.split_at(bad.valid_up_to());
                    let column = String::from_utf8_lossy(good).chars().count() + 1;
                    return error(column, format!("the byte 0x{:02x} is not UTF-8 text", rest[0]));
                }
            };
            if length > LONGEST {
                let message = format!("the line has {length} bytes; at most {LONGEST} are read");
                return error(1, message);
            }
            if !text.trim().is_empty() {
                return Ok(Some(Ok(Line { number: self.number, text: text.to_owned() })));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = NextLine;

    fn next(&mut self) -> Option<NextLine> {
        if self.is_over {
            return None;
        }
        let next = self.next_line().transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        let path = &self.path;
        next.map(|line| line.map_err(|source| CliError::Read { path: path.clone(), source }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Result<(u64, String), LineError>> {
        Lines::new(bytes, Path::new("test"))
            .map(|line| line.unwrap().map(|line| (line.number, line.text)))
            .collect()
    }

    #[test]
    fn ends_blanks_and_marks() {
        let ok = |number, text: &str| Ok((number, text.to_owned()));
        assert_eq!(lines(b"\xef\xbb\xbfa\r\n\n  \t\r\n b\nc"), [ok(1, "a"), ok(4, " b"), ok(5, "c")]);
        assert_eq!(lines(b""), []);
        assert_eq!(lines(b"\n\r\n"), []);
        assert_eq!(lines(b"\xef\xbb\xbf"), []);
    }

    #[test]
    fn bytes_that_are_no_text() {
        let found = lines("ok\nü|\u{0}".as_bytes());
        assert_eq!(found[1], Ok((2, "ü|\u{0}".to_owned())));
        let found = lines(b"ok\n\xc3\xbcx\xffy\nok\n");
        let error = found[1].clone().unwrap_err();
        assert_eq!(error.to_string(), "line 2, column 3: the byte 0xff is not UTF-8 text");
        assert_eq!(found[2], Ok((3, "ok".to_owned())));
        // A character that is cut off by the end of the line.
        assert!(lines(b"a\xe2\x82\nb")[0].is_err());
    }

    #[test]
    fn a_line_without_end_is_not_kept() {
        let mut bytes = vec![b'x'; LONGEST + 10];
        bytes.extend(b"\nb\n");
        let found = lines(&bytes);
        assert!(found[0].as_ref().unwrap_err().message.contains("at most 16777216"));
        assert_eq!(found[1], Ok((2, "b".to_owned())));
    }
}
