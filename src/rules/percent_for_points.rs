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

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Verdict, interval};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::extract::{Mention, quantities};
use crate::finding::{Confidence, Finding, Level, Related};
use crate::interval::Interval;
use crate::movement::Movements;
use crate::movement::paired::told;
use crate::quantity::{Qualifier, Unit};
use crate::rules::{Family, Rule};
use crate::span::Place;
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
        let said: BTreeSet<Place> = findings.iter().map(|finding| finding.place).collect();
        let apart = |claim: &&&Claim| !said.contains(&claim.place);
        let moved = deck.claims.windows(3).filter_map(|three| match three {
            [a, b, earlier] => {
                let first = || moved_in_points(deck, a, b, earlier).then_some((a, [b, earlier]));
                // `46.8% of room nights, up 1.7% from 45.1%`.
                let second = || moved_in_points(deck, b, a, earlier).then_some((b, [a, earlier]));
                // `from 3.61% to 3.42%, a fall of 0.19%`.
                let last = || told_in_points(deck, a, b, earlier).then_some((earlier, [b, a]));
                first().or_else(second).or_else(last)
            }
            _ => None,
        });
        let unnamed: Vec<Finding> = moved
            .filter(|(change, _)| apart(&change))
            .map(|(change, levels)| {
                let related = levels.map(|level| wording::related(deck, level));
                finding(deck, change, related.into())
            })
            .collect();
        findings.extend(unnamed);
        told_between(deck, findings);
    }
}

/// `has risen 2.1% from 85.8% to 87.9%`: changes whose two levels their own sentence states, in whatever order.
fn told_between(deck: &Deck, findings: &mut Vec<Finding>) {
    let said: BTreeSet<Place> = findings.iter().map(|finding| finding.place).collect();
    let spoken = deck.claims.iter().filter(|claim| claim.cell.is_none());
    let claims: BTreeMap<Place, &Claim> = spoken.map(|claim| (claim.place, claim)).collect();
    for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
        for (block, mentions) in document.blocks.iter().zip(mentions) {
            let quantities = quantities(mentions);
            let Some(flow) = block.flow().filter(|_| quantities.len() > 2) else { continue };
            let claim = |mention: &Mention| {
                claims.get(&Place { file: document.file, span: flow.span(mention.range.clone()) }).copied()
            };
            for moved in told(flow.text(), mentions, &quantities) {
                let Some(change) = moved.by.and_then(|(by, _)| claim(by)) else { continue };
                let (Some(later), Some(earlier)) = (claim(moved.later.0), claim(moved.earlier.0)) else { continue };
                let open = !said.contains(&change.place) && are_percentages([change, later, earlier]);
                if open && !change.blocked && is_in_points(change, later, earlier) {
                    let levels = [later, earlier].map(|level| wording::related(deck, level));
                    findings.push(finding(deck, change, levels.into()));
                }
            }
        }
    }
}

/// `fell from 3.61% to 3.42%, a fall of 0.19%`: the change told behind its two levels.
fn told_in_points(deck: &Deck, earlier: &Claim, later: &Claim, change: &Claim) -> bool {
    const MOVES: &[&str] =
        &["fall", "drop", "decline", "decrease", "reduction", "rise", "increase", "gain", "improvement"];
    if !are_percentages([change, later, earlier]) || change.blocked {
        return false;
    }
    let before = || {
        let flow = deck.flow_of(earlier)?;
        flow.text().get(..flow.range(earlier.place.span)?.start).map(str::trim_end)
    };
    let between = |a: &Claim, b: &Claim| deck.between(a, b).map(str::trim).unwrap_or_default();
    let led = before().is_some_and(|before| before.ends_with("from")) && between(earlier, later).ends_with("to");
    let told = between(later, change).rsplit(',').next().map(str::trim).unwrap_or_default();
    let told = told.strip_suffix("of").is_some_and(|head| MOVES.iter().any(|word| head.trim_end().ends_with(word)));
    led && told && is_in_points(change, later, earlier)
}

