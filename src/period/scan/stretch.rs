//! Stretches of time and their edges: `three months ended …`, `YTD`, `LTM`, `year-end`, `Q1–Q3`.
//!
//! Enters: a place among the tokens. Leaves: expressions built around the periods that stand within them.
//! Invariant: a stretch nests at most one point, so that reading it takes a bounded number of steps.

use super::fiscal::count;
use super::relative::{noun, year_reference};
use super::token::{Kind as TokenKind, Tokens};
use super::word::Word;
use super::{Reading, date, fixed, point};
use crate::period::arithmetic::last_of_month;
use crate::period::{Expression, Fixed, Grain, Relative, YearReference};

/// How long a stretch lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Length {
    Months(i8),
    Weeks(i8),
}

/// `three months ended October 31, 2024`, `year ended 30 June 2019`, `52 weeks to 28 September 2024`.
pub(super) fn ended(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, length) = length(tokens, at)?;
    let next = tokens.past(tokens.past(tokens.hop(next), Word::Period), Word::Periods);
    let to = matches!(tokens.word(next), Some(Word::To | Word::Through));
    if !to && !matches!(tokens.word(next), Some(Word::Ended | Word::Ending)) {
        return None;
    }
    let next = tokens.past(next + 1, Word::On);
    let (next, last) = date::date(tokens, tokens.past(next, Word::The))?;
    let expression = match (length, last) {
        (Length::Months(months), Expression::Fixed(Fixed::Day(day))) => fixed(Fixed::Ended(months, day)),
        (Length::Months(months), Expression::Fixed(Fixed::Month(year, month))) => {
            fixed(Fixed::Ended(months, last_of_month(year, month)))
        }
        (Length::Weeks(weeks), Expression::Fixed(Fixed::Day(day))) => fixed(Fixed::WeeksEnded(weeks, day)),
        (Length::Months(months), last @ (Expression::MonthDay(..) | Expression::Month(_))) => {
            Expression::Ended(months, Box::new(last))
        }
        _ => return None,
    };
    Some((next, expression))
}

/// `year`, `fiscal years`, `three months`, `nine-month`, `52 weeks`.
fn length(tokens: &Tokens<'_>, at: usize) -> Reading<Length> {
    if let Some((next, grain)) = noun(tokens, at) {
        return Some((next, Length::Months(i8::try_from(grain.months()).ok()?)));
    }
    match tokens.word(at) {
        Some(Word::Years) => return Some((at + 1, Length::Months(12))),
        Some(Word::Quarters) => return Some((at + 1, Length::Months(3))),
        Some(Word::Fiscal) if tokens.is(at + 1, Word::Years) => return Some((at + 2, Length::Months(12))),
        Some(Word::Fiscal) if tokens.is(at + 1, Word::Quarters) => return Some((at + 2, Length::Months(3))),
        _ => {}
    }
    let number = count(tokens, at)?;
    let unit = tokens.hop(at + 1);
    match tokens.word(unit)? {
        Word::MonthUnit | Word::Months => Some((unit + 1, Length::Months(number))),
        // "The three years ended December 31, 2019" are no period, but neither are they the last of them.
        Word::Years => Some((unit + 1, Length::Months(number.checked_mul(12)?))),
        Word::Weeks => Some((unit + 1, Length::Weeks(number))),
        _ => None,
    }
}

/// Past `YTD` or `year to date`.
pub(super) fn year_to_date(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.is(at, Word::Ytd) {
        return Some(at + 1);
    }
    tokens.phrase(at, &[Word::Year, Word::To, Word::Date])
}

