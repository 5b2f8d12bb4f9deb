//! `Revenue for Q2 2026 increased 63%, or $8.9 million, to A compared to B for Q2 2025`, `dropped 61% (A in 2023 compared to B)`, `A
//! against a budget of B. The results are better by C`: what a sentence, or it and the next, says moved by how much, with times, asides and hedges anywhere between.
//!
//! Enters: a text with its mentions. Leaves: [`Moved`]s with their amounts. Invariant: between a word of movement, its amounts and its two
//! numbers stand only times, nouns of what is counted, and words that the subject has as well.

mod base;
pub(crate) mod tokens;
mod variance;

use std::ops::Range;

use super::cue::{is_elsewhere, is_other_verb, says_movement};
use super::moved::{Moved, Said, is_one_thing};
use crate::extract::Mention;
use crate::quantity::{Quantity, Unit};
use crate::words::is_determiner;
use base::Base;
use tokens::Statement;

/// Words that say more of a number or of what moved, at most: `the cost of sales per unit`.
const FILL: usize = 7;

/// Words of time in one run, at most: `for the three months ended June 30, 2026`.
const TIMES: usize = 12;

/// Tokens of a sentence of which the next one goes on, at most.
const LONGEST: usize = 60;

/// Everything that a text says moved by an amount that it states as well, in order.
pub(crate) fn stated<'a>(text: &str, mentions: &'a [Mention]) -> Vec<Moved<'a>> {
    let all = tokens::statements(text, mentions);
    let mut found = Vec::new();
    for (at, statement) in all.iter().enumerate() {
        let next = all.get(at + 1);
        let of_plans = variance::variances(statement, next);
        found.extend(of_plans.into_iter().filter(|moved| is_one_thing(text, moved) && fits(moved)));
        if statement.has_word("respectively") || statement.numbers() == 0 {
            continue;
        }
        for (word, up) in statement.movements() {
            let Some(told) = told(statement, word) else { continue };
            let levels =
                statement.levels(&told).or_else(|| next.and_then(|next| statement.levels_of_next(&told, next)));
            let Some([later, earlier]) = levels else { continue };
            let moved = told.amounts.iter().map(|by| Moved {
                words: statement.tokens[word].range.clone(),
                up,
                later,
                earlier,
                by: Some(*by),
            });
            found.extend(moved.filter(|moved| is_one_thing(text, moved) && fits(moved)));
        }
    }
    found
}

/// A word of movement with what it says of by how much.
struct Told<'a> {
    amounts: Vec<Said<'a>>,
    /// The tokens of it all.
    span: Range<usize>,
    /// On what time it is.
    base: Option<Base>,
}

/// Whether the amount can be one of what the numbers are of.
fn fits(moved: &Moved<'_>) -> bool {
    let Some((_, by)) = moved.by else { return false };
    let level = &moved.later.1.unit;
    match &by.unit {
        Unit::Percent => *level != Unit::Percent,
        Unit::Points | Unit::BasisPoints => *level == Unit::Percent,
        unit => unit == level && *level != Unit::Percent,
    }
}

/// `increased 63%, or $8.9 million,`, `a 31% decrease in transactions`, `an increase of 9% year over year`.
fn told<'a>(statement: &Statement<'_, 'a>, word: usize) -> Option<Told<'a>> {
    let before = || {
        // `a 31% year-over-year decrease`.
        let at = statement.back_over(word, 4, |it| it.is_time() || it.is_adjective());
        let by = statement.number(at.checked_sub(1)?)?;
        statement.is_noun_of_change(word).then_some((at - 1, by))
    };
    let (first, mut amounts, mut at) = match before() {
        Some((first, by)) => (first, vec![by], word + 1),
        None => {
            let at = statement.over(word + 1, FILL, |it| it.is_time() || it.is_plain() || it.word() == "by");
            (word, vec![statement.number(at)?], at + 1)
        }
    };
    if let Some((other, next)) = statement.again(at, amounts[0].1) {
        amounts.push(other);
        at = next;
    }
    let (end, base) = statement.base(at);
    Some(Told { amounts, span: first..end, base: Base::of(statement, base) })
}

