//! Naming the lines of one table: metrics, segments, the whole.
//!
//! Enters: a grid with its headings and the vocabulary so far. Leaves: a [`Layout`]; labels that are new enter the vocabulary.
//! Invariant: a label that two lines of one table share is qualified by its section, so that a key names one cell of a table.

mod closing;
mod parts;
mod rows;
mod sums;
mod titles;
mod walk;

pub(super) use sums::come_to;
use titles::Title;
pub(super) use titles::by_title;
pub(super) use walk::WALKS;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::grid::{Grid, Line, LineKind, is_band};
use crate::quantity::Unit;
use crate::vocabulary::{MetricId, Name, Vocabulary, is_measure, names_a_measure};
use crate::words::stems;

use super::name::{
    bare_name, is_dimension, is_general, is_organised_by, is_part_name, is_whole, known, moved_name, title_name,
};
use super::spelling::{after, variants, without_opposite};
use super::stated::PartValues;
use super::{Layout, Subject};
use crate::bind::context::Contexts;

/// Whether the columns speak of what is measured and the rows of whom: `Adjusted operating profit H1 FY26` over `Aerospace`.
fn measures_across(grid: &Grid, rows: &[String], columns: &[String]) -> bool {
    let measured = |(line, name): &(&Line, &String)| names_a_measure(name) || is_of_a_project(line, name);
    let across = grid.columns.iter().zip(columns).filter(measured).count();
    let named = columns.iter().filter(|name| !is_general(name)).count();
    across > 0 && across * 2 >= named && !names_measures(grid, rows)
}

/// Whether columns measure the same few things at several times: `Bids Q1 | Won Q1 | Bids Q2 | Won Q2`, over rows that measure nothing.
fn measures_in_times(grid: &Grid, rows: &[String], columns: &[String]) -> bool {
    let mut times: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (line, name) in grid.columns.iter().zip(columns) {
        if line.period.is_none() || !line.kind.is_plain() || is_general(name) {
            return false;
        }
        *times.entry(stems(name)).or_default() += 1;
    }
    let closed = grid.rows.last().zip(rows.last()).is_some_and(|(row, name)| is_bare_total(row, name));
    times.len() > 1 && times.values().all(|count| *count > 1) && closed && !rows.iter().any(|name| is_measure(name))
}

/// Whether a column states what a project may cost or will have cost: `Approved budget`, `Forecast at completion`.
fn is_of_a_project(line: &Line, name: &str) -> bool {
    line.scenario.is_none() && !crate::scenario::scan_label(name).is_empty()
}

/// Whether a row is a total of no name of its own: `Total`, `Group`.
fn is_bare_total(row: &Line, name: &str) -> bool {
    row.kind == LineKind::Total && is_whole(name)
}

/// Whether a caption or corner names one measure whose parts a bare total closes: `Net sales, €m` over `Fresh`, `Frozen` and `Total`.
pub(super) fn is_split(grid: &Grid) -> bool {
    let measure = || grid.title.as_ref().is_some_and(|flow| is_measure(&title_name(flow.text())));
    let closed = grid.rows.last().is_some_and(|row| is_bare_total(row, &row.name));
    let part = |row: &Line| row.kind == LineKind::Level && !is_measure(&row.name) && !is_general(&row.name);
    let rows = grid.rows.split_last().map_or(&[][..], |(_, rows)| rows);
    closed && rows.len() > 1 && rows.iter().all(part) && measure()
}

/// Whether many rows of a table speak of what is measured. `Total revenue` closes rows of customers, and so do `All other customers`.
fn names_measures(grid: &Grid, rows: &[String]) -> bool {
    let rest = |name: &str| stems(name).iter().take(2).any(|stem| stem == "other");
    let own = |(line, name): &(&Line, &String)| line.kind != LineKind::Total && names_a_measure(name) && !rest(name);
    grid.rows.iter().zip(rows).filter(own).count() * 4 > rows.len()
}

