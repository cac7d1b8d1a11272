//! Dead leaves: discs that hide one another, a model of natural images that needs no data (Ruderman 1997;
//! Lee, Mumford and Huang 2001).
//!
//! Radii have density ∝ r⁻³, which makes the pictures look the same at every scale, as photographs do. An image is
//! drawn at twice its side and averaged down. ε on these images ranks cells as well as on CIFAR-10's.

use super::{Batch, BatchError, COLOURS, PIXELS, SIDE};
use crate::random::Random;

/// Side of the canvas that is averaged down.
const CANVAS: usize = 2 * SIDE;
/// Smallest radius, in pixels of the canvas.
const SMALLEST: f64 = 2.0;
/// Largest radius.
const LARGEST: f64 = 0.7 * CANVAS as f64;
/// Standard deviation of the luminance, of images and of discs within an image.
const LUMINANCE: f64 = 0.22;
/// Standard deviation of each colour around the luminance of its disc.
const COLOUR: f64 = 0.07;

impl Batch {
    /// `count` images of dead leaves. The first images of a seed are the same whatever `count` is.
    ///
    /// # Errors
    /// [`BatchError::Count`].
    pub fn leaves(seed: u32, count: usize) -> Result<Self, BatchError> {
        Self::check_count(count)?;
        let mut random = Random::new(u64::from(seed));
        let images: Vec<u8> = (0..count).flat_map(|_| average(&draw(&mut random))).collect();
        Ok(Self::from_bytes(format!("leaves:{seed}:{count}"), count, images.into_iter()))
    }
}

type Colour = [f64; COLOURS];

/// Draws from the nearest disc to the farthest, until no pixel of the canvas is bare.
fn draw(random: &mut Random) -> Vec<Colour> {
    let base = 0.5 + LUMINANCE * random.normal();
    let mut canvas: Vec<Option<Colour>> = vec![None; CANVAS * CANVAS];
    let mut bare = canvas.len();
    while bare > 0 {
        let radius = radius(random.uniform());
        let (x, y) = (random.uniform() * CANVAS as f64, random.uniform() * CANVAS as f64);
        let luminance = (base + LUMINANCE * random.normal()).clamp(0.0, 1.0);
        let colour = [(); COLOURS].map(|()| (luminance + COLOUR * random.normal()).clamp(0.0, 1.0));
        for row in reach(y, radius) {
            for column in reach(x, radius) {
                let pixel = &mut canvas[row * CANVAS + column];
                let (dx, dy) = (column as f64 + 0.5 - x, row as f64 + 0.5 - y);
                if pixel.is_none() && dx * dx + dy * dy <= radius * radius {
                    *pixel = Some(colour);
                    bare -= 1;
                }
            }
        }
    }
    canvas.into_iter().flatten().collect()
}

/// Radius by inverting the distribution function of the density ∝ r⁻³.
fn radius(uniform: f64) -> f64 {
    let (near, far) = (1.0 / (SMALLEST * SMALLEST), 1.0 / (LARGEST * LARGEST));
    1.0 / (near - uniform * (near - far)).sqrt()
}

/// Rows or columns that a disc can touch.
fn reach(centre: f64, radius: f64) -> std::ops::Range<usize> {
    // A cast clips at 0.
    (centre - radius).floor() as usize..((centre + radius).floor() as usize + 1).min(CANVAS)
}

/// Means of 2 × 2 pixels as bytes, colour planes one after another.
fn average(canvas: &[Colour]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(COLOURS * PIXELS);
    for place in 0..COLOURS * PIXELS {
        let (colour, pixel) = (place / PIXELS, place % PIXELS);
        let corner = 2 * (pixel / SIDE * CANVAS + pixel % SIDE);
        let four = [corner, corner + 1, corner + CANVAS, corner + CANVAS + 1];
        let mean = four.iter().map(|&at| canvas[at][colour]).sum::<f64>() / 4.0;
        bytes.push((mean * 255.0 + 0.5).floor() as u8);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_one_endless_row_of_images() {
        let (few, many) = (Batch::leaves(3, 2).unwrap(), Batch::leaves(3, 5).unwrap());
        assert_eq!(few.images(), &many.images()[..few.images().len()]);
        assert_ne!(few.images(), Batch::leaves(4, 2).unwrap().images());
        assert_eq!(few.label(), "leaves:3:2");
    }

    #[test]
    fn radii_follow_the_density() {
        assert!((radius(0.0) - SMALLEST).abs() < 1e-12);
        assert!((radius(1.0 - 1e-15) - LARGEST).abs() < 1e-6);
        // Median: half of the mass of r⁻³ lies below 2√2 (the far end hardly counts).
        assert!((radius(0.5) - 2.83).abs() < 0.01);
    }

    #[test]
    fn luminance_is_as_stated() {
        let batch = Batch::leaves(0, 200).unwrap();
        let bytes: Vec<f64> = (0..200)
            .flat_map(|i| batch.picture(i).unwrap())
            .enumerate()
            .filter(|(place, _)| place % 4 != 3)
            .map(|(_, byte)| f64::from(byte) / 255.0)
            .collect();
        let mean = bytes.iter().sum::<f64>() / bytes.len() as f64;
        let variance = bytes.iter().map(|b| (b - mean).powi(2)).sum::<f64>() / bytes.len() as f64;
        // √(.22² + .22² + .07²) = .319, less what averaging and clipping take away.
        assert!((mean - 0.5).abs() < 0.06, "{mean}");
        assert!((0.22..0.32).contains(&variance.sqrt()), "{}", variance.sqrt());
    }
}
