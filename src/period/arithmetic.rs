//! Arithmetic of periods under a fiscal calendar: bounds, neighbours, parts, containment, balance dates.
//!
//! Enters: [`Period`]s and a [`Calendar`]. Leaves: other periods and dates.
//! Invariant: a period's first day is never after its last, and `before` undoes `after`.

mod months;

use jiff::civil::Date;

use super::{Calendar, Grain, Period};
use months::{DATE_SLACK, Months, WEEK_SLACK};

impl Grain {
    /// How many months a period of this grain has.
    pub fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

impl Period {
    /// First and last day, under a calendar.
    pub fn bounds(self, calendar: &Calendar) -> (Date, Date) {
        let months = match self {
            Self::Day(date) => return (date, date),
            Self::Month(year, month) => return (civil(year, month, 1), last_of_month(year, month)),
            Self::TrailingMonth(year, month) => {
                let (first_year, first_month) = civil_month(i32::from(year) * 12 + i32::from(month) - 12);
                return (civil(first_year, first_month, 1), last_of_month(year, month));
            }
            Self::MonthToDate(year, month) => {
                let first = self.months(calendar).map_or(0, |months| months.first);
                return (calendar.starts(first), last_of_month(year, month));
            }
            _ => self.months(calendar).unwrap_or(Months { first: 0, count: 1 }),
        };
        (calendar.starts(months.first), calendar.ends(months.last()))
    }

    /// The fiscal months of a period; none for a day.
    fn months(self, calendar: &Calendar) -> Option<Months> {
        let year_first = |year: i16| i32::from(year) * 12;
        Some(match self {
            Self::Year(year) => Months { first: year_first(year), count: 12 },
            Self::Half(year, half) => Months { first: year_first(year) + (i32::from(half) - 1) * 6, count: 6 },
            Self::Quarter(year, quarter) => Months { first: year_first(year) + (i32::from(quarter) - 1) * 3, count: 3 },
            Self::QuarterToDate(year, quarter) => Months { first: year_first(year), count: i32::from(quarter) * 3 },
            Self::TrailingQuarter(year, quarter) => {
                Months { first: year_first(year) + i32::from(quarter) * 3 - 12, count: 12 }
            }
            Self::Month(year, month) => Months { first: calendar.number(year, month), count: 1 },
            Self::MonthToDate(year, month) => {
                let last = calendar.number(year, month);
                let within = last.rem_euclid(12);
                Months { first: last - within, count: within + 1 }
            }
            Self::TrailingMonth(year, month) => Months { first: calendar.number(year, month) - 11, count: 12 },
            Self::Day(_) => return None,
        })
    }

    /// The period of the same length just before: `FY2025-Q1` → `FY2024-Q4`. Year-to-date and trailing spans step back a year, for
    /// a nearer one would overlap them.
    pub fn before(self) -> Self {
        self.stepped(-1)
    }

    /// The period of the same length just after; undoes [`Period::before`].
    pub fn after(self) -> Self {
        self.stepped(1)
    }

    fn stepped(self, by: i16) -> Self {
        let turn = |year: i16, part: i8, parts: i32| {
            let number = i32::from(year) * parts + i32::from(part) - 1 + i32::from(by);
            (narrow(number.div_euclid(parts)), step(number.rem_euclid(parts), 1))
        };
        match self {
            Self::Year(year) => Self::Year(year.saturating_add(by)),
            Self::Half(year, half) => {
                let (year, half) = turn(year, half, 2);
                Self::Half(year, half)
            }
            Self::Quarter(year, quarter) => {
                let (year, quarter) = turn(year, quarter, 4);
                Self::Quarter(year, quarter)
            }
            Self::Month(year, month) => {
                let (year, month) = turn(year, month, 12);
                Self::Month(year, month)
            }
            Self::Day(date) => Self::Day(if by < 0 { day_before(date) } else { date.tomorrow().unwrap_or(date) }),
            to_date_or_trailing => to_date_or_trailing.years_on(by),
        }
    }

    /// The same period of the year before. The last day of a February stays the last day.
    pub fn year_before(self) -> Self {
        self.years_on(-1)
    }

