//! Charts and data that are written as fenced blocks: CSV, Mermaid, Vega-Lite, Chart.js.
//!
//! Enters: the info string of a fence and its text. Leaves: a [`Table`], or what is wrong with the data.
//! Invariant: every cell's flow maps to the very bytes of the value; a chart is one header row of categories and one row
//! a series, except a pie, which is one row a slice.

mod csv;
mod datasets;
mod mermaid;
mod vega;

use std::ops::Range;

use crate::document::{Cell, Flow, Problem, Row, Table};
use crate::node::{self, Node};
use crate::read::rows;
use crate::span::Span;

/// What reading a fenced block came to: nothing when it holds no data of the deck.
pub(crate) type Outcome = Result<Option<Table>, Problem>;

/// Whether a fence passes HTML through to the slide: `=html` in djot, `{=html}` in pandoc.
pub(crate) fn is_html(info: &str) -> bool {
    matches!(info.trim(), "=html" | "{=html}")
}

/// Reads a fenced block.
pub(crate) fn read(info: &str, source: &Flow) -> Outcome {
    match language(info) {
        "csv" => csv::table(source, csv::delimiter(source.text())),
        "tsv" => csv::table(source, '\t'),
        "mermaid" => mermaid::chart(source),
        "vega-lite" | "vegalite" | "vega" => vega::chart(source),
        "chart" | "chartjs" => datasets::chart(source),
        _ => Ok(None),
    }
}

/// The language of an info string: `csv`, `{mermaid}`, `{.csv #sales}`, `mermaid {scale: 0.5}`.
fn language(info: &str) -> &str {
    let info = info.trim_start_matches(['{', '.', ' ', '\t']);
    info.split([' ', '\t', '{', '}', ',', ':']).next().unwrap_or_default()
}

/// A cell that is a part of the block.
fn cell(source: &Flow, range: Range<usize>) -> Cell {
    let span = source.span(range.clone());
    let mut flow = Flow::default();
    flow.push_part(source, range);
    Cell { flow: flow.trimmed(), span, strong: false, indent: 0 }
}

/// A part of the block.
fn part(source: &Flow, range: Range<usize>) -> Flow {
    cell(source, range).flow
}

/// A cell that is a scalar of the block, which was parsed as YAML or JSON.
fn scalar_cell(source: &Flow, node: &Node) -> Cell {
    let flow = scalar(source, node).unwrap_or_default();
    Cell { flow, span: source.span(node.span.range()), strong: false, indent: 0 }
}

/// A scalar's text, with its bytes in the file.
fn scalar(source: &Flow, node: &Node) -> Option<Flow> {
    node.flow().filter(|_| !node.is_null()).map(|flow| flow.through(source).trimmed())
}

/// The block as YAML or JSON.
fn parsed(source: &Flow) -> Result<Option<Node>, Problem> {
    match node::parse(source.text()) {
        Ok(tree) => Ok(tree.root),
        Err(error) => {
            Err(problem(source, error.span.range(), format!("this chart's data cannot be read: {}", error.message)))
        }
    }
}

/// The node behind a path of keys.
fn at<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

/// The text of the first of some paths that has one.
fn first_text(source: &Flow, node: &Node, paths: &[&[&str]]) -> Option<Flow> {
    paths.iter().find_map(|path| at(node, path).and_then(|found| scalar(source, found))).filter(|flow| !flow.is_blank())
}

/// A problem at a part of the block; at all of it when the part is empty.
fn problem(source: &Flow, range: Range<usize>, message: String) -> Problem {
    let span = if range.is_empty() || range.end > source.text().len() { source.whole() } else { source.span(range) };
    Problem { message, span }
}

/// The table of a chart: a header row of categories, a row for each series.
fn series_table(
    source: &Flow,
    corner: Cell,
    categories: Vec<Cell>,
    series: Vec<(Cell, Vec<Cell>)>,
) -> Result<Table, Problem> {
    let mut table_rows = vec![Row { cells: std::iter::once(corner).chain(categories).collect(), header: true }];
    table_rows.extend(
        series
            .into_iter()
            .map(|(name, values)| Row { cells: std::iter::once(name).chain(values).collect(), header: false }),
    );
    table_of(source, table_rows, true)
}

/// A table of rows of any length.
fn table_of(source: &Flow, table_rows: Vec<Row>, chart: bool) -> Result<Table, Problem> {
    match rows::rectangular(table_rows) {
        Some(rows) => Ok(Table { rows, chart, ..Table::default() }),
        None => Err(unequal(source)),
    }
}

/// The problem of rows that no rectangle of reasonable size holds.
fn unequal(source: &Flow) -> Problem {
    problem(source, 0..0, "the rows of this data are too unequal in length to be one table".to_owned())
}

/// An empty cell where a node stands.
fn blank_at(span: Span) -> Cell {
    rows::blank(span.start)
}
