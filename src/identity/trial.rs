//! Whether an identity holds in one lane of a table.
//!
//! Enters: the lines of an identity. Leaves: an [`Outcome`] a lane.
//! Invariant: a lane in which any lawful way of writing makes the identity hold has nothing wrong with it: costs with or without
//! their sign, losses shown as positive numbers under a name that says loss, other lines of the table that make up the difference.

use rust_decimal::Decimal;

use super::{Identity, Shape, Sign};
use crate::footing::slip::Wanted;
use crate::footing::strip::{Amount, Figure, Strip};
use crate::interval::Interval;
use crate::quantity::Unit;

/// How an identity comes out in a lane.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It holds, with numbers long enough to prove something.
    Holds,
    /// It does not.
    Misses(Gap),
    /// Something is not stated, or a lawful writing would do.
    Silent,
}

/// By how much an identity misses.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    pub(super) result: Amount,
    pub(super) parts: Vec<Part>,
    /// What the parts give.
    pub(super) expected: Interval,
    pub(super) quotient: bool,
    /// What a quotient is multiplied with: 100 for per cent.
    unit: Decimal,
}

/// A part as it enters a sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) amount: Amount,
    /// Whether it is taken away, as its sign is written.
    pub(super) taken: bool,
}

impl Gap {
    /// Where the result should have been.
    pub(super) fn wanted_result(&self) -> Option<Wanted> {
        let half = (self.result.high - self.result.low) / Decimal::TWO;
        Some(Wanted { value: self.expected.middle()?, low: self.expected.low - half, high: self.expected.high + half })
    }

    /// Where a part should have been.
    pub(super) fn wanted_part(&self, at: usize) -> Option<Wanted> {
        let part = self.parts.get(at)?;
        if self.quotient {
            return self.wanted_operand(at);
        }
        let wanted = self.wanted_result()?;
        let slack = (wanted.high - wanted.low) / Decimal::TWO;
        let missing = self.result.value.checked_sub(wanted.value)?;
        let value = if part.taken { part.amount.value - missing } else { part.amount.value + missing };
        Some(Wanted { value, low: value - slack, high: value + slack })
    }

    /// Where an operand of a quotient should have been.
    fn wanted_operand(&self, at: usize) -> Option<Wanted> {
        let interval = |amount: Amount| Interval { low: amount.low, high: amount.high };
        let quotient = interval(self.result).over(Interval::exact(self.unit))?;
        let wanted = match self.parts.as_slice() {
            [_, whole] if at == 0 => quotient.product(interval(whole.amount))?,
            [part, _] => interval(part.amount).over(quotient)?,
            _ => return None,
        };
        Some(Wanted { value: wanted.middle()?, low: wanted.low, high: wanted.high })
    }
}

/// The outcome in every lane.
pub(super) fn outcomes(strip: &Strip, identity: &Identity, result: usize, parts: &[usize]) -> Vec<Outcome> {
    let lanes = 0..strip.lanes().len();
    match identity.shape {
        Shape::Share(..) => lanes.map(|lane| quotient(strip, result, parts, lane, &Unit::Percent)).collect(),
        Shape::Multiple(..) => lanes.map(|lane| quotient(strip, result, parts, lane, &Unit::Multiple)).collect(),
        Shape::Sum(signs) => {
            // One way of writing signs is the table's own; it is the one that holds more often.
            let ways: Vec<Vec<Outcome>> = [false, true]
                .into_iter()
                .map(|turned| lanes.clone().map(|lane| sum(strip, signs, result, parts, lane, turned)).collect())
                .collect();
            let proofs = |way: &[Outcome]| way.iter().filter(|outcome| matches!(outcome, Outcome::Holds)).count();
            let (own, other) = if proofs(&ways[1]) > proofs(&ways[0]) { (1, 0) } else { (0, 1) };
            let lawful = |lane: usize| !matches!(ways[other][lane], Outcome::Misses(_));
            let mut chosen = ways[own].clone();
            for (lane, outcome) in chosen.iter_mut().enumerate() {
                if matches!(outcome, Outcome::Misses(_)) && lawful(lane) {
                    *outcome = Outcome::Silent;
                }
            }
            chosen
        }
    }
}

fn is_level(strip: &Strip, lane: usize) -> bool {
    strip.lanes()[lane].kind.is_plain() && strip.adds_up(lane)
}

