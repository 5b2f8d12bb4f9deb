//! Lines that are parts of one metric.
//!
//! Enters: the names of a table's lines. Leaves: the layout of a table of parts, and what single lines are parts of.
//! Invariant: a line is a part only where the metric is known to have it, or a title or total says that there are parts.

use std::collections::BTreeMap;

use crate::bind::table::name::{is_dimension, is_general, is_rest, is_whole, known, title_name};
use crate::bind::table::spelling::{variants, without_opposite};
use crate::bind::table::stated::PartValues;
use crate::bind::table::{Layout, Subject};
use crate::grid::{Grid, GridCell, Line, LineKind};
use crate::quantity::{Quantity, Unit};
use crate::vocabulary::{MetricId, Name, Vocabulary, names_a_measure};
use crate::words::stems;

use super::{Layouter, upper_part};

fn level((_, line): &(&GridCell, &Line)) -> bool {
    line.kind.is_plain() && !line.is_plan()
}

/// The words for what parts are, `hotels`, that this table leaves out or adds: with them, or without them, each of its parts is known.
/// `Retail stores` beside `Online` and a `Trade` that nobody knows is another way to split things.
pub(super) fn kinds(grid: &Grid, vocabulary: &Vocabulary) -> Vec<String> {
    let is_segment = |text: &str| matches!(vocabulary.exact(text), Some(Name::Segment(_)));
    let part = |line: &&Line| line.kind == LineKind::Level && !is_whole(&line.name) && !is_rest(&line.name);
    let mut found = Vec::new();
    for lines in [&grid.rows, &grid.columns] {
        let parts: Vec<&str> = lines.iter().filter(part).map(|line| line.name.trim()).collect();
        let mut strange = parts.iter().filter(|name| !is_segment(name));
        let Some(first) = strange.next().filter(|_| parts.len() > 1) else { continue };
        let longer = vocabulary.segments().iter().filter_map(|segment| segment.rsplit_once(' '));
        let longer = longer.filter(|(head, _)| head.eq_ignore_ascii_case(first)).map(|(_, kind)| kind);
        let shorter = first.rsplit_once(' ').filter(|(head, _)| is_segment(head)).map(|(_, kind)| kind);
        let every = |kind: &&str| {
            let without = |name: &str| {
                name.rsplit_once(' ')
                    .filter(|(_, own)| own.eq_ignore_ascii_case(kind))
                    .is_some_and(|(head, _)| is_segment(head))
            };
            parts.iter().all(|name| is_segment(name) || without(name) || is_segment(&format!("{name} {kind}")))
        };
        found.extend(longer.chain(shorter).filter(every).map(str::to_owned));
    }
    found
}

