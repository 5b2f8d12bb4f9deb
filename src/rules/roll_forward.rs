//! A balance does not roll forward: what a document says of the earlier one is not what the earlier one said.
//!
//! A period opens where the period before closed. Three things are held against the balance that the earlier document itself states
//! as its latest: an opening balance ("Opening cash"), the base that a change is said to start from (`up from $39.5M`), and the
//! change (`up $3.1M on last quarter`), recomputed from this document's figure and the earlier document's by interval arithmetic
//! over both as they are written. In one table, an opening column is held against the closing of the column before it.
//!
//! Documents follow one another by the period that most of their figures are of. A balance counts as the earlier document's own
//! where that document states no later one. The rule is silent where the source settles the number, where the sentence names its
//! own base or another rule can recompute the change, where plans are meant, and where the slide on either side speaks of a
//! restatement, a reclassification, an audit, a preliminary close or another basis.
//!
//! The finding points at the opening, base or change of the later document: that is the number that speaks of somebody else's.
//!
//! What to do: find out whether the earlier balance was restated. If it was, say so on the slide; else put the later number right.
//!
//! ```deck q2.md
//! ---
//! period: Q2 FY25
//! ---
//! # ARR
//!
//! ARR ended Q2 FY25 at $39.5M.
//! ```
//! ```deck q3.md
//! ---
//! period: Q3 FY25
//! ---
//! # ARR
//!
//! ARR of $42.0M, up $3.1M on last quarter.
//! ```
//! ```metrics
//! metrics:
//!   - name: arr
//!     label: ARR
//!     unit: USD
//!     period_type: instant
//! ```
//! ```finding
//! roll-forward at $3.1M: unknown
//! ```
//!
//! So is an earlier figure without a time ("cash went from $13.05M to $12.94M"), where a slip explains it.
//!
//! An opening balance is held against the closing of the column before:
//!
//! ```deck
//! # Warranty provision
//!
//! | $ thousands | FY30 | FY31 |
//! |---|---:|---:|
//! | Opening balance | 204 | 252 |
//! | Charged | 130 | 151 |
//! | Used | (109) | (99) |
//! | Closing balance | 225 | 304 |
//! ```
//! ```finding
//! roll-forward at 252: transposed-digits
//! ```
//!
//! A change that the two figures give, to the places they show, rolls forward; so does a balance that is said to be restated:
//!
//! ```quiet-deck q2.md
//! ---
//! period: Q2 FY25
//! ---
//! # ARR
//!
//! ARR ended Q2 FY25 at $39.5M. Cash was $6.4M at the end of Q2 FY25.
//! ```
//! ```quiet-deck q3.md
//! ---
//! period: Q3 FY25
//! ---
//! # ARR
//!
//! ARR of $42.0M, up $2.5M on last quarter.
//!
//! # Cash
//!
//! Cash of $7.9M, up $1.2M on last quarter, which is restated for money held in escrow.
//! ```
//! ```metrics
//! metrics:
//!   - {name: arr, label: ARR, unit: USD, period_type: instant}
//!   - {name: cash, label: Cash, unit: USD, period_type: instant}
//! ```

mod balances;
mod restated;
mod seam;
mod undated;

use std::collections::{BTreeMap, BTreeSet};

use crate::cause::{self, Neighbour, Side};
use crate::check::{Places, Verdict, agree};
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::finding::{Cause, CauseKind, Correction, Finding, Level, Related};
use crate::grid::LineKind;
use crate::interval::Interval;
use crate::movement::{Expected, Movements};
use crate::period::Period;
use crate::quantity::Unit;
use crate::rules::{Family, Rule, self_contradiction};
use crate::wording;

use balances::{Balances, Key};

/// The rule.
#[derive(Debug)]
pub(crate) struct RollForward;

impl Rule for RollForward {
    fn name(&self) -> &'static str {
        "roll-forward"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("roll_forward.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let mut found = Vec::new();
        for grid in 0..deck.grids.len() {
            seam::in_table(deck, grid, &mut found);
        }
        if deck.documents.len() > 1 {
            let balances = Balances::new(deck);
            bases(deck, &balances, &mut found);
            undated::bases(deck, &balances, &mut found);
            changes(deck, &balances, &mut found);
        }
        if found.is_empty() {
            return;
        }
        let accepted = Places::new(deck.waived.iter().map(|waived| waived.finding.place));
        let restated = restated::places(deck);
        found.retain(|finding| {
            let sides = std::iter::once(finding.place).chain(finding.related.iter().map(|related| related.place));
            !accepted.meet(finding.place) && sides.into_iter().all(|place| !restated.meet(place))
        });
        findings.append(&mut found);
    }
}

