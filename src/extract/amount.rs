//! One amount: sign, currency, digits or words, scale, unit, and what it is for each of.
//!
//! Enters: a tape and the index where an amount may start. Leaves: an [`Amount`] and the index past it.
//! Invariant: nothing is read twice and nothing backwards; what cannot be an amount is `None`, never a guess.

use rust_decimal::Decimal;

use super::currency::{self, Money};
use super::lex::{Kind, Tape};
use super::number::Shape;
use super::{scale, spelled, unit};
use crate::quantity::{Qualifier, Quantity, Sign, Unit, Written};

/// A number with all that is written to it.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) next: usize,
    /// Its digits' value, unsigned, before scale.
    pub(super) value: Decimal,
    /// Place of its last digit, before scale.
    pub(super) step: Decimal,
    pub(super) sign: Sign,
    /// From a sign: `~`, `>`, `+` behind.
    pub(super) qualifier: Option<Qualifier>,
    pub(super) scale: Option<Decimal>,
    pub(super) unit: Unit,
    pub(super) noun: Option<String>,
    pub(super) in_words: bool,
    /// A word like `one` that is a number only beside something counted.
    pub(super) timid: bool,
    /// Whether it is written with a unit, a scale, grouping or a fraction: surely an amount.
    pub(super) marked: bool,
    /// Whether it has grouping or starts with a needless zero, from its digits.
    pub(super) zero_led: bool,
    /// Digits before the decimal mark; 0 in words.
    pub(super) whole_digits: u32,
    /// Whether a hyphen joins the unit: `30-year`.
    pub(super) hyphen: bool,
}

impl Amount {
    /// The quantity it is, meant as `qualifier` says unless a sign of its own does. `None` when it does not fit in a decimal.
    pub(super) fn quantity(&self, qualifier: Option<Qualifier>) -> Option<Quantity> {
        let factor = self.scale.unwrap_or(Decimal::ONE);
        let value = self.value.checked_mul(factor)?;
        let negative = matches!(self.sign, Sign::Minus | Sign::Brackets) && !value.is_zero();
        Quantity::written(Written {
            value: if negative { -value } else { value },
            resolution: self.step.checked_mul(factor)?,
            unit: match (&self.unit, &self.noun) {
                (Unit::Bare, Some(_)) => Unit::Count,
                (unit, _) => unit.clone(),
            },
            noun: self.noun.clone(),
            qualifier: self.qualifier.or(qualifier).unwrap_or(Qualifier::Exact),
            sign: self.sign,
            scale: self.scale,
            in_words: self.in_words,
        })
    }

    pub(super) fn is_bare(&self) -> bool {
        self.unit == Unit::Bare
    }

    /// A whole number without anything to it: what page numbers and identifiers look like.
    pub(super) fn is_plain(&self) -> bool {
        self.is_bare() && !self.marked && self.sign == Sign::None && self.qualifier.is_none()
    }

    /// Gives it the unit and sign of something that stands around it.
    fn take(&mut self, money: Money) {
        self.unit = money.unit;
        self.marked = true;
        self.multiply(money.factor);
    }

    fn multiply(&mut self, factor: Option<Decimal>) {
        if let Some(factor) = factor {
            self.scale = self.scale.unwrap_or(Decimal::ONE).checked_mul(factor).or(self.scale);
            self.marked = true;
        }
    }
}

/// What is inherited from the first end of a range, so that `€4–5 per share` reads.
#[derive(Clone, Copy, Default)]
pub(super) struct Inherited<'a> {
    pub(super) unit: Option<&'a Unit>,
}

