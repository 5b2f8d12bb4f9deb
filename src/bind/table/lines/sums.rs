//! Rows that the row below or above them is the sum of, and that only say of which part.
//!
//! Enters: the names of a table's rows and their numbers. Leaves: which rows are parts, and of which row.
//! Invariant: rows are only parts where their numbers come to that row's in some column, to the digit as written.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::bind::table::Subject;
use crate::bind::table::name::{is_general, is_rest, is_whole, known};
use crate::bind::table::split::is_made_up;
use crate::grid::{Grid, LineKind};
use crate::quantity::Unit;
use crate::vocabulary::{MetricId, Name, is_measure, names_a_measure};
use crate::words::stems;

use super::Layouter;

/// A row that is a part of another.
struct Part {
    /// The row that it is a part of.
    whole: usize,
    /// Which part.
    segment: String,
}

impl Layouter<'_> {
    /// The rows that are parts of another, by index.
    pub(super) fn summed(&mut self, names: &[String]) -> BTreeMap<usize, Subject> {
        let mut parts = self.behind_commas(names);
        parts.extend(self.above_their_total(names));
        if parts.is_empty() {
            parts = self.closed_by_a_measure(names);
        }
        if parts.is_empty() {
            parts = self.opened_by_a_measure(names);
        }
        let mut subjects = BTreeMap::new();
        for (at, Part { whole, segment }) in parts {
            let Subject::Metric(id) = self.metric(&names[whole]) else { continue };
            self.vocabulary.add_segment(&segment);
            subjects.insert(at, Subject::Part(id, segment));
        }
        subjects
    }

    /// `General needs, homes` and `Supported housing, homes` over `Homes`: what stands behind the comma is a row of its own.
    fn behind_commas(&self, names: &[String]) -> BTreeMap<usize, Part> {
        let rows: BTreeMap<Vec<String>, usize> =
            names.iter().enumerate().filter(|(at, _)| self.is_plain(*at)).map(|(at, name)| (stems(name), at)).collect();
        let mut parts: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate().filter(|(at, _)| self.is_plain(*at)) {
            let Some((head, rest)) = name.rsplit_once(", ") else { continue };
            let whole = rows.get(&stems(rest)).filter(|whole| **whole != at && !is_general(rest));
            if let Some(whole) = whole.filter(|_| !stems(head).is_empty()) {
                parts.entry(*whole).or_default().push((at, head.trim().to_owned()));
            }
        }
        parts.retain(|whole, parts| {
            let rows: Vec<usize> = parts.iter().map(|(at, _)| *at).collect();
            rows.len() > 1 && come_to(self.grid, &rows, *whole)
        });
        let of = |(whole, parts): (usize, Vec<(usize, String)>)| {
            parts.into_iter().map(move |(at, segment)| (at, Part { whole, segment }))
        };
        parts.into_iter().flat_map(of).collect()
    }

    /// `City hotels` and `Resorts` over `Revenue`, where other tables name these as parts of something.
    fn above_their_total(&self, names: &[String]) -> BTreeMap<usize, Part> {
        let segment = |at: usize| match known(self.vocabulary, &names[at]) {
            Some(Name::Segment(segment)) if self.is_plain(at) => Some(segment),
            _ => None,
        };
        let mut parts = BTreeMap::new();
        let mut run: Vec<(usize, String)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if let Some(segment) = segment(at) {
                run.push((at, segment));
                continue;
            }
            let of_something = self.is_plain(at) && !is_whole(name) && !is_general(name);
            let measured = of_something && (is_measure(name) || self.known_metric(name).is_some());
            let rows: Vec<usize> = run.iter().map(|(at, _)| *at).collect();
            if measured && rows.len() > 1 && come_to(self.grid, &rows, at) {
                parts.extend(run.drain(..).map(|(part, segment)| (part, Part { whole: at, segment })));
            }
            run.clear();
        }
        parts
    }

    /// `Private` and `Affordable` over `Completions`: a table of nothing else, whose last row alone says what is measured. What a
    /// statement adds up to a total is a line of its own, and so is what is spent.
    fn closed_by_a_measure(&self, names: &[String]) -> BTreeMap<usize, Part> {
        let Some((name, rows)) = names.split_last().filter(|(_, rows)| rows.len() > 1) else { return BTreeMap::new() };
        let whole = rows.len();
        let own = stems(name);
        let item = is_made_up(&own) || own.iter().any(|stem| matches!(stem.as_str(), "total" | "net"));
        let all: Vec<usize> = (0..whole).collect();
        let marked = self.grid.rows[whole].kind == LineKind::Total || self.grid.rows[whole].strong;
        let closes = || marked || is_measure(name) && columns_that_tie(self.grid, &all, whole) == (true, true);
        if item || is_whole(name) || is_general(name) || goes_on_from(&rows[0], name) || !closes() {
            return BTreeMap::new();
        }
        let part = |(at, name): (usize, &String)| {
            let own = self.grid.rows[at].kind == LineKind::Level && !self.grid.rows[at].strong;
            let other = is_general(name) && !is_rest(name);
            own && !other && !names_a_measure(name) && self.known_metric(name).is_none() && !name.trim().is_empty()
        };
        if !rows.iter().enumerate().all(part) || !come_to(self.grid, &all, whole) {
            return BTreeMap::new();
        }
        rows.iter().enumerate().map(|(at, name)| (at, Part { whole, segment: name.clone() })).collect()
    }

    /// `Total headcount` over `Delivery`, `Sales` and `Support`: a table of nothing else, whose first row says what is measured and what
    /// the others come to. In one column alone numbers may do so by chance.
    fn opened_by_a_measure(&self, names: &[String]) -> BTreeMap<usize, Part> {
        let Some((name, rows)) = names.split_first().filter(|(_, rows)| rows.len() > 1) else { return BTreeMap::new() };
        let first = &self.grid.rows[0];
        let marked = (first.kind == LineKind::Total || first.strong) && self.is_plain(0);
        let measured = marked && is_measure(name) && !is_whole(name) && !is_general(name) && !is_made_up(&stems(name));
        let part = |(at, name): (usize, &String)| {
            let own = self.grid.rows[at + 1].kind == LineKind::Level && !self.grid.rows[at + 1].strong;
            own && self.known_metric(name).is_none() && !name.trim().is_empty()
        };
        // `Sales` is a function of a headcount.
        let measured = measured && rows.iter().filter(|name| is_measure(name)).count() * 3 <= rows.len();
        let all: Vec<usize> = (1..names.len()).collect();
        if !measured || !rows.iter().enumerate().all(part) || columns_that_tie(self.grid, &all, 0) != (true, true) {
            return BTreeMap::new();
        }
        rows.iter().enumerate().map(|(at, name)| (at + 1, Part { whole: 0, segment: name.clone() })).collect()
    }

    /// The measure that closes rows of parts, whatever stands over them: `Revenue` below what it adds up, under "Income".
    pub(super) fn closing_measure(&mut self, names: &[String]) -> Option<(MetricId, &'static str)> {
        let (name, rows) = names.split_last().filter(|(_, rows)| rows.len() > 1)?;
        let all: Vec<usize> = (0..rows.len()).collect();
        let other = is_whole(name) || is_general(name) || !is_measure(name) || goes_on_from(&rows[0], name);
        if other || self.known_metrics(rows) > 0 || !come_to(self.grid, &all, rows.len()) {
            return None;
        }
        match self.metric(name) {
            Subject::Metric(id) => Some((id, "the table's total")),
            _ => None,
        }
    }

    fn is_plain(&self, at: usize) -> bool {
        self.grid.rows[at].kind.is_plain()
    }
}

