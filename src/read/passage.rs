//! A stretch of text that grows while its markup is undone: emphasis, struck text, footnote marks, HTML tags inside a line.
//!
//! Enters: pieces of the file and the tags between them. Leaves: one [`Flow`], and whether all of it is strong.
//! Invariant: struck and hidden text never reaches the flow; everything else does, with its bytes.

use crate::document::Flow;
use crate::span::Span;

use super::html::token::Tag;

/// Text under construction.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    flow: Flow,
    /// Depth of strong emphasis.
    strong: usize,
    /// Something was said that is not strong.
    weak: bool,
    /// Depth of struck-out or hidden text.
    hidden: usize,
    /// What stands in `<sup>` so far.
    raised: Option<Flow>,
    /// A tag was closed just now, and nothing has been said since.
    closed: bool,
}

const STRONG: [&str; 2] = ["b", "strong"];
const STRUCK: [&str; 3] = ["del", "s", "strike"];

impl Passage {
    /// Appends bytes of the file.
    pub(crate) fn push_verbatim(&mut self, text: &str, start: usize) {
        if let Some(flow) = self.open(text) {
            flow.push_verbatim(text, start);
        }
    }

    /// Appends text that stands for other bytes.
    pub(crate) fn push_replaced(&mut self, text: &str, span: Span) {
        if let Some(flow) = self.open(text) {
            flow.push_replaced(text, span);
        }
    }

    /// Appends a part of a flow.
    pub(crate) fn push_part(&mut self, source: &Flow, range: std::ops::Range<usize>) {
        if let Some(text) = source.text().get(range.clone())
            && let Some(flow) = self.open(text)
        {
            flow.push_part(source, range);
        }
    }

    /// Appends another text on a line of its own.
    pub(crate) fn push_line(&mut self, flow: &Flow) {
        if !self.flow.is_blank() {
            let end = self.flow.whole().end;
            self.push_replaced("\n", Span::new(end, end));
        }
        self.push_part(flow, 0..flow.text().len());
    }

    /// Strong emphasis begins.
    pub(crate) fn strong(&mut self) {
        self.strong += 1;
    }

    /// Strong emphasis ends.
    pub(crate) fn end_strong(&mut self) {
        self.strong = self.strong.saturating_sub(1);
    }

    /// Text begins that is not said: struck out, or a picture's description.
    pub(crate) fn hide(&mut self) {
        self.hidden += 1;
    }

    /// It ends.
    pub(crate) fn end_hide(&mut self) {
        self.hidden = self.hidden.saturating_sub(1);
    }

    /// An opening tag inside the text.
    pub(crate) fn open_tag(&mut self, tag: &Tag<'_>, span: Span) {
        if tag.is("br") || tag.is("wbr") {
            if tag.is("br") {
                self.push_replaced("\n", span);
            }
            return;
        }
        // `<strong>$42.3M</strong><span>ARR</span>` is a tile: two lines, whatever the style sheet makes of them.
        if std::mem::take(&mut self.closed) {
            self.push_replaced("\n", Span::new(span.start, span.start));
        }
        if tag.is_any(&STRONG) {
            self.strong();
        } else if tag.is_any(&STRUCK) {
            self.hide();
        } else if tag.is("sup") && self.raised.is_none() {
            self.raised = Some(Flow::default());
        }
    }

    /// A closing tag inside the text.
    pub(crate) fn close_tag(&mut self, tag: &Tag<'_>) {
        if tag.is_any(&STRONG) {
            self.end_strong();
        } else if tag.is_any(&STRUCK) {
            self.end_hide();
        } else if tag.is("sup") {
            self.lower();
        }
        self.closed = !self.flow.is_blank();
    }

    /// Whether nothing has been said.
    pub(crate) fn is_blank(&self) -> bool {
        self.flow.is_blank() && self.raised.as_ref().is_none_or(Flow::is_blank)
    }

    /// The text, and whether all of it is strong. The passage starts anew.
    pub(crate) fn take(&mut self) -> (Flow, bool) {
        self.lower();
        let strong = !self.weak && !self.flow.is_blank();
        let flow = std::mem::take(&mut self.flow);
        self.weak = false;
        self.closed = false;
        (flow, strong)
    }

    /// Like [`take`](Self::take), and what was left open (emphasis, struck text) is closed.
    pub(crate) fn finish(&mut self) -> (Flow, bool) {
        let taken = self.take();
        *self = Self::default();
        taken
    }

    fn open(&mut self, text: &str) -> Option<&mut Flow> {
        if self.hidden > 0 {
            return None;
        }
        let blank = text.trim_ascii().is_empty();
        self.closed = false;
        self.weak |= self.strong == 0 && !blank && self.raised.is_none();
        Some(self.raised.as_mut().unwrap_or(&mut self.flow))
    }

    /// Ends raised text. A mark (`1`, `a`, `*`) is a reference to a note and is not said; `21<sup>st</sup>` is.
    fn lower(&mut self) {
        if let Some(raised) = self.raised.take()
            && !is_mark(raised.text())
        {
            self.push_part(&raised, 0..raised.text().len());
        }
    }
}

/// Whether raised text is only the mark of a note: digits, one letter, a symbol, several of them, or one in brackets.
fn is_mark(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    text.split([',', ' ', ';']).all(|mark| {
        let digits = mark.bytes().all(|byte| byte.is_ascii_digit());
        let letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_alphabetic());
        let symbol = mark.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#'));
        digits || letter || symbol
    })
}
