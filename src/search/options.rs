//! How to search.

use super::{Landscape, SearchError};

/// Which search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Cells drawn uniformly without replacement.
    Random,
    /// Ageing (regularised) evolution (Real et al. 2019, arXiv 1802.01548): of a tournament's members, drawn from the
    /// population without replacement, the best is the parent; its child, one edit away, joins the population, and the
    /// oldest member dies. A cell that comes up again is looked up and paid for again.
    AgeingEvolution,
    /// Hill climbing on accuracy: look at the neighbours in random order and go to the first that is better; where none
    /// is, start again at a random cell. No cell is looked up twice.
    LocalSearch,
}

impl Method {
    /// All methods.
    pub const ALL: [Method; 3] = [Method::Random, Method::AgeingEvolution, Method::LocalSearch];

    /// Identifier, as in `--method`.
    pub const fn id(self) -> &'static str {
        match self {
            Method::Random => "random",
            Method::AgeingEvolution => "ageing-evolution",
            Method::LocalSearch => "local-search",
        }
    }

    /// The method of an identifier.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.id() == id)
    }
}

/// How the proxy moves a search. Local search looks at the neighbours in the order of the proxy in either case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// The parent is the tournament's best by the proxy, not by accuracy: as the author of ε does
    /// (`NAS-Bench-201/Integration.ipynb`).
    Parent,
    /// The parent is the tournament's best by accuracy; of [`Options::candidates`] children the one that the proxy
    /// prefers is looked up. Abdelfattah et al. (`notebooks/nas_examples.ipynb`) take the best of all children in three
    /// of four steps, and any child else.
    Children,
}

impl Move {
    /// All moves.
    pub const ALL: [Move; 2] = [Move::Parent, Move::Children];

    /// Identifier, as in `--move`.
    pub const fn id(self) -> &'static str {
        match self {
            Move::Parent => "parent",
            Move::Children => "children",
        }
    }

    /// The move of an identifier.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.id() == id)
    }
}

/// Options of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which search.
    pub method: Method,
    /// Accuracies that a run looks up, the initial population included: exactly so many rows.
    pub budget: usize,
    /// Random cells of which the proxy chooses the first ones; they cost nothing. 0: none. If the search asks for more
    /// first cells than these, the others are random.
    pub warmup: usize,
    /// How the proxy moves the search, if it does.
    pub guided_move: Option<Move>,
    /// Children among which [`Move::Children`] chooses (all, if there are fewer).
    pub candidates: usize,
    /// Members of the population of ageing evolution.
    pub population: usize,
    /// Members of the population that take part in a tournament.
    pub tournament: usize,
}

impl Options {
    /// Largest budget of a run.
    pub const MAX_BUDGET: usize = 100_000;
    /// Most runs of one search.
    pub const MAX_RUNS: usize = 10_000;

    /// The usual options: 300 look-ups, no help by a proxy, a population of 64 with tournaments of 10 (as the authors of
    /// ε have them).
    pub const fn new(method: Method) -> Self {
        Self {
            method,
            budget: 300,
            warmup: 0,
            guided_move: None,
            candidates: 5,
            population: 64,
            tournament: 10,
        }
    }

    /// Checks that the options fit together and into a landscape.
    ///
    /// # Errors
    /// [`SearchError`] that names the option.
    pub fn check(&self, landscape: &Landscape, has_guide: bool) -> Result<(), SearchError> {
        let known = landscape.known().len();
        let of_known = " (the cells of known accuracy)";
        let (most, why) = match self.method {
            // These look up no cell twice.
            Method::Random | Method::LocalSearch => (known.min(Self::MAX_BUDGET), of_known),
            Method::AgeingEvolution => (Self::MAX_BUDGET, ""),
        };
        SearchError::check("budget", self.budget, (1, most), why)?;
        SearchError::check("warm-up", self.warmup, (0, known), of_known)?;
        if self.warmup > 0 && !has_guide {
            return Err(SearchError::NoGuide { what: "warm-up" });
        }
        if self.guided_move.is_some() {
            if self.method == Method::Random {
                return Err(SearchError::NoMoves);
            }
            if !has_guide {
                return Err(SearchError::NoGuide { what: "move" });
            }
            SearchError::check("number of candidates", self.candidates, (1, 1000), "")?;
        }
        if self.method == Method::AgeingEvolution {
            SearchError::check("population", self.population, (1, self.budget), " (the budget)")?;
            SearchError::check("population", self.population, (1, known), of_known)?;
            SearchError::check("tournament", self.tournament, (1, self.population), " (the population)")?;
        }
        let is_alone = |&cell: &u32| landscape.neighbours(cell).is_empty();
        if self.method != Method::Random && landscape.known().iter().all(is_alone) {
            return Err(SearchError::NoNeighbours);
        }
        Ok(())
    }
}
