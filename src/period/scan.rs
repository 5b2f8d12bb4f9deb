//! Finds period expressions in text.
//!
//! Enters: the text of a flow. Leaves: [`Mention`]s of periods, of dates that are none, and of dates that cannot be.
//! Invariant: ranges ascend, never overlap and lie on character boundaries, and every place is looked at a bounded number of times.
//!
//! Each form is one small function that takes a place among the tokens and returns the place after what it read.

mod against;
mod date;
mod fiscal;
mod list;
mod relative;
mod stretch;
mod token;
mod word;

use super::{Expression, Fixed};
use crate::extract::{Aside, Mention, MentionKind};
use token::{Kind, Tokens};
use word::Word;

/// Where a reading ends, and what was read.
type Reading<T> = Option<(usize, T)>;

/// Whether a word is a month's name, written out.
pub(crate) fn names_month(word: &str) -> bool {
    matches!(meaning(word), Word::Month(_))
}

/// The month, 1 to 12, whose name a word is or is short for.
pub(crate) fn month(word: &str) -> Option<i8> {
    match meaning(word) {
        Word::Month(month) | Word::MonthShort(month) => Some(month),
        _ => None,
    }
}

fn meaning(word: &str) -> Word {
    let hash = word.bytes().fold(word::table::SEED, word::table::add_letter);
    word::table::table().find(word.as_bytes(), hash)
}

/// Every period and date in a text, in order, never overlapping; impossible dates too.
pub(crate) fn scan(text: &str) -> Vec<Mention> {
    let tokens = Tokens::new(text);
    let mut mentions: Vec<Mention> = Vec::new();
    let mut places = Vec::new();
    let (mut at, mut end) = (0, 0);
    while at < tokens.len() {
        let found = if begins(&tokens, at) && starts(&tokens, at, end) { read(&tokens, at) } else { None };
        let Some((next, kind)) = found.filter(|(next, _)| *next > at) else {
            at += 1;
            continue;
        };
        let kind = list::inherit(&tokens, &mentions, end, at, next, kind);
        if let (Some(first), Some(last)) = (tokens.get(at), tokens.get(next - 1)) {
            mentions.push(Mention { range: first.range().start..last.range().end, kind });
            places.push((at, next));
            list::share_year(&tokens, &mut mentions, &places);
        }
        (at, end) = (next, next);
    }
    mentions
}

/// Whether a period can begin with the token at all; most cannot.
fn begins(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| match token.kind {
        Kind::Word(word) => word.begins_period(),
        Kind::Number(_, digits) => matches!(digits, 1 | 2 | 4),
        Kind::Symbol(_) => false,
    })
}

/// What stands at a place.
fn read(tokens: &Tokens<'_>, at: usize) -> Reading<MentionKind> {
    if let Some(next) = date::timestamp(tokens, at).or_else(|| fiscal::no_period(tokens, at)) {
        return Some((next, MentionKind::Aside(Aside::Date)));
    }
    if let Some(found) = date::impossible(tokens, at) {
        return Some(found);
    }
    let (next, expression) = expression(tokens, at)?;
    let (next, scenario) = fiscal::scenario(tokens, next);
    ends(tokens, next).then_some((next, MentionKind::Period(expression, scenario)))
}

/// The period that stands at a place. A range goes before all else, a stretch or a relative period before the point that it may
/// begin with.
fn expression(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    let point = match tokens.word(at) {
        Some(Word::The | Word::On | Word::Over) => None,
        _ => point(tokens, at),
    };
    if let Some(range) = point.as_ref().and_then(|(next, from)| stretch::range(tokens, *next, from)) {
        return Some(range);
    }
    let longer = match tokens.get(at)?.kind {
        Kind::Number(..) | Kind::Word(Word::Cardinal(_)) => stretch::numbered_months(tokens, at)
            .or_else(|| stretch::ended(tokens, at))
            .or_else(|| relative::relative(tokens, at)),
        Kind::Word(Word::Month(_) | Word::MonthShort(_) | Word::Ordinal(_) | Word::Final | Word::Fy | Word::Cy) => None,
        Kind::Word(Word::Over) => against::against(tokens, at).or_else(|| relative::led_span(tokens, at)),
        Kind::Word(Word::Letter(_) | Word::On) => against::against(tokens, at),
        Kind::Word(Word::The) => relative::relative(tokens, at),
        Kind::Word(Word::Last | Word::Prior | Word::Next | Word::This | Word::Trailing) => {
            stretch::trailing(tokens, at).or_else(|| relative::relative(tokens, at))
        }
        _ => stretch::ended(tokens, at)
            .or_else(|| stretch::to_date(tokens, at))
            .or_else(|| stretch::trailing(tokens, at))
            .or_else(|| stretch::edge(tokens, at))
            .or_else(|| against::against(tokens, at))
            .or_else(|| relative::relative(tokens, at)),
    };
    longer.or_else(|| point.map(|(next, point)| stretch::suffixed(tokens, next, point)))
}

