//! Figures of the authors' own code, row by row. The same functions run natively and in a browser.

use cellscope::{
    epsilon::{Batch, BatchError, BatchSource, Evaluator},
    space,
};

const RANDN: &str = include_str!("../../data/epsilon_nb201.csv");
const CIFAR10: &str = include_str!("../../data/epsilon_nb201_cifar10_256.csv");

/// Largest relative difference from the figures, for those below and above 10⁻³.
#[derive(Debug, Default)]
pub struct Deviation {
    pub small: f64,
    pub large: f64,
    pub rows: usize,
    /// Rows above 10⁻³ that are off by more than 10⁻⁵ relative, for which only [`ROUNDING`] holds.
    pub beyond: usize,
}

impl Deviation {
    /// Compares one ε; undefined must be undefined.
    ///
    /// Above 10⁻³ the limit is 10⁻⁵ relative, but never less than [`ROUNDING`]; below, 10⁻² relative.
    fn compare(&mut self, arch: &str, found: Option<f64>, expected: f64) {
        self.rows += 1;
        let Some(found) = found else {
            return assert!(expected.is_nan(), "{arch}: undefined, expected {expected}");
        };
        assert!(!expected.is_nan(), "{arch}: {found}, expected undefined");
        let difference = (found - expected).abs();
        let relative = difference / expected;
        if expected < 1e-3 {
            assert!(relative < 1e-2, "{arch}: {found}, expected {expected}, off by {relative:e}");
            self.small = self.small.max(relative);
        } else {
            let limit = f64::max(1e-5 * expected, ROUNDING);
            assert!(difference < limit, "{arch}: {found}, expected {expected}, off by {relative:e}");
            self.large = self.large.max(relative);
            self.beyond += usize::from(relative > 1e-5);
        }
    }
}

/// What f32 rounding alone moves in ε, absolutely. The figures themselves lie up to 1.1e-7 from a run in f64
/// (ε = 0.0023454), because both outputs are divided by the range of two rounded numbers.
const ROUNDING: f64 = 1.5e-7;

fn reader(text: &str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| row.expect("a row of the figures"))
}

/// Every row of the figures on white noise.
pub fn randn() -> Deviation {
    let mut deviation = Deviation::default();
    let space = space::find("nasbench201").unwrap();
    let mut evaluator: Option<(String, Evaluator)> = None;
    for row in reader(RANDN) {
        let weights = (row[2].parse().unwrap(), row[3].parse().unwrap());
        assert_eq!(weights, space.epsilon_weights());
        let evaluator = match &mut evaluator {
            Some((batch, evaluator)) if *batch == row[4] => evaluator,
            place => {
                let batch = source(&row[4]).load(|_| Err(BatchError::Count { found: 0 })).unwrap();
                &mut place.insert((row[4].to_owned(), Evaluator::new(&batch, weights).unwrap())).1
            }
        };
        let cell = space.parse(&row[1]).unwrap();
        assert_eq!(cell.index(), row[0].parse().ok(), "{}", &row[1]);
        let outcome = evaluator.evaluate(&cell.full(1).unwrap()).unwrap();
        assert_eq!(outcome.epsilon.is_none(), outcome.reason.is_some());
        deviation.compare(&row[1], outcome.epsilon, row[5].parse().unwrap());
    }
    deviation
}

/// `torch.manual_seed(SEED); torch.randn(B,3,32,32)` as a descriptor.
fn source(statement: &str) -> BatchSource {
    let number = |after: &str| {
        let rest = &statement[statement.find(after).expect(after) + after.len()..];
        rest[..rest.find([')', ',']).unwrap()].to_owned()
    };
    format!("randn:{}:{}", number("manual_seed("), number("randn(")).parse().unwrap()
}

/// Every row of the figures on 256 images of CIFAR-10, given the bytes of their file.
pub fn cifar10(bytes: &[u8]) -> Deviation {
    let mut deviation = Deviation::default();
    let space = space::find("nasbench201").unwrap();
    let batch = Batch::cifar10(bytes, 256, "sample").unwrap();
    let mut evaluator = Evaluator::new(&batch, space.epsilon_weights()).unwrap();
    for row in reader(CIFAR10) {
        let network = space.parse(&row[1]).unwrap().full(1).unwrap();
        let epsilon = evaluator.score(&network).unwrap().ok();
        deviation.compare(&row[1], epsilon, row[2].parse().unwrap());
    }
    deviation
}
