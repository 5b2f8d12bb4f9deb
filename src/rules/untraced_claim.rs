//! A number that nothing stands behind. Off by default.
//!
//! No source states its fact, nothing else in the deck states it, and it follows from nothing that is stated: whoever asks in the
//! meeting has to take it on trust. Most decks have such numbers, so the rule is for those who want every number traced:
//!
//! ```yaml
//! rules: {untraced-claim: warning}
//! ```
//!
//! `tieout claims` lists the same numbers with what is known of each.
//!
//! What to do: add the fact to the metric file, name the metric and period beside the number, or allow the finding with its reason.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! ARR was $42.3M at the end of Q3 FY25. The pipeline is $12.4M.
//! ```
//! ```metrics
//! metrics:
//!   - name: arr
//!     label: ARR
//!     unit: USD
//!     period_type: instant
//!     values: {FY2025-Q3: 42318204}
//! ```
//! ```config
//! version: 1
//! rules: {untraced-claim: warning}
//! ```
//! ```finding
//! untraced-claim at $12.4M
//! ```
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! ARR was $42.3M at the end of Q3 FY25. The pipeline is $12.4M.
//! ```

use crate::claim::{Claim, Status};
use crate::deck::Deck;
use crate::finding::{Finding, Level};
use crate::rules::{Family, Rule, Stage};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct UntracedClaim;

impl Rule for UntracedClaim {
    fn name(&self) -> &'static str {
        "untraced-claim"
    }

    fn family(&self) -> Family {
        Family::Source
    }

    fn level(&self) -> Level {
        Level::Off
    }

    fn source(&self) -> &'static str {
        include_str!("untraced_claim.rs")
    }

    fn stage(&self) -> Stage {
        Stage::Outcome
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        for claim in deck.claims.iter().filter(|claim| claim.status == Status::Untraced) {
            let (message, help) = said(deck, claim);
            findings.push(Finding {
                confidence: claim.confidence,
                help: Some(help.to_owned()),
                ..Finding::at(self.name(), Level::Warning, message, claim.place, Some(claim.slide))
            });
        }
    }
}

/// Why a claim is untraced, and what would change that.
fn said(deck: &Deck, claim: &Claim) -> (String, &'static str) {
    let shown = wording::shown(deck, claim);
    if claim.metric.is_none() {
        return (
            format!("nothing says which metric {shown} is"),
            "name the metric beside it, or allow it with a reason",
        );
    }
    let subject = wording::subject(deck, claim);
    if claim.period.is_none() {
        return (format!("{subject} is {shown} here, of no period"), "say which period it is of");
    }
    (
        format!("{subject} is {shown} here, and nothing else states it"),
        "add the fact to the metric file, or allow it with a reason",
    )
}
