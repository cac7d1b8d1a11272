//! Bits of predictions: the same natively and in WebAssembly.

use cellscope::{
    predictor::{Form, Hyper, Normalisation, Predictor, Readout, Weights, Words, occlusion},
    space,
};
use std::fmt::Write;

/// Spaces with an operator graph.
pub const SPACES: [&str; 4] = ["nasbench101", "nasbench201", "transnas101-micro", "nds-darts"];

/// The committed words.
pub fn words() -> Words {
    Words::read(include_bytes!("../../../www/data/operators.words")).expect("a file of words")
}

/// Those that the spaces use, in a fixed order: more words must not change the bits.
fn words_of_spaces() -> Words {
    let words = words();
    let mut texts = vec!["Input", "Output"];
    for text in SPACES.iter().flat_map(|id| space::find(id).expect("known").operator_texts()) {
        if !texts.contains(text) {
            texts.push(text);
        }
    }
    let vector = |text: &&str| words.vector(words.find(text).expect("a word")).to_vec();
    let pairs = texts.iter().map(|text| (text.to_string(), vector(text))).collect();
    Words::new("", pairs).expect("different texts")
}

/// Untrained weights whose features grow from layer to layer, as trained ones' do.
pub fn weights(hyper: Hyper, members: usize, seed: u64) -> Weights {
    let mut weights = Weights::random(hyper, members, seed);
    for member in &mut weights.members {
        for (number, layer) in member.layers.iter_mut().enumerate() {
            let factor = if number == 0 { 16.0 } else { 5.0 };
            layer.weight.iter_mut().for_each(|w| *w *= factor);
        }
    }
    weights
}

/// Two models that differ in everything.
pub fn hypers() -> [(Hyper, usize); 2] {
    let other = Hyper {
        form: Form::Contracted,
        readout: Readout::Both,
        normalisation: Normalisation::Rows,
        padding: 0,
        layers: 3,
        width: 50,
        ..Hyper::AUTHORS
    };
    [(Hyper::AUTHORS, 1), (other, 2)]
}

/// The bits of 80 predictions, and a checksum of all changes by other words.
pub fn table() -> String {
    let mut table = String::from("model,space,arch,prediction_bits,changes_crc32\n");
    for (model, (hyper, members)) in hypers().into_iter().enumerate() {
        let predictor = Predictor::new(weights(hyper, members, 7), words_of_spaces()).expect("one width");
        for id in SPACES {
            for cell in space::find(id).expect("known").sample(10, 3) {
                let graph = cell.operator_graph().expect("covered");
                let prediction = predictor.predict(graph.clone()).expect("known words").to_bits();
                let changes = occlusion(&predictor, &graph).expect("known words").changes;
                let bytes: Vec<u8> = changes.iter().flat_map(|change| change.to_le_bytes()).collect();
                let (arch, changes) = (cell.text().replace('"', "\"\""), crc32fast::hash(&bytes));
                writeln!(table, "{model},{id},\"{arch}\",{prediction:08x},{changes:08x}").expect("a string");
            }
        }
    }
    table
}
