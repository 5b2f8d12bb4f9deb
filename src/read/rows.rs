//! Rows on their way to a [`Table`](crate::document::Table): all of one length, row labels without their indentation.
//!
//! Enters: rows of any length. Leaves: a rectangle. Invariant: filling up costs at most a fixed multiple of what was written.

use crate::document::{Cell, Flow, Row};
use crate::span::Span;

/// Blank cells that may be added for every cell that was written.
const FILL_FACTOR: usize = 16;
/// Blank cells that may be added in any case.
const FILL_ALLOWANCE: usize = 4096;

/// Fills short rows up with blank cells. `None` when the rows are so unequal that this is no table.
pub(crate) fn rectangular(mut rows: Vec<Row>) -> Option<Vec<Row>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let written: usize = rows.iter().map(|row| row.cells.len()).sum();
    if width.saturating_mul(rows.len()) > room(written) {
        return None;
    }
    for row in &mut rows {
        let end = row.cells.last().map_or(0, |cell| cell.span.end);
        row.cells.resize_with(width, || blank(end));
    }
    Some(rows)
}

/// How many cells a table may have when that many were written.
pub(crate) fn room(written: usize) -> usize {
    written.saturating_mul(FILL_FACTOR + 1).saturating_add(FILL_ALLOWANCE)
}

/// An empty cell at a byte.
pub(crate) fn blank(at: usize) -> Cell {
    Cell { span: Span::new(at, at), ..Cell::default() }
}

/// A row label without the indentation that it is drawn with, and the depth of that: no-break and wider spaces, and a
/// dash, bullet or `>` before words.
pub(crate) fn unindented(flow: Flow) -> (Flow, u8) {
    let text = flow.text();
    let mut depth = 0_u8;
    let mut start = 0;
    for char in text.chars() {
        depth = depth.saturating_add(match char {
            '\u{a0}' | '\u{2002}' | '\u{2007}' => 1,
            '\u{2003}' => 2,
            c if c.is_whitespace() => 0,
            _ => break,
        });
        start += char.len_utf8();
    }
    let rest = &text[start..];
    // A lone dash means "nothing", and a dash before a number is a minus.
    if let Some(label) = rest.strip_prefix(['-', '–', '—', '>', '•', '·', '└', '↳'])
        && label.starts_with([' ', '\u{a0}'])
        && label.trim_start().starts_with(char::is_alphabetic)
    {
        depth = depth.saturating_add(2);
        start = text.len() - label.trim_start().len();
    }
    if start == 0 {
        return (flow, 0);
    }
    let mut label = Flow::default();
    label.push_part(&flow, start..text.len());
    (label, depth)
}
