//! Shares of one whole that a sentence lists by name, with the parts and the whole stated elsewhere: `Fees, grants and rent make up 61%,
//! 30% and 12% of income, respectively`, `The pipeline is €2.5m: 50% signed, 38% in talks and 15% new`.
//!
//! Enters: a bound deck. Leaves: the one share of a list that is not its part's. Invariant: all the others are exactly their parts' of
//! the whole, or the list is of another time or whole.

use super::contradicts;
use super::of_whole::{Wrong, is_near};
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::interval::Interval;
use crate::movement::Movements;
use crate::quantity::{Qualifier, Unit};
use crate::scenario;
use crate::span::Place;
use crate::vocabulary::{MetricId, Name};

/// Fewer are no list: of two shares only one would vouch for the other.
const FEWEST: usize = 3;

pub(super) fn shares<'a>(deck: &'a Deck, movements: &Movements<'_>) -> Vec<Wrong<'a>> {
    let alike = |a: &Claim, b: &Claim| {
        (a.document, a.sentence, a.period, &a.base) == (b.document, b.sentence, b.period, &b.base)
            && is_listed(a)
            && is_listed(b)
    };
    deck.claims
        .chunk_by(alike)
        .filter(|list| list.len() >= FEWEST)
        .filter_map(|list| odd(deck, movements, list))
        .collect()
}

fn is_listed(claim: &Claim) -> bool {
    let share = claim.measure == Measure::Share && claim.quantity.unit == Unit::Percent;
    let plain = claim.is_actual() && !claim.blocked && claim.quantity.qualifier == Qualifier::Exact;
    share && plain && claim.is_told() && claim.metric.is_some()
}

/// The share of a list that its part contradicts, where each of the others is its part's.
fn odd<'a>(deck: &'a Deck, movements: &Movements<'_>, list: &'a [Claim]) -> Option<Wrong<'a>> {
    let whole = whole(deck, list)?;
    let given: Vec<(&Claim, Given)> =
        list.iter().map(|claim| Some((claim, given(movements, claim, whole)?))).collect::<Option<_>>()?;
    let mut wrong = given.iter().filter(|(claim, given)| contradicts(&claim.quantity, given.share));
    let (claim, Given { share, part, whole_at }) = wrong.next().filter(|_| wrong.next().is_none())?;
    if !is_near(&claim.quantity, *share) {
        return None;
    }
    let label = |id: MetricId| deck.vocabulary.term(id).label.clone();
    let named = || claim.segment.clone().unwrap_or_else(|| label(claim.metric.unwrap_or(whole)));
    let own = part.iter().map(|place| (named(), *place));
    let sides = own.chain(whole_at.iter().map(|place| (label(whole), *place))).collect();
    Some(Wrong { slide: claim.slide, share: (&claim.quantity, claim.place), sides, expected: *share })
}

/// What the shares of a list are of: what they say, or for shares of parts the metric itself.
fn whole(deck: &Deck, list: &[Claim]) -> Option<MetricId> {
    let first = list.first()?;
    match &first.base {
        Some(Base::Whole(name)) => match deck.vocabulary.exact(name) {
            Some(Name::Metric(whole)) => Some(whole),
            _ => None,
        },
        _ => first.metric.filter(|id| list.iter().all(|claim| claim.metric == Some(*id) && claim.segment.is_some())),
    }
}

/// What a share should be, and where its operands stand.
struct Given {
    share: Interval,
    part: Vec<Place>,
    whole_at: Vec<Place>,
}

fn given(movements: &Movements<'_>, claim: &Claim, whole: MetricId) -> Option<Given> {
    let level = |id, segment| movements.level_of(id, claim.period?, scenario::ACTUAL, segment);
    let ((part, own), (all, whole_at)) = (level(claim.metric?, claim.segment.as_deref())?, level(whole, None)?);
    Some(Given { share: part.share_of(all)?, part: own, whole_at })
}
