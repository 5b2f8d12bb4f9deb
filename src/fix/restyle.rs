//! A number rewritten as its author would have written another value.
//!
//! Enters: the text of a number, its quantity, and the quantity it should be. Leaves: the text to write, or why there is none.
//! Invariant: only digits, sign and, after a slip of scale, the scale's own letter or word change; what is written is read back as
//! the quantity that was asked for.

use rust_decimal::Decimal;

use super::Unfixable;
use super::numeral::{self, Grouping, Numeral};
use crate::extract::{self, DecimalMark, MentionKind};
use crate::quantity::{Quantity, Sign};

/// How a document writes numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Custom {
    /// Its decimal mark.
    pub(super) decimal: DecimalMark,
    /// How it groups digits.
    pub(super) grouping: Option<Grouping>,
    /// How it writes a minus.
    pub(super) minus: char,
}

/// The text of a number with the digits of another quantity that has its resolution, its unit and the sign of `from`.
pub(super) fn with_digits(raw: &str, from: &Quantity, to: &Quantity, custom: Custom) -> Result<String, Unfixable> {
    if from.in_words {
        return words(raw, from, to);
    }
    let numeral = numeral::only(raw, custom.decimal).ok_or(Unfixable::NotOneRun)?;
    let value = in_digits(&numeral, from, to).ok_or(Unfixable::NotOneRun)?;
    let digits = numeral.with(value, custom.grouping).ok_or(Unfixable::Inexact)?;
    let mut text = raw.to_owned();
    text.replace_range(numeral.range.clone(), &digits);
    let again = numeral::only(&text, custom.decimal).filter(|again| again.value == value);
    if again.is_none() || !reads_as(raw, numeral.value, &text, value, custom.decimal) {
        return Err(Unfixable::NotOneRun);
    }
    Ok(text)
}

/// The text of a value to more places than the number shows, as its neighbours do, and the quantity it is then.
pub(super) fn to_places(
    raw: &str,
    from: &Quantity,
    value: Decimal,
    places: u32,
    custom: Custom,
) -> Option<(String, Quantity)> {
    let numeral = numeral::only(raw, custom.decimal).filter(|numeral| numeral.places() < places)?;
    let factor = from.resolution.checked_div(numeral.step())?;
    let range = numeral.range.clone();
    let numeral = numeral.with_places(places, custom.decimal);
    let finer = Quantity { resolution: factor.checked_mul(numeral.step())?, ..from.clone() };
    let to = finer.rounded_from(if from.value?.is_sign_negative() { -value.abs() } else { value.abs() })?;
    let digits = numeral.with(to.value?.abs().checked_div(factor)?, custom.grouping)?;
    let mut text = raw.to_owned();
    text.replace_range(range, &digits);
    Some((text, to))
}

/// What digits that stand where a numeral does must say for a quantity to be another. The numeral stands for its quantity only when
/// its last digit has the quantity's resolution.
fn in_digits(numeral: &Numeral, from: &Quantity, to: &Quantity) -> Option<Decimal> {
    let factor = from.resolution.checked_div(numeral.step()).filter(|factor| !factor.is_zero())?;
    let stands_for = |digits: Decimal, value: Decimal| digits.checked_mul(factor) == Some(value.abs());
    let value = to.value?.abs().checked_div(factor)?;
    (stands_for(numeral.value, from.value?) && stands_for(value, to.value?)).then_some(value.normalize())
}

/// Whether two texts are read alike but for their digits. What is written around the digits may be markup: then each text still holds
/// one quantity, about those digits.
fn reads_as(before: &str, was: Decimal, after: &str, is: Decimal, decimal: DecimalMark) -> bool {
    let (Some(before), Some(after)) = (only_quantity(before, decimal), only_quantity(after, decimal)) else {
        return false;
    };
    let proportional = || {
        let left = before.value?.abs().checked_mul(is)?;
        Some(left == after.value?.abs().checked_mul(was)?)
    };
    let alike = before.unit == after.unit && before.scale == after.scale && before.qualifier == after.qualifier;
    alike && (was.is_zero() || is.is_zero() || proportional() == Some(true))
}

