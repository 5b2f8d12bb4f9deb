//! A sentence as what matters for two numbers of it: its words, numbers, times and marks.
//!
//! Enters: a text with its mentions and quantities. Leaves: the [`Token`]s of each sentence in order. Invariant: each number and each
//! time is one token, however many words it is written in.

use std::ops::Range;

use crate::extract::{Mention, MentionKind, quantities};
use crate::movement::token::{Piece, pieces, statements};
use crate::scenario;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word,
    /// The number of that place among the text's quantities.
    Number(usize),
    Time,
    /// A comma, colon, bracket or dash.
    Mark(char),
}

/// A word, number, time or mark with its bytes.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The stem of a word; empty for all else.
    pub(super) stem: String,
    pub(super) range: Range<usize>,
}

impl Token {
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }

    pub(super) fn is_word(&self, stems: &[&str]) -> bool {
        self.kind == Kind::Word && stems.contains(&self.stem.as_str())
    }

    /// Whether it names a plan: `budgeted`, `target`, `expected`, `covenant`.
    pub(super) fn is_plan(&self) -> bool {
        let limits = || self.is_word(&["expected", "covenant", "minimum", "maximum", "limit"]);
        self.kind == Kind::Word && (limits() || scenario::is_plan(&self.stem))
    }

    pub(super) fn number(&self) -> Option<usize> {
        match self.kind {
            Kind::Number(at) => Some(at),
            _ => None,
        }
    }
}

/// The tokens of each sentence of a text.
pub(super) fn sentences(text: &str, mentions: &[Mention]) -> Vec<Vec<Token>> {
    // What is neither a number nor a time is no more than its words.
    let told = mentions.iter().filter(|it| matches!(it.kind, MentionKind::Quantity(_) | MentionKind::Period(..)));
    let mut numbers = quantities(mentions).into_iter().enumerate().peekable();
    let tokens = pieces(text, told).into_iter().filter_map(|(piece, range)| {
        let (kind, stem) = match piece {
            Piece::Word(stem) => (Kind::Word, stem),
            Piece::Mark(c @ (',' | ':' | '(' | ')')) => (Kind::Mark(c), String::new()),
            Piece::Mark('–' | '—' | '-') if text.get(range.end..)?.starts_with(' ') => {
                (Kind::Mark('–'), String::new())
            }
            Piece::Mark(_) => return None,
            Piece::Mention(mention) => {
                while numbers.next_if(|(_, (other, _))| other.range.start < mention.range.start).is_some() {}
                let number = numbers.next_if(|(_, (other, _))| other.range == mention.range);
                (number.map_or(Kind::Time, |(at, _)| Kind::Number(at)), String::new())
            }
        };
        Some(Token { kind, stem, range })
    });
    statements(text, tokens.collect(), |token| token.range.start)
}
