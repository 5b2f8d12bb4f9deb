//! A year of the source is not what its quarters make.
//!
//! A flow (`period_type: duration`: revenue, bookings) of a year, a half, a year to date or twelve months is the sum of its parts,
//! where all of them are stated: halves, else quarters, else months. A balance (`period_type: instant`: ARR, cash, headcount) of a
//! year is that of its last quarter. Rates, prices and durations are not summed.
//!
//! The longer period, as it is written, must be the sum of the parts as they stand: `$40.1M` is right for quarters that add up to
//! 40,093,411. The finding points at the part that one slip explains, else at the longer period.
//!
//! What to do: put the wrong figure right, or, where a year was restated and its quarters were not, restate them too.
//!
//! ```deck
//! # Revenue
//!
//! Revenue was $9.1M in Q1 FY30.
//! ```
//! ```metrics
//! metrics:
//!   - name: revenue
//!     label: Revenue
//!     unit: USD
//!     period_type: duration
//!     values: {FY2030-Q1: 9102400, FY2030-Q2: 9641300, FY2030-Q3: 10088700, FY2030-Q4: 10927000, FY2030: 39795400}
//! ```
//! ```finding
//! period-sum-mismatch at 39795400: transposed-digits
//! ```
//!
//! A balance of the year is that of its last quarter, not a sum:
//!
//! ```quiet-deck
//! # Cash
//!
//! Cash was $52.3M at the end of FY30.
//! ```
//! ```metrics
//! metrics:
//!   - name: cash
//!     label: Cash
//!     unit: USD
//!     period_type: instant
//!     values: {FY2030-Q3: 50110900, FY2030-Q4: 52308400, FY2030: $52.3M}
//! ```

use crate::cause::{self, Side};
use crate::deck::Deck;
use crate::facts::{Facts, Key, adds_up, shown};
use crate::finding::{Cause, CauseKind, Confidence, Finding, Level, Related};
use crate::interval::Interval;
use crate::period::{Grain, Period};
use crate::rules::{Family, Rule};
use crate::source::{PeriodType, SourceFact};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct PeriodSumMismatch;

impl Rule for PeriodSumMismatch {
    fn name(&self) -> &'static str {
        "period-sum-mismatch"
    }

    fn family(&self) -> Family {
        Family::SourceFile
    }

    fn source(&self) -> &'static str {
        include_str!("period_sum_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let facts = Facts::new(deck);
        for (at, metric) in deck.source.metrics.iter().enumerate() {
            match metric.period_type {
                Some(PeriodType::Duration) if adds_up(metric) => {
                    findings.extend(facts.of_metric(at).filter_map(|fact| unlike_its_sum(deck, &facts, fact)));
                }
                Some(PeriodType::Instant) => {
                    findings.extend(facts.of_metric(at).filter_map(|fact| unlike_its_end(deck, &facts, fact)));
                }
                _ => {}
            }
        }
    }
}

/// A flow whose parts add up to something else.
fn unlike_its_sum(deck: &Deck, facts: &Facts<'_>, fact: &SourceFact) -> Option<Finding> {
    let key = facts.key(fact);
    let grains = [Grain::Half, Grain::Quarter, Grain::Month].into_iter();
    let (parts, sum) = grains.map(|grain| key.1.parts(grain, &deck.calendar)).find_map(|parts| {
        let sum = facts.sum_of(key, &parts)?;
        Some((parts, sum))
    })?;
    if facts.as_written(fact)?.meets(sum.interval) {
        return None;
    }
    let suspects = std::iter::once(key).chain(parts.iter().map(|part| (key.0, *part, key.2, key.3)));
    let mut suspects = suspects.filter_map(|suspect| suspected(facts, fact, suspect, key, sum.interval));
    let whole = suspects.next()?;
    let mut telling = suspects.filter(|(_, _, cause)| is_telling(cause.kind));
    let (odd, should, cause) = match (is_telling(whole.2.kind), telling.next(), telling.next()) {
        (false, Some(only), None) => only,
        _ => whole,
    };
    let stated = parts.iter().filter_map(|part| facts.stated_at((key.0, *part, key.2, key.3)));
    let others = std::iter::once(fact).chain(stated);
    let related: Vec<Related> = others
        .filter(|other| other.place != odd.place)
        .map(|other| Related {
            message: format!("{}: {}", other.period, shown(deck, facts, other)),
            place: other.place,
        })
        .collect();
    let made_of = format!("{} to {}", parts.first()?, parts.last()?);
    let message = if odd.place == fact.place {
        format!("{} is {} here, but {made_of} add up to {should}", facts.subject(fact), shown(deck, facts, fact))
    } else {
        let whole = format!("{} of {}", fact.period, shown(deck, facts, fact));
        format!(
            "{} is {} here, but {made_of} make {whole} only with {should}",
            facts.subject(odd),
            shown(deck, facts, odd)
        )
    };
    Some(finding(message, odd, related, cause))
}

/// A figure of the sum, what it would have to be, and why it may not be.
fn suspected<'a>(
    facts: &Facts<'a>,
    whole: &SourceFact,
    suspect: Key,
    key: Key,
    sum: Interval,
) -> Option<(&'a SourceFact, String, Cause)> {
    let fact = facts.stated_at(suspect)?;
    let quantity = facts.quantity(fact)?;
    let needed = if suspect == key {
        sum
    } else {
        // The whole less all the other parts.
        facts.as_written(whole)?.minus(sum)?.plus(Interval::exact(fact.value))?
    };
    let cause = cause::explain(&quantity, &Side::Between(needed), &facts.neighbours(suspect));
    Some((fact, wording::ends(&quantity, needed), cause))
}

/// Whether a cause tells one figure of a sum from the others: a single wrong digit would do in any of them.
fn is_telling(kind: CauseKind) -> bool {
    matches!(kind, CauseKind::ScaleSlip | CauseKind::SignFlip | CauseKind::TransposedDigits | CauseKind::StalePeriod)
}

/// A balance that differs from that of the last quarter or month in it.
fn unlike_its_end(deck: &Deck, facts: &Facts<'_>, fact: &SourceFact) -> Option<Finding> {
    let length = |period: Period| period.grain().filter(|_| !matches!(period, Period::Day(_)));
    let own = length(fact.period)?;
    let last = facts
        .index()
        .at(facts.key(fact))
        .map(|at| &deck.source.facts[at])
        .filter(|other| length(other.period).is_some_and(|length| length < own))
        .min_by_key(|other| length(other.period))?;
    let (quantity, other) = (facts.quantity(fact)?, facts.quantity(last)?);
    if quantity.agrees_with(&other) {
        return None;
    }
    let cause = cause::explain(&quantity, &Side::Written(Box::new(other)), &facts.neighbours(facts.key(fact)));
    let there = shown(deck, facts, last);
    let message = format!(
        "{} is {} here, but {}, which ends it, is {there}",
        facts.subject(fact),
        shown(deck, facts, fact),
        last.period
    );
    let related = vec![Related { message: format!("{}: {there}", last.period), place: last.place }];
    Some(finding(message, fact, related, cause))
}

fn finding(message: String, fact: &SourceFact, related: Vec<Related>, cause: Cause) -> Finding {
    Finding {
        rule: "period-sum-mismatch",
        level: Level::Error,
        confidence: Confidence::High,
        message,
        place: fact.place,
        slide: None,
        related,
        cause: Some(cause),
        help: Some("put the figure that is wrong right, in the source".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}
