//! Version 1 of the machine contracts.
//!
//! Enters: a [`Report`]. Leaves: one JSON document and a line break.
//! Invariant: values are decimal strings without exponent, paths are relative to the working directory, lines and columns count from 1.

mod diff;
mod trace;

use std::io::{self, Write};

use serde::Serialize;

use crate::Report;
use crate::baseline::Since;
use crate::check;
use crate::claim;
use crate::deck::Deck;
use crate::finding;
use crate::period::Period;
use crate::report::{Slides, Tally, plain};
use crate::rules;
use crate::source::PeriodType;
use crate::span::{FileId, Files, Place};

pub use diff::diff;
pub use trace::trace;

/// Writes `tieout/check/1`.
pub fn check(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let slides = Slides::of(&report.deck);
    let findings = report.findings.iter().map(|finding| Finding::of(finding, &report.deck, &slides)).collect();
    let baseline = report.since.as_ref().map(Baseline::of);
    let waived = report.deck.waived.iter().map(|waived| Waived::of(waived, &report.deck, &slides)).collect();
    write(&Check { schema: "tieout/check/1", summary: Summary::of(&report.deck), findings, waived, baseline }, out)
}

/// Writes `tieout/claims/1`; with `all`, the numbers that were set aside too.
pub fn claims(report: &Report, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let deck = &report.deck;
    let claims = deck.claims.iter().map(|claim| Claim::of(claim, deck)).collect();
    let set_aside = all.then(|| {
        let slides = Slides::of(deck);
        let aside = |(place, aside): &(Place, crate::extract::Aside)| SetAside {
            location: Location::of(&deck.files, *place, slides.at(*place)),
            reason: aside.reason(),
        };
        deck.asides.iter().map(aside).collect()
    });
    write(&Claims { schema: "tieout/claims/1", claims, set_aside }, out)
}

/// Writes `tieout/rules/1`.
pub fn rules(out: &mut dyn Write) -> io::Result<()> {
    let rules = rules::RULES.iter().map(|rule| Rule {
        name: rule.name(),
        family: rule.family().name(),
        level: rule.level().name(),
        summary: rules::summary(*rule),
    });
    write(&Rules { schema: "tieout/rules/1", rules: rules.collect() }, out)
}

fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Check<'a> {
    schema: &'static str,
    summary: Summary,
    findings: Vec<Finding<'a>>,
    /// Only where something was accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived: Vec<Waived<'a>>,
    /// Only where the report is held against a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Baseline<'a>>,
}

/// A finding that a human accepted, and where that is said.
#[derive(Serialize)]
struct Waived<'a> {
    rule: &'a str,
    message: &'a str,
    location: Location<'a>,
    reason: &'a str,
    accepted_at: Location<'a>,
}

impl<'a> Waived<'a> {
    fn of(waived: &'a check::Waived, deck: &'a Deck, slides: &Slides) -> Self {
        let check::Waived { finding, reason, by } = waived;
        Self {
            rule: finding.rule,
            message: &finding.message,
            location: Location::of(&deck.files, finding.place, finding.slide),
            reason,
            accepted_at: Location::of(&deck.files, *by, slides.at(*by)),
        }
    }
}

#[derive(Serialize)]
struct Baseline<'a> {
    /// How many findings are known and left out.
    known: usize,
    gone: Vec<Gone<'a>>,
}

#[derive(Serialize)]
struct Gone<'a> {
    path: &'a str,
    rule: &'a str,
    text: &'a str,
    fingerprint: &'a str,
}

impl<'a> Baseline<'a> {
    fn of(since: &'a Since) -> Self {
        let gone = since.gone.iter().map(|known| Gone {
            path: &known.path,
            rule: &known.rule,
            text: &known.text,
            fingerprint: &known.fingerprint,
        });
        Self { known: since.known.len(), gone: gone.collect() }
    }
}

#[derive(Serialize)]
struct Summary {
    documents: usize,
    slides: usize,
    claims: usize,
    tied: usize,
    agreed: usize,
    derived: usize,
    untraced: usize,
    ambiguous: usize,
    waived: usize,
    disagree: usize,
}

