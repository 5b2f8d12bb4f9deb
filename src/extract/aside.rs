//! Numbers that are no claims: ordinals, footnote marks, versions, identifiers, times, dates; below it, references and addresses.
//!
//! Enters: a tape and the index of a token with digits. Leaves: what it is, and the index past it.
//! Invariant: each looks at one glued chunk of text and the few words beside it, so the pass stays linear.

mod contact;
mod reference;

use super::Aside;
use super::amount::Amount;
use super::lex::{Kind, Tape};
use super::number::Shape;
use crate::quantity::Unit;

pub(super) use contact::{address, telephone};
pub(super) use reference::reference;

/// What was set aside: tokens `first..next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct SetAside {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) why: Aside,
}

/// `1st`, `3rd`, `20th`.
pub(super) fn ordinal(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let suffix = ["st", "nd", "rd", "th"].iter().any(|word| tape.is_word(at + 1, word));
    (suffix && tape.glued(at + 1)).then_some(SetAside { first: at, next: at + 2, why: Aside::Ordinal })
}

/// `1.` or `2)` that opens a text or a line; `2.4.` before the paragraph that goes by that number.
pub(super) fn list_mark(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let opens = at == 0 || tape.text[tape.end(at - 1)..tape.start(at)].contains('\n');
    let mark = matches!(tape.symbol(at + 1), Some('.' | ')'))
        && tape.glued(at + 1)
        && !tape.glued(at + 2)
        && tape.token(at + 2).is_some();
    let outline = tape.is_symbol(at + 1, '.');
    let small = tape
        .numeral(at)
        .is_some_and(|n| (n.places == 0 || outline && n.places <= 2) && !n.grouped && n.whole_digits <= 2);
    (opens && mark && small).then_some(SetAside { first: at, next: at + 1, why: Aside::Ordinal })
}

/// `[3]`; `(1)`; `(12)` glued to a word or number, or opening a note. A cell that is one number in brackets is that number.
pub(super) fn footnote_mark(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let close = match tape.symbol(at)? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let numeral = tape.numeral(at + 1)?;
    let plain = numeral.shape == Shape::Number && numeral.places == 0 && !numeral.grouped;
    if !plain || numeral.whole_digits > 3 || !tape.is_symbol(at + 2, close) {
        return None;
    }
    let square = close == ']';
    let one_digit = numeral.whole_digits == 1;
    let alone = at == 0 && (tape.len() == 3 || super::scan::is_rest_blank(tape, 3));
    let after_word = at > 0
        && matches!(
            tape.kind(at - 1),
            Some(Kind::Word | Kind::Mixed | Kind::Number(_) | Kind::Symbol('%' | '”' | '"' | '.'))
        );
    let glued = after_word && tape.glued(at) && numeral.whole_digits <= 2;
    let opens = at == 0 && !alone && numeral.whole_digits <= 2 && tape.word_at(at + 3).is_some() && !tape.glued(at + 3);
    // `(52) bps` is what it says, wherever it stands.
    let points = || {
        let behind = super::unit::after(tape, at + 1, at + 3);
        behind.is_some_and(|behind| matches!(behind.unit, Unit::Percent | Unit::Points | Unit::BasisPoints))
    };
    let outside = tape.is_symbol(at + 3, '%') || tape.glued(at + 3) && super::scale::starts(tape, at + 3) || points();
    (square && !alone || !outside && !alone && (glued || one_digit || opens)).then_some(SetAside {
        first: at,
        next: at + 3,
        why: Aside::FootnoteMark,
    })
}

/// `(1)`, `[12]`, `(a)` behind the number of a cell: the index past it.
pub(super) fn mark_in_brackets(tape: &Tape<'_>, at: usize) -> Option<usize> {
    let close = match tape.symbol(at)? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let small = tape.text(at + 1).len() == 1 || close == ']' && tape.text(at + 1).len() == 2;
    let mark = matches!(tape.kind(at + 1), Some(Kind::Number(_) | Kind::Word)) && tape.is_symbol(at + 2, close);
    (small && mark).then_some(at + 3)
}

