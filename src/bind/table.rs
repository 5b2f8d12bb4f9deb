//! Tables: which lines are metrics, which are segments, and what each cell therefore states.
//!
//! Enters: grids. Leaves: the vocabulary that their labels add, and a claim for each number.
//! Invariant: a label that two lines of one table share is qualified by its section, so that a key names one cell of a table.

use std::collections::BTreeMap;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::document::{BlockKind, Document};
use crate::extract::{DecimalMark, MentionKind};
use crate::finding::Confidence;
use crate::grid::{Grid, Line, LineKind};
use crate::period::{Calendar, Period, PeriodContext};
use crate::quantity::Unit;
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::{MetricId, Name, Vocabulary};
use crate::words::stems;

use super::context::Contexts;

/// What a line stands for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) enum Subject {
    /// Nothing by name: only a period or scenario, or a name too general to compare by.
    #[default]
    Nothing,
    /// A metric.
    Metric(MetricId),
    /// A segment.
    Segment(String),
    /// The whole of the table's metric.
    Whole,
    /// A segment of a metric: `Terminals revenue`.
    Part(MetricId, String),
}

/// A grid's lines, named.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) rows: Vec<Subject>,
    pub(super) columns: Vec<Subject>,
    /// The metric that the title or heading names for all cells.
    pub(super) metric: Option<(MetricId, &'static str)>,
    /// Period that the title names for all cells.
    pub(super) period: Option<Period>,
}

/// Names too general to compare by, as stems.
const GENERAL: &[&str] = &[
    "total",
    "other",
    "net",
    "group",
    "sum",
    "amount",
    "balance",
    "value",
    "change",
    "variance",
    "note",
    "number",
    "item",
    "description",
    "category",
    "of which",
    "subtotal",
    "grand total",
    "actual",
    "plan",
    "budget",
    "quarter",
    "year",
    "period",
    "month",
    "all",
    "share",
    "growth",
    "usd",
    "gbp",
    "eur",
    "currency",
    "name",
    "type",
    "date",
    "opening",
    "closing",
    "opening balance",
    "closing balance",
];

/// Row labels that stand for the whole of a segmented metric.
const WHOLES: &[&str] = &[
    "total",
    "group",
    "company",
    "grand total",
    "overall",
    "all",
    "consolidated",
    "sum",
    "group total",
    "total group",
];

/// A line's name without the words that say which period, scenario or end of a period it is.
fn bare_name(line: &Line) -> String {
    // `Inventory days` is the name of a metric; only a unit in brackets or behind a comma is apart from it.
    let label = line.label.text().trim();
    let whole = matches!(line.unit, Some(Unit::Duration(word)) if label.to_lowercase().ends_with(word) && !label.contains([',', '(']));
    let name = if whole { label } else { line.name.as_str() };
    let mut cut: Vec<std::ops::Range<usize>> = crate::extract::scan(name, DecimalMark::Point)
        .into_iter()
        .filter(|mention| matches!(mention.kind, MentionKind::Period(..)))
        .map(|mention| mention.range)
        .collect();
    cut.extend(scenario::scan(name).into_iter().map(|(range, _)| range));
    cut.sort_by_key(|range| range.start);
    let mut rest = String::with_capacity(name.len());
    let mut at = 0;
    for range in cut {
        if range.start >= at {
            rest.push_str(&name[at..range.start]);
            at = range.end;
        }
    }
    rest.push_str(&name[at..]);
    let mut trimmed = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')' && c != '%').to_owned();
    // What only led to the period or scenario goes with it: `Surplus for the year`, `EBIT against budget`.
    while let Some((head, last)) = trimmed.rsplit_once(' ')
        && matches!(
            last.to_lowercase().as_str(),
            "for" | "against" | "vs" | "versus" | "the" | "of" | "at" | "in" | "on" | "to" | "and" | "by"
        )
    {
        trimmed = head.trim_end().to_owned();
    }
    match line.kind {
        LineKind::Opening | LineKind::Closing => strip_end_words(&trimmed),
        _ => trimmed,
    }
}