/// A sum in one lane, with the signs of costs as they are written or turned.
fn sum(
    strip: &Strip,
    signs: &[(super::Role, Sign)],
    result: usize,
    parts: &[usize],
    lane: usize,
    turned: bool,
) -> Outcome {
    let Some((total, unit)) = strip.amount(result, lane).filter(|_| is_level(strip, lane)) else {
        return Outcome::Silent;
    };
    let mut sum = Amount::ZERO;
    let mut taken = Vec::new();
    for (&line, (_, sign)) in parts.iter().zip(signs) {
        let Figure::Amount(amount) = strip.figure(line, lane, unit) else { return Outcome::Silent };
        let less = match sign {
            Sign::Plus => false,
            Sign::Either => turned,
            Sign::Less => !turned,
        };
        taken.push(Part { amount, taken: less });
        match sum.plus(amount, less) {
            Some(next) => sum = next,
            None => return Outcome::Silent,
        }
    }
    if sum.meets(total) {
        let tens = total.resolution.checked_mul(Decimal::TEN).unwrap_or(total.resolution);
        let strong = total.value.abs() >= tens && parts.len() > 1 || total.value.abs() >= tens * Decimal::ONE_HUNDRED;
        return if strong { Outcome::Holds } else { Outcome::Silent };
    }
    let gap = Gap {
        result: total,
        parts: taken,
        expected: Interval { low: sum.low, high: sum.high },
        quotient: false,
        unit: Decimal::ONE,
    };
    if lawful(strip, result, parts, lane, &gap, unit) { Outcome::Silent } else { Outcome::Misses(gap) }
}

/// Whether a difference is one that a table may have: rounding, a loss without its sign, a line that is not part of the identity.
fn lawful(strip: &Strip, result: usize, parts: &[usize], lane: usize, gap: &Gap, unit: &Unit) -> bool {
    let Some(wanted) = gap.wanted_result() else { return true };
    let difference = gap.result.value - wanted.value;
    let slack = (wanted.high - wanted.low) / Decimal::TWO;
    if difference.abs() <= slack + gap.result.resolution * Decimal::TWO {
        return true;
    }
    let name = strip.lines()[result].name.to_lowercase();
    let loss = ["loss", "deficit"].iter().any(|word| name.contains(word));
    let gain = ["income", "profit", "surplus", "earnings"].iter().any(|word| name.contains(word));
    if loss && !gain && (gap.result.value + wanted.value).abs() <= slack {
        return true;
    }
    let amount = |line: usize| match strip.figure(line, lane, unit) {
        Figure::Amount(amount) => Some(amount),
        _ => None,
    };
    let explains = |amount: Amount| {
        let slack = slack + (amount.high - amount.low) / Decimal::TWO;
        (amount.value.abs() - difference.abs()).abs() <= slack
    };
    let others = || (0..strip.lines().len()).filter(|line| *line != result && !parts.contains(line));
    if others().filter_map(amount).any(explains) {
        return true;
    }
    let last = parts.iter().copied().filter(|line| *line < result).max().unwrap_or(result);
    let between = others().filter(|line| last < *line && *line < result).filter_map(amount);
    between.into_iter().try_fold(Amount::ZERO, |sum, amount| sum.plus(amount, false)).is_some_and(explains)
}

/// A quotient in one lane.
fn quotient(strip: &Strip, result: usize, parts: &[usize], lane: usize, unit: &Unit) -> Outcome {
    let &[part, whole] = parts else { return Outcome::Silent };
    let (row, column) = strip.at(result, lane);
    let stated = strip.grid.cells.get(row).and_then(|cells| cells.get(column)).and_then(|cell| cell.quantity.as_ref());
    let Some(stated) = stated.filter(|stated| stated.unit == *unit && is_level(strip, lane)) else {
        return Outcome::Silent;
    };
    let (Some(result), Some((part, own))) = (Amount::of(stated), strip.amount(part, lane)) else {
        return Outcome::Silent;
    };
    let Figure::Amount(whole) = strip.figure(whole, lane, own) else { return Outcome::Silent };
    let interval = |amount: Amount| Interval { low: amount.low, high: amount.high };
    let quotient = match unit {
        Unit::Percent if whole.low > Decimal::ZERO => interval(part).share_of(interval(whole)),
        Unit::Multiple if whole.low > Decimal::ZERO => interval(part).over(interval(whole)),
        _ => None,
    };
    let Some(expected) = quotient else { return Outcome::Silent };
    let sized = |expected: Interval| expected.meets(interval(result));
    if sized(expected) || (unit == &Unit::Multiple && sized(expected.negated())) {
        let strong = result.value.abs() >= result.resolution * Decimal::TEN || unit == &Unit::Multiple;
        return if strong { Outcome::Holds } else { Outcome::Silent };
    }
    let factor = if unit == &Unit::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let parts = [part, whole].map(|amount| Part { amount, taken: false }).to_vec();
    let near = Interval {
        low: expected.low - result.resolution * Decimal::TWO,
        high: expected.high + result.resolution * Decimal::TWO,
    };
    if sized(near) {
        Outcome::Silent
    } else {
        Outcome::Misses(Gap { result, parts, expected, quotient: true, unit: factor })
    }
}
