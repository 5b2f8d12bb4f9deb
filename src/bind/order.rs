//! Numbers of another order than what their sentence names: `Brokered deposits were $0.9bn` of a bank that has $14.4bn of deposits.
//!
//! Enters: bound claims at their settled times. Leaves: the claims, without those that are of something else. Invariant: a number of
//! running text that is less than half of its fact or more than twice as much, and that no slip, other time, plan or part explains, is a
//! part, a change, a limit or another's figure before it is a mistake. Only a clause of which every word is understood is taken at its
//! word.

use crate::cause::{self, Distance, Side};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::facts::{Facts, Truth};

/// Takes the metric from every number that is of another order than it.
pub(super) fn settle(deck: &mut Deck) {
    if deck.source.facts.is_empty() {
        return;
    }
    let facts = Facts::new(deck);
    let strays = |claim: &Claim| !claim.plain && is_of_another_order(&facts, claim);
    let found: Vec<usize> = (0..deck.claims.len()).filter(|&at| strays(&deck.claims[at])).collect();
    for at in found {
        deck.claims[at].unbind();
    }
}

fn is_of_another_order(facts: &Facts<'_>, claim: &Claim) -> bool {
    if !claim.is_told() || claim.measure != Measure::Level || claim.metric.is_none() {
        return false;
    }
    let own = &claim.quantity;
    let apart = |truth: &Truth| {
        let side = truth.exact.map_or(Side::Between(truth.interval), |exact| Side::Exact(exact, false));
        let ends = [truth.interval.low, truth.interval.high];
        !side.agrees(own) && ends.into_iter().all(|end| Distance::between(own, end) == Distance::OfAnotherOrder)
    };
    let truths = facts.of(claim);
    let explained = |truth: &Truth| cause::explains(&facts.cause(claim, truth), own);
    !truths.is_empty() && truths.iter().all(apart) && !truths.iter().any(explained)
}
