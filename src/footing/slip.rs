//! Slips of the keyboard that explain a number: a sign, a power of ten, two digits swapped, one digit.
//!
//! Enters: a number as written and the interval it should have been in. Leaves: the simplest slip that puts it there exactly.
//! Invariant: a slip is only named when the number with that one change lies in the interval; short numbers, of which something
//! is always one digit away, are never explained by digits.

use rust_decimal::Decimal;

use super::strip::Amount;
use crate::digits::Digits;
use crate::finding::CauseKind;

/// Where a number should have been.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The exact correction.
    pub(crate) value: Decimal,
    /// Least value that will do.
    pub(crate) low: Decimal,
    /// Greatest value that will do.
    pub(crate) high: Decimal,
}

/// A slip that explains a number.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Slip {
    /// What was done.
    pub(crate) cause: CauseKind,
    /// The number that was meant.
    pub(crate) meant: Decimal,
}

impl Slip {
    /// Slips in order of simplicity.
    pub(crate) fn rank(&self) -> u8 {
        match self.cause {
            CauseKind::ScaleSlip => 0,
            CauseKind::SignFlip => 1,
            CauseKind::TransposedDigits => 2,
            _ => 3,
        }
    }
}

impl Wanted {
    /// Whether one value would do for both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    fn holds(&self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The most plausible slip.
pub(crate) fn find(written: Amount, wanted: &Wanted) -> Option<Slip> {
    // A correction to nothing at all is no slip.
    let nothing = wanted.low <= Decimal::ZERO && wanted.high >= Decimal::ZERO;
    if written.value.is_zero() || nothing || wanted.holds(written.value) {
        return None;
    }
    let digits = digits(written);
    let length = digits.as_ref().map_or(0, Digits::significant);
    let from_digits = |least: usize, slip: fn(&Digits, &Wanted) -> Option<Decimal>| {
        digits.as_ref().filter(|_| length >= least).and_then(|digits| slip(digits, wanted))
    };
    let found = [
        (CauseKind::ScaleSlip, scaled(written.value, length, wanted)),
        (CauseKind::SignFlip, Some(-written.value).filter(|meant| wanted.holds(*meant))),
        (CauseKind::TransposedDigits, from_digits(2, transposed)),
        (CauseKind::DigitTypo, from_digits(3, one_digit)),
    ];
    // A slip explains a number exactly: what it leaves to rounding is one unit, or a little more where many parts were rounded. One or
    // two digits are that near to some slip too often: they must fit to the letter.
    let width = (wanted.high - wanted.low) / Decimal::from(8);
    let rounding = if length >= 3 { written.resolution.max(width) } else { Decimal::ZERO };
    let slips = found.into_iter().filter_map(|(cause, meant)| Some(Slip { cause, meant: meant? }));
    slips.filter(|slip| (slip.meant - wanted.value).abs() <= rounding).min_by_key(Slip::rank)
}

/// The number times or over a power of ten.
fn scaled(value: Decimal, length: usize, wanted: &Wanted) -> Option<Decimal> {
    // Thousands for millions is one slip of the mind; a point misplaced needs digits that could not agree by chance.
    let powers = [(3, 2), (6, 2), (1, 3), (2, 3)];
    powers.into_iter().filter(|(_, least)| length >= *least).find_map(|(power, _): (u32, usize)| {
        let factor = Decimal::from(10_u64.pow(power));
        let up = value.checked_mul(factor).filter(|up| wanted.holds(*up));
        up.or_else(|| value.checked_div(factor).filter(|down| wanted.holds(*down)))
    })
}

/// The digits of a number that is whole units of its last place.
fn digits(written: Amount) -> Option<Digits> {
    let units = written.value.checked_div(written.resolution)?;
    units.is_integer().then(|| Digits::of(written.value, written.resolution)).flatten()
}

/// How many digits are written, leading zeros aside.
pub(crate) fn length(written: Amount) -> usize {
    digits(written).map_or(0, |digits| digits.significant())
}

/// Of the numbers that one change gives, the one nearest to the exact correction.
fn nearest(candidates: impl Iterator<Item = Decimal>, wanted: &Wanted) -> Option<Decimal> {
    candidates.filter(|meant| wanted.holds(*meant)).min_by_key(|meant| (*meant - wanted.value).abs())
}

fn transposed(digits: &Digits, wanted: &Wanted) -> Option<Decimal> {
    nearest(digits.swapped().map(|(_, value)| value), wanted)
}

fn one_digit(digits: &Digits, wanted: &Wanted) -> Option<Decimal> {
    nearest(digits.changed().filter(|change| !change.shortened).map(|change| change.value), wanted)
}
