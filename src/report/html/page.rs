//! The page as its template sees it.
//!
//! Enters: a [`Report`]. Leaves: texts and numbers, already in words; the template lays them out.
//! Invariant: every claim is a line of the ledger and a mark on its slide.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::slides::{self, DocumentPage};
use crate::Report;
use crate::baseline::Since;
use crate::check::Waived;
use crate::claim::Status;
use crate::finding::{self, CauseKind, Level};
use crate::report::ledger::{self, Line, rules_at, shown};
use crate::report::statements::{self, MetricName, MetricPage};
use crate::report::{Slides, Tally, counted, visible};

/// Everything on the page.
#[derive(Serialize)]
pub(super) struct Page {
    title: String,
    verdict: String,
    clean: bool,
    coverage: String,
    scorecard: Vec<Score>,
    /// What the filters offer.
    metrics: Vec<MetricName>,
    rules: Vec<&'static str>,
    paths: Vec<String>,
    findings: Vec<FindingPage>,
    accepted: Vec<AcceptedPage>,
    documents: Vec<DocumentPage>,
    metric_pages: Vec<MetricPage>,
    ledger: Vec<LedgerLine>,
}

/// A status and how many numbers have it.
#[derive(Serialize)]
struct Score {
    status: &'static str,
    count: usize,
    meaning: &'static str,
}

/// A finding.
#[derive(Serialize)]
struct FindingPage {
    id: usize,
    rule: &'static str,
    severity: &'static str,
    confidence: &'static str,
    message: String,
    place: String,
    path: String,
    number: String,
    cause: Option<String>,
    help: Option<String>,
    fix: Option<String>,
    others: Vec<Other>,
    /// The claims it is about, by number.
    claims: Vec<usize>,
    /// Their metrics.
    metrics: String,
}

/// A finding that a human accepted.
#[derive(Serialize)]
struct AcceptedPage {
    rule: &'static str,
    message: String,
    reason: String,
    /// Where the finding is, and where it is accepted.
    place: String,
    by: String,
}

/// Another side of a finding.
#[derive(Serialize)]
struct Other {
    message: String,
    place: String,
    text: String,
}

/// A number.
#[derive(Serialize)]
pub(super) struct LedgerLine {
    status: &'static str,
    path: String,
    metric_id: Option<u32>,
    rules: String,
    findings: Vec<usize>,
    number: String,
    place: String,
    slide: usize,
    metric: Option<String>,
    key: [Option<String>; 3],
    measure: String,
    stands_for: String,
    unit: String,
    against: Vec<String>,
    evidence: String,
}

impl Page {
    pub(super) fn of(report: &Report) -> Self {
        let deck = &report.deck;
        let lines = ledger::ledger(report);
        let tally = Tally::of(deck);
        // The slides give the report its name, not their appendix.
        let mut documents: Vec<_> = deck.documents.iter().collect();
        documents.sort_by_key(|document| document.role);
        let titles = documents.iter().filter_map(|document| document.title.as_ref());
        let title = titles.map(|title| shown(title.text())).find(|title| !title.is_empty());
        let rules: BTreeSet<&'static str> = report.findings.iter().map(|finding| finding.rule).collect();
        let numbers = lines.iter().zip(&deck.claims).map(|(line, claim)| LedgerLine {
            status: line.status.name(),
            path: line.path.clone(),
            metric_id: claim.metric.map(|id| id.0),
            rules: rules_at(report, line),
            findings: line.findings.clone(),
            number: line.number.clone(),
            place: line.place.clone(),
            slide: line.slide,
            metric: line.metric.clone(),
            key: [line.period.clone(), line.scenario.clone(), line.segment.clone()],
            measure: line.measure.clone(),
            stands_for: line.stands_for.clone(),
            unit: line.unit.clone(),
            against: line.against.iter().map(|side| format!("{} · {}", side.what, side.place)).collect(),
            evidence: line.evidence.join("; "),
        });
        let metric_pages = statements::pages(report, &lines);
        Self {
            title: title.unwrap_or_else(|| "Tie-out report".to_owned()),
            verdict: verdict(&tally),
            clean: report.findings.iter().all(|finding| finding.level <= Level::Info),
            coverage: coverage(report, &tally),
            scorecard: scorecard(&tally),
            metrics: metric_pages.iter().map(|page| page.name.clone()).collect(),
            rules: rules.into_iter().collect(),
            paths: deck.documents.iter().map(|document| shown(deck.files.get(document.file).path())).collect(),
            findings: findings(report, &lines),
            accepted: accepted(report),
            documents: slides::documents(deck, &lines),
            metric_pages,
            ledger: numbers.collect(),
        }
    }
}

