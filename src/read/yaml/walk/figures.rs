//! Tables, charts and tiles of an export.
//!
//! Enters: the values of keys that announce them. Leaves: table and tile blocks, and the words around them.
//! Invariant: what is no table after all is walked like any other value.

use super::{Scope, Walk};
use crate::document::{BlockKind, Flow, Row, Table};
use crate::node::{Node, Value};
use crate::read::yaml::keys::{Class, class};
use crate::read::yaml::prose::{cell, line};
use crate::read::yaml::shape::{caption_of, rows_of, sibling, tile, title_of};
use crate::read::yaml::{chart, table};

impl Walk {
    pub(super) fn place_table(&mut self, mut table: Table, node: &Node, scope: &Scope) {
        if table.unit.is_none() {
            table.unit.clone_from(&scope.unit);
        }
        self.outline.table(table, node.span);
    }

    /// The value of a `table` key: columns and rows, records, or lists.
    pub(super) fn table(&mut self, value: &Node, parent: &Node, scope: &Scope) {
        let caption = caption_of(parent);
        match &value.value {
            Value::Mapping(entries) if rows_of(value).is_none() => match table::from_named_records(entries) {
                Some(table) => self.place_table(Table { caption, ..table }, value, scope),
                None => self.value(value, scope),
            },
            Value::Mapping(_) => self.table_mapping(value, caption, scope),
            Value::Sequence(items) if items.iter().any(|item| rows_of(item).is_some()) => {
                for item in items {
                    match rows_of(item) {
                        Some(_) => self.table_mapping(item, None, scope),
                        None => self.value(item, &scope.deeper()),
                    }
                }
            }
            Value::Sequence(items) => {
                let table = table::from_lists(items).or_else(|| table::from_records(items));
                match table {
                    Some(table) => {
                        self.place_table(Table { caption, ..table }, value, scope);
                        if items.iter().all(|item| !item.entries().is_empty()) {
                            for text in table::prose_of(items) {
                                self.prose(text, scope.level);
                            }
                        }
                    }
                    None => self.value(value, scope),
                }
            }
            _ => self.value(value, scope),
        }
    }

    /// A mapping that holds rows, with whatever else it says around them.
    pub(super) fn table_mapping(&mut self, node: &Node, caption: Option<Flow>, scope: &Scope) {
        let Some((rows_key, rows)) = rows_of(node) else { return self.value(node, scope) };
        let columns = node.get("columns").or_else(|| node.get("headers")).or_else(|| node.get("header"));
        let more: Vec<&Node> = ["total", "totals", "footer"].iter().filter_map(|key| node.get(key)).collect();
        let more: Vec<&Node> = more.into_iter().filter(|row| !row.items().is_empty()).collect();
        let Some(table) = table::from_columns(columns, rows, &more) else { return self.mapping_plain(node, scope) };
        let caption =
            caption_of(node).or_else(|| title_of(node).and_then(|(_, title)| title.flow()).map(line)).or(caption);
        let mut scope = scope.clone();
        scope.unit = table::unit_of(node).or(scope.unit);
        let read_with = |key: &str| {
            key == rows_key
                || matches!(key, "columns" | "headers" | "header" | "total" | "totals" | "footer" | "title" | "caption")
        };
        self.place_table(Table { caption, ..table }, node, &scope);
        if columns.is_none() && rows.items().iter().all(|row| !row.entries().is_empty()) {
            for text in table::prose_of(rows.items()) {
                self.prose(text, scope.level);
            }
        }
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            if !read_with(name) && class(name) != Class::Setting && class(name) != Class::Heading {
                self.entry(key, value, node, None, &scope);
            }
        }
    }

    /// A mapping whose rows are no table: its values one by one.
    pub(super) fn mapping_plain(&mut self, node: &Node, scope: &Scope) {
        for (key, value) in node.entries() {
            self.value(value, &scope.under(key));
        }
    }

    /// `rows` beside their `columns`, `unit` and `caption`.
    pub(super) fn rows(&mut self, rows: &Node, parent: &Node, scope: &Scope) {
        let columns = sibling(parent, "columns").or_else(|| sibling(parent, "headers"));
        let table = match &rows.value {
            Value::Mapping(entries) => table::from_named_records(entries),
            _ => table::from_columns(columns, rows, &[]),
        };
        match table {
            Some(table) => self.place_table(Table { caption: caption_of(parent), ..table }, rows, scope),
            None => self.value(rows, scope),
        }
    }

    pub(super) fn charts(&mut self, value: &Node, parent: &Node, scope: &Scope) {
        match &value.value {
            Value::Sequence(items)
                if items.iter().all(|item| !item.entries().is_empty()) && items.iter().any(chart::is_chart) =>
            {
                for item in items {
                    self.charts(item, item, scope);
                }
            }
            Value::Mapping(_) => {
                if !self.chart(value, scope) {
                    self.value(value, scope);
                }
            }
            _ => self.table(value, parent, scope),
        }
    }

    /// A chart's data, then the words around it. Whether it was one.
    pub(super) fn chart(&mut self, node: &Node, scope: &Scope) -> bool {
        let Some(table) = chart::from_chart(node) else { return false };
        self.place_table(table, node, scope);
        for (key, value) in node.entries() {
            let words =
                matches!(key.text().map(class), Some(Class::Prose | Class::Notes | Class::Footnotes | Class::Subtitle));
            if words && value.text().is_some() {
                self.entry(key, value, node, None, scope);
            }
        }
        true
    }

    pub(super) fn tiles(&mut self, value: &Node, scope: &Scope) {
        match &value.value {
            Value::Mapping(entries) if tile(value).is_none() && table::from_named_records(entries).is_none() => {
                for (key, value) in entries {
                    match (key.flow(), value.flow()) {
                        (Some(label), Some(flow)) if !value.is_null() => {
                            let kind = BlockKind::Tile { value: line(flow), label: line(label) };
                            self.outline.block(kind, key.span.join(value.span));
                        }
                        _ => self.value(value, &scope.under(key)),
                    }
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| match tile(item) {
                Some((value, label)) => self.tile(item, value, label, scope),
                None => match table::from_records(std::slice::from_ref(item)).filter(table::has_numbers) {
                    Some(table) => self.place_table(table, item, scope),
                    None => self.value(item, &scope.deeper()),
                },
            }),
            _ => self.value(value, scope),
        }
    }

    /// One tile. With a unit of its own it is a table of one row, since only tables carry units apart from their numbers.
    pub(super) fn tile(&mut self, node: &Node, value: &Node, label: &Node, scope: &Scope) {
        let (Some(number), Some(name)) = (value.flow().map(line), label.flow().map(line)) else { return };
        match table::unit_of(node) {
            Some(unit) => {
                let row = Row { cells: vec![cell(label), cell(value)], header: false };
                self.place_table(Table { unit: Some(unit), rows: vec![row], ..Table::default() }, node, scope);
            }
            None => self.outline.block(BlockKind::Tile { value: number, label: name.clone() }, node.span),
        }
        let mut under = scope.deeper();
        under.path.push(name);
        for (key, more) in node.entries() {
            let done = std::ptr::eq(more, value) || std::ptr::eq(more, label);
            if !done && key.text().is_some_and(|key| !matches!(class(key), Class::Silent | Class::Setting)) {
                self.value(more, &under.under(key));
            }
        }
    }
}