/// `Opening ARR` → `ARR`, `Cash at end of year` → `Cash`.
fn strip_end_words(name: &str) -> String {
    const ENDS: &[&str] = &[
        "opening",
        "closing",
        "beginning",
        "ending",
        "start",
        "end",
        "balance",
        "at",
        "of",
        "the",
        "brought",
        "carried",
        "forward",
        "in",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let keep = |word: &&&str| !ENDS.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()));
    words.iter().filter(keep).copied().collect::<Vec<_>>().join(" ")
}

/// The spellings under which a label may be met: as it is, without brackets, with the bracketed word instead of the one before it
/// (`operating income (loss)` is an operating loss too), without `total` and `of which`.
fn variants(name: &str) -> Vec<String> {
    let mut found = vec![name.to_owned()];
    if let (Some(open), Some(close)) = (name.find('('), name.rfind(')'))
        && open < close
    {
        let (head, inner, tail) = (name[..open].trim(), name[open + 1..close].trim(), name[close + 1..].trim());
        found.push(format!("{head} {tail}").trim().to_owned());
        if matches!(inner.to_lowercase().as_str(), "loss" | "deficit" | "income" | "profit" | "surplus" | "gain") {
            let rest = head.rsplit_once(' ').map_or("", |(rest, _)| rest);
            found.push(format!("{rest} {inner} {tail}").trim().to_owned());
        }
    }
    for (profit, loss) in [("income", "loss"), ("profit", "loss"), ("surplus", "deficit")] {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        if words.len() > 1 && words.last().is_some_and(|word| word == profit) {
            found.push(format!("{} {loss}", words[..words.len() - 1].join(" ")));
        }
    }
    for prefix in ["total ", "of which ", "of which: "] {
        let strip = |text: &String| {
            text.to_lowercase().strip_prefix(prefix).map(|rest| text[text.len() - rest.len()..].trim().to_owned())
        };
        let without: Vec<String> = found.iter().filter_map(strip).collect();
        found.extend(without);
    }
    let net: Vec<String> = found
        .iter()
        .filter_map(|text| text.strip_prefix("Net ").filter(|rest| rest.split_whitespace().count() > 1))
        .map(str::to_owned)
        .collect();
    found.extend(net);
    found.retain(|text| !text.is_empty());
    found
}

fn is_general(name: &str) -> bool {
    let stems = stems(name).join(" ");
    stems.is_empty() || GENERAL.contains(&stems.as_str()) || !stems.contains(|c: char| c.is_alphabetic())
}

/// What a corner cell calls the rows: `Function`, `Region`.
fn is_dimension(name: &str) -> bool {
    const DIMENSIONS: &[&str] = &[
        "function",
        "region",
        "segment",
        "business",
        "business line",
        "line",
        "channel",
        "department",
        "team",
        "country",
        "product",
        "programme",
        "program",
        "account",
        "market",
        "division",
        "location",
        "site",
        "subject",
        "source",
        "metric",
        "measure",
        "indicator",
    ];
    DIMENSIONS.contains(&stems(name).join(" ").as_str())
}

fn is_whole(name: &str) -> bool {
    WHOLES.contains(&stems(name).join(" ").as_str())
}

/// The known name behind a label, if any spelling of it is known.
fn known(vocabulary: &Vocabulary, name: &str) -> Option<Name> {
    variants(name).iter().find_map(|variant| vocabulary.exact(variant))
}

/// Names the lines of every grid, teaching the vocabulary what they add. Two rounds: titles such as "X by region" are
/// understood better once the plain tables have said what the metrics and segments are called.
pub(super) fn layouts(
    grids: &[Grid],
    documents: &[Document],
    contexts: &Contexts,
    vocabulary: &mut Vocabulary,
) -> Vec<Layout> {
    let mut layouts = vec![Layout::default(); grids.len()];
    let titled: Vec<Option<(String, &'static str)>> =
        grids.iter().map(|grid| by_title(grid, &documents[grid.document])).collect();
    for (at, grid) in grids.iter().enumerate() {
        if titled[at].is_some() {
            layouts[at] = Layouter { grid, document: &documents[grid.document], contexts, vocabulary }
                .segmented(titled[at].as_ref());
        }
    }
    for (at, grid) in grids.iter().enumerate() {
        if titled[at].is_none() {
            layouts[at] = Layouter { grid, document: &documents[grid.document], contexts, vocabulary }.plain();
        }
    }
    layouts
}

/// The metric of a title such as `Revenue by region`, in the caption, else the heading.
fn by_title(grid: &Grid, document: &Document) -> Option<(String, &'static str)> {
    let heading = heading(grid, document);
    for (text, place) in grid
        .title
        .iter()
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
            if !name.is_empty() && name.split_whitespace().count() <= 5 {
                return Some((name, place));
            }
        }
    }
    None
}

