//! Comma- and tab-separated values in a fenced block: a plain table whose first row is its header.
//!
//! Enters: the text. Leaves: a table. Invariant: a quoted field reads without its quotes and maps to the bytes between them.

use std::ops::Range;

use memchr::memchr;

use crate::document::{Cell, Flow, Row};

use super::{Outcome, problem, table_of};

/// The delimiter of a block that calls itself CSV: what its first line holds.
pub(super) fn delimiter(text: &str) -> char {
    let header = text.trim_start().lines().next().unwrap_or_default();
    *[',', ';', '\t', '|'].iter().find(|delimiter| header.contains(**delimiter)).unwrap_or(&',')
}

/// Reads a plain table.
pub(super) fn table(source: &Flow, delimiter: char) -> Outcome {
    let rows = rows(source, delimiter)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let rows = rows.into_iter().enumerate().map(|(index, cells)| Row { cells, header: index == 0 }).collect();
    table_of(source, rows, false).map(Some)
}

/// The fields of each line that is not blank.
pub(super) fn rows(source: &Flow, delimiter: char) -> Result<Vec<Vec<Cell>>, crate::document::Problem> {
    let text = source.text();
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (cell, end) = field(source, at, delimiter)?;
        row.push(cell);
        let rest = &text[end..];
        at = end;
        if rest.starts_with(delimiter) {
            at += delimiter.len_utf8();
            if at < text.len() {
                continue;
            }
            row.push(super::cell(source, at..at));
        }
        at += memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len() - at, |found| found + 1);
        let fields = std::mem::take(&mut row);
        if fields.iter().any(|cell: &Cell| !cell.flow.is_blank()) {
            rows.push(fields);
        }
    }
    Ok(rows)
}

/// One field and where it ends: at a delimiter, a line break or the end.
fn field(source: &Flow, start: usize, delimiter: char) -> Result<(Cell, usize), crate::document::Problem> {
    let text = source.text();
    let rest = &text[start..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if delimiter != '\t' && rest[blank..].starts_with('"') || rest.starts_with('"') {
        let inner = start + rest.find('"').unwrap_or(0) + 1;
        return quoted(source, inner, delimiter);
    }
    let end = start + rest.find([delimiter, '\n']).unwrap_or(rest.len());
    Ok((super::cell(source, start..end), end))
}

/// A quoted field that starts at `inner`; two quotes stand for one.
fn quoted(source: &Flow, inner: usize, delimiter: char) -> Result<(Cell, usize), crate::document::Problem> {
    let text = source.text();
    let mut flow = Flow::default();
    let mut from = inner;
    loop {
        let Some(found) = text.get(from..).and_then(|rest| memchr(b'"', rest.as_bytes())) else {
            let line: Range<usize> = inner - 1..inner + text[inner..].find('\n').unwrap_or(text.len() - inner);
            return Err(problem(source, line, "this field opens a quote that never closes".to_owned()));
        };
        let quote = from + found;
        flow.push_part(source, from..quote);
        if text[quote + 1..].starts_with('"') {
            flow.push_replaced("\"", source.span(quote..quote + 2));
            from = quote + 2;
            continue;
        }
        let rest = &text[quote + 1..];
        let end = quote + 1 + rest.find([delimiter, '\n']).unwrap_or(rest.len());
        let cell = Cell { flow: flow.trimmed(), span: source.span(inner..quote), strong: false, indent: 0 };
        return Ok((cell, end));
    }
}