/// Letters and digits glued together, letters first: `EBITDA1`, `A350`, `v4.2`.
pub(super) fn mixed(tape: &Tape<'_>, at: usize, floor: usize) -> SetAside {
    let set = chunk(tape, at, floor);
    let text = tape.text(at);
    let letters = text.bytes().take_while(|b| !b.is_ascii_digit()).count();
    let (word, digits) = text.split_at(letters);
    let alone = set.first == at && set.next == at + 1;
    let version = word.eq_ignore_ascii_case("v") && digits.bytes().all(|b| b.is_ascii_digit());
    let footnote = alone && letters >= 4 && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let why = if version {
        Aside::Version
    } else if footnote {
        Aside::FootnoteMark
    } else {
        Aside::Identifier
    };
    SetAside { why, ..set }
}

/// The glued chunk around a token, as an identifier; not before the token `floor`.
pub(super) fn chunk(tape: &Tape<'_>, at: usize, floor: usize) -> SetAside {
    let belongs = |at: usize| match tape.kind(at) {
        Some(Kind::Number(_) | Kind::Word | Kind::Mixed) => true,
        Some(Kind::Symbol(c)) => {
            matches!(c, '-' | '‐' | '‑' | '_' | '.' | '/' | '\\' | '@' | '#' | '=' | ':' | '\'' | '’' | '*' | '–')
        }
        _ => false,
    };
    let mut first = at;
    while first > floor && tape.glued(first) && belongs(first - 1) {
        first -= 1;
    }
    let mut next = at + 1;
    while tape.glued(next) {
        if belongs(next) {
            next += 1;
        } else if tape.is_symbol(next, '(')
            && tape.glued(next + 1)
            && tape.is_symbol(next + 2, ')')
            && tape.glued(next + 2)
        {
            next += 3;
        } else {
            break;
        }
    }
    while next > at + 1 && matches!(tape.kind(next - 1), Some(Kind::Symbol(c)) if c != ')') {
        next -= 1;
    }
    while first < at && matches!(tape.kind(first), Some(Kind::Symbol(_))) {
        first += 1;
    }
    SetAside { first, next, why: Aside::Identifier }
}

/// `10:30`, `9am`, `10 a.m.`.
pub(super) fn time(tape: &Tape<'_>, at: usize) -> Option<SetAside> {
    let hour = tape.numeral(at).filter(|n| n.whole_digits <= 2 && !n.grouped)?;
    let mut next = at + 1;
    let two = |at: usize| {
        tape.glued(at)
            && tape.glued(at + 1)
            && tape.is_symbol(at, ':')
            && tape.text(at + 1).len() == 2
            && tape.numeral(at + 1).is_some()
    };
    if two(next) && hour.places == 0 {
        next += 2;
        if two(next) {
            next += 2;
        }
        next = meridiem(tape, next).unwrap_or(next);
        return Some(SetAside { first: at, next, why: Aside::Time });
    }
    let small = hour.value <= rust_decimal::Decimal::from(24);
    meridiem(tape, next).filter(|_| small).map(|next| SetAside { first: at, next, why: Aside::Time })
}

fn meridiem(tape: &Tape<'_>, at: usize) -> Option<usize> {
    match tape.word_at(at)? {
        "pm" | "PM" | "Pm" => Some(at + 1),
        "am" | "AM" | "Am" if tape.glued(at) || tape.text(at) == "AM" => Some(at + 1),
        "a" | "p" | "A" | "P"
            if tape.is_symbol(at + 1, '.') && tape.is_word(at + 2, "m") && tape.glued(at + 1) && tape.glued(at + 2) =>
        {
            Some(if tape.is_symbol(at + 3, '.') { at + 4 } else { at + 3 })
        }
        _ => None,
    }
}

fn ends_in_letters(text: &str) -> bool {
    text.chars().next_back().is_some_and(char::is_alphabetic)
}

/// A number that is a date though no period was read: `2019` alone, `'24`, the 15 of `March 1 and September 15 of each year`.
pub(super) fn date(tape: &Tape<'_>, amount: &Amount) -> Option<SetAside> {
    let at = amount.first;
    let text = tape.text(at);
    let apostrophe = at > 0
        && matches!(tape.symbol(at - 1), Some('\'' | '’' | '‘'))
        && tape.glued(at)
        && (at < 2 || !tape.glued(at - 1));
    let four = text.len() == 4 && matches!(text.as_bytes(), [b'1', b'9', ..] | [b'2', b'0', ..]);
    if apostrophe && text.len() == 2 {
        return Some(SetAside { first: at - 1, next: at + 1, why: Aside::Date });
    }
    let day = at > 0 && tape.is_claimed(at - 1) && text.len() <= 2 && ends_in_letters(tape.text(at - 1));
    (four || day).then_some(SetAside { first: at, next: at + 1, why: Aside::Date })
}
