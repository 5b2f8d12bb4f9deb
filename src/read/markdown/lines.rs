//! The lines of a Markdown body, knowing which of them lie in code or comments.
//!
//! Enters: text. Leaves: lines in order. Invariant: one pass; a line is `inside` when no slide separator can stand there.

use memchr::memchr;
use memchr::memmem;

/// A line and where it stands.
pub(super) struct Line<'a> {
    /// First byte.
    pub(super) start: usize,
    /// One past its line break.
    pub(super) end: usize,
    /// Its text without trailing white space; leading white space stays.
    pub(super) content: &'a str,
    /// In a code block or a comment that an earlier line opened, or opening a code block.
    pub(super) inside: bool,
    /// The line before is blank, or there is none.
    pub(super) after_blank: bool,
}

/// Walks lines from a byte on.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    /// The code fence that is open: its character and length.
    fence: Option<(u8, usize)>,
    /// End of the comment that is open.
    comment_end: usize,
    /// Where the next `<!--` stands; the text's length when there is none.
    next_comment: usize,
    after_blank: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, from: usize) -> Self {
        let mut lines = Self { text, at: from, fence: None, comment_end: from, next_comment: 0, after_blank: true };
        lines.next_comment = lines.find_comment(from);
        lines
    }

    /// The next line.
    pub(super) fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (start, end) = (self.at, self.at + memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1));
        let content = self.text[start..end].trim_end();
        let inside = self.steps_inside(content, start, end);
        let after_blank = std::mem::replace(&mut self.after_blank, content.is_empty());
        self.at = end;
        Some(Line { start, end, content, inside, after_blank })
    }

    /// Goes on at a later byte: settings of a slide were read from here to there.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at.max(self.at);
        self.after_blank = true;
        if self.next_comment < self.at {
            self.next_comment = self.find_comment(self.at);
        }
    }

    fn steps_inside(&mut self, content: &str, start: usize, end: usize) -> bool {
        let commented = start < self.comment_end;
        let trimmed = content.trim_start();
        let mark = trimmed.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
        let run = mark.map_or(0, |mark| trimmed.bytes().take_while(|&byte| byte == mark).count());
        if let Some((open, length)) = self.fence {
            if mark == Some(open) && run >= length && run == trimmed.len() {
                self.fence = None;
            }
            // A comment that opens in code is code.
            if self.next_comment < end {
                self.next_comment = self.find_comment(end);
            }
            return true;
        }
        if commented {
            return true;
        }
        if let Some(mark) = mark.filter(|&mark| run >= 3 && !(mark == b'`' && trimmed[run..].contains('`'))) {
            self.fence = Some((mark, run));
            return true;
        }
        while self.next_comment < end {
            let opened = self.next_comment;
            self.comment_end =
                memmem::find(&self.text.as_bytes()[opened..], b"-->").map_or(opened, |at| opened + at + 3);
            let unclosed = self.comment_end == opened;
            self.next_comment = if unclosed { self.text.len() } else { self.find_comment(self.comment_end) };
        }
        false
    }

    fn find_comment(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes().get(from..).unwrap_or_default();
        memmem::find(bytes, b"<!--").map_or(self.text.len(), |at| from + at)
    }
}

/// The number of dashes, for a line of nothing but two or more dashes; three stands for all longer runs.
pub(super) fn dashes(content: &str) -> Option<usize> {
    (content.len() >= 2 && content.bytes().all(|byte| byte == b'-')).then(|| content.len().min(3))
}
