//! Numbers that a word before them makes a reference or a name: `page 12`, `Notes 3, 4 and 5`, `ISO 9001`, `No. 4`, `#4`.
//!
//! Enters: a tape and an amount. Leaves: what it is instead, with the further numbers of the same reference.
//! Invariant: where something is counted or measured, the number stays an amount: `volume 450 tonnes`.

use super::super::Aside;
use super::super::amount::Amount;
use super::super::fold::{Table, table};
use super::super::lex::Tape;
use super::super::number::Shape;
use super::super::{noun, unit};
use super::SetAside;

/// Words before a number that make it a reference or a name, in lower case, with what it then is.
const BEFORE_LIST: &[(&str, Aside)] = &[
    ("act", Aside::Identifier),
    ("annex", Aside::Reference),
    ("appendix", Aside::Reference),
    ("article", Aside::Reference),
    ("articles", Aside::Reference),
    ("asc", Aside::Identifier),
    ("asu", Aside::Identifier),
    ("basel", Aside::Identifier),
    ("chapter", Aside::Reference),
    ("chapters", Aside::Reference),
    ("clause", Aside::Reference),
    ("clauses", Aside::Reference),
    ("cohort", Aside::Identifier),
    ("covid", Aside::Identifier),
    ("dax", Aside::Identifier),
    ("exhibit", Aside::Reference),
    ("exhibits", Aside::Reference),
    ("fas", Aside::Identifier),
    ("fig", Aside::Reference),
    ("figs", Aside::Reference),
    ("figure", Aside::Reference),
    ("figures", Aside::Reference),
    ("footnote", Aside::Reference),
    ("forbes", Aside::Identifier),
    ("form", Aside::Identifier),
    ("fortune", Aside::Identifier),
    ("frs", Aside::Identifier),
    ("ftse", Aside::Identifier),
    ("ias", Aside::Identifier),
    ("ifrs", Aside::Identifier),
    ("iso", Aside::Identifier),
    ("item", Aside::Reference),
    ("items", Aside::Reference),
    ("level", Aside::Identifier),
    ("levels", Aside::Identifier),
    ("nasdaq", Aside::Identifier),
    ("nikkei", Aside::Identifier),
    ("note", Aside::Reference),
    ("notes", Aside::Reference),
    ("p", Aside::Reference),
    ("page", Aside::Reference),
    ("pages", Aside::Reference),
    ("para", Aside::Reference),
    ("paragraph", Aside::Reference),
    ("paragraphs", Aside::Reference),
    ("part", Aside::Reference),
    ("pg", Aside::Reference),
    ("phase", Aside::Identifier),
    ("pp", Aside::Reference),
    ("regulation", Aside::Identifier),
    ("release", Aside::Version),
    ("rule", Aside::Reference),
    ("russell", Aside::Identifier),
    ("schedule", Aside::Reference),
    ("schedules", Aside::Reference),
    ("scope", Aside::Identifier),
    ("sec", Aside::Reference),
    ("section", Aside::Reference),
    ("sections", Aside::Reference),
    ("sheet", Aside::Reference),
    ("slide", Aside::Reference),
    ("slides", Aside::Reference),
    ("soc", Aside::Version),
    ("stage", Aside::Identifier),
    ("step", Aside::Reference),
    ("stoxx", Aside::Identifier),
    ("tab", Aside::Reference),
    ("table", Aside::Reference),
    ("tables", Aside::Reference),
    ("tier", Aside::Identifier),
    ("title", Aside::Reference),
    ("topic", Aside::Reference),
    ("tranche", Aside::Identifier),
    ("type", Aside::Identifier),
    ("v", Aside::Version),
    ("ver", Aside::Version),
    ("version", Aside::Version),
    ("vol", Aside::Reference),
    ("volume", Aside::Reference),
    ("wave", Aside::Identifier),
    ("windows", Aside::Version),
];

static BEFORE: Table<Aside> = table!(BEFORE_LIST);

