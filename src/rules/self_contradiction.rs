//! The deck states one fact twice, with two values.
//!
//! Two or more places are about the same metric, period, scenario and segment, no source settles it, and no single value can
//! be what all of them say at the places they show. `$42.3M` on a slide and `42,318` thousands in the appendix agree; `$42.8M`
//! and `42,318` do not. Agreement among many statements means one common value, not that each pair overlaps.
//!
//! The finding points at the odd one out where one value stands against several, else at the statement with less authority:
//! prose before a table, a slide before the appendix.
//!
//! ```deck
//! # FY24 results
//!
//! Revenue was £571.0m in FY24.
//!
//! # Appendix
//!
//! | £m | FY24 | FY23 |
//! |---|---:|---:|
//! | Revenue | 567.5 | 537.9 |
//! | Gross profit | 235.5 | 219.5 |
//! ```
//! ```finding
//! self-contradiction at £571.0m: unknown
//! ```
//!
//! Places may differ, as long as one value can be what both say:
//!
//! ```quiet-deck
//! # FY24 results
//!
//! Revenue was £568m in FY24.
//!
//! # Appendix
//!
//! | £m | FY24 | FY23 |
//! |---|---:|---:|
//! | Revenue | 567.5 | 537.9 |
//! | Gross profit | 235.5 | 219.5 |
//! ```

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cause::{self, Neighbour, Side};
use crate::check::{Statement, Statements, Verdict, agree, authority};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::document::Role;
use crate::finding::{CauseKind, Confidence, Correction, Finding, Level, Related};
use crate::quantity::Quantity;
use crate::rules::{Family, Rule};
use crate::wording;

/// The rule.
#[derive(Debug)]
pub(crate) struct SelfContradiction;

impl Rule for SelfContradiction {
    fn name(&self) -> &'static str {
        "self-contradiction"
    }

    fn family(&self) -> Family {
        Family::Consistency
    }

    fn source(&self) -> &'static str {
        include_str!("self_contradiction.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let statements = deck.statements();
        let kin = Kinship::new(deck, statements);
        for (key, members) in statements.groups() {
            // What the source settles is `value-mismatch`.
            let silent = |at: &usize| deck.verdicts.get(*at).is_none_or(|verdict| *verdict == Verdict::Silent);
            let open: Vec<usize> = members.iter().copied().filter(silent).collect();
            for (odd, right) in odd_ones(deck, &open) {
                let finding = finding(deck, statements, key, odd, &right);
                if kin.holds(deck, key, odd, &right) && is_convincing(deck, key, odd, &right, &finding) {
                    findings.push(finding);
                }
            }
        }
    }
}

/// Which tables are about the same thing, as far as their figures tell: two schedules of two teams share labels and periods, and
/// still have nothing to do with one another.
struct Kinship(BTreeMap<(usize, usize), (usize, usize)>);

/// Cells of one key that are looked at; more of them say nothing more.
const CELLS: usize = 16;

impl Kinship {
    /// Counts, for each pair of tables, the shared figures on which they agree and those on which they do not.
    fn new(deck: &Deck, statements: &Statements) -> Self {
        let mut pairs: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for (_, members) in statements.groups() {
            let cells: Vec<(usize, usize)> = members
                .iter()
                .filter_map(|&at| deck.claims[at].cell.map(|(grid, ..)| (grid, at)))
                .take(CELLS)
                .collect();
            for (n, &(a, one)) in cells.iter().enumerate() {
                for &(b, other) in cells[n + 1..].iter().filter(|(b, _)| *b != a) {
                    let count = pairs.entry((a.min(b), a.max(b))).or_default();
                    if agree(&deck.claims[one], &deck.claims[other]) { count.0 += 1 } else { count.1 += 1 }
                }
            }
        }
        Self(pairs)
    }

    /// Whether statements under a mere label may be held against each other: at least one stands in a table, and tables that
    /// disagree here agree elsewhere, and more often than not.
    fn holds(&self, deck: &Deck, key: &Statement, odd: usize, right: &[usize]) -> bool {
        if deck.vocabulary.term(key.metric).source.is_some() {
            return true;
        }
        let grid = |at: usize| deck.claims[at].cell.map(|(grid, ..)| grid);
        let others: Vec<usize> = right.iter().filter_map(|&at| grid(at)).collect();
        match grid(odd) {
            // A sentence is held against the tables of its own document and of the appendix; other documents' tables may be about
            // other people.
            None => right.iter().any(|&at| {
                let there = &deck.claims[at];
                let appendix = deck.documents[there.document].blocks[there.block].role == Role::Appendix;
                there.cell.is_some() && (appendix || there.document == deck.claims[odd].document)
            }),
            Some(own) => {
                let kin = |other: &usize| {
                    let (agreed, apart) = self.0.get(&(own.min(*other), own.max(*other))).copied().unwrap_or_default();
                    *other == own || agreed > 0 && agreed >= apart
                };
                others.is_empty() || others.iter().any(kin)
            }
        }
    }
}

/// A label of a table is not a definition: two statements under one label can be about two things. They are held against each
/// other without more only where the label is beyond doubt the sentence's subject, or several statements agree on one side; else a
/// slip must explain the difference.
fn is_convincing(deck: &Deck, key: &Statement, odd: usize, right: &[usize], finding: &Finding) -> bool {
    if deck.vocabulary.term(key.metric).source.is_some() || is_explained(&deck.claims[odd], finding) {
        return true;
    }
    let cells = right.iter().chain([&odd]).filter(|&&at| deck.claims[at].cell.is_some()).count();
    finding.confidence == Confidence::High && (right.len() > 1 || cells == 1)
}

