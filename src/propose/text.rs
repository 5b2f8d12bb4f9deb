//! A proposal as the text of a metric file.
//!
//! Enters: values. Leaves: YAML with a comment at every value saying where it comes from.
//! Invariant: the text reads back as the values, and nothing of the deck can break out of its scalar or comment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::collect::Value;
use crate::deck::Deck;
use crate::period::{Calendar, NamedBy, Period};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::span::Place;

/// Longest list of places in one comment.
const PLACES: usize = 4;

/// The file.
pub(super) fn render(deck: &Deck, values: &[Value]) -> String {
    let mut text = String::from(
        "# Proposed by `tieout init` from what the deck itself states. Nothing here has been confirmed by anybody yet.\n\
         # Go through it with whoever owns the figures: settle what is marked CONFLICT, correct what is wrong, add owners,\n\
         # and delete what nobody defends. From then on this file is the source of truth, and tieout never changes it.\n\
         version: 1\n",
    );
    let calendar = deck.calendar;
    if calendar != Calendar::default() {
        let by = if calendar.named_by == NamedBy::Start { "start" } else { "end" };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "calendar: {{year_start: {:02}-{:02}, year_named_by: {by}}}",
            calendar.start_month, calendar.start_day
        );
    }
    let metrics: Vec<&[Value]> = values.chunk_by(|a, b| a.id == b.id).collect();
    if metrics.is_empty() {
        text.push_str("metrics: []\n");
        return text;
    }
    text.push_str("metrics:\n");
    let mut names = BTreeSet::new();
    for values in metrics {
        metric(deck, values, &mut names, &mut text);
    }
    text
}

fn metric(deck: &Deck, values: &[Value], names: &mut BTreeSet<String>, text: &mut String) {
    let label = &values[0].key.metric;
    let _ = writeln!(text, "  - name: {}", name(label, names));
    let _ = writeln!(text, "    label: {}", scalar(label));
    if let Some(unit) = unit(values) {
        let _ = writeln!(text, "    unit: {}", scalar(&unit.to_string()));
    }
    if is_balance(values) {
        text.push_str("    period_type: instant\n");
    }
    let whole = values.iter().take_while(|value| value.key.segment.is_none()).count();
    let (whole, parts) = values.split_at(whole);
    series(deck, whole, 4, text);
    let mut segments: BTreeMap<&str, &[Value]> = BTreeMap::new();
    for part in parts.chunk_by(|a, b| a.key.segment == b.key.segment) {
        segments.insert(part[0].key.segment.as_deref().unwrap_or_default(), part);
    }
    if !segments.is_empty() {
        text.push_str("    segments:\n");
    }
    for (segment, values) in segments {
        let _ = writeln!(text, "      {}:", scalar(segment));
        series(deck, values, 8, text);
    }
}

/// Whether a metric plainly is a balance: it is given for days only, or for a year what its last quarter is.
fn is_balance(values: &[Value]) -> bool {
    let same_at_the_end = |value: &Value| match value.key.period {
        Period::Quarter(year, 4) => values.iter().any(|other| {
            let of_year = super::Key { period: Period::Year(year), ..value.key.clone() };
            other.key == of_year && other.quantity.agrees_with(&value.quantity)
        }),
        _ => false,
    };
    values.iter().all(|value| matches!(value.key.period, Period::Day(_))) || values.iter().any(same_at_the_end)
}