/// `YTD`, `year to date`, `YTD Q3 FY25`, `YTD to September 2025`.
pub(super) fn to_date(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    if let Some(next) = tokens.phrase(at, &[Word::Quarter, Word::To, Word::Date]) {
        return Some((next, Expression::Relative(Relative::This(Grain::Quarter))));
    }
    if let Some(next) = tokens.phrase(at, &[Word::MonthUnit, Word::To, Word::Date]) {
        return Some((next, Expression::Relative(Relative::This(Grain::Month))));
    }
    // `To date, net sales are …`: up to now from where the year began; what was `spent to date` may have begun with its project.
    if let Some(next) = tokens.phrase(at, &[Word::To, Word::Date]) {
        let opens = at == 0 || matches!(tokens.symbol(at - 1), Some('.' | '!' | '?')) && !tokens.glued(at);
        return (opens && tokens.is_symbol(next, ',')).then_some((next, Expression::ToDate(None)));
    }
    let next = year_to_date(tokens, at)?;
    if let Some((next, years)) = year_reference(tokens, next) {
        let to_date = Box::new(Expression::ToDate(None));
        return Some((next, Expression::InYear(to_date, YearReference::FromReporting(years))));
    }
    let (next, of) = until(tokens, next);
    Some((next, Expression::ToDate(of)))
}

/// `LTM`, `last twelve months`, `LTM Q3 FY25`, `LTM to September 2025`.
pub(super) fn trailing(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let next = twelve_months(tokens, at)?;
    let (next, to) = until(tokens, next);
    Some((next, Expression::Trailing(to)))
}

fn twelve_months(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    match tokens.word(at)? {
        Word::Ltm => return Some(at + 1),
        Word::Last | Word::Trailing | Word::Prior => {}
        _ => return None,
    }
    let number = tokens.hop(at + 1);
    let unit = tokens.hop(number + 1);
    match (count(tokens, number)?, tokens.word(unit)?) {
        (12, Word::Months | Word::MonthUnit) | (4, Word::Quarters) => Some(unit + 1),
        _ => None,
    }
}

/// The point up to which a year to date or the last twelve months go, if it is said.
fn until(tokens: &Tokens<'_>, at: usize) -> (usize, Option<Box<Expression>>) {
    let mut next = at;
    if matches!(tokens.word(next), Some(Word::To | Word::Through | Word::Ended | Word::Ending)) {
        next += 1;
    } else {
        next = tokens.phrase(next, &[Word::As, Word::Of]).unwrap_or_else(|| tokens.hop(next));
    }
    if tokens.glued(next) && next == at {
        return (at, None);
    }
    match point(tokens, next) {
        Some((next, Expression::Relative(_))) => (next.min(at), None),
        Some((next, point)) => (next, Some(Box::new(point))),
        None => (at, None),
    }
}

/// A point with what may follow it: `Q3 FY25 YTD`, `2025-07-YTD`, `Sep-25 LTM`, `2024 year-end`.
pub(super) fn suffixed(tokens: &Tokens<'_>, at: usize, point: Expression) -> (usize, Expression) {
    let next = tokens.hop(tokens.past_possessive(at));
    if let Some(next) = year_to_date(tokens, next) {
        return (next, Expression::ToDate(Some(Box::new(point))));
    }
    if let Some(next) = tokens.phrase(next, &[Word::To, Word::Date]) {
        return (next, Expression::ToDate(Some(Box::new(point))));
    }
    if tokens.is(next, Word::Ltm) {
        return (next + 1, Expression::Trailing(Some(Box::new(point))));
    }
    if let Some(found) = closed_by(tokens, next, &point) {
        return found;
    }
    let end = match point {
        Expression::Fixed(Fixed::Year { .. }) => tokens.phrase(next, &[Word::Year, Word::End]),
        Expression::Fixed(Fixed::Quarter(..)) | Expression::Quarter(_) => {
            tokens.phrase(next, &[Word::Quarter, Word::End]).or_else(|| tokens.phrase(next, &[Word::End]))
        }
        _ => None,
    };
    // `Q3 end` reads as one, `Q3 ended` is another word.
    end.map_or((at, point.clone()), |end| (end, Expression::EndOf(Box::new(point))))
}

