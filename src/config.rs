//! `tieout.yaml`: what a deck repository settles once.
//!
//! Enters: the file, found by walking up from the paths given. Leaves: a [`Config`], every key checked.
//! Invariant: an unknown key is an error with a suggestion, never ignored.

pub(crate) mod anchor;
pub(crate) mod declared;
mod level;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use self::anchor::Anchor;
pub use self::level::Selection;
use crate::document::Role;
use crate::error::Failure;
use crate::finding::Level;
use crate::node::decode::Decoder;
use crate::node::{Node, Value};
use crate::period::{Calendar, Period};
use crate::source::{Layout, Located, TableSettings};
use crate::span::FileId;

/// The settings of a run.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Reporting period of documents that state none.
    pub period: Option<Period>,
    /// The fiscal calendar.
    pub calendar: Option<Calendar>,
    /// Settings by document path.
    pub documents: Vec<DocumentSettings>,
    /// Metric files.
    pub sources: Vec<SourceEntry>,
    /// Whether the first source to state a fact settles it.
    pub first_source_wins: bool,
    /// Level by rule name.
    pub rules: BTreeMap<String, Level>,
    /// Which rules this run is about.
    pub selection: Selection,
    /// Accepted findings.
    pub waivers: Vec<ConfigWaiver>,
    /// Where the paths in it start from.
    pub anchor: Anchor,
}

/// What configuration says of one document.
#[derive(Clone, Debug)]
pub struct DocumentSettings {
    /// Path relative to the configuration file; `*` and `?` match within it.
    pub path: Located<String>,
    /// Its role.
    pub role: Option<Role>,
    /// Its reporting period.
    pub period: Option<Period>,
    /// Level by rule name, for findings in it.
    pub rules: BTreeMap<String, Level>,
}

/// A metric file that the configuration names.
#[derive(Clone, Debug)]
pub struct SourceEntry {
    /// Path relative to the configuration file.
    pub path: Located<String>,
    /// What is settled about its table.
    pub table: TableSettings,
}

/// A finding that a human accepted.
#[derive(Clone, Debug)]
pub struct ConfigWaiver {
    /// Which rule.
    pub rule: String,
    /// In which document.
    pub path: Option<String>,
    /// At which number, as written.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
    /// Whether the path names a file that is no longer there; known once the folder of the configuration is.
    pub gone: bool,
    /// Where the waiver stands.
    pub place: crate::span::Place,
}

const LEVELS: &[(&str, Level)] =
    &[("error", Level::Error), ("warning", Level::Warning), ("info", Level::Info), ("off", Level::Off)];

const ROLES: &[(&str, Role)] = &[("slides", Role::Slides), ("appendix", Role::Appendix), ("notes", Role::Notes)];

const LAYOUTS: &[(&str, Layout)] = &[("long", Layout::Long), ("wide", Layout::Wide)];

/// Whether the decimal mark is a comma.
const DECIMALS: &[(&str, bool)] = &[(".", false), (",", true), ("point", false), ("comma", true)];

const DELIMITERS: &[(&str, u8)] =
    &[(",", b','), (";", b';'), ("|", b'|'), ("tab", b'\t'), ("comma", b','), ("semicolon", b';'), ("bar", b'|')];

impl Config {
    /// Reads `tieout.yaml`. `rules` are the names of all rules; every mistake of the file is told at once.
    pub fn parse(file: FileId, text: &str, rules: &[&str]) -> Result<Self, Vec<Failure>> {
        let mut decoder = Decoder::new(file, text);
        let mut config = Self::default();
        let Some(root) = decoder.root() else { return decoder.finish(config) };
        for (key, value) in decoder.settings(&root, "tieout.yaml", &declared::CONFIG) {
            // A key that was left empty says nothing, as in the file that `init` writes.
            if value.is_null() {
                continue;
            }
            match key.text() {
                Some("version") => decoder.version(value),
                Some("period") => config.period = decoder.period(value),
                Some("calendar") => config.calendar = decoder.calendar(value),
                Some("documents") => config.documents = documents(&mut decoder, value, rules),
                Some("sources") => config.sources = sources(&mut decoder, value),
                Some("first_source_wins") => {
                    let wins = decoder.choice(value, "first_source_wins", &[("true", true), ("false", false)]);
                    config.first_source_wins = wins.unwrap_or_default();
                }
                Some("rules") => config.rules = levels(&mut decoder, value, rules),
                Some("waivers") => config.waivers = waivers(&mut decoder, value, rules),
                _ => {}
            }
        }
        decoder.finish(config)
    }
}

