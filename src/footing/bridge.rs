//! Bridges: an opening balance, movements, a closing balance.
//!
//! Enters: steps in order, the first the opening, the last the closing. Leaves: whether the bridge closes, and if not, by how much
//! and which step most likely is wrong.
//! Invariant: a bridge that closes in any lawful way of writing it is closed: signs as written, outflows all written without a sign,
//! subtotals among the movements, and, where no movement carries a sign at all, any signs that make it close.

use rust_decimal::Decimal;

use super::search::is_deducted;
use super::slip::{self, Wanted};
use super::strip::Amount;
use crate::finding::CauseKind;
use crate::quantity::{Quantity, Unit};

/// One step of a bridge.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// What it is called, in lower case.
    pub(crate) label: String,
    /// How much it moves the balance.
    pub(crate) amount: Amount,
}

/// How a bridge comes out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// Opening and movements make the closing.
    Closed,
    /// They do not.
    Open(Break),
    /// Too few steps to say.
    Silent,
}

/// How a bridge fails to close.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Break {
    /// What opening and movements come to.
    pub(crate) end: Decimal,
    /// The step that most likely is wrong.
    pub(crate) suspect: usize,
    /// What was done to it, where that is plain.
    pub(crate) cause: Option<CauseKind>,
    /// What it would have to be.
    pub(crate) meant: Decimal,
    /// Whether so little is missing, or so plainly, that the steps are all there.
    pub(crate) near: bool,
}

/// A way to read the movements: whether each counts, and whether it is taken away.
type Reading = Vec<Option<bool>>;

/// The amount of a step of a bridge in `unit`: points and basis points move a percentage.
pub(crate) fn amount(quantity: &Quantity, unit: &Unit) -> Option<Amount> {
    let amount = Amount::of(quantity)?;
    let factor = match (&quantity.unit, unit) {
        (own, unit) if own == unit => Decimal::ONE,
        (Unit::Bare, _) | (_, Unit::Bare) => Decimal::ONE,
        (Unit::Points, Unit::Percent) | (Unit::Percent, Unit::Points) => Decimal::ONE,
        (Unit::BasisPoints, Unit::Percent | Unit::Points) => Decimal::new(1, 2),
        _ => return None,
    };
    let times = |value: Decimal| value.checked_mul(factor);
    Some(Amount {
        value: times(amount.value)?,
        low: times(amount.low)?,
        high: times(amount.high)?,
        resolution: times(amount.resolution)?,
    })
}

/// Walks a bridge.
pub(crate) fn walk(steps: &[Step]) -> Outcome {
    let [opening, movements @ .., closing] = steps else { return Outcome::Silent };
    let moved = movements.iter().filter(|step| !step.amount.value.is_zero()).count();
    if moved == 0 || (opening.amount.value.is_zero() && moved < 2) {
        return Outcome::Silent;
    }
    let mut gaps: Vec<(Decimal, Amount, Reading)> = Vec::new();
    for reading in readings(opening, movements) {
        let Some(end) = end(opening, movements, &reading) else { return Outcome::Silent };
        if end.meets(closing.amount) {
            return Outcome::Closed;
        }
        gaps.push(((closing.amount.value - end.value).abs(), end, reading));
    }
    if closes_somehow(opening, movements, closing) {
        return Outcome::Closed;
    }
    match gaps.into_iter().min_by_key(|(gap, ..)| *gap) {
        Some((gap, end, reading)) => Outcome::Open(blame(steps, gap, end, &reading)),
        None => Outcome::Silent,
    }
}

/// The ways in which the movements may be meant.
fn readings(opening: &Step, movements: &[Step]) -> Vec<Reading> {
    let all: Reading = vec![Some(false); movements.len()];
    let without = without_subtotals(opening, movements);
    let outflows = |reading: &Reading| -> Reading {
        let away = |step: &Step| step.amount.value.is_sign_positive() && flows_out(&step.label);
        reading.iter().zip(movements).map(|(counts, step)| counts.map(|_| away(step))).collect()
    };
    let turned = |reading: &Reading| -> Reading { reading.iter().map(|counts| counts.map(|away| !away)).collect() };
    let mut found = vec![all.clone(), without.clone()];
    // `Cash from operations (41.5)` beside `Interest paid 8.2` in a walk of debt: what comes in takes from it, and every sign is its own.
    let comes_in = |step: &Step| step.amount.value.is_sign_negative() && flows_in(&step.label);
    let goes_out =
        |step: &Step| step.amount.value.is_sign_positive() && (flows_out(&step.label) || is_spent(&step.label));
    if movements.iter().any(comes_in) && movements.iter().any(goes_out) {
        found.dedup();
        return found;
    }
    // Where one outflow shows its sign, another without one is a slip: `Interest paid (94)`, `Tax paid 150`.
    let shown = |step: &Step| {
        let out = flows_out(&step.label) || is_spent(&step.label);
        step.amount.value.is_sign_negative() && out && !is_taken_off(&step.label)
    };
    if !movements.iter().any(shown) {
        found.extend([outflows(&all), outflows(&without)]);
    }
    // Cash that comes in takes net debt down, where debt is written without a sign.
    if ["debt", "borrowings", "liability", "loans"].iter().any(|word| opening.label.contains(word)) {
        found.extend([turned(&all), turned(&without), turned(&outflows(&all)), turned(&outflows(&without))]);
    }
    found.dedup();
    found
}

/// Whether a label itself says that the figure is taken away, whatever its sign.
fn is_taken_off(label: &str) -> bool {
    // `Deductions` are as plain as `deduct`.
    is_deducted(label) || label.trim_start().starts_with("deduct")
}

