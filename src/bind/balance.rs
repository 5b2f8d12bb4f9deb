//! Balances that no source calls so: a table states `Total assets` at 30 June and at 31 December, and the source has these very numbers
//! for the halves that end then.
//!
//! Enters: the bound numbers of the tables, and which metrics stand under dates. Leaves: the source's metrics, those told to be balances.
//! Invariant: a metric becomes a balance only where its values at one moment are one, where what the tables state on dates are these
//! values, and where two of its moments stand within a year: income statements are headed with dates too, and a year's values alone
//! say nothing. What the field knows as a flow is none, whatever its dates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::cause::significant;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::source::PeriodType;
use crate::vocabulary::{MetricId, is_flow};

use super::table::Times;

/// The values of a metric by part, scenario and the day that they are of or end on.
type Moments<'a> = BTreeMap<(Option<String>, &'a str, Date), Decimal>;

/// Settles that metrics are balances where the tables' dates do.
pub(super) fn settle(deck: &mut Deck, claims: &[Claim], times: &Times) {
    let open = |id: &MetricId| {
        let term = deck.vocabulary.term(*id);
        term.source.is_some_and(|at| deck.source.metrics[at].period_type.is_none()) && !is_flow(&term.label)
    };
    let dated: BTreeSet<MetricId> = times.dated.difference(&times.spanned).copied().filter(open).collect();
    if dated.is_empty() {
        return;
    }
    let mut stated: BTreeMap<MetricId, Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.measure == Measure::Level && claim.period.is_some()) {
        if let Some(id) = claim.metric.filter(|id| dated.contains(id)) {
            stated.entry(id).or_default().push(claim);
        }
    }
    let mut facts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, fact) in deck.source.facts.iter().enumerate() {
        facts.entry(fact.metric).or_default().push(at);
    }
    let settled = stated.into_iter().filter_map(|(id, claims)| {
        let at = deck.vocabulary.term(id).source?;
        let moments = moments(deck, facts.get(&at)?)?;
        (within_a_year(&moments) && are_of(deck, &moments, &claims)).then_some((id, at))
    });
    let settled: Vec<(MetricId, usize)> = settled.collect();
    if settled.is_empty() {
        return;
    }
    let source = Arc::make_mut(&mut deck.source);
    for (id, at) in settled {
        source.metrics[at].period_type = Some(PeriodType::Instant);
        deck.vocabulary.settle_instant(id);
    }
    // The index of facts knows them by the times that their metrics' types give.
    deck.facts = Arc::default();
}

/// The values of a metric at their moments; none where one moment has two.
fn moments<'a>(deck: &'a Deck, facts: &[usize]) -> Option<Moments<'a>> {
    let mut moments = Moments::new();
    for fact in facts.iter().map(|&at| &deck.source.facts[at]) {
        let key = (
            fact.segment.as_ref().map(|segment| segment.to_lowercase()),
            fact.scenario.as_str(),
            fact.period.bounds(&deck.calendar).1,
        );
        if *moments.entry(key).or_insert(fact.value) != fact.value {
            return None;
        }
    }
    Some(moments)
}

/// Whether the source has values at two moments of one year.
fn within_a_year(moments: &Moments<'_>) -> bool {
    let keys = moments.keys();
    keys.clone().zip(keys.skip(1)).any(|((part, scenario, first), (other, otherwise, next))| {
        (part, scenario) == (other, otherwise) && (*next - *first).get_days() < 360
    })
}

/// Whether the numbers of the tables are the values at their dates, with digits enough to tell.
fn are_of(deck: &Deck, moments: &Moments<'_>, claims: &[&Claim]) -> bool {
    let (mut digits, mut ties, mut misses) = (0, 0, 0);
    for claim in claims {
        let Some(period) = claim.period else { continue };
        let key = (
            claim.segment.as_ref().map(|segment| segment.to_lowercase()),
            claim.scenario_or_actual(),
            period.bounds(&deck.calendar).1,
        );
        match moments.get(&key) {
            Some(value) if claim.quantity.magnitude().consistent_with_exact(value.abs(), false) => {
                ties += 1;
                digits += significant(&claim.quantity);
            }
            Some(_) => misses += 1,
            None => {}
        }
    }
    digits >= 4 && misses * 2 <= ties
}