/// What a title can go by without being segmented.
const TIMES: &[&str] = &["quarter", "month", "year", "half", "period", "week", "day", "date"];

/// `A3. ARR` → `ARR`.
fn strip_numbering(name: &str) -> String {
    let mut words = name.split_whitespace().peekable();
    while words.peek().is_some_and(|word| word.ends_with('.') && word.len() <= 4) {
        words.next();
    }
    words.collect::<Vec<_>>().join(" ")
}

fn heading(grid: &Grid, document: &Document) -> Option<String> {
    let at = document.blocks.get(grid.block)?.heading?;
    match &document.blocks.get(at)?.kind {
        BlockKind::Heading(_, flow) => Some(flow.text().to_owned()),
        _ => None,
    }
}

struct Layouter<'a> {
    grid: &'a Grid,
    document: &'a Document,
    contexts: &'a Contexts,
    vocabulary: &'a mut Vocabulary,
}

impl Layouter<'_> {
    /// A table whose title names the metric: one axis is its segments.
    fn segmented(mut self, title: Option<&(String, &'static str)>) -> Layout {
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        let columns: Vec<String> = self.grid.columns.iter().map(bare_name).collect();
        let column_metrics = self.known_metrics(&columns);
        if column_metrics == 0
            && let Some((name, place)) = title
        {
            let id = match known(self.vocabulary, name) {
                Some(Name::Metric(id)) => id,
                _ => self.learn(name),
            };
            layout.metric = Some((id, place));
        }
        let rows: Vec<String> = self.grid.rows.iter().map(bare_name).collect();
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
            columns.iter().map(|name| self.part(name)).collect()
        };
        layout
    }

    /// Any other table.
    fn plain(mut self) -> Layout {
        let rows: Vec<String> = self.grid.rows.iter().map(bare_name).collect();
        let columns: Vec<String> = self.grid.columns.iter().map(bare_name).collect();
        let row_periods = self.grid.rows.iter().filter(|row| row.period.is_some()).count();
        let named_columns = columns.iter().filter(|name| !is_general(name)).count();
        let (row_metrics, column_metrics) = (self.known_metrics(&rows), self.known_metrics(&columns));
        let row_segments =
            rows.iter().filter(|name| matches!(self.vocabulary.exact(name), Some(Name::Segment(_)))).count();
        let mut layout = Layout { period: self.title_period(), ..Layout::default() };
        let columns_are_metrics = named_columns > 0
            && (row_periods * 2 > rows.len() || column_metrics > 0 && (row_metrics == 0 || row_segments > row_metrics));
        if columns_are_metrics {
            layout.columns = columns.iter().map(|name| self.metric(name)).collect();
            layout.rows = match row_periods * 2 > rows.len() {
                true => rows.iter().map(|_| Subject::Nothing).collect(),
                false => rows.iter().map(|name| self.part(name)).collect(),
            };
            return layout;
        }
        if row_segments > 0 && row_segments >= row_metrics {
            layout.metric = self.titled_metric();
            if layout.metric.is_some() {
                layout.rows = rows.iter().map(|name| self.part(name)).collect();
                layout.columns = columns.iter().map(|name| self.part(name)).collect();
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

    /// Rows as metrics; a label that stands twice for one time is qualified by its section.
    fn metric_rows(&mut self, names: &[String]) -> Vec<Subject> {
        let key = |row: &Line, name: &String| {
            let end = matches!(row.kind, LineKind::Opening | LineKind::Closing).then_some(row.kind as u8);
            (name.to_lowercase(), row.period.as_ref().map(|period| format!("{period:?}")), end)
        };
        let mut count: BTreeMap<_, usize> = BTreeMap::new();
        for (row, name) in self.grid.rows.iter().zip(names) {
            *count.entry(key(row, name)).or_default() += 1;
        }
        let rolled = self.rolled();
        let mut subjects = Vec::with_capacity(names.len());
        for (row, name) in self.grid.rows.iter().zip(names) {
            let unique = count.get(&key(row, name)).copied().unwrap_or(0) < 2;
            subjects.push(match row.kind {
                LineKind::Section | LineKind::Other => Subject::Nothing,
                LineKind::Opening | LineKind::Closing if is_general(name) => match &rolled {
                    Some(rolled) => self.metric(rolled),
                    None => Subject::Nothing,
                },
                _ if unique => self.metric(name),
                _ => match row.groups.last() {
                    Some(group) => self.metric(&format!("{} {name}", group.text().trim_end_matches(':'))),
                    None => Subject::Nothing,
                },
            });
        }
        subjects
    }

    /// Rows that only qualify the title's metric: `GAAP` and `Non-GAAP` under "Gross margin".
    fn qualify(&self, layout: &mut Layout, rows: &[String]) {
        let Some((id, _)) = self.title_metric() else { return };
        let label = self.vocabulary.term(id).label.clone();
        for (subject, name) in layout.rows.iter_mut().zip(rows) {
            let together = self.vocabulary.exact(&format!("{name} {label}"));
            match (together, stems(name).join(" ").as_str()) {
                (Some(Name::Metric(other)), _) if other != id => *subject = Subject::Metric(other),
                (_, "gaap" | "reported" | "statutory" | "ifrs") => *subject = Subject::Metric(id),
                _ => {}
            }
        }
    }

    /// What is rolled forward: `Store roll-forward`, `ARR walk, Q2 to Q3`, `Net debt bridge`.
    fn rolled(&self) -> Option<String> {
        let title = self.grid.title.as_ref().map(|flow| flow.text().to_owned());
        title.into_iter().chain(heading(self.grid, self.document)).find_map(|text| {
            let lower = text.to_lowercase();
            let end = ["roll-forward", "rollforward", "roll forward", "walk", "bridge", "waterfall", "movement"]
                .iter()
                .find_map(|word| lower.find(word))?;
            let name = strip_numbering(text.get(..end)?.trim());
            let counted = self
                .grid
                .cells
                .iter()
                .flatten()
                .filter_map(|cell| cell.quantity.as_ref())
                .all(|quantity| matches!(quantity.unit, Unit::Count | Unit::Bare));
            let singular = counted && name.chars().last().is_some_and(|c| c.is_lowercase() && c != 's');
            let name = if singular { format!("{name}s") } else { name };
            (!is_general(&name) && name.split_whitespace().count() <= 4).then_some(name)
        })
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
        let group = |column: &Line| {
            column.groups.iter().map(|flow| flow.text().trim().to_owned()).find(|text| is_part_name(text))
        };
        let mut all: Vec<Option<String>> = self.grid.columns.iter().map(group).collect();
        let own = all.get(at).cloned().flatten();
        all.sort();
        all.dedup();
        match own {
            Some(name) if all.len() > 1 => self.part(&name),
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
        let (name, place) = self
            .titles()
            .map(|(text, place)| (title_name(&text), place))
            .find(|(name, _)| !is_general(name) && !is_dimension(name) && name.split_whitespace().count() <= 5)?;
        Some((self.learn(&name), place))
    }

    fn titles(&self) -> impl Iterator<Item = (String, &'static str)> {
        let title = self.grid.title.as_ref().map(|flow| (flow.text().to_owned(), "the table's title"));
        title.into_iter().chain(heading(self.grid, self.document).map(|text| (text, "the heading")))
    }

    fn title_period(&self) -> Option<Period> {
        let context = self.contexts.context(self.grid.document);
        let text = self.grid.title.as_ref()?.text();
        only_period(text, &context)
    }
}

/// A title as a name: without numbering, periods, scenario and what follows a comma or bracket.
fn title_name(text: &str) -> String {
    let text = text.split([',', '(', ':', '–', '—']).next().unwrap_or_default();
    let line = Line { name: strip_numbering(text.trim()), ..Line::default() };
    bare_name(&line).trim().to_owned()
}

fn is_part_name(text: &str) -> bool {
    let mentions = crate::extract::scan(text, DecimalMark::Point);
    mentions.is_empty()
        && !is_general(text)
        && scenario::scan(text).is_empty()
        && text.split_whitespace().count() <= 5
        && !text.contains(['(', ')'])
}

/// The one period that a text names, if it names exactly one.
pub(super) fn only_period(text: &str, context: &PeriodContext) -> Option<Period> {
    let mut periods =
        crate::extract::scan(text, DecimalMark::Point).into_iter().filter_map(|mention| match mention.kind {
            MentionKind::Period(expression, _) => expression.resolve(context),
            _ => None,
        });
    let first = periods.next()?;
    periods.all(|period| period == first).then_some(first)
}

/// A claim for every number of a grid.
pub(super) fn claims(deck: &Deck, at: usize, layout: &Layout, contexts: &Contexts) -> Vec<Claim> {
    let grid = &deck.grids[at];
    let document = &deck.documents[grid.document];
    let context = contexts.context(grid.document);
    let mut claims = Vec::new();
    for (r, row) in grid.rows.iter().enumerate() {
        for (c, column) in grid.columns.iter().enumerate() {
            let cell = &grid.cells[r][c];
            let Some(quantity) = &cell.quantity else { continue };
            if row.kind == LineKind::Other || column.kind == LineKind::Other {
                continue;
            }
            let mut claim = Claim {
                place: Place { file: document.file, span: cell.span },
                document: grid.document,
                block: grid.block,
                slide: document.blocks[grid.block].slide,
                cell: Some((at, r, c)),
                quantity: quantity.clone(),
                metric: None,
                period: None,
                scenario: Some(column.scenario.or(row.scenario).unwrap_or(scenario::ACTUAL).to_owned()),
                segment: None,
                measure: Measure::Level,
                base: None,
                direction: None,
                mover: None,
                operands: [None, None],
                sentence: None,
                blocked: false,
                loose: false,
                evidence: Vec::new(),
                confidence: Confidence::High,
                status: Default::default(),
            };
            subject(layout, (r, c), (row, column), &deck.vocabulary, &mut claim);
            when(grid, layout, (r, c), &context, contexts, &mut claim);
            claims.push(claim);
        }
    }
    claims
}

fn subject(
    layout: &Layout,
    (r, c): (usize, usize),
    (row, column): (&Line, &Line),
    vocabulary: &Vocabulary,
    claim: &mut Claim,
) {
    let parts = [(layout.rows.get(r), row, "row"), (layout.columns.get(c), column, "column")];
    for (subject, line, axis) in parts {
        match subject {
            Some(Subject::Metric(id)) if claim.metric.is_none() => {
                claim.metric = Some(*id);
                claim.evidence.push(format!("{axis} label {}", line.label.text().trim()));
            }
            Some(Subject::Part(id, segment)) if claim.metric.is_none() => {
                claim.metric = Some(*id);
                claim.segment = Some(segment.clone());
                claim.evidence.push(format!("{axis} label {}", line.label.text().trim()));
            }
            Some(Subject::Segment(segment)) => claim.segment = Some(segment.clone()),
            _ => {}
        }
    }
    let whole = parts.iter().any(|(subject, ..)| matches!(subject, Some(Subject::Whole | Subject::Segment(_))));
    let bare = parts.iter().all(|(subject, ..)| matches!(subject, Some(Subject::Nothing)));
    if claim.metric.is_none()
        && let Some((id, place)) = layout.metric
        && (whole || bare)
        && (!bare || row.period.is_some() || column.period.is_some())
    {
        claim.metric = Some(id);
        claim.evidence.push(format!("{place} names {}", vocabulary.term(id).label));
    }
}

fn when(
    grid: &Grid,
    layout: &Layout,
    (r, c): (usize, usize),
    context: &PeriodContext,
    contexts: &Contexts,
    claim: &mut Claim,
) {
    let (row, column) = (&grid.rows[r], &grid.columns[c]);
    let of = |line: &Line| line.period.as_ref().and_then(|expression| expression.resolve(context));
    let stated = of(column).or_else(|| of(row));
    claim.period = stated.or(layout.period).or_else(|| {
        let (period, place, confidence) = contexts.period(grid.document, grid.block)?;
        // A table of period columns says nothing of its other columns' period.
        let dated =
            |lines: &[Line]| lines.iter().filter(|line| line.period.is_some()).count() * 2 >= lines.len().max(1);
        let silent = !dated(&grid.columns) && !dated(&grid.rows);
        (silent || is_movement(column.kind)).then(|| {
            claim.evidence.push(format!("period {period} from {place}"));
            claim.confidence = claim.confidence.min(confidence);
            period
        })
    });
    if let Some(period) = stated {
        claim.evidence.push(format!("period {period} in the table's header"));
    }
    let kind = if is_movement(column.kind) || column.kind == LineKind::Opening { column.kind } else { row.kind };
    match kind {
        LineKind::Opening => claim.period = claim.period.map(|period| opening(period, &context.calendar)),
        LineKind::Change | LineKind::Growth => movement(grid, c, kind, &of, &context.calendar, claim),
        LineKind::Variance => {
            claim.measure = Measure::Variance;
            claim.scenario = Some(scenario::ACTUAL.to_owned());
            let against = grid
                .columns
                .iter()
                .chain(&grid.rows)
                .filter_map(|line| line.scenario)
                .find(|name| *name != scenario::ACTUAL);
            claim.base = against.map(|name| Base::Scenario(name.to_owned()));
            if claim.period.is_none() {
                claim.period = grid.columns.iter().find_map(of);
            }
        }
        LineKind::Share => {
            claim.measure = Measure::Share;
            claim.base = claim.metric.map(|_| Base::Whole(String::new()));
        }
        _ => {}
    }
}

/// The period that a balance at the start of another belongs to: the one before, of the same length; what runs to date starts where
/// its year does.
fn opening(period: Period, calendar: &Calendar) -> Period {
    match period.grain() {
        Some(_) => period.before(),
        None => period.opening(calendar),
    }
}

fn is_movement(kind: LineKind) -> bool {
    matches!(kind, LineKind::Change | LineKind::Growth | LineKind::Variance | LineKind::Share)
}

/// A change column is between the period columns on either side of it, else the nearest two to its left.
fn movement(
    grid: &Grid,
    c: usize,
    kind: LineKind,
    of: &dyn Fn(&Line) -> Option<Period>,
    calendar: &Calendar,
    claim: &mut Claim,
) {
    let percent = matches!(claim.quantity.unit, Unit::Percent);
    let points = matches!(claim.quantity.unit, Unit::Points | Unit::BasisPoints);
    claim.measure = if (kind == LineKind::Growth || percent) && !points { Measure::Growth } else { Measure::Change };
    if !is_movement(grid.columns[c].kind) {
        // A growth row: its base is not in the table's header.
        return;
    }
    let period_at = |at: usize| (grid.columns[at].kind == LineKind::Level).then(|| of(&grid.columns[at])).flatten();
    let left: Vec<Period> = (0..c).filter_map(period_at).collect();
    let right: Vec<Period> = (c + 1..grid.columns.len()).filter_map(period_at).collect();
    let beside =
        c.checked_sub(1).and_then(period_at).zip((c + 1 < grid.columns.len()).then(|| period_at(c + 1)).flatten());
    // After n years come the n − 1 changes between them, in the same order.
    let alike =
        |at: &usize| grid.columns[*at].kind == grid.columns[c].kind && grid.columns[*at].unit == grid.columns[c].unit;
    let rank = (0..c).filter(alike).count();
    let all = (0..grid.columns.len()).filter(alike).count();
    let pair = match (left.as_slice(), right.as_slice()) {
        _ if beside.is_some() => beside,
        (years, []) if years.len() == all + 1 => years.get(rank).copied().zip(years.get(rank + 1).copied()),
        ([.., a, b], _) if all == 1 => Some((*a, *b)),
        ([], [a, b, ..]) if all == 1 => Some((*a, *b)),
        ([a, b], _) => Some((*a, *b)),
        _ => None,
    };
    // `Change on Q1` names its own base.
    if let Some(base) = of(&grid.columns[c]) {
        let now = (0..grid.columns.len()).filter_map(period_at).filter(|period| *period != base);
        claim.period = now.max_by_key(|period| period.bounds(calendar).1);
        claim.base = Some(Base::Period(base));
        return;
    }
    let Some((a, b)) = pair else {
        claim.period = None;
        return;
    };
    let (later, earlier) = if a.bounds(calendar).1 >= b.bounds(calendar).1 { (a, b) } else { (b, a) };
    claim.period = Some(later);
    claim.base = Some(Base::Period(earlier));
}
