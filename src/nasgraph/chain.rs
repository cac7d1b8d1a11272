//! Modules of several convolutions, evaluated on classes of positions.

use super::{NasgraphError, axis::Axis};
use crate::network::{Layer, Op};

/// A module of several convolutions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChainRule {
    /// Its operations.
    module: Vec<Op>,
    /// Height and width of the plane that it reads.
    plane: (usize, usize),
}

impl ChainRule {
    /// The rule of a layer.
    ///
    /// # Errors
    /// [`NasgraphError::Unsupported`] for an operation that no surrogate network has.
    pub fn of(layer: &Layer) -> Result<Self, NasgraphError> {
        let module: Vec<Op> = layer.spec.module.iter().filter(|op| **op != Op::Identity).copied().collect();
        let covered = |op: &Op| match op {
            Op::Conv2d(conv) => !conv.bias,
            Op::Relu | Op::ConvTranspose2d(_) | Op::FactorizedReduce(_) => true,
            _ => false,
        };
        if module.iter().all(covered) {
            Ok(Self { module, plane: (layer.input.height, layer.input.width) })
        } else {
            Err(NasgraphError::Unsupported { layer: layer.spec.label.to_string(), module: layer.describe() })
        }
    }

    /// The operations that have weights, in order.
    pub fn weighted(&self) -> impl Iterator<Item = &Op> {
        self.module.iter().filter(|op| **op != Op::Relu)
    }

    /// Whether any of its weights are those that the module was built with.
    pub fn keeps_initialisation(&self) -> bool {
        self.module.iter().any(|op| matches!(op, Op::ConvTranspose2d(_)))
    }
}

/// A module as stages on classes of positions.
#[derive(Clone, Debug)]
pub struct Chain {
    stages: Vec<Stage>,
    /// Pixels of each class of the output, row classes outermost.
    pixels: Vec<f64>,
}

#[derive(Clone, Debug)]
struct Stage {
    op: Op,
    rows: Axis,
    columns: Axis,
}

/// The weights of one operation of a module.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// In PyTorch's order.
    pub weight: Vec<f32>,
    /// One an output channel; empty if there is none.
    pub bias: Vec<f32>,
}

/// Planes of a tensor, one a channel; `None` = zero everywhere.
type Planes = Vec<Option<Vec<f32>>>;

impl Chain {
    /// The stages of a module that is fed with a constant image.
    pub fn new(rule: &ChainRule) -> Self {
        let mut axes = (Axis::constant(rule.plane.0), Axis::constant(rule.plane.1));
        let mut stages = Vec::new();
        for op in &rule.module {
            axes = match op {
                Op::Conv2d(c) => (
                    axes.0.slide(c.kernel.0, c.stride.0, c.padding.0, c.dilation),
                    axes.1.slide(c.kernel.1, c.stride.1, c.padding.1, c.dilation),
                ),
                Op::ConvTranspose2d(c) => {
                    let slide =
                        |axis: &Axis| axis.slide_transposed(c.kernel, c.stride, c.padding, c.output_padding);
                    (slide(&axes.0), slide(&axes.1))
                }
                Op::FactorizedReduce(reduce) => (axes.0.pairs(reduce.stride), axes.1.pairs(reduce.stride)),
                _ => axes,
            };
            stages.push(Stage { op: *op, rows: axes.0.clone(), columns: axes.1.clone() });
        }
        let columns = axes.1.positions();
        let mut pixels = Vec::new();
        for row in axes.0.positions() {
            pixels.extend(columns.iter().map(|column| (row * column) as f64));
        }
        Self { stages, pixels }
    }

    /// The score of input channel `i` with each output channel: the sum of the output plane.
    pub fn scores(&self, weights: &[Weights], inputs: usize, i: usize) -> Vec<f64> {
        let mut planes: Planes = vec![None; inputs];
        planes[i] = Some(vec![1.0]);
        let mut columns = 1;
        let mut weights = weights.iter();
        for stage in &self.stages {
            match &stage.op {
                Op::Relu => planes.iter_mut().for_each(rectify),
                op => {
                    if let Some(weights) = weights.next() {
                        planes = stage.apply(op, weights, &planes, columns);
                    }
                }
            }
            columns = stage.columns.taps.len();
        }
        let sum = |plane: &Option<Vec<f32>>| match plane {
            None => 0.0,
            Some(plane) => plane.iter().zip(&self.pixels).map(|(&v, &n)| f64::from(v) * n).sum(),
        };
        planes.iter().map(sum).collect()
    }
}

