//! The digits of a number as it is written, and what one slip of the keyboard makes of them.
//!
//! Enters: a value and the place value of its last digit. Leaves: the numbers that are one swap or one digit away.
//! Invariant: what a slip gives has the number's own sign and places.

use rust_decimal::Decimal;

/// A number's digits, without sign, point and scale.
pub(crate) struct Digits {
    digits: Vec<u8>,
    resolution: Decimal,
    negative: bool,
}

impl Digits {
    /// The digits of a value, rounded to whole units of `resolution`; none where that is zero or the digits are too many.
    pub(crate) fn of(value: Decimal, resolution: Decimal) -> Option<Self> {
        let units = value.abs().checked_div(resolution)?.round().normalize();
        Some(Self { digits: units.to_string().into_bytes(), resolution, negative: value.is_sign_negative() })
    }

    /// How many digits are written.
    pub(crate) fn len(&self) -> usize {
        self.digits.len()
    }

    /// How many digits are written, leading zeros aside.
    pub(crate) fn significant(&self) -> usize {
        self.digits.iter().skip_while(|digit| **digit == b'0').count()
    }

    /// Every number with two neighbouring digits swapped, each with the index of the first of them.
    pub(crate) fn swapped(&self) -> impl Iterator<Item = (usize, Decimal)> {
        let swaps = (1..self.len()).filter(|&at| self.digits[at - 1] != self.digits[at]);
        swaps.filter_map(|at| {
            let mut digits = self.digits.clone();
            digits.swap(at - 1, at);
            Some((at - 1, self.value(&digits)?))
        })
    }

    /// Every number with one other digit.
    pub(crate) fn changed(&self) -> impl Iterator<Item = Changed> {
        let changes = (0..self.len()).flat_map(|at| (b'0'..=b'9').map(move |digit| (at, digit)));
        changes.filter(|&(at, digit)| self.digits[at] != digit).filter_map(|(at, digit)| {
            let mut digits = self.digits.clone();
            digits[at] = digit;
            let shortened = at == 0 && digit == b'0' && digits.len() > 1;
            Some(Changed { from: self.digits[at].into(), to: digit.into(), value: self.value(&digits)?, shortened })
        })
    }

    /// The value of other digits in the place of the number's own.
    fn value(&self, digits: &[u8]) -> Option<Decimal> {
        let text = std::str::from_utf8(digits).ok()?;
        let magnitude = Decimal::from_str_exact(text).ok()?.checked_mul(self.resolution)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }
}

/// A number with one digit changed.
pub(crate) struct Changed {
    /// The digit that is written.
    pub(crate) from: char,
    /// The digit in its place.
    pub(crate) to: char,
    /// The number that this gives.
    pub(crate) value: Decimal,
    /// Whether the first digit has become a zero, which nobody would write.
    pub(crate) shortened: bool,
}

#[cfg(test)]
mod tests {
    use super::Digits;
    use rust_decimal::Decimal;

    fn of(value: &str, resolution: &str) -> Option<Digits> {
        let decimal = |text| Decimal::from_str_exact(text).expect("a decimal");
        Digits::of(decimal(value), decimal(resolution))
    }

    #[test]
    fn slips_keep_sign_and_places() {
        let digits = of("-4.20", "0.01").expect("digits");
        assert_eq!(digits.significant(), 3);
        let swapped: Vec<String> = digits.swapped().map(|(at, value)| format!("{at}: {value}")).collect();
        assert_eq!(swapped, ["0: -2.40", "1: -4.02"]);
        assert_eq!(digits.changed().count(), 27);
        let shortened: Vec<String> =
            digits.changed().filter(|change| change.shortened).map(|change| change.value.to_string()).collect();
        assert_eq!(shortened, ["-0.20"]);
    }

    #[test]
    fn equal_neighbours_do_not_swap_and_zero_resolution_has_no_digits() {
        assert_eq!(of("44000", "1000").map_or(0, |digits| digits.swapped().count()), 0);
        assert!(of("44", "0").is_none());
    }
}
