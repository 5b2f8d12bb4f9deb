//! Chart data as labels and data sets: the shape of Chart.js (JSON or YAML), or CSV lines as reveal.js's chart plugin has them.
//!
//! Enters: the text of the block. Leaves: a chart. Invariant: a data set and the labels have the same number of values.

use crate::document::{Cell, Flow, Table};
use crate::node::Node;
use crate::read::rows;

use super::{Outcome, at, csv, first_text, parsed, problem, scalar, scalar_cell, series_table, table_of};
use crate::document::Row;

/// Reads the data of a chart.
pub(super) fn chart(source: &Flow) -> Outcome {
    let text = source.text().trim_start();
    let keyed = |line: &str| {
        ["labels:", "type:", "data:", "series:", "datasets:", "title:"].iter().any(|key| line.starts_with(key))
    };
    if text.starts_with('{') || text.lines().any(keyed) { from_tree(source) } else { from_lines(source) }
}

fn from_tree(source: &Flow) -> Outcome {
    let Some(root) = parsed(source)? else { return Ok(None) };
    let find = |paths: &[&[&str]]| paths.iter().find_map(|path| at(&root, path)).map(Node::items).unwrap_or_default();
    let labels = find(&[&["data", "labels"], &["labels"]]);
    let sets = find(&[&["data", "datasets"], &["datasets"], &["data", "series"], &["series"]]);
    let mut series = Vec::new();
    for set in sets {
        let Some(data) = ["data", "values"].iter().find_map(|key| set.get(key)) else { continue };
        let values: Vec<Cell> =
            data.items().iter().map(|value| scalar_cell(source, value.get("y").unwrap_or(value))).collect();
        if values.len() != labels.len() && !labels.is_empty() {
            let message = format!("this data set has {} values for {} labels", values.len(), labels.len());
            return Err(problem(source, data.span.range(), message));
        }
        let name = ["label", "title", "name"].iter().find_map(|key| set.get(key));
        let start = source.span(set.span.range()).start;
        series.push((name.map_or_else(|| rows::blank(start), |name| scalar_cell(source, name)), values));
    }
    if series.is_empty() {
        return Ok(None);
    }
    let categories = labels.iter().map(|label| scalar_cell(source, label)).collect();
    let mut table = series_table(source, rows::blank(source.whole().start), categories, series)?;
    (table.caption, table.unit) = (title(source, &root), unit(source, &root));
    Ok(Some(table))
}

fn title(source: &Flow, root: &Node) -> Option<Flow> {
    const TITLES: [&[&str]; 4] =
        [&["title"], &["title", "text"], &["options", "title", "text"], &["options", "plugins", "title", "text"]];
    first_text(source, root, &TITLES)
}

fn unit(source: &Flow, root: &Node) -> Option<Flow> {
    const UNITS: [&[&str]; 3] = [&["unit"], &["options", "scales", "y", "title", "text"], &["yTitle"]];
    let old = || {
        let axes = at(root, &["options", "scales", "yAxes"])?.items();
        scalar(source, at(axes.first()?, &["scaleLabel", "labelString"])?)
    };
    first_text(source, root, &UNITS).or_else(old)
}

/// Labels on the first line, then a line for each series that opens with its name. Comments hold options.
fn from_lines(source: &Flow) -> Outcome {
    let text = source.text();
    let mut said = Flow::default();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("<!--")).map(|at| from + at) {
        said.push_part(source, from..open);
        from = text[open..].find("-->").map_or(text.len(), |at| open + at + 3);
    }
    said.push_part(source, from..text.len());
    let mut lines = csv::rows(&said, csv::delimiter(said.text()))?.into_iter();
    let Some(mut header) = lines.next() else { return Ok(None) };
    let series: Vec<Vec<Cell>> = lines.collect();
    // The place above the names may be left out.
    if !series.is_empty() && series.iter().all(|line| line.len() == header.len() + 1) {
        header.insert(0, rows::blank(header.first().map_or(0, |cell| cell.span.start)));
    }
    let header = Row { cells: header, header: true };
    let series = series.into_iter().map(|cells| Row { cells, header: false });
    let table: Table = table_of(source, std::iter::once(header).chain(series).collect(), true)?;
    Ok((table.rows.len() > 1).then_some(table))
}
