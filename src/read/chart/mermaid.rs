//! Mermaid's pies and xy charts; its other diagrams hold no figures.
//!
//! Enters: the text of the diagram. Leaves: a chart. Invariant: a series and its axis have the same number of values.

use std::ops::Range;

use crate::document::{Cell, Flow, Problem, Row, Table};
use crate::read::rows;

use super::{Outcome, cell, part, problem, series_table, table_of};

/// Reads a diagram.
pub(super) fn chart(source: &Flow) -> Outcome {
    let mut lines = Lines { text: source.text(), at: 0 };
    let mut title = None;
    while let Some(line) = lines.next() {
        let text = &source.text()[line.clone()];
        if text == "---" {
            title = front_matter_title(source, &mut lines);
            continue;
        }
        let (keyword, rest) = split_keyword(source, line);
        let mut table = match &source.text()[keyword] {
            "pie" => pie(source, rest, lines)?,
            "xychart-beta" | "xychart" => xy_chart(source, lines)?,
            _ => return Ok(None),
        };
        table.caption = table.caption.or(title);
        return Ok((table.rows.len() > usize::from(table.rows.first().is_some_and(|row| row.header))).then_some(table));
    }
    Ok(None)
}

/// Lines that are neither blank nor comments, without white space around them.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Lines<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        while self.at < self.text.len() {
            let start = self.at;
            let line = self.text[start..].split_inclusive('\n').next().unwrap_or_default();
            self.at += line.len();
            let said = line.trim();
            if !said.is_empty() && !said.starts_with("%%") {
                let start = start + (line.len() - line.trim_start().len());
                return Some(start..start + said.len());
            }
        }
        None
    }
}

fn front_matter_title(source: &Flow, lines: &mut Lines<'_>) -> Option<Flow> {
    let mut title = None;
    while let Some(line) = lines.next() {
        let text = &source.text()[line.clone()];
        if text == "---" {
            break;
        }
        if let Some(rest) = text.strip_prefix("title:") {
            title = Some(part(source, unquoted(source, line.end - rest.len()..line.end)));
        }
    }
    title
}

/// `pie showData title Sales by region` and lines such as `"EMEA" : 11.2`.
fn pie(source: &Flow, opening: Range<usize>, mut lines: Lines<'_>) -> Result<Table, Problem> {
    let text = source.text();
    let (mut keyword, mut rest) = split_keyword(source, opening);
    if &text[keyword.clone()] == "showData" {
        (keyword, rest) = split_keyword(source, rest);
    }
    let mut caption = (&text[keyword] == "title").then(|| part(source, rest));
    let mut slices = Vec::new();
    while let Some(line) = lines.next() {
        let (keyword, rest) = split_keyword(source, line.clone());
        match &text[keyword] {
            "showData" | "accTitle" | "accTitle:" | "accDescr" | "accDescr:" => {}
            "title" => caption = Some(part(source, rest)),
            _ => {
                let (label, value) = slice(source, line.clone()).ok_or_else(|| {
                    problem(source, line, "this is no slice of a pie: it should read `\"label\" : number`".to_owned())
                })?;
                slices.push(Row { cells: vec![cell(source, label), cell(source, value)], header: false });
            }
        }
    }
    let mut table = table_of(source, slices, true)?;
    table.caption = caption;
    Ok(table)
}

fn slice(source: &Flow, line: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let text = &source.text()[line.clone()];
    let colon = text.rfind(':')?;
    let value = text[colon + 1..].trim();
    let number = value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let label = unquoted(source, line.start..line.start + colon);
    let start = line.end - text[colon + 1..].trim_start().len();
    number.then_some((label, start..start + value.len()))
}

