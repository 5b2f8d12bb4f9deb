//! `Rose from A to B`, `eased to A from B`, `A, up 2% from B`: a word of movement whose two numbers move the other way.
//!
//! Enters: a text with its quantities. Leaves: for a number, the word that it and the next contradict. Invariant: between the word
//! and its numbers stands nothing that could make them numbers of two things.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Contradicted, comparable, tail};
use crate::check::interval;
use crate::extract::Mention;
use crate::quantity::{Quantity, Unit};
use crate::words::{Word, words};

/// Words that say up, as verbs, nouns and adverbs. What is `better` or `stronger` depends on the thing.
const UP: &[&str] = &[
    "up",
    "rose",
    "rise",
    "risen",
    "rising",
    "grew",
    "grow",
    "grown",
    "growing",
    "growth",
    "increase",
    "increased",
    "increasing",
    "climb",
    "climbed",
    "climbing",
    "jump",
    "jumped",
    "expanded",
    "expansion",
    "surged",
    "soared",
    "leapt",
    "spiked",
    "swelled",
    "ballooned",
    "widened",
    "lengthened",
    "higher",
    "raised",
    "lifted",
    "boosted",
    "gained",
    "doubled",
];
/// Words that say down.
const DOWN: &[&str] = &[
    "down",
    "fell",
    "fall",
    "fallen",
    "falling",
    "decrease",
    "decreased",
    "decreasing",
    "decline",
    "declined",
    "declining",
    "drop",
    "dropped",
    "dropping",
    "reduced",
    "reduction",
    "shrank",
    "shrunk",
    "slipped",
    "slid",
    "sank",
    "eased",
    "dipped",
    "dip",
    "narrowed",
    "shortened",
    "contracted",
    "contraction",
    "plunged",
    "plummeted",
    "slumped",
    "tumbled",
    "softened",
    "moderated",
    "receded",
    "lower",
    "lowered",
    "cut",
    "trimmed",
    "halved",
];

/// Words behind which another thing is spoken of.
const ELSEWHERE: &[&str] = &[
    "and",
    "or",
    "as",
    "while",
    "whilst",
    "whereas",
    "because",
    "which",
    "but",
    "that",
    "with",
    "after",
    "before",
    "since",
    "when",
    "where",
    "who",
    "so",
    "than",
    "against",
    "versu",
    "versus",
    "vs",
    "v",
    "compared",
    "despite",
    "due",
    "driven",
    "plan",
    "budget",
    "target",
    "forecast",
    "guidance",
    "not",
    "never",
    "if",
    "without",
    "excluding",
    "including",
    "loss",
    "deficit",
    "profit",
    "surplus",
    "inflow",
    "outflow",
    "negative",
    "overdrawn",
];

/// Words between a verb and its number, at most: `fell 60 basis points to`, `reduced the number of open posts to`.
const SLOT: usize = 8;

/// Words between a number and the link to the next, at most: `29.7% of sales from 29.1%`.
const FILL: usize = 6;

/// Bytes around a sentence's numbers that are looked at.
const NEAR: usize = 60;

/// What the number there and one behind it contradict.
pub(super) fn wrong(text: &str, quantities: &[(&Mention, &Quantity)], at: usize) -> Option<Contradicted> {
    let (first, next) = (quantities.get(at)?, quantities.get(at + 1)?);
    let pair = |later: &(&Mention, &Quantity), earlier: &(&Mention, &Quantity), words: Option<(Range<usize>, bool)>| {
        let (words, up) = words?;
        judged(text, (later, earlier), words, up)
    };
    if is_listed(text, quantities, at, at + 1) {
        return None;
    }
    let gap = || text.get(first.0.range.end..next.0.range.start);
    let head = text.get(..first.0.range.start)?;
    if let Some(link) = joins(gap()?) {
        let found = match link {
            "to" => pair(next, first, verb_before(head, "from")),
            _ => pair(first, next, verb_before(head, "to")),
        };
        if found.is_some() {
            return found;
        }
    }
    // `A, up from B`, `A, down 2% on B`.
    (1..=2).find_map(|step| {
        let other = quantities.get(at + step)?;
        if is_listed(text, quantities, at, at + step) {
            return None;
        }
        let gap = text.get(first.0.range.end..other.0.range.start)?;
        pair(first, other, verb_between(gap, first.0.range.end))
    })
}

/// Whether the two are of one size and go against the words.
fn judged(
    text: &str,
    (later, earlier): (&(&Mention, &Quantity), &(&Mention, &Quantity)),
    words: Range<usize>,
    up: bool,
) -> Option<Contradicted> {
    let written = |mention: &Mention| text.get(mention.range.clone()).unwrap_or_default();
    // A ratio of `1:12` goes up as its number goes down; a rank is no size.
    let ratio = written(later.0).contains(':') || written(earlier.0).contains(':');
    let noun = |quantity: &Quantity| quantity.noun.as_deref().map(crate::words::stems);
    let one_thing = noun(later.1).zip(noun(earlier.1)).is_none_or(|(a, b)| a == b);
    if ratio
        || !one_thing
        || !comparable(later.1, earlier.1)
        || is_worded(later.1)
        || is_ranked(text, words.start..later.0.range.end.max(earlier.0.range.end))
    {
        return None;
    }
    let (a, b) = (interval(later.1)?, interval(earlier.1)?);
    // `$3.2 from $2.9 million` leaves the scale of one to the other.
    let far = |low: Decimal, high: Decimal| low.checked_mul(Decimal::from(20)).is_none_or(|limit| high > limit);
    if far(a.low, b.high) || far(b.low, a.high) {
        return None;
    }
    let (wrong, fact) = match up {
        true => (a.high < b.low, "the later is less than the earlier"),
        false => (a.low > b.high, "the later is more than the earlier"),
    };
    let (later, earlier) = (later.0.range.clone(), earlier.0.range.clone());
    wrong.then(|| Contradicted { words, later, earlier, fact: fact.to_owned() })
}

