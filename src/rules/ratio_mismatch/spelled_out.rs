//! Ratios that a text spells out: `$56.7k ($67.2m over 1,184 customers)`, `27%: 31 of 114`, `… past due. The allowance covers 121% of
//! it`.
//!
//! Enters: the quantities of a text. Leaves: what their operands give. Invariant: a ratio that is far from that is one of something else.

use rust_decimal::Decimal;

use super::{Said, Stated, contradicts, exactly, money};
use crate::check::interval;
use crate::extract::Mention;
use crate::interval::Interval;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::stops;
use crate::words::words;

/// Bytes on either side of a number that are looked at.
const NEAR: usize = 96;

/// The text right behind a mention.
pub(super) fn behind<'t>(text: &'t str, mention: &Mention) -> &'t str {
    let rest = text.get(mention.range.end..).unwrap_or_default();
    rest.get(..rest.floor_char_boundary(NEAR)).unwrap_or_default()
}

/// The text right before a mention, as far as its sentence goes.
pub(super) fn before<'t>(text: &'t str, mention: &Mention) -> &'t str {
    let from = text.ceil_char_boundary(mention.range.start.saturating_sub(NEAR));
    let near = text.get(from..mention.range.start).unwrap_or_default();
    stops::begun(near)
}

/// `$56.7k ($67.2m over 1,184 customers)`, `18.4% ($6.2m of $33.7m)`, `2.3x (350.0 / 153.9)`: the ratio with how it is made.
pub(super) fn ratio(
    ratio: Said<'_>,
    (ab, bc): (&str, &str),
    (a, b): (Said<'_>, Said<'_>),
    tail: &str,
) -> Option<Interval> {
    let (divided, whole) = match bc.trim() {
        "over" | "/" | "÷" | "divided by" | "across" | "on" => (true, true),
        "of" | "out of" | "from" => (false, true),
        _ => (false, false),
    };
    // Nothing else stands within the brackets: no third operand, no other time.
    let inside = tail.split_once(')').map(|(inside, _)| inside).filter(|inside| !inside.contains('('))?;
    let alone = words(inside).len() <= 4 && !inside.contains([',', ';', ':', '+', '−', '–', '*', '×']);
    if ab.trim() != "(" || !whole || !alone || !exactly(ratio.1) || !exactly(a.1) {
        return None;
    }
    let counted = matches!(b.1.unit, Unit::Count | Unit::Bare);
    let (top, bottom) = (interval(&a.1.magnitude())?, as_written(b.1)?);
    let expected = match &ratio.1.unit {
        Unit::Percent if a.1.unit == b.1.unit && a.1.unit != Unit::Percent => top.share_of(bottom)?,
        Unit::Multiple if divided && a.1.unit == b.1.unit => top.over(bottom)?,
        unit if divided && counted && per_unit(unit) == &a.1.unit && money(a.1).is_some() => top.over(bottom)?,
        _ => return None,
    };
    near_enough(ratio.1, expected).then_some(expected)
}

/// What a number stands for, where "over" before it says that it divides and not that it is a bound.
fn as_written(quantity: &Quantity) -> Option<Interval> {
    match quantity.qualifier {
        Qualifier::Exact => interval(&quantity.magnitude()),
        Qualifier::MoreThan => {
            let half = quantity.resolution.checked_div(Decimal::TWO)?;
            Interval::around(quantity.value?.abs(), if quantity.unit == Unit::Count { Decimal::ZERO } else { half })
        }
        _ => None,
    }
}

/// `$412 per customer` is in dollars.
fn per_unit(unit: &Unit) -> &Unit {
    match unit {
        Unit::Per(unit, _) => unit,
        unit => unit,
    }
}

/// Whether a ratio is as near to what its operands give as a slip would leave it; else it is one of something else.
pub(super) fn near_enough(ratio: &Quantity, expected: Interval) -> bool {
    ratio.value.is_some_and(|value| expected.is_within(Decimal::TWO, value.abs()))
}

