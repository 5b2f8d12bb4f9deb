//! What each row and column of a table stands for.
//!
//! Enters: the table with its layout. Leaves: one [`Line`] for each data column and body row.
//! Invariant: a pure unit (`£m`, `(in thousands)`) is never a label while anything else names the line.
//!
//! Spanning headers lose their span in most formats. A lone upper label holds for all columns. Several labels hold from their own
//! column rightwards, when the first stands over the first column; when it does not, labels were written in the middle of their
//! spans, and the borders are put where the lower headers change in kind or start again, else where the label is in the middle.

use super::cell::{Raw, are_ratios};
use super::dates;
use super::kind;
use super::layout::{self, DataColumn, Layout};
use super::settle;
use super::units::{self, Site, Stated};
use super::words::{self, Axis};
use super::{Line, LineKind};
use crate::document::{Cell, Flow, Table};
use crate::period::{Expression, Fixed};
use crate::quantity::Unit;

/// A header cell over a column.
#[derive(Clone)]
struct Header<'a> {
    flow: &'a Flow,
    strong: bool,
    said: Stated,
    /// Whether it stands in the column itself, not over a neighbour.
    own: bool,
}

/// The lines of all data columns.
pub(super) fn columns(table: &Table, raw: &[Vec<Raw>], layout: &Layout, timed_rows: bool) -> Vec<Line> {
    let mut stacks: Vec<Vec<Header>> = vec![Vec::new(); layout.data.len()];
    // Rows of units may stand below the lowest row of names.
    let lowest = layout.headers.iter().copied().rfind(|&row| names_columns(&raw[row], layout));
    for (level, &row) in layout.headers.iter().enumerate() {
        let present: Vec<bool> = layout.data.iter().map(|column| header_cell(table, row, *column).is_some()).collect();
        let lower = lower_texts(table, raw, layout, level);
        let last = Some(row) == lowest;
        let mut sources = spread(&present, &lower, last);
        keep_changes_apart(table, row, layout, &lower, &mut sources);
        for (index, source) in sources.into_iter().enumerate() {
            let Some(source) = source else { continue };
            // `53 weeks` below `F31` says how long the year is, not what the column is about.
            let spans = layout::is_span(&raw[row][layout.data[source].at]);
            let length = |cell: &&Cell| spans && !dates::is_band(cell.flow.text());
            if let Some(cell) = header_cell(table, row, layout.data[source]).filter(|cell| !length(cell)) {
                let mut said = units::stated(cell.flow.text(), Site::Label);
                // Under a name it is the name's unit.
                let first = stacks[index].is_empty() && units::is_cross(cell.flow.text());
                if first && !are_ratios(layout.body.iter().map(|&row| &raw[row][layout.data[index].at])) {
                    said.unit = None;
                }
                stacks[index].push(Header { flow: &cell.flow, strong: cell.strong, said, own: source == index });
            }
        }
    }
    let corners = if timed_rows { Vec::new() } else { corners(table, layout) };
    let mut columns: Vec<Line> = stacks.iter().map(|stack| column(stack, &corners)).collect();
    close_with_year(&mut columns);
    close_with_span(&mut columns);
    follow_on(&mut columns);
    close_with_group(&mut columns);
    vary_over_time(&mut columns);
    settle::limits(&mut columns);
    settle::projects(&mut columns);
    settle::amounts_beside_percentages(&mut columns);
    settle::differences_in_kind(&mut columns);
    columns
}

/// `2019 | 2018 | Variance`: where no column is of a plan and the others are of several periods, a variance is a change over time.
fn vary_over_time(columns: &mut [Line]) {
    let planned = columns.iter().any(Line::is_plan);
    let levels = || columns.iter().filter(|column| column.kind == LineKind::Level).map(|column| &column.period);
    let first = levels().next();
    let several = levels().all(Option::is_some) && levels().any(|period| Some(period) != first);
    if planned || !several {
        return;
    }
    for column in columns.iter_mut().filter(|column| column.kind == LineKind::Variance) {
        let percent = matches!(column.unit, Some(Unit::Percent));
        column.kind = if percent { LineKind::Growth } else { LineKind::Change };
    }
}

