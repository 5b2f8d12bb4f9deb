//! Margins behind the result that they are of, where what was sold stands elsewhere: `EBITDA was £7.3m, a margin of 15.0%`.
//!
//! Enters: a bound deck. Leaves: margins with their operands and what those give. Invariant: the result is one metric's level for the whole
//! business; where any metric that may be what was sold gives the margin, it is right.

use rust_decimal::Decimal;

use super::contradicts;
use super::of_whole::Wrong;
use crate::check::interval;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::movement::Movements;
use crate::quantity::{Qualifier, Unit};
use crate::scenario;
use crate::vocabulary::{MetricId, Name};
use crate::words::{stems, words};

pub(super) fn margins<'a>(deck: &'a Deck, movements: &Movements<'_>) -> Vec<Wrong<'a>> {
    let pairs = deck.claims.windows(2).filter_map(|two| match two {
        [result, margin] => wrong(deck, movements, result, margin),
        _ => None,
    });
    pairs.collect()
}

fn wrong<'a>(deck: &'a Deck, movements: &Movements<'_>, result: &Claim, margin: &'a Claim) -> Option<Wrong<'a>> {
    let id = result.metric.filter(|_| is_whole_level(result))?;
    let term = deck.vocabulary.term(id);
    let exact = margin.quantity.qualifier == Qualifier::Exact && !margin.quantity.in_words;
    let own = stems(&term.label);
    // `EBITDA margin` of EBITDA.
    let is_its = |id| stems(&deck.vocabulary.term(id).label).split_last().is_some_and(|(_, of)| own.starts_with(of));
    let known = margin.metric.is_none_or(is_its) && margin.measure == Measure::Level;
    let open = known && margin.cell.is_none() && !margin.blocked && margin.segment.is_none();
    if margin.quantity.unit != Unit::Percent || !exact || !open || !is_result(own.last()?) {
        return None;
    }
    let between = deck.between(result, margin)?;
    let led = between.trim_start().starts_with([',', '(']) && !between.contains([')', ';', '.', ':']);
    let said = words(between);
    let named = |stem: &str| matches!(stem, "a" | "an" | "at" | "margin" | "of") || own.iter().any(|word| word == stem);
    let margins = said.iter().any(|word| word.stem == "margin") && said.iter().all(|word| named(&word.stem));
    if !led || !margins {
        return None;
    }
    let amount = interval(&result.quantity.magnitude())?;
    let period = result.period?;
    let given: Vec<_> = sold(deck, id)
        .into_iter()
        .filter_map(|whole| {
            let (level, places) = movements.level_of(whole, period, scenario::ACTUAL, None)?;
            Some((whole, amount.share_of(level)?, places))
        })
        .collect();
    let near = |expected| margin.quantity.value.is_some_and(|value| near(expected, value));
    if given.iter().any(|(_, expected, _)| !contradicts(&margin.quantity, *expected)) {
        return None;
    }
    let (whole, expected, places) = given.into_iter().find(|(_, expected, _)| near(*expected))?;
    let label = &deck.vocabulary.term(whole).label;
    let first = (deck.files.slice(result.place).trim().to_owned(), result.place);
    let sides = std::iter::once(first).chain(places.into_iter().map(|place| (label.clone(), place))).collect();
    Some(Wrong { slide: margin.slide, share: (&margin.quantity, margin.place), sides, expected })
}

fn near(expected: crate::interval::Interval, value: Decimal) -> bool {
    expected.is_within(Decimal::new(15, 1), value)
}

fn is_whole_level(claim: &Claim) -> bool {
    let level = claim.measure == Measure::Level && claim.segment.is_none() && !claim.loose;
    let plain = claim.quantity.qualifier == Qualifier::Exact && claim.is_actual() && claim.cell.is_none();
    level && plain && matches!(claim.quantity.unit, Unit::Currency(_))
}

fn is_result(stem: &str) -> bool {
    matches!(stem, "profit" | "ebitda" | "ebita" | "ebit" | "surplus" | "gop" | "result")
}

/// What was sold, by any of its names.
fn sold(deck: &Deck, result: MetricId) -> Vec<MetricId> {
    const SOLD: &[&str] =
        &["revenue", "total revenue", "net revenue", "group revenue", "sales", "net sales", "turnover", "total income"];
    let mut found: Vec<MetricId> = SOLD
        .iter()
        .filter_map(|name| match deck.vocabulary.exact(name) {
            Some(Name::Metric(id)) if id != result => Some(id),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::super::RatioMismatch;
    use crate::footing::tests::check;

    #[test]
    fn margins_of_what_a_table_states() {
        let deck = |text: &str| {
            format!(
                "# May 2025\n\n| £k | May 2025 |\n| Revenue | 4,860 |\n| EBITDA | 730 |\n| Cash | 640 |\n\n{text}\n"
            )
        };
        check(&RatioMismatch, &deck("EBITDA was £730k, a margin of 15.0%."), &[]);
        check(&RatioMismatch, &deck("EBITDA was £730k, a margin of 16.0%."), &["16.0%: digit-typo"]);
        // Of something else, or far from it.
        check(&RatioMismatch, &deck("EBITDA was £730k, a gross margin of 16.0%."), &[]);
        check(&RatioMismatch, &deck("EBITDA was £730k, a margin of 41.0%."), &[]);
        check(&RatioMismatch, &deck("Cash was £640k, a margin of 12.0%."), &[]);
    }
}
