//! A metric's values are not what its own formula gives, or a check of the sources does not hold.
//!
//! A metric that has both `formula` and `values` says one thing twice. Its values, as they are written, must be what the formula
//! makes of the other metrics in the same period, scenario and segment: 71.5 is right for anything from 71.45 to 71.55. In a
//! formula that multiplies or divides, percentages stand for the fractions they are, and a metric in per cent is a hundred times
//! the result. The deck is held against the values.
//!
//! Equations under `checks:` must hold for every period, scenario and segment in which all of their operands are stated. An equation
//! is reported at the figure that one slip explains, else at the left side.
//!
//! What to do: put the figure or the formula right.
//!
//! ```deck
//! # Margin
//!
//! Revenue was $8,014,200 in Q3 FY30.
//! ```
//! ```metrics
//! metrics:
//!   - {name: revenue, label: Revenue, unit: USD, values: {FY2030-Q3: 8014200}}
//!   - {name: gross_profit, label: Gross profit, unit: USD, values: {FY2030-Q3: 5529800}}
//!   - name: gross_margin
//!     label: Gross margin
//!     unit: percent
//!     formula: gross_profit / revenue
//!     values: {FY2030-Q3: 60.9}
//! ```
//! ```finding
//! formula-mismatch at 60.9: transposed-digits
//! ```
//!
//! A total that its parts do not make up; the slip is in a part:
//!
//! ```deck
//! # Stores
//!
//! We had 480 stores at the end of 2030.
//! ```
//! ```metrics
//! metrics:
//!   - name: stores
//!     label: Stores
//!     unit: count
//!     values: {FY2030: 480}
//!     segments:
//!       North: {FY2030: 217}
//!       South: {FY2030: 236}
//! checks:
//!   - "stores == sum(stores)"
//! ```
//! ```finding
//! formula-mismatch at 236: transposed-digits
//! ```
//!
//! A rounded value that the formula gives:
//!
//! ```quiet-deck
//! # Margin
//!
//! Gross margin was 69% in Q3 FY30.
//! ```
//! ```metrics
//! metrics:
//!   - {name: revenue, label: Revenue, unit: USD, values: {FY2030-Q3: 8014200}}
//!   - {name: gross_profit, label: Gross profit, unit: USD, values: {FY2030-Q3: 5529800}}
//!   - name: gross_margin
//!     label: Gross margin
//!     unit: percent
//!     formula: gross_profit / revenue
//!     values: {FY2030-Q3: 69.0}
//! ```

use std::collections::BTreeSet;

use crate::cause::{self, Side};
use crate::deck::Deck;
use crate::facts::{Facts, Key, Term, Truth, shown, takes_fractions};
use crate::finding::{Cause, CauseKind, Confidence, Finding, Level, Related};
use crate::interval::Interval;
use crate::rules::{Family, Rule};
use crate::source::SourceFact;
use crate::source::equations::Check;
use crate::span::Place;
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct FormulaMismatch;

impl Rule for FormulaMismatch {
    fn name(&self) -> &'static str {
        "formula-mismatch"
    }

    fn family(&self) -> Family {
        Family::SourceFile
    }

    fn source(&self) -> &'static str {
        include_str!("formula_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let facts = Facts::new(deck);
        for &metric in deck.source.formulas.of_metric.keys() {
            findings.extend(facts.of_metric(metric).filter_map(|fact| computed_otherwise(deck, &facts, fact)));
        }
        for check in &deck.source.formulas.checks {
            findings.extend(keys(&facts, check).into_iter().filter_map(|key| unequal(deck, &facts, check, key)));
        }
    }
}

/// A value that is not what its metric's formula gives.
fn computed_otherwise(deck: &Deck, facts: &Facts<'_>, fact: &SourceFact) -> Option<Finding> {
    let metric = &deck.source.metrics[fact.metric];
    let (key, quantity, own) = (facts.key(fact), facts.quantity(fact)?, facts.as_written(fact)?);
    // The period as it is written: what came before a balance of the year is that of the year before.
    let truths = facts.computed((key.0, fact.period, key.2, key.3));
    let Truth { interval, places, how, .. } = truths.first()?;
    if truths.iter().any(|truth| truth.interval.meets(own)) {
        return None;
    }
    let cause = cause::explain(&quantity, &Side::Between(*interval), &facts.neighbours(key));
    let formula = metric.formula.as_ref().map(|formula| ("the formula".to_owned(), formula.place));
    let operands = places.iter().map(|place| (format!("an operand: {}", deck.files.slice(*place)), *place));
    let message = format!(
        "{} is {} here, but `{how}` gives {}",
        facts.subject(fact),
        shown(deck, facts, fact),
        wording::ends(&quantity, *interval)
    );
    Some(finding(message, fact.place, formula.into_iter().chain(operands), Some(cause)))
}

