//! What one of several comes to, beside how many there are: `fares of £118.4m over 1,284,600 passengers are £92.17 a head`, `Shops took
//! £128,415. With 43 shops open that is £2,986 a shop`.
//!
//! Enters: the quantities of a text. Leaves: averages that the count before them and the amount before that contradict. Invariant: where
//! any amount that can be meant gives the average, it is right; without a slip, only one amount can be.

use rust_decimal::Decimal;

use super::{Said, Stated, contradicts, exactly, money, slip};
use crate::cause;
use crate::check::interval;
use crate::interval::Interval;
use crate::quantity::{Quantity, Unit};
use crate::stops;
use crate::words::{stems, words};

/// Words between the count and the average, at most.
const FILL: usize = 8;

/// Quantities before the average that are looked at.
const BACK: usize = 8;

pub(super) fn averages<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Stated<'a>> {
    (0..quantities.len()).filter_map(|at| average(text, quantities, at)).collect()
}

fn average<'a>(text: &str, quantities: &[Said<'a>], at: usize) -> Option<Stated<'a>> {
    let ratio = *quantities.get(at)?;
    let noun = each(text, ratio)?;
    let own = amount(ratio.1);
    let back = quantities.get(at.saturating_sub(BACK)..at)?;
    let count = *back.iter().rev().find(|it| is_count(text, it))?;
    let between = text.get(count.0.range.end..ratio.0.range.start)?;
    let said = words(between);
    let joined = said.iter().any(|word| says(&word.stem)) && said.len() <= FILL && !stops::parts(between);
    let moved = said.iter().any(|word| moves(&word.stem));
    let counted = count.1.noun.as_deref().map(stems).and_then(|own| own.last().cloned());
    let alike = noun.is_none() || noun == counted || noun.is_some_and(|noun| said.iter().any(|word| word.stem == noun));
    if !joined || moved || !alike {
        return None;
    }
    let total = |it: &&Said<'a>| exactly(it.1) && money(it.1).is_some() && money(it.1) == money(&own);
    let here = |it: &&Said<'a>| text.get(it.0.range.end..ratio.0.range.start).is_some_and(|gap| !stops::parts(gap));
    let mut totals: Vec<Said<'a>> = back.iter().filter(total).filter(here).copied().collect();
    if totals.is_empty() {
        totals = back.iter().filter(total).filter(|it| is_before(text, it, count)).copied().collect();
    }
    let given = |it: &Said<'a>| interval(it.1)?.over(Interval::exact(count.1.value?));
    let given: Vec<(Said<'a>, Interval)> = totals.into_iter().filter_map(|it| Some((it, given(&it)?))).collect();
    if given.iter().any(|(_, expected)| !contradicts(&own, *expected)) {
        return None;
    }
    let slipped = |expected: Interval| slip(&own, expected).is_some() && cause::significant(&own) >= 3;
    let slips = given.iter().find(|(_, expected)| slipped(*expected));
    let (total, expected) = slips.or_else(|| given.first().filter(|only| given.len() == 1 && is_near(&own, only.1)))?;
    Some((ratio.0, vec![total.0, count.0], *expected))
}

/// Whether a number stands in the sentence right before that of another.
fn is_before(text: &str, it: &Said<'_>, other: Said<'_>) -> bool {
    let ends = |gap: &str| stops::ends(gap).take(2).count();
    text.get(it.0.range.end..other.0.range.start).is_some_and(|gap| stops::parts(gap) && ends(gap) <= 1)
}

/// What the amount is for, by its unit or by what stands behind it: `a shop`, `per head`, `each`. `Some(None)`: for any.
fn each(text: &str, ratio: Said<'_>) -> Option<Option<String>> {
    if !exactly(ratio.1) || ratio.1.value? <= Decimal::ZERO || money(&amount(ratio.1)).is_none() {
        return None;
    }
    let rest = text.get(ratio.0.range.end..)?;
    let said = words(rest.split([',', ';', '(', ':']).next()?.split(". ").next()?);
    let stem = |at: usize| said.get(at).map_or("", |word| word.stem.as_str());
    if said.iter().take(6).any(|word| is_time(&word.stem)) {
        return None;
    }
    let general = |noun: &str| matches!(noun, "head" | "piece" | "unit" | "person").then_some(None);
    match &ratio.1.unit {
        Unit::Per(_, of) => {
            let of = stems(of).pop()?;
            if is_time(&of) { None } else { general(&of).or(Some(Some(of))) }
        }
        _ => match (stem(0), stem(1)) {
            ("each" | "apiece", _) => Some(None),
            ("a" | "an" | "per" | "for", noun) if !noun.is_empty() => {
                // `£2,986 for each shop`.
                let noun = if noun == "each" || noun == "every" { stem(2) } else { noun };
                (stem(0) != "for" || stem(1) == "each" || stem(1) == "every")
                    .then(|| general(noun).or(Some(Some(noun.to_owned()))))
                    .flatten()
            }
            _ => None,
        },
    }
}

