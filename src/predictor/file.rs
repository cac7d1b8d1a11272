//! What the two kinds of files share: magic, version, length, fields, checksum. All integers are little-endian, texts
//! are UTF-8 after a u16 length.

use super::PredictorError;
use crate::checksum::CRC_32;
use half::f16;

const CHECKSUM_BYTES: usize = 4;
/// Where the length stands: after magic and version.
const LENGTH_AT: usize = 10;

/// How the numbers of a tensor are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a number (IEEE 754 binary16).
    F16,
    /// Four bytes a number (binary32).
    F32,
}

impl Encoding {
    /// Bytes of a number, which is also its code in a file.
    const fn bytes(self) -> usize {
        match self {
            Encoding::F16 => 2,
            Encoding::F32 => 4,
        }
    }
}

/// A kind of file.
pub(super) struct Kind {
    /// In words, for messages.
    pub what: &'static str,
    /// First eight bytes.
    pub magic: &'static str,
    pub version: u16,
}

/// A file that is being read. No read goes beyond the end, and nothing is allocated on the word of a length field
/// before the bytes are there.
pub(super) struct Reader<'a> {
    what: &'static str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Checks magic, version, length and checksum.
    pub fn open(kind: &Kind, bytes: &'a [u8]) -> Result<Self, PredictorError> {
        let Kind { what, magic, version } = *kind;
        if !bytes.starts_with(magic.as_bytes()) {
            return Err(PredictorError::Magic { what, magic });
        }
        let mut reader = Self { what, bytes, at: magic.len() };
        let found = reader.u16()?;
        if found != version {
            return Err(PredictorError::Version { what, found, expected: version });
        }
        let expected = u32::from_le_bytes(reader.array()?) as usize;
        if expected != bytes.len() {
            return Err(PredictorError::Length { what, expected, found: bytes.len() });
        }
        let Some((content, checksum)) = bytes.split_last_chunk::<CHECKSUM_BYTES>() else {
            return reader.malformed("there is no checksum");
        };
        let (expected, found) = (u32::from_le_bytes(*checksum), CRC_32.checksum(content));
        if expected != found {
            return Err(PredictorError::Checksum { what, expected, found });
        }
        reader.bytes = content;
        Ok(reader)
    }

    pub fn malformed<T>(&self, why: &'static str) -> Result<T, PredictorError> {
        Err(PredictorError::Malformed { what: self.what, at: self.at, why })
    }

    /// Ends reading.
    pub fn close(self) -> Result<(), PredictorError> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            self.malformed("there are bytes after the last field")
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], PredictorError> {
        match self.at.checked_add(count).and_then(|end| self.bytes.get(self.at..end)) {
            Some(bytes) => {
                self.at += count;
                Ok(bytes)
            }
            None => self.malformed("a field goes beyond the end"),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PredictorError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub fn u8(&mut self) -> Result<u8, PredictorError> {
        self.array().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Result<u16, PredictorError> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn text(&mut self) -> Result<&'a str, PredictorError> {
        let length = self.u16()?;
        let bytes = self.take(usize::from(length))?;
        std::str::from_utf8(bytes).or_else(|_| self.malformed("a text is not UTF-8"))
    }

    /// One of the variants of an enum by its place.
    pub fn one_of<T: Copy>(&mut self, variants: &[T], why: &'static str) -> Result<T, PredictorError> {
        match variants.get(usize::from(self.u8()?)) {
            Some(&variant) => Ok(variant),
            None => self.malformed(why),
        }
    }

    pub fn encoding(&mut self) -> Result<Encoding, PredictorError> {
        match self.u8()? {
            2 => Ok(Encoding::F16),
            4 => Ok(Encoding::F32),
            _ => self.malformed("numbers have an unknown encoding"),
        }
    }

    /// `count` numbers, all finite.
    pub fn numbers(&mut self, count: usize, encoding: Encoding) -> Result<Vec<f32>, PredictorError> {
        let start = self.at;
        let bytes = self.take(count.saturating_mul(encoding.bytes()))?;
        let numbers: Vec<f32> = match encoding {
            Encoding::F16 => bytes.as_chunks().0.iter().map(|&b| f16::from_le_bytes(b).to_f32()).collect(),
            Encoding::F32 => bytes.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect(),
        };
        if numbers.iter().any(|number| !number.is_finite()) {
            self.at = start;
            return self.malformed("a number is not finite");
        }
        Ok(numbers)
    }
}

/// A file that is being written.
pub(super) struct Writer {
    what: &'static str,
    bytes: Vec<u8>,
}

impl Writer {
    pub fn new(kind: &Kind) -> Self {
        let mut bytes = kind.magic.as_bytes().to_vec();
        bytes.extend(kind.version.to_le_bytes());
        bytes.extend([0; 4]);
        Self { what: kind.what, bytes }
    }

    pub fn unwritable<T>(&self, why: &'static str) -> Result<T, PredictorError> {
        Err(PredictorError::Unwritable { what: self.what, why })
    }

    pub fn u8(&mut self, value: usize) -> Result<(), PredictorError> {
        match u8::try_from(value) {
            Ok(value) => self.bytes.push(value),
            Err(_) => return self.unwritable("a number is above 255"),
        }
        Ok(())
    }

    pub fn u16(&mut self, value: usize) -> Result<(), PredictorError> {
        match u16::try_from(value) {
            Ok(value) => self.bytes.extend(value.to_le_bytes()),
            Err(_) => return self.unwritable("a number is above 65,535"),
        }
        Ok(())
    }

    pub fn text(&mut self, text: &str) -> Result<(), PredictorError> {
        self.u16(text.len())?;
        self.bytes.extend(text.as_bytes());
        Ok(())
    }

    /// The place of a variant among all.
    pub fn one_of<T: PartialEq>(&mut self, variants: &[T], variant: T) -> Result<(), PredictorError> {
        self.u8(variants.iter().position(|other| *other == variant).unwrap_or(usize::MAX))
    }

    pub fn encoding(&mut self, encoding: Encoding) -> Result<(), PredictorError> {
        self.u8(encoding.bytes())
    }

    pub fn numbers(&mut self, numbers: &[f32], encoding: Encoding) -> Result<(), PredictorError> {
        for &number in numbers {
            let stored = f16::from_f32(number);
            let is_finite = if encoding == Encoding::F16 { stored.is_finite() } else { number.is_finite() };
            if !is_finite {
                return self.unwritable("a number is not finite");
            }
            match encoding {
                Encoding::F16 => self.bytes.extend(stored.to_le_bytes()),
                Encoding::F32 => self.bytes.extend(number.to_le_bytes()),
            }
        }
        Ok(())
    }

    /// Fills in the length and appends the checksum.
    pub fn close(mut self) -> Result<Vec<u8>, PredictorError> {
        let Ok(length) = u32::try_from(self.bytes.len() + CHECKSUM_BYTES) else {
            return self.unwritable("it is larger than 4 GiB");
        };
        self.bytes[LENGTH_AT..LENGTH_AT + 4].copy_from_slice(&length.to_le_bytes());
        let checksum = CRC_32.checksum(&self.bytes);
        self.bytes.extend(checksum.to_le_bytes());
        Ok(self.bytes)
    }
}
