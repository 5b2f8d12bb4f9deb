//! Reads the number of a cell.
//!
//! Enters: a cell's text. Leaves: its one quantity and the bytes it takes, footnote marks left out.
//! Invariant: nothing but the number and marks stands in the cell, or there is no number.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::extract::DecimalMark;
use crate::quantity::{Qualifier, Quantity, Sign, Unit};

/// The one number of a cell.
pub(super) fn read(text: &str, mark: DecimalMark) -> Option<(Range<usize>, Quantity)> {
    let (decimal, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let mut sign = Sign::None;
    let mut qualifier = Qualifier::Exact;
    let mut unit = Unit::Bare;
    let mut power = 0;
    let mut digits = String::new();
    let mut places: Option<u32> = None;
    let mut end = 0;
    let mut closed = false;
    for (at, c) in text.char_indices() {
        let started = !digits.is_empty();
        match c {
            _ if c.is_whitespace() => continue,
            '(' if !started && sign == Sign::None => sign = Sign::Brackets,
            '(' if started => return finish(text, at, end, digits, places, sign, qualifier, unit, power),
            '-' | '−' | '–' if !started && sign == Sign::None => sign = Sign::Minus,
            '+' if !started && sign == Sign::None => sign = Sign::Plus,
            '~' if !started => qualifier = Qualifier::About,
            '$' if !started => unit = Unit::Currency("USD".into()),
            '€' if unit == Unit::Bare => unit = Unit::Currency("EUR".into()),
            '£' if !started => unit = Unit::Currency("GBP".into()),
            '¥' if !started => unit = Unit::Currency("JPY".into()),
            '₹' if !started => unit = Unit::Currency("INR".into()),
            _ if c.is_ascii_digit() && !closed && power == 0 => {
                digits.push(c);
                places = places.map(|places| places + 1);
            }
            _ if c == group && started && places.is_none() => {}
            _ if c == decimal && places.is_none() && !closed => places = Some(0),
            ')' if sign == Sign::Brackets && started && !closed => closed = true,
            '%' if started && unit == Unit::Bare => unit = Unit::Percent,
            'x' if started && unit == Unit::Bare => unit = Unit::Multiple,
            'k' | 'K' if started && power == 0 => power = 3,
            'm' | 'M' if started && power == 0 => power = 6,
            _ => return finish(text, at, end, digits, places, sign, qualifier, unit, power),
        }
        end = at + c.len_utf8();
    }
    finish(text, text.len(), end, digits, places, sign, qualifier, unit, power)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one number, all plain")]
fn finish(
    text: &str,
    stopped: usize,
    end: usize,
    digits: String,
    places: Option<u32>,
    sign: Sign,
    qualifier: Qualifier,
    unit: Unit,
    power: u32,
) -> Option<(Range<usize>, Quantity)> {
    if digits.is_empty() || !marks_only(&text[stopped..]) {
        return None;
    }
    let scale = super::units::power_of_ten(power);
    let places = places.unwrap_or(0);
    let mut value = Decimal::from_str_exact(&digits).ok()?;
    let resolution = Decimal::try_new(1, places).ok()?.checked_mul(scale)?;
    value = value.checked_mul(Decimal::try_new(1, places).ok()?)?.checked_mul(scale)?;
    if matches!(sign, Sign::Minus | Sign::Brackets) {
        value = -value;
    }
    let half = resolution.checked_mul(Decimal::new(5, 1))?;
    let quantity = Quantity {
        value: Some(value),
        resolution,
        low: value.checked_sub(half),
        high: value.checked_add(half),
        unit,
        noun: None,
        qualifier,
        sign,
        scale,
        scaled: power > 0,
        in_words: false,
    };
    Some((0..end, quantity))
}

/// `(1)`, `[2]`, `*`, `a)`: marks after a number.
fn marks_only(text: &str) -> bool {
    text.split_whitespace().all(|mark| {
        let inner = mark.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '*' | '†' | '‡' | '^'));
        inner.chars().count() <= 2 && (inner.len() < mark.len() || inner.chars().all(|c| matches!(c, '¹' | '²' | '³')))
    })
}
