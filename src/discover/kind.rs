//! What a file is: its format by its name, and whether it is a document, a metric file or nothing of the deck.
//!
//! Enters: a path, and the text where the name does not settle it. Leaves: a verdict.
//! Invariant: a name alone never makes a YAML file a metric file if its content says that it is a deck.

use std::path::Path;

use crate::document::Role;
use crate::node::{self, Node, Value};
use crate::source::csv;
use crate::source::import::Publisher;

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    /// `.md`, `.markdown`, `.qmd`, `.smd`.
    Markdown,
    /// `.yaml`, `.yml`, and `.json`, which is YAML too.
    Yaml,
    /// `.csv`.
    Csv,
    /// `.xlsx`, `.xlsm`, `.xlsb`, `.xls`, `.ods`: read only where it is named as a source.
    Workbook,
}

impl Format {
    /// By the extension; `None` for what tieout does not read.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "qmd" | "smd" => Some(Self::Markdown),
            "yaml" | "yml" | "json" => Some(Self::Yaml),
            "csv" => Some(Self::Csv),
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => Some(Self::Workbook),
            _ => None,
        }
    }
}

/// What a file is to a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Part of the deck.
    Document,
    /// A metric file that the command line or `sources:` names.
    NamedSource,
    /// A metric file that was met.
    FoundSource,
}

/// Files about a repository rather than of its deck, by their names without the extension.
const ABOUT_THE_REPOSITORY: [&str; 12] = [
    "authors",
    "changelog",
    "code-of-conduct",
    "code_of_conduct",
    "contributing",
    "contributors",
    "copying",
    "licence",
    "license",
    "maintainers",
    "readme",
    "security",
];

/// Those of them that come in several languages or kinds: `README.de.md`, `LICENSE-MIT.md`.
const IN_SEVERAL_KINDS: [&str; 3] = ["licence", "license", "readme"];

/// YAML files that configure some other tool, by their names without the extension.
const CONFIGURES_ANOTHER_TOOL: [&str; 22] = [
    "_config",
    "_metadata",
    "_quarto",
    "_site",
    "_toc",
    "action",
    "antora",
    "appveyor",
    "azure-pipelines",
    "bitbucket-pipelines",
    "codecov",
    "compose",
    "dbt_project",
    "docker-compose",
    "environment",
    "mkdocs",
    "netlify",
    "openapi",
    "pnpm-workspace",
    "renovate",
    "swagger",
    "taskfile",
];

/// Whether a file in a folder may be part of the deck, going by its name.
pub(super) fn read_by_default(path: &Path, format: Format) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    match format {
        Format::Markdown => {
            let kind_of = |word: &&str| stem.strip_prefix(*word).is_some_and(|rest| rest.starts_with(['.', '-', '_']));
            !ABOUT_THE_REPOSITORY.contains(&stem) && !IN_SEVERAL_KINDS.iter().any(kind_of)
        }
        Format::Yaml => {
            let lock_file = stem == "lock" || [".lock", "-lock", "_lock"].iter().any(|end| stem.ends_with(end));
            !name.ends_with(".json") && !lock_file && !CONFIGURES_ANOTHER_TOOL.contains(&stem)
        }
        Format::Csv => true,
        Format::Workbook => false,
    }
}

/// Role by the file's name.
pub(super) fn role(path: &Path) -> Role {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut words = stem.split(|c: char| !c.is_alphanumeric());
    if words.clone().any(|word| matches!(word, "appendix" | "appendices" | "backup" | "annex" | "annexes")) {
        Role::Appendix
    } else if words.any(|word| matches!(word, "notes" | "script")) {
        Role::Notes
    } else {
        Role::Slides
    }
}

/// Whether a YAML or CSV file states metrics rather than being part of the deck.
pub(super) fn is_metric_file(path: &Path, format: Format, text: &str) -> bool {
    let called_metrics = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("metrics"));
    match format {
        Format::Markdown | Format::Workbook => false,
        // By its name alone too, so that a mistake in its header is told.
        Format::Csv => called_metrics || csv::is_metric_file(text),
        Format::Yaml => {
            // Parsing a long export twice is saved where the words are missing altogether.
            let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
            (called_metrics || has("metrics") || has("semantic_model")) && defines_metrics(text, called_metrics)
        }
    }
}

/// Keys that only the definition of a metric has. `name`, `label`, `value` and `unit` stand in exported KPI tiles too.
const DEFINING: [&str; 10] =
    ["values", "segments", "formula", "synonyms", "period_type", "not", "better", "description", "plan", "budget"];

