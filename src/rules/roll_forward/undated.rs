//! `Cash went from $13.05M to $12.94M`: an earlier figure without its time, which is that of the document before.
//!
//! Enters: a bound deck and what its documents closed with. Leaves: findings. Invariant: without a time, only a slip that explains the
//! figure makes a finding, and a figure that any earlier document states is no slip.

use super::balances::Balances;
use super::base_finding;
use crate::check::agree;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::{CauseKind, Finding};
use crate::rules::self_contradiction;

/// Earlier figures without a time that are a slip away from what the document before closed with.
pub(super) fn bases(deck: &Deck, balances: &Balances<'_>, findings: &mut Vec<Finding>) {
    for two in deck.claims.windows(2) {
        let [earlier, later] = two else { continue };
        if is_undated(deck, earlier, later) {
            findings.extend(base(deck, balances, earlier, later));
        }
    }
}

/// `from A to B`, of one balance, with a time for B only.
fn is_undated(deck: &Deck, earlier: &Claim, later: &Claim) -> bool {
    let same = (earlier.document, earlier.block, earlier.metric, &earlier.segment, earlier.sentence)
        == (later.document, later.block, later.metric, &later.segment, later.sentence);
    let levels = earlier.measure == Measure::Level && later.measure == Measure::Level && earlier.cell.is_none();
    if !same || !levels || earlier.metric.is_none() || earlier.period.is_some() || later.period.is_none() {
        return false;
    }
    let joined = || {
        let flow = deck.flow_of(earlier)?;
        let from = flow.text().get(..flow.range(earlier.place.span)?.start)?.trim_end().ends_with("from");
        Some(from && deck.between(earlier, later)?.trim() == "to")
    };
    joined().unwrap_or(false)
}

fn base(deck: &Deck, balances: &Balances<'_>, earlier: &Claim, later: &Claim) -> Option<Finding> {
    let (key, _) = balances.key(later)?;
    let moment = balances.normal(key.metric, later.period?.before());
    let before = balances.earlier(earlier.document, &key, moment)?;
    let other = balances.claim(before);
    let stated = balances.others(&key, moment, earlier.document).any(|(_, at)| agree(balances.claim(at), earlier));
    if agree(earlier, other) || stated || !balances.may_use(earlier) || balances.states(earlier.document, &key, moment)
    {
        return None;
    }
    let claim = Claim { period: Some(moment), ..earlier.clone() };
    let finding = base_finding(deck, balances, (&key, moment), &claim, other);
    let slip = finding.cause.as_ref().is_some_and(|cause| cause.kind != CauseKind::StalePeriod);
    (slip && self_contradiction::is_explained(&claim, &finding) && balances.kin(&claim, other)).then_some(finding)
}
