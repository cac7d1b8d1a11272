//! PyTorch's CPU generator, as far as `torch.randn` of a large tensor needs it.

/// MT19937 (Matsumoto and Nishimura 1998), seeded by `init_genrand`.
pub(super) struct Generator {
    state: [u32; 624],
    at: usize,
}

impl Generator {
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; 624];
        for i in 1..624 {
            let before = state[i - 1];
            state[i] = 1_812_433_253u32.wrapping_mul(before ^ (before >> 30)).wrapping_add(i as u32);
        }
        Self { state, at: 624 }
    }

    fn word(&mut self) -> u32 {
        if self.at == 624 {
            for i in 0..624 {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % 624] & 0x7fff_ffff);
                let twist = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + 397) % 624] ^ (y >> 1) ^ twist;
            }
            self.at = 0;
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn uniform(&mut self) -> f32 {
        (self.word() & 0x00ff_ffff) as f32 * (1.0 / (1 << 24) as f32)
    }

    /// Fills with N(0, 1) as PyTorch fills 16 or more values: uniforms first, then Box–Muller in blocks of 16; what
    /// remains after the last whole block is covered by drawing the last 16 values afresh. Shorter slices are left
    /// as uniforms (PyTorch draws them in another way).
    pub fn fill_normal(&mut self, values: &mut [f32]) {
        values.iter_mut().for_each(|value| *value = self.uniform());
        let mut blocks = values.chunks_exact_mut(16);
        blocks.by_ref().for_each(box_muller);
        let ragged = !blocks.into_remainder().is_empty();
        if ragged && let Some(start) = values.len().checked_sub(16) {
            values[start..].iter_mut().for_each(|value| *value = self.uniform());
            box_muller(&mut values[start..]);
        }
    }
}

fn box_muller(block: &mut [f32]) {
    for j in 0..8 {
        let radius = (-2.0 * libm::logf(1.0 - block[j])).sqrt();
        let angle = (2.0 * std::f64::consts::PI * f64::from(block[j + 8])) as f32;
        block[j] = radius * libm::cosf(angle);
        block[j + 8] = radius * libm::sinf(angle);
    }
}
