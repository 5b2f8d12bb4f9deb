//! Fiscal years, halves and quarters: `FY24/25`, `Q3 FY25`, `1H25`, `third quarter of fiscal 2025`, a bare `2025`.
//!
//! Enters: a place among the tokens. Leaves: the year or part of a year that stands there.
//! Invariant: four digits are a year only where nothing says that they count or measure something.

use super::date::four_digits;
use super::relative::year_reference;
use super::token::{Kind, Tokens};
use super::word::Word;
use super::{Reading, ends, fixed};
use crate::period::Grain;
use crate::period::{Expression, Fixed, Relative, YearReference};

/// A year's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct YearName {
    pub(super) year: i16,
    fiscal: bool,
    /// Both calendar years are named; `year` is the later one.
    split: bool,
}

impl YearName {
    fn wrap(self, expression: Expression) -> Expression {
        if self.split { Expression::SplitYear(Box::new(expression)) } else { expression }
    }

    fn expression(self) -> Expression {
        self.wrap(fixed(Fixed::Year { year: self.year, fiscal: self.fiscal || self.split }))
    }
}

/// A part of a year, without the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Quarter(i8),
    Half(i8),
    /// The first so many months: `9M`, `first nine months`.
    Months(i8),
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
        }))
    }

    fn bare(self) -> Option<Expression> {
        Some(match self {
            Self::Quarter(quarter) => Expression::Quarter(quarter),
            Self::Half(half) => Expression::Half(half),
            Self::Months(6) => Expression::Half(1),
            Self::Months(months @ (3 | 9)) => Expression::ToDate(Some(Box::new(Expression::Quarter(months / 3)))),
            Self::Months(_) => return None,
        })
    }
}

/// The year that two digits stand for: 00 to 79 are of this century.
pub(super) fn expand(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    let (value, digits) = tokens.number(at)?;
    let value = i16::try_from(value).ok()?;
    match (digits, value) {
        (2, 0..80) => Some(2000 + value),
        (2, 80..100) => Some(1900 + value),
        _ => None,
    }
}

/// The letter that gives a year its scenario: `2025E`.
pub(super) fn scenario(tokens: &Tokens<'_>, at: usize) -> (usize, Option<&'static str>) {
    let suffix = at > 0 && tokens.glued(at) && tokens.number(at - 1).is_some();
    let free =
        !tokens.glued(at + 1) || !matches!(tokens.get(at + 1).map(|t| t.kind), Some(Kind::Number(..) | Kind::Word(_)));
    let name = match tokens.bytes(at) {
        b"E" | b"e" | b"F" => "forecast",
        b"B" => "budget",
        b"A" => "actual",
        b"P" => "plan",
        _ => return (at, None),
    };
    if suffix && free { (at + 1, Some(name)) } else { (at, None) }
}

/// Whether what follows a number says that it counts or measures something.
pub(super) fn counts(tokens: &Tokens<'_>, at: usize) -> bool {
    let noun = |at| {
        tokens.word(at).is_some_and(|word| {
            matches!(word, Word::Counted | Word::Months | Word::Weeks | Word::Years | Word::Quarters | Word::Currency)
        })
    };
    noun(at) || tokens.is(at, Word::Counting) && noun(at + 1) || tokens.is_symbol(at, '%')
}

/// `FY25`, `FY'25`, `FY 2025`, `FY24/25`, `fiscal 2025`, `financial year 2024/25`, `CY24`, `F19`.
pub(super) fn year_name(tokens: &Tokens<'_>, at: usize) -> Reading<YearName> {
    let (mut next, fiscal, short) = match tokens.word(at)? {
        Word::Fy => (at + 1, true, true),
        Word::Qfy | Word::Hfy | Word::Mfy if tokens.glued(at) => (at + 1, true, true),
        Word::Cy => (at + 1, false, true),
        Word::Letter(b'f') if is_short_year(tokens, at) => (at + 1, true, true),
        Word::Fiscal => (tokens.past(tokens.past(tokens.hop(at + 1), Word::Year), Word::Years), true, false),
        Word::Calendar => (tokens.past(tokens.hop(at + 1), Word::Year), false, false),
        _ => return None,
    };
    if tokens.is_symbol(next, '-') && short {
        next = if tokens.glued(next) && tokens.glued(next + 1) { next + 1 } else { next };
    }
    let quoted = tokens.is_symbol(next, '\'') && tokens.glued(next + 1);
    if quoted {
        next += 1;
    }
    let year = four_digits(tokens, next).or_else(|| if short || quoted { expand(tokens, next) } else { None })?;
    let spaced_short = !tokens.glued(next) && !quoted && tokens.number(next).is_some_and(|(_, digits)| digits == 2);
    if spaced_short && counts(tokens, next + 1) {
        return None;
    }
    let (next, year, split) = split(tokens, next + 1, year);
    Some((next, YearName { year, fiscal, split }))
}

