//! A cell that is being scored: its networks are built when a method asks for them, and once.

use super::{EvaluatorError, Settings, Undefined};
use crate::{
    network::Network,
    space::{Cell, Space, SpaceError},
};
use std::{cell::OnceCell, rc::Rc};

/// A cell with the networks that its scores are computed from.
pub struct Subject<'a> {
    /// Its space.
    pub space: &'a dyn Space,
    /// The cell.
    pub cell: &'a dyn Cell,
    /// What the networks depend on.
    pub settings: &'a Settings,
    surrogate: OnceCell<Rc<Network>>,
}

impl<'a> Subject<'a> {
    /// A cell to score.
    pub fn new(space: &'a dyn Space, cell: &'a dyn Cell, settings: &'a Settings) -> Self {
        Self { space, cell, settings, surrogate: OnceCell::new() }
    }

    /// NASGraph's surrogate network.
    ///
    /// # Errors
    /// [`EvaluatorError::Space`] if a setting is out of range.
    pub fn surrogate(&self) -> Result<Rc<Network>, EvaluatorError> {
        if let Some(network) = self.surrogate.get() {
            return Ok(network.clone());
        }
        let network = Rc::new(self.cell.surrogate(&self.settings.surrogate)?);
        Ok(self.surrogate.get_or_init(|| network).clone())
    }

    /// The trained network of which parameters and multiply-accumulates are counted; or why there is none.
    ///
    /// # Errors
    /// [`EvaluatorError::Space`] if a setting is out of range.
    pub fn counted(&self) -> Result<Result<Network, Undefined>, EvaluatorError> {
        match self.cell.counted(self.settings.classes, &self.settings.counted) {
            Ok(network) => Ok(Ok(network)),
            Err(why @ SpaceError::NotCovered { .. }) => Ok(Err(Undefined::NotCovered(why))),
            Err(why @ SpaceError::Shape(_)) => Ok(Err(Undefined::NoNetwork(why))),
            Err(error) => Err(error.into()),
        }
    }
}