/// The one quantity that a text says: as a sentence does, or as a cell.
fn only_quantity(text: &str, decimal: DecimalMark) -> Option<Quantity> {
    let mut quantities = extract::scan(text, decimal).into_iter().filter_map(|mention| match mention.kind {
        MentionKind::Quantity(quantity) => Some(quantity),
        _ => None,
    });
    match (quantities.next(), quantities.next()) {
        (Some(only), None) => Some(only),
        (None, _) => Quantity::cell(text, decimal),
        _ => None,
    }
}

/// Another number in words, where the language has a word for it.
fn words(raw: &str, from: &Quantity, to: &Quantity) -> Result<String, Unfixable> {
    if from.to_string() != raw.to_lowercase() {
        return Err(Unfixable::InWords);
    }
    let text = to.to_string();
    if !text.starts_with(char::is_alphabetic) {
        return Err(Unfixable::InWords);
    }
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if raw.starts_with(char::is_uppercase) => Ok(first.to_uppercase().chain(letters).collect()),
        _ => Ok(text),
    }
}

/// Scales as one author writes them, each a thousand times the one before.
const SCALES: [&[&str]; 9] = [
    &["K", "M", "B", "T"],
    &["k", "m", "bn", "tn"],
    &["k", "m", "b", "t"],
    &["K", "MM", "B"],
    &["k", "mn", "bn"],
    &["thousand", "million", "billion", "trillion"],
    &["Thousand", "Million", "Billion", "Trillion"],
    &["Tsd.", "Mio.", "Mrd."],
    &["thousands", "millions", "billions"],
];

/// The same digits under a scale that is `factor` times the one written: `$42.3K` becomes `$42.3M`.
pub(super) fn with_scale(raw: &str, factor: Decimal, decimal: DecimalMark) -> Option<String> {
    let steps = [1_000, 1_000_000, 1_000_000_000];
    let up = steps.iter().position(|step| factor == Decimal::from(*step as u64));
    let down = steps.iter().position(|step| factor.checked_mul(Decimal::from(*step as u64)) == Some(Decimal::ONE));
    let numeral = numeral::only(raw, decimal)?;
    let behind = raw.get(numeral.range.end..)?;
    let start = numeral.range.end + behind.find(|c: char| c.is_alphabetic())?;
    let letters = raw.get(start..)?;
    let end = start + letters.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(letters.len());
    let written = raw.get(start..end)?;
    let other = SCALES.iter().find_map(|family| {
        let at = family.iter().position(|scale| *scale == written)?;
        let to = up.map_or_else(|| at.checked_sub(down? + 1), |steps| Some(at + steps + 1))?;
        family.get(to)
    })?;
    Some(format!("{}{other}{}", raw.get(..start)?, raw.get(end..)?))
}

/// The text with its sign turned; without a `minus`, brackets are shown where no sign is written.
pub(super) fn with_sign_turned(raw: &str, sign: Sign, minus: Option<char>) -> Option<String> {
    match (sign, minus) {
        (Sign::None, None) => Some(format!("({raw})")),
        (Sign::None, Some(minus)) => Some(format!("{minus}{raw}")),
        (Sign::Plus, minus) => raw.contains('+').then(|| raw.replacen('+', &minus.unwrap_or('-').to_string(), 1)),
        (Sign::Minus, _) => {
            let at = raw.find(['-', '−', '–'])?;
            let minus = raw.get(at..)?.chars().next()?;
            Some(format!("{}{}", raw.get(..at)?, raw.get(at + minus.len_utf8()..)?))
        }
        (Sign::Brackets, _) => {
            let pairs = [('(', ')'), ('<', '>')];
            let (open, close) = pairs.into_iter().find(|(open, close)| raw.contains(*open) && raw.contains(*close))?;
            Some(raw.replacen(open, "", 1).replacen(close, "", 1))
        }
    }
}
