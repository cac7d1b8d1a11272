//! Training has the same bits in native code and in WebAssembly: this file runs in both, and the expected lines are those
//! of `data/tgnas_train_bits.csv`. In the browser also through the boundary to JavaScript.

use cellscope::{
    known::KnownTable,
    predictor::{
        Form, Normalisation, Readout, Words,
        train::{ByHand, Loss, Recipe, Samples, Target, Trainer, Wording},
    },
    space,
};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
const TABLE: &[u8] = include_bytes!("../../www/data/nasbench101.known");
const WORDS: &[u8] = include_bytes!("../../www/data/operators.words");

/// FNV-1a over words.
fn digest(words: impl IntoIterator<Item = u64>) -> u64 {
    let bytes = words.into_iter().flat_map(u64::to_le_bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One line a training: the last loss, and a digest of all losses and of predictions of cells that were not trained on.
fn lines() -> Vec<String> {
    let words = Words::read(WORDS).unwrap();
    let space = space::find("nasbench101").unwrap();
    let samples = Samples::new(space, &KnownTable::read(TABLE).unwrap()).unwrap();
    let split = samples.split();
    let small = Recipe { cells: 300, epochs: 2, seed: 5, ..Recipe::default() };
    let recipes = [
        ("default", small.clone()),
        ("authors", Recipe { target: Target::Accuracy, form: Form::Authors, padding: 7, ..small.clone() }),
        (
            "other",
            Recipe {
                loss: Loss::Both,
                normalisation: Normalisation::Rows,
                readout: Readout::Both,
                layers: 2,
                width: 32,
                dropout: 0.1,
                noise: 0.5,
                average: 0.9,
                ..small.clone()
            },
        ),
        ("drawn", Recipe { wording: Wording::ByGraph, drop_edges: 0.1, ..small.clone() }),
        ("mixed", Recipe { wording: Wording::Mixed, ..small }),
    ];
    let line = |(name, recipe): (&str, Recipe)| {
        let mut trainer =
            Trainer::<ByHand>::on(recipe.clone(), &words, &samples, &split.training[..recipe.cells]).unwrap();
        let mut losses = Vec::new();
        while !trainer.is_done() {
            let Ok(progress) = trainer.step();
            losses.push(progress.loss);
        }
        let held_out = samples.pack(&split.validation[..200], &recipe, &words).unwrap();
        let predictions = trainer.model().predict(&held_out);
        let bits = losses.iter().map(|loss| u64::from(loss.to_bits()));
        let all = digest(bits.chain(predictions.iter().map(|p| p.to_bits())));
        format!("{name},{},{all:016x}", losses[losses.len() - 1])
    };
    recipes.map(line).to_vec()
}

#[test]
fn trainings_have_the_same_bits() {
    let found = lines();
    let mut stored = include_str!("../data/tgnas_train_bits.csv").lines();
    assert_eq!(stored.next(), Some("recipe,last_loss,digest"));
    assert!(stored.eq(found.iter().map(String::as_str)), "found:\n{}", found.join("\n"));
}

#[cfg(all(target_arch = "wasm32", feature = "module-laboratory"))]
mod boundary {
    use super::*;
    use cellscope::{
        predictor::{self, Predictor},
        web::{error::WebError, trainer::Trainer},
    };
    use js_sys::{Object, Reflect};
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn options(pairs: &[(&str, JsValue)]) -> JsValue {
        let object = Object::new();
        for (name, value) in pairs {
            Reflect::set(&object, &(*name).into(), value).unwrap();
        }
        object.into()
    }

    fn number(value: &JsValue, name: &str) -> f64 {
        Reflect::get(value, &name.into()).unwrap().as_f64().unwrap()
    }

    fn message(result: Result<Trainer, WebError>) -> String {
        let error: JsValue = result.err().expect("refused").into();
        Reflect::get(&error, &"message".into()).unwrap().as_string().unwrap()
    }

    #[wasm_bindgen_test]
    fn a_training_in_steps() {
        let chosen = options(&[("cells", 640.into()), ("epochs", 3.into()), ("target", "pairs".into())]);
        let mut trainer = Trainer::new(TABLE, WORDS, &chosen).unwrap();
        assert_eq!((trainer.total(), trainer.done()), (15, 0));
        let progress = trainer.step(2.0).unwrap();
        assert_eq!(
            (number(&progress, "epoch"), number(&progress, "step"), number(&progress, "steps")),
            (0.0, 2.0, 5.0)
        );
        // A step ends with the epoch.
        let progress = trainer.step(100.0).unwrap();
        assert_eq!((number(&progress, "epoch"), number(&progress, "step"), trainer.done()), (1.0, 0.0, 5));
        trainer.step(100.0).unwrap();
        trainer.step(100.0).unwrap();
        assert_eq!(trainer.done(), trainer.total());
        trainer.step(1.0).unwrap();
        assert_eq!(trainer.done(), trainer.total());
        assert!(trainer.evaluate().unwrap().as_f64().unwrap() > 0.4);

        let all = trainer.predict("nasbench201", &JsValue::NULL).unwrap();
        assert_eq!(all.len(), 15_625);
        let tau = trainer.tau("nasbench201", &JsValue::NULL, &all).unwrap().as_f64().unwrap();
        assert!((tau - 1.0).abs() < 1e-12);
        // The file predicts the same.
        let predictor = Predictor::read(&trainer.weights().unwrap(), WORDS).unwrap();
        assert_eq!(predictor.weights().hyper.target, predictor::Target::Order);
        let space = space::find("nasbench201").unwrap();
        for index in [0, 7, 4_000, 15_624] {
            let graph = space.at(index).unwrap().operator_graph().unwrap();
            let predicted = f64::from(predictor.predict(graph).unwrap());
            assert!((predicted - all[index]).abs() < 1e-4, "{predicted} {}", all[index]);
        }
    }

    #[wasm_bindgen_test]
    fn what_is_wrong_is_said() {
        let of = |name, value: JsValue| message(Trainer::new(TABLE, WORDS, &options(&[(name, value)])));
        assert!(of("cells", 30_000.into()).contains("at most 24001"));
        assert!(of("target", "best".into()).contains("raw, rank, pairs"));
        assert!(of("epochs", 0.into()).contains("epochs"));
        assert!(message(Trainer::new(WORDS, WORDS, &JsValue::NULL)).contains("known"));
        let nb201 = include_bytes!("../../www/data/nasbench201.known");
        assert!(message(Trainer::new(nb201, WORDS, &JsValue::NULL)).contains("val_acc_epoch108"));
    }
}
