//! SARIF 2.1.0, for code scanning and for viewers in editors.
//!
//! Enters: a [`Report`]. Leaves: one log with one run: the rules with their manual pages, and a result a finding.
//! Invariant: the log is valid against the schema of the standard (held in `testdata/schemas`), whatever the deck contains.
//!
//! What somebody accepted, and what a baseline knows, has a log of its own, [`write_all`]: the standard has words for both (`suppressions`,
//! `baselineState`), but GitHub's code scanning reads neither and would open an alert for every one of them.
//!
//! Columns are in units of UTF-16, and the log says so; URIs are relative to the root of the repository and percent-encoded (RFC 3986).
//! A place in a workbook has no region: its cell is a logical location.

mod model;

use std::io::{self, Write};

use model::{
    Artifact, Change, Configuration, Content, Descriptor, Driver, Fingerprints, Fix, Help, Invocation, Location, Log,
    Logical, Message, Outcome, Physical, Properties, Region, Replacement, Run, Suppression, Tags, Tool,
};

use super::format::Reader;
use super::{Slides, cause, visible};
use crate::Report;
use crate::check::Waived;
use crate::deck::Deck;
use crate::finding::{self, Finding, Level};
use crate::rules::{self, RULES, Rule};
use crate::span::Place;

/// Longest stretch of a file that a result quotes, in bytes: a finding may be about a whole block.
const LONGEST_SNIPPET: usize = 500;

/// Writes the log of what is to be done: neither what somebody accepted nor what a baseline knows is in it.
pub fn write(report: &Report, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { report, slides: Slides::of(&report.deck), reader };
    write_log(report.findings.iter().map(|finding| page.outcome(finding)).collect(), out)
}

/// Writes the log of everything: what somebody accepted, with the reason, and what a baseline knows stand in it and are marked.
pub fn write_all(report: &Report, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { report, slides: Slides::of(&report.deck), reader };
    let known = report.since.iter().flat_map(|since| &since.known);
    let known = known.map(|finding| Outcome { baseline_state: Some("unchanged"), ..page.outcome(finding) });
    let open = report.findings.iter().map(|finding| page.outcome(finding)).chain(known);
    // Either every result of a run says whether it is suppressed or none does (SARIF 2.1.0, section 3.27.23).
    let open = open.map(|outcome| Outcome { suppressions: Some(Vec::new()), ..outcome });
    let accepted = report.deck.waived.iter().map(|waived| page.accepted(waived));
    write_log(open.chain(accepted).collect(), out)
}

fn write_log(results: Vec<Outcome<'_>>, out: &mut dyn Write) -> io::Result<()> {
    let driver = Driver {
        name: "tieout",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: "https://github.com/tieout/tieout",
        rules: RULES.iter().map(|rule| descriptor(*rule)).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            invocations: [Invocation { execution_successful: true }],
            column_kind: "utf16CodeUnits",
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn descriptor(rule: &dyn Rule) -> Descriptor {
    let manual = rules::manual(rule);
    Descriptor {
        id: rule.name(),
        short_description: Message { text: rules::summary(rule) },
        full_description: Message { text: paragraph(&manual) },
        default_configuration: Configuration { enabled: rule.level() > Level::Off, level: level(rule.level()) },
        properties: Tags { tags: [rule.family().name()] },
        help: Help { text: manual.clone(), markdown: manual },
    }
}

/// The paragraph after the one that is the summary, as one line; the summary where the page has no other.
fn paragraph(manual: &str) -> String {
    let mut paragraphs = manual.trim().split("\n\n");
    let summary = paragraphs.next().unwrap_or_default();
    paragraphs.next().unwrap_or(summary).replace('\n', " ")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Off => "none",
    }
}

/// Plain text of a message. SARIF lets a message hold links, `[text](target)`; a deck's text is to make none.
fn message(text: &str) -> Message {
    Message { text: visible(text).replace("](", "] (") }
}

/// What places are turned into locations with.
struct Page<'a> {
    report: &'a Report,
    slides: Slides,
    reader: &'a Reader,
}

