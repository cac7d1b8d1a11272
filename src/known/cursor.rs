//! Reading and writing the primitives of the format. All integers are little-endian.

use super::KnownError;

/// A place in a table that is being read. No read goes beyond the end, and nothing is allocated on the word of a length
/// field before the bytes are there.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn malformed<T>(&self, what: &'static str) -> Result<T, KnownError> {
        Err(KnownError::Malformed { at: self.at, what })
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], KnownError> {
        let taken = self.at.checked_add(count).and_then(|end| self.bytes.get(self.at..end));
        match taken {
            Some(bytes) => {
                self.at += count;
                Ok(bytes)
            }
            None => self.malformed("a field goes beyond the end"),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], KnownError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn u8(&mut self) -> Result<u8, KnownError> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, KnownError> {
        self.array().map(u16::from_le_bytes)
    }

    /// A count or length.
    pub(super) fn length(&mut self) -> Result<usize, KnownError> {
        let value = u32::from_le_bytes(self.array()?);
        usize::try_from(value).or_else(|_| self.malformed("a number is too large"))
    }

    pub(super) fn text(&mut self) -> Result<&'a str, KnownError> {
        let length = self.u16()?;
        let bytes = self.take(usize::from(length))?;
        std::str::from_utf8(bytes).or_else(|_| self.malformed("a text is not UTF-8"))
    }

    /// An integer in groups of seven bits, the lowest first (LEB128).
    pub(super) fn varint(&mut self) -> Result<u64, KnownError> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        self.malformed("an integer has too many digits")
    }

    /// `count` integers of `width` bytes in planes: the lowest byte of all, then the next.
    pub(super) fn planes(&mut self, count: usize, width: u8) -> Result<Vec<u64>, KnownError> {
        if !(1..=8).contains(&width) {
            return self.malformed("an integer has no bytes or more than eight");
        }
        let mut values = Vec::new();
        for plane in 0..u32::from(width) {
            let bytes = self.take(count)?;
            values.resize(count, 0);
            for (value, &byte) in values.iter_mut().zip(bytes) {
                *value |= u64::from(byte) << (8 * plane);
            }
        }
        Ok(values)
    }
}

/// Appends a text with its length; false if it is longer than the length field holds.
#[must_use]
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) -> bool {
    let Ok(length) = u16::try_from(text.len()) else { return false };
    out.extend(length.to_le_bytes());
    out.extend(text.as_bytes());
    true
}

pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends the width that the largest value needs and the planes.
pub(super) fn put_planes(out: &mut Vec<u8>, values: &[u64]) {
    let largest = values.iter().copied().max().unwrap_or(0);
    let width = (64 - largest.leading_zeros()).div_ceil(8).max(1) as u8;
    out.push(width);
    for plane in 0..width {
        out.extend(values.iter().map(|value| (value >> (8 * u32::from(plane))) as u8));
    }
}

/// Signed integers with small magnitudes as small unsigned ones: 0, −1, 1, −2, …
pub(super) fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

pub(super) fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
