//! The two kinds of files: what is written is read, and nothing else is.

use crate::common::tgnas_bits::{hypers, weights, words};
use cellscope::{
    predictor::{Encoding, Hyper, Predictor, PredictorError, Weights, Words},
    space,
};

fn small() -> Weights {
    weights(Hyper { layers: 2, inputs: 3, width: 4, padding: 0, ..Hyper::AUTHORS }, 2, 1)
}

#[test]
fn weights_read_back() {
    for (hyper, members) in hypers() {
        let weights = weights(hyper, members, 9);
        let bytes = weights.write(Encoding::F32).expect("in range");
        assert_eq!(Weights::read(&bytes).expect("ours"), weights);
        let half = weights.write(Encoding::F16).expect("in range");
        let read = Weights::read(&half).expect("ours");
        assert!(half.len() * 2 < bytes.len() + 400);
        for (found, exact) in
            read.members[0].layers[0].weight.iter().zip(&weights.members[0].layers[0].weight)
        {
            assert!((found - exact).abs() <= exact.abs() / 2048.0 + 1e-7);
        }
        assert_eq!(read.write(Encoding::F16).expect("in range"), half);
    }
    // The authors' shape fits the budget of 160 kB in full precision.
    let authors = Weights::random(Hyper::AUTHORS, 1, 0).write(Encoding::F32).expect("in range");
    assert!(authors.len() <= 160_000, "{}", authors.len());
}

/// The trained weights are within the budget, read back, say where they come from, and tell cells apart.
#[test]
fn committed_weights_are_a_predictor() {
    let bytes = include_bytes!("../../../www/data/tgnas.weights");
    assert!(bytes.len() <= 160_000, "{} bytes", bytes.len());
    let weights = Weights::read(bytes).expect("ours");
    let again = [Encoding::F32, Encoding::F16].map(|encoding| weights.write(encoding).expect("in range"));
    assert!(again.iter().any(|again| again == bytes));
    assert!(weights.note.contains("NAS-Bench-101"), "{}", weights.note);
    let predictor = Predictor::new(weights, words()).expect("one width");
    for id in crate::common::tgnas_bits::SPACES {
        let cells = space::find(id).expect("known").sample(500, 0);
        let mut found: Vec<u32> = cells
            .iter()
            .map(|cell| {
                let graph = cell.operator_graph().expect("covered");
                let prediction = predictor.predict(graph).expect("known words");
                assert!(prediction.is_finite());
                prediction.to_bits()
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        assert!(found.len() > 100, "{id}: {} different predictions", found.len());
    }
}

#[test]
fn words_read_back() {
    let words = words();
    let bytes = words.write(Encoding::F32).expect("in range");
    assert_eq!(bytes, include_bytes!("../../../www/data/operators.words"));
    assert_eq!(Words::read(&bytes).expect("ours"), words);
    let half = Words::read(&words.write(Encoding::F16).expect("in range")).expect("ours");
    assert_eq!(half.texts(), words.texts());
}

#[test]
#[allow(clippy::excessive_precision)] // as printed
fn committed_words_are_those_of_the_sentence_transformer() {
    let words = words();
    assert_eq!(words.width(), 384);
    assert!(words.source().contains("all-MiniLM-L6-v2") && words.source().contains("Apache-2.0"));
    // First numbers as the sentence transformer printed them.
    let starts = [
        ("Input", [0.013507654_f32, 0.025460063, -0.059245847, -0.0073386612]),
        ("Output", [0.024280714, 0.079379916, -0.072995938, 0.031989552]),
        ("None", [0.0024044872, -0.040700566, -0.076731227, 0.019934643]),
        ("Residual connection", [-0.058857776, -0.020475129, -0.0028947203, 0.045276579]),
        ("Convolution 3 by 3", [-0.050526623, -0.018351316, 0.029116109, -0.081280239]),
        ("Convolution 1 by 1", [-0.045838598, -0.013315347, 0.083670989, -0.029409166]),
        ("Max pooling 3 by 3", [0.00931466, -0.026094628, -0.086223185, -0.10521279]),
        ("Average pooling 3 by 3", [0.042847365, -0.059714627, -0.030119361, -0.052148353]),
        ("depth-wise separable convolution 3x3", [-0.09591987, -0.091728359, 0.068734765, -0.082429729]),
        ("depth-wise separable convolution 5x5", [-0.11035115, -0.081398495, 0.14825639, -0.060625676]),
        ("dilated convolution 3x3", [-0.019198788, -0.065346099, 0.068756372, -0.054050427]),
        ("dilated convolution 5x5", [-0.022288473, -0.03754935, 0.13748768, -0.029647348]),
        ("Average pooling 3x3", [0.040839616, -0.051425107, -0.03133443, -0.052285559]),
        ("Max pooling 3x3", [0.0086189313, -0.030799244, -0.072581559, -0.09159302]),
    ];
    for (text, start) in starts {
        assert_eq!(words.vector(words.find(text).expect(text))[..4], start, "{text}");
    }
    let similarities = words.similarities();
    let count = words.texts().len();
    for a in 0..count {
        let norm: f64 = words.vector(a).iter().map(|&x| f64::from(x) * f64::from(x)).sum();
        assert!((norm - 1.0).abs() < 1e-6, "{}", words.texts()[a]);
        for b in 0..count {
            let cosine = similarities[a * count + b];
            assert!(cosine.abs() <= 1.0 + 1e-12 && cosine == similarities[b * count + a]);
        }
        assert!((similarities[a * count + a] - 1.0).abs() < 1e-12);
    }
    let cosine = |a: &str, b: &str| similarities[words.find(a).expect(a) * count + words.find(b).expect(b)];
    // The two convolutions are closer to each other than either is to `None`.
    assert!(cosine("Convolution 3 by 3", "Convolution 1 by 1") > cosine("Convolution 3 by 3", "None") + 0.3);
    for space in cellscope::space::all() {
        for text in space.operator_texts() {
            assert!(words.find(text).is_some(), "{text}");
        }
    }
}

#[test]
fn every_text_has_its_group() {
    #[derive(serde::Deserialize)]
    struct Entry {
        group: String,
        op: String,
        text: String,
    }
    let entries: Vec<Entry> =
        serde_json::from_slice(include_bytes!("../../../www/data/operators.json")).expect("a list");
    let texts: Vec<&str> = entries.iter().map(|entry| &*entry.text).collect();
    assert_eq!(texts, words().texts());
    for Entry { group, op, text } in &entries {
        let described = ["short", "medium", "long"].contains(&&**group);
        assert!(described || ["unseen", "control"].contains(&&**group), "{group}");
        // Operations of the spaces are named, so that their wordings can be put side by side.
        assert_eq!(described, !op.is_empty(), "{text}");
        let is_of_spaces = text == "Input"
            || text == "Output"
            || cellscope::space::all().iter().any(|space| space.operator_texts().contains(&&**text));
        assert_eq!(group == "short", is_of_spaces, "{text}");
    }
}

/// The bytes with a true length and checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = bytes.len() as u32;
    bytes[10..14].copy_from_slice(&length.to_le_bytes());
    let end = bytes.len() - 4;
    let checksum = crc32fast::hash(&bytes[..end]);
    bytes[end..].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

#[test]
fn damaged_files_are_refused() {
    let files = [
        small().write(Encoding::F32).expect("in range"),
        Words::new("s", vec![("a".into(), vec![1.0, 2.0]), ("b".into(), vec![0.5, 0.0])])
            .and_then(|words| words.write(Encoding::F16))
            .expect("in range"),
    ];
    let read = |bytes: &[u8]| match bytes.get(..8) {
        Some(b"CELLWORD") => Words::read(bytes).map(drop),
        _ => Weights::read(bytes).map(drop),
    };
    for file in files {
        assert_eq!(read(&file), Ok(()));
        for length in 0..file.len() {
            assert!(read(&file[..length]).is_err(), "cut at {length}");
        }
        for bit in 0..8 * file.len() {
            let mut damaged = file.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&damaged).is_err(), "bit {bit}");
        }
        // With a true checksum the fields themselves are checked: no panic, whatever they say.
        for at in 14..file.len() - 4 {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut other = file.clone();
                other[at] = value;
                let _ = read(&sealed(other));
            }
        }
        let longer = sealed([&file[..], &[0; 4]].concat());
        assert!(matches!(read(&longer), Err(PredictorError::Malformed { .. })), "{:?}", read(&longer));
    }
}