/// `EUR 5.05m are past due. The allowance of EUR 6.12m covers 131% of them`: what is covered is the only amount of the sentence before.
pub(super) fn covers<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for (at, two) in quantities.windows(2).enumerate() {
        let [cover, share] = two else { continue };
        let Some(between) = text.get(cover.0.range.end..share.0.range.start) else { continue };
        let verb =
            matches!(words(between).last().map(|word| word.stem.as_str()), Some("cover" | "covered" | "covering"));
        let pronoun = words(behind(text, share.0)).first().is_some_and(|word| word.stem == "of")
            && words(behind(text, share.0))
                .get(1)
                .is_some_and(|word| matches!(word.stem.as_str(), "them" | "it" | "that" | "this" | "these" | "those"));
        if !verb || !pronoun || stops::parts(between) || share.1.unit != Unit::Percent || !exactly(cover.1) {
            continue;
        }
        // Backwards: none in its own sentence, one in the sentence before.
        let parted = |from: usize, to: usize| text.get(from..to).is_none_or(stops::parts);
        let amount = |other: &&Said<'a>| money(other.1).is_some() && money(other.1) == money(cover.1);
        let mut before = quantities[..at].iter().rev().take(12).filter(amount);
        let (Some(covered), next) = (before.next(), before.next()) else { continue };
        let own = !parted(covered.0.range.end, cover.0.range.start);
        let several = next.is_some_and(|next| !parted(next.0.range.end, covered.0.range.start));
        let expected = interval(cover.1).zip(interval(covered.1)).and_then(|(cover, covered)| cover.share_of(covered));
        if let Some(expected) = expected.filter(|_| !own && !several && exactly(covered.1))
            && contradicts(share.1, expected)
            && near_enough(share.1, expected)
        {
            found.push((share.0, vec![cover.0, covered.0], expected));
        }
    }
    found
}

/// `Of 13 grants applied for, 6 were won (46%)`.
pub(super) fn led_rate(
    text: &str,
    (whole, part): (Said<'_>, Said<'_>),
    (ab, bc): (&str, &str),
    share: Said<'_>,
) -> Option<Interval> {
    let opening = before(text, whole.0).trim();
    let opened = matches!(opening, "Of" | "Of the" | "Of our" | "Of all" | "Out of");
    let near =
        words(ab).len() <= 6 && ab.trim_end().ends_with(',') && words(bc).len() <= 6 && bc.trim_end().ends_with('(');
    let alone = behind(text, share.0).trim_start().starts_with(')');
    if share.1.unit != Unit::Percent
        || !opened
        || !near
        || !alone
        || !whole.1.is_exact_count()
        || !part.1.is_exact_count()
    {
        return None;
    }
    let (whole, part) = (whole.1.value?, part.1.value?);
    let expected = (part <= whole).then(|| Interval::exact(part).share_of(Interval::exact(whole))).flatten()?;
    near_enough(share.1, expected).then_some(expected)
}

/// `27%: 31 of 114`.
pub(super) fn rate(share: Said<'_>, (ab, bc): (&str, &str), (part, whole): (Said<'_>, Said<'_>)) -> Option<Interval> {
    let joined = matches!(ab.trim(), ":" | "(" | "," | ", or") && matches!(bc.trim(), "of" | "out of" | "of the");
    if share.1.unit != Unit::Percent || !joined || !part.1.is_exact_count() || !whole.1.is_exact_count() {
        return None;
    }
    Interval::exact(part.1.value?).share_of(Interval::exact(whole.1.value?))
}

/// `31 of 114 opportunities (27%)`, `61 of 68 sailings left on time, or 90%`.
pub(super) fn rate_behind(
    text: &str,
    (part, whole): (Said<'_>, Said<'_>),
    (ab, bc): (&str, &str),
    share: Said<'_>,
) -> Option<Interval> {
    let of = ab.split_whitespace().next_back() == Some("of") || matches!(ab.trim(), "of the" | "of our" | "out of");
    let near = words(ab).len() <= 3 && words(bc).len() <= 8;
    // `All but 4 of the 16 sites, 75%`.
    let rest =
        words(before(text, part.0)).iter().rev().take(2).any(|word| matches!(word.stem.as_str(), "but" | "except"));
    let bc = bc.trim_end();
    let joined = bc.ends_with(['(', ',', ':']) || bc.ends_with(", or");
    if share.1.unit != Unit::Percent
        || !of
        || !near
        || !joined
        || rest
        || !part.1.is_exact_count()
        || !whole.1.is_exact_count()
    {
        return None;
    }
    let (part, whole) = (part.1.value?, whole.1.value?);
    (part <= whole).then(|| Interval::exact(part).share_of(Interval::exact(whole))).flatten()
}
