//! How far back a boast reaches: `ever`, `in two years`, `since FY21`, `of the last twelve months`, `so far this year`.
//!
//! Enters: the words of a text and a place among them. Leaves: a [`Window`] with its last word. Invariant: nothing that parts sentences
//! stands within a window.

use super::{ORDINALS, Text, Window, grain, number};
use crate::extract::MentionKind;
use crate::period::Expression;

impl Text<'_> {
    /// A window that begins with the word, and its last word.
    pub(super) fn window(&self, at: usize) -> Option<(Window, usize)> {
        match self.stem(at) {
            "ever" | "yet" => {
                let tail = ["had", "recorded", "reported", "seen", "achieved"].contains(&self.stem(at + 1));
                Some((Window::Ever, at + usize::from(tail)))
            }
            "on" if self.stem(at + 1) == "record" => Some((Window::Ever, at + 1)),
            // `our best to date`, and not `the best year-to-date figure`.
            "to" if self.stem(at + 1) == "date" && self.stem(at.wrapping_sub(1)) != "year" => {
                Some((Window::Ever, at + 1))
            }
            "so" if self.stem(at + 1) == "far" => Some(self.so_far(at + 1)),
            "we" if matches!(self.stem(at + 1), "have" | "ve") => self.we_have(at + 1),
            "in" if self.history(at).is_some() => Some((Window::Ever, self.history(at)?)),
            "since" => self.since(at),
            "in" | "for" | "over" | "of" | "within" | "this" => self.stretch(at),
            _ => None,
        }
    }

    /// `the best so far`, `the best so far this year`.
    fn so_far(&self, at: usize) -> (Window, usize) {
        match self.stem(at + 1) {
            "this" | "of" | "in" => self.stretch(at + 1).unwrap_or((Window::Ever, at)),
            _ => (Window::Ever, at),
        }
    }

    /// `the longest we have recorded`, `the most we have ever had`.
    fn we_have(&self, at: usize) -> Option<(Window, usize)> {
        const DONE: &[&str] =
            &["had", "recorded", "reported", "seen", "achieved", "delivered", "posted", "made", "managed", "known"];
        let last = at + 1 + usize::from(self.stem(at + 1) == "ever");
        DONE.contains(&self.stem(last)).then_some((Window::Ever, last))
    }

    /// `in our history`, `in the Group's whole history`.
    pub(super) fn history(&self, at: usize) -> Option<usize> {
        (at + 2..at + 6)
            .find(|&last| self.stem(last) == "history")
            .filter(|&last| (at + 1..=last).all(|word| !self.parted(word, &['.', ';', ',', ':'])))
    }

    /// `since FY21`, `since records began`, `since the agreement was signed`.
    fn since(&self, at: usize) -> Option<(Window, usize)> {
        if let Some((period, last)) = self.period_at(at + 1) {
            return Some((Window::Since(period), last));
        }
        const BEGINNINGS: &[&str] = &[
            "began",
            "signed",
            "inception",
            "launch",
            "launched",
            "founded",
            "founding",
            "opened",
            "started",
            "introduced",
            "created",
            "established",
            "formed",
            "listed",
            "flotation",
        ];
        let last = (at + 1..at + 6).find(|&word| BEGINNINGS.contains(&self.stem(word)))?;
        (at + 1..=last).all(|word| !self.parted(word, &['.', ';', ','])).then_some((Window::Ever, last))
    }

    /// `in two years`, `of the last twelve months`, `for over five years`, `of the past year`, `of the year`, `this year`.
    pub(super) fn stretch(&self, at: usize) -> Option<(Window, usize)> {
        let mut word = at + 1;
        let mut recent = false;
        loop {
            match self.stem(word) {
                "the" | "over" | "more" | "than" | "financial" | "fiscal"
                    if self.stem(at) != "this" || word > at + 1 =>
                {
                    word += 1
                }
                "financial" | "fiscal" => word += 1,
                "last" | "past" | "previous" => {
                    recent = true;
                    word += 1;
                }
                _ => break,
            }
        }
        if let (Some(count), Some(grain)) = (number(self.stem(word)), grain(self.stem(word + 1))) {
            let plural = self.words.get(word + 1).is_some_and(|noun| self.text[noun.range.clone()].ends_with('s'));
            return (plural && !ORDINALS.contains(&self.stem(word))).then_some((Window::Back(count, grain), word + 1));
        }
        let grain = grain(self.stem(word))?;
        match self.stem(at) {
            _ if recent => Some((Window::Back(1, grain), word)),
            "of" | "this" if word > at + usize::from(self.stem(at) == "of") => Some((Window::Within(grain), word)),
            _ => None,
        }
    }

    /// The period that begins with the word, and its last word.
    pub(super) fn period_at(&self, at: usize) -> Option<(Expression, usize)> {
        let start = self.words.get(at)?.range.start;
        // No period is longer; the rest of the text is none of its business.
        let near = self.text.get(start..self.text.ceil_char_boundary(start + 48))?;
        let found = crate::period::scan::scan(near).into_iter().next()?;
        let MentionKind::Period(expression, _) = found.kind else { return None };
        // `since the end of 2023`.
        let led = near.strip_prefix("the ").map_or(0, |rest| near.len() - rest.len());
        let end = start + found.range.end;
        let last = self.words.partition_point(|word| word.range.start < end).checked_sub(1)?;
        (found.range.start <= led).then_some((expression, last))
    }
}
