//! One metric through the whole deck: where it is defined, and every place that states it.
//!
//! Enters: a checked deck and a name. Leaves: a [`Trace`]: the map one makes before arguing about a metric.
//! Invariant: every fact of the metric and every claim that is bound to it stands in exactly one group.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::Report;
use crate::claim::Claim;
use crate::deck::Deck;
use crate::error::{Failure, suggestion};
use crate::finding::Finding;
use crate::period::Period;
use crate::scenario;
use crate::source::{Metric, PeriodType, SourceFact};
use crate::vocabulary::MetricId;

/// A metric and all that is said of it.
#[derive(Debug)]
pub struct Trace<'a> {
    /// The metric.
    pub metric: MetricId,
    /// Its definition; none where only tables of the deck name it.
    pub definition: Option<&'a Metric>,
    /// What is said, by period, then scenario, then segment.
    pub groups: Vec<Group<'a>>,
    /// What was found wrong with any of it.
    pub findings: Vec<&'a Finding>,
}

/// Everything that is said of one period, scenario and segment.
#[derive(Debug)]
pub struct Group<'a> {
    /// The period; none for numbers whose period is not known.
    pub period: Option<Period>,
    /// The scenario.
    pub scenario: String,
    /// The segment; none for the whole.
    pub segment: Option<String>,
    /// What the sources state.
    pub facts: Vec<&'a SourceFact>,
    /// What the deck states, in reading order: levels, and changes and shares that end here.
    pub claims: Vec<&'a Claim>,
}

/// Traces a metric by its name, label, a synonym, or a label of the deck's own tables.
pub fn trace<'a>(report: &'a Report, name: &str) -> Result<Trace<'a>, Failure> {
    let deck = &report.deck;
    let unknown = || {
        let failure = Failure::new(format!("no source and no table of the deck names a metric `{name}`"));
        let otherwise = "`tieout claims` lists the metrics that the deck's numbers are about";
        failure.with_suggestion(suggestion(name, deck.metric_names()), otherwise)
    };
    let metric = deck.metric_named(name).ok_or_else(unknown)?;
    let source = deck.vocabulary.term(metric).source;
    let facts: Vec<&SourceFact> = deck.source.facts.iter().filter(|fact| source == Some(fact.metric)).collect();
    let claims: Vec<&Claim> = deck.claims.iter().filter(|claim| claim.metric == Some(metric)).collect();
    let findings = report.findings.iter().filter(|finding| {
        let at = |place: crate::span::Place| place.file == finding.place.file && place.span.meets(finding.place.span);
        facts.iter().any(|fact| at(fact.place)) || claims.iter().any(|claim| at(claim.place))
    });
    Ok(Trace {
        metric,
        definition: source.map(|at| &deck.source.metrics[at]),
        findings: findings.collect(),
        groups: grouped(deck, metric, facts, claims),
    })
}

/// Where a group stands in the list: what ended last comes last, and of two that end together the longer.
type Rank = (bool, Date, Reverse<Date>, bool, String, Option<String>);

/// What is said of one metric, by period, scenario and segment.
pub(crate) fn grouped<'a>(
    deck: &Deck,
    metric: MetricId,
    facts: Vec<&'a SourceFact>,
    claims: Vec<&'a Claim>,
) -> Vec<Group<'a>> {
    // A balance of the year is that of its last quarter.
    let instant = deck.vocabulary.term(metric).period_type == Some(PeriodType::Instant);
    let normal = |period: Period| if instant { period.moment(&deck.calendar) } else { period.plain(&deck.calendar) };
    let mut groups: BTreeMap<Rank, Group<'a>> = BTreeMap::new();
    for fact in facts {
        let group = Group::new(Some(normal(fact.period)), &fact.scenario, &fact.segment);
        groups.entry(group.rank(deck)).or_insert(group).facts.push(fact);
    }
    for claim in claims {
        let scenario = claim.scenario_or_actual();
        let group = Group::new(claim.period.map(normal), scenario, &claim.segment);
        groups.entry(group.rank(deck)).or_insert(group).claims.push(claim);
    }
    groups.into_values().collect()
}

impl Group<'_> {
    fn new(period: Option<Period>, scenario: &str, segment: &Option<String>) -> Self {
        let (scenario, segment) = (scenario.to_owned(), segment.clone());
        Self { period, scenario, segment, facts: Vec::new(), claims: Vec::new() }
    }

    fn rank(&self, deck: &Deck) -> Rank {
        let bounds = self.period.map(|period| period.bounds(&deck.calendar));
        let (first, last) = bounds.unwrap_or((Date::MIN, Date::MAX));
        let segment = self.segment.as_ref().map(|segment| segment.to_lowercase());
        let other = self.scenario != scenario::ACTUAL;
        (self.period.is_none(), last, Reverse(first), other, self.scenario.clone(), segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::Binder;

    const SOURCE: &str = "version: 1
metrics:
  - name: net_debt
    label: Net debt
    synonyms: [borrowings]
    unit: GBP
    period_type: instant
    values: {FY2030: 42.4e6, FY2029: 51.0e6}
    plan: {FY2030: 40e6}
    segments: {Leases: {FY2030: 12e6}}
";

    fn report() -> Report {
        let deck = "# Balance sheet\n\nNet debt was £42.4m at the end of FY30, against £51.3m at the end of FY29.\n";
        let mut deck = Binder::of(deck).with_source("metrics.yaml", SOURCE).bound();
        let findings = crate::check::check(&mut deck);
        Report::new(deck, findings)
    }

    #[test]
    fn a_metric_goes_by_any_of_its_names() {
        let report = report();
        for name in ["net_debt", "Net debt", "NET-DEBT", "borrowing", "the net debt"] {
            assert!(trace(&report, name).is_ok(), "{name}");
        }
        let help = |name: &str| trace(&report, name).map(|_| ()).expect_err("no such metric").help;
        assert_eq!(help("net dept").as_deref(), Some("did you mean `Net debt`?"));
        assert!(help("churn").is_some_and(|help| help.contains("tieout claims")));
    }

    #[test]
    fn what_is_said_stands_by_period_scenario_and_segment() {
        let report = report();
        let trace = trace(&report, "net_debt").expect("a metric");
        let told: Vec<String> = trace
            .groups
            .iter()
            .map(|group| {
                let period = group.period.map(|period| period.to_string()).unwrap_or_default();
                let segment = group.segment.clone().unwrap_or_default();
                format!("{period} {} {segment}: {}, {}", group.scenario, group.facts.len(), group.claims.len())
            })
            .collect();
        assert_eq!(
            told,
            [
                "FY2029-Q4 actual : 1, 1",
                "FY2030-Q4 actual : 1, 1",
                "FY2030-Q4 actual Leases: 1, 0",
                "FY2030-Q4 plan : 1, 0"
            ]
        );
        assert_eq!(trace.findings.len(), 1);
    }
}
