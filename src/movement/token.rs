//! A text as its words, mentions and marks, and cut into what is said.
//!
//! Enters: a text with some of its mentions. Leaves: [`Piece`]s in order. Invariant: pieces never overlap, and a word of a mention, such as
//! the `million` of an amount, is no piece of its own.

use std::ops::Range;

use crate::extract::Mention;
use crate::stops;
use crate::words::words;

/// What stands there.
#[derive(Debug)]
pub(super) enum Piece<'m> {
    /// A word by its stem.
    Word(String),
    /// A number, a time or what else was read as one thing.
    Mention(&'m Mention),
    /// A character between words and mentions that is no white space.
    Mark(char),
}

/// The pieces of a text with their bytes.
pub(super) fn pieces<'m>(text: &str, mentions: impl Iterator<Item = &'m Mention>) -> Vec<(Piece<'m>, Range<usize>)> {
    let mut reader = Reader { text, found: Vec::new(), end: 0 };
    let mut mentions = mentions.peekable();
    for word in words(text) {
        while let Some(mention) = mentions.next_if(|mention| mention.range.start < word.range.end) {
            reader.push(Piece::Mention(mention), mention.range.clone());
        }
        reader.push(Piece::Word(word.stem), word.range);
    }
    for mention in mentions {
        reader.push(Piece::Mention(mention), mention.range.clone());
    }
    reader.gap(text.len());
    reader.found
}

struct Reader<'t, 'm> {
    text: &'t str,
    found: Vec<(Piece<'m>, Range<usize>)>,
    /// Where what has been read ends.
    end: usize,
}

impl<'m> Reader<'_, 'm> {
    /// Takes a piece in, unless it begins within what has been read.
    fn push(&mut self, piece: Piece<'m>, range: Range<usize>) {
        if range.start >= self.end {
            self.gap(range.start);
            self.end = range.end;
            self.found.push((piece, range));
        }
    }

    /// Takes in the marks up to what comes next.
    fn gap(&mut self, to: usize) {
        let from = self.end;
        let gap = self.text.get(from..to).unwrap_or_default();
        let marks = gap.char_indices().filter(|(_, c)| !c.is_whitespace());
        self.found.extend(marks.map(|(at, c)| (Piece::Mark(c), from + at..from + at + c.len_utf8())));
    }
}

/// Tokens of a text by the statement that they stand in; a statement may be empty.
pub(super) fn statements<T>(text: &str, tokens: Vec<T>, start: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut ends = stops::ends(text).peekable();
    let mut found = vec![Vec::new()];
    for token in tokens {
        while ends.next_if(|end| *end <= start(&token)).is_some() {
            found.push(Vec::new());
        }
        if let Some(own) = found.last_mut() {
            own.push(token);
        }
    }
    found
}
