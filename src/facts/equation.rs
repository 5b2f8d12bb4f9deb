//! Sums and differences of facts, taken apart so that each operand can be suspected.
//!
//! Enters: a formula that only adds and subtracts. Leaves: its [`Term`]s, and what each would have to be.
//! Invariant: a term is a key; which fact states it is for the caller to ask.

use super::index::WHOLE;
use super::{Facts, Key, Truth};
use crate::interval::Interval;
use crate::period::Period;
use crate::source::formula::{Formula, Operator};

/// An operand of a sum.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) minus: bool,
    pub(crate) key: Key,
    /// What the sources say of it; several where they differ.
    pub(crate) truths: Vec<Truth>,
}

impl Term {
    fn signed(&self, value: Interval) -> Interval {
        if self.minus { value.negated() } else { value }
    }
}

impl Facts<'_> {
    /// The terms of a formula at a key; `None` where it does more than add and subtract, or where an operand is not known.
    pub(crate) fn terms(&self, formula: &Formula, key: Key) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        self.collect(formula, key, false, &mut terms)?;
        Some(terms)
    }

    fn collect(&self, formula: &Formula, key: Key, minus: bool, terms: &mut Vec<Term>) -> Option<()> {
        let mut push = |name: &str, period: Period, segment: u32| {
            let key = self.operand((self.named(name)?, period, key.2, segment));
            let truths = self.levels(key);
            (!truths.is_empty()).then(|| terms.push(Term { minus, key, truths }))
        };
        match formula {
            Formula::Metric(name) => push(name, key.1, key.3),
            Formula::Prior(name) => push(name, key.1.before(), key.3),
            Formula::YearAgo(name) => push(name, key.1.year_before(), key.3),
            Formula::Sum(name, by) if key.3 == WHOLE => {
                let parts = self.parts(name, by.as_deref());
                if parts.is_empty() {
                    return None;
                }
                parts.iter().try_for_each(|part| push(name, key.1, self.index.segment(Some(part))?))
            }
            Formula::Negative(inner) => self.collect(inner, key, !minus, terms),
            Formula::Binary(operator @ (Operator::Plus | Operator::Minus), left, right) => {
                self.collect(left, key, minus, terms)?;
                self.collect(right, key, minus != (*operator == Operator::Minus), terms)
            }
            _ => None,
        }
    }

    /// What a term would have to be for both sides to be equal, the other terms being what they are.
    pub(crate) fn needed(&self, left: &[Term], right: &[Term], at: usize) -> Option<Interval> {
        let mut rest = Interval::exact(rust_decimal::Decimal::ZERO);
        let sides = left.iter().map(|term| (term, false)).chain(right.iter().map(|term| (term, true)));
        let mut own = None;
        for (n, (term, other_side)) in sides.enumerate() {
            if n == at {
                own = Some(term.minus != other_side);
                continue;
            }
            let value = term.signed(self.rounded(term.key.0, term.truths.first()?)?);
            rest = rest.plus(if other_side { value.negated() } else { value })?;
        }
        // Everything else and the term add up to nothing.
        Some(if own? { rest } else { rest.negated() })
    }
}
