//! Dates with a month's name: `31 March 2019`, `Sept. 2025`, `2025 October`, `May` alone.
//!
//! Enters: a place among the tokens. Leaves: the date or month that is written, also one that does not exist.
//! Invariant: `may`, `march` and `dec` are months only where nothing makes them words.

use jiff::civil::Date;

use super::super::fiscal::{counts, expand};
use super::super::token::{Kind, Tokens};
use super::super::word::Word;
use super::super::{Reading, ends};
use super::{Written, four_digits, small};

/// `2025 October`, `2025-Oct`, `2025 October 31`.
pub(super) fn year_first(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let year = four_digits(tokens, at)?;
    let separated = matches!(tokens.symbol(at + 1), Some('-' | '/')) && tokens.glued(at + 1) && tokens.glued(at + 2);
    let name = if separated { at + 2 } else { at + 1 };
    let month = month_name(tokens, name).filter(|_| tokens.capital(name))?;
    let day = small(tokens, name + 1, 31).filter(|_| ends(tokens, name + 2) && !counts(tokens, name + 2));
    match day {
        Some(day) => Some((name + 2, Written::Day(year, month, day))),
        None => Some((name + 1, Written::Month(year, month))),
    }
}

/// The month named there.
fn month_name(tokens: &Tokens<'_>, at: usize) -> Option<i8> {
    match tokens.word(at)? {
        Word::Month(month) | Word::MonthShort(month) => Some(month),
        _ => None,
    }
}

/// Whether the month there is also a common word, written as one.
fn is_verb(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), Some(Word::Month(3 | 5) | Word::MonthShort(_))) && !tokens.capital(at)
}

/// `31 March 2019`, `31st of March`, `31-Mar-19`.
pub(super) fn day_first(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let day = small(tokens, at, 31)?;
    let mut next = at + 1;
    let ordinal = tokens.is(next, Word::Suffix) && tokens.glued(next);
    if ordinal {
        next += 1;
        next = tokens.past(next, Word::Of);
    }
    let separator = tokens
        .symbol(next)
        .filter(|symbol| matches!(symbol, '-' | '/') && tokens.glued(next) && tokens.glued(next + 1));
    if separator.is_some() {
        next += 1;
    } else if tokens.glued(next) && !ordinal {
        return None;
    }
    let name = next;
    let month = month_name(tokens, name)?;
    next = past_point(tokens, name + 1);
    if let Some(symbol) = separator {
        let same = tokens.is_symbol(next, symbol) && tokens.glued(next) && tokens.glued(next + 1);
        let year = if same { four_digits(tokens, next + 1).or_else(|| two_digits(tokens, next + 1)) } else { None };
        if let Some(year) = year {
            return Some((next + 2, Written::Day(year, month, day)));
        }
    }
    if let Some((next, year)) = year_after(tokens, next) {
        return Some((next, Written::Day(year, month, day)));
    }
    (!is_verb(tokens, name)).then_some((next, Written::MonthDay(month, day, ordinal)))
}

/// Past the point of an abbreviation, when the text goes on after it.
fn past_point(tokens: &Tokens<'_>, at: usize) -> usize {
    let abbreviated = at > 0 && matches!(tokens.word(at - 1), Some(Word::MonthShort(_)));
    let point = tokens.is_symbol(at, '.') && tokens.glued(at) && tokens.number(at + 1).is_some();
    if abbreviated && point { at + 1 } else { at }
}

/// Four digits after an optional comma, or `'25`.
fn year_after(tokens: &Tokens<'_>, at: usize) -> Reading<i16> {
    let comma = tokens.is_symbol(at, ',') && tokens.glued(at);
    let at = if comma { at + 1 } else { at };
    let at = tokens.past(at, Word::Of);
    if let Some(year) = four_digits(tokens, at).filter(|_| ends(tokens, at + 1) || scenario_letter(tokens, at + 1)) {
        return Some((at + 1, year));
    }
    let quoted = tokens.is_symbol(at, '\'') && tokens.glued(at + 1);
    if quoted { Some((at + 2, two_digits(tokens, at + 1)?)) } else { None }
}

fn scenario_letter(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), Some(Word::Letter(_)))
}

/// A year of two digits there.
fn two_digits(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    tokens.number(at).filter(|(_, digits)| *digits == 2).and_then(|_| expand(tokens, at))
}

