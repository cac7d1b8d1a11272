//! What does the arithmetic of a step: by hand here, by a library in [`super::library`].

use super::{Shape, Tape, adamw::AdamW, loss::loss, pass::Input, recipe::Loss};
use std::{borrow::Cow, convert::Infallible};

/// Loss, derivatives and optimiser.
pub trait Engine: Sized {
    /// What can go wrong.
    type Error;

    /// Starts from parameters, see [`Shape`], with a weight decay.
    fn new(shape: Shape, parameters: Vec<f32>, decay: f64) -> Result<Self, Self::Error>;

    /// One step of AdamW at a learning rate.
    ///
    /// # Returns
    /// The loss before it.
    fn step(&mut self, input: Input, targets: &[f32], kind: Loss, rate: f64) -> Result<f32, Self::Error>;

    /// The parameters as they are.
    fn parameters(&self) -> Result<Cow<'_, [f32]>, Self::Error>;
}

/// Derivatives by hand, on one thread: the same bits everywhere.
#[derive(Clone, Debug)]
pub struct ByHand {
    parameters: Vec<f32>,
    optimiser: AdamW,
    tape: Tape,
    gradient: Vec<f32>,
    errors: Vec<f32>,
}

impl ByHand {
    /// Loss and derivatives of a batch.
    pub fn gradient(&mut self, input: Input, targets: &[f32], kind: Loss) -> (f32, &[f32]) {
        self.tape.forward(input, &self.parameters, None);
        let loss = loss(kind, &self.tape.predictions, targets, &mut self.errors);
        self.gradient.clear();
        self.gradient.resize(self.parameters.len(), 0.0);
        self.tape.backward(input, &self.parameters, &self.errors, &mut self.gradient);
        (loss, &self.gradient)
    }
}

impl Engine for ByHand {
    type Error = Infallible;

    fn new(_: Shape, parameters: Vec<f32>, decay: f64) -> Result<Self, Infallible> {
        Ok(Self {
            optimiser: AdamW::new(parameters.len(), decay),
            parameters,
            tape: Tape::default(),
            gradient: Vec::new(),
            errors: Vec::new(),
        })
    }

    fn step(&mut self, input: Input, targets: &[f32], kind: Loss, rate: f64) -> Result<f32, Infallible> {
        let (loss, _) = self.gradient(input, targets, kind);
        self.optimiser.step(&mut self.parameters, &self.gradient, rate);
        Ok(loss)
    }

    fn parameters(&self) -> Result<Cow<'_, [f32]>, Infallible> {
        Ok(Cow::Borrowed(&self.parameters))
    }
}
