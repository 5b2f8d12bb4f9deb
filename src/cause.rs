//! Why a number is probably what it is: the simplest explanation that is exact.
//!
//! Enters: a quantity, what it should have been, and the values around it. Leaves: a [`Cause`], or none.
//! Invariant: a cause is named only when it turns one number into the other exactly, at the resolution written.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::digits::Digits;
use crate::finding::{Cause, CauseKind};
use crate::interval::Interval;
use crate::quantity::{Quantity, Sign, Unit};

/// What a number is held against: the exact value of a source, or another number as written.
#[derive(Clone, Debug)]
pub(crate) enum Side {
    /// A source's value, and whether figures of this metric are cut off.
    Exact(Decimal, bool),
    /// Another statement.
    Written(Box<Quantity>),
    /// What follows from the source.
    Between(Interval),
}

impl Side {
    /// Whether a quantity can state the same value; brackets and unsigned losses are presentation.
    pub(crate) fn agrees(&self, quantity: &Quantity) -> bool {
        match self {
            Self::Exact(value, truncate) => quantity.consistent_with_exact(*value, *truncate),
            Self::Written(other) => quantity.agrees_with(other),
            Self::Between(interval) => crate::check::interval(quantity).is_some_and(|own| own.meets(*interval)),
        }
    }

    fn value(&self) -> Option<Decimal> {
        match self {
            Self::Exact(value, _) => Some(*value),
            Self::Written(other) => other.value,
            Self::Between(interval) => (interval.low == interval.high).then_some(interval.low),
        }
    }
}

/// A value of another key, in the order in which people mix keys up.
pub(crate) struct Neighbour {
    /// Which part of the key differs.
    pub(crate) kind: CauseKind,
    /// 0 for the neighbouring period or the only other scenario; more for farther ones.
    pub(crate) distance: u32,
    /// `FY2025-Q2`, `plan`, `EMEA`, `EBITDA`.
    pub(crate) name: String,
    /// Its value.
    pub(crate) side: Side,
}

/// The causes that explain why `quantity` is not `truth`, simplest first.
pub(crate) fn explain(quantity: &Quantity, truth: &Side, neighbours: &[Neighbour]) -> Cause {
    let mut found: Vec<(u32, CauseKind, String)> = Vec::new();
    let flipped = truth.agrees(&quantity.negated());
    // Brackets around a cost are presentation: digits are compared in the sign of the truth.
    let apart = |value: Decimal| quantity.value.is_some_and(|own| own.is_sign_negative() != value.is_sign_negative());
    let turned = (quantity.sign != Sign::Plus && truth.value().is_some_and(apart)).then(|| quantity.negated());
    let quantity = turned.as_ref().unwrap_or(quantity);
    if let Some(detail) = scale_slip(quantity, truth) {
        found.push((0, CauseKind::ScaleSlip, detail));
    }
    if flipped {
        found.push((1, CauseKind::SignFlip, "the other sign".to_owned()));
    }
    for neighbour in neighbours {
        if !neighbour.side.agrees(quantity) || coincidence(quantity, neighbour.kind) {
            continue;
        }
        let rank = match (neighbour.kind, neighbour.distance) {
            (CauseKind::StalePeriod, 0) => 2,
            (CauseKind::WrongScenario, _) => 3,
            (CauseKind::WrongSegment, _) => 6,
            (CauseKind::StalePeriod, _) => 7,
            _ => 8,
        };
        found.push((rank, neighbour.kind, format!("equals {}", neighbour.name)));
    }
    if let Some(detail) = transposed(quantity, truth) {
        found.push((4, CauseKind::TransposedDigits, detail));
    }
    if truncated(quantity, truth) {
        found.push((5, CauseKind::Truncated, "cut off instead of rounded".to_owned()));
    }
    if let Some(detail) = digit_typo(quantity, truth) {
        found.push((9, CauseKind::DigitTypo, detail));
    }
    found.sort_by_key(|(rank, ..)| *rank);
    found.dedup_by(|a, b| a.1 == b.1 && a.2 == b.2);
    let mut found = found.into_iter();
    match found.next() {
        Some((_, kind, detail)) => {
            Cause { kind, detail, alternatives: found.map(|(_, kind, detail)| (kind, detail)).collect() }
        }
        None => unknown(),
    }
}

/// Whether a cause is no accident: of a number of three digits or fewer some other is always one digit away.
pub(crate) fn explains(cause: &Cause, quantity: &Quantity) -> bool {
    match cause.kind {
        CauseKind::Unknown => false,
        CauseKind::DigitTypo => significant(quantity) >= 4,
        _ => true,
    }
}