/// Where an equation may hold or not: wherever a metric of its left side is stated, in the period as it is written.
fn keys(facts: &Facts<'_>, check: &Check) -> BTreeSet<Key> {
    let named = check.left.metrics().into_iter().filter_map(|name| facts.named(name));
    let key = |fact: &SourceFact| {
        let key = facts.key(fact);
        (key.0, fact.period, key.2, key.3)
    };
    named.take(1).flat_map(|metric| facts.of_metric(metric).map(key)).collect()
}

/// An equation that does not hold at a key.
fn unequal(deck: &Deck, facts: &Facts<'_>, check: &Check, key: Key) -> Option<Finding> {
    let (Some(left), Some(right)) = (facts.terms(&check.left, key), facts.terms(&check.right, key)) else {
        return unequal_as_a_whole(deck, facts, check, key);
    };
    if adds_up(facts, &left, &right) {
        return None;
    }
    let suspect = suspect(facts, &left, &right)?;
    let fact = suspect.fact;
    let others =
        left.iter().chain(&right).filter_map(|term| facts.fact(term)).filter(|other| other.place != fact.place);
    let operands =
        others.map(|other| (format!("{}: {}", facts.subject(other), shown(deck, facts, other)), other.place));
    let message = format!(
        "{} is {} here, but `{}` needs {}",
        facts.subject(fact),
        shown(deck, facts, fact),
        check.text.value,
        suspect.needed
    );
    let related = std::iter::once(("the check".to_owned(), check.text.place)).chain(operands);
    Some(finding(message, fact.place, related, Some(suspect.cause)))
}

/// Whether some value that the sources give to the left side is one that they give to the right.
fn adds_up(facts: &Facts<'_>, left: &[Term], right: &[Term]) -> bool {
    let own = facts.totals(left, true);
    let other = facts.totals(right, false);
    own.iter().any(|own| other.iter().any(|other| own.meets(*other)))
}

/// The figure that is most likely wrong.
struct Suspect<'a> {
    fact: &'a SourceFact,
    needed: String,
    cause: Cause,
}

/// The left side, unless exactly one other figure is explained by a slip that people make.
fn suspect<'a>(facts: &Facts<'a>, left: &[Term], right: &[Term]) -> Option<Suspect<'a>> {
    let mut suspects = (0..left.len() + right.len()).filter_map(|at| {
        let term = left.get(at).or_else(|| right.get(at - left.len()))?;
        let (fact, needed) = (facts.fact(term)?, facts.needed(left, right, at)?);
        let quantity = facts.quantity(fact)?;
        let cause = cause::explain(&quantity, &Side::Between(needed), &facts.neighbours(term.key));
        Some(Suspect { fact, needed: wording::ends(&quantity, needed), cause })
    });
    let first = suspects.next()?;
    if is_telling(first.cause.kind) {
        return Some(first);
    }
    let mut telling = suspects.filter(|suspect| is_telling(suspect.cause.kind));
    match (telling.next(), telling.next()) {
        (Some(only), None) => Some(only),
        _ => Some(first),
    }
}

/// Whether a cause tells one operand of a sum from the others: a single wrong digit would do in any of them.
fn is_telling(kind: CauseKind) -> bool {
    matches!(
        kind,
        CauseKind::ScaleSlip
            | CauseKind::SignFlip
            | CauseKind::TransposedDigits
            | CauseKind::StalePeriod
            | CauseKind::WrongScenario
    )
}

/// An equation that multiplies or divides is reported where it stands.
fn unequal_as_a_whole(deck: &Deck, facts: &Facts<'_>, check: &Check, key: Key) -> Option<Finding> {
    let fractions = takes_fractions(&check.left) || takes_fractions(&check.right);
    let left = facts.evaluated(&check.left, key, fractions);
    let right = facts.evaluated(&check.right, key, fractions);
    let ((own, from), (other, and)) = (left.first()?, right.first()?);
    if left.iter().any(|(own, _)| right.iter().any(|(other, _)| own.meets(*other))) {
        return None;
    }
    let operands = from.iter().chain(and).map(|place| (format!("an operand: {}", deck.files.slice(*place)), *place));
    let brief = |value: Interval| value.low.round_sf(6).unwrap_or(value.low).normalize();
    let message =
        format!("`{}` does not hold for {}: {} against {}", check.text.value, key.1, brief(*own), brief(*other));
    Some(finding(message, check.text.place, operands, None))
}

fn finding(
    message: String,
    place: Place,
    related: impl Iterator<Item = (String, Place)>,
    cause: Option<Cause>,
) -> Finding {
    Finding {
        rule: "formula-mismatch",
        level: Level::Error,
        confidence: Confidence::High,
        message,
        place,
        slide: None,
        related: related.map(|(message, place)| Related { message, place }).collect(),
        cause,
        help: Some("put the figure or the formula right; the deck is held against the figure".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}