impl<'a> Statement<'_, 'a> {
    /// The amount said again in another unit: `, or $8.9 million,`, ` ($8.9 million)`.
    fn again(&self, at: usize, first: &Quantity) -> Option<(Said<'a>, usize)> {
        let comma = usize::from(self.mark(at) == Some(','));
        let open = usize::from(self.mark(at + comma) == Some('('));
        let or = usize::from(matches!(self.word(at + comma + open), "or" | "and"));
        let from = at + comma + open + or;
        let from = self.over(from, 2, |it| matches!(it.word(), "by" | "an" | "a" | "increase" | "decrease" | "of"));
        let other = self.number(from)?;
        let percent = |it: &Quantity| matches!(it.unit, Unit::Percent | Unit::Points | Unit::BasisPoints);
        let close = usize::from(self.mark(from + 1) == Some(')'));
        let differs = percent(first) != percent(other.1);
        // `$8.9 million in all)` is no second amount.
        let linked = open == close && (open == 1 || or == 1);
        (differs && linked).then(|| {
            let end = from + 1 + close;
            (other, end)
        })
    }

    /// The later and the earlier number of what is told in the same statement.
    fn levels(&self, told: &Told<'a>) -> Option<[Said<'a>; 2]> {
        let at = told.span.end;
        let comma = |at: usize| at + usize::from(matches!(self.mark(at), Some(',' | '–')));
        let start = comma(at);
        match self.word(start) {
            "to" => return self.later_first(start + 1, told),
            "from" => {
                let found = self.earlier_first(start + 1);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
        if self.mark(at) == Some('(') {
            return self.bracketed(at + 1);
        }
        let (later, end) = self.level_before(told.span.start)?;
        let earlier = self.earlier(start, later, told.base.as_ref())?;
        (!self.is_listed(end)).then_some([later, earlier])
    }

    /// `to A in 2025, compared to B in 2024`.
    fn later_first(&self, at: usize, told: &Told<'a>) -> Option<[Said<'a>; 2]> {
        let at = self.over(at, FILL, |it| it.is_plain() && it.word() != "from");
        let later = self.number(at)?;
        let earlier = self.earlier_behind(at + 1, later, told.base.as_ref())?;
        (!self.is_listed(at)).then_some([later, earlier])
    }

    /// `A to B`, behind `from`.
    fn earlier_first(&self, at: usize) -> Option<[Said<'a>; 2]> {
        let at = self.over(at, FILL, |it| it.is_time() || it.is_plain());
        let earlier = self.number(at)?;
        let end = self.over(at + 1, TIMES, |it| it.is_time() || it.is_plain());
        let end = end + usize::from(self.mark(end) == Some(','));
        if self.word(end) != "to" {
            return None;
        }
        let end = self.over(end + 1, 3, |it| it.is_plain());
        let later = self.number(end)?;
        (!self.is_listed(at) && !self.is_listed(end)).then_some([later, earlier])
    }

    /// `A in 2023 compared to B in 2022)`, `from B to A)`.
    fn bracketed(&self, at: usize) -> Option<[Said<'a>; 2]> {
        let end =
            (at..self.tokens.len()).take(2 * TIMES + FILL).find(|&at| matches!(self.mark(at), Some('(' | ')')))?;
        let inside = self.part(at..end);
        if self.mark(end) != Some(')') || inside.numbers() != 2 {
            return None;
        }
        if let Some(found) = inside.earlier_first(usize::from(inside.word(0) == "from")) {
            return Some(found);
        }
        let first = inside.over(0, FILL, |it| it.is_time() || it.is_plain() || it.mark() == Some(':'));
        let later = inside.number(first)?;
        inside.earlier_behind(first + 1, later, None).map(|earlier| [later, earlier])
    }

    /// The earlier number behind the later: ` in 2025, compared to B`, ` (from B)`, ` million customers, up from B`.
    fn earlier_behind(&self, at: usize, later: Said<'a>, base: Option<&Base>) -> Option<Said<'a>> {
        let at = self.over_aside(at, later);
        let at = at + usize::from(matches!(self.mark(at), Some(',' | '(' | '–')));
        self.earlier(at, later, base)
    }

    /// `compared to the B`, `from B`: the number that something is set beside.
    fn earlier(&self, at: usize, later: Said<'a>, base: Option<&Base>) -> Option<Said<'a>> {
        let at = self.over(at, 2, |it| matches!(it.word(), "when" | "as" | "up" | "down" | "a"));
        let at = self.behind_link(at)?;
        let end = self
            .over(at, TIMES, |it| it.is_time() || it.is_plain() || self.is_of_subject(it) || it.mark() == Some(':'));
        let earlier = self.number(end)?;
        let behind = self.over_aside(end + 1, earlier);
        let fits = base.is_none_or(|base| base.agrees(self, at..behind));
        let ended = self.number(behind).is_none() && self.word(behind) != "to";
        (earlier.0.range != later.0.range && !self.is_listed(end) && fits && ended).then_some(earlier)
    }

    /// The number before a word of movement, which only its time and what it is of part from it: `A across 46 deals in 2023,`.
    fn level_before(&self, at: usize) -> Option<(Said<'a>, usize)> {
        let at = self.back_over(at, 4, |it| {
            matches!(
                it.word(),
                "a" | "an"
                    | "the"
                    | "which"
                    | "was"
                    | "is"
                    | "were"
                    | "are"
                    | "representing"
                    | "reflecting"
                    | "marking"
                    | "this"
                    | "or"
                    | "to"
            )
        });
        let mark = at.checked_sub(1)?;
        if !matches!(self.mark(mark), Some(',' | '–' | '(')) {
            return None;
        }
        // Back to the number behind which nothing but this stands.
        let first = (0..mark).rev().take(TIMES).take_while(|&at| {
            let it = &self.tokens[at];
            it.is_time() || it.is_plain() || self.number(at).is_some()
        });
        let numbers: Vec<usize> = first.filter(|&at| self.number(at).is_some()).collect();
        let &at = numbers.last()?;
        let level = self.number(at)?;
        (self.over_aside(at + 1, level) == mark).then_some((level, at))
    }

    /// Over what else is said of a number: ` of revenue across 46 deals in 2023`.
    fn over_aside(&self, at: usize, level: Said<'a>) -> usize {
        let behind = |at: usize| self.over(at, TIMES, |it| (it.is_time() || it.is_plain()) && it.word() != "from");
        let end = behind(at);
        let counted = end.checked_sub(1).is_some_and(|at| self.tokens[at].is_counting());
        match self.number(end).filter(|_| counted && end > at) {
            Some(other) if other.1.unit != level.1.unit => behind(end + 1),
            _ => end,
        }
    }

    /// `It was A, down from B`, behind a sentence that says by how much.
    fn levels_of_next(&self, told: &Told<'a>, next: &Statement<'_, 'a>) -> Option<[Said<'a>; 2]> {
        let ended = self.ends(told.span.end);
        let pronoun = matches!(next.word(0), "it" | "this" | "that" | "they" | "these");
        let alone = self.tokens.len() <= LONGEST && self.numbers() == told.amounts.len();
        if !ended || !pronoun || !alone {
            return None;
        }
        let at = next.over(1, 3, |it| {
            matches!(
                it.word(),
                "was"
                    | "is"
                    | "were"
                    | "are"
                    | "went"
                    | "came"
                    | "to"
                    | "in"
                    | "at"
                    | "moved"
                    | "stood"
                    | "fell"
                    | "rose"
            )
        });
        if next.word(at) == "from" {
            return next.earlier_first(at + 1);
        }
        let later = next.number(at)?;
        // `It was A, down 4% from B` tells its own change.
        let earlier = next.earlier_behind(at + 1, later, told.base.as_ref())?;
        Some([later, earlier])
    }

    /// Whether a number is one of a list: `to $5M and $4M`.
    fn is_listed(&self, at: usize) -> bool {
        let unit = |at: usize| self.number(at).map(|it| &it.1.unit);
        let joins = |at: usize| matches!(self.word(at), "and" | "or") || matches!(self.mark(at), Some(',' | '/'));
        let Some(own) = unit(at) else { return false };
        let behind = joins(at + 1) && unit(at + 2) == Some(own);
        let before = at >= 2 && joins(at - 1) && unit(at - 2) == Some(own);
        behind || before
    }

    /// Whether a word is one that the subject has as well: `net loss … compared to a net loss of`.
    fn is_of_subject(&self, it: &tokens::Token<'_>) -> bool {
        let word = it.word();
        !word.is_empty()
            && self
                .tokens
                .iter()
                .take_while(|other| other.range.start < it.range.start)
                .take(FILL + 2)
                .any(|other| other.word() == word)
    }
}

/// Whether a word only says more of a thing: neither a verb nor one that begins something else.
fn is_plain_stem(stem: &str) -> bool {
    is_determiner(stem)
        || says_movement(stem).is_none()
            && !is_other_verb(stem)
            && !matches!(stem, "to" | "by" | "from" | "is" | "was" | "were" | "are")
            && !is_elsewhere(stem)
}
