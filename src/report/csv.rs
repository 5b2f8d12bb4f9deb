//! The whole ledger as CSV (RFC 4180), for a spreadsheet: every claim, what it was taken to be and what became of it.
//!
//! Enters: a [`Report`]. Leaves: a header and one record a claim, in reading order.
//! Invariant: no cell can be taken for a formula: one that could begin a formula gets a leading apostrophe, unless it is a number.

use std::io::{self, Write};

use super::{About, Slides, on_line, plain};
use crate::Report;
use crate::check::{Verdict, Waived};
use crate::claim::Claim;
use crate::deck::Deck;
use crate::finding::Finding;
use crate::span::Place;

const HEADER: [&str; 21] = [
    "file",
    "slide",
    "line",
    "column",
    "text",
    "metric",
    "period",
    "scenario",
    "segment",
    "measure",
    "base",
    "value",
    "unit",
    "low",
    "high",
    "qualifier",
    "status",
    "source",
    "rule",
    "finding",
    "evidence",
];

/// Writes the ledger; with `all`, then the numbers that were set aside, each with the reason as its evidence.
pub fn write(report: &Report, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut records = ::csv::Writer::from_writer(out);
    records.write_record(HEADER).map_err(io_error)?;
    // The ledger tells what is so, whether it was known before or not.
    let known = report.since.iter().flat_map(|since| &since.known);
    let about = About::of(report.findings.iter().chain(known));
    let waived = About::of(report.deck.waived.iter().map(|waived| &waived.finding));
    for (at, claim) in report.deck.claims.iter().enumerate() {
        let accepted = waived.numbers(claim).into_iter().map(|at| &report.deck.waived[at]);
        let cells = record(report, at, claim, &about.claim(claim), accepted);
        records.write_record(cells.iter().map(|cell| guarded(cell))).map_err(io_error)?;
    }
    let slides = Slides::of(&report.deck);
    for (place, aside) in report.deck.asides.iter().filter(|_| all) {
        let cells = aside_record(&report.deck, *place, slides.at(*place), aside.reason());
        records.write_record(cells.iter().map(|cell| guarded(cell))).map_err(io_error)?;
    }
    records.flush()
}

/// The error of the place that is written to, as it was: a reader who has seen enough is none.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn record<'a>(
    report: &Report,
    at: usize,
    claim: &Claim,
    findings: &[&Finding],
    accepted: impl Iterator<Item = &'a Waived>,
) -> [String; 21] {
    let deck = &report.deck;
    let start = deck.files.position(claim.place.file, claim.place.span.start);
    let found = findings.iter().map(|finding| (finding.rule, finding.message.clone()));
    let accepted = accepted
        .map(|Waived { finding, reason, .. }| (finding.rule, format!("accepted ({reason}): {}", finding.message)));
    let (rules, messages): (Vec<&str>, Vec<String>) = found.chain(accepted).unzip();
    let quantity = &claim.quantity;
    let term = claim.metric.map(|metric| deck.vocabulary.term(metric));
    [
        on_line(deck.files.get(claim.place.file).path()),
        claim.slide.to_string(),
        start.line.to_string(),
        start.column.to_string(),
        on_line(deck.files.slice(claim.place)),
        on_line(term.map_or("", |term| &term.name)),
        claim.period.map(|period| period.to_string()).unwrap_or_default(),
        on_line(claim.scenario.as_deref().filter(|_| term.is_some()).unwrap_or_default()),
        on_line(claim.segment.as_deref().unwrap_or_default()),
        claim.measure.name().to_owned(),
        on_line(&claim.base.as_ref().map(ToString::to_string).unwrap_or_default()),
        quantity.value.map(plain).unwrap_or_default(),
        on_line(&quantity.unit.to_string()),
        quantity.low.map(plain).unwrap_or_default(),
        quantity.high.map(plain).unwrap_or_default(),
        quantity.qualifier.name().to_owned(),
        claim.status.name().to_owned(),
        on_line(&sources(deck, at)),
        rules.join("; "),
        on_line(&messages.join("; ")),
        on_line(&claim.evidence.join("; ")),
    ]
}

/// A number that is no claim: where it stands, and why.
fn aside_record(deck: &Deck, place: Place, slide: Option<usize>, reason: &str) -> [String; 21] {
    let start = deck.files.position(place.file, place.span.start);
    HEADER.map(|column| match column {
        "file" => on_line(deck.files.get(place.file).path()),
        "slide" => slide.map(|slide| slide.to_string()).unwrap_or_default(),
        "line" => start.line.to_string(),
        "column" => start.column.to_string(),
        "text" => on_line(deck.files.slice(place)),
        "status" => "set aside".to_owned(),
        "evidence" => reason.to_owned(),
        _ => String::new(),
    })
}

/// Where the source states what the claim was held against.
fn sources(deck: &Deck, at: usize) -> String {
    let places = match deck.verdicts.get(at) {
        Some(Verdict::Ties(truth) | Verdict::PointsOnly(truth)) => truth.places.as_slice(),
        Some(Verdict::Differs(truths)) => truths.first().map_or(&[][..], |truth| truth.places.as_slice()),
        _ => &[],
    };
    places.iter().map(|place| deck.files.shown(*place)).collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet takes for what it is (OWASP, CSV injection).
fn guarded(cell: &str) -> String {
    const OPENERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(OPENERS) && !is_number(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// `-4.2`, `+1,204`, `-3%`: what a spreadsheet reads as a number.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    /// A pipe whose reader has gone away.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_has_seen_enough_is_known_as_one() {
        let mut report = sample::report();
        // More than is held back before it is written.
        report.deck.claims = vec![report.deck.claims[0].clone(); 200];
        let error = write(&report, false, &mut Closed).expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    fn written(report: &Report) -> String {
        sample::written(|out| write(report, false, out))
    }

    #[test]
    fn every_claim_has_a_record() {
        insta::assert_snapshot!(written(&sample::report()));
    }

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+14%/+23%", "'+14%/+23%"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("-", "'-"),
            ("-4.2", "-4.2"),
            ("+1,204", "+1,204"),
            ("-3%", "-3%"),
            ("$42.3M", "$42.3M"),
        ] {
            assert_eq!(guarded(cell), expected, "{cell}");
        }
    }

    #[test]
    fn hostile_text_stays_in_its_cell() {
        let mut report = sample::hostile_report();
        report.deck.claims[0].segment = Some(format!("={}", sample::HOSTILE));
        let text = written(&report);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("records of one length");
        assert_eq!((records.len(), text.lines().count()), (3, 4));
        assert!(records[0].iter().all(|cell| !cell.starts_with(['=', '@']) && !cell.contains('\u{1b}')), "{text}");
        assert!(records[0][8].starts_with("'=<script>"), "{text}");
    }

    #[test]
    fn numbers_set_aside_are_listed_on_request() {
        let report = sample::report();
        let listed = sample::written(|out| write(&report, true, out));
        let aside = listed.strip_prefix(&written(&report)).expect("the ledger comes first");
        assert_eq!(aside, "slides.md,1,3,12,v4.2,,,,,,,,,,,,set aside,,,,a version\n");
    }
}