/// `H1 | H2 | FY31`, `Q1 | Q2 | Q3 | Q4 | 2031`: parts before a year are its parts.
fn close_with_year(columns: &mut [Line]) {
    let mut year: Option<(i16, Vec<Flow>)> = None;
    for column in columns.iter_mut().rev() {
        column.period = match (column.period.take(), &year) {
            (Some(Expression::Fixed(Fixed::Year { year: found, fiscal })), _) => {
                year = Some((found, column.groups.clone()));
                Some(Expression::Fixed(Fixed::Year { year: found, fiscal }))
            }
            (Some(Expression::Quarter(quarter)), Some((year, groups))) if *groups == column.groups => {
                Some(Expression::Fixed(Fixed::Quarter(*year, quarter)))
            }
            (Some(Expression::Half(half)), Some((year, groups))) if *groups == column.groups => {
                Some(Expression::Fixed(Fixed::Half(*year, half)))
            }
            (other, _) => other,
        };
    }
}

/// `April | May | June | Quarter`: what closes its months is all of them.
fn close_with_span(columns: &mut [Line]) {
    let is_month =
        |line: &Line| matches!(line.period, Some(Expression::Month(_) | Expression::Fixed(Fixed::Month(..))));
    for at in 1..columns.len() {
        let label = columns[at].label.text().trim().to_lowercase();
        let months = match label.as_str() {
            "quarter" => 3,
            "half" | "half year" | "half-year" => 6,
            "year" => 12,
            _ => continue,
        };
        let open = columns[at].period.is_none() && columns[at].kind.is_plain();
        let Some(first) = at.checked_sub(months).filter(|_| open) else { continue };
        if columns[first..at].iter().all(is_month)
            && let (Some(from), Some(to)) = (columns[first].period.clone(), columns[at - 1].period.clone())
        {
            columns[at].period = Some(Expression::Range(Box::new(from), Box::new(to)));
        }
    }
}

/// `Q4 FY25 | Q1 | Q2 | Mix Q2`: a quarter without a year is the one after the column before it, else the one that another column
/// names in full.
fn follow_on(columns: &mut [Line]) {
    let next = |(year, quarter): (i16, i8)| if quarter == 4 { (year + 1, 1) } else { (year, quarter + 1) };
    let mut last: Option<(i16, i8)> = None;
    let mut told: Vec<(i16, i8)> = Vec::new();
    for column in columns.iter_mut().filter(|column| column.kind.is_plain()) {
        if let (Some(Expression::Quarter(quarter)), Some(before)) = (&column.period, last)
            && next(before).1 == *quarter
        {
            column.period = Some(Expression::Fixed(Fixed::Quarter(next(before).0, next(before).1)));
        }
        last = match &column.period {
            Some(Expression::Fixed(Fixed::Quarter(year, quarter))) => Some((*year, *quarter)),
            _ => None,
        };
        told.extend(last);
    }
    for column in columns.iter_mut() {
        if let Some(Expression::Quarter(quarter)) = column.period {
            let mut same = told.iter().filter(|(_, other)| *other == quarter);
            if let (Some((year, _)), None) = (same.next(), same.next()) {
                column.period = Some(Expression::Fixed(Fixed::Quarter(*year, quarter)));
            }
        }
    }
}

/// `UK | Ireland | Group`: the last column is the total of the others.
fn close_with_group(columns: &mut [Line]) {
    let named = columns.iter().filter(|column| column.kind == LineKind::Level && !column.name.is_empty()).count();
    if named == columns.len() && named >= 3 && columns.last().is_some_and(|last| kind::is_whole(&last.name)) {
        columns[named - 1].kind = LineKind::Total;
    }
}

/// The texts over the label column.
pub(super) fn corners<'a>(table: &'a Table, layout: &Layout) -> Vec<&'a str> {
    let columns = layout.label.into_iter().chain(layout.outer.iter().copied());
    let cells =
        columns.flat_map(|column| layout.headers.iter().filter_map(move |&row| table.rows[row].cells.get(column)));
    cells.map(|cell| cell.flow.text().trim()).filter(|text| !text.is_empty()).collect()
}

