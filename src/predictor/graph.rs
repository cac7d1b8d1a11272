//! A cell as a graph of operators described in words.
//!
//! Facts of the authors' form are from their public code (`YeQiao/TG-NAS`): `nasbench_101_generation.py`,
//! `nasbench_201_generation.py`, `prune_tenas_gnn_darts.py` (DARTS).

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Text of an input.
pub const INPUT: &str = "Input";
/// Text of the output.
pub const OUTPUT: &str = "Output";
/// Text of the operator that multiplies by zero; a contraction removes it.
pub const NONE: &str = "None";
/// Text of a skip connection; a contraction joins what it joins.
pub const SKIP: &str = "Residual connection";

/// Most nodes of a graph: sets of nodes are words of 64 bits.
const MOST_NODES: usize = 64;

/// Which graph of a cell the predictor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// As TG-NAS's authors draw it: every operator is a node, `none` and skips included.
    Authors,
    /// [`OperatorGraph::contracted`]: what NAS-Bench-101, where the predictor is trained, would draw.
    Contracted,
}

impl Form {
    /// Both, in the order of their codes in a file of weights.
    pub const ALL: [Form; 2] = [Form::Authors, Form::Contracted];

    /// Identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Form::Authors => "authors",
            Form::Contracted => "contracted",
        }
    }

    /// The form of an identifier.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Name of the operation in its space, `input`, `output`, or empty where the text is not of the space.
    pub op: &'static str,
    /// The words that a sentence transformer has read.
    pub text: Cow<'static, str>,
}

impl Operator {
    /// An operation of a space with its text.
    pub const fn new(op: &'static str, text: &'static str) -> Self {
        Self { op, text: Cow::Borrowed(text) }
    }

    /// The operator that gives the cell what it computes on.
    pub const fn input() -> Self {
        Self::new("input", INPUT)
    }

    /// The operator that takes the cell's result.
    pub const fn output() -> Self {
        Self::new("output", OUTPUT)
    }
}

/// Operators and the flow of data between them: inputs first, the output last, every edge to a later node. There is no
/// global node here: [`super::Adjacency`] adds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorGraph {
    nodes: Vec<Operator>,
    edges: Vec<(usize, usize)>,
}

impl OperatorGraph {
    /// A graph; its edges are sorted by target, then source, and equal ones merged.
    ///
    /// # Returns
    /// `None` unless there are 2 to 64 nodes and every edge leads to a later one.
    pub fn new(nodes: Vec<Operator>, edges: Vec<(usize, usize)>) -> Option<Self> {
        let fits = (2..=MOST_NODES).contains(&nodes.len())
            && edges.iter().all(|&(source, target)| source < target && target < nodes.len());
        fits.then(|| Self::of_cell(nodes, edges))
    }

    /// The graph of a cell, which is one by construction.
    pub(crate) fn of_cell(nodes: Vec<Operator>, edges: Vec<(usize, usize)>) -> Self {
        let mut feeds = vec![0u64; nodes.len()];
        edges.iter().for_each(|&(source, target)| feeds[target] |= 1 << source);
        Self { nodes, edges: listed(&feeds) }
    }

    /// The operators.
    pub fn nodes(&self) -> &[Operator] {
        &self.nodes
    }

    /// Source and target of each edge, by target, then source.
    pub fn edges(&self) -> &[(usize, usize)] {
        &self.edges
    }

    /// Whether a node is an operator: neither an input nor the output.
    pub fn is_operator(&self, node: usize) -> bool {
        node + 1 < self.nodes.len() && self.nodes[node].op != "input"
    }

    /// The same graph with other words at a node; unchanged if there is no such node.
    #[must_use]
    pub fn with_text(&self, node: usize, text: &str) -> Self {
        let mut edited = self.clone();
        if let Some(operator) = edited.nodes.get_mut(node) {
            *operator = Operator { op: "", text: Cow::Owned(text.to_owned()) };
        }
        edited
    }

    /// The graph in a form, and for each of its nodes the node of this graph that it is.
    pub fn in_form(self, form: Form) -> (Self, Vec<usize>) {
        match form {
            Form::Authors => {
                let same = (0..self.nodes.len()).collect();
                (self, same)
            }
            Form::Contracted => self.contracted(),
        }
    }

