//! Periods named by their distance: `last quarter`, `the same period last year`, `a year ago`.
//!
//! Enters: a place among the tokens. Leaves: relative expressions.
//! Invariant: nothing here has a year of its own; the reporting period gives it one.

use super::fiscal::{count, plain_year, year_name, yearless};
use super::stretch;
use super::token::{Kind, Tokens};
use super::word::Word;
use super::{Reading, against, date, fixed};
use crate::period::{Expression, Fixed, Grain, Relative, YearReference};

/// The grain that a noun names.
pub(super) fn grain(word: Option<Word>) -> Option<Grain> {
    match word? {
        Word::Year => Some(Grain::Year),
        Word::Half => Some(Grain::Half),
        Word::Quarter => Some(Grain::Quarter),
        Word::MonthUnit => Some(Grain::Month),
        _ => None,
    }
}

/// `quarter`, `fiscal year`, `half-year`: the grain and the place after it.
pub(super) fn noun(tokens: &Tokens<'_>, at: usize) -> Reading<Grain> {
    let start = if matches!(tokens.word(at), Some(Word::Fiscal | Word::Calendar | Word::Full)) {
        tokens.hop(at + 1)
    } else {
        at
    };
    let grain = grain(tokens.word(start))?;
    let next = start + 1;
    if grain == Grain::Half && tokens.is(tokens.hop(next), Word::Year) {
        return Some((tokens.hop(next) + 1, grain));
    }
    Some((next, grain))
}

/// `of last year`, `a year ago`, `this year`: years from the reporting period's.
pub(super) fn year_reference(tokens: &Tokens<'_>, at: usize) -> Reading<i8> {
    let led = matches!(tokens.word(at), Some(Word::Of | Word::In | Word::As));
    let start = if led { tokens.past(at + 1, Word::The) } else { at };
    if let Some(found) = ago(tokens, start) {
        return Some(found);
    }
    // `YTD LY`, `October LY`.
    if !led && tokens.is(at, Word::PriorYear) && tokens.capitals(at) {
        return Some((at + 1, -1));
    }
    let years = match tokens.word(start)? {
        Word::Last | Word::Prior => -1,
        Word::This => 0,
        Word::Next => 1,
        _ => return None,
    };
    match noun(tokens, tokens.hop(start + 1))? {
        (next, Grain::Year) if !tokens.is(tokens.hop(next), Word::End) => Some((tokens.past_possessive(next), years)),
        _ => None,
    }
}

/// `a year ago`, `two years earlier`, `the year before`.
fn ago(tokens: &Tokens<'_>, at: usize) -> Reading<i8> {
    let (noun, years) = match tokens.word(at) {
        Some(Word::Letter(b'a') | Word::The) if tokens.is(at + 1, Word::Year) => (at + 1, 1),
        Some(Word::Year) => (at, 1),
        _ => match (count(tokens, at)?, tokens.word(at + 1)?) {
            (1, Word::Year) => (at + 1, 1),
            (12, Word::Months) => (at + 1, 1),
            (years @ 2..=20, Word::Years) => (at + 1, years),
            _ => return None,
        },
    };
    let next = tokens.hop(noun + 1);
    let back = matches!(tokens.word(next), Some(Word::Ago | Word::Earlier)) || is_before(tokens, next);
    back.then_some((next + 1, -years))
}

/// `before` that ends its phrase: not the one of `the year before tax`.
fn is_before(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is(at, Word::Before)
        && match tokens.get(at + 1).map(|token| token.kind) {
            None | Some(Kind::Symbol(_)) => true,
            Some(Kind::Word(word)) => matches!(word, Word::And | Word::Or | Word::At | Word::In | Word::To | Word::On),
            Some(Kind::Number(..)) => false,
        }
}

