//! PyTorch's CPU random numbers: MT19937, and the two ways in which `normal_` uses it.
//!
//! The words are PyTorch's, to the bit. The normal draws follow its arithmetic, but its logarithm, sine and cosine
//! differ from machine to machine in the last place (with AVX2 it uses polynomials of its own), and so do ours.
//!
//! `normal_` on a tensor of 16 values or more turns blocks of 16 uniform numbers into 16 normal ones (Box–Muller in
//! single precision, the second half of a block giving the angles); on a smaller one it draws pairs in double
//! precision and keeps the second of a pair for the next small tensor. Source: `aten/src/ATen/core/
//! MT19937RNGEngine.h`, `DistributionsHelper.h` and `native/cpu/DistributionTemplates.h` of PyTorch.

use rustc_hash::FxHashMap;
use std::f32::consts::PI as PI_F32;

const STATE: usize = 624;
const SHIFT: usize = 397;

/// The Mersenne twister MT19937, seeded as `torch.manual_seed` seeds it.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    state: [u32; STATE],
    next: usize,
}

impl Mt19937 {
    /// The generator of a seed.
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; STATE];
        for i in 1..STATE {
            let previous = state[i - 1];
            state[i] = 1_812_433_253u32.wrapping_mul(previous ^ (previous >> 30)).wrapping_add(i as u32);
        }
        Self { state, next: STATE }
    }

    /// The next 32-bit word.
    pub fn word(&mut self) -> u32 {
        if self.next == STATE {
            self.twist();
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn twist(&mut self) {
        for i in 0..STATE {
            // Written without a remainder: this is the inner loop of every draw.
            let next = if i + 1 == STATE { 0 } else { i + 1 };
            let far = if i + SHIFT < STATE { i + SHIFT } else { i + SHIFT - STATE };
            let y = (self.state[i] & 0x8000_0000) | (self.state[next] & 0x7fff_ffff);
            self.state[i] = self.state[far] ^ (y >> 1) ^ ((y & 1) * 0x9908_b0df);
        }
        self.next = 0;
    }

    /// Passes over a whole state of words; right only where a state has been used up.
    fn skip_state(&mut self) {
        self.twist();
        self.next = STATE;
    }
}

/// Values of a block of `normal_` on a large tensor.
pub const BLOCK: usize = 16;

/// Turns a block of 16 words into 16 draws from N(0, 1), as PyTorch's `normal_fill` does.
pub fn normal_block(words: &[u32; BLOCK]) -> [f32; BLOCK] {
    let mut values = [0.0; BLOCK];
    for j in 0..BLOCK / 2 {
        let radius = (-2.0 * libm::logf(1.0 - uniform(words[j]))).sqrt();
        let (sin, cos) = libm::sincosf(2.0 * PI_F32 * uniform(words[j + BLOCK / 2]));
        values[j] = radius * cos;
        values[j + BLOCK / 2] = radius * sin;
    }
    values
}

/// Words between two saved states of the generator, and normal draws of a page; a multiple of [`BLOCK`].
const PAGE: usize = 8 * STATE;
/// Pages that are kept at most: 40 MB.
const PAGES: usize = 2048;

/// The word stream of one seed at any position, and the normal draws whose words start there.
///
/// Networks that differ in one operation read mostly the same draws, so pages of draws are kept.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The generator before word 0, [`PAGE`], 2 · [`PAGE`] and so on, as far as it was needed.
    states: Vec<Mt19937>,
    /// Number of the page whose words are at hand, and these words.
    at_hand: usize,
    words: Vec<u32>,
    /// Pages of draws by the position of their first word.
    pages: FxHashMap<usize, Vec<f32>>,
}

impl Stream {
    /// The stream of a seed.
    pub fn new(seed: u32) -> Self {
        let mut stream = Self {
            states: vec![Mt19937::new(seed)],
            at_hand: 0,
            words: Vec::new(),
            pages: FxHashMap::default(),
        };
        stream.load(0);
        stream
    }

    fn load(&mut self, page: usize) {
        while self.states.len() <= page {
            let mut state = self.states[self.states.len() - 1].clone();
            (0..PAGE / STATE).for_each(|_| state.skip_state());
            self.states.push(state);
        }
        let mut generator = self.states[page].clone();
        self.words.clear();
        self.words.extend((0..PAGE).map(|_| generator.word()));
        self.at_hand = page;
    }

    /// The word at a position.
    pub fn word(&mut self, position: usize) -> u32 {
        if position / PAGE != self.at_hand {
            self.load(position / PAGE);
        }
        self.words[position % PAGE]
    }

    fn block(&mut self, position: usize) -> [f32; BLOCK] {
        normal_block(&std::array::from_fn(|i| self.word(position + i)))
    }

