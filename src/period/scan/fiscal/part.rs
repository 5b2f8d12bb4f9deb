//! Parts of fiscal years: `Q3 FY25`, `1H25`, `9M24`, `third quarter of fiscal 2025`, with the year on either side or without.
//!
//! Enters: a place among the tokens. Leaves: the part of a year that stands there.
//! Invariant: a part is read only where it cannot be an amount: no `EUR 9M`, no `first quarter of profit`.

use super::super::relative::{months, year_reference};
use super::super::token::{Kind, Tokens};
use super::super::word::Word;
use super::super::{Reading, ends, fixed, is_currency};
use super::{YearName, count, counts, expand, plain_year, scenario, split, year_name};
use crate::period::{Expression, Fixed, YearReference};

/// A part of a year, without the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Quarter(i8),
    Half(i8),
    /// The first so many months: `9M`, `first nine months`.
    Months(i8),
    /// The month of that number: `Month 7`, `M7`.
    Nth(i8),
}

/// How a part is written, which says what may follow it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    /// `Q3`, `3Q`: two digits may follow for the year.
    Code,
    /// `third quarter`.
    Words,
}

impl Part {
    fn of(self, name: YearName) -> Option<Expression> {
        let year = name.year;
        Some(name.wrap(match self {
            Self::Quarter(quarter) => fixed(Fixed::Quarter(year, quarter)),
            Self::Half(half) => fixed(Fixed::Half(year, half)),
            Self::Months(6) => fixed(Fixed::Half(year, 1)),
            Self::Months(12) => fixed(Fixed::Year { year, fiscal: true }),
            Self::Months(months @ (3 | 9)) => {
                Expression::ToDate(Some(Box::new(fixed(Fixed::Quarter(year, months / 3)))))
            }
            Self::Months(_) => return None,
            Self::Nth(month) => fixed(Fixed::NthMonth(year, month)),
        }))
    }

    fn bare(self) -> Option<Expression> {
        Some(match self {
            Self::Quarter(quarter) => Expression::Quarter(quarter),
            Self::Half(half) => Expression::Half(half),
            Self::Months(6) => Expression::Half(1),
            Self::Months(months @ (3 | 9)) => Expression::ToDate(Some(Box::new(Expression::Quarter(months / 3)))),
            // `The first eight months` in August's report.
            Self::Months(months @ (2..=5 | 7 | 8 | 10 | 11)) => Expression::Months(months),
            // Without a year it may be a month of anything: of a project, of a loan.
            Self::Months(_) | Self::Nth(_) => return None,
        })
    }
}

/// A quarter, half or first so many months, with its year on either side or without.
pub(in crate::period::scan) fn part(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    if let Some(found) = year_then_part(tokens, at) {
        return Some(found);
    }
    if let Some(found) = run_together(tokens, at) {
        return Some(found);
    }
    let (next, (part, style)) = bare_part(tokens, at)?;
    if let Some(found) = part_then_year(tokens, next, part, style) {
        return Some(found);
    }
    alone(tokens, at, next, part, style)
}

/// `Q32025`, `Q325`: quarter and year without anything between.
fn run_together(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    if tokens.bytes(at) != b"Q" || !tokens.glued(at + 1) {
        return None;
    }
    let (quarter, year) = match tokens.number(at + 1)? {
        (number, 5) => (number / 10_000, number % 10_000),
        (number, 3) if (15..50).contains(&(number % 100)) => (number / 100, 2000 + number % 100),
        _ => return None,
    };
    let (quarter, year) = (i8::try_from(quarter).ok()?, i16::try_from(year).ok()?);
    let known = (1..=4).contains(&quarter) && (1900..=2100).contains(&year);
    known.then(|| (at + 2, fixed(Fixed::Quarter(year, quarter))))
}

/// A part that no year follows.
fn alone(tokens: &Tokens<'_>, at: usize, next: usize, part: Part, style: Style) -> Reading<Expression> {
    if style == Style::Code {
        let loud = tokens.capitals(at) && tokens.capitals(at + 1);
        return if loud && !matches!(part, Part::Months(_)) { Some((next, part.bare()?)) } else { None };
    }
    let in_a_row = tokens.is(next, Word::Row)
        || tokens.is(next, Word::In) && (tokens.is(next + 1, Word::Row) || tokens.is(next + 2, Word::Row));
    // `for the third quarter running`, `for a second quarter`: so many of them, not which.
    let running = ["running", "straight"].iter().any(|word| tokens.bytes(next).eq_ignore_ascii_case(word.as_bytes()))
        || tokens.is(next, Word::In) && tokens.bytes(next + 1).eq_ignore_ascii_case(b"succession");
    let for_one = at >= 2
        && tokens.word_before(at) == Some(Word::Letter(b'a'))
        && tokens.word_before(at - 1) == Some(Word::For)
        && tokens.hop(at + 1) == at + 1;
    let one_of_many = tokens.word_before(at) == Some(Word::Letter(b'a')) && tokens.is(next, Word::Of);
    // "The first six months of the pilot" are nobody's half-year.
    let of_something = matches!(part, Part::Months(_))
        && matches!(tokens.word(next), Some(Word::Of | Word::In | Word::After | Word::From));
    // `Our first quarter of profit` counts quarters.
    let first_of_kind = tokens.is(next, Word::Of) && !tokens.is(next + 1, Word::The);
    if in_a_row || running || for_one || one_of_many || of_something || first_of_kind || tokens.is(at, Word::Last) {
        return None;
    }
    Some((next, part.bare()?))
}