/// Whether a cause is a slip of the hand on the very number that was meant, and no number of another key.
pub(crate) fn is_slip(cause: &Cause, quantity: &Quantity) -> bool {
    use CauseKind::{StalePeriod, WrongBase, WrongMetric, WrongScenario, WrongSegment};
    let other = matches!(cause.kind, StalePeriod | WrongScenario | WrongSegment | WrongMetric | WrongBase);
    !other && explains(cause, quantity)
}

/// How far a number is from what it should be. A slip of the hand explains itself; without one, the farther a number is, the more likely
/// it is of something else than its words seem to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Distance {
    Near,
    /// By more than a quarter: to be doubted.
    Far,
    /// Less than half, or more than twice as much: not to be taken for the same thing.
    OfAnotherOrder,
}

impl Distance {
    /// From a number to another, whatever their signs.
    pub(crate) fn between(quantity: &Quantity, other: Decimal) -> Self {
        let (Some(own), other) = (quantity.value.map(|own| own.abs()), other.abs()) else { return Self::Near };
        let (low, high) = (own.min(other), own.max(other));
        let within = |part: i64| high.checked_mul(Decimal::new(part, 2)).is_some_and(|part| low >= part);
        if within(75) {
            Self::Near
        } else if within(50) {
            Self::Far
        } else {
            Self::OfAnotherOrder
        }
    }
}

/// Nothing that explains a number.
pub(crate) fn unknown() -> Cause {
    let detail = "no single slip explains it exactly".to_owned();
    Cause { kind: CauseKind::Unknown, detail, alternatives: Vec::new() }
}

/// Figures of one or two digits equal some other figure of the deck too often for that to mean anything,
/// except in the next period, scenario or base, where people really do look.
fn coincidence(quantity: &Quantity, kind: CauseKind) -> bool {
    let digits = significant(quantity);
    match kind {
        CauseKind::WrongScenario | CauseKind::StalePeriod | CauseKind::WrongSegment | CauseKind::WrongBase => {
            digits < 2
        }
        _ => digits < 3,
    }
}

/// How many digits are written, leading zeros aside.
pub(crate) fn significant(quantity: &Quantity) -> usize {
    digits(quantity).map_or(0, |digits| digits.significant())
}

fn digits(quantity: &Quantity) -> Option<Digits> {
    Digits::of(quantity.value?, quantity.resolution)
}

fn scale_slip(quantity: &Quantity, truth: &Side) -> Option<String> {
    // Powers that scale words and thousands separators confuse; smaller ones only for numbers long enough to be no accident.
    const POWERS: [(u32, &str, usize); 5] =
        [(3, "thousand", 1), (6, "million", 1), (9, "billion", 1), (1, "ten", 3), (2, "a hundred", 3)];
    if !matches!(
        quantity.unit,
        Unit::Currency(_) | Unit::Count | Unit::Bare | Unit::Measure(_) | Unit::Percent | Unit::Per(..)
    ) {
        return None;
    }
    for (power, word, digits) in POWERS {
        if significant(quantity) < digits || matches!(quantity.unit, Unit::Percent) && power > 2 {
            continue;
        }
        let factor = Decimal::from(10u64.pow(power));
        let less = Decimal::ONE.checked_div(factor)?;
        if quantity.shifted(less).is_some_and(|other| truth.agrees(&other)) {
            return Some(format!("{word} times too large"));
        }
        if quantity.shifted(factor).is_some_and(|other| truth.agrees(&other)) {
            return Some(format!("{word} times too small"));
        }
    }
    None
}

fn transposed(quantity: &Quantity, truth: &Side) -> Option<String> {
    let meant = |value| quantity.with_value(value).is_some_and(|other| truth.agrees(&other));
    let (at, _) = digits(quantity)?.swapped().find(|(_, value)| meant(*value))?;
    Some(format!("digits {} and {} swapped", at + 1, at + 2))
}

fn digit_typo(quantity: &Quantity, truth: &Side) -> Option<String> {
    let meant = |value| quantity.with_value(value).is_some_and(|other| truth.agrees(&other));
    let digits = digits(quantity).filter(|digits| digits.len() >= 2)?;
    let change = digits.changed().find(|change| meant(change.value))?;
    Some(format!("one digit differs: {} for {}", change.from, change.to))
}

fn truncated(quantity: &Quantity, truth: &Side) -> bool {
    let (Some(value), Some(exact)) = (quantity.value, truth.value()) else { return false };
    if quantity.resolution.is_zero() {
        return false;
    }
    let Some(units) = exact.abs().checked_div(quantity.resolution) else { return false };
    let cut = units.round_dp_with_strategy(0, RoundingStrategy::ToZero);
    cut.checked_mul(quantity.resolution) == Some(value.abs()) && cut != units
}
