//! What a column says for every number under it.
//!
//! Enters: a grid, and what times are taken against. Leaves: one [`Head`] a column, worked out once and not for each cell.
//! Invariant: a head depends on no row, but for whether the totals of its column make a whole.

use crate::document::Flow;
use crate::grid::{Grid, Line, LineKind, expressions};
use crate::period::{Calendar, Expression, Period, PeriodContext, Relative};
use crate::scenario;
use crate::vocabulary::{MetricId, Name, Vocabulary};
use crate::words::stems;

use super::name::{bare_name, is_general, known};
use super::times::is_year_before;
use crate::bind::lexicon;

/// A column as its cells need it.
pub(super) struct Head {
    /// The time that it is of when it only names its distance from that of another column: `LY`.
    pub(super) compared: Option<Period>,
    /// The time that the columns around give it, where it has none of its own.
    pub(super) time: Option<Period>,
    /// The times that its movements are between.
    pub(super) moved: Option<Moved>,
    /// Whether its changes are between a figure and its plan.
    pub(super) against_plan: bool,
    /// Whether its variances are from an earlier time: `Last year | Var %`.
    pub(super) over_time: bool,
    /// Whether its totals, where it has any, are the whole of something.
    pub(super) makes_whole: bool,
    /// The metric that its shares are taken of: `% of sales`.
    pub(super) whole: Option<MetricId>,
    /// Whether its movements are of figures that are not the ones beside it.
    pub(super) other_basis: bool,
    /// Whether its label holds a year in a writing of periods that may be unknown.
    pub(super) unread: bool,
    /// Of a column of outcomes that names nothing beside columns that all say when they are: the latest of these.
    beside: Option<Period>,
}

impl Head {
    /// `Portfolio at 30 September 2025 | Value £m | 30 Sep 2024 £m`: the column without a time is of the place's own time, where what
    /// stands beside it is from before.
    pub(super) fn is_current(&self, place: Period, calendar: &Calendar) -> bool {
        self.beside.is_some_and(|latest| latest.bounds(calendar).1 < place.bounds(calendar).1)
    }
}

/// The later time of a movement, where the columns tell it, and the earlier one.
#[derive(Clone, Copy)]
pub(super) struct Moved {
    pub(super) now: Option<Period>,
    pub(super) base: Period,
}

/// The heads of a grid, in the order of its columns.
pub(super) fn heads(grid: &Grid, context: &PeriodContext, vocabulary: &Vocabulary) -> Vec<Head> {
    let reader = |c: usize| Columns { grid, context, c };
    let compared: Vec<Option<Period>> = (0..grid.columns.len()).map(|c| reader(c).compared()).collect();
    let levels = Levels::of(grid, context, &compared);
    let head = |c: usize| {
        let (reader, column) = (reader(c), &grid.columns[c]);
        let (movement, over_time) = (column.kind.is_movement(), reader.is_over_time());
        let since = || if over_time { reader.since(&compared) } else { None };
        let moved = if movement { since().or_else(|| reader.moved(&levels)) } else { None };
        Head {
            compared: compared[c],
            time: reader.time(&levels),
            moved,
            against_plan: reader.is_against_plan(),
            over_time,
            makes_whole: column.kind != LineKind::Share || makes_whole(grid, c),
            whole: whole_of(column, vocabulary),
            other_basis: movement && is_on_another_basis(column),
            unread: column.period.is_none() && names_a_year(column),
            beside: reader.beside(&levels),
        }
    };
    (0..grid.columns.len()).map(head).collect()
}

/// Whether few rows and few columns of a table say of when they are: one of period columns says nothing of its others.
pub(super) fn undated(grid: &Grid) -> bool {
    let dated = |lines: &[Line]| {
        // Where a walk starts and ends says nothing of its steps.
        let end = |line: &Line| line.kind.is_balance();
        // `Actual | Budget | YTD actual | YTD budget`: what runs to date says nothing of the others, and nothing where it ends.
        let to_date = |line: &Line| matches!(line.period, Some(Expression::ToDate(None) | Expression::Trailing(None)));
        let levels = || lines.iter().filter(|line| !line.kind.is_movement() && !end(line) && !to_date(line));
        // `Actual | Target | Last year`: what is compared with says nothing of the others' time.
        let own = |line: &&Line| line.period.as_ref().is_some_and(|expression| !expression.is_distance());
        levels().filter(own).count() * 2 >= levels().count().max(1)
    };
    !dated(&grid.columns) && !dated(&grid.rows)
}

