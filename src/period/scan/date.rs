//! Dates and calendar months: `2024-12-31`, `12.31.24`, `31 March 2019`, `Sept 2025`, `May` alone.
//!
//! Enters: a place among the tokens. Leaves: the date or month that stands there, or why it cannot be one.
//! Invariant: a day that its month does not have is never a period.

use jiff::civil::Date;

use super::fiscal::{counts, expand};
use super::relative::year_reference;
use super::token::{Kind, Tokens};
use super::word::Word;
use super::{Reading, ends, fixed};
use crate::extract::MentionKind;
use crate::period::{Expression, Fixed, YearReference};

/// A date as written; the day may be one that does not exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Written {
    Day(i16, i8, i8),
    /// Month and day; whether `st`, `th` shows that a day is meant.
    MonthDay(i8, i8, bool),
    Month(i16, i8),
    BareMonth(i8),
}

/// `2024-12-31T10:00`, `2024-12-31 10:00`: the date and the start of the time.
pub(super) fn timestamp(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
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
        // 2024 has a 29 February.
        Written::MonthDay(month, day, _) => {
            Date::new(2024, month, day).ok().map(|_| Expression::MonthDay(month, day))?
        }
        Written::BareMonth(month) => {
            if let Some((next, years)) = year_reference(tokens, next) {
                let month = Box::new(Expression::Month(month));
                return Some((next, Expression::InYear(month, YearReference::FromReporting(years))));
            }
            if !bare_month(tokens, at, next) {
                return None;
            }
            Expression::Month(month)
        }
    };
    Some((next, expression))
}

/// A date whose day its month does not have.
pub(super) fn impossible(tokens: &Tokens<'_>, at: usize) -> Reading<MentionKind> {
    let (next, written) = written(tokens, at)?;
    let (year, month, day) = match written {
        Written::Day(year, month, day) => (Some(year), month, day),
        Written::MonthDay(month, day, ordinal) => {
            // "In June 31 of 48 deals closed" is no date; "at June 31" is meant as one.
            let meant = tokens.word_before(at).is_some_and(|word| {
                matches!(
                    word,
                    Word::At
                        | Word::On
                        | Word::Ended
                        | Word::Ending
                        | Word::By
                        | Word::Until
                        | Word::Since
                        | Word::Of
                        | Word::To
                )
            });
            if !ordinal && !meant && next < tokens.len() {
                return None;
            }
            (None, month, day)
        }
        _ => return None,
    };
    let first = Date::new(year.unwrap_or(2024), month, 1).ok()?;
    if day <= first.days_in_month() || !ends(tokens, next) {
        return None;
    }
    let name = MONTHS.get(usize::try_from(month - 1).ok()?)?;
    let when = match year {
        Some(year) if month == 2 => format!("{name} {year}"),
        _ => (*name).to_owned(),
    };
    let message = format!("`{}` is no date: {when} has {} days", tokens.between(at, next), first.days_in_month());
    Some((next, MentionKind::ImpossibleDate(message)))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn written(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    match tokens.get(at)?.kind {
        Kind::Number(..) => iso(tokens, at)
            .or_else(|| year_first(tokens, at))
            .or_else(|| numeric(tokens, at))
            .or_else(|| month_year(tokens, at))
            .or_else(|| day_first(tokens, at)),
        Kind::Word(Word::Month(_) | Word::MonthShort(_)) => month_first(tokens, at),
        _ => None,
    }
}

/// A number of at most two digits there, within a range.
fn small(tokens: &Tokens<'_>, at: usize, most: i8) -> Option<i8> {
    let (value, digits) = tokens.number(at)?;
    let value = i8::try_from(value).ok()?;
    (digits <= 2 && (1..=most).contains(&value)).then_some(value)
}

/// Whether a symbol stands there with nothing but digits right before and after it.
fn joins(tokens: &Tokens<'_>, at: usize, symbol: char) -> bool {
    tokens.is_symbol(at, symbol) && tokens.glued(at) && tokens.glued(at + 1) && tokens.number(at + 1).is_some()
}

/// `2024-12-31`, `2024/12/31`, `2024-12`.
fn iso(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let year = four_digits(tokens, at)?;
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
    let month = small(tokens, at + 2, 12)?;
    if joins(tokens, at + 3, separator) {
        return Some((at + 5, Written::Day(year, month, small(tokens, at + 4, 31)?)));
    }
    let two_digits = tokens.number(at + 2).is_some_and(|(_, digits)| digits == 2);
    (separator == '-' && two_digits).then_some((at + 3, Written::Month(year, month)))
}

/// `12/31/2024`, `31.12.2024`, `12.31.24`. Where both orders are dates: day first between dots with a four-digit year and
/// between dashes, month first otherwise.
fn numeric(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
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
        (13.., 13..) => return None,
        (13.., _) => (other, one),
        (_, 13..) => (one, other),
        _ if day_is_first => (other, one),
        _ => (one, other),
    };
    Some((at + 5, Written::Day(year, month, day)))
}

