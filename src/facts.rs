//! What the source of truth says of a key: the values it states, and those that follow from them.
//!
//! Enters: facts of the sources, under the deck's calendar. Leaves: [`Truth`]s to hold claims against.
//! Invariant: a truth names the places of every fact that it was taken from.

pub(crate) mod equation;
mod formula;
pub(crate) mod index;
mod stated;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::interval::Interval;
use crate::period::{Grain, Period};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::source::formula::Formula;
use crate::source::{Metric, PeriodType, SourceFact};
use crate::span::Place;
use crate::vocabulary::MetricId;

pub(crate) use equation::Term;
use formula::Evaluation;
pub(crate) use formula::{Value, takes_fractions};
pub(crate) use index::{Index, Key};
pub(crate) use stated::shown;

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

impl Truth {
    /// Whether it is stated itself, and is this number but for the sign.
    pub(crate) fn is_magnitude(&self, magnitude: &Quantity) -> bool {
        self.exact.is_some_and(|value| magnitude.consistent_with_exact(value.abs(), false))
    }

    /// A percentage in basis points.
    pub(crate) fn in_basis_points(&self) -> Option<Self> {
        let exact = match self.exact {
            Some(exact) => Some(exact.checked_mul(Decimal::ONE_HUNDRED)?),
            None => None,
        };
        Some(Self { exact, interval: self.interval.times(Decimal::ONE_HUNDRED)?, ..self.clone() })
    }

    /// The number that the source writes, where its writing rounds: `$38.12M`. A claim is held against it as against another claim.
    pub(crate) fn written(&self, unit: &Unit) -> Option<Quantity> {
        let resolution = self.interval.high.checked_sub(self.interval.low).filter(|width| !width.is_zero())?;
        Quantity::exact(self.exact?, resolution, unit.clone())
    }
}

