//! Dates in digits: `2024-12-31`, `12.31.24`, `09/2025`, `2025M09`.
//!
//! Enters: a place among the tokens. Leaves: the date that the digits write, also one that does not exist.
//! Invariant: only digits that one separator joins are a date.

use super::super::Reading;
use super::super::fiscal::expand;
use super::super::token::Tokens;
use super::super::word::Word;
use super::{Written, four_digits, small};

/// `2024-12-31T10:00`, `2024-12-31 10:00`: the date and the start of the time.
pub(in crate::period::scan) fn timestamp(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let (next, Written::Day(..)) = iso(tokens, at)? else { return None };
    if tokens.is(next, Word::Letter(b't')) && tokens.glued(next) && tokens.number(next + 1).is_some() {
        return Some(past_time(tokens, next + 1));
    }
    let hour = tokens.number(next).is_some_and(|(_, digits)| digits <= 2) && tokens.is_symbol(next + 1, ':');
    (hour && tokens.glued(next + 1)).then(|| past_time(tokens, next))
}

/// Past hours, minutes, seconds and a zone letter.
fn past_time(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut next = at + 1;
    while matches!(tokens.symbol(next), Some(':' | '.')) && tokens.glued(next) && tokens.number(next + 1).is_some() {
        next += 2;
    }
    if tokens.is(next, Word::Letter(b'z')) && tokens.glued(next) { next + 1 } else { next }
}

/// Whether a symbol stands there with nothing but digits right before and after it.
fn joins(tokens: &Tokens<'_>, at: usize, symbol: char) -> bool {
    tokens.is_symbol(at, symbol) && tokens.glued(at) && tokens.glued(at + 1) && tokens.number(at + 1).is_some()
}

/// `2024-12-31`, `2024/12/31`, `2024-12`, `2024M12`.
pub(super) fn iso(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let year = four_digits(tokens, at)?;
    if let Some(found) = with_letter(tokens, at + 1, year) {
        return Some(found);
    }
    let separator = tokens.symbol(at + 1).filter(|symbol| matches!(symbol, '-' | '/'))?;
    if !joins(tokens, at + 1, separator) {
        return None;
    }
    // Accounting standards are numbered like months: ASU No. 2014-09.
    let numbered = matches!(tokens.word_before(at), Some(Word::Reference))
        || at >= 2 && tokens.is_symbol(at - 1, '.') && tokens.is(at - 2, Word::Reference);
    if numbered {
        return None;
    }
    let month = small(tokens, at + 2, 31)?;
    if joins(tokens, at + 3, separator) {
        let day = small(tokens, at + 4, 31)?;
        // `2021-25-03` has day and month the wrong way round; `2021-25-13` is no date at all.
        return (month <= 12 || day <= 12).then_some((at + 5, Written::Day(year, month, day)));
    }
    if month > 12 {
        return None;
    }
    let two_digits = tokens.number(at + 2).is_some_and(|(_, digits)| digits == 2);
    (separator == '-' && two_digits).then_some((at + 3, Written::Month(year, month)))
}

/// `M09` after a year: statisticians' months.
fn with_letter(tokens: &Tokens<'_>, at: usize, year: i16) -> Reading<Written> {
    let letter = tokens.hop(at);
    let glued = tokens.glued(letter) && tokens.glued(letter + 1);
    if !glued || !tokens.is(letter, Word::Letter(b'm')) || !tokens.capital(letter) {
        return None;
    }
    Some((letter + 2, Written::Month(year, small(tokens, letter + 1, 12)?)))
}

/// `12/31/2024`, `31.12.2024`, `12.31.24`. Where both orders are dates: day first between dots with a four-digit year and
/// between dashes, month first otherwise.
pub(super) fn numeric(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let (one, separator) = (small(tokens, at, 31)?, tokens.symbol(at + 1)?);
    if !joins(tokens, at + 1, separator) || !joins(tokens, at + 3, separator) {
        return None;
    }
    if tokens.word_before(at) == Some(Word::Reference) {
        return None;
    }
    let other = small(tokens, at + 2, 31)?;
    let (year, full) = match (tokens.number(at + 4)?, separator) {
        ((_, 4), '/' | '.' | '-') => (four_digits(tokens, at + 4)?, true),
        // `1.2.10` is more often a version than a date of 2010, `30/60/90` a set of ages.
        ((15..=45, 2), '.') | ((0..=45 | 80..=99, 2), '/') => (expand(tokens, at + 4)?, false),
        _ => return None,
    };
    let day_is_first = (separator == '.' && full) || separator == '-';
    let (month, day) = match (one, other) {
        // With all four digits of the year it is meant as a date.
        (13.., 13..) if full => (other, one),
        (13.., 13..) => return None,
        (13.., _) => (other, one),
        (_, 13..) => (one, other),
        _ if day_is_first => (other, one),
        _ => (one, other),
    };
    Some((at + 5, Written::Day(year, month, day)))
}

/// `09/2025`.
pub(super) fn month_year(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let month = small(tokens, at, 12)?;
    if !joins(tokens, at + 1, '/') {
        return None;
    }
    Some((at + 3, Written::Month(four_digits(tokens, at + 2)?, month)))
}
