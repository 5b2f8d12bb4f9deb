//! Lists: `fiscal 2019, 2018 and 2017`, `years ended June 30, 2019 and 2018`, `Q1, Q2 and Q3 FY25`.
//!
//! Enters: the mentions so far. Leaves: a bare year as what it continues, a year that closes a list on all of it.
//! Invariant: only neighbours that nothing but a comma or a conjunction parts touch one another.

use jiff::civil::Date;

use super::stretch::with_year_of;
use super::token::Tokens;
use super::word::Word;
use crate::extract::{Mention, MentionKind};
use crate::period::{Expression, Fixed};

/// The reading of a bare year, as the continuation of the mention that ended at `end`, where it is one.
pub(super) fn inherit(
    tokens: &Tokens<'_>,
    mentions: &[Mention],
    end: usize,
    at: usize,
    next: usize,
    kind: MentionKind,
) -> MentionKind {
    let MentionKind::Period(Expression::Fixed(Fixed::Year { year, fiscal: false }), scenario) = kind else {
        return kind;
    };
    let unchanged = MentionKind::Period(Expression::Fixed(Fixed::Year { year, fiscal: false }), scenario);
    let Some(MentionKind::Period(Expression::Fixed(before), _)) = mentions.last().map(|mention| &mention.kind) else {
        return unchanged;
    };
    if !continues(tokens, end, at, next) {
        return unchanged;
    }
    let day = |date: Date| {
        Date::new(year, date.month(), date.day().min(28)).map(|same| {
            // The last day of a month stays the last day.
            let day = if date.day() == date.days_in_month() { same.days_in_month() } else { date.day() };
            Date::new(year, date.month(), day).unwrap_or(same)
        })
    };
    let fixed = match *before {
        Fixed::Year { fiscal, .. } => Fixed::Year { year, fiscal },
        Fixed::Half(_, half) => Fixed::Half(year, half),
        Fixed::Quarter(_, quarter) => Fixed::Quarter(year, quarter),
        Fixed::Month(_, month) => Fixed::Month(year, month),
        Fixed::NthMonth(_, month) => Fixed::NthMonth(year, month),
        Fixed::Day(date) => match day(date) {
            Ok(date) => Fixed::Day(date),
            Err(_) => return unchanged,
        },
        Fixed::Ended(months, date) => match day(date) {
            Ok(date) => Fixed::Ended(months, date),
            Err(_) => return unchanged,
        },
        Fixed::WeeksEnded(..) => return unchanged,
    };
    MentionKind::Period(Expression::Fixed(fixed), scenario)
}

/// Gives the year of the last mention to those before it in its list. `places` are the mentions' first and next tokens.
pub(super) fn share_year(tokens: &Tokens<'_>, mentions: &mut [Mention], places: &[(usize, usize)]) {
    for last in (1..mentions.len()).rev().take(LONGEST) {
        let (Some(earlier), Some(later)) = (places.get(last - 1), places.get(last)) else { return };
        if !listed(tokens, earlier.1, later.0) {
            return;
        }
        let (before, after) = mentions.split_at_mut(last);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { return };
        let (MentionKind::Period(from, _), MentionKind::Period(to, _)) = (&mut first.kind, &second.kind) else {
            return;
        };
        let dated = with_year_of(from.clone(), to);
        if dated == *from {
            return;
        }
        *from = dated;
    }
}

/// As far back as a list's year is carried.
const LONGEST: usize = 12;

/// Whether only a comma, a conjunction or a slash stands between two tokens.
fn listed(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    let link = |at: usize| {
        matches!(tokens.word(at), Some(Word::And | Word::Or | Word::Versus))
            || matches!(tokens.symbol(at), Some('&' | '/'))
    };
    match to.checked_sub(from) {
        Some(1) => link(from) || tokens.is_symbol(from, ','),
        Some(2) => tokens.is_symbol(from, ',') && link(from + 1),
        _ => false,
    }
}

/// Whether a year continues a list: after `and`, `or` or `&`, or after a comma where the list goes on.
fn continues(tokens: &Tokens<'_>, end: usize, at: usize, next: usize) -> bool {
    let conjunction = |at: usize| matches!(tokens.word(at), Some(Word::And | Word::Or)) || tokens.is_symbol(at, '&');
    match at.checked_sub(end) {
        Some(1) if conjunction(end) => true,
        Some(2) if tokens.is_symbol(end, ',') && conjunction(end + 1) => true,
        Some(1) if tokens.is_symbol(end, ',') => {
            // "In Q3 2024, 2025 guidance was raised" is no list.
            conjunction(next) && super::date::is_year(tokens, next + 1)
                || tokens.is_symbol(next, ',') && (super::date::is_year(tokens, next + 1) || conjunction(next + 1))
        }
        _ => false,
    }
}