/// The second end of `Q1-3 FY25`, of which only the number is written.
pub(in crate::period::scan) fn short_end(tokens: &Tokens<'_>, at: usize, from: &Expression) -> Reading<Expression> {
    let Expression::Quarter(_) = from else { return None };
    let (number, digits) = tokens.number(at).filter(|_| tokens.glued(at))?;
    let part = coded(b'q', number, digits)?;
    part_then_year(tokens, at + 1, part, Style::Code).or_else(|| Some((at + 1, part.bare()?)))
}

/// A part for [`relative`](super::super::relative), which gives it a year itself.
pub(in crate::period::scan) fn yearless(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, (part, style)) = bare_part(tokens, at)?;
    alone(tokens, at, next, part, style)
}

/// `FY25 Q3`, `2025Q3`, `FY2025-H1`, `fiscal 2018 first quarter`.
fn year_then_part(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, name) = year_name(tokens, at).or_else(|| plain_year(tokens, at))?;
    let separated =
        matches!(tokens.symbol(next), Some('-' | '/' | ':')) && tokens.glued(next) && tokens.glued(next + 1);
    let start = if separated { next + 1 } else { next };
    let (next, (part, _)) = bare_part(tokens, start)?;
    // `FY25 3Q` but not the `2025 9M` of a sum.
    if matches!(part, Part::Months(_)) && tokens.number(start).is_some() {
        return None;
    }
    Some((next, part.of(name)?))
}

fn bare_part(tokens: &Tokens<'_>, at: usize) -> Reading<(Part, Style)> {
    match tokens.get(at)?.kind {
        Kind::Word(Word::Letter(letter @ (b'q' | b'h'))) => {
            let (number, digits) = tokens.number(at + 1).filter(|_| tokens.glued(at + 1))?;
            Some((at + 2, (coded(letter, number, digits)?, Style::Code)))
        }
        // `M7 FY26`: capital and glued, for `1 m 7` is something else.
        Kind::Word(Word::Letter(b'm')) if tokens.capital(at) && tokens.glued(at + 1) => nth_month(tokens, at + 1),
        Kind::Word(Word::MonthUnit) => nth_month(tokens, at + 1),
        Kind::Number(number, digits) if tokens.glued(at + 1) => match tokens.word(at + 1)? {
            Word::Letter(letter @ (b'q' | b'h' | b'm')) => {
                // "EUR 9M" is an amount.
                let money = letter == b'm'
                    && (tokens.word_before(at) == Some(Word::Currency)
                        || at > 0 && tokens.symbol(at - 1).is_some_and(is_currency));
                if money { None } else { Some((at + 2, (coded(letter, number, digits)?, Style::Code))) }
            }
            Word::Qfy => Some((at + 1, (coded(b'q', number, digits)?, Style::Code))),
            Word::Hfy => Some((at + 1, (coded(b'h', number, digits)?, Style::Code))),
            Word::Mfy => Some((at + 1, (coded(b'm', number, digits)?, Style::Code))),
            Word::Suffix => in_words(tokens, at + 2, i8::try_from(number).ok()?),
            _ => None,
        },
        // `Nine months 2025`: those at its start.
        Kind::Word(Word::Cardinal(_)) | Kind::Number(..) => months_of_year(tokens, at),
        Kind::Word(Word::Ordinal(number)) => in_words(tokens, at + 1, number).or_else(|| left_out(tokens, at, number)),
        Kind::Word(Word::Final | Word::Last) => {
            let (next, (part, style)) = in_words(tokens, at + 1, 1)?;
            match part {
                Part::Quarter(_) => Some((next, (Part::Quarter(4), style))),
                Part::Half(_) => Some((next, (Part::Half(2), style))),
                Part::Months(3) if tokens.is(next, Word::Of) => Some((next, (Part::Quarter(4), style))),
                Part::Months(6) if tokens.is(next, Word::Of) => Some((next, (Part::Half(2), style))),
                Part::Months(_) | Part::Nth(_) => None,
            }
        }
        Kind::Word(Word::Quarter) => {
            let parted = at > 0 && matches!(tokens.symbol(at - 1), Some(',' | ':' | '-' | '|'));
            let led = parted || tokens.capital(at) || tokens.word_before(at).is_some_and(Word::leads_to_month);
            let (number, digits) = match tokens.word(at + 1) {
                Some(Word::Cardinal(number)) => (u32::from(number.unsigned_abs()), 1),
                _ => tokens.number(at + 1)?,
            };
            let numbered = led && tokens.hop(at + 1) == at + 1;
            let free = numbered
                && ends(tokens, at + 2)
                && !counts(tokens, at + 2)
                && tokens.word_before(at) != Some(Word::The);
            if free { Some((at + 2, (coded(b'q', number, digits)?, Style::Words))) } else { None }
        }
        _ => None,
    }
}

