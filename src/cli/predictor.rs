//! TG-NAS's predictor: the one that is part of the program, or another.

use super::error::CliError;
use cellscope::predictor::{Predictor, Weights, Words};
use clap::Args;
use std::{fs, path::PathBuf, sync::Arc};

/// The weights that are part of the program.
const WEIGHTS: &[u8] = include_bytes!("../../www/data/tgnas.weights");
/// The vectors of the operators.
const WORDS: &[u8] = include_bytes!("../../www/data/operators.words");

/// Options of TG-NAS.
#[derive(Args)]
#[command(next_help_heading = "TG-NAS (with --proxy tgnas)")]
pub struct PredictorOptions {
    /// Weights of the predictor [default: those that are part of the program]
    #[arg(long, value_name = "FILE")]
    predictor: Option<PathBuf>,
}

impl PredictorOptions {
    /// The predictor.
    ///
    /// # Errors
    /// [`CliError`] if its file cannot be read or is none.
    pub fn load(&self) -> Result<Arc<Predictor>, CliError> {
        let words = Words::read(WORDS)?;
        let weights = match &self.predictor {
            Some(path) => {
                let bytes = fs::read(path).map_err(|source| CliError::Read { path: path.clone(), source })?;
                Weights::read(&bytes)
                    .map_err(|error| CliError::Usage(format!("--predictor {}: {error}", path.display())))?
            }
            None => Weights::read(WEIGHTS)?,
        };
        Ok(Arc::new(Predictor::new(weights, words)?))
    }
}
