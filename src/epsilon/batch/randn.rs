//! White noise as PyTorch draws it.

use super::{Batch, BatchError, COLOURS, PIXELS, torch::Generator};

impl Batch {
    /// `torch.manual_seed(seed); torch.randn(count, 3, 32, 32)`, taken as normalised already.
    ///
    /// # Errors
    /// [`BatchError::Count`].
    pub fn randn(seed: u32, count: usize) -> Result<Self, BatchError> {
        Self::check_count(count)?;
        let mut images = vec![0.0; count * COLOURS * PIXELS];
        Generator::new(seed).fill_normal(&mut images);
        Ok(Self { label: format!("randn:{seed}:{count}"), count, images })
    }
}