/// The header cell of a data column, or the one over its column of signs.
fn header_cell(table: &Table, row: usize, column: DataColumn) -> Option<&Cell> {
    let cells = &table.rows[row].cells;
    let at = |index: usize| cells.get(index).filter(|cell| !cell.flow.is_blank());
    at(column.at).or_else(|| column.sign.and_then(at)).or_else(|| column.tail.and_then(at))
}

/// The texts of the next header row below that holds more than units.
fn lower_texts<'a>(table: &'a Table, raw: &[Vec<Raw>], layout: &Layout, level: usize) -> Vec<&'a str> {
    let below = layout.headers[level + 1..].iter().copied().find(|&row| names_columns(&raw[row], layout));
    let text = |column: &DataColumn| {
        below.and_then(|row| header_cell(table, row, *column)).map_or("", |cell| cell.flow.text().trim())
    };
    layout.data.iter().map(text).collect()
}

/// Whether a header row holds more than units over the data.
fn names_columns(row: &[Raw], layout: &Layout) -> bool {
    layout.data.iter().any(|column| matches!(row[column.at], Raw::Period | Raw::Text | Raw::Number(..)))
}

/// For each column, the column whose header cell holds for it.
fn spread(present: &[bool], lower: &[&str], last: bool) -> Vec<Option<usize>> {
    let at: Vec<usize> = (0..present.len()).filter(|&column| present[column]).collect();
    let own = |column: usize| present[column].then_some(column);
    let (Some(&first), Some(&end)) = (at.first(), at.last()) else { return vec![None; present.len()] };
    let contiguous = end - first + 1 == at.len() && end + 1 == present.len();
    if contiguous && (at.len() > 1 || last) {
        return (0..present.len()).map(own).collect();
    }
    if let ([only], false) = (at.as_slice(), last) {
        // A first line that its own column's second line ends (`Balance at beginning of` / `period`) is nobody else's.
        let broken = !lower[*only].is_empty() && lower[*only].starts_with(char::is_lowercase);
        return (0..present.len()).map(|column| if broken { own(column) } else { Some(*only) }).collect();
    }
    let mut found = vec![None; present.len()];
    let mut start = if first == 0 || last { first } else { 0 };
    for (index, &label) in at.iter().enumerate() {
        let next = at.get(index + 1).copied();
        let stop = match next {
            None => present.len(),
            Some(next) if first == 0 || last => next,
            Some(next) => border(start, label, next, lower),
        };
        // No label is over one period twice: `| 2019 | 2019 | 2018 |` under a label over the second.
        let twice = |column: &usize| !lower[*column].is_empty() && lower[label..stop].contains(&lower[*column]);
        let from = (start..label).rev().find(twice).map_or(start, |column| column + 1);
        found[from..stop].fill(Some(label));
        start = stop;
    }
    found
}

/// `Change` or `% of revenue` over a mixed row of headers is not about the columns that are plain periods, unless it is over nothing else.
fn keep_changes_apart(table: &Table, row: usize, layout: &Layout, lower: &[&str], sources: &mut [Option<usize>]) {
    let changes = |source: usize| {
        header_cell(table, row, layout.data[source]).is_some_and(|cell| {
            let kind = kind::kind(cell.flow.text(), Axis::Column, false, 0);
            matches!(kind, LineKind::Change | LineKind::Growth | LineKind::Variance)
        })
    };
    for start in 0..sources.len() {
        let Some(source) = sources[start].filter(|source| *source == start && changes(*source)) else { continue };
        let over: Vec<usize> = (0..sources.len()).filter(|&column| sources[column] == Some(source)).collect();
        let plain = |column: &&usize| dates::is_period(lower[**column]);
        let count = over.iter().filter(plain).count();
        if count > 0 && count < over.len() {
            over.iter().filter(plain).for_each(|&column| sources[column] = None);
        }
    }
}

/// Where the span of a centred label ends, given where it starts, where it stands and where the next one stands.
fn border(start: usize, label: usize, next: usize, lower: &[&str]) -> usize {
    let middle = (2 * label + 1).saturating_sub(start).clamp(label + 1, next);
    let changes = |at: &usize| {
        let (left, right) = (lower[at - 1], lower[*at]);
        !right.is_empty() && (dates::is_period(left) != dates::is_period(right) || right == lower[start])
    };
    (label + 1..=next).filter(changes).min_by_key(|at| at.abs_diff(middle)).unwrap_or(middle)
}