/// When the columns of plain figures are, worked out once: every movement asks for all of them.
struct Levels {
    /// The columns that have a time, in order.
    dated: Vec<(usize, Period)>,
    /// The latest of their times.
    latest: Option<Period>,
}

impl Levels {
    fn of(grid: &Grid, context: &PeriodContext, compared: &[Option<Period>]) -> Self {
        let time = |(c, line): (usize, &Line)| {
            let here = || Columns { grid, context, c }.outcome_here();
            Some((c, compared[c].or_else(|| line.when(context)).or_else(here)?))
        };
        let levels = grid.columns.iter().enumerate().filter(|(_, line)| line.kind == LineKind::Level);
        let dated: Vec<(usize, Period)> = levels.filter_map(time).collect();
        let latest = dated.iter().map(|(_, period)| *period).max_by_key(|period| period.bounds(&context.calendar).1);
        Self { dated, latest }
    }

    /// The time of a column.
    fn at(&self, column: usize) -> Option<Period> {
        let found = self.dated.binary_search_by_key(&column, |(at, _)| *at).ok()?;
        self.dated.get(found).map(|(_, period)| *period)
    }
}

/// One column among the others.
struct Columns<'a> {
    grid: &'a Grid,
    context: &'a PeriodContext,
    c: usize,
}

