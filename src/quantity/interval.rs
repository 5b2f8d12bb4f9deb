//! The interval that a number's writing stands for.
//!
//! Enters: value, resolution, qualifier. Leaves: least and greatest value, `None` where there is no bound.
//! Invariant: the value lies within, and every product is checked.

use rust_decimal::Decimal;

use super::{Qualifier, Quantity};

/// Least and greatest value. `None` when one does not fit in a decimal.
pub(super) fn bounds(
    qualifier: Qualifier,
    value: Decimal,
    resolution: Decimal,
) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let around = |half: Decimal| {
        let low = value.checked_sub(half)?.normalize();
        Some((Some(low), Some(value.checked_add(half)?.normalize())))
    };
    let value = value.normalize();
    match qualifier {
        Qualifier::Exact => around(half_of(resolution)?),
        Qualifier::About => around(looseness(value, resolution)?),
        Qualifier::AtLeast | Qualifier::MoreThan => Some((Some(value), None)),
        Qualifier::AtMost | Qualifier::LessThan => Some((None, Some(value))),
        Qualifier::Range => Some((Some(value), Some(value))),
    }
}

fn half_of(resolution: Decimal) -> Option<Decimal> {
    resolution.checked_mul(Decimal::new(5, 1))
}

/// What `about` allows either way: one unit of the last digit that is not zero. Fractions and multiples in words ("two-thirds", "doubled")
/// have no digits; their resolution is two units of speech, and `about` allows two and a half of it.
fn looseness(value: Decimal, resolution: Decimal) -> Option<Decimal> {
    if resolution.normalize().mantissa() == 2 {
        return resolution.checked_mul(Decimal::new(25, 1));
    }
    let mut place = resolution;
    if value.is_zero() {
        return Some(place);
    }
    while let Some(next) = place.checked_mul(Decimal::TEN) {
        if !value.checked_rem(next).is_some_and(|rest| rest.is_zero()) {
            break;
        }
        place = next;
    }
    Some(place)
}

impl Quantity {
    /// Whether the writing can stand for this value.
    pub fn contains(&self, value: Decimal) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    /// Half the width of the interval; `None` where a side is open.
    pub fn half_width(&self) -> Option<Decimal> {
        let width = self.high?.checked_sub(self.low?)?;
        half_of(width).map(|half| half.normalize())
    }
}
