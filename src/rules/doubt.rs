//! Findings that more likely come from a number misunderstood than from a number that is wrong.
//!
//! Enters: a claim, what is found about it, and what it should be. Leaves: the finding, made a remark where it is in doubt.
//! Invariant: only numbers of running text are in doubt; tables and tiles say what their numbers are.

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level};

/// The finding, or a remark to look at where nothing vouches for its reading: no slip explains the number (`explained`), the words
/// do not name a metric of the source plainly, or say more than is understood, and the `other` side is far away.
pub(super) fn weighed(
    deck: &Deck,
    claim: &Claim,
    finding: Finding,
    explained: bool,
    other: Option<Decimal>,
) -> Finding {
    let defined = claim.metric.is_some_and(|id| deck.vocabulary.term(id).source.is_some());
    let named = defined && claim.plain && claim.confidence == Confidence::High;
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

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::finding::Level;
    use crate::rules::examples::Binder;

    const SOURCE: &str = "metric,period,scenario,segment,value,unit
cash,FY2031-Q3,actual,,24800000,USD
revenue,FY2031-Q3,actual,,10600000,USD
";

    #[test]
    fn what_is_said_beside_the_name_puts_a_far_number_in_doubt() {
        for (text, level) in [
            ("Cash was $31.7M.", Level::Error),
            ("We ended the quarter with cash of $31.7M.", Level::Error),
            ("- Cash: $31.7M", Level::Error),
            ("Revenue rose to $19.7M in Q3.", Level::Error),
            // Near, or explained by a slip.
            ("Despite a slow start, cash was $26.1M.", Level::Error),
            ("Despite a slow start, cash was $24.8K.", Level::Error),
            // A part, a change, a distance.
            ("The lockbox is $1.7M of cash.", Level::Info),
            ("Cash was down slightly ($1.7M).", Level::Info),
            ("Cash is $1.7M short of target.", Level::Info),
        ] {
            let deck = format!("---\nperiod: Q3 FY31\n---\n\n{text}\n");
            let mut deck = Binder::of(&deck).with_source("metrics.csv", SOURCE).bound();
            let found: Vec<_> = check(&mut deck).iter().map(|finding| (finding.rule, finding.level)).collect();
            let silent = level == Level::Info && found.is_empty();
            assert!(silent || found == [("value-mismatch", level)], "{text}: {found:?}");
        }
    }
}
