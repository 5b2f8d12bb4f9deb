//! `The median wait rose to 46 days`, of which nobody says from what: a movement that led to one stated level.
//!
//! Enters: a bound deck and a level with its word of movement. Leaves: what contradicts the word. Invariant: the level is the only number
//! of its sentence that could be what it moved from or by, and it contradicts the word both on the period before and on the year
//! before, as far as either is known.

use rust_decimal::Decimal;

use crate::check::interval;
use crate::claim::{Claim, Direction, Measure};
use crate::deck::Deck;
use crate::extract::MentionKind;
use crate::finding::Related;
use crate::movement::Movements;
use crate::movement::cue::says_movement;
use crate::period::PeriodContext;
use crate::quantity::{Qualifier, Sign};
use crate::scenario;
use crate::span::Place;
use crate::stops;
use crate::words::{stems, words};

/// Claims on either side of one that may belong to its sentence.
const NEAR: usize = 12;

/// What contradicts a movement to a level.
pub(super) fn contradicted(
    deck: &Deck,
    movements: &Movements<'_>,
    claim: &Claim,
    (mover, up): (Place, bool),
) -> Option<(String, Vec<Related>)> {
    let actual = claim.is_actual() && claim.measure == Measure::Level;
    let plain = claim.quantity.qualifier == Qualifier::Exact && claim.quantity.sign == Sign::None;
    if !actual || !plain || claim.cell.is_some() || claim.blocked || claim.loose || !moves_to(deck, claim, mover) {
        return None;
    }
    let period = claim.period.filter(|_| is_alone(deck, claim))?;
    let level = |period| movements.level_of(claim.metric?, period, scenario::ACTUAL, claim.segment.as_deref());
    let own = interval(&claim.quantity)?;
    let now = level(period);
    // `The operating loss widened to £1.1m` where the result is £1.1m below nothing: a loss is told by its size.
    let loss = now.as_ref().is_some_and(|(stated, _)| stated.high < Decimal::ZERO && stated.negated().meets(own));
    if now.is_some_and(|(stated, _)| !loss && !stated.meets(own)) {
        return None;
    }
    let level = |period| {
        let (then, places) = level(period)?;
        let sized = if loss { then.negated() } else { then };
        (!loss || then.high < Decimal::ZERO).then_some((sized, places))
    };
    let up = match claim.direction {
        Some(Direction::Better) if loss => false,
        Some(Direction::Worse) if loss => true,
        _ => up,
    };
    let against = |then: &(crate::interval::Interval, Vec<Place>)| {
        if up { own.high < then.0.low } else { own.low > then.0.high }
    };
    // Of the two that it may have moved from, those that are known must both contradict the word.
    let bases = [period.before(), period.year_before()];
    let known: Vec<_> = bases.into_iter().filter_map(|base| Some((base, level(base)?))).collect();
    let (base, before) = known.iter().all(|(_, then)| against(then)).then(|| known.into_iter().next())??;
    let shown = claim.quantity.restated(before.0.middle()?);
    let fact = if up { "less" } else { "more" };
    let said = deck.files.slice(claim.place).trim();
    let parts = before.1.into_iter().map(|place| Related { message: shown.clone(), place });
    Some((format!("{said} is {fact} than {shown} in {base}"), parts.collect()))
}

/// Whether a word of movement stands right before the level that it led to: `rose to 46`, `has now fallen to just 46`.
fn moves_to(deck: &Deck, claim: &Claim, mover: Place) -> bool {
    let between = || {
        let flow = deck.flow_of(claim)?;
        let (word, number) = (flow.range(mover.span)?, flow.range(claim.place.span)?);
        let said = words(flow.text().get(word.end..number.start)?);
        let judged = |stem: &String| {
            matches!(
                stem.as_str(),
                "improved" | "worsened" | "deteriorated" | "strengthened" | "weakened" | "recovered"
            )
        };
        let moves = stems(deck.files.slice(mover)).iter().any(|stem| says_movement(stem).is_some() || judged(stem));
        let light = |stem: &str| matches!(stem, "a" | "just" | "only" | "again" | "back");
        let to = said.iter().filter(|word| word.stem == "to").count() == 1;
        // `has not fallen to`, `is expected to rise to`.
        let head = words(stops::begun(flow.text().get(..word.start)?));
        let open = head.iter().rev().take(4).any(|word| {
            matches!(
                word.stem.as_str(),
                "not" | "never" | "will" | "to" | "would" | "should" | "after" | "before" | "had" | "if" | "when"
            )
        });
        Some(moves && !open && to && said.iter().all(|word| word.stem == "to" || light(&word.stem)))
    };
    between().unwrap_or(false)
}

/// Whether no other number and no other time of its sentence could be what a level moved from or by.
fn is_alone(deck: &Deck, claim: &Claim) -> bool {
    let at =
        deck.claims.partition_point(|other| (other.document, other.place.span) < (claim.document, claim.place.span));
    let near = deck.claims.get(at.saturating_sub(NEAR)..deck.claims.len().min(at + NEAR)).unwrap_or_default();
    let mut own = near.iter().filter(|other| {
        (other.document, other.block, other.sentence) == (claim.document, claim.block, claim.sentence)
            && other.place != claim.place
    });
    // `although marketing cost $120K more than in Q2`: the change of another thing behind it.
    let of_another = |other: &Claim| {
        let parted = || deck.between(claim, other).is_some_and(|gap| gap.contains([',', ';']));
        let behind = other.place.span.start > claim.place.span.start;
        let named = other.metric.is_some() && other.metric != claim.metric;
        behind && other.measure != Measure::Level && (named || other.metric.is_none() && parted())
    };
    let other = own.any(|other| {
        !of_another(other) && (other.metric == claim.metric || other.quantity.unit == claim.quantity.unit)
    });
    let times = || {
        let flow = deck.flow_of(claim)?;
        let number = flow.range(claim.place.span)?;
        let text = flow.text();
        let statement = stops::around(text, &number);
        let context = PeriodContext { calendar: deck.calendar, reporting: claim.period };
        let mentions = deck.mentions.get(claim.document)?.get(claim.block)?;
        let parted = |at: usize| text.get(number.end..at).is_some_and(|gap| gap.contains([',', ';']));
        let mut periods =
            mentions.iter().filter(|mention| statement.contains(&mention.range.start) && !parted(mention.range.start));
        Some(periods.all(|mention| match &mention.kind {
            MentionKind::Period(expression, _) => expression.resolve(&context) == claim.period,
            _ => true,
        }))
    };
    !other && claim.sentence.is_some() && times().unwrap_or(false)
}
