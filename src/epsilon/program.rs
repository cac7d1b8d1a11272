//! What is to be computed, plane by plane: a list of steps in which equal steps occur once.

use rustc_hash::FxHashMap;

/// Number of a plane: the place of the step that computes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ValueId(pub u32);

impl ValueId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A window that slides over a plane. Pairs are (rows, columns).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Window {
    pub kernel: (usize, usize),
    pub stride: (usize, usize),
    pub padding: (usize, usize),
    pub dilation: usize,
}

impl Window {
    /// Whether the window passes every pixel on as it is.
    pub fn is_pixel(&self) -> bool {
        (self.kernel, self.stride, self.padding) == ((1, 1), (1, 1), (0, 0))
    }
}

/// Rows and columns of a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Extent {
    pub height: usize,
    pub width: usize,
}

/// How one plane comes from others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// Colour channel of the batch.
    Image(usize),
    /// Sum of planes, from left to right.
    Sum(Vec<ValueId>),
    /// Σ multiplicity · plane.
    Mix(Vec<(usize, ValueId)>),
    /// max(x, 0).
    Relu(ValueId),
    /// A convolution with constant weight w: w · `channels` · (sum over the window).
    Conv { value: ValueId, channels: usize, window: Window },
    /// (x − mean) / √(variance + 10⁻⁵) · w, over the batch.
    BatchNorm(ValueId),
    /// Mean over the window, padding not counted.
    AvgPool { value: ValueId, window: Window },
    /// Maximum over the window, padding not counted.
    MaxPool { value: ValueId, window: Window },
    /// Mean over the plane.
    GlobalMean(ValueId),
}

impl Step {
    /// Calls `f` with each plane that the step reads.
    pub fn each_input(&self, mut f: impl FnMut(ValueId)) {
        match self {
            Step::Image(_) => {}
            Step::Sum(values) => values.iter().for_each(|&v| f(v)),
            Step::Mix(values) => values.iter().for_each(|&(_, v)| f(v)),
            Step::Relu(value)
            | Step::Conv { value, .. }
            | Step::BatchNorm(value)
            | Step::AvgPool { value, .. }
            | Step::MaxPool { value, .. }
            | Step::GlobalMean(value) => f(*value),
        }
    }
}

/// Steps in an order in which each comes after those that it reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    steps: Vec<Step>,
    extents: Vec<Extent>,
    numbers: FxHashMap<Step, ValueId>,
}

impl Program {
    /// The plane of a step; a step that is already there is shared.
    pub fn add(&mut self, step: Step, extent: Extent) -> ValueId {
        if let Some(&known) = self.numbers.get(&step) {
            return known;
        }
        let id = ValueId(self.steps.len() as u32);
        self.numbers.insert(step.clone(), id);
        self.steps.push(step);
        self.extents.push(extent);
        id
    }

    /// The steps, in order.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (ValueId, &Step)> + ExactSizeIterator {
        self.steps.iter().enumerate().map(|(i, step)| (ValueId(i as u32), step))
    }

    /// Number of steps.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Rows and columns of a plane.
    pub fn extent(&self, id: ValueId) -> Extent {
        self.extents[id.index()]
    }
}