/// Whether the columns are of several kinds, `Rooms | Occupancy | ADR (€)`: then they are metrics, and the rows are what they are of.
fn kinds_across(grid: &Grid, columns: &[String]) -> bool {
    let plain = |line: &Line| line.kind.is_plain();
    let silent = |line: &Line| line.period.is_none() && line.scenario.is_none();
    let mut kinds: Vec<Option<&str>> = Vec::new();
    // `Budget | In post | Vacancies | Vacancy rate`: what is planned is of the first of them.
    let planned = |line: &Line, name: &str| line.is_plan() && line.period.is_none() && is_general(name);
    let columns = || grid.columns.iter().zip(columns).enumerate();
    for (at, (line, name)) in columns().filter(|(_, (line, name))| plain(line) && !planned(line, name)) {
        if !silent(line) || name.trim().is_empty() || is_whole(name) {
            return false;
        }
        let units = grid.cells.iter().filter_map(|row| row.get(at)?.quantity.as_ref()).map(|quantity| &quantity.unit);
        let mut kind = units.map(|unit| match unit {
            Unit::Percent => Some("rate"),
            Unit::Currency(_) => Some("money"),
            Unit::Bare | Unit::Count => Some("count"),
            Unit::Multiple => Some("multiple"),
            Unit::Duration(_) => Some("time"),
            _ => None,
        });
        let Some(first) = kind.next().filter(|first| first.is_some() && kind.all(|other| other == *first)) else {
            return false;
        };
        kinds.push(first);
    }
    kinds.iter().any(|kind| Some(kind) != kinds.first())
}

/// Whether a name is that of what is owed: `Aged debtors`, `Trade receivables by age`.
fn names_a_debt(name: &str) -> bool {
    const OWED: &[&str] = &["debtor", "creditor", "receivable", "payable", "arrear", "debt"];
    name.split_whitespace().count() <= 4 && stems(name).iter().any(|stem| OWED.contains(&stem.as_str()))
}

/// The part of the business that a column's upper header cells name.
fn upper_part(column: &Line) -> Option<&str> {
    column.groups.iter().map(|flow| flow.text().trim()).find(|text| is_part_name(without_opposite(text)))
}

/// For each plain row that is the first of its name, the nearest total below it.
fn totals(grid: &Grid) -> BTreeMap<&str, &str> {
    let mut below = None;
    let mut found = BTreeMap::new();
    for row in grid.rows.iter().rev() {
        // From the end, so that the first of a name has the last word.
        match (row.kind, below) {
            (LineKind::Level, Some(total)) => found.insert(row.name.as_str(), total),
            _ => found.remove(row.name.as_str()),
        };
        if row.kind == LineKind::Total {
            below = Some(row.name.as_str());
        }
    }
    found
}

/// The texts around a table's lines, in order, none twice.
fn surroundings<'a>(grid: &'a Grid, document: &'a Document) -> Vec<&'a str> {
    let groups = grid.columns.iter().flat_map(|line| &line.groups);
    let flows = grid.title.iter().chain(groups).chain(document.heading_of(grid.block));
    let mut seen = BTreeSet::new();
    flows.map(|flow| flow.text()).filter(|text| seen.insert(*text)).collect()
}

pub(super) struct Layouter<'a> {
    grid: &'a Grid,
    document: &'a Document,
    contexts: &'a Contexts,
    vocabulary: &'a mut Vocabulary,
    /// Whether the upper header cells name other parts in some columns than in others.
    grouped: bool,
    /// The total that adds up each plain row, by the row's name: the nearest below.
    totals: BTreeMap<&'a str, &'a str>,
    /// What names the table, the nearest first.
    titles: Vec<Title<'a>>,
    /// What stands around every line of it: title, upper header cells, heading, each once for all labels that are learnt.
    surroundings: Vec<&'a str>,
    /// The words for what all its parts are.
    kinds: Vec<String>,
}

impl<'a> Layouter<'a> {
    pub(super) fn new(
        grid: &'a Grid,
        document: &'a Document,
        contexts: &'a Contexts,
        vocabulary: &'a mut Vocabulary,
    ) -> Self {
        let grouped = grid.columns.windows(2).any(|two| upper_part(&two[0]) != upper_part(&two[1]));
        let kinds = parts::kinds(grid, vocabulary);
        Self {
            grid,
            document,
            contexts,
            vocabulary,
            grouped,
            totals: totals(grid),
            titles: titles::titles(grid, document),
            surroundings: surroundings(grid, document),
            kinds,
        }
    }