/// The amount that starts at a token. Brackets around it are not looked at; see [`bracketed`].
pub(super) fn read(tape: &Tape<'_>, at: usize, inherited: Inherited<'_>) -> Option<Amount> {
    let (qualifier, next) = qualifier_sign(tape, at).map_or((None, at), |(qualifier, next)| (Some(qualifier), next));
    let (sign, next) = sign(tape, next).unwrap_or((Sign::None, next));
    let money = currency::before(tape, next).filter(|money| {
        leads_to_number(tape, money.next) && (tape.symbol(next).is_some() || tape.word_at(money.next).is_none())
    });
    let (sign, body) = match &money {
        Some(money) => inner_sign(tape, money.next).map_or((sign, money.next), |inner| inner),
        None => (sign, next),
    };
    let mut amount = if money.is_some() && tape.is_symbol(body, '(') {
        let mut inner = number(tape, body + 1)?;
        tail(tape, &mut inner, true);
        closing(tape, inner.next)?;
        Amount { sign: Sign::Brackets, next: inner.next + 1, ..inner }
    } else {
        Amount { sign, ..number(tape, body)? }
    };
    amount.first = at;
    amount.qualifier = qualifier;
    let weak = money.as_ref().is_some_and(|money| money.weak);
    let own = money.is_some() || matches!(inherited.unit, Some(Unit::Currency(_)));
    if amount.unit == Unit::Bare
        && let Some(unit) = inherited.unit
        && matches!(unit, Unit::Currency(_))
    {
        amount.unit = unit.clone();
    }
    if let Some(money) = money {
        amount.take(money);
    }
    let marked_by_itself = amount.scale.is_some() || !amount.step.fract().is_zero() || amount.grouped();
    tail(tape, &mut amount, own);
    if weak && !marked_by_itself && amount.scale.is_none() {
        return None;
    }
    Some(amount)
}

impl Amount {
    fn grouped(&self) -> bool {
        self.marked && self.whole_digits > 3
    }
}

/// `(3.2M)`, `(52)%`, `($0.32)`: an amount in brackets, and whether something of it stands outside them.
pub(super) fn bracketed(tape: &Tape<'_>, at: usize) -> Option<(Amount, bool)> {
    if !tape.is_symbol(at, '(') {
        return None;
    }
    let mut amount = read(tape, at + 1, Inherited::default())?;
    if amount.sign != Sign::None || amount.qualifier.is_some() {
        return None;
    }
    closing(tape, amount.next)?;
    amount.next += 1;
    amount.first = at;
    amount.sign = Sign::Brackets;
    let before = amount.next;
    if amount.unit == Unit::Bare || amount.scale.is_none() {
        let own = matches!(amount.unit, Unit::Currency(_));
        let mut outer = amount.clone();
        tail(tape, &mut outer, own);
        // `(55) bps`: what else stands behind a bracket and a space is no part of the number.
        if tape.glued(before) || matches!(outer.unit, Unit::Points | Unit::BasisPoints) {
            amount = outer;
        }
    }
    let outside = amount.next > before;
    Some((amount, outside))
}

/// `<$73.2>`: an amount in angle brackets.
pub(super) fn angled(tape: &Tape<'_>, at: usize) -> Option<Amount> {
    if !tape.is_symbol(at, '<') || !tape.glued(at + 1) {
        return None;
    }
    let mut amount = read(tape, at + 1, Inherited::default())?;
    if amount.sign != Sign::None || amount.qualifier.is_some() || !tape.is_symbol(amount.next, '>') {
        return None;
    }
    amount.first = at;
    amount.next += 1;
    amount.sign = Sign::Brackets;
    Some(amount)
}

fn closing(tape: &Tape<'_>, at: usize) -> Option<()> {
    (tape.is_symbol(at, ')') && tape.follows(at)).then_some(())
}

/// `~`, `>`, `≥` and the like before an amount.
fn qualifier_sign(tape: &Tape<'_>, at: usize) -> Option<(Qualifier, usize)> {
    let equals = tape.is_symbol(at + 1, '=') && tape.glued(at + 1);
    let arrow = at > 0 && tape.glued(at) && matches!(tape.symbol(at - 1), Some('-' | '=' | '>' | '<'));
    let (qualifier, next) = match tape.symbol(at)? {
        '~' | '≈' | '∼' | '˜' => (Qualifier::About, at + 1),
        '≥' | '⩾' => (Qualifier::AtLeast, at + 1),
        '≤' | '⩽' => (Qualifier::AtMost, at + 1),
        '>' if equals => (Qualifier::AtLeast, at + 2),
        '<' if equals => (Qualifier::AtMost, at + 2),
        '>' => (Qualifier::MoreThan, at + 1),
        '<' => (Qualifier::LessThan, at + 1),
        _ => return None,
    };
    (!arrow && tape.follows(next)).then_some((qualifier, next))
}

