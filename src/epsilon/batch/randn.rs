//! White noise as PyTorch draws it.

use super::{Batch, BatchError, COLOURS, PIXELS};
use crate::nasgraph::torch::{BLOCK, Mt19937, normal_block};

impl Batch {
    /// `torch.manual_seed(seed); torch.randn(count, 3, 32, 32)`, taken as normalised already.
    ///
    /// # Errors
    /// [`BatchError::Count`].
    pub fn randn(seed: u32, count: usize) -> Result<Self, BatchError> {
        Self::check_count(count)?;
        let mut generator = Mt19937::new(seed);
        // 3,072 values an image are a whole number of blocks, so that nothing has to be drawn afresh at the end.
        let blocks = count * COLOURS * PIXELS / BLOCK;
        let images =
            (0..blocks).flat_map(|_| normal_block(&std::array::from_fn(|_| generator.word()))).collect();
        Ok(Self { label: format!("randn:{seed}:{count}"), count, images })
    }
}
