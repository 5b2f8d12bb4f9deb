//! The deck states one fact twice, with two values.
//!
//! Two or more places are about the same metric, period, scenario and segment, no source settles it, and no single value can
//! be what all of them say at the places they show. `$42.3M` on a slide and `42,318` thousands in the appendix agree; `$42.8M`
//! and `42,318` do not. Agreement among many statements means one common value, not that each pair overlaps.
//!
//! What points at its own document ("existing", "proposed", "this plan") is held against nothing in another.
//!
//! Where nearly all numbers of a row or column disagree, that is told once, as a warning: it is misread, or out of date as a whole.
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
//!
//! Two tables that state the same figures are one, so that the figure on which they differ is wrong in one of them, whatever turned it
//! wrong; the last digit of a rounded figure may be made to fit its column:
//!
//! ```deck
//! # Aid 2025
//!
//! | £m | 2024 | 2025 |
//! |---|---:|---:|
//! | Health | 4.3 | 4.4 |
//! | Water | 3.4 | 3.8 |
//! | Schools | 2.8 | 3.0 |
//! | Total aid | 10.5 | 11.2 |
//!
//! # Appendix
//!
//! | £k | 2024 | 2025 |
//! |---|---:|---:|
//! | Health | 4,252 | 4,391 |
//! | Water | 3,401 | 3,603 |
//! | Schools | 2,811 | 2,988 |
//! | Total aid | 10,464 | 10,982 |
//! ```
//! ```finding
//! self-contradiction at 3.8: digit-typo
//! self-contradiction at 11.2: digit-typo
//! ```
//!
//! Where no table states the fact, sentences are held against each other: those that state it outright of one name, in one document,
//! and only where a slip explains the difference or several agree on one side:
//!
//! ```deck
//! # Treasurer's report, May 2026
//!
//! Receipts were $48,210 and payments $39,877.
//!
//! # Bank
//!
//! With receipts of $42,810, the account closed in credit.
//! ```
//! ```finding
//! self-contradiction at $42,810: transposed-digits
//! ```

mod kinship;
mod neighbours;
mod prose;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::cause::{self, Side};
use crate::check::{Statement, Verdict, agree, authority};
use crate::claim::Claim;
use crate::deck::Deck;
use crate::document::Role;
use crate::finding::{CauseKind, Confidence, Correction, Finding, Level, Related};
use crate::period::Period;
use crate::quantity::Quantity;
use crate::rules::{Family, Rule, doubt, lines};
use crate::wording;
use crate::words::stems;
use crate::words::words;

use kinship::Kinship;
use neighbours::Neighbours;

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
        let neighbours = Neighbours::new(statements);
        let mut found: Vec<(&Claim, Finding)> = Vec::new();
        for (key, members) in statements.groups() {
            // What the source settles is `value-mismatch`.
            let silent = |at: &usize| deck.verdicts.get(*at).is_none_or(|verdict| *verdict == Verdict::Silent);
            let open: Vec<usize> = members.iter().copied().filter(silent).collect();
            for open in comparable(deck, key, prose::told(deck, open)) {
                let Some((odd, right)) = odd_ones(deck, &open) else { continue };
                for odd in odd {
                    if kin.is_of_own_table(deck, key, odd, &open, &right) {
                        continue;
                    }
                    let finding = finding(deck, &neighbours, key, odd, &right);
                    let agrees = |other: usize| right.members.contains(&other);
                    if doubt::is_beside_right(deck, odd, finding.cause.as_ref(), agrees) {
                        continue;
                    }
                    if prose::is_prose(deck, odd, &right) {
                        let weighed = prose::weighed(deck, odd, &right, finding);
                        found.extend(weighed.map(|finding| (&deck.claims[odd], finding)));
                        continue;
                    }
                    let convincing =
                        || kin.is_of_copies(deck, odd, &right) || is_convincing(deck, key, odd, &right, &finding);
                    if kin.holds(deck, key, odd, &right) && convincing() {
                        let claim = &deck.claims[odd];
                        let other = deck.claims.get(right.best).and_then(|other| other.quantity.value);
                        let explained = is_explained(claim, &finding) || is_taken_for(deck, claim, &finding);
                        found.push((claim, doubt::weighed(deck, claim, finding, explained, other)));
                    }
                }
            }
        }
        findings.extend(lines::fold(deck, found, lines::With::Deck));
    }
}

