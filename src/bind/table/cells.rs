//! What each cell of a named table states.
//!
//! Enters: a grid with its layout. Leaves: a claim for each number.
//! Invariant: a cell's key comes from its own row and column; what is missing there comes from the title, then from the place.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::grid::{Grid, Line, LineKind};
use crate::period::{Calendar, Expression, Fixed, Period, PeriodContext};
use crate::quantity::Unit;
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::{MetricId, Vocabulary};

use super::heads::{self, Head, Moved};
use super::spelling::part_and_whole;
use super::times;
use super::{Layout, Subject};
use crate::bind::context::{Contexts, is_closing_date};

/// A claim for every number of a grid.
pub(in crate::bind) fn claims(deck: &Deck, at: usize, layout: &Layout, contexts: &Contexts) -> Vec<Claim> {
    let grid = &deck.grids[at];
    let document = &deck.documents[grid.document];
    let context = contexts.context(grid.document);
    // `ARR | vs Q2 | YoY`: movements are of the one metric beside them.
    let mut metrics = layout.columns.iter().filter_map(Subject::metric);
    let moved = metrics.next().filter(|first| metrics.all(|other| other == *first));
    let placed = place_of(deck, grid, contexts);
    // What a header leaves open is of the time that the table's place reports on, not of the document's.
    let here = layout.period.or(placed.map(|(period, ..)| period)).or(context.reporting);
    let context = PeriodContext { reporting: here, ..context };
    let place = Placing {
        grid,
        layout,
        context,
        at: placed,
        undated: heads::undated(grid),
        against: grid.columns.iter().chain(&grid.rows).find(|line| line.is_plan()).and_then(|line| line.scenario),
        first: grid.columns.iter().find_map(|line| line.when(&context)),
    };
    let steps = effects(grid, layout, &deck.vocabulary);
    let heads = heads::heads(grid, &context, &deck.vocabulary);
    let mut claims = Vec::new();
    for (r, row) in grid.rows.iter().enumerate() {
        let whole = OnceCell::new();
        for ((c, column), head) in grid.columns.iter().enumerate().zip(&heads) {
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
                plain: true,
                evidence: Vec::new(),
                confidence: Confidence::High,
                status: Default::default(),
            };
            if !head.other_basis && !steps.contains(&r) {
                subject(layout, (r, c), (row, column), &deck.vocabulary, &mut claim);
            }
            // `Amount | Price | Value | %`: a share is of the column that it stands behind.
            let other = column.kind == LineKind::Share && stands_behind_another(grid, layout, c);
            if let (None, Some(id)) =
                (claim.metric, moved.filter(|_| column.kind.is_movement() && !other && !head.other_basis))
            {
                claim.metric = Some(id);
                claim.evidence.push(format!("the column beside is {}", deck.vocabulary.term(id).label));
            }
            place.when((r, c), head, &mut claim);
            if claim.measure == Measure::Share && claim.base == Some(Base::Whole(String::new())) {
                let whole = head.whole.or_else(|| *whole.get_or_init(|| heads::whole_of(row, &deck.vocabulary)));
                let whole = whole.filter(|whole| claim.metric != Some(*whole));
                claim.base = Some(Base::Whole(whole.map_or(String::new(), |id| deck.vocabulary.term(id).name.clone())));
            }
            claims.push(claim);
        }
    }
    unnamed_rows(grid, layout, &mut claims);
    claims
}

/// `Week | Revenue` over rows `1`, `2`, `3`; `Others` above the total: several rows of a metric's column that nothing tells apart cannot all
/// be all of it. What is left is the total.
fn unnamed_rows(grid: &Grid, layout: &Layout, claims: &mut [Claim]) {
    let mut rows: BTreeMap<(usize, MetricId, Option<Period>), Vec<usize>> = BTreeMap::new();
    for (n, claim) in claims.iter().enumerate() {
        let (Some(id), Some((_, _, c)), None) = (claim.metric, claim.cell, &claim.segment) else { continue };
        let named = layout.columns.get(c).and_then(Subject::metric) == Some(id);
        if named && claim.measure == Measure::Level && grid.columns[c].kind.is_plain() {
            rows.entry((c, id, claim.period)).or_default().push(n);
        }
    }
    for members in rows.into_values() {
        let first = &claims[members[0]];
        let differs = |claim: &Claim| claim.quantity.value != first.quantity.value && claim.scenario == first.scenario;
        if !members.iter().any(|&n| differs(&claims[n])) {
            continue;
        }
        for n in members {
            let total = claims[n].cell.is_some_and(|(_, r, _)| grid.rows[r].kind == LineKind::Total);
            if !total {
                claims[n].unbind();
            }
        }
    }
}

