//! Checking: every claim judged once, every rule run, policy applied in one place.
//!
//! Enters: a bound deck. Leaves: findings in a fixed order, and a status for every claim.
//! Invariant: one mistake, one finding. Rules run in the order of precedence; once a rule has named a suspect number, later
//! rules see the deck with that number put right, and what they would have said of it otherwise becomes a note.

mod fingerprint;
mod places;
mod policy;
mod reach;
mod statements;
mod verdict;
mod waiver;

use std::collections::BTreeSet;

use crate::claim::{Measure, Status};
use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level, Related};
use crate::fix;
use crate::movement::Movements;
use crate::rules::{RULES, Rule, Stage};
use crate::span::Place;

pub(crate) use places::Places;
pub(crate) use policy::{level, level_at};
pub(crate) use statements::{Statement, Statements, agree, authority, key};
pub use verdict::Verdict;
pub(crate) use verdict::{holds, instants, interval, signs, truths_of};
pub use waiver::{Scope, Waived, Waiver};

/// Judges the deck: sets each claim's status and returns what the rules found, after levels and waivers.
pub fn check(deck: &mut Deck) -> Vec<Finding> {
    policy::prepare(deck);
    deck.verdicts = verdict::judge(deck);
    let mut findings = in_order_of_precedence(deck);
    set_statuses(deck, &findings);
    read_in_points(deck, &findings);
    findings.extend(on_the_outcome(deck));
    let mut findings = sorted(findings);
    findings.retain(|finding| deck.config.reports(finding.rule));
    let mut waived = std::mem::take(&mut deck.waived);
    // The accepted ones come last: accepting one of several that are alike leaves the others what they are recognised by.
    fingerprint::assign(deck, findings.iter_mut().chain(waived.iter_mut().map(|waived| &mut waived.finding)));
    deck.waived = waived;
    fix::suggest(deck, &mut findings);
    findings
}

/// The rules of a stage that are not switched off.
fn rules(deck: &Deck, stage: Stage) -> Vec<&'static dyn Rule> {
    let wanted = |rule: &&dyn Rule| rule.stage() == stage && level(deck, *rule) > Level::Off;
    RULES.iter().copied().filter(wanted).collect()
}

/// Runs the rules, each on the deck as it would be with the suspects of the earlier ones put right. What a human accepted is no
/// suspect.
fn in_order_of_precedence(deck: &mut Deck) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut mended: Option<Deck> = None;
    for rule in rules(deck, Stage::Deck) {
        let said = run(rule, deck);
        let said = policy::apply(deck, said);
        let stays = match &mended {
            None => said,
            Some(mended) => {
                let still: BTreeSet<Place> = run(rule, mended).iter().map(|finding| finding.place).collect();
                let (stays, folded): (Vec<_>, Vec<_>) =
                    said.into_iter().partition(|finding| still.contains(&finding.place));
                note(&mut findings, &folded);
                stays
            }
        };
        // A remark in doubt mends nothing: it would hide what a later rule knows for sure of its number.
        let sure: Vec<Finding> =
            stays.iter().filter(|finding| finding.correction.is_some() && counts(finding)).cloned().collect();
        if !sure.is_empty() {
            let mut next = mended.take().unwrap_or_else(|| deck.clone());
            next.put_right(&sure);
            next.verdicts = verdict::judge(&next);
            mended = Some(next);
        }
        findings.extend(stays);
    }
    match mended {
        Some(mended) => folded_back(findings, &mended),
        None => findings,
    }
}

/// Folds into the finding of a suspect what an earlier rule said of the same numbers without naming one: `these shares come to 104%` where
/// a later rule knows which of them is wrong.
fn folded_back(findings: Vec<Finding>, mended: &Deck) -> Vec<Finding> {
    let suspects = Places::new(findings.iter().filter_map(|finding| Some(finding.correction.as_ref()?.place)));
    let touches = |finding: &Finding| {
        let sides = finding.related.iter().map(|related| related.place);
        std::iter::once(finding.place).chain(sides).any(|side| suspects.meet(side))
    };
    let open = |finding: &Finding| finding.correction.is_none() && touches(finding);
    let asked: BTreeSet<&str> = findings.iter().filter(|finding| open(finding)).map(|finding| finding.rule).collect();
    let asked = RULES.iter().filter(|rule| asked.contains(rule.name()));
    let still: BTreeSet<(&str, Place)> =
        asked.flat_map(|rule| run(*rule, mended)).map(|finding| (finding.rule, finding.place)).collect();
    let (folded, mut stays): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| open(finding) && !still.contains(&(finding.rule, finding.place)));
    note(&mut stays, &folded);
    stays
}

