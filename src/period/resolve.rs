//! From what was written to the period that is meant.
//!
//! Enters: an [`Expression`], the calendar and the reporting period in force. Leaves: a [`Period`], or nothing.
//! Invariant: what the context does not settle stays unresolved; a wrong period costs a false alarm, a missing one only silence.

use super::{Calendar, Expression, Fixed, Grain, NamedBy, Period, PeriodContext, Relative, YearReference};
use jiff::civil::Date;

impl Expression {
    /// The period that is meant, or `None` where the context does not settle it (and for ranges that are no period).
    ///
    /// A bare `Q3` is of the reporting period's fiscal year; only `Q4` in a first quarter's report is the quarter just before. A
    /// bare month is the latest one, or one of the two after the reporting period's end, of which outlooks speak.
    pub fn resolve(&self, context: &PeriodContext) -> Option<Period> {
        let calendar = &context.calendar;
        match self {
            Self::Fixed(fixed) => fixed.resolve(calendar),
            Self::Quarter(quarter) => bare_part(*quarter, Grain::Quarter, context),
            Self::Half(half) => bare_part(*half, Grain::Half, context),
            Self::Month(month) => {
                let year = bare_month_year(*month, context)?;
                Some(Period::Month(year, *month))
            }
            Self::MonthDay(month, day) => {
                let year = bare_month_year(*month, context)?;
                Some(Period::Day(Date::new(year, *month, *day).ok()?).moment(calendar))
            }
            Self::Relative(relative) => relative.resolve(context),
            Self::ToDate(None) => context.reporting?.to_date(calendar),
            Self::ToDate(Some(inner)) => to_date(inner, context),
            Self::Trailing(None) => context.reporting?.trailing(calendar),
            Self::Trailing(Some(inner)) => inner.resolve(context)?.trailing(calendar),
            Self::StartOf(inner) => Some(inner.boundary(context)?.opening(calendar)),
            Self::EndOf(inner) => Some(inner.boundary(context)?.moment(calendar)),
            Self::Range(from, to) => {
                let (first, _) = from.resolve(context)?.bounds(calendar);
                let (_, last) = to.resolve(context)?.bounds(calendar);
                if first <= last { calendar.spanning(first, last) } else { None }
            }
            Self::InYear(inner, year) => in_year(inner, *year, context),
            Self::SplitYear(inner) => {
                let period = inner.resolve(context)?;
                // A calendar whose years are calendar years says nothing of how split years are named.
                let by_start =
                    calendar.named_by == NamedBy::Start && (calendar.start_month, calendar.start_day) != (1, 1);
                Some(if by_start { period.year_before() } else { period })
            }
            Self::Ended(months, last) => {
                let (_, last) = last.resolve(context)?.bounds(calendar);
                calendar.ended(i32::from(*months), last)
            }
            Self::Months(months) => {
                let reporting = context.reporting?;
                // A year's report that speaks of six months does not say which.
                let year = matches!(reporting, Period::Year(_)) && *months < 12;
                if year { None } else { calendar.ended(i32::from(*months), reporting.bounds(calendar).1) }
            }
            Self::Against(grain) => context.reporting?.back(*grain),
        }
    }

    /// Whether a year is named in it. A day alone is when something was held or signed: it gives the quarters beside it no year.
    pub(crate) fn names_year(&self) -> bool {
        match self {
            Self::Fixed(fixed) => !matches!(fixed, Fixed::Day(_)),
            Self::InYear(_, YearReference::Named(_)) | Self::SplitYear(_) => true,
            Self::InYear(inner, _)
            | Self::ToDate(Some(inner))
            | Self::Trailing(Some(inner))
            | Self::StartOf(inner)
            | Self::EndOf(inner)
            | Self::Ended(_, inner) => inner.names_year(),
            Self::Range(from, to) => from.names_year() || to.names_year(),
            _ => false,
        }
    }

    /// Whether it names a time by how far it is before the one that is reported on: `last year`, `the quarter before`.
    pub(crate) fn is_distance(&self) -> bool {
        matches!(self, Self::Relative(Relative::Last(_) | Relative::YearBefore | Relative::Before))
    }

    /// The period at whose start or end a balance stands. Unlike a flow, a balance at the end of "the month" is known in a
    /// quarter's report: it is that of the quarter.
    fn boundary(&self, context: &PeriodContext) -> Option<Period> {
        match self {
            Self::Relative(Relative::This(grain)) => context.reporting?.at_grain(*grain, &context.calendar),
            _ => self.resolve(context),
        }
    }
}

impl Fixed {
    fn resolve(self, calendar: &Calendar) -> Option<Period> {
        match self {
            Self::Year { year, .. } => Some(Period::Year(year)),
            Self::Half(year, half) => Some(Period::Half(year, half)),
            Self::Quarter(year, quarter) => Some(Period::Quarter(year, quarter)),
            Self::Month(year, month) => Some(Period::Month(year, month)),
            Self::NthMonth(year, nth) => {
                let (first, _) = Period::Year(year).bounds(calendar);
                let month = first.checked_add(jiff::Span::new().months(i32::from(nth) - 1)).ok()?;
                Some(Period::Month(month.year(), month.month()))
            }
            Self::Day(date) => Some(Period::Day(date).moment(calendar)),
            Self::Ended(months, date) => calendar.ended(i32::from(months), date),
            Self::WeeksEnded(weeks, date) => calendar.ended(months_of_weeks(weeks)?, date),
        }
    }
}

