//! How findings name things: subjects, values, places.
//!
//! Enters: claims and truths. Leaves: short phrases for messages, with nothing in them that is not in the deck or the source.
//! Invariant: a value is always shown in the deck's own scale and places, so that the reader can compare digit by digit.

use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::document::Role;
use crate::facts::Truth;
use crate::finding::{Cause, CauseKind, Related};
use crate::interval::Interval;
use crate::period::{Period, UNNAMED_YEAR};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::vocabulary::MetricId;

/// `ARR of EMEA, FY2025-Q3 plan`.
pub(crate) fn subject(deck: &Deck, claim: &Claim) -> String {
    // A cell of a row that nothing names goes by its row's label: `Total`.
    let row = || {
        let (grid, row, _) = claim.cell?;
        Some(deck.grids.get(grid)?.rows.get(row)?.label.text().trim()).filter(|label| !label.is_empty())
    };
    let label = match claim.metric {
        Some(id) => deck.vocabulary.term(id).label.as_str(),
        None => row().unwrap_or("this number"),
    };
    let mut text = label.to_owned();
    match claim.measure {
        Measure::Growth => text.push_str(" growth"),
        Measure::Change => text.push_str(" change"),
        Measure::Variance => text.push_str(" variance"),
        Measure::Share => text.push_str(" share"),
        Measure::Level => {}
    }
    if let Some(segment) = &claim.segment {
        text.push_str(&format!(" of {segment}"));
    }
    // A deck without times is of one time, which goes without saying.
    if let Some(period) = claim.period.filter(|period| *period != Period::Year(UNNAMED_YEAR)) {
        text.push_str(&format!(", {period}"));
    }
    if let Some(name) = claim.scenario.as_deref().filter(|name| *name != scenario::ACTUAL) {
        text.push_str(&format!(" {name}"));
    }
    match &claim.base {
        Some(Base::Period(base)) => text.push_str(&format!(" on {base}")),
        Some(Base::Scenario(base)) => text.push_str(&format!(" against {base}")),
        _ => {}
    }
    text
}

/// A truth in the style of the claim that it is held against.
pub(crate) fn truth(claim: &Claim, truth: &Truth) -> String {
    match truth.exact {
        Some(value) => claim.quantity.restated(value),
        None => between(claim, truth.interval),
    }
}

/// A number as it stands in the deck, beside a finding on another.
pub(crate) fn related(deck: &Deck, claim: &Claim) -> Related {
    Related { message: shown(deck, claim), place: claim.place }
}

/// A number as it stands in the deck.
pub(crate) fn shown(deck: &Deck, claim: &Claim) -> String {
    let text = deck.files.slice(claim.place).trim();
    let own = claim.quantity.to_string();
    // A bare table cell says nothing without its header: show what it stands for.
    if claim.cell.is_some()
        && claim.quantity.value.is_some()
        && !text.chars().any(char::is_alphabetic)
        && !text.contains('%')
        && own != text
    {
        format!("{text} ({own})")
    } else {
        text.to_owned()
    }
}

/// What kind of place a claim stands in.
pub(crate) fn place_kind(deck: &Deck, claim: &Claim) -> &'static str {
    match (deck.documents[claim.document].blocks[claim.block].role, claim.cell.is_some()) {
        (Role::Appendix, _) => "appendix",
        (Role::Notes, _) => "speaker notes",
        (Role::Slides, true) => "table",
        (Role::Slides, false) => "slide",
    }
}

/// Where the other side stands, seen from a claim.
pub(crate) fn where_else(deck: &Deck, claim: &Claim, other: &Claim) -> String {
    let path = deck.files.get(other.place.file).path();
    let line = deck.files.position(other.place.file, other.place.span.start).line;
    match (claim.document == other.document, claim.slide == other.slide) {
        (true, true) => format!("on the same slide (line {line})"),
        (true, false) => format!("on slide {}", other.slide),
        (false, _) => format!("in {path}"),
    }
}

/// What to do next.
pub(crate) fn help(claim: &Claim, cause: &Cause, should: &str) -> String {
    match cause.kind {
        CauseKind::StalePeriod => format!("the number {}; if the later figure is meant, write {should}", cause.detail),
        CauseKind::WrongScenario => format!("the number {}; say so, or write {should}", cause.detail),
        CauseKind::WrongSegment | CauseKind::WrongMetric => {
            format!("the number {}; name it so, or write {should}", cause.detail)
        }
        CauseKind::ScaleSlip => format!("check thousands and millions: {} reads right", should),
        _ if claim.cell.is_some() => format!("find out which side is right; the other reads {should}"),
        _ => format!("find out which side is right; {should} would agree"),
    }
}

/// A value of a metric in the metric's unit, in full, where no number of the deck says how such values are written.
pub(crate) fn of_metric(deck: &Deck, metric: MetricId, value: Decimal) -> String {
    let value = value.normalize();
    let unit = deck.vocabulary.term(metric).unit.clone().unwrap_or(Unit::Bare);
    let plain = Quantity::exact(value, Decimal::new(1, value.scale()), unit);
    plain.map_or_else(|| value.to_string(), |plain| plain.to_string())
}

/// An interval in the style of the claim that it is held against: one value where its ends round to the same.
pub(crate) fn between(claim: &Claim, interval: Interval) -> String {
    ends(&claim.quantity, interval)
}

/// An interval in the style of a number: one value where its ends round to the same.
pub(crate) fn ends(quantity: &Quantity, interval: Interval) -> String {
    let (low, high) = (quantity.restated(interval.low), quantity.restated(interval.high));
    if low == high { low } else { format!("{low} to {high}") }
}
