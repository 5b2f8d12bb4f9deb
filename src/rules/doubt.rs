//! Findings that more likely come from a number misunderstood than from a number that is wrong.
//!
//! Enters: a claim and what it should be. Leaves: whether that is in doubt, and the finding made a remark.
//! Invariant: only numbers of running text are in doubt; tables and tiles say what their numbers are.

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::finding::{Confidence, Finding, Level};

/// Whether a number of a sentence is so far from the other side, by more than a quarter, that it more likely is of something which
/// the words around do not name plainly. Ask only where no slip explains the difference.
pub(super) fn is_far(claim: &Claim, other: Option<Decimal>) -> bool {
    let Some((own, other)) = claim.quantity.value.zip(other) else { return false };
    let (own, other) = (own.abs(), other.abs());
    let quarter = own.max(other).checked_div(Decimal::from(4)).unwrap_or_default();
    claim.cell.is_none() && claim.sentence.is_some() && (own - other).abs() > quarter
}

/// A finding to look at, not to stop for; it puts nothing right.
pub(super) fn doubtful(finding: Finding) -> Finding {
    Finding { level: Level::Info, confidence: Confidence::Low, correction: None, ..finding }
}