/// Whether a disagreement stands without other statements that agree on the other side.
pub(super) fn is_convincing_alone(deck: &Deck, claim: &Claim, finding: &Finding) -> bool {
    let defined = claim.metric.is_some_and(|id| deck.vocabulary.term(id).source.is_some());
    let stated = claim.operands.iter().all(Option::is_some) && finding.confidence == Confidence::High;
    defined || stated || claim.cell.is_some() || is_explained(claim, finding)
}

/// Whether one slip explains the number, and the number is long enough for that to be no accident.
pub(super) fn is_explained(claim: &Claim, finding: &Finding) -> bool {
    finding.cause.as_ref().is_some_and(|cause| match cause.kind {
        CauseKind::Unknown | CauseKind::WrongMetric | CauseKind::SignFlip => false,
        CauseKind::DigitTypo | CauseKind::TransposedDigits => cause::significant(&claim.quantity) >= 3,
        _ => true,
    })
}

/// Splits statements into those that agree and those that do not: the largest cluster with a common value is held for right,
/// and among clusters of one size the one with more authority.
fn odd_ones(deck: &Deck, members: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let claim = |at: usize| &deck.claims[at];
    // By authority and precision first, so that a cluster forms around its best statement.
    let mut order: Vec<usize> = members.to_vec();
    order.sort_by_key(|&at| (Reverse(authority(deck, claim(at))), claim(at).quantity.resolution, at));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let fits = |cluster: &&mut Vec<usize>| cluster.iter().all(|&other| agree(claim(other), claim(at)));
        match clusters.iter_mut().find(fits) {
            Some(cluster) => cluster.push(at),
            None => clusters.push(vec![at]),
        }
    }
    if clusters.len() < 2 {
        return Vec::new();
    }
    let best = |cluster: &Vec<usize>| cluster.iter().map(|&at| authority(deck, claim(at))).max().unwrap_or(0);
    clusters.sort_by_key(|cluster| Reverse((cluster.len(), best(cluster))));
    let right = clusters.remove(0);
    let mut odd: Vec<usize> = clusters.into_iter().flatten().collect();
    odd.sort_unstable();
    odd.into_iter().map(|at| (at, right.clone())).collect()
}

fn finding(deck: &Deck, statements: &Statements, key: &Statement, odd: usize, right: &[usize]) -> Finding {
    let claim = &deck.claims[odd];
    let rank = |at: &usize| (Reverse(authority(deck, &deck.claims[*at])), deck.claims[*at].quantity.resolution, *at);
    let other = &deck.claims[right.iter().copied().min_by_key(rank).unwrap_or(odd)];
    let shown = deck.files.slice(claim.place).trim();
    let there = wording::shown(deck, other);
    let side = Side::Written(Box::new(in_sign_of(claim, other)));
    let cause = cause::explain(&claim.quantity, &side, &neighbours(deck, statements, key, claim));
    let sides = right.iter().take(4).map(|&at| {
        let there = &deck.claims[at];
        Related {
            message: format!("{}: {}", wording::place_kind(deck, there), wording::shown(deck, there)),
            place: there.place,
        }
    });
    Finding {
        rule: "self-contradiction",
        level: Level::Error,
        confidence: claim.confidence.min(other.confidence),
        message: format!(
            "{} is {shown} here, {there} {}",
            wording::subject(deck, claim),
            wording::where_else(deck, claim, other)
        ),
        place: claim.place,
        slide: Some(claim.slide),
        related: sides.collect(),
        help: Some(wording::help(claim, &cause, &there)),
        cause: Some(cause),
        fix: None,
        correction: other.quantity.value.map(|value| Correction { place: claim.place, value }),
        fingerprint: String::new(),
    }
}

/// The other side in the sign in which this one is shown: brackets are presentation.
pub(super) fn in_sign_of(claim: &Claim, other: &Claim) -> Quantity {
    let negative = |quantity: &Quantity| quantity.value.is_some_and(|value| value.is_sign_negative());
    if negative(&claim.quantity) == negative(&other.quantity) {
        return other.quantity.clone();
    }
    other.quantity.negated()
}

/// Statements in tables that differ in one part of the key.
fn neighbours(deck: &Deck, statements: &Statements, key: &Statement, claim: &Claim) -> Vec<Neighbour> {
    let mut found = Vec::new();
    if claim.measure != Measure::Level {
        return found;
    }
    for (other, members) in statements.groups() {
        if other.unit != key.unit || other.measure != key.measure {
            continue;
        }
        let same = (
            other.metric == key.metric,
            other.period == key.period,
            other.scenario == key.scenario,
            other.segment == key.segment,
        );
        let near = other.period == key.period.before()
            || other.period == key.period.year_before()
            || other.period.before() == key.period;
        let (kind, distance, name) = match same {
            (true, false, true, true) => (CauseKind::StalePeriod, u32::from(!near), other.period.to_string()),
            (true, true, false, true) => (CauseKind::WrongScenario, 0, other.scenario.clone()),
            (true, true, true, false) => {
                (CauseKind::WrongSegment, 0, other.segment.clone().unwrap_or_else(|| "the whole".to_owned()))
            }
            (false, true, true, true) => (CauseKind::WrongMetric, 0, deck.vocabulary.term(other.metric).label.clone()),
            _ => continue,
        };
        for &at in members.iter().filter(|&&at| authority(deck, &deck.claims[at]) >= 3) {
            let quantity = in_sign_of(claim, &deck.claims[at]);
            found.push(Neighbour { kind, distance, name: name.clone(), side: Side::Written(Box::new(quantity)) });
        }
    }
    found
}