/// Leaves out movements that only add up those just before them.
fn without_subtotals(opening: &Step, movements: &[Step]) -> Reading {
    let mut counts: Reading = vec![Some(false); movements.len()];
    for at in 2..movements.len() {
        let mut sum = Some(Amount::ZERO);
        for before in (0..at).rev().filter(|&before| counts[before].is_some()).take(60) {
            sum = sum.and_then(|sum| sum.plus(movements[before].amount, false));
            let parts = at - before;
            if parts >= 2 && sum.is_some_and(|sum| sum.meets(movements[at].amount)) {
                counts[at] = None;
                break;
            }
        }
        // A running balance adds the opening too.
        let running = sum.and_then(|sum| sum.plus(opening.amount, false));
        if counts[at].is_some() && running.is_some_and(|running| running.meets(movements[at].amount)) {
            counts[at] = None;
        }
    }
    counts
}

/// What opening and movements come to.
fn end(opening: &Step, movements: &[Step], reading: &Reading) -> Option<Amount> {
    let counted = reading.iter().zip(movements).filter_map(|(counts, step)| counts.map(|negated| (negated, step)));
    counted.map(Some).try_fold(opening.amount, |sum, step| {
        let (negated, step) = step?;
        sum.plus(step.amount, negated)
    })
}

/// Whether movements that carry no sign at all close the bridge under some signs. Few movements only: more would close by chance.
fn closes_somehow(opening: &Step, movements: &[Step], closing: &Step) -> bool {
    if movements.len() > 6 || movements.iter().any(|step| step.amount.value.is_sign_negative()) {
        return false;
    }
    (0_u32..1 << movements.len()).any(|signs| {
        let reading = (0..movements.len()).map(|at| Some(signs & (1 << at) != 0)).collect();
        end(opening, movements, &reading).is_some_and(|end| end.meets(closing.amount))
    })
}

/// Words of movements that take away, for bridges written without signs.
fn flows_out(label: &str) -> bool {
    const WORDS: &[&str] = &[
        "less",
        "deduct",
        "deductions",
        "deducted",
        "write-offs",
        "writeoffs",
        "written",
        "used",
        "utilised",
        "utilized",
        "utilisation",
        "utilization",
        "released",
        "release",
        "payments",
        "payment",
        "paid",
        "repaid",
        "repayment",
        "repayments",
        "redeemed",
        "redemptions",
        "exercised",
        "forfeited",
        "forfeitures",
        "cancelled",
        "canceled",
        "cancellations",
        "expired",
        "vested",
        "sold",
        "disposals",
        "disposal",
        "disposed",
        "depreciation",
        "amortisation",
        "amortization",
        "impairment",
        "churn",
        "churned",
        "contraction",
        "downgrades",
        "lost",
        "closed",
        "closures",
        "decrease",
        "decreases",
        "reductions",
        "reduction",
        "outflow",
        "outflows",
        "spent",
        "leavers",
        "exits",
        "departures",
        "dividends",
        "charge-offs",
        "settled",
        "settlements",
        "lapsed",
        "lapses",
        "out",
        "withdrawn",
        "withdrawals",
        "recognised",
        "recognized",
        "deliveries",
        "shipped",
        "repurchased",
        "repurchases",
        "retired",
    ];
    label.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|word| WORDS.contains(&word))
}

/// What brings money in, whatever else the label says.
fn flows_in(label: &str) -> bool {
    const WORDS: &[&str] = &[
        "ebitda",
        "cash from",
        "cash generated",
        "operating cash",
        "free cash flow",
        "receipts",
        "proceeds",
        "inflow",
    ];
    WORDS.iter().any(|word| label.contains(word))
}

/// What money is spent on, whatever else the label says: brackets around it show that the walk writes its signs.
fn is_spent(label: &str) -> bool {
    const WORDS: &[&str] =
        &["capex", "capital expenditure", "development spend", "acquisitions", "payroll", "purchase of"];
    WORDS.iter().any(|word| label.contains(word))
}

/// The step that most likely is wrong: the one that a slip explains best, the closing when none or several do. The opening was
/// somebody's closing and has been looked at before: it is never the suspect.
fn blame(steps: &[Step], gap: Decimal, end: Amount, reading: &Reading) -> Break {
    let last = steps.len() - 1;
    let closing = steps[last].amount;
    let slack = (end.high - end.low + closing.high - closing.low) / Decimal::TWO;
    let missing = closing.value - end.value;
    let wanted = |value: Decimal| Wanted { value, low: value - slack, high: value + slack };
    let own = slip::find(closing, &wanted(end.value));
    let part = |at: usize| {
        let counts = at.checked_sub(1).and_then(|movement| reading.get(movement).copied().flatten());
        let step = steps.get(at)?.amount;
        let value = if counts? { step.value - missing } else { step.value + missing };
        slip::find(step, &wanted(value)).map(|slip| (at, slip))
    };
    let mut parts: Vec<_> = (1..last).filter_map(part).collect();
    parts.sort_by_key(|(_, slip)| slip.rank());
    let unrivalled = match parts.as_slice() {
        [] => None,
        [only] => Some(only),
        [first, second, ..] => (first.1.rank() < second.1.rank()).then_some(first),
    };
    let (suspect, slip) = match (own, unrivalled) {
        (None, Some(&(at, slip))) => (at, Some(slip)),
        (Some(own), Some(&(at, slip))) if slip.rank() < own.rank() => (at, Some(slip)),
        (own, _) => (last, own),
    };
    let size = steps[0].amount.value.abs().max(closing.value.abs());
    Break {
        end: end.value,
        suspect,
        cause: slip.map(|slip| slip.cause),
        meant: slip.map_or(end.value, |slip| slip.meant),
        near: slip.is_some() || gap <= size / Decimal::from(4),
    }
}