/// Any relative period.
pub(super) fn relative(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    match tokens.get(at)?.kind {
        Kind::Word(Word::The) => the(tokens, at),
        Kind::Word(Word::Last | Word::Prior | Word::This | Word::Next) => adjacent(tokens, at),
        Kind::Word(Word::Same) => same(tokens, at),
        Kind::Word(Word::After) => led_span(tokens, at),
        // `pcp`, the prior corresponding period, is nothing else; `ly` and `py` may be.
        Kind::Word(Word::PriorYear) if tokens.capitals(at) || matches!(tokens.bytes(at), b"pcp" | b"stly") => {
            match stretch::year_to_date(tokens, at + 1) {
                Some(next) => {
                    let to_date = Box::new(Expression::ToDate(None));
                    Some((next, Expression::InYear(to_date, YearReference::FromReporting(-1))))
                }
                None => Some((at + 1, Expression::Relative(Relative::YearBefore))),
            }
        }
        Kind::Word(Word::Lq) if tokens.capitals(at) => {
            Some((at + 1, Expression::Relative(Relative::Last(Grain::Quarter))))
        }
        Kind::Word(Word::Qtd) => Some((at + 1, Expression::Relative(Relative::This(Grain::Quarter)))),
        Kind::Word(Word::Mtd) => Some((at + 1, Expression::Relative(Relative::This(Grain::Month)))),
        Kind::Word(Word::Year) => year_ago(tokens, at),
        Kind::Word(Word::Quarter | Word::MonthUnit) => {
            let ago = matches!(tokens.word(at + 1), Some(Word::Ago | Word::Earlier));
            let grain = grain(tokens.word(at))?;
            ago.then_some((at + 2, Expression::Relative(Relative::Last(grain))))
        }
        Kind::Word(Word::Full) => {
            let (next, Grain::Year) = noun(tokens, at)? else { return None };
            if matches!(tokens.word_before(at), Some(Word::Ordinal(_) | Word::Letter(b'a'))) {
                return None;
            }
            if let Some((next, name)) = plain_year(tokens, next) {
                return Some((next, fixed(Fixed::Year { year: name.year, fiscal: false })));
            }
            // `full-year FY24`: the year names itself.
            if year_name(tokens, next).is_some() {
                return None;
            }
            Some((next, Expression::Relative(Relative::This(Grain::Year))))
        }
        Kind::Word(Word::Half) => half_year(tokens, at),
        Kind::Word(Word::Cardinal(_)) | Kind::Number(..) => {
            let Some((next, years)) = ago(tokens, at) else { return month_adjective(tokens, at) };
            Some((next, years_back(years)))
        }
        _ => None,
    }
}

fn years_back(years: i8) -> Expression {
    if years == -1 {
        return Expression::Relative(Relative::YearBefore);
    }
    let reporting = Box::new(Expression::Relative(Relative::Reporting));
    Expression::InYear(reporting, YearReference::FromReporting(years))
}

/// `nine months`, `eight-month`: how many, and whether they are joined. No more than a year's.
pub(super) fn months(tokens: &Tokens<'_>, at: usize) -> Reading<(i8, bool)> {
    let number = count(tokens, at)?;
    let unit = tokens.hop(at + 1);
    let lawful = matches!(number, 2..=12) && matches!(tokens.word(unit), Some(Word::Months | Word::MonthUnit));
    lawful.then_some((unit + 1, (number, unit > at + 1)))
}

/// `the nine months`, `the six-month period`, `the nine months of 2024`; not `the nine months after`.
fn the_months(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    // `over the four quarters`, `the three quarters together`.
    let quarters = || {
        let number = count(tokens, at).filter(|number| matches!(number, 2..=4) && tokens.is(at + 1, Word::Quarters))?;
        Some((at + 2, (number * 3, false)))
    };
    let (next, (number, _)) = months(tokens, at).or_else(quarters)?;
    let next = tokens.past(next, Word::Period);
    if let Some(next) = tokens.phrase(next, &[Word::To, Word::Date]) {
        return Some((next, Expression::Months(number)));
    }
    if tokens.is(next, Word::Of) || tokens.is(next, Word::In) {
        return in_named_year(tokens, next, Expression::Months(number));
    }
    let elsewhere = matches!(
        tokens.word(next),
        Some(Word::After | Word::Before | Word::From | Word::Since | Word::Ahead | Word::To | Word::Until)
    );
    (!elsewhere && tokens.hop(next) == next).then_some((next, Expression::Months(number)))
}

