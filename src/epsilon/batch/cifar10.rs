//! Files in the binary format of CIFAR-10: records of one label byte and three planes (R, G, B) of 1,024 bytes.

use super::{Batch, BatchError, COLOURS, PIXELS};

const RECORD: usize = 1 + COLOURS * PIXELS;

impl Batch {
    /// The first `count` images of a CIFAR-10 binary file called `name`; the labels are not used.
    ///
    /// # Errors
    /// [`BatchError`] if the bytes are no whole number of records, or fewer than `count`.
    pub fn cifar10(bytes: &[u8], count: usize, name: &str) -> Result<Self, BatchError> {
        Self::check_count(count)?;
        if !bytes.len().is_multiple_of(RECORD) {
            let (name, what) = (name.to_owned(), "records of CIFAR-10");
            return Err(BatchError::Size { name, bytes: bytes.len(), record: RECORD, what });
        }
        let found = bytes.len() / RECORD;
        if found < count {
            return Err(BatchError::Short { name: name.to_owned(), found, needed: count });
        }
        let pixels = bytes.chunks_exact(RECORD).take(count).flat_map(|record| &record[1..]);
        Ok(Self::from_bytes(format!("cifar10:{name}:{count}"), count, pixels.copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_records_and_counts_them() {
        let mut bytes = vec![9u8; RECORD * 3];
        bytes[RECORD + 1 + PIXELS] = 200;
        let batch = Batch::cifar10(&bytes, 2, "data.bin").unwrap();
        assert_eq!((batch.label(), batch.count()), ("cifar10:data.bin:2", 2));
        assert_eq!(batch.picture(1).unwrap()[..8], [9, 200, 9, 255, 9, 9, 9, 255]);
        assert!(batch.picture(2).is_none());
        let short = Batch::cifar10(&bytes, 4, "data.bin").unwrap_err().to_string();
        assert!(short.contains('3') && short.contains('4') && short.contains("data.bin"), "{short}");
        assert!(matches!(Batch::cifar10(&bytes[1..], 1, "x"), Err(BatchError::Size { .. })));
        assert!(matches!(Batch::cifar10(&bytes, 0, "x"), Err(BatchError::Count { found: 0 })));
    }
}