    /// The graph in which `None` carries nothing on and a skip is no operator.
    ///
    /// * A node `None` goes with its edges.
    /// * A node `Residual connection` goes; what fed it feeds what it fed. Paths that only differ in skips become one
    ///   edge.
    /// * Nodes on no path from an input to the output go, an unread input among them.
    /// * Where no path is left, the inputs and the output remain without an edge.
    ///
    /// Only these two texts are contracted: a skip in other words is an operator like any other.
    ///
    /// # Returns
    /// The graph, and for each of its nodes the node of this graph that it is.
    pub fn contracted(&self) -> (Self, Vec<usize>) {
        let count = self.nodes.len();
        let (last, bit) = (count - 1, |node: usize| 1u64 << node);
        // Operators that feed each node, skips looked through.
        let mut feeds = vec![0u64; count];
        for &(source, target) in &self.edges {
            feeds[target] |= match &*self.nodes[source].text {
                NONE => 0,
                SKIP => feeds[source],
                _ => bit(source),
            };
        }
        let is_input = |node: usize| self.nodes[node].text == INPUT;
        let is_gone = |node: usize| matches!(&*self.nodes[node].text, NONE | SKIP);
        let mut forward = 0;
        for (node, &feeds) in feeds.iter().enumerate() {
            if is_input(node) || (!is_gone(node) && feeds & forward != 0) {
                forward |= bit(node);
            }
        }
        let mut alive = 0;
        if forward & bit(last) != 0 {
            alive |= bit(last);
        }
        for node in (0..count).rev() {
            if alive & bit(node) != 0 {
                alive |= feeds[node] & forward;
            }
        }
        if alive == 0 {
            alive = (0..count)
                .filter(|&node| is_input(node) || node == last)
                .fold(0, |set, node| set | bit(node));
        }
        let kept: Vec<usize> = (0..count).filter(|&node| alive & bit(node) != 0).collect();
        let nodes = kept.iter().map(|&node| self.nodes[node].clone()).collect();
        let mut rows = vec![0u64; kept.len()];
        for (target, row) in rows.iter_mut().enumerate() {
            for (source, &node) in kept.iter().enumerate() {
                *row |= (feeds[kept[target]] >> node & 1) << source;
            }
        }
        (Self { nodes, edges: listed(&rows) }, kept)
    }
}

/// The edges of nodes, given the sets of nodes that feed them.
fn listed(feeds: &[u64]) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    for (target, &sources) in feeds.iter().enumerate() {
        for source in 0..feeds.len() {
            if sources >> source & 1 == 1 {
                edges.push((source, target));
            }
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(texts: &[&'static str], edges: &[(usize, usize)]) -> OperatorGraph {
        let nodes = texts.iter().map(|text| Operator::new("", text)).collect();
        OperatorGraph::new(nodes, edges.to_vec()).expect("legal")
    }

    #[test]
    fn what_is_no_graph_is_refused() {
        let nodes = |count| vec![Operator::input(); count];
        assert!(OperatorGraph::new(nodes(1), vec![]).is_none());
        assert!(OperatorGraph::new(nodes(65), vec![]).is_none());
        assert!(OperatorGraph::new(nodes(64), vec![(0, 63)]).is_some());
        assert!(OperatorGraph::new(nodes(3), vec![(1, 1)]).is_none());
        assert!(OperatorGraph::new(nodes(3), vec![(2, 1)]).is_none());
        assert!(OperatorGraph::new(nodes(3), vec![(1, 3)]).is_none());
        let twice = OperatorGraph::new(nodes(3), vec![(1, 2), (0, 1), (1, 2)]).expect("legal");
        assert_eq!(twice.edges(), [(0, 1), (1, 2)]);
    }

    #[test]
    fn chains_of_skips_and_parallel_paths_become_one_edge() {
        let chain =
            graph(&[INPUT, SKIP, SKIP, "a", OUTPUT], &[(0, 1), (1, 2), (2, 3), (0, 3), (3, 4), (1, 4)]);
        let (contracted, kept) = chain.contracted();
        assert_eq!(contracted, graph(&[INPUT, "a", OUTPUT], &[(0, 1), (0, 2), (1, 2)]));
        assert_eq!(kept, [0, 3, 4]);
        assert_eq!(contracted.contracted().0, contracted);
    }

    #[test]
    fn the_dead_are_pruned_and_the_ends_remain() {
        let dead = graph(&[INPUT, INPUT, "a", NONE, "b", OUTPUT], &[(1, 2), (1, 3), (3, 4), (2, 5), (4, 5)]);
        assert_eq!(dead.contracted(), (graph(&[INPUT, "a", OUTPUT], &[(0, 1), (1, 2)]), vec![1, 2, 5]));
        let none = graph(&[INPUT, INPUT, NONE, "a", OUTPUT], &[(0, 2), (2, 4), (0, 3)]);
        assert_eq!(none.contracted(), (graph(&[INPUT, INPUT, OUTPUT], &[]), vec![0, 1, 4]));
    }

    #[test]
    fn other_words_are_not_contracted() {
        let skip = graph(&[INPUT, SKIP, OUTPUT], &[(0, 1), (1, 2)]);
        assert_eq!(skip.contracted().0, graph(&[INPUT, OUTPUT], &[(0, 1)]));
        let worded = skip.with_text(1, "Identity mapping to the next layer");
        assert_eq!(worded.contracted().0, worded);
        assert_eq!(skip.with_text(9, "a"), skip);
    }
}