/// How much there is, and what of it is not shown because a baseline knows it.
fn coverage(report: &Report, tally: &Tally) -> String {
    let (documents, slides) = (counted(tally.documents, "document"), counted(tally.slides, "slide"));
    let since = report.since.as_ref().map(Since::told).filter(|told| !told.is_empty());
    let since = since.map(|told| format!(" · {told}, not among the findings")).unwrap_or_default();
    format!("{} in {documents}, {slides}{since}", counted(tally.claims, "number"))
}

/// What the report comes to.
pub(super) fn verdict(tally: &Tally) -> String {
    let held = tally.tied + tally.agreed + tally.derived;
    match tally.disagree {
        0 if tally.claims == 0 => "No numbers were found.".to_owned(),
        0 => format!("Nothing disagrees. {held} of {} tie out.", counted(tally.claims, "number")),
        1 => format!("1 number disagrees; {held} of {} tie out.", tally.claims),
        some => format!("{some} numbers disagree; {held} of {} tie out.", tally.claims),
    }
}

fn scorecard(tally: &Tally) -> Vec<Score> {
    [
        (Status::Disagrees, tally.disagree, "does not match what it was held against"),
        (Status::Tied, tally.tied, "matches the source of truth"),
        (Status::Agreed, tally.agreed, "matches another statement of the deck"),
        (Status::Derived, tally.derived, "recomputes from other numbers"),
        (Status::Waived, tally.waived, "accepted by somebody, with a reason"),
        (Status::Ambiguous, tally.ambiguous, "could mean several facts"),
        (Status::Untraced, tally.untraced, "has nothing to be held against"),
    ]
    .map(|(status, count, meaning)| Score { status: status.name(), count, meaning })
    .into()
}

fn accepted(report: &Report) -> Vec<AcceptedPage> {
    let files = &report.deck.files;
    let page = |Waived { finding, reason, by }: &Waived| AcceptedPage {
        rule: finding.rule,
        message: shown(&finding.message),
        reason: shown(reason),
        place: shown(&files.shown(finding.place)),
        by: shown(&files.shown(*by)),
    };
    report.deck.waived.iter().map(page).collect()
}

/// The findings, worst first.
fn findings(report: &Report, lines: &[Line]) -> Vec<FindingPage> {
    let deck = &report.deck;
    let mut about: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (claim, line) in lines.iter().enumerate() {
        for &finding in &line.findings {
            about.entry(finding).or_default().push(claim);
        }
    }
    let slides = Slides::of(deck);
    let page = |(at, finding): (usize, &finding::Finding)| {
        let claims = about.remove(&at).unwrap_or_default();
        let metrics: BTreeSet<u32> =
            claims.iter().filter_map(|&claim| deck.claims[claim].metric).map(|id| id.0).collect();
        let others = finding.related.iter().map(|side| Other {
            message: shown(&side.message),
            place: match slides.at(side.place) {
                Some(slide) => format!("{}, slide {slide}", shown(&deck.files.shown(side.place))),
                None => shown(&deck.files.shown(side.place)),
            },
            text: shown(deck.files.slice(side.place)),
        });
        let cause = finding.cause.as_ref().filter(|cause| cause.kind != CauseKind::Unknown);
        FindingPage {
            id: at,
            rule: finding.rule,
            severity: finding.level.name(),
            confidence: finding.confidence.name(),
            message: shown(&finding.message),
            place: match finding.slide {
                Some(slide) => format!("{}, slide {slide}", shown(&deck.files.shown(finding.place))),
                None => shown(&deck.files.shown(finding.place)),
            },
            path: shown(deck.files.get(finding.place.file).path()),
            number: shown(deck.files.slice(finding.place)),
            cause: cause.map(|cause| format!("{}: {}", cause.kind.name(), visible(&cause.detail))),
            help: finding.help.as_deref().map(shown),
            fix: finding.fix.as_ref().map(|fix| shown(&fix.replacement)),
            others: others.collect(),
            metrics: metrics.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            claims,
        }
    };
    let mut pages: Vec<FindingPage> = report.findings.iter().enumerate().map(page).collect();
    pages.sort_by_key(|page| Reverse(report.findings[page.id].level));
    pages
}
