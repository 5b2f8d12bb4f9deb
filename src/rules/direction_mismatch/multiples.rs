//! `Doubled`, `halved`, `rose from A to B`: words between two stated numbers that nothing need name.
//!
//! Enters: a text with its mentions. Leaves: the words that the two numbers contradict. Invariant: both numbers are exact, of one
//! unit and size, stand at one level of brackets, and are joined to the word by `from`, `to` or `on`.

use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::check::interval;
use crate::extract::{Mention, MentionKind, quantities};
use crate::movement::moved::{Moved, joins, tail};
use crate::movement::paired::{told, unlike};
use crate::quantity::{Qualifier, Quantity, Sign, Unit};
use crate::words::{Word, words};

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
    let mut found: Vec<Contradicted> =
        (0..quantities.len()).filter_map(|at| multiple(text, mentions, &quantities, at)).collect();
    let multiplied: BTreeSet<usize> = found.iter().map(|it| it.later.start).collect();
    let moved = told(text, mentions, &quantities).into_iter().filter(Moved::is_contradicted);
    found.extend(moved.filter(|moved| !multiplied.contains(&moved.later.0.range.start)).map(|moved| {
        let fact = if moved.up { "the later is less than the earlier" } else { "the later is more than the earlier" };
        let (later, earlier) = (moved.later.0.range.clone(), moved.earlier.0.range.clone());
        Contradicted { words: moved.words, later, earlier, fact: fact.to_owned() }
    }));
    found.extend(unlike(text, mentions, &quantities).into_iter().map(|it| Contradicted {
        words: it.words,
        later: it.later.0.range.clone(),
        earlier: it.earlier.0.range.clone(),
        fact: "the two are more than a twentieth apart".to_owned(),
    }));
    found
}

/// `doubled to A from B`, `halved from A to B`, of the multiple there.
fn multiple(text: &str, mentions: &[Mention], quantities: &[(&Mention, &Quantity)], at: usize) -> Option<Contradicted> {
    let [(word, times), (a, first), (b, second)] = quantities.get(at..at + 3)? else { return None };
    let (later, earlier, link) = match joins(text.get(a.range.end..b.range.start)?)? {
        "to" => ((b, *second), (a, *first), "from"),
        _ => ((a, *first), (b, *second), "to"),
    };
    let joined = || links(text, mentions, word.range.end..a.range.start, link);
    if !is_multiple(times) || !joined() || !comparable(later.1, earlier.1) {
        return None;
    }
    let fact = wrong_multiple(text.get(..word.range.start)?, times, later.1, earlier.1)?;
    let (later, earlier) = (later.0.range.clone(), earlier.0.range.clone());
    Some(Contradicted { words: word.range.clone(), later, earlier, fact })
}

/// Whether nothing but a time and a link part a multiple from the first of its numbers: `halved, from A`, `doubled on last year, from A`.
fn links(text: &str, mentions: &[Mention], gap: Range<usize>, link: &str) -> bool {
    let said = words(text.get(gap.clone()).unwrap_or_default());
    let Some((last, before)) = said.split_last() else { return false };
    let in_time = |word: &Word| {
        let at = gap.start + word.range.start;
        let time = |mention: &Mention| matches!(mention.kind, MentionKind::Period(..)) && mention.range.contains(&at);
        mentions.iter().take_while(|mention| mention.range.start <= at).any(time)
    };
    let light = |word: &Word| {
        matches!(word.stem.as_str(), "on" | "over" | "in" | "since" | "the" | "again" | "year" | "almost")
    };
    last.stem == link && before.iter().all(|word| light(word) || in_time(word)) && before.len() <= 8
}

fn comparable(a: &Quantity, b: &Quantity) -> bool {
    let plain = |quantity: &Quantity| {
        quantity.qualifier == Qualifier::Exact && matches!(quantity.sign, Sign::None | Sign::Plus) && !quantity.in_words
    };
    plain(a) && plain(b) && a.unit == b.unit
}

fn is_multiple(quantity: &Quantity) -> bool {
    quantity.unit == Unit::Multiple && quantity.in_words
}

/// Whether two numbers are far from the multiple that a word says: a doubling may be one of 1.8 or 2.3, "more than" one of no less.
fn wrong_multiple(head: &str, times: &Quantity, later: &Quantity, earlier: &Quantity) -> Option<String> {
    let ratio = interval(later)?.over(interval(earlier)?)?;
    let times = times.value?;
    let tenth = |tenths: i64| times.checked_mul(Decimal::new(tenths, 1));
    let before = words(tail(head));
    let near = |stems: &[&str]| before.iter().rev().take(2).any(|word| stems.contains(&word.stem.as_str()));
    let (low, high) = match () {
        // A half that is more than one leaves less.
        () if times < Decimal::ONE && near(&["almost", "nearly"]) => (tenth(9)?, tenth(13)?),
        () if times < Decimal::ONE && near(&["than"]) => (Decimal::ZERO, times),
        () if near(&["almost", "nearly"]) => (tenth(7)?, tenth(11)?),
        () if near(&["than"]) => (times, Decimal::MAX),
        () => (tenth(9)?, tenth(12)?),
    };
    let wrong = ratio.high < low || ratio.low > high;
    let shown = ratio.low.round_dp(1).normalize();
    wrong.then(|| format!("the later is {shown} times the earlier"))
}