/// Runs the rules about what became of claims and waivers.
fn on_the_outcome(deck: &mut Deck) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules(deck, Stage::Outcome) {
        let said = run(rule, deck);
        let accepted = deck.waived.len();
        findings.extend(policy::apply(deck, said));
        let accepted = Places::new(deck.waived[accepted..].iter().map(|waived| waived.finding.place));
        for claim in deck.claims.iter_mut().filter(|claim| matches!(claim.status, Status::Untraced | Status::Ambiguous))
        {
            if accepted.meet(claim.place) {
                claim.status = Status::Waived;
            }
        }
    }
    findings
}

fn run(rule: &dyn Rule, deck: &Deck) -> Vec<Finding> {
    let mut findings = Vec::new();
    rule.check(deck, &mut findings);
    findings
}

/// Adds each folded finding as a note to the finding that it follows from: the one whose number, put right, is the folded finding's
/// own number, else the first of its other sides. What shares no number with any of them is not ascribed to one of several; of only
/// one it follows, wherever it stands.
fn note(findings: &mut [Finding], folded: &[Finding]) {
    let suspects: Vec<(usize, Place)> = findings
        .iter()
        .enumerate()
        .filter_map(|(at, finding)| finding.correction.as_ref().map(|correction| (at, correction.place)))
        .collect();
    let places = Places::new(suspects.iter().map(|(_, place)| *place));
    for finding in folded {
        let mut sides = std::iter::once(finding.place).chain(finding.related.iter().map(|related| related.place));
        let touched = sides.find_map(|side| places.meeting(side).min());
        let only = if suspects.len() == 1 { Some(0) } else { None };
        if let Some((at, _)) = touched.or(only).and_then(|at| suspects.get(at)) {
            let message = format!("also {}: {}", finding.rule, finding.message);
            findings[*at].related.push(Related { message, place: finding.place });
        }
    }
}

/// Whether a finding is more than a remark in doubt; one that is only a remark because the configuration says so is.
fn counts(finding: &Finding) -> bool {
    finding.level > Level::Info || finding.confidence > Confidence::Low
}

fn set_statuses(deck: &mut Deck, findings: &[Finding]) {
    let agreed = deck.statements().agreed().clone();
    let derived: BTreeSet<usize> = {
        let movements = Movements::new(deck);
        (0..deck.claims.len()).filter(|&at| movements.recomputes(at)).collect()
    };
    let found = findings.iter().filter(|finding| counts(finding));
    let found = Places::new(found.map(|finding| finding.place));
    let waived = Places::new(deck.waived.iter().map(|waived| waived.finding.place));
    for (at, claim) in deck.claims.iter_mut().enumerate() {
        claim.status = match &deck.verdicts[at] {
            _ if found.meet(claim.place) => Status::Disagrees,
            _ if waived.meet(claim.place) => Status::Waived,
            Verdict::Ties(_) => Status::Tied,
            Verdict::Ambiguous => Status::Ambiguous,
            _ if agreed.contains(&at) => Status::Agreed,
            _ if derived.contains(&at) => Status::Derived,
            _ => Status::Untraced,
        };
    }
}

