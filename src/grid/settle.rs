//! Kinds of lines that only the numbers show, or the lines beside.
//!
//! Enters: lines with their cells. Leaves: their kinds, settled.
//! Invariant: a label that says what its numbers are keeps its meaning, but for what those numbers rule out.

use rust_decimal::Decimal;

use super::{CellContent, GridCell, Line, LineKind};
use crate::quantity::Unit;

/// Kinds that only the cells show: a column without numbers is nobody's, a percentage change is growth.
pub(super) fn kinds(rows: &mut [Line], columns: &mut [Line], cells: &[Vec<GridCell>]) {
    let percent = |cell: &&GridCell| cell.quantity.as_ref().is_some_and(|quantity| quantity.unit == Unit::Percent);
    for (at, column) in columns.iter_mut().enumerate() {
        let numbers = || cells.iter().filter_map(|row| row.get(at)).filter(|cell| cell.quantity.is_some());
        let filled = cells.iter().filter_map(|row| row.get(at)).any(|cell| cell.content != CellContent::Empty);
        if filled && numbers().next().is_none() && !cells.iter().any(|row| row[at].content == CellContent::Dash) {
            column.kind = LineKind::Other;
        } else if column.kind == LineKind::Change && numbers().next().is_some() && numbers().all(|cell| percent(&cell))
        {
            column.kind = LineKind::Growth;
        }
    }
    for (at, column) in columns.iter_mut().enumerate() {
        let mut numbers = cells.iter().filter_map(|row| row.get(at)?.quantity.as_ref()).peekable();
        if (is_weight(column) || is_part_of(column))
            && numbers.peek().is_some()
            && numbers.all(|number| number.unit == Unit::Percent)
        {
            column.kind = LineKind::Share;
        }
    }
    for at in 0..columns.len() {
        if is_percent_sign(&columns[at])
            && let Some(kind) = beside(rows, columns, cells, at)
        {
            columns[at].kind = kind;
        }
    }
    for (row, cells) in rows.iter_mut().zip(cells) {
        // `Revenue growth | +4.6` in millions is what growth brought.
        let numbers = || cells.iter().filter(|cell| cell.quantity.is_some());
        let money = |cell: &GridCell| matches!(cell.quantity.as_ref().map(|q| &q.unit), Some(Unit::Currency(_)));
        if row.kind == LineKind::Growth && numbers().next().is_some() && numbers().all(money) {
            row.kind = LineKind::Level;
        }
        let numbers = cells.iter().filter(|cell| cell.quantity.is_some()).count();
        let said = |content| cells.iter().any(|cell| cell.content == content);
        if numbers == 0 && row.kind == LineKind::Level && said(CellContent::Text) && !said(CellContent::Dash) {
            row.kind = LineKind::Other;
        }
    }
}

/// `Of total`, `Of stage before`: which part of a whole each number is.
fn is_part_of(column: &Line) -> bool {
    let words = super::words::lower_words(column.label.text());
    column.kind == LineKind::Level && words.len() > 1 && words.first().is_some_and(|first| first == "of")
}

/// `Weight`, `Weighting FY25`: parts of a whole, where the numbers are percentages.
fn is_weight(column: &Line) -> bool {
    let words = super::words::lower_words(&column.name);
    column.kind == LineKind::Level
        && matches!(words.as_slice(), [only] if matches!(only.as_str(), "weight" | "weighting" | "proportion" | "allocation"))
}

/// A column headed by nothing but `%`.
fn is_percent_sign(column: &Line) -> bool {
    column.kind == LineKind::Level && column.label.text().trim() == "%"
}

/// What a column of `%` is of the columns before it: the parts of a whole, where its numbers make one, else how far the two
/// columns before are apart.
fn beside(rows: &[Line], columns: &[Line], cells: &[Vec<GridCell>], at: usize) -> Option<LineKind> {
    let before = at.checked_sub(1).map(|before| columns[before].kind)?;
    match before {
        LineKind::Variance => return Some(LineKind::Variance),
        LineKind::Change => return Some(LineKind::Growth),
        LineKind::Level | LineKind::Total => {}
        _ => return None,
    }
    if is_whole(rows, cells, at) {
        return Some(LineKind::Share);
    }
    let mut levels = columns[..at].iter().rev().filter(|line| line.kind == LineKind::Level);
    let (last, first) = (levels.next()?, levels.next()?);
    if first.is_plan() != last.is_plan() {
        return Some(LineKind::Variance);
    }
    let apart = first.period.is_some() && last.period.is_some() && first.period != last.period;
    apart.then_some(LineKind::Growth)
}

