//! A table cell that is one number.
//!
//! Enters: the text of a cell. Leaves: its quantity, or nothing.
//! Invariant: the whole cell is the number; whatever else stands in it is a mark, a unit or the noun it counts.

use std::ops::Range;

use rust_decimal::Decimal;

use super::DecimalMark;
use super::amount::{self, Amount, Inherited};
use super::lex::Tape;
use super::{noun, qualify, range, scan};
use crate::quantity::{Quantity, Sign, Unit};

impl Quantity {
    /// The number that a whole table cell is: brackets and a trailing minus are negative, footnote marks behind it are passed over, a
    /// year is a number like any other. `None` for words, dates, several numbers, and what is malformed. A range is a quantity without
    /// a value.
    pub fn cell(text: &str, decimal: DecimalMark) -> Option<Self> {
        read(text, decimal).map(|(_, quantity)| quantity)
    }
}

/// The number that a whole cell is, and its bytes.
pub(super) fn read(text: &str, decimal: DecimalMark) -> Option<(Range<usize>, Quantity)> {
    // `$` in a cell of its own, a lone dash and words are no numbers; most cells that are none end here.
    let tape = Tape::new(text, decimal, &[]);
    if !text.bytes().any(|b| b.is_ascii_digit()) && tape.word_at(0).is_none() {
        return None;
    }
    if let Some(found) = bounded(&tape) {
        return Some(found);
    }
    let amount = whole_amount(&tape)?;
    let bytes = |next: usize| tape.start(0)..tape.end(next.saturating_sub(1));
    if let Some((quantity, next)) = range::from(&tape, &amount) {
        return scan::is_rest_blank(&tape, next).then(|| (bytes(next), quantity));
    }
    let amount = with_trailing_minus(&tape, amount);
    let next = amount.next;
    if scan::is_rest_blank(&tape, next) {
        return amount.quantity(None).map(|quantity| (bytes(next), quantity));
    }
    let noun =
        noun::counted(&tape, next).filter(|_| amount.unit == Unit::Bare && scan::is_rest_blank(&tape, next + 1))?;
    Amount { noun: Some(noun), ..amount }.quantity(None).map(|quantity| (bytes(next), quantity))
}

/// `at least 1.10x`, `min. £30m`, `60% or less`, `1.5x (min)`: a limit, as columns of covenants and policies write them.
fn bounded(tape: &Tape<'_>) -> Option<(Range<usize>, Quantity)> {
    let (before, first) = qualify::leading_bound(tape).map_or((None, 0), |(bound, next)| (Some(bound), next));
    let amount = amount::read(tape, first, Inherited::default())?;
    let (bound, next) = match before {
        Some(bound) => (bound, amount.next),
        None => qualify::trailing_bound(tape, amount.next)?,
    };
    let bytes = tape.start(first)..tape.end(amount.next.saturating_sub(1));
    let quantity = scan::is_rest_blank(tape, next).then(|| amount.quantity(Some(bound))).flatten()?;
    Some((bytes, quantity))
}

/// The amount that the cell starts with, brackets and a dash apart from its digits being signs.
fn whole_amount(tape: &Tape<'_>) -> Option<Amount> {
    if let Some((amount, _)) = amount::bracketed(tape, 0) {
        return Some(amount);
    }
    if let Some(amount) = amount::angled(tape, 0) {
        return Some(amount);
    }
    if matches!(tape.symbol(0), Some('-' | '−' | '–')) && !tape.glued(1) {
        let amount = amount::read(tape, 1, Inherited::default()).filter(|amount| amount.sign == Sign::None)?;
        return Some(Amount { first: 0, sign: Sign::Minus, ..amount });
    }
    amount::read(tape, 0, Inherited::default())
}

/// `1,234-`, as old ledgers print it.
fn with_trailing_minus(tape: &Tape<'_>, amount: Amount) -> Amount {
    let trailing =
        matches!(tape.symbol(amount.next), Some('-' | '−')) && tape.glued(amount.next) && amount.next + 1 == tape.len();
    if !trailing || amount.sign != Sign::None || amount.value == Decimal::ZERO {
        return amount;
    }
    Amount { sign: Sign::Minus, next: amount.next + 1, ..amount }
}
