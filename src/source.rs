//! The source of truth: metrics, their facts, and where each is stated.
//!
//! Enters: `metrics.yaml`, CSV, workbooks, published definitions. Leaves: one [`SourceOfTruth`], each fact with its place.
//! Invariant: a fact's value is exact, in base units, as the file states it.

pub(crate) mod csv;
pub(crate) mod equations;
pub(crate) mod formula;
pub(crate) mod import;
mod merge;
mod period_type;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
mod unit;
mod value;
pub(crate) mod workbook;
pub(crate) mod yaml;

use std::path::Path;

use rust_decimal::Decimal;

pub use settings::{Layout, TableSettings};

use crate::error::Failure;
use crate::period::{Calendar, Period};
use crate::quantity::Unit;
use crate::span::{FileId, Files, Place};
use yaml::Read;

/// Everything that sources state.
#[derive(Clone, Debug, Default)]
pub struct SourceOfTruth {
    /// Metrics in the order of the files.
    pub metrics: Vec<Metric>,
    /// The fiscal calendar, where a source declares one.
    pub calendar: Option<Calendar>,
    /// Currency of amounts that name none.
    pub currency: Option<String>,
    /// Scenario of values that name none.
    pub scenario: String,
    /// Facts in the order of the files.
    pub facts: Vec<SourceFact>,
    /// Named sets of segments: `region: [Americas, EMEA, APAC]`.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// `checks:`: equations that must hold.
    pub checks: Vec<Located<String>>,
    /// `as_of:`: the day or period that the file was closed at.
    pub as_of: Option<Located<Period>>,
    /// `accept:`: other values that a deck may state, and why.
    pub accepted: Vec<Accepted>,
    /// Whether the first file to state a fact settles it; else what the others state differently is a conflict.
    pub first_wins: bool,
    /// The formulas of the metrics and the checks, read.
    pub(crate) formulas: equations::Formulas,
}

/// A value with the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A metric as the source defines it.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Its key: `gross_margin`.
    pub name: String,
    /// Where it is defined.
    pub place: Place,
    /// What people call it.
    pub label: String,
    /// What else people call it.
    pub synonyms: Vec<Located<String>>,
    /// Longer phrases that are other things.
    pub not: Vec<String>,
    /// Its definition, in words.
    pub description: Option<Located<String>>,
    /// What it is measured in.
    pub unit: Option<Unit>,
    /// Whether it is a balance or a flow.
    pub period_type: Option<PeriodType>,
    /// Which way is good.
    pub better: Option<Better>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where the owner takes it from.
    pub source: Option<String>,
    /// How it is computed from others.
    pub formula: Option<Located<String>>,
    /// Whether figures are cut off rather than rounded.
    pub truncate: bool,
}

/// Balance at a moment, or flow over a span.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum PeriodType {
    /// ARR, cash, headcount.
    Instant,
    /// Revenue, bookings.
    Duration,
}

/// Which way is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

/// One value of one metric.
#[derive(Clone, Debug)]
pub struct SourceFact {
    /// Index into the metrics.
    pub metric: usize,
    /// When.
    pub period: Period,
    /// `actual`, `plan`, `budget`, `forecast`, …
    pub scenario: String,
    /// Of which part.
    pub segment: Option<String>,
    /// The value in base units (percentages as written).
    pub value: Decimal,
    /// Half-width that the source's own writing leaves open: 0 for a plain number, half a unit of the last place for `$38.12M`.
    pub slack: Decimal,
    /// Where it stands.
    pub place: Place,
}

/// A value other than the source's that a deck may state for a fact: a preliminary close, a figure before restatement.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What may be stated.
    pub fact: SourceFact,
    /// Why.
    pub reason: String,
}

/// Reads metric files, in their order, into one source of truth: [`load_with`] nothing settled about them.
pub fn load(files: &Files, sources: &[FileId]) -> Result<SourceOfTruth, Vec<Failure>> {
    let sources: Vec<_> = sources.iter().map(|id| (*id, TableSettings::default())).collect();
    load_with(files, &sources)
}

/// Reads metric files, in their order, into one source of truth. CSV is known by its extension, a workbook by its listing; everything
/// else is YAML: a metric file, or the definitions of a dbt semantic layer or of Open Semantic Interchange.
///
/// Metrics of one name are one metric. Values that differ for one key are all kept: that is a finding, not a failure.
pub fn load_with(files: &Files, sources: &[(FileId, TableSettings)]) -> Result<SourceOfTruth, Vec<Failure>> {
    let mut merged = merge::Merge::new(files);
    let mut failures = Vec::new();
    for (id, settings) in sources {
        let id = *id;
        let file = files.get(id);
        let is_csv = Path::new(file.path()).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let read = match file.sheet() {
            Some(sheet) => workbook::read(id, file.text(), sheet, settings).map(|table| merged.add_table(table)),
            None if is_csv => csv::read(id, file.text(), settings).map(|table| merged.add_table(table)),
            None => yaml::read(id, file.text()).map(|read| match read {
                Read::Metrics(source, calendar) => merged.add(*source, calendar),
                Read::Definitions(metrics) => merged.add_definitions(metrics),
            }),
        };
        if let Err(found) = read {
            failures.extend(found);
        }
    }
    merged.finish(failures)
}

/// Why a table states no facts, at its place.
fn table_failure(file: FileId, (span, message, help): csv::Refusal) -> Failure {
    Failure::at(Place { file, span }, message).with_help(help)
}

impl Metric {
    /// A metric of which only the name is known.
    pub(crate) fn named(name: &str, label: String, place: Place) -> Self {
        Self {
            name: name.to_owned(),
            place,
            label,
            synonyms: Vec::new(),
            not: Vec::new(),
            description: None,
            unit: None,
            period_type: None,
            better: None,
            owner: None,
            source: None,
            formula: None,
            truncate: false,
        }
    }
}

/// A metric's name as words: `gross_profit` → `gross profit`.
fn words(name: &str) -> String {
    name.split(['_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What two spellings of one name have in common: `Gross profit`, `gross_profit`, `GROSS-PROFIT`.
fn folded(name: &str) -> String {
    let words = name.split(|c: char| c == '_' || c == '-' || c.is_whitespace()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The canonical name of a scenario as files write it: `Actuals` → `actual`; other words as they are, in lower case.
pub(crate) fn scenario_name(written: &str) -> String {
    let written = written.trim();
    match crate::scenario::scan(written).as_slice() {
        [(range, name)] if *range == (0..written.len()) => (*name).to_owned(),
        _ => written.to_lowercase(),
    }
}
