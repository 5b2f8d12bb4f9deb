//! Policy: levels, and what a human has accepted.
//!
//! Enters: what a rule says. Leaves: what is to be reported of it.
//! Invariant: levels and waivers are applied here and nowhere else.

use super::waiver::Waiver;
use crate::deck::Deck;
use crate::finding::{Finding, Level};
use crate::rules::Rule;

/// Takes the waivers of a deck in, none of them used yet.
pub(super) fn prepare(deck: &mut Deck) {
    deck.waivers = Waiver::of(&deck.documents, &deck.config);
    deck.waived = Vec::new();
}

/// The level of a rule under the deck's configuration.
pub(crate) fn level(deck: &Deck, rule: &dyn Rule) -> Level {
    deck.config.rules.get(rule.name()).copied().unwrap_or_else(|| rule.level())
}

/// What of a rule's findings is to be reported, at the level that is configured. What is waived is remembered, with its waivers.
pub(super) fn apply(deck: &mut Deck, findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept = Vec::with_capacity(findings.len());
    for mut finding in findings {
        finding.level = deck.config.rules.get(finding.rule).copied().unwrap_or(finding.level);
        if finding.level == Level::Off {
            continue;
        }
        let accepting: Vec<usize> =
            (0..deck.waivers.len()).filter(|&at| deck.waivers[at].accepts(deck, &finding)).collect();
        if accepting.is_empty() {
            kept.push(finding);
        } else {
            deck.waived.push(finding.place);
            accepting.into_iter().for_each(|at| deck.waivers[at].used = true);
        }
    }
    kept
}
