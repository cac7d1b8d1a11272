//! A trained graph convolution as a file: `tgnas.weights`.
//!
//! Batch norm is folded into each layer: x ↦ (x·W + b − mean)·γ/√(var + eps) + β is another x ↦ x·W′ + b′, and a sum over
//! nodes in between does not change that ([`Layer::fold`]). Dropout is off. A layer is x ↦ relu(A·x·W + b), with A by
//! [`super::Adjacency`]; its input is a row of features a node: the vector of the node's text and, if there is a global
//! node, a last number that is 1 at the global node alone, whose vector is 0.
//!
//! Layout (integers are little-endian, texts are UTF-8 after a u16 length):
//!
//! | field | type |
//! |---|---|
//! | magic | `CELLGCNW` |
//! | format version | u16 = 1 |
//! | length of the whole file | u32 |
//! | note: training data, seed, command | text |
//! | form of the graphs | u8: 0 = authors', 1 = contracted |
//! | target of training | u8: 0 = accuracy, 1 = normal scores of the rank, 2 = order only |
//! | readout | u8: 0 = global node, 1 = mean over the operators, 2 = both, the global node first |
//! | normalisation of rows | u8: 0 = plain, 1 = rows add up to 1 |
//! | nodes to which smaller graphs are padded | u8: 0 = none, 7 = authors' |
//! | layers; members, whose mean is the prediction | u8 each |
//! | numbers of an operator's vector; width of a layer | u16 each |
//! | encoding of numbers | u8: 2 = f16, 4 = f32 |
//! | for each member and layer: W row by row (a row an input), b | numbers |
//! | after a member's layers: the readout's weights, its bias | numbers |
//! | CRC-32 of all before | u32 |

use super::{
    Encoding, Form, Layout, Normalisation, PredictorError,
    file::{Kind, Reader, Writer},
};
use crate::random::Random;
use std::ops::RangeInclusive;

const KIND: Kind = Kind { what: "a file of predictor weights", magic: "CELLGCNW", version: 1 };
const LAYERS: RangeInclusive<usize> = 1..=8;
const MEMBERS: RangeInclusive<usize> = 1..=16;
const WIDTHS: RangeInclusive<usize> = 1..=1024;
/// Padding beyond the largest graph would be of no use.
const PADDING: RangeInclusive<usize> = 0..=64;

/// What the prediction is a prediction of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Accuracy, as a fraction.
    Accuracy,
    /// Φ⁻¹((rank − ½)/n) of the accuracy among the cells trained on: 0 is their median.
    NormalScore,
    /// Anything that grows with accuracy: only the order means something.
    Order,
}

impl Target {
    const ALL: [Target; 3] = [Target::Accuracy, Target::NormalScore, Target::Order];

    /// Identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Target::Accuracy => "accuracy",
            Target::NormalScore => "normal-score",
            Target::Order => "order",
        }
    }
}

/// What the last layer's features are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readout {
    /// The global node, as in the authors' code.
    Global,
    /// The mean over the operators; there is no global node.
    Mean,
    /// Both, the global node's features first.
    Both,
}

impl Readout {
    const ALL: [Readout; 3] = [Readout::Global, Readout::Mean, Readout::Both];
}

const NORMALISATIONS: [Normalisation; 2] = [Normalisation::Plain, Normalisation::Rows];

/// What a model is apart from its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hyper {
    /// Form of the graphs.
    pub form: Form,
    /// What was trained for.
    pub target: Target,
    /// What is read.
    pub readout: Readout,
    /// Division of sums.
    pub normalisation: Normalisation,
    /// Nodes to which smaller graphs are padded; 0 for none.
    pub padding: usize,
    /// Layers.
    pub layers: usize,
    /// Numbers of an operator's vector.
    pub inputs: usize,
    /// Outputs of every layer.
    pub width: usize,
}

impl Hyper {
    /// The authors' model of vectors of 384 numbers.
    pub const AUTHORS: Hyper = Hyper {
        form: Form::Authors,
        target: Target::Accuracy,
        readout: Readout::Global,
        normalisation: Normalisation::Plain,
        padding: 7,
        layers: 4,
        inputs: 384,
        width: 64,
    };

    /// How its graphs become matrices.
    pub fn layout(&self) -> Layout {
        Layout {
            global: self.readout != Readout::Mean,
            padding: self.padding,
            normalisation: self.normalisation,
        }
    }

    /// Numbers that the first layer reads of a node.
    pub fn features(&self) -> usize {
        self.inputs + usize::from(self.readout != Readout::Mean)
    }

    /// Numbers that the readout reads.
    pub fn read(&self) -> usize {
        self.width * if self.readout == Readout::Both { 2 } else { 1 }
    }

    /// Inputs of a layer, counted from 0.
    pub fn layer_inputs(&self, layer: usize) -> usize {
        if layer == 0 { self.features() } else { self.width }
    }

    fn is_in_range(&self) -> bool {
        LAYERS.contains(&self.layers)
            && WIDTHS.contains(&self.width)
            && WIDTHS.contains(&self.inputs)
            && PADDING.contains(&self.padding)
    }
}

/// x ↦ x·W + b.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// W, row by row: a row an input.
    pub weight: Vec<f32>,
    /// b.
    pub bias: Vec<f32>,
}

/// A batch norm as training leaves it, a number an output in each.
#[derive(Clone, Copy, Debug)]
pub struct BatchNorm<'a> {
    /// γ.
    pub scale: &'a [f32],
    /// β.
    pub shift: &'a [f32],
    /// Running mean.
    pub mean: &'a [f32],
    /// Running variance.
    pub variance: &'a [f32],
    /// Added to the variance.
    pub epsilon: f64,
}

