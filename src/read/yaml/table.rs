//! Tables written as lists: rows of cells, records with like keys, columns and rows.
//!
//! Enters: nodes. Leaves: a [`Table`] whose cells know their bytes, or `None` where the nodes are no table.
//! Invariant: all rows have the same number of cells, and the grid is at most a few times larger than what was written.

use std::collections::BTreeMap;

use super::prose::{blank, cell, is_number, is_prose, line};
use crate::document::{Cell, Flow, Row, Table};
use crate::node::{Node, Value};

/// A grid of blanks with a few cells written would cost more than it says.
fn is_dense(rows: usize, columns: usize, written: usize) -> bool {
    rows.saturating_mul(columns) <= written.saturating_mul(4).saturating_add(64)
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.value, Value::Scalar { .. } | Value::Alias)
}

/// A cell of whatever stands there: a scalar, or the scalar inside `{value: …}`.
fn cell_of(node: &Node) -> Cell {
    let inner = ["value", "text", "content", "label", "v"].iter().find_map(|key| node.get(key));
    cell(inner.filter(|inner| is_scalar(inner)).unwrap_or(node))
}

/// Makes all rows as wide as the widest.
pub(super) fn even(mut rows: Vec<Row>) -> Option<Vec<Row>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let written = rows.iter().map(|row| row.cells.len()).sum();
    if width == 0 || !is_dense(rows.len(), width, written) {
        return None;
    }
    for row in &mut rows {
        let end = row.cells.last().map_or(0, |cell| cell.span.end);
        row.cells.resize_with(width, || blank(end));
    }
    Some(rows)
}

/// A list of lists of scalars. The first is a header if it holds names only and others hold numbers.
pub(super) fn from_lists(lists: &[Node]) -> Option<Table> {
    if lists.is_empty() || !lists.iter().all(is_cells) {
        return None;
    }
    let mut rows: Vec<Row> = lists.iter().map(row_of_list).collect();
    let numbers = |row: &Row| row.cells.iter().any(|cell| is_number(cell.flow.text()));
    let header = rows.len() > 1 && rows[1..].iter().any(numbers) && !numbers(&rows[0]);
    rows[0].header = header;
    Some(Table { rows: even(rows)?, ..Table::default() })
}

/// Whether a node is a list of what can stand in cells.
fn is_cells(list: &Node) -> bool {
    let small = |item: &Node| {
        is_scalar(item) || (!item.entries().is_empty() && item.entries().iter().all(|(_, v)| is_scalar(v)))
    };
    !list.items().is_empty() && list.items().iter().all(small)
}

fn row_of_list(list: &Node) -> Row {
    Row { cells: list.items().iter().map(cell_of).collect(), header: false }
}

/// A list of mappings that are records of one kind; what its prose columns say is left to the caller.
pub(super) fn from_records(records: &[Node]) -> Option<Table> {
    let columns = columns_of(records)?;
    let header = columns.iter().map(|(key, _)| cell(key)).collect();
    let mut rows = vec![Row { cells: header, header: true }];
    let at: BTreeMap<&str, usize> =
        columns.iter().enumerate().filter_map(|(at, (key, _))| Some((key.text()?, at))).collect();
    for record in records {
        let mut cells: Vec<Cell> = columns.iter().map(|_| blank(record.span.end)).collect();
        for (key, value) in record.entries() {
            if let Some(&at) = key.text().and_then(|key| at.get(key)) {
                cells[at] = cell(value);
            }
        }
        rows.push(Row { cells, header: false });
    }
    Some(Table { rows, ..Table::default() })
}

/// The keys of records in order of first appearance, without those that hold prose. `None` where the mappings are not alike.
fn columns_of(records: &[Node]) -> Option<Vec<(&Node, bool)>> {
    let mut columns: Vec<(&Node, bool)> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    let mut written = 0;
    for record in records {
        if record.entries().is_empty() {
            return None;
        }
        for (key, value) in record.entries() {
            if !is_scalar(value) {
                return None;
            }
            written += 1;
            let column = *at.entry(key.text()?).or_insert(columns.len());
            if column == columns.len() {
                columns.push((key, false));
            }
            columns[column].1 |= value.text().is_some_and(is_prose);
        }
    }
    if !is_dense(records.len(), columns.len(), written) {
        return None;
    }
    columns.retain(|(_, prose)| !prose);
    (!columns.is_empty()).then_some(columns)
}

