//! What each row of a table stands for: its label, the sections and less indented rows around it.
//!
//! Enters: body rows in order. Leaves: one [`Line`] each.
//! Invariant: one pass; the stack of enclosing rows never holds two of the same depth, save sections that follow one another.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cell::{Raw, are_ratios};
use super::dates;
use super::kind;
use super::layout::Layout;
use super::lines;
use super::units::{self, Site};
use super::words::{self, Axis};
use super::{Line, LineKind};
use crate::document::{Cell, Flow, Table};
use crate::period::{Expression, Fixed};
use crate::quantity::Unit;

/// A row that encloses those below it.
struct Enclosing {
    flow: Flow,
    indent: u8,
    section: bool,
}

/// The lines of all body rows, in the order of [`Layout::body`].
pub(super) fn rows(table: &Table, raw: &[Vec<Raw>], layout: &Layout) -> Vec<Line> {
    let mut stack: Vec<Enclosing> = Vec::new();
    let mut outer: Vec<Option<Flow>> = vec![None; layout.outer.len()];
    let mut found: Vec<Line> = Vec::with_capacity(layout.body.len());
    let corners = lines::corners(table, layout);
    for &row in &layout.body {
        let cells = &table.rows[row].cells;
        let section = is_section(&raw[row], layout);
        for (group, &column) in outer.iter_mut().zip(&layout.outer) {
            if let Some(cell) = cells.get(column).filter(|cell| !cell.flow.is_blank()) {
                *group = Some(cell.flow.clone());
            }
        }
        let label = label_cell(cells, &raw[row], layout);
        let indent = label.map_or(0, |cell| cell.indent);
        enclose(&mut stack, indent, section, found.last());
        let mut line = Line { indent, strong: label.is_some_and(|cell| cell.strong), ..Line::default() };
        line.label = label.map(|cell| cell.flow.clone()).unwrap_or_default();
        line.groups =
            outer.iter().flatten().cloned().chain(stack.iter().map(|enclosing| enclosing.flow.clone())).collect();
        let unit = layout.unit.and_then(|column| cells.get(column)).map(|cell| cell.flow.text()).unwrap_or_default();
        describe(&mut line, unit, section);
        if units::is_cross(line.label.text()) && !are_ratios(&raw[row]) {
            line.unit = None;
        }
        if let Some(period) = corners.iter().find_map(|corner| dates::led(corner, line.label.text())) {
            line.period = Some(period);
        }
        if !line.label.is_blank() {
            stack.push(Enclosing { flow: line.label.clone(), indent, section });
        }
        found.push(line);
    }
    close_with_whole(&mut found);
    found
}

/// `Current year` down the side of a table with dated columns is a name (of a kind of tax), not a time.
pub(super) fn settle_relative(rows: &mut [Line], columns: &[Line]) {
    if !columns.iter().any(|column| matches!(column.period, Some(Expression::Fixed(_)))) {
        return;
    }
    for row in rows.iter_mut().filter(|row| matches!(row.period, Some(Expression::Relative(_)))) {
        row.period = None;
        row.name = words::name(row.label.text(), &units::stated(row.label.text(), Site::Label), &[], Axis::Row);
    }
}

/// `At 1 January` and `At 31 December` under columns of years open and close each of these.
pub(super) fn settle_edges(rows: &mut [Line], columns: &[Line]) {
    let day = |line: &Line| match line.period {
        Some(Expression::MonthDay(month, day)) if line.name.trim().is_empty() => Date::new(2023, month, day).ok(),
        _ => None,
    };
    let dated = columns.iter().filter(|column| !column.kind.is_movement()).all(|column| column.period.is_some());
    let days: Vec<(usize, Date)> = rows.iter().enumerate().filter_map(|(at, row)| Some((at, day(row)?))).collect();
    let [(first, opens), (last, closes)] = days.as_slice() else { return };
    let next = closes.tomorrow().ok().map(|day| (day.month(), day.day()));
    if dated && next == Some((opens.month(), opens.day())) {
        for (at, kind) in [(*first, LineKind::Opening), (*last, LineKind::Closing)] {
            (rows[at].kind, rows[at].period) = (kind, None);
        }
    }
}

/// `Balance at 1 April 2025` and `Balance at 30 June 2025`: what stands on the first of a month opens what comes between, and what stands
/// on the last of one closes it.
pub(super) fn settle_balances(rows: &mut [Line]) {
    let balance = |line: &Line| {
        let plain = line.kind == LineKind::Level && (line.name.is_empty() || line.name.eq_ignore_ascii_case("balance"));
        match line.period {
            Some(Expression::Fixed(Fixed::Day(date))) if plain => Some(date),
            _ => None,
        }
    };
    let dates: Vec<(usize, Date)> = rows.iter().enumerate().filter_map(|(at, row)| Some((at, balance(row)?))).collect();
    let [(first, opens), (last, closes)] = dates.as_slice() else { return };
    if opens.day() == 1 && *closes == closes.last_of_month() && opens < closes && *last > first + 1 {
        rows[*first].kind = LineKind::Opening;
        rows[*last].kind = LineKind::Closing;
    }
}

