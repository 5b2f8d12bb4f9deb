//! Shares of one whole: they come to a hundred, as far as rounding allows.
//!
//! Enters: the percentages that are said to make a whole. Leaves: by how much they miss it, and which one a slip explains.
//! Invariant: percentages that come near a hundred only by chance are no whole: a miss of more than a few points is silence.

use rust_decimal::Decimal;

use super::slip::{self, Wanted};
use super::strip::Amount;
use crate::finding::CauseKind;
use crate::quantity::{Quantity, Unit};

/// Shares that do not come to a hundred.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Miss {
    /// What they come to.
    pub(crate) sum: Decimal,
    /// The one that a slip explains, with the slip and what it would have to be.
    pub(crate) suspect: Option<(usize, CauseKind, Decimal)>,
}

/// A share, if a quantity is one: a plain percentage, not below zero.
pub(crate) fn share(quantity: &Quantity) -> Option<Amount> {
    let plain = quantity.unit == Unit::Percent && !quantity.in_words;
    Amount::of(quantity).filter(|amount| plain && !amount.value.is_sign_negative())
}

/// Adds shares up. `None` when they make a whole, or are plainly not all of one.
pub(crate) fn miss(shares: &[Amount]) -> Option<Miss> {
    let sum = shares.iter().try_fold(Amount::ZERO, |sum, share| sum.plus(*share, false))?;
    let hundred = Decimal::ONE_HUNDRED;
    let gap = (sum.value - hundred).abs();
    if (sum.low <= hundred && hundred <= sum.high) || gap > Decimal::TEN || shares.len() < 2 {
        return None;
    }
    let slack = (sum.high - sum.low) / Decimal::TWO;
    let explained = |(at, share): (usize, &Amount)| {
        let value = share.value + hundred - sum.value;
        let slip = slip::find(*share, &Wanted { value, low: value - slack, high: value + slack })?;
        Some((at, slip.cause, slip.meant))
    };
    let mut suspects = shares.iter().enumerate().filter_map(explained);
    let suspect = suspects.next().filter(|_| suspects.next().is_none());
    Some(Miss { sum: sum.value, suspect })
}