/// The statements of a key that speak of one thing: what is "existing", "proposed" or "this" proposal's is so in one document only, and
/// what is forecast, in the documents of one time.
fn comparable(deck: &Deck, key: &Statement, members: Vec<usize>) -> Vec<Vec<usize>> {
    const POINTING: &[&str] = &["this", "existing", "current", "proposed", "requested", "previous"];
    let points = |segment: &String| stems_of(segment).iter().any(|stem| POINTING.contains(&stem.as_str()));
    let pointed = key.segment.as_ref().is_some_and(points);
    // What September expected of the year is not what October does.
    let expected = matches!(key.scenario.as_str(), "forecast" | "guidance");
    if !pointed && !expected {
        return vec![members];
    }
    let mut parts: BTreeMap<(Option<usize>, Option<Period>), Vec<usize>> = BTreeMap::new();
    for at in members {
        let document = deck.claims[at].document;
        let told = deck.times[document].first().copied().flatten().filter(|_| expected);
        parts.entry((pointed.then_some(document), told)).or_default().push(at);
    }
    parts.into_values().collect()
}

/// The words of a label, determiners among them.
fn stems_of(label: &str) -> Vec<String> {
    words(label).into_iter().map(|word| word.stem).collect()
}

/// Statements that agree with one another, and are held for right.
struct Right {
    members: Vec<usize>,
    /// The one with most authority and the finest places.
    best: usize,
    /// The tables that some of them stand in.
    grids: BTreeSet<usize>,
    /// The documents whose tables they stand in.
    documents: BTreeSet<usize>,
    /// How many stand in tables, and whether one in the appendix does.
    cells: usize,
    appendix: bool,
}

impl Right {
    fn new(deck: &Deck, members: Vec<usize>) -> Option<Self> {
        let claim = |at: &usize| &deck.claims[*at];
        let rank = |at: &usize| (Reverse(authority(deck, claim(at))), claim(at).quantity.resolution, *at);
        let cells = || members.iter().map(claim).filter(|claim| claim.cell.is_some());
        let appendix = |claim: &Claim| deck.documents[claim.document].blocks[claim.block].role == Role::Appendix;
        Some(Self {
            best: members.iter().copied().min_by_key(rank)?,
            grids: cells().filter_map(|claim| claim.cell.map(|(grid, ..)| grid)).collect(),
            documents: cells().map(|claim| claim.document).collect(),
            cells: cells().count(),
            appendix: cells().any(appendix),
            members,
        })
    }
}

