//! What the source of truth says of a key: the values it states, and those that follow from them.
//!
//! Enters: facts of the sources, under the deck's calendar. Leaves: [`Truth`]s to hold claims against.
//! Invariant: a truth names the places of every fact that it was taken from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::interval::Interval;
use crate::period::{Grain, Period};
use crate::quantity::Unit;
use crate::scenario;
use crate::source::PeriodType;
use crate::source::formula::{self, Formula, Operator};
use crate::span::Place;
use crate::vocabulary::MetricId;

/// A value that the source gives for a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Truth {
    /// The stated value, when the source states this very key.
    pub exact: Option<Decimal>,
    pub(crate) interval: Interval,
    /// Where it is stated, or where its parts are.
    pub places: Vec<Place>,
    /// How it follows from what is stated; empty when it is stated itself.
    pub how: String,
}

type Key = (usize, Period, String, Option<String>);

/// The facts of a deck's sources, by key.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    deck: &'a Deck,
    index: BTreeMap<Key, Vec<usize>>,
    /// Facts of each metric, for the search for causes.
    by_metric: BTreeMap<usize, Vec<usize>>,
    by_name: BTreeMap<&'a str, usize>,
    formulas: BTreeMap<usize, Formula>,
}

/// How far formulas may refer to metrics that are formulas themselves; a cycle ends here.
const MAX_DEPTH: usize = 16;

impl<'a> Facts<'a> {
    pub(crate) fn new(deck: &'a Deck) -> Self {
        let metrics = &deck.source.metrics;
        let mut facts = Self {
            deck,
            index: BTreeMap::new(),
            by_metric: BTreeMap::new(),
            by_name: metrics.iter().enumerate().map(|(at, metric)| (metric.name.as_str(), at)).collect(),
            formulas: metrics
                .iter()
                .enumerate()
                .filter_map(|(at, metric)| Some((at, formula::parse(&metric.formula.as_ref()?.value).ok()?)))
                .collect(),
        };
        for (at, fact) in deck.source.facts.iter().enumerate() {
            let period = facts.normal(fact.metric, fact.period);
            let segment = fact.segment.as_ref().map(|segment| segment.to_lowercase());
            facts.index.entry((fact.metric, period, fact.scenario.clone(), segment)).or_default().push(at);
            facts.by_metric.entry(fact.metric).or_default().push(at);
        }
        facts
    }

    /// A balance stands on a moment: the end of Q4, H2 and the year are one.
    fn normal(&self, metric: usize, period: Period) -> Period {
        match self.deck.source.metrics[metric].period_type {
            Some(PeriodType::Instant) => period.moment(&self.deck.calendar),
            _ => period.plain(&self.deck.calendar),
        }
    }

    /// The source's index of a metric, if a source defines it.
    fn source_metric(&self, id: MetricId) -> Option<usize> {
        self.deck.vocabulary.term(id).source
    }

    /// What the source says of the key that a claim is bound to; several truths when sources conflict, none when it is silent.
    pub(crate) fn of(&self, claim: &Claim) -> Vec<Truth> {
        let (Some(metric), Some(period)) = (claim.metric, claim.period) else { return Vec::new() };
        let scenario = claim.scenario.as_deref().unwrap_or(scenario::ACTUAL);
        self.at(
            metric,
            period,
            scenario,
            claim.segment.as_deref(),
            claim.measure,
            claim.base.as_ref(),
            &claim.quantity.unit,
        )
    }

