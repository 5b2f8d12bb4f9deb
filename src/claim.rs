//! Claims: quantities that are bound to the fact they state, or left unbound.
//!
//! Enters (from `bind`): quantities with their evidence. Leaves (to `check`, `report`): claims with a status.
//! Invariant: a claim with a metric has at least one line of evidence.

use std::fmt;

use crate::finding::Confidence;
use crate::period::Period;
use crate::quantity::Quantity;
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::MetricId;

/// Which number of the metric: the level, or what happened to it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Measure {
    /// The value itself.
    #[default]
    Level,
    /// Difference over time.
    Change,
    /// Percentage over time.
    Growth,
    /// Amount or percentage against another scenario.
    Variance,
    /// Part of a whole.
    Share,
}

impl Measure {
    /// Its name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Change => "change",
            Self::Growth => "growth",
            Self::Variance => "variance",
            Self::Share => "share",
        }
    }
}

/// What a change, growth, variance or share is taken against.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Base {
    /// An earlier period.
    Period(Period),
    /// Another scenario.
    Scenario(String),
    /// A whole: the metric's name.
    Whole(String),
}

impl Base {
    /// Its canonical name; none for a period in a year that has none.
    pub(crate) fn canonical(&self) -> Option<String> {
        match self {
            Self::Period(period) => period.canonical(),
            Self::Scenario(_) | Self::Whole(_) => Some(self.to_string()),
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period(period) => period.fmt(f),
            Self::Scenario(name) | Self::Whole(name) => f.write_str(name),
        }
    }
}

/// What became of a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// Nothing to compare it with.
    #[default]
    Untraced,
    /// Matches the source.
    Tied,
    /// Matches another statement.
    Agreed,
    /// Recomputes from others.
    Derived,
    /// Several facts could be meant.
    Ambiguous,
    /// A human accepted it, with a reason.
    Waived,
    /// A finding.
    Disagrees,
}

impl Status {
    /// Its name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Untraced => "untraced",
            Self::Tied => "tied",
            Self::Agreed => "agreed",
            Self::Derived => "derived",
            Self::Ambiguous => "ambiguous",
            Self::Waived => "waived",
            Self::Disagrees => "disagrees",
        }
    }
}

/// Which way the words around a change point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Direction {
    /// `up`, `grew`, `ahead`, `over`.
    Up,
    /// `down`, `fell`, `short of`, `under`.
    Down,
    /// `improved`: up or down, whichever is good for the metric.
    Better,
    /// `worsened`.
    Worse,
}

/// A number of the deck and what it is about.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Where the number stands.
    pub place: Place,
    /// Index of the document.
    pub document: usize,
    /// Index of the block in it.
    pub block: usize,
    /// Slide, from 1.
    pub slide: usize,
    /// Grid, row and column, for a cell of a table.
    pub cell: Option<(usize, usize, usize)>,
    /// The number, in base units.
    pub quantity: Quantity,
    /// Of which metric.
    pub metric: Option<MetricId>,
    /// When.
    pub period: Option<Period>,
    /// Whether it happened, was planned, is expected.
    pub scenario: Option<String>,
    /// Of which part.
    pub segment: Option<String>,
    /// Which number of the metric.
    pub measure: Measure,
    /// Against what.
    pub base: Option<Base>,
    /// Which way the words point, for unsigned changes.
    pub direction: Option<Direction>,
    /// The word that says so.
    pub mover: Option<Place>,
    /// For a change: indices among the claims of the earlier and the later level that the same sentence states.
    pub operands: [Option<usize>; 2],
    /// Number of its sentence within the document, for running text.
    pub sentence: Option<usize>,
    /// Whether the words around say that it is about something else: other people's numbers, a part, an explanation.
    pub blocked: bool,
    /// Whether its metric was inferred (inherited from a title, narrowed by a word beside it): never an error without a slip that
    /// explains the difference.
    pub loose: bool,
    /// Whether everything that its clause says is understood: no word stands in it that could make the number one of a part, of somebody
    /// else or of another kind.
    pub plain: bool,
    /// Why it was bound like this, in order of weight; every line is for people.
    pub evidence: Vec<String>,
    /// How sure the binding is.
    pub confidence: Confidence,
    /// What became of it.
    pub status: Status,
}

impl Claim {
    /// Whether it is said to have happened: neither planned nor expected.
    pub fn is_actual(&self) -> bool {
        self.scenario.as_deref() == Some(scenario::ACTUAL)
    }

    /// Whether it stands in a sentence, not in a cell or tile.
    pub(crate) fn is_told(&self) -> bool {
        self.cell.is_none() && self.sentence.is_some()
    }

    /// Its scenario; what happened, where nothing says otherwise.
    pub fn scenario_or_actual(&self) -> &str {
        self.scenario.as_deref().unwrap_or(scenario::ACTUAL)
    }

    /// Leaves the number without a metric: what spoke for one was about something else.
    pub(crate) fn unbind(&mut self) {
        self.metric = None;
        self.evidence.clear();
        self.confidence = Confidence::Low;
    }

    /// Whether nothing says that it was planned or expected.
    pub fn may_be_actual(&self) -> bool {
        self.scenario.is_none() || self.is_actual()
    }
}