fn documents(decoder: &mut Decoder<'_>, node: &Node, known: &[&str]) -> Vec<DocumentSettings> {
    let mut documents = Vec::new();
    for item in decoder.list(node, "documents") {
        // A bare path names a document without settling anything about it.
        if let Value::Scalar { .. } = item.value {
            let path = decoder.text(item, "documents");
            documents.extend(path.map(|path| DocumentSettings {
                path,
                role: None,
                period: None,
                rules: BTreeMap::new(),
            }));
            continue;
        }
        let (mut path, mut role, mut period, mut rules) = (None, None, None, BTreeMap::new());
        for (key, value) in decoder.settings(item, "documents", &declared::DOCUMENT) {
            match key.text() {
                Some("path") => path = decoder.text(value, "path"),
                Some("role") => role = decoder.choice(value, "role", ROLES),
                Some("period") => period = decoder.period(value),
                Some("rules") => rules = levels(decoder, value, known),
                _ => {}
            }
        }
        decoder.required(item, "path", "document");
        documents.extend(path.map(|path| DocumentSettings { path, role, period, rules }));
    }
    documents
}

fn sources(decoder: &mut Decoder<'_>, node: &Node) -> Vec<SourceEntry> {
    let mut sources = Vec::new();
    for item in decoder.list(node, "sources") {
        if let Value::Scalar { .. } = item.value {
            let path = decoder.text(item, "sources");
            sources.extend(path.map(|path| SourceEntry { path, table: TableSettings::default() }));
            continue;
        }
        let (mut path, mut table) = (None, TableSettings::default());
        for (key, value) in decoder.settings(item, "sources", &declared::SOURCE) {
            match key.text() {
                Some("path") => path = decoder.text(value, "path"),
                Some("sheet") => table.sheet = decoder.text(value, "sheet").map(|sheet| sheet.value),
                Some("header_row") => table.header_row = header_row(decoder, value),
                Some("layout") => table.layout = decoder.choice(value, "layout", LAYOUTS),
                Some("decimal") => table.decimal_comma = decoder.choice(value, "decimal", DECIMALS),
                Some("delimiter") => table.delimiter = decoder.choice(value, "delimiter", DELIMITERS),
                _ => {}
            }
        }
        decoder.required(item, "path", "source");
        sources.extend(path.map(|path| SourceEntry { path, table }));
    }
    sources
}

/// The number of a row, as spreadsheets count them.
fn header_row(decoder: &mut Decoder<'_>, node: &Node) -> Option<u32> {
    let text = decoder.text(node, "header_row")?;
    let row = text.value.parse().ok().filter(|row| (1..=1_048_576).contains(row));
    if row.is_none() {
        decoder.fail(node.span, format!("`{}` is not the number of a row", text.value));
    }
    row
}

fn levels(decoder: &mut Decoder<'_>, node: &Node, rules: &[&str]) -> BTreeMap<String, Level> {
    let mut levels = BTreeMap::new();
    for (key, value) in decoder.mapping(node, "rules") {
        let Some(rule) = known_rule(decoder, key, rules) else { continue };
        if let Some(level) = decoder.choice(value, "level", LEVELS) {
            levels.insert(rule, level);
        }
    }
    levels
}

fn known_rule(decoder: &mut Decoder<'_>, node: &Node, rules: &[&str]) -> Option<String> {
    let rule = decoder.text(node, "rule")?.value;
    if rules.contains(&rule.as_str()) {
        return Some(rule);
    }
    decoder.unknown(node, "rule", rules.iter().copied(), "the rules");
    None
}

fn waivers(decoder: &mut Decoder<'_>, node: &Node, rules: &[&str]) -> Vec<ConfigWaiver> {
    let mut waivers = Vec::new();
    for item in decoder.list(node, "waivers") {
        let (mut rule, mut path, mut text, mut reason) = (None, None, None, None);
        for (key, value) in decoder.settings(item, "waivers", &declared::WAIVER) {
            match key.text() {
                Some("rule") => rule = known_rule(decoder, value, rules),
                Some("path") => path = decoder.text(value, "path").map(|path| path.value),
                Some("text") => text = decoder.text(value, "text").map(|text| text.value),
                Some("reason") => reason = decoder.text(value, "reason").map(|reason| reason.value),
                _ => {}
            }
        }
        let _ = decoder.required(item, "rule", "waiver");
        if item.get("reason").is_none() && matches!(item.value, Value::Mapping(_)) {
            let help = "say who agreed to it and why: `reason: rounding plug agreed with the auditors`";
            decoder.fail_with_help(item.span, "this waiver gives no reason", help);
        }
        if let (Some(rule), Some(reason)) = (rule, reason) {
            waivers.push(ConfigWaiver { rule, path, text, reason, gone: false, place: decoder.place(item.span) });
        }
    }
    waivers
}
