//! Fiscal years: `FY24/25`, `fiscal 2025`, `CY24`, a bare `2025`; in [`part`](mod@part) their halves and quarters.
//!
//! Enters: a place among the tokens. Leaves: the year that stands there.
//! Invariant: four digits are a year only where nothing says that they count or measure something.

mod part;

use super::date::four_digits;
use super::token::{Kind, Tokens};
use super::word::Word;
use super::{Reading, ends, fixed};
use crate::period::Grain;
use crate::period::{Expression, Fixed, Relative};

pub(super) use part::{part, short_end, yearless};

/// A year's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct YearName {
    pub(super) year: i16,
    fiscal: bool,
    /// Both calendar years are named; `year` is the later one.
    split: bool,
}

impl YearName {
    pub(super) fn wrap(self, expression: Expression) -> Expression {
        if self.split { Expression::SplitYear(Box::new(expression)) } else { expression }
    }

    fn expression(self) -> Expression {
        self.wrap(fixed(Fixed::Year { year: self.year, fiscal: self.fiscal || self.split }))
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
    // `the 2023 cohort`.
    if tokens.is(at + 1, Word::Cohort) && !tokens.glued(at + 1) {
        return Some(at + 1);
    }
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

/// A small number in digits or words.
pub(super) fn count(tokens: &Tokens<'_>, at: usize) -> Option<i8> {
    match tokens.get(at)?.kind {
        Kind::Word(Word::Cardinal(number)) => Some(number),
        Kind::Number(number, 1 | 2) => i8::try_from(number).ok(),
        _ => None,
    }
}