/// `after nine months`, `over the first eight months`: the word that leads to a span up to now goes with it, for alone it compares.
pub(super) fn led_span(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let next = tokens.past(at + 1, Word::The);
    let found = if next == at + 1 { month_adjective(tokens, next) } else { the_months(tokens, next) };
    let found = found.or_else(|| yearless(tokens, next).filter(|_| begins_clause(tokens, at)));
    found.filter(|(_, span)| matches!(span, Expression::Months(_) | Expression::ToDate(_)))
}

/// What nine months can have, beside the words of scenarios and reports. A `nine-month delay`, `high` or `lease` has a length.
const RESULTS: &[&str] = &[
    "revenue",
    "revenues",
    "sales",
    "turnover",
    "income",
    "profit",
    "profits",
    "loss",
    "losses",
    "earnings",
    "ebitda",
    "ebit",
    "margin",
    "surplus",
    "deficit",
    "operating",
    "gross",
    "net",
    "underlying",
    "adjusted",
    "group",
    "cash",
    "capex",
    "orders",
    "bookings",
    "volumes",
    "figure",
    "figures",
    "total",
    "performance",
    "growth",
    "comparison",
    "comparatives",
];

/// Of those, what only goes before a result, or before a lease, a facility or a notice.
const ADJECTIVES: &[&str] = &["operating", "gross", "net", "underlying", "adjusted", "group", "cash", "total"];

/// Whether a sentence begins at a token.
fn begins_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| matches!(tokens.symbol(before), Some('.' | '!' | '?')) && !tokens.glued(at))
}

/// Whether a clause begins at a token.
fn begins_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    begins_sentence(tokens, at)
        || at.checked_sub(1).is_some_and(|before| matches!(tokens.symbol(before), Some(',' | ';' | ':' | '(' | '-')))
}

/// `nine-month revenue`: the span as an adjective. `A nine-month delay` is some span of time; so are three, six and twelve months,
/// the terms of loans, notices and contracts.
fn month_adjective(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, (number, joined)) = months(tokens, at)?;
    // `Nine months: revenue …`, `Nine months in, …`: a text that opens with the time that it is of.
    let span = !joined && matches!(number, 4..=11);
    let opens = begins_sentence(tokens, at) && span;
    if opens && tokens.is_symbol(next, ':') {
        return Some((next, Expression::Months(number)));
    }
    if opens && tokens.is(next, Word::In) && tokens.is_symbol(next + 1, ',') {
        return Some((next + 1, Expression::Months(number)));
    }
    // `With eight months gone`, `with nine months behind us`.
    let gone = ["gone", "behind"].iter().any(|word| tokens.bytes(next).eq_ignore_ascii_case(word.as_bytes()));
    if span && gone {
        return Some((next + 1, Expression::Months(number)));
    }
    // `Over nine months revenue is …`, `For six months, EBIT was …`: how long what the clause tells of took, up to now.
    let led = match tokens.word_before(at) {
        Some(Word::After | Word::Over) => true,
        Some(Word::For | Word::During | Word::In) => at.checked_sub(1).is_some_and(|led| begins_clause(tokens, led)),
        _ => false,
    };
    let elsewhere = matches!(
        tokens.word(next),
        Some(
            Word::After
                | Word::Before
                | Word::From
                | Word::Since
                | Word::Ahead
                | Word::To
                | Word::Until
                | Word::Of
                | Word::Ago
                | Word::Earlier
                | Word::In
                | Word::And
                | Word::Or
        )
    );
    if led && span && !elsewhere {
        return Some((next, Expression::Months(number)));
    }
    // `Nine months actual`, `Income and expenditure, nine months`: a label that is, or closes with, the time that it is of.
    let closes = at > 0 && tokens.is_symbol(at - 1, ',') && next == tokens.len();
    let label = at == 0 && (next..tokens.len()).all(|n| tokens.is(n, Word::Scenario));
    if (closes || label) && span {
        return Some((next, Expression::Months(number)));
    }
    let is_one_of =
        |at: usize, words: &[&str]| words.iter().any(|word| tokens.bytes(at).eq_ignore_ascii_case(word.as_bytes()));
    let result = is_one_of(next, RESULTS);
    // Six months are also the terms of loans and leases: only what is a result for certain is that of a half: `net income`.
    let named = if is_one_of(next, ADJECTIVES) { tokens.hop(next + 1) } else { next };
    let half = number == 6 && result && is_one_of(named, RESULTS) && !is_one_of(named, ADJECTIVES);
    if !(half || matches!(number, 4..=11) && number != 6) || !joined {
        return None;
    }
    let alone = tokens.word_before(at).is_none_or(|word| matches!(word, Word::And | Word::Of | Word::For | Word::In));
    let text =
        tokens.word(next).is_none() || tokens.is(next, Word::Period) || tokens.is(next, Word::Scenario) || result;
    (alone && text && !tokens.glued(next)).then(|| (tokens.past(next, Word::Period), Expression::Months(number)))
}