/// The prose that records hold beside their numbers, in order.
pub(super) fn prose_of(records: &[Node]) -> impl Iterator<Item = &Node> {
    let values = records.iter().flat_map(|record| record.entries().iter().map(|(_, value)| value));
    values.filter(|value| value.text().is_some_and(is_prose))
}

/// A mapping of like mappings: each key is the label of a row.
pub(super) fn from_named_records(entries: &[(Node, Node)]) -> Option<Table> {
    let first = entries.first()?;
    let like = |record: &Node| {
        record.entries().len() == first.1.entries().len()
            && record.entries().iter().zip(first.1.entries()).all(|((a, value), (b, _))| {
                a.text().is_some() && a.text() == b.text() && is_scalar(value) && !value.text().is_some_and(is_prose)
            })
    };
    if entries.len() < 2 || first.1.entries().is_empty() || !entries.iter().all(|(_, record)| like(record)) {
        return None;
    }
    let corner = blank(first.0.span.start);
    let header = std::iter::once(corner).chain(first.1.entries().iter().map(|(key, _)| cell(key))).collect();
    let mut rows = vec![Row { cells: header, header: true }];
    rows.extend(entries.iter().map(|(key, record)| Row {
        cells: std::iter::once(cell(key)).chain(record.entries().iter().map(|(_, value)| cell(value))).collect(),
        header: false,
    }));
    Some(Table { rows, ..Table::default() })
}

/// Whether any cell is a number.
pub(super) fn has_numbers(table: &Table) -> bool {
    table.rows.iter().flat_map(|row| &row.cells).any(|cell| is_number(cell.flow.text()))
}

/// A declared column: the key that rows use, and the header cell.
struct Column<'a> {
    key: Option<&'a str>,
    header: Cell,
}

fn column(node: &Node) -> Column<'_> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| node.get(key)).filter(|value| is_scalar(value));
    let header = first(&["title", "label", "header", "name", "text", "key", "field", "id"]).unwrap_or(node);
    let key = first(&["key", "field", "id", "name", "dataIndex"]).unwrap_or(header).text();
    Column { key, header: cell(header) }
}

/// `rows` under declared `columns`: lists in their order, or mappings by their keys; further rows (a total) may follow.
pub(super) fn from_columns(columns: Option<&Node>, rows: &Node, more: &[&Node]) -> Option<Table> {
    let columns: Vec<Column<'_>> = columns.map(Node::items).unwrap_or_default().iter().map(column).collect();
    let all: Vec<&Node> = rows.items().iter().chain(more.iter().copied()).collect();
    if columns.is_empty() {
        let lists = all.iter().all(|row| !row.items().is_empty());
        return if lists { from_lists(rows.items()) } else { from_records(rows.items()) };
    }
    let mut table = vec![Row { cells: columns.iter().map(|column| column.header.clone()).collect(), header: true }];
    for row in all {
        let cells = match &row.value {
            Value::Sequence(_) if is_cells(row) => row_of_list(row).cells,
            Value::Mapping(entries) if !entries.is_empty() => row_of_mapping(&columns, row)?,
            Value::Scalar { .. } if columns.len() == 1 => vec![cell(row)],
            _ => return None,
        };
        table.push(Row { cells, header: false });
    }
    Some(Table { rows: even(table)?, ..Table::default() })
}

fn row_of_mapping(columns: &[Column<'_>], row: &Node) -> Option<Vec<Cell>> {
    let known = |key: &str| columns.iter().any(|column| column.key == Some(key));
    // Nested columns would need a search for each key; a table that wide is not one that a person wrote.
    if row.entries().len() > 256 || columns.len() > 256 {
        return None;
    }
    if !row.entries().iter().any(|(key, _)| key.text().is_some_and(known)) {
        return Some(row.entries().iter().map(|(_, value)| cell_of(value)).collect());
    }
    let value = |column: &Column<'_>| column.key.and_then(|key| row.get(key));
    Some(columns.iter().map(|column| value(column).map_or_else(|| blank(row.span.end), cell_of)).collect())
}

/// Unit and scale that stand beside a table, joined as they would be read.
pub(super) fn unit_of(mapping: &Node) -> Option<Flow> {
    let mut unit = Flow::default();
    for key in ["unit", "units", "currency", "scale"] {
        let Some(flow) = mapping.get(key).filter(|node| !node.is_null()).and_then(Node::flow) else { continue };
        if flow.is_blank() || flow.text().len() > 80 {
            continue;
        }
        if !unit.is_blank() {
            unit.push_replaced(" ", flow.span(0..1));
        }
        unit.push_flow(&line(flow));
    }
    (!unit.is_blank()).then_some(unit)
}