/// `down 1.1% to 31.7%, from 32.7% the month before`: whatever it is that moved, its two levels say that it moved by points.
fn moved_in_points(deck: &Deck, change: &Claim, later: &Claim, earlier: &Claim) -> bool {
    if !are_percentages([change, later, earlier]) || change.blocked {
        return false;
    }
    let between = |a: &Claim, b: &Claim| deck.between(a, b).map(str::trim);
    let from = |gap: &str| matches!(gap, "from" | ", from" | "(from" | "compared with" | "against");
    let to = between(change, later) == Some("to") && between(later, earlier).is_some_and(from);
    // The words of moving that stand right before the change, behind the level that it led to.
    let moving = |gap: &str| {
        gap.rsplit([',', '(']).next().is_some_and(|last| matches!(last.trim(), "up" | "down" | "higher" | "lower"))
    };
    let led = between(later, change).is_some_and(moving) && between(change, earlier).is_some_and(from);
    (to || led) && is_in_points(change, later, earlier)
}

/// Whether three numbers of one sentence are exact percentages.
fn are_percentages(claims: [&Claim; 3]) -> bool {
    let exact = |claim: &Claim| {
        let quantity = &claim.quantity;
        quantity.unit == Unit::Percent
            && quantity.qualifier == Qualifier::Exact
            && !quantity.in_words
            && claim.cell.is_none()
    };
    let [first, ..] = claims;
    let together = |claim: &Claim| claim.sentence == first.sentence && claim.document == first.document;
    first.sentence.is_some() && claims.into_iter().all(|claim| exact(claim) && together(claim))
}

/// Whether a percentage is the difference between two others, and not the growth from one to the other.
fn is_in_points(change: &Claim, later: &Claim, earlier: &Claim) -> bool {
    let levels = interval(&later.quantity).zip(interval(&earlier.quantity));
    let own = interval(&change.quantity.magnitude());
    let (Some((later, earlier)), Some(own)) = (levels, own) else { return false };
    let fits = |moved: Option<Interval>| moved.is_none_or(|moved| own.meets(moved) || own.meets(moved.negated()));
    !fits(later.growth_on(earlier)) && fits(later.minus(earlier))
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
    points.0.holds(&points.1).then(|| points.0.related())
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

#[cfg(test)]
mod tests {
    use super::PercentForPoints;
    use crate::footing::tests::check;

    #[test]
    fn levels_of_the_sentence_tell() {
        let says = |text: &str, expected: &[&str]| check(&PercentForPoints, text, expected);
        says("The share that went to programs was down 1.0% to 31.7%, from 32.7% the month before.\n", &["1.0%"]);
        says(
            "- The share of spending that went to programs was down 1.0% to 31.7%,\n  from 32.7% the month before.\n",
            &["1.0%"],
        );
        says("The share that went to programs was down 3.1% to 31.7%, from 32.7% the month before.\n", &[]);
        says("The share that went to programs was down 1.0 points to 31.7%, from 32.7% the month before.\n", &[]);
        says("Members book 46.8% of room nights, up 1.7% from 45.1%.\n", &["1.7%"]);
        says("Members book 46.8% of room nights, up 3.8% from 45.1%.\n", &[]);
        says("Members book 46.8% of room nights, after 1.7% from 45.1%.\n", &[]);
        says("Arrears fell from 3.61% at the end of June to 3.42%, a fall of 0.19%.\n", &["0.19%"]);
        says("Arrears fell from 3.61% at the end of June to 3.42%, a fall of 5.3%.\n", &[]);
        says("Retention has risen 2.1% from 85.8% to 87.9%.\n", &["2.1%"]);
        says("Retention has risen 2.1 points from 85.8% to 87.9%.\n", &[]);
        says("Retention was 87.9% (Q2: 85.8%), an increase of 2.1%.\n", &["2.1%"]);
        says("Retention was 87.9% (Q2: 85.8%), an increase of 2.4%.\n", &[]);
        says("Shares of 1.0%, 31.7% and 32.7% were sold.\n", &[]);
    }
}
