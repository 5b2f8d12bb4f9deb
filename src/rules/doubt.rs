//! Findings that more likely come from a number misunderstood than from a number that is wrong.
//!
//! Enters: a claim, what is found about it, and what it should be. Leaves: the finding, made a remark where it is in doubt.
//! Invariant: only numbers of running text are in doubt; tables and tiles say what their numbers are.

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level};

/// The finding, or a remark to look at where nothing vouches for its reading: no slip explains the number (`explained`), the words
/// do not name a metric of the source plainly, and the `other` side is far away.
pub(super) fn weighed(
    deck: &Deck,
    claim: &Claim,
    finding: Finding,
    explained: bool,
    other: Option<Decimal>,
) -> Finding {
    let defined = claim.metric.is_some_and(|id| deck.vocabulary.term(id).source.is_some());
    let named = defined && claim.confidence == Confidence::High;
    if named || explained || !is_far(claim, other) {
        return finding;
    }
    // To look at, not to stop for; it puts nothing right.
    Finding { level: Level::Info, confidence: Confidence::Low, correction: None, ..finding }
}

/// Whether a number of a sentence is so far from the other side, by more than a quarter, that it more likely is of something which
/// the words around do not name plainly.
pub(super) fn is_far(claim: &Claim, other: Option<Decimal>) -> bool {
    let Some((own, other)) = claim.quantity.value.zip(other) else { return false };
    let (own, other) = (own.abs(), other.abs());
    let quarter = own.max(other).checked_div(Decimal::from(4)).unwrap_or_default();
    claim.cell.is_none() && claim.sentence.is_some() && (own - other).abs() > quarter
}
