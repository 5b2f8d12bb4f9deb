//! Statements that differ from another in one part of their key: what people take for one another.
//!
//! Enters: the statements of a deck. Leaves: for a key, the figures of its neighbours in tables.
//! Invariant: looking up a key costs the same in a deck of any size.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::in_sign_of;
use crate::cause::{Neighbour, Side};
use crate::check::{Statement, Statements, authority};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::CauseKind;
use crate::period::Period;
use crate::vocabulary::MetricId;

/// Keys on either side of one, in the order of the part that differs, that are looked at. A value met farther away is met by chance.
const KEYS: usize = 128;

/// Statements of one key that are looked at.
const STATEMENTS: usize = 16;

/// The parts of a key that may differ.
const PARTS: [CauseKind; 4] =
    [CauseKind::StalePeriod, CauseKind::WrongScenario, CauseKind::WrongSegment, CauseKind::WrongMetric];

/// Keys with their claims, in order, by what is left of a key when one part is left out.
type ByRest<'a> = BTreeMap<(CauseKind, Statement), Vec<(&'a Statement, &'a [usize])>>;

/// The levels of a deck by key, one part left out.
pub(super) struct Neighbours<'a> {
    statements: &'a Statements,
    /// Filled when the first key is asked for: most decks have no contradiction.
    by_rest: OnceCell<ByRest<'a>>,
}

impl<'a> Neighbours<'a> {
    pub(super) fn new(statements: &'a Statements) -> Self {
        Self { statements, by_rest: OnceCell::new() }
    }

    /// Figures in tables whose key differs in one part; in running text of the claim's document too, where no table states the key.
    pub(super) fn of(&self, deck: &Deck, key: &Statement, claim: &Claim, prose: bool) -> Vec<Neighbour> {
        let mut found = Vec::new();
        if claim.measure != Measure::Level {
            return found;
        }
        for kind in PARTS {
            let Some(all) = self.index().get(&(kind, rest(key, kind))) else { continue };
            let own = all.partition_point(|(other, _)| *other < key);
            let near = &all[own.saturating_sub(KEYS)..all.len().min(own + KEYS)];
            for (other, members) in near.iter().filter(|(other, _)| *other != key) {
                let spoken =
                    |at: usize| prose && kind != CauseKind::WrongMetric && deck.claims[at].document == claim.document;
                let cells = members.iter().filter(|&&at| authority(deck, &deck.claims[at]) >= 3 || spoken(at));
                found.extend(cells.take(STATEMENTS).map(|&at| Neighbour {
                    kind,
                    distance: u32::from(kind == CauseKind::StalePeriod && !is_near(key.period, other.period)),
                    name: name(deck, other, kind),
                    side: Side::Written(Box::new(in_sign_of(claim, &deck.claims[at]))),
                }));
            }
        }
        found
    }

    fn index(&self) -> &ByRest<'a> {
        self.by_rest.get_or_init(|| {
            let mut index = ByRest::new();
            for (key, members) in self.statements.groups().filter(|(key, _)| key.measure == Measure::Level) {
                for kind in PARTS {
                    index.entry((kind, rest(key, kind))).or_default().push((key, members.as_slice()));
                }
            }
            index
        })
    }
}

/// A key without the part that may differ.
fn rest(key: &Statement, part: CauseKind) -> Statement {
    let mut rest = key.clone();
    match part {
        CauseKind::StalePeriod => rest.period = Period::Year(0),
        CauseKind::WrongScenario => rest.scenario.clear(),
        CauseKind::WrongSegment => rest.segment = None,
        _ => rest.metric = MetricId(0),
    }
    rest
}

fn is_near(period: Period, other: Period) -> bool {
    other == period.before() || other == period.year_before() || other.before() == period
}

fn name(deck: &Deck, other: &Statement, part: CauseKind) -> String {
    match part {
        CauseKind::StalePeriod => other.period.to_string(),
        CauseKind::WrongScenario => other.scenario.clone(),
        CauseKind::WrongSegment => other.segment.clone().unwrap_or_else(|| "the whole".to_owned()),
        _ => deck.vocabulary.term(other.metric).label.clone(),
    }
}
