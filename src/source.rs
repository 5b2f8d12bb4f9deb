//! The source of truth: metrics, their facts, and where each is stated.
//!
//! Enters: `metrics.yaml`, CSV (later workbooks). Leaves: one [`SourceOfTruth`], each fact with its place.
//! Invariant: a fact's value is exact, in base units, as the file states it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::period::{Calendar, Period};
use crate::quantity::Unit;
use crate::span::Place;

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

/// Facts by metric, period, scenario and segment.
pub type FactIndex = BTreeMap<(usize, Period, String, Option<String>), Vec<usize>>;
