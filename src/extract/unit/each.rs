//! For each of what an amount is: `per share`, `a month`, `/t`, `p.a.`.
//!
//! Enters: a tape and the index behind an amount and its unit. Leaves: what it is for each of, as written, and the index past it.
//! Invariant: behind `a` or `/` only a known word counts; behind `per` any word but those that name an authority (`per agreement`).

use super::super::fold::{Words, words};
use super::super::lex::Tape;

/// Things that amounts are commonly for each of, after `a`, `an`, `each` or a slash; in the singular.
const EACH_LIST: &[&str] = &[
    "account",
    "acre",
    "annum",
    "barrel",
    "bbl",
    "boe",
    "bottle",
    "box",
    "case",
    "claim",
    "contract",
    "customer",
    "day",
    "dozen",
    "employee",
    "fte",
    "g",
    "gallon",
    "gift",
    "gj",
    "head",
    "hour",
    "household",
    "hr",
    "item",
    "kg",
    "kilo",
    "km",
    "kw",
    "kwh",
    "lb",
    "license",
    "liter",
    "litre",
    "mb",
    "member",
    "metre",
    "mile",
    "minute",
    "mo",
    "month",
    "mwh",
    "night",
    "order",
    "ounce",
    "oz",
    "pack",
    "parcel",
    "passenger",
    "patient",
    "person",
    "piece",
    "policy",
    "pound",
    "quarter",
    "room",
    "seat",
    "share",
    "shipment",
    "site",
    "store",
    "subscriber",
    "t",
    "tb",
    "teu",
    "ticket",
    "tkm",
    "ton",
    "tonne",
    "transaction",
    "trip",
    "unit",
    "user",
    "visit",
    "week",
    "wk",
    "year",
    "yr",
];

static EACH: Words = words!(EACH_LIST);

/// What `per` introduces when it means "according to", or nothing to divide by.
const NOT_EACH_LIST: &[&str] = &[
    "above",
    "agreement",
    "annual",
    "attached",
    "audit",
    "board",
    "budget",
    "forecast",
    "guidance",
    "her",
    "his",
    "its",
    "management",
    "my",
    "note",
    "our",
    "plan",
    "schedule",
    "se",
    "slide",
    "the",
    "their",
    "this",
    "usual",
    "your",
];

static NOT_EACH: Words = words!(NOT_EACH_LIST);

/// For each of what an amount is, behind its unit: `per share`, `a month`, `/t`, `p.a.`; the words, and the index past them.
pub(in crate::extract) fn each(tape: &Tape<'_>, at: usize) -> Option<(String, usize)> {
    if tape.is_symbol(at, '/') && tape.glued(at) && tape.glued(at + 1) {
        return each_sign(tape, at + 1).or_else(|| each_word(tape, at + 1));
    }
    let hyphen = tape.is_symbol(at, '-') && tape.glued(at) && tape.glued(at + 1);
    let at = if hyphen { at + 1 } else { at };
    if !tape.follows(at) {
        return None;
    }
    let word = tape.word_at(at)?;
    if word.eq_ignore_ascii_case("per") {
        return per(tape, at + 1);
    }
    if word == "p" && tape.is_symbol(at + 1, '.') && tape.is_word(at + 2, "a") && tape.glued(at + 2) {
        let next = if tape.is_symbol(at + 3, '.') && tape.glued(at + 3) { at + 4 } else { at + 3 };
        return Some(("year".to_owned(), next));
    }
    if matches!(word, "a" | "an" | "each") {
        let noun = if tape.is_symbol(at + 1, '-') && tape.glued(at + 1) { at + 2 } else { at + 1 };
        let (of, next) = each_word(tape, noun).filter(|_| tape.follows(noun))?;
        // `$80M a year later` is no amount a year.
        let later = ["ago", "earlier", "later", "before", "after", "previously", "on", "from", "hence", "prior"];
        return (!later.iter().any(|word| tape.is_word(next, word))).then_some((of, next));
    }
    None
}

/// Signs that are too short for words, behind a slash: `Ml/d`, `kWh/m²`, `km/h`.
fn each_sign(tape: &Tape<'_>, at: usize) -> Option<(String, usize)> {
    let word = tape.text(at);
    if matches!(word, "m" | "km") && matches!(tape.symbol(at + 1), Some('²' | '³')) && tape.glued(at + 1) {
        return Some((tape.text[tape.start(at)..tape.end(at + 1)].to_owned(), at + 2));
    }
    let of = match word {
        "d" => "day",
        "h" => "hour",
        "ha" => "ha",
        "l" => "litre",
        "m2" => "m²",
        "m3" => "m³",
        "s" => "second",
        _ => return None,
    };
    Some((of.to_owned(), at + 1))
}

fn each_word(tape: &Tape<'_>, at: usize) -> Option<(String, usize)> {
    let word = tape.word_at(at)?;
    EACH.has(word).then(|| (word.to_ascii_lowercase(), at + 1))
}

/// `per tonne-km`, `per share`, `per square foot`.
fn per(tape: &Tape<'_>, at: usize) -> Option<(String, usize)> {
    if !tape.follows(at) {
        return None;
    }
    let word = tape.word_at(at)?;
    if NOT_EACH.has(word) || word.eq_ignore_ascii_case("cent") {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let word = word.as_str();
    let second = |at: usize| tape.word_at(at).map(str::to_ascii_lowercase);
    if matches!(word, "ordinary" | "common" | "diluted" | "basic") && tape.is_word(at + 1, "share") {
        return Some(("share".to_owned(), at + 2));
    }
    if word == "square"
        && let Some(second) = second(at + 1)
    {
        return Some((format!("square {second}"), at + 2));
    }
    if tape.is_symbol(at + 1, '-')
        && tape.glued(at + 1)
        && tape.glued(at + 2)
        && let Some(second) = second(at + 2)
    {
        return Some((format!("{word}-{second}"), at + 3));
    }
    Some((word.to_owned(), at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(EACH_LIST.is_sorted() && NOT_EACH_LIST.is_sorted());
    }
}
