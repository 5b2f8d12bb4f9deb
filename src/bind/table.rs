//! Tables: which lines are metrics, which are segments, and what each cell therefore states.
//!
//! Enters: grids. Leaves: the vocabulary that their labels add, and a claim for each number.
//! Invariant: a label that two lines of one table share is qualified by its section, so that a key names one cell of a table.

mod cells;
mod heads;
mod lines;
mod name;
mod spelling;
mod split;
mod stated;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, Flow};
use crate::extract::{DecimalMark, MentionKind};
use crate::grid::{Grid, Line};
use crate::period::{Expression, Fixed, Period, PeriodContext};
use crate::source::SourceOfTruth;
use crate::vocabulary::{MetricId, Vocabulary, is_flow};

use super::context::Contexts;
use lines::{Layouter, by_title};
use stated::PartValues;

pub(super) use cells::claims;

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

impl Subject {
    fn metric(&self) -> Option<MetricId> {
        match self {
            Self::Metric(id) | Self::Part(id, _) => Some(*id),
            _ => None,
        }
    }
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
    /// Whether the title says that all numbers are shares of that metric.
    pub(super) shares: bool,
}

impl Layout {
    /// Takes metrics for others.
    pub(super) fn rename(&mut self, names: &BTreeMap<MetricId, MetricId>) {
        let titled = self.metric.iter_mut().map(|(id, _)| id);
        let lines = self.rows.iter_mut().chain(&mut self.columns).filter_map(|subject| match subject {
            Subject::Metric(id) | Subject::Part(id, _) => Some(id),
            _ => None,
        });
        for id in titled.chain(lines) {
            *id = names.get(id).copied().unwrap_or(*id);
        }
    }
}

/// Names the lines of every grid, teaching the vocabulary what they add. Two rounds: titles such as "X by region" are
/// understood better once the plain tables have said what the metrics and segments are called.
pub(super) fn layouts(
    grids: &[Grid],
    documents: &[Document],
    contexts: &Contexts,
    source: &SourceOfTruth,
    vocabulary: &mut Vocabulary,
) -> Vec<Layout> {
    let values = PartValues::of(source);
    let mut layouts = vec![Layout::default(); grids.len()];
    let titled: Vec<Option<(String, &'static str)>> =
        grids.iter().map(|grid| by_title(grid, &documents[grid.document])).collect();
    for (at, grid) in grids.iter().enumerate() {
        if titled[at].is_some() {
            layouts[at] = Layouter::new(grid, &documents[grid.document], contexts, vocabulary)
                .segmented(titled[at].as_ref(), &values);
        }
    }
    split::learn(grids, vocabulary);
    // A table whose corner names what a bare total closes says that its rows are parts, which others may leave open.
    let untitled = (0..grids.len()).filter(|&at| titled[at].is_none());
    let (plain, other): (Vec<usize>, Vec<usize>) = untitled.partition(|&at| lines::is_split(&grids[at]));
    for at in plain.into_iter().chain(other) {
        let grid = &grids[at];
        layouts[at] = Layouter::new(grid, &documents[grid.document], contexts, vocabulary).plain(&values);
    }
    // The one series of a chart has no name of its own, and its title may be named by a later table.
    for (grid, layout) in grids.iter().zip(&mut layouts) {
        if layout.metric.is_none() && layout.rows.iter().all(|subject| *subject == Subject::Nothing) {
            let mut layouter = Layouter::new(grid, &documents[grid.document], contexts, vocabulary);
            let named = layouter.title_metric();
            // `Agency spend by month` over one series of numbers: there is nothing else that they could be.
            layout.metric = named.or_else(|| if grid.chart { layouter.captioned_measure() } else { None });
        }
    }
    layouts
}

/// How the tables state the metrics of their lines in time.
#[derive(Default)]
pub(super) struct Times {
    /// Metrics in columns or rows of dates: `31 December 2025`.
    pub(super) dated: BTreeSet<MetricId>,
    /// Of these, the ones of tables in which nothing comes or goes: no day there closes a span, whatever texts say of a quarter.
    pub(super) standing: BTreeSet<MetricId>,
    /// Metrics in columns or rows of spans within a year: `Q3 FY25`.
    pub(super) spanned: BTreeSet<MetricId>,
}

/// Which metrics stand under dates, and which under parts of years.
pub(super) fn times(grids: &[Grid], layouts: &[Layout]) -> Times {
    let mut times = Times::default();
    for (grid, layout) in grids.iter().zip(layouts) {
        let standing = std::cell::LazyCell::new(|| {
            let lines = grid.rows.iter().chain(&grid.columns).map(|line| line.name.as_str());
            !lines.chain(grid.titles().map(Flow::text)).any(is_flow)
        });
        let across = (&layout.rows, &grid.columns);
        let down = (&layout.columns, &grid.rows);
        for (subjects, lines) in [across, down] {
            let metrics = || subjects.iter().filter_map(Subject::metric).chain(layout.metric.map(|(id, _)| id));
            let named = |line: &&Line| line.kind.is_plain();
            for expression in lines.iter().filter(named).filter_map(|line| line.period.as_ref()) {
                match expression {
                    _ if times::names_a_moment(expression) => {
                        times.dated.extend(metrics());
                        if *standing {
                            times.standing.extend(metrics());
                        }
                    }
                    Expression::Fixed(Fixed::Year { .. } | Fixed::Ended(12, _)) | Expression::SplitYear(_) => {}
                    _ => times.spanned.extend(metrics()),
                }
            }
        }
    }
    times
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

/// `Sales walk, FY25 to FY26`: what happened between two times of one length is of the later one.
fn walked_period(text: &str, context: &PeriodContext) -> Option<Period> {
    let lower = text.to_lowercase();
    if !lines::WALKS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let mut ranges =
        crate::extract::scan(text, DecimalMark::Point).into_iter().filter_map(|mention| match mention.kind {
            MentionKind::Period(Expression::Range(from, to), _) => Some((from.resolve(context)?, to.resolve(context)?)),
            _ => None,
        });
    let (earlier, later) = ranges.next().filter(|_| ranges.next().is_none())?;
    let ordered = earlier.bounds(&context.calendar).1 < later.bounds(&context.calendar).1;
    (ordered && earlier.grain() == later.grain()).then_some(later)
}
