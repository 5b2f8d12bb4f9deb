//! SARIF 2.1.0, for code scanning and for viewers in editors.
//!
//! Enters: a [`Report`]. Leaves: one log with one run: the rules with their manual pages, and a result a finding.
//! Invariant: the log is valid against the schema of the standard (held in `testdata/schemas`), whatever the deck contains.
//!
//! Columns are in units of UTF-16, and the log says so; URIs are relative to the root of the repository and percent-encoded (RFC 3986).
//! A place in a workbook has no region: its cell is a logical location.

mod model;

use std::io::{self, Write};

use model::{
    Artifact, Change, Configuration, Content, Descriptor, Driver, Fingerprints, Fix, Help, Invocation, Location, Log,
    Logical, Message, Outcome, Physical, Properties, Region, Replacement, Run, Tags, Tool,
};

use super::format::Reader;
use super::{Slides, cause, visible};
use crate::Report;
use crate::deck::Deck;
use crate::finding::{self, Finding, Level};
use crate::rules::{self, RULES, Rule};
use crate::span::Place;

/// Longest stretch of a file that a result quotes, in bytes: a finding may be about a whole block.
const LONGEST_SNIPPET: usize = 500;

/// Writes the log.
pub fn write(report: &Report, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { deck: &report.deck, slides: Slides::of(&report.deck), reader };
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
            results: report.findings.iter().map(|finding| page.outcome(finding)).collect(),
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
    deck: &'a Deck,
    slides: Slides,
    reader: &'a Reader,
}

impl<'a> Page<'a> {
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
            properties: Properties {
                confidence: finding.confidence.name(),
                cause: finding.cause.as_ref().map(|cause| cause.kind.name()),
            },
        }
    }

    fn location(&self, place: Place, slide: Option<usize>) -> Location<'a> {
        let cell = self.deck.files.cell(place);
        let region = cell.is_none().then(|| {
            let text = self.deck.files.slice(place);
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
        let start = self.deck.files.position_in_utf16(place.file, place.span.start);
        let end = self.deck.files.position_in_utf16(place.file, place.span.end);
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
        let what = format!("write {} instead of {}", fix.replacement, self.deck.files.slice(fix.place));
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
        let path = self.deck.files.get(place.file).path();
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
    use crate::finding::Fix;
    use crate::report::sample;
    use crate::span::Files;
    use serde_json::Value;

    /// The log of a report, which must be valid.
    fn log(report: &Report) -> Value {
        let log = sample::written(|out| write(report, &Reader::default(), out));
        let log: Value = serde_json::from_str(&log).expect("JSON");
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