/// A number that a word before it makes a reference: `page 12`, `Notes 3, 4 and 5`, `ISO 9001`, `No. 4`, `#4`.
pub(in crate::extract) fn reference(tape: &Tape<'_>, amount: &Amount) -> Option<SetAside> {
    let first = amount.first;
    let before = first.checked_sub(1)?;
    if tape.is_symbol(before, '#') || tape.is_symbol(before, '№') {
        return Some(SetAside { first: before, next: amount.next, why: Aside::Ordinal });
    }
    if tape.is_symbol(before, '§') {
        return Some(SetAside { first: before, next: amount.next, why: Aside::Reference });
    }
    let point = tape.is_symbol(before, '.') && tape.glued(before);
    let word_at = if point { before.checked_sub(1)? } else { before };
    let word = tape.word_at(word_at).filter(|_| tape.follows(first))?;
    let why = match word {
        "No" | "NO" | "no" | "Nr" | "nr" if point => Aside::Ordinal,
        "Number" | "number" if amount.whole_digits <= 2 && !tape.is_word(amount.next, "of") => Aside::Ordinal,
        // `S&P 500`
        "P" if word_at > 0 && tape.is_symbol(word_at - 1, '&') => Aside::Identifier,
        "Week" | "Day" => Aside::Date,
        // `month 8` of a year; `each month 8 stores open` counts, as does `last month 3 of them closed`.
        "Month" | "month" if is_a_month(tape, amount) => Aside::Date,
        "p" | "pp" | "v" | "fig" | "figs" | "vol" | "sec" if !point && word != "pp" && word != "v" => return None,
        word => BEFORE.of(word)?,
    };
    // A sentence may end in such a word: "… in the appendix. 12 stores …".
    let abbreviation = !point || word.len() <= 4;
    let counts =
        amount.noun.is_some() && matches!(word, "volume" | "part" | "figures" | "items" | "title" | "notes" | "act");
    (abbreviation && !counts).then(|| SetAside { first, next: more_references(tape, amount.next), why })
}

/// Whether a number may be that of a month of its year.
fn is_a_month(tape: &Tape<'_>, amount: &Amount) -> bool {
    let whole = amount.step == rust_decimal::Decimal::ONE && amount.whole_digits <= 2 && !amount.in_words;
    whole && amount.noun.is_none() && !tape.is_word(amount.next, "of")
}

/// The rest of `3, 4 and 5`, `12–14`, `7(a)`: the index past it.
fn more_references(tape: &Tape<'_>, mut next: usize) -> usize {
    loop {
        let link = tape.symbol(next).is_some_and(|c| matches!(c, ',' | '-' | '–' | '&' | '/'))
            || ["and", "to", "or", "through"].iter().any(|word| tape.is_word(next, word));
        let comma = tape.symbol(next).is_some_and(|c| c != '&');
        let plain = tape
            .numeral(next + 1)
            .is_some_and(|n| n.shape == Shape::Number && n.places == 0 && !n.grouped && n.whole_digits <= 3);
        let alone = !tape.glued(next + 2)
            || tape.symbol(next + 2).is_some_and(|c| matches!(c, '.' | ',' | ')' | ';' | ':' | '-' | '–'));
        if !(link && plain && alone && (tape.follows(next + 1) || tape.glued(next + 1)))
            || counts_something(tape, next + 2, comma)
        {
            break;
        }
        next += 2;
    }
    if tape.is_symbol(next, '(')
        && tape.glued(next)
        && tape.word_at(next + 1).is_some()
        && tape.is_symbol(next + 2, ')')
    {
        next += 3;
    }
    next
}

/// Whether a number before the token is an amount of something. A word after `Notes 3 and 5` is the sentence going on, one after
/// `page 12, 450` what is counted.
fn counts_something(tape: &Tape<'_>, at: usize, comma: bool) -> bool {
    comma && noun::counted(tape, at).is_some() || unit::after(tape, at, at).is_some() || tape.symbol(at) == Some('%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(BEFORE_LIST.is_sorted_by_key(|(word, _)| word));
    }
}
