//! From embeddings in JSON, `{"text": [number, …], …}`, to a file of words. Part of the command-line program only.

use super::{Encoding, PredictorError, Words};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Why embeddings were not converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not such JSON.
    #[error("{}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The embeddings do not make a file.
    #[error("{0}")]
    Words(#[from] PredictorError),
}

/// The members of an object in their order, equal names included.
struct Pairs(Vec<(String, Vec<f32>)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object with a list of numbers for each text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// Converts the embeddings of one or more files, in their order, to one file of words.
///
/// # Returns
/// The size in bytes of the file that was written.
///
/// # Errors
/// [`ConvertError`]; nothing is written then.
pub fn convert(
    inputs: &[PathBuf],
    source: &str,
    encoding: Encoding,
    output: &Path,
) -> Result<usize, ConvertError> {
    let mut pairs = Vec::new();
    for path in inputs {
        let json = fs::read(path).map_err(|source| ConvertError::File { path: path.clone(), source })?;
        let Pairs(more) = serde_json::from_slice(&json)
            .map_err(|source| ConvertError::Json { path: path.clone(), source })?;
        pairs.extend(more);
    }
    let bytes = Words::new(source, pairs)?.write(encoding)?;
    fs::write(output, &bytes).map_err(|source| ConvertError::File { path: output.to_owned(), source })?;
    Ok(bytes.len())
}