impl Layouter<'_> {
    /// A table whose rows or columns are the parts of one metric as its source names them, closed by the metric itself: `Commission`,
    /// `Payments`, `Net revenue`; or of the one metric that has such parts.
    pub(super) fn known_parts(&mut self, rows: &[String], columns: &[String], values: &PartValues) -> Option<Layout> {
        let dated = |lines: &[Line]| lines.iter().any(|line| line.period.is_some());
        let (down, names, lines) = match (dated(&self.grid.columns), dated(&self.grid.rows)) {
            (true, false) => (true, rows, &self.grid.rows),
            (false, true) => (false, columns, &self.grid.columns),
            _ => return None,
        };
        // `AUM, 30 Sep | Net flows Q3`: what the other lines measure is said there, whatever a heading names.
        let across = if down { columns } else { rows };
        if across.iter().any(|name| self.known_metric(name).is_some()) {
            return None;
        }
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
        parts.retain(|id, count| *count >= 2 && *count * 2 >= most && self.is_in_the_unit_of(*id));
        let named = whole
            .or_else(|| self.title_metric())
            .filter(|(id, _)| parts.contains_key(id))
            .or_else(|| self.metric_in_a_title(|id| parts.contains_key(&id)));
        // Without the metric's name, only where nothing names another: `FTE` over the columns of the directorates.
        let other = self.grid.title.as_ref().map(|flow| title_name(flow.text()));
        let silent = other.is_none_or(|name| is_general(&name) || is_dimension(&name)) && self.title_metric().is_none();
        let (metric, place) = named
            .or_else(|| {
                if !silent {
                    return None;
                }
                let mut having = parts.iter();
                let (only, _) = having.next().filter(|(_, count)| **count >= 3 && having.len() == 0)?;
                Some((*only, "the names of its parts"))
            })
            .or_else(|| {
                // `Mortgage book` over parts with the very numbers of mortgage balances, in columns that only tell times.
                let across = if down { columns } else { rows };
                if !across.iter().all(|name| is_general(name)) {
                    return None;
                }
                let mut having = parts.keys().filter(|id| self.has_numbers_of(**id, names, down, values));
                let only = having.next().filter(|_| having.next().is_none())?;
                Some((*only, "the names and numbers of its parts"))
            })?;
        let subject = |layouter: &mut Self, name: &String| match known(layouter.vocabulary, name) {
            Some(Name::Metric(id)) if id == metric => Subject::Whole,
            Some(Name::Metric(_)) if !layouter.vocabulary.term(metric).has_part(name) => layouter.metric(name),
            _ => layouter.segment_of(name, Some(metric)),
        };
        let mut closed = if down { self.closed_blocks(names) } else { BTreeMap::new() };
        closed.retain(|_, part| part.metric() != Some(metric));
        let own = |(at, name): (usize, &String)| closed.remove(&at).unwrap_or_else(|| subject(self, name));
        let subjects: Vec<Subject> = names.iter().enumerate().map(own).collect();
        let mut layout = Layout { period: self.title_period(), metric: Some((metric, place)), ..Layout::default() };
        (layout.rows, layout.columns) = match down {
            true => (subjects, vec![Subject::Nothing; columns.len()]),
            false => (vec![Subject::Nothing; rows.len()], subjects),
        };
        Some(layout)
    }

    /// Whether some plain figure of the table can be one of a metric's: amounts are none of what is measured in per cent.
    fn is_in_the_unit_of(&self, metric: MetricId) -> bool {
        let Some(unit) = &self.vocabulary.term(metric).unit else { return true };
        let can = |number: &Quantity| matches!(number.unit, Unit::Bare | Unit::Count) || number.unit.comparable(unit);
        let plain = self.grid.columns.iter().enumerate().filter(|(_, line)| line.kind.is_plain());
        let mut numbers = plain
            .flat_map(|(at, _)| self.grid.cells.iter().filter_map(move |row| row.get(at)?.quantity.as_ref()))
            .peekable();
        numbers.peek().is_none() || numbers.any(can)
    }

    /// Whether the lines of parts have the numbers that the source has for them, but for few.
    fn has_numbers_of(&self, metric: MetricId, names: &[String], down: bool, values: &PartValues) -> bool {
        let (mut ties, mut misses) = (0, 0);
        for (at, name) in names.iter().enumerate() {
            let cells: Vec<&GridCell> = match down {
                true => self
                    .grid
                    .cells
                    .get(at)
                    .into_iter()
                    .flatten()
                    .zip(&self.grid.columns)
                    .filter(level)
                    .map(|(cell, _)| cell)
                    .collect(),
                false => {
                    let column = self.grid.cells.iter().filter_map(|row| row.get(at));
                    column.zip(&self.grid.rows).filter(level).map(|(cell, _)| cell).collect()
                }
            };
            for number in cells.into_iter().filter_map(|cell| cell.quantity.as_ref()) {
                match values.has(metric, name, number) {
                    Some(true) => ties += 1,
                    Some(false) => misses += 1,
                    None => {}
                }
            }
        }
        ties >= 2 && misses * 2 <= ties
    }

    /// A table of one metric whose parts a total closes, where nothing but the metric's name says so: `| Schools | East | West | All |`
    /// over rows of years, `| Subject | Teachers |` over rows of subjects. The lines of parts name no metric themselves.
    pub(super) fn parts_of_a_total(&mut self, rows: &[String], columns: &[String]) -> Option<Layout> {
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
        let levels = self.grid.columns.iter().zip(columns).filter(|(line, _)| !line.kind.is_movement());
        let named: Vec<&String> = levels.map(|(_, name)| name).collect();
        if named.len() == 1
            && is_general(named[0])
            && let Some(name) = self.shared_out(rows)
        {
            let metric = self.learn(&name);
            layout.columns = vec![Subject::Metric(metric); columns.len()];
            layout.rows = rows.iter().map(|name| self.segment_of(name, Some(metric))).collect();
            return Some(layout);
        }
        if let ([name], true) = (named.as_slice(), closed(rows))
            && self.grid.columns.iter().all(|line| line.period.is_none() || columns.len() == 1)
            && !is_general(name)
            && !is_dimension(name)
            && !is_whole(name)
        {
            let metric = Subject::Metric(self.learn(name));
            layout.columns = vec![metric; columns.len()];
            layout.rows = rows.iter().map(|name| self.part(name)).collect();
            return Some(layout);
        }
        None
    }

    /// `Share of spending | £` over `Wells`, `Surveys` and `Total spending`, or over a total of 100%: what a column has the shares of, where
    /// all of it stands in the last row. Costs as shares of revenue come to no revenue.
    fn shared_out(&self, rows: &[String]) -> Option<String> {
        let (last, parts) = rows.split_last().filter(|(_, parts)| parts.len() > 1)?;
        let line = self.grid.rows.last().filter(|line| line.kind == LineKind::Total)?;
        let mut shares = self.grid.columns.iter().enumerate().filter(|(_, column)| column.kind == LineKind::Share);
        let (at, column) = shares.next().filter(|_| shares.next().is_none())?;
        let label = column.label.text().trim();
        let whole = ["share of ", "% of "].iter().find_map(|led| {
            let (head, whole) = label.split_at_checked(led.len())?;
            head.eq_ignore_ascii_case(led).then_some(whole.trim())
        })?;
        let own = stems(whole);
        let closing = stems(last);
        let named = matches!(closing.as_slice(), [total, rest @ ..] if total == "total" && rest == own);
        let full = || {
            let share = self.grid.cells.last()?.get(at)?.quantity.as_ref()?.value?;
            Some(share == rust_decimal::Decimal::ONE_HUNDRED)
        };
        let plain = !is_general(whole) && !is_dimension(whole) && !parts.iter().any(|name| names_a_measure(name));
        match (plain, named) {
            (true, true) => Some(line.name.clone()),
            (true, false) if is_whole(last) && full() == Some(true) => Some(whole.to_owned()),
            _ => None,
        }
    }

    /// A label that is a segment's name and a metric's, and nothing else.
    pub(super) fn part_of_metric(&self, name: &str) -> Option<(MetricId, String)> {
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

    /// `Other operating costs` beside `Power` and `Chemicals` is a cost of its own: what is left is a part only where the others are
    /// parts of the same metric.
    pub(super) fn is_a_part(&self, metric: MetricId, segment: &str) -> bool {
        let beside =
            |row: &Line| self.part_of_metric(&row.name).is_some_and(|(id, segment)| id == metric && !is_rest(&segment));
        !is_rest(segment) || self.grid.rows.iter().any(beside)
    }

    /// `Licences` of `UK` and again of `EU`: parts that several sections have are each a part of their section's.
    pub(super) fn by_section(&self, subjects: &mut [Subject]) {
        let section = |at: usize| self.grid.rows.get(at)?.groups.last().map(|group| group.text().trim());
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, subject) in subjects.iter().enumerate() {
            if let Subject::Segment(name) = subject {
                places.entry(name.to_lowercase()).or_default().push(at);
            }
        }
        for rows in places.into_values().filter(|rows| rows.len() > 1) {
            let sections: std::collections::BTreeSet<_> = rows.iter().map(|&at| section(at)).collect();
            if sections.len() != rows.len() || sections.contains(&None) {
                continue;
            }
            for at in rows {
                if let (Some(section), Subject::Segment(name)) = (section(at), &mut subjects[at]) {
                    *name = format!("{} {name}", section.trim_end_matches(':'));
                }
            }
        }
    }

    /// The rows of a table that a title or the line which closes its parts gives to one metric: its parts, and behind its own line what
    /// the table goes on with, `Operating profit` behind `Net fee income`.
    pub(super) fn split_rows(&mut self, names: &[String], metric: MetricId) -> Vec<Subject> {
        let mut closed = false;
        let closing = self.closing_row(names);
        let mut subjects = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            if closing == Some(at) {
                subjects.push(Subject::Whole);
                continue;
            }
            let own = self.vocabulary.term(metric).has_part(name);
            let goes_on = closed && !own && self.grid.rows[at].kind == LineKind::Level && names_a_measure(name);
            subjects.push(if goes_on { self.metric(name) } else { self.segment_of(name, Some(metric)) });
            closed |= subjects.last() == Some(&Subject::Whole);
        }
        self.by_section(&mut subjects);
        subjects
    }

    /// A line of a segmented table.
    pub(super) fn part(&mut self, name: &str) -> Subject {
        if is_whole(name) {
            return Subject::Whole;
        }
        match known(self.vocabulary, name) {
            Some(Name::Segment(segment)) => Subject::Segment(segment),
            Some(Name::Metric(id)) => Subject::Metric(id),
            _ if is_general(name) => Subject::Nothing,
            _ => {
                if let Some(segment) = self.with_or_without_kind(name) {
                    return Subject::Segment(segment);
                }
                self.vocabulary.add_segment(name);
                Subject::Segment(name.to_owned())
            }
        }
    }

    /// `City` for the `City hotels` of another table, and the other way round: the word for what all parts are may be left out. One row
    /// alone that has it is another thing: `Retail stores` beside `Online` are not all of `Retail`.
    fn with_or_without_kind(&self, name: &str) -> Option<String> {
        let known = |text: &str| match self.vocabulary.exact(text) {
            Some(Name::Segment(segment)) => Some(segment),
            _ => None,
        };
        self.kinds.iter().find_map(|kind| {
            match name.rsplit_once(' ').filter(|(_, own)| own.eq_ignore_ascii_case(kind)) {
                Some((head, _)) => known(head),
                None => known(&format!("{name} {kind}")),
            }
        })
    }

    /// Rows under columns of metrics: the parts that one of these metrics is known to have, whatever else their names may mean.
    pub(super) fn parts_under(
        &mut self,
        names: &[String],
        columns: &[Subject],
        other: impl Fn(&mut Self, &str) -> Subject,
    ) -> Vec<Subject> {
        let metrics: Vec<MetricId> = columns.iter().filter_map(Subject::metric).collect();
        let closing = self.closing_row(names);
        let mut subjects = Vec::with_capacity(names.len());
        for (at, (name, line)) in names.iter().zip(&self.grid.rows).enumerate() {
            let parted = metrics.iter().any(|id| self.vocabulary.term(*id).has_part(name));
            subjects.push(match line.kind {
                // `% of total` is no part of anything.
                kind if kind.is_movement() => Subject::Nothing,
                _ if closing == Some(at) => Subject::Whole,
                _ if parted => Subject::Segment(self.segment_named(name)),
                _ => other(self, name),
            });
        }
        self.by_section(&mut subjects);
        subjects
    }

    /// A segment's canonical spelling.
    fn segment_named(&self, name: &str) -> String {
        let mut known = self.vocabulary.segments().iter();
        known.find(|known| known.eq_ignore_ascii_case(name)).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// A row of a table whose title names the metric: a segment, whatever else its name may mean elsewhere.
    pub(super) fn segment_of(&mut self, name: &str, metric: Option<MetricId>) -> Subject {
        // What is left of a metric is no name to find it by, but it is a part, and not the whole.
        if is_rest(name) {
            return Subject::Segment(name.to_owned());
        }
        match known(self.vocabulary, name) {
            Some(Name::Metric(id)) if Some(id) == metric => Subject::Whole,
            Some(Name::Metric(id)) if metric.is_none() => Subject::Metric(id),
            Some(Name::Metric(_)) => Subject::Segment(name.to_owned()),
            _ => self.part(name),
        }
    }

    pub(super) fn column_part(&mut self, at: usize, name: &str) -> Subject {
        match self.grid.columns[at].kind {
            // `Company | Franchise | System`: what is less than another is not the whole of it.
            LineKind::Level if is_whole(name) && self.is_less_than_another(at) => {
                self.vocabulary.add_segment(name);
                Subject::Segment(name.to_owned())
            }
            LineKind::Level if self.adds_up_the_others(at) => Subject::Whole,
            LineKind::Level | LineKind::Total => match self.part(name) {
                Subject::Nothing => self.column_group(at),
                part => part,
            },
            _ => Subject::Nothing,
        }
    }

    /// `Hill | Lake | School`: whether the last of the columns is what all the others come to, but for a slip: a whole by whatever name.
    fn adds_up_the_others(&self, at: usize) -> bool {
        let columns = &self.grid.columns;
        let plain = || columns.iter().enumerate().filter(|(_, line)| line.kind.is_plain()).map(|(at, _)| at);
        let others = plain().count().saturating_sub(1);
        if others < 2 || plain().next_back() != Some(at) || columns.iter().any(|line| line.period.is_some()) {
            return false;
        }
        let value = |row: &[GridCell], at: usize| row.get(at)?.quantity.as_ref()?.value;
        let adds = |row: &Vec<GridCell>| -> Option<bool> {
            let sum = plain().take(others).map(|at| value(row, at)).sum::<Option<rust_decimal::Decimal>>()?;
            Some(sum == value(row, at)?)
        };
        let rows: Vec<bool> = self.grid.cells.iter().filter_map(adds).collect();
        let added = rows.iter().filter(|adds| **adds).count();
        added >= 2 && added + 1 >= rows.len()
    }

    /// Whether some column has more than this one in the first row of which all numbers are positive.
    fn is_less_than_another(&self, at: usize) -> bool {
        let plain =
            |(_, line): &(&GridCell, &Line)| line.kind.is_plain() && line.period == self.grid.columns[at].period;
        let positive = |row: &Vec<GridCell>| -> Option<bool> {
            let own = row.get(at)?.quantity.as_ref()?.value?;
            let beside = || row.iter().zip(&self.grid.columns).filter(plain);
            let mut values = beside().filter_map(|(cell, _)| cell.quantity.as_ref()?.value);
            let positive = values.clone().all(|value| value.is_sign_positive());
            positive.then(|| values.any(|value| value > own))
        };
        self.grid.cells.iter().find_map(positive).unwrap_or_default()
    }

    /// Upper header cells that differ between columns are segments: `Group | | Company |`.
    pub(super) fn column_group(&mut self, at: usize) -> Subject {
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
}
