//! Shares that are listed behind their parts: `brokers brought £158.2m, branches £38.9m and the website £17.5m, that is 74%, 18% and 8%`.
//!
//! Enters: the quantities of a text. Leaves: the one share that is not its part's. Invariant: all the others are exactly their parts' of
//! the sum, or the list is one of something else.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Said, Stated, contradicts, exactly, money};
use crate::check::interval;
use crate::interval::Interval;
use crate::quantity::{Quantity, Unit};
use crate::stops;
use crate::words::words;

/// Fewer parts are no list: of two shares only one would vouch for the other.
const FEWEST: usize = 3;

/// Words between the last part and its list of shares, at most.
const FILL: usize = 4;

pub(super) fn shares<'a>(text: &str, quantities: &[Said<'a>]) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < quantities.len() {
        let shares = run(text, quantities, at);
        at = shares.end.max(at + 1);
        found.extend(odd(text, quantities, shares));
    }
    found
}

/// The percentages that are listed from one on.
fn run(text: &str, quantities: &[Said<'_>], first: usize) -> Range<usize> {
    let percent = |at: usize| quantities.get(at).is_some_and(|(_, quantity)| quantity.unit == Unit::Percent);
    let linked = |at: usize| matches!(gap(text, quantities, at).map(str::trim), Some("," | "and" | ", and" | "/"));
    let mut end = first + usize::from(percent(first));
    while end > first && percent(end) && linked(end) {
        end += 1;
    }
    first..end
}

/// What stands between a quantity and the one before it.
fn gap<'t>(text: &'t str, quantities: &[Said<'_>], at: usize) -> Option<&'t str> {
    let before = quantities.get(at.checked_sub(1)?)?;
    text.get(before.0.range.end..quantities.get(at)?.0.range.start)
}

/// The one of some shares that is not its part's.
fn odd<'a>(text: &str, quantities: &[Said<'a>], shares: Range<usize>) -> Option<Stated<'a>> {
    let count = Some(shares.len()).filter(|count| *count >= FEWEST)?;
    let first = shares.start.checked_sub(count)?;
    let (parts, shares) = (quantities.get(first..shares.start)?, quantities.get(shares)?);
    let lead = gap(text, quantities, first + count)?;
    let together = (first + 1..first + 2 * count).all(|at| !gap(text, quantities, at).is_none_or(stops::parts));
    let alike = parts.iter().all(|(_, part)| exactly(part) && part.unit == parts[0].1.unit && is_amount(part));
    // `(prior year 74%, 18% and 9%)`, `with margins of`: other things than these amounts' shares.
    let again = words(lead).iter().all(|word| says_again(&word.stem));
    if !together || !alike || words(lead).len() > FILL || !again {
        return None;
    }
    let zero = Interval::exact(Decimal::ZERO);
    let whole = parts.iter().try_fold(zero, |sum, (_, part)| sum.plus(interval(part)?))?;
    let given: Vec<Interval> = parts.iter().map(|(_, part)| interval(part)?.share_of(whole)).collect::<Option<_>>()?;
    let holds = |(share, given): &(&Said<'_>, &Interval)| interval(share.1).is_some_and(|own| own.meets(**given));
    let mut wrong = shares.iter().zip(&given).enumerate().filter(|(_, pair)| !holds(pair));
    let (nth, (share, expected)) = wrong.next().filter(|_| wrong.next().is_none())?;
    let own = std::iter::once(parts[nth].0);
    let others = parts.iter().enumerate().filter(|(at, _)| *at != nth).map(|(_, (mention, _))| *mention);
    contradicts(share.1, *expected).then(|| (share.0, own.chain(others).collect(), *expected))
}

/// Whether a word says only that the same is told once more.
fn says_again(stem: &str) -> bool {
    matches!(
        stem,
        "that"
            | "this"
            | "which"
            | "these"
            | "they"
            | "is"
            | "i"
            | "e"
            | "are"
            | "was"
            | "were"
            | "or"
            | "and"
            | "so"
            | "equal"
            | "equivalent"
            | "respectively"
            | "making"
            | "make"
            | "made"
            | "up"
            | "representing"
            | "represent"
            | "being"
            | "to"
            | "share"
            | "of"
            | "a"
    )
}

fn is_amount(quantity: &Quantity) -> bool {
    money(quantity).is_some() || matches!(quantity.unit, Unit::Count | Unit::Bare | Unit::Measure(_))
}
