//! When a cell is about: its row's time and its column's, put together.
//!
//! Enters: the lines of a cell. Leaves: the period that they state, or none.
//! Invariant: what a line leaves open (`Q2`, `LTM`, `at period end`) is settled by the other line before the place settles it.

use jiff::civil::Date;

use crate::grid::Line;
use crate::grid::LineKind;
use crate::period::{Expression, Fixed, Period, PeriodContext, Relative};

/// The period that a row and a column state together.
pub(super) fn stated(row: &Line, column: &Line, context: &PeriodContext) -> Option<Period> {
    // `Net debt at 30 June` under the column of the quarter that it opens: a balance stands where its own label says.
    let balance = |line: &Line| line.kind == LineKind::Level && line.period.as_ref().is_some_and(names_a_moment);
    if let Some(both) = together(row, column).or_else(|| together(column, row)) {
        both.resolve(context)
    } else if let Some(taken) = taken_in(row, column, context) {
        Some(taken)
    } else if own_period(row, column) {
        row.when(context)
    } else if balance(row) && !balance(column) {
        row.when(context).or_else(|| column.when(context))
    } else {
        column.when(context).or_else(|| row.when(context))
    }
}

/// One line's time completed by the other's: `Q2` in a row under the column of a year, `LTM EBITDA` under a date, `Cash at period
/// end` under a month.
fn together(part: &Line, whole: &Line) -> Option<Expression> {
    let (part, whole) = (part.period.as_ref()?, whole.period.as_ref()?);
    let boxed = || Some(Box::new(whole.clone()));
    let named = !matches!(whole, Expression::Relative(_) | Expression::ToDate(_) | Expression::Trailing(_));
    match (part, whole) {
        (Expression::Quarter(quarter), Expression::Fixed(Fixed::Year { year, .. })) => {
            Some(Expression::Fixed(Fixed::Quarter(*year, *quarter)))
        }
        (Expression::Half(half), Expression::Fixed(Fixed::Year { year, .. })) => {
            Some(Expression::Fixed(Fixed::Half(*year, *half)))
        }
        (Expression::Trailing(None), _) if named => Some(Expression::Trailing(boxed())),
        (Expression::ToDate(None), _) if named => Some(Expression::ToDate(boxed())),
        // The end of the reporting period, whichever that is: the column says.
        (Expression::EndOf(inner), _) if matches!(**inner, Expression::Relative(_)) => Some(whole.clone()),
        _ => None,
    }
}

/// `Net debt at 30 June` under columns of years is of that day of each. In brackets it is the day on which the column's figure is taken
/// every time: `Registered students (1 December)`.
fn taken_in(row: &Line, column: &Line, context: &PeriodContext) -> Option<Period> {
    let Some(Expression::MonthDay(month, day)) = row.period else { return None };
    let span = column.when(context)?;
    let (first, last) = span.bounds(&context.calendar);
    let mut days = (first.year()..=last.year()).filter_map(|year| Date::new(year, month, day).ok());
    // What stands on the first day is of the time before.
    let day = days.find(|day| first < *day && *day <= last)?;
    let text = row.label.text();
    let bracketed = crate::grid::period_ranges(text)
        .first()
        .is_some_and(|range| text.get(..range.start).is_some_and(|before| before.trim_end().ends_with(['(', '['])));
    Some(if bracketed || day == last { span } else { Period::Day(day) })
}

/// The day of an opening balance that dates itself: `Opening, 30 September` is of that day, `Balance at 1 October` of the day before.
pub(super) fn opening_day(row: &Line, context: &PeriodContext) -> Option<Period> {
    row.period.as_ref().filter(|expression| names_a_moment(expression))?;
    match row.when(context)? {
        Period::Day(day) if day.day() == 1 => Some(Period::Day(day.yesterday().ok()?).moment(&context.calendar)),
        period => Some(period),
    }
}

/// `H1 FY25 revenue` in a bridge under the column of H1 FY26: a row that names itself and a complete period of its own.
fn own_period(row: &Line, column: &Line) -> bool {
    let complete = |line: &Line| matches!(line.period, Some(Expression::Fixed(_)));
    let apart = row.kind == LineKind::Level && complete(row) && complete(column) && !row.name.trim().is_empty();
    // Last, for it reads the label.
    apart && row.says_when()
}

/// Whether an expression is a point in time.
pub(super) fn names_a_moment(expression: &Expression) -> bool {
    match expression {
        Expression::Fixed(Fixed::Day(_)) | Expression::MonthDay(..) | Expression::EndOf(_) | Expression::StartOf(_) => {
            true
        }
        Expression::InYear(part, _) => names_a_moment(part),
        _ => false,
    }
}

/// Whether a column is of the year before the time of another: `LY`, `Prior year`.
pub(super) fn is_year_before(expression: &Expression) -> bool {
    use crate::period::Grain;
    matches!(expression, Expression::Relative(Relative::YearBefore | Relative::Last(Grain::Year)))
}