/// `of 2024`, `in fiscal 2024`: the year that a part belongs to.
fn in_named_year(tokens: &Tokens<'_>, at: usize, part: Expression) -> Reading<Expression> {
    let led = matches!(tokens.word(at), Some(Word::Of | Word::In | Word::For));
    let start = if led { at + 1 } else { at };
    let (next, name) = year_name(tokens, start).or_else(|| plain_year(tokens, start))?;
    Some((next, Expression::InYear(Box::new(part), YearReference::Named(name.year))))
}

/// `the lowest of the year`: out of all of the year's.
fn is_degree(word: &[u8]) -> bool {
    const DEGREES: &[&str] = &[
        "lowest",
        "highest",
        "best",
        "worst",
        "strongest",
        "weakest",
        "largest",
        "smallest",
        "biggest",
        "busiest",
        "slowest",
        "fastest",
        "shortest",
        "longest",
    ];
    DEGREES.iter().any(|degree| word.eq_ignore_ascii_case(degree.as_bytes()))
}

/// `the quarter`, `the month before`, `the month of January`.
fn the(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let start = at + 1;
    if let Some(found) = the_months(tokens, start) {
        return stretch::ended(tokens, start).or(Some(found));
    }
    let (next, grain) = noun(tokens, start)?;
    let specific = stretch::ended(tokens, start)
        .or_else(|| stretch::to_date(tokens, start))
        .or_else(|| stretch::edge(tokens, start))
        .or_else(|| against::against(tokens, start))
        .or_else(|| match grain {
            Grain::Year => year_ago(tokens, start),
            Grain::Half => half_year(tokens, start),
            _ => None,
        });
    if specific.is_some() {
        return specific;
    }
    if tokens.is(next, Word::Ahead) {
        return Some((next + 1, Expression::Relative(Relative::Next(grain))));
    }
    if is_before(tokens, next) || tokens.is(next, Word::Earlier) {
        return Some((next + 1, Expression::Relative(Relative::Last(grain))));
    }
    if tokens.is(next, Word::Of) && grain == Grain::Month {
        return date::date(tokens, next + 1);
    }
    if let Some((next, name)) = plain_year(tokens, next).filter(|_| grain == Grain::Year) {
        return Some((next, fixed(Fixed::Year { year: name.year, fiscal: false })));
    }
    // "Best month of the year", "the rest of the year": not about the year.
    let within = at >= 2
        && tokens.is(at - 1, Word::Of)
        && (is_degree(tokens.bytes(at - 2))
            || matches!(
                tokens.word(at - 2),
                Some(
                    Word::Share
                        | Word::MonthUnit
                        | Word::Months
                        | Word::Quarter
                        | Word::Quarters
                        | Word::Half
                        | Word::Weeks
                )
            ));
    let only = tokens.is(next, Word::Of) || within || tokens.hop(next) != next;
    (!only).then_some((next, Expression::Relative(Relative::This(grain))))
}

