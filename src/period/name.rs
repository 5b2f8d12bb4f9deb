//! Reads period names, canonical and as people write them.
//!
//! Enters: a whole text (a key in a metric file, `--period`, a column header). Leaves: the one [`Period`] or [`Expression`] it is.
//! Invariant: nothing is left over: a name with anything else in it is no name.

use super::{Calendar, Expression, Fixed, Period, PeriodContext, scan};
use crate::extract::MentionKind;

/// A name that is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a period; write it like FY2025, FY2025-Q3, FY2025-H1, 2025-09, 2025-09-30, FY2025-Q3-YTD or FY2025-Q3-LTM"
)]
pub struct PeriodError(pub String);

impl Period {
    /// Reads a period's name, canonical (`FY2025-Q3`) or as people write it (`Q3 FY25`, `2025Q3`). Only names that are complete in
    /// themselves: `Q3` or `year to June` need a context, which [`Expression::read`] leaves open.
    pub fn parse(name: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(name.trim().to_owned());
        let joined = name.trim().replace('_', "-");
        let expression = Expression::read(without_midnight(&joined)).ok_or_else(error)?;
        if let Expression::Fixed(Fixed::Day(date)) = expression {
            return Ok(Self::Day(date));
        }
        if !complete(&expression) {
            return Err(error());
        }
        // No form that is complete depends on the calendar's first day.
        expression.resolve(&PeriodContext { calendar: Calendar::default(), reporting: None }).ok_or_else(error)
    }
}

impl Expression {
    /// The one period that the whole text names, if it does: the value of `period:` in front matter, a column header.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut mentions = scan::scan(text).into_iter();
        let (Some(mention), None) = (mentions.next(), mentions.next()) else { return None };
        if mention.range != (0..text.len()) {
            return None;
        }
        match mention.kind {
            MentionKind::Period(expression, None) => Some(expression),
            _ => None,
        }
    }
}

/// A spreadsheet's date without the midnight that its export adds: `2025-09-30 00:00:00`.
fn without_midnight(name: &str) -> &str {
    let (date, time) = name.split_once([' ', 'T']).unwrap_or((name, ""));
    let midnight = time.len() >= 5 && time.trim_end_matches('Z').bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    if midnight { date } else { name }
}

/// Whether an expression means the same under every calendar (a split year's name aside) and in every context.
fn complete(expression: &Expression) -> bool {
    match expression {
        Expression::Fixed(Fixed::Ended(..) | Fixed::WeeksEnded(..)) => false,
        Expression::Fixed(_) => true,
        Expression::ToDate(Some(inner)) => {
            matches!(**inner, Expression::Fixed(Fixed::Quarter(..) | Fixed::Month(..) | Fixed::Half(..)))
        }
        Expression::Trailing(Some(inner)) | Expression::SplitYear(inner) => complete(inner),
        Expression::Range(from, to) => {
            let quarter = |end: &Expression| matches!(end, Expression::Fixed(Fixed::Quarter(..)));
            quarter(from) && quarter(to)
        }
        _ => false,
    }
}
