//! Operators in words with the vectors that a sentence transformer makes of them: `operators.words`.
//!
//! Layout (integers are little-endian, texts are UTF-8 after a u16 length):
//!
//! | field | type |
//! |---|---|
//! | magic | `CELLWORD` |
//! | format version | u16 = 1 |
//! | length of the whole file | u32 |
//! | source: the sentence transformer, its licence | text |
//! | numbers of a vector | u16 |
//! | words | u16 |
//! | encoding of numbers | u8: 2 = f16, 4 = f32 |
//! | for each word: what was embedded | text |
//! | for each word: its vector | numbers |
//! | CRC-32 of all before | u32 |

use super::{
    Encoding, PredictorError,
    file::{Kind, Reader, Writer},
};

const KIND: Kind = Kind { what: "a file of operator vectors", magic: "CELLWORD", version: 1 };

/// Texts, each with a vector of one width.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    source: String,
    width: usize,
    texts: Vec<String>,
    vectors: Vec<f32>,
}

impl Words {
    /// Words from pairs of a text and its vector.
    ///
    /// # Errors
    /// [`PredictorError::Unwritable`] if there are none, vectors differ in length or are empty or not finite, or a text
    /// occurs twice.
    pub fn new(source: &str, pairs: Vec<(String, Vec<f32>)>) -> Result<Self, PredictorError> {
        let unwritable = |why| Err(PredictorError::Unwritable { what: KIND.what, why });
        let width = pairs.first().map_or(0, |(_, vector)| vector.len());
        if width == 0 {
            return unwritable("there are no vectors, or they are empty");
        }
        if pairs.iter().any(|(_, vector)| vector.len() != width) {
            return unwritable("the vectors differ in length");
        }
        let (texts, vectors): (Vec<String>, Vec<Vec<f32>>) = pairs.into_iter().unzip();
        if (1..texts.len()).any(|at| texts[..at].contains(&texts[at])) {
            return unwritable("a text occurs twice");
        }
        let vectors = vectors.concat();
        if vectors.iter().any(|number| !number.is_finite()) {
            return unwritable("a number is not finite");
        }
        Ok(Self { source: source.to_owned(), width, texts, vectors })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`PredictorError`] for anything that [`Words::write`] does not produce; never panics.
    pub fn read(bytes: &[u8]) -> Result<Self, PredictorError> {
        let mut reader = Reader::open(&KIND, bytes)?;
        let source = reader.text()?.to_owned();
        let (width, count) = (usize::from(reader.u16()?), usize::from(reader.u16()?));
        let encoding = reader.encoding()?;
        if width == 0 || count == 0 {
            return reader.malformed("there are no vectors, or they are empty");
        }
        let mut texts: Vec<String> = Vec::new();
        for _ in 0..count {
            let text = reader.text()?;
            if texts.iter().any(|other| other == text) {
                return reader.malformed("a text occurs twice");
            }
            texts.push(text.to_owned());
        }
        let vectors = reader.numbers(count * width, encoding)?;
        reader.close()?;
        Ok(Self { source, width, texts, vectors })
    }

    /// The bytes of a file; exact in [`Encoding::F32`].
    ///
    /// # Errors
    /// [`PredictorError::Unwritable`] if something is longer than its length field holds.
    pub fn write(&self, encoding: Encoding) -> Result<Vec<u8>, PredictorError> {
        let mut writer = Writer::new(&KIND);
        writer.text(&self.source)?;
        writer.u16(self.width)?;
        writer.u16(self.texts.len())?;
        writer.encoding(encoding)?;
        for text in &self.texts {
            writer.text(text)?;
        }
        writer.numbers(&self.vectors, encoding)?;
        writer.close()
    }

    /// Where the vectors come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Numbers of a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Place of a text.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.texts.iter().position(|other| other == text)
    }

    /// The vector of a place.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn vector(&self, place: usize) -> &[f32] {
        &self.vectors[place * self.width..(place + 1) * self.width]
    }

    /// Cosine of the angle between every two vectors, row by row; 0 where one is all zeros.
    pub fn similarities(&self) -> Vec<f64> {
        let count = self.texts.len();
        let dot = |a: usize, b: usize| {
            let products = self.vector(a).iter().zip(self.vector(b));
            products.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum::<f64>()
        };
        let norms: Vec<f64> = (0..count).map(|word| dot(word, word).sqrt()).collect();
        let mut cosines = vec![0.0; count * count];
        for a in 0..count {
            for b in 0..=a {
                let norm = norms[a] * norms[b];
                let cosine = if norm > 0.0 { dot(a, b) / norm } else { 0.0 };
                cosines[a * count + b] = cosine;
                cosines[b * count + a] = cosine;
            }
        }
        cosines
    }
}