/// `NRR rose 1.6% to 114.2% from 112.6%`: what only the difference of two percentages explains states a change, and no growth. Rules
/// have had their say by then, so that the ledger alone shows it.
fn read_in_points(deck: &mut Deck, findings: &[Finding]) {
    let waived = deck.waived.iter().map(|waived| &waived.finding);
    let said = findings.iter().chain(waived).filter(|finding| finding.rule == "percent-for-points");
    let said: BTreeSet<Place> = said.map(|finding| finding.place).collect();
    for (claim, verdict) in deck.claims.iter_mut().zip(&deck.verdicts) {
        let points = matches!(verdict, Verdict::PointsOnly(_)) || said.contains(&claim.place);
        if points && claim.measure == Measure::Growth {
            claim.measure = Measure::Change;
        }
    }
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| (a.place.file, a.place.span, a.rule).cmp(&(b.place.file, b.place.span, b.rule)));
    findings.dedup_by(|a, b| a.rule == b.rule && a.place == b.place);
    findings.iter_mut().for_each(Finding::flow_on);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Correction;
    use crate::rules::examples::Binder;
    use crate::span::{FileId, Span};

    fn place(start: usize) -> Place {
        Place { file: FileId(0), span: Span::new(start, start + 1) }
    }

    /// A finding at a place, with its other sides; a suspect that is put right when `corrected`.
    fn finding(start: usize, sides: &[usize], corrected: bool) -> Finding {
        let mut finding = Finding::at("value-mismatch", Level::Error, format!("at {start}"), place(start), None);
        finding.related = sides.iter().map(|side| Related { message: String::new(), place: place(*side) }).collect();
        finding.correction = corrected.then(|| Correction { place: place(start), value: rust_decimal::Decimal::ONE });
        finding
    }

    /// Which of the suspects, by place, got the note of a finding that vanished.
    fn noted(suspects: &[usize], vanished: &Finding) -> Vec<usize> {
        let mut findings: Vec<Finding> = suspects.iter().map(|start| finding(*start, &[], true)).collect();
        note(&mut findings, std::slice::from_ref(vanished));
        suspects.iter().zip(&findings).filter(|(_, finding)| !finding.related.is_empty()).map(|(at, _)| *at).collect()
    }

    #[test]
    fn a_cost_in_brackets_is_put_right_in_brackets() {
        let table = "# Profit and loss\n\n| GAAP, $K | Q2 FY30 | Q1 FY30 | Q2 FY29 |\n|---|--:|--:|--:|\n\
                     | Gross profit | 13,196 | 12,142 | 10,181 |\n| Sales and marketing | (7,215) | (6,987) | (6,403) |\n\
                     | Research | (4,937) | (4,811) | (4,276) |\n| Administration | (2,408,700) | (2,366) | (2,190) |\n\
                     | Operating income | (1,364) | (2,023) | (2,687) |\n";
        let source = "version: 1\nmetrics:\n  - name: administration\n    label: Administration\n    unit: USD\n\
                      \x20   values: {FY2030-Q2: 2408700, FY2030-Q1: 2366100}\n";
        let mut deck = Binder::of(table).with_source("metrics.yaml", source).bound();
        let rules: Vec<&str> = check(&mut deck).iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["value-mismatch"]);
    }

    #[test]
    fn what_an_earlier_rule_left_open_folds_into_the_suspect_of_a_later_one() {
        let deck = |events: &str| {
            format!(
                "# March 2031\n\nMarch revenue was 60% grants, {events} events and 10% other income.\n\n\
                 | $ | March 2031 |\n|---|--:|\n| Grants | 60,000 |\n| Events | 30,000 |\n| Other income | 10,000 |\n\
                 | Total revenue | 100,000 |\n"
            )
        };
        let found = |events: &str| check(&mut Binder::of(&deck(events)).bound());
        assert_eq!(found("30%"), []);
        let found = found("34%");
        assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["ratio-mismatch"]);
        assert!(found[0].related.iter().any(|note| note.message.starts_with("also shares-not-whole")));
    }

    #[test]
    fn a_note_lands_where_the_mistake_is() {
        // By its own number, whatever stands earlier; else by the first of its sides.
        assert_eq!(noted(&[10, 20, 30], &finding(30, &[10], false)), [30]);
        assert_eq!(noted(&[10, 20, 30], &finding(40, &[50, 20, 10], false)), [20]);
        // Of several, none that it has nothing to do with; of one, that one.
        assert_eq!(noted(&[10, 20], &finding(40, &[50], false)), [0; 0]);
        assert_eq!(noted(&[10], &finding(40, &[50], false)), [10]);
    }
}