impl<'a> Page<'a> {
    fn deck(&self) -> &'a Deck {
        &self.report.deck
    }

    /// A finding that no baseline knows and nobody accepted.
    fn outcome(&self, finding: &'a Finding) -> Outcome<'a> {
        let mut said = vec![finding.message.clone()];
        said.extend(cause(finding));
        said.extend(finding.help.as_deref().map(|help| format!("help: {help}")));
        let said: Vec<String> = said.iter().map(|text| message(text).text).collect();
        let related = finding.related.iter().zip(1..).map(|(side, id)| {
            let location = self.location(side.place, self.slides.at(side.place));
            Location { id: Some(id), message: Some(message(&side.message)), ..location }
        });
        Outcome {
            rule_id: finding.rule,
            rule_index: RULES.iter().position(|rule| rule.name() == finding.rule),
            level: level(finding.level),
            message: Message { text: said.join("\n") },
            locations: [self.location(finding.place, finding.slide)],
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints { finding: &finding.fingerprint, line: &finding.fingerprint },
            fixes: finding.fix.iter().map(|fix| self.fix(fix)).collect(),
            suppressions: None,
            baseline_state: self.report.since.as_ref().map(|_| "new"),
            properties: Properties {
                confidence: finding.confidence.name(),
                cause: finding.cause.as_ref().map(|cause| cause.kind.name()),
            },
        }
    }

    /// A finding that a human accepted: in the deck's own text, or in a file beside it (`tieout.yaml`, a metric file's `accept:`).
    fn accepted(&self, Waived { finding, reason, by }: &'a Waived) -> Outcome<'a> {
        let in_source = self.deck().documents.iter().any(|document| document.file == by.file);
        let mut location = self.location(*by, self.slides.at(*by));
        // What is written there is the justification.
        location.physical_location.region.iter_mut().for_each(|region| region.snippet = None);
        let suppression = Suppression {
            kind: if in_source { "inSource" } else { "external" },
            status: "accepted",
            justification: message(reason).text,
            location,
        };
        // What somebody accepted is never held against the baseline, and need not be new.
        Outcome { suppressions: Some(vec![suppression]), baseline_state: None, ..self.outcome(finding) }
    }

    fn location(&self, place: Place, slide: Option<usize>) -> Location<'a> {
        let cell = self.deck().files.cell(place);
        let region = cell.is_none().then(|| {
            let text = self.deck().files.slice(place);
            let snippet = (!text.is_empty() && text.len() <= LONGEST_SNIPPET).then_some(Content { text });
            Region { snippet, ..self.region(place) }
        });
        let cell = cell.map(|name| Logical { name, kind: "cell" });
        let slide = slide.map(|slide| Logical { name: format!("slide {slide}"), kind: "slide" });
        Location {
            id: None,
            message: None,
            physical_location: Physical { artifact_location: self.artifact(place), region },
            logical_locations: cell.into_iter().chain(slide).collect(),
        }
    }

    fn region(&self, place: Place) -> Region<'a> {
        let start = self.deck().files.position_in_utf16(place.file, place.span.start);
        let end = self.deck().files.position_in_utf16(place.file, place.span.end);
        Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_offset: start.byte,
            byte_length: end.byte.saturating_sub(start.byte),
            snippet: None,
        }
    }

    fn fix(&self, fix: &'a finding::Fix) -> Fix<'a> {
        let what = format!("write {} instead of {}", fix.replacement, self.deck().files.slice(fix.place));
        let replacement = Replacement {
            deleted_region: self.region(fix.place),
            inserted_content: Content { text: &fix.replacement },
        };
        Fix {
            description: message(&what),
            artifact_changes: [Change { artifact_location: self.artifact(fix.place), replacements: [replacement] }],
        }
    }

    fn artifact(&self, place: Place) -> Artifact {
        let path = self.deck().files.get(place.file).path();
        Artifact { uri: uri(&self.reader.at_root(path)) }
    }
}