    /// Appends `count` draws, a multiple of [`BLOCK`], whose words start at `position`.
    fn blocks(&mut self, position: usize, count: usize, out: &mut Vec<f32>) {
        // Pages start at multiples of their length, shifted so that their blocks fall on the blocks asked for.
        let shift = position % BLOCK;
        let (mut at, end) = (position - shift, position - shift + count);
        while at < end {
            let start = at / PAGE * PAGE;
            let next = end.min(start + PAGE);
            if self.pages.len() == PAGES {
                self.pages.clear();
            }
            if !self.pages.contains_key(&(start + shift)) {
                let mut page = Vec::with_capacity(PAGE);
                for block in 0..PAGE / BLOCK {
                    page.extend(self.block(start + shift + block * BLOCK));
                }
                self.pages.insert(start + shift, page);
            }
            out.extend_from_slice(&self.pages[&(start + shift)][at - start..next - start]);
            at = next;
        }
    }
}

/// Where a program stands in the stream of its seed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cursor {
    /// Words used up.
    pub position: usize,
    /// The second value of the last pair that a small tensor drew, if it is still to be used.
    kept: Option<f64>,
}

impl Cursor {
    /// Whether a tensor of `count` values is drawn in blocks, so that its values depend on the position alone.
    pub const fn in_blocks(count: usize) -> bool {
        count >= BLOCK
    }

    /// Passes over `words` words (what a module's default initialisation draws).
    pub fn skip(&mut self, words: usize) {
        self.position += words;
    }

    /// Passes over a tensor of `count ≥ 16` values.
    pub fn skip_normal(&mut self, count: usize) {
        debug_assert!(Self::in_blocks(count));
        self.position += count + if count.is_multiple_of(BLOCK) { 0 } else { BLOCK };
    }

    /// Draws a tensor of `count` values from N(0, 1), as `tensor.normal_()` does.
    pub fn normal(&mut self, stream: &mut Stream, count: usize) -> Vec<f32> {
        if !Self::in_blocks(count) {
            return (0..count).map(|_| self.one(stream) as f32).collect();
        }
        let mut values = Vec::with_capacity(count + BLOCK);
        stream.blocks(self.position, count / BLOCK * BLOCK, &mut values);
        if !count.is_multiple_of(BLOCK) {
            let last = stream.block(self.position + count);
            values.truncate(count - BLOCK);
            values.extend_from_slice(&last);
        }
        self.skip_normal(count);
        values
    }

    /// One draw in double precision.
    fn one(&mut self, stream: &mut Stream) -> f64 {
        if let Some(value) = self.kept.take() {
            return value;
        }
        let mut uniform = || {
            let high = u64::from(stream.word(self.position));
            let low = u64::from(stream.word(self.position + 1));
            self.position += 2;
            let bits = ((high << 32) | low) & ((1 << 53) - 1);
            bits as f64 * (1.0 / (1u64 << 53) as f64)
        };
        let (u1, u2) = (uniform(), uniform());
        let radius = (-2.0 * libm::log1p(-u2)).sqrt();
        let (sin, cos) = libm::sincos(2.0 * std::f64::consts::PI * u1);
        self.kept = Some(radius * sin);
        radius * cos
    }
}

/// The `count` values at word `position` that a convolution with `fan_in` inputs a value is built with: U(−b, b),
/// b = 1/√fan_in.
pub fn default_initialisation(stream: &mut Stream, position: usize, count: usize, fan_in: usize) -> Vec<f32> {
    let bound = 1.0 / (fan_in as f64).sqrt();
    let (low, high) = (-bound as f32, bound as f32);
    (position..position + count).map(|at| uniform(stream.word(at)) * (high - low) + low).collect()
}

/// A number in [0, 1) from the low 24 bits of a word.
fn uniform(word: u32) -> f32 {
    (word & 0x00ff_ffff) as f32 * (1.0 / 16_777_216.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_of_the_published_seed() {
        // Matsumoto and Nishimura's `mt19937ar.out` is for an array seed; 5489 is the C++ standard's default, whose
        // 10,000th word is 4123659995.
        let mut generator = Mt19937::new(5489);
        let last = (0..10_000).map(|_| generator.word()).last();
        assert_eq!(last, Some(4_123_659_995));
    }

    #[test]
    fn a_window_is_a_window_of_the_stream() {
        let mut stream = Stream::new(7);
        let mut at = Cursor { position: 35, kept: None };
        let window = at.normal(&mut stream, 4096);
        assert_eq!(at.position, 35 + 4096);
        let mut at = Cursor { position: 35 + 160, kept: None };
        assert_eq!(at.normal(&mut stream, 64), window[160..224]);
    }

    #[test]
    fn a_ragged_tensor_redraws_its_last_sixteen() {
        let mut stream = Stream::new(7);
        let even = Cursor::default().normal(&mut stream, 32);
        let mut at = Cursor::default();
        let ragged = at.normal(&mut stream, 37);
        assert_eq!(at.position, 53);
        assert_eq!(ragged[..21], even[..21]);
        assert_eq!(ragged[21..], Cursor { position: 37, kept: None }.normal(&mut stream, 16));
    }

    #[test]
    fn the_kept_value_survives_a_large_tensor() {
        let mut stream = Stream::new(1);
        let mut plain = Cursor::default();
        let pair = plain.normal(&mut stream, 2);
        let mut split = Cursor::default();
        let first = split.normal(&mut stream, 1);
        split.normal(&mut stream, 16);
        assert_eq!(split.position, 20);
        assert_eq!([first, split.normal(&mut stream, 1)].concat(), pair);
    }
}
