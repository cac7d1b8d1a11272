//! Scores network after network with the weights of one seed.

use super::{
    Measures, NasgraphError,
    chain::{Chain, ChainRule, Weights},
    pattern::{Dense, Pattern},
    rule::{ConvRule, Rule},
    torch::{Cursor, Stream, default_initialisation},
};
use crate::network::{Join, Layer, LayerId, Network, Op};
use rustc_hash::FxHashMap;
use std::{ops::Range, rc::Rc};

/// What decides a module's pattern: where its weights start in the stream, and what it computes on which plane.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Window {
    position: usize,
    /// Where the module was built, if that matters.
    built: Option<usize>,
    rule: Rule,
}

/// Windows that are kept at most: cells of the large spaces share few.
const WINDOWS: usize = 16_384;

/// Builds channel graphs with the weights that PyTorch draws from one seed.
///
/// The word stream of a seed is one fixed sequence and a layer's weights are a window into it, so each distinct
/// window is evaluated once and remembered: the 15,625 cells of NAS-Bench-201 share 947.
#[derive(Debug)]
pub struct Scorer {
    seed: u32,
    stream: Stream,
    windows: FxHashMap<Window, Rc<Dense>>,
}

/// How one parent feeds a layer.
#[derive(Clone, Debug)]
pub(super) struct Feed {
    /// The parent.
    pub parent: LayerId,
    /// The layer's input channels that it feeds; the parent's channels are 0.. in the same order.
    pub inputs: Range<usize>,
}

/// The distinct parents of a layer, in order, each with the input channels that it feeds.
pub(super) fn feeds(network: &Network, id: LayerId) -> Vec<Feed> {
    let layer = network.layer(id);
    let mut feeds: Vec<Feed> = Vec::new();
    let mut offset = 0;
    for parent in network.parents(id) {
        let width = network.layer(parent).output.channels;
        let inputs = match layer.spec.join {
            // A parent that is wider than the layer's input loses its last channels.
            Join::Add => 0..width.min(layer.input.channels),
            Join::Concat => offset..offset + width,
        };
        offset += width;
        if feeds.iter().all(|feed| feed.parent != parent) {
            feeds.push(Feed { parent, inputs });
        }
    }
    feeds
}

/// Words that the default initialisation of an operation's weights and biases draws when its module is built.
fn construction_words(op: &Op) -> usize {
    match op {
        Op::Conv2d(conv) => conv.weights() + conv.biases(),
        Op::ConvTranspose2d(conv) => conv.weights() + conv.outputs,
        Op::FactorizedReduce(reduce) => reduce.inputs * reduce.outputs,
        Op::Linear(linear) => linear.parameters(),
        _ => 0,
    }
}

/// Where a layer's random numbers stand.
pub(super) struct Place {
    /// At the weights that are drawn when the layer is scored.
    pub cursor: Cursor,
    /// At the default initialisation of its module, drawn when the network was built.
    built: usize,
}

impl Scorer {
    /// A scorer with the weights of a seed.
    pub fn new(seed: u32) -> Self {
        Self { seed, stream: Stream::new(seed), windows: FxHashMap::default() }
    }

    /// The seed.
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// Number of distinct windows evaluated so far.
    pub fn windows(&self) -> usize {
        self.windows.len()
    }

    /// Calls `visit` with each layer, its rule and the place of its random numbers. All modules are built before the
    /// first is scored; `visit` must move the cursor past the weights of its layer.
    pub(super) fn walk(
        network: &Network,
        mut visit: impl FnMut(LayerId, &Rule, &mut Place) -> Result<(), NasgraphError>,
    ) -> Result<(), NasgraphError> {
        let words = |module: &[Op]| module.iter().map(construction_words).sum::<usize>();
        let mut place = Place { cursor: Cursor::default(), built: 0 };
        place.cursor.skip(network.layers().map(|(_, layer)| words(&layer.spec.module)).sum());
        for (id, layer) in network.layers() {
            visit(id, &Rule::of(layer)?, &mut place)?;
            place.built += words(&layer.spec.module);
        }
        Ok(())
    }

    /// The weights of a convolution; the cursor moves past them.
    pub(super) fn weights(&mut self, rule: &ConvRule, place: &mut Place) -> Vec<f32> {
        place.cursor.normal(&mut self.stream, rule.conv.weights())
    }

    /// The weights of a chain, operation by operation; the cursor moves past those that are drawn anew.
    fn chain_weights(&mut self, rule: &ChainRule, place: &mut Place) -> Vec<Weights> {
        let mut built = place.built;
        let mut all = Vec::new();
        for op in rule.weighted() {
            let (cursor, stream) = (&mut place.cursor, &mut self.stream);
            all.push(match op {
                // Only `Conv2d` and `Linear` are drawn anew; a transposed convolution keeps what it was built with.
                Op::ConvTranspose2d(conv) => {
                    let fan_in = conv.outputs * conv.kernel * conv.kernel;
                    let weight = default_initialisation(stream, built, conv.weights(), fan_in);
                    let bias = default_initialisation(stream, built + conv.weights(), conv.outputs, fan_in);
                    Weights { weight, bias }
                }
                Op::FactorizedReduce(reduce) => {
                    let (first, second) = reduce.halves();
                    let mut weight = cursor.normal(stream, first * reduce.inputs);
                    weight.extend(cursor.normal(stream, second * reduce.inputs));
                    Weights { weight, bias: Vec::new() }
                }
                Op::Conv2d(conv) => {
                    Weights { weight: cursor.normal(stream, conv.weights()), bias: Vec::new() }
                }
                _ => Weights::default(),
            });
            built += construction_words(op);
        }
        all
    }

