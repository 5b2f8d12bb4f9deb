//! HTML inside Markdown: tables, KPI tiles, headings and lists that are written as tags.
//!
//! Enters: the text of HTML blocks, one after another. Leaves: blocks in the [`Outline`].
//! Invariant: linear and never failing; a table that spans several HTML blocks is still one table.

pub(crate) mod entity;
mod grid;
mod tile;
pub(crate) mod token;

use crate::document::{BlockKind, Flow, Table};
use crate::span::Span;

use self::grid::Builder;
use self::tile::Lines;
use self::token::{Tag, Token, Tokens};
use super::markdown::outline::Outline;
use super::passage::Passage;

/// Elements whose content is not said on a slide.
const UNSAID: [&str; 15] = [
    "script", "style", "svg", "template", "head", "textarea", "select", "iframe", "canvas", "noscript", "pre", "math",
    "object", "video", "audio",
];

/// Elements that end a line of text where they begin and where they end.
const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "figcaption",
    "blockquote",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "address",
    "details",
    "summary",
    "center",
    "form",
    "fieldset",
    "body",
    "html",
];

/// Elements that an item of a list may hold its text in.
const INNER: [&str; 2] = ["p", "div"];

/// Tables inside tables that are told apart; deeper ones are read as text of their cell.
const DEEPEST_TABLE: usize = 8;

/// HTML that is being read. It outlives one HTML block of Markdown, because a blank line ends a block but not an element.
#[derive(Default)]
pub(crate) struct Markup {
    passage: Passage,
    /// Bytes of the passage so far.
    span: Option<Span>,
    line: Line,
    /// Paragraphs that may turn out to be a tile.
    lines: Lines,
    quotes: usize,
    tables: Vec<Builder>,
    /// The element whose end is awaited, with nothing said until then.
    unsaid: Option<&'static str>,
    /// Elements open inside `<aside class="notes">`, itself included, and whether notes were open before it.
    aside: Option<(usize, bool)>,
}

/// What the text under construction is.
#[derive(Clone, Copy, Default)]
enum Line {
    #[default]
    Paragraph,
    Heading(u8),
    Item(Option<usize>),
}

/// Takes a comment: the bytes between its marks, and all of it.
pub(crate) type OnComment<'a> = &'a mut dyn FnMut(&mut Outline, Span, Span);