impl Relative {
    fn resolve(self, context: &PeriodContext) -> Option<Period> {
        let calendar = &context.calendar;
        let reporting = context.reporting?;
        // "The month" in a quarter's report could be any of its months.
        let at = |grain: Grain| {
            // In a report on the year to May it is May.
            let monthly = matches!(reporting, Period::MonthToDate(..));
            let shorter = !monthly && reporting.plain(calendar).grain().is_some_and(|own| own > grain);
            // A year's report that speaks of "the quarter" means its last.
            let last = grain == Grain::Quarter && matches!(reporting, Period::Year(_));
            if shorter && !last { None } else { reporting.at_grain(grain, calendar) }
        };
        match self {
            Self::This(grain) => at(grain),
            Self::Last(grain) => Some(at(grain)?.before()),
            Self::Next(grain) => Some(at(grain)?.after()),
            Self::Latest(grain) => {
                let current = reporting.at_grain(grain, calendar)?;
                let (_, end) = current.bounds(calendar);
                Some(if end <= reporting.bounds(calendar).1 { current } else { current.before() })
            }
            Self::Reporting => Some(reporting),
            Self::YearBefore => Some(reporting.year_before()),
            Self::Before => Some(reporting.before()),
        }
    }
}

/// A quarter or half without its year.
fn bare_part(part: i8, grain: Grain, context: &PeriodContext) -> Option<Period> {
    let reporting = context.reporting?;
    let year = reporting.fiscal_year(&context.calendar)?;
    let named = part_of_year(part, grain, year);
    let whole_year = matches!(reporting, Period::Year(_));
    match (reporting.at_grain(grain, &context.calendar)?, named) {
        (Period::Quarter(_, 1), Period::Quarter(_, 4)) if !whole_year => Some(named.year_before()),
        _ => Some(named),
    }
}

fn part_of_year(part: i8, grain: Grain, year: i16) -> Period {
    if grain == Grain::Half { Period::Half(year, part) } else { Period::Quarter(year, part) }
}

/// The year of a month that is named without one.
fn bare_month_year(month: i8, context: &PeriodContext) -> Option<i16> {
    let reporting = context.reporting?;
    let (_, end) = reporting.bounds(&context.calendar);
    // A year's report speaks of its own months; a shorter one also of those just ahead.
    let ahead = if matches!(reporting, Period::Year(_)) { 0 } else { 2 };
    // A week-based period that ends on 2 October still ends with September.
    let end_month = match reporting.moment(&context.calendar).at_grain(Grain::Month, &context.calendar)? {
        Period::Month(year, month) => i32::from(year) * 12 + i32::from(month) - 1,
        _ => i32::from(end.year()) * 12 + i32::from(end.month()) - 1,
    };
    let latest = end_month + ahead;
    let back = (latest - (i32::from(month) - 1)).rem_euclid(12);
    i16::try_from((latest - back).div_euclid(12)).ok()
}

/// Year to date of an inner expression. Of a whole year, as far as the report has come: `FY24 YTD` in a report on Q3 FY25 is the
/// first three quarters of FY24.
fn to_date(inner: &Expression, context: &PeriodContext) -> Option<Period> {
    let calendar = &context.calendar;
    match inner.resolve(context)? {
        Period::Year(year) => {
            let reporting = context.reporting?;
            let years = year.checked_sub(reporting.fiscal_year(calendar)?)?;
            Some(reporting.to_date(calendar)?.years_on(years))
        }
        period => period.to_date(calendar),
    }
}

/// A part of a year that is given by number or by distance.
fn in_year(inner: &Expression, reference: YearReference, context: &PeriodContext) -> Option<Period> {
    let calendar = &context.calendar;
    let reporting = context.reporting;
    let fiscal_year = reporting.and_then(|period| period.fiscal_year(calendar));
    let year = match reference {
        YearReference::Named(year) => year,
        YearReference::FromReporting(years) => fiscal_year?.checked_add(i16::from(years))?,
    };
    match inner {
        Expression::Quarter(quarter) => Some(Period::Quarter(year, *quarter)),
        Expression::Half(half) => Some(Period::Half(year, *half)),
        Expression::Month(month) => month_in_year(*month, year, reference, context),
        Expression::MonthDay(month, day) => match month_in_year(*month, year, reference, context)? {
            Period::Month(civil_year, month) => {
                Some(Period::Day(Date::new(civil_year, month, *day).ok()?).moment(calendar))
            }
            _ => None,
        },
        Expression::ToDate(Some(part)) => in_year(part, reference, context)?.to_date(calendar),
        Expression::EndOf(part) => Some(in_year(part, reference, context)?.moment(calendar)),
        Expression::StartOf(part) => Some(in_year(part, reference, context)?.opening(calendar)),
        _ => Some(inner.resolve(context)?.years_on(year.checked_sub(fiscal_year?)?)),
    }
}

/// `December of last year`: by the calendar or by the fiscal year, where both mean the same.
fn month_in_year(month: i8, fiscal_year: i16, reference: YearReference, context: &PeriodContext) -> Option<Period> {
    let calendar = &context.calendar;
    let civil_year = match reference {
        YearReference::Named(year) => year,
        YearReference::FromReporting(years) => {
            context.reporting?.bounds(calendar).1.year().checked_add(i16::from(years))?
        }
    };
    let by_calendar = Period::Month(civil_year, month);
    let same = matches!(reference, YearReference::Named(_)) || by_calendar.fiscal_year(calendar) == Some(fiscal_year);
    same.then_some(by_calendar)
}

/// How many months a period of whole weeks stands for.
pub(super) fn months_of_weeks(weeks: i8) -> Option<i32> {
    match weeks {
        4 | 5 => Some(1),
        13 | 14 => Some(3),
        26 | 27 => Some(6),
        39 | 40 => Some(9),
        52 | 53 => Some(12),
        _ => None,
    }
}
