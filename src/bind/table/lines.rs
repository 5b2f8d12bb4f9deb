//! Naming the lines of one table: metrics, segments, the whole.
//!
//! Enters: a grid with its headings and the vocabulary so far. Leaves: a [`Layout`]; labels that are new enter the vocabulary.
//! Invariant: a label that two lines of one table share is qualified by its section, so that a key names one cell of a table.

mod rows;
mod walk;

pub(super) use walk::WALKS;

use std::collections::BTreeMap;

use crate::document::{BlockKind, Document};
use crate::grid::{Grid, Line, LineKind};
use crate::period::Period;
use crate::vocabulary::{MetricId, Name, Vocabulary};
use crate::words::stems;

use super::name::{
    bare_name, is_dimension, is_general, is_part_name, is_statement, is_whole, known, moved_name, names_a_measure,
    strip_numbering, title_name,
};
use super::spelling::{variants, without_opposite};
use super::{Layout, Subject, only_period, walked_period};
use crate::bind::context::Contexts;

/// Whether the columns speak of what is measured and the rows of whom: `Adjusted operating profit H1 FY26` over `Aerospace`.
fn measures_across(rows: &[String], columns: &[String]) -> bool {
    let across = columns.iter().filter(|name| names_a_measure(name)).count();
    let named = columns.iter().filter(|name| !is_general(name)).count();
    let down = rows.iter().filter(|name| names_a_measure(name)).count();
    across > 0 && across * 2 >= named && down * 4 <= rows.len()
}

