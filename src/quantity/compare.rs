//! Whether a number as written is consistent with an exact value, or with another number as written.
//!
//! Enters: quantities in comparable units. Leaves: yes or no, by the place the author wrote to and nothing else.
//! Invariant: no tolerance in percent, and nothing compared through a quotient.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Qualifier, Quantity, Unit};

impl Quantity {
    /// Whether an exact source value, rounded to this number's resolution, is this number: half-up and half-even both pass on a tie.
    /// With `truncate` the source is cut off instead. `about`, bounds and ranges ask whether the interval holds the value.
    /// The value must be in this quantity's unit.
    pub fn consistent_with_exact(&self, source: Decimal, truncate: bool) -> bool {
        let (Some(claim), Qualifier::Exact) = (self.value, self.qualifier) else { return self.contains(source) };
        if self.resolution.is_zero() {
            return claim == source;
        }
        if truncate {
            return self.is_cut_from(claim, source);
        }
        let (Some(low), Some(high)) = (self.low, self.high) else { return false };
        // The end away from zero is reached by half-even alone, and only from an even last digit.
        let (near, far) = if claim.is_sign_negative() && !claim.is_zero() { (high, low) } else { (low, high) };
        if source == far {
            return self.last_digit_is_even(claim);
        }
        if claim.is_zero() && source == near {
            return true;
        }
        low <= source && source <= high
    }

    fn is_cut_from(&self, claim: Decimal, source: Decimal) -> bool {
        let same_side = claim.is_zero() || source.is_zero() || claim.is_sign_negative() == source.is_sign_negative();
        let (claim, source) = (claim.abs(), source.abs());
        same_side && claim <= source && claim.checked_add(self.resolution).is_none_or(|next| source < next)
    }

    fn last_digit_is_even(&self, value: Decimal) -> bool {
        let pair = self.resolution.checked_mul(Decimal::TWO);
        pair.and_then(|pair| value.checked_rem(pair)).is_some_and(|rest| rest.is_zero())
    }

    /// Whether two statements of one fact agree: written to the same place they must be equal, else their intervals must meet.
    /// Units of one kind are converted; between kinds nothing agrees.
    pub fn agrees_with(&self, other: &Quantity) -> bool {
        // Every statement of a fact is held against others of it, nearly always in its very unit.
        let other = if self.unit == other.unit {
            Cow::Borrowed(other)
        } else {
            let Some(converted) = other.in_unit(&self.unit) else { return false };
            Cow::Owned(converted)
        };
        if self.qualifier == Qualifier::Exact
            && other.qualifier == Qualifier::Exact
            && self.resolution == other.resolution
        {
            return self.value == other.value;
        }
        let reaches = |from: Option<Decimal>, to: Option<Decimal>| match (from, to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        reaches(self.low, other.high) && reaches(other.low, self.high)
    }

    /// The same amount in another unit of its kind (`50 cents` in USD, `120bps` in points); `None` between kinds.
    pub fn in_unit(&self, unit: &Unit) -> Option<Quantity> {
        let factor = self.unit.factor_to(unit)?;
        if factor == Decimal::ONE {
            return Some(self.clone().with_unit(unit.clone()));
        }
        let times = |x: Decimal| x.checked_mul(factor).map(|x| x.normalize());
        let end = |x: Option<Decimal>| x.map_or(Some(None), |x| times(x).map(Some));
        Some(Quantity {
            value: end(self.value)?,
            low: end(self.low)?,
            high: end(self.high)?,
            resolution: times(self.resolution)?,
            scale: times(self.scale)?,
            unit: unit.clone(),
            ..self.clone()
        })
    }

    /// An amount in a part or a multiple of what a metric's unit names (`64 cents` of dollars, `12.4 kt` of tonnes), for each of
    /// something or not, in that unit. `None` for every other amount, and where the currency has no such part.
    pub fn in_measure_of(&self, unit: &Unit) -> Option<Quantity> {
        let named = match unit {
            Unit::Per(amount, _) => amount.as_ref(),
            unit => unit,
        };
        if !matches!(named, Unit::Currency(_) | Unit::Measure(_)) {
            return None;
        }
        match &self.unit {
            Unit::Measure(_) if self.unit != *named => self.in_unit(named),
            Unit::Per(amount, of) if matches!(**amount, Unit::Measure(_)) && **amount != *named => {
                self.in_unit(&Unit::Per(Box::new(named.clone()), of.clone()))
            }
            _ => None,
        }
    }
}
