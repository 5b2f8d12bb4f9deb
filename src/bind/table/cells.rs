//! What each cell of a named table states.
//!
//! Enters: a grid with its layout. Leaves: a claim for each number.
//! Invariant: a cell's key comes from its own row and column; what is missing there comes from the title, then from the place.

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::grid::{Grid, Line, LineKind};
use crate::period::{Calendar, Expression, Fixed, Period, PeriodContext, Relative};
use crate::quantity::Unit;
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::{MetricId, Name, Vocabulary};

use super::name::known;
use super::spelling::part_and_whole;
use super::{Layout, Subject};
use crate::bind::context::Contexts;
use crate::bind::lexicon;
use crate::document::Flow;
use crate::words::stems;

/// A claim for every number of a grid.
pub(in crate::bind) fn claims(deck: &Deck, at: usize, layout: &Layout, contexts: &Contexts) -> Vec<Claim> {
    let grid = &deck.grids[at];
    let document = &deck.documents[grid.document];
    let context = contexts.context(grid.document);
    // `ARR | vs Q2 | YoY`: movements are of the one metric beside them.
    let mut metrics = layout.columns.iter().filter_map(Subject::metric);
    let moved = metrics.next().filter(|_| metrics.next().is_none());
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
            if let (None, Some(id)) = (claim.metric, moved.filter(|_| is_movement(column.kind))) {
                claim.metric = Some(id);
                claim.evidence.push(format!("the column beside is {}", deck.vocabulary.term(id).label));
            }
            when(grid, layout, (r, c), &context, contexts, &mut claim);
            if claim.measure == Measure::Share && claim.base == Some(Base::Whole(String::new())) {
                let whole = whole_of(column, &deck.vocabulary).filter(|whole| claim.metric != Some(*whole));
                claim.base = Some(Base::Whole(whole.map_or(String::new(), |id| deck.vocabulary.term(id).name.clone())));
            }
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
    if is_movement(column.kind) && is_on_another_basis(column) {
        return;
    }
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
    // `Net debt at 30 June` under the column of the quarter that it opens: a balance stands where its own label says.
    let balance = |line: &Line| line.kind == LineKind::Level && line.period.as_ref().is_some_and(names_a_moment);
    let stated = if let Some(part) = part_of_year(row, column).or_else(|| part_of_year(column, row)) {
        part.resolve(context)
    } else if own_period(row, column) {
        of(row)
    } else if balance(row) && !balance(column) {
        of(row).or_else(|| of(column))
    } else {
        of(column).or_else(|| of(row))
    };
    // `YTD actual | YTD plan | Variance`: a movement is of the time of the columns before it.
    let before = || {
        let levels = grid.columns[..c].iter().rev().filter(|line| line.kind == LineKind::Level);
        let mut times = levels.take(2).map(of);
        times.next().flatten().filter(|first| times.all(|other| other == Some(*first)))
    };
    let behind =
        || c.checked_sub(1).map(|at| &grid.columns[at]).filter(|line| line.kind == LineKind::Level).and_then(of);
    let beside = match column.kind {
        // `2031 | % of sales | 2030 | % of sales`: a share is of the column that it stands behind.
        LineKind::Share => behind().or_else(before),
        LineKind::Variance => before(),
        LineKind::Level | LineKind::Total => planned(grid, c, &of, &context.calendar),
        _ => None,
    };
    // `May 2026 | Budget | Var`: a plan is for the period of the one outcome that it stands behind.
    let is_plan = |line: &Line| line.scenario.is_some_and(|name| name != crate::scenario::ACTUAL);
    let planned = column.kind == LineKind::Level && is_plan(column);
    let before = || {
        let levels = grid.columns[..c].iter().rev().filter(|line| line.kind == LineKind::Level);
        let mut outcomes = levels.take_while(|line| !is_plan(line));
        outcomes.next().and_then(of).filter(|_| outcomes.next().is_none())
    };
    let beside = beside.or_else(|| if planned { before() } else { None });
    claim.period = stated.or(beside).or(layout.period).or_else(|| {
        let (period, place, confidence) = contexts.period(grid.document, grid.block)?;
        // A table of period columns says nothing of its other columns' period.
        let dated = |lines: &[Line]| {
            let levels = || lines.iter().filter(|line| !is_movement(line.kind));
            levels().filter(|line| line.period.is_some()).count() * 2 >= levels().count().max(1)
        };
        let unread = column.period.is_none() && names_a_year(column);
        let silent = !dated(&grid.columns) && !dated(&grid.rows) && !unread;
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
    let kind = if is_against_plan(grid, c, &of, context) { LineKind::Variance } else { kind };
    match kind {
        LineKind::Opening => claim.period = claim.period.map(|period| opening(period, &context.calendar)),
        LineKind::Change | LineKind::Growth => {
            movement(grid, c, kind, context, claim);
            // `Revenue growth on Q3 2024` beside columns without a time: of the time that the place reports on.
            if claim.period.is_none() && claim.base.is_some() {
                let place = contexts.period(grid.document, grid.block).map(|(period, ..)| period);
                claim.period = layout.period.or(place);
            }
        }
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
        // A row that names part and whole is a metric of its own, and its numbers are levels of it.
        // `% of the budget spent`: the column does not add up to a whole.
        LineKind::Share if is_movement(column.kind) && !makes_whole(grid, c) => {
            claim.metric = None;
            claim.evidence.clear();
            claim.confidence = Confidence::Low;
        }
        LineKind::Share if !is_movement(column.kind) && part_and_whole(&row.name).is_some() => {}
        LineKind::Share => {
            claim.measure = Measure::Share;
            claim.base = claim.metric.map(|_| Base::Whole(String::new()));
        }
        _ => {}
    }
}

/// Whether a label holds a year, in a writing of periods that may be unknown: such a column is not simply of the reporting period.
fn names_a_year(line: &Line) -> bool {
    let mut numbers = line.label.text().split(|c: char| !c.is_ascii_digit());
    numbers.any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// `Q3 FY25 | Budget | Q2 FY25 | Q3 FY24`: a plan that names no time is for what it is compared with, the latest of the columns. Where
/// the table has several such plans, each is for the column before it.
fn planned(grid: &Grid, c: usize, of: &dyn Fn(&Line) -> Option<Period>, calendar: &Calendar) -> Option<Period> {
    let is_plan = |line: &Line| {
        line.period.is_none()
            && line.scenario == grid.columns[c].scenario
            && line.scenario.is_some_and(|name| name != scenario::ACTUAL)
    };
    let actual = |line: &&Line| {
        matches!(line.kind, LineKind::Level | LineKind::Total)
            && line.scenario.is_none_or(|name| name == scenario::ACTUAL)
    };
    if !is_plan(&grid.columns[c]) {
        return None;
    }
    if grid.columns.iter().filter(|line| is_plan(line)).count() > 1 {
        return grid.columns[..c].iter().rev().filter(actual).find_map(of);
    }
    let times = || grid.columns.iter().filter(actual).filter_map(of);
    let latest = times().max_by_key(|period| period.bounds(calendar).1)?;
    // `Q3 | YTD | Budget` does not say which of the two.
    times().all(|other| other == latest || other.bounds(calendar).1 < latest.bounds(calendar).1).then_some(latest)
}

/// The metric that a column of shares is taken of: `% of sales`.
fn whole_of(column: &Line, vocabulary: &Vocabulary) -> Option<MetricId> {
    let texts = [&column.label].into_iter().chain(column.groups.iter().rev()).map(Flow::text);
    let named = texts.filter_map(|text| text.split_once(" of ").map(|(_, whole)| whole.trim()));
    let spelled = named.flat_map(|whole| [whole.to_owned(), format!("net {whole}"), format!("total {whole}")]);
    spelled.into_iter().find_map(|whole| match known(vocabulary, &whole) {
        Some(Name::Metric(id)) => Some(id),
        _ => None,
    })
}

/// The period that a balance at the start of another belongs to: the one before, of the same length; what runs to date starts where
/// its year does.
fn opening(period: Period, calendar: &Calendar) -> Period {
    match period.grain() {
        Some(_) => period.before(),
        None => period.opening(calendar),
    }
}

/// `Q2` in a row under the column of a year.
fn part_of_year(part: &Line, year: &Line) -> Option<Expression> {
    match (part.period.as_ref()?, year.period.as_ref()?) {
        (Expression::Quarter(quarter), Expression::Fixed(Fixed::Year { year, .. })) => {
            Some(Expression::Fixed(Fixed::Quarter(*year, *quarter)))
        }
        (Expression::Half(half), Expression::Fixed(Fixed::Year { year, .. })) => {
            Some(Expression::Fixed(Fixed::Half(*year, *half)))
        }
        _ => None,
    }
}

/// `H1 FY25 revenue` in a bridge under the column of H1 FY26: a row that names itself and a complete period of its own.
fn own_period(row: &Line, column: &Line) -> bool {
    let complete = |line: &Line| matches!(line.period, Some(Expression::Fixed(_)));
    let own = row.period.is_some() && row.says_when() && !row.name.trim().is_empty();
    own && complete(row) && complete(column) && row.kind == LineKind::Level
}

/// Whether an expression is a point in time.
pub(super) fn names_a_moment(expression: &Expression) -> bool {
    match expression {
        Expression::Fixed(Fixed::Day(_)) | Expression::MonthDay(..) | Expression::EndOf(_) => true,
        Expression::InYear(part, _) => names_a_moment(part),
        _ => false,
    }
}

/// The period that a header says a change is taken against, counted back from another.
fn step_back(column: &Line, now: Period, calendar: &Calendar) -> Option<Period> {
    let context = PeriodContext { calendar: *calendar, reporting: Some(now) };
    let base = |expression: &Expression| match expression {
        Expression::Against(_) | Expression::Relative(Relative::YearBefore | Relative::Last(_)) => {
            expression.resolve(&context).filter(|base| *base != now)
        }
        _ => None,
    };
    let texts = [&column.label].into_iter().chain(column.groups.iter().rev());
    texts.flat_map(|flow| crate::period::scan::scan(flow.text())).find_map(|mention| match &mention.kind {
        MentionKind::Period(expression, _) => base(expression),
        _ => None,
    })
}

fn is_movement(kind: LineKind) -> bool {
    matches!(kind, LineKind::Change | LineKind::Growth | LineKind::Variance | LineKind::Share)
}

/// A change column is between the period columns on either side of it, else the nearest two to its left.
fn movement(grid: &Grid, c: usize, kind: LineKind, context: &PeriodContext, claim: &mut Claim) {
    let of = |line: &Line| line.period.as_ref().and_then(|expression| expression.resolve(context));
    let calendar = &context.calendar;
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
    // `Q3 | Q3 before | Change | YTD | YTD before | Change`: a change of the two of one length right before it.
    let before = c.checked_sub(2).and_then(period_at).zip(c.checked_sub(1).and_then(period_at));
    let before = before.filter(|(a, b)| a.grain() == b.grain());
    // `Growth on pcp`, `QoQ`: the header tells how far back, from the latest column.
    let latest = (0..grid.columns.len()).filter_map(period_at).max_by_key(|period| period.bounds(calendar).1);
    let latest = latest.or(context.reporting);
    if let Some((now, base)) = latest.and_then(|now| Some((now, step_back(&grid.columns[c], now, calendar)?))) {
        claim.period = Some(now);
        claim.base = Some(Base::Period(base));
        return;
    }
    let alike =
        |at: &usize| grid.columns[*at].kind == grid.columns[c].kind && grid.columns[*at].unit == grid.columns[c].unit;
    let rank = (0..c).filter(alike).count();
    let all = (0..grid.columns.len()).filter(alike).count();
    let pair = match (left.as_slice(), right.as_slice()) {
        _ if before.is_some() => before,
        _ if beside.is_some() => beside,
        // After n years come the n − 1 changes between them, in the same order.
        (years, []) if years.len() == all + 1 => years.get(rank).copied().zip(years.get(rank + 1).copied()),
        ([.., a, b], _) if all == 1 => Some((*a, *b)),
        ([], [a, b, ..]) if all == 1 => Some((*a, *b)),
        ([a, b], _) => Some((*a, *b)),
        _ => None,
    };
    // `2019 over 2018` names both ends.
    let base = grid.columns[c].base.as_ref().and_then(|expression| expression.resolve(context));
    if let Some((a, b)) = of(&grid.columns[c]).zip(base) {
        between(a, b, calendar, claim);
        return;
    }
    // `Change on Q1` names its own base.
    if let Some(base) = of(&grid.columns[c]) {
        let now = (0..grid.columns.len()).filter_map(period_at).filter(|period| *period != base);
        claim.period = now.max_by_key(|period| period.bounds(calendar).1).or(claim.period.filter(|own| *own != base));
        claim.base = Some(Base::Period(base));
        return;
    }
    let Some((a, b)) = pair else {
        claim.period = None;
        return;
    };
    between(a, b, calendar, claim);
}

/// A change is of the later of two periods, on the earlier.
fn between(a: Period, b: Period, calendar: &Calendar, claim: &mut Claim) {
    let (later, earlier) = if a.bounds(calendar).1 >= b.bounds(calendar).1 { (a, b) } else { (b, a) };
    claim.period = Some(later);
    claim.base = Some(Base::Period(earlier));
}

/// `Actual | Budget | Δ | Δ %`: a change that stands behind a figure and its plan is between the two.
fn is_against_plan(grid: &Grid, c: usize, of: &dyn Fn(&Line) -> Option<Period>, context: &PeriodContext) -> bool {
    let column = &grid.columns[c];
    let says_when = || {
        column.period.is_some()
            || context.reporting.is_some_and(|now| step_back(column, now, &context.calendar).is_some())
    };
    if !matches!(column.kind, LineKind::Change | LineKind::Growth) || says_when() {
        return false;
    }
    let mut levels = grid.columns[..c].iter().rev().filter(|line| line.kind == LineKind::Level);
    let (Some(last), Some(first)) = (levels.next(), levels.next()) else { return false };
    let is_plan = |line: &Line| line.scenario.is_some_and(|name| name != scenario::ACTUAL);
    let alike = match (of(first), of(last)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    alike && is_plan(first) != is_plan(last)
}

/// Whether the totals of a column of percentages, where it has any, are the whole of something.
fn makes_whole(grid: &Grid, c: usize) -> bool {
    let totals = grid.rows.iter().zip(&grid.cells).filter(|(row, _)| row.kind == LineKind::Total);
    let mut shares = totals.filter_map(|(_, cells)| cells[c].quantity.as_ref()).filter_map(|share| share.value);
    let near = |share: rust_decimal::Decimal| {
        (rust_decimal::Decimal::from(95)..=rust_decimal::Decimal::from(105)).contains(&share)
    };
    shares.next_back().is_none_or(near)
}

/// `Change normalised`, `Organic change`: a movement of figures that are not the ones beside it.
fn is_on_another_basis(column: &Line) -> bool {
    let texts = column.groups.iter().chain([&column.label]).map(Flow::text);
    texts.flat_map(stems).any(|stem| lexicon::is_basis(&stem))
}