impl Columns<'_> {
    fn own(&self) -> &Line {
        &self.grid.columns[self.c]
    }

    /// The columns before this one, the nearest first.
    fn before(&self) -> impl Iterator<Item = &Line> {
        self.grid.columns[..self.c].iter().rev()
    }

    /// `Month: Mar-26 | Actual | Budget | LY`, `QTD LY`: the year before what the label itself, its upper header cells, the figures
    /// to its left or else the place are about.
    fn compared(&self) -> Option<Period> {
        let own = self.own();
        if !own.kind.is_plain() {
            return None;
        }
        let label: Vec<Expression> = expressions(own.label.text()).collect();
        // `LTM | Prior LTM`, `YTD | Prior YTD`: the same stretch a year before.
        if let [stretch @ (Expression::Trailing(None) | Expression::ToDate(None))] = label.as_slice()
            && is_set_back(own.label.text(), stretch)
        {
            return stretch.resolve(self.context).map(|period| period.year_before());
        }
        if !label.last().is_some_and(is_year_before) {
            return None;
        }
        let resolve = |expression: &Expression| expression.resolve(self.context);
        let above = || own.groups.iter().rev().find_map(|group| expressions(group.text()).next());
        let beside = || {
            let told = |line: &&Line| {
                line.kind.is_plain()
                    && !line.period.as_ref().is_some_and(Expression::is_distance)
                    && (line.period.is_some() || !line.is_plan())
            };
            // `Oct | Budget | Sep | LY`: the month before is one more that the first is compared with.
            let own =
                || self.before().take_while(|line| !line.period.as_ref().is_some_and(is_year_before)).filter(told);
            let nearest = own().next()?.period.as_ref()?;
            let when = |expression: &Expression| expression.resolve(self.context);
            let grain = when(nearest).and_then(Period::grain);
            let alike =
                own().filter_map(|line| line.period.as_ref()).filter(|own| when(own).and_then(Period::grain) == grain);
            let end = |own: &&Expression| when(own).map(|period| self.end(period));
            if grain.is_some() { alike.max_by_key(end) } else { Some(nearest) }
        };
        let anchor = match label.as_slice() {
            [first, _] => resolve(first),
            _ => match above() {
                Some(expression) => resolve(&expression),
                None => match beside() {
                    Some(expression) => resolve(expression),
                    None => self.context.reporting,
                },
            },
        };
        Some(anchor?.year_before())
    }

    fn end(&self, period: Period) -> jiff::civil::Date {
        period.bounds(&self.context.calendar).1
    }

    /// The latest time of the columns beside a nameless one of outcomes, where each of them has one.
    fn beside(&self, levels: &Levels) -> Option<Period> {
        let own = self.own();
        let open = own.kind == LineKind::Level && own.period.is_none() && !own.is_plan() && !names_a_year(own);
        if !open || !is_general(&own.name) || levels.at(self.c).is_some() {
            return None;
        }
        let others = self.grid.columns.iter().filter(|line| line.kind == LineKind::Level).count().checked_sub(1)?;
        levels.latest.filter(|_| others > 0 && levels.dated.len() == others)
    }

    /// The columns of plain figures before this one, the nearest first.
    fn levels(&self) -> impl Iterator<Item = &Line> {
        self.before().filter(|line| line.kind == LineKind::Level)
    }

    /// `Actual` beside dated columns is of the time of the place.
    fn outcome_here(&self) -> Option<Period> {
        let own = self.own();
        let outcome = own.period.is_none() && own.scenario == Some(scenario::ACTUAL);
        self.context.reporting.filter(|_| outcome)
    }

    fn time(&self, levels: &Levels) -> Option<Period> {
        // `YTD actual | YTD plan | Variance`: a movement is of the time of the columns before it.
        let before = || {
            let mut times = self.levels().take(2).map(|line| line.when(self.context));
            times.next().flatten().filter(|first| times.all(|other| other == Some(*first)))
        };
        match self.own().kind {
            // `2031 | % of sales | 2030 | % of sales`: a share is of the column that it stands behind.
            LineKind::Share => {
                let behind = || self.c.checked_sub(1).and_then(|at| levels.at(at)).or_else(before);
                self.shared(levels).or_else(behind)
            }
            LineKind::Variance => before(),
            kind if kind.is_plain() && self.own().is_plan() => self.planned().or_else(|| self.outcome()),
            _ => None,
        }
    }

    /// `Q1 FY25 | Q1 FY24 | Share`: the one column of shares behind two outcomes is of the later.
    fn shared(&self, levels: &Levels) -> Option<Period> {
        let outcome = |steps: usize| {
            let at = self.c.checked_sub(steps)?;
            levels.at(at).filter(|_| !self.grid.columns[at].is_plan())
        };
        let (first, second) = outcome(2).zip(outcome(1)).filter(|(a, b)| a.grain() == b.grain())?;
        let shares = self.grid.columns.iter().filter(|line| line.kind == LineKind::Share).count();
        (shares == 1).then(|| if self.end(first) >= self.end(second) { first } else { second })
    }

    /// `Q3 FY25 | Budget | Q2 FY25 | Q3 FY24`: a plan that names no time is for what it is compared with, the latest of the columns.
    /// Where the table has several such plans, each is for the column before it.
    fn planned(&self) -> Option<Period> {
        let own = self.own();
        let alike = |line: &&Line| line.period.is_none() && line.is_plan() && line.scenario == own.scenario;
        let actual = |line: &&Line| line.kind.is_plain() && !line.is_plan();
        if own.period.is_some() {
            return None;
        }
        if self.grid.columns.iter().filter(alike).nth(1).is_some() {
            return self.before().filter(actual).find_map(|line| line.when(self.context));
        }
        // `Actual | Plan | Q2 FY25`, `Revenue | Revenue plan | Revenue Q2 FY25`: the plan is for the outcome beside it, whenever that is.
        let named = bare_name(own);
        let open = |line: &Line| {
            let alike = || !is_general(&named) && bare_name(line).eq_ignore_ascii_case(&named);
            line.period.is_none() && (line.scenario.is_some() || alike())
        };
        if self.grid.columns.iter().any(|line| actual(&line) && open(line)) {
            return None;
        }
        let times = || self.grid.columns.iter().filter(actual).filter_map(|line| line.when(self.context));
        let latest = times().max_by_key(|period| self.end(*period))?;
        // `Q3 | YTD | Budget` does not say which of the two.
        times().all(|other| other == latest || self.end(other) < self.end(latest)).then_some(latest)
    }

    /// `May 2026 | Budget | Var`: a plan is for the period of the one outcome that it stands behind.
    fn outcome(&self) -> Option<Period> {
        let mut outcomes = self.levels().take_while(|line| !line.is_plan());
        let first = outcomes.next().filter(|_| self.own().kind == LineKind::Level);
        first.and_then(|line| line.when(self.context)).filter(|_| outcomes.next().is_none())
    }

    /// `Actual | Budget | Δ | Δ %`: a change that stands behind a figure and its plan is between the two.
    fn is_against_plan(&self) -> bool {
        let own = self.own();
        if !matches!(own.kind, LineKind::Change | LineKind::Growth) {
            return false;
        }
        let mut levels = self.levels();
        let (Some(last), Some(first)) = (levels.next(), levels.next()) else { return false };
        // A time that all three share (`H1 2025, £m | Actual | Budget | Difference`) is no time to compare with.
        let shared = own.period == last.period && own.period == first.period;
        let own_time = || own.base.is_some() || own.period.is_some() && !shared;
        if own_time() || self.context.reporting.is_some_and(|now| self.step_back(now).is_some()) {
            return false;
        }
        // `Actual | Budget | Var | Q3 FY24 | Change`: what stands right before it is neither the plan nor what was planned.
        let outcome = levels.next().filter(|line| first.is_plan() && !line.is_plan());
        let earlier = |line: &Line| {
            let time = line.when(self.context).or(self.context.reporting);
            last.when(self.context).zip(time).is_some_and(|(last, own)| self.end(last) < self.end(own))
        };
        if outcome.is_some_and(earlier) {
            return false;
        }
        let alike = first.when(self.context).zip(last.when(self.context)).is_none_or(|(a, b)| a == b);
        alike && first.is_plan() != last.is_plan()
    }

    /// `Actual | Budget | Var | Last year | Var %`: a variance right behind what was a year before, where the plan has its own.
    fn is_over_time(&self) -> bool {
        let own = self.own();
        let Some(before) = self.c.checked_sub(1).map(|at| &self.grid.columns[at]) else { return false };
        let past = before.kind == LineKind::Level
            && !before.is_plan()
            && before.period.as_ref().is_some_and(Expression::is_distance);
        let planned = || {
            let columns = &self.grid.columns[..self.c];
            columns.windows(2).any(|two| two[0].is_plan() && two[1].kind == LineKind::Variance)
        };
        own.kind == LineKind::Variance && own.scenario.is_none() && past && planned()
    }

    /// The times of a variance from what was a year before.
    fn since(&self, compared: &[Option<Period>]) -> Option<Moved> {
        let at = self.c.checked_sub(1)?;
        let base = compared[at].or_else(|| self.grid.columns[at].when(self.context))?;
        let outcome = self.grid.columns[..at].iter().find(|line| line.kind == LineKind::Level && !line.is_plan())?;
        let now = outcome.when(self.context).or(self.context.reporting).filter(|now| *now != base)?;
        Some(Moved { now: Some(now), base })
    }

    /// A change column is between the period columns on either side of it, else the nearest two to its left.
    fn moved(&self, levels: &Levels) -> Option<Moved> {
        // `Growth on pcp`, `QoQ`: the header tells how far back, from the latest column.
        let latest = levels.latest.or(self.context.reporting);
        // `YoY '25` names the later time itself.
        let named =
            || expressions(self.own().label.text()).find(|expression| matches!(expression, Expression::Fixed(_)));
        let named = named().filter(|_| self.own().kind == LineKind::Growth).and_then(|own| own.resolve(self.context));
        if let Some((now, base)) = named.or(latest).and_then(|now| Some((now, self.step_back(now)?))) {
            return Some(Moved { now: Some(now), base });
        }
        if let Some((now, base)) = self.stretches(levels) {
            return Some(Moved { now: Some(now), base });
        }
        if let Some(own) = self.own().when(self.context) {
            // `2019 over 2018` names both ends, `Change on Q1` its base alone.
            let other = self.own().base.as_ref().and_then(|expression| expression.resolve(self.context));
            return Some(match other {
                Some(other) => self.between(own, other),
                None => Moved { now: self.latest_but(own, levels), base: own },
            });
        }
        self.pair(levels).map(|(a, b)| self.between(a, b))
    }

    /// `YTD FY25 | YTD FY24 | Growth YTD`, `Q3 FY25 | Q3 FY24 | Change Q3`: a movement of a time that names no year is between the columns
    /// of such times, the latest and the one beside it.
    fn stretches(&self, levels: &Levels) -> Option<(Period, Period)> {
        let latest = |own: &Period| is_stretch(own) || levels.latest == Some(*own) && !names_a_year(self.own());
        let own = self.own().when(self.context).filter(latest)?;
        let alike = |period: &Period| is_stretch(period) == is_stretch(&own) && period.grain() == own.grain();
        let mut others = levels.dated.iter().rev().filter(|(at, period)| *at < self.c && alike(period));
        let (_, base) = others.clone().find(|(_, period)| *period != own)?;
        others.any(|(_, period)| *period == own).then_some((own, *base))
    }

    /// The latest time of the columns aside from one.
    fn latest_but(&self, other: Period, levels: &Levels) -> Option<Period> {
        let others = || levels.dated.iter().map(|(_, period)| *period).filter(|period| *period != other);
        levels.latest.filter(|latest| *latest != other).or_else(|| others().max_by_key(|period| self.end(*period)))
    }

    /// The two periods that a change without a time of its own is between.
    fn pair(&self, levels: &Levels) -> Option<(Period, Period)> {
        let (c, columns) = (self.c, &self.grid.columns);
        let before = |steps: usize| c.checked_sub(steps).and_then(|at| levels.at(at));
        // `Q3 | Q3 before | Change | YTD | YTD before | Change`: a change of the two of one length right before it.
        let behind = before(2).zip(before(1)).filter(|(a, b)| a.grain() == b.grain() && a != b);
        let beside = || before(1).zip(levels.at(c + 1));
        if let Some(pair) = behind.or_else(beside) {
            return Some(pair);
        }
        let alike = |at: &usize| columns[*at].kind == columns[c].kind && columns[*at].unit == columns[c].unit;
        let rank = (0..c).filter(alike).count();
        let all = (0..columns.len()).filter(alike).count();
        let (left, right) = levels.dated.split_at(levels.dated.partition_point(|(at, _)| *at < c));
        // `H1 2025 | H1 2024 restated | H1 2024 as reported`: two columns of one time are one to compare with.
        let mut left = left.to_vec();
        left.dedup_by_key(|(_, period)| *period);
        match (left.as_slice(), right) {
            // After n years come the n − 1 changes between them, in the same order.
            (years, []) if years.len() == all + 1 => Some((years.get(rank)?.1, years.get(rank + 1)?.1)),
            ([.., (_, a), (_, b)], _) | ([], [(_, a), (_, b), ..]) if all == 1 => Some((*a, *b)),
            ([(_, a), (_, b)], _) => Some((*a, *b)),
            _ => None,
        }
    }

    /// A change is of the later of two periods, on the earlier.
    fn between(&self, a: Period, b: Period) -> Moved {
        let (later, earlier) = if self.end(a) >= self.end(b) { (a, b) } else { (b, a) };
        // `31 March | 28 February`: the change of a month, though the quarter ends with it.
        let month = (later.grain() > earlier.grain()).then(|| earlier.grain()).flatten();
        let shorter = month.and_then(|grain| Period::Day(self.end(later)).at_grain(grain, &self.context.calendar));
        Moved { now: shorter.filter(|period| self.end(*period) == self.end(later)).or(Some(later)), base: earlier }
    }

    /// The period that the header says a change is taken against, counted back from another.
    fn step_back(&self, now: Period) -> Option<Period> {
        let context = PeriodContext { reporting: Some(now), ..*self.context };
        let base = |expression: &Expression| match expression {
            Expression::Against(_) | Expression::Relative(Relative::YearBefore | Relative::Last(_)) => {
                expression.resolve(&context).filter(|base| *base != now)
            }
            _ => None,
        };
        texts(self.own()).flat_map(expressions).find_map(|expression| base(&expression))
    }
}

