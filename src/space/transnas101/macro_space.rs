//! Macro architectures: four to six stages of residual blocks.

use super::{Stage, split, surrogate};
use crate::{
    network::Network,
    predictor::OperatorGraph,
    random::Random,
    space::{Cell, CellEdge, ParseError, Reachability, Space, SpaceError, SurrogateOptions},
};
use std::sync::OnceLock;

/// Number of stages.
const STAGES: std::ops::RangeInclusive<usize> = 4..=6;
/// Stages that double the channels.
const DOUBLING: std::ops::RangeInclusive<usize> = 1..=3;
/// Stages that halve the side.
const HALVING: std::ops::RangeInclusive<usize> = 1..=4;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct MacroCell {
    stages: Vec<Stage>,
}

impl MacroCell {
    /// Checks the rules of the space.
    fn new(stages: Vec<Stage>) -> Result<Self, String> {
        let count = |test: fn(&Stage) -> bool| stages.iter().filter(|stage| test(stage)).count();
        let rule = |what: &str, range: &std::ops::RangeInclusive<usize>, found: usize| {
            if range.contains(&found) {
                Ok(())
            } else {
                Err(format!("{} to {} stages {what}; this has {found}", range.start(), range.end()))
            }
        };
        rule("are allowed", &STAGES, stages.len())?;
        rule("may double the channels (digits 2 and 4)", &DOUBLING, count(|stage| stage.doubles))?;
        rule("may halve the side (digits 3 and 4)", &HALVING, count(|stage| stage.halves))?;
        Ok(Self { stages })
    }
}

/// All `count`-subsets of `0..length` as bit masks, in lexicographic order of their members.
fn subsets(length: usize, count: usize) -> Vec<u32> {
    fn extend(from: usize, length: usize, left: usize, mask: u32, out: &mut Vec<u32>) {
        if left == 0 {
            out.push(mask);
            return;
        }
        for member in from..length {
            extend(member + 1, length, left - 1, mask | 1 << member, out);
        }
    }
    let mut out = Vec::new();
    extend(0, length, count, 0, &mut out);
    out
}

/// All architectures in the published order: by number of stages, of doubling stages, of halving stages, then the
/// positions of the doubling stages, then those of the halving stages.
fn all() -> &'static [MacroCell] {
    static ALL: OnceLock<Vec<MacroCell>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut cells = Vec::new();
        for length in STAGES {
            for doubling in DOUBLING {
                for halving in HALVING {
                    for doubles in subsets(length, doubling) {
                        for halves in subsets(length, halving) {
                            let bit = |mask: u32, at: usize| mask >> at & 1 == 1;
                            let stage =
                                |at: usize| Stage { doubles: bit(doubles, at), halves: bit(halves, at) };
                            cells.push(MacroCell { stages: (0..length).map(stage).collect() });
                        }
                    }
                }
            }
        }
        cells
    })
}

impl Cell for MacroCell {
    fn text(&self) -> String {
        let digits: String = self.stages.iter().map(|stage| char::from(b'0' + stage.digit())).collect();
        format!("64-{digits}-basic")
    }

    fn index(&self) -> Option<usize> {
        all().iter().position(|cell| cell == self)
    }

    fn nodes(&self) -> usize {
        self.stages.len() + 1
    }

    fn edges(&self) -> Vec<CellEdge> {
        let edge =
            |(source, stage): (usize, &Stage)| CellEdge { source, target: source + 1, op: stage.name() };
        self.stages.iter().enumerate().map(edge).collect()
    }

    fn reachability(&self) -> Reachability {
        Reachability { connected: true, parameter_free: false, dead_edges: Vec::new() }
    }

    fn canonical(&self) -> String {
        self.text()
    }

    /// The architectures of the space that differ in one stage, or have one stage more or fewer.
    fn neighbours(&self) -> Vec<Box<dyn Cell>> {
        let mut found: Vec<MacroCell> = Vec::new();
        let mut keep = |stages: Vec<Stage>| {
            if let Ok(cell) = MacroCell::new(stages)
                && cell != *self
                && !found.contains(&cell)
            {
                found.push(cell);
            }
        };
        for at in 0..=self.stages.len() {
            for stage in (1..=4).filter_map(Stage::of_digit) {
                let mut longer = self.stages.clone();
                longer.insert(at, stage);
                keep(longer);
                if at < self.stages.len() {
                    let mut changed = self.stages.clone();
                    changed[at] = stage;
                    keep(changed);
                }
            }
            if at < self.stages.len() {
                let mut shorter = self.stages.clone();
                shorter.remove(at);
                keep(shorter);
            }
        }
        found.into_iter().map(|cell| Box::new(cell) as Box<dyn Cell>).collect()
    }

    fn surrogate(&self, options: &SurrogateOptions) -> Result<Network, SpaceError> {
        surrogate(options, &self.stages, &|encoder, number, stage| encoder.residual_blocks(number, stage))
    }

    fn full(&self, _outputs: usize) -> Result<Network, SpaceError> {
        Err(SpaceError::no_full_network("TransNAS-Bench-101"))
    }

    fn operator_graph(&self) -> Result<OperatorGraph, SpaceError> {
        let why = "an architecture differs from others in its stages, not in the operators of a cell";
        Err(SpaceError::no_operator_graph("TransNAS-Bench-101 macro", why))
    }
}

/// The space of macro architectures.
#[derive(Clone, Copy, Debug)]
pub struct TransNas101Macro;

impl Space for TransNas101Macro {
    fn id(&self) -> &'static str {
        "transnas101-macro"
    }

    fn label(&self) -> &'static str {
        "TransNAS-Bench-101 macro"
    }

    fn ops(&self) -> &'static [&'static str] {
        &["block", "block, channels × 2", "block, side ÷ 2", "block, channels × 2, side ÷ 2"]
    }

    fn options(&self) -> &'static [&'static str] {
        &["stem-channels", "task"]
    }

    fn size(&self) -> Option<usize> {
        Some(all().len())
    }

    fn classes(&self) -> Option<usize> {
        None
    }

    fn parse(&self, whole: &str) -> Result<Box<dyn Cell>, ParseError> {
        let (at, digits, cell) = split(whole)?;
        if cell != "basic" {
            let start = at + digits.len() + 1;
            let message = "a macro architecture ends in `-basic`".to_owned();
            return Err(ParseError::at(whole, start, start + cell.len(), message));
        }
        let mut stages = Vec::new();
        for (offset, mark) in digits.char_indices() {
            let digit = mark.to_digit(10).and_then(|digit| Stage::of_digit(digit as u8));
            stages.push(digit.ok_or_else(|| {
                let message = format!("a stage is a digit 1 to 4, not `{}`", mark.escape_debug());
                ParseError::at(whole, at + offset, at + offset + mark.len_utf8(), message)
            })?);
        }
        let cell = MacroCell::new(stages)
            .map_err(|message| ParseError::at(whole, at, at + digits.len(), message))?;
        Ok(Box::new(cell))
    }

    fn at(&self, index: usize) -> Option<Box<dyn Cell>> {
        Some(Box::new(all().get(index)?.clone()))
    }

    fn sample(&self, count: usize, seed: u64) -> Vec<Box<dyn Cell>> {
        let indices = Random::new(seed).distinct(all().len() as u32, count);
        indices.into_iter().filter_map(|index| self.at(index as usize)).collect()
    }

    fn equal_cells(&self, cell: &dyn Cell) -> Vec<Box<dyn Cell>> {
        cell.index().and_then(|index| self.at(index)).into_iter().collect()
    }

    fn epsilon_weights(&self) -> (f32, f32) {
        (1e-7, 1.0)
    }
}