/// `the June quarter`, `Sep 2025 quarter`, `March quarter 2025`, `the December half of last year`: the stretch that a month closes.
fn closed_by(tokens: &Tokens<'_>, at: usize, month: &Expression) -> Reading<Expression> {
    let (next, grain) = noun(tokens, at).filter(|(_, grain)| matches!(grain, Grain::Quarter | Grain::Half))?;
    let months = i8::try_from(grain.months()).ok()?;
    let ended = |year, month| fixed(Fixed::Ended(months, last_of_month(year, month)));
    let year = tokens.past(next, Word::Of);
    match month {
        Expression::Fixed(Fixed::Month(year, month)) => Some((next, ended(*year, *month))),
        Expression::Month(month) if date::is_year(tokens, year) => {
            Some((year + 1, ended(date::four_digits(tokens, year)?, *month)))
        }
        Expression::Month(_) => {
            let closed = Expression::Ended(months, Box::new(month.clone()));
            Some(match year_reference(tokens, next) {
                Some((next, years)) => {
                    (next, Expression::InYear(Box::new(closed), YearReference::FromReporting(years)))
                }
                None => (next, closed),
            })
        }
        _ => None,
    }
}

/// `year-end`, `end of March`, `start of the year`, `end-2024`, `period end`.
pub(super) fn edge(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    if let Some(found) = entered(tokens, at) {
        return Some(found);
    }
    // `YE24`, `YE 2024`.
    if tokens.is(at, Word::Ye) && tokens.capitals(at) {
        let short = || super::fiscal::expand(tokens, at + 1).filter(|_| tokens.glued(at + 1));
        let year = super::date::four_digits(tokens, at + 1).or_else(short)?;
        return Some((at + 2, Expression::EndOf(Box::new(fixed(Fixed::Year { year, fiscal: false })))));
    }
    if tokens.is(at, Word::Period) {
        let next = tokens.phrase(at, &[Word::Period, Word::End])?;
        return Some((next, Expression::EndOf(Box::new(Expression::Relative(Relative::Reporting)))));
    }
    if let Some((next, grain)) = noun(tokens, at) {
        let end = tokens.hop(tokens.past_possessive(next));
        if !tokens.is(end, Word::End) {
            return None;
        }
        return Some(named_end(tokens, at, end + 1, grain));
    }
    // `the turn of the year` is the new year's, whatever year the accounts keep.
    if tokens.is(at, Word::Turn) {
        let next = tokens.past(tokens.phrase(at, &[Word::Turn, Word::Of])?, Word::The);
        return tokens.is(next, Word::Year).then(|| (next + 1, Expression::StartOf(Box::new(Expression::Month(1)))));
    }
    let start = match tokens.word(at)? {
        Word::End | Word::Close => false,
        Word::Start => true,
        _ => return None,
    };
    let (inner, of) = match tokens.phrase(at, &[tokens.word(at)?, Word::Of]) {
        Some(next) => (tokens.past(next, Word::The), true),
        None => (tokens.hop(at + 1), false),
    };
    if !of && (start || tokens.is(at, Word::Close)) {
        return None;
    }
    let (next, period) = within(tokens, inner, of)?;
    let period = Box::new(period);
    Some((next, if start { Expression::StartOf(period) } else { Expression::EndOf(period) }))
}

/// `We enter the second half with …`, `started the quarter with`, `going into the year`, `when the quarter began`: what one has at its
/// start.
fn entered(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let is_one_of =
        |at: usize, words: &[&str]| words.iter().any(|word| tokens.bytes(at).eq_ignore_ascii_case(word.as_bytes()));
    let start = |(next, period): (usize, Expression)| (next, Expression::StartOf(Box::new(period)));
    let period = |at: usize| within(tokens, tokens.past(at, Word::The), true);
    match tokens.word(at)? {
        Word::Enter => period(at + 1).map(start),
        Word::Into => {
            const GOING: &[&str] = &["go", "goes", "going", "went", "gone", "come", "comes", "coming", "came"];
            let going = at.checked_sub(1).is_some_and(|before| is_one_of(before, GOING));
            period(at + 1).filter(|_| going).map(start)
        }
        // `Started the year well` says nothing of what there was.
        Word::Begin | Word::Start => period(at + 1)
            .filter(|(next, _)| tokens.is(*next, Word::At) || is_one_of(*next, &["with", "on"]))
            .map(start),
        // `When the quarter began`.
        Word::When => period(at + 1).filter(|(next, _)| tokens.is(*next, Word::Begin)).map(start),
        _ => None,
    }
}

