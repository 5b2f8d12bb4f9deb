//! `tieout/trace/1`: a metric, its definition, and what states it by period, scenario and segment.
//!
//! Enters: a [`Trace`]. Leaves: one JSON document. Invariant: a claim is written as in `tieout/claims/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Claim, Finding, Location, period_type, plain};
use crate::Report;
use crate::deck::Deck;
use crate::report::Slides;
use crate::source::{Better, SourceFact};
use crate::trace;

/// Writes `tieout/trace/1`.
pub fn trace(report: &Report, trace: &trace::Trace<'_>, out: &mut dyn Write) -> io::Result<()> {
    let deck = &report.deck;
    let slides = Slides::of(deck);
    let groups = trace.groups.iter().map(|group| Group::of(group, deck)).collect();
    let findings = trace.findings.iter().map(|finding| Finding::of(finding, deck, &slides)).collect();
    super::write(&Trace { schema: "tieout/trace/1", metric: Metric::of(trace, deck), groups, findings }, out)
}

#[derive(Serialize)]
struct Trace<'a> {
    schema: &'static str,
    metric: Metric<'a>,
    groups: Vec<Group<'a>>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Metric<'a> {
    name: &'a str,
    label: &'a str,
    /// Whether a source defines it; else only tables of the deck name it.
    defined: bool,
    location: Option<Location<'a>>,
    synonyms: Vec<&'a str>,
    not: Vec<&'a str>,
    description: Option<&'a str>,
    unit: Option<String>,
    period_type: Option<&'static str>,
    better: Option<&'static str>,
    owner: Option<&'a str>,
    source: Option<&'a str>,
    formula: Option<&'a str>,
}

impl<'a> Metric<'a> {
    fn of(trace: &trace::Trace<'a>, deck: &'a Deck) -> Self {
        let term = deck.vocabulary.term(trace.metric);
        let definition = trace.definition;
        let better = definition.and_then(|metric| metric.better).map(|better| match better {
            Better::Up => "up",
            Better::Down => "down",
        });
        Self {
            name: &term.name,
            label: &term.label,
            defined: definition.is_some(),
            location: definition.map(|metric| Location::of(&deck.files, metric.place, None)),
            synonyms: definition.into_iter().flat_map(|metric| &metric.synonyms).map(|name| &*name.value).collect(),
            not: definition.into_iter().flat_map(|metric| &metric.not).map(String::as_str).collect(),
            description: definition.and_then(|metric| metric.description.as_ref()).map(|text| &*text.value),
            unit: term.unit.as_ref().map(ToString::to_string),
            period_type: term.period_type.map(period_type),
            better,
            owner: definition.and_then(|metric| metric.owner.as_deref()),
            source: definition.and_then(|metric| metric.source.as_deref()),
            formula: definition.and_then(|metric| metric.formula.as_ref()).map(|text| &*text.value),
        }
    }
}

#[derive(Serialize)]
struct Group<'a> {
    period: Option<String>,
    scenario: &'a str,
    segment: Option<&'a str>,
    facts: Vec<Fact<'a>>,
    claims: Vec<Claim<'a>>,
}

impl<'a> Group<'a> {
    fn of(group: &'a trace::Group<'a>, deck: &'a Deck) -> Self {
        Self {
            period: group.period.map(|period| period.to_string()),
            scenario: &group.scenario,
            segment: group.segment.as_deref(),
            facts: group.facts.iter().map(|fact| Fact::of(fact, deck)).collect(),
            claims: group.claims.iter().map(|claim| Claim::of(claim, deck)).collect(),
        }
    }
}

#[derive(Serialize)]
struct Fact<'a> {
    location: Location<'a>,
    value: String,
    low: Option<String>,
    high: Option<String>,
}

impl<'a> Fact<'a> {
    fn of(fact: &SourceFact, deck: &'a Deck) -> Self {
        Self {
            location: Location::of(&deck.files, fact.place, None),
            value: plain(fact.value),
            low: fact.value.checked_sub(fact.slack).map(plain),
            high: fact.value.checked_add(fact.slack).map(plain),
        }
    }
}
