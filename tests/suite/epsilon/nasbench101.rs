//! ε on NAS-Bench-101 against the authors' figures. The same function runs natively and in a browser.

use cellscope::{
    epsilon::{Batch, Evaluator},
    space,
};

/// Every row: equal to 10⁻⁴ relative from 10⁻³ on, exactly 0 where the figure is 0, and below 10⁻⁴ where the figure is
/// (what is left there is f32 rounding, which changes with the number of threads). Returns the number of rows.
pub fn figures() -> usize {
    let space = space::find("nasbench101").unwrap();
    let batch = Batch::randn(0, 8).unwrap();
    let mut evaluator = Evaluator::new(&batch, space.epsilon_weights()).unwrap();
    let mut rows = 0;
    for row in
        csv::Reader::from_reader(include_str!("../../data/epsilon_nasbench101.csv").as_bytes()).records()
    {
        let row = row.unwrap();
        assert_eq!((&row[3], &row[4]), ("1e-4", "10"));
        assert_eq!(&row[5], "torch.manual_seed(0); torch.randn(8,3,32,32)");
        let text = format!("{}:{}:{}", &row[0], &row[1], &row[2]);
        let found = evaluator.evaluate(&space.parse(&text).unwrap().full(1).unwrap()).unwrap().epsilon;
        let golden: f64 = row[6].parse().unwrap();
        match found {
            None => assert!(golden.is_nan(), "{text}: undefined, not {golden}"),
            Some(found) if golden == 0.0 => assert_eq!(found, 0.0, "{text}"),
            Some(found) if golden < 1e-4 => assert!(found < 1e-4, "{text}: {found}, not {golden}"),
            Some(found) => {
                assert!((found / golden - 1.0).abs() < 1e-4, "{text}: {found}, not {golden}");
            }
        }
        rows += 1;
    }
    rows
}
