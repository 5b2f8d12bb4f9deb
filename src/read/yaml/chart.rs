//! The data of charts, in the shapes that charting tools write.
//!
//! Enters: a chart's mapping. Leaves: a [`Table`]: one header row of categories, one row a series.
//! Invariant: a value stands under the category it was written for, by key where there are keys, else by order.

use std::collections::BTreeMap;

use super::prose::{blank, cell, line};
use super::table::even;
use crate::document::{Cell, Flow, Row, Table};
use crate::node::{Node, Value};

/// A series: its name, and its values with their categories where they carry them.
struct Series<'a> {
    name: Cell,
    points: Vec<(Option<&'a Node>, &'a Node)>,
}

/// Whether a mapping is a chart, by its shape.
pub(super) fn is_chart(node: &Node) -> bool {
    let list = |key: &str| node.get(key).is_some_and(|value| !value.items().is_empty() || !value.entries().is_empty());
    let of_kind = node.get("type").and_then(Node::text).is_some_and(|kind| {
        const KINDS: &[&str] =
            &["bar", "column", "line", "area", "pie", "donut", "doughnut", "waterfall", "scatter", "combo"];
        let kind = kind.to_ascii_lowercase();
        KINDS.iter().any(|known| kind.contains(known))
    });
    list("series") || list("datasets") || (of_kind && (list("data") || list("values")))
}

/// The data of a chart.
pub(super) fn from_chart(node: &Node) -> Option<Table> {
    let title = first(node, &["title", "caption", "heading", "name", "label"]).and_then(Node::flow).map(line);
    let data = node.get("data");
    // chart.js and vega-lite keep everything one level down.
    let holder = data.filter(|data| data.get("datasets").is_some() || data.get("values").is_some()).unwrap_or(node);
    let values = first(holder, &["series", "datasets", "values"]).or(data)?;
    let series = series_of(values, title.as_ref());
    let declared = first(holder, &["x", "labels", "categories", "xaxis", "xAxis", "x_axis"]);
    let declared = declared.map(|x| first(x, &["categories", "data", "labels", "values"]).unwrap_or(x));
    let rows = match declared.map(Node::items).filter(|items| !items.is_empty()) {
        Some(categories) => by_declared(categories, &series),
        None => by_points(&series),
    }?;
    let unit = super::table::unit_of(node).or_else(|| axis_title(node));
    Some(Table { caption: title, unit, rows, chart: true })
}

fn first<'a>(node: &'a Node, keys: &[&str]) -> Option<&'a Node> {
    keys.iter().find_map(|key| node.get(key)).filter(|found| !found.is_null())
}

fn axis_title(node: &Node) -> Option<Flow> {
    let axis = first(node, &["y", "yaxis", "yAxis", "y_axis"])?;
    first(axis, &["title", "label", "unit"]).unwrap_or(axis).flow().map(line).filter(|flow| !flow.is_blank())
}

/// The series in whatever holds them: a list of them, a mapping by name, or one unnamed series.
fn series_of<'a>(values: &'a Node, title: Option<&Flow>) -> Vec<Series<'a>> {
    let unnamed = || match title {
        Some(title) => Cell { flow: title.clone(), span: title.whole(), ..Cell::default() },
        None => blank(values.span.start),
    };
    match &values.value {
        Value::Sequence(items) if items.iter().any(|item| points_key(item).is_some()) => {
            let named = |item: &Node| first(item, &["name", "label", "title", "key", "id"]).map(cell);
            let with = |item: &'a Node| {
                let points = points_key(item)?;
                Some(Series { name: named(item).unwrap_or_else(unnamed), points: points_of(points) })
            };
            items.iter().filter_map(with).collect()
        }
        Value::Sequence(items) if items.iter().any(|item| !item.entries().is_empty()) => transposed(items, title),
        Value::Mapping(entries)
            if entries.iter().any(|(_, value)| !value.items().is_empty() || !value.entries().is_empty()) =>
        {
            entries.iter().map(|(key, value)| Series { name: cell(key), points: points_of(value) }).collect()
        }
        _ => vec![Series { name: unnamed(), points: points_of(values) }],
    }
}

/// The values of one series of a list of series.
fn points_key(item: &Node) -> Option<&Node> {
    first(item, &["values", "data", "points", "y"])
        .filter(|values| !values.items().is_empty() || !values.entries().is_empty())
}

