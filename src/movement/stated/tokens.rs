//! Statements as tokens: numbers, times, words and marks, with hedges left out.
//!
//! Enters: a text with its mentions. Leaves: its statements in order. Invariant: tokens are in the order of the text and never overlap.

use std::ops::Range;

use crate::extract::{Mention, MentionKind};
use crate::movement::cue::says_movement;
use crate::movement::moved::Said;
use crate::movement::token::{self, Piece};
use crate::period::{Expression, Grain};
use crate::quantity::{Qualifier, Unit};

/// What stands there.
#[derive(Clone, Debug)]
pub(crate) enum Kind<'a> {
    Number(Said<'a>),
    /// A period.
    Time,
    /// A step back: `year over year`.
    Against(Grain),
    /// A word in lower case, singular.
    Word(String),
    /// `,`, `(`, `)`, `:`, `/` or a dash.
    Mark(char),
    /// A number that is no claim.
    Other,
}

/// A token with its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) range: Range<usize>,
}

impl Token<'_> {
    pub(crate) fn word(&self) -> &str {
        match &self.kind {
            Kind::Word(word) => word,
            _ => "",
        }
    }

    pub(crate) fn mark(&self) -> Option<char> {
        match self.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether it is a time, or a word of one: `the prior-year period`.
    pub(crate) fn is_time(&self) -> bool {
        const TIMES: &[&str] = &[
            "year",
            "quarter",
            "month",
            "week",
            "period",
            "half",
            "prior",
            "previous",
            "last",
            "same",
            "earlier",
            "ago",
            "comparable",
            "corresponding",
            "preceding",
            "fiscal",
            "calendar",
            "full",
            "first",
            "second",
            "third",
            "fourth",
            "ended",
            "ending",
            "yoy",
            "qoq",
            "mom",
            "annually",
            "sequentially",
            "during",
            "before",
            "end",
            "then",
            "ytd",
        ];
        matches!(self.kind, Kind::Time | Kind::Against(_)) || TIMES.contains(&self.word())
    }

    /// Whether it is a word that only says more of a thing.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(&self.kind, Kind::Word(word) if super::is_plain_stem(word))
    }

    /// Whether it stands between an amount and its noun: `a 31% year-over-year decrease`.
    pub(crate) fn is_adjective(&self) -> bool {
        let word = self.word();
        word.ends_with("ly")
            || matches!(
                word,
                "over" | "on" | "sharp" | "slight" | "significant" | "further" | "overall" | "net" | "total" | "annual"
            )
    }

    /// Whether it leads to what else is counted beside a number: `$1.3B across 46 deals`.
    pub(crate) fn is_counting(&self) -> bool {
        matches!(self.word(), "across" | "in" | "over" | "on" | "for" | "through" | "at" | "among")
    }
}

/// One statement.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'t, 'a> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token<'a>>,
}

impl<'t, 'a> Statement<'t, 'a> {
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", Token::word)
    }

    pub(crate) fn mark(&self, at: usize) -> Option<char> {
        self.tokens.get(at)?.mark()
    }

    pub(crate) fn number(&self, at: usize) -> Option<Said<'a>> {
        match self.tokens.get(at)?.kind {
            Kind::Number(said) => Some(said),
            _ => None,
        }
    }

    pub(crate) fn numbers(&self) -> usize {
        self.tokens.iter().filter(|it| matches!(it.kind, Kind::Number(_))).count()
    }

    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.tokens.iter().any(|it| it.word() == word)
    }

    /// A part of it.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        Self { text: self.text, tokens: self.tokens.get(range).unwrap_or_default().to_vec() }
    }

    /// The words of movement, and whether each says up.
    pub(crate) fn movements(&self) -> Vec<(usize, bool)> {
        self.tokens.iter().enumerate().filter_map(|(at, it)| Some((at, says_movement(it.word())?))).collect()
    }

    /// Whether the word of movement is one that an amount may stand before: `a 31% decrease`.
    pub(crate) fn is_noun_of_change(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "increase"
                | "decrease"
                | "rise"
                | "fall"
                | "drop"
                | "decline"
                | "growth"
                | "reduction"
                | "gain"
                | "jump"
                | "dip"
                | "climb"
        )
    }

    /// The first token from `at` on that does not fit, after so many at most.
    pub(crate) fn over(&self, at: usize, most: usize, fits: impl Fn(&Token<'a>) -> bool) -> usize {
        let rest = self.tokens.get(at..).unwrap_or_default();
        at + rest.iter().take(most).take_while(|it| fits(it)).count()
    }

    /// The first of the tokens before `at` that fit, so many at most.
    pub(crate) fn back_over(&self, at: usize, most: usize, fits: impl Fn(&Token<'a>) -> bool) -> usize {
        let before = self.tokens.get(..at).unwrap_or_default();
        at - before.iter().rev().take(most).take_while(|it| fits(it)).count()
    }

    /// Whether the statement ends there.
    pub(crate) fn ends(&self, at: usize) -> bool {
        at >= self.tokens.len()
    }

    /// The bytes of some tokens.
    pub(crate) fn said(&self, range: Range<usize>) -> &'t str {
        let bytes = self.tokens.get(range).and_then(|it| Some(it.first()?.range.start..it.last()?.range.end));
        bytes.and_then(|bytes| self.text.get(bytes)).unwrap_or_default()
    }
}

