//! What formulas give for a key.
//!
//! Enters: formulas and the facts of the sources. Leaves: intervals with the places of every operand.
//! Invariant: however formulas refer to one another, and to earlier periods of themselves, an evaluation ends.
//!
//! A formula that multiplies or divides takes percentages for the fractions they stand for, and a metric in per cent is a hundred
//! times its value: `gross_profit / revenue` gives 71.5 and `revenue * gross_margin` an amount. One that says 100 itself is taken
//! at its word.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::index::WHOLE;
use super::{Facts, Key, Truth};
use crate::interval::Interval;
use crate::period::Period;
use crate::source::formula::{Formula, Operator};
use crate::span::Place;

/// How many evaluations may be open at once; earlier periods of a roll-forward end here, if nothing is stated before.
const MAX_DEPTH: usize = 300;

/// Values that conflicting sources leave open, at most: beyond that a formula says too little to be of use.
pub(super) const MAX_ALTERNATIVES: usize = 8;

/// One evaluation: what has been found out on the way is kept.
pub(super) struct Evaluation<'f, 'a> {
    facts: &'f Facts<'a>,
    known: BTreeMap<Key, Vec<Truth>>,
    depth: usize,
}

/// A value with where it comes from.
pub(crate) type Value = (Interval, Vec<Place>);

impl<'f, 'a> Evaluation<'f, 'a> {
    pub(super) fn new(facts: &'f Facts<'a>) -> Self {
        Self { facts, known: BTreeMap::new(), depth: 0 }
    }

    /// The levels of a key: stated, summed from parts, or computed.
    pub(super) fn level(&mut self, key: Key) -> Vec<Truth> {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // Whatever comes back to this key finds nothing.
        self.known.insert(key, Vec::new());
        let mut found = self.facts.stated(key);
        if found.is_empty() {
            found = self.facts.summed(key);
        }
        if found.is_empty() {
            found = self.computed(key);
        }
        self.known.insert(key, found.clone());
        found
    }

    /// The values that a metric's own formula gives.
    pub(super) fn computed(&mut self, key: Key) -> Vec<Truth> {
        let (source, metric) = (&self.facts.deck.source, key.0);
        let Some(formula) = source.formulas.of_metric.get(&metric) else { return Vec::new() };
        let fractions = takes_fractions(formula);
        let how = source.metrics[metric].formula.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        let percent = fractions && self.facts.is_percent(metric);
        let values = self.evaluate(formula, key, fractions);
        let scaled = values.into_iter().filter_map(|(interval, places)| {
            let interval = if percent { interval.times(Decimal::ONE_HUNDRED)? } else { interval };
            Some(Truth { exact: None, interval, places, how: how.clone() })
        });
        scaled.collect()
    }

    /// What a formula gives at a key, whose metric is of no account.
    pub(super) fn evaluate(&mut self, formula: &Formula, key: Key, fractions: bool) -> Vec<Value> {
        if self.depth == MAX_DEPTH {
            return Vec::new();
        }
        self.depth += 1;
        let found = match formula {
            Formula::Number(number) => vec![(Interval::exact(*number), Vec::new())],
            Formula::Metric(name) => self.operand(name, key.1, key, fractions),
            Formula::Prior(name) => self.operand(name, key.1.before(), key, fractions),
            Formula::YearAgo(name) => self.operand(name, key.1.year_before(), key, fractions),
            Formula::Sum(name, by) => self.sum(name, by.as_deref(), key, fractions),
            Formula::Negative(inner) => {
                let values = self.evaluate(inner, key, fractions);
                values.into_iter().map(|(value, places)| (value.negated(), places)).collect()
            }
            Formula::Binary(operator, left, right) => {
                let left = self.evaluate(left, key, fractions);
                let right = if left.is_empty() { Vec::new() } else { self.evaluate(right, key, fractions) };
                crossed(&left, &right, |a, b| match operator {
                    Operator::Plus => a.plus(b),
                    Operator::Minus => a.minus(b),
                    Operator::Times => a.product(b),
                    Operator::Over => a.over(b),
                    Operator::Equals => None,
                })
            }
        };
        self.depth -= 1;
        found
    }

    /// A metric of a formula, in a period, in the key's scenario and segment.
    fn operand(&mut self, name: &str, period: Period, key: Key, fractions: bool) -> Vec<Value> {
        let Some(metric) = self.facts.named(name) else { return Vec::new() };
        let truths = self.level(self.facts.operand((metric, period, key.2, key.3)));
        let percent = fractions && self.facts.is_percent(metric);
        let read = truths.into_iter().filter_map(|truth| {
            let interval = self.facts.rounded(metric, &truth)?;
            Some((if percent { interval.times(Decimal::new(1, 2))? } else { interval }, truth.places))
        });
        read.take(MAX_ALTERNATIVES).collect()
    }

    /// The segments of a metric, added up: only of the whole, for a segment has no segments.
    fn sum(&mut self, name: &str, by: Option<&str>, key: Key, fractions: bool) -> Vec<Value> {
        let parts = self.facts.parts(name, by);
        if key.3 != WHOLE || parts.is_empty() {
            return Vec::new();
        }
        let mut sum = vec![(Interval::exact(Decimal::ZERO), Vec::new())];
        for part in parts {
            let Some(segment) = self.facts.index.segment(Some(&part)) else { return Vec::new() };
            let values = self.operand(name, key.1, (key.0, key.1, key.2, segment), fractions);
            sum = crossed(&sum, &values, Interval::plus);
        }
        sum
    }
}

/// Whether percentages stand for fractions in a formula.
pub(crate) fn takes_fractions(formula: &Formula) -> bool {
    let says_hundred =
        formula.leaves().iter().any(|leaf| matches!(leaf, Formula::Number(number) if *number == Decimal::ONE_HUNDRED));
    formula.multiplies() && !says_hundred
}

/// Every combination of two sides' values.
fn crossed(left: &[Value], right: &[Value], by: impl Fn(Interval, Interval) -> Option<Interval>) -> Vec<Value> {
    let mut found = Vec::new();
    for (a, from) in left {
        for (b, and) in right {
            if let (Some(value), true) = (by(*a, *b), found.len() < MAX_ALTERNATIVES) {
                found.push((value, [from.as_slice(), and.as_slice()].concat()));
            }
        }
    }
    found
}