#[test]
fn messages_say_what_is_wrong() {
    let bytes = small().write(Encoding::F32).expect("in range");
    let message = |bytes: &[u8]| Weights::read(bytes).expect_err("refused").to_string();
    assert!(message(b"").contains("does not begin with `CELLGCNW`"));
    assert!(
        message(include_bytes!("../../../www/data/operators.words"))
            .contains("not a file of predictor weights")
    );
    assert!(message(&bytes[..100]).contains("has 100: it is incomplete"));
    let mut other = bytes.clone();
    other[8] = 9;
    assert!(message(&other).contains("format version 9; this program reads version 1"));
    let mut other = bytes.clone();
    other[60] ^= 1;
    assert!(message(&other).contains("damaged: its checksum is"));
    let mut infinite = small();
    infinite.members[0].layers[0].weight[0] = f32::INFINITY;
    assert!(infinite.write(Encoding::F32).expect_err("refused").to_string().contains("not finite"));
    let mut large = small();
    large.members[0].bias = 1e6;
    assert!(large.write(Encoding::F16).is_err() && large.write(Encoding::F32).is_ok());
    let mut short = small();
    short.members[1].readout.pop();
    assert!(short.write(Encoding::F32).expect_err("refused").to_string().contains("shape"));
    let wide = Predictor::read(&bytes, include_bytes!("../../../www/data/operators.words"));
    assert_eq!(
        wide.expect_err("refused").to_string(),
        "the weights read vectors of 3 numbers, the operators' vectors have 384"
    );
    for pairs in [
        vec![],
        vec![("a".to_owned(), vec![])],
        vec![("a".to_owned(), vec![1.0]), ("a".to_owned(), vec![2.0])],
        vec![("a".to_owned(), vec![1.0]), ("b".to_owned(), vec![2.0, 1.0])],
        vec![("a".to_owned(), vec![f32::NAN])],
    ] {
        assert!(matches!(Words::new("", pairs), Err(PredictorError::Unwritable { .. })));
    }
}