/// Whether the plain column before one names no metric, while others do.
fn stands_behind_another(grid: &Grid, layout: &Layout, at: usize) -> bool {
    let before = (0..at).rev().find(|&column| grid.columns[column].kind.is_plain());
    before.and_then(|column| layout.columns.get(column)).is_some_and(|subject| subject.metric().is_none())
}

/// The steps of a walk of profit or another flow from one time or scenario to another that go by the names of the source's metrics:
/// `Fuel | +1.9` between `EBIT 2024` and `EBIT 2025` is what fuel did to it, and no level of fuel.
fn effects(grid: &Grid, layout: &Layout, vocabulary: &Vocabulary) -> std::ops::Range<usize> {
    let end = |at: &usize| {
        let line = &grid.rows[*at];
        line.kind == LineKind::Level && (line.says_when() || line.scenario.is_some())
    };
    let ends: Vec<usize> = (0..grid.rows.len().min(layout.rows.len())).filter(end).collect();
    let [first, last] = ends.as_slice() else { return 0..0 };
    let when = |at: usize| (&grid.rows[at].period, grid.rows[at].scenario);
    let walked = match (&layout.rows[*first], &layout.rows[*last]) {
        (Subject::Metric(a), Subject::Metric(b)) => {
            a == b && vocabulary.term(*a).period_type != Some(crate::source::PeriodType::Instant)
        }
        _ => false,
    };
    // `Net debt at 30 June` is a balance: what came and went between two of them are amounts of their own.
    let balance = |at: usize| grid.rows[at].period.as_ref().is_some_and(times::names_a_moment);
    // Steps are signed; a table of two years' figures is no walk.
    let signed = |row: &[crate::grid::GridCell]| {
        row.iter()
            .any(|cell| cell.quantity.as_ref().is_some_and(|quantity| quantity.sign != crate::quantity::Sign::None))
    };
    let moves = *last > first + 2 && grid.cells[first + 1..*last].iter().any(|row| signed(row));
    let sourced = |at: usize| layout.rows[at].metric().is_some_and(|id| vocabulary.term(id).source.is_some());
    // `Budget EBITDA | Fees | Pay | Actual EBITDA`: each step is how far its line is from what was planned.
    let planned = grid.rows[*first].scenario != grid.rows[*last].scenario;
    if walked
        && moves
        && !balance(*first)
        && !balance(*last)
        && when(*first) != when(*last)
        && (planned || (first + 1..*last).any(sourced))
    {
        first + 1..*last
    } else {
        0..0
    }
}

/// The period of a table's place: its slide's, where a heading's date does not say better, else the document's.
fn place_of(deck: &Deck, grid: &Grid, contexts: &Contexts) -> Option<(Period, &'static str, Confidence)> {
    let dated = || {
        let document = &deck.documents[grid.document];
        let period = heading_date(document.heading_of(grid.block)?.text())?.moment(&deck.calendar);
        Some((period, "the date in the slide's title", Confidence::Medium))
    };
    contexts.titled(grid.document, grid.block).or_else(dated).or_else(|| contexts.period(grid.document, grid.block))
}

