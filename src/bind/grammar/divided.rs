//! A whole and its shares by part: `Of service revenue, 54% is Mobile, 31% Fixed and 15% Business`, `Large 56%, medium 31%, small 13%: that
//! is how ARR divides`.
//!
//! Enters: the items of a sentence and the readings of its numbers. Leaves: shares of the whole that the sentence names, by part.
//! Invariant: every number of the sentence is a percentage with a part of its own that the whole is stated for.

use super::{Reading, Scope, Slot};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::claim::{Direction, Measure};
use crate::finding::Confidence;
use crate::quantity::Unit;
use crate::vocabulary::MetricId;

/// Fewer shares are no division.
const FEWEST: usize = 3;

/// Gives the shares of a sentence that divides a whole their metric and part.
pub(super) fn shares(items: &[Item], slots: &[Slot<'_>], scope: &Scope<'_>, readings: &mut [Reading]) {
    let percent = |slot: &Slot<'_>| slot.quantity.unit == Unit::Percent;
    if slots.len() < FEWEST || !slots.iter().all(percent) {
        return;
    }
    let Some(whole) = opened(items).or_else(|| closed(items, slots)) else { return };
    let Some(parts) = parts(items, slots) else { return };
    let term = scope.vocabulary.term(whole);
    if !parts.iter().all(|part| term.has_part(part)) {
        return;
    }
    for (reading, part) in readings.iter_mut().zip(parts) {
        reading.metric = Some(whole);
        reading.segment = Some(part);
        reading.measure = Measure::Share;
        reading.base = None;
        reading.direction = None::<Direction>;
        reading.evidence.insert(0, format!("the sentence divides {}", term.label));
        reading.confidence = reading.confidence.max(Confidence::Medium);
    }
}

/// `Of service revenue, …`.
fn opened(items: &[Item]) -> Option<MetricId> {
    match items {
        [of, Item { kind: Kind::Metric(id, fit), .. }, comma, ..] => {
            let led = of.kind == Kind::Cue(Cue::Of) && comma.kind == Kind::Break(Break::Comma);
            (led && *fit != Fit::Other).then_some(*id)
        }
        _ => None,
    }
}

/// `…: that is how ARR divides`, `…: the split of ARR`: the one metric behind all shares, beside a word of dividing.
fn closed(items: &[Item], slots: &[Slot<'_>]) -> Option<MetricId> {
    let tail = items.get(slots.last()?.at + 1..)?;
    let divides = |item: &Item| item.is_word(&["divide", "divided", "split", "mix", "breakdown"]);
    let mut named = tail.iter().filter_map(|item| match item.kind {
        Kind::Metric(id, Fit::Plain | Fit::Loose) => Some(id),
        _ => None,
    });
    let only = named.next().filter(|_| named.next().is_none());
    only.filter(|_| tail.iter().any(divides))
}

/// The part of each share: right before all of them, or right behind.
fn parts(items: &[Item], slots: &[Slot<'_>]) -> Option<Vec<String>> {
    let segment = |items: &[Item]| {
        let mut found = items.iter().filter_map(|item| match &item.kind {
            Kind::Segment(segment) => Some(segment.clone()),
            _ => None,
        });
        found.next().filter(|_| found.next().is_none())
    };
    let bounds = |at: usize| match at.checked_sub(1) {
        Some(before) => slots[before].at + 1,
        None => 0,
    };
    let before = (0..slots.len()).map(|at| segment(items.get(bounds(at)..slots[at].at)?)).collect::<Option<Vec<_>>>();
    let behind = || {
        let end = |at: usize| slots.get(at + 1).map_or(items.len(), |next| next.at);
        (0..slots.len()).map(|at| segment(items.get(slots[at].at + 1..end(at))?)).collect::<Option<Vec<_>>>()
    };
    before.or_else(behind)
}