/// A sign glued before a number or its currency, where nothing on the left could own it; `minus` and `negative` in words.
fn sign(tape: &Tape<'_>, at: usize) -> Option<(Sign, usize)> {
    if tape.is_word(at, "minus") || tape.is_word(at, "negative") {
        let after_number = at > 0 && tape.numeral(at - 1).is_some();
        let spelled = spelled::read(tape, at + 1).is_some();
        return (!after_number && (leads_to_number(tape, at + 1) || spelled)).then_some((Sign::Minus, at + 1));
    }
    let sign = sign_of(tape.symbol(at)?)?;
    let glued = tape.glued(at + 1) && (leads_to_number(tape, at + 1) || currency::before(tape, at + 1).is_some());
    (glued && is_free(tape, at)).then_some((sign, at + 1))
}

fn sign_of(c: char) -> Option<Sign> {
    match c {
        '+' => Some(Sign::Plus),
        '-' | '−' | '–' | '‒' | '－' => Some(Sign::Minus),
        _ => None,
    }
}

/// A sign between currency and digits: `$-4M`.
fn inner_sign(tape: &Tape<'_>, at: usize) -> Option<(Sign, usize)> {
    let sign = sign_of(tape.symbol(at)?)?;
    (tape.numeral(at + 1).is_some() && tape.glued(at + 1)).then_some((sign, at + 1))
}

/// Whether nothing on the left is glued to the token, or only what opens or parts.
pub(super) fn is_free(tape: &Tape<'_>, at: usize) -> bool {
    if !tape.glued(at) {
        return true;
    }
    match tape.kind(at - 1) {
        Some(Kind::Symbol(c)) => {
            !matches!(
                c,
                ')' | ']' | '%' | '-' | '–' | '−' | '+' | '_' | '.' | '@' | '#' | '\\' | '¢' | '°' | '^' | '?' | '&'
            ) && (currency::of_symbol(c).is_none())
        }
        _ => false,
    }
}

/// Whether a number, a bracket with a number, or a sign with one stands at the token.
fn leads_to_number(tape: &Tape<'_>, at: usize) -> bool {
    if !tape.follows(at) {
        return false;
    }
    match tape.kind(at) {
        Some(Kind::Number(_)) => true,
        Some(Kind::Symbol('(')) => tape.numeral(at + 1).is_some(),
        Some(Kind::Symbol(c)) => sign_of(c).is_some() && tape.numeral(at + 1).is_some() && tape.glued(at + 1),
        Some(Kind::Word) => {
            let word = tape.text(at);
            word.eq_ignore_ascii_case("one") || spelled::read(tape, at).is_some_and(|spelled| spelled.unit.is_none())
        }
        _ => false,
    }
}

/// Digits or words.
fn number(tape: &Tape<'_>, at: usize) -> Option<Amount> {
    let blank = Amount {
        first: at,
        next: at + 1,
        value: Decimal::ZERO,
        step: Decimal::ONE,
        sign: Sign::None,
        qualifier: None,
        scale: None,
        unit: Unit::Bare,
        noun: None,
        in_words: false,
        timid: false,
        marked: false,
        zero_led: false,
        whole_digits: 0,
        hyphen: false,
    };
    if let Some(numeral) = tape.numeral(at) {
        if numeral.shape != Shape::Number {
            return None;
        }
        let mut amount = Amount {
            value: numeral.value,
            step: Decimal::new(1, numeral.places),
            marked: numeral.grouped || numeral.places > 0,
            zero_led: numeral.zero_led,
            whole_digits: numeral.whole_digits,
            ..blank
        };
        if let Some((part, places, next)) = written_fraction(tape, at) {
            amount.value = amount.value.checked_add(part)?;
            (amount.step, amount.marked, amount.next) = (Decimal::new(1, places), true, next);
        }
        return Some(amount);
    }
    let spelled = spelled::read(tape, at)?;
    Some(Amount {
        next: spelled.next,
        value: spelled.value,
        step: spelled.step,
        scale: spelled.scale,
        marked: spelled.scale.is_some() || spelled.unit.is_some(),
        unit: spelled.unit.unwrap_or(Unit::Bare),
        in_words: true,
        timid: spelled.timid,
        ..blank
    })
}

