//! A quantity in the canonical style: what `fix` and messages write, and what the lexer reads back as the same quantity.
//!
//! Enters: a [`Quantity`]. Leaves: text with a decimal point and grouping commas.
//! Invariant: scanning the text gives the quantity again (but for fractions in words whose words are not kept).

use std::fmt;

use rust_decimal::Decimal;

use super::{Qualifier, Quantity, Sign, Unit};

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.value, self.low, self.high) {
            (None, Some(low), Some(high)) => {
                self.write_amount(f, low, Sign::None)?;
                f.write_str("–")?;
                self.write_amount(f, high, Sign::None)?;
            }
            (Some(value), ..) => {
                f.write_str(match self.qualifier {
                    Qualifier::Exact | Qualifier::Range => "",
                    Qualifier::About => "~",
                    Qualifier::AtLeast => "≥",
                    Qualifier::MoreThan => ">",
                    Qualifier::AtMost => "≤",
                    Qualifier::LessThan => "<",
                })?;
                self.write_amount(f, value, self.sign)?;
            }
            _ => f.write_str("?")?,
        }
        match &self.noun {
            Some(noun) => write!(f, " {noun}"),
            None => Ok(()),
        }
    }
}

impl Quantity {
    /// One number with its sign, currency, scale and unit.
    fn write_amount(&self, f: &mut fmt::Formatter<'_>, value: Decimal, sign: Sign) -> fmt::Result {
        let bracketed = sign == Sign::Brackets && value.is_sign_negative();
        f.write_str(match sign {
            _ if bracketed => "(",
            _ if value.is_sign_negative() && !value.is_zero() => "-",
            Sign::Plus => "+",
            _ => "",
        })?;
        self.write_unsigned(f, value.abs())?;
        f.write_str(if bracketed { ")" } else { "" })
    }

    fn write_unsigned(&self, f: &mut fmt::Formatter<'_>, value: Decimal) -> fmt::Result {
        if self.in_words
            && let Some(words) = in_words(self, value)
        {
            return f.write_str(&words);
        }
        let (unit, each) = match &self.unit {
            Unit::Per(unit, of) => (unit.as_ref(), Some(of)),
            unit => (unit, None),
        };
        let scale = printed_scale(unit, self.scale);
        let (value, step) = (unscaled(value, scale), unscaled(self.resolution, scale));
        let number = grouped(value, step.normalize().scale());
        match unit {
            Unit::Currency(code) => write_money(f, code, &number, scale)?,
            unit => {
                write!(f, "{number}{}", scale_word(scale))?;
                write_unit(f, unit)?;
            }
        }
        each.map_or(Ok(()), |of| write!(f, " per {of}"))
    }
}

fn unscaled(value: Decimal, scale: Decimal) -> Decimal {
    value.checked_div(scale).unwrap_or(value).normalize()
}

/// The scale to write: hundredths only of currencies that have a sign for them.
fn printed_scale(unit: &Unit, scale: Decimal) -> Decimal {
    let signed = matches!(unit, Unit::Currency(code) if code == "USD" || code == "GBP");
    let known = scale == Decimal::new(1, 2) && signed || !scale_word(scale).is_empty();
    if known { scale } else { Decimal::ONE }
}

fn write_money(f: &mut fmt::Formatter<'_>, code: &str, number: &str, scale: Decimal) -> fmt::Result {
    if scale == Decimal::new(1, 2) {
        return match code {
            "GBP" => write!(f, "{number}p"),
            _ => write!(f, "{number}¢"),
        };
    }
    let suffix = match scale_letter(scale) {
        Some(letter) => letter,
        None => scale_word(scale),
    };
    match symbol(code) {
        Some(symbol) => write!(f, "{symbol}{number}{suffix}"),
        None => write!(f, "{code} {number}{suffix}"),
    }
}

fn write_unit(f: &mut fmt::Formatter<'_>, unit: &Unit) -> fmt::Result {
    match unit {
        Unit::Percent => f.write_str("%"),
        Unit::Points => f.write_str(" pp"),
        Unit::BasisPoints => f.write_str(" bps"),
        Unit::Multiple => f.write_str("x"),
        Unit::Duration(word) => write!(f, " {word}"),
        Unit::Measure(word) => write!(f, " {word}"),
        Unit::Currency(_) | Unit::Per(..) | Unit::Count | Unit::Bare => Ok(()),
    }
}

/// The sign a currency is written with in the canonical style; the others are written by code.
fn symbol(code: &str) -> Option<&'static str> {
    Some(match code {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "INR" => "₹",
        _ => return None,
    })
}

fn scale_letter(scale: Decimal) -> Option<&'static str> {
    Some(match scale_word(scale) {
        " thousand" => "K",
        " million" => "M",
        " billion" => "B",
        " trillion" => "T",
        _ => return None,
    })
}

fn scale_word(scale: Decimal) -> &'static str {
    match scale.normalize().to_string().as_str() {
        "12" => " dozen",
        "1000" => " thousand",
        "100000" => " lakh",
        "1000000" => " million",
        "10000000" => " crore",
        "1000000000" => " billion",
        "1000000000000" => " trillion",
        _ => "",
    }
}

/// A value in plain digits, grouped in threes: `42,250,000`, `-0.35`.
pub(crate) fn digits(value: Decimal) -> String {
    let sign = if value.is_sign_negative() && !value.is_zero() { "-" } else { "" };
    format!("{sign}{}", grouped(value.abs(), 0))
}

/// Digits to so many places, in groups of three.
fn grouped(value: Decimal, places: u32) -> String {
    let mut value = value;
    value.rescale(places.max(value.normalize().scale()));
    let digits = value.to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::with_capacity(digits.len() + whole.len() / 3 + 1);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The words for a number that was written in words, where the canonical style has them.
fn in_words(quantity: &Quantity, value: Decimal) -> Option<String> {
    if quantity.unit == Unit::Multiple {
        const MULTIPLES: &[(i64, u32, &str)] =
            &[(2, 0, "doubled"), (3, 0, "tripled"), (4, 0, "quadrupled"), (5, 1, "halved")];
        let found = MULTIPLES.iter().find(|(n, places, _)| value == Decimal::new(*n, *places));
        return found.map(|(.., word)| (*word).to_owned());
    }
    if quantity.scaled || !matches!(quantity.unit, Unit::Bare | Unit::Count) {
        return None;
    }
    let number: u32 = value.normalize().to_string().parse().ok()?;
    let hundreds = number / 100;
    let as_hundreds = quantity.resolution == Decimal::ONE_HUNDRED;
    match (hundreds, number % 100) {
        (0, rest) => under_hundred(rest),
        (1..=9, 0) if as_hundreds => Some(format!("{} hundred", under_hundred(hundreds)?)),
        (1..=9, rest) if rest > 0 => Some(format!("{} hundred and {}", under_hundred(hundreds)?, under_hundred(rest)?)),
        _ => None,
    }
}

fn under_hundred(number: u32) -> Option<String> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(word) = SMALL.get(number as usize) {
        return Some((*word).to_owned());
    }
    let tens = TENS.get(number as usize / 10 - 2)?;
    Some(match number % 10 {
        0 => (*tens).to_owned(),
        ones => format!("{tens}-{}", SMALL.get(ones as usize)?),
    })
}
