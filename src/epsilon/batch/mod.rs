//! Mini-batches: 32 × 32 RGB images, normalised as CIFAR-10.

mod cifar10;
mod descriptor;
mod images;
mod leaves;
mod randn;

pub use descriptor::BatchSource;

use crate::network::Shape;

/// Side of an image, in pixels.
const SIDE: usize = 32;
/// Pixels of a plane.
const PIXELS: usize = SIDE * SIDE;
/// Colour channels.
const COLOURS: usize = 3;
/// Mean of each colour over the training images of CIFAR-10, 0 to 255.
const MEAN: [f64; COLOURS] = [125.3, 123.0, 113.9];
/// Standard deviation of each colour.
const STD: [f64; COLOURS] = [63.0, 62.1, 66.7];

/// A mini-batch of normalised images.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    label: String,
    count: usize,
    /// Image, colour, row, column.
    images: Vec<f32>,
}

/// What is wrong with a batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// Too few or too many images.
    #[error("a batch has {} to {} images, not {found}", Batch::COUNTS.start(), Batch::COUNTS.end())]
    Count {
        /// Number of images asked for.
        found: usize,
    },
    /// Fewer records than images asked for.
    #[error("`{name}` holds {found} images, but {needed} are asked for")]
    Short {
        /// Name of the file.
        name: String,
        /// Whole records in it.
        found: usize,
        /// Images asked for.
        needed: usize,
    },
    /// Bytes that are not a whole number of records.
    #[error("`{name}` has {bytes} bytes, which is not a whole number of {record}-byte {what}")]
    Size {
        /// Name of the file.
        name: String,
        /// Its length.
        bytes: usize,
        /// Length of a record.
        record: usize,
        /// What a record is.
        what: &'static str,
    },
    /// A descriptor that cannot be read.
    #[error("batch `{text}`, column {column}: {message}")]
    Descriptor {
        /// The descriptor, cut to 80 characters.
        text: String,
        /// First character (from 1) that is wrong.
        column: usize,
        /// How many characters are wrong.
        length: usize,
        /// What is wrong.
        message: String,
    },
}

impl Batch {
    /// Numbers of images that are accepted.
    pub const COUNTS: std::ops::RangeInclusive<usize> = 1..=1024;

    /// What the batch is, e.g. `leaves:0:64`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Number of images.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Shape of one image.
    pub fn shape(&self) -> Shape {
        Shape::square(COLOURS, SIDE)
    }

    /// The normalised images: image, colour, row, column.
    pub fn images(&self) -> &[f32] {
        &self.images
    }

    /// One image as 32 × 32 RGBA bytes, for showing: normalisation undone, clipped to 0–255. `None` past the last one.
    pub fn picture(&self, index: usize) -> Option<Vec<u8>> {
        let image = self.images.chunks_exact(COLOURS * PIXELS).nth(index)?;
        let mut rgba = vec![u8::MAX; PIXELS * 4];
        for (colour, plane) in image.chunks_exact(PIXELS).enumerate() {
            for (pixel, &value) in plane.iter().enumerate() {
                // Rounded; a cast clips.
                rgba[pixel * 4 + colour] =
                    (f64::from(value) * STD[colour] + MEAN[colour] + 0.5).floor() as u8;
            }
        }
        Some(rgba)
    }

    /// One plane a colour with the batch innermost, as the kernels take it.
    pub(super) fn planes(&self) -> Vec<Vec<f32>> {
        let value = |colour, pixel, image| self.images[(image * COLOURS + colour) * PIXELS + pixel];
        (0..COLOURS)
            .map(|colour| {
                (0..PIXELS)
                    .flat_map(|pixel| (0..self.count).map(move |image| value(colour, pixel, image)))
                    .collect()
            })
            .collect()
    }

    /// A batch of images that are given as bytes, colour planes one after another.
    fn from_bytes(label: String, count: usize, bytes: impl Iterator<Item = u8>) -> Self {
        let images = bytes
            .enumerate()
            .map(|(place, byte)| {
                let colour = place / PIXELS % COLOURS;
                ((f64::from(byte) / 255.0 - MEAN[colour] / 255.0) / (STD[colour] / 255.0)) as f32
            })
            .collect();
        Self { label, count, images }
    }

    fn check_count(count: usize) -> Result<(), BatchError> {
        if Self::COUNTS.contains(&count) { Ok(()) } else { Err(BatchError::Count { found: count }) }
    }
}
