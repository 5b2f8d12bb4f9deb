//! What a source writes as a unit: ISO 4217 codes, `percent`, `x`, `months`, `EUR m`, `TEU`.
//!
//! Enters: the text of a `unit` key or cell. Leaves: a [`StatedUnit`].
//! Invariant: a unit reads the same here as beside a number in the deck, since both go through the quantity language.

use rust_decimal::Decimal;

use crate::extract::{DecimalMark, Mention, MentionKind, scan};
use crate::quantity::{Quantity, Unit};

/// A unit, and what a source's plain numbers are multiplied by to be in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedUnit {
    pub(super) unit: Unit,
    pub(super) scale: Decimal,
}

/// Words that metric files use, which need no number beside them to be clear.
const WORDS: &[(&str, Unit)] = &[
    ("percent", Unit::Percent),
    ("percentage", Unit::Percent),
    ("pct", Unit::Percent),
    ("%", Unit::Percent),
    ("pp", Unit::Points),
    ("ppt", Unit::Points),
    ("percentage points", Unit::Points),
    ("bps", Unit::BasisPoints),
    ("bp", Unit::BasisPoints),
    ("basis points", Unit::BasisPoints),
    ("x", Unit::Multiple),
    ("multiple", Unit::Multiple),
    ("ratio", Unit::Multiple),
    ("count", Unit::Count),
    ("number", Unit::Count),
    ("#", Unit::Count),
    ("days", Unit::Duration("days")),
    ("weeks", Unit::Duration("weeks")),
    ("months", Unit::Duration("months")),
    ("years", Unit::Duration("years")),
    ("hours", Unit::Duration("hours")),
    ("minutes", Unit::Duration("minutes")),
];

/// How a scale ends a unit: `EUR thousands`, `€m`, `$'000`; longest first where one ends another.
const SCALES: &[(&str, u32)] = &[
    ("thousands", 3),
    ("thousand", 3),
    ("millions", 6),
    ("million", 6),
    ("billions", 9),
    ("billion", 9),
    ("'000s", 3),
    ("'000", 3),
    ("’000", 3),
    ("000s", 3),
    ("000", 3),
    ("mn", 6),
    ("mm", 6),
    ("bn", 9),
    ("k", 3),
    ("m", 6),
    ("b", 9),
];

/// Reads a unit.
pub(super) fn read(text: &str) -> StatedUnit {
    let text = text.trim().trim_start_matches("in ").trim();
    simple(text).map(|unit| StatedUnit { unit, scale: Decimal::ONE }).or_else(|| scaled(text)).unwrap_or_else(|| {
        // A word of the deck's own is a measure by that word.
        StatedUnit { unit: Unit::Measure(text.to_owned()), scale: Decimal::ONE }
    })
}

/// A unit without a scale that the quantity language knows.
fn simple(text: &str) -> Option<Unit> {
    let lower = text.to_lowercase();
    // What is measured in points is a score; percentages differ by `pp`.
    if matches!(lower.as_str(), "points" | "point" | "pts") {
        return Some(Unit::Measure("points".to_owned()));
    }
    let singular = |word: &str| matches!(word.strip_suffix('s'), Some(one) if one == lower && one.len() > 2);
    if let Some((_, unit)) = WORDS.iter().find(|(word, _)| *word == lower || singular(word)) {
        return Some(unit.clone());
    }
    let split = text.split_once('/').or_else(|| text.split_once(" per "));
    if let Some((unit, each)) = split.filter(|(unit, each)| !unit.trim().is_empty() && !each.trim().is_empty()) {
        let whole = read(unit);
        if whole.scale == Decimal::ONE {
            return Some(Unit::each(whole.unit, each));
        }
    }
    currency(text).or_else(|| beside(&format!("7 {text}")).map(|quantity| quantity.unit)).or_else(|| counted(text))
}

/// `customers`, `FTE`: the deck counts them, whatever they are.
fn counted(text: &str) -> Option<Unit> {
    let found = scan(&format!("7 {text}"), DecimalMark::Point);
    let [Mention { kind: MentionKind::Quantity(quantity), .. }] = found.as_slice() else { return None };
    let noun = quantity.noun.as_ref().is_some_and(|noun| noun.to_lowercase() == text.to_lowercase());
    (noun && quantity.unit == Unit::Count).then_some(Unit::Count)
}

fn currency(text: &str) -> Option<Unit> {
    let upper = text.to_uppercase();
    let names = if text.len() == 3 && text.is_ascii() { [text, upper.as_str()] } else { [text, text] };
    let quantity =
        names.into_iter().find_map(|name| beside(&format!("{name} 7")).or_else(|| beside(&format!("{name}7"))))?;
    matches!(quantity.unit, Unit::Currency(_)).then_some(quantity.unit)
}

/// A unit with a scale behind it, of a currency, a count or nothing at all.
fn scaled(text: &str) -> Option<StatedUnit> {
    let lower = text.to_lowercase();
    let (head, power) = SCALES.iter().find_map(|(scale, power)| {
        let head = lower.strip_suffix(scale)?;
        Some((text.get(..head.len())?.trim(), *power))
    })?;
    let scale = Decimal::from(10_u64.pow(power));
    if head.is_empty() {
        return Some(StatedUnit { unit: Unit::Bare, scale }).filter(|_| text.len() > 2);
    }
    currency(head).map(|unit| StatedUnit { unit, scale })
}

/// The quantity of a probe, where the whole of it is one, with a unit and no scale.
fn beside(probe: &str) -> Option<Quantity> {
    let mut mentions = scan(probe, DecimalMark::Point);
    let whole = mentions.len() == 1 && mentions[0].range == (0..probe.len());
    match mentions.pop().filter(|_| whole)?.kind {
        MentionKind::Quantity(quantity) if !quantity.scaled && quantity.unit != Unit::Bare => Some(quantity),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_read_as_in_a_deck() {
        for (text, expected, scale) in [
            ("USD", "USD", 1),
            ("usd", "USD", 1),
            ("€", "EUR", 1),
            ("US$", "USD", 1),
            ("percent", "percent", 1),
            ("%", "percent", 1),
            ("pp", "pp", 1),
            ("x", "x", 1),
            ("month", "months", 1),
            ("Days", "days", 1),
            ("TEU", "TEU", 1),
            ("tonnes", "t", 1),
            ("FTE", "count", 1),
            ("customers", "count", 1),
            ("USD/share", "USD/share", 1),
            ("CAD per lift", "CAD/lift", 1),
            ("g/tkm", "g/tkm", 1),
            ("EUR m", "EUR", 1_000_000),
            ("€m", "EUR", 1_000_000),
            ("$'000", "USD", 1_000),
            ("GBP thousands", "GBP", 1_000),
            ("in USD millions", "USD", 1_000_000),
            ("thousands", "count", 1_000),
            ("m", "m", 1),
            ("tickets per desk", "count/desk", 1),
        ] {
            let stated = read(text);
            assert_eq!((stated.unit.to_string().as_str(), stated.scale), (expected, Decimal::from(scale)), "{text}");
        }
    }
}