/// A period that is named by itself: a date, a month, a quarter, a half, a year.
fn point(tokens: &Tokens<'_>, at: usize) -> Reading<Expression> {
    date::date(tokens, at).or_else(|| fiscal::part(tokens, at)).or_else(|| fiscal::year(tokens, at))
}

/// Whether a reading may start at a token: not within a word, a number or an identifier. `after` is where the last mention ended,
/// for `Q2/Q3`.
fn starts(tokens: &Tokens<'_>, at: usize, after: usize) -> bool {
    if at == 0 || !tokens.glued(at) {
        return true;
    }
    let Some(previous) = tokens.get(at - 1) else { return true };
    let joined = at >= 2
        && tokens.glued(at - 1)
        && !matches!(tokens.get(at - 2), None | Some(token::Token { kind: Kind::Symbol(_), .. }));
    let numeric = tokens.number(at).is_some();
    match previous.kind {
        Kind::Word(_) | Kind::Number(..) => false,
        Kind::Symbol('_' | '@' | '#' | '\\' | '&') => false,
        Kind::Symbol('/') => {
            if numeric {
                after + 1 == at && date::is_year(tokens, at)
            } else {
                after + 1 == at || !joined
            }
        }
        Kind::Symbol('-') if numeric => false,
        Kind::Symbol('-') => !joined,
        Kind::Symbol('.' | ':') => !joined,
        Kind::Symbol(',') => !(numeric && at >= 2 && tokens.number(at - 2).is_some()),
        Kind::Symbol('+' | '%' | '<' | '>' | '=' | '~' | '\'') => !numeric,
        Kind::Symbol(symbol) => !(numeric && is_currency(symbol)),
    }
}

/// Whether what was read ends where a word ends: `2019` is no year in `2019.5`, `2,019`, `2019%` or `2019-1107`.
fn ends(tokens: &Tokens<'_>, next: usize) -> bool {
    if next >= tokens.len() || !tokens.glued(next) {
        return true;
    }
    let Some(token) = tokens.get(next) else { return true };
    let after_number = next > 0 && tokens.number(next - 1).is_some();
    let then_number = tokens.glued(next + 1) && tokens.number(next + 1).is_some();
    let then_word = tokens.glued(next + 1) && tokens.word(next + 1).is_some();
    match token.kind {
        Kind::Word(_) | Kind::Number(..) => false,
        Kind::Symbol('_' | '@' | '\\' | '%' | '\u{2030}') => false,
        Kind::Symbol('.') => !then_number && !then_word,
        Kind::Symbol(',') => {
            !(after_number && then_number && tokens.number(next + 1).is_some_and(|(_, digits)| digits == 3))
        }
        Kind::Symbol('-' | ':') => !(after_number && then_number),
        Kind::Symbol('/') => !(after_number && then_number && !date::is_year(tokens, next + 1)),
        Kind::Symbol(symbol) => !(after_number && is_currency(symbol)),
    }
}

fn is_currency(symbol: char) -> bool {
    matches!(symbol, '$' | '¢'..='¥' | '₠'..='⃀')
}

/// A fixed period as an expression.
fn fixed(fixed: Fixed) -> Expression {
    Expression::Fixed(fixed)
}

#[cfg(test)]
mod tests;
