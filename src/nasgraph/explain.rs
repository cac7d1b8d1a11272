//! Why there is, or is not, an edge between two channels.

use super::{NasgraphError, Scorer, rule::Rule, scorer::feeds};
use crate::network::{LayerId, Network};
use std::ops::Range;

/// What decides an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeRule {
    /// A kernel and its partial sums.
    Conv,
    /// Identity or pooling: channel i leads to channel i.
    Pass,
    /// Several convolutions together.
    Chain,
    /// The operation gives nothing.
    Zero,
}

/// One of the few distinct sums of a kernel on an image of ones.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialSum {
    /// Kernel rows inside the image.
    pub rows: Range<usize>,
    /// Kernel columns inside the image.
    pub columns: Range<usize>,
    /// Output pixels at which this is so.
    pub positions: usize,
    /// Sum of these taps.
    pub sum: f64,
}

/// The reason for one edge or its absence.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What decides.
    pub rule: EdgeRule,
    /// The kernel, row-major; empty unless [`EdgeRule::Conv`].
    pub kernel: Vec<f32>,
    /// Rows and columns of the kernel.
    pub kernel_shape: (usize, usize),
    /// Its distinct sums.
    pub partial_sums: Vec<PartialSum>,
    /// Sum of the output channel over the image, after ReLU.
    pub score: f64,
    /// Sum of the scores between the two layers.
    pub total: f64,
}

impl Explanation {
    /// Whether there is an edge.
    pub fn exists(&self) -> bool {
        self.score != 0.0
    }

    /// Weight of the edge; 0 if there is none.
    pub fn weight(&self) -> f64 {
        if self.exists() { self.score / self.total } else { 0.0 }
    }
}

impl Scorer {
    /// Explains the pair of channel `source.1` of layer `source.0` and channel `target.1` of layer `target.0`.
    ///
    /// # Errors
    /// [`NasgraphError::NoSuchPair`] if the layers are not parent and child or a channel is out of range.
    pub fn explain(
        &mut self,
        network: &Network,
        source: (usize, usize),
        target: (usize, usize),
    ) -> Result<Explanation, NasgraphError> {
        for (layer, channel) in [source, target] {
            if layer >= network.len() {
                let message = format!("there is no layer {layer}; the last is {}", network.len() - 1);
                return Err(NasgraphError::NoSuchPair(message));
            }
            let width = network.layer(LayerId::new(layer)).output.channels;
            if channel >= width {
                let message = format!("layer {layer} has {width} channels, so no channel {channel}");
                return Err(NasgraphError::NoSuchPair(message));
            }
        }
        let id = LayerId::new(target.0);
        let layer = network.layer(id);
        let feed = feeds(network, id)
            .into_iter()
            .find(|feed| feed.parent.index() == source.0 && source.1 < feed.inputs.len())
            .ok_or_else(|| {
                let message = format!("layer {} does not feed layer {}", source.0, target.0);
                NasgraphError::NoSuchPair(message)
            })?;
        let outputs = layer.output.channels;
        let (mut scores, mut weights, mut found) = (Vec::new(), Vec::new(), None);
        Self::walk(network, |at, rule, place| {
            if at == id {
                let start = place.cursor;
                scores = self.scores(layer, rule, place);
                if let Rule::Conv(conv) = rule {
                    place.cursor = start;
                    weights = self.weights(conv, place);
                }
                found = Some(rule.clone());
            } else if let Some(after) = rule.skip(place.cursor) {
                place.cursor = after;
            } else {
                self.scores(network.layer(at), rule, place);
            }
            Ok(())
        })?;
        let Some(rule) = found else {
            return Err(NasgraphError::NoEdges);
        };
        let input = feed.inputs.start + source.1;
        let mut explanation = Explanation {
            rule: EdgeRule::Pass,
            kernel: Vec::new(),
            kernel_shape: (0, 0),
            partial_sums: Vec::new(),
            score: scores[input * outputs + target.1],
            total: scores[feed.inputs.start * outputs..feed.inputs.end * outputs].iter().sum(),
        };
        match &rule {
            Rule::Zero => explanation.rule = EdgeRule::Zero,
            Rule::Pass { .. } => {}
            Rule::Chain(_) => explanation.rule = EdgeRule::Chain,
            Rule::Conv(conv) => {
                let kernel = conv.kernel(&weights, input, target.1);
                explanation.rule = EdgeRule::Conv;
                explanation.kernel = kernel.to_vec();
                explanation.kernel_shape = conv.conv.kernel;
                let sums = conv.sums();
                let ranges = sums.rows.iter().flat_map(|rows| {
                    sums.columns.iter().map(move |columns| (rows.range.clone(), columns.range.clone()))
                });
                let mut ranges = ranges.into_iter();
                sums.for_each(kernel, |sum, positions| {
                    if let Some((rows, columns)) = ranges.next() {
                        explanation.partial_sums.push(PartialSum { rows, columns, positions, sum });
                    }
                });
            }
        }
        Ok(explanation)
    }
}
