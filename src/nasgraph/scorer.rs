//! Scores network after network with the weights of one seed.

use super::{
    Measures, NasgraphError,
    pattern::{Dense, Pattern},
    rule::{ConvRule, Rule},
    torch::{Cursor, Stream},
};
use crate::network::{Join, LayerId, Network, Op};
use rustc_hash::FxHashMap;
use std::{ops::Range, rc::Rc};

/// What decides a convolution's pattern: where its weights start in the stream, and its geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Window {
    position: usize,
    rule: ConvRule,
}

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

/// Words that building all modules draws: the default initialisation of every weight and bias.
fn construction_words(network: &Network) -> usize {
    let words = |op: &Op| match op {
        Op::Conv2d(conv) => conv.weights() + conv.biases(),
        Op::Linear(linear) => linear.parameters(),
        _ => 0,
    };
    network.layers().flat_map(|(_, layer)| &layer.spec.module).map(words).sum()
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

    /// Calls `visit` with each layer, its rule and the cursor at its weights.
    pub(super) fn walk(
        network: &Network,
        mut visit: impl FnMut(LayerId, &Rule, &mut Cursor) -> Result<(), NasgraphError>,
    ) -> Result<(), NasgraphError> {
        let mut cursor = Cursor::default();
        cursor.skip(construction_words(network));
        for (id, layer) in network.layers() {
            visit(id, &Rule::of(layer)?, &mut cursor)?;
        }
        Ok(())
    }

    /// The weights at the cursor, which moves past them.
    pub(super) fn weights(&mut self, rule: &ConvRule, cursor: &mut Cursor) -> Vec<f32> {
        cursor.normal(&mut self.stream, rule.conv.weights())
    }

    fn pattern(&mut self, rule: &Rule, cursor: &mut Cursor) -> Pattern {
        let Rule::Conv(rule) = rule else {
            return Pattern::of_rule(rule).unwrap_or(Pattern::Empty);
        };
        let count = rule.conv.weights();
        if !Cursor::in_blocks(count) {
            let weights = self.weights(rule, cursor);
            return Pattern::Dense(Rc::new(Dense::of_conv(rule, &weights)));
        }
        let window = Window { position: cursor.position, rule: *rule };
        if let Some(dense) = self.windows.get(&window) {
            cursor.skip_normal(count);
            return Pattern::Dense(Rc::clone(dense));
        }
        let weights = self.weights(rule, cursor);
        let dense = Rc::new(Dense::of_conv(rule, &weights));
        self.windows.insert(window, Rc::clone(&dense));
        Pattern::Dense(dense)
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
        Self::walk(network, |id, rule, cursor| {
            let pattern = self.pattern(rule, cursor);
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
