//! What changed between two versions of a deck, for people.
//!
//! Enters: a [`Diff`]. Leaves: the facts that changed, each with the statements it leaves stale, then the numbers of the deck.
//! Invariant: nothing in the deck's text acts on the terminal.

use std::io::{self, Write};

use crate::claim::{Claim, Measure};
use crate::diff::{Change, Diff, FactChange, Key, Version};
use crate::facts::index;
use crate::report::{counted, on_line, visible};
use crate::source::SourceFact;

/// Writes the changes.
pub fn write(diff: &Diff<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !diff.facts.is_empty() {
        writeln!(out, "Sources")?;
        for fact in &diff.facts {
            source(diff, fact, out)?;
        }
        writeln!(out)?;
    }
    if !diff.claims.is_empty() {
        writeln!(out, "Deck")?;
        for change in &diff.claims {
            let (old, new) =
                (change.old.map(|claim| number(diff.old, claim)), change.new.map(|claim| number(diff.new, claim)));
            let at = change.new.map(|claim| (diff.new, claim)).or(change.old.map(|claim| (diff.old, claim)));
            let place = at.map(|(version, claim)| place(version, claim.place)).unwrap_or_default();
            writeln!(out, "  {}: {}  {place}", subject(&change.key), movement(change, old, new))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(diff))
}

fn source(diff: &Diff<'_>, fact: &FactChange<'_>, out: &mut dyn Write) -> io::Result<()> {
    let change = &fact.change;
    let (old, new) = (change.old.map(|fact| value(diff.old, fact)), change.new.map(|fact| value(diff.new, fact)));
    let at = change.new.map(|fact| (diff.new, fact)).or(change.old.map(|fact| (diff.old, fact)));
    let stated = at.map(|(version, fact)| place(version, fact.place)).unwrap_or_default();
    writeln!(out, "  {}: {}  {stated}", subject(&change.key), movement(change, old, new))?;
    for &at in &fact.stale {
        let claim = &diff.new.report.deck.claims[at];
        writeln!(out, "    stale: {}  {}", number(diff.new, claim), place(diff.new, claim.place))?;
    }
    match (fact.holding, fact.stale.len()) {
        (0, 0) if change.new.is_some() => writeln!(out, "    nothing in the deck states it"),
        (0, _) => Ok(()),
        (some, _) => writeln!(out, "    {} already as it is now", counted(some, "statement")),
    }
}

/// `ARR of EMEA, FY2025-Q3 plan, growth on FY2024-Q3`.
fn subject(key: &Key) -> String {
    if key.metric.is_empty() {
        return "a number of no metric".to_owned();
    }
    let segment = key.segment.as_ref().map(|segment| format!(" of {segment}")).unwrap_or_default();
    let period = key.period.as_ref().map(|period| format!(", {period}")).unwrap_or_default();
    let scenario = if key.scenario == crate::scenario::ACTUAL { String::new() } else { format!(" {}", key.scenario) };
    let measure = match (key.measure, &key.base) {
        (Measure::Level, _) => String::new(),
        (measure, None) => format!(", {}", measure.name()),
        (measure, Some(base)) => format!(", {} on {base}", measure.name()),
    };
    visible(&format!("{}{segment}{period}{scenario}{measure}", key.metric)).into_owned()
}

fn movement<T>(change: &Change<T>, old: Option<String>, new: Option<String>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(only), None) | (None, Some(only)) => format!("{only} {}", change.kind()),
        (None, None) => String::new(),
    }
}

fn number(version: Version<'_>, claim: &Claim) -> String {
    on_line(&crate::wording::shown(&version.report.deck, claim))
}

fn value(version: Version<'_>, fact: &SourceFact) -> String {
    let metric = &version.report.deck.source.metrics[fact.metric];
    let written = index::as_written(fact, metric);
    written.map_or_else(|| fact.value.normalize().to_string(), |quantity| visible(&quantity.to_string()).into_owned())
}

fn place(version: Version<'_>, place: crate::span::Place) -> String {
    let shown = version.report.deck.files.shown_exactly(place);
    visible(shown.strip_prefix(version.root).unwrap_or(&shown)).into_owned()
}

fn summary(diff: &Diff<'_>) -> String {
    let count = |kind: &str| diff.claims.iter().filter(|change| change.kind() == kind).count();
    let (changed, appeared, vanished) = (count("changed"), count("appeared"), count("vanished"));
    let facts = match diff.facts.len() {
        0 => "no fact of the sources changed".to_owned(),
        some => format!("{} of the sources changed", counted(some, "fact")),
    };
    let stale = match diff.stale() {
        0 => String::new(),
        some => format!(", {} stale", counted(some, "statement")),
    };
    format!(
        "{facts}{stale}; {} changed, {appeared} appeared, {vanished} vanished, {} the same",
        counted(changed, "number"),
        diff.same
    )
}
