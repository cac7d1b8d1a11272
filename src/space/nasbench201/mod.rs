//! NAS-Bench-201 (Dong and Yang 2020, arXiv 2001.00326): a cell of four nodes, six edges and five operations.
//!
//! Text: `|op~0|+|op~0|op~1|+|op~0|op~1|op~2|`, the operations into node 1, 2 and 3, each with its source node.

mod canonical;
mod index;
mod macros;
mod parse;

use super::{Cell, CellEdge, ParseError, Reachability, Space, SpaceError, SurrogateOptions, dag::FourNodes};
use crate::{
    network::Network,
    predictor::{NONE, Operator, OperatorGraph, SKIP},
    random::Random,
};

/// Nodes of a cell.
const NODES: usize = FourNodes::NODES;
/// Edges of a cell.
const EDGES: usize = ENDS.len();
/// Source and target of each edge, in the order of the text.
const ENDS: [(usize, usize); 6] = FourNodes::ENDS;
/// Number of cells.
const SIZE: usize = 5usize.pow(EDGES as u32);

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Op201 {
    /// Multiplies by zero.
    None,
    /// Identity.
    Skip,
    /// 1 × 1 convolution.
    Conv1x1,
    /// 3 × 3 convolution.
    Conv3x3,
    /// 3 × 3 average pooling.
    AvgPool,
}

impl Op201 {
    /// All operations, in the order of their numbers.
    pub const ALL: [Op201; 5] = [Op201::None, Op201::Skip, Op201::Conv1x1, Op201::Conv3x3, Op201::AvgPool];
    /// Their published names.
    pub const NAMES: [&'static str; 5] =
        ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];

    /// Their texts in TG-NAS.
    const TEXTS: [&'static str; 5] =
        [NONE, SKIP, "Convolution 1 by 1", "Convolution 3 by 3", "Average pooling 3 by 3"];

    /// The published name.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A cell: the operation of each edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Cell201 {
    ops: [Op201; EDGES],
}

impl Cell201 {
    /// The number Σ op·5^edge.
    fn code(&self) -> usize {
        self.ops.iter().rev().fold(0, |code, &op| code * 5 + op as usize)
    }

    /// The cell of a code below [`SIZE`].
    fn from_code(mut code: usize) -> Self {
        let ops = std::array::from_fn(|_| {
            let op = Op201::ALL[code % 5];
            code /= 5;
            op
        });
        Self { ops }
    }
}

impl Cell for Cell201 {
    fn text(&self) -> String {
        parse::print(self)
    }

    fn index(&self) -> Option<usize> {
        Some(index::of_code(self.code()))
    }

    fn nodes(&self) -> usize {
        NODES
    }

    fn edges(&self) -> Vec<CellEdge> {
        ENDS.iter()
            .zip(self.ops)
            .map(|(&(source, target), op)| CellEdge { source, target, op: op.name() })
            .collect()
    }

    fn reachability(&self) -> Reachability {
        FourNodes::reachability(
            |edge| self.ops[edge] != Op201::None,
            |edge| matches!(self.ops[edge], Op201::Skip | Op201::AvgPool),
        )
    }

    fn canonical(&self) -> String {
        canonical::form(self)
    }

    fn neighbours(&self) -> Vec<Box<dyn Cell>> {
        let mut neighbours: Vec<Box<dyn Cell>> = Vec::with_capacity(EDGES * 4);
        for edge in 0..EDGES {
            for op in Op201::ALL.into_iter().filter(|&op| op != self.ops[edge]) {
                let mut cell = *self;
                cell.ops[edge] = op;
                neighbours.push(Box::new(cell));
            }
        }
        neighbours
    }

    fn surrogate(&self, options: &SurrogateOptions) -> Result<Network, SpaceError> {
        options.check()?;
        Ok(macros::surrogate(self, options)?)
    }

    fn full(&self, outputs: usize) -> Result<Network, SpaceError> {
        SpaceError::check("outputs", outputs, 1..=1000)?;
        Ok(macros::full(self, outputs)?)
    }