fn is_worded(quantity: &Quantity) -> bool {
    quantity.unit == Unit::Multiple && quantity.in_words
}

/// Whether ranks are spoken of, near a stretch.
fn is_ranked(text: &str, stretch: Range<usize>) -> bool {
    const RANKS: &[&str] = &["rank", "ranked", "ranking", "position", "place", "league", "quartile"];
    let start = (stretch.start.saturating_sub(NEAR)..=stretch.start).find(|&at| text.is_char_boundary(at));
    let end = (stretch.end..=(stretch.end + NEAR).min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    let near = start.zip(end).and_then(|(start, end)| text.get(start..end)).unwrap_or_default();
    words(near).iter().any(|word| RANKS.contains(&word.stem.as_str()))
}

/// Whether either number is one of a list: `to $5M and $4M from $6M and $3M` pairs them otherwise.
fn is_listed(text: &str, quantities: &[(&Mention, &Quantity)], first: usize, second: usize) -> bool {
    let joined = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (quantities.get(a), quantities.get(b)) else { return false };
        let gap = text.get(a.0.range.end..b.0.range.start).unwrap_or_default().trim();
        a.1.unit == b.1.unit && matches!(gap, "and" | "," | ", and" | "or" | "/" | "&")
    };
    first.checked_sub(1).is_some_and(|before| joined(before, first)) || joined(second, second + 1)
}

/// `to`, `from`, ` of sales from`: what joins two numbers of one thing.
fn joins(gap: &str) -> Option<&'static str> {
    let plain = gap.trim_end().strip_suffix("from").map_or(gap, |rest| rest.trim_end().trim_end_matches([',', '(']));
    if is_broken(plain) {
        return None;
    }
    let words = words(gap);
    let last = words.last()?;
    let elsewhere = words.iter().any(|word| ELSEWHERE.contains(&word.stem.as_str()) || direction(&word.stem).is_some());
    match last.stem.as_str() {
        _ if elsewhere || words.len() > FILL => None,
        "from" => Some("from"),
        "to" => Some("to"),
        _ => None,
    }
}

/// Whether something ends or is set apart in a stretch.
fn is_broken(stretch: &str) -> bool {
    stretch.contains([',', ';', ':', '(', ')', '\n', '–', '—']) || stretch.contains(". ")
}

fn direction(stem: &str) -> Option<bool> {
    if UP.contains(&stem) {
        return Some(true);
    }
    DOWN.contains(&stem).then_some(false)
}

/// The word of movement whose number follows the text behind `link`, with its bytes and whether it says up.
fn verb_before(head: &str, link: &str) -> Option<(Range<usize>, bool)> {
    let near = tail(head);
    let offset = head.len() - near.len();
    let words = words(near);
    let bare = words.iter().rposition(|word| !matches!(word.stem.as_str(), "a" | "an" | "the" | "just" | "only"))?;
    if words.get(bare)?.stem != link {
        return None;
    }
    let (word, up) = verb(near, words.get(..bare)?)?;
    Some((word.range.start + offset..word.range.end + offset, up))
}

/// The last word of movement, where only its object stands behind it.
fn verb<'w>(text: &str, words: &'w [Word]) -> Option<(&'w Word, bool)> {
    for word in words.iter().rev().take(SLOT) {
        if let Some(up) = direction(&word.stem) {
            return (!is_broken(text.get(word.range.end..)?)).then_some((word, up));
        }
        if ELSEWHERE.contains(&word.stem.as_str()) {
            return None;
        }
    }
    None
}

/// `, up from`, ` in Q3, down 2% on the`: a word of movement between two numbers, the later first.
fn verb_between(gap: &str, start: usize) -> Option<(Range<usize>, bool)> {
    let words = words(gap);
    let link = words.iter().rposition(|word| matches!(word.stem.as_str(), "from" | "on"))?;
    let (before, behind) = (words.get(..link)?, words.get(link + 1..)?);
    // `down from the`, `up on last year's`.
    let short = behind.len() <= 3 && behind.iter().all(|word| !ELSEWHERE.contains(&word.stem.as_str()));
    let (word, up) = verb(gap.get(..words.get(link)?.range.start)?, before)?;
    let fill = gap.get(..word.range.start)?;
    let filling = super::words(fill);
    let plain = filling.len() <= FILL
        && filling.iter().all(|word| !ELSEWHERE.contains(&word.stem.as_str()))
        && fill.trim_end().ends_with([',', '(']);
    // The first number stands within brackets that end before the word, or the sentence does: it is another's.
    let closed = fill.contains([')', ';', ':', '\n', '–', '—'])
        || fill.contains(". ")
        || fill.trim_end_matches([',', '(', ' ']).contains([',', '(']);
    let tail = gap.get(words.get(link)?.range.end..)?;
    (short && plain && !closed && !is_broken(tail)).then(|| (word.range.start + start..word.range.end + start, up))
}
