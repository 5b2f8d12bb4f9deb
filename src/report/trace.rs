//! The trace of a metric, for people.
//!
//! Enters: a [`Trace`]. Leaves: the definition, a line for each place that states the metric, and what was found.
//! Invariant: every fact and every claim of the trace has a line.

use std::io::{self, Write};

use rust_decimal::Decimal;

use crate::Report;
use crate::claim::Claim;
use crate::deck::Deck;
use crate::facts::index;
use crate::report::claims::{at, measure, table, text};
use crate::report::visible;
use crate::source::{Better, Metric, PeriodType, SourceFact};
use crate::trace::{Group, Trace};

/// Writes a trace.
pub fn write(report: &Report, trace: &Trace<'_>, out: &mut dyn Write) -> io::Result<()> {
    let deck = &report.deck;
    let term = deck.vocabulary.term(trace.metric);
    writeln!(out, "{} ({})", visible(&term.label), visible(&term.name))?;
    match trace.definition {
        Some(metric) => definition(deck, metric, out)?,
        None => writeln!(out, "  no source defines it: only tables of the deck name it")?,
    }
    let head = ["period", "scenario", "segment", "measure", "where", "number", "stands for", "status", "evidence"];
    let mut rows = vec![head.map(str::to_owned)];
    for group in &trace.groups {
        rows.extend(group.facts.iter().map(|fact| stated(deck, group, fact)));
        rows.extend(group.claims.iter().map(|claim| claimed(deck, group, claim)));
    }
    writeln!(out)?;
    if rows.len() == 1 {
        return writeln!(out, "nothing states it");
    }
    table(&rows, out)?;
    for (at_first, finding) in trace.findings.iter().enumerate() {
        if at_first == 0 {
            writeln!(out)?;
        }
        let place = at(deck, finding.place);
        writeln!(out, "{}: {} at {place}: {}", finding.level.name(), finding.rule, visible(&finding.message))?;
    }
    Ok(())
}

fn definition(deck: &Deck, metric: &Metric, out: &mut dyn Write) -> io::Result<()> {
    let kind = match metric.period_type {
        Some(PeriodType::Instant) => Some("a balance"),
        Some(PeriodType::Duration) => Some("a flow"),
        None => None,
    };
    let better = match metric.better {
        Some(Better::Up) => Some("more is better"),
        Some(Better::Down) => Some("less is better"),
        None => None,
    };
    let unit = metric.unit.as_ref().map(|unit| format!("in {unit}"));
    let what: Vec<&str> = unit.as_deref().into_iter().chain(kind).chain(better).collect();
    let list = |names: Vec<&str>| (!names.is_empty()).then(|| names.join(", "));
    let own = |text: &Option<String>| text.clone();
    for (word, said) in [
        ("defined at", Some(at(deck, metric.place))),
        ("is", list(what)),
        ("definition", metric.description.as_ref().map(|text| text.value.clone())),
        ("also called", list(metric.synonyms.iter().map(|name| name.value.as_str()).collect())),
        ("not", list(metric.not.iter().map(String::as_str).collect())),
        ("formula", metric.formula.as_ref().map(|text| text.value.clone())),
        ("owner", own(&metric.owner)),
        ("source", own(&metric.source)),
    ] {
        if let Some(said) = said {
            writeln!(out, "  {word:<11}  {}", visible(&said))?;
        }
    }
    Ok(())
}

/// The columns that say which fact a line is about.
fn key(group: &Group<'_>) -> [String; 3] {
    let period = group.period.map(|period| period.to_string());
    let dash = |text: Option<String>| text.map_or_else(|| "-".to_owned(), |text| visible(&text).into_owned());
    [dash(period), visible(&group.scenario).into_owned(), dash(group.segment.clone())]
}

fn stated(deck: &Deck, group: &Group<'_>, fact: &SourceFact) -> [String; 9] {
    let [period, scenario, segment] = key(group);
    let written = index::as_written(fact, &deck.source.metrics[fact.metric]);
    let stands_for = written.map_or_else(String::new, |quantity| {
        if fact.slack.is_zero() { plain(fact.value) } else { between(quantity.low, quantity.high) }
    });
    let (place, number) = (at(deck, fact.place), text(deck, fact.place));
    [period, scenario, segment, "level".to_owned(), place, number, stands_for, "source".to_owned(), String::new()]
}

fn claimed(deck: &Deck, group: &Group<'_>, claim: &Claim) -> [String; 9] {
    let [period, scenario, segment] = key(group);
    [
        period,
        scenario,
        segment,
        visible(&measure(claim)).into_owned(),
        at(deck, claim.place),
        text(deck, claim.place),
        between(claim.quantity.low, claim.quantity.high),
        claim.status.name().to_owned(),
        visible(&claim.evidence.join("; ")).into_owned(),
    ]
}

fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `42250000 to 42350000`; an open side is not bounded.
fn between(low: Option<Decimal>, high: Option<Decimal>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => plain(low),
        (Some(low), Some(high)) => format!("{} to {}", plain(low), plain(high)),
        (Some(low), None) => format!("from {}", plain(low)),
        (None, Some(high)) => format!("to {}", plain(high)),
        (None, None) => String::new(),
    }
}