    fn operator_graph(&self) -> Result<OperatorGraph, SpaceError> {
        let operator = |op: Op201| Operator::new(op.name(), Op201::TEXTS[op as usize]);
        Ok(FourNodes::operator_graph(self.ops.map(operator)))
    }
}

/// The space.
#[derive(Clone, Copy, Debug)]
pub struct NasBench201;

impl Space for NasBench201 {
    fn id(&self) -> &'static str {
        "nasbench201"
    }

    fn label(&self) -> &'static str {
        "NAS-Bench-201"
    }

    fn ops(&self) -> &'static [&'static str] {
        &Op201::NAMES
    }

    fn operator_texts(&self) -> &'static [&'static str] {
        &Op201::TEXTS
    }

    fn options(&self) -> &'static [&'static str] {
        &["cells-per-stack", "stem-channels"]
    }

    fn size(&self) -> Option<usize> {
        Some(SIZE)
    }

    fn classes(&self) -> Option<usize> {
        Some(canonical::classes().len())
    }

    fn parse(&self, text: &str) -> Result<Box<dyn Cell>, ParseError> {
        Ok(Box::new(parse::parse(text)?))
    }

    fn at(&self, index: usize) -> Option<Box<dyn Cell>> {
        let code = index::code_at(index)?;
        Some(Box::new(Cell201::from_code(code)))
    }

    fn sample(&self, count: usize, seed: u64) -> Vec<Box<dyn Cell>> {
        Random::new(seed)
            .distinct(SIZE as u32, count)
            .into_iter()
            .filter_map(|index| self.at(index as usize))
            .collect()
    }

    fn equal_cells(&self, cell: &dyn Cell) -> Vec<Box<dyn Cell>> {
        let members = canonical::classes().get(&cell.canonical());
        members.into_iter().flatten().filter_map(|&index| self.at(index)).collect()
    }

    fn epsilon_weights(&self) -> (f32, f32) {
        (1e-7, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_has_one_cell_and_reads_back() {
        let mut seen = vec![false; SIZE];
        for (index, seen) in seen.iter_mut().enumerate() {
            let cell = NasBench201.at(index).expect("in range");
            assert_eq!(cell.index(), Some(index));
            let again = NasBench201.parse(&cell.text()).expect("printed");
            assert_eq!(again.text(), cell.text());
            assert_eq!(again.index(), Some(index));
            assert!(!std::mem::replace(seen, true));
        }
        assert!(NasBench201.at(SIZE).is_none());
    }

    #[test]
    fn figures_first_rows_are_first() {
        let text =
            "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|";
        assert_eq!(NasBench201.at(0).unwrap().text(), text);
    }

    #[test]
    fn parameter_free_paths_are_as_many_as_published() {
        let free = (0..SIZE).filter(|&i| NasBench201.at(i).unwrap().reachability().parameter_free).count();
        assert_eq!(free, 9226);
    }

    #[test]
    fn classes() {
        let classes = canonical::classes();
        println!("{} classes", classes.len());
        assert_eq!(classes.values().map(Vec::len).sum::<usize>(), SIZE);
    }

    #[test]
    fn errors_name_the_place() {
        let error = |text: &str| NasBench201.parse(text).err().expect("refused");
        let bad = error("|nor_conv_3x3~0|+|none~0|skip~1|+|skip_connect~0|none~1|none~2|");
        assert_eq!((bad.column, bad.text.as_str()), (26, "skip"));
        assert!(bad.message.contains("`skip`"), "{bad}");
        let bad = error("|nor_conv_3x3~0|+|none~0|none~0|+|skip_connect~0|none~1|none~2|");
        assert_eq!((bad.column, bad.text.as_str()), (31, "0"));
        assert_eq!(error("").column, 1);
        assert!(error(&"x".repeat(1_000_000)).message.contains("1000000"));
        let good = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";
        assert!(NasBench201.parse(&format!("  {good}\n")).is_ok());
        assert!(error(&format!("{good}|none~3|")).message.contains("ends before"));
    }
}
