//! Micro cells: four nodes, six edges, four operations, in five fixed stages.

use super::{Op, Stage, split, surrogate};
use crate::{
    network::Network,
    predictor::{Operator, OperatorGraph},
    random::Random,
    space::{Cell, CellEdge, ParseError, Reachability, Space, SpaceError, SurrogateOptions, dag::FourNodes},
};

const EDGES: usize = 6;
const SIZE: usize = 4096;
/// The fixed stages, in digits.
const STAGES: [u8; 5] = [4, 1, 4, 1, 4];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MicroCell {
    ops: [Op; EDGES],
}

impl MicroCell {
    fn of_index(index: usize) -> Self {
        Self { ops: std::array::from_fn(|edge| Op::ALL[index >> (2 * (EDGES - 1 - edge)) & 3]) }
    }
}

impl Cell for MicroCell {
    fn text(&self) -> String {
        let [a, b, c, d, e, f] = self.ops.map(|op| op as u8);
        format!("64-41414-{a}_{b}{c}_{d}{e}{f}")
    }

    fn index(&self) -> Option<usize> {
        Some(self.ops.iter().fold(0, |index, &op| index << 2 | op as usize))
    }

    fn nodes(&self) -> usize {
        FourNodes::NODES
    }

    fn edges(&self) -> Vec<CellEdge> {
        let edge =
            |(&(source, target), op): (&(usize, usize), Op)| CellEdge { source, target, op: op.name() };
        FourNodes::ENDS.iter().zip(self.ops).map(edge).collect()
    }

    fn reachability(&self) -> Reachability {
        // A skip from the input is a factorised reduce where the shape changes, so it has parameters.
        FourNodes::reachability(
            |edge| self.ops[edge] != Op::None,
            |edge| self.ops[edge] == Op::Skip && FourNodes::ENDS[edge].0 != 0,
        )
    }

    /// The text itself: operations that leave the input reduce, others do not, so nothing is contracted.
    fn canonical(&self) -> String {
        self.text()
    }

    fn neighbours(&self) -> Vec<Box<dyn Cell>> {
        let mut neighbours: Vec<Box<dyn Cell>> = Vec::new();
        for edge in 0..EDGES {
            for op in Op::ALL.into_iter().filter(|&op| op != self.ops[edge]) {
                let mut cell = *self;
                cell.ops[edge] = op;
                neighbours.push(Box::new(cell));
            }
        }
        neighbours
    }

    fn surrogate(&self, options: &SurrogateOptions) -> Result<Network, SpaceError> {
        let stages: Vec<Stage> = STAGES.into_iter().filter_map(Stage::of_digit).collect();
        surrogate(options, &stages, &|encoder, number, stage| encoder.micro_cell(number, stage, &self.ops))
    }

    fn full(&self, _outputs: usize) -> Result<Network, SpaceError> {
        Err(SpaceError::no_full_network("TransNAS-Bench-101"))
    }

    /// Drawn as NAS-Bench-201's cell is. A skip that leaves the input is a factorised reduce in the cells that halve the
    /// side and the identity in all others; it has the words of a skip everywhere.
    fn operator_graph(&self) -> Result<OperatorGraph, SpaceError> {
        let operator = |op: Op| Operator::new(op.name(), Op::TEXTS[op as usize]);
        Ok(FourNodes::operator_graph(self.ops.map(operator)))
    }
}

/// The space of micro cells.
#[derive(Clone, Copy, Debug)]
pub struct TransNas101Micro;

impl Space for TransNas101Micro {
    fn id(&self) -> &'static str {
        "transnas101-micro"
    }

    fn label(&self) -> &'static str {
        "TransNAS-Bench-101 micro"
    }

    fn ops(&self) -> &'static [&'static str] {
        &Op::NAMES
    }

    fn operator_texts(&self) -> &'static [&'static str] {
        &Op::TEXTS
    }

    fn options(&self) -> &'static [&'static str] {
        &["stem-channels", "task"]
    }

    fn size(&self) -> Option<usize> {
        Some(SIZE)
    }

    fn classes(&self) -> Option<usize> {
        None
    }

    fn parse(&self, whole: &str) -> Result<Box<dyn Cell>, ParseError> {
        let (at, stages, cell) = split(whole)?;
        if stages != "41414" {
            let message = "a micro cell stands in the stages 41414".to_owned();
            return Err(ParseError::at(whole, at, at + stages.len(), message));
        }
        let at = at + stages.len() + 1;
        let mut ops = [Op::None; EDGES];
        let mut found = cell.char_indices().peekable();
        for (place, form) in "a_bc_def".chars().enumerate() {
            let Some((offset, mark)) = found.next() else {
                let end = at + cell.len();
                let message = format!("the cell ends after {place} characters of `a_bc_def`");
                return Err(ParseError::at(whole, end, end, message));
            };
            let wrong = |message: String| {
                let start = at + offset;
                Err(ParseError::at(whole, start, start + mark.len_utf8(), message))
            };
            if form == '_' {
                if mark != '_' {
                    return wrong(format!("expected `_`, found `{}`", mark.escape_debug()));
                }
                continue;
            }
            match mark.to_digit(4) {
                Some(digit) => ops[form as usize - 'a' as usize] = Op::ALL[digit as usize],
                None => {
                    return wrong(format!("an operation is a digit 0 to 3, not `{}`", mark.escape_debug()));
                }
            }
        }
        if let Some((offset, _)) = found.next() {
            let message = "the cell ends before this".to_owned();
            return Err(ParseError::at(whole, at + offset, at + cell.len(), message));
        }
        Ok(Box::new(MicroCell { ops }))
    }

    fn at(&self, index: usize) -> Option<Box<dyn Cell>> {
        (index < SIZE).then(|| Box::new(MicroCell::of_index(index)) as Box<dyn Cell>)
    }

    fn sample(&self, count: usize, seed: u64) -> Vec<Box<dyn Cell>> {
        let indices = Random::new(seed).distinct(SIZE as u32, count);
        indices.into_iter().filter_map(|index| self.at(index as usize)).collect()
    }

    fn equal_cells(&self, cell: &dyn Cell) -> Vec<Box<dyn Cell>> {
        cell.index().and_then(|index| self.at(index)).into_iter().collect()
    }

    fn epsilon_weights(&self) -> (f32, f32) {
        (1e-7, 1.0)
    }
}
