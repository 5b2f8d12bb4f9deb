//! Facts of a source as findings about the source speak of them.
//!
//! Enters: facts. Leaves: phrases, and the values around a fact that people take for it.
//! Invariant: a value is shown as the source writes it.

use rust_decimal::Decimal;

use super::formula::MAX_ALTERNATIVES;
use super::index::{WHOLE, as_written};
use super::{Facts, Key, Term, Truth, index};
use crate::cause::{self, Neighbour, Side};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::{Cause, CauseKind};
use crate::interval::Interval;
use crate::period::Period;
use crate::quantity::Quantity;
use crate::scenario;
use crate::source::SourceFact;

impl<'a> Facts<'a> {
    /// `ARR of EMEA, FY2025-Q3 plan`.
    pub(crate) fn subject(&self, fact: &SourceFact) -> String {
        let label = &self.deck.source.metrics[fact.metric].label;
        let segment = fact.segment.as_ref().map(|segment| format!(" of {segment}")).unwrap_or_default();
        let other = Some(&fact.scenario).filter(|name| name.as_str() != scenario::ACTUAL);
        let other = other.map(|name| format!(" {name}")).unwrap_or_default();
        format!("{label}{segment}, {}{other}", fact.period)
    }

    /// A fact as a number of the file that states it.
    pub(crate) fn quantity(&self, fact: &SourceFact) -> Option<Quantity> {
        as_written(fact, &self.deck.source.metrics[fact.metric])
    }

    /// What a fact stands for, as it is written: `60.9` for anything that rounds to it, or is cut to it.
    pub(crate) fn as_written(&self, fact: &SourceFact) -> Option<Interval> {
        let quantity = self.quantity(fact)?;
        if !self.deck.source.metrics[fact.metric].truncate {
            return Some(Interval { low: quantity.low?, high: quantity.high? });
        }
        let size = fact.value.abs();
        let cut = Interval { low: size, high: size.checked_add(quantity.resolution)? };
        Some(if fact.value.is_sign_negative() { cut.negated() } else { cut })
    }

    /// The fact that states a term; none where it only follows from others.
    pub(crate) fn fact(&self, term: &Term) -> Option<&'a SourceFact> {
        let truth = term.truths.first().filter(|truth| truth.how.is_empty())?;
        let place = *truth.places.first()?;
        let facts = &self.deck.source.facts;
        self.index.at(term.key).map(|at| &facts[at]).find(|fact| fact.place == place)
    }

    /// The first fact that states a key.
    pub(crate) fn stated_at(&self, key: Key) -> Option<&'a SourceFact> {
        self.index.at(key).next().map(|at| &self.deck.source.facts[at])
    }

    /// The sums of terms that the sources leave open. Of the left side of an equation every figure stands for what rounds to it.
    pub(crate) fn totals(&self, terms: &[Term], rounded: bool) -> Vec<Interval> {
        let mut sums = vec![Interval::exact(Decimal::ZERO)];
        for term in terms {
            let values: Vec<Interval> = term
                .truths
                .iter()
                .filter_map(|truth| match self.fact(term) {
                    Some(fact) if rounded && truth.exact == Some(fact.value) => self.as_written(fact),
                    _ => self.rounded(term.key.0, truth),
                })
                .collect();
            let signed = |value: &Interval| if term.minus { value.negated() } else { *value };
            let next = sums.iter().flat_map(|sum| values.iter().filter_map(move |value| sum.plus(signed(value))));
            sums = next.take(MAX_ALTERNATIVES).collect();
        }
        sums
    }

    /// Why a claim is not what the source says: the simplest slip, or the fact that was taken for its own.
    pub(crate) fn cause(&self, claim: &Claim, truth: &Truth) -> Cause {
        let source = claim.metric.and_then(|id| self.source_metric(id));
        let truncate = source.is_some_and(|at| self.deck.source.metrics[at].truncate);
        let side = match (truth.exact, truth.written(&claim.quantity.unit)) {
            (_, Some(written)) => Side::Written(Box::new(written)),
            (Some(value), None) => Side::Exact(value, truncate),
            (None, None) => Side::Between(truth.interval),
        };
        let own = source.zip(claim.period).filter(|_| claim.measure == Measure::Level);
        let key = own.and_then(|(metric, period)| {
            self.key_of(metric, period, claim.scenario_or_actual(), claim.segment.as_deref())
        });
        cause::explain(&claim.quantity, &side, &key.map(|key| self.neighbours(key)).unwrap_or_default())
    }

    /// The facts that people take for that of a key: the same metric at other periods, scenarios and segments, then other metrics
    /// of its kind.
    pub(crate) fn neighbours(&self, key: Key) -> Vec<Neighbour> {
        let source = &self.deck.source;
        let calendar = &self.deck.calendar;
        let (own, period, ..) = key;
        let mut found = Vec::new();
        for fact in self.of_metric(own) {
            let other = self.key(fact);
            let near = other.1 == period.before() || other.1 == period.year_before() || other.1.before() == period;
            let (kind, distance, name) = match (other.1 == period, other.2 == key.2, other.3 == key.3) {
                (false, true, true) => (CauseKind::StalePeriod, u32::from(!near), fact.period.to_string()),
                (true, false, true) => (CauseKind::WrongScenario, 0, fact.scenario.clone()),
                (true, true, false) => {
                    let whole = || "the whole".to_owned();
                    (CauseKind::WrongSegment, 0, fact.segment.clone().unwrap_or_else(whole))
                }
                _ => continue,
            };
            found.push(Neighbour { kind, distance, name, side: Side::Exact(fact.value, false) });
        }
        for (at, metric) in source.metrics.iter().enumerate().filter(|(at, _)| *at != own) {
            let comparable = match (&source.metrics[own].unit, &metric.unit) {
                (Some(a), Some(b)) => a.comparable(b),
                _ => true,
            };
            if comparable {
                let key = (at, index::normal(metric, period, calendar), key.2, key.3);
                found.extend(self.index.at(key).map(|fact| Neighbour {
                    kind: CauseKind::WrongMetric,
                    distance: 0,
                    name: metric.label.clone(),
                    side: Side::Exact(source.facts[fact].value, false),
                }));
            }
        }
        found
    }

    /// The key of a fact.
    pub(crate) fn key(&self, fact: &SourceFact) -> Key {
        let known = self.key_of(fact.metric, fact.period, &fact.scenario, fact.segment.as_deref());
        known.unwrap_or((fact.metric, fact.period, 0, WHOLE))
    }

    /// The key of a metric, period, scenario and segment; none where no source knows the scenario or the segment.
    pub(crate) fn key_of(&self, metric: usize, period: Period, scenario: &str, segment: Option<&str>) -> Option<Key> {
        let period = index::normal(&self.deck.source.metrics[metric], period, &self.deck.calendar);
        Some((metric, period, self.index.scenario(scenario)?, self.index.segment(segment)?))
    }
}

/// A fact as its file writes it, with what that stands for where the writing alone does not say: `42_318_204`, `60.9 (60.9%)`.
pub(crate) fn shown(deck: &Deck, facts: &Facts<'_>, fact: &SourceFact) -> String {
    let text = deck.files.slice(fact.place).trim();
    match facts.quantity(fact).map(|quantity| quantity.to_string()) {
        Some(own) if !same_digits(text, &own) => format!("{text} ({own})"),
        _ => text.to_owned(),
    }
}

/// Whether two spellings have the same digits, so that one of them is enough.
fn same_digits(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) == digits(b)
}