/// `F19`, `F2019`: a capital glued to a year of these decades, not the number of a figure or form.
fn is_short_year(tokens: &Tokens<'_>, at: usize) -> bool {
    let year = match tokens.number(at + 1) {
        Some((year, 2)) => (15..50).contains(&year),
        Some((year, 4)) => (2015..2050).contains(&year),
        _ => false,
    };
    let referred = tokens.word_before(at) == Some(Word::Reference);
    year && !referred && tokens.capital(at) && tokens.glued(at + 1) && ends(tokens, at + 2)
}

/// The second half of `24/25`, `2024-25`, `2024/2025`: the place after it and the later year.
fn split(tokens: &Tokens<'_>, at: usize, year: i16) -> (usize, i16, bool) {
    let joined = matches!(tokens.symbol(at), Some('/' | '-')) && tokens.glued(at) && tokens.glued(at + 1);
    let later = match tokens.number(at + 1) {
        Some((_, 4)) if tokens.is_symbol(at, '/') => four_digits(tokens, at + 1),
        Some((value, 2)) => {
            let later = year.saturating_add(1);
            (u32::try_from(later % 100).ok() == Some(value)).then_some(later)
        }
        _ => None,
    };
    let third =
        matches!(tokens.symbol(at + 2), Some('/' | '-')) && tokens.glued(at + 2) && tokens.number(at + 3).is_some();
    match later {
        Some(later) if joined && !third && later == year.saturating_add(1) => (at + 2, later, true),
        _ => (at, year, false),
    }
}

/// Four digits, or `2024/25`.
pub(super) fn plain_year(tokens: &Tokens<'_>, at: usize) -> Reading<YearName> {
    let (next, year, split) = split(tokens, at + 1, four_digits(tokens, at)?);
    Some((next, YearName { year, fiscal: false, split }))
}

/// A year by itself.
pub(super) fn year(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    if let Some((next, name)) = year_name(tokens, at) {
        return Some((next, name.expression()));
    }
    match tokens.word(at) {
        Some(Word::Fy) if tokens.capitals(at) => {
            return Some((at + 1, Expression::Relative(Relative::This(Grain::Year))));
        }
        Some(Word::Year) => {
            let (next, name) = plain_year(tokens, at + 1).filter(|(next, _)| !counts(tokens, *next))?;
            return Some((next, name.expression()));
        }
        Some(_) => return None,
        None => {}
    }
    let (next, name) = plain_year(tokens, at)?;
    if !name.split && !is_plainly_year(tokens, at, name.year) {
        return None;
    }
    Some((next, name.expression()))
}

/// Years that are no period of a claim: `1990s`, `mid-2025`, `spring 2024`, `Securities Act of 1933`, `the 2025 Notes`.
pub(super) fn no_period(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let hyphenated = tokens.hop(at + 1) > at + 1;
    let spaced = matches!(tokens.bytes(at), b"early" | b"late" | b"mid");
    if tokens.is(at, Word::Season) || tokens.is(at, Word::Around) && (hyphenated || spaced) {
        let year = tokens.hop(at + 1);
        return (four_digits(tokens, year).is_some() && ends(tokens, year + 1)).then_some(year + 1);
    }
    four_digits(tokens, at)?;
    if tokens.is(at + 1, Word::Letter(b's')) && tokens.glued(at + 1) {
        return ends(tokens, at + 2).then_some(at + 2);
    }
    let law = at >= 2 && tokens.is(at - 1, Word::Of) && tokens.is(at - 2, Word::Titled);
    let security = tokens.is(at + 1, Word::Titled) && !tokens.glued(at + 1) && tokens.capital(at + 1);
    ((law || security) && ends(tokens, at + 1)).then_some(at + 1)
}