/// `year ago`, `year-ago quarter`, `year earlier`.
fn year_ago(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, years) = ago(tokens, at)?;
    match noun(tokens, next) {
        Some((next, grain)) if grain != Grain::Year => {
            let part = Box::new(Expression::Relative(Relative::This(grain)));
            Some((next, Expression::InYear(part, YearReference::FromReporting(years))))
        }
        _ => Some((tokens.past(next, Word::Period), years_back(years))),
    }
}

/// `half-year`, `at the half year`.
fn half_year(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let (next, _) = noun(tokens, at).filter(|(next, _)| *next > at + 1)?;
    let before = tokens.word_before(at);
    if matches!(before, Some(Word::Letter(_) | Word::Cardinal(_))) || at > 0 && tokens.number(at - 1).is_some() {
        return None;
    }
    // `Half year 2025`: a half-year's report is on the first.
    if let Some((next, name)) = year_name(tokens, next).or_else(|| plain_year(tokens, next)) {
        return Some((next, name.wrap(fixed(Fixed::Half(name.year, 1)))));
    }
    let moment = before == Some(Word::At)
        || before == Some(Word::The) && at >= 2 && tokens.word_before(at - 1) == Some(Word::At);
    let half = if moment {
        Expression::EndOf(Box::new(Expression::Half(1)))
    } else {
        Expression::Relative(Relative::This(Grain::Half))
    };
    Some((next, half))
}

/// `last quarter`, `prior-year quarter`, `last year's Q3`, `this year`.
fn adjacent(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let word = tokens.word(at)?;
    let start = tokens.hop(at + 1);
    if word == Word::Prior && tokens.is(start, Word::Same) && tokens.is(start + 1, Word::Period) {
        return Some((start + 2, Expression::Relative(Relative::YearBefore)));
    }
    if tokens.is(start, Word::Period) {
        let relative = match word {
            Word::Last | Word::Prior => Relative::Before,
            Word::This => Relative::Reporting,
            _ => return None,
        };
        return Some((start + 1, Expression::Relative(relative)));
    }
    // `this time last year`, `at this stage of last year`: the same time a year before.
    if word == Word::This && tokens.is(start, Word::Time) {
        let (next, years) = year_reference(tokens, start + 1).filter(|(_, years)| *years < 0)?;
        return Some((next, years_back(years)));
    }
    let (next, grain) = noun(tokens, start)?;
    if grain == Grain::Year {
        return year_beside(tokens, word, next);
    }
    // "The last quarter of 2024" is its fourth.
    if word == Word::Last && tokens.is(next, Word::Of) {
        return super::fiscal::part(tokens, at);
    }
    if word == Word::This && tokens.is(next, Word::Of)
        || tokens.hop(next) != next && !tokens.is(tokens.hop(next), Word::End)
    {
        return None;
    }
    let relative = step(word, grain)?;
    if tokens.is(tokens.hop(next), Word::End) {
        return Some((tokens.hop(next) + 1, Expression::EndOf(Box::new(relative))));
    }
    // `last quarter a year ago` is nothing, but `this quarter last year` is.
    if let Some((next, years)) = year_reference(tokens, next).filter(|_| word == Word::This) {
        return Some((next, Expression::InYear(Box::new(relative), YearReference::FromReporting(years))));
    }
    Some((next, relative))
}

/// The period a word away.
fn step(word: Word, grain: Grain) -> Option<Expression> {
    let relative = match word {
        Word::Last | Word::Prior => Relative::Last(grain),
        Word::This => Relative::This(grain),
        Word::Next => Relative::Next(grain),
        _ => return None,
    };
    Some(Expression::Relative(relative))
}