/// Openings and bases that are not what the earlier document closed with; one finding for each balance and document.
fn bases(deck: &Deck, balances: &Balances<'_>, findings: &mut Vec<Finding>) {
    let mut stated: BTreeMap<(usize, Key, Period), Vec<usize>> = BTreeMap::new();
    for at in openings(deck) {
        let claim = &deck.claims[at];
        if let Some((key, moment)) = balances.key(claim) {
            stated.entry((claim.document, key, moment)).or_default().push(at);
        }
    }
    for ((document, key, moment), members) in stated {
        let Some(before) = balances.earlier(document, &key, moment) else { continue };
        let other = &deck.claims[before];
        let apart: Vec<usize> = members.iter().copied().filter(|&at| !agree(&deck.claims[at], other)).collect();
        // Where this document says both, it contradicts itself first.
        if apart.len() < members.len() {
            continue;
        }
        let Some(&first) = apart.iter().min_by_key(|&&at| (deck.claims[at].cell.is_none(), at)) else { continue };
        if deck.verdicts.get(first).is_some_and(|verdict| *verdict != Verdict::Silent) {
            continue;
        }
        let claim = &deck.claims[first];
        let finding = base_finding(deck, balances, (&key, moment), claim, other);
        let kin = balances.kin(claim, other) || self_contradiction::is_explained(claim, &finding);
        if kin && self_contradiction::is_convincing_alone(deck, claim, &finding) && is_bound(claim, &finding) {
            findings.push(finding);
        }
    }
}

/// An inferred metric is weak evidence: then only a slip that explains the number makes a finding.
fn is_bound(claim: &Claim, finding: &Finding) -> bool {
    !claim.loose || self_contradiction::is_explained(claim, finding)
}

/// Claims that say where a balance started: cells of opening lines, and the earlier figure of a sentence with a change.
fn openings(deck: &Deck) -> Vec<usize> {
    let mut found: BTreeSet<usize> = (0..deck.claims.len()).filter(|&at| opens(deck, &deck.claims[at])).collect();
    found.extend(deck.claims.iter().filter(|claim| moves(claim)).filter_map(|claim| claim.operands[0]));
    found.into_iter().collect()
}

/// Whether a claim is the cell of an opening line.
fn opens(deck: &Deck, claim: &Claim) -> bool {
    claim.cell.is_some_and(|(grid, r, c)| {
        let grid = &deck.grids[grid];
        [&grid.rows[r], &grid.columns[c]].iter().any(|line| line.kind == LineKind::Opening)
    })
}

fn moves(claim: &Claim) -> bool {
    matches!(claim.measure, Measure::Change | Measure::Growth)
}

fn base_finding(
    deck: &Deck,
    balances: &Balances<'_>,
    (key, moment): (&Key, Period),
    claim: &Claim,
    other: &Claim,
) -> Finding {
    let quantity = self_contradiction::in_sign_of(claim, other);
    let stale = balances.others(key, moment, other.document).map(|(period, at)| Neighbour {
        kind: CauseKind::StalePeriod,
        distance: 0,
        name: period.to_string(),
        side: Side::Written(Box::new(self_contradiction::in_sign_of(claim, &deck.claims[at]))),
    });
    let cause = cause::explain(&claim.quantity, &Side::Written(Box::new(quantity.clone())), &stale.collect::<Vec<_>>());
    let there = wording::shown(deck, other);
    let (shown, path) = (wording::shown(deck, claim), deck.files.get(other.place.file).path());
    let value = quantity.value;
    let should = value.map_or_else(|| there.clone(), |value| claim.quantity.restated(value));
    Finding {
        confidence: claim.confidence.min(other.confidence),
        related: vec![Related { message: format!("the earlier document: {there}"), place: other.place }],
        help: Some(help(&cause, &should)),
        cause: Some(cause),
        correction: value.map(|value| Correction { place: claim.place, value }),
        ..Finding::at(
            "roll-forward",
            Level::Error,
            format!("{} is {shown} here, but {path} closed at {there}", wording::subject(deck, claim)),
            claim.place,
            Some(claim.slide),
        )
    }
}

fn help(cause: &Cause, should: &str) -> String {
    match cause.kind {
        CauseKind::Unknown => format!("if the earlier figure was restated, say so here; else {should} would agree"),
        _ => format!("{}; {should} would agree", cause.detail),
    }
}

