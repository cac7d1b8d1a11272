//! Figures of the authors' own code, row by row. The same functions run natively and in a browser.

use cellscope::{
    epsilon::{Batch, BatchError, BatchSource, Evaluator},
    space,
};

const RANDN: &str = include_str!("../data/epsilon_nb201.csv");
const CIFAR10: &str = include_str!("../data/epsilon_nb201_cifar10_256.csv");

/// Largest relative difference from the figures, for those below and above 10⁻³.
#[derive(Debug, Default)]
pub struct Deviation {
    pub small: f64,
    pub large: f64,
    pub rows: usize,
}

impl Deviation {
    /// Compares one ε: 10⁻⁴ relative, 10⁻² below 10⁻³, where f32 rounding shows; undefined must be undefined.
    fn compare(&mut self, arch: &str, found: Option<f64>, expected: f64) {
        self.rows += 1;
        match found {
            None => assert!(expected.is_nan(), "{arch}: undefined, expected {expected}"),
            Some(found) => {
                assert!(!expected.is_nan(), "{arch}: {found}, expected undefined");
                let difference = (found / expected - 1.0).abs();
                let (largest, limit) =
                    if expected < 1e-3 { (&mut self.small, 1e-2) } else { (&mut self.large, 1e-4) };
                *largest = largest.max(difference);
                assert!(difference < limit, "{arch}: {found}, expected {expected}, off by {difference:e}");
            }
        }
    }
}

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
