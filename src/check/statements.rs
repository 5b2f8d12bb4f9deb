//! What the deck itself states of each key: the same fact, wherever it stands.
//!
//! Enters: claims. Leaves: groups of claims of one key, and whether they have a value in common.
//! Invariant: agreement among statements means one common intersection, not pairwise overlap (XBRL Calculations 1.1).

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::document::Role;
use crate::finding::Confidence;
use crate::period::Period;
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::MetricId;

use super::verdict::instants;

/// A fact key as statements share it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Statement {
    pub(crate) metric: MetricId,
    pub(crate) period: Period,
    pub(crate) scenario: String,
    pub(crate) segment: Option<String>,
    pub(crate) measure: Measure,
    pub(crate) base: Option<Base>,
    /// Kinds of unit never compare with one another.
    pub(crate) unit: String,
}

/// Claims by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statements {
    groups: BTreeMap<Statement, Group>,
    /// Pairs of claims in one group that agree, flattened.
    agreed: BTreeSet<usize>,
}

/// Claims of one key.
#[derive(Clone, Debug)]
struct Group {
    /// In reading order.
    members: Vec<usize>,
    /// The finest table cell, where the cells agree.
    finest: Option<usize>,
    /// Where no table states it: the finest statement of running text that is beyond doubt, where all agree.
    spoken: Option<usize>,
}

impl Statements {
    pub(crate) fn new(deck: &Deck) -> Self {
        let instants = instants(deck);
        let mut groups: BTreeMap<Statement, Vec<usize>> = BTreeMap::new();
        for (at, claim) in deck.claims.iter().enumerate() {
            if let Some(key) = key(deck, claim, &instants) {
                groups.entry(key).or_default().push(at);
            }
        }
        groups.retain(|_, members| !same_table_twice(deck, members));
        let mut agreed = vec![false; deck.claims.len()];
        for members in groups.values() {
            for (n, &a) in members.iter().enumerate() {
                for &b in &members[n + 1..members.len().min(n + 64)] {
                    let known = agreed[a] && agreed[b];
                    if !known && agree(&deck.claims[a], &deck.claims[b]) {
                        (agreed[a], agreed[b]) = (true, true);
                    }
                }
            }
        }
        let agreed = agreed.into_iter().enumerate().filter_map(|(at, agreed)| agreed.then_some(at)).collect();
        let group = |(key, members): (Statement, Vec<usize>)| {
            let (finest, spoken) = (finest(deck, &members), spoken(deck, &members));
            (key, Group { members, finest, spoken })
        };
        Self { groups: groups.into_iter().map(group).collect(), agreed }
    }

    /// Every key with its claims, in reading order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&Statement, &Vec<usize>)> {
        self.groups.iter().map(|(key, group)| (key, &group.members))
    }

    /// The unit that a level is stated in, whatever unit the key names, where it is stated in one only.
    pub(crate) fn unit_of(&self, key: &Statement) -> Option<&str> {
        let first = Statement { unit: String::new(), ..key.clone() };
        let alike = |other: &Statement| {
            (other.metric, other.period, &other.scenario, &other.segment, other.measure, &other.base)
                == (key.metric, key.period, &key.scenario, &key.segment, key.measure, &key.base)
        };
        let mut units = self.groups.range(first..).map(|(other, _)| other).take_while(|other| alike(other));
        units.next().map(|only| only.unit.as_str()).filter(|_| units.next().is_none())
    }

    /// The finest table cell of a key, where its cells agree.
    pub(crate) fn finest_cell(&self, key: &Statement) -> Option<usize> {
        self.groups.get(key)?.finest
    }

    /// What running text states of a key that no table does, where it is beyond doubt.
    pub(crate) fn spoken(&self, key: &Statement) -> Option<usize> {
        self.groups.get(key)?.spoken
    }

    /// Claims that another statement of the same key agrees with.
    pub(crate) fn agreed(&self) -> &BTreeSet<usize> {
        &self.agreed
    }
}

