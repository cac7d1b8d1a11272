//! One representation of a network for every proxy: layers with inferred shapes in a directed graph.
//!
//! Both the small surrogate network of NASGraph and the full network that ε and the cost counts use are
//! instances of [`Network`]. Layers are numbered in creation order, and a parent always comes before its child,
//! so that creation order is a topological order.

mod layer;
mod op;
mod shape;

pub use layer::{Join, Layer, LayerSpec, Origin, Part};
pub(crate) use op::slide;
pub use op::{Conv2d, ConvTranspose2d, FactorizedReduce, Linear, Op, Pool};
pub use shape::{Shape, ShapeError};

use crate::few::sorted;
use petgraph::{
    Direction,
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

/// Number of a layer: its place in creation order.
pub type LayerId = NodeIndex<u32>;

/// A network: layers, and which layer feeds which.
///
/// An edge carries the position of its source among the parents of its target; a parent that is listed twice
/// has two edges.
#[derive(Clone, Debug, Default)]
pub struct Network {
    graph: DiGraph<Layer, u32>,
}

impl Network {
    /// An empty network.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a layer that is fed by `parents`, infers its shapes and checks them.
    ///
    /// # Errors
    /// [`ShapeError`] if a parent or an operation of the module does not fit.
    pub fn add(&mut self, spec: LayerSpec, parents: &[LayerId]) -> Result<LayerId, ShapeError> {
        let input = self.input_shape(&spec, parents)?;
        let inferred = spec.module.iter().try_fold(input, |shape, op| op.output_shape(shape))?;
        let output = match spec.output {
            None => inferred,
            Some(stated) if stated.channels == inferred.channels || spec.module == [Op::Zero] => stated,
            Some(stated) => {
                return Err(ShapeError::Channels {
                    op: spec.label.to_string(),
                    expected: stated.channels,
                    found: inferred.channels,
                });
            }
        };
        let id = self.graph.add_node(Layer { spec, input, output });
        for (position, &parent) in parents.iter().enumerate() {
            self.graph.add_edge(parent, id, position as u32);
        }
        Ok(id)
    }

    fn input_shape(&self, spec: &LayerSpec, parents: &[LayerId]) -> Result<Shape, ShapeError> {
        let shapes = || parents.iter().map(|&p| self.graph[p].output);
        let first = match (spec.input, shapes().next()) {
            (Some(stated), _) => return Ok(stated),
            (None, Some(first)) => first,
            (None, None) => return Err(ShapeError::NoInput { layer: spec.label.to_string() }),
        };
        let unfit = |found| ShapeError::Parents { layer: spec.label.to_string(), expected: first, found };
        match spec.join {
            Join::Add => match shapes().find(|&s| s != first) {
                None => Ok(first),
                Some(found) => Err(unfit(found)),
            },
            Join::Concat => match shapes().find(|s| (s.height, s.width) != (first.height, first.width)) {
                None => Ok(Shape { channels: shapes().map(|s| s.channels).sum(), ..first }),
                Some(found) => Err(unfit(found)),
            },
        }
    }

    /// Number of layers.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there is no layer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The layers in creation order.
    pub fn layers(&self) -> impl Iterator<Item = (LayerId, &Layer)> {
        self.graph.node_indices().zip(self.graph.node_weights())
    }

    /// One layer.
    ///
    /// # Panics
    /// If `id` is of another network.
    pub fn layer(&self, id: LayerId) -> &Layer {
        &self.graph[id]
    }

    /// The parents of a layer, in the order in which they were given.
    pub fn parents(&self, id: LayerId) -> Vec<LayerId> {
        let parents = self.graph.edges_directed(id, Direction::Incoming);
        let numbered = parents.map(|edge| (*edge.weight(), edge.source())).collect();
        sorted(numbered).into_iter().map(|(_, source)| source).collect()
    }

    /// The underlying petgraph graph.
    pub fn graph(&self) -> &DiGraph<Layer, u32> {
        &self.graph
    }
}
