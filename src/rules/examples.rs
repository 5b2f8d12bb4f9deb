//! Executes the examples of the manual pages.
//!
//! Enters: the fenced blocks of a rule's `//!` comment. Leaves: a failing test where the page and the rule drift apart.
//! Invariant: every rule has an example that it fires on and one that it is quiet about, and the findings listed are all there are.
//!
//! | fence | holds |
//! | --- | --- |
//! | `deck` | a document of the deck, `slides.md`; `deck NAME` another one, in the same example when it follows a named one |
//! | `quiet-deck` | the same, of an example in which nothing is found |
//! | `appendix` | `appendix.md` of the example above it |
//! | `metrics` | `metrics.yaml`; `metrics NAME` another source. `version: 1` may be left out. A quiet example without any has that of the example before |
//! | `config` | `tieout.yaml` |
//! | `finding` | ends an example: each line is `rule at text`, with `: cause` where there is one, in order of place |

use crate::check;
use crate::config::Config;
use crate::deck::Deck;
use crate::document::{Document, Role};
use crate::finding::{Finding, Level};
use crate::read::{markdown, yaml};
use crate::rules::{self, RULES, Rule};
use crate::source;
use crate::span::Files;
use crate::words::on_one_line;

/// The files of a deck that never was on disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Binder {
    documents: Vec<(String, String)>,
    sources: Vec<(String, String)>,
    config: String,
}

impl Binder {
    /// A deck of one Markdown document.
    pub(crate) fn of(text: &str) -> Self {
        Self::named("slides.md", text)
    }

    /// A deck of one document, whose name says how it is written.
    pub(crate) fn named(name: &str, text: &str) -> Self {
        Self { documents: vec![(name.to_owned(), text.to_owned())], ..Self::default() }
    }

    /// The same with another Markdown document.
    pub(crate) fn and(mut self, name: &str, text: &str) -> Self {
        self.documents.push((name.to_owned(), text.to_owned()));
        self
    }

    /// The same with a source.
    pub(crate) fn with_source(mut self, name: &str, text: &str) -> Self {
        self.sources.push((name.to_owned(), text.to_owned()));
        self
    }

    /// With a configuration.
    pub(crate) fn with_config(mut self, text: &str) -> Self {
        text.clone_into(&mut self.config);
        self
    }

    /// The deck, read and bound.
    pub(crate) fn bound(&self) -> Deck {
        let mut files = Files::default();
        let config = files.add("tieout.yaml", self.config.as_str());
        let config = Config::parse(config, &self.config, &rules::known()).expect("a configuration");
        let add = |files: &mut Files, (name, text): &(String, String)| files.add(name.as_str(), text.as_str());
        let sources: Vec<_> = self.sources.iter().map(|source| add(&mut files, source)).collect();
        let source = source::load(&files, &sources).expect("metric files");
        let documents: Vec<Document> = self
            .documents
            .iter()
            .map(|document| {
                let file = add(&mut files, document);
                let (name, text) = document;
                let role = if name.starts_with("appendix") { Role::Appendix } else { Role::Slides };
                let yaml = name.ends_with(".yaml");
                if yaml { yaml::read(file, text, role).expect("YAML") } else { markdown::read(file, text, role) }
            })
            .collect();
        crate::bind::bind(files, documents, source, config)
    }

    /// What is found in the deck, in order: `rule at text: cause`.
    fn said(&self) -> Vec<String> {
        let mut deck = self.bound();
        let mut findings = check::check(&mut deck);
        findings.retain(|finding| finding.level >= Level::Info);
        findings.iter().map(|finding| format!("{} at {}", finding.rule, brief(&deck, finding))).collect()
    }
}

