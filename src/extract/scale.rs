//! Scales: the words and letters that multiply a number.
//!
//! Enters: a tape and an index behind (or before) a number. Leaves: the factor and the index past it.
//! Invariant: a letter is a scale only where it cannot be a unit: `42.3m` is millions, `5 m tall` is no number of ours.

use rust_decimal::Decimal;

use super::currency;
use super::fold::{Table, Words, table, words};
use super::lex::Tape;

const HUNDRED: i64 = 100;
const THOUSAND: i64 = 1_000;
const LAKH: i64 = 100_000;
const MILLION: i64 = 1_000_000;
const CRORE: i64 = 10_000_000;
const BILLION: i64 = 1_000_000_000;
const TRILLION: i64 = 1_000_000_000_000;

/// Words that are scales wherever they follow a number, in lower case.
const WORD_LIST: &[(&str, i64)] = &[
    ("billion", BILLION),
    ("billions", BILLION),
    ("bln", BILLION),
    ("bn", BILLION),
    ("crore", CRORE),
    ("crores", CRORE),
    ("dozen", 12),
    ("hundred", HUNDRED),
    ("lac", LAKH),
    ("lacs", LAKH),
    ("lakh", LAKH),
    ("lakhs", LAKH),
    ("miljard", BILLION),
    ("miljoen", MILLION),
    ("milliard", BILLION),
    ("milliarden", BILLION),
    ("milliards", BILLION),
    ("million", MILLION),
    ("millionen", MILLION),
    ("millions", MILLION),
    ("mio", MILLION),
    ("mln", MILLION),
    ("mn", MILLION),
    ("mrd", BILLION),
    ("thousand", THOUSAND),
    ("thousands", THOUSAND),
    ("tn", TRILLION),
    ("trillion", TRILLION),
    ("trillions", TRILLION),
    ("trn", TRILLION),
    ("tsd", THOUSAND),
];

static WORDS: Table<i64> = table!(WORD_LIST);

/// Scales that German abbreviates with a point: `4,2 Mio. €`.
const POINT_LIST: &[&str] = &["mio", "mrd", "tsd"];

static WITH_POINT: Words = words!(POINT_LIST);

/// What follows a length: `5 m tall`.
const LENGTH_LIST: &[&str] = &[
    "above", "across", "apart", "away", "below", "deep", "high", "hurdles", "long", "race", "sprint", "square", "tall",
    "thick", "wide",
];

static LENGTHS: Words = words!(LENGTH_LIST);

/// The scale that starts at a token behind a number. `money` says that the number has a currency before it.
pub(super) fn after(tape: &Tape<'_>, at: usize, money: bool) -> Option<(Decimal, usize)> {
    let (at, hyphen) =
        if tape.is_symbol(at, '-') && tape.glued(at) && tape.glued(at + 1) { (at + 1, true) } else { (at, false) };
    let word = tape.word_at(at)?;
    if !tape.follows(at) {
        return None;
    }
    if let Some(factor) = WORDS.of(word) {
        let point = WITH_POINT.has(word) && tape.is_symbol(at + 1, '.') && tape.glued(at + 1);
        return Some((Decimal::from(factor), if point { at + 2 } else { at + 1 }));
    }
    if hyphen {
        return None;
    }
    // `4.2 m³` are cubic metres.
    if tape.glued(at + 1) && matches!(tape.symbol(at + 1), Some('²' | '³')) {
        return None;
    }
    // A currency sign glued behind: `4,2 M€`; but `3.5 cr$(0.32)` are two numbers.
    let sign = tape.glued(at + 1) && matches!(tape.symbol(at + 1), Some('€' | '£' | '$'));
    let money = money || sign && currency::belongs_left(tape, at + 1, at + 2, false);
    letter(word, tape.glued(at), money, length_follows(tape, at + 1)).map(|factor| (Decimal::from(factor), at + 1))
}

fn letter(word: &str, glued: bool, money: bool, length: bool) -> Option<i64> {
    let near = glued || money;
    Some(match word {
        "k" | "K" if near => THOUSAND,
        "m" | "M" if !length || money => MILLION,
        "MM" => MILLION,
        "mm" | "Mm" if money => MILLION,
        "B" if near => BILLION,
        "b" | "Bn" | "BN" if money => BILLION,
        "T" | "t" | "tr" | "Tr" if money => TRILLION,
        "cr" | "Cr" if money => CRORE,
        _ => return None,
    })
}

/// A length in metres behind a number, `m tall`: the index past the unit.
pub(super) fn length(tape: &Tape<'_>, at: usize) -> Option<usize> {
    (tape.word_at(at) == Some("m") && length_follows(tape, at + 1)).then_some(at + 1)
}

fn length_follows(tape: &Tape<'_>, at: usize) -> bool {
    tape.word_at(at).is_some_and(|word| LENGTHS.has(word))
}

/// Whether a scale starts at the token, for a number that has a currency.
pub(super) fn starts(tape: &Tape<'_>, at: usize) -> bool {
    after(tape, at, true).is_some()
}

/// A scale glued behind a currency code: the `m` of `USDm`.
pub(super) fn glued_to_code(letters: &str) -> Option<Decimal> {
    let factor = match letters {
        "k" | "K" => THOUSAND,
        "m" | "M" | "mn" | "mm" | "MM" | "mio" => MILLION,
        "b" | "bn" => BILLION,
        "tn" => TRILLION,
        _ => return None,
    };
    Some(Decimal::from(factor))
}

/// A scale glued before a currency sign: the `M` of `M€`.
pub(super) fn before_sign(letters: &str) -> Option<Decimal> {
    let factor = match letters {
        "k" | "K" | "T" => THOUSAND,
        "m" | "M" => MILLION,
        _ => return None,
    };
    Some(Decimal::from(factor))
}

/// A scale glued behind a currency sign, before a number that stands apart: `£m 42`, `$'000 1,234`, `$000s 1,234`.
pub(super) fn in_prefix(tape: &Tape<'_>, at: usize) -> Option<(Decimal, usize)> {
    let apart = |next: usize| !tape.glued(next) && tape.follows(next) && tape.numeral(next).is_some();
    if let Some(word) = tape.word_at(at) {
        return glued_to_code(word).filter(|_| apart(at + 1)).map(|factor| (factor, at + 1));
    }
    let zeros = if matches!(tape.symbol(at), Some('\'' | '’' | '‘')) { at + 1 } else { at };
    if tape.text(zeros) != "000" || !tape.glued(zeros) {
        return None;
    }
    let next = if tape.is_word(zeros + 1, "s") && tape.glued(zeros + 1) { zeros + 2 } else { zeros + 1 };
    apart(next).then(|| (Decimal::from(THOUSAND), next))
}

/// The factor of a scale word, for spelled-out numbers.
pub(super) fn of_word(word: &str) -> Option<Decimal> {
    match word {
        "lac" | "lacs" | "mio" | "mrd" | "tsd" | "mn" | "bn" | "tn" => None,
        _ => WORDS.of(word).map(Decimal::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(WORD_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(LENGTH_LIST.is_sorted() && POINT_LIST.is_sorted());
    }
}
