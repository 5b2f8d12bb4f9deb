//! Markdown tables: cells with their bytes, and the cells that a row has beyond its header.
//!
//! Enters: the cells of each row as they are read. Leaves: a [`Table`]. Invariant: no cell that is written is lost.

use crate::document::{Cell, Flow, Row, Table};
use crate::read::passage::Passage;
use crate::read::rows;
use crate::span::Span;

/// A table that is being read.
#[derive(Default)]
pub(super) struct Builder {
    /// Bytes from the first row on.
    pub(super) start: usize,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Rows with more cells than the header.
    overlong: Vec<Span>,
    /// Comments behind a row's last bar.
    comments: Vec<Span>,
}

impl Builder {
    pub(super) fn new(start: usize) -> Self {
        Self { start, ..Self::default() }
    }

    /// Ends a cell; `span` runs from bar to bar.
    pub(super) fn cell(&mut self, source: &str, span: Span, passage: &mut Passage) {
        let (flow, strong) = passage.finish();
        let (flow, indent) = if self.cells.is_empty() { rows::unindented(flow) } else { (flow, 0) };
        let span = trimmed(source, span).unwrap_or(span);
        self.cells.push(Cell { flow: flow.trimmed(), span, strong, indent });
    }

    /// Ends a row; `end` is the end of its line.
    pub(super) fn row(&mut self, source: &str, end: usize, header: bool) {
        let mut cells = std::mem::take(&mut self.cells);
        let line_end = trimmed(source, Span::new(self.start, end)).map_or(end, |span| span.end);
        // Cells that the row does not have are reported behind its line break.
        for cell in cells.iter_mut().filter(|cell| cell.span.end > line_end && cell.flow.is_blank()) {
            cell.span = Span::new(line_end, line_end);
        }
        if let Some(last) = cells.last().map(|cell| cell.span.end).filter(|&last| last < line_end) {
            let mut extra = beyond(source, Span::new(last, line_end));
            if let Some(comment) = extra.pop_if(|cell| is_comment(cell.flow.text())) {
                self.comments.push(comment.span);
                while extra.pop_if(|cell| cell.flow.is_blank()).is_some() {}
            }
            if let (Some(first), Some(last)) = (extra.first(), extra.last()) {
                self.overlong.push(first.span.join(last.span));
                cells.extend(extra);
            }
        }
        self.rows.push(Row { cells, header });
    }

    /// Comments behind the last bar of a row, where Markdown has no place for them.
    pub(super) fn take_comments(&mut self) -> Vec<Span> {
        std::mem::take(&mut self.comments)
    }

    /// The table, and the stretches that renderers leave out because the header has no columns for them.
    pub(super) fn finish(self) -> (Option<Table>, Vec<Span>) {
        let rows = rows::rectangular(self.rows);
        (rows.map(|rows| Table { rows, ..Table::default() }), self.overlong)
    }
}

fn is_comment(text: &str) -> bool {
    text.strip_prefix("<!--").is_some_and(|rest| rest.ends_with("-->"))
}

/// The cells in the rest of a row, behind the last that belongs to a column. Blank ones at the end do not count.
fn beyond(source: &str, span: Span) -> Vec<Cell> {
    let Some(rest) = source.get(span.range()) else { return Vec::new() };
    let Some(bar) = rest.find('|') else { return Vec::new() };
    let mut cells = Vec::new();
    let mut from = bar + 1;
    let mut written = 0;
    while from <= rest.len() {
        let mut end = from;
        while let Some(found) = rest[end..].find('|') {
            end += found;
            if !rest[..end].ends_with('\\') {
                break;
            }
            end += 1;
        }
        if !rest[end..].starts_with('|') {
            end = rest.len();
        }
        let whole = Span::new(span.start + from, span.start + end);
        let said = trimmed(source, whole);
        let inner = said.map(|said| unemphasised(source, said));
        let text = inner.and_then(|inner| source.get(inner.range())).unwrap_or_default();
        cells.push(Cell {
            flow: Flow::verbatim(text, inner.map_or(whole.start, |inner| inner.start)),
            span: said.unwrap_or(whole),
            strong: said.zip(inner).is_some_and(|(said, inner)| inner.start >= said.start + 2),
            indent: 0,
        });
        if said.is_some() {
            written = cells.len();
        }
        from = end + 1;
    }
    cells.truncate(written);
    cells
}

/// Without the white space at its ends; `None` when there is nothing else.
fn trimmed(source: &str, span: Span) -> Option<Span> {
    let text = source.get(span.range())?;
    let said = text.trim();
    let start = span.start + (text.len() - text.trim_start().len());
    (!said.is_empty()).then(|| Span::new(start, start + said.len()))
}

/// Without the asterisks around it.
fn unemphasised(source: &str, span: Span) -> Span {
    let text = source.get(span.range()).unwrap_or_default();
    match text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")) {
        Some(inner) => Span::new(span.start + 2, span.start + 2 + inner.len()),
        None => span,
    }
}