/// Asserts that a rule is silent about texts that stand alone in a deck.
pub(crate) fn assert_silent(rule: &dyn Rule, texts: &[&str]) {
    let found: Vec<_> = texts.iter().filter(|text| !found_alone(rule, text).is_empty()).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Asserts that a rule is silent about texts as they stand, and finds exactly the one number of each that is then replaced: the text, the
/// number, and what stands there instead.
pub(crate) fn assert_found_when_replaced(rule: &dyn Rule, rows: &[(&str, &str, &str)]) {
    for (text, number, other) in rows {
        assert_eq!(found_alone(rule, text), [] as [String; 0], "{text}");
        let text = text.replacen(number, other, 1);
        let found = found_alone(rule, &text);
        assert_eq!(found.iter().map(|number| number.trim_start_matches('~')).collect::<Vec<_>>(), [*other], "{text}");
    }
}

/// What a rule finds in a text that stands alone in a deck.
fn found_alone(rule: &dyn Rule, text: &str) -> Vec<String> {
    let deck = Binder::of(&format!("# Review\n\n{text}\n")).bound();
    let mut findings = Vec::new();
    rule.check(&deck, &mut findings);
    findings.iter().map(|found| deck.files.slice(found.place).trim().to_owned()).collect()
}

/// `text: cause`, or only the text of a finding that has none.
pub(crate) fn brief(deck: &Deck, finding: &Finding) -> String {
    let text = on_one_line(deck.files.slice(finding.place));
    match &finding.cause {
        Some(cause) => format!("{text}: {}", cause.kind.name()),
        None => text,
    }
}

/// An example of a manual page.
#[derive(Debug, Default)]
struct Example {
    binder: Binder,
    quiet: bool,
    expected: Vec<String>,
}

/// The examples of a manual page, in order.
fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut ended = true;
    for (fence, text) in fences(page) {
        let (kind, name) = fence.split_once(' ').unwrap_or((fence.as_str(), ""));
        match kind {
            "deck" | "quiet-deck" => {
                let quiet = kind == "quiet-deck";
                let goes_on = !ended
                    && !name.is_empty()
                    && found.last().is_some_and(|last| {
                        last.quiet == quiet && last.binder.documents.iter().all(|(other, _)| other != name)
                    });
                if !goes_on {
                    let before = found.last().filter(|_| quiet).map(|last| last.binder.sources.clone());
                    let binder = Binder { sources: before.unwrap_or_default(), ..Binder::default() };
                    found.push(Example { binder, quiet, expected: Vec::new() });
                }
                ended = false;
                let name = if name.is_empty() { "slides.md" } else { name };
                last(&mut found).binder.documents.push((name.to_owned(), text));
            }
            "appendix" => last(&mut found).binder.documents.push(("appendix.md".to_owned(), text)),
            "metrics" => {
                let example = last(&mut found);
                let name = if name.is_empty() { "metrics.yaml" } else { name };
                example.binder.sources.retain(|(other, _)| other != name);
                let versioned = text.contains("version:") || name.ends_with(".csv");
                let text = if versioned { text } else { format!("version: 1\n{text}") };
                example.binder.sources.push((name.to_owned(), text));
            }
            "config" => last(&mut found).binder.config = text,
            "finding" => {
                last(&mut found).expected = text.lines().map(str::to_owned).collect();
                ended = true;
            }
            _ => {}
        }
    }
    found
}

fn last(found: &mut [Example]) -> &mut Example {
    found.last_mut().expect("a deck before what belongs to it")
}

/// The fenced blocks of a page: what is written behind the fence, and the text. A fence ends with as many ticks as it began with.
fn fences(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    for line in page.lines() {
        let said = line.trim_start_matches('`');
        let ticks = line.len() - said.len();
        match &mut open {
            None if ticks >= 3 => open = Some((ticks, said.trim().to_owned(), String::new())),
            None => {}
            Some((opened, ..)) if *opened == ticks && said.is_empty() => {
                found.extend(open.take().map(|(_, fence, text)| (fence, text)));
            }
            Some((.., text)) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    found
}

/// What is wrong with the manual page of a rule.
fn drift(rule: &dyn Rule) -> Vec<String> {
    let name = rule.name();
    let mut wrong = Vec::new();
    let examples = examples(&rules::manual(rule));
    let fires =
        |example: &Example| example.expected.iter().any(|line| line.split(' ').next().is_some_and(|rule| rule == name));
    if !examples.iter().any(fires) {
        wrong.push(format!("{name}: no example that it fires on"));
    }
    if !examples.iter().any(|example| example.quiet) {
        wrong.push(format!("{name}: no example that it is quiet about"));
    }
    for example in examples {
        let said = example.binder.said();
        if said != example.expected {
            let deck: Vec<_> = example.binder.documents.iter().map(|(_, text)| text.as_str()).collect();
            wrong.push(format!("{name}: said {said:#?}\nnot {:#?}\nof\n{}", example.expected, deck.join("\n---\n")));
        }
    }
    wrong
}

#[test]
fn the_manual_pages_are_true() {
    let wrong: Vec<String> = RULES.iter().flat_map(|rule| drift(*rule)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn examples_are_taken_apart() {
    let page = "\
```deck a.md\nA\n```\n```deck b.md\nB\n```\n```metrics\nmetrics: []\n```\n```finding\nx at y: z\n```\n\
```quiet-deck\nC\n```\n```appendix\nD\n```\n";
    let shown: Vec<String> = examples(page)
        .iter()
        .map(|example| {
            let names: Vec<_> = example.binder.documents.iter().map(|(name, _)| name.as_str()).collect();
            format!("{} {} {:?} {}", names.join("+"), example.binder.sources.len(), example.expected, example.quiet)
        })
        .collect();
    assert_eq!(shown, ["a.md+b.md 1 [\"x at y: z\"] false", "slides.md+appendix.md 1 [] true"]);
}
