//! Periods: fiscal years, halves, quarters, months, dates, year-to-date and trailing spans.
//!
//! Enters: names in files (`FY2025-Q3`) and expressions found in text (`Q3 FY25`, `last quarter`). Leaves: [`Period`]s that
//! compare, contain and precede one another under one [`Calendar`].
//! Invariant: `Period::parse(&period.to_string())` is the period again.

mod arithmetic;
mod infer;
mod name;
mod resolve;
pub(crate) mod scan;

use std::fmt;

use jiff::civil::Date;

pub use infer::infer_calendar;
pub use name::PeriodError;

/// Which end of a fiscal year gives it its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NamedBy {
    /// The calendar year in which it starts.
    Start,
    /// The calendar year in which it ends.
    #[default]
    End,
}

/// The fiscal calendar of a deck.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calendar {
    /// Month in which the fiscal year starts, 1 to 12.
    pub start_month: i8,
    /// Day on which it starts, 1 to 31.
    pub start_day: i8,
    /// Which end names it.
    pub named_by: NamedBy,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { start_month: 1, start_day: 1, named_by: NamedBy::End }
    }
}

/// The year of a deck that names none, in which its quarters and months are still told apart. A leap year, so that no day is missing from
/// it, and far from any year that is written.
pub(crate) const UNNAMED_YEAR: i16 = 400;

/// How far from it a deck without years may speak of: `last year`, `three years ago`.
const UNNAMED_REACH: i16 = 50;

/// A stretch or point of time that a fact is about. Years are fiscal years; months are calendar months.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Period {
    /// `FY2025`.
    Year(i16),
    /// `FY2025-H1`.
    Half(i16, i8),
    /// `FY2025-Q3`.
    Quarter(i16, i8),
    /// `2025-09`: calendar year and month.
    Month(i16, i8),
    /// `2025-09-30`.
    Day(Date),
    /// `FY2025-Q3-YTD`: from the start of the fiscal year to the end of the quarter.
    QuarterToDate(i16, i8),
    /// `2025-07-YTD`: from the start of the fiscal year to the end of the month.
    MonthToDate(i16, i8),
    /// `FY2025-Q3-LTM`: the twelve months to the end of the quarter.
    TrailingQuarter(i16, i8),
    /// `2025-09-LTM`: the twelve months to the end of the month.
    TrailingMonth(i16, i8),
}

/// A period as an author wrote it, before the calendar and the context give it a year.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum Expression {
    /// Complete in itself.
    Fixed(Fixed),
    /// `Q3` alone: its year comes from the context.
    Quarter(i8),
    /// `H1`, `first half`, alone.
    Half(i8),
    /// `September` alone.
    Month(i8),
    /// `31 January`, `July 31st`, alone.
    MonthDay(i8, i8),
    /// Relative to the document's reporting period.
    Relative(Relative),
    /// Year to date; of what, when said (`YTD Q3 FY25`).
    ToDate(Option<Box<Expression>>),
    /// Last twelve months; to when, when said (`LTM Q3 FY25`).
    Trailing(Option<Box<Expression>>),
    /// The start of the inner period, for balances (`opening`, `at the start of the year`).
    StartOf(Box<Expression>),
    /// The end of the inner period, for balances (`year-end`, `at the end of March`).
    EndOf(Box<Expression>),
    /// Two ends: `FY22–FY25`. Stands for a single period only where the whole stretch is one (`Q1–Q3 FY25`).
    Range(Box<Expression>, Box<Expression>),
    /// A part of a year that is named by its distance or number: `the third quarter of last year`, `same period in 2024`.
    InYear(Box<Expression>, YearReference),
    /// The inner expression names its fiscal year by both calendar years (`FY24/25`, `H1 2023/24`) and holds the later one.
    SplitYear(Box<Expression>),
    /// `three months ended 30 June`, without a year: how many months, and the last day or month.
    Ended(i8, Box<Expression>),
    /// `the nine months`, `nine-month revenue`: so many months up to the end of the reporting period.
    Months(i8),
    /// `year over year`, `QoQ`, `sequentially`: no period of a claim but the base of its change, one such step back.
    Against(Grain),
}

/// Which fiscal year a part of a year belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum YearReference {
    /// So many years from the reporting period's: −1 for `last year`, 0 for `this year`.
    FromReporting(i8),
    /// The year itself, as in `the same period in 2024`.
    Named(i16),
}

