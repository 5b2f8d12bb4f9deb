//! The metrics of a deck: the definition of each, and every statement of it.
//!
//! Enters: a checked deck and its ledger. Leaves: lines by period, scenario and segment, in words and numbers.
//! Invariant: every fact of a metric and every claim bound to it has a line.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::Report;
use crate::claim::Claim;
use crate::deck::Deck;
use crate::facts::index;
use crate::quantity::digits;
use crate::report::ledger::{Line, between, rules_at, shown};
use crate::scenario;
use crate::source::{Metric, PeriodType, SourceFact};
use crate::trace::{Group, grouped};

/// The measure of what a source states.
const LEVEL: &str = "level";

/// A metric by number and label.
#[derive(Clone, Serialize)]
pub(super) struct MetricName {
    pub(super) id: u32,
    pub(super) label: String,
}

/// A metric.
#[derive(Serialize)]
pub(super) struct MetricPage {
    pub(super) name: MetricName,
    /// What is settled about it: a word, and what is said.
    definition: Vec<(&'static str, String)>,
    pub(super) lines: Vec<Statement>,
    usual: Usual,
}

/// Columns that say the same, usual thing in every line: paper has no room for them.
#[derive(Serialize)]
struct Usual {
    /// All are actual figures.
    scenario: bool,
    /// All are of the whole.
    segment: bool,
    /// All are levels.
    measure: bool,
}

impl Usual {
    fn of(lines: &[Statement]) -> Self {
        let all = |usual: fn(&Statement) -> bool| lines.iter().all(usual);
        Self {
            scenario: all(|line| line.key[1] == scenario::ACTUAL),
            segment: all(|line| line.key[2].is_empty()),
            measure: all(|line| line.measure == LEVEL),
        }
    }
}

/// A line that states it.
#[derive(Serialize)]
pub(super) struct Statement {
    /// Period, scenario, segment.
    pub(super) key: [String; 3],
    pub(super) measure: String,
    pub(super) number: String,
    pub(super) stands_for: String,
    pub(super) place: String,
    /// Its value in base units; `None` for a range.
    #[serde(skip)]
    #[cfg_attr(not(feature = "office"), expect(dead_code, reason = "only workbooks have numbers as numbers"))]
    pub(super) value: Option<Decimal>,
    /// What it is in.
    #[serde(skip)]
    #[cfg_attr(not(feature = "office"), expect(dead_code, reason = "only workbooks have numbers as numbers"))]
    pub(super) unit: String,
    /// `source`, or what became of the claim.
    pub(super) status: &'static str,
    pub(super) claim: Option<usize>,
    pub(super) path: String,
    pub(super) rules: String,
}

/// The metrics that anything is said of, sources' first.
pub(super) fn pages(report: &Report, lines: &[Line]) -> Vec<MetricPage> {
    let deck = &report.deck;
    let mut facts: BTreeMap<usize, Vec<&SourceFact>> = BTreeMap::new();
    for fact in &deck.source.facts {
        facts.entry(fact.metric).or_default().push(fact);
    }
    let mut claims: BTreeMap<u32, Vec<&Claim>> = BTreeMap::new();
    let mut numbers: BTreeMap<_, usize> = BTreeMap::new();
    for (at, claim) in deck.claims.iter().enumerate() {
        numbers.insert(claim.place, at);
        if let Some(id) = claim.metric {
            claims.entry(id.0).or_default().push(claim);
        }
    }
    let mut pages: Vec<(bool, MetricPage)> = Vec::new();
    for (id, term) in deck.vocabulary.terms() {
        let facts = term.source.and_then(|at| facts.remove(&at)).unwrap_or_default();
        let claims = claims.remove(&id.0).unwrap_or_default();
        if facts.is_empty() && claims.is_empty() {
            continue;
        }
        let definition = term.source.map(|at| definition(deck, &deck.source.metrics[at])).unwrap_or_default();
        let mut statements = Vec::new();
        for group in grouped(deck, id, facts, claims) {
            statements.extend(group.facts.iter().map(|fact| stated(deck, &group, fact)));
            statements.extend(group.claims.iter().filter_map(|claim| {
                let at = *numbers.get(&claim.place)?;
                Some(claimed(report, &group, at, lines.get(at)?))
            }));
        }
        let name = MetricName { id: id.0, label: shown(&term.label) };
        pages.push((
            term.source.is_none(),
            MetricPage { name, definition, usual: Usual::of(&statements), lines: statements },
        ));
    }
    pages.sort_by_key(|(only_in_tables, _)| *only_in_tables);
    pages.into_iter().map(|(_, page)| page).collect()
}

fn definition(deck: &Deck, metric: &Metric) -> Vec<(&'static str, String)> {
    let kind = metric.period_type.map(|kind| match kind {
        PeriodType::Instant => "a balance".to_owned(),
        PeriodType::Duration => "a flow".to_owned(),
    });
    let description = metric.description.as_ref().map(|text| text.value.clone());
    let formula = metric.formula.as_ref().map(|text| text.value.clone());
    [
        ("Definition", description),
        ("Formula", formula),
        ("Unit", metric.unit.as_ref().map(ToString::to_string)),
        ("Kind", kind),
        ("Owner", metric.owner.clone()),
        ("Taken from", metric.source.clone()),
        ("Defined at", Some(deck.files.shown(metric.place))),
    ]
    .into_iter()
    .filter_map(|(word, said)| Some((word, shown(&said?))))
    .collect()
}

fn key(group: &Group<'_>) -> [String; 3] {
    let period = group.period.map_or_else(|| "–".to_owned(), |period| period.to_string());
    [period, shown(&group.scenario), group.segment.as_deref().map_or_else(String::new, shown)]
}

fn stated(deck: &Deck, group: &Group<'_>, fact: &SourceFact) -> Statement {
    let written = index::as_written(fact, &deck.source.metrics[fact.metric]);
    let unit = written.as_ref().map(|quantity| shown(&quantity.unit.to_string())).unwrap_or_default();
    let stands_for = match written {
        Some(quantity) if !fact.slack.is_zero() => between(quantity.low, quantity.high),
        _ => digits(fact.value),
    };
    Statement {
        key: key(group),
        measure: LEVEL.to_owned(),
        number: shown(deck.files.slice(fact.place)),
        stands_for,
        place: shown(&deck.files.shown(fact.place)),
        value: Some(fact.value),
        unit,
        status: "source",
        claim: None,
        path: String::new(),
        rules: String::new(),
    }
}

fn claimed(report: &Report, group: &Group<'_>, at: usize, line: &Line) -> Statement {
    Statement {
        key: key(group),
        measure: line.measure.clone(),
        number: line.number.clone(),
        stands_for: line.stands_for.clone(),
        place: line.place.clone(),
        value: report.deck.claims[at].quantity.value,
        unit: line.unit.clone(),
        status: line.status.name(),
        claim: Some(at),
        path: line.path.clone(),
        rules: rules_at(report, line),
    }
}
