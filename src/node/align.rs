//! Finds the bytes behind a scalar's text, in each of YAML's five styles.
//!
//! Enters: a scalar as the parser decoded it, and its bytes. Leaves: a [`Flow`] with exactly the decoded text.
//! Invariant: the flow reads as the parser reads it, and a stretch is verbatim only where bytes and text are the same.
//!
//! The parser decides what a scalar says; this module only walks text and bytes side by side. Where the two cannot be matched,
//! the rest of the text stands for the rest of the bytes: a wider span, never a wrong one.

use granit_parser::ScalarStyle;

use crate::document::Flow;
use crate::span::Span;

/// The flow of a scalar and the bytes of the node (quotes included, the line break that ends a block left out), in the file.
pub(super) fn scalar(text: &str, local: Span, value: &str, style: ScalarStyle, offset: usize) -> (Flow, Span) {
    let raw = text.get(local.range()).unwrap_or_default();
    let start = offset + local.start;
    match style {
        ScalarStyle::Plain if raw.is_empty() => (Flow::default(), Span::new(start, start)),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let raw = raw.trim_end_matches(['\n', '\r']);
            let line_start = text.get(..local.start).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
            let flow = Alignment::new(raw, start, value).block(local.start - line_start);
            (flow, Span::new(start, start + raw.len()))
        }
        _ => {
            let inner =
                if style == ScalarStyle::Plain { raw } else { raw.get(1..raw.len().saturating_sub(1)).unwrap_or(raw) };
            let inner_start = start + usize::from(inner.len() != raw.len());
            (Alignment::new(inner, inner_start, value).line(style), Span::new(start, start + raw.len()))
        }
    }
}

/// Two cursors, in the bytes and in the text, and what has been matched so far.
struct Alignment<'a> {
    raw: &'a str,
    /// Where `raw` starts in the file.
    start: usize,
    value: &'a str,
    /// Bytes of `raw` behind us.
    r: usize,
    /// Bytes of `value` behind us.
    v: usize,
    flow: Flow,
}

impl<'a> Alignment<'a> {
    fn new(raw: &'a str, start: usize, value: &'a str) -> Self {
        Self { raw, start, value, r: 0, v: 0, flow: Flow::default() }
    }