/// One column from its stack of header cells, outermost first.
fn column(stack: &[Header], corners: &[&str]) -> Line {
    // `% of revenue` below a year is no mere unit.
    let shares = |header: &Header| kind::kind(header.flow.text(), Axis::Column, true, 0) == LineKind::Share;
    let named: Vec<&Header> = stack.iter().filter(|header| !header.said.whole || shares(header)).collect();
    let Some(label) = named.last().copied().or(stack.last()) else {
        // `| FY26, $M | |`: the corner alone heads the one column of numbers.
        let mut line = Line::default();
        place_in_time(&mut line, corners);
        return line;
    };
    let mut groups: Vec<&Header> =
        named.iter().copied().filter(|header| !std::ptr::eq(header.flow, label.flow)).collect();
    groups.dedup_by_key(|header| std::ptr::from_ref(header.flow));
    let mut line = Line { label: label.flow.clone(), strong: label.strong, ..Line::default() };
    line.groups = groups.iter().map(|header| header.flow.clone()).collect();
    let text = label.flow.text();
    let snake = units::snake_case(text);
    for said in snake.iter().map(|(_, said)| said).chain(stack.iter().rev().map(|header| &header.said)) {
        // A scale without a unit belongs to whatever unit stands nearer or farther; a unit settles itself.
        if line.unit.is_none() {
            line.unit = said.unit.clone();
        }
        if line.scale.is_none() && matches!(line.unit, None | Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_)))
        {
            line.scale = said.scale;
        }
    }
    let texts: Vec<&str> = corners.iter().copied().chain(groups.iter().map(|header| header.flow.text())).collect();
    place_in_time(&mut line, &texts);
    line.base =
        dates::compared(text).or_else(|| groups.iter().rev().find_map(|group| dates::compared(group.flow.text())));
    let periods = dates::ranges(text);
    line.name = match &snake {
        Some((name, _)) => name.clone(),
        None => words::name(text, &label.said, &periods, Axis::Column),
    };
    let own: Vec<&str> = named.iter().filter(|header| header.own).map(|header| header.flow.text()).collect();
    line.kind = column_kind(&line, &own, &groups, periods.len());
    line
}

fn column_kind(line: &Line, own: &[&str], groups: &[&Header], periods: usize) -> LineKind {
    let percent = matches!(line.unit, Some(Unit::Percent));
    let mut kinds = vec![kind::kind(line.label.text(), Axis::Column, percent, periods)];
    kinds.push(kind::kind(&own.join(" "), Axis::Column, percent, periods));
    for group in groups.iter().rev() {
        kinds.push(kind::kind(group.flow.text(), Axis::Column, percent, dates::ranges(group.flow.text()).len()));
    }
    let found = kinds.into_iter().find(|kind| *kind != LineKind::Level).unwrap_or_default();
    // `Variance` under `2019 vs 2018` is a change over time.
    let over_time = groups.iter().any(|group| dates::ranges(group.flow.text()).len() > 1);
    match found {
        LineKind::Variance if over_time && percent => LineKind::Growth,
        LineKind::Variance if over_time => LineKind::Change,
        found => found,
    }
}

/// Gives a line its period and scenario from its label and what encloses it, outermost first.
pub(super) fn place_in_time(line: &mut Line, groups: &[&str]) {
    let text = line.label.text();
    let (period, suffix) = dates::of_line(text, groups);
    line.period = period;
    let named = |text: &str| crate::scenario::scan_label(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    let mut found = named(text);
    if found.is_empty() {
        found = groups.iter().rev().map(|group| named(group)).find(|names| !names.is_empty()).unwrap_or_default();
    }
    // `Actual vs budget` is about the budget.
    let other = found.iter().copied().find(|name| *name != crate::scenario::ACTUAL);
    line.scenario = suffix.or(other).or(found.first().copied());
    if line.period.is_none() && !found.is_empty() {
        line.period = dates::of_kind(text);
    }
}
