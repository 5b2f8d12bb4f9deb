//! The time of earlier levels that say none: `47 days from 49 days`.
//!
//! Enters: bound claims. Leaves: those whose time is open with the usual base that states their value.
//! Invariant: a time is only given where a source or table then states that very number, or where a report for a year goes from one
//! figure to another; it never makes two statements disagree that did not say which times they are of.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::cause::significant;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::facts::Facts;
use crate::period::{Grain, Period};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
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
    let plans = plans(deck);
    let found: Vec<(usize, Period, Option<String>)> = open
        .into_iter()
        .filter_map(|at| {
            let usual = base(deck, &facts, cells, contexts, at).map(|period| (at, period, None));
            usual.or_else(|| planned(deck, &plans, contexts, at).map(|(period, plan)| (at, period, Some(plan))))
        })
        .collect();
    for (at, period, plan) in found {
        let claim = &mut deck.claims[at];
        claim.period = Some(period);
        claim.evidence.push(match &plan {
            Some(plan) => format!("the {plan} of {period} has this very number"),
            None => format!("period {period}, the base that is usual"),
        });
        claim.scenario = plan.or_else(|| claim.scenario.take());
    }
}

/// What plans state, by what it is of.
type Plans = BTreeMap<(MetricId, Option<String>, Period), Vec<(String, Quantity)>>;

fn plans(deck: &Deck) -> Plans {
    let mut plans = Plans::new();
    for fact in deck.source.facts.iter().filter(|fact| fact.scenario != scenario::ACTUAL) {
        let metric = deck.vocabulary.of_source(fact.metric);
        let unit = deck.vocabulary.term(metric).unit.clone().unwrap_or(Unit::Bare);
        if let Some(quantity) = Quantity::exact(fact.value, Decimal::ZERO, unit) {
            let key = (metric, fact.segment.clone(), time(deck, metric, fact.period));
            plans.entry(key).or_default().push((fact.scenario.clone(), quantity));
        }
    }
    for claim in deck.claims.iter().filter(|claim| claim.cell.is_some() && claim.measure == Measure::Level) {
        let plan = claim.scenario.as_ref().filter(|name| *name != scenario::ACTUAL);
        if let (Some(metric), Some(period), Some(plan)) = (claim.metric, claim.period, plan) {
            let key = (metric, claim.segment.clone(), time(deck, metric, period));
            plans.entry(key).or_default().push((plan.clone(), claim.quantity.clone()));
        }
    }
    plans
}

/// `Corporate sponsorship was $52,250 vs $45,000`: the one plan of the time that has this very number; not what it rose from.
fn planned(deck: &Deck, plans: &Plans, contexts: &Contexts, at: usize) -> Option<(Period, String)> {
    let claim = &deck.claims[at];
    let metric = claim.metric.filter(|_| significant(&claim.quantity) >= 2 && !follows_from(deck, claim))?;
    let (place, ..) = contexts.period(claim.document, claim.block)?;
    let own = claim.quantity.magnitude();
    let stated = plans.get(&(metric, claim.segment.clone(), time(deck, metric, place)))?;
    let holds = |quantity: &Quantity| match quantity.value.filter(|_| quantity.resolution.is_zero()) {
        Some(exact) => own.consistent_with_exact(exact.abs(), false),
        None => quantity.magnitude().agrees_with(&own),
    };
    let mut names = stated.iter().filter(|(_, quantity)| holds(quantity)).map(|(name, _)| name);
    let first = names.next()?;
    names.all(|name| name == first).then(|| (place, first.clone()))
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
