//! TransNAS-Bench-101 (Duan et al. 2021, arXiv 2105.11871): one cell searched (micro), or the stages around fixed
//! blocks (macro), for seven tasks.
//!
//! Text: micro `64-41414-a_bc_def`, the digits being the operations into node 1, 2 and 3; macro `64-DIGITS-basic`, one
//! digit a stage: even doubles the channels, above 2 halves the side.

mod decoder;
mod encoder;
mod macro_space;
mod micro_space;

pub use macro_space::TransNas101Macro;
pub use micro_space::TransNas101Micro;

use super::{ParseError, SpaceError, SurrogateOptions, error::quote};
use crate::{
    network::Network,
    predictor::{NONE, SKIP},
};

/// Longest text that is looked at, in bytes.
const LONGEST: usize = 200;

/// An operation of a micro cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Op {
    /// Multiplies by zero.
    None,
    /// Identity, or a factorised reduce where the shape changes.
    Skip,
    /// 1 × 1 convolution.
    Conv1x1,
    /// 3 × 3 convolution.
    Conv3x3,
}

impl Op {
    const ALL: [Op; 4] = [Op::None, Op::Skip, Op::Conv1x1, Op::Conv3x3];
    const NAMES: [&'static str; 4] = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"];

    /// Their texts in TG-NAS.
    const TEXTS: [&'static str; 4] = [NONE, SKIP, "Convolution 1 by 1", "Convolution 3 by 3"];

    const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What a stage of the encoder does, as its digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stage {
    doubles: bool,
    halves: bool,
}

impl Stage {
    fn of_digit(digit: u8) -> Option<Self> {
        matches!(digit, 1..=4).then(|| Self { doubles: digit.is_multiple_of(2), halves: digit > 2 })
    }

    fn digit(self) -> u8 {
        1 + u8::from(self.doubles) + 2 * u8::from(self.halves)
    }

    /// The operation's name, for colours and labels.
    fn name(self) -> &'static str {
        match (self.doubles, self.halves) {
            (false, false) => "block",
            (true, false) => "block, channels × 2",
            (false, true) => "block, side ÷ 2",
            (true, true) => "block, channels × 2, side ÷ 2",
        }
    }
}

/// The surrogate network of stages, each built by `cell`.
fn surrogate(
    options: &SurrogateOptions,
    stages: &[Stage],
    cell: encoder::CellBuilder<'_>,
) -> Result<Network, SpaceError> {
    options.check()?;
    let channels = options.stem_channels;
    SpaceError::check("stem channels", channels, SurrogateOptions::TRANSNAS_STEM_CHANNELS)?;
    if !channels.is_multiple_of(2) {
        let message = format!("stem channels must be even on TransNAS-Bench-101, not {channels}");
        return Err(SpaceError::NotCovered { message });
    }
    if !options.task.is_defined() {
        let message = "NASGraph's authors define no network for the task jigsaw".to_owned();
        return Err(SpaceError::NotCovered { message });
    }
    let mut encoder = encoder::Encoder::new(channels)?;
    for (number, &stage) in stages.iter().enumerate() {
        encoder.stage(number, stage, cell)?;
    }
    Ok(decoder::decode(encoder, options.task)?)
}

/// Reads `64-` and what follows it up to `-`, and the rest.
fn split(whole: &str) -> Result<(usize, &str, &str), ParseError> {
    if whole.len() > LONGEST {
        let count = whole.chars().count();
        let message = format!("the text has {count} characters; at most {LONGEST} are read");
        return Err(ParseError::at(whole, 0, whole.len(), message));
    }
    let start = whole.len() - whole.trim_start().len();
    let text = whole.trim();
    let Some(rest) = text.strip_prefix("64-") else {
        let end = start + text.find('-').unwrap_or(text.len());
        let message = format!("expected `64-` at the start, found `{}`", quote(&whole[start..end]));
        return Err(ParseError::at(whole, start, end, message));
    };
    let Some((stages, cell)) = rest.split_once('-') else {
        let message = "expected a `-` after the digits of the stages".to_owned();
        return Err(ParseError::at(whole, start + 3, start + text.len(), message));
    };
    Ok((start + 3, stages, cell))
}
