//! Whole numbers in words: `eleven`, `forty-two`, `three hundred and five thousand`, `two and a half million`.
//!
//! Enters: a tape and the index of a word. Leaves: the figure and the index past it.
//! Invariant: each scale is less than the one before it, so that `two million three thousand` is one number and `two million three
//! million` is two.

use rust_decimal::Decimal;

use super::super::lex::{Kind, Tape};
use super::super::scale;
use super::Worth::{Small, Tens};
use super::{Spelled, join, worth};

/// Whole numbers: `eleven`, `forty-two`, `three hundred and five thousand`, `two and a half million`.
pub(super) fn cardinal(tape: &Tape<'_>, at: usize) -> Option<Spelled> {
    let (mut value, mut step, mut next) = under_thousand(tape, at)?;
    let one_word = next == at + 1;
    let timid = one_word && value == Decimal::ONE;
    // `and a half`
    if let Some(and) = join(tape, next).filter(|&and| tape.is_word(and, "and"))
        && let Some(a) = join(tape, and + 1).filter(|&a| tape.is_word(a, "a"))
        && let Some(half) = join(tape, a + 1).filter(|&half| tape.is_word(half, "half"))
    {
        (value, step, next) = (value + Decimal::new(5, 1), Decimal::new(1, 1), half + 1);
    }
    let Some((factor, after)) = join(tape, next).and_then(|next| scale_words(tape, next)) else {
        // `two-way`, `seven-figure`: no number by itself, unless a unit follows, which the caller sees.
        return Some(Spelled { value, step, scale: None, unit: None, timid, next });
    };
    let mut spelled = Spelled { value, step, scale: Some(factor), unit: None, timid: false, next: after };
    if let Some(total) = lower_scales(tape, &spelled) {
        spelled = total;
    }
    Some(spelled)
}

/// `three thousand two hundred`, `one million two hundred thousand`: what follows a scale and is less than it.
fn lower_scales(tape: &Tape<'_>, upper: &Spelled) -> Option<Spelled> {
    let factor = upper.scale?;
    let next = skip_and(tape, join(tape, upper.next)?)?;
    let (value, step, next) = under_thousand(tape, next)?;
    let lower = join(tape, next).and_then(|next| scale_words(tape, next));
    let (lower_factor, next) = lower.unwrap_or((Decimal::ONE, next));
    let rest = value.checked_mul(lower_factor)?;
    let fits = rest < factor
        && factor >= Decimal::ONE_THOUSAND
        && (lower.is_some() || tape.kind(next).is_none_or(|kind| kind != Kind::Symbol('-')));
    let value = upper.value.checked_mul(factor)?.checked_add(rest)?;
    fits.then_some(Spelled { value, step: step * lower_factor, scale: None, unit: None, timid: false, next })
}

fn skip_and(tape: &Tape<'_>, at: usize) -> Option<usize> {
    if tape.is_word(at, "and") { join(tape, at + 1) } else { Some(at) }
}

/// A number under a thousand: its value, the place of its last word, the index past it.
fn under_thousand(tape: &Tape<'_>, at: usize) -> Option<(Decimal, Decimal, usize)> {
    let (value, next) = under_hundred(tape, at)?;
    let hundred = join(tape, next).filter(|&at| tape.is_word(at, "hundred"));
    let Some(hundred) = hundred.filter(|_| (1..=9).contains(&value)) else {
        return Some((Decimal::from(value), Decimal::ONE, next));
    };
    let value = Decimal::from(value) * Decimal::ONE_HUNDRED;
    match hundreds_rest(tape, hundred + 1) {
        (Some(rest), next) => Some((value + rest, Decimal::ONE, next)),
        (None, next) => Some((value, Decimal::ONE_HUNDRED, next)),
    }
}

/// `and five`, `forty-two` after hundreds.
pub(super) fn hundreds_rest(tape: &Tape<'_>, at: usize) -> (Option<Decimal>, usize) {
    let rest = join(tape, at).and_then(|next| skip_and(tape, next)).and_then(|next| under_hundred(tape, next));
    match rest {
        // `two hundred times`, `a hundred and one things`: `one` would swallow too much.
        Some((value, next)) if value > 0 => (Some(Decimal::from(value)), next),
        _ => (None, at),
    }
}

fn under_hundred(tape: &Tape<'_>, at: usize) -> Option<(u8, usize)> {
    match worth(tape.word_at(at)?)? {
        Small(value) => Some((value, at + 1)),
        Tens(tens) => {
            let ones = join(tape, at + 1).and_then(|next| Some((worth(tape.word_at(next)?)?, next)));
            Some(match ones {
                Some((Small(ones @ 1..=9), next)) => (tens + ones, next + 1),
                _ => (tens, at + 1),
            })
        }
        _ => None,
    }
}

/// One or two scale words: `million`, `hundred thousand`.
pub(super) fn scale_words(tape: &Tape<'_>, at: usize) -> Option<(Decimal, usize)> {
    let first = scale::of_word(tape.word_at(at)?)?;
    let second = join(tape, at + 1).and_then(|next| Some((scale::of_word(tape.word_at(next)?)?, next)));
    match second {
        Some((second, next)) if second > first => Some((first.checked_mul(second)?, next + 1)),
        _ => Some((first, at + 1)),
    }
}
