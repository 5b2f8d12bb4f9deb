//! `Doubled`, `halved`, `rose from A to B`: words between two stated numbers that nothing need name.
//!
//! Enters: a text with its mentions. Leaves: the words that the two numbers contradict. Invariant: both numbers are exact, of one
//! unit, and joined to the word by `from` and `to` alone.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::check::interval;
use crate::extract::{Mention, quantities};
use crate::quantity::{Qualifier, Quantity, Sign, Unit};
use crate::words::words;

/// A word that two numbers contradict, with the numbers: the later and the earlier.
pub(super) struct Contradicted {
    pub(super) words: Range<usize>,
    pub(super) later: Range<usize>,
    pub(super) earlier: Range<usize>,
    /// What the numbers do.
    pub(super) fact: String,
}

/// The words of a text that its numbers contradict.
pub(super) fn contradicted(text: &str, mentions: &[Mention]) -> Vec<Contradicted> {
    let quantities = quantities(mentions);
    let mut found = Vec::new();
    for (at, two) in quantities.windows(2).enumerate() {
        let [(a, first), (b, second)] = two else { continue };
        let Some(between) = text.get(a.range.end..b.range.start).map(str::trim) else { continue };
        let (later, earlier) = match between {
            "to" => ((b, *second), (a, *first)),
            "from" | ", from" | "(from" => ((a, *first), (b, *second)),
            _ => continue,
        };
        if !comparable(later.1, earlier.1) {
            continue;
        }
        let link = if later.0.range.start > earlier.0.range.start { "from" } else { "to" };
        let multiple = at.checked_sub(1).and_then(|before| quantities.get(before));
        let ranges = (later.0.range.clone(), earlier.0.range.clone());
        let said = match multiple {
            Some((word, times))
                if is_multiple(times) && text.get(word.range.end..a.range.start).map(str::trim) == Some(link) =>
            {
                let head = text.get(..word.range.start).unwrap_or_default();
                wrong_multiple(head, times, later.1, earlier.1).map(|fact| (word.range.clone(), fact))
            }
            _ => wrong_way(text, a.range.start, link, later.1, earlier.1),
        };
        found.extend(said.map(|(words, fact)| Contradicted { words, later: ranges.0, earlier: ranges.1, fact }));
    }
    found
}

fn comparable(a: &Quantity, b: &Quantity) -> bool {
    let plain = |quantity: &Quantity| {
        quantity.qualifier == Qualifier::Exact && matches!(quantity.sign, Sign::None | Sign::Plus) && !quantity.in_words
    };
    let level = !matches!(a.unit, Unit::Points | Unit::BasisPoints | Unit::Multiple);
    plain(a) && plain(b) && a.unit == b.unit && level
}

fn is_multiple(quantity: &Quantity) -> bool {
    quantity.unit == Unit::Multiple && quantity.in_words
}

/// The last few words of a text.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(48);
    (from..=text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

/// Whether two numbers are far from the multiple that a word says: a doubling may be one of 1.8 or 2.3, "more than" one of no less.
fn wrong_multiple(head: &str, times: &Quantity, later: &Quantity, earlier: &Quantity) -> Option<String> {
    let ratio = interval(later)?.over(interval(earlier)?)?;
    let times = times.value?;
    let tenth = |tenths: i64| times.checked_mul(Decimal::new(tenths, 1));
    let before = words(tail(head));
    let near = |stems: &[&str]| before.iter().rev().take(2).any(|word| stems.contains(&word.stem.as_str()));
    let (low, high) = match () {
        () if near(&["almost", "nearly"]) => (tenth(7)?, tenth(11)?),
        () if near(&["than"]) => (times, Decimal::MAX),
        () => (tenth(9)?, tenth(12)?),
    };
    let wrong = ratio.high < low || ratio.low > high;
    let shown = ratio.low.round_dp(1).normalize();
    wrong.then(|| format!("the later is {shown} times the earlier"))
}

/// `rose from 84 to 79`: the verb right before the numbers, and what they do.
fn wrong_way(
    text: &str,
    at: usize,
    link: &str,
    later: &Quantity,
    earlier: &Quantity,
) -> Option<(Range<usize>, String)> {
    const UP: &[&str] = &["rose", "rise", "risen", "grew", "grown", "increased", "climbed", "jumped", "expanded"];
    const DOWN: &[&str] = &["fell", "fallen", "decreased", "declined", "dropped", "shrank", "slipped", "reduced"];
    let head = text.get(..at)?;
    let near = words(tail(head));
    let [.., verb, last] = near.as_slice() else { return None };
    let offset = head.len() - tail(head).len();
    let (a, b) = (interval(later)?, interval(earlier)?);
    let (wrong, fact) = match verb.stem.as_str() {
        stem if UP.contains(&stem) => (a.high < b.low, "the later is less than the earlier"),
        stem if DOWN.contains(&stem) => (a.low > b.high, "the later is more than the earlier"),
        _ => return None,
    };
    (wrong && last.stem == link).then(|| (verb.range.start + offset..verb.range.end + offset, fact.to_owned()))
}
