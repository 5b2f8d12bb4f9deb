//! `A compared to the budget of B. The results are better by C`, `A, against a budget of B, a variance of C`, `A, which is less than the
//! budget of B by C`: an outcome, its plan and by how much they differ.
//!
//! Enters: statements. Leaves: [`Moved`]s whose earlier number is the plan's. Invariant: the plan is named beside its number, and what
//! tells the difference speaks of nothing but the two.

use super::tokens::{Statement, Token};
use super::{FILL, TIMES};
use crate::movement::cue::is_versus;
use crate::movement::moved::{Moved, Said};
use crate::scenario::is_plan;

/// What statement `at` says of an outcome and its plan, with what the next one says of by how much.
pub(super) fn variances<'a>(own: &Statement<'_, 'a>, next: Option<&Statement<'_, 'a>>) -> Vec<Moved<'a>> {
    let mut found = Vec::new();
    for plan in (0..own.tokens.len()).filter(|at| is_plan(own.word(*at))) {
        let Some((later, earlier, end)) = sides(own, plan) else { continue };
        let words = own.tokens[plan].range.clone();
        let up = later.1.value > earlier.1.value;
        let alone = || own.number(end).is_none() && own.ends(end) && of_unit(own, earlier) == 2;
        let by = own.difference(end).or_else(|| next.filter(|_| alone()).and_then(told_next));
        found.extend(by.map(|by| Moved { words: words.clone(), up, later, earlier, by: Some(by) }));
    }
    found
}

/// How many numbers of a statement are in the unit of one.
fn of_unit(own: &Statement<'_, '_>, one: Said<'_>) -> usize {
    (0..own.tokens.len()).filter(|at| own.number(*at).is_some_and(|it| it.1.unit == one.1.unit)).count()
}

/// The outcome and the plan around the word for a plan, and where what is said of them ends.
fn sides<'a>(own: &Statement<'_, 'a>, plan: usize) -> Option<(Said<'a>, Said<'a>, usize)> {
    // `a budget of B`; `the B budget`.
    let at = own.over(plan + 1, 2, |it| matches!(it.word(), "of" | "was" | "is" | "for" | "at") || it.is_time());
    let (number, end) = match own.number(at) {
        Some(_) => (at, own.over_aside(at + 1, own.number(at)?)),
        None => (plan.checked_sub(1)?, plan + 1),
    };
    let earlier = own.number(number)?;
    // Back to the word that sets the two beside each other.
    let filling = |it: &Token<'_>| it.is_time() || it.is_plain() || is_plan(it.word());
    let start = own.back_over(number, FILL + 2, |it| filling(it) && !is_beside(it.word()));
    let link = start.checked_sub(1)?;
    let link = match own.word(link) {
        "to" | "with" => link.checked_sub(1)?,
        _ => link,
    };
    if !is_beside(own.word(link)) {
        return None;
    }
    let head = own.back_over(link, 5, |it| {
        matches!(it.word(), "as" | "which" | "is" | "was" | "are" | "were" | "that" | "when")
            || it.mark() == Some(',')
            || is_judging(it.word())
    });
    let back = own.back_over(head, TIMES, |it| it.is_time() || it.is_plain());
    let later = own.number(back.checked_sub(1)?)?;
    Some((later, earlier, end))
}

/// Words that set an outcome beside its plan.
fn is_beside(stem: &str) -> bool {
    is_versus(stem) || stem == "than"
}

impl<'a> Statement<'_, 'a> {
    /// ` by C`, `, a variance of C`, `, C better`, `, or C under`.
    fn difference(&self, at: usize) -> Option<Said<'a>> {
        if self.word(at) == "by" {
            return self.number(at + 1);
        }
        let mark = usize::from(matches!(self.mark(at), Some(',' | '–' | '(' | ':')));
        let start = self.over(at + mark, 4, |it| {
            matches!(
                it.word(),
                "or" | "which" | "is" | "was" | "giving" | "leaving" | "being" | "so" | "representing" | "i" | "e"
            )
        });
        let noun = self.over(start, 4, |it| {
            matches!(it.word(), "a" | "an" | "the") || is_judging(it.word()) || is_difference(it.word())
        });
        let named = (start..noun).any(|at| is_difference(self.word(at)));
        if named && mark == 1 {
            let of = self.over(noun, 1, |it| it.word() == "of");
            return self.number(of);
        }
        self.number(start).filter(|_| mark == 1 && is_judging(self.word(start + 1)) && self.is_closed(start + 2))
    }

    /// Whether nothing more is said of a difference but what it is beside.
    fn is_closed(&self, at: usize) -> bool {
        let at = self.over(at, 4, |it| {
            is_plan(it.word()) || matches!(it.word(), "than" | "the" | "our" | "to" | "against" | "of")
        });
        self.tokens.get(at).is_none_or(|it| it.mark().is_some())
    }
}

/// `The results are better by C`, `This is C better than budget`, `The variance is C`.
fn told_next<'a>(next: &Statement<'_, 'a>) -> Option<Said<'a>> {
    let at = next.over(0, 2, |it| matches!(it.word(), "the" | "these" | "this" | "that" | "it" | "a" | "our"));
    let subject = next.over(at, 2, |it| {
        is_difference(it.word())
            || is_judging(it.word())
            || matches!(it.word(), "result" | "outcome" | "actual" | "figure")
    });
    if subject == 0 {
        return None;
    }
    let verb = next.over(subject, 2, |it| {
        matches!(it.word(), "is" | "are" | "was" | "were" | "came" | "in" | "being" | "represent" | "mean" | "a" | "an")
    });
    if verb == subject {
        return None;
    }
    let noun =
        next.over(verb, 4, |it| is_judging(it.word()) || is_difference(it.word()) || matches!(it.word(), "a" | "an"));
    let than = next.over(noun, 4, |it| is_plan(it.word()) || matches!(it.word(), "than" | "the" | "our" | "of"));
    let by = next.over(than, 1, |it| it.word() == "by");
    let found = next.number(by)?;
    let named = (at..noun).any(|at| is_difference(next.word(at)));
    let judged = by > than && noun > verb || by == noun && is_judging(next.word(by + 1));
    (named || judged).then_some(found)
}

/// Whether a word says on which side of its plan an outcome is.
fn is_judging(stem: &str) -> bool {
    matches!(
        stem,
        "better"
            | "worse"
            | "higher"
            | "lower"
            | "ahead"
            | "behind"
            | "over"
            | "under"
            | "above"
            | "below"
            | "more"
            | "less"
            | "short"
            | "favourable"
            | "favorable"
            | "adverse"
            | "unfavourable"
            | "unfavorable"
            | "positive"
            | "negative"
    )
}

/// Whether a word names a difference.
fn is_difference(stem: &str) -> bool {
    matches!(
        stem,
        "variance"
            | "difference"
            | "shortfall"
            | "overspend"
            | "underspend"
            | "overrun"
            | "saving"
            | "gap"
            | "excess"
            | "improvement"
    )
}