/// Words between `the second quarter` and `the third`, at most.
const REACH: usize = 24;

/// `in the second quarter and … in the third`: the quarter or half before it says of what.
fn left_out(tokens: &Tokens<'_>, at: usize, number: i8) -> Reading<(Part, Style)> {
    let the = at.checked_sub(1).filter(|&the| tokens.is(the, Word::The))?;
    let led = matches!(tokens.word_before(the), Some(Word::In | Word::From | Word::Of | Word::For | Word::During));
    let alone = match tokens.get(at + 1).map(|token| token.kind) {
        Some(Kind::Word(word)) => matches!(word, Word::And | Word::From | Word::Versus),
        Some(Kind::Number(..)) => false,
        Some(Kind::Symbol(symbol)) => !matches!(symbol, '-' | '/' | '%' | '"' | '“' | '(') && !is_currency(symbol),
        None => true,
    };
    // `The first quarter's result was … and the second's …`.
    let owned = tokens.past_possessive(at + 1) > at + 1 && tokens.is(the.saturating_sub(1), Word::And);
    if !(led && alone || owned) {
        return None;
    }
    let (unit, other) = (at.saturating_sub(REACH)..the).rev().find_map(|other| {
        let Word::Ordinal(_) = tokens.word(other)? else { return None };
        let unit = tokens.hop(other + 1);
        Some((tokens.word(unit).filter(|word| matches!(word, Word::Quarter | Word::Half))?, unit))
    })?;
    // `the second half of last year and … in the first`: of which year that is, the context does not say.
    let yearless = !matches!(
        tokens.get(other + 1).map(|token| token.kind),
        Some(Kind::Word(Word::Of | Word::Fy | Word::Fiscal | Word::Last) | Kind::Number(..))
    );
    match (unit, number) {
        (Word::Quarter, 1..=4) if yearless => Some((at + 1, (Part::Quarter(number), Style::Words))),
        (Word::Half, 1 | 2) if yearless => Some((at + 1, (Part::Half(number), Style::Words))),
        _ => None,
    }
}

/// `nine months 2025`, `6 months FY25`: the first so many months of the year that is named right behind them.
fn months_of_year(tokens: &Tokens<'_>, at: usize) -> Reading<(Part, Style)> {
    let (next, (months, _)) = months(tokens, at)?;
    let named = year_name(tokens, next).is_some() || plain_year(tokens, next).is_some();
    (named && months != 3).then_some((next, (Part::Months(months), Style::Words)))
}

/// The number by which a month of a year goes.
fn nth_month(tokens: &Tokens<'_>, at: usize) -> Reading<(Part, Style)> {
    let (number, digits) = tokens.number(at)?;
    let month = i8::try_from(number).ok().filter(|month| digits <= 2 && (1..=12).contains(month))?;
    Some((at + 1, (Part::Nth(month), Style::Words)))
}

/// The part that a letter and a number name.
fn coded(letter: u8, number: u32, digits: u8) -> Option<Part> {
    let number = i8::try_from(number).ok()?;
    match (letter, number, digits) {
        (b'q', 1..=4, 1) => Some(Part::Quarter(number)),
        (b'h', 1 | 2, 1) => Some(Part::Half(number)),
        (b'm', 3 | 6 | 9 | 12, _) => Some(Part::Months(number)),
        _ => None,
    }
}