/// Whether the numbers of a column are the parts of a hundred: its last total is one, or all of them together are.
fn is_whole(rows: &[Line], cells: &[Vec<GridCell>], at: usize) -> bool {
    let near = |value: Decimal| (Decimal::from(98)..=Decimal::from(102)).contains(&value);
    let of = |row: &[GridCell]| row.get(at)?.quantity.as_ref()?.value;
    let mut total =
        rows.iter().zip(cells).filter(|(row, _)| row.kind == LineKind::Total).filter_map(|(_, row)| of(row));
    match total.next_back() {
        Some(total) => near(total),
        None => {
            let values: Vec<Decimal> = cells.iter().filter_map(|row| of(row)).collect();
            values.len() > 2 && near(values.iter().copied().sum())
        }
    }
}

/// `48.1% | 49.6% | +1.5` under `Points` or `Change`: percentages differ by points, where the number says nothing else and is that
/// difference.
pub(super) fn points(columns: &mut [Line], cells: &mut [Vec<GridCell>]) {
    for at in 2..columns.len() {
        let named = |word: &str| matches!(word, "points" | "pts" | "ppts" | "pp");
        let words = super::words::lower_words(columns[at].label.text());
        let headed = columns[at].kind == LineKind::Level && matches!(words.as_slice(), [only] if named(only));
        if !headed && !matches!(columns[at].kind, LineKind::Change | LineKind::Variance) {
            continue;
        }
        let mut levels = (0..at).rev().filter(|&before| columns[before].kind == LineKind::Level);
        let (Some(last), Some(first)) = (levels.next(), levels.next()) else { continue };
        let differ = |row: &[GridCell]| {
            let percent = |at: usize| row.get(at)?.quantity.as_ref().filter(|quantity| quantity.unit == Unit::Percent);
            let own =
                row.get(at)?.quantity.as_ref().filter(|quantity| matches!(quantity.unit, Unit::Bare | Unit::Points))?;
            let (last, first) = (percent(last)?, percent(first)?);
            let apart = last.value?.checked_sub(first.value?)?.abs();
            let slack = last.resolution.max(first.resolution).max(own.resolution);
            Some((own.value?.abs() - apart).abs() <= slack)
        };
        let told: Vec<(usize, bool)> = (0..cells.len()).filter_map(|row| Some((row, differ(&cells[row])?))).collect();
        let held = told.iter().filter(|(_, holds)| *holds).count();
        let numbers = cells.iter().filter(|row| row.get(at).is_some_and(|cell| cell.quantity.is_some())).count();
        if headed && (held < 2 || told.len() < numbers) {
            continue;
        }
        // Where two rows show what the numbers are, those of the others are the same.
        for (row, _) in told.iter().filter(|(_, holds)| *holds || held > 1) {
            if let Some(quantity) = cells[*row].get_mut(at).and_then(|cell| cell.quantity.as_mut()) {
                quantity.unit = Unit::Points;
            }
        }
        if headed {
            columns[at].kind = LineKind::Change;
            columns[at].name.clear();
        }
    }
}

