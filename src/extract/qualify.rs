//! The words around an amount that say how exactly it is meant.
//!
//! Enters: a tape and an amount. Leaves: a qualifier; the words stay outside the amount's span.
//! Invariant: looks back a fixed number of words only.

use super::amount::Amount;
use super::fold::{Words, words};
use super::lex::{Kind, Tape};
use crate::quantity::{Qualifier, Unit};

use Qualifier::{About, AtLeast, AtMost, LessThan, MoreThan};

/// Phrases that stand directly before an amount (or its article), longest first where one ends another.
const BEFORE: &[(&[&str], Qualifier)] = &[
    (&["no", "less", "than"], AtLeast),
    (&["not", "less", "than"], AtLeast),
    (&["no", "fewer", "than"], AtLeast),
    (&["no", "more", "than"], AtMost),
    (&["not", "more", "than"], AtMost),
    (&["in", "the", "region", "of"], About),
    (&["on", "the", "order", "of"], About),
    (&["in", "the", "order", "of"], About),
    (&["a", "minimum", "of"], AtLeast),
    (&["a", "maximum", "of"], AtMost),
    (&["in", "excess", "of"], MoreThan),
    (&["an", "estimated"], About),
    (&["more", "than"], MoreThan),
    (&["greater", "than"], MoreThan),
    (&["higher", "than"], MoreThan),
    (&["less", "than"], LessThan),
    (&["fewer", "than"], LessThan),
    (&["lower", "than"], LessThan),
    (&["upwards", "of"], MoreThan),
    (&["north", "of"], MoreThan),
    (&["south", "of"], LessThan),
    (&["as", "much", "as"], AtMost),
    (&["as", "many", "as"], AtMost),
    (&["at", "least"], AtLeast),
    (&["our", "first"], AtLeast),
    (&["its", "first"], AtLeast),
    (&["at", "most"], AtMost),
    (&["up", "to"], AtMost),
    (&["close", "to"], About),
    (&["about"], About),
    (&["almost"], About),
    (&["approx"], About),
    (&["approximately"], About),
    (&["around"], About),
    (&["c"], About),
    (&["ca"], About),
    (&["circa"], About),
    (&["estimated"], About),
    (&["nearly"], About),
    (&["roughly"], About),
    (&["some"], About),
    (&["crossed"], MoreThan),
    (&["crosses"], MoreThan),
    (&["exceed"], MoreThan),
    (&["exceeded"], MoreThan),
    (&["exceeding"], MoreThan),
    (&["exceeds"], MoreThan),
    (&["over"], MoreThan),
    (&["passed"], MoreThan),
    (&["passes"], MoreThan),
    (&["surpassed"], MoreThan),
    (&["surpasses"], MoreThan),
    (&["topped"], MoreThan),
    (&["tops"], MoreThan),
    (&["above"], MoreThan),
    (&["under"], LessThan),
    (&["below"], LessThan),
    (&["sub"], LessThan),
];

/// Verbs of leaving a mark behind.
const PASSED: &[&str] = &["crossed", "crosses", "passed", "passes", "surpassed", "surpasses", "topped", "tops"];

/// What such a mark is called behind its number.
const MARKS: &[&str] = &["mark", "milestone", "barrier", "threshold", "level"];

/// The last words of those phrases.
const LAST_LIST: &[&str] = &[
    "about",
    "above",
    "almost",
    "approx",
    "approximately",
    "around",
    "as",
    "below",
    "c",
    "ca",
    "circa",
    "crossed",
    "crosses",
    "estimated",
    "exceed",
    "exceeded",
    "exceeding",
    "exceeds",
    "first",
    "least",
    "most",
    "nearly",
    "of",
    "over",
    "passed",
    "passes",
    "roughly",
    "some",
    "sub",
    "surpassed",
    "surpasses",
    "than",
    "to",
    "topped",
    "tops",
    "under",
];

static LAST: Words = words!(LAST_LIST);

/// What stands directly behind an amount.
const AFTER: &[(&[&str], Qualifier)] = &[
    (&["or", "more"], AtLeast),
    (&["or", "higher"], AtLeast),
    (&["or", "above"], AtLeast),
    (&["or", "better"], AtLeast),
    (&["or", "less"], AtMost),
    (&["or", "fewer"], AtMost),
    (&["or", "lower"], AtMost),
    (&["or", "below"], AtMost),
    (&["or", "so"], About),
    (&["give", "or", "take"], About),
];

/// How the words around an amount say that it is meant.
pub(super) fn around(tape: &Tape<'_>, amount: &Amount) -> Option<Qualifier> {
    before(tape, amount).or_else(|| {
        let behind = |words: &[&str]| words.iter().enumerate().all(|(at, word)| tape.is_word(amount.next + at, word));
        let starts = ["or", "give"].iter().any(|word| tape.is_word(amount.next, word));
        AFTER.iter().filter(|_| starts).find(|(words, _)| behind(words)).map(|(_, qualifier)| *qualifier)
    })
}

/// What a cell says before its one number when it states a limit.
const LEADING: &[(&[&str], Qualifier)] = &[
    (&["minimum", "of"], AtLeast),
    (&["maximum", "of"], AtMost),
    (&["not", "below"], AtLeast),
    (&["not", "under"], AtLeast),
    (&["not", "above"], AtMost),
    (&["not", "over"], AtMost),
    (&["not", "exceeding"], AtMost),
    (&["not", "to", "exceed"], AtMost),
    (&["must", "exceed"], MoreThan),
    (&["minimum"], AtLeast),
    (&["min"], AtLeast),
    (&["maximum"], AtMost),
    (&["max"], AtMost),
];

