//! A number that could state several facts, which differ. Off by default.
//!
//! "Revenue was up 9%": on the quarter or on the year? The source has both, 9% is neither, and the words do not choose. That is a weak
//! reproach, because a third base may be meant, so the rule is for those who want every change to name its base:
//!
//! ```yaml
//! rules: {ambiguous-claim: warning}
//! ```
//!
//! What to do: say what the change is against.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! In Q3 FY25, revenue was up 9%.
//! ```
//! ```metrics
//! metrics:
//!   - name: revenue
//!     label: Revenue
//!     unit: USD
//!     period_type: duration
//!     values: {FY2024-Q3: 8014200, FY2025-Q2: 9487600, FY2025-Q3: 10212300}
//! ```
//! ```config
//! version: 1
//! rules: {ambiguous-claim: warning}
//! ```
//! ```finding
//! ambiguous-claim at 9%
//! ```
//!
//! A number that fits one of the facts is taken to mean that one:
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! In Q3 FY25, revenue was up 27%.
//! ```
//! ```config
//! version: 1
//! rules: {ambiguous-claim: warning}
//! ```

use crate::check::truths_of;
use crate::claim::{Claim, Status};
use crate::deck::Deck;
use crate::facts::Facts;
use crate::finding::{Finding, Level, Related};
use crate::rules::{Family, Rule, Stage};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct AmbiguousClaim;

impl Rule for AmbiguousClaim {
    fn name(&self) -> &'static str {
        "ambiguous-claim"
    }

    fn family(&self) -> Family {
        Family::Source
    }

    fn level(&self) -> Level {
        Level::Off
    }

    fn source(&self) -> &'static str {
        include_str!("ambiguous_claim.rs")
    }

    fn stage(&self) -> Stage {
        Stage::Outcome
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let facts = Facts::new(deck);
        for claim in deck.claims.iter().filter(|claim| claim.status == Status::Ambiguous) {
            findings.push(finding(deck, &facts, claim));
        }
    }
}

fn finding(deck: &Deck, facts: &Facts<'_>, claim: &Claim) -> Finding {
    let truths = truths_of(facts, claim);
    let side = |truth: &crate::facts::Truth| format!("{} ({})", wording::truth(claim, truth), truth.how);
    let meant: Vec<String> = truths.iter().map(side).collect();
    let message = format!(
        "{} is {} here, which could be {}",
        wording::subject(deck, claim),
        wording::shown(deck, claim),
        meant.join(" or ")
    );
    let related = truths.iter().flat_map(|truth| {
        truth.places.iter().map(|place| Related { message: format!("source of truth ({})", truth.how), place: *place })
    });
    Finding {
        confidence: claim.confidence,
        related: related.collect(),
        help: Some("say what the change is against".to_owned()),
        ..Finding::at(AmbiguousClaim.name(), Level::Warning, message, claim.place, Some(claim.slide))
    }
}