/// The `3/4` of `7 3/4`, where it is a finite decimal.
fn written_fraction(tape: &Tape<'_>, at: usize) -> Option<(Decimal, u32, usize)> {
    let whole = tape.numeral(at)?;
    let upper = tape.numeral(at + 1).filter(|_| tape.follows(at + 1) && !tape.glued(at + 1))?;
    let lower =
        tape.numeral(at + 3).filter(|_| tape.is_symbol(at + 2, '/') && tape.glued(at + 2) && tape.glued(at + 3))?;
    let ends = !(tape.is_symbol(at + 4, '/') && tape.glued(at + 4));
    let places = match lower.value.to_string().as_str() {
        "2" => 1,
        "4" => 2,
        "8" => 3,
        "16" => 4,
        _ => return None,
    };
    let plain = whole.places == 0 && upper.places == 0 && upper.value < lower.value && !upper.value.is_zero();
    (ends && plain).then(|| upper.value.checked_div(lower.value)).flatten().map(|part| (part, places, at + 4))
}

/// What stands behind the digits: scale, currency, unit, `+`, and what the amount is for each of. `own` says that a currency stands
/// before them.
fn tail(tape: &Tape<'_>, amount: &mut Amount, own: bool) {
    take_scale(tape, amount, own);
    take_currency(tape, amount, own);
    if amount.is_bare()
        && let Some(behind) = unit::after(tape, amount.first, amount.next)
    {
        (amount.unit, amount.next, amount.hyphen, amount.marked) = (behind.unit, behind.next, behind.hyphen, true);
    }
    if !amount.in_words
        && tape.is_symbol(amount.next, '+')
        && tape.glued(amount.next)
        && !is_glued_to_more(tape, amount.next)
    {
        amount.qualifier = Some(Qualifier::AtLeast);
        amount.next += 1;
    }
    for _ in 0..2 {
        if !matches!(amount.unit, Unit::Currency(_) | Unit::Measure(_) | Unit::Per(..)) {
            break;
        }
        let Some((of, next)) = unit::each(tape, amount.next) else { break };
        amount.unit = Unit::each(std::mem::replace(&mut amount.unit, Unit::Bare), &of);
        amount.next = next;
    }
}

fn is_glued_to_more(tape: &Tape<'_>, at: usize) -> bool {
    tape.glued(at + 1) && matches!(tape.kind(at + 1), Some(Kind::Number(_) | Kind::Word | Kind::Mixed))
}

fn take_scale(tape: &Tape<'_>, amount: &mut Amount, own: bool) {
    if amount.scale.is_none()
        && matches!(amount.unit, Unit::Bare | Unit::Currency(_) | Unit::Measure(_))
        && let Some((factor, next)) = scale::after(tape, amount.next, own)
    {
        amount.multiply(Some(factor));
        amount.next = next;
    }
}

fn take_currency(tape: &Tape<'_>, amount: &mut Amount, own: bool) {
    if !matches!(amount.unit, Unit::Bare | Unit::Currency(_)) {
        return;
    }
    let hyphen = matches!(tape.symbol(amount.next), Some('-' | '‐' | '‑'))
        && tape.glued(amount.next)
        && tape.glued(amount.next + 1);
    let at = if hyphen { amount.next + 1 } else { amount.next };
    if !tape.follows(at) {
        return;
    }
    let like_amount = amount.scale.is_some() || amount.grouped() || !amount.step.fract().is_zero();
    let Some(money) = currency::after(tape, at, like_amount, own) else { return };
    if hyphen && tape.symbol(at).is_some() {
        return;
    }
    // `$5 CAD` is Canadian, `$5 USD` says it twice; `£5 cents` is nothing.
    if own && !(matches!(money.unit, Unit::Currency(_)) && money.factor.is_none()) {
        return;
    }
    amount.next = money.next;
    amount.take(money);
    take_scale(tape, amount, true);
}