    /// A table whose title names the metric: one axis is its segments.
    pub(super) fn segmented(mut self, title: Option<&(String, &'static str)>, values: &PartValues) -> Layout {
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        let (rows, columns) = (self.names(&self.grid.rows), self.column_names());
        let column_metrics = self.known_metrics(&columns);
        // `Loss ratio by line` over `Premium | Losses | Loss ratio`: the title's own column says that the others are no parts of it.
        let own = |(name, _): &(String, &str)| {
            let title = stems(name);
            columns.len() > 1 && columns.iter().any(|column| stems(column) == title)
        };
        if column_metrics == 0 && (kinds_across(self.grid, &columns) || title.is_some_and(own)) {
            return self.plain(values);
        }
        if column_metrics == 0
            && let Some((name, place)) = title
        {
            // `ARR against plan by region`.
            layout.metric = match known(self.vocabulary, name).or_else(|| known(self.vocabulary, &title_name(name))) {
                Some(Name::Metric(id)) => Some((id, *place)),
                // `Portfolio, by collection` over rows of hotels, rooms and revenue names what they have in common.
                _ if self.known_metrics(&rows) > 1 => return self.plain(values),
                // `Expenses by directorate` over a last row `Total operating expenses`.
                _ if let Some((id, place)) = self.total_in_source(&rows) => {
                    // `Contracts by sector` over `Total ARR` is of that, but contracts are none.
                    let total = stems(&self.vocabulary.term(id).label);
                    if stems(name).last().is_some_and(|noun| total.contains(noun)) {
                        self.vocabulary.add_alias(name, id);
                    }
                    Some((id, place))
                }
                // `Against budget, by collection` over a caption that names the metric.
                _ => match self.title_metric() {
                    Some(found) => Some(found),
                    // `Heads by function` over a lead that says `Headcount`.
                    None if *place == "the heading" && !names_a_measure(name) => {
                        self.captioned_measure().or_else(|| Some((self.learn(name), *place)))
                    }
                    None => Some((self.learn(name), *place)),
                },
            };
        }
        let rows_are_periods =
            self.grid.rows.iter().filter(|row| row.period.is_some()).count() * 2 > self.grid.rows.len();
        layout.columns = if column_metrics > 0 {
            self.metric_columns(&columns)
        } else {
            columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect()
        };
        layout.rows = if rows_are_periods {
            rows.iter().map(|_| Subject::Nothing).collect()
        } else {
            let metric = layout.metric.map(|(id, _)| id);
            self.parts_under(&rows, &layout.columns, |layouter, name| layouter.segment_of(name, metric))
        };
        layout.shares = layout.metric.is_some() && self.titles_speak_of_shares();
        layout
    }

    /// Any other table.
    pub(super) fn plain(mut self, values: &PartValues) -> Layout {
        let rows = self.names(&self.grid.rows);
        let columns = self.column_names();
        if let Some(layout) = self.parts_of_a_total(&rows, &columns) {
            return layout;
        }
        if let Some(layout) = self.known_parts(&rows, &columns, values) {
            return layout;
        }
        if let Some(layout) = self.walk_across(&rows, &columns) {
            return layout;
        }
        // `Revenue FY25` and `Revenue FY24` name what is measured, and when.
        let end = |row: &Line| row.kind.is_balance();
        let timed = |(row, name): &(&Line, &String)| {
            row.period.is_some() && !end(row) && (is_general(name) || !is_measure(name))
        };
        let row_periods = self.grid.rows.iter().zip(&rows).filter(timed).count();
        let named_columns = columns.iter().filter(|name| !is_general(name)).count();
        let (row_metrics, column_metrics) = (self.known_metrics(&rows), self.known_metrics(&columns));
        let across: Vec<MetricId> = columns.iter().filter_map(|name| self.known_metric(name)).collect();
        let parted = |name: &&String| across.iter().any(|id| self.vocabulary.term(*id).has_part(name));
        // A row that is a part of the columns' metrics, or their total, is no metric beside them.
        let other = |name: &&String| self.known_metric(name).is_some_and(|id| !across.contains(&id)) && !parted(name);
        let row_metrics = if across.is_empty() { row_metrics } else { rows.iter().filter(other).count() };
        let row_segments = rows
            .iter()
            .filter(|name| matches!(self.vocabulary.exact(name), Some(Name::Segment(_))) || parted(name))
            .count();
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        let columns_are_metrics = named_columns > 0
            && (row_periods * 2 > rows.len()
                || column_metrics > 0 && (row_metrics == 0 || row_segments > row_metrics)
                || row_metrics <= row_segments && measures_across(self.grid, &rows, &columns)
                || row_metrics == 0 && !names_measures(self.grid, &rows) && kinds_across(self.grid, &columns)
                || row_metrics == 0 && measures_in_times(self.grid, &rows, &columns));
        if columns_are_metrics {
            layout.columns = self.metric_columns(&columns);
            layout.rows = match row_periods * 2 > rows.len() {
                true => rows.iter().map(|_| Subject::Nothing).collect(),
                false => self.parts_under(&rows, &layout.columns, |layouter, name| layouter.part(name)),
            };
            return layout;
        }
        let by_dimension = self.grid.title.as_ref().is_some_and(|flow| is_dimension(flow.text()));
        let bands = || columns.iter().filter(|name| is_band(name)).collect::<BTreeSet<_>>();
        if row_metrics == 0 && bands().len() > 1 {
            return self.aged(layout, &rows, &columns);
        }
        let plain_column = |(line, name): &(&Line, &String)| !line.kind.is_movement() && !is_general(name);
        let plain_columns = self.grid.columns.iter().zip(&columns).filter(plain_column).count();
        let measured = || row_metrics == 0 && !names_measures(self.grid, &rows) && self.caption_is_a_measure();
        // `Headcount` over `R&D`, `Sales`, `Total`: under a title that names a metric, what a bare total closes are its parts.
        let has_whole = self.grid.rows.iter().zip(&rows).any(|(line, name)| is_bare_total(line, name));
        let closed = (has_whole || self.closing_row(&rows).is_some())
            && (self.grid.title.is_none() || plain_columns <= 1 && measured());
        // `Headcount` over a corner `Team`: what teams are called may elsewhere be a cost, `Sales & marketing`.
        let of_people = self.grid.title.as_ref().is_some_and(|flow| is_organised_by(flow.text()));
        let may_learn = if of_people { closed || has_whole } else { closed && row_metrics == 0 };
        if (by_dimension || closed)
            && let Some(title) = if may_learn { self.titled_metric() } else { self.title_metric() }
        {
            layout.metric = Some(title);
            layout.rows = self.split_rows(&rows, title.0);
            layout.columns = columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect();
            return layout;
        }
        if row_segments > 0 && row_segments >= row_metrics {
            layout.metric = self.closing_measure(&rows).or_else(|| self.titled_metric());
            if let Some((metric, _)) = layout.metric {
                layout.rows = self.split_rows(&rows, metric);
                layout.columns = columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect();
                return layout;
            }
        }
        layout.rows = self.metric_rows(&rows);
        self.qualify(&mut layout, &rows);
        self.close(&mut layout, &rows);
        if layout.rows.iter().all(|subject| *subject == Subject::Nothing) {
            // The one series of a chart has no name of its own: its title has.
            layout.metric = self.title_metric();
        }
        if named_columns > 1 {
            layout.columns = columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect();
        } else {
            layout.columns = (0..columns.len()).map(|at| self.column_group(at)).collect();
        }
        layout
    }

    /// Whose debts are how old: both rows and columns are parts of what the title names.
    fn aged(mut self, mut layout: Layout, rows: &[String], columns: &[String]) -> Layout {
        let owed = self.document.heading_of(self.grid.block).map(|flow| title_name(flow.text()));
        layout.metric = self.title_metric().or_else(|| {
            let name = owed.filter(|name| names_a_debt(name))?;
            Some((self.learn(&name), "the heading"))
        });
        layout.rows = match layout.metric {
            Some((metric, _)) => rows.iter().map(|name| self.segment_of(name, Some(metric))).collect(),
            None => rows.iter().map(|name| self.metric(name)).collect(),
        };
        let column = |layouter: &mut Self, (at, name): (usize, &String)| {
            let line = &layouter.grid.columns[at];
            let label = line.label.text().trim();
            let aged = line.kind == LineKind::Level && label.contains(|c: char| c.is_ascii_digit());
            if aged { Subject::Segment(label.to_owned()) } else { layouter.column_part(at, name) }
        };
        layout.columns = columns.iter().enumerate().map(|column_at| column(&mut self, column_at)).collect();
        layout
    }

    /// What each column is about. `Revenue` over `FY25 | FY24` beside `Operating profit` over the same is what these columns measure.
    fn column_names(&self) -> Vec<String> {
        let columns = &self.grid.columns;
        let measured = |line: &Line| -> Option<String> {
            let name = title_name(upper_part(line)?);
            (names_a_measure(&name) || self.known_metric(&name).is_some()).then_some(name)
        };
        let over: Vec<Option<String>> = columns.iter().map(measured).collect();
        let named = over.iter().flatten().collect::<BTreeSet<_>>().len() > 1;
        let name = |(own, over): (String, Option<String>)| match over {
            Some(over) if named && is_general(&own) => over,
            _ => own,
        };
        self.names(columns).into_iter().zip(over).map(name).collect()
    }

    /// What each line is about. A line of movements of a metric that a source defines is about that metric.
    fn names(&self, lines: &[Line]) -> Vec<String> {
        let defined = |name: &String| match known(self.vocabulary, name) {
            Some(Name::Metric(id)) => self.vocabulary.term(id).source.is_some(),
            _ => false,
        };
        let name = |line: &Line| {
            let name = bare_name(line);
            if known(self.vocabulary, &name).is_some() {
                return name;
            }
            // `GM%`: the sign may be part of what a metric is called.
            let label = line.label.text().trim().to_owned();
            let moved = moved_name(line, &name).filter(defined);
            moved.or_else(|| Some(label).filter(|label| label.contains('%')).filter(defined)).unwrap_or(name)
        };
        lines.iter().map(name).collect()
    }

    fn known_metrics(&self, names: &[String]) -> usize {
        names.iter().filter(|name| self.known_metric(name).is_some()).count()
    }

    fn known_metric(&self, name: &str) -> Option<MetricId> {
        match known(self.vocabulary, name) {
            Some(Name::Metric(id)) if !is_general(name) => Some(id),
            _ => None,
        }
    }

    /// Columns that are metrics; a plan or time beside one that has no name of its own is for that one: `FTE 30 Sep | Budget`,
    /// `Awarded, £000 | FY24, £000`. Differences of one metric alone are its own, whatever they are called: `Over/(under)`.
    fn metric_columns(&mut self, names: &[String]) -> Vec<Subject> {
        let mut subjects: Vec<Subject> = Vec::with_capacity(names.len());
        let columns = &self.grid.columns;
        let again = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| columns.get(before));
            before.is_some_and(|before| {
                columns[at].says_when() && columns[at].unit == before.unit && before.kind.is_plain()
            })
        };
        for (name, line) in names.iter().zip(columns) {
            let subject = match subjects.last() {
                Some(before @ Subject::Metric(_))
                    if name.is_empty() && (line.scenario.is_some() || again(subjects.len())) =>
                {
                    before.clone()
                }
                _ if line.kind.is_movement() => Subject::Nothing,
                _ => self.metric(name),
            };
            subjects.push(subject);
        }
        let mut metrics = subjects.iter().filter_map(Subject::metric);
        let several = metrics.next().is_none_or(|first| metrics.any(|other| other != first));
        for (at, name) in names.iter().enumerate().filter(|(at, _)| self.grid.columns[*at].kind.is_movement()) {
            if several || self.known_metric(name).is_some() {
                subjects[at] = self.metric(name);
            }
        }
        subjects
    }

    fn metric(&mut self, name: &str) -> Subject {
        if let Some(id) = self.of_the_total(name) {
            return Subject::Metric(id);
        }
        match known(self.vocabulary, name) {
            Some(Name::Metric(id)) => return Subject::Metric(id),
            Some(Name::Segment(segment)) if self.title_metric().is_some() => return Subject::Segment(segment),
            _ => {}
        }
        if is_general(name) || name.split_whitespace().count() > 12 {
            return Subject::Nothing;
        }
        if let Some((id, segment)) = self.part_of_metric(name).filter(|(id, segment)| self.is_a_part(*id, segment)) {
            return Subject::Part(id, segment);
        }
        Subject::Metric(self.learn(name))
    }

    /// `Rooms | 145.6` over `Total revenue` is the source's `Rooms revenue`, where the bare name is no metric of money itself.
    fn of_the_total(&self, name: &str) -> Option<MetricId> {
        let total = self.totals.get(name)?;
        let noun = after("total ", total)?.trim();
        let Some(Name::Metric(id)) = self.vocabulary.exact(&format!("{name} {noun}")) else { return None };
        let term = self.vocabulary.term(id);
        let row = self.grid.rows.iter().position(|row| row.name == name)?;
        let mut numbers = self.grid.cells.get(row)?.iter().filter_map(|cell| cell.quantity.as_ref());
        let money = matches!(term.unit, Some(Unit::Currency(_)))
            && numbers.any(|number| matches!(number.unit, Unit::Currency(_)));
        let bare = match self.known_metric(name) {
            Some(other) => !matches!(self.vocabulary.term(other).unit, Some(Unit::Currency(_)) | None),
            None => true,
        };
        (term.source.is_some() && money && bare).then_some(id)
    }

    fn learn(&mut self, name: &str) -> MetricId {
        let id = self.vocabulary.add_label(name);
        for variant in variants(name) {
            if !is_general(&variant) {
                self.vocabulary.add_alias(&variant, id);
            }
        }
        // Rows that a total adds up are of what the total is of: `Asia-Pacific` over `Total net revenue`.
        for text in self.totals.get(name).into_iter().chain(&self.surroundings) {
            self.vocabulary.learn_surroundings(id, text);
        }
        id
    }
}