    /// The same period so many years on.
    pub fn years_on(self, years: i16) -> Self {
        let moved = |year: i16| year.saturating_add(years);
        match self {
            Self::Year(year) => Self::Year(moved(year)),
            Self::Half(year, half) => Self::Half(moved(year), half),
            Self::Quarter(year, quarter) => Self::Quarter(moved(year), quarter),
            Self::Month(year, month) => Self::Month(moved(year), month),
            Self::Day(date) => Self::Day(months_on(date, i32::from(years) * 12)),
            Self::QuarterToDate(year, quarter) => Self::QuarterToDate(moved(year), quarter),
            Self::MonthToDate(year, month) => Self::MonthToDate(moved(year), month),
            Self::TrailingQuarter(year, quarter) => Self::TrailingQuarter(moved(year), quarter),
            Self::TrailingMonth(year, month) => Self::TrailingMonth(moved(year), month),
        }
    }

    /// The period one such step back: the base of a `QoQ` change of a quarter (the quarter before) or of a month (three months
    /// before). `None` where the step is shorter than the period, so that there is no such base.
    pub fn back(self, grain: Grain) -> Option<Self> {
        match (self, grain) {
            (_, Grain::Year) => Some(self.year_before()),
            (Self::Day(date), _) => Some(Self::Day(months_on(date, -grain.months()))),
            (Self::Month(year, month), _) => {
                let (year, month) = civil_month(i32::from(year) * 12 + i32::from(month) - 1 - grain.months());
                Some(Self::Month(year, month))
            }
            (Self::Quarter(..), Grain::Quarter) | (Self::Half(..), Grain::Half) => Some(self.before()),
            (Self::Quarter(..), Grain::Half) => Some(self.before().before()),
            _ => None,
        }
    }

    /// The period's length, where it has a plain one; `None` for days, year-to-date and trailing spans.
    pub fn grain(self) -> Option<Grain> {
        match self {
            Self::Year(_) => Some(Grain::Year),
            Self::Half(..) => Some(Grain::Half),
            Self::Quarter(..) => Some(Grain::Quarter),
            Self::Month(..) => Some(Grain::Month),
            _ => None,
        }
    }

    /// The period of this grain that contains the end of `self`: the quarter of a month, the year of a quarter.
    pub fn at_grain(self, grain: Grain, calendar: &Calendar) -> Option<Self> {
        let last = match (self, grain) {
            (Self::Day(date), Grain::Month) => return Some(Self::Month(date.year(), date.month())),
            (Self::Day(date), _) => calendar.holding(date),
            _ => self.months(calendar)?.last(),
        };
        let count = grain.months();
        calendar.name(Months { first: last - last.rem_euclid(count), count })
    }

    /// The fiscal year that contains the end of the period.
    pub fn fiscal_year(self, calendar: &Calendar) -> Option<i16> {
        match self.at_grain(Grain::Year, calendar) {
            Some(Self::Year(year)) => Some(year),
            _ => None,
        }
    }

    /// The parts of this period at a finer grain, in order: the four quarters of a year, the months of a quarter. Empty where
    /// parts of that grain do not make up the whole, and for the period's own grain.
    pub fn parts(self, grain: Grain, calendar: &Calendar) -> Vec<Self> {
        let Some(months) = self.months(calendar) else { return Vec::new() };
        let count = grain.months();
        let whole = months.first.rem_euclid(count) == 0 && months.count % count == 0;
        if !whole || self.grain() == Some(grain) {
            return Vec::new();
        }
        let firsts = (0..months.count / count).map(|part| months.first + part * count);
        firsts.filter_map(|first| calendar.name(Months { first, count })).collect()
    }

    /// The plainest name of the same stretch of time: `FY2025-Q2-YTD` is `FY2025-H1`, `FY2025-Q4-LTM` is `FY2025`. Durations
    /// with the same plain name are the same.
    pub fn plain(self, calendar: &Calendar) -> Self {
        self.months(calendar).and_then(|months| calendar.name(months)).unwrap_or(self)
    }

    /// The moment on which a balance of this period stands, named canonically: for the end of Q4, H2 and the year the same moment,
    /// the quarter where the last day ends one, else the month, else the day.
    pub fn moment(self, calendar: &Calendar) -> Self {
        match self {
            Self::Day(date) => {
                let slack = if calendar.start_day == 1 { 0 } else { DATE_SLACK };
                calendar.ending(date, slack).map_or(self, |number| calendar.moment_of(number))
            }
            _ => self.months(calendar).map_or(self, |months| calendar.moment_of(months.last())),
        }
    }