/// `2025 October`, `2025-Oct`, `2025 October 31`.
fn year_first(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
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

/// `09/2025`.
fn month_year(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
    let month = small(tokens, at, 12)?;
    if !joins(tokens, at + 1, '/') {
        return None;
    }
    Some((at + 3, Written::Month(four_digits(tokens, at + 2)?, month)))
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
fn day_first(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
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
fn month_first(tokens: &Tokens<'_>, at: usize) -> Reading<Written> {
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
fn bare_month(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    let whole = tokens.len() == 1;
    let full = match tokens.word(at) {
        Some(Word::Month(3 | 5)) => false,
        Some(Word::Month(_)) => return true,
        Some(Word::MonthShort(_)) => {
            // APR, MAR and DEC stand for other things.
            let shouting = tokens.capitals(at);
            let beside = |at: Option<usize>| at.and_then(|at| month_name(tokens, at)).is_some();
            // "Inc (Dec)" is increase and decrease.
            let bracketed = tokens.word(at) == Some(Word::MonthShort(12))
                && at > 0
                && matches!(tokens.symbol(at - 1), Some('(' | '/'));
            return whole
                || tokens.capital(at)
                    && !bracketed
                    && (!shouting || beside(at.checked_sub(1)) || beside(Some(next + 1)));
        }
        _ => return false,
    };
    debug_assert!(!full, "only March and May go on");
    if !tokens.capital(at) {
        return whole;
    }
    let before = at.checked_sub(1);
    let led = tokens.word_before(at).is_some_and(|word| {
        matches!(
            word,
            Word::In
                | Word::Of
                | Word::Since
                | Word::From
                | Word::To
                | Word::For
                | Word::By
                | Word::At
                | Word::Until
                | Word::Through
                | Word::During
                | Word::Before
                | Word::After
                | Word::Last
                | Word::This
                | Word::Next
                | Word::And
                | Word::Or
                | Word::Versus
                | Word::On
                | Word::Ended
                | Word::Ending
                | Word::End
                | Word::Ytd
                | Word::Ltm
                | Word::Approximately
                | Word::Month(_)
                | Word::MonthShort(_)
        )
    });
    let clause_start = before.is_none_or(|before| tokens.symbol(before).is_some_and(|symbol| symbol != '\''));
    let followed = match tokens.get(next).map(|token| token.kind) {
        None | Some(Kind::Number(..)) => true,
        Some(Kind::Symbol(_)) => tokens.word(at) == Some(Word::Month(3)) || !tokens.is_symbol(next, '\''),
        Some(Kind::Word(word)) => matches!(word, Word::Scenario | Word::Ytd | Word::Ltm),
    };
    let joined = matches!(tokens.word(next), Some(Word::To | Word::Through | Word::Until | Word::And | Word::Or))
        && month_name(tokens, next + 1).is_some();
    let verb = match tokens.word(next) {
        Some(Word::AfterVerb | Word::The | Word::On | Word::To | Word::Letter(_)) => true,
        Some(_) if tokens.word(at) == Some(Word::Month(5)) => clause_start && !followed,
        _ => false,
    };
    led || followed || joined || clause_start && !verb
}
