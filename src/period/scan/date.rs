//! Dates and calendar months: `2024-12-31`, `12.31.24`, `31 March 2019`, `Sept 2025`, `May` alone.
//!
//! Enters: a place among the tokens. Leaves: the date or month that stands there, or why it cannot be one.
//! Invariant: a day that its month does not have is never a period.

mod named;
mod numeric;

use jiff::civil::Date;

use super::relative::year_reference;
use super::token::{Kind, Tokens};
use super::word::Word;
use super::{Reading, ends, fixed};
use crate::extract::MentionKind;
use crate::period::{Expression, Fixed, YearReference};

pub(super) use numeric::timestamp;

/// A date as written; its month or day may be one that does not exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Written {
    Day(i16, i8, i8),
    /// Month and day; whether `st`, `th` shows that a day is meant.
    MonthDay(i8, i8, bool),
    Month(i16, i8),
    BareMonth(i8),
}

/// Whether four digits there can be a year.
pub(super) fn is_year(tokens: &Tokens<'_>, at: usize) -> bool {
    four_digits(tokens, at).is_some()
}

/// The year that four digits there can be.
pub(super) fn four_digits(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    match tokens.number(at)? {
        (year @ 1900..=2100, 4) => i16::try_from(year).ok(),
        _ => None,
    }
}

/// A date or month.
pub(super) fn date(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, written) = written(tokens, at)?;
    let expression = match written {
        Written::Day(year, month, day) => fixed(Fixed::Day(Date::new(year, month, day).ok()?)),
        Written::Month(year, month) => fixed(Fixed::Month(year, month)),
        Written::MonthDay(month, day, _) => {
            Date::new(LEAP_YEAR, month, day).ok().map(|_| Expression::MonthDay(month, day))?
        }
        Written::BareMonth(month) => {
            if let Some((next, years)) = year_reference(tokens, next) {
                let month = Box::new(Expression::Month(month));
                return Some((next, Expression::InYear(month, YearReference::FromReporting(years))));
            }
            if !named::bare_month(tokens, at, next) {
                return None;
            }
            Expression::Month(month)
        }
    };
    Some((next, expression))
}

/// A date whose month does not exist, or whose day its month does not have.
pub(super) fn impossible(tokens: &Tokens<'_>, at: usize) -> Reading<MentionKind> {
    let (next, written) = written(tokens, at)?;
    let (year, month, day) = match written {
        Written::Day(year, month, day) => (Some(year), month, day),
        // "In June 31 of 48 deals closed" is no date; "at June 31" is meant as one.
        Written::MonthDay(month, day, ordinal) => {
            let meant = tokens.word_before(at).is_some_and(Word::leads_to_day);
            if !ordinal && !meant && next < tokens.len() {
                return None;
            }
            (None, month, day)
        }
        _ => return None,
    };
    if !ends(tokens, next) {
        return None;
    }
    let text = tokens.between(at, next);
    let Ok(first) = Date::new(year.unwrap_or(LEAP_YEAR), month, 1) else {
        return Some((next, MentionKind::ImpossibleDate(format!("`{text}` is no date: there is no month {month}"))));
    };
    if day <= first.days_in_month() {
        return None;
    }
    let when = match year {
        Some(_) if month == 2 => first.strftime("%B %Y"),
        _ => first.strftime("%B"),
    };
    let message = format!("`{text}` is no date: {when} has {} days", first.days_in_month());
    Some((next, MentionKind::ImpossibleDate(message)))
}

/// A year that has every day: 29 February, without a year, may be meant in it.
const LEAP_YEAR: i16 = 2024;

fn written(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    match tokens.get(at)?.kind {
        Kind::Number(..) => numeric::iso(tokens, at)
            .or_else(|| named::year_first(tokens, at))
            .or_else(|| numeric::numeric(tokens, at))
            .or_else(|| numeric::month_year(tokens, at))
            .or_else(|| named::day_first(tokens, at)),
        Kind::Word(Word::Month(_) | Word::MonthShort(_)) => named::month_first(tokens, at),
        _ => None,
    }
}

/// A number of at most two digits there, within a range.
fn small(tokens: &Tokens<'_>, at: usize, most: i8) -> Option<i8> {
    let (value, digits) = tokens.number(at)?;
    let value = i8::try_from(value).ok()?;
    (digits <= 2 && (1..=most).contains(&value)).then_some(value)
}
