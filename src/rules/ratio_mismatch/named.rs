//! Multiples of which the sentence states one side and names the other: `Net debt was 2.3x EBITDA of €69.8m`, `interest cover, that is
//! operating surplus over interest payable of £1,684k, was 2.1x`.
//!
//! Enters: a bound deck. Leaves: multiples with their operands and what those give. Invariant: the named side is one metric, whose level
//! of the same time stands in the source or elsewhere in the deck; a multiple that is far from what they give is of something else.

use rust_decimal::Decimal;

use super::of_whole::Wrong;
use super::{contradicts, is_copula, money};
use crate::cause;
use crate::check::interval;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::movement::Movements;
use crate::period::Period;
use crate::quantity::{Qualifier, Unit};
use crate::scenario;
use crate::stops;
use crate::vocabulary::{MetricId, Name};
use crate::words::{is_determiner, words};

/// Bytes before a number that its sentence is looked for in.
const NEAR: usize = 160;

pub(super) fn multiples<'a>(deck: &'a Deck, movements: &Movements<'_>) -> Vec<Wrong<'a>> {
    let pairs = deck.claims.windows(2).enumerate().filter_map(|(at, two)| match two {
        [ratio, base] if is_multiple(ratio) => of_base(deck, movements, at, base),
        [base, ratio] if is_multiple(ratio) => over_base(deck, movements, base, ratio),
        _ => None,
    });
    pairs.collect()
}

fn is_multiple(claim: &Claim) -> bool {
    let exact = claim.quantity.qualifier == Qualifier::Exact && !claim.quantity.in_words;
    claim.quantity.unit == Unit::Multiple && exact && claim.cell.is_none() && !claim.blocked
}

/// `X was 2.3x EBITDA of B`.
fn of_base<'a>(deck: &'a Deck, movements: &Movements<'_>, at: usize, base: &Claim) -> Option<Wrong<'a>> {
    let ratio = &deck.claims[at];
    let between = deck.between(ratio, base)?;
    let said = words(between);
    let plain = !between.contains([',', '.', ';', '(', '\n']) && (2..=6).contains(&said.len());
    if !plain || said.last()?.stem != "of" {
        return None;
    }
    let head = head(deck, ratio)?;
    let said = words(head);
    let verb = said.iter().rposition(|word| !is_light(&word.stem))?;
    let copula = is_copula(&said.get(verb)?.stem) || said.get(verb)?.stem == "stood";
    let pronoun = verb == 1 && matches!(said[0].stem.as_str(), "that" | "this" | "it");
    let spoken_of = || spoken_of(deck, at).filter(|_| pronoun);
    let (top, period) = match named_last(deck, head, verb).filter(|_| copula) {
        Some(top) => (top, ratio.period),
        None => spoken_of()
            .filter(|_| copula)
            .map(|claim| (claim.metric, claim.period))
            .and_then(|(top, at)| Some((top?, at)))?,
    };
    wrong(deck, movements, ratio, (top, base), [period, base.period])
}

/// `Net debt was €96.4m. That is 2.3x …`: the amount that the sentence before states first, in the same text or the one before it.
fn spoken_of(deck: &Deck, at: usize) -> Option<&Claim> {
    let claim = &deck.claims[at];
    let before = claim.sentence?.checked_sub(1)?;
    let earlier = deck.claims[..at].iter().rev().take_while(|other| other.document == claim.document);
    let sentence =
        earlier.skip_while(|other| other.sentence == claim.sentence).take_while(|other| other.sentence == Some(before));
    let first = sentence.last()?;
    let near = (claim.block - first.block.min(claim.block)) <= 1 && first.slide == claim.slide;
    let level = first.measure == Measure::Level && first.is_actual() && first.metric.is_some() && !first.blocked;
    (near && level && first.block <= claim.block).then_some(first)
}

/// `X over Y of B, was 2.1x`.
fn over_base<'a>(deck: &'a Deck, movements: &Movements<'_>, base: &Claim, ratio: &'a Claim) -> Option<Wrong<'a>> {
    let between = words(deck.between(base, ratio)?);
    if between.is_empty() || !between.iter().all(|word| is_copula(&word.stem) || is_light(&word.stem)) {
        return None;
    }
    let head = head(deck, base)?;
    let said = words(head);
    let over = said.iter().rposition(|word| matches!(word.stem.as_str(), "over" | "divided"))?;
    let near = (2..=8).contains(&(said.len() - over)) && said.last()?.stem == "of";
    let top = named_last(deck, head, over).filter(|_| near)?;
    wrong(deck, movements, ratio, (top, base), [base.period, ratio.period])
}

