//! Growth of which nobody says on what: `Texas grew 27.1% to $14.9M`. It should be that on the year before or on the period before.
//!
//! Enters: a bound deck and a growth without a base. Leaves: a finding, or none. Invariant: the metric is the claim's own, or the only
//! one of its segment that the sentence can mean; what holds on either base is right.

use super::finding;
use crate::cause;
use crate::check::{Verdict, interval};
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::finding::{CauseKind, Confidence, Finding};
use crate::movement::Movements;
use crate::movement::cue::{is_footing, says_movement};
use crate::quantity::{Qualifier, Sign, Unit};
use crate::scenario;
use crate::stops;
use crate::vocabulary::MetricId;
use crate::words::{stems, words};

/// Bytes before a growth that its sentence is looked for in.
const LONGEST: usize = 400;

/// A growth that is neither that on the year before nor that on the period before.
pub(super) fn wrong(deck: &Deck, movements: &Movements<'_>, at: usize) -> Option<Finding> {
    let claim = &deck.claims[at];
    let open = claim.cell.is_none() && !claim.blocked && claim.base.is_none();
    let amount = claim.measure == Measure::Change && matches!(claim.quantity.unit, Unit::Currency(_) | Unit::Count);
    let growth = claim.measure == Measure::Growth && claim.quantity.unit == Unit::Percent;
    let actual = claim.is_actual() && (growth || amount);
    if !open || !actual || claim.quantity.qualifier != Qualifier::Exact || claim.quantity.in_words {
        return None;
    }
    let period = claim.period?;
    let metric = metric(deck, movements, at)?;
    let read = Claim { metric: Some(metric), confidence: Confidence::Medium, ..claim.clone() };
    let on = |base| Claim { base: Some(Base::Period(base)), ..read.clone() };
    let readings = [on(period.year_before()), on(period.before())];
    let expected = readings.each_ref().map(|reading| movements.expected_of(reading));
    let holds = |(reading, expected): (&Claim, &Vec<_>)| {
        expected.iter().any(|one: &crate::movement::Expected| {
            one.holds(reading) || reading.quantity.sign == Sign::None && one.holds_in_size(reading)
        })
    };
    // Without the year before, nothing says what is usual.
    let first = expected[0].first()?;
    if readings.iter().zip(&expected).any(holds) {
        return None;
    }
    let found = finding(deck, movements, &readings[0], first);
    let slip = found.cause.as_ref().is_some_and(|cause| match cause.kind {
        CauseKind::TransposedDigits | CauseKind::DigitTypo => cause::significant(&claim.quantity) >= 3,
        _ => false,
    });
    // `First-half revenue grew 5.1%, to £163.0m`: where the source knows the level that it led to and both bases, it is on neither.
    let defined = deck.vocabulary.term(metric).source.is_some() && claim.confidence == Confidence::High && !claim.loose;
    let ties = |at: usize| matches!(deck.verdicts.get(at), Some(Verdict::Ties(_)));
    let reached = || {
        let (flow, level) = (deck.flow_of(claim)?, own_level(deck, at)?);
        let head = flow.text().get(..flow.range(claim.place.span)?.start)?;
        let said = [stops::begun(head), deck.between(claim, level)?];
        Some(said.iter().all(|said| !stems(said).iter().any(|stem| is_footing(stem))))
    };
    // `fee income $26.1 million (+0.3%)`: in brackets right behind the level that it led to.
    let bracketed = || {
        let before = deck.claims.get(at.checked_sub(1)?)?;
        let same = (before.metric, before.period, &before.segment) == (claim.metric, claim.period, &claim.segment);
        let level = same && before.measure == Measure::Level && ties(at - 1);
        Some(level && deck.between(before, claim)?.trim() == "(" && claim.quantity.sign != Sign::None)
    };
    let led = ties(at + 1) && reached() == Some(true) || growth && bracketed() == Some(true);
    let known = defined && led && expected.iter().all(|one| !one.is_empty());
    // Or a table states the very growth that the levels give.
    let tabled = movements.tabled(&readings[0]).and_then(|cell| interval(&cell.quantity));
    (slip && growth || known || growth && tabled.is_some_and(|cell| cell.meets(first.interval))).then_some(found)
}

/// The metric that a growth is of.
fn metric(deck: &Deck, movements: &Movements<'_>, at: usize) -> Option<MetricId> {
    let claim = &deck.claims[at];
    let candidates = match claim.metric {
        Some(metric) => vec![metric],
        None => deck.vocabulary.with_part(claim.segment.as_deref()?).to_vec(),
    };
    let level = |metric: &MetricId, stated: &Claim| {
        let (level, _) = movements.level_of(*metric, claim.period?, scenario::ACTUAL, claim.segment.as_deref())?;
        interval(&stated.quantity).map(|own| own.meets(level))
    };
    // `grew 27.1% to $14.9M`: the sentence's own level says which metric it is.
    if let Some(stated) = own_level(deck, at) {
        let mut meant = candidates.iter().filter(|metric| level(metric, stated) == Some(true));
        return meant.next().copied().filter(|_| meant.next().is_none());
    }
    let sure = claim.metric.is_some() && claim.confidence > Confidence::Low && !claim.loose;
    match candidates.as_slice() {
        [only] if sure || is_subject(deck, claim) => Some(*only),
        _ => None,
    }
}

/// The level that a growth led to: the next number of its sentence, behind `to`.
fn own_level(deck: &Deck, at: usize) -> Option<&Claim> {
    let claim = &deck.claims[at];
    let next = deck.claims.get(at + 1).filter(|next| next.sentence == claim.sentence)?;
    let same = (next.document, next.block, &next.segment) == (claim.document, claim.block, &claim.segment);
    let gap = deck.between(claim, next)?;
    let level = next.measure == Measure::Level && matches!(next.quantity.unit, Unit::Currency(_) | Unit::Count);
    (same && level && gap.trim().ends_with("to") && words(gap).len() <= 4).then_some(next)
}

/// Whether the growth is said of the segment and of nothing else: `Texas grew`, `Texas made up a third of sales, and grew by`.
fn is_subject(deck: &Deck, claim: &Claim) -> bool {
    let said = || {
        let (flow, segment) = (deck.flow_of(claim)?, claim.segment.as_deref()?);
        let number = flow.range(claim.place.span)?;
        let from = flow.text().ceil_char_boundary(number.start.saturating_sub(LONGEST));
        let mut before = words(stops::begun(flow.text().get(from..number.start)?));
        let filler = |stem: &str| matches!(stem, "by" | "also" | "again" | "has" | "have" | "had" | "only" | "just");
        let mut moved = false;
        while let Some(word) = before.last() {
            let moves = says_movement(&word.stem).is_some();
            moved |= moves;
            if !moves && !filler(&word.stem) {
                break;
            }
            before.pop();
        }
        let named = stems(segment);
        let ends = |words: &[crate::words::Word]| {
            let tail: Vec<&str> = words.iter().rev().take(named.len()).map(|word| word.stem.as_str()).collect();
            tail.iter().rev().eq(named.iter())
        };
        let led = before.iter().zip(&named).all(|(word, name)| word.stem == *name) && before.len() > named.len();
        let joined = before.last().is_some_and(|word| word.stem == "and");
        Some(moved && (ends(&before) || led && joined))
    };
    said().unwrap_or(false)
}
