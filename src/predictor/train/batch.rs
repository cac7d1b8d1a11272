//! Graphs as sparse matrices, and many of them as one.

use crate::{
    predictor::{Adjacency, Layout, OperatorGraph, PredictorError},
    quote::quote,
};

/// Word of a global node.
pub const GLOBAL: u16 = u16::MAX;
/// Word of a node that only fills up its graph: it has no features.
pub const PADDING: u16 = u16::MAX - 1;

/// A graph ready for the model: a word a row, and the adjacency row by row. Operators come first, then padding, then the
/// global node, if there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    words: Vec<u16>,
    /// Where each row ends in `sources`.
    ends: Vec<u32>,
    /// Non-zero columns of the adjacency, row by row.
    sources: Vec<u32>,
    /// Their values.
    weights: Vec<f32>,
}

impl Graph {
    /// A cell's graph in a layout; `word` gives the number of a text, below [`PADDING`].
    ///
    /// # Errors
    /// [`PredictorError::Word`] if a text has no number.
    pub fn new(
        graph: &OperatorGraph,
        layout: Layout,
        word: impl Fn(&str) -> Option<u16>,
    ) -> Result<Self, PredictorError> {
        let adjacency = Adjacency::new(graph, layout);
        let rows = adjacency.rows();
        let texts = adjacency.order().iter().map(|&node| &*graph.nodes()[node].text);
        let number = |text| word(text).ok_or_else(|| PredictorError::Word { text: quote(text) });
        let mut words: Vec<u16> = texts.map(number).collect::<Result<_, _>>()?;
        words.resize(rows, PADDING);
        if layout.global {
            words[rows - 1] = GLOBAL;
        }
        let mut packed = Self { words, ends: Vec::new(), sources: Vec::new(), weights: Vec::new() };
        for row in 0..rows {
            let sources = adjacency.sources(row);
            packed.sources.extend(sources.iter().map(|&source| source as u32));
            packed.weights.extend(sources.iter().map(|_| adjacency.weight(row)));
            packed.ends.push(packed.sources.len() as u32);
        }
        Ok(packed)
    }

    /// Other numbers for the words.
    pub(super) fn map_words(&mut self, number: impl Fn(u16) -> u16) {
        self.words.iter_mut().for_each(|word| *word = number(*word));
    }

    /// What tells graphs of one layout apart.
    pub fn key(&self) -> Vec<u32> {
        let words = self.words.iter().map(|&word| u32::from(word));
        words.chain(self.ends.iter().copied()).chain(self.sources.iter().copied()).collect()
    }

    /// The words of the rows.
    pub fn words(&self) -> &[u16] {
        &self.words
    }
}

/// Several graphs side by side: one block-diagonal matrix.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Word of each row.
    pub words: Vec<u16>,
    /// Where each row ends in `sources`.
    pub ends: Vec<u32>,
    /// Rows that a row takes from.
    pub sources: Vec<u32>,
    /// Factor of each.
    pub weights: Vec<f32>,
    /// Where each graph ends in the rows.
    pub graphs: Vec<u32>,
}

impl Batch {
    /// Packs graphs, in place of what was there.
    pub fn pack<'a>(&mut self, graphs: impl IntoIterator<Item = &'a Graph>) {
        self.words.clear();
        self.ends.clear();
        self.sources.clear();
        self.weights.clear();
        self.graphs.clear();
        for graph in graphs {
            let (row, entry) = (self.words.len() as u32, self.sources.len() as u32);
            self.words.extend(&graph.words);
            self.ends.extend(graph.ends.iter().map(|end| end + entry));
            self.sources.extend(graph.sources.iter().map(|source| source + row));
            self.weights.extend(&graph.weights);
            self.graphs.push(self.words.len() as u32);
        }
    }

    /// Rows of the matrix.
    pub fn rows(&self) -> usize {
        self.words.len()
    }

    /// Row, then the sources and factors of the row.
    fn entries(&self) -> impl Iterator<Item = (usize, impl Iterator<Item = (usize, f32)>)> {
        let mut start = 0;
        self.ends.iter().enumerate().map(move |(row, &end)| {
            let range = start..end as usize;
            start = end as usize;
            let sources = self.sources[range.clone()].iter().map(|&source| source as usize);
            (row, sources.zip(self.weights[range].iter().copied()))
        })
    }

    /// `out = Â · x + bias`.
    pub fn gather(&self, x: &[f32], bias: &[f32], out: &mut [f32]) {
        let width = bias.len();
        for (row, entries) in self.entries() {
            let out = &mut out[row * width..][..width];
            out.copy_from_slice(bias);
            for (source, weight) in entries {
                for (out, x) in out.iter_mut().zip(&x[source * width..][..width]) {
                    *out += weight * x;
                }
            }
        }
    }

    /// `out = Âᵀ · x`.
    pub fn scatter(&self, x: &[f32], width: usize, out: &mut [f32]) {
        out.fill(0.0);
        for (row, entries) in self.entries() {
            let x = &x[row * width..][..width];
            for (source, weight) in entries {
                for (out, x) in out[source * width..][..width].iter_mut().zip(x) {
                    *out += weight * x;
                }
            }
        }
    }
}
