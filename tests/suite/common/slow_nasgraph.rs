//! NASGraph of NAS-Bench-201 in plain loops, from the method's description alone: real images, real convolutions, the
//! random numbers drawn one after another. Nothing here knows partial sums, windows or the project's networks.

use std::collections::BTreeMap;

/// Matsumoto and Nishimura's generator, as published.
pub struct Twister {
    state: [u32; 624],
    at: usize,
    /// The second value of the last pair of double-precision draws.
    kept: Option<f64>,
}

impl Twister {
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; 624];
        for i in 1..624 {
            let previous = state[i - 1] ^ (state[i - 1] >> 30);
            state[i] = previous.wrapping_mul(1812433253).wrapping_add(i as u32);
        }
        Self { state, at: 624, kept: None }
    }

    pub fn word(&mut self) -> u32 {
        if self.at == 624 {
            for i in 0..624 {
                let mixed = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % 624] & 0x7fff_ffff);
                self.state[i] = self.state[(i + 397) % 624] ^ (mixed >> 1);
                if mixed % 2 == 1 {
                    self.state[i] ^= 0x9908_b0df;
                }
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

    pub fn uniform(&mut self) -> f32 {
        (self.word() & 0xff_ffff) as f32 / 16_777_216.0
    }

    fn uniform_double(&mut self) -> f64 {
        let (high, low) = (u64::from(self.word()), u64::from(self.word()));
        (((high << 32) | low) & 0x1f_ffff_ffff_ffff) as f64 / 9_007_199_254_740_992.0
    }

    /// `tensor.normal_()` on a tensor of `count` values.
    pub fn normal(&mut self, count: usize) -> Vec<f32> {
        if count < 16 {
            return (0..count).map(|_| self.one() as f32).collect();
        }
        let mut values: Vec<f32> = (0..count).map(|_| self.uniform()).collect();
        for start in (0..count - 15).step_by(16) {
            box_muller(&mut values[start..start + 16]);
        }
        if !count.is_multiple_of(16) {
            let last = &mut values[count - 16..];
            last.fill_with(|| self.uniform());
            box_muller(last);
        }
        values
    }

    fn one(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        let (u1, u2) = (self.uniform_double(), self.uniform_double());
        let radius = (-2.0 * libm::log1p(-u2)).sqrt();
        let angle = 2.0 * std::f64::consts::PI * u1;
        self.kept = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }
}

fn box_muller(block: &mut [f32]) {
    for j in 0..8 {
        let radius = (-2.0 * libm::logf(1.0 - block[j])).sqrt();
        let angle = 2.0 * std::f32::consts::PI * block[j + 8];
        (block[j], block[j + 8]) = (radius * libm::cosf(angle), radius * libm::sinf(angle));
    }
}

/// What a layer does to its input; a convolution is followed by a ReLU.
#[derive(Clone, Copy)]
enum Module {
    Identity,
    Zero,
    /// 3 × 3, stride 1, padding 1, padding not counted.
    AveragePool,
    Conv {
        kernel: usize,
        stride: usize,
        padding: usize,
    },
    /// 2 × 2 average pooling, then a 1 × 1 convolution.
    Downsample,
}

struct Layer {
    module: Module,
    parents: Vec<usize>,
    /// Channels and side of the input; channels of the output.
    inputs: usize,
    side: usize,
    outputs: usize,
}

impl Layer {
    fn kernel(&self) -> usize {
        match self.module {
            Module::Conv { kernel, .. } => kernel,
            Module::Downsample => 1,
            _ => 0,
        }
    }

    fn weights(&self) -> usize {
        self.outputs * self.inputs * self.kernel() * self.kernel()
    }
}

/// The layers of the surrogate network, in creation order.
fn layers(arch: &str, cells_per_stack: usize, stem_channels: usize) -> Vec<Layer> {
    let conv = |kernel, stride, padding| Module::Conv { kernel, stride, padding };
    let mut channels = stem_channels;
    let mut side = 32;
    let mut layers = vec![
        Layer { module: Module::Identity, parents: vec![], inputs: 3, side, outputs: 3 },
        Layer { module: conv(3, 1, 1), parents: vec![0], inputs: 3, side, outputs: channels },
    ];
    let mut feeds = vec![1];
    for stack in 0..3 {
        if stack > 0 {
            let (inputs, outputs, id) = (channels, 2 * channels, layers.len());
            layers.push(Layer { module: conv(3, 2, 1), parents: feeds.clone(), inputs, side, outputs });
            layers.push(Layer {
                module: conv(3, 1, 1),
                parents: vec![id],
                inputs: outputs,
                side: side / 2,
                outputs,
            });
            layers.push(Layer { module: Module::Downsample, parents: feeds, inputs, side, outputs });
            feeds = vec![id + 2, id + 1];
            (channels, side) = (outputs, side / 2);
        }
        for _ in 0..cells_per_stack {
            let mut nodes = vec![feeds];
            for node in arch.split('+') {
                let mut into = Vec::new();
                for (op, source) in node.split('|').filter_map(|part| part.split_once('~')) {
                    let module = match op {
                        "none" => Module::Zero,
                        "skip_connect" => Module::Identity,
                        "nor_conv_1x1" => conv(1, 1, 0),
                        "nor_conv_3x3" => conv(3, 1, 1),
                        "avg_pool_3x3" => Module::AveragePool,
                        other => panic!("{other}"),
                    };
                    let parents = nodes[source.parse::<usize>().unwrap()].clone();
                    into.push(layers.len());
                    layers.push(Layer { module, parents, inputs: channels, side, outputs: channels });
                }
                nodes.push(into);
            }
            feeds = nodes.pop().unwrap();
        }
    }
    layers.push(Layer {
        module: Module::Identity,
        parents: feeds,
        inputs: channels,
        side,
        outputs: channels,
    });
    layers
}