fn amount(quantity: &Quantity) -> Quantity {
    match &quantity.unit {
        Unit::Per(unit, _) => Quantity { unit: unit.as_ref().clone(), ..quantity.clone() },
        _ => quantity.clone(),
    }
}

/// A count, and none that a bracket sets beside another: `42 partners (41)`.
fn is_count(text: &str, it: &Said<'_>) -> bool {
    let bracketed = text.get(..it.0.range.start).is_some_and(|before| before.ends_with('('));
    it.1.is_exact_count() && !bracketed && it.1.value.is_some_and(|value| value > Decimal::ONE)
}

fn is_time(stem: &str) -> bool {
    matches!(
        stem,
        "month" | "week" | "day" | "hour" | "year" | "quarter" | "annum" | "night" | "monthly" | "weekly" | "annually"
    )
}

/// Words that say that the average follows from what stands before it.
fn says(stem: &str) -> bool {
    matches!(
        stem,
        "is" | "i"
            | "was"
            | "are"
            | "or"
            | "average"
            | "averaging"
            | "averaged"
            | "gives"
            | "giving"
            | "make"
            | "equal"
            | "equals"
    )
}

fn moves(stem: &str) -> bool {
    matches!(
        stem,
        "from"
            | "than"
            | "against"
            | "up"
            | "down"
            | "rose"
            | "fell"
            | "more"
            | "less"
            | "another"
            | "compared"
            | "with"
            | "further"
            | "plus"
            | "of"
            | "cost"
            | "price"
            | "tariff"
    )
}

/// Whether the average is as near as a wrong one would be.
fn is_near(own: &Quantity, expected: Interval) -> bool {
    own.value.is_some_and(|value| expected.is_within(Decimal::new(12, 1), value))
}

#[cfg(test)]
mod tests {
    use super::super::RatioMismatch;
    use crate::footing::tests::check;

    #[test]
    fn averages_of_a_count() {
        for (text, right, wrong, found) in [
            (
                "Fares of £118.4m over 1,284,600 passengers are {} a head, against £89.75 last year.",
                "£92.17",
                "£95.17",
                "£95.17 a head: digit-typo",
            ),
            (
                "The kiosks took £131,415 against £125,000 budgeted. With 43 kiosks open that is {} a kiosk.",
                "£3,056",
                "£3,506",
                "£3,506: transposed-digits",
            ),
            (
                "Profit rose to £27.8m from £25.7m. With 42 partners (41) that is {} each.",
                "£662k",
                "£626k",
                "£626k: transposed-digits",
            ),
            ("We raised £62,412 from 1,486 gifts, or {} a gift.", "£42", "£46", "£46 a gift"),
        ] {
            check(&RatioMismatch, &format!("{}\n", text.replace("{}", right)), &[]);
            check(&RatioMismatch, &format!("{}\n", text.replace("{}", wrong)), &[found]);
        }
    }

    #[test]
    fn amounts_that_are_no_average_of_the_count() {
        for text in [
            "Fares of £118.4m over 1,284,600 passengers are £7.68 a head a month.",
            "The kiosks took £131,415. With 43 kiosks open we spent £3,506 a table on chairs.",
            "We raised £62,412 from 1,486 gifts, up from £38 a gift.",
            "The levy of £62,412 is on 1,486 members and is £90 a year each.",
            "We raised £62,412 and £11,100 from 1,486 gifts, or £49.47 a gift.",
        ] {
            check(&RatioMismatch, &format!("{text}\n"), &[]);
        }
    }
}