/// The period whose start or end is meant.
fn within(tokens: &Tokens<'_>, at: usize, of: bool) -> Reading<Expression> {
    if let Some(found) = point(tokens, at) {
        return Some(found);
    }
    if !of {
        return None;
    }
    if let Some((next, years)) = year_reference(tokens, at) {
        let relative = match years {
            -1 => Relative::Last(Grain::Year),
            0 => Relative::This(Grain::Year),
            1 => Relative::Next(Grain::Year),
            _ => return None,
        };
        return Some((next, Expression::Relative(relative)));
    }
    if let Some(found) = super::relative::relative(tokens, at) {
        return Some(found);
    }
    if tokens.is(at, Word::Period) {
        return Some((at + 1, Expression::Relative(Relative::Reporting)));
    }
    // `by the end of the third`: the quarters before it say of what.
    if let Some(Word::Ordinal(quarter)) = tokens.word(at)
        && !matches!(tokens.get(at + 1).map(|token| token.kind), Some(TokenKind::Word(_) | TokenKind::Number(..)))
    {
        return Some((at + 1, Expression::Quarter(quarter)));
    }
    let (next, grain) = noun(tokens, at)?;
    Some((next, Expression::Relative(Relative::This(grain))))
}

/// `year-end 2024`, `by year end`, `since quarter end`.
fn named_end(tokens: &Tokens<'_>, at: usize, next: usize, grain: Grain) -> (usize, Expression) {
    if let Some((next, point)) = point(tokens, next).filter(|(_, point)| same_grain(point, grain)) {
        return (next, Expression::EndOf(Box::new(point)));
    }
    let article = at.saturating_sub(usize::from(matches!(tokens.word_before(at), Some(Word::The | Word::Fiscal))));
    let back = matches!(
        tokens.word_before(article),
        Some(
            Word::At
                | Word::Since
                | Word::From
                | Word::Versus
                | Word::Approximately
                | Word::On
                | Word::Over
                | Word::Of
                | Word::Last
        )
    );
    let ahead = matches!(
        tokens.word_before(article),
        Some(Word::By | Word::Before | Word::Until | Word::Through | Word::For | Word::To | Word::This | Word::Next)
    );
    // "Year-end ARR" in a quarter's report is an outlook; "at year end" is so only where something is expected.
    let ahead = ahead || !back || expected(tokens, at, next);
    let relative = if ahead { Relative::This(grain) } else { Relative::Latest(grain) };
    (next, Expression::EndOf(Box::new(Expression::Relative(relative))))
}

/// Whether the clause around a place speaks of what lies ahead.
fn expected(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    let clause_end = |at: &usize| matches!(tokens.symbol(*at), Some('.' | ';')) && !tokens.glued(at + 1);
    let before = (from.saturating_sub(12)..from).rev().take_while(|at| !clause_end(at));
    let after = (to..to.saturating_add(12)).take_while(|at| !clause_end(at));
    before.chain(after).any(|at| tokens.is(at, Word::Expect))
}

fn same_grain(point: &Expression, grain: Grain) -> bool {
    match point {
        Expression::Fixed(Fixed::Year { .. }) | Expression::SplitYear(_) => grain == Grain::Year,
        Expression::Fixed(Fixed::Quarter(..)) | Expression::Quarter(_) => grain == Grain::Quarter,
        Expression::Fixed(Fixed::Month(..) | Fixed::NthMonth(..)) | Expression::Month(_) => grain == Grain::Month,
        Expression::Fixed(Fixed::Half(..)) | Expression::Half(_) => grain == Grain::Half,
        _ => false,
    }
}

/// `Q1–Q3`, `FY22 to FY25`, `August to October 2024`, `Q1-3 FY25`, from the place after its first end.
pub(super) fn range(tokens: &Tokens<'_>, at: usize, from: &Expression) -> Reading<Expression> {
    let dash = tokens.is_symbol(at, '-');
    if !dash && !matches!(tokens.word(at), Some(Word::To | Word::Through | Word::Until)) {
        return None;
    }
    let kind = Kind::of(from)?;
    let (next, to) =
        point(tokens, at + 1).or_else(|| if dash { super::fiscal::short_end(tokens, at + 1, from) } else { None })?;
    // `Q3 FY25 - Revenue`: what follows must be the same kind of thing.
    if Kind::of(&to)? != kind {
        return None;
    }
    let from = with_year_of(from.clone(), &to);
    // "Q3 - Q2" is a difference.
    if backward(&from, &to) {
        return None;
    }
    Some((next, Expression::Range(Box::new(from), Box::new(to))))
}

