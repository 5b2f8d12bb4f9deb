//! Vega-Lite (and what Vega shares with it): inline records, and which of their fields are category, value and series.
//!
//! Enters: the text of the specification. Leaves: a chart. Invariant: records that the encoding does not make one value
//! each of (duplicates, folds) are given as they stand, one row a record, rather than added up.

use std::collections::BTreeMap;

use crate::document::{Cell, Flow, Problem, Row, Table};
use crate::node::Node;

use crate::read::rows;

use super::{Outcome, at, blank_at, first_text, parsed, scalar, scalar_cell, series_table, table_of, unequal};

/// Reads a specification.
pub(super) fn chart(source: &Flow) -> Outcome {
    let Some(root) = parsed(source)? else { return Ok(None) };
    let Some(records) = records(&root) else { return Ok(None) };
    let encoding = Encoding::of(&root, records);
    let pivoted = encoding.as_ref().and_then(|encoding| encoding.pivot(source, records));
    let mut table = match pivoted {
        Some((corner, categories, series)) => series_table(source, corner, categories, series)?,
        None => by_record(source, records)?,
    };
    table.caption = first_text(source, &root, &[&["title"], &["title", "text"]]);
    table.unit = encoding.and_then(|encoding| title(source, encoding.value));
    Ok(Some(table))
}

/// The inline data: `data.values`, or the first of Vega's data sets that has values.
fn records(root: &Node) -> Option<&[Node]> {
    let data = root.get("data")?;
    let values = std::iter::once(data).chain(data.items()).find_map(|data| data.get("values"))?;
    let records = values.items();
    (!records.is_empty() && records.iter().all(|record| !record.entries().is_empty())).then_some(records)
}

/// The channels that say what a record means.
struct Encoding<'a> {
    category: &'a Node,
    value: &'a Node,
    series: Option<&'a Node>,
}

type Pivot = (Cell, Vec<Cell>, Vec<(Cell, Vec<Cell>)>);

impl<'a> Encoding<'a> {
    fn of(root: &'a Node, records: &[Node]) -> Option<Self> {
        let layers = root.get("layer").map(Node::items).unwrap_or_default();
        let nodes = || std::iter::once(root).chain(layers);
        let channel =
            |name: &str| nodes().find_map(|node| at(node, &["encoding", name]).filter(|it| it.get("field").is_some()));
        let colour = channel("color").or_else(|| channel("xOffset"));
        let (category, value) = match (channel("x"), channel("y"), channel("theta")) {
            // Bars that lie on their side have their values on x.
            (Some(x), Some(y), _) if is_quantity(x, records) && !is_quantity(y, records) => (y, x),
            (Some(x), Some(y), _) => (x, y),
            (_, _, Some(theta)) => (colour?, theta),
            _ => return None,
        };
        // A colour that only repeats the category makes no series.
        let series = colour.filter(|colour| field(colour) != field(category));
        Some(Self { category, value, series })
    }

    /// A row of values for each series, a column for each category; `None` when two records claim one place.
    fn pivot(&self, source: &Flow, records: &[Node]) -> Option<Pivot> {
        let (category_field, value_field) = (field(self.category)?, field(self.value)?);
        let series_field = self.series.and_then(field);
        let (mut columns, mut lines) = (BTreeMap::new(), BTreeMap::new());
        let mut categories: Vec<Cell> = Vec::new();
        let mut series: Vec<(Cell, BTreeMap<usize, Cell>)> = Vec::new();
        for record in records {
            let (category, value) = (record.get(category_field)?, record.get(value_field)?);
            let column = *columns.entry(category.text()?).or_insert_with(|| {
                categories.push(scalar_cell(source, category));
                categories.len() - 1
            });
            let name = match series_field {
                Some(field) => record.get(field)?,
                None => self.value.get("field")?,
            };
            let line = *lines.entry(name.text()?).or_insert_with(|| {
                series.push((scalar_cell(source, name), BTreeMap::new()));
                series.len() - 1
            });
            if series[line].1.insert(column, scalar_cell(source, value)).is_some() {
                return None;
            }
        }
        // A sparse pivot is no table, and its blanks would cost more than its values.
        if categories.len().saturating_mul(series.len()) > rows::room(records.len()) {
            return None;
        }
        let corner = title(source, self.category)
            .map_or_else(|| blank_at(source.whole()), |flow| Cell { span: flow.whole(), flow, ..Cell::default() });
        let width = categories.len();
        let filled = series.into_iter().map(|(name, mut values)| {
            let at = name.span;
            (name, (0..width).map(|column| values.remove(&column).unwrap_or_else(|| blank_at(at))).collect())
        });
        Some((corner, categories, filled.collect()))
    }
}

fn field(channel: &Node) -> Option<&str> {
    channel.get("field")?.text()
}

/// The title that a channel is given.
fn title(source: &Flow, channel: &Node) -> Option<Flow> {
    let node = channel.get("title").or_else(|| at(channel, &["axis", "title"]))?;
    scalar(source, node).filter(|flow| !flow.is_blank())
}

/// Whether a channel counts: by its type, else by the first record.
fn is_quantity(channel: &Node, records: &[Node]) -> bool {
    if let Some(kind) = channel.get("type").and_then(Node::text) {
        return kind == "quantitative";
    }
    let first = records.first().zip(field(channel)).and_then(|(record, field)| record.get(field));
    first.is_some_and(|value| {
        value.is_plain() && value.text().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
    })
}

/// A header row of keys and a row for each record.
fn by_record(source: &Flow, records: &[Node]) -> Result<Table, Problem> {
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut header: Vec<Cell> = Vec::new();
    let mut written = 0;
    for (key, _) in records.iter().flat_map(Node::entries) {
        written += 1;
        if let Some(name) = key.text() {
            columns.entry(name).or_insert_with(|| {
                header.push(scalar_cell(source, key));
                header.len() - 1
            });
        }
    }
    let width = header.len();
    if width.saturating_mul(records.len()) > rows::room(written) {
        return Err(unequal(source));
    }
    let mut lines = vec![Row { cells: header, header: true }];
    for record in records {
        let at = source.span(record.span.range());
        let mut cells: Vec<Cell> = (0..width).map(|_| blank_at(at)).collect();
        for (key, value) in record.entries() {
            if let Some(&column) = key.text().and_then(|name| columns.get(name)) {
                cells[column] = scalar_cell(source, value);
            }
        }
        lines.push(Row { cells, header: false });
    }
    table_of(source, lines, true)
}