    fn raw_ahead(&self) -> &'a str {
        self.raw.get(self.r..).unwrap_or_default()
    }

    fn value_ahead(&self) -> &'a str {
        self.value.get(self.v..).unwrap_or_default()
    }

    /// The next `len` bytes are the same on both sides.
    fn same(&mut self, len: usize) {
        let text = self.raw_ahead().get(..len).unwrap_or_default();
        self.flow.push_verbatim(text, self.start + self.r);
        self.r += len;
        self.v += len;
    }

    /// The next `raw_len` bytes read as the next `value_len` bytes of text.
    fn stands_for(&mut self, raw_len: usize, value_len: usize) {
        let text = self.value_ahead().get(..value_len).unwrap_or_default();
        let file = Span::new(self.start + self.r, self.start + self.r + raw_len);
        self.flow.push_replaced(text, file);
        self.r += raw_len;
        self.v += value_len;
    }

    /// What is left of the text stands for what is left of the bytes.
    fn finish(mut self) -> Flow {
        self.stands_for(self.raw.len().saturating_sub(self.r), self.value.len().saturating_sub(self.v));
        self.flow
    }

    /// Plain and quoted scalars: runs that are the same, escapes, and line breaks with the white space around them.
    fn line(mut self, style: ScalarStyle) -> Flow {
        while !self.value_ahead().is_empty() && !self.raw_ahead().is_empty() {
            let run = self.run_without_breaks(style);
            if run > 0 {
                if self.value_ahead().as_bytes().get(..run) != self.raw_ahead().as_bytes().get(..run) {
                    return self.finish();
                }
                self.same(run);
                continue;
            }
            let ahead = self.raw_ahead();
            let break_len = fold_len(ahead);
            if break_len > 0 {
                let Some(folded) = folded_len(&ahead[..break_len], self.value_ahead()) else { return self.finish() };
                self.stands_for(break_len, folded);
            } else if style == ScalarStyle::SingleQuoted && ahead.starts_with("''") {
                self.stands_for(2, 1);
            } else if style == ScalarStyle::DoubleQuoted && ahead.starts_with('\\') {
                self.escape();
            } else {
                return self.finish();
            }
        }
        self.finish()
    }

    /// Length of the run of ordinary characters ahead: up to an escape, or to the white space before a line break.
    fn run_without_breaks(&self, style: ScalarStyle) -> usize {
        let ahead = self.raw_ahead();
        let stop = |c: char| match c {
            '\n' | '\r' => true,
            '\\' => style == ScalarStyle::DoubleQuoted,
            '\'' => style == ScalarStyle::SingleQuoted,
            _ => false,
        };
        let end = ahead.find(stop).unwrap_or(ahead.len());
        let run = &ahead[..end];
        if ahead[end..].starts_with(['\n', '\r']) { run.trim_end_matches([' ', '\t']).len() } else { run.len() }
    }

    /// One escape of a double-quoted scalar.
    fn escape(&mut self) {
        let ahead = self.raw_ahead();
        if let broken @ 1.. = fold_len(&ahead[1..]) {
            // An escaped line break is nothing, and the blank lines after it are line breaks.
            let newlines = line_breaks(&ahead[1..1 + broken]).saturating_sub(1);
            self.stands_for(1 + broken, newlines);
            return;
        }
        let mut raw_len = escape_len(ahead);
        let character = self.value_ahead().chars().next();
        // JSON writes characters beyond U+FFFF as two escapes.
        if raw_len == 6 && character.is_some_and(|c| c.len_utf8() == 4) && ahead[raw_len..].starts_with("\\u") {
            raw_len += escape_len(&ahead[raw_len..]);
        }
        self.stands_for(raw_len, character.map_or(0, char::len_utf8));
    }

    /// Block scalars: line by line after `indent` columns; between lines whatever the text has there.
    fn block(mut self, indent: usize) -> Flow {
        // Blank lines before the first are not in the bytes.
        let leading = self.value.len() - self.value.trim_start_matches('\n').len();
        self.stands_for(0, leading);
        loop {
            let ahead = self.raw_ahead();
            let end = ahead.find('\n').map_or(ahead.len(), |at| at - usize::from(ahead[..at].ends_with('\r')));
            if !self.value_ahead().starts_with(&ahead[..end]) {
                return self.finish();
            }
            self.same(end);
            let gap = block_gap_len(self.raw_ahead(), indent);
            let next = self.raw_ahead().get(gap..).unwrap_or_default();
            if gap == 0 || next.is_empty() {
                return self.finish();
            }
            // A line break before more indented text stays a line break, and so does every break of a literal block.
            let breaks = self.value_ahead().len() - self.value_ahead().trim_start_matches('\n').len();
            let joined = if breaks > 0 { breaks } else { usize::from(self.value_ahead().starts_with(' ')) };
            self.stands_for(gap, joined);
        }
    }
}

/// Length of a line break with the blank lines and indentation after it and the white space before it, or 0.
fn fold_len(ahead: &str) -> usize {
    let blank = ahead.len() - ahead.trim_start_matches([' ', '\t']).len();
    if !ahead[blank..].starts_with(['\n', '\r']) {
        return 0;
    }
    ahead.len() - ahead.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// How many line breaks a stretch of white space holds.
fn line_breaks(blank: &str) -> usize {
    blank.matches('\n').count() + blank.matches('\r').count() - blank.matches("\r\n").count()
}

/// How much of the text a folded line break became: one space, or a line break for each blank line. `None` if the text has neither.
fn folded_len(blank: &str, value: &str) -> Option<usize> {
    match line_breaks(blank) {
        1 => value.starts_with(' ').then_some(1),
        breaks => value.bytes().take(breaks - 1).all(|byte| byte == b'\n').then_some(breaks - 1),
    }
}

/// Length of an escape that starts here.
fn escape_len(ahead: &str) -> usize {
    let Some(kind) = ahead[1..].chars().next() else { return ahead.len() };
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let len = 1 + kind.len_utf8() + digits;
    if ahead.is_char_boundary(len) { len } else { ahead.len() }
}

/// Length of what stands between two lines of a block scalar: the break, lines no wider than the indentation, the indentation.
fn block_gap_len(ahead: &str, indent: usize) -> usize {
    let mut gap = 0;
    loop {
        let rest = &ahead[gap..];
        let Some(at) =
            rest.find('\n').filter(|&at| rest[..at].trim_start_matches(' ').trim_end_matches('\r').is_empty())
        else {
            return gap;
        };
        gap += at + 1;
        let spaces = ahead[gap..].len() - ahead[gap..].trim_start_matches(' ').len();
        if spaces >= indent {
            // Whether text or the white space of a line of its own follows, it belongs to the scalar.
            let after = &ahead[gap + indent..];
            if !after.starts_with(['\n', '\r']) {
                return gap + indent;
            }
        }
    }
}