/// ReLU; a plane without a positive value becomes `None`.
fn rectify(plane: &mut Option<Vec<f32>>) {
    if let Some(values) = plane {
        let mut any = false;
        for value in values.iter_mut() {
            *value = value.max(0.0);
            any |= *value > 0.0;
        }
        if !any {
            *plane = None;
        }
    }
}

impl Stage {
    fn apply(&self, op: &Op, weights: &Weights, input: &Planes, columns: usize) -> Planes {
        match op {
            Op::Conv2d(conv) => {
                let size = conv.kernel.0 * conv.kernel.1;
                let (per_in, per_out) = (conv.inputs / conv.groups, conv.outputs / conv.groups);
                let pointwise = size == 1 && conv.stride == (1, 1) && conv.padding == (0, 0);
                (0..conv.outputs)
                    .map(|j| {
                        let mut sum = None;
                        for m in 0..per_in {
                            let Some(plane) = &input[j / per_out * per_in + m] else { continue };
                            let kernel = &weights.weight[(j * per_in + m) * size..][..size];
                            if pointwise {
                                let out = sum.get_or_insert_with(|| vec![0.0; plane.len()]);
                                out.iter_mut().zip(plane).for_each(|(o, &v)| *o += kernel[0] * v);
                            } else {
                                let out = sum.get_or_insert_with(|| self.zeros());
                                self.correlate(kernel, conv.kernel.1, plane, columns, out);
                            }
                        }
                        sum
                    })
                    .collect()
            }
            Op::ConvTranspose2d(conv) => {
                let size = conv.kernel * conv.kernel;
                (0..conv.outputs)
                    .map(|j| {
                        let mut out = self.zeros();
                        for (m, plane) in input.iter().enumerate() {
                            if let Some(plane) = plane {
                                let kernel = &weights.weight[(m * conv.outputs + j) * size..][..size];
                                self.correlate(kernel, conv.kernel, plane, columns, &mut out);
                            }
                        }
                        out.iter_mut().for_each(|o| *o += weights.bias[j]);
                        Some(out)
                    })
                    .collect()
            }
            Op::FactorizedReduce(reduce) => {
                let first = reduce.halves().0;
                (0..reduce.outputs)
                    .map(|j| {
                        let mut sum = None;
                        for (m, plane) in input.iter().enumerate() {
                            let Some(plane) = plane else { continue };
                            let weight = weights.weight[j * reduce.inputs + m];
                            // Tap 0 is the pixel itself, tap 1 the next one.
                            let mut kernel = [0.0; 4];
                            kernel[if j < first { 0 } else { 3 }] = weight;
                            self.correlate(
                                &kernel,
                                2,
                                plane,
                                columns,
                                sum.get_or_insert_with(|| self.zeros()),
                            );
                        }
                        sum
                    })
                    .collect()
            }
            _ => input.clone(),
        }
    }

    fn zeros(&self) -> Vec<f32> {
        vec![0.0; self.rows.taps.len() * self.columns.taps.len()]
    }

    /// Adds the kernel's taps on `plane` (with `columns` column classes) to `out`.
    fn correlate(&self, kernel: &[f32], width: usize, plane: &[f32], columns: usize, out: &mut [f32]) {
        let mut at = 0;
        for rows in &self.rows.taps {
            for taps in &self.columns.taps {
                let mut sum = 0.0;
                for &(row, from) in rows {
                    let (kernel, plane) = (&kernel[row * width..], &plane[from * columns..]);
                    for &(column, from) in taps {
                        sum += kernel[column] * plane[from];
                    }
                }
                out[at] += sum;
                at += 1;
            }
        }
    }
}
