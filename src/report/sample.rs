//! A small checked deck, made by hand, that the tests of every format render, and what they render it into.

use std::io::{self, Write};

use rust_decimal::Decimal;

use crate::Report;
use crate::claim::{Base, Claim, Measure, Status};
use crate::config::Config;
use crate::deck::Deck;
use crate::document::{Block, BlockKind, Flow, Role};
use crate::extract::Aside;
use crate::finding::{Cause, CauseKind, Confidence, Finding, Level, Related};
use crate::period::{Calendar, Period};
use crate::quantity::{Qualifier, Quantity, Sign, Unit};
use crate::read;
use crate::source::{Metric, PeriodType, SourceOfTruth};
use crate::span::{Files, Place, Span};
use crate::vocabulary::Vocabulary;

const SLIDES: &str = "# Third quarter\n\nBuilt with v4.2 of the model.\n\n---\n\n# Recurring revenue\n\n\
    ARR closed at **$42.3M**, up 9% on the year.\n\nAbout $4–5M is at risk.\n";

const METRICS: &str = "version: 1\nmetrics:\n  - name: arr\n    values:\n      FY2025-Q3: 41_318_204\n";

/// The bytes of a report.
pub(crate) fn bytes(report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    report(&mut bytes).expect("a vector takes every byte");
    bytes
}

/// The text of a report, for the forms that are text.
pub(crate) fn written(report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    String::from_utf8(bytes(report)).expect("UTF-8")
}

/// The first place of a text in a file.
pub(crate) fn place(files: &Files, path: &str, text: &str) -> Place {
    let (file, content) = files.iter().find(|(_, file)| file.path() == path).expect("a file of the sample");
    let start = content.text().find(text).expect("a text of the sample");
    Place { file, span: Span::new(start, start + text.len()) }
}

fn amount(value: &str) -> Decimal {
    value.parse().expect("a decimal")
}

fn quantity(value: Option<&str>, low: &str, high: &str, unit: Unit, qualifier: Qualifier) -> Quantity {
    Quantity {
        value: value.map(amount),
        resolution: Decimal::ONE,
        low: Some(amount(low)),
        high: Some(amount(high)),
        unit,
        noun: None,
        qualifier,
        sign: Sign::None,
        scale: Decimal::ONE,
        scaled: false,
        in_words: false,
    }
}

fn source(files: &Files) -> SourceOfTruth {
    let arr = Metric {
        name: "arr".to_owned(),
        place: place(files, "metrics.yaml", "arr"),
        label: "ARR".to_owned(),
        synonyms: Vec::new(),
        not: Vec::new(),
        description: None,
        unit: Some(Unit::Currency("USD".to_owned())),
        period_type: Some(PeriodType::Instant),
        better: None,
        owner: None,
        source: None,
        formula: None,
        truncate: false,
    };
    SourceOfTruth { metrics: vec![arr], ..SourceOfTruth::default() }
}

fn document(files: &Files) -> crate::document::Document {
    let file = place(files, "slides.md", "#").file;
    let block = |slide, text: &str| {
        let span = place(files, "slides.md", text).span;
        let kind = BlockKind::Paragraph(Flow::verbatim(text, span.start));
        Block { slide, role: Role::Slides, heading: None, lead: None, kind, span }
    };
    crate::document::Document {
        slides: 2,
        blocks: vec![block(1, "# Third quarter"), block(2, "# Recurring revenue"), block(2, "ARR closed")],
        ..read::empty(file, Role::Slides)
    }
}

fn claims(files: &Files, vocabulary: &Vocabulary) -> Vec<Claim> {
    let usd = || Unit::Currency("USD".to_owned());
    let arr = Claim {
        place: place(files, "slides.md", "$42.3M"),
        document: 0,
        block: 2,
        slide: 2,
        cell: None,
        quantity: quantity(Some("42300000"), "42250000", "42350000", usd(), Qualifier::Exact),
        metric: Some(vocabulary.of_source(0)),
        period: Some(Period::Quarter(2025, 3)),
        scenario: Some("actual".to_owned()),
        segment: None,
        measure: Measure::Level,
        base: None,
        direction: None,
        mover: None,
        operands: [None, None],
        sentence: None,
        blocked: false,
        loose: false,
        plain: true,
        evidence: vec!["alias ARR in the same clause".to_owned()],
        confidence: Confidence::High,
        status: Status::Disagrees,
    };
    let growth = Claim {
        place: place(files, "slides.md", "9%"),
        quantity: quantity(Some("9"), "8.5", "9.5", Unit::Percent, Qualifier::Exact),
        measure: Measure::Growth,
        base: Some(Base::Period(Period::Quarter(2024, 3))),
        status: Status::Derived,
        ..arr.clone()
    };
    let unbound = Claim {
        place: place(files, "slides.md", "$4–5M"),
        quantity: quantity(None, "4000000", "5000000", usd(), Qualifier::Range),
        metric: None,
        period: None,
        scenario: None,
        evidence: Vec::new(),
        status: Status::Untraced,
        ..arr.clone()
    };
    vec![arr, growth, unbound]
}

