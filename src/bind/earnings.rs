//! Earnings per share that prose calls by their unit alone: "$226.1 million, or $2.79 per diluted share".
//!
//! Enters: claims that nothing names. Leaves: those bound to the one row of earnings per share that they can be of.
//! Invariant: a number is bound only where it says diluted or basic, and exactly one metric is of that kind.

use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::Confidence;
use crate::quantity::Unit;
use crate::vocabulary::MetricId;
use crate::words::stems;

/// Binds amounts per diluted and per basic share.
pub(super) fn bind(deck: &mut Deck) {
    let [diluted, basic] = ["diluted", "basic"].map(|kind| only(deck, kind));
    for at in 0..deck.claims.len() {
        let claim = &deck.claims[at];
        let said = if is_open(claim) { stems(deck.files.slice(claim.place)) } else { continue };
        let kind = |word: &str| said.iter().any(|stem| stem == word);
        let Some(id) = diluted.filter(|_| kind("diluted")).or(basic.filter(|_| kind("basic"))) else { continue };
        let evidence = format!("an amount per share, of which {} alone is", deck.vocabulary.term(id).label);
        let claim = &mut deck.claims[at];
        claim.metric = Some(id);
        claim.confidence = Confidence::Medium;
        claim.evidence.insert(0, evidence);
    }
}

fn is_open(claim: &Claim) -> bool {
    let per_share = matches!(&claim.quantity.unit, Unit::Per(_, each) if each == "share");
    per_share && claim.metric.is_none() && !claim.blocked && claim.cell.is_none() && claim.measure == Measure::Level
}

/// The one metric of earnings per share of a kind.
fn only(deck: &Deck, kind: &str) -> Option<MetricId> {
    let of_kind = |label: &str| {
        let stems = stems(label);
        let has = |word: &str| stems.iter().any(|stem| stem == word);
        has(kind) && (has("share") && has("per") || has("eps"))
    };
    let mut found = deck.vocabulary.terms().filter(|(_, term)| of_kind(&term.label)).map(|(id, _)| id);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
