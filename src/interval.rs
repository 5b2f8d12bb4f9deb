//! Intervals of exact decimals: what a figure can stand for, and what can be computed from such figures.
//!
//! Enters: quantities as written, or exact facts. Leaves: intervals that claims are held against.
//! Invariant: the result of an operation contains every value that operands within their intervals can give.

use rust_decimal::Decimal;

/// Everything from `low` to `high`, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Interval {
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
}

/// What division at 28 digits may lose: quotients are widened by it on both sides, so that rounding never makes a finding.
const QUOTIENT_SLACK: Decimal = Decimal::from_parts(1, 0, 0, false, 20);

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

impl Interval {
    /// One exact value.
    pub(crate) fn exact(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// A value with something open on either side.
    pub(crate) fn around(value: Decimal, slack: Decimal) -> Option<Self> {
        Some(Self { low: value.checked_sub(slack)?, high: value.checked_add(slack)? })
    }

    pub(crate) fn negated(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    pub(crate) fn times(self, factor: Decimal) -> Option<Self> {
        let (a, b) = (self.low.checked_mul(factor)?, self.high.checked_mul(factor)?);
        Some(Self { low: a.min(b), high: a.max(b) })
    }

    pub(crate) fn product(self, other: Self) -> Option<Self> {
        let (a, b) = (self.times(other.low)?, self.times(other.high)?);
        Some(Self { low: a.low.min(b.low), high: a.high.max(b.high) })
    }

    /// The quotient, `None` where the divisor can be zero.
    pub(crate) fn over(self, divisor: Self) -> Option<Self> {
        if divisor.low <= Decimal::ZERO && divisor.high >= Decimal::ZERO {
            return None;
        }
        let corners = [
            self.low.checked_div(divisor.low)?,
            self.low.checked_div(divisor.high)?,
            self.high.checked_div(divisor.low)?,
            self.high.checked_div(divisor.high)?,
        ];
        let low = corners.iter().copied().min()?.checked_sub(QUOTIENT_SLACK)?;
        let high = corners.iter().copied().max()?.checked_add(QUOTIENT_SLACK)?;
        Some(Self { low, high })
    }

    /// Growth from `base` in per cent; `None` from a base that is not clearly positive, since its sign means nothing then.
    pub(crate) fn growth_on(self, base: Self) -> Option<Self> {
        if base.low <= Decimal::ZERO {
            return None;
        }
        // (a − b) / b = a / b − 1: each operand enters once, so the interval is as tight as it can be.
        self.over(base)?.minus(Self::exact(Decimal::ONE))?.times(HUNDRED)
    }

    /// `self` in per cent of `whole`.
    pub(crate) fn share_of(self, whole: Self) -> Option<Self> {
        self.over(whole)?.times(HUNDRED)
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether a positive value is less than so many times what is given, and more than that part of it.
    pub(crate) fn is_within(self, times: Decimal, value: Decimal) -> bool {
        let (Some(most), Some(multiple)) = (self.high.checked_mul(times), value.checked_mul(times)) else {
            return false;
        };
        self.low < multiple && value < most
    }

    /// One value of the interval, to go on with.
    pub(crate) fn middle(self) -> Option<Decimal> {
        self.low.checked_add(self.high)?.checked_div(Decimal::TWO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: &str, high: &str) -> Interval {
        let read = |text: &str| Decimal::from_str_exact(text).expect("a decimal");
        Interval { low: read(low), high: read(high) }
    }

    #[test]
    fn growth_is_as_wide_as_the_writing_leaves_it() {
        // $62M against $48.2M: between 27.5% and 29.8%.
        let growth = interval("61.5", "62.5").growth_on(interval("48.15", "48.25")).expect("a positive base");
        assert!(growth.meets(interval("29", "29")) && !growth.meets(interval("31", "31")));
        assert!(growth.meets(interval("28.5", "29.5")) && !growth.meets(interval("30.5", "31.5")));
    }

    #[test]
    fn what_is_far_is_of_something_else() {
        let given = interval("9", "11");
        let near = |value: &str| given.is_within(Decimal::TWO, Decimal::from_str_exact(value).expect("a decimal"));
        assert!(near("4.6") && near("10") && near("21.9"));
        assert!(!near("4.5") && !near("22") && !near("-10"));
        // What does not fit in a decimal is far from everything.
        assert!(!given.is_within(Decimal::TWO, Decimal::MAX));
    }

    #[test]
    fn growth_from_a_loss_means_nothing() {
        assert_eq!(interval("5", "5").growth_on(interval("-3", "-2")), None);
        assert_eq!(interval("5", "5").over(interval("-1", "1")), None);
    }
}