fn findings(files: &Files) -> Vec<Finding> {
    let arr = Finding {
        rule: "value-mismatch",
        level: Level::Error,
        confidence: Confidence::High,
        message: "ARR for FY2025-Q3 is $42.3M on slide 2 and 41,318,204 in the source: they disagree".to_owned(),
        place: place(files, "slides.md", "$42.3M"),
        slide: Some(2),
        related: vec![Related {
            message: "source of truth".to_owned(),
            place: place(files, "metrics.yaml", "41_318_204"),
        }],
        cause: Some(Cause {
            kind: CauseKind::DigitTypo,
            detail: "one digit differs from $41.3M".to_owned(),
            alternatives: vec![(CauseKind::WrongScenario, "equals plan".to_owned())],
        }),
        help: Some("write $41.3M, or correct the source".to_owned()),
        fix: None,
        correction: None,
        fingerprint: "3f0c".to_owned(),
    };
    let growth = Finding {
        rule: "change-mismatch",
        level: Level::Warning,
        confidence: Confidence::Medium,
        message: "growth of 9% disagrees with its operands".to_owned(),
        place: place(files, "slides.md", "9%"),
        related: vec![Related { message: "the later figure".to_owned(), place: arr.place }],
        cause: None,
        help: None,
        ..arr.clone()
    };
    vec![arr, growth]
}

/// The deck with its findings.
pub(crate) fn report() -> Report {
    let mut files = Files::default();
    files.add("metrics.yaml", METRICS);
    files.add("slides.md", SLIDES);
    let source = source(&files);
    let vocabulary = Vocabulary::from_source(&source);
    let findings = findings(&files);
    let deck = Deck {
        config: Config::default(),
        documents: vec![document(&files)],
        mentions: Vec::new(),
        grids: Vec::new(),
        calendar: Calendar::default(),
        times: Vec::new(),
        claims: claims(&files, &vocabulary),
        told: Default::default(),
        verdicts: Vec::new(),
        waivers: Vec::new(),
        waived: Vec::new(),
        asides: vec![(place(&files, "slides.md", "v4.2"), Aside::Version)],
        source: source.into(),
        facts: Default::default(),
        statements: Default::default(),
        vocabulary,
        files,
    };
    Report::new(deck, findings)
}

/// What somebody who means harm might write into a deck and its file names, for every format to show and none to act on.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script> [x](https://evil.example) @team #12 `a|b` =cmd()|'/c'!A1 \u{1b}[31m\u{202e}\u{0}\r\n::error::y";

/// The deck, with hostile text wherever a file could put it.
pub(crate) fn hostile_report() -> Report {
    let mut report = report();
    let mut files = Files::default();
    files.add(format!("met\nrics{HOSTILE}.yaml"), METRICS);
    files.add(format!("sl:ides,%25{HOSTILE}.md"), SLIDES.replace("**$42.3M**", &format!("**$42.3M**{HOSTILE}")));
    report.deck.files = files;
    for finding in &mut report.findings {
        finding.message = format!("{HOSTILE} is $42.3M here");
        finding.help = Some(HOSTILE.to_owned());
        finding.cause =
            Some(Cause { kind: CauseKind::StalePeriod, detail: HOSTILE.to_owned(), alternatives: Vec::new() });
        for related in &mut finding.related {
            related.message = HOSTILE.to_owned();
        }
    }
    // The number's own text is hostile too.
    let place = &mut report.deck.claims[0].place;
    place.span.end += HOSTILE.len();
    for claim in &mut report.deck.claims {
        claim.segment = Some(HOSTILE.to_owned());
    }
    report
}

/// The same deck when everything ties.
pub(crate) fn clean_report() -> Report {
    let mut report = report();
    report.findings.clear();
    for (claim, status) in report.deck.claims.iter_mut().zip([Status::Tied, Status::Agreed, Status::Derived]) {
        claim.status = status;
    }
    report
}