/// Values in order, by key, or as points with a category of their own.
fn points_of(values: &Node) -> Vec<(Option<&Node>, &Node)> {
    if !values.entries().is_empty() {
        return values.entries().iter().map(|(key, value)| (Some(key), value)).collect();
    }
    let point = |item: &'_ Node| -> bool { !item.entries().is_empty() || item.items().len() == 2 };
    values
        .items()
        .iter()
        .filter_map(|item| match &item.value {
            Value::Sequence(pair) if point(item) => Some((pair.first(), pair.get(1)?)),
            Value::Mapping(_) => {
                let category = first(item, &["x", "label", "name", "category", "key", "period"]);
                Some((category, first(item, &["y", "value", "v", "amount"])?))
            }
            _ => Some((None, item)),
        })
        .collect()
}

/// Records, one a category (`{quarter: Q1, revenue: 4, cost: 3}`): every other key is a series.
fn transposed<'a>(records: &'a [Node], title: Option<&Flow>) -> Vec<Series<'a>> {
    const CATEGORY: &[&str] = &["x", "label", "name", "category", "period", "key", "quarter", "month", "year"];
    let mut series: Vec<Series<'a>> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        let named = record.entries().iter().find(|(key, _)| key.text().is_some_and(|key| CATEGORY.contains(&key)));
        let Some((category_key, category)) = named.or_else(|| record.entries().first()) else { continue };
        for (key, value) in record.entries() {
            let Some(name) = key.text().filter(|_| !std::ptr::eq(key, category_key)) else { continue };
            let place = *at.entry(name).or_insert(series.len());
            if place == series.len() {
                let title = title.filter(|_| matches!(name, "value" | "y" | "values" | "v" | "amount"));
                let titled = title.map(|title| Cell { flow: title.clone(), span: title.whole(), ..Cell::default() });
                series.push(Series { name: titled.unwrap_or_else(|| cell(key)), points: Vec::new() });
            }
            series[place].points.push((Some(category), value));
        }
    }
    series
}

/// Values under declared categories: in order, or where their own category says.
fn by_declared(categories: &[Node], series: &[Series<'_>]) -> Option<Vec<Row>> {
    let at: BTreeMap<&str, usize> =
        categories.iter().enumerate().filter_map(|(at, node)| Some((node.text()?, at))).collect();
    let corner = categories.first().map_or(0, |first| first.span.start);
    let header = std::iter::once(blank(corner)).chain(categories.iter().map(cell)).collect();
    let mut rows = vec![Row { cells: header, header: true }];
    // Every series fills the width once, so many short series over many categories are refused before they are made.
    let written: usize = series.iter().map(|series| series.points.len() + 1).sum();
    if series.is_empty() || series.len().saturating_mul(categories.len()) > written.saturating_mul(4).saturating_add(64)
    {
        return None;
    }
    for Series { name, points } in series {
        let keyed = points.iter().any(|(own, _)| own.and_then(Node::text).is_some_and(|own| at.contains_key(own)));
        let mut cells = vec![name.clone()];
        cells.resize_with(categories.len() + 1, || blank(name.span.end));
        for (order, (own, value)) in points.iter().enumerate() {
            let place = if keyed { own.and_then(Node::text).and_then(|own| at.get(own).copied()) } else { Some(order) };
            match place {
                Some(place) if place < categories.len() => cells[place + 1] = cell(value),
                _ => cells.push(cell(value)),
            }
        }
        rows.push(Row { cells, header: false });
    }
    even(rows)
}

/// Values under the categories that they carry themselves, in order of first appearance; without any, in order.
fn by_points(series: &[Series<'_>]) -> Option<Vec<Row>> {
    let mut categories: Vec<&Node> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (own, _) in series.iter().flat_map(|series| &series.points) {
        let Some((node, name)) = own.and_then(|node| Some((node, node.text()?))) else { continue };
        at.entry(name).or_insert_with(|| {
            categories.push(node);
            categories.len() - 1
        });
    }
    if categories.is_empty() {
        let rows = series.iter().map(|series| {
            let values = series.points.iter().map(|(_, value)| cell(value));
            Row { cells: std::iter::once(series.name.clone()).chain(values).collect(), header: false }
        });
        return even(rows.collect());
    }
    let categories: Vec<Node> = categories.into_iter().cloned().collect();
    by_declared(&categories, series)
}
