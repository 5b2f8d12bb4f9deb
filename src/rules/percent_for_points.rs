//! A change in a percentage is given in per cent where points are meant.
//!
//! From 112.6% to 114.2% is a rise of 1.6 points, or of 1.4 per cent. "Rose 1.6%" is right only in points. Both readings are
//! tried; where only the points fit, this is said, as a warning: the number is right and its unit is not.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! NRR rose 1.6% to 114.2% in Q3 FY25 from 112.6% in Q2 FY25.
//! ```
//! ```metrics
//! metrics:
//!   - name: nrr
//!     label: NRR
//!     unit: percent
//!     period_type: instant
//!     values: {FY2025-Q2: 112.6, FY2025-Q3: 114.2}
//! ```
//! ```finding
//! percent-for-points at 1.6%
//! ```
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! NRR rose 1.6 points to 114.2% in Q3 FY25 from 112.6% in Q2 FY25.
//! ```

use crate::check::Verdict;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level, Related};
use crate::movement::Movements;
use crate::quantity::Unit;
use crate::rules::{Family, Rule};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct PercentForPoints;

impl Rule for PercentForPoints {
    fn name(&self) -> &'static str {
        "percent-for-points"
    }

    fn family(&self) -> Family {
        Family::Wording
    }

    fn level(&self) -> Level {
        Level::Warning
    }

    fn source(&self) -> &'static str {
        include_str!("percent_for_points.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let movements = Movements::new(deck);
        for (at, claim) in deck.claims.iter().enumerate() {
            // In a table, a change column beside percentages is read as points by everybody.
            let sure = claim.confidence > Confidence::Low || movements.between_percentages(claim);
            if claim.quantity.unit != Unit::Percent || !sure || claim.blocked || claim.cell.is_some() {
                continue;
            }
            let related = match deck.verdicts.get(at) {
                Some(Verdict::PointsOnly(truth)) => truth
                    .places
                    .iter()
                    .map(|place| Related { message: format!("source of truth ({})", truth.how), place: *place })
                    .collect(),
                Some(Verdict::Silent | Verdict::Ambiguous) => match by_operands(&movements, claim, at) {
                    Some(related) => related,
                    None => continue,
                },
                _ => continue,
            };
            findings.push(finding(deck, claim, related));
        }
    }
}

/// Whether the change fits the levels of its sentence or tables in points only.
fn by_operands(movements: &Movements<'_>, claim: &Claim, at: usize) -> Option<Vec<Related>> {
    if claim.measure != Measure::Growth || !movements.is_rate(claim) {
        return None;
    }
    let percent = movements.expected(at);
    if percent.is_empty() || percent.iter().any(|one| one.holds(claim)) {
        return None;
    }
    let points = movements.in_points(claim)?;
    points.0.holds(&points.1).then(|| {
        points.0.parts.iter().map(|(message, place)| Related { message: message.clone(), place: *place }).collect()
    })
}

fn finding(deck: &Deck, claim: &Claim, related: Vec<Related>) -> Finding {
    let shown = deck.files.slice(claim.place).trim();
    let number = shown.trim_end_matches(['%', ' ']);
    Finding {
        rule: "percent-for-points",
        level: Level::Warning,
        confidence: claim.confidence.max(Confidence::Medium),
        message: format!(
            "{} is {shown} here; that is the difference in points, not in per cent",
            wording::subject(deck, claim)
        ),
        place: claim.place,
        slide: Some(claim.slide),
        related,
        cause: None,
        help: Some(format!("write “{number} points” or give the change in per cent")),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}