/// `metrics:` is the list of definitions in a metric file; in an exported deck it may be a row of KPI tiles.
fn defines_metrics(text: &str, called_metrics: bool) -> bool {
    let root = match node::parse(text) {
        Ok(tree) => tree.root,
        // The error is told either way; the name says as what.
        Err(_) => return called_metrics,
    };
    if root.as_ref().and_then(Publisher::of).is_some() {
        return true;
    }
    let Some(Value::Mapping(entries)) = root.map(|node| node.value) else { return called_metrics };
    let value = |name: &str| entries.iter().find(|(key, _)| is(key, name)).map(|(_, value)| &value.value);
    if value("slides").is_some() {
        return false;
    }
    match value("metrics") {
        Some(Value::Sequence(metrics)) => {
            called_metrics || value("version").is_some() || metrics.iter().any(|metric| has_any_key(metric, &DEFINING))
        }
        _ => called_metrics,
    }
}

fn has_any_key(node: &Node, names: &[&str]) -> bool {
    matches!(&node.value, Value::Mapping(entries) if entries.iter().any(|(key, _)| names.iter().any(|name| is(key, name))))
}

fn is(key: &Node, name: &str) -> bool {
    matches!(&key.value, Value::Scalar { flow, .. } if flow.text() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_about_the_repository_are_no_documents() {
        for (name, expected) in [
            ("slides.md", true),
            ("README.md", false),
            ("readme.de.md", false),
            ("LICENSE-MIT.md", false),
            ("SECURITY.md", false),
            ("security_review_q3.md", true),
            ("changelog-of-estimates.md", true),
            ("slides.yaml", true),
            ("slides.json", false),
            ("pnpm-lock.yaml", false),
            ("docker-compose.yml", false),
            ("blocks.yaml", true),
        ] {
            let path = Path::new(name);
            let format = Format::of(path).expect("a known extension");
            assert_eq!(read_by_default(path, format), expected, "{name}");
        }
    }

    #[test]
    fn a_yaml_file_is_a_metric_file_by_its_content() {
        for (name, text, expected) in [
            ("figures.yaml", "version: 1\nmetrics:\n  - name: arr\n", true),
            ("figures.yaml", "metrics:\n  - name: arr\n    values: {FY2025-Q3: 1}\n", true),
            ("tiles.yaml", "metrics:\n  - {label: ARR, value: $42.3M, unit: USD}\n", false),
            ("deck.yaml", "version: 1\nslides: []\nmetrics:\n  - name: arr\n", false),
            ("metrics.yaml", "slides:\n  - title: Metrics\n", false),
            ("metrics.yaml", "metrcs:\n  - name: arr\n", true),
            ("metrics.yaml", "metrics: [\n", true),
            ("deck.yaml", "title: Board metrics\n", false),
            ("deck.yaml", "metrics: 12\n", false),
            ("orders.yml", "semantic_models:\n  - name: orders\n", true),
            ("orders.yml", "models:\n  - {name: orders, metrics: [{name: orders, type: simple}]}\n", true),
            ("osi.yaml", "semantic_model:\n  - name: sales\n", true),
        ] {
            assert_eq!(is_metric_file(Path::new(name), Format::Yaml, text), expected, "{name}: {text}");
        }
    }

    #[test]
    fn roles_by_name() {
        for (name, expected) in [
            ("slides.md", Role::Slides),
            ("Appendix B.md", Role::Appendix),
            ("2025-q3_backup.yaml", Role::Appendix),
            ("speaker-notes.md", Role::Notes),
            ("footnotes.md", Role::Slides),
            ("description.md", Role::Slides),
        ] {
            assert_eq!(role(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn a_csv_is_a_metric_file_by_its_header() {
        for (name, text, expected) in [
            ("figures.csv", "metric,period,value\narr,FY2025-Q3,1\n", true),
            ("figures.csv", "\u{feff}Metric;FY2025-Q2;FY2025-Q3\n", true),
            ("figures.csv", "\n\"metric\",\"period\",\"value\"\n", true),
            ("figures.csv", "metric,value\nARR,4\n", false),
            ("figures.csv", "region,revenue\nEMEA,4\n", false),
            ("figures.csv", "", false),
            ("metrics.csv", "metric,perriod,value\n", true),
        ] {
            assert_eq!(is_metric_file(Path::new(name), Format::Csv, text), expected, "{name}: {text:?}");
        }
    }
}
