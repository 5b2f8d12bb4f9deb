//! A grid seen along one axis: lines that may add up, and lanes in which they do.
//!
//! Enters: a [`Grid`]. Leaves: a [`Strip`] whose figures are exact amounts with the interval that their writing stands for.
//! Invariant: a figure whose value is open (a range, a bound, words) is unknown, never zero.

use rust_decimal::Decimal;

use crate::grid::{CellContent, Grid, GridCell, Line, LineKind};
use crate::quantity::{Qualifier, Quantity, Unit};

/// Which way a grid is added up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Axis {
    /// Rows add up in each column.
    Down,
    /// Columns add up in each row.
    Across,
}

/// An exact value and the interval that its writing stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Amount {
    /// As written.
    pub(crate) value: Decimal,
    /// Least value it can stand for.
    pub(crate) low: Decimal,
    /// Greatest value it can stand for.
    pub(crate) high: Decimal,
    /// Place value of its last digit.
    pub(crate) resolution: Decimal,
}

impl Amount {
    /// Nothing: a dash.
    pub(crate) const ZERO: Self =
        Self { value: Decimal::ZERO, low: Decimal::ZERO, high: Decimal::ZERO, resolution: Decimal::ZERO };

    /// The amount of a quantity that has one. Counted things have no fractions to round away.
    pub(crate) fn of(quantity: &Quantity) -> Option<Self> {
        // Sums of amounts this small cannot overflow.
        let value = quantity.value.filter(|value| value.abs() < Decimal::from(10_u64.pow(18)))?;
        let bound = !matches!(quantity.qualifier, Qualifier::Exact | Qualifier::About);
        if bound {
            return None;
        }
        let counted = quantity.unit == Unit::Count && quantity.qualifier == Qualifier::Exact && !quantity.scaled;
        if counted && quantity.resolution == Decimal::ONE {
            return Some(Self { value, low: value, high: value, resolution: quantity.resolution });
        }
        Some(Self { value, low: quantity.low?, high: quantity.high?, resolution: quantity.resolution })
    }

    /// The sum of the two, or of the first and the negated second.
    pub(crate) fn plus(self, other: Self, negated: bool) -> Option<Self> {
        let (value, low, high) =
            if negated { (-other.value, -other.high, -other.low) } else { (other.value, other.low, other.high) };
        Some(Self {
            value: self.value.checked_add(value)?,
            low: self.low.checked_add(low)?,
            high: self.high.checked_add(high)?,
            resolution: self.resolution.max(other.resolution),
        })
    }

    /// Whether the two can stand for one value.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// What stands where a line meets a lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Figure {
    /// An amount.
    Amount(Amount),
    /// Nothing, or a dash.
    Nothing,
    /// In another unit than what is added up here, such as a percentage between amounts.
    Foreign,
    /// Something whose value is open.
    Unknown,
}

/// A grid along one axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strip<'a> {
    /// The grid.
    pub(crate) grid: &'a Grid,
    /// The axis.
    pub(crate) axis: Axis,
}

impl<'a> Strip<'a> {
    /// The lines that may add up.
    pub(crate) fn lines(&self) -> &'a [Line] {
        match self.axis {
            Axis::Down => &self.grid.rows,
            Axis::Across => &self.grid.columns,
        }
    }

    /// The lanes that they add up in.
    pub(crate) fn lanes(&self) -> &'a [Line] {
        match self.axis {
            Axis::Down => &self.grid.columns,
            Axis::Across => &self.grid.rows,
        }
    }

    /// Row and column of a line in a lane.
    pub(crate) fn at(&self, line: usize, lane: usize) -> (usize, usize) {
        match self.axis {
            Axis::Down => (line, lane),
            Axis::Across => (lane, line),
        }
    }

    fn cell(&self, line: usize, lane: usize) -> Option<&'a GridCell> {
        let (row, column) = self.at(line, lane);
        self.grid.cells.get(row)?.get(column)
    }

    /// The amount of a line in a lane, if it is one and not a percentage.
    pub(crate) fn amount(&self, line: usize, lane: usize) -> Option<(Amount, &'a Unit)> {
        let quantity = self.cell(line, lane)?.quantity.as_ref()?;
        if !additive(&quantity.unit) {
            return None;
        }
        Amount::of(quantity).map(|amount| (amount, &quantity.unit))
    }

    /// What a line holds in a lane, seen from a total in `unit`.
    pub(crate) fn figure(&self, line: usize, lane: usize, unit: &Unit) -> Figure {
        let Some(cell) = self.cell(line, lane) else { return Figure::Nothing };
        let Some(quantity) = &cell.quantity else {
            return match cell.content {
                CellContent::Empty | CellContent::Dash => Figure::Nothing,
                CellContent::Number | CellContent::NotAvailable | CellContent::Text => Figure::Unknown,
            };
        };
        let same = quantity.unit == *unit || (additive(&quantity.unit) && (loose(&quantity.unit) || loose(unit)));
        if !same {
            return Figure::Foreign;
        }
        Amount::of(quantity).map_or(Figure::Unknown, Figure::Amount)
    }

    /// Whether a lane holds amounts that may add up: no percentages, no words.
    pub(crate) fn adds_up(&self, lane: usize) -> bool {
        let line = &self.lanes()[lane];
        let balance = line.kind.is_balance();
        if balance && self.runs_over_times() {
            return false;
        }
        !matches!(line.kind, LineKind::Growth | LineKind::Share | LineKind::Other | LineKind::Section)
            && !averages(line)
    }

    /// Whether the lines are times of one thing, `Apr | May | Jun | Q2`: what opens the quarter is what opens its first month.
    fn runs_over_times(&self) -> bool {
        let mut times = self.lines().iter().filter(|line| line.kind.is_plain()).map(|line| line.period.as_ref());
        let first = times.next().flatten();
        first.is_some() && times.any(|other| other.is_some() && other != first)
    }

    /// Whether a line may be a part of a sum.
    pub(crate) fn is_part(&self, line: usize) -> bool {
        let line = &self.lines()[line];
        let kind = match self.axis {
            Axis::Down => {
                !matches!(line.kind, LineKind::Growth | LineKind::Share | LineKind::Section | LineKind::Other)
            }
            Axis::Across => line.kind.is_plain(),
        };
        kind && line.kind != LineKind::OfWhich
    }
}

/// Units whose amounts can be added to one another.
fn additive(unit: &Unit) -> bool {
    matches!(unit, Unit::Currency(_) | Unit::Count | Unit::Bare | Unit::Measure(_) | Unit::Duration(_))
}

/// Units that may stand for another because nothing was written.
fn loose(unit: &Unit) -> bool {
    matches!(unit, Unit::Bare)
}

/// Lines that are averages, prices or ratios by their name: their total is no sum.
pub(crate) fn averages(line: &Line) -> bool {
    const WORDS: &[&str] =
        &["average", "avg", "median", "mean", "ratio", "per", "price", "yield", "cumulative", "rate"];
    let text = line.label.text().to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}
