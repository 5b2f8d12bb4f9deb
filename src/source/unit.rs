//! What a source writes as a unit: ISO 4217 codes, `percent`, `x`, `months`, `EUR m`, `TEU`.
//!
//! Enters: the text of a `unit` key or cell. Leaves: a [`StatedUnit`].
//! Invariant: a unit reads the same here as beside a number in the deck, since both go through the quantity language.

use rust_decimal::Decimal;

use crate::extract::{DecimalMark, MentionKind, scan};
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
    let singular = |word: &str| matches!(word.strip_suffix('s'), Some(one) if one == lower && one.len() > 2);
    if let Some((_, unit)) = WORDS.iter().find(|(word, _)| *word == lower || singular(word)) {
        return Some(unit.clone());
    }
    let split = text.split_once('/').or_else(|| text.split_once(" per "));
    if let Some((unit, each)) = split.filter(|(unit, each)| !unit.trim().is_empty() && !each.trim().is_empty()) {
        let whole = read(unit);
        if whole.scale == Decimal::ONE {
            return Some(Unit::Per(Box::new(whole.unit), each.trim().to_owned()));
        }
    }
    currency(text).or_else(|| beside(&format!("7 {text}")).map(|quantity| quantity.unit))
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