/// Changes on a balance that only the earlier document states.
fn changes(deck: &Deck, balances: &Balances<'_>, findings: &mut Vec<Finding>) {
    let movements = Movements::new(deck);
    for (at, claim) in deck.claims.iter().enumerate().filter(|(_, claim)| moves(claim)) {
        let settled = deck.verdicts.get(at).is_some_and(|verdict| *verdict != Verdict::Silent);
        if settled || claim.operands[0].is_some() || !balances.may_use(claim) {
            continue;
        }
        let Some((later, earlier)) = operands(deck, balances, claim) else { continue };
        let Some(expected) = movements.between(claim, later, earlier) else { continue };
        if expected.holds(claim) || reads_in_points(&movements, claim, later, earlier) {
            continue;
        }
        // The source, or tables that state both levels, are `change-mismatch`; so are words that point the other way.
        let known = movements.expected(at);
        let told = known.iter().any(|one| one.parts.iter().all(|(_, place)| place.file != earlier.place.file));
        if told || claim.mover.is_some() && expected.holds_in_size(claim) {
            continue;
        }
        let finding = change_finding(deck, &movements, balances, claim, (later, earlier), &expected);
        let kin = balances.kin(claim, earlier) || self_contradiction::is_explained(claim, &finding);
        if kin && is_bound(claim, &finding) && !claim.blocked {
            findings.push(finding);
        }
    }
}

/// The claim's own figure and the earlier document's, where this document states no base of its own.
fn operands<'a>(deck: &'a Deck, balances: &Balances<'a>, claim: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let Some(Base::Period(base)) = claim.base else { return None };
    let later = match claim.operands[1] {
        Some(at) => deck.claims.get(at)?,
        None => &deck.claims[balances.own(claim)?],
    };
    let (key, now) = balances.key(later)?;
    let base = balances.normal(key.metric, base);
    if balances.states(claim.document, &key, base) || now == base {
        return None;
    }
    let earlier = balances.earlier(claim.document, &key, base)?;
    Some((later, &deck.claims[earlier]))
}

/// A growth of a percentage may be meant in points; `percent-for-points` has its own say about that.
fn reads_in_points(movements: &Movements<'_>, claim: &Claim, later: &Claim, earlier: &Claim) -> bool {
    if !movements.is_rate(claim) || claim.measure != Measure::Growth {
        return false;
    }
    let mut points = claim.clone();
    points.measure = Measure::Change;
    points.quantity.unit = Unit::Points;
    movements.between(&points, later, earlier).is_some_and(|expected| expected.holds(&points))
}

fn change_finding(
    deck: &Deck,
    movements: &Movements<'_>,
    balances: &Balances<'_>,
    claim: &Claim,
    (later, earlier): (&Claim, &Claim),
    expected: &Expected,
) -> Finding {
    let other_bases = other_bases(movements, balances, claim, later, earlier);
    let neighbours: Vec<Neighbour> = other_bases
        .into_iter()
        .map(|(period, interval)| Neighbour {
            kind: CauseKind::WrongBase,
            distance: 0,
            name: format!("the {} on {period}", claim.measure.name()),
            side: Side::Between(interval),
        })
        .collect();
    let cause = cause::explain(&expected.in_direction(claim), &Side::Between(expected.interval), &neighbours);
    let shown = deck.files.slice(claim.place).trim();
    let should = wording::between(claim, expected.interval);
    let path = deck.files.get(earlier.place.file).path();
    let (now, then) = (wording::shown(deck, later), wording::shown(deck, earlier));
    Finding {
        confidence: claim.confidence.min(later.confidence).min(earlier.confidence),
        related: vec![
            Related { message: format!("this document's figure: {now}"), place: later.place },
            Related { message: format!("the earlier document's: {then}"), place: earlier.place },
        ],
        help: Some(help(&cause, &should)),
        cause: Some(cause),
        correction: expected.interval.middle().map(|value| Correction { place: claim.place, value }),
        ..Finding::at(
            "roll-forward",
            Level::Error,
            format!(
                "{} is {shown} here, but {now} against {then} in {path} gives {should}",
                wording::subject(deck, claim)
            ),
            claim.place,
            Some(claim.slide),
        )
    }
}

/// What the change would be on other balances of earlier documents.
fn other_bases(
    movements: &Movements<'_>,
    balances: &Balances<'_>,
    claim: &Claim,
    later: &Claim,
    earlier: &Claim,
) -> Vec<(Period, Interval)> {
    let (Some((key, now)), Some((_, base))) = (balances.key(later), balances.key(earlier)) else { return Vec::new() };
    let others = balances.others(&key, base, claim.document).filter(|(period, _)| *period != now);
    let between =
        |(period, at): (Period, usize)| Some((period, movements.between(claim, later, balances.claim(at))?.interval));
    others.filter_map(between).collect()
}

#[cfg(test)]
mod tests;
