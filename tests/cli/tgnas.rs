//! The proxy `tgnas`: in `score`, `rank`, `correlate` and `search`, with weights of its own.

use crate::{CELL, float, run, run_with};
use cellscope::{
    predictor::{Encoding, Form, Hyper, Predictor, Weights, Words},
    space::{self, Cell},
    stats::correlation,
};
use std::{fs, path::PathBuf};

/// A file of seeded weights, removed at the end.
struct File(PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl File {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("cellscope-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

fn weights() -> Weights {
    Weights::random(Hyper { form: Form::Contracted, padding: 0, ..Hyper::AUTHORS }, 1, 1)
}

fn predictor() -> Predictor {
    let words = Words::read(include_bytes!("../../www/data/operators.words")).unwrap();
    Predictor::new(weights(), words).unwrap()
}

fn predict(cell: &dyn Cell) -> f64 {
    f64::from(predictor().predict(cell.operator_graph().unwrap()).unwrap())
}

#[test]
fn scores_are_the_predictors() {
    let file = File::new("score.weights", &weights().write(Encoding::F32).unwrap());
    for id in ["nasbench101", "nasbench201", "transnas101-micro", "nds-darts"] {
        let cells = space::find(id).unwrap().sample(20, 4);
        let input: Vec<String> = cells.iter().map(|cell| cell.text()).collect();
        let arguments = ["score", "--space", id, "--proxy", "tgnas", "--predictor", file.path()];
        let (header, rows) = run_with(&arguments, input.join("\n").as_bytes()).rows();
        assert_eq!(header, ["arch", "tgnas"]);
        for (row, cell) in rows.iter().zip(&cells) {
            assert_eq!(row[0], cell.text());
            assert_eq!(float(&row[1]).to_bits(), predict(&**cell).to_bits());
        }
        assert_eq!(rows.len(), 20);
    }
}

#[test]
fn correlation_and_rank_follow_the_scores() {
    let file = File::new("correlate.weights", &weights().write(Encoding::F32).unwrap());
    let space = space::find("nasbench201").unwrap();
    let target = ["--proxy", "tgnas,params", "--target", "cifar10_test_acc", "--predictor", file.path()];
    let sample = ["--samples", "200", "--seed", "3"];
    let (_, rows) = run(&[&["correlate", "--resamples", "0"], &target[..], &sample].concat()).rows();
    let cells = space.sample(200, 3);
    let scores: Vec<f64> = cells.iter().map(|cell| predict(&**cell)).collect();
    let table =
        cellscope::known::KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    let accuracy = table.column("cifar10_test_acc").unwrap();
    let accuracies: Vec<f64> = cells.iter().map(|cell| accuracy[cell.index().unwrap()]).collect();
    assert_eq!(rows[0][..4], ["tgnas", "cifar10_test_acc", "200", "200"]);
    assert_eq!(rows[1][0], "params");
    let found = correlation(&scores, &accuracies, 0, 0).unwrap();
    assert_eq!(Some(float(&rows[0][7])), found.kendall);

    let (_, rows) = run(&[&["rank"], &target[..], &sample, &[CELL]].concat()).rows();
    let own = predict(&*space.parse(CELL).unwrap());
    let better = scores.iter().filter(|&&score| score > own).count();
    assert_eq!(rows[0][1], "tgnas");
    assert_eq!(float(&rows[0][2]), own);
    assert_eq!(rows[0][3], (better + 1).to_string());
}

#[test]
fn a_search_is_guided() {
    let file = File::new("search.weights", &weights().write(Encoding::F32).unwrap());
    let arguments = [
        "search", "--method", "random", "--guide", "tgnas", "--warmup", "100", "--budget", "5", "--runs", "2",
    ];
    let (_, rows) = run(&[&arguments[..], &["--predictor", file.path()]].concat()).rows();
    assert_eq!(rows.len(), 10);
    let space = space::find("nasbench201").unwrap();
    for row in &rows {
        assert_eq!(float(&row[3]), predict(&*space.parse(&row[2]).unwrap()));
    }
    // The best of the warm-up come first.
    for run in rows.chunks(5) {
        assert!(run.windows(2).all(|pair| float(&pair[0][3]) >= float(&pair[1][3])));
    }
}

#[test]
fn without_a_file_the_weights_of_the_program_score() {
    let (_, rows) = run_with(&["score", "--proxy", "tgnas"], CELL.as_bytes()).rows();
    let weights = include_bytes!("../../www/data/tgnas.weights");
    let words = include_bytes!("../../www/data/operators.words");
    let cell = space::find("nasbench201").unwrap().parse(CELL).unwrap();
    let expected = Predictor::read(weights, words).unwrap().predict(cell.operator_graph().unwrap()).unwrap();
    assert_eq!(float(&rows[0][1]), f64::from(expected));
}

#[test]
fn files_and_spaces_that_do_not_fit_are_refused() {
    let mut bytes = weights().write(Encoding::F32).unwrap();
    bytes[5000] ^= 1;
    let damaged = File::new("damaged.weights", &bytes);
    let score = |more: &[&str]| run_with(&[&["score", "--proxy", "tgnas"], more].concat(), CELL.as_bytes());
    score(&["--predictor", damaged.path()]).assert_refused(&["damaged.weights", "damaged: its checksum"]);
    score(&["--predictor", "nowhere.weights"]).assert_refused(&["nowhere.weights"]);
    let small = Weights::random(Hyper { inputs: 3, ..Hyper::AUTHORS }, 1, 1).write(Encoding::F32).unwrap();
    let small = File::new("small.weights", &small);
    score(&["--predictor", small.path()]).assert_refused(&["vectors of 3 numbers", "384"]);

    let good = File::new("good.weights", &weights().write(Encoding::F32).unwrap());
    let enas = space::find("nds-enas").unwrap().sample(1, 0)[0].text();
    let arguments = ["score", "--proxy", "tgnas", "--space", "nds-enas", "--predictor", good.path()];
    let run = run_with(&arguments, enas.as_bytes());
    assert_eq!(run.status, 2);
    assert!(run.err.contains("does not cover ENAS"), "{}", run.err);
}
