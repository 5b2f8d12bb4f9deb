//! A change, growth or variance is not what its own two figures give.
//!
//! The two figures are stated in the same sentence (`rose 12% to $56M from $48M`), or the source states them, or a table of the
//! deck does. The claim is recomputed by interval arithmetic over the figures as they are written: `$62M` against `$48.2M` gives
//! growth between 27.5% and 29.8%, so `29%` passes and `31%` does not. Amounts, percentages, points and basis points are held
//! against the difference of their own kind. Growth from a base that is not positive is left alone.
//!
//! Which way a change goes is told by its sign, else by its words: `down $3M`, `$2,320 under budget`.
//!
//! ```deck
//! # Q3 FY25 review
//!
//! ARR ended Q3 FY25 at $42.3M, up 11% year over year from $33.1M.
//! ```
//! ```metrics
//! metrics:
//!   - name: arr
//!     label: ARR
//!     unit: USD
//!     period_type: instant
//!     values: {FY2024-Q3: 33104900, FY2025-Q2: 38118400, FY2025-Q3: 42318204}
//! ```
//! ```finding
//! change-mismatch at 11%: wrong-base
//! ```
//!
//! The growth that the two levels give passes, to the places it shows:
//!
//! ```quiet-deck
//! # Q3 FY25 review
//!
//! ARR ended Q3 FY25 at $42.3M, up 28% year over year from $33.1M.
//! ```

use std::collections::BTreeMap;

use crate::cause::{self, Neighbour, Side};
use crate::check::Verdict;
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::finding::{Cause, CauseKind, Confidence, Correction, Finding, Level, Related};
use crate::movement::{Expected, Movements};
use crate::rules::{Family, Rule, self_contradiction};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct ChangeMismatch;

impl Rule for ChangeMismatch {
    fn name(&self) -> &'static str {
        "change-mismatch"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("change_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let movements = Movements::new(deck);
        let columns = Columns::new(deck, &movements);
        for (at, claim) in deck.claims.iter().enumerate() {
            if !columns.trusts(claim) {
                continue;
            }
            if !matches!(claim.measure, Measure::Change | Measure::Growth | Measure::Variance)
                || claim.confidence == Confidence::Low
            {
                continue;
            }
            if matches!(deck.verdicts.get(at), Some(Verdict::Ties(_) | Verdict::PointsOnly(_))) {
                continue;
            }
            let expected = movements.expected(at);
            if expected.is_empty() || expected.iter().any(|one| one.holds(claim)) {
                continue;
            }
            // A change column beside percentages is in points, whatever its header says.
            let in_points = || movements.in_points(claim).is_some_and(|(one, points)| one.holds(&points));
            if claim.cell.is_some() && movements.is_rate(claim) && in_points() {
                continue;
            }
            // The right amount in the wrong direction is `direction-mismatch` where words give the direction.
            let words = claim.mover.is_some() && expected.iter().any(|one| one.holds_in_size(claim));
            if !words && let Some(first) = expected.first() {
                let finding = finding(deck, &movements, claim, first);
                if self_contradiction::is_convincing_alone(deck, claim, &finding) {
                    findings.push(finding);
                }
            }
        }
    }
}

/// Change columns of tables: how many of their cells follow from their operands. A column in which few do is a column that has
/// been misunderstood, not one that is full of errors.
struct Columns(BTreeMap<(usize, usize), (usize, usize)>);

impl Columns {
    fn new(deck: &Deck, movements: &Movements<'_>) -> Self {
        let mut columns: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for (at, claim) in deck.claims.iter().enumerate() {
            let Some((grid, _, column)) = claim.cell else { continue };
            if claim.measure == Measure::Level {
                continue;
            }
            let expected = movements.expected(at);
            if expected.is_empty() {
                continue;
            }
            let (held, all) = columns.entry((grid, column)).or_default();
            *all += 1;
            *held += usize::from(expected.iter().any(|one| one.holds(claim)));
        }
        Self(columns)
    }

    fn trusts(&self, claim: &Claim) -> bool {
        let Some((grid, _, column)) = claim.cell else { return true };
        self.0.get(&(grid, column)).is_some_and(|(held, all)| *held >= 2 && *held * 3 >= *all * 2)
    }
}

fn finding(deck: &Deck, movements: &Movements<'_>, claim: &Claim, expected: &Expected) -> Finding {
    let cause = cause(movements, claim, expected);
    let shown = deck.files.slice(claim.place).trim();
    let should = wording::between(claim, expected.interval);
    Finding {
        rule: "change-mismatch",
        level: Level::Error,
        confidence: claim.confidence,
        message: format!("{} is {shown} here, but {} gives {should}", wording::subject(deck, claim), expected.how),
        place: claim.place,
        slide: Some(claim.slide),
        related: expected
            .parts
            .iter()
            .map(|(message, place)| Related { message: message.clone(), place: *place })
            .collect(),
        help: Some(wording::help(claim, &cause, &should)),
        cause: Some(cause),
        fix: None,
        correction: expected.middle().map(|value| Correction { place: claim.place, value }),
        fingerprint: String::new(),
    }
}

fn cause(movements: &Movements<'_>, claim: &Claim, expected: &Expected) -> Cause {
    let quantity = expected.in_direction(claim);
    let neighbours: Vec<Neighbour> = movements
        .other_bases(claim)
        .into_iter()
        .map(|(base, interval)| Neighbour {
            kind: CauseKind::WrongBase,
            distance: 0,
            name: match base {
                Base::Period(period) => format!("the {} on {period}", claim.measure.name()),
                other => format!("the {} against {other}", claim.measure.name()),
            },
            side: Side::Between(interval),
        })
        .collect();
    cause::explain(&quantity, &Side::Between(expected.interval), &neighbours)
}
