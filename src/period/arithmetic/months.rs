//! Fiscal months: which days they have, and what a stretch of them is called.
//!
//! Enters: a [`Calendar`], with dates or numbers of months. Leaves: dates, numbers and the plainest name of a stretch.
//! Invariant: months are numbered without a gap from the first month of fiscal year 0, twelve a year.
//!
//! Every period but a day is a stretch of whole fiscal months. A calendar whose year starts within a month (`01-29`, retailers' 52 or
//! 53 weeks) still has twelve such months: a calendar month belongs to the fiscal month that holds its 15th.

use jiff::civil::Date;

use super::super::{Calendar, NamedBy, Period};
use super::{civil, civil_month, day_before, days_between, last_of_month, narrow, step};

/// Days by which the end of a 52/53-week period may miss the end that the calendar gives it.
pub(super) const WEEK_SLACK: i32 = 10;

/// Days by which a bare date may do so where the calendar's year starts within a month.
pub(super) const DATE_SLACK: i32 = 7;

/// Whole fiscal months: the first one's number, and how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Months {
    pub(super) first: i32,
    pub(super) count: i32,
}

impl Months {
    pub(super) fn last(self) -> i32 {
        self.first + self.count - 1
    }
}

impl Calendar {
    /// Reads the day on which the fiscal year starts, as `02-01`: month and day. `None` where no year has such a day.
    pub fn parse_start(text: &str) -> Option<(i8, i8)> {
        let (month, day) = text.trim().split_once('-')?;
        let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(month) || !digits(day) {
            return None;
        }
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // A common year: a fiscal year cannot start on 29 February.
        Date::new(2023, month, day).ok().map(|_| (month, day))
    }

    /// Number of the calendar month in which fiscal year 0 starts, counted from January of year 0.
    fn first_month(&self) -> i32 {
        // A year of weeks that starts in the first days of January is that year, whichever end names years.
        let one_year = self.start_month == 1 && i32::from(self.start_day) <= DATE_SLACK;
        let year = if self.named_by == NamedBy::End && !one_year { -1 } else { 0 };
        year * 12 + i32::from(self.start_month) - 1
    }

    /// What to add to a fiscal month's number to have that of the calendar month that it mostly is.
    fn offset(&self) -> i32 {
        self.first_month() + i32::from(self.start_day > 15)
    }

    /// The fiscal month's number of a calendar month.
    pub(super) fn number(&self, year: i16, month: i8) -> i32 {
        i32::from(year) * 12 + i32::from(month) - 1 - self.offset()
    }

    /// The calendar month that a fiscal month mostly is.
    fn month(&self, number: i32) -> (i16, i8) {
        civil_month(number + self.offset())
    }

    /// The day on which a fiscal month starts.
    pub(super) fn starts(&self, number: i32) -> Date {
        let (year, month) = civil_month(number + self.first_month());
        civil(year, month, self.start_day)
    }

    /// The last day of a fiscal month.
    pub(super) fn ends(&self, number: i32) -> Date {
        day_before(self.starts(number + 1))
    }

    /// The fiscal month that holds a day.
    pub(super) fn holding(&self, date: Date) -> i32 {
        let number = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 - self.first_month();
        if date < self.starts(number) { number - 1 } else { number }
    }

    /// The fiscal month that ends on a day, or within `slack` days of it.
    pub(super) fn ending(&self, date: Date, slack: i32) -> Option<i32> {
        let holding = self.holding(date);
        let fiscal = [holding - 1, holding].map(|number| (days_between(self.ends(number), date), number));
        let this = self.number(date.year(), date.month());
        let month = [this - 1, this].map(|number| {
            let (year, month) = self.month(number);
            (days_between(last_of_month(year, month), date), number)
        });
        let (distance, number) = fiscal.into_iter().chain(month).min()?;
        (distance <= slack).then_some(number)
    }

    /// The plainest name of a stretch of fiscal months, where it has one.
    pub(super) fn name(&self, months: Months) -> Option<Period> {
        let (year, within) = (year_of(months.first), months.first.rem_euclid(12));
        let (last_year, last_quarter) = quarter_of(months.last());
        let (civil_year, civil_month) = self.month(months.last());
        let ends_quarter = (months.last() + 1).rem_euclid(3) == 0;
        Some(match months.count {
            12 if within == 0 => Period::Year(year),
            6 if within % 6 == 0 => Period::Half(year, step(within, 6)),
            3 if within % 3 == 0 => Period::Quarter(year, step(within, 3)),
            1 => Period::Month(civil_year, civil_month),
            2..=11 if within == 0 && ends_quarter => Period::QuarterToDate(last_year, last_quarter),
            2..=11 if within == 0 => Period::MonthToDate(civil_year, civil_month),
            12 if ends_quarter => Period::TrailingQuarter(last_year, last_quarter),
            12 => Period::TrailingMonth(civil_year, civil_month),
            _ => return None,
        })
    }

    /// The moment at the end of a fiscal month.
    pub(super) fn moment_of(&self, number: i32) -> Period {
        if (number + 1).rem_euclid(3) == 0 {
            let (year, quarter) = quarter_of(number);
            return Period::Quarter(year, quarter);
        }
        let (year, month) = self.month(number);
        Period::Month(year, month)
    }

    /// The period that lasts so many months and ends on a day; a 52/53-week end may be up to ten days off.
    pub(crate) fn ended(&self, months: i32, date: Date) -> Option<Period> {
        let last = self.ending(date, WEEK_SLACK)?;
        self.name(Months { first: last - months + 1, count: months })
    }

    /// The period from one day to another, both included, where that stretch has a name.
    pub(crate) fn spanning(&self, first: Date, last: Date) -> Option<Period> {
        let end = self.ending(last, 0)?;
        let start = self.ending(day_before(first), 0)? + 1;
        self.name(Months { first: start, count: end - start + 1 })
    }
}

/// The year of a fiscal month.
fn year_of(number: i32) -> i16 {
    narrow(number.div_euclid(12))
}

/// The quarter that holds a fiscal month.
fn quarter_of(number: i32) -> (i16, i8) {
    (year_of(number), step(number.rem_euclid(12), 3))
}