/// Whether four digits mean a year rather than an amount.
fn is_plainly_year(tokens: &Tokens<'_>, at: usize, year: i16) -> bool {
    let before = tokens.word_before(at);
    let amount_before = match before {
        Some(Word::Reference | Word::Approximately | Word::Currency | Word::Changed) => true,
        // "2019 over 2018" compares two years.
        Some(Word::Over) => at < 2 || four_digits(tokens, at - 2).is_none(),
        Some(Word::To | Word::By) => at >= 2 && tokens.word_before(at - 1) == Some(Word::Changed),
        Some(_) => false,
        None => at > 0 && tokens.symbol(at - 1).is_some_and(super::is_currency),
    };
    let header = at == 0 && !tokens.is(at + 1, Word::Counted) && !tokens.is(at + 1, Word::Counting);
    let counted = counts(tokens, at + 1) && !(header && tokens.is(at + 1, Word::Currency));
    if amount_before || counted {
        return false;
    }
    let dated = before.is_some_and(|word| {
        matches!(
            word,
            Word::In
                | Word::Since
                | Word::From
                | Word::During
                | Word::Until
                | Word::Before
                | Word::After
                | Word::Year
                | Word::Through
                | Word::Of
                | Word::End
                | Word::Fiscal
                | Word::Versus
                | Word::And
                | Word::By
        )
    });
    (1980..2050).contains(&year) && year != 2000 || dated || tokens.len() == 1
}

/// A quarter, half or first so many months, with its year on either side or without.
pub(super) fn part(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
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
    let one_of_many = tokens.word_before(at) == Some(Word::Letter(b'a')) && tokens.is(next, Word::Of);
    // "The first six months of the pilot" are nobody's half-year.
    let of_something = matches!(part, Part::Months(_))
        && matches!(tokens.word(next), Some(Word::Of | Word::In | Word::After | Word::From));
    // `Our first quarter of profit` counts quarters.
    let first_of_kind = tokens.is(next, Word::Of) && !tokens.is(next + 1, Word::The);
    if in_a_row || one_of_many || of_something || first_of_kind || tokens.is(at, Word::Last) {
        return None;
    }
    Some((next, part.bare()?))
}

/// The second end of `Q1-3 FY25`, of which only the number is written.
pub(super) fn short_end(tokens: &Tokens<'_>, at: usize, from: &Expression) -> Reading<Expression> {
    let Expression::Quarter(_) = from else { return None };
    let (number, digits) = tokens.number(at).filter(|_| tokens.glued(at))?;
    let part = coded(b'q', number, digits)?;
    part_then_year(tokens, at + 1, part, Style::Code).or_else(|| Some((at + 1, part.bare()?)))
}

/// A part for [`relative`](super::relative), which gives it a year itself.
pub(super) fn yearless(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
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
        Kind::Number(number, digits) if tokens.glued(at + 1) => match tokens.word(at + 1)? {
            Word::Letter(letter @ (b'q' | b'h' | b'm')) => {
                // "EUR 9M" is an amount.
                let money = letter == b'm'
                    && (tokens.word_before(at) == Some(Word::Currency)
                        || at > 0 && tokens.symbol(at - 1).is_some_and(super::is_currency));
                if money { None } else { Some((at + 2, (coded(letter, number, digits)?, Style::Code))) }
            }
            Word::Qfy => Some((at + 1, (coded(b'q', number, digits)?, Style::Code))),
            Word::Hfy => Some((at + 1, (coded(b'h', number, digits)?, Style::Code))),
            Word::Mfy => Some((at + 1, (coded(b'm', number, digits)?, Style::Code))),
            Word::Suffix => in_words(tokens, at + 2, i8::try_from(number).ok()?),
            _ => None,
        },
        Kind::Word(Word::Ordinal(number)) => in_words(tokens, at + 1, number),
        Kind::Word(Word::Final | Word::Last) => {
            let (next, (part, style)) = in_words(tokens, at + 1, 1)?;
            match part {
                Part::Quarter(_) => Some((next, (Part::Quarter(4), style))),
                Part::Half(_) => Some((next, (Part::Half(2), style))),
                Part::Months(3) if tokens.is(next, Word::Of) => Some((next, (Part::Quarter(4), style))),
                Part::Months(6) if tokens.is(next, Word::Of) => Some((next, (Part::Half(2), style))),
                Part::Months(_) => None,
            }
        }
        Kind::Word(Word::Quarter) if tokens.capital(at) => {
            let (number, digits) = tokens.number(at + 1)?;
            let free = ends(tokens, at + 2) && !counts(tokens, at + 2) && tokens.word_before(at) != Some(Word::The);
            if free { Some((at + 2, (coded(b'q', number, digits)?, Style::Words))) } else { None }
        }
        _ => None,
    }
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

/// A small number in digits or words.
pub(super) fn count(tokens: &Tokens<'_>, at: usize) -> Option<i8> {
    match tokens.get(at)?.kind {
        Kind::Word(Word::Cardinal(number)) => Some(number),
        Kind::Number(number, 1 | 2) => i8::try_from(number).ok(),
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
        let free = (ends(tokens, next) || scenario(tokens, next).1.is_some()) && !counts(tokens, next);
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
