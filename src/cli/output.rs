//! Writing to standard output.

use std::io::{self, BufWriter, StdoutLock, Write};

/// Standard output. When its reader has gone (`… | head`) the program ends quietly: nothing is left to do.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    /// Takes standard output.
    pub fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Writes a row of CSV.
    pub fn row<T: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = T>) -> io::Result<()> {
        for (place, field) in fields.into_iter().enumerate() {
            if place > 0 {
                self.write_all(b",")?;
            }
            self.write_all(quoted(field.as_ref()).as_bytes())?;
        }
        self.write_all(b"\n")
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(end_if_closed)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(end_if_closed)
    }
}

fn end_if_closed(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    error
}

/// A field of CSV: in quotation marks where RFC 4180 asks for them.
fn quoted(field: &str) -> std::borrow::Cow<'_, str> {
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\"")).into()
    } else {
        field.into()
    }
}

/// The shortest decimal that reads back to the same bits; empty for NaN, which stands for undefined.
pub fn float(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        String::new()
    } else if size != 0.0 && !(1e-5..1e16).contains(&size) && size.is_finite() {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// As [`float`]; empty if there is none.
pub fn optional_float(value: Option<f64>) -> String {
    value.map(float).unwrap_or_default()
}

/// A whole number; empty if there is none.
pub fn optional_count(value: Option<usize>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_read_back_to_the_same_bits() {
        let mut random = cellscope::random::Random::new(3);
        let bits = (0..20_000).map(|_| {
            let [a, b] = [random.below(u32::MAX), random.below(u32::MAX)].map(u64::from);
            f64::from_bits(a << 32 | b)
        });
        for value in bits.chain([0.0, -0.0, 1e-5, 9.99e-6, 1e16, 123.456, f64::MIN_POSITIVE, f64::INFINITY]) {
            let text = float(value);
            match text.parse::<f64>() {
                Ok(back) => assert_eq!(back.to_bits(), value.to_bits(), "{text}"),
                Err(_) => assert!(value.is_nan() && text.is_empty(), "{text}"),
            }
        }
        assert_eq!([float(1003019.0), float(1e-7), float(0.1)], ["1003019", "1e-7", "0.1"]);
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(quoted("|none~0|"), "|none~0|");
        assert_eq!(quoted(r#"[["a", 1]]"#), r#""[[""a"", 1]]""#);
        assert_eq!(quoted("a\nb"), "\"a\nb\"");
    }
}
