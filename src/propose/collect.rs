//! The values that a deck states plainly enough to be proposed.
//!
//! Enters: a checked deck. Leaves: one [`Value`] a fact, with every place that states it and every place that differs.
//! Invariant: a value comes from a table, or from several statements that agree.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::check::{agree, authority};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::Confidence;
use crate::period::Period;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::MetricId;

/// What a value states. Metrics go by their label.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    pub(super) metric: String,
    pub(super) segment: Option<String>,
    pub(super) scenario: String,
    pub(super) period: Period,
}

/// A proposed value.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) id: MetricId,
    pub(super) key: Key,
    pub(super) quantity: Quantity,
    /// Where it stands, the best statement first.
    pub(super) places: Vec<(Place, &'static str)>,
    /// Where the deck says otherwise, and what.
    pub(super) against: Vec<(Place, String)>,
}

/// The values of a deck: by metric in reading order, then by segment, scenario and period.
pub(super) fn collect(deck: &Deck) -> Vec<Value> {
    let mut units: BTreeMap<MetricId, Unit> = BTreeMap::new();
    let mut order: BTreeMap<MetricId, usize> = BTreeMap::new();
    let mut stated: BTreeMap<(MetricId, Key), Vec<&Claim>> = BTreeMap::new();
    for claim in deck.claims.iter().filter(|claim| is_plain(claim)) {
        let (Some(id), Some(period)) = (claim.metric, claim.period) else { continue };
        // Two things of one name are told apart by what they are measured in; the first in a table has the name.
        if claim.cell.is_some() {
            units.entry(id).or_insert_with(|| claim.quantity.unit.clone());
        }
        let key = Key {
            metric: deck.vocabulary.term(id).label.clone(),
            segment: claim.segment.clone(),
            scenario: claim.scenario.clone().unwrap_or_else(|| scenario::ACTUAL.to_owned()),
            period,
        };
        let next = order.len();
        order.entry(id).or_insert(next);
        stated.entry((id, key)).or_default().push(claim);
    }
    let mut values: Vec<Value> = stated
        .into_iter()
        .filter_map(|((id, key), claims)| {
            let unit = units.get(&id).unwrap_or(&claims[0].quantity.unit);
            let claims = claims.iter().copied().filter(|claim| claim.quantity.unit.comparable(unit)).collect();
            value(deck, id, key, claims)
        })
        .collect();
    values.sort_by(|a, b| (order[&a.id], rank(&a.key)).cmp(&(order[&b.id], rank(&b.key))));
    values
}

/// Actual values first, then other scenarios, then segments: as a metric file lists them.
fn rank(key: &Key) -> (bool, &Option<String>, bool, &str, Period) {
    (key.segment.is_some(), &key.segment, key.scenario != scenario::ACTUAL, &key.scenario, key.period)
}

/// A level that is stated as one number, with good evidence for what it is about.
fn is_plain(claim: &Claim) -> bool {
    claim.measure == Measure::Level
        && claim.confidence >= Confidence::Medium
        && claim.quantity.value.is_some()
        && claim.quantity.qualifier == Qualifier::Exact
        && !claim.quantity.in_words
}

fn value(deck: &Deck, id: MetricId, key: Key, mut claims: Vec<&Claim>) -> Option<Value> {
    claims.sort_by_key(|claim| (Reverse(authority(deck, claim)), claim.quantity.resolution, claim.place));
    let best = *claims.first()?;
    let (with, against): (Vec<&Claim>, Vec<&Claim>) = claims.iter().copied().partition(|claim| agree(best, claim));
    if best.cell.is_none() && with.len() < 2 {
        return None;
    }
    // The most precise statement is the value, where it can be what all others round.
    let precise = with.iter().copied().min_by_key(|claim| claim.quantity.resolution)?;
    let fits = |claim: &&Claim| {
        let exact = precise.quantity.value.unwrap_or_default();
        claim.quantity.consistent_with_exact(exact, false) || claim.quantity.consistent_with_exact(-exact, false)
    };
    let chosen = if with.iter().all(fits) { precise } else { best };
    let places = with.iter().map(|claim| (claim.place, crate::wording::place_kind(deck, claim))).collect();
    let against = against.iter().map(|claim| (claim.place, deck.files.slice(claim.place).trim().to_owned())).collect();
    Some(Value { id, key, quantity: in_sign(&chosen.quantity, &best.quantity), places, against })
}

/// The number in the sign of the best statement: brackets elsewhere are presentation.
fn in_sign(quantity: &Quantity, best: &Quantity) -> Quantity {
    let negative = |quantity: &Quantity| quantity.value.is_some_and(|value| value.is_sign_negative());
    if negative(quantity) == negative(best) { quantity.clone() } else { quantity.negated() }
}