/// `Usage revenue, $000` over `of which on-demand`: a part is in what its whole is in, where it says nothing itself.
pub(super) fn settle_parts(rows: &mut [Line]) {
    let mut whole: Option<(Option<Unit>, Option<Decimal>)> = None;
    for row in rows {
        match (row.kind, &whole) {
            (LineKind::OfWhich, Some((unit, scale))) if row.unit.is_none() && row.scale.is_none() && !is_memo(row) => {
                (row.unit, row.scale) = (unit.clone(), *scale);
            }
            (LineKind::OfWhich, _) => {}
            _ => whole = Some((row.unit.clone(), row.scale)),
        }
    }
}

/// `Total capital plan` below rows and columns of which none says whether it is planned: a total is of the scenario of its parts, and the
/// word is one of its name.
pub(super) fn settle_totals(rows: &mut [Line], columns: &[Line]) {
    let silent = |line: &Line| line.scenario.is_none();
    let level = |line: &&Line| line.kind == LineKind::Level;
    let parts = rows.iter().filter(level).count();
    if parts < 2 || !columns.iter().all(silent) || !rows.iter().filter(level).all(silent) {
        return;
    }
    let named = |line: &&mut Line| !crate::scenario::scan_label(line.label.text()).is_empty();
    for total in rows.iter_mut().filter(|line| line.kind == LineKind::Total).filter(named) {
        total.scenario = None;
    }
}

/// `Memo: restructuring costs`: said beside the row above, and no part of it.
pub(super) fn is_memo(row: &Line) -> bool {
    row.label.text().trim_start().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("memo"))
}

/// Drops from the stack what does not enclose a row of this depth.
fn enclose(stack: &mut Vec<Enclosing>, indent: u8, section: bool, before: Option<&Line>) {
    let after_section = before.is_some_and(|line| line.kind == LineKind::Section);
    let after_total = before.is_some_and(|line| line.kind == LineKind::Total && line.indent <= indent);
    stack.retain(|enclosing| {
        if enclosing.indent < indent {
            return true;
        }
        // Sections hold for rows of their own depth until the next section or the total that ends them.
        enclosing.section && enclosing.indent == indent && !after_total && (!section || after_section)
    });
}

/// The cell that names a row: its label, or the last words before the first number where the label is blank.
fn label_cell<'a>(cells: &'a [Cell], raw: &[Raw], layout: &Layout) -> Option<&'a Cell> {
    let labelled = layout.label.and_then(|column| cells.get(column)).filter(|cell| !cell.flow.is_blank());
    labelled.or_else(|| {
        let numbers = raw.iter().position(|cell| matches!(cell, Raw::Number(..))).unwrap_or(raw.len());
        cells[..numbers.min(cells.len())].iter().rev().find(|cell| !cell.flow.is_blank())
    })
}

/// Whether a row only names a section: one text, no value of any kind.
fn is_section(raw: &[Raw], layout: &Layout) -> bool {
    let values =
        layout.data.iter().any(|column| matches!(raw[column.at], Raw::Number(..) | Raw::Dash | Raw::NotAvailable));
    !values && raw.iter().filter(|cell| **cell != Raw::Blank).count() == 1
}

fn describe(line: &mut Line, unit_cell: &str, section: bool) {
    let text = line.label.text().to_owned();
    let snake = units::snake_case(&text);
    let own = units::stated(&text, Site::Label);
    let column = units::stated(unit_cell, Site::Label);
    let (name_key, said) = match snake {
        Some((name, said)) => (Some(name), said),
        None => (None, own.clone()),
    };
    line.unit = said.unit.or(column.unit);
    line.scale = said.scale.or(column.scale);
    let groups: Vec<Flow> = line.groups.clone();
    let texts: Vec<&str> = groups.iter().map(Flow::text).collect();
    lines::place_in_time(line, &texts);
    let periods = dates::ranges(&text);
    line.name = name_key.unwrap_or_else(|| words::name(&text, &own, &periods, Axis::Row));
    let percent = matches!(line.unit, Some(crate::quantity::Unit::Percent));
    line.kind = kind::kind(&text, Axis::Row, percent, periods.len());
    let of_which = texts.last().is_some_and(|group| kind::kind(group, Axis::Row, false, 0) == LineKind::OfWhich);
    if section {
        line.kind = LineKind::Section;
    } else if of_which && line.kind == LineKind::Level {
        line.kind = LineKind::OfWhich;
    }
}

/// `Group` or `Company` as the last row of a table of parts is their total.
fn close_with_whole(lines: &mut [Line]) {
    let Some(last) = lines.iter().rposition(|line| line.kind != LineKind::OfWhich) else { return };
    if last >= 2 && lines[last].kind == LineKind::Level && kind::is_whole(&lines[last].name) {
        lines[last].kind = LineKind::Total;
    }
}