/// `NFI per fee earner £38.6k`, of which both are rows of a table: often of averages or of a year's rate, so that only a slip tells.
pub(super) fn per_unit<'a>(deck: &'a Deck, movements: &Movements<'_>) -> Vec<Wrong<'a>> {
    let spoken = deck.claims.iter().filter(|claim| claim.cell.is_none() && !claim.blocked);
    spoken.filter_map(|claim| of_two(deck, movements, claim)).collect()
}

fn of_two<'a>(deck: &'a Deck, movements: &Movements<'_>, claim: &'a Claim) -> Option<Wrong<'a>> {
    let quantity = &claim.quantity;
    let amount = matches!(quantity.unit, Unit::Currency(_) | Unit::Per(..) | Unit::Bare | Unit::Count);
    if !amount || quantity.qualifier != Qualifier::Exact || quantity.in_words {
        return None;
    }
    let head = head(deck, claim)?;
    let said = words(head);
    let found = deck.vocabulary.find(&said);
    let (bottom, top) = (found.last()?, found.get(found.len().checked_sub(2)?)?);
    let (Name::Metric(below), Name::Metric(above)) = (&bottom.name, &top.name) else { return None };
    let joined = top.words.end + 1 == bottom.words.start && said.get(top.words.end)?.stem == "per";
    let light = |stem: &str| {
        is_light(stem) || is_copula(stem) || matches!(stem, "of" | "came" | "to" | "stood" | "rose" | "fell")
    };
    let plain =
        said.get(bottom.words.end..)?.iter().all(|word| light(&word.stem)) && said.len() <= bottom.words.end + 4;
    let leads = said.get(..top.words.start)?.iter().all(|word| is_light(&word.stem));
    if !joined || !plain || !leads {
        return None;
    }
    let level = |id| movements.level_of(id, claim.period?, scenario::ACTUAL, None);
    let ((a, places), (b, others)) = (level(*above)?, level(*below)?);
    let expected = a.over(b)?;
    let slip = super::slip(quantity, expected).is_some_and(|_| cause::significant(quantity) >= 3);
    let label = |id| deck.vocabulary.term(id).label.clone();
    let sides = places.into_iter().map(|place| (label(*above), place));
    let sides = sides.chain(others.into_iter().map(|place| (label(*below), place)));
    let wrong = slip && contradicts(quantity, expected);
    wrong.then(|| Wrong { slide: claim.slide, share: (quantity, claim.place), sides: sides.collect(), expected })
}

/// The sentence up to a claim.
fn head<'a>(deck: &'a Deck, claim: &Claim) -> Option<&'a str> {
    let flow = deck.flow_of(claim)?;
    let end = flow.range(claim.place.span)?.start;
    let start = flow.text().ceil_char_boundary(end.saturating_sub(NEAR));
    Some(stops::begun(flow.text().get(start..end)?))
}

/// The metric whose name ends right before a word; a limit of it is another thing.
fn named_last(deck: &Deck, head: &str, word: usize) -> Option<MetricId> {
    const LIMITS: &[&str] =
        &["covenant", "limit", "maximum", "minimum", "target", "cap", "ceiling", "policy", "budget", "plan"];
    if words(head).iter().any(|word| LIMITS.contains(&word.stem.as_str())) {
        return None;
    }
    let found = deck.vocabulary.find(&words(head)).into_iter().find(|found| found.words.end == word)?;
    match found.name {
        Name::Metric(id) => Some(id),
        _ => None,
    }
}

fn is_light(stem: &str) -> bool {
    is_determiner(stem) || matches!(stem, "at" | "now" | "just" | "only" | "then" | "therefore" | "still")
}

fn wrong<'a>(
    deck: &'a Deck,
    movements: &Movements<'_>,
    ratio: &'a Claim,
    (top, base): (MetricId, &Claim),
    periods: [Option<Period>; 2],
) -> Option<Wrong<'a>> {
    let code = money(&base.quantity).filter(|_| base.quantity.qualifier == Qualifier::Exact)?;
    let term = deck.vocabulary.term(top);
    if !matches!(&term.unit, Some(Unit::Currency(own)) if own == code) && term.unit.is_some() {
        return None;
    }
    let level = |period| movements.level_of(top, period, scenario::ACTUAL, None);
    let (level, places) = periods.into_iter().flatten().find_map(level)?;
    // Net debt is written in brackets as often as not.
    let size = if level.high < Decimal::ZERO { level.negated() } else { level };
    let expected = size.over(interval(&base.quantity.magnitude())?)?;
    let near = ratio.quantity.value.is_some_and(|value| expected.is_within(Decimal::TWO, value));
    if !near || !contradicts(&ratio.quantity, expected) {
        return None;
    }
    let own = (deck.files.slice(base.place).trim().to_owned(), base.place);
    let sides = places.into_iter().map(|place| (term.label.clone(), place)).chain(std::iter::once(own));
    Some(Wrong { slide: ratio.slide, share: (&ratio.quantity, ratio.place), sides: sides.collect(), expected })
}
