//! The time that an amount of movement is on: `63% year over year`, `12% from the first quarter`.
//!
//! Enters: a statement. Leaves: the tokens that say on what, and whether a number is one of that time.
//! Invariant: where both say when, they say the same; where one is silent, nothing speaks against it.

use std::ops::Range;

use super::tokens::{Kind, Statement};
use super::{FILL, TIMES};
use crate::movement::cue::is_versus;
use crate::period::Grain;
use crate::words::{is_determiner, words};

/// Tokens on either side of a number that other times are looked for among.
const NEAR: usize = 40;

/// On what time an amount is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Base {
    /// The year before.
    Year,
    /// The quarter or month before.
    Step(&'static str),
    /// One that is named.
    Named(Vec<String>),
}

impl<'a> Statement<'_, 'a> {
    /// What an amount is said to be on, behind it, without a number: where it ends, and its tokens.
    pub(super) fn base(&self, at: usize) -> (usize, Option<Range<usize>>) {
        let mut end = at;
        let mut base = None;
        while end < at + FILL
            && let Some(it) = self.tokens.get(end)
            && (it.is_time() || it.is_plain())
        {
            if matches!(it.word(), "over" | "on") {
                let next = self.over(end + 1, 2, |it| is_determiner(it.word()));
                if self.number(next).is_some() {
                    break;
                }
                base.get_or_insert(at..end);
            }
            let by_itself = matches!(it.kind, Kind::Against(_)) || it.word() == "annually";
            end += 1;
            if by_itself || base.is_some() {
                base = Some(at..end);
            }
        }
        // `from the prior year to`.
        if let Some(from) = self.behind_link(end) {
            let behind = self.over(from, TIMES, |it| {
                it.is_time() || is_determiner(it.word()) || matches!(it.word(), "of" | "in" | "for")
            });
            if behind > from && self.number(behind).is_none() && self.tokens[from..behind].iter().any(|it| it.is_time())
            {
                return (behind, Some(end..behind));
            }
        }
        (end, base)
    }

    /// Behind what sets a number beside another: `from`, `compared with`.
    pub(super) fn behind_link(&self, at: usize) -> Option<usize> {
        match self.word(at) {
            "from" | "over" | "on" => Some(at + 1),
            stem if is_versus(stem) => Some(at + 1 + usize::from(matches!(self.word(at + 1), "to" | "with"))),
            _ => None,
        }
    }
}

impl Base {
    /// What some tokens say.
    pub(super) fn of(statement: &Statement<'_, '_>, tokens: Option<Range<usize>>) -> Option<Self> {
        let tokens = tokens?;
        let said = statement.said(tokens.clone());
        let step = statement.tokens.get(tokens.clone())?.iter().find_map(|it| match it.kind {
            Kind::Against(step) => Some(step),
            _ => None,
        });
        match step {
            Some(Grain::Year) => return Some(Self::Year),
            Some(Grain::Quarter) => return Some(Self::Step("quarter")),
            Some(Grain::Month) => return Some(Self::Step("month")),
            Some(Grain::Half) => return Some(Self::Step("half")),
            None => {}
        }
        let has = |stems: &[&str]| words(said).iter().any(|word| stems.contains(&word.stem.as_str()));
        let named = statement.named_times(tokens);
        if !named.is_empty() {
            return Some(Self::Named(named));
        }
        if has(&["year", "annually"]) {
            return Some(Self::Year);
        }
        if has(&["quarter"]) {
            return Some(Self::Step("quarter"));
        }
        has(&["month"]).then_some(Self::Step("month"))
    }

    /// Whether a number with what is said of its time can be one of this.
    pub(super) fn agrees(&self, statement: &Statement<'_, '_>, number: Range<usize>) -> bool {
        let own = statement.named_times(number.clone());
        let said = words(statement.said(number.clone()));
        let has = |stem: &str| said.iter().any(|word| word.stem == stem);
        if own.is_empty() && !["year", "quarter", "month", "period"].iter().any(|stem| has(stem)) {
            return true;
        }
        match self {
            Self::Named(times) => own.is_empty() || *times == own,
            Self::Step(step) => has(step) && !has("year"),
            Self::Year if own.is_empty() => has("year"),
            Self::Year => {
                let all = statement.tokens.len();
                let others: Vec<String> =
                    [number.start.saturating_sub(NEAR)..number.start, number.end..all.min(number.end + NEAR)]
                        .into_iter()
                        .flat_map(|part| statement.named_times(part))
                        .collect();
                let (years, parts): (Vec<_>, Vec<_>) = own.iter().map(|time| split(time)).unzip();
                years.iter().all(Option::is_some)
                    && others.iter().map(|time| split(time)).all(|(year, part)| {
                        let follows = year.is_none() || years.contains(&year.and_then(|year| year.checked_sub(1)));
                        follows && (parts.contains(&part) || year.is_none())
                    })
            }
        }
    }
}

impl Statement<'_, '_> {
    /// The periods among some tokens, as written, in lower case.
    fn named_times(&self, tokens: Range<usize>) -> Vec<String> {
        let part = self.tokens.get(tokens).unwrap_or_default().iter();
        part.filter(|it| matches!(it.kind, Kind::Time))
            .filter_map(|it| self.text.get(it.range.clone()))
            .map(str::to_lowercase)
            .filter(|time| time.chars().any(|c| c.is_ascii_digit()))
            .collect()
    }
}

/// A period's year, and what else it says.
fn split(time: &str) -> (Option<u32>, String) {
    let is_year = |part: &&str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    let parts = || time.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let year = parts().find(is_year).and_then(|year| year.parse().ok());
    (year, parts().filter(|part| !is_year(part) && *part != "of").collect())
}
