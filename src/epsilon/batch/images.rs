//! Images that somebody else has decoded.

use super::{Batch, BatchError, COLOURS, PIXELS};

const RECORD: usize = PIXELS * 4;

impl Batch {
    /// `count` images of 32 × 32 RGBA bytes, one after another; alpha is not used.
    ///
    /// # Errors
    /// [`BatchError`] if the bytes are no whole number of images, or fewer than `count`.
    pub fn rgba(bytes: &[u8], count: usize, name: &str) -> Result<Self, BatchError> {
        Self::check_count(count)?;
        if !bytes.len().is_multiple_of(RECORD) {
            let (name, what) = (name.to_owned(), "RGBA images of 32×32");
            return Err(BatchError::Size { name, bytes: bytes.len(), record: RECORD, what });
        }
        let found = bytes.len() / RECORD;
        if found < count {
            return Err(BatchError::Short { name: name.to_owned(), found, needed: count });
        }
        let planes = bytes.chunks_exact(RECORD).take(count).flat_map(|image| {
            (0..COLOURS).flat_map(move |colour| image.iter().skip(colour).step_by(4).copied())
        });
        Ok(Self::from_bytes(format!("images:{name}:{count}"), count, planes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_back() {
        let bytes: Vec<u8> =
            (0..2 * RECORD).map(|i| if i % 4 == 3 { 255 } else { (i * 7 / 3) as u8 }).collect();
        let batch = Batch::rgba(&bytes, 2, "mine").unwrap();
        assert_eq!(batch.label(), "images:mine:2");
        for image in 0..2 {
            assert_eq!(batch.picture(image).unwrap(), bytes[image * RECORD..(image + 1) * RECORD]);
        }
        assert!(matches!(Batch::rgba(&bytes, 3, "mine"), Err(BatchError::Short { found: 2, needed: 3, .. })));
    }
}