/// An image: channel, row, column.
type Image = Vec<Vec<Vec<f64>>>;

fn convolve(
    image: &Image,
    weights: &[f32],
    outputs: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
) -> Image {
    let (inputs, side) = (image.len(), image[0].len());
    let out_side = (side + 2 * padding - kernel) / stride + 1;
    let mut output = vec![vec![vec![0.0; out_side]; out_side]; outputs];
    for (j, plane) in output.iter_mut().enumerate() {
        for (i, input) in image.iter().enumerate() {
            let weight = &weights[(j * inputs + i) * kernel * kernel..];
            for (y, row) in plane.iter_mut().enumerate() {
                for (x, value) in row.iter_mut().enumerate() {
                    for r in 0..kernel {
                        for c in 0..kernel {
                            let (from_y, from_x) = (y * stride + r, x * stride + c);
                            let inside = |at: usize| at >= padding && at < side + padding;
                            if inside(from_y) && inside(from_x) {
                                *value += f64::from(weight[r * kernel + c])
                                    * input[from_y - padding][from_x - padding];
                            }
                        }
                    }
                }
            }
        }
    }
    output
}

fn rectify(mut image: Image) -> Image {
    image.iter_mut().flatten().flatten().for_each(|value| *value = value.max(0.0));
    image
}

/// Means of the pixels of `input` under windows of `kernel` pixels that start `padding` pixels outside.
fn average(input: &Image, kernel: usize, stride: usize, padding: usize) -> Image {
    let side = input[0].len();
    let out_side = (side + 2 * padding - kernel) / stride + 1;
    let mean = |plane: &Vec<Vec<f64>>, y: usize, x: usize| {
        let span =
            |at: usize| (at * stride).saturating_sub(padding)..(at * stride + kernel - padding).min(side);
        let pixels: Vec<f64> = span(y).flat_map(|y| span(x).map(move |x| plane[y][x])).collect();
        pixels.iter().sum::<f64>() / pixels.len() as f64
    };
    let plane = |plane| (0..out_side).map(|y| (0..out_side).map(|x| mean(plane, y, x)).collect()).collect();
    input.iter().map(plane).collect()
}

fn run(layer: &Layer, weights: &[f32], image: &Image) -> Image {
    match layer.module {
        Module::Identity => image.clone(),
        Module::Zero => image.iter().map(|plane| vec![vec![0.0; plane.len()]; plane.len()]).collect(),
        Module::AveragePool => average(image, 3, 1, 1),
        Module::Conv { kernel, stride, padding } => {
            rectify(convolve(image, weights, layer.outputs, kernel, stride, padding))
        }
        Module::Downsample => rectify(convolve(&average(image, 2, 2, 0), weights, layer.outputs, 1, 1, 0)),
    }
}

/// Edges of the channel graph with their weights: ((source layer, channel), (target layer, channel)).
pub type Edges = BTreeMap<((usize, usize), (usize, usize)), f64>;

/// The channel graph of a cell's surrogate network.
pub fn channel_graph(arch: &str, seed: u32, cells_per_stack: usize, stem_channels: usize) -> Edges {
    let layers = layers(arch, cells_per_stack, stem_channels);
    let mut twister = Twister::new(seed);
    // Building the modules draws one word a weight.
    for _ in 0..layers.iter().map(Layer::weights).sum::<usize>() {
        twister.word();
    }
    let mut edges = Edges::new();
    for (id, layer) in layers.iter().enumerate() {
        let weights = twister.normal(layer.weights());
        let score = |i: usize| -> Vec<f64> {
            let mut image = vec![vec![vec![0.0; layer.side]; layer.side]; layer.inputs];
            image[i] = vec![vec![1.0; layer.side]; layer.side];
            let sum = |plane: &Vec<Vec<f64>>| plane.iter().flatten().sum();
            run(layer, &weights, &image).iter().map(sum).collect()
        };
        let scores: Vec<Vec<f64>> = (0..layer.inputs).map(score).collect();
        let total: f64 = scores.iter().flatten().sum();
        for &parent in &layer.parents {
            for (i, row) in scores.iter().enumerate() {
                for (j, &score) in row.iter().enumerate() {
                    if score != 0.0 {
                        edges.insert(((parent, i), (id, j)), score / total);
                    }
                }
            }
        }
    }
    edges
}

/// The six measures of a degree sequence without zeros, as the authors define them.
pub fn measures(mut degrees: Vec<f64>) -> [f64; 6] {
    degrees.sort_by(f64::total_cmp);
    let n = degrees.len() as f64;
    let e = degrees.iter().sum::<f64>() / 2.0;
    let mean = degrees.iter().sum::<f64>() / n;
    let mean_square = degrees.iter().map(|d| d * d).sum::<f64>() / n;
    let entropy: f64 = degrees.iter().map(|d| d / (2.0 * e)).map(|p| -p * p.ln()).sum();
    let wedge = degrees.iter().map(|d| d * (d - 1.0) / 2.0).sum();
    let ranked: f64 = degrees.iter().zip(1u32..).map(|(d, rank)| f64::from(rank) * d).sum();
    [mean, e / (n * (n - 1.0)), mean_square / mean, entropy / n, wedge, ranked / (e * n) - (n + 1.0) / n]
}