impl Layer {
    /// The layer that does what this one and a batch norm after it do.
    ///
    /// # Panics
    /// If the batch norm has fewer numbers than there are outputs.
    #[must_use]
    pub fn fold(&self, norm: BatchNorm) -> Self {
        let outputs = self.bias.len();
        let factor =
            |j: usize| f64::from(norm.scale[j]) / (f64::from(norm.variance[j]) + norm.epsilon).sqrt();
        let factors: Vec<f64> = (0..outputs).map(factor).collect();
        let scaled = |(at, &w): (usize, &f32)| (f64::from(w) * factors[at % outputs]) as f32;
        let moved = |(j, &b): (usize, &f32)| {
            ((f64::from(b) - f64::from(norm.mean[j])) * factors[j] + f64::from(norm.shift[j])) as f32
        };
        Self {
            weight: self.weight.iter().enumerate().map(scaled).collect(),
            bias: self.bias.iter().enumerate().map(moved).collect(),
        }
    }
}

/// The numbers of one trained model.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The layers.
    pub layers: Vec<Layer>,
    /// The readout's weights.
    pub readout: Vec<f32>,
    /// The readout's bias.
    pub bias: f32,
}

/// One or more models of one make, whose mean is the prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Training data, seed, command.
    pub note: String,
    /// What the models are.
    pub hyper: Hyper,
    /// Their numbers.
    pub members: Vec<Member>,
}

impl Weights {
    /// Untrained weights as the authors draw them: W from U(−.05, .05), b from U(−1/8, 1/8).
    pub fn random(hyper: Hyper, members: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut draw = |count: usize, bound: f64| -> Vec<f32> {
            (0..count).map(|_| ((2.0 * random.uniform() - 1.0) * bound) as f32).collect()
        };
        let members = (0..members)
            .map(|_| Member {
                layers: (0..hyper.layers)
                    .map(|layer| Layer {
                        weight: draw(hyper.layer_inputs(layer) * hyper.width, 0.05),
                        bias: draw(hyper.width, 0.125),
                    })
                    .collect(),
                readout: draw(hyper.read(), 0.125),
                bias: draw(1, 0.125)[0],
            })
            .collect();
        Self { note: format!("untrained, seed {seed}"), hyper, members }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`PredictorError`] for anything that [`Weights::write`] does not produce; never panics.
    pub fn read(bytes: &[u8]) -> Result<Self, PredictorError> {
        let mut reader = Reader::open(&KIND, bytes)?;
        let note = reader.text()?.to_owned();
        let form = reader.one_of(&Form::ALL, "the form of graphs is unknown")?;
        let target = reader.one_of(&Target::ALL, "the target of training is unknown")?;
        let readout = reader.one_of(&Readout::ALL, "the readout is unknown")?;
        let normalisation = reader.one_of(&NORMALISATIONS, "the normalisation is unknown")?;
        let [padding, layers, members] = [reader.u8()?, reader.u8()?, reader.u8()?].map(usize::from);
        let [inputs, width] = [reader.u16()?, reader.u16()?].map(usize::from);
        let hyper = Hyper { form, target, readout, normalisation, padding, layers, inputs, width };
        if !hyper.is_in_range() || !MEMBERS.contains(&members) {
            return reader.malformed("layers, members, widths or padding are out of range");
        }
        let encoding = reader.encoding()?;
        let mut all = Vec::new();
        for _ in 0..members {
            let mut layers = Vec::new();
            for layer in 0..hyper.layers {
                let weight = reader.numbers(hyper.layer_inputs(layer) * width, encoding)?;
                layers.push(Layer { weight, bias: reader.numbers(width, encoding)? });
            }
            let readout = reader.numbers(hyper.read(), encoding)?;
            all.push(Member { layers, readout, bias: reader.numbers(1, encoding)?[0] });
        }
        reader.close()?;
        Ok(Self { note, hyper, members: all })
    }

    /// The bytes of a file; exact in [`Encoding::F32`].
    ///
    /// # Errors
    /// [`PredictorError::Unwritable`] if the tensors do not have the shapes that the hyper-parameters give, if something
    /// is out of range, or if a number is not finite in the encoding.
    pub fn write(&self, encoding: Encoding) -> Result<Vec<u8>, PredictorError> {
        let mut writer = Writer::new(&KIND);
        let hyper = &self.hyper;
        if !hyper.is_in_range() || !MEMBERS.contains(&self.members.len()) {
            return writer.unwritable("layers, members, widths or padding are out of range");
        }
        let fits = |member: &Member| {
            let is_layer = |(at, layer): (usize, &Layer)| {
                layer.bias.len() == hyper.width && layer.weight.len() == hyper.layer_inputs(at) * hyper.width
            };
            member.layers.len() == hyper.layers
                && member.readout.len() == hyper.read()
                && member.layers.iter().enumerate().all(is_layer)
        };
        if !self.members.iter().all(fits) {
            return writer.unwritable("a tensor has not the shape that the hyper-parameters give");
        }
        writer.text(&self.note)?;
        writer.one_of(&Form::ALL, hyper.form)?;
        writer.one_of(&Target::ALL, hyper.target)?;
        writer.one_of(&Readout::ALL, hyper.readout)?;
        writer.one_of(&NORMALISATIONS, hyper.normalisation)?;
        for byte in [hyper.padding, hyper.layers, self.members.len()] {
            writer.u8(byte)?;
        }
        writer.u16(hyper.inputs)?;
        writer.u16(hyper.width)?;
        writer.encoding(encoding)?;
        for member in &self.members {
            for layer in &member.layers {
                writer.numbers(&layer.weight, encoding)?;
                writer.numbers(&layer.bias, encoding)?;
            }
            writer.numbers(&member.readout, encoding)?;
            writer.numbers(&[member.bias], encoding)?;
        }
        writer.close()
    }
}