/// The statements of a text.
pub(crate) fn statements<'t, 'a>(text: &'t str, mentions: &'a [Mention]) -> Vec<Statement<'t, 'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::new();
    for (piece, range) in token::pieces(text, mentions.iter()) {
        let kind = match piece {
            Piece::Word(stem) => Kind::Word(stem),
            Piece::Mark(c) => match mark(c, text.get(..range.start).unwrap_or_default()) {
                Some(mark) => Kind::Mark(mark),
                None => continue,
            },
            Piece::Mention(mention) => match &mention.kind {
                MentionKind::Quantity(quantity) => {
                    drop_hedge(&mut tokens, quantity.qualifier);
                    // `the three months ended`.
                    match quantity.unit {
                        Unit::Duration(_) if quantity.in_words => Kind::Time,
                        _ => Kind::Number((mention, quantity)),
                    }
                }
                MentionKind::Period(Expression::Against(step), _) => Kind::Against(*step),
                MentionKind::Period(..) => Kind::Time,
                _ => Kind::Other,
            },
        };
        tokens.push(Token { kind, range });
    }
    let statements = token::statements(text, tokens, |token| token.range.start).into_iter();
    statements.filter(|tokens| !tokens.is_empty()).map(|tokens| Statement { text, tokens }).collect()
}

/// The mark that a character is, by what stands before it.
fn mark(c: char, head: &str) -> Option<char> {
    Some(match c {
        ',' | '(' | ')' | ':' => c,
        '–' | '—' => '–',
        '-' if head.ends_with(' ') => '–',
        '[' => '(',
        ']' => ')',
        '/' | '|' | '"' | '“' | '”' => '/',
        _ => return None,
    })
}

/// Takes off the words that say how exactly the number behind them is meant: its qualifier says it.
fn drop_hedge(tokens: &mut Vec<Token<'_>>, qualifier: Qualifier) {
    const HEDGES: &[&str] = &[
        "about",
        "almost",
        "approx",
        "approximately",
        "around",
        "circa",
        "ca",
        "c",
        "estimated",
        "nearly",
        "roughly",
        "some",
        "just",
        "only",
        "exceeding",
        "above",
        "below",
        "under",
        "over",
        "than",
        "more",
        "less",
        "fewer",
        "greater",
        "higher",
        "lower",
        "at",
        "least",
        "most",
        "up",
        "to",
        "close",
        "a",
        "an",
    ];
    if matches!(qualifier, Qualifier::Exact | Qualifier::Range) {
        while tokens.last().is_some_and(|it| matches!(it.word(), "just" | "only")) {
            tokens.pop();
        }
        return;
    }
    // `to about $48m` keeps its `to`.
    let mut most = 3;
    while most > 0
        && let Some(last) = tokens.last().filter(|it| HEDGES.contains(&it.word()))
    {
        let before = tokens.len().checked_sub(2).map_or("", |at| tokens[at].word());
        let own = match last.word() {
            "to" => matches!(before, "close" | "up"),
            "up" => most < 3,
            "at" => most < 3,
            "a" | "an" => before != "by" && most == 3,
            _ => true,
        };
        if !own {
            break;
        }
        tokens.pop();
        most -= 1;
    }
}