/// `title`, `x-axis`, `y-axis`, and a `bar` or `line` for each series.
fn xy_chart(source: &Flow, mut lines: Lines<'_>) -> Result<Table, Problem> {
    let text = source.text();
    let (mut caption, mut unit, mut corner) = (None, None, rows::blank(source.whole().start));
    let mut categories: Option<Vec<Cell>> = None;
    let mut series: Vec<(Cell, Vec<Cell>)> = Vec::new();
    while let Some(line) = lines.next() {
        let (keyword, rest) = split_keyword(source, line.clone());
        match &text[keyword] {
            "title" => caption = Some(part(source, unquoted(source, rest))),
            "x-axis" => {
                let (name, values) = named_list(source, rest, &mut lines);
                corner = cell(source, unquoted(source, axis_title(source, name)));
                categories = values.map(|list| items(source, list));
            }
            "y-axis" => {
                let (name, _) = named_list(source, rest, &mut lines);
                unit = Some(part(source, unquoted(source, axis_title(source, name)))).filter(|unit| !unit.is_blank());
            }
            "bar" | "line" => {
                let (name, values) = named_list(source, rest, &mut lines);
                let Some(list) = values else {
                    return Err(problem(
                        source,
                        line,
                        "this series has no list of values: it should read `[1, 2, 3]`".to_owned(),
                    ));
                };
                let values = items(source, list.clone());
                let counted = categories.as_ref().map_or(values.len(), Vec::len);
                if counted != values.len() {
                    let message = format!("this series has {} values and its axis {counted} categories", values.len());
                    return Err(problem(source, list, message));
                }
                series.push((cell(source, unquoted(source, name)), values));
            }
            _ => {}
        }
    }
    let width = series.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    let start = corner.span.end;
    let categories = categories.unwrap_or_else(|| (0..width).map(|_| rows::blank(start)).collect());
    let mut table = series_table(source, corner, categories, series)?;
    (table.caption, table.unit) = (caption, unit);
    Ok(table)
}

/// The first word of a line, and the rest.
fn split_keyword(source: &Flow, line: Range<usize>) -> (Range<usize>, Range<usize>) {
    let text = &source.text()[line.clone()];
    let end = text.find(|c: char| c.is_whitespace() || c == '[').unwrap_or(text.len());
    let rest = line.end - text[end..].trim_start().len();
    (line.start..line.start + end, rest..line.end)
}

/// What stands before a list, and what stands between its brackets. A list may run over several lines.
fn named_list(source: &Flow, range: Range<usize>, lines: &mut Lines<'_>) -> (Range<usize>, Option<Range<usize>>) {
    let text = source.text();
    let Some(open) = outside_quotes(&text[range.clone()], '[').map(|at| range.start + at) else { return (range, None) };
    let Some(close) = list_end(&text[open + 1..]).map(|at| open + 1 + at) else { return (range, None) };
    if close >= range.end {
        lines.at = close + text[close..].find('\n').map_or(text.len() - close, |at| at + 1);
    }
    (range.start..open, Some(open + 1..close))
}

/// Where a list ends. Another bracket or a blank line before that means that it does not.
fn list_end(text: &str) -> Option<usize> {
    let (mut quoted, mut line_blank) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ']' if !quoted => return Some(at),
            '[' if !quoted => return None,
            '\n' if line_blank => return None,
            _ => {}
        }
        line_blank = c == '\n' || (line_blank && c.is_whitespace());
    }
    None
}

/// An axis without its range `30 --> 45`.
fn axis_title(source: &Flow, range: Range<usize>) -> Range<usize> {
    let text = &source.text()[range.clone()];
    let Some(arrow) = text.rfind("-->") else { return range };
    let before = text[..arrow].trim_end();
    let number = before.rfind(|c: char| c.is_whitespace() || c == '"').map_or(0, |at| at + 1);
    range.start..range.start + number
}

/// The items of a list, split at commas outside of quotes.
fn items(source: &Flow, list: Range<usize>) -> Vec<Cell> {
    let text = source.text();
    let mut found = Vec::new();
    let mut from = list.start;
    while from < list.end {
        let end = outside_quotes(&text[from..list.end], ',').map_or(list.end, |at| from + at);
        let item = cell(source, unquoted(source, from..end));
        // A comma behind the last item adds none.
        if end < list.end || !item.flow.is_blank() {
            found.push(item);
        }
        from = end + 1;
    }
    found
}

fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == wanted && !quoted).then_some(at)
    })
}

/// Without white space and quotes around it.
fn unquoted(source: &Flow, range: Range<usize>) -> Range<usize> {
    let text = &source.text()[range.clone()];
    let said = text.trim();
    let start = range.start + (text.len() - text.trim_start().len());
    match said.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => start + 1..start + 1 + inner.len(),
        None => start..start + said.len(),
    }
}