/// `Actual | Covenant | Headroom`: what is required is no outcome but a target, and the room to it is how far the outcome is from that.
/// `Minimum` and `Maximum` side by side, or beside an average, are statistics.
pub(super) fn limits(columns: &mut [Line]) {
    let named = |line: &Line| super::words::lower_words(&line.name);
    let is = |line: &Line, words: &[&str]| {
        let own = named(line);
        line.kind == LineKind::Level && !own.is_empty() && own.iter().all(|word| words.contains(&word.as_str()))
    };
    const REQUIRED: &[&str] = &["limit", "limits", "covenant", "covenants", "required", "requirement", "threshold"];
    const BESIDE: &[&str] =
        &["level", "test", "ratio", "minimum", "maximum", "min", "max", "policy", "regulatory", "lender"];
    const EDGES: &[&str] = &["minimum", "maximum", "min", "max", "cap", "floor", "ceiling", "trigger"];
    let all = [REQUIRED, BESIDE].concat();
    let required = |line: &Line| is(line, &all) && named(line).iter().any(|word| REQUIRED.contains(&word.as_str()));
    let edges = columns.iter().filter(|line| is(line, EDGES)).count();
    let averaged = columns
        .iter()
        .any(|line| named(line).iter().any(|word| matches!(word.as_str(), "average" | "median" | "mean" | "range")));
    let mut limited = false;
    for line in columns.iter_mut().filter(|line| line.scenario.is_none()) {
        if required(line) || edges == 1 && !averaged && is(line, EDGES) {
            line.scenario = Some("target");
            line.name.clear();
            limited = true;
        }
    }
    for line in columns.iter_mut().filter(|_| limited) {
        if line.kind == LineKind::Level && named(line).iter().any(|word| word == "headroom") {
            line.kind = LineKind::Variance;
        }
    }
}

/// `Approved | Spent to date | Forecast at completion`: what a project is allowed, has cost and will cost are amounts of their own, and
/// the forecast of its end is no scenario of anything else.
pub(super) fn projects(columns: &mut [Line]) {
    let words = |line: &Line| super::words::lower_words(line.label.text());
    let says = |line: &Line, any: &[&str]| words(line).iter().any(|word| any.contains(&word.as_str()));
    let plain = |line: &Line| line.kind == LineKind::Level && line.period.is_none();
    const SPENT: &[&str] = &["spent", "spend", "committed", "incurred"];
    const APPROVED: &[&str] = &["approved", "authorised", "authorized", "sanctioned"];
    let spent = columns.iter().any(|line| plain(line) && line.scenario.is_none() && says(line, SPENT));
    let approved = |line: &Line| plain(line) && says(line, APPROVED);
    let forecast = |line: &Line| plain(line) && line.scenario == Some("forecast");
    if !spent || !columns.iter().any(approved) {
        return;
    }
    for line in columns.iter_mut() {
        if approved(line) || forecast(line) {
            line.scenario = None;
            let said = super::units::stated(line.label.text(), super::units::Site::Label);
            line.name = super::words::name(line.label.text(), &said, &[], super::words::Axis::Row);
        }
        if line.name.eq_ignore_ascii_case("approved") {
            line.name.push_str(" budget");
        }
    }
}

/// `QoQ` beside `QoQ %` is the change as an amount.
pub(super) fn amounts_beside_percentages(columns: &mut [Line]) {
    let spelled = |line: &Line| super::words::lower_words(line.label.text()).into_iter().filter(|word| word != "%");
    let of = |line: &Line| spelled(line).collect::<Vec<_>>();
    let percent = |line: &Line| line.unit == Some(Unit::Percent) || line.label.text().contains('%');
    let amounts: Vec<usize> = (0..columns.len())
        .filter(|&at| columns[at].kind == LineKind::Growth && !percent(&columns[at]))
        .filter(|&at| {
            let own = of(&columns[at]);
            columns.iter().any(|other| percent(other) && other.groups == columns[at].groups && of(other) == own)
        })
        .collect();
    for at in amounts {
        columns[at].kind = LineKind::Change;
    }
}

/// `Revenue FY25 ($k) | Revenue FY24 ($k) | Change`: a difference is in the unit of the columns that it is taken between, where these
/// say one and it says none.
pub(super) fn differences_in_kind(columns: &mut [Line]) {
    for at in 1..columns.len() {
        let own = &columns[at];
        let silent = own.unit.is_none() && own.scale.is_none();
        if !silent || !matches!(own.kind, LineKind::Change | LineKind::Variance) {
            continue;
        }
        let mut levels = columns[..at].iter().rev().filter(|line| line.kind == LineKind::Level).take(2);
        if let (Some(last), Some(first)) = (levels.next(), levels.next())
            && matches!(last.unit, Some(Unit::Currency(_)))
            && (&last.unit, last.scale) == (&first.unit, first.scale)
        {
            let (unit, scale) = (last.unit.clone(), last.scale);
            (columns[at].unit, columns[at].scale) = (unit, scale);
        }
    }
}
