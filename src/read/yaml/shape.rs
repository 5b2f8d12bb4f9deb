//! What the shape of a mapping says of it, whatever its keys are called above.
//!
//! Enters: nodes. Leaves: the parts of tiles, tables and titled mappings.
//! Invariant: each test looks at most two levels deep, so that walking stays linear.

use super::keys::{Class, class, is_kind, is_tile_label, is_tile_value};
use super::prose::{is_number, is_prose, line};
use crate::document::Flow;
use crate::node::{Node, Value};

/// The entry that names what a mapping is about.
pub(super) fn title_of(node: &Node) -> Option<(&str, &Node)> {
    let titles = ["title", "heading", "headline", "header", "name", "label"];
    let title = titles.iter().find_map(|wanted| {
        let entry =
            node.entries().iter().find(|(key, _)| key.text().is_some_and(|key| key.eq_ignore_ascii_case(wanted)));
        entry.filter(|(_, value)| value.flow().is_some_and(|flow| !flow.is_blank()) && !value.is_null())
    });
    title
        .map(|(key, value)| (key.text().unwrap_or_default(), value))
        .filter(|(_, value)| !value.text().is_some_and(is_number))
}

/// What a mapping says it is: `paragraph` of `{type: paragraph, …}`.
pub(super) fn kind_of(node: &Node) -> Option<&str> {
    node.entries().iter().find(|(key, _)| key.text().is_some_and(is_kind)).and_then(|(_, kind)| kind.text())
}

/// A sibling of a key. In a mapping of many hundred keys each would be looked up at each, and no table has as many.
pub(super) fn sibling<'n>(parent: &'n Node, key: &str) -> Option<&'n Node> {
    if parent.entries().len() > 500 { None } else { parent.get(key) }
}

pub(super) fn caption_of(node: &Node) -> Option<Flow> {
    sibling(node, "caption").and_then(Node::flow).map(line).filter(|flow| !flow.is_blank())
}

/// The rows of a mapping that is a table.
pub(super) fn rows_of(node: &Node) -> Option<(&str, &Node)> {
    let columns = ["columns", "headers", "header"]
        .iter()
        .any(|key| node.get(key).is_some_and(|columns| !columns.items().is_empty()));
    let keys: &[&str] = if columns { &["rows", "data", "values", "body"] } else { &["rows"] };
    keys.iter().find_map(|key| node.get(key).filter(|rows| !rows.items().is_empty()).map(|rows| (*key, rows)))
}

/// The number and the label of a mapping that is a tile.
pub(super) fn tile(node: &Node) -> Option<(&Node, &Node)> {
    let find = |test: fn(&str) -> bool| {
        let scalar = |(key, value): &&(Node, Node)| {
            key.text().is_some_and(test) && value.flow().is_some_and(|flow| !flow.is_blank())
        };
        node.entries().iter().find(scalar).map(|(_, value)| value)
    };
    // More than a number, a label, a unit and a remark or two is a record.
    let value = find(is_tile_value).filter(|_| node.entries().len() <= 5)?;
    Some((value, find(is_tile_label)?))
        .filter(|(value, label)| !std::ptr::eq(*value, *label) && !value.text().is_some_and(is_prose))
}

/// Whether a mapping is a part of a deck rather than a record: it has text or structure of its own.
pub(super) fn is_section(node: &Node) -> bool {
    // What is titled, says a sentence and gives no number of its own is no row of a table.
    let says = |test: fn(&str) -> bool| node.entries().iter().any(|(_, value)| value.text().is_some_and(test));
    if title_of(node).is_some() && says(is_prose) && !says(is_number) {
        return true;
    }
    node.entries().iter().any(|(key, value)| {
        let class = key.text().map(class);
        let parts = matches!(
            class,
            Some(
                Class::Prose
                    | Class::Bullets
                    | Class::Table
                    | Class::Chart
                    | Class::Tiles
                    | Class::Notes
                    | Class::Rows
                    | Class::Quote
            )
        );
        // A short remark beside numbers is a column.
        let remark = class != Some(Class::Bullets) && value.flow().is_some() && node.entries().len() > 3;
        parts && !remark || class == Some(Class::Subtitle)
    })
}

/// Whether a collection holds text that does not carry its keys: list items, sections.
pub(super) fn holds_text(node: &Node) -> bool {
    match &node.value {
        Value::Sequence(items) => {
            let text = |item: &Node| item.flow().is_some() && !(item.is_plain() && item.text().is_some_and(is_number));
            items.iter().any(text) || items.iter().any(is_section)
        }
        Value::Mapping(entries) => {
            entries.iter().any(|(_, value)| value.flow().is_none() || value.text().is_some_and(is_prose))
        }
        _ => false,
    }
}

/// Whether a value is rows without columns.
pub(super) fn parent_less_rows(value: &Node) -> bool {
    value.items().len() > 1 && value.items().iter().all(|row| !row.items().is_empty())
}