/// What follows `last year`: a part of it, its end, or nothing.
fn year_beside(tokens: &Tokens<'_>, word: Word, at: usize) -> Reading<Expression> {
    let years = match word {
        Word::Last | Word::Prior => -1,
        Word::This => 0,
        _ => 1,
    };
    let year = step(word, Grain::Year)?;
    let in_year = |part: Expression| Expression::InYear(Box::new(part), YearReference::FromReporting(years));
    let end = tokens.hop(at);
    if tokens.is(end, Word::End) {
        return Some((end + 1, Expression::EndOf(Box::new(year))));
    }
    let owner = tokens.past_possessive(at);
    let start = tokens.past(owner, Word::Same);
    if let Some((next, part)) = yearless(tokens, start) {
        return Some((next, in_year(part)));
    }
    if tokens.is(start, Word::Period) {
        return Some((
            start + 1,
            if years == -1 { years_back(-1) } else { in_year(Expression::Relative(Relative::Reporting)) },
        ));
    }
    if let Some(grain) = grain(tokens.word(start)).filter(|grain| *grain != Grain::Year) {
        return Some((start + 1, in_year(Expression::Relative(Relative::This(grain)))));
    }
    // `last year at this point`: the same time a year before.
    if years == -1
        && let Some(next) = at_this_point(tokens, at)
    {
        return Some((next, years_back(years)));
    }
    if let Some(next) = stretch::year_to_date(tokens, start) {
        return Some((next, in_year(Expression::ToDate(None))));
    }
    // `the last year of the plan` is the plan's, whichever year that is; not `last year of £48m`.
    let of_another = word == Word::Last && tokens.is(at, Word::Of) && tokens.is(at + 1, Word::The);
    if tokens.hop(at) != at || of_another {
        return None;
    }
    Some((at, year))
}

/// `at this point`, `at this time`, `by this stage`: the place behind it.
fn at_this_point(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let led = matches!(tokens.word(at), Some(Word::At | Word::By)) && tokens.is(at + 1, Word::This);
    let point =
        || ["point", "stage", "time"].iter().any(|word| tokens.bytes(at + 2).eq_ignore_ascii_case(word.as_bytes()));
    (led && point()).then_some(at + 3)
}

/// `same period last year`, `same quarter of FY24`, `corresponding period in 2018`.
fn same(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let mut start = at + 1;
    let mut span = None;
    // `same nine-month period`, `same nine months`.
    if let Some(number) = count(tokens, start) {
        let unit = tokens.hop(start + 1);
        if matches!(tokens.word(unit), Some(Word::MonthUnit | Word::Months | Word::Weeks)) {
            start = unit + 1;
            span = (!tokens.is(unit, Word::Weeks)).then_some(Expression::Months(number));
        }
    }
    let (next, part) = match (tokens.word(start), span) {
        (Some(Word::Period | Word::Time | Word::Date), _) => (start + 1, Expression::Relative(Relative::Reporting)),
        (_, Some(span)) => (start, span),
        _ => {
            let (next, grain) = noun(tokens, start)?;
            let next = tokens.past(next, Word::Period);
            (next, Expression::Relative(Relative::This(grain)))
        }
    };
    if let Some((next, years)) = year_reference(tokens, next) {
        let reporting = part == Expression::Relative(Relative::Reporting);
        if reporting {
            return Some((next, years_back(years)));
        }
        return Some((next, Expression::InYear(Box::new(part), YearReference::FromReporting(years))));
    }
    // `in the comparable quarter` has nothing to be the same as but the one reported on; `the same quarter` may.
    let compared = !tokens.bytes(at).eq_ignore_ascii_case(b"same");
    in_named_year(tokens, next, part.clone()).or_else(|| {
        let year_before = match part {
            Expression::Relative(Relative::Reporting) => Expression::Relative(Relative::YearBefore),
            part => Expression::InYear(Box::new(part), YearReference::FromReporting(-1)),
        };
        compared.then_some((next, year_before))
    })
}
