//! Where ε is defined on NAS-Bench-201: exactly where a path of skips and pools joins input and output.

use cellscope::{
    epsilon::{Batch, Evaluator, Reason},
    space,
};

/// Scores cells and checks each against its paths; returns how many are defined.
fn check(indices: impl Iterator<Item = usize>, evaluator: &mut Evaluator) -> usize {
    let space = space::find("nasbench201").unwrap();
    let mut defined = 0;
    for index in indices {
        let cell = space.at(index).unwrap();
        let paths = cell.reachability();
        let score = evaluator.score(&cell.full(1).unwrap()).unwrap();
        match score {
            Ok(epsilon) => {
                assert!(paths.parameter_free, "{}: {epsilon}", cell.text());
                assert!(epsilon.is_finite() && epsilon >= 0.0, "{}: {epsilon}", cell.text());
            }
            Err(reason) => {
                assert!(!paths.parameter_free, "{}: {reason}", cell.text());
                let expected = if paths.connected { "every path passes" } else { "cut off" };
                assert!(reason.to_string().contains(expected), "{}: {reason}", cell.text());
            }
        }
        defined += usize::from(score.is_ok());
    }
    defined
}

fn evaluator(count: usize) -> Evaluator {
    Evaluator::new(&Batch::leaves(0, count).unwrap(), (1e-7, 1.0)).unwrap()
}

#[test]
fn one_cell_in_forty() {
    let defined = check((0..15_625).step_by(40), &mut evaluator(8));
    assert!(defined > 0 && defined < 391, "{defined}");
}

/// All 15,625 cells, on four images: half a minute in a release build.
#[test]
#[ignore = "slow; run with --release -- --ignored"]
fn every_cell() {
    assert_eq!(check(0..15_625, &mut evaluator(4)), 9226);
}

#[test]
fn other_weights_give_other_reasons() {
    let space = space::find("nasbench201").unwrap();
    let convolutions =
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";
    let network = space.parse(convolutions).unwrap().full(1).unwrap();
    let batch = Batch::leaves(0, 8).unwrap();
    let score = |weights| Evaluator::new(&batch, weights).unwrap().score(&network).unwrap();
    assert!(matches!(score((1e-7, 1.0)), Err(Reason::Underflow { weight: 1e-7, .. })));
    assert!(score((0.5, 1.0)).is_ok());
    assert!(matches!(score((1.0, 1e30)), Err(Reason::NonFinite { .. } | Reason::Constant { .. })));
    assert!(Evaluator::new(&batch, (0.0, 1.0)).is_err());
    assert!(Evaluator::new(&batch, (1.0, f32::NAN)).is_err());
}

#[test]
fn one_image_has_no_range() {
    let space = space::find("nasbench201").unwrap();
    let network = space.at(0).unwrap().full(1).unwrap();
    let mut evaluator = evaluator(1);
    assert_eq!(evaluator.score(&network).unwrap(), Err(Reason::Constant { weight: 1e-7 }));
    let outcome = evaluator.evaluate(&network).unwrap();
    assert!(outcome.epsilon.is_none() && outcome.low[0].is_nan());
    assert!(outcome.raw_high[0].is_finite());
}