/// What a cell says behind its one number when it states a limit, besides [`AFTER`].
const TRAILING: &[(&str, Qualifier)] = &[
    ("minimum", AtLeast),
    ("min", AtLeast),
    ("floor", AtLeast),
    ("maximum", AtMost),
    ("max", AtMost),
    ("cap", AtMost),
    ("ceiling", AtMost),
];

/// The bound that the words a cell starts with say, and the token behind them.
pub(super) fn leading_bound(tape: &Tape<'_>) -> Option<(Qualifier, usize)> {
    tape.word_at(0)?;
    let starts = |words: &[&str]| words.iter().enumerate().all(|(at, word)| tape.is_word(at, word));
    let (words, bound) = LEADING.iter().chain(BEFORE).find(|(words, _)| starts(words))?;
    let next = words.len() + usize::from(matches!(tape.symbol(words.len()), Some('.' | ':')));
    (*bound != About).then_some((*bound, next))
}

/// The bound that words behind a cell's number say, in brackets or not, and the token behind them.
pub(super) fn trailing_bound(tape: &Tape<'_>, at: usize) -> Option<(Qualifier, usize)> {
    let phrase = |words: &[&str]| words.iter().enumerate().all(|(n, word)| tape.is_word(at + n, word));
    if let Some((words, bound)) = AFTER.iter().find(|(words, bound)| *bound != About && phrase(words)) {
        return Some((*bound, at + words.len()));
    }
    let opened = usize::from(tape.is_symbol(at, '('));
    let (_, bound) = TRAILING.iter().find(|(word, _)| tape.is_word(at + opened, word))?;
    let point = usize::from(tape.is_symbol(at + opened + 1, '.'));
    let next = at + opened + 1 + point;
    match opened {
        0 => Some((*bound, next)),
        _ => tape.is_symbol(next, ')').then_some((*bound, next + 1)),
    }
}

fn before(tape: &Tape<'_>, amount: &Amount) -> Option<Qualifier> {
    let mut end = amount.first;
    let article = |at: usize| tape.is_word(at, "a") || tape.is_word(at, "an");
    // `crossed the $50M mark`; what `topped the $50M of the plan` is set against it.
    let marked = MARKS.iter().any(|word| tape.is_word(amount.next, word));
    let passed = |at: usize| marked && PASSED.iter().any(|word| tape.is_word(at, word));
    if end > 0 && article(end - 1) || end > 1 && tape.is_word(end - 1, "the") && passed(end - 2) {
        end -= 1;
    }
    // `c.`, `approx.`, `sub-5%`
    if end > 1 && matches!(tape.symbol(end - 1), Some('.' | '-')) && tape.glued(end - 1) {
        let is = |words: &[&str]| words.iter().any(|word| tape.is_word(end - 2, word));
        return if tape.is_symbol(end - 1, '.') {
            is(&["c", "ca", "approx", "est"]).then_some(About)
        } else {
            is(&["sub"]).then_some(LessThan)
        };
    }
    // Most words before a number end no phrase.
    LAST.has(tape.word_at(end.checked_sub(1)?)?).then_some(())?;
    let (words, qualifier) = BEFORE.iter().find(|(words, _)| {
        words.iter().rev().enumerate().all(|(back, word)| end > back && tape.is_word(end - 1 - back, word))
    })?;
    let start = end - words.len();
    meant(tape, amount, words, start).then_some(*qualifier)
}

/// Whether the phrase speaks of this amount: not "over 3 years", not "2% above $40M", not "up to 41.8% from 40.3%".
fn meant(tape: &Tape<'_>, amount: &Amount, words: &[&str], start: usize) -> bool {
    match words {
        ["over" | "under" | "above" | "below"] => {
            let while_time = words[0] == "over" && matches!(amount.unit, Unit::Duration(_));
            let compares = start > 0 && ends_amount(tape, start - 1);
            !while_time && !compares
        }
        ["more" | "less" | "fewer" | "higher" | "lower" | "greater", _] => start == 0 || !ends_amount(tape, start - 1),
        ["up", "to"] => !(amount.next..amount.next + 4).any(|at| tape.is_word(at, "from")),
        ["c"] => tape.glued(amount.first) || tape.symbol(amount.first).is_some(),
        ["some"] => !tape.is_word(amount.next, "of"),
        ["sub"] => false,
        _ => true,
    }
}

/// Whether an amount with a unit ends at the token, so that what follows compares it.
fn ends_amount(tape: &Tape<'_>, at: usize) -> bool {
    match tape.kind(at) {
        Some(Kind::Number(_) | Kind::Symbol('%')) => true,
        Some(Kind::Word) => {
            let number = at > 0 && tape.numeral(at - 1).is_some();
            let unit = ["pp", "bps", "points", "percent", "m", "k", "M", "K", "bn", "B", "million", "billion"];
            number && unit.contains(&tape.text(at))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_by_its_last_word() {
        assert!(LAST_LIST.is_sorted());
        assert!(BEFORE.iter().all(|(words, _)| words.last().is_some_and(|last| LAST.has(last))));
        assert!(AFTER.iter().all(|(words, _)| matches!(words[0], "or" | "give")));
    }
}