/// `quarter`, `half`, `nine months` after an ordinal.
fn in_words(tokens: &Tokens<'_>, at: usize, number: i8) -> Reading<(Part, Style)> {
    let at = tokens.hop(at);
    let at = tokens.past(at, Word::Fiscal);
    match tokens.word(at) {
        Some(Word::Quarter | Word::Quarters) if (1..=4).contains(&number) => {
            let then = tokens.hop(at + 1);
            let comparison = matches!(tokens.word(then), Some(Word::On | Word::Over))
                && tokens.is(tokens.hop(then + 1), Word::Quarter);
            (!comparison).then_some((at + 1, (Part::Quarter(number), Style::Words)))
        }
        Some(Word::Half) if (1..=2).contains(&number) => {
            let next = tokens.past(tokens.hop(at + 1), Word::Year);
            let next = if tokens.is(next - 1, Word::Year) { next } else { at + 1 };
            Some((next, (Part::Half(number), Style::Words)))
        }
        _ if number == 1 => {
            let months = count(tokens, at)?;
            let next = tokens.hop(at + 1);
            match tokens.word(next)? {
                Word::Months => Some((next + 1, (Part::Months(months), Style::Words))),
                Word::Quarters => Some((next + 1, (Part::Months(months.checked_mul(3)?), Style::Words))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The year that follows a part.
fn part_then_year(tokens: &Tokens<'_>, at: usize, part: Part, style: Style) -> Reading<Expression> {
    if let Some((next, name)) = year_of_part(tokens, at, style) {
        return Some((next, part.of(name)?));
    }
    if let Some((next, years)) = year_reference(tokens, at) {
        let year = YearReference::FromReporting(years);
        return Some((next, Expression::InYear(Box::new(part.bare()?), year)));
    }
    // `third quarter of the year`: the year goes without saying.
    let of_the_year = [&[Word::Of, Word::The, Word::Year][..], &[Word::Of, Word::The, Word::Fiscal, Word::Year]];
    let next = of_the_year.into_iter().find_map(|words| tokens.phrase(at, words))?;
    Some((next, part.bare()?))
}

fn year_of_part(tokens: &Tokens<'_>, at: usize, style: Style) -> Reading<YearName> {
    if let Some(found) = year_name(tokens, at) {
        return Some(found);
    }
    // `Quarter 4, FY25`: a comma parts what says that it is a fiscal year.
    if tokens.is_symbol(at, ',') {
        // `In Q4, FY24 revenue was …`: a comma also closes what opens a sentence.
        let alone = |next: usize| tokens.get(next).is_none_or(|token| matches!(token.kind, Kind::Symbol(_)));
        return year_name(tokens, at + 1).filter(|(next, _)| alone(*next));
    }
    let short = |at: usize| {
        expand(tokens, at)
            .map(|year| split(tokens, at + 1, year))
            .map(|(next, year, split)| (next, YearName { year, fiscal: false, split }))
    };
    let code = style == Style::Code;
    if tokens.is_symbol(at, '\'') && tokens.glued(at + 1) {
        return short(at + 1).or_else(|| plain_year(tokens, at + 1));
    }
    if tokens.glued(at) {
        let joined = matches!(tokens.symbol(at), Some('-' | '/')) && tokens.glued(at + 1);
        let digits = if joined { at + 1 } else { at };
        let found = if joined { year_name(tokens, digits) } else { None };
        return found
            .or_else(|| plain_year(tokens, digits))
            .or_else(|| if code { short(digits) } else { None })
            .filter(|(next, _)| ends(tokens, *next) || scenario(tokens, *next).1.is_some());
    }
    let led = matches!(tokens.word(at), Some(Word::Of | Word::In));
    let start = if led { tokens.past(at + 1, Word::The) } else { at };
    let start = if led { tokens.past(start, Word::Year) } else { start };
    if let Some(found) = if led { year_name(tokens, start) } else { None } {
        return Some(found);
    }
    if let Some((next, name)) = plain_year(tokens, start) {
        // `Q3 2025 orders`: right behind a quarter's code it is a year, whatever could be counted.
        let counted = counts(tokens, next) && !(code && !led && (1990..2050).contains(&name.year));
        let free = (ends(tokens, next) || scenario(tokens, next).1.is_some()) && !counted;
        return free.then_some((next, name));
    }
    // `Q2 24`, `H1 23/24`: two digits after a space, where nothing is counted.
    let (next, name) = if led { None } else { short(start) }?;
    let clear = name.split
        || match tokens.get(next).map(|token| token.kind) {
            None => true,
            Some(Kind::Symbol(_)) => ends(tokens, next) && !tokens.is_symbol(next, '%'),
            Some(Kind::Word(word)) => {
                scenario(tokens, next).1.is_some()
                    || matches!(word, Word::Scenario | Word::Versus | Word::And | Word::To | Word::Ytd | Word::Ltm)
            }
            Some(Kind::Number(..)) => false,
        };
    (clear && (10..=49).contains(&(name.year - 2000))).then_some((next, name))
}
