//! Lines of text in nested elements, and which of them make one tile.
//!
//! Enters: each block element's opening, closing and text. Leaves: paragraphs.
//! Invariant: lines are only ever joined under one parent, and only a number with its label.

use crate::document::Flow;
use crate::span::Span;

use super::token::Tag;

/// Elements deeper than this are not told apart.
const DEEPEST: usize = 256;
/// Lines that a tile has at most: its number, its label, and a word on the change.
const TILE_LINES: usize = 3;
/// Bytes that a line of a tile has at most; longer ones are prose.
const TILE_LINE: usize = 80;

/// The block elements that are open, and the lines that wait to be joined or not.
#[derive(Default)]
pub(super) struct Lines {
    open: Vec<Element>,
    /// Number of elements opened so far: names an element.
    opened: usize,
    waiting: Vec<(Flow, Span)>,
    /// The element that holds the waiting lines; 0 for none.
    parent: usize,
    /// The last waiting line is a `<dt>`.
    term: bool,
}

struct Element {
    name: String,
    number: usize,
    /// It holds other block elements, so its own text is a line beside theirs.
    nests: bool,
}

impl Lines {
    /// A block element opens. Its text so far has been [said](Self::say).
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        // `<p>one<p>two`, `<dt>ARR<dd>4`: the second ends the first.
        let ends = |last: &Element| match last.name.as_str() {
            "p" => true,
            "li" => tag.is("li"),
            "dt" | "dd" => tag.is_any(&["dt", "dd"]),
            _ => false,
        };
        if self.open.last().is_some_and(ends) {
            self.open.pop();
        }
        self.opened += 1;
        if let Some(parent) = self.open.last_mut() {
            parent.nests = true;
        }
        if self.open.len() < DEEPEST && !tag.is("hr") {
            self.open.push(Element { name: tag.name.to_ascii_lowercase(), number: self.opened, nests: false });
        }
    }

    /// A block element closes.
    pub(super) fn close(&mut self, tag: &Tag<'_>) {
        if let Some(at) = self.open.iter().rposition(|element| tag.is(&element.name)) {
            self.open.truncate(at);
        }
    }

    /// A line of the innermost open element. Gives the paragraphs that are settled by it.
    pub(super) fn say(&mut self, flow: Flow, span: Span) -> Vec<(Flow, Span)> {
        let innermost = self.open.last();
        let is = |name: &str| innermost.is_some_and(|element| element.name == name);
        let parent = match innermost {
            Some(element) if element.nests => element.number,
            Some(_) => self.open.iter().rev().nth(1).map_or(0, |element| element.number),
            None => 0,
        };
        let (term, detail) = (is("dt"), is("dd"));
        let mut settled = Vec::new();
        if parent != self.parent || parent == 0 {
            settled = self.settle();
        }
        self.parent = parent;
        match self.waiting.pop() {
            Some(last) if detail && self.term => self.waiting.push(join([last, (flow, span)])),
            last => {
                self.waiting.extend(last);
                self.waiting.push((flow, span));
            }
        }
        self.term = term;
        settled
    }

    /// The lines that wait: one paragraph when they are a tile, else one each.
    pub(super) fn settle(&mut self) -> Vec<(Flow, Span)> {
        self.term = false;
        let lines = std::mem::take(&mut self.waiting);
        if is_tile(&lines) { vec![join(lines)] } else { lines }
    }
}

/// Whether lines under one parent are a number and what it is: some hold digits, some do not.
fn is_tile(lines: &[(Flow, Span)]) -> bool {
    let numbers = lines.iter().filter(|(flow, _)| flow.text().bytes().any(|byte| byte.is_ascii_digit())).count();
    let short = lines.iter().all(|(flow, _)| flow.text().len() <= TILE_LINE);
    (2..=TILE_LINES).contains(&lines.len()) && numbers > 0 && numbers < lines.len() && short
}

fn join(lines: impl IntoIterator<Item = (Flow, Span)>) -> (Flow, Span) {
    let mut lines = lines.into_iter();
    let (mut all, mut whole) = lines.next().unwrap_or_default();
    for (flow, span) in lines {
        all.push_replaced("\n", Span::new(whole.end, span.start.max(whole.end)));
        all.push_flow(&flow);
        whole = whole.join(span);
    }
    (all, whole)
}