/// `Members at start` over `Members at end`: what the last row ends with is what the first begins with.
fn goes_on_from(first: &str, last: &str) -> bool {
    const ENDS: &[&str] = &["start", "opening", "beginning", "brought"];
    let (first, last) = (stems(first), stems(last));
    first.iter().any(|stem| ENDS.contains(&stem.as_str())) || first.len() > 1 && first.first() == last.first()
}

/// Whether rows add up to another in some column, as far as their digits say.
pub(in crate::bind::table) fn come_to(grid: &Grid, parts: &[usize], whole: usize) -> bool {
    columns_that_tie(grid, parts, whole).0
}

/// Whether rows add up to another in some column, and whether they do so in all columns of figures, of which there are several.
pub(super) fn columns_that_tie(grid: &Grid, parts: &[usize], whole: usize) -> (bool, bool) {
    let number = |at: usize, column: usize| {
        let quantity = grid.cells.get(at)?.get(column)?.quantity.as_ref()?;
        Some((quantity.value?, quantity.resolution, &quantity.unit))
    };
    let ties = |column: usize| {
        let (value, resolution, unit) = number(whole, column)?;
        let mut sum = Decimal::ZERO;
        let mut slack = resolution;
        for &part in parts {
            let (value, resolution, _) = number(part, column).filter(|(_, _, own)| own.comparable(unit))?;
            sum = sum.checked_add(value)?;
            slack = slack.checked_add(resolution)?;
        }
        let apart = sum.checked_sub(value)?.abs().checked_mul(Decimal::TWO)?;
        Some(!value.is_zero() && apart <= slack)
    };
    // The rates beside what adds up do not: `Waiting | Seen in time | % in time`.
    let rate = |column: usize| number(whole, column).is_some_and(|(_, _, unit)| *unit == Unit::Percent);
    let level = |column: &usize| !grid.columns[*column].kind.is_movement();
    let found = (0..grid.columns.len()).filter(level).map(|column| (column, ties(column)));
    let found: Vec<_> =
        found.filter(|(column, ties)| *ties == Some(true) || !rate(*column)).map(|(_, ties)| ties).collect();
    let some = found.contains(&Some(true));
    (some, found.len() > 1 && found.iter().all(|ties| *ties == Some(true)))
}