impl Summary {
    fn of(deck: &Deck) -> Self {
        let Tally { documents, slides, claims, tied, agreed, derived, untraced, ambiguous, waived, disagree } =
            Tally::of(deck);
        Self { documents, slides, claims, tied, agreed, derived, untraced, ambiguous, waived, disagree }
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    confidence: &'static str,
    message: &'a str,
    location: Location<'a>,
    related: Vec<Related<'a>>,
    cause: Option<Cause<'a>>,
    help: Option<&'a str>,
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
}

impl<'a> Finding<'a> {
    fn of(finding: &'a finding::Finding, deck: &'a Deck, slides: &Slides) -> Self {
        let related = finding.related.iter().map(|side| Related {
            message: &side.message,
            location: Location::of(&deck.files, side.place, slides.at(side.place)),
        });
        Self {
            rule: finding.rule,
            severity: finding.level.name(),
            confidence: finding.confidence.name(),
            message: &finding.message,
            location: Location::of(&deck.files, finding.place, finding.slide),
            related: related.collect(),
            cause: finding.cause.as_ref().map(Cause::of),
            help: finding.help.as_deref(),
            fix: finding.fix.as_ref().map(|fix| Fix {
                location: Location::of(&deck.files, fix.place, slides.at(fix.place)),
                replacement: &fix.replacement,
                safe: fix.safe,
            }),
            fingerprint: &finding.fingerprint,
        }
    }
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Cause<'a> {
    kind: &'static str,
    detail: &'a str,
    alternatives: Vec<Alternative<'a>>,
}

impl<'a> Cause<'a> {
    fn of(cause: &'a finding::Cause) -> Self {
        let alternatives = cause.alternatives.iter().map(|(kind, detail)| Alternative { kind: kind.name(), detail });
        Self { kind: cause.kind.name(), detail: &cause.detail, alternatives: alternatives.collect() }
    }
}

#[derive(Serialize)]
struct Alternative<'a> {
    kind: &'static str,
    detail: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    location: Location<'a>,
    replacement: &'a str,
    safe: bool,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    /// The cell of a workbook, whose lines and bytes are those of the sheet's listing.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    slide: Option<usize>,
    text: &'a str,
    start: Position,
    end: Position,
}

impl<'a> Location<'a> {
    fn of(files: &'a Files, place: Place, slide: Option<usize>) -> Self {
        Self {
            path: files.get(place.file).path(),
            cell: files.cell(place),
            slide,
            text: files.slice(place),
            start: Position::of(files, place.file, place.span.start),
            end: Position::of(files, place.file, place.span.end),
        }
    }
}

#[derive(Serialize)]
struct Position {
    byte: usize,
    line: usize,
    column: usize,
}

impl Position {
    fn of(files: &Files, file: FileId, byte: usize) -> Self {
        let at = files.position(file, byte);
        Self { byte: at.byte, line: at.line, column: at.column }
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    schema: &'static str,
    claims: Vec<Claim<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_aside: Option<Vec<SetAside<'a>>>,
}

#[derive(Serialize)]
struct Claim<'a> {
    location: Location<'a>,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: String,
    qualifier: &'static str,
    metric: Option<&'a str>,
    period: Option<String>,
    scenario: Option<&'a str>,
    segment: Option<&'a str>,
    measure: &'static str,
    base: Option<String>,
    period_type: Option<&'static str>,
    status: &'static str,
    evidence: &'a [String],
}

impl<'a> Claim<'a> {
    fn of(claim: &'a claim::Claim, deck: &'a Deck) -> Self {
        let term = claim.metric.map(|metric| deck.vocabulary.term(metric));
        Self {
            location: Location::of(&deck.files, claim.place, Some(claim.slide)),
            value: claim.quantity.value.map(plain),
            low: claim.quantity.low.map(plain),
            high: claim.quantity.high.map(plain),
            unit: claim.quantity.unit.to_string(),
            qualifier: claim.quantity.qualifier.name(),
            metric: term.map(|term| term.name.as_str()),
            period: claim.period.and_then(Period::canonical),
            scenario: claim.scenario.as_deref(),
            segment: claim.segment.as_deref(),
            measure: claim.measure.name(),
            base: claim.base.as_ref().and_then(claim::Base::canonical),
            period_type: term.and_then(|term| term.period_type).map(period_type),
            status: claim.status.name(),
            evidence: &claim.evidence,
        }
    }
}

#[derive(Serialize)]
struct SetAside<'a> {
    location: Location<'a>,
    reason: &'static str,
}

#[derive(Serialize)]
struct Rules {
    schema: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Rule {
    name: &'static str,
    family: &'static str,
    level: &'static str,
    summary: String,
}

fn period_type(kind: PeriodType) -> &'static str {
    match kind {
        PeriodType::Instant => "instant",
        PeriodType::Duration => "duration",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_check_contract() {
        insta::assert_snapshot!(sample::written(|out| check(&sample::report(), out)));
    }

    #[test]
    fn the_claims_contract() {
        insta::assert_snapshot!(sample::written(|out| claims(&sample::report(), true, out)));
    }

    #[test]
    fn without_all_nothing_is_said_of_what_was_set_aside() {
        assert!(!sample::written(|out| claims(&sample::report(), false, out)).contains("set_aside"));
    }
}
