//! The time of earlier levels that say none: `47 days from 49 days`.
//!
//! Enters: bound claims. Leaves: those whose time is open with the usual base that states their value.
//! Invariant: a time is only given where a source or table then states that very number, or where a report for a year goes from one
//! figure to another; it never makes two statements disagree that did not say which times they are of.

use std::collections::BTreeMap;

use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::facts::Facts;
use crate::period::{Grain, Period};
use crate::quantity::Quantity;
use crate::source::PeriodType;
use crate::stops;
use crate::vocabulary::MetricId;

use super::context::Contexts;

pub(super) type Cells = BTreeMap<(MetricId, Option<String>, Period), Vec<Quantity>>;

/// Gives levels without a time that of the year before, or of the period before, where the deck has the number there.
pub(super) fn settle(deck: &mut Deck, contexts: &Contexts, cells: &Cells) {
    let open: Vec<usize> = (0..deck.claims.len()).filter(|&at| is_open(&deck.claims[at])).collect();
    if open.is_empty() {
        return;
    }
    let facts = Facts::new(deck);
    let found: Vec<(usize, Period)> =
        open.into_iter().filter_map(|at| Some((at, base(deck, &facts, cells, contexts, at)?))).collect();
    for (at, period) in found {
        let claim = &mut deck.claims[at];
        claim.period = Some(period);
        claim.evidence.push(format!("period {period}, the base that is usual"));
    }
}

fn is_open(claim: &Claim) -> bool {
    claim.period.is_none()
        && claim.metric.is_some()
        && claim.cell.is_none()
        && !claim.blocked
        && claim.measure == Measure::Level
        && claim.may_be_actual()
}

/// The actual levels that tables state, by what they are of.
pub(super) fn cells(deck: &Deck) -> Cells {
    let mut cells = Cells::new();
    let levels = deck.claims.iter().filter(|claim| claim.cell.is_some() && claim.measure == Measure::Level);
    for claim in levels.filter(|claim| claim.may_be_actual()) {
        if let (Some(metric), Some(period)) = (claim.metric, claim.period) {
            let key = (metric, claim.segment.clone(), time(deck, metric, period));
            cells.entry(key).or_default().push(claim.quantity.clone());
        }
    }
    cells
}

/// The time that statements of a metric are told apart by: a balance's moment, a flow's span.
pub(super) fn time(deck: &Deck, metric: MetricId, period: Period) -> Period {
    match deck.vocabulary.term(metric).period_type {
        Some(PeriodType::Instant) => period.moment(&deck.calendar),
        _ => period.plain(&deck.calendar),
    }
}

fn base(deck: &Deck, facts: &Facts<'_>, cells: &Cells, contexts: &Contexts, at: usize) -> Option<Period> {
    let claim = &deck.claims[at];
    let metric = claim.metric?;
    let (place, ..) = contexts.period(claim.document, claim.block)?;
    // What the sentence goes on to say of the metric has its time: `rose from $309M to $330M` in a paragraph on nine months.
    let beside = |other: &&Claim| {
        let one = claim.sentence.is_some() && other.sentence == claim.sentence;
        one && other.document == claim.document && other.metric == claim.metric
    };
    let near = deck.claims[at.saturating_sub(3)..].iter().take(6).filter(beside).find_map(|other| other.period);
    let now = near.unwrap_or(place);
    let mut usual = vec![now.before(), now.year_before()];
    usual.dedup();
    let own = claim.quantity.magnitude();
    let states = |period: &Period| {
        let exact = facts.of_as(claim, metric, *period).iter().any(|truth| truth.is_magnitude(&own));
        let key = (metric, claim.segment.clone(), time(deck, metric, *period));
        exact || cells.get(&key).into_iter().flatten().any(|cell| cell.magnitude().agrees_with(&own))
    };
    let mut stating = usual.iter().copied().filter(states);
    match (stating.next(), stating.next()) {
        (Some(one), None) => Some(one),
        // `to 41.5% from 40.8%` in a report for a year.
        (None, None) if now.grain() == Some(Grain::Year) && follows_from(deck, claim) => Some(now.before()),
        _ => None,
    }
}

/// Whether the word right before a number is `from`; what `has come down from` it may have taken years.
fn follows_from(deck: &Deck, claim: &Claim) -> bool {
    /// Words from `has` to its number, at most.
    const NEAR: usize = 6;
    let text = deck.files.get(claim.place.file).text();
    let head = stops::begun(text.get(..claim.place.span.range().start).unwrap_or_default().trim_end());
    let mut words = head.rsplit(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let from = words.next().is_some_and(|word| word.eq_ignore_ascii_case("from"));
    from && !words.take(NEAR).any(|word| matches!(word, "has" | "have"))
}
