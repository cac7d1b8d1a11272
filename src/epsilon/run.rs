//! Runs a program on a batch at one weight.

use super::{
    collapse::Collapsed,
    kernel::{self, Shape2, Stats, Term},
    plan::{EPS, Plan},
    program::{Extent, Program, Step, ValueId, Window},
};

/// A plane as it is read: scale · buffer + shift. Batch norm and 1 × 1 convolutions only change the view.
#[derive(Clone, Copy, Debug)]
struct View {
    buffer: usize,
    scale: f64,
    shift: f64,
}

impl View {
    fn plain(buffer: usize) -> Self {
        Self { buffer, scale: 1.0, shift: 0.0 }
    }

    fn is_plain(&self) -> bool {
        self.scale == 1.0 && self.shift == 0.0
    }

    fn scaled(self, factor: f64) -> Self {
        Self { scale: self.scale * factor, shift: self.shift * factor, ..self }
    }
}

#[derive(Clone, Debug, Default)]
struct Buffer {
    data: Vec<f32>,
    /// Views on it; a buffer without views is used again.
    views: u32,
    /// Statistics of the data, and whether the variance is among them.
    stats: Option<(Stats, bool)>,
}

/// Images as planes, and buffers that are used again from run to run.
#[derive(Clone, Debug)]
pub(super) struct Runner {
    /// The first ones hold the colour channels of the images and stay.
    buffers: Vec<Buffer>,
    free: Vec<usize>,
    colours: usize,
    batch: usize,
    scratch: Vec<f32>,
}

impl Runner {
    /// A runner for `batch` images, one plane a colour channel.
    pub fn new(planes: Vec<Vec<f32>>, batch: usize) -> Self {
        let colours = planes.len();
        let buffers = planes.into_iter().map(|data| Buffer { data, views: 1, stats: None }).collect();
        Self { buffers, free: Vec::new(), colours, batch, scratch: Vec::new() }
    }

    /// The output of the network, one value an image.
    pub fn run(&mut self, collapsed: &Collapsed, plan: &Plan, weight: f32) -> Vec<f32> {
        let mut output = vec![0.0; self.batch];
        let Some(id) = collapsed.output.filter(|&id| !plan.is_zero(id)) else { return output };
        let mut run = Run {
            values: vec![None; collapsed.program.len()],
            readers: plan.readers.clone(),
            relu: relu_of(&collapsed.program),
            program: &collapsed.program,
            weight: f64::from(weight),
            runner: self,
            plan,
        };
        for (id, step) in collapsed.program.steps() {
            if plan.readers[id.index()] > 0 {
                run.step(id, step);
            }
        }
        if let Some(view) = run.values[id.index()] {
            kernel::join(&[run.runner.term(view)], Some(&mut output), None);
            run.runner.release(view);
        }
        output
    }

    fn term(&self, view: View) -> Term<'_> {
        let plane = &self.buffers[view.buffer].data;
        Term { plane, scale: view.scale as f32, shift: view.shift as f32 }
    }

    /// An empty buffer of `length` values, not cleared.
    fn take(&mut self, length: usize) -> Vec<f32> {
        let fitting = self.free.iter().rposition(|&b| self.buffers[b].data.len() == length);
        let mut data = match fitting {
            Some(place) => std::mem::take(&mut self.buffers[self.free[place]].data),
            None => Vec::with_capacity(length),
        };
        data.resize(length, 0.0);
        data
    }

    /// Stores a plane; the view counts as one.
    fn put(&mut self, data: Vec<f32>) -> View {
        let empty = self.free.iter().position(|&b| self.buffers[b].data.is_empty());
        let buffer = match empty {
            Some(place) => self.free.swap_remove(place),
            None => {
                self.buffers.push(Buffer::default());
                self.buffers.len() - 1
            }
        };
        self.buffers[buffer] = Buffer { data, views: 1, stats: None };
        View::plain(buffer)
    }

    fn share(&mut self, view: View) -> View {
        self.buffers[view.buffer].views += 1;
        view
    }

    fn release(&mut self, view: View) {
        let buffer = &mut self.buffers[view.buffer];
        buffer.views -= 1;
        if buffer.views == 0 && view.buffer >= self.colours {
            self.free.push(view.buffer);
        }
    }
}

/// The ReLU of each plane, where there is one.
fn relu_of(program: &Program) -> Vec<Option<ValueId>> {
    let mut relu = vec![None; program.len()];
    for (id, step) in program.steps() {
        if let Step::Relu(value) = step {
            relu[value.index()] = Some(id);
        }
    }
    relu
}

struct Run<'a> {
    program: &'a Program,
    plan: &'a Plan,
    relu: Vec<Option<ValueId>>,
    weight: f64,
    values: Vec<Option<View>>,
    /// Steps that still have to read each plane.
    readers: Vec<u32>,
    runner: &'a mut Runner,
}