fn finest(deck: &Deck, members: &[usize]) -> Option<usize> {
    let cells = || members.iter().copied().filter(|&at| deck.claims[at].cell.is_some());
    let first = cells().min_by_key(|&at| deck.claims[at].quantity.resolution)?;
    cells().all(|at| agree(&deck.claims[first], &deck.claims[at])).then_some(first)
}

fn spoken(deck: &Deck, members: &[usize]) -> Option<usize> {
    let claim = |at: usize| &deck.claims[at];
    if members.iter().any(|&at| claim(at).cell.is_some()) {
        return None;
    }
    let sure = |at: &usize| {
        let claim = claim(*at);
        claim.confidence == Confidence::High && !claim.loose && !claim.blocked
    };
    let best = members.iter().copied().filter(sure).min_by_key(|&at| claim(at).quantity.resolution)?;
    members.iter().all(|&at| agree(claim(best), claim(at))).then_some(best)
}

/// The key of a claim, if it is bound well enough to be compared.
pub(crate) fn key(deck: &Deck, claim: &Claim, instants: &BTreeMap<MetricId, bool>) -> Option<Statement> {
    if claim.confidence == Confidence::Low || claim.scenario.as_deref().is_some_and(scenario::has_several) {
        return None;
    }
    let (metric, period) = (claim.metric?, claim.period?);
    if !matches!(claim.measure, Measure::Level | Measure::Share) && claim.base.is_none() {
        return None;
    }
    let instant = instants.get(&metric).copied().unwrap_or(false);
    let named = |period: Period| if instant { period.moment(&deck.calendar) } else { period.plain(&deck.calendar) };
    Some(Statement {
        metric,
        period: named(period),
        scenario: claim.scenario.clone().unwrap_or_else(|| scenario::ACTUAL.to_owned()),
        segment: claim.segment.as_ref().map(|segment| segment.to_lowercase()),
        measure: claim.measure,
        base: claim.base.clone().and_then(|base| match base {
            Base::Period(base) => Some(Base::Period(named(base))),
            // A share of a whole that nothing names: of the metric itself.
            Base::Whole(whole) if whole.is_empty() => None,
            other => Some(other),
        }),
        unit: Statement::family(&claim.quantity.unit),
    })
}

impl Statement {
    /// The kind of a unit: bare numbers, counts and measures are one.
    pub(crate) fn family(unit: &Unit) -> String {
        match unit {
            Unit::Bare | Unit::Count | Unit::Measure(_) => "count".to_owned(),
            other => other.to_string(),
        }
    }
}

/// One table that states a key twice, differently, does not mean one thing by it.
fn same_table_twice(deck: &Deck, members: &[usize]) -> bool {
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    members.iter().any(|&at| {
        let Some((grid, ..)) = deck.claims[at].cell else { return false };
        match seen.insert(grid, at) {
            Some(other) => !agree(&deck.claims[other], &deck.claims[at]),
            None => false,
        }
    })
}

/// Whether two statements have a value in common, presentation of signs aside.
pub(crate) fn agree(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (&a.quantity, &b.quantity);
    // `461 tCO2e` beside a cell of 461: what says no unit is in the other's.
    let measured = match (&a.unit, &b.unit) {
        (Unit::Bare, unit @ Unit::Measure(_)) | (unit @ Unit::Measure(_), Unit::Bare) => Some(unit.clone()),
        _ => None,
    };
    if let Some(unit) = measured {
        let (a, b) = (a.clone().with_unit(unit.clone()), b.clone().with_unit(unit));
        return a.agrees_with(&b) || a.negated().agrees_with(&b);
    }
    a.agrees_with(b) || a.negated().agrees_with(b)
}

/// How much weight a statement has as an authority: a table of the appendix most, speaker notes least.
pub(crate) fn authority(deck: &Deck, claim: &Claim) -> u8 {
    let role = deck.documents[claim.document].blocks[claim.block].role;
    let table = claim.cell.is_some();
    match (role, table) {
        (Role::Appendix, true) => 4,
        (Role::Slides, true) => 3,
        (Role::Appendix, false) => 2,
        (Role::Slides, false) => 1,
        (Role::Notes, _) => 0,
    }
}