    /// The moment just before the period starts: the opening balance of a roll-forward.
    pub fn opening(self, calendar: &Calendar) -> Self {
        match self.months(calendar) {
            Some(months) => calendar.moment_of(months.first - 1),
            None => self.before().moment(calendar),
        }
    }

    /// The period of a grain that ends on a day; a 52/53-week end may be up to ten days off.
    pub fn ending_on(date: Date, calendar: &Calendar, grain: Grain) -> Option<Self> {
        let last = calendar.ending(date, WEEK_SLACK)?;
        let count = grain.months();
        let ends = (last + 1).rem_euclid(count) == 0;
        if ends { calendar.name(Months { first: last + 1 - count, count }) } else { None }
    }

    /// Whether the other period lies within this one.
    pub fn contains(self, other: Self, calendar: &Calendar) -> bool {
        if let (Some(outer), Some(inner)) = (self.months(calendar), other.months(calendar)) {
            return outer.first <= inner.first && inner.last() <= outer.last();
        }
        let ((first, last), (other_first, other_last)) = (self.bounds(calendar), other.bounds(calendar));
        first <= other_first && other_last <= last
    }

    /// Whether this period starts right where the other ends.
    pub fn succeeds(self, other: Self, calendar: &Calendar) -> bool {
        if let (Some(later), Some(earlier)) = (self.months(calendar), other.months(calendar)) {
            return later.first == earlier.last() + 1;
        }
        day_before(self.bounds(calendar).0) == other.bounds(calendar).1
    }

    /// From the start of the fiscal year to the end of this period; `None` for a day that ends no month.
    pub(crate) fn to_date(self, calendar: &Calendar) -> Option<Self> {
        Some(match self {
            Self::Year(_) | Self::QuarterToDate(..) | Self::MonthToDate(..) => self,
            Self::Half(year, half) => Self::QuarterToDate(year, half.saturating_mul(2)),
            Self::Quarter(year, quarter) | Self::TrailingQuarter(year, quarter) => Self::QuarterToDate(year, quarter),
            Self::Month(year, month) | Self::TrailingMonth(year, month) => Self::MonthToDate(year, month),
            Self::Day(_) => match self.moment(calendar) {
                Self::Day(_) => return None,
                moment => moment.to_date(calendar)?,
            },
        })
    }

    /// The twelve months to the end of this period; `None` for a day that ends no month.
    pub(crate) fn trailing(self, calendar: &Calendar) -> Option<Self> {
        Some(match self.to_date(calendar)? {
            Self::Year(year) => Self::TrailingQuarter(year, 4),
            Self::QuarterToDate(year, quarter) => Self::TrailingQuarter(year, quarter),
            Self::MonthToDate(year, month) => Self::TrailingMonth(year, month),
            _ => return None,
        })
    }
}

/// Which part of its year a month is in, from 1, with parts of so many months.
fn step(within: i32, months: i32) -> i8 {
    i8::try_from(within / months + 1).unwrap_or(1)
}

fn narrow(year: i32) -> i16 {
    i16::try_from(year).unwrap_or(if year < 0 { i16::MIN } else { i16::MAX })
}

/// Year and month of a month counted from January of year 0.
fn civil_month(number: i32) -> (i16, i8) {
    (narrow(number.div_euclid(12)), step(number.rem_euclid(12), 1))
}

/// A date, the day held to the length of its month and the year to what dates can be.
fn civil(year: i16, month: i8, day: i8) -> Date {
    let first = Date::new(year.clamp(-9998, 9998), month.clamp(1, 12), 1).unwrap_or(Date::ZERO);
    Date::new(first.year(), first.month(), day.clamp(1, first.days_in_month())).unwrap_or(first)
}

pub(crate) fn last_of_month(year: i16, month: i8) -> Date {
    civil(year, month, 31)
}

fn day_before(date: Date) -> Date {
    date.yesterday().unwrap_or(date)
}

/// The same day so many months on; the last day of a month stays the last day.
fn months_on(date: Date, months: i32) -> Date {
    let (year, month) = civil_month(i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + months);
    let day = if date.day() == date.days_in_month() { 31 } else { date.day() };
    civil(year, month, day)
}

/// Days from one date to another, whichever comes first.
fn days_between(one: Date, other: Date) -> i32 {
    let days = one.duration_since(other).as_hours() / 24;
    i32::try_from(days.abs()).unwrap_or(i32::MAX)
}