/// A written period that has its year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Fixed {
    /// `FY25`, `fiscal 2025`, `FY24/25` (the year's name), or a bare `2025`, which `fiscal` tells apart.
    Year {
        /// The four-digit year.
        year: i16,
        /// Whether the writing says that it is a fiscal year.
        fiscal: bool,
    },
    /// `H1 FY25`, `1H25`.
    Half(i16, i8),
    /// `Q3 FY25`, `3Q25`, `third quarter of 2024`.
    Quarter(i16, i8),
    /// `Sept 2025`.
    Month(i16, i8),
    /// `Month 7 2025/26`, `M7 FY26`: the month of that number in a fiscal year, by which public bodies close their accounts.
    NthMonth(i16, i8),
    /// A full date.
    Day(Date),
    /// `three months ended October 31, 2024`: how many months, and the last day.
    Ended(i8, Date),
    /// `39 weeks ended 28 September 2024`: how many weeks, and the last day.
    WeeksEnded(i8, Date),
}

/// A period named by its distance from the reporting period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Relative {
    /// `the quarter`, `this year`, `for the month`: the reporting period, at this grain.
    This(Grain),
    /// `last quarter`, `prior month`, `the previous year`: one step back at this grain.
    Last(Grain),
    /// `next quarter`.
    Next(Grain),
    /// The latest period of this grain that is over when the reporting period ends: the year of `since year end`.
    Latest(Grain),
    /// The reporting period itself, at its own grain: `period end`, `the same period` of some year.
    Reporting,
    /// `same period last year`, `a year ago`, `a year earlier`: the reporting period of the year before.
    YearBefore,
    /// `prior period`: one step back at the reporting period's own grain.
    Before,
}

/// How long a period is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Grain {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A half-year.
    Half,
    /// A year.
    Year,
}

/// What gives a relative or incomplete expression its meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PeriodContext {
    /// The deck's calendar.
    pub calendar: Calendar,
    /// The reporting period in force at this place.
    pub reporting: Option<Period>,
}

impl NamedBy {
    /// Reads the word that files use: `start` or `end`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Self::Start),
            "end" => Some(Self::End),
            _ => None,
        }
    }
}

impl Period {
    /// Its canonical name; none in a year that has none.
    pub(crate) fn canonical(self) -> Option<String> {
        self.unnamed().is_none().then(|| self.to_string())
    }

    /// How many years it is from the year that its deck does not name, where its own is told by that alone.
    pub(crate) fn unnamed(self) -> Option<i16> {
        let year = match self {
            Self::Year(year)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Month(year, _)
            | Self::QuarterToDate(year, _)
            | Self::MonthToDate(year, _)
            | Self::TrailingQuarter(year, _)
            | Self::TrailingMonth(year, _) => year,
            Self::Day(date) => date.year(),
        };
        Some(year - UNNAMED_YEAR).filter(|years| years.abs() <= UNNAMED_REACH)
    }

    /// As a deck without years speaks of it: `Q2`, `Q2 of the year before`.
    fn speak(self, f: &mut fmt::Formatter<'_>, years: i16) -> fmt::Result {
        let month = |own: i8| match Date::new(UNNAMED_YEAR, own, 1) {
            Ok(first) => Ok(first.strftime("%B")),
            Err(_) => Err(fmt::Error),
        };
        match self {
            Self::Year(_) if years == 0 => return f.write_str("undated"),
            Self::Year(_) => {}
            Self::Half(_, half) => write!(f, "H{half}")?,
            Self::Quarter(_, quarter) => write!(f, "Q{quarter}")?,
            Self::Month(_, own) => write!(f, "{}", month(own)?)?,
            Self::Day(date) => write!(f, "{}", date.strftime("%-d %B"))?,
            Self::QuarterToDate(_, quarter) => write!(f, "Q{quarter} YTD")?,
            Self::MonthToDate(_, own) => write!(f, "{} YTD", month(own)?)?,
            Self::TrailingQuarter(_, quarter) => write!(f, "Q{quarter} LTM")?,
            Self::TrailingMonth(_, own) => write!(f, "{} LTM", month(own)?)?,
        }
        let of = if matches!(self, Self::Year(_)) { "" } else { " of " };
        match years {
            0 => Ok(()),
            -1 => write!(f, "{of}the year before"),
            1 => write!(f, "{of}the next year"),
            _ if years < 0 => write!(f, "{of}{} years before", -years),
            _ => write!(f, "{of}{years} years on"),
        }
    }
}

impl fmt::Display for Period {
    /// The canonical name, or what the deck calls it where it names no year.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(years) = self.unnamed() {
            return self.speak(f, years);
        }
        match *self {
            Self::Year(year) => write!(f, "FY{year:04}"),
            Self::Half(year, half) => write!(f, "FY{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "FY{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::QuarterToDate(year, quarter) => write!(f, "FY{year:04}-Q{quarter}-YTD"),
            Self::MonthToDate(year, month) => write!(f, "{year:04}-{month:02}-YTD"),
            Self::TrailingQuarter(year, quarter) => write!(f, "FY{year:04}-Q{quarter}-LTM"),
            Self::TrailingMonth(year, month) => write!(f, "{year:04}-{month:02}-LTM"),
        }
    }
}

#[cfg(test)]
mod tests;