/// `Prior YTD`, `PY LTM`: a label that sets a stretch back. `Last twelve months` is a stretch by itself.
fn is_set_back(label: &str, stretch: &Expression) -> bool {
    let Some((first, rest)) = label.trim().split_once(char::is_whitespace) else { return false };
    matches!(first.to_lowercase().as_str(), "prior" | "previous" | "py" | "ly" | "last")
        && expressions(rest).eq([stretch.clone()])
}

/// Whether a period runs up to its end from the start of a year, or over twelve months.
fn is_stretch(period: &Period) -> bool {
    use Period::{MonthToDate, QuarterToDate, TrailingMonth, TrailingQuarter};
    matches!(period, QuarterToDate(..) | MonthToDate(..) | TrailingQuarter(..) | TrailingMonth(..))
}

/// What a column is headed by, the nearest first.
fn texts(column: &Line) -> impl Iterator<Item = &str> {
    [&column.label].into_iter().chain(column.groups.iter().rev()).map(Flow::text)
}

/// Whether a label holds a year, in a writing of periods that may be unknown: such a column is not simply of the reporting period.
fn names_a_year(line: &Line) -> bool {
    let mut numbers = line.label.text().split(|c: char| !c.is_ascii_digit());
    numbers.any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// The metric that a column of shares is taken of: `% of sales`.
pub(super) fn whole_of(column: &Line, vocabulary: &Vocabulary) -> Option<MetricId> {
    let named = texts(column).filter_map(|text| text.split_once(" of ").map(|(_, whole)| whole.trim()));
    let spelled = named.flat_map(|whole| [whole.to_owned(), format!("net {whole}"), format!("total {whole}")]);
    spelled.into_iter().find_map(|whole| match known(vocabulary, &whole) {
        Some(Name::Metric(id)) => Some(id),
        _ => None,
    })
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
    // A compound rate is over several years.
    texts(column).flat_map(stems).any(|stem| lexicon::is_basis(&stem) || matches!(stem.as_str(), "cagr" | "lfl"))
}