impl Run<'_> {
    fn step(&mut self, id: ValueId, step: &Step) {
        let view = match step {
            Step::Image(channel) => Some(self.runner.share(View::plain(*channel))),
            Step::Sum(values) => {
                let views: Vec<View> = values.iter().filter_map(|&v| self.values[v.index()]).collect();
                self.sum(id, &views)
            }
            Step::Mix(values) => {
                let views: Vec<View> = values
                    .iter()
                    .filter_map(|&(count, v)| Some(self.values[v.index()]?.scaled(count as f64)))
                    .collect();
                self.sum(id, &views)
            }
            Step::Relu(value) => match self.values[id.index()] {
                // Written together with the sum.
                Some(done) => Some(done),
                None => self.values[value.index()].map(|view| {
                    let mut relu = self.runner.take(self.length(id));
                    kernel::join(&[self.runner.term(view)], None, Some(&mut relu));
                    self.runner.put(relu)
                }),
            },
            Step::Conv { value, channels, window } => self.convolve(*value, *channels, window, id),
            Step::BatchNorm(value) => self.normalise(*value),
            Step::AvgPool { value, window } => self.slide(*value, id, window, kernel::average),
            Step::MaxPool { value, window } => self.slide(*value, id, window, kernel::maximum),
            Step::GlobalMean(value) => self.plain(*value).map(|view| {
                let mut means = self.runner.take(self.length(id));
                kernel::global_mean(&self.runner.buffers[view.buffer].data, &mut means);
                self.runner.put(means)
            }),
        };
        self.values[id.index()] = view;
        step.each_input(|input| {
            let readers = &mut self.readers[input.index()];
            *readers = readers.saturating_sub(1);
            if *readers == 0
                && let Some(view) = self.values[input.index()].take()
            {
                self.runner.release(view);
            }
        });
    }

    fn length(&self, id: ValueId) -> usize {
        let Extent { height, width } = self.program.extent(id);
        height * width * self.runner.batch
    }

    /// Adds planes up; where the ReLU of the sum is needed it is written in the same pass.
    fn sum(&mut self, id: ValueId, views: &[View]) -> Option<View> {
        if let [one] = views {
            return Some(self.runner.share(*one));
        }
        let relu = self.relu[id.index()].filter(|r| self.readers[r.index()] > 0);
        let is_read = self.readers[id.index()] > u32::from(relu.is_some());
        let length = self.length(id);
        let mut sum = is_read.then(|| self.runner.take(length));
        let mut rectified = relu.map(|_| self.runner.take(length));
        let terms: Vec<Term> = views.iter().map(|&view| self.runner.term(view)).collect();
        kernel::join(&terms, sum.as_deref_mut(), rectified.as_deref_mut());
        drop(terms);
        if let (Some(relu), Some(data)) = (relu, rectified) {
            self.values[relu.index()] = Some(self.runner.put(data));
        }
        sum.map(|data| self.runner.put(data))
    }

    /// The plane as a buffer that holds its values as they are, up to a scale if `scaled` is allowed.
    fn stored(&mut self, id: ValueId, scaled: bool) -> Option<View> {
        let view = self.values[id.index()]?;
        if view.is_plain() || (scaled && view.shift == 0.0) {
            return Some(view);
        }
        let mut data = self.runner.take(self.runner.buffers[view.buffer].data.len());
        kernel::join(&[self.runner.term(view)], Some(&mut data), None);
        let plain = self.runner.put(data);
        self.runner.release(view);
        self.values[id.index()] = Some(plain);
        Some(plain)
    }

    fn plain(&mut self, id: ValueId) -> Option<View> {
        self.stored(id, false)
    }

    fn convolve(&mut self, value: ValueId, channels: usize, window: &Window, id: ValueId) -> Option<View> {
        let factor = self.weight * channels as f64;
        if window.is_pixel() {
            let view = self.values[value.index()]?;
            return Some(self.runner.share(view).scaled(factor));
        }
        let source = self.stored(value, true)?;
        let box_sum = self.slide_buffer(source.buffer, value, id, window, kernel::sum);
        Some(box_sum.scaled(source.scale * factor))
    }

    fn normalise(&mut self, value: ValueId) -> Option<View> {
        let view = self.values[value.index()]?;
        let bound = self.plan.bounds[value.index()];
        // A variance that cannot move the 10⁻⁵ it is added to, in f64, is not computed.
        let spread = bound * bound > EPS * f64::EPSILON / 4.0;
        let buffer = &mut self.runner.buffers[view.buffer];
        let stats = match buffer.stats {
            Some((stats, known)) if known || !spread => stats,
            _ => {
                let stats = kernel::mean_and_variance(&buffer.data, spread);
                buffer.stats = Some((stats, spread));
                stats
            }
        };
        let variance = if spread { view.scale * view.scale * stats.variance } else { 0.0 };
        // Rounded to f32 where PyTorch rounds: x · alpha + beta.
        let mean = (stats.mean * view.scale + view.shift) as f32;
        let alpha = (1.0 / (f64::from(variance as f32) + EPS).sqrt()) as f32 * self.weight as f32;
        let beta = -mean * alpha;
        let shared = self.runner.share(view).scaled(f64::from(alpha));
        Some(View { shift: shared.shift + f64::from(beta), ..shared })
    }

    fn slide(&mut self, value: ValueId, id: ValueId, window: &Window, kernel: Kernel) -> Option<View> {
        let view = self.plain(value)?;
        Some(self.slide_buffer(view.buffer, value, id, window, kernel))
    }

    fn slide_buffer(
        &mut self,
        buffer: usize,
        value: ValueId,
        id: ValueId,
        window: &Window,
        kernel: Kernel,
    ) -> View {
        let mut out = self.runner.take(self.length(id));
        let input = self.program.extent(value);
        let shape = Shape2 { input, output: self.program.extent(id), batch: self.runner.batch };
        let Runner { buffers, scratch, .. } = &mut *self.runner;
        kernel(&buffers[buffer].data, window, shape, scratch, &mut out);
        self.runner.put(out)
    }
}

type Kernel = fn(&[f32], &Window, Shape2, &mut Vec<f32>, &mut [f32]);
