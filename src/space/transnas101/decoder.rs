//! The decoders of the tasks.

use super::encoder::Encoder;
use crate::{
    network::{LayerSpec, Network, Op, Origin, Part, ShapeError},
    space::{Task, options::Decoder},
};

/// Side of the picture that dense tasks put out, and number of channels of the segmentation's.
const OUT: usize = 256;

/// Adds the decoder of a task.
pub(super) fn decode(mut encoder: Encoder, task: Task) -> Result<Network, ShapeError> {
    // The authors divide the published widths by this.
    let ratio = 64 / stem_channels(&encoder);
    match task.decoder() {
        Decoder::Segmentation => segmentation(&mut encoder, ratio)?,
        Decoder::Picture => autoencoder(&mut encoder, ratio)?,
        Decoder::Pool => {
            let origin = Origin::of(Part::Output);
            let spec = LayerSpec::add("pool", "pool", vec![Op::GlobalAvgPool], origin);
            // The authors write the unpooled side; nothing follows.
            let shape = encoder.shape();
            encoder.append(spec, shape)?;
        }
    }
    Ok(encoder.network)
}

fn stem_channels(encoder: &Encoder) -> usize {
    encoder
        .network
        .layers()
        .filter(|(_, layer)| layer.spec.origin.part == Part::Stem)
        .last()
        .map_or(64, |(_, layer)| layer.output.channels)
}

/// How often the side must double to reach the picture's.
fn doublings(side: usize) -> usize {
    (OUT / side.max(1)).max(1).ilog2() as usize
}

fn segmentation(encoder: &mut Encoder, ratio: usize) -> Result<(), ShapeError> {
    let doublings = doublings(encoder.side);
    encoder.decoder_conv("conv", 1024 / ratio)?;
    for _ in 0..6usize.saturating_sub(doublings) {
        encoder.decoder_conv("conv", encoder.channels / 2)?;
    }
    for _ in 1..doublings {
        encoder.deconv("deconv", encoder.channels / 2)?;
    }
    encoder.deconv("deconv", encoder.channels)?;
    encoder.decoder_conv("conv", OUT)
}

fn autoencoder(encoder: &mut Encoder, ratio: usize) -> Result<(), ShapeError> {
    let doublings = doublings(encoder.side);
    encoder.decoder_conv("conv", 1024 / ratio)?;
    encoder.decoder_conv("conv", 1024 / ratio)?;
    // Each step doubles the side if enough doublings are needed, and keeps it otherwise; a convolution follows.
    for (needed, width, then) in [(6, 512, 512), (5, 256, 128), (4, 64, 64), (3, 32, 32)] {
        if doublings >= needed {
            encoder.deconv("deconv", width / ratio)?;
        } else {
            encoder.decoder_conv("conv", width / ratio)?;
        }
        encoder.decoder_conv("conv", then / ratio)?;
    }
    encoder.deconv("deconv", 16 / ratio)?;
    encoder.decoder_conv("conv", 32 / ratio)?;
    encoder.deconv("deconv", 16 / ratio)
}
