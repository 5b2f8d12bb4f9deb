//! Units that are no currencies: percent and points, multiples, durations, measures.
//!
//! Enters: a tape and the index behind a number and its scale. Leaves: the unit and the index past it.
//! Invariant: what a unit word means does not hang on the words around it, but for `points` beside a score.

mod each;

use super::fold::{Table, Words, table, words};
use super::lex::{Kind, Tape};
use crate::quantity::Unit;

pub(super) use each::each;

/// What a unit word stands for.
#[derive(Clone, Copy)]
enum Named {
    Percent,
    Points,
    BasisPoints,
    Multiple,
    Duration(&'static str),
    Measure(&'static str),
}

use Named::{BasisPoints, Duration, Measure, Multiple, Percent, Points};

/// Unit words whatever their case.
const WORD_LIST: &[(&str, Named)] = &[
    ("acres", Measure("acres")),
    ("barrels", Measure("barrels")),
    ("bbl", Measure("barrels")),
    ("boe", Measure("boe")),
    ("bps", BasisPoints),
    ("day", Duration("days")),
    ("days", Duration("days")),
    ("fold", Multiple),
    ("grams", Measure("g")),
    ("hectares", Measure("ha")),
    ("hour", Duration("hours")),
    ("hours", Duration("hours")),
    ("hrs", Duration("hours")),
    ("kilograms", Measure("kg")),
    ("kilometers", Measure("km")),
    ("kilometres", Measure("km")),
    ("kilowatt", Measure("kW")),
    ("kilowatts", Measure("kW")),
    ("liters", Measure("litres")),
    ("litres", Measure("litres")),
    ("megawatts", Measure("MW")),
    ("metres", Measure("m")),
    ("miles", Measure("miles")),
    ("min", Duration("minutes")),
    ("mins", Duration("minutes")),
    ("minute", Duration("minutes")),
    ("minutes", Duration("minutes")),
    ("month", Duration("months")),
    ("months", Duration("months")),
    ("mos", Duration("months")),
    ("pct", Percent),
    ("percent", Percent),
    ("percents", Percent),
    ("point", Points),
    ("points", Points),
    ("pp", Points),
    ("pps", Points),
    ("ppt", Points),
    ("ppts", Points),
    ("prozent", Percent),
    ("pts", Points),
    ("sqft", Measure("sq ft")),
    ("sqm", Measure("m²")),
    ("sqms", Measure("m²")),
    ("teu", Measure("TEU")),
    ("teus", Measure("TEU")),
    ("times", Multiple),
    ("tonne", Measure("t")),
    ("tonnes", Measure("t")),
    ("tons", Measure("tons")),
    ("week", Duration("weeks")),
    ("weeks", Duration("weeks")),
    ("wks", Duration("weeks")),
    ("year", Duration("years")),
    ("years", Duration("years")),
    ("yr", Duration("years")),
    ("yrs", Duration("years")),
];

static WORDS: Table<Named> = table!(WORD_LIST);

/// Unit signs whose case matters.
const SIGNS: &[(&str, Named)] = &[
    ("CO2e", Measure("CO2e")),
    ("GB", Measure("GB")),
    ("GJ", Measure("GJ")),
    ("GW", Measure("GW")),
    ("GWh", Measure("GWh")),
    ("Hz", Measure("Hz")),
    ("MB", Measure("MB")),
    ("MW", Measure("MW")),
    ("MWh", Measure("MWh")),
    ("MWp", Measure("MWp")),
    ("Ml", Measure("Ml")),
    ("PB", Measure("PB")),
    ("TB", Measure("TB")),
    ("TJ", Measure("TJ")),
    ("TWh", Measure("TWh")),
    ("X", Multiple),
    ("bp", BasisPoints),
    ("g", Measure("g")),
    ("h", Duration("hours")),
    ("ha", Measure("ha")),
    ("hl", Measure("hl")),
    ("hr", Duration("hours")),
    ("kW", Measure("kW")),
    ("kWh", Measure("kWh")),
    ("kg", Measure("kg")),
    ("km", Measure("km")),
    ("kt", Measure("kt")),
    ("ktCO2e", Measure("ktCO2e")),
    ("m2", Measure("m²")),
    ("m3", Measure("m³")),
    ("mg", Measure("mg")),
    ("mo", Duration("months")),
    ("ms", Measure("ms")),
    ("oz", Measure("oz")),
    ("t", Measure("t")),
    ("tCO2", Measure("tCO2")),
    ("tCO2e", Measure("tCO2e")),
    ("tkm", Measure("tkm")),
    ("x", Multiple),
];

/// Words that say that `points` are those of a score or an index, not of a percentage.
const SCORE_WORDS: &[&str] = &["csat", "enps", "index", "nps", "promoter", "rating", "ratings", "score", "scores"];

static SCORES: Words = words!(SCORE_WORDS);

/// How many words before the number may say so.
const SCORE_REACH: usize = 14;

/// A unit that was read.
#[derive(Clone, Debug)]
pub(super) struct Behind {
    pub(super) unit: Unit,
    /// The token after it.
    pub(super) next: usize,
    /// Whether a hyphen joins it: `30-year`, `5-point`.
    pub(super) hyphen: bool,
}

/// The unit that starts behind a number, which itself starts at `first`.
pub(super) fn after(tape: &Tape<'_>, first: usize, at: usize) -> Option<Behind> {
    if tape.is_symbol(at, '%') && tape.follows(at) {
        return Some(percent_sign(tape, at));
    }
    if matches!(tape.symbol(at), Some('×' | '✕')) && tape.glued(at) {
        return Some(Behind { unit: Unit::Multiple, next: at + 1, hyphen: false });
    }
    let hyphen = matches!(tape.symbol(at), Some('-' | '‐' | '‑')) && tape.glued(at) && tape.glued(at + 1);
    let at = if hyphen { at + 1 } else { at };
    if !tape.follows(at) || !matches!(tape.kind(at)?, Kind::Word | Kind::Mixed) {
        return None;
    }
    let (unit, next) = phrase(tape, at).or_else(|| single(tape, first, at))?;
    Some(Behind { unit, next, hyphen })
}

/// `%`, `% points`, `%-pts`.
fn percent_sign(tape: &Tape<'_>, at: usize) -> Behind {
    let mut next = at + 1;
    if tape.is_symbol(next, '-') && tape.glued(next) && tape.glued(next + 1) {
        next += 1;
    }
    let points = ["points", "point", "pts", "pt"].iter().any(|word| tape.is_word(next, word));
    if points && tape.follows(next) {
        return Behind { unit: Unit::Points, next: next + 1, hyphen: false };
    }
    Behind { unit: Unit::Percent, next: at + 1, hyphen: false }
}

/// Units of several words.
fn phrase(tape: &Tape<'_>, at: usize) -> Option<(Unit, usize)> {
    let second = if tape.is_symbol(at + 1, '-') && tape.glued(at + 1) { at + 2 } else { at + 1 };
    let points = tape.is_word(second, "points") || tape.is_word(second, "point") || tape.is_word(second, "pts");
    let word = tape.text(at);
    // Most words after a number start like none of these.
    if !matches!(word.as_bytes().first()?, b'p' | b'P' | b'b' | b'B' | b's' | b'S') {
        return None;
    }
    match word.to_ascii_lowercase().as_str() {
        "percentage" | "percent" if points => Some((Unit::Points, second + 1)),
        "percentage" | "percentages" => Some((Unit::Percent, at + 1)),
        "basis" if points => Some((Unit::BasisPoints, second + 1)),
        "per" if tape.is_word(at + 1, "cent") => Some((Unit::Percent, at + 2)),
        "p" if tape.is_symbol(at + 1, '.') && tape.is_word(at + 2, "p") && tape.glued(at + 2) => {
            Some((Unit::Points, if tape.is_symbol(at + 3, '.') && tape.glued(at + 3) { at + 4 } else { at + 3 }))
        }
        "sq" | "square" => {
            let second = if tape.is_symbol(at + 1, '.') { at + 2 } else { at + 1 };
            let unit = match tape.word_at(second)? {
                "ft" | "feet" | "foot" => "sq ft",
                "m" | "metres" | "meters" => "m²",
                _ => return None,
            };
            Some((Unit::Measure(unit.to_owned()), second + 1))
        }
        _ => None,
    }
}

fn single(tape: &Tape<'_>, first: usize, at: usize) -> Option<(Unit, usize)> {
    let word = tape.text(at);
    if matches!(word, "m" | "km") && matches!(tape.symbol(at + 1), Some('²' | '³')) && tape.glued(at + 1) {
        let unit = &tape.text[tape.start(at)..tape.end(at + 1)];
        return Some((Unit::Measure(unit.to_owned()), at + 2));
    }
    let sign = SIGNS.binary_search_by_key(&word, |(sign, _)| sign).ok().map(|at| SIGNS[at].1);
    let named = sign.or_else(|| WORDS.of(word))?;
    let unit = match named {
        Percent => Unit::Percent,
        Points if matches!(word, "point" | "points" | "pts") && beside_score(tape, first, at) => {
            Unit::Measure("points".to_owned())
        }
        Points => Unit::Points,
        BasisPoints => Unit::BasisPoints,
        // `3 x 4` multiplies.
        Multiple if word == "x" && !tape.glued(at) && tape.numeral(at + 1).is_some() => return None,
        Multiple if word == "X" && !tape.glued(at) => return None,
        Multiple => Unit::Multiple,
        Duration(unit) => Unit::Duration(unit),
        // `5 g` is grams, `5G` is no number; a lone letter after a space is a unit only in small print we know.
        Measure(unit) => Unit::Measure(unit.to_owned()),
    };
    Some((unit, at + 1))
}

fn beside_score(tape: &Tape<'_>, first: usize, at: usize) -> bool {
    let near = first.saturating_sub(SCORE_REACH)..(at + 5).min(tape.len());
    near.into_iter().any(|i| tape.word_at(i).is_some_and(|word| SCORES.has(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(WORD_LIST.is_sorted_by_key(|(word, _)| word));
        assert!(SIGNS.is_sorted_by_key(|(word, _)| word));
        assert!(SCORE_WORDS.is_sorted());
    }
}
