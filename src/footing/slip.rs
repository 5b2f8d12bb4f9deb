//! Slips of the keyboard that explain a number: a sign, a power of ten, two digits swapped, one digit.
//!
//! Enters: a number as written and the interval it should have been in. Leaves: the simplest slip that puts it there exactly.
//! Invariant: a slip is only named when the number with that one change lies in the interval; short numbers, of which something
//! is always one digit away, are never explained by digits.

use rust_decimal::Decimal;

use super::strip::Amount;
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
    let digits = digits(written).unwrap_or_default();
    let length = significant(&digits);
    let found = [
        (CauseKind::ScaleSlip, scaled(written.value, length, wanted)),
        (CauseKind::SignFlip, Some(-written.value).filter(|meant| wanted.holds(*meant))),
        (CauseKind::TransposedDigits, (length >= 2).then(|| transposed(&digits, written, wanted)).flatten()),
        (CauseKind::DigitTypo, (length >= 3).then(|| one_digit(&digits, written, wanted)).flatten()),
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

/// The digits of a number as it is written, without sign and point.
fn digits(written: Amount) -> Option<Vec<u8>> {
    if written.resolution.is_zero() {
        return None;
    }
    let whole = written.value.abs().checked_div(written.resolution)?.normalize();
    whole.is_integer().then(|| whole.to_string().into_bytes())
}

/// How many digits are written, leading zeros aside.
pub(crate) fn length(written: Amount) -> usize {
    digits(written).map_or(0, |digits| significant(&digits))
}

fn significant(digits: &[u8]) -> usize {
    digits.iter().skip_while(|digit| **digit == b'0').count()
}

/// The value of other digits in the place of the number's own.
fn value(digits: &[u8], written: Amount) -> Option<Decimal> {
    let text = std::str::from_utf8(digits).ok()?;
    let magnitude = Decimal::from_str_exact(text).ok()?.checked_mul(written.resolution)?;
    Some(if written.value.is_sign_negative() { -magnitude } else { magnitude })
}

/// Of the numbers that one change gives, the one nearest to the exact correction.
fn nearest(candidates: impl Iterator<Item = Decimal>, wanted: &Wanted) -> Option<Decimal> {
    candidates.filter(|meant| wanted.holds(*meant)).min_by_key(|meant| (*meant - wanted.value).abs())
}

fn transposed(digits: &[u8], written: Amount, wanted: &Wanted) -> Option<Decimal> {
    let swaps = (1..digits.len()).filter(|&at| digits[at - 1] != digits[at]).filter_map(|at| {
        let mut changed = digits.to_vec();
        changed.swap(at - 1, at);
        value(&changed, written)
    });
    nearest(swaps, wanted)
}

fn one_digit(digits: &[u8], written: Amount, wanted: &Wanted) -> Option<Decimal> {
    let changes =
        (0..digits.len()).flat_map(|at| (b'0'..=b'9').map(move |digit| (at, digit))).filter_map(|(at, digit)| {
            if digits[at] == digit || (at == 0 && digit == b'0' && digits.len() > 1) {
                return None;
            }
            let mut changed = digits.to_vec();
            changed[at] = digit;
            value(&changed, written)
        });
    nearest(changes, wanted)
}