/// Values by scenario.
fn series(deck: &Deck, values: &[Value], indent: usize, text: &mut String) {
    for values in values.chunk_by(|a, b| a.key.scenario == b.key.scenario) {
        let scenario = &values[0].key.scenario;
        let key = if scenario == scenario::ACTUAL { "values" } else { scenario };
        let _ = writeln!(text, "{:indent$}{}:", "", scalar(key));
        let figures: Vec<String> = values.iter().map(|value| figure(&value.quantity)).collect();
        let width = figures.iter().map(|figure| figure.chars().count()).max().unwrap_or(0);
        for (value, figure) in values.iter().zip(figures) {
            for (place, said) in &value.against {
                let said = one_line(said);
                let _ = writeln!(text, "{:indent$}  # CONFLICT: {} says {said}", "", at(deck, *place));
            }
            let padding = " ".repeat(width - figure.chars().count());
            let period = value.key.period.to_string();
            let _ = writeln!(text, "{:indent$}  {period}: {figure}{padding}  # {}", "", origin(deck, value));
        }
    }
}

/// Where a value comes from.
fn origin(deck: &Deck, value: &Value) -> String {
    let shown = value.places.iter().take(PLACES).map(|(place, kind)| format!("{} ({kind})", at(deck, *place)));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if value.places.len() > PLACES {
        let _ = write!(text, " and {} more", value.places.len() - PLACES);
    }
    text
}

/// A place of the deck, from the folder that all of its documents stand in.
fn at(deck: &Deck, place: Place) -> String {
    let shown = deck.files.shown(place);
    let folder = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
    let mut paths = deck.documents.iter().map(|document| deck.files.get(document.file).path());
    let first = paths.next().unwrap_or_default();
    let shared = paths.fold(folder(first), |shared, path| {
        let same = first.bytes().zip(path.bytes()).take(shared).take_while(|(a, b)| a == b).count();
        folder(first.get(..same).unwrap_or_default())
    });
    one_line(shown.get(shared..).unwrap_or(&shown))
}

/// What a metric is measured in, where its values say so.
fn unit(values: &[Value]) -> Option<&Unit> {
    values.iter().map(|value| &value.quantity.unit).find(|unit| **unit != Unit::Bare)
}

/// A number as a metric file writes it: plain where that says all, else as people write it, so that its places stay open.
fn figure(quantity: &Quantity) -> String {
    let value = quantity.value.unwrap_or_default();
    if quantity.resolution <= Decimal::ONE {
        let mut plain = value;
        plain.rescale(quantity.resolution.normalize().scale());
        return plain.to_string();
    }
    let own = Quantity { noun: None, ..quantity.clone() };
    scalar(&own.to_string())
}

/// A key for a metric: `Total income, €` → `total_income`.
fn name(label: &str, taken: &mut BTreeSet<String>) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.map(str::to_lowercase).collect::<Vec<_>>().join("_");
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        name = format!("metric_{name}").trim_end_matches('_').to_owned();
    }
    let mut free = name.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}_{number}");
        number += 1;
    }
    scalar(&free)
}

/// Text as a YAML scalar on one line.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '$' | '€' | '£' | '/');
    let word =
        |text: &str| matches!(text.to_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off");
    let safe = text.starts_with(char::is_alphabetic) && text.chars().all(plain) && text.trim() == text && !word(text);
    if safe { text.to_owned() } else { format!("\"{}\"", escaped(text)) }
}

fn escaped(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted
}

/// Text for a comment.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text of a `tieout.yaml` that names sources and shows what else can be settled.
pub(super) fn settings(sources: &[String]) -> String {
    let listed = sources.iter().map(|source| scalar(source)).collect::<Vec<_>>().join(", ");
    let sources = if sources.is_empty() {
        "# sources: [finance/metrics.yaml]      # these metric files and no others".to_owned()
    } else {
        format!("sources: [{listed}]")
    };
    format!(
        "# Settings of this deck for `tieout`. What is commented out shows what else can be settled.\n\
         version: 1\n\
         {sources}\n\
         # period: FY2025-Q3                    # the reporting period of documents that state none\n\
         # documents:\n\
         #   - {{path: backup/*.md, role: appendix}}\n\
         # rules: {{self-contradiction: warning}}\n\
         # waivers:\n\
         #   - {{rule: value-mismatch, path: slides.md, text: $42.5M, reason: preliminary close}}\n"
    )
}
