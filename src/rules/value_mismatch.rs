//! A number of the deck is not what the source of truth says.
//!
//! The number names its metric, and its period, scenario and segment are known; the source states that very fact, or it
//! follows from what the source states (a half-year from its quarters), and the two disagree.
//!
//! "Disagree" means: the source's value, rounded to the places that the deck shows, is not the number shown. `$42.3M` ties to
//! 42,318,204; `$42.4M` does not. Ties at exactly half pass either way. There is no percentage tolerance.
//!
//! The finding says the simplest slip that explains the number exactly, if there is one: another period's value, the plan's,
//! thousands for millions, two digits swapped.
//!
//! Where nearly all numbers of a row or column disagree, that is told once, as a warning: it is misread, or out of date as a whole.
//!
//! A number that no slip explains and that is more than a quarter off is an error where its sentence gives it plainly to the metric
//! (`Cash was $31.7M`); where more is said that could make it the number of something else, it is only remarked upon.
//!
//! What to do: find out which side is right. If the deck is, the source needs the change; tieout never rewrites a source.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! ARR was $38.1M at the end of Q3 FY25.
//! ```
//! ```metrics
//! metrics:
//!   - name: arr
//!     label: ARR
//!     unit: USD
//!     period_type: instant
//!     values: {FY2025-Q2: 38118400, FY2025-Q3: 42318204}
//! ```
//! ```finding
//! value-mismatch at $38.1M: stale-period
//! ```
//!
//! Said as it is, an earlier quarter is no mistake:
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! ARR was $42.3M at the end of Q3 FY25, up from $38.1M at the end of Q2 FY25.
//! ```

use crate::cause;
use crate::check::Verdict;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::facts::{Facts, Truth};
use crate::finding::{Confidence, Correction, Finding, Level, Related};
use crate::rules::{Family, Rule, doubt, lines, ratio_mismatch};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct ValueMismatch;

impl Rule for ValueMismatch {
    fn name(&self) -> &'static str {
        "value-mismatch"
    }

    fn family(&self) -> Family {
        Family::Source
    }

    fn source(&self) -> &'static str {
        include_str!("value_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let facts = Facts::new(deck);
        let ties = |other: usize| matches!(deck.verdicts.get(other), Some(Verdict::Ties(_)));
        let mut found: Vec<(usize, Finding)> = Vec::new();
        for (at, (claim, verdict)) in deck.claims.iter().zip(&deck.verdicts).enumerate() {
            let Verdict::Differs(truths) = verdict else { continue };
            // Changes are the business of `change-mismatch`, which shows both operands.
            if !matches!(claim.measure, Measure::Level | Measure::Share) || claim.confidence == Confidence::Low {
                continue;
            }
            // So are shares that follow from a part and its whole that of `ratio-mismatch`.
            if let Some(truth) = truths.first().filter(|truth| !ratio_mismatch::is_derived_share(claim.measure, truth))
            {
                let finding = finding(deck, &facts, claim, truth);
                if doubt::is_beside_right(deck, at, finding.cause.as_ref(), ties) {
                    continue;
                }
                // An inferred metric is weak evidence: then only a slip that explains the number makes a finding.
                let explained = finding.cause.as_ref().is_some_and(|cause| cause::explains(cause, &claim.quantity));
                if !claim.loose || explained {
                    found.push((at, doubt::weighed(deck, claim, finding, explained, truth.exact)));
                }
            }
        }
        doubt::under_strange_titles(deck, &mut found, ties);
        let found = found.into_iter().map(|(at, finding)| (&deck.claims[at], finding)).collect();
        findings.extend(lines::fold(deck, found, lines::With::Source));
    }
}

fn finding(deck: &Deck, facts: &Facts<'_>, claim: &Claim, truth: &Truth) -> Finding {
    let cause = facts.cause(claim, truth);
    let shown = deck.files.slice(claim.place).trim();
    let should = wording::truth(claim, truth);
    let how = if truth.how.is_empty() { String::new() } else { format!(" ({})", truth.how) };
    let sides = truth.places.iter().take(4);
    Finding {
        rule: "value-mismatch",
        level: Level::Error,
        confidence: claim.confidence,
        message: format!("{} is {shown} here, {should} in the source{how}", wording::subject(deck, claim)),
        place: claim.place,
        slide: Some(claim.slide),
        related: sides
            .map(|place| Related { message: format!("source of truth: {should}{how}"), place: *place })
            .collect(),
        help: Some(wording::help(claim, &cause, &should)),
        cause: Some(cause),
        fix: None,
        correction: truth.exact.map(|value| Correction { place: claim.place, value }),
        fingerprint: String::new(),
    }
}