/// A label of a table is not a definition: two statements under one label can be about two things. They are held against each
/// other without more only where the label is beyond doubt the sentence's subject, or several statements agree on one side; else a
/// slip must explain the difference.
fn is_convincing(deck: &Deck, key: &Statement, odd: usize, right: &Right, finding: &Finding) -> bool {
    if deck.vocabulary.term(key.metric).source.is_some() {
        return true;
    }
    // A table that does not say what its numbers are in may well be in thousands.
    let thousands = |at: &usize| {
        let (own, cell) = (&deck.claims[odd].quantity, &deck.claims[*at]);
        let open = cell.cell.is_some_and(|(grid, ..)| deck.grids[grid].states_no_scale());
        open && cell
            .quantity
            .rescaled(Decimal::ONE_THOUSAND)
            .is_some_and(|cell| cell.magnitude().agrees_with(&own.magnitude()))
    };
    if thousands(&right.best) {
        return false;
    }
    if is_explained(&deck.claims[odd], finding) {
        return true;
    }
    let cells = right.cells + usize::from(deck.claims[odd].cell.is_some());
    finding.confidence == Confidence::High && !deck.claims[odd].loose && (right.members.len() > 1 || cells == 1)
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

/// `The operating surplus was £1,206k`, where that is the surplus: whether a number is another metric's or part's although its text
/// speaks of its own alone. Where the other is spoken of too, the number may well be meant for it.
fn is_taken_for(deck: &Deck, claim: &Claim, finding: &Finding) -> bool {
    let Some(cause) = finding.cause.as_ref() else { return false };
    let (Some(id), Some(flow)) = (claim.metric, deck.flow_of(claim)) else { return false };
    let other = cause.kind == CauseKind::WrongMetric && cause::significant(&claim.quantity) >= 3;
    if !other || claim.confidence != Confidence::High || claim.loose {
        return false;
    }
    let (own, said) = (stems(&deck.vocabulary.term(id).label), stems(flow.text()));
    let named = |stem: &String| !own.contains(stem) && said.contains(stem);
    !stems(cause.detail.trim_start_matches("equals ")).iter().any(named)
}

/// Values that one fact is stated with, at most; what is stated with more is no one fact.
const VALUES: usize = 64;

/// Statements that agree with one another.
struct Cluster {
    members: Vec<usize>,
    /// One of each way of writing the value: what agrees with these agrees with all.
    written: Vec<usize>,
}

/// Splits statements into those that do not agree and those that do: the largest cluster with a common value is held for right,
/// and among clusters of one size the one with more authority.
fn odd_ones(deck: &Deck, members: &[usize]) -> Option<(Vec<usize>, Right)> {
    let claim = |at: usize| &deck.claims[at];
    // By authority and precision first, so that a cluster forms around its best statement.
    let mut order: Vec<usize> = members.to_vec();
    order.sort_by_key(|&at| (Reverse(authority(deck, claim(at))), claim(at).quantity.resolution, at));
    let mut clusters: Vec<Cluster> = Vec::new();
    for at in order {
        let fits = |cluster: &Cluster| cluster.written.iter().all(|&other| agree(claim(other), claim(at)));
        match clusters.iter().position(fits) {
            Some(found) => {
                let cluster = &mut clusters[found];
                cluster.members.push(at);
                if !cluster.written.iter().any(|&other| claim(other).quantity == claim(at).quantity) {
                    cluster.written.push(at);
                }
            }
            None if clusters.len() == VALUES => return None,
            None => clusters.push(Cluster { members: vec![at], written: vec![at] }),
        }
    }
    if clusters.len() < 2 {
        return None;
    }
    let best = |cluster: &Cluster| cluster.members.iter().map(|&at| authority(deck, claim(at))).max().unwrap_or(0);
    clusters.sort_by_key(|cluster| Reverse((cluster.members.len(), best(cluster))));
    let right = Right::new(deck, clusters.remove(0).members)?;
    let mut odd: Vec<usize> = clusters.into_iter().flat_map(|cluster| cluster.members).collect();
    odd.sort_unstable();
    Some((odd, right))
}

fn finding(deck: &Deck, neighbours: &Neighbours<'_>, key: &Statement, odd: usize, right: &Right) -> Finding {
    let claim = &deck.claims[odd];
    let other = &deck.claims[right.best];
    let shown = deck.files.slice(claim.place).trim();
    let there = wording::shown(deck, other);
    let side = Side::Written(Box::new(in_sign_of(claim, other)));
    let cause =
        cause::explain(&claim.quantity, &side, &neighbours.of(deck, key, claim, prose::is_prose(deck, odd, right)));
    let sides = right.members.iter().take(4).map(|&at| {
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

#[cfg(test)]
mod tests {
    use super::SelfContradiction;
    use crate::rules::Rule;
    use crate::rules::examples::{Binder, brief};

    /// What is said of two budgets, one a document, that differ in one figure.
    #[track_caller]
    fn says(column: &str, expected: &[&str]) {
        let budget = |salaries: &str| {
            format!(
                "# Budget 2024\n\n| $ | Annual ({column}) | Annual (old) |\n| --- | --- | --- |\n| Salaries | {salaries} | 285,000 |\n| Travel | 32,000 | 31,000 |\n| Legal | 50,000 | 48,000 |\n| Cloud | 61,400 | 60,100 |\n"
            )
        };
        let deck = Binder::named("first.md", &budget("390,200")).and("second.md", &budget("310,200")).bound();
        let mut findings = Vec::new();
        SelfContradiction.check(&deck, &mut findings);
        let said: Vec<String> = findings.iter().map(|finding| brief(&deck, finding)).collect();
        assert_eq!(said, expected, "{column}");
    }

    #[test]
    fn what_points_at_its_own_document_is_of_no_other() {
        says("North", &["310,200: digit-typo"]);
        says("this proposal", &[]);
        says("existing", &[]);
    }

    #[test]
    fn each_slide_may_have_a_table_of_its_own() {
        let slide = |name: &str, now: &str, before: &str, said: &str| {
            format!(
                "# {name}\n\n| | Jun 2031 | Jun 2030 |\n|---|---:|---:|\n| Occupancy | {now} | {before} |\n\nOccupancy rose to {said}.\n"
            )
        };
        let says = |said: &str| {
            let text = format!(
                "{}\n---\n\n{}",
                slide("Harbour Hotel", "83.0%", "80.0%", "83.0%"),
                slide("Park Hotel", "80.0%", "77.0%", said)
            );
            let deck = Binder::of(&text).bound();
            let mut findings = Vec::new();
            SelfContradiction.check(&deck, &mut findings);
            findings.len()
        };
        assert_eq!(says("80.0%"), 0);
    }

    #[test]
    fn what_two_months_expect_of_a_year_may_differ() {
        let report = |month: &str, value: &str| {
            format!(
                "---\nperiod: {month}\n---\n\n# Outlook\n\n| $M | FY2031 forecast | FY2030 |\n|---|---:|---:|\n| Revenue | {value} | 96.2 |\n| Costs | 71.3 | 69.9 |\n| Capex | 8.1 | 7.7 |\n"
            )
        };
        let found = |second: &str| {
            let deck = Binder::named("first.md", &report("2031-09", "101.0"))
                .and("second.md", &report(second, "101.5"))
                .bound();
            let mut findings = Vec::new();
            SelfContradiction.check(&deck, &mut findings);
            findings.len()
        };
        assert_eq!(found("2031-10"), 0);
        assert_eq!(found("2031-09"), 1);
    }
}
