//! Policy: levels, and what a human has accepted.
//!
//! Enters: what a rule says. Leaves: what is to be reported of it.
//! Invariant: levels and waivers are applied here and nowhere else.

use std::collections::BTreeMap;

use super::reach::Reach;
use super::waiver::{Waived, Waiver};
use crate::claim::Claim;
use crate::deck::Deck;
use crate::facts::{Facts, Key};
use crate::finding::{Finding, Level};
use crate::quantity::Quantity;
use crate::rules::{self, Rule};
use crate::source::Accepted;
use crate::span::Place;

/// Takes the waivers of a deck in, none of them used yet.
pub(super) fn prepare(deck: &mut Deck) {
    deck.waivers = Waiver::of(deck);
    deck.waived = Vec::new();
}

/// The highest level of a rule anywhere in the deck.
pub(crate) fn level(deck: &Deck, rule: &dyn Rule) -> Level {
    deck.config.highest_level(rule.name(), rule.level())
}

/// The level of a rule at a place.
pub(crate) fn level_at(deck: &Deck, rule: &dyn Rule, place: Place) -> Level {
    deck.config.level(rule.name(), rule.level(), deck.files.get(place.file).path())
}

/// What of a rule's findings is to be reported, at the level that is configured. What is waived is remembered, with its waivers.
pub(super) fn apply(deck: &mut Deck, findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept = Vec::with_capacity(findings.len());
    let reach = Reach::new(deck);
    let accepted = accepted_values(deck, &findings);
    for mut finding in findings {
        // A rule that is off by itself says nothing where nobody asks for it, even if it runs for the sake of another document.
        let off = rules::named(finding.rule).is_some_and(|rule| rule.level() == Level::Off);
        let own = if off { Level::Off } else { finding.level };
        finding.level = deck.config.level(finding.rule, own, deck.files.get(finding.place.file).path());
        if finding.level == Level::Off {
            continue;
        }
        let near = reach.of(finding.place).into_iter();
        let accepting: Vec<usize> = near.filter(|&at| deck.waivers[at].accepts(deck, &finding)).collect();
        let by_waiver = accepting.first().map(|&at| (deck.waivers[at].reason.clone(), deck.waivers[at].place));
        let by_source = || {
            let at = *accepted.get(&finding.place).filter(|_| finding.rule == "value-mismatch")?;
            let accepted = &deck.source.accepted[at];
            Some((accepted.reason.clone(), accepted.fact.place))
        };
        match by_waiver.or_else(by_source) {
            None => kept.push(finding),
            Some((reason, by)) => deck.waived.push(Waived { finding, reason, by }),
        }
        accepting.into_iter().for_each(|at| deck.waivers[at].used = true);
    }
    kept
}

/// Numbers that disagree with the source by a value that the source itself accepts, each with the index of what accepts it.
fn accepted_values(deck: &Deck, findings: &[Finding]) -> BTreeMap<Place, usize> {
    if deck.source.accepted.is_empty() || findings.iter().all(|finding| finding.rule != "value-mismatch") {
        return BTreeMap::new();
    }
    let facts = Facts::new(deck);
    let mut accepted: BTreeMap<Key, Vec<(usize, Quantity)>> = BTreeMap::new();
    for (at, Accepted { fact, .. }) in deck.source.accepted.iter().enumerate() {
        let key = facts.key_of(fact.metric, fact.period, &fact.scenario, fact.segment.as_deref());
        if let Some((key, written)) = key.zip(facts.quantity(fact)) {
            accepted.entry(key).or_default().push((at, written));
        }
    }
    let accepts = |claim: &Claim| {
        let source = claim.metric.and_then(|id| deck.vocabulary.term(id).source);
        let (metric, period) = source.zip(claim.period)?;
        let scenario = claim.scenario_or_actual();
        let key = facts.key_of(metric, period, scenario, claim.segment.as_deref());
        let found = accepted.get(&key?)?.iter().find(|(_, written)| {
            let same = claim.quantity.clone().with_unit(written.unit.clone());
            written.agrees_with(&same) || written.agrees_with(&same.negated())
        });
        found.map(|(at, _)| (claim.place, *at))
    };
    deck.claims.iter().filter_map(accepts).collect()
}

#[cfg(test)]
mod tests {
    use crate::claim::Status;
    use crate::rules::examples::Binder;

    #[test]
    fn a_value_that_the_source_accepts_is_waived() {
        let source = "version: 1
metrics:
  - name: arr
    label: ARR
    unit: USD
    values: {FY2030-Q3: 42318204}
    accept: [{period: FY2030-Q3, value: $42.5M, reason: preliminary close}]
";
        let of = |number: &str| {
            let deck = format!("# Q3 FY30\n\nARR was {number} in Q3 FY30.\n");
            let mut deck = Binder::of(&deck).with_source("metrics.yaml", source).bound();
            let findings = crate::check::check(&mut deck);
            (findings.len(), deck.claims[0].status)
        };
        assert_eq!(of("$42.5M"), (0, Status::Waived));
        assert_eq!(of("$42.8M"), (1, Status::Disagrees));
        assert_eq!(of("$42.3M"), (0, Status::Tied));
    }
}