/// A path as a relative URI reference: what is not unreserved is percent-encoded, byte by byte (RFC 3986, sections 2.1 and 4.2).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::Since;
    use crate::finding::Fix;
    use crate::report::sample;
    use crate::span::Files;
    use serde_json::{Value, json};

    /// The log of what is to be done, which must be valid.
    fn log(report: &Report) -> Value {
        valid(&sample::written(|out| write(report, &Reader::default(), out)))
    }

    fn valid(log: &str) -> Value {
        let log: Value = serde_json::from_str(log).expect("JSON");
        let schema = include_str!("../../testdata/schemas/sarif-schema-2.1.0.json");
        // The published pattern of language codes has a bracket too many, which is no regular expression everywhere.
        let schema = schema.replace("{2}]?$", "{2}$");
        let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is one");
        let faults: Vec<String> =
            validator.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        log
    }

    #[test]
    fn a_finding_is_a_result_with_both_sides() {
        let mut report = sample::report();
        let place = report.findings[0].place;
        report.findings[0].fix = Some(Fix { place, replacement: "$41.3M".to_owned(), safe: true });
        let mut log = log(&report);
        let rules = log["runs"][0]["tool"]["driver"]["rules"].clone();
        for result in log["runs"][0]["results"].as_array_mut().expect("results") {
            // Its index changes with every rule that is added; what it leads to does not.
            let index = result.as_object_mut().and_then(|result| result.remove("ruleIndex"));
            let at = index.and_then(|index| usize::try_from(index.as_u64()?).ok()).expect("an index");
            assert_eq!(rules[at]["id"], result["ruleId"]);
        }
        insta::assert_snapshot!(serde_json::to_string_pretty(&log["runs"][0]["results"]).expect("JSON"));
    }

    #[test]
    fn every_rule_has_its_manual() {
        let log = log(&sample::clean_report());
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), RULES.len());
        let of = |name: &str| rules.iter().find(|rule| rule["id"] == name).expect("a rule");
        assert!(of("value-mismatch")["help"]["markdown"].as_str().is_some_and(|text| text.contains("```deck")));
        assert_eq!(of("untraced-claim")["defaultConfiguration"]["enabled"], false);
    }

    #[test]
    fn hostile_text_makes_no_link_and_no_broken_uri() {
        let log = log(&sample::hostile_report());
        let result = &log["runs"][0]["results"][0];
        let text = result["message"]["text"].as_str().expect("text");
        assert!(!text.contains("](") && !text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.starts_with("sl%3Aides%2C%2525%3Cscript%3E"), "{uri}");
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
    }

    #[test]
    fn what_was_accepted_or_is_known_stands_in_the_log_of_everything_alone() {
        let mut report = sample::report();
        let [value, growth] = [report.findings[0].clone(), report.findings[1].clone()];
        let accepted = |finding: &Finding, reason: &str, file, text| Waived {
            finding: finding.clone(),
            reason: reason.to_owned(),
            by: sample::place(&report.deck.files, file, text),
        };
        report.deck.waived = vec![
            accepted(&value, "preliminary [close](x)", "slides.md", "About"),
            accepted(&value, "restated", "metrics.yaml", "metrics"),
        ];
        report.findings = vec![value];
        report.since = Some(Since { known: vec![growth], gone: Vec::new() });
        let told = |log: &Value| -> Vec<[Value; 3]> {
            let results = log["runs"][0]["results"].as_array().expect("results");
            let of = |result: &Value, key: &str| result.get(key).cloned().unwrap_or_default();
            results
                .iter()
                .map(|result| ["ruleId", "baselineState", "suppressions"].map(|key| of(result, key)))
                .collect()
        };
        assert_eq!(told(&log(&report)), [[json!("value-mismatch"), json!("new"), Value::Null]]);

        let all = valid(&sample::written(|out| write_all(&report, &Reader::default(), out)));
        let told = told(&all);
        let states: Vec<_> = told.iter().map(|[rule, state, _]| (rule.as_str(), state.as_str())).collect();
        let [value, growth] = ["value-mismatch", "change-mismatch"].map(Some);
        let [new, unchanged] = ["new", "unchanged"].map(Some);
        // What is accepted is not held against the baseline: whether it is new nobody knows.
        assert_eq!(states, [(value, new), (growth, unchanged), (value, None), (value, None)]);
        let suppressed: Vec<_> = told.iter().map(|[.., suppressions]| suppressions).collect();
        assert_eq!(suppressed[..2], [&json!([]), &json!([])], "none is told from nothing known");
        let [here, beside] = [&suppressed[2][0], &suppressed[3][0]];
        assert_eq!((&here["kind"], &here["justification"]), (&json!("inSource"), &json!("preliminary [close] (x)")));
        assert_eq!(here["location"]["physicalLocation"]["artifactLocation"]["uri"], "slides.md");
        assert_eq!((&beside["kind"], &beside["status"]), (&json!("external"), &json!("accepted")));
    }

    #[test]
    fn columns_are_in_utf_16() {
        let mut report = sample::report();
        let mut files = Files::default();
        files.add("metrics.yaml", "");
        let file = files.add("slides.md", "😀 $42.3M");
        report.deck.files = files;
        report.findings.truncate(1);
        report.findings[0].place = Place { file, span: crate::span::Span::new(5, 11) };
        report.findings[0].related.clear();
        let region = &log(&report)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let number = |key: &str| region[key].as_u64().expect("a number");
        assert_eq!((number("startColumn"), number("endColumn")), (4, 10));
        assert_eq!((number("byteOffset"), number("byteLength")), (5, 6));
    }

    #[test]
    fn uris_are_encoded() {
        assert_eq!(uri("décks/Q3 100%#1.md"), "d%C3%A9cks/Q3%20100%25%231.md");
    }
}
