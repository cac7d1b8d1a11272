//! From a network of channels to a program of planes: the channel-class collapse.
//!
//! With constant weights every output channel of a convolution is w · Σ (window sum of each input channel), the same
//! plane for all of them. Batch norm, ReLU and pooling act on each plane alone. So the cost of a network does not
//! depend on its width.

use super::{
    EpsilonError,
    channels::Channels,
    program::{Extent, Program, Step, ValueId, Window},
};
use crate::network::{Conv2d, Join, Layer, Network, Op, Part, Pool, Shape};

/// What a network computes with constant weights.
#[derive(Clone, Debug)]
pub(super) struct Collapsed {
    pub program: Program,
    /// Plane of the outputs, one value an image; `None` if nothing reaches them.
    pub output: Option<ValueId>,
}

/// Collapses the channels of `network`, whose last layer is its output and which reads images of shape `image`.
pub(super) fn collapse(network: &Network, image: Shape) -> Result<Collapsed, EpsilonError> {
    let mut program = Program::default();
    let mut tensors: Vec<Channels> = Vec::with_capacity(network.len());
    let mut last: Option<&Layer> = None;
    for (id, layer) in network.layers() {
        let parents: Vec<_> =
            network.parents(id).iter().map(|p| (&tensors[p.index()], network.layer(*p))).collect();
        let mut tensor = if layer.spec.origin.part == Part::Input {
            read_image(&mut program, layer, image)?
        } else {
            join(&mut program, layer, &parents)?
        };
        let mut shape = layer.input;
        for op in &layer.spec.module {
            let output = op.output_shape(shape)?;
            tensor = apply(&mut program, op, &tensor, output)?;
            shape = output;
        }
        tensors.push(tensor);
        last = Some(layer);
    }
    let output = tensors.pop().unwrap_or_default();
    let shape = last.map_or(Shape { channels: 0, height: 0, width: 0 }, |layer| layer.output);
    match output.runs() {
        [run] if shape.pixels() == 1 => Ok(Collapsed { program, output: run.value }),
        _ => Err(EpsilonError::Output { shape }),
    }
}

fn read_image(program: &mut Program, layer: &Layer, image: Shape) -> Result<Channels, EpsilonError> {
    if layer.input != image {
        return Err(EpsilonError::Image { expected: layer.input, found: image });
    }
    let mut tensor = Channels::default();
    for channel in 0..image.channels {
        tensor.push(1, Some(program.add(Step::Image(channel), extent(image))));
    }
    Ok(tensor)
}

/// Puts the parents together. A parent that is wider than an `add` layer loses its last channels, as in
/// NAS-Bench-101.
fn join(
    program: &mut Program,
    layer: &Layer,
    parents: &[(&Channels, &Layer)],
) -> Result<Channels, EpsilonError> {
    let input = layer.input;
    let unfit = |found| EpsilonError::Join { layer: layer.spec.label.to_string(), expected: input, found };
    if let Some((_, parent)) = parents.iter().find(|(_, p)| extent(p.output) != extent(input)) {
        return Err(unfit(parent.output));
    }
    match layer.spec.join {
        Join::Concat => {
            let mut joined = Channels::default();
            parents.iter().for_each(|(tensor, _)| joined.append(tensor));
            if joined.count() == input.channels {
                Ok(joined)
            } else {
                Err(unfit(Shape { channels: joined.count(), ..input }))
            }
        }
        Join::Add => {
            if let Some((_, narrow)) = parents.iter().find(|(_, p)| p.output.channels < input.channels) {
                return Err(unfit(narrow.output));
            }
            let cut: Vec<_> = parents.iter().map(|(tensor, _)| tensor.slice(0, input.channels)).collect();
            if cut.is_empty() {
                return Ok(Channels::uniform(input.channels, None));
            }
            Ok(Channels::zip(&cut, |values| match values {
                [] => None,
                [one] => Some(*one),
                several => Some(program.add(Step::Sum(several.to_vec()), extent(input))),
            }))
        }
    }
}

fn apply(program: &mut Program, op: &Op, tensor: &Channels, output: Shape) -> Result<Channels, EpsilonError> {
    let mut each =
        |step: &dyn Fn(ValueId) -> Step| tensor.map(|v| Some(program.add(step(v), extent(output))));
    Ok(match op {
        Op::Identity => tensor.clone(),
        Op::Zero => Channels::uniform(output.channels, None),
        Op::Relu => each(&Step::Relu),
        Op::BatchNorm => each(&Step::BatchNorm),
        Op::GlobalAvgPool => each(&Step::GlobalMean),
        Op::AvgPool(pool) => each(&|value| Step::AvgPool { value, window: Window::from(*pool) }),
        Op::MaxPool(pool) => each(&|value| Step::MaxPool { value, window: Window::from(*pool) }),
        Op::Conv2d(conv) => convolve(program, tensor, Window::from(*conv), conv.groups, output),
        // On 1 × 1 planes a fully connected layer is a 1 × 1 convolution; its bias is 0.
        Op::Linear(_) => convolve(program, tensor, PIXEL, 1, output),
        Op::ConvTranspose2d(_) | Op::FactorizedReduce(_) => {
            return Err(EpsilonError::Unsupported { op: op.to_string() });
        }
    })
}

/// One plane a group of output channels.
fn convolve(
    program: &mut Program,
    tensor: &Channels,
    window: Window,
    groups: usize,
    output: Shape,
) -> Channels {
    let (inputs, outputs) = (tensor.count() / groups, output.channels / groups);
    let mut convolved = Channels::default();
    for group in 0..groups {
        let slice = tensor.slice(group * inputs, inputs);
        // Multiplicities of the planes, each plane once.
        let mut terms: Vec<(usize, ValueId)> = Vec::new();
        for run in slice.runs() {
            match run.value.map(|value| (value, terms.iter_mut().find(|(_, known)| *known == value))) {
                None => {}
                Some((_, Some((count, _)))) => *count += run.count,
                Some((value, None)) => terms.push((run.count, value)),
            }
        }
        let source = match terms[..] {
            [] => None,
            [(channels, value)] => Some((channels, value)),
            // The window sum is linear, so that one window serves all classes.
            [(_, first), ..] => {
                let plane = program.extent(first);
                Some((1, program.add(Step::Mix(terms), plane)))
            }
        };
        let value = source
            .map(|(channels, value)| program.add(Step::Conv { value, channels, window }, extent(output)));
        convolved.push(outputs, value);
    }
    convolved
}

/// The window of one pixel.
const PIXEL: Window = Window { kernel: (1, 1), stride: (1, 1), padding: (0, 0), dilation: 1 };

impl From<Conv2d> for Window {
    fn from(conv: Conv2d) -> Self {
        let Conv2d { kernel, stride, padding, dilation, .. } = conv;
        Self { kernel, stride, padding, dilation }
    }
}

impl From<Pool> for Window {
    fn from(pool: Pool) -> Self {
        let both = |n| (n, n);
        Self {
            kernel: both(pool.kernel),
            stride: both(pool.stride),
            padding: both(pool.padding),
            dilation: 1,
        }
    }
}

fn extent(shape: Shape) -> Extent {
    Extent { height: shape.height, width: shape.width }
}