/// `Receivables at 30 June 2025`: the date that a heading ends with, where it is the last of a month.
fn heading_date(text: &str) -> Option<Period> {
    let mentions = crate::period::scan::scan(text);
    let [mention] = mentions.as_slice() else { return None };
    let MentionKind::Period(Expression::Fixed(Fixed::Day(date)), _) = mention.kind else { return None };
    let before = text.get(..mention.range.start)?.trim_end();
    is_closing_date(before, date).then_some(Period::Day(date))
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
            // Where both lines are parts, the cell is what they have in common.
            Some(Subject::Segment(segment)) => {
                claim.segment = Some(match claim.segment.take() {
                    Some(other) if claim.metric.is_none() => format!("{other} / {segment}"),
                    _ => segment.clone(),
                });
            }
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

/// What all numbers of a table have in common in time.
struct Placing<'a> {
    grid: &'a Grid,
    layout: &'a Layout,
    context: PeriodContext,
    /// The period of the place, where it comes from, and how sure that makes us.
    at: Option<(Period, &'static str, Confidence)>,
    /// Whether neither rows nor columns tell times, so that the place does.
    undated: bool,
    /// The first scenario of a line that is not what happened: what variances are against.
    against: Option<&'static str>,
    /// The first time that a column is of.
    first: Option<Period>,
}

impl Placing<'_> {
    fn when(&self, (r, c): (usize, usize), head: &Head, claim: &mut Claim) {
        let Self { grid, layout, context, .. } = self;
        let (row, column) = (&grid.rows[r], &grid.columns[c]);
        let stated = head.compared.or_else(|| times::stated(row, column, context));
        claim.period = stated.or(head.time).or(layout.period).or_else(|| {
            let (period, place, confidence) = self.at?;
            let here = self.undated && !head.unread || head.is_current(period, &context.calendar);
            (here || column.kind.is_movement()).then(|| {
                claim.evidence.push(format!("period {period} from {place}"));
                claim.confidence = claim.confidence.min(confidence);
                period
            })
        });
        if let Some(period) = stated {
            claim.evidence.push(format!("period {period} in the table's header"));
        }
        let kind = if column.kind.is_movement() || column.kind == LineKind::Opening { column.kind } else { row.kind };
        let kind = match kind {
            _ if head.against_plan => LineKind::Variance,
            LineKind::Variance if head.over_time => LineKind::Change,
            kind => kind,
        };
        let share = layout.shares && kind.is_plain();
        let kind = if share && claim.quantity.unit == Unit::Percent { LineKind::Share } else { kind };
        match kind {
            LineKind::Opening => {
                let dated = column.period.is_none().then(|| times::opening_day(row, context)).flatten();
                claim.period = dated.or_else(|| claim.period.map(|period| opening(period, &context.calendar)));
            }
            LineKind::Change | LineKind::Growth => {
                movement(column, head, kind, claim);
                // `Revenue growth on Q3 2024` beside columns without a time: of the time that the place reports on.
                if claim.period.is_none() && claim.base.is_some() {
                    claim.period = layout.period.or(self.at.map(|(period, ..)| period));
                }
            }
            LineKind::Variance => {
                claim.measure = Measure::Variance;
                claim.scenario = Some(scenario::ACTUAL.to_owned());
                claim.base = self.against.map(|name| Base::Scenario(name.to_owned()));
                claim.period = claim.period.or(self.first);
            }
            // `% of the budget spent`: the column does not add up to a whole.
            LineKind::Share if column.kind.is_movement() && !head.makes_whole && head.whole.is_none() => {
                claim.unbind();
            }
            // A row that names part and whole is a metric of its own, and its numbers are levels of it.
            LineKind::Share if !column.kind.is_movement() && part_and_whole(&row.name).is_some() => {}
            LineKind::Share => {
                claim.measure = Measure::Share;
                claim.base = claim.metric.map(|_| Base::Whole(String::new()));
            }
            _ => {}
        }
        // A difference between two opening balances is of the time that they open.
        if row.kind == LineKind::Opening && column.kind.is_movement() {
            claim.unbind();
        }
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

/// Gives a number of movements its measure and, where its column says so, the two times that it is between.
fn movement(column: &Line, head: &Head, kind: LineKind, claim: &mut Claim) {
    let percent = matches!(claim.quantity.unit, Unit::Percent);
    let points = matches!(claim.quantity.unit, Unit::Points | Unit::BasisPoints);
    claim.measure = if (kind == LineKind::Growth || percent) && !points { Measure::Growth } else { Measure::Change };
    if !column.kind.is_movement() {
        // A growth row: its base is not in the table's header.
        return;
    }
    match head.moved {
        Some(Moved { now, base }) => {
            claim.period = now.or(claim.period.filter(|own| *own != base));
            claim.base = Some(Base::Period(base));
        }
        None => claim.period = None,
    }
}