    fn pattern(&mut self, layer: &Layer, rule: &Rule, place: &mut Place) -> Pattern {
        if let Some(pattern) = Pattern::of_rule(rule) {
            return pattern;
        }
        // A window is remembered unless its weights depend on what was drawn before.
        let Some(after) = rule.skip(place.cursor) else {
            return Pattern::Dense(Rc::new(self.dense(layer, rule, place)));
        };
        let window = Window {
            position: place.cursor.position,
            built: matches!(rule, Rule::Chain(rule) if rule.keeps_initialisation()).then_some(place.built),
            rule: rule.clone(),
        };
        if let Some(dense) = self.windows.get(&window) {
            place.cursor = after;
            return Pattern::Dense(Rc::clone(dense));
        }
        let dense = Rc::new(self.dense(layer, rule, place));
        if self.windows.len() == WINDOWS {
            self.windows.clear();
        }
        self.windows.insert(window, Rc::clone(&dense));
        Pattern::Dense(dense)
    }

    fn dense(&mut self, layer: &Layer, rule: &Rule, place: &mut Place) -> Dense {
        if let Rule::Conv(rule) = rule {
            let weights = self.weights(rule, place);
            return Dense::of_conv(rule, &weights);
        }
        let scores = self.scores(layer, rule, place);
        Dense::of_scores(&scores, layer.input.channels, layer.output.channels)
    }

    /// The score of every pair of input and output channel of a layer, row-major by input; 0 = no edge.
    pub(super) fn scores(&mut self, layer: &Layer, rule: &Rule, place: &mut Place) -> Vec<f64> {
        let (inputs, outputs) = (layer.input.channels, layer.output.channels);
        let mut scores = vec![0.0; inputs * outputs];
        match rule {
            Rule::Zero => {}
            Rule::Pass { pixels } => {
                for i in 0..inputs {
                    scores[i * outputs + i] = *pixels as f64;
                }
            }
            Rule::Conv(rule) => {
                let weights = self.weights(rule, place);
                let sums = rule.sums();
                for i in 0..inputs {
                    for j in 0..outputs {
                        scores[i * outputs + j] = sums.score(rule.kernel(&weights, i, j), rule.relu);
                    }
                }
            }
            Rule::Chain(rule) => {
                let weights = self.chain_weights(rule, place);
                let chain = Chain::new(rule);
                for (i, scores) in scores.chunks_exact_mut(outputs).enumerate() {
                    scores.copy_from_slice(&chain.scores(&weights, inputs, i));
                }
            }
        }
        scores
    }

    /// In- and out-degree of every channel of every layer, in layer order.
    ///
    /// # Errors
    /// [`NasgraphError::Unsupported`] for a module that the method does not cover.
    pub fn degrees(&mut self, network: &Network) -> Result<Degrees, NasgraphError> {
        let mut first = Vec::with_capacity(network.len());
        let mut channels = 0;
        for (_, layer) in network.layers() {
            first.push(channels);
            channels += layer.output.channels;
        }
        let mut degrees = Degrees { first, into: vec![0; channels], out: vec![0; channels] };
        Self::walk(network, |id, rule, place| {
            let pattern = self.pattern(network.layer(id), rule, place);
            let start = degrees.first[id.index()];
            let width = network.layer(id).output.channels;
            for feed in feeds(network, id) {
                let source = degrees.first[feed.parent.index()];
                let out = &mut degrees.out[source..source + feed.inputs.len()];
                pattern.add_degrees(feed.inputs, out, &mut degrees.into[start..start + width]);
            }
            Ok(())
        })?;
        Ok(degrees)
    }

    /// The measures of a network's channel graph.
    ///
    /// # Errors
    /// As [`Self::degrees`], and [`NasgraphError::NoEdges`].
    pub fn measures(&mut self, network: &Network) -> Result<Measures, NasgraphError> {
        Measures::of_degrees(&self.degrees(network)?.total()).ok_or(NasgraphError::NoEdges)
    }
}

/// Degrees of all channels of a network.
#[derive(Clone, Debug)]
pub struct Degrees {
    /// Where each layer's channels start.
    pub first: Vec<usize>,
    /// Edges into each channel.
    pub into: Vec<u32>,
    /// Edges out of each channel.
    pub out: Vec<u32>,
}

impl Degrees {
    /// In- plus out-degree.
    pub fn total(&self) -> Vec<u32> {
        self.into.iter().zip(&self.out).map(|(a, b)| a + b).collect()
    }
}
