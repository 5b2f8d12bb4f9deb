//! The same kind of number with another value: what a suspect figure would be, put right.
//!
//! Enters: a quantity and an exact value. Leaves: the value in the quantity's own places, scale, unit and sign style.
//! Invariant: resolution and unit never change.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Qualifier, Quantity, Sign, interval};

impl Quantity {
    /// The quantity with another value, taken as it is. `None` when the interval does not fit in a decimal.
    pub(crate) fn with_value(&self, value: Decimal) -> Option<Self> {
        let qualifier = if self.qualifier == Qualifier::Range { Qualifier::Exact } else { self.qualifier };
        let (low, high) = interval::bounds(qualifier, value, self.resolution)?;
        let sign = match self.sign {
            Sign::None | Sign::Plus if value.is_sign_negative() && !value.is_zero() => Sign::Minus,
            Sign::Minus | Sign::Brackets if !value.is_sign_negative() => Sign::None,
            sign => sign,
        };
        Some(Self { value: Some(value), low, high, qualifier, sign, ..self.clone() })
    }

    /// The quantity with all of its places moved: thousands read as millions.
    pub(crate) fn shifted(&self, factor: Decimal) -> Option<Self> {
        let resolution = self.resolution.checked_mul(factor)?;
        let other = Self { resolution, ..self.clone() };
        other.with_value(self.value?.checked_mul(factor)?)
    }

    /// A value rounded to the quantity's places, half away from zero.
    pub(crate) fn rounded_from(&self, value: Decimal) -> Option<Self> {
        self.in_places(value, RoundingStrategy::MidpointAwayFromZero)
    }

    /// A value cut off at the quantity's places.
    pub(crate) fn cut_from(&self, value: Decimal) -> Option<Self> {
        self.in_places(value, RoundingStrategy::ToZero)
    }

    fn in_places(&self, value: Decimal, strategy: RoundingStrategy) -> Option<Self> {
        if self.resolution.is_zero() {
            return self.with_value(value);
        }
        let units = value.checked_div(self.resolution)?;
        let rounded = units.round_dp_with_strategy(0, strategy).checked_mul(self.resolution)?;
        self.with_value(rounded)
    }

    /// A value in the quantity's own style and places, for messages.
    pub(crate) fn restated(&self, value: Decimal) -> String {
        self.rounded_from(value).map_or_else(|| value.normalize().to_string(), |quantity| quantity.to_string())
    }
}
