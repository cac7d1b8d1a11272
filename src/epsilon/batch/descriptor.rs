//! Reading `randn:SEED:B | leaves:SEED:B | cifar10:FILE:B`.

use super::{Batch, BatchError};
use std::str::FromStr;

/// Where a batch comes from, as a descriptor says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchSource {
    /// See [`Batch::randn`].
    Randn {
        /// PyTorch seed.
        seed: u32,
        /// Number of images.
        count: usize,
    },
    /// See [`Batch::leaves`].
    Leaves {
        /// Seed.
        seed: u32,
        /// Number of images.
        count: usize,
    },
    /// See [`Batch::cifar10`].
    Cifar10 {
        /// Path of the file; it may hold colons.
        file: String,
        /// Number of images.
        count: usize,
    },
}

impl BatchSource {
    /// The batch; `read` gives the bytes of a file, where one is needed.
    ///
    /// # Errors
    /// What `read` gives, or [`BatchError`].
    pub fn load<E: From<BatchError>>(
        &self,
        read: impl FnOnce(&str) -> Result<Vec<u8>, E>,
    ) -> Result<Batch, E> {
        match self {
            Self::Randn { seed, count } => Ok(Batch::randn(*seed, *count)?),
            Self::Leaves { seed, count } => Ok(Batch::leaves(*seed, *count)?),
            Self::Cifar10 { file, count } => Ok(Batch::cifar10(&read(file)?, *count, file)?),
        }
    }
}

impl Default for BatchSource {
    /// `leaves:0:64`.
    fn default() -> Self {
        Self::Leaves { seed: 0, count: 64 }
    }
}

impl FromStr for BatchSource {
    type Err = BatchError;

    fn from_str(text: &str) -> Result<Self, BatchError> {
        let kind = text.split(':').next().unwrap_or_default();
        let second = match kind {
            "randn" | "leaves" => "SEED",
            "cifar10" => "FILE",
            _ => {
                let message =
                    format!("no kind of batch is called `{}`; known: randn, leaves, cifar10", quote(kind));
                return Err(error(text, 0, kind, message));
            }
        };
        let Some((middle, count)) =
            text[kind.len()..].strip_prefix(':').and_then(|rest| rest.rsplit_once(':'))
        else {
            let message = format!("after `{kind}` comes `:{second}:B`");
            return Err(error(text, text.len(), "", message));
        };
        let start = kind.len() + 1;
        let range = Batch::COUNTS;
        let count = number(
            text,
            start + middle.len() + 1,
            count,
            "B, the number of images",
            *range.start() as u32..=*range.end() as u32,
        )? as usize;
        let seed = || number(text, start, middle, "SEED", 0..=u32::MAX);
        match kind {
            "randn" => Ok(Self::Randn { seed: seed()?, count }),
            "leaves" => Ok(Self::Leaves { seed: seed()?, count }),
            _ if middle.is_empty() => Err(error(text, start, "", "FILE is empty".to_owned())),
            _ => Ok(Self::Cifar10 { file: middle.to_owned(), count }),
        }
    }
}

fn number(
    text: &str,
    start: usize,
    part: &str,
    name: &str,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, BatchError> {
    // `u32::from_str` takes a plus sign; a descriptor has digits only.
    let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match part.parse() {
        Ok(number) if digits && range.contains(&number) => Ok(number),
        _ => {
            let (from, to) = range.into_inner();
            let message = format!("{name} is a whole number from {from} to {to}, not `{}`", quote(part));
            Err(error(text, start, part, message))
        }
    }
}

fn error(text: &str, start: usize, part: &str, message: String) -> BatchError {
    BatchError::Descriptor {
        text: quote(text),
        column: text[..start].chars().count() + 1,
        length: part.chars().count(),
        message,
    }
}

/// At most 80 characters, control characters escaped.
fn quote(text: &str) -> String {
    let mut quoted: String = text.chars().take(80).flat_map(char::escape_debug).collect();
    if text.chars().nth(80).is_some() {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_three_kinds() {
        assert_eq!("randn:7:32".parse(), Ok(BatchSource::Randn { seed: 7, count: 32 }));
        assert_eq!("leaves:0:64".parse(), Ok(BatchSource::default()));
        let file = BatchSource::Cifar10 { file: "c:\\a b.bin".to_owned(), count: 256 };
        assert_eq!("cifar10:c:\\a b.bin:256".parse(), Ok(file));
        let batch = BatchSource::default().load(|_| Err(BatchError::Count { found: 0 })).unwrap();
        assert_eq!(batch.label(), "leaves:0:64");
    }

    #[test]
    fn errors_name_the_part() {
        for (text, column, length, word) in [
            ("", 1, 0, "known"),
            ("noise:0:4", 1, 5, "`noise`"),
            ("randn", 6, 0, "SEED"),
            ("leaves:4", 9, 0, ":SEED:B"),
            ("randn:-1:4", 7, 2, "SEED"),
            ("randn:4294967296:4", 7, 10, "SEED"),
            ("leaves:0:0", 10, 1, "1 to 1024"),
            ("leaves:0:+4", 10, 2, "`+4`"),
            ("cifar10::4", 9, 0, "FILE"),
            ("cifar10:ü:x", 11, 1, "B"),
        ] {
            let Err(BatchError::Descriptor { column: c, length: l, message, .. }) =
                text.parse::<BatchSource>()
            else {
                panic!("{text} is refused");
            };
            assert_eq!((c, l), (column, length), "{text}: {message}");
            assert!(message.contains(word), "{text}: {message}");
        }
        assert!("x".repeat(5000).parse::<BatchSource>().unwrap_err().to_string().len() < 400);
    }
}
