//! The networks around a cell: a stem, three stacks of modules with a maximum pooling between them, a head.
//!
//! Layer order of the surrogate: `nasgraph/models/nasbench101_relation_cfg.py` of the NASGraph authors. The full
//! network (128 channels, 3 modules a stack) follows `nasbench/lib/model_builder.py`.

use super::{Op101, prune::Spec};
use crate::{
    network::{Conv2d, Join, LayerId, LayerSpec, Linear, Network, Op, Origin, Part, Pool, Shape, ShapeError},
    space::SurrogateOptions,
};

const STACKS: usize = 3;
const SIDE: usize = 32;

/// NASGraph's surrogate network.
pub(super) fn surrogate(spec: &Spec, options: &SurrogateOptions) -> Result<Network, ShapeError> {
    let mut builder = Builder { network: Network::new(), batch_norm: false };
    builder.body(spec, options.cells_per_stack, options.stem_channels)?;
    Ok(builder.network)
}

/// The network as it is trained.
pub(super) fn full(spec: &Spec, outputs: usize) -> Result<Network, ShapeError> {
    const STEM_CHANNELS: usize = 128;
    const MODULES_PER_STACK: usize = 3;
    let mut builder = Builder { network: Network::new(), batch_norm: true };
    let last = builder.body(spec, MODULES_PER_STACK, STEM_CHANNELS)?;
    let inputs = STEM_CHANNELS << (STACKS - 1);
    let head = vec![Op::GlobalAvgPool, Op::Linear(Linear { inputs, outputs })];
    let head = LayerSpec::add("classifier", "identity", head, Origin::of(Part::Output));
    builder.network.add(head, &[last])?;
    Ok(builder.network)
}

/// Channels of each vertex: the output's are shared out among the vertices that feed it, the first ones taking what is
/// left over; any other vertex has as many as the widest vertex it feeds.
pub(super) fn vertex_channels(spec: &Spec, inputs: usize, outputs: usize) -> Vec<usize> {
    let last = spec.vertices() - 1;
    let mut channels = vec![0; last + 1];
    channels[0] = inputs;
    channels[last] = outputs;
    let feeding: Vec<usize> = (1..last).filter(|&vertex| spec.has(vertex, last)).collect();
    for (place, &vertex) in feeding.iter().enumerate() {
        channels[vertex] = outputs / feeding.len() + usize::from(place < outputs % feeding.len());
    }
    for vertex in (1..last).rev().filter(|&vertex| !spec.has(vertex, last)) {
        let fed = (vertex + 1..last).filter(|&target| spec.has(vertex, target));
        channels[vertex] = fed.map(|target| channels[target]).max().unwrap_or(0);
    }
    channels
}

struct Builder {
    network: Network,
    batch_norm: bool,
}

impl Builder {
    /// Everything from the image to the last module's output layer.
    fn body(&mut self, spec: &Spec, modules: usize, stem_channels: usize) -> Result<LayerId, ShapeError> {
        let image = LayerSpec {
            input: Some(Shape::square(3, SIDE)),
            ..LayerSpec::add("image", "identity", vec![Op::Identity], Origin::of(Part::Input))
        };
        let image = self.network.add(image, &[])?;
        let stem = self.conv(3, stem_channels, 3);
        let stem = LayerSpec::add("stem", "conv", stem, Origin::of(Part::Stem));
        let mut last = self.network.add(stem, &[image])?;
        let (mut inputs, mut channels, mut side) = (stem_channels, stem_channels, SIDE);
        for stack in 0..STACKS {
            if stack > 0 {
                let pool = vec![Op::MaxPool(Pool { kernel: 2, stride: 2, padding: 0 })];
                let pool = LayerSpec::add("pool", "pool", pool, Origin::reduction(stack));
                last = self.network.add(pool, &[last])?;
                channels *= 2;
                side /= 2;
            }
            for module in 0..modules {
                last = self.module(spec, (stack, module), last, (inputs, channels, side))?;
                inputs = channels;
            }
        }
        Ok(last)
    }

    /// One module: projections of its input, the interior vertices, the concatenation and the sum at its output.
    fn module(
        &mut self,
        spec: &Spec,
        (stack, place): (usize, usize),
        input: LayerId,
        (inputs, outputs, side): (usize, usize, usize),
    ) -> Result<LayerId, ShapeError> {
        let channels = vertex_channels(spec, inputs, outputs);
        let last = spec.vertices() - 1;
        let origin = |vertex| Origin::cell_node(stack, place, vertex);
        let mut projections = vec![None; last + 1];
        for vertex in (1..=last).filter(|&vertex| spec.has(0, vertex)) {
            let module = self.conv(inputs, channels[vertex], 1);
            let label = format!("input→{}", name(vertex, last));
            let layer = LayerSpec::add(label, "projection", module, origin(vertex));
            projections[vertex] = Some(self.network.add(layer, &[input])?);
        }
        let mut vertices: Vec<Option<LayerId>> = vec![None; last + 1];
        for vertex in 1..last {
            let op = spec.ops[vertex - 1];
            let sources = (1..vertex).filter(|&source| spec.has(source, vertex));
            let interior: Vec<LayerId> = sources.filter_map(|source| vertices[source]).collect();
            let parents: Vec<LayerId> = match projections[vertex] {
                // The trained network adds the projection last, NASGraph's lists it first.
                Some(projection) if self.batch_norm => interior.into_iter().chain([projection]).collect(),
                projection => projection.into_iter().chain(interior).collect(),
            };
            let width = channels[vertex];
            let module = match op {
                Op101::Conv3x3 => self.conv(width, width, 3),
                Op101::Conv1x1 => self.conv(width, width, 1),
                Op101::MaxPool => vec![Op::MaxPool(Pool { kernel: 3, stride: 1, padding: 1 })],
            };
            let layer = LayerSpec {
                // A parent that is one channel wider loses its last channel.
                input: Some(Shape::square(width, side)),
                ..LayerSpec::add(vertex.to_string(), op.name(), module, origin(vertex))
            };
            vertices[vertex] = Some(self.network.add(layer, &parents)?);
        }
        let shape = Shape::square(outputs, side);
        let feeding: Vec<LayerId> =
            (1..last).filter(|&vertex| spec.has(vertex, last)).filter_map(|v| vertices[v]).collect();
        let mut summed: Vec<LayerId> = projections[last].into_iter().collect();
        // NASGraph keeps a concatenation without parents; a trained network has none.
        if !self.batch_norm || !feeding.is_empty() {
            let concat = LayerSpec {
                join: Join::Concat,
                input: Some(shape),
                ..LayerSpec::add("concat", "identity", vec![Op::Identity], origin(last))
            };
            summed.push(self.network.add(concat, &feeding)?);
        }
        let sum = LayerSpec::add("output", "identity", vec![Op::Identity], origin(last));
        self.network.add(LayerSpec { input: Some(shape), ..sum }, &summed)
    }

    /// Convolution, batch norm in the full network, ReLU.
    fn conv(&self, inputs: usize, outputs: usize, kernel: usize) -> Vec<Op> {
        let conv = Op::Conv2d(Conv2d::square(inputs, outputs, kernel, 1, kernel / 2));
        if self.batch_norm { vec![conv, Op::BatchNorm, Op::Relu] } else { vec![conv, Op::Relu] }
    }
}

fn name(vertex: usize, last: usize) -> String {
    if vertex == last { "output".to_owned() } else { vertex.to_string() }
}