/// The facts of a deck's sources, by key.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    deck: &'a Deck,
    index: &'a Index,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(deck: &'a Deck) -> Self {
        Self { deck, index: deck.facts.get_or_init(|| Index::new(&deck.source, &deck.calendar)) }
    }

    /// The source's index of a metric, if a source defines it.
    fn source_metric(&self, id: MetricId) -> Option<usize> {
        self.deck.vocabulary.term(id).source
    }

    /// What the source says of the key that a claim is bound to; several truths when sources conflict, none when it is silent.
    pub(crate) fn of(&self, claim: &Claim) -> Vec<Truth> {
        let (Some(metric), Some(period)) = (claim.metric, claim.period) else { return Vec::new() };
        self.of_as(claim, metric, period)
    }

    /// What it would say, were the claim of this metric and time.
    pub(crate) fn of_as(&self, claim: &Claim, metric: MetricId, period: Period) -> Vec<Truth> {
        let scenario = claim.scenario_or_actual();
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
        // What is itself in basis points moves by such.
        let own = self.deck.source.metrics.get(metric).and_then(|metric| metric.unit.as_ref());
        let unit = if *unit == Unit::BasisPoints && own == Some(unit) { &Unit::Bare } else { unit };
        match (measure, base) {
            (Measure::Level, _) => level(period, scenario, segment),
            (Measure::Change, Some(Base::Period(base))) => combine(
                &self.to_the_point(metric, unit, level(period, scenario, segment)),
                &self.to_the_point(metric, unit, level(*base, scenario, segment)),
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
                    if percent && !self.is_percent(metric) { Interval::growth_on } else { |a: Interval, b| a.minus(b) };
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
            // `R&D was 16% of revenue`: of another metric as a whole.
            (Measure::Share, Some(Base::Whole(whole))) => match self.named(whole) {
                // Of customers no share is one of orders in money.
                Some(other) if other != metric && self.are_alike(metric, other) => combine(
                    &level(period, scenario, None),
                    &self.level(other, period, scenario, None),
                    unit,
                    Interval::share_of,
                    &format!("share of {}", self.deck.source.metrics[other].label),
                ),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Whether two metrics are measured in one unit, as far as the source says in what.
    fn are_alike(&self, metric: usize, other: usize) -> bool {
        let unit = |at: usize| self.deck.source.metrics[at].unit.as_ref();
        unit(metric).zip(unit(other)).is_none_or(|(a, b)| a.comparable(b))
    }

    fn is_percent(&self, metric: usize) -> bool {
        matches!(self.deck.source.metrics[metric].unit, Some(Unit::Percent))
    }

    /// The metric of a name.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        self.index.metric(name)
    }

    /// The levels that the source states, else what follows from its parts; several where sources conflict.
    pub(crate) fn level(&self, metric: usize, period: Period, scenario: &str, segment: Option<&str>) -> Vec<Truth> {
        let key = self.key_of(metric, period, scenario, segment);
        key.map(|key| Evaluation::new(self).level(key)).unwrap_or_default()
    }

    /// The levels of a key.
    fn levels(&self, key: Key) -> Vec<Truth> {
        Evaluation::new(self).level(key)
    }

    /// A key under the period by which its metric's facts are known.
    fn operand(&self, key: Key) -> Key {
        (key.0, index::normal(&self.deck.source.metrics[key.0], key.1, &self.deck.calendar), key.2, key.3)
    }

    /// What the formula of a metric gives, whatever is stated.
    pub(crate) fn computed(&self, key: Key) -> Vec<Truth> {
        Evaluation::new(self).computed(key)
    }

    /// What a formula gives at a key, whose metric is of no account.
    pub(crate) fn evaluated(&self, formula: &Formula, key: Key, fractions: bool) -> Vec<Value> {
        Evaluation::new(self).evaluate(formula, key, fractions)
    }

    /// What is stated of a key, or of the scenario that another word stands for: one truth for each cluster of facts that agree.
    fn stated(&self, key: Key) -> Vec<Truth> {
        for scenario in std::iter::once(key.2).chain(alternatives(self.index, key.2)) {
            let facts: Vec<usize> = self.index.at((key.0, key.1, scenario, key.3)).collect();
            if !facts.is_empty() {
                let clusters = index::clusters(&self.deck.source, &facts);
                return clusters.iter().filter_map(|cluster| self.truth(cluster)).collect();
            }
        }
        Vec::new()
    }

    /// What facts that agree state: the most precise of them, at the places of all.
    fn truth(&self, facts: &[usize]) -> Option<Truth> {
        let source = &self.deck.source;
        let places = facts.iter().map(|&at| source.facts[at].place).collect();
        let precise = |at: &&usize| (source.facts[**at].slack, std::cmp::Reverse(source.facts[**at].value.scale()));
        let fact = &source.facts[*facts.iter().min_by_key(precise)?];
        let interval = Interval::around(fact.value, fact.slack)?;
        Some(Truth { exact: Some(fact.value), interval, places, how: String::new() })
    }

    /// A truth as an operand of a formula: rates are rounded wherever they are written down, amounts and counts are what they are.
    fn rounded(&self, metric: usize, truth: &Truth) -> Option<Interval> {
        let rate = !adds_up(&self.deck.source.metrics[metric]);
        match truth.exact.filter(|_| rate && truth.interval.low == truth.interval.high) {
            Some(value) => Interval::around(value, Decimal::new(5, value.scale() + 1)),
            None => Some(truth.interval),
        }
    }

    /// The levels of a rate that a change in basis points is taken between: `21.17` less `20.01` is 116 of them, or one more or fewer,
    /// for the deck's author had all the digits.
    fn to_the_point(&self, metric: usize, unit: &Unit, truths: Vec<Truth>) -> Vec<Truth> {
        let fine = |truth: &Truth| *unit == Unit::BasisPoints && truth.exact.is_some_and(|value| value.scale() >= 2);
        let rounded = |truth: Truth| match self.rounded(metric, &truth).filter(|_| fine(&truth)) {
            Some(interval) => Truth { interval, ..truth },
            None => truth,
        };
        truths.into_iter().map(rounded).collect()
    }

    /// A duration follows from its halves, quarters or months when all are there.
    fn summed(&self, key: Key) -> Vec<Truth> {
        let metric = &self.deck.source.metrics[key.0];
        if metric.period_type != Some(PeriodType::Duration) || !adds_up(metric) {
            return Vec::new();
        }
        let of_grain = |grain| {
            let parts = key.1.parts(grain, &self.deck.calendar);
            self.sum_of(key, &parts)
        };
        [Grain::Half, Grain::Quarter, Grain::Month].into_iter().find_map(of_grain).into_iter().collect()
    }

    /// The sum of a key's parts in time, where each is stated and no two sources differ about it.
    pub(crate) fn sum_of(&self, key: Key, parts: &[Period]) -> Option<Truth> {
        if parts.len() < 2 {
            return None;
        }
        let mut sum = Interval::exact(Decimal::ZERO);
        let mut places = Vec::new();
        for part in parts {
            let stated = self.stated((key.0, *part, key.2, key.3));
            let [truth] = stated.as_slice() else { return None };
            sum = sum.plus(truth.interval)?;
            places.extend(truth.places.iter().copied());
        }
        let how = format!("sum of {} to {}", parts.first()?, parts.last()?);
        let exact = (sum.low == sum.high).then_some(sum.low);
        Some(Truth { exact, interval: sum, places, how })
    }

    /// The segments of a dimension, or all that the metric has.
    pub(crate) fn parts(&self, metric: &str, by: Option<&str>) -> Vec<String> {
        if let Some((_, segments)) = by.and_then(|by| self.deck.source.dimensions.iter().find(|(name, _)| name == by)) {
            return segments.clone();
        }
        let Some(metric) = self.named(metric) else { return Vec::new() };
        let mut parts: Vec<String> = self.of_metric(metric).filter_map(|fact| fact.segment.clone()).collect();
        parts.sort();
        parts.dedup_by_key(|part| part.to_lowercase());
        if parts.len() > 1 { parts } else { Vec::new() }
    }

    /// The facts by key.
    pub(crate) fn index(&self) -> &'a Index {
        self.index
    }

    /// Every stated fact of a metric, for the search for causes.
    pub(crate) fn of_metric(&self, metric: usize) -> impl Iterator<Item = &'a SourceFact> {
        let facts = &self.deck.source.facts;
        self.index.of_metric(metric).map(move |at| &facts[at])
    }
}

/// Whether figures of a metric can be added up: rates, prices and durations cannot.
pub(crate) fn adds_up(metric: &Metric) -> bool {
    matches!(metric.unit, None | Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_) | Unit::Bare))
}

/// Plan and budget are one thing in most decks: where the source knows only the other word, it is meant.
fn alternatives(index: &Index, scenario: u32) -> Option<u32> {
    const PAIRS: [(&str, &str); 2] = [("plan", "budget"), ("forecast", "guidance")];
    let numbers = PAIRS.into_iter().filter_map(|(a, b)| Some((index.scenario(a)?, index.scenario(b)?)));
    numbers.into_iter().find_map(|(a, b)| match scenario {
        _ if scenario == a => Some(b),
        _ if scenario == b => Some(a),
        _ => None,
    })
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