/// The metric of a title such as `Revenue by region`, in the caption, else the heading.
pub(super) fn by_title(grid: &Grid, document: &Document) -> Option<(String, &'static str)> {
    let heading = heading(grid, document);
    for (text, place) in grid
        .titles()
        .map(|flow| (flow.text().to_owned(), "the table's title"))
        .chain(heading.map(|text| (text, "the heading")))
    {
        let lower = text.to_lowercase();
        if let Some(at) = lower.find(" by ")
            && text.is_char_boundary(at)
            && !stems(&lower[at + 4..]).first().is_some_and(|stem| TIMES.contains(&stem.as_str()))
        {
            let name = text[..at].rsplit([':', '.']).next().unwrap_or_default().trim();
            let name = name.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
            let name = strip_numbering(&name);
            // `Portfolio, by collection`.
            let name = name.trim_end_matches([',', ';', '–', '—', ' ']).to_owned();
            // `ARR and customers by segment` names two.
            if !name.is_empty() && name.split_whitespace().count() <= 5 && !name.contains(" and ") {
                return Some((name, place));
            }
        }
    }
    None
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

/// What a title can go by without being segmented.
const TIMES: &[&str] = &["quarter", "month", "year", "half", "period", "week", "day", "date"];

fn heading(grid: &Grid, document: &Document) -> Option<String> {
    let at = document.blocks.get(grid.block)?.heading?;
    match &document.blocks.get(at)?.kind {
        BlockKind::Heading(_, flow) => Some(flow.text().to_owned()),
        _ => None,
    }
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
}

impl<'a> Layouter<'a> {
    pub(super) fn new(
        grid: &'a Grid,
        document: &'a Document,
        contexts: &'a Contexts,
        vocabulary: &'a mut Vocabulary,
    ) -> Self {
        let grouped = grid.columns.windows(2).any(|two| upper_part(&two[0]) != upper_part(&two[1]));
        Self { grid, document, contexts, vocabulary, grouped, totals: totals(grid) }
    }

    /// A table whose title names the metric: one axis is its segments.
    pub(super) fn segmented(mut self, title: Option<&(String, &'static str)>) -> Layout {
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        let (rows, columns) = (self.names(&self.grid.rows), self.names(&self.grid.columns));
        let column_metrics = self.known_metrics(&columns);
        if column_metrics == 0
            && let Some((name, place)) = title
        {
            layout.metric = match known(self.vocabulary, name) {
                Some(Name::Metric(id)) => Some((id, *place)),
                // `Portfolio, by collection` over rows of hotels, rooms and revenue names what they have in common.
                _ if self.known_metrics(&rows) > 1 => return self.plain(),
                // `Against budget, by collection` over a caption that names the metric.
                _ => match self.title_metric() {
                    Some(found) => Some(found),
                    None => Some((self.learn(name), *place)),
                },
            };
        }
        let rows_are_periods =
            self.grid.rows.iter().filter(|row| row.period.is_some()).count() * 2 > self.grid.rows.len();
        layout.rows = if rows_are_periods {
            rows.iter().map(|_| Subject::Nothing).collect()
        } else {
            rows.iter().map(|name| self.segment_of(name, layout.metric.map(|(id, _)| id))).collect()
        };
        layout.columns = if column_metrics > 0 {
            columns.iter().map(|name| self.metric(name)).collect()
        } else {
            columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect()
        };
        layout
    }

    /// Any other table.
    pub(super) fn plain(mut self) -> Layout {
        let rows = self.names(&self.grid.rows);
        let columns = self.names(&self.grid.columns);
        let row_periods = self.grid.rows.iter().filter(|row| row.period.is_some()).count();
        let named_columns = columns.iter().filter(|name| !is_general(name)).count();
        let (row_metrics, column_metrics) = (self.known_metrics(&rows), self.known_metrics(&columns));
        let row_segments =
            rows.iter().filter(|name| matches!(self.vocabulary.exact(name), Some(Name::Segment(_)))).count();
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        if let Some(layout) = self.parts_of_a_total(&rows, &columns) {
            return layout;
        }
        if let Some(layout) = self.known_parts(&rows, &columns) {
            return layout;
        }
        if let Some(layout) = self.walk_across(&rows, &columns) {
            return layout;
        }
        let columns_are_metrics = named_columns > 0
            && (row_periods * 2 > rows.len()
                || column_metrics > 0 && (row_metrics == 0 || row_segments > row_metrics)
                || row_metrics <= row_segments && measures_across(&rows, &columns));
        if columns_are_metrics {
            layout.columns = columns.iter().map(|name| self.metric(name)).collect();
            layout.rows = match row_periods * 2 > rows.len() {
                true => rows.iter().map(|_| Subject::Nothing).collect(),
                false => rows.iter().map(|name| self.part(name)).collect(),
            };
            return layout;
        }
        let by_dimension = self.grid.title.as_ref().is_some_and(|flow| is_dimension(flow.text()));
        // `Headcount` over `R&D`, `Sales`, `Total`: under a title that names a metric, what a bare total closes are its parts.
        let whole = |(line, name): (&Line, &String)| line.kind == LineKind::Total && is_whole(name);
        let closed = self.grid.title.is_none() && self.grid.rows.iter().zip(&rows).any(whole);
        if (by_dimension || closed)
            && let Some(title) = if closed && row_metrics == 0 { self.titled_metric() } else { self.title_metric() }
        {
            layout.metric = Some(title);
            layout.rows = rows.iter().map(|name| self.segment_of(name, Some(title.0))).collect();
            layout.columns = columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect();
            return layout;
        }
        if row_segments > 0 && row_segments >= row_metrics {
            layout.metric = self.titled_metric();
            if layout.metric.is_some() {
                let metric = layout.metric.map(|(id, _)| id);
                layout.rows = rows.iter().map(|name| self.segment_of(name, metric)).collect();
                layout.columns = columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect();
                return layout;
            }
        }
        layout.rows = self.metric_rows(&rows);
        self.qualify(&mut layout, &rows);
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

    /// A table whose rows or columns are the parts of one metric as its source names them, closed by the metric itself: `Commission`,
    /// `Payments`, `Net revenue`; or of the one metric that has such parts.
    fn known_parts(&mut self, rows: &[String], columns: &[String]) -> Option<Layout> {
        let dated = |lines: &[Line]| lines.iter().any(|line| line.period.is_some());
        let (down, names, lines) = match (dated(&self.grid.columns), dated(&self.grid.rows)) {
            (true, false) => (true, rows, &self.grid.rows),
            (false, true) => (false, columns, &self.grid.columns),
            _ => return None,
        };
        let plain = |line: &&Line| !matches!(line.kind, LineKind::Total | LineKind::OfWhich | LineKind::Section);
        let most = lines.iter().filter(plain).count();
        let mut parts: BTreeMap<MetricId, usize> = BTreeMap::new();
        for id in names.iter().flat_map(|name| self.vocabulary.with_part(name)) {
            if self.vocabulary.term(*id).source.is_some() {
                *parts.entry(*id).or_default() += 1;
            }
        }
        // The line right behind the parts; a table may go on with other metrics.
        let whole = names.iter().enumerate().skip(2).find_map(|(at, name)| match known(self.vocabulary, name) {
            Some(Name::Metric(id)) => {
                let term = self.vocabulary.term(id);
                names[..at].iter().all(|name| term.has_part(name)).then_some((id, "the table's total"))
            }
            _ => None,
        });
        parts.retain(|_, count| *count >= 2 && *count * 2 >= most);
        let named = whole.or_else(|| self.title_metric()).filter(|(id, _)| parts.contains_key(id));
        // Without the metric's name, only where nothing names another: `FTE` over the columns of the directorates.
        let other = self.grid.title.as_ref().map(|flow| title_name(flow.text()));
        let silent = other.is_none_or(|name| is_general(&name) || is_dimension(&name));
        let (metric, place) = named.or_else(|| {
            if !silent {
                return None;
            }
            let mut having = parts.iter();
            let (only, _) = having.next().filter(|(_, count)| **count >= 3 && having.len() == 0)?;
            Some((*only, "the names of its parts"))
        })?;
        let subject = |layouter: &mut Self, name: &String| match known(layouter.vocabulary, name) {
            Some(Name::Metric(id)) if id == metric => Subject::Whole,
            Some(Name::Metric(_)) if !layouter.vocabulary.term(metric).has_part(name) => layouter.metric(name),
            _ => layouter.segment_of(name, Some(metric)),
        };
        let subjects: Vec<Subject> = names.iter().map(|name| subject(self, name)).collect();
        let mut layout = Layout { period: self.title_period(), metric: Some((metric, place)), ..Layout::default() };
        (layout.rows, layout.columns) = match down {
            true => (subjects, vec![Subject::Nothing; columns.len()]),
            false => (vec![Subject::Nothing; rows.len()], subjects),
        };
        Some(layout)
    }

    /// A table of one metric whose parts a total closes, where nothing but the metric's name says so: `| Schools | East | West | All |`
    /// over rows of years, `| Subject | Teachers |` over rows of subjects. The lines of parts name no metric themselves.
    fn parts_of_a_total(&mut self, rows: &[String], columns: &[String]) -> Option<Layout> {
        let dated = |lines: &[Line]| lines.iter().all(|line| line.period.is_some());
        let closed = |names: &[String]| names.len() > 2 && names.last().is_some_and(|name| is_whole(name));
        let plain = |lines: &[Line]| {
            lines.iter().all(|line| matches!(line.kind, LineKind::Level | LineKind::Total | LineKind::OfWhich))
        };
        if self.known_metrics(rows) + self.known_metrics(columns) > 0 || !plain(&self.grid.rows) {
            return None;
        }
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        if dated(&self.grid.rows) && closed(columns) && plain(&self.grid.columns) {
            let corner = self.grid.title.as_ref().map(|flow| title_name(flow.text()))?;
            if is_general(&corner) || is_dimension(&corner) || corner.split_whitespace().count() > 5 {
                return None;
            }
            layout.metric = Some((self.learn(&corner), "the table's title"));
            layout.rows = rows.iter().map(|_| Subject::Nothing).collect();
            layout.columns = columns.iter().enumerate().map(|(at, name)| self.column_part(at, name)).collect();
            return Some(layout);
        }
        if let ([name], true) = (columns, closed(rows))
            && !is_general(name)
            && !is_dimension(name)
            && !is_whole(name)
        {
            layout.columns = vec![Subject::Metric(self.learn(name))];
            layout.rows = rows.iter().map(|name| self.part(name)).collect();
            return Some(layout);
        }
        None
    }

    /// What each line is about. A line of movements of a metric that a source defines is about that metric.
    fn names(&self, lines: &[Line]) -> Vec<String> {
        let defined = |name: &String| match known(self.vocabulary, name) {
            Some(Name::Metric(id)) => self.vocabulary.term(id).source.is_some(),
            _ => false,
        };
        let name = |line: &Line| {
            let name = bare_name(line);
            let moved = if known(self.vocabulary, &name).is_none() { moved_name(line, &name) } else { None };
            moved.filter(defined).unwrap_or(name)
        };
        lines.iter().map(name).collect()
    }

    fn known_metrics(&self, names: &[String]) -> usize {
        names
            .iter()
            .filter(|name| !is_general(name) && matches!(known(self.vocabulary, name), Some(Name::Metric(_))))
            .count()
    }

    fn metric(&mut self, name: &str) -> Subject {
        match known(self.vocabulary, name) {
            Some(Name::Metric(id)) => return Subject::Metric(id),
            Some(Name::Segment(segment)) if self.title_metric().is_some() => return Subject::Segment(segment),
            _ => {}
        }
        if is_general(name) || name.split_whitespace().count() > 12 {
            return Subject::Nothing;
        }
        if let Some((id, segment)) = self.part_of_metric(name) {
            return Subject::Part(id, segment);
        }
        Subject::Metric(self.learn(name))
    }

    /// A label that is a segment's name and a metric's, and nothing else.
    fn part_of_metric(&self, name: &str) -> Option<(MetricId, String)> {
        let words = crate::words::words(name);
        let found = self.vocabulary.find(&words);
        let covered: usize = found.iter().map(|found| found.words.len()).sum();
        let content = words.iter().filter(|word| !matches!(word.stem.as_str(), "of" | "in" | "from" | "and")).count();
        match found.as_slice() {
            [a, b] if covered >= content => match (&a.name, &b.name) {
                (Name::Segment(segment), Name::Metric(id)) | (Name::Metric(id), Name::Segment(segment)) => {
                    Some((*id, segment.clone()))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn learn(&mut self, name: &str) -> MetricId {
        let id = self.vocabulary.add_label(name);
        for variant in variants(name) {
            if !is_general(&variant) {
                self.vocabulary.add_alias(&variant, id);
            }
        }
        let around = self.grid.title.iter().map(|flow| flow.text().to_owned());
        let groups = self.grid.columns.iter().flat_map(|line| &line.groups).map(|flow| flow.text().to_owned());
        // Rows that a total adds up are of what the total is of: `Asia-Pacific` over `Total net revenue`.
        let around = around.chain(self.totals.get(name).map(|total| (*total).to_owned()));
        let texts: Vec<String> = around.chain(groups).chain(heading(self.grid, self.document)).collect();
        for text in texts {
            self.vocabulary.learn_surroundings(id, &text);
        }
        id
    }

    /// A line of a segmented table.
    fn part(&mut self, name: &str) -> Subject {
        if is_whole(name) {
            return Subject::Whole;
        }
        match known(self.vocabulary, name) {
            Some(Name::Segment(segment)) => Subject::Segment(segment),
            Some(Name::Metric(id)) => Subject::Metric(id),
            _ if is_general(name) => Subject::Nothing,
            _ => {
                self.vocabulary.add_segment(name);
                Subject::Segment(name.to_owned())
            }
        }
    }

    /// A row of a table whose title names the metric: a segment, whatever else its name may mean elsewhere.
    fn segment_of(&mut self, name: &str, metric: Option<MetricId>) -> Subject {
        match known(self.vocabulary, name) {
            Some(Name::Metric(id)) if Some(id) == metric => Subject::Whole,
            Some(Name::Metric(id)) if metric.is_none() => Subject::Metric(id),
            Some(Name::Metric(_)) => Subject::Segment(name.to_owned()),
            _ => self.part(name),
        }
    }

    fn column_part(&mut self, at: usize, name: &str) -> Subject {
        match self.grid.columns[at].kind {
            LineKind::Level | LineKind::Total => match self.part(name) {
                Subject::Nothing => self.column_group(at),
                part => part,
            },
            _ => Subject::Nothing,
        }
    }

    /// Upper header cells that differ between columns are segments: `Group | | Company |`.
    fn column_group(&mut self, at: usize) -> Subject {
        match upper_part(&self.grid.columns[at]) {
            Some(name) if self.grouped => {
                let part = self.part(without_opposite(name));
                if let Subject::Segment(segment) = &part {
                    variants(name).iter().for_each(|alias| self.vocabulary.add_segment_alias(alias, segment));
                }
                part
            }
            _ => Subject::Nothing,
        }
    }

    /// The metric that the title, else the heading, is the name of, periods and general words aside.
    fn title_metric(&self) -> Option<(MetricId, &'static str)> {
        self.titles().find_map(|(text, place)| match known(self.vocabulary, &title_name(&text)) {
            Some(Name::Metric(id)) => Some((id, place)),
            _ => None,
        })
    }

    /// The metric of a table of segments: known, or named by the title for the first time.
    fn titled_metric(&mut self) -> Option<(MetricId, &'static str)> {
        if let Some(found) = self.title_metric() {
            return Some(found);
        }
        let (name, place) = self.titles().map(|(text, place)| (title_name(&text), place)).find(|(name, place)| {
            let one = name.split_whitespace().count() <= 5 && !name.contains(" and ");
            // A heading is the name of a slide first of all.
            let measured = *place != "the heading" || names_a_measure(name);
            !is_general(name) && !is_statement(name) && !is_dimension(name) && one && measured
        })?;
        Some((self.learn(&name), place))
    }

    fn titles(&self) -> impl Iterator<Item = (String, &'static str)> {
        let titles = self.grid.titles();
        titles
            .map(|flow| (flow.text().to_owned(), "the table's title"))
            .chain(heading(self.grid, self.document).map(|text| (text, "the heading")))
    }

    fn title_period(&self) -> Option<Period> {
        let context = self.contexts.context(self.grid.document);
        let period = |text: &str| only_period(text, &context).or_else(|| walked_period(text, &context));
        let heading = || heading(self.grid, self.document).and_then(|text| walked_period(&text, &context));
        self.grid.titles().find_map(|flow| period(flow.text())).or_else(heading)
    }
}