impl Markup {
    /// Whether a table waits for its end, so that text belongs into its open cell.
    pub(crate) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Whether a cell of a table is open.
    pub(crate) fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(Builder::in_cell)
    }

    /// Text of a Markdown block that stands inside an open cell.
    pub(crate) fn absorb(&mut self, flow: &Flow) {
        self.passage.push_line(flow);
    }

    /// Reads an HTML block.
    pub(crate) fn feed(&mut self, source: &Flow, outline: &mut Outline, on_comment: OnComment<'_>) {
        let text = source.text();
        let mut tokens = Tokens::new(text);
        if let Some(name) = self.unsaid
            && tokens.skip_past(name)
        {
            self.unsaid = None;
        }
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(range) => self.text(source, range),
                Token::Comment(range, inner) => {
                    self.settle(outline);
                    on_comment(outline, source.span(inner), source.span(range));
                }
                Token::Other(_) => {}
                Token::Open(tag) => {
                    if let Some(name) = UNSAID.iter().find(|name| tag.is(name)) {
                        outline.occupy();
                        if !tag.is_empty() && !tokens.skip_past(name) {
                            self.unsaid = Some(name);
                        }
                        continue;
                    }
                    self.open(&tag, source.span(tag.range.clone()), outline);
                }
                Token::Close(tag) => self.close(&tag, source.span(tag.range.clone()), outline),
            }
        }
        if self.tables.is_empty() {
            self.flush(outline);
            self.settle(outline);
        }
    }

    /// Ends everything that is open: the slide ends, or the file.
    pub(crate) fn end(&mut self, outline: &mut Outline) {
        self.end_tables(outline);
        self.flush(outline);
        self.settle(outline);
        if let Some((_, before)) = self.aside.take() {
            outline.set_notes(before);
        }
        *self = Self::default();
    }

    /// Ends the tables that are open.
    pub(crate) fn end_tables(&mut self, outline: &mut Outline) {
        while let Some(table) = self.tables.last() {
            let end = table.end();
            self.end_table(Span::new(end, end), outline);
        }
    }

    fn text(&mut self, source: &Flow, range: std::ops::Range<usize>) {
        let Some(text) = source.text().get(range.clone()) else { return };
        if !text.trim_ascii().is_empty() {
            let said = source.span(
                range.start + (text.len() - text.trim_ascii_start().len())..range.start + text.trim_ascii_end().len(),
            );
            self.span = Some(self.span.map_or(said, |span| span.join(said)));
        }
        let mut from = range.start;
        let mut at = 0;
        while let Some(found) = text[at..].find(|c: char| c == '&' || c.is_ascii_whitespace()) {
            at += found;
            let rest = &text[at..];
            let (replacement, length) = match entity::decode(rest) {
                Some((decoded, length)) => (decoded.as_str(&mut [0; 4]).to_owned(), length),
                None => {
                    let blank = rest.len() - rest.trim_ascii_start().len();
                    if blank < 2 {
                        at += 1;
                        continue;
                    }
                    (if rest[..blank].contains('\n') { "\n" } else { " " }.to_owned(), blank)
                }
            };
            self.passage.push_part(source, from..range.start + at);
            self.passage.push_replaced(&replacement, source.span(range.start + at..range.start + at + length));
            at += length;
            from = range.start + at;
        }
        self.passage.push_part(source, from..range.end);
    }

    fn open(&mut self, tag: &Tag<'_>, span: Span, outline: &mut Outline) {
        if let Some((depth, _)) = &mut self.aside
            && tag.is("aside")
        {
            *depth += 1;
        }
        if grid::is_part(tag) {
            self.open_table_part(tag, span, outline);
            return;
        }
        if !tag.is_any(&BLOCKS) {
            if tag.is("img") {
                outline.occupy();
            }
            self.passage.open_tag(tag, span);
            return;
        }
        self.flush(outline);
        self.lines.open(tag);
        self.line = match heading_level(tag) {
            Some(level) => Line::Heading(level),
            None if tag.is("li") => Line::Item(match self.line {
                // An item of the list that goes on keeps the lead of the first.
                Line::Item(lead) => lead,
                _ => self.lead(outline),
            }),
            None if tag.is("ul") || tag.is("ol") => Line::Item(self.lead(outline)),
            None if tag.is_any(&INNER) => match self.line {
                Line::Item(lead) => Line::Item(lead),
                _ => Line::Paragraph,
            },
            None => Line::Paragraph,
        };
        self.quotes += usize::from(tag.is("blockquote"));
        if tag.is("aside") && tag.has_class("notes") && self.aside.is_none() {
            self.settle(outline);
            self.aside = Some((1, outline.set_notes(true)));
        }
    }

    fn close(&mut self, tag: &Tag<'_>, span: Span, outline: &mut Outline) {
        if grid::is_part(tag) {
            self.close_table_part(tag, span, outline);
            return;
        }
        if !tag.is_any(&BLOCKS) {
            self.passage.close_tag(tag);
            return;
        }
        self.flush(outline);
        self.lines.close(tag);
        let stays = tag.is("li") || (tag.is_any(&INNER) && matches!(self.line, Line::Item(_)));
        if !stays {
            self.line = Line::Paragraph;
        }
        if tag.is("blockquote") {
            self.quotes = self.quotes.saturating_sub(1);
        }
        if tag.is("aside")
            && let Some((depth, before)) = self.aside
        {
            self.aside = (depth > 1).then_some((depth - 1, before));
            if self.aside.is_none() {
                self.settle(outline);
                outline.set_notes(before);
            }
        }
    }

    fn open_table_part(&mut self, tag: &Tag<'_>, span: Span, outline: &mut Outline) {
        if tag.is("table") {
            if self.tables.len() >= DEEPEST_TABLE {
                return;
            }
            // Inside a cell, what stands before the inner table is a line of the cell, which goes on after it.
            self.flush(outline);
            self.settle(outline);
            self.tables.push(Builder::new(span));
        } else if !self.tables.is_empty() {
            self.flush_cell(span.start);
            if let Some(table) = self.tables.last_mut() {
                table.open(tag, span);
            }
        }
    }

    fn close_table_part(&mut self, tag: &Tag<'_>, span: Span, outline: &mut Outline) {
        if self.tables.is_empty() {
            return;
        }
        if tag.is("table") {
            self.end_table(span, outline);
            return;
        }
        self.flush_cell(span.start);
        if let Some(table) = self.tables.last_mut() {
            table.close(tag, span);
        }
    }

    fn end_table(&mut self, span: Span, outline: &mut Outline) {
        self.flush_cell(span.start);
        let Some(builder) = self.tables.pop() else { return };
        let whole = builder.span().join(span);
        match builder.finish() {
            Ok(Table { rows, .. }) if rows.is_empty() => {}
            Ok(table) => outline.table(table, whole, None),
            Err(message) => outline.problem(message, whole),
        }
    }

    /// Gives the text so far to the open cell or caption of the innermost table.
    fn flush_cell(&mut self, end: usize) {
        self.span = None;
        if let Some(table) = self.tables.last_mut() {
            let (flow, strong) = self.passage.take();
            table.say(flow, strong, end);
        }
    }

    fn flush(&mut self, outline: &mut Outline) {
        if let Some(table) = self.tables.last_mut() {
            // A paragraph or list inside a cell is a line of the cell.
            if !self.passage.is_blank() {
                let (flow, strong) = self.passage.take();
                table.add_line(flow, strong);
            }
            return;
        }
        let (flow, _) = self.passage.finish();
        let flow = flow.trimmed();
        let Some(span) = self.span.take().filter(|_| !flow.is_blank()) else { return };
        if let (Line::Paragraph, 0) = (self.line, self.quotes) {
            let settled = self.lines.say(flow, span);
            emit(settled, outline);
            return;
        }
        self.settle(outline);
        match self.line {
            Line::Heading(level) => outline.heading(level, flow, span),
            Line::Item(lead) if self.quotes == 0 => {
                outline.push(BlockKind::Item(flow), span, lead);
            }
            _ => {
                outline.push(BlockKind::Quote(flow), span, None);
            }
        }
    }

    /// The paragraph that leads into a list which opens now.
    fn lead(&mut self, outline: &mut Outline) -> Option<usize> {
        self.settle(outline);
        outline.lead()
    }

    /// Ends the lines that wait to be joined.
    fn settle(&mut self, outline: &mut Outline) {
        emit(self.lines.settle(), outline);
    }
}

fn emit(paragraphs: Vec<(Flow, Span)>, outline: &mut Outline) {
    for (flow, span) in paragraphs {
        outline.paragraph(flow, span, None);
    }
}

fn heading_level(tag: &Tag<'_>) -> Option<u8> {
    match tag.name.as_bytes() {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