/// `March 31st, 2019`, `Sep-25`, `Sept. 2025`, `July 31`.
pub(super) fn month_first(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let month = month_name(tokens, at)?;
    let next = past_point(tokens, at + 1);
    if let Some((next, year)) = year_after(tokens, next) {
        let counted = tokens.bytes(next - 1) == b"2000" && counts(tokens, next);
        return (!counted).then_some((next, Written::Month(year, month)));
    }
    // `Sep-25`, `Sep'25`, `Sep25`: glued, a year; but `Mar-31` is a day.
    let separated = matches!(tokens.symbol(next), Some('-' | '/')) && tokens.glued(next) && tokens.glued(next + 1);
    let number = if separated { next + 1 } else { next };
    if tokens.glued(number) && tokens.number(number).is_some() {
        let year = four_digits(tokens, number).or_else(|| two_digits(tokens, number));
        return match (year, small(tokens, number, 31)) {
            (_, Some(day @ 30..)) => Some((number + 1, Written::MonthDay(month, day, false))),
            (Some(year), _) => Some((number + 1, Written::Month(year, month))),
            (None, Some(day)) if separated => Some((number + 1, Written::MonthDay(month, day, false))),
            _ => None,
        };
    }
    month_day(tokens, at, next, month).or(Some((at + 1, Written::BareMonth(month))))
}

/// `March 31st, 2019`, `March 31`, from the place after the month.
fn month_day(tokens: &Tokens<'_>, name: usize, at: usize, month: i8) -> Reading<Written> {
    let day = small(tokens, at, 31)?;
    let mut next = at + 1;
    let ordinal = tokens.is(next, Word::Suffix) && tokens.glued(next);
    if ordinal {
        next += 1;
    }
    if let Some((next, year)) = year_after(tokens, next) {
        return Some((next, Written::Day(year, month, day)));
    }
    if ordinal {
        return Some((next, Written::MonthDay(month, day, true)));
    }
    // A chart's `Jan 25` is a month of 2025; `Jan 31` a day.
    let header = name == 0 && (next == tokens.len() || tokens.is(next, Word::Scenario));
    let last = Date::new(2024, month, 1).is_ok_and(|first| day >= first.days_in_month() - 1);
    if header && (20..=29).contains(&day) && !(last && month == 2) {
        return Some((next, Written::Month(expand(tokens, at)?, month)));
    }
    // "In March 31 of 48 deals closed".
    let some_of = tokens.is(next, Word::Of) && (tokens.number(next + 1).is_some() || tokens.is(next + 1, Word::The));
    let amount = !ends(tokens, next) || counts(tokens, next) || some_of || is_verb(tokens, name);
    (!amount).then_some((next, Written::MonthDay(month, day, false)))
}

/// Whether a month's name without year or day is meant as one. `may`, `march` and abbreviations are words too.
pub(super) fn bare_month(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    let whole = tokens.len() == 1;
    match tokens.word(at) {
        Some(Word::Month(month @ (3 | 5))) if tokens.capital(at) => like_a_date(tokens, at, next, month),
        Some(Word::Month(3 | 5)) => whole,
        Some(Word::Month(_)) => true,
        Some(Word::MonthShort(month)) => {
            // "Inc (Dec)" is increase and decrease.
            let bracketed = month == 12 && at > 0 && matches!(tokens.symbol(at - 1), Some('(' | '/'));
            // APR, MAR and DEC stand for other things, but not beside another month.
            let beside = |at: Option<usize>| at.and_then(|at| month_name(tokens, at)).is_some();
            let clear = !tokens.capitals(at) || beside(at.checked_sub(1)) || beside(Some(next + 1));
            whole || tokens.capital(at) && !bracketed && clear
        }
        _ => false,
    }
}

/// Whether a capital `March` or `May` stands where a date would.
fn like_a_date(tokens: &Tokens<'_>, at: usize, next: usize, month: i8) -> bool {
    if tokens.word_before(at).is_some_and(Word::leads_to_month) {
        return true;
    }
    let followed = match tokens.get(next).map(|token| token.kind) {
        None | Some(Kind::Number(..)) => true,
        // Somebody may be called May.
        Some(Kind::Symbol(symbol)) => month == 3 || symbol != '\'',
        Some(Kind::Word(Word::To | Word::Through | Word::Until | Word::And | Word::Or)) => {
            month_name(tokens, next + 1).is_some()
        }
        Some(Kind::Word(word)) => matches!(word, Word::Scenario | Word::Ytd | Word::Ltm | Word::Quarter),
    };
    if followed {
        return true;
    }
    // At the start of a clause capitals say nothing: "March revenue rose", but "May we …", "March to the beat".
    let clause_start = at == 0 || tokens.symbol(at - 1).is_some_and(|symbol| symbol != '\'');
    let verb = matches!(tokens.word(next), Some(Word::AfterVerb | Word::The | Word::On | Word::To | Word::Letter(_)));
    clause_start && !verb && month == 3
}