    /// The truths of a key.
    #[expect(
        clippy::too_many_arguments,
        reason = "a fact key has that many parts, and the unit says which kind of variance is meant"
    )]
    pub(crate) fn at(
        &self,
        metric: MetricId,
        period: Period,
        scenario: &str,
        segment: Option<&str>,
        measure: Measure,
        base: Option<&Base>,
        unit: &Unit,
    ) -> Vec<Truth> {
        let Some(metric) = self.source_metric(metric) else { return Vec::new() };
        let level = |period, scenario: &str, segment| self.level(metric, period, scenario, segment);
        let percent = matches!(unit, Unit::Percent);
        match (measure, base) {
            (Measure::Level, _) => level(period, scenario, segment),
            (Measure::Change, Some(Base::Period(base))) => combine(
                &level(period, scenario, segment),
                &level(*base, scenario, segment),
                unit,
                |a, b| a.minus(b),
                &format!("difference from {base}"),
            ),
            (Measure::Growth, Some(Base::Period(base))) => combine(
                &level(period, scenario, segment),
                &level(*base, scenario, segment),
                unit,
                Interval::growth_on,
                &format!("growth on {base}"),
            ),
            (Measure::Variance, Some(Base::Scenario(base))) => {
                let by =
                    if percent && !self.is_rate(metric) { Interval::growth_on } else { |a: Interval, b| a.minus(b) };
                combine(
                    &level(period, scenario::ACTUAL, segment),
                    &level(period, base, segment),
                    unit,
                    by,
                    &format!("actual against {base}"),
                )
            }
            (Measure::Share, _) if segment.is_some() => combine(
                &level(period, scenario, segment),
                &level(period, scenario, None),
                unit,
                Interval::share_of,
                "share of the whole",
            ),
            _ => Vec::new(),
        }
    }

    fn is_rate(&self, metric: usize) -> bool {
        matches!(self.deck.source.metrics[metric].unit, Some(Unit::Percent))
    }

    /// The levels that the source states, else what follows from its parts.
    pub(crate) fn level(&self, metric: usize, period: Period, scenario: &str, segment: Option<&str>) -> Vec<Truth> {
        self.level_within(metric, period, scenario, segment, 0)
    }

    fn level_within(
        &self,
        metric: usize,
        period: Period,
        scenario: &str,
        segment: Option<&str>,
        depth: usize,
    ) -> Vec<Truth> {
        let period = self.normal(metric, period);
        let folded = segment.map(str::to_lowercase);
        for scenario in std::iter::once(scenario).chain(alternatives(scenario).iter().copied()) {
            let key = (metric, period, scenario.to_owned(), folded.clone());
            if let Some(found) = self.index.get(&key) {
                return found.iter().filter_map(|&at| self.stated(at)).collect();
            }
        }
        let sum = self.summed(metric, period, scenario, segment);
        sum.or_else(|| self.computed(metric, period, scenario, segment, depth)).into_iter().collect()
    }

    /// A value that the metric's formula gives.
    fn computed(
        &self,
        metric: usize,
        period: Period,
        scenario: &str,
        segment: Option<&str>,
        depth: usize,
    ) -> Option<Truth> {
        let formula = self.formulas.get(&metric).filter(|_| depth < MAX_DEPTH)?;
        let text = &self.deck.source.metrics[metric].formula.as_ref()?.value;
        let (interval, places) = self.evaluate(formula, (period, scenario, segment), depth + 1)?;
        let interval =
            if self.is_rate(metric) && formula.is_ratio() { interval.times(Decimal::ONE_HUNDRED)? } else { interval };
        Some(Truth { exact: None, interval, places, how: text.clone() })
    }

    fn evaluate(
        &self,
        formula: &Formula,
        key: (Period, &str, Option<&str>),
        depth: usize,
    ) -> Option<(Interval, Vec<Place>)> {
        let (period, scenario, segment) = key;
        let level = |name: &str, period: Period, segment: Option<&str>| {
            let metric = *self.by_name.get(name)?;
            let truth = self.level_within(metric, period, scenario, segment, depth).into_iter().next()?;
            Some((truth.interval, truth.places))
        };
        match formula {
            Formula::Number(number) => Some((Interval::exact(*number), Vec::new())),
            Formula::Metric(name) => level(name, period, segment),
            Formula::Prior(name) => level(name, period.before(), segment),
            Formula::YearAgo(name) => level(name, period.year_before(), segment),
            Formula::Sum(name, by) => {
                let mut sum = (Interval::exact(Decimal::ZERO), Vec::new());
                for part in self.parts(name, by.as_deref())? {
                    let (value, places) = level(name, period, Some(&part))?;
                    sum = (sum.0.plus(value)?, [sum.1, places].concat());
                }
                Some(sum)
            }
            Formula::Negative(inner) => {
                self.evaluate(inner, key, depth).map(|(value, places)| (value.negated(), places))
            }
            Formula::Binary(operator, left, right) => {
                let (a, left) = self.evaluate(left, key, depth)?;
                let (b, right) = self.evaluate(right, key, depth)?;
                let value = match operator {
                    Operator::Plus => a.plus(b)?,
                    Operator::Minus => a.minus(b)?,
                    Operator::Times => a.product(b)?,
                    Operator::Over => a.over(b)?,
                    Operator::Equals => return None,
                };
                Some((value, [left, right].concat()))
            }
        }
    }

    /// The segments of a dimension, or all that the metric has.
    fn parts(&self, metric: &str, by: Option<&str>) -> Option<Vec<String>> {
        if let Some(by) = by
            && let Some((_, segments)) = self.deck.source.dimensions.iter().find(|(name, _)| name == by)
        {
            return Some(segments.clone());
        }
        let metric = *self.by_name.get(metric)?;
        let mut parts: Vec<String> = self.of_metric(metric).filter_map(|fact| fact.segment.clone()).collect();
        parts.sort();
        parts.dedup();
        (parts.len() > 1).then_some(parts)
    }

    fn stated(&self, at: usize) -> Option<Truth> {
        let fact = &self.deck.source.facts[at];
        Some(Truth {
            exact: Some(fact.value),
            interval: Interval::around(fact.value, fact.slack)?,
            places: vec![fact.place],
            how: String::new(),
        })
    }

    /// A duration follows from its quarters or months when all are there.
    fn summed(&self, metric: usize, period: Period, scenario: &str, segment: Option<&str>) -> Option<Truth> {
        if self.deck.source.metrics[metric].period_type != Some(PeriodType::Duration) || self.is_rate(metric) {
            return None;
        }
        let folded = segment.map(str::to_lowercase);
        [Grain::Half, Grain::Quarter, Grain::Month].into_iter().find_map(|grain| {
            let parts = period.parts(grain, &self.deck.calendar);
            if parts.len() < 2 {
                return None;
            }
            let mut sum = Interval::exact(Decimal::ZERO);
            let mut places = Vec::new();
            for part in &parts {
                let at = *self.index.get(&(metric, *part, scenario.to_owned(), folded.clone()))?.first()?;
                let truth = self.stated(at)?;
                sum = sum.plus(truth.interval)?;
                places.extend(truth.places);
            }
            let how = format!("sum of {} to {}", parts.first()?, parts.last()?);
            let exact = (sum.low == sum.high).then_some(sum.low);
            Some(Truth { exact, interval: sum, places, how })
        })
    }

    /// Every stated fact of a metric, for the search for causes.
    pub(crate) fn of_metric(&self, metric: usize) -> impl Iterator<Item = &'a crate::source::SourceFact> {
        let deck = self.deck;
        self.by_metric.get(&metric).into_iter().flatten().map(move |&at| &deck.source.facts[at])
    }
}

/// Plan and budget are one thing in most decks: where the source knows only the other word, it is meant.
fn alternatives(scenario: &str) -> &'static [&'static str] {
    match scenario {
        "plan" => &["budget"],
        "budget" => &["plan"],
        "forecast" => &["guidance"],
        "guidance" => &["forecast"],
        _ => &[],
    }
}

fn combine(
    left: &[Truth],
    right: &[Truth],
    unit: &Unit,
    by: impl Fn(Interval, Interval) -> Option<Interval>,
    how: &str,
) -> Vec<Truth> {
    let mut found = Vec::new();
    for a in left {
        for b in right {
            let Some(interval) = by(a.interval, b.interval) else { continue };
            // Basis points are hundredths of the points that percent metrics are stated in.
            let interval =
                if *unit == Unit::BasisPoints { interval.times(Decimal::ONE_HUNDRED) } else { Some(interval) };
            if let Some(interval) = interval {
                let places = a.places.iter().chain(&b.places).copied().collect();
                found.push(Truth { exact: None, interval, places, how: how.to_owned() });
            }
        }
    }
    found
}