/// `1–9/2025`, `7-9/2025`: months by their numbers, as Nordic reports write them.
pub(super) fn numbered_months(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let month = |at: usize| {
        let (month, digits) = tokens.number(at)?;
        ((1..=12).contains(&month) && digits <= 2).then(|| i8::try_from(month).ok()).flatten()
    };
    let (first, last) = (month(at)?, month(at + 2)?);
    let joined =
        tokens.is_symbol(at + 1, '-') && tokens.is_symbol(at + 3, '/') && (1..=4).all(|n| tokens.glued(at + n));
    let year = super::date::four_digits(tokens, at + 4).filter(|_| joined && first < last)?;
    let end = |month| Box::new(fixed(Fixed::Month(year, month)));
    Some((at + 5, Expression::Range(end(first), end(last))))
}

/// What kinds of ends a range has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Year,
    Half,
    Quarter,
    Month,
    Day,
}

impl Kind {
    fn of(expression: &Expression) -> Option<Self> {
        Some(match expression {
            Expression::Fixed(fixed) => match fixed {
                Fixed::Year { .. } => Self::Year,
                Fixed::Half(..) => Self::Half,
                Fixed::Quarter(..) => Self::Quarter,
                Fixed::Month(..) | Fixed::NthMonth(..) => Self::Month,
                Fixed::Day(_) => Self::Day,
                Fixed::Ended(..) | Fixed::WeeksEnded(..) => return None,
            },
            Expression::Half(_) => Self::Half,
            Expression::Quarter(_) => Self::Quarter,
            Expression::Month(_) => Self::Month,
            Expression::MonthDay(..) => Self::Day,
            Expression::SplitYear(inner) => return Self::of(inner),
            _ => return None,
        })
    }
}

/// A year that only the second of two periods has holds for the first too, the year before where that comes later in the year
/// (`Q4 and Q1 FY25`).
pub(super) fn with_year_of(from: Expression, to: &Expression) -> Expression {
    let year = |last: i16, wraps: bool| last - i16::from(wraps);
    match (&from, to) {
        (Expression::Quarter(quarter), Expression::Fixed(Fixed::Quarter(last, to))) => {
            fixed(Fixed::Quarter(year(*last, quarter > to), *quarter))
        }
        (Expression::Half(half), Expression::Fixed(Fixed::Half(last, to))) => {
            fixed(Fixed::Half(year(*last, half > to), *half))
        }
        (Expression::Month(month), Expression::Fixed(Fixed::Month(last, to))) => {
            fixed(Fixed::Month(year(*last, month > to), *month))
        }
        (Expression::MonthDay(month, day), Expression::Fixed(Fixed::Day(to))) => {
            let year = year(to.year(), (*month, *day) > (to.month(), to.day()));
            jiff::civil::Date::new(year, *month, *day).map_or(from, |date| fixed(Fixed::Day(date)))
        }
        _ => from,
    }
}

/// Whether a range would run backward.
fn backward(from: &Expression, to: &Expression) -> bool {
    match (from, to) {
        (Expression::Quarter(from), Expression::Quarter(to)) | (Expression::Half(from), Expression::Half(to)) => {
            from >= to
        }
        (Expression::Fixed(from), Expression::Fixed(to)) => match (from, to) {
            (Fixed::Year { year: from, .. }, Fixed::Year { year: to, .. }) => from >= to,
            (Fixed::Quarter(y, q), Fixed::Quarter(y2, q2))
            | (Fixed::Half(y, q), Fixed::Half(y2, q2))
            | (Fixed::Month(y, q), Fixed::Month(y2, q2)) => (y, q) >= (y2, q2),
            (Fixed::Day(from), Fixed::Day(to)) => from >= to,
            _ => false,
        },
        _ => false,
    }
}
