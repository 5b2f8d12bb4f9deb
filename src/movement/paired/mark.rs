//! What marks a number as the one that another is set beside: `from B`, `than the B of Q2`, `(June: B)`, `against a budget of B`.
//!
//! Enters: a sentence and one of its numbers. Leaves: a [`Mark`]. Invariant: only words of time, of plans and of the number's own noun
//! stand between a number and what marks it.

use super::super::cue::{is_other_verb, is_versus};
use super::Sentence;
use super::lexicon::{Says, is_of_time, is_turn, says};
use super::token::{Kind, Token};
use crate::words::is_determiner;

/// Whose number it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Of {
    Open,
    Time,
    Plan,
}

/// By what it is marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Link {
    From,
    Than,
    Versus,
    /// `up on last year's B`, `after B in Q2`.
    On,
    /// `exceeded the B of Q2`, `short of the B`.
    Object,
    /// `(June: B)`, `(B)`.
    Bracket,
    /// `it was B in Q2`, `having been B`.
    Was,
    /// `the target of B`.
    Label,
}

/// The number that another is set beside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Marked {
    pub(super) link: Link,
    pub(super) of: Of,
    /// Whether a noun of its own stands between the link and the number: `less than sales growth of 5.4%`.
    pub(super) noun: bool,
}

/// How a number stands in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    Beside(Marked),
    /// In brackets of its own, with its time or plan or nothing.
    Bracketed(Marked),
    /// `to A`, `was A`; or but behind a mark: `: A`.
    Level(bool),
    None,
}

/// Tokens before or behind a number that may be part of what it is called.
const NEAR: usize = 8;

/// How a number stands in its sentence.
pub(super) fn mark(sentence: &Sentence<'_, '_>, at: usize) -> Mark {
    let tokens = &sentence.tokens;
    let mut of = behind(tokens, at);
    let mut nouns = 0;
    for place in (at.saturating_sub(NEAR)..at).rev() {
        let token = &tokens[place];
        let beside = |link| Mark::Beside(Marked { link, of, noun: nouns > 0 });
        match token.kind {
            Kind::Time => of = of.max(Of::Time),
            Kind::Number(_) => return Mark::None,
            Kind::Mark('(') => return bracketed(tokens, at, of, nouns),
            Kind::Mark(':') if is_in_brackets(tokens, place) => {}
            Kind::Mark(_) if of == Of::Plan && nouns == 0 => return labelled(tokens, at),
            Kind::Mark(_) => return Mark::Level(false),
            Kind::Word => match linked(tokens, place, (of, nouns)) {
                Some(Linked::By(link)) => return beside(link),
                Some(Linked::Level) => return Mark::Level(true),
                None if token.is_plan() => of = Of::Plan,
                None if is_of_time(&token.stem) => of = of.max(Of::Time),
                None if is_determiner(&token.stem) || token.is_word(&["of", "just", "only", "we", "in", "for"]) => {}
                None if is_turn(&token.stem) || is_other_verb(&token.stem) || nouns == 3 => break,
                None => nouns += 1,
            },
        }
    }
    if of == Of::Plan { labelled(tokens, at) } else { Mark::None }
}

enum Linked {
    By(Link),
    Level,
}

/// What a word before a number says of it.
fn linked(tokens: &[Token], place: usize, (of, nouns): (Of, usize)) -> Option<Linked> {
    let token = &tokens[place];
    let prior = |stems: &[&str]| place.checked_sub(1).is_some_and(|before| tokens[before].is_word(stems));
    let moved =
        || tokens[place.saturating_sub(3)..place].iter().any(|it| it.kind == Kind::Word && says(&it.stem).is_some());
    let timed = || tokens[..place].iter().any(|token| token.kind == Kind::Time);
    Some(match token.stem.as_str() {
        "from" => Linked::By(Link::From),
        "than" => Linked::By(Link::Than),
        stem if is_versus(stem) => Linked::By(Link::Versus),
        "with" | "to" if prior(&["compared", "compare", "comparing", "relative"]) => Linked::By(Link::Versus),
        "with" if prior(&["favourably", "favorably", "unfavourably", "unfavorably"]) => Linked::By(Link::Object),
        "on" if moved() || place.checked_sub(1).is_some_and(|at| tokens[at].number().is_some()) => Linked::By(Link::On),
        "after" if of != Of::Plan && nouns == 0 => Linked::By(Link::On),
        "was" | "were" | "been" if (of == Of::Time || timed()) && prior(&["it", "they", "had", "having"]) => {
            Linked::By(Link::Was)
        }
        // `faster than revenue at 5.4%`.
        "at" if tokens[place.saturating_sub(4)..place].iter().any(|token| token.is_word(&["than"])) => {
            Linked::By(Link::Than)
        }
        "with" | "took" if nouns == 0 => Linked::Level,
        "to" | "at" | "reached" | "reaching" | "was" | "were" | "is" | "are" | "stood" | "stand" | "hit"
        | "achieved" => Linked::Level,
        stem if matches!(says(stem), Some(Says::Greater(_) | Says::Ahead(_) | Says::Within(_))) => {
            Linked::By(Link::Object)
        }
        _ => return None,
    })
}

/// `The target of B was missed`: a plan's number by its name.
fn labelled(tokens: &[Token], at: usize) -> Mark {
    let near = tokens[at.saturating_sub(2)..at].iter().any(Token::is_plan);
    if near { Mark::Beside(Marked { link: Link::Label, of: Of::Plan, noun: false }) } else { Mark::None }
}

/// A number behind an opening bracket: one of its own only where nothing but a time or plan stands beside it.
fn bracketed(tokens: &[Token], at: usize, of: Of, nouns: usize) -> Mark {
    let plain = |token: &Token| match token.kind {
        Kind::Time => true,
        Kind::Word => {
            token.is_plan()
                || is_of_time(&token.stem)
                || is_determiner(&token.stem)
                || token.is_word(&["in", "at", "of", "we", "had", "for"])
        }
        _ => false,
    };
    let behind = tokens[at + 1..].iter().take(NEAR).position(|token| token.is_mark(&[')']));
    match behind {
        Some(close) if nouns == 0 && tokens[at + 1..at + 1 + close].iter().all(plain) => {
            Mark::Bracketed(Marked { link: Link::Bracket, of, noun: false })
        }
        _ => Mark::Level(false),
    }
}

fn is_in_brackets(tokens: &[Token], at: usize) -> bool {
    let near = &tokens[at.saturating_sub(NEAR)..at];
    near.iter().rev().find(|token| token.is_mark(&['(', ')'])).is_some_and(|token| token.is_mark(&['(']))
}

/// Whose number it is, by the words behind it: `the B of a year ago`, `the B we budgeted`.
fn behind(tokens: &[Token], at: usize) -> Of {
    let mut of = Of::Open;
    for token in tokens[at + 1..].iter().take(NEAR - 2) {
        match token.kind {
            Kind::Time => of = of.max(Of::Time),
            Kind::Word if token.is_plan() => of = Of::Plan,
            Kind::Word if token.is_word(&["last", "prior", "previous", "ago", "before", "earlier"]) => {
                of = of.max(Of::Time);
            }
            Kind::Word if is_versus(&token.stem) || is_turn(&token.stem) || says(&token.stem).is_some() => break,
            Kind::Word if token.is_word(&["from", "to", "than", "on", "with", "was", "were", "is", "after"]) => break,
            Kind::Word => {}
            _ => break,
        }
    }
    of
}
