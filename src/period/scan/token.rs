//! Cuts text into words, digit runs and symbols.
//!
//! Enters: text. Leaves: [`Tokens`], with small questions that the grammar asks of them.
//! Invariant: tokens ascend, never overlap, and lie on character boundaries; letters and digits never share one, so that
//! `3QFY25E` is five.

use super::word::Word;
use super::word::table::{self, Table};

/// A word, a run of digits, or a symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    start: u32,
    end: u32,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// What it is.
    pub(super) kind: Kind,
}

impl Token {
    /// Its bytes in the text.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Digits: the value, as far as nine of them go, and how many.
    Number(u32, u8),
    /// Letters.
    Word(Word),
    /// Anything else; every dash is `-`, every apostrophe `'`.
    Symbol(char),
}

/// A text's tokens.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text.
    pub(super) fn new(text: &'a str) -> Self {
        // Small offsets keep tokens small; a text of 4 GiB is no deck's.
        let text = if u32::try_from(text.len()).is_ok() { text } else { "" };
        let bytes = text.as_bytes();
        let words = table::table();
        let mut list = Vec::with_capacity(text.len() / 3 + 1);
        let (mut at, mut spaced) = (0, true);
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            let kind = match byte {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    at += 1;
                    spaced = true;
                    continue;
                }
                b'0'..=b'9' => {
                    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                        at += 1;
                    }
                    number(&bytes[start..at])
                }
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let (end, word) = ascii_word(text, at, words);
                    at = end;
                    Kind::Word(word)
                }
                0..=0x7F => {
                    at += 1;
                    Kind::Symbol(char::from(byte))
                }
                _ => {
                    let Some(c) = text[at..].chars().next() else { break };
                    if is_letter(c) {
                        at = word_end(text, at);
                        Kind::Word(Word::Other)
                    } else {
                        at += c.len_utf8();
                        if c.is_whitespace() {
                            spaced = true;
                            continue;
                        }
                        if ignorable(c) {
                            continue;
                        }
                        Kind::Symbol(folded(c))
                    }
                }
            };
            list.push(Token { start: start as u32, end: at as u32, spaced, kind });
            spaced = false;
        }
        Self { text, list }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token there.
    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).copied()
    }

    /// The word there.
    pub(super) fn word(&self, at: usize) -> Option<Word> {
        match self.list.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The word just before.
    pub(super) fn word_before(&self, at: usize) -> Option<Word> {
        self.word(at.checked_sub(1)?)
    }

    /// Whether that word is there.
    pub(super) fn is(&self, at: usize, word: Word) -> bool {
        self.word(at) == Some(word)
    }

    /// The digits there: value and how many.
    pub(super) fn number(&self, at: usize) -> Option<(u32, u8)> {
        match self.list.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// The symbol there.
    pub(super) fn symbol(&self, at: usize) -> Option<char> {
        match self.list.get(at)?.kind {
            Kind::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }

    /// Whether that symbol is there.
    pub(super) fn is_symbol(&self, at: usize, symbol: char) -> bool {
        self.symbol(at) == Some(symbol)
    }

    /// Whether there is a token that no white space parts from the one before.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| !token.spaced)
    }

    /// Past a dash that joins two words; the same place where there is none.
    pub(super) fn hop(&self, at: usize) -> usize {
        if self.is_symbol(at, '-') && self.glued(at) && self.glued(at + 1) { at + 1 } else { at }
    }

    /// Past words in a row, which dashes may join.
    pub(super) fn phrase(&self, at: usize, words: &[Word]) -> Option<usize> {
        let mut at = at;
        for (nth, word) in words.iter().enumerate() {
            if nth > 0 {
                at = self.hop(at);
            }
            if !self.is(at, *word) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Past a word, if it is there.
    pub(super) fn past(&self, at: usize, word: Word) -> usize {
        if self.is(at, word) { at + 1 } else { at }
    }

    /// Past an apostrophe and `s` (`February's`), if they are there.
    pub(super) fn past_possessive(&self, at: usize) -> usize {
        let s = self.is_symbol(at, '\'') && self.glued(at) && self.is(at + 1, Word::Letter(b's')) && self.glued(at + 1);
        if s { at + 2 } else { at }
    }

    /// The token's bytes.
    pub(super) fn bytes(&self, at: usize) -> &'a [u8] {
        self.list.get(at).and_then(|token| self.text.as_bytes().get(token.range())).unwrap_or_default()
    }

    /// Whether the word starts with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.bytes(at).first().is_some_and(u8::is_ascii_uppercase)
    }

    /// Whether no letter of the token is small.
    pub(super) fn capitals(&self, at: usize) -> bool {
        !self.bytes(at).iter().any(u8::is_ascii_lowercase)
    }

    /// The text from one token up to another.
    pub(super) fn between(&self, from: usize, to: usize) -> &'a str {
        let (Some(first), Some(last)) = (self.get(from), self.get(to.wrapping_sub(1))) else { return "" };
        self.text.get(first.range().start..last.range().end).unwrap_or_default()
    }
}

fn number(digits: &[u8]) -> Kind {
    let value = digits.iter().fold(0_u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
    Kind::Number(value, u8::try_from(digits.len()).unwrap_or(u8::MAX))
}

/// The word that starts there with an ASCII letter, and its end.
#[inline]
fn ascii_word(text: &str, start: usize, words: &Table) -> (usize, Word) {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let mut hash = table::SEED;
    let mut length = 0;
    for byte in bytes {
        if !byte.is_ascii_alphabetic() {
            break;
        }
        hash = table::add_letter(hash, *byte);
        length += 1;
    }
    let end = start + length;
    if bytes.get(length).is_some_and(|byte| *byte >= 0x80) {
        let longer = word_end(text, end);
        if longer > end {
            return (longer, Word::Other);
        }
    }
    (end, words.find(bytes.get(..length).unwrap_or_default(), hash))
}

/// The end of the letters that start there.
fn word_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.char_indices().find(|(_, c)| !is_letter(*c)).map_or(text.len(), |(at, _)| start + at)
}

/// Letters of any script; general punctuation, which texts are full of, is told apart at once.
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206F}') && c.is_alphabetic()
}

/// Soft hyphens and zero-width characters, which people do not see.
fn ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// One dash for all dashes, one apostrophe for all apostrophes.
fn folded(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{2032}' | '\u{B4}' => '\'',
        _ => c,
    }
}
