//! The quantities of a sentence, each with the words that are its own and its role.
//!
//! Enters: the items of a sentence. Leaves: a [`Slot`] for each quantity, in order.
//! Invariant: of the words between two quantities, what stands before the first break is the first's and the rest the second's.

use super::{Role, Scope, list, role, shared};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Direction;
use crate::extract::MentionKind;
use crate::period::Expression;
use crate::quantity::{Quantity, Unit};
use crate::vocabulary::MetricId;
use crate::words::stems;

/// A quantity with what stands around it.
pub(super) struct Slot<'a> {
    pub(super) at: usize,
    pub(super) mention: usize,
    pub(super) quantity: &'a Quantity,
    pub(super) before: &'a [Item],
    pub(super) after: &'a [Item],
    /// What follows `after` up to the next comma, bracket or quantity.
    pub(super) beyond: &'a [Item],
    pub(super) role: Role,
    /// Index of the last quantity of its list.
    pub(super) last: usize,
    /// Whether the next quantity comes right behind `after`.
    pub(super) followed: bool,
}

impl Slot<'_> {
    /// Whether the number is the first thing in a bracket.
    pub(super) fn is_bracketed(&self) -> bool {
        matches!(self.before.last(), Some(Item { kind: Kind::Break(Break::Open), .. }))
    }

    fn around(&self, scope: &Scope<'_>, (rate, moving, own): (bool, bool, bool), spoken: Spoken) -> role::Around<'_> {
        let against = self.after.first().is_some_and(|item| match item.kind {
            Kind::Period(mention) => {
                matches!(scope.mentions[mention].kind, MentionKind::Period(Expression::Against(_), _))
            }
            _ => false,
        });
        role::Around {
            before: self.before,
            after: self.after,
            beyond: self.beyond,
            rate,
            own,
            variance: spoken.variance,
            planned: spoken.planned,
            against,
            followed: self.followed,
            counted: self.quantity.unit == Unit::Count,
            moving,
            varied: spoken.varied,
            beside: spoken.beside,
            named: spoken.named,
            opened: spoken.opened,
        }
    }
}

/// The gap between two quantities falls to the first up to its first break, and to the second from there.
/// Without a break both see all of it.
pub(super) fn slots<'a>(items: &'a [Item], scope: &Scope<'a>, pairing: &list::Pairing) -> Vec<Slot<'a>> {
    let places: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| match item.kind {
            Kind::Quantity(mention) => Some((at, mention)),
            _ => None,
        })
        .collect();
    let mut slots = Vec::with_capacity(places.len());
    for (n, &(at, mention)) in places.iter().enumerate() {
        let MentionKind::Quantity(quantity) = &scope.mentions[mention].kind else { continue };
        let from = n.checked_sub(1).map_or(0, |n| places[n].0 + 1);
        let to = places.get(n + 1).map_or(items.len(), |next| next.0);
        let gap_before = &items[from..at];
        let gap_after = &items[at + 1..to];
        let before = if n == 0 { gap_before } else { &gap_before[own_start(gap_before)..] };
        let (after, rest) = gap_after.split_at(split(gap_after).unwrap_or(gap_after.len()));
        let hard = |item: &Item| matches!(item.kind, Kind::Break(_) | Kind::Cue(Cue::Or));
        let beyond = &rest[..rest.iter().position(hard).unwrap_or(rest.len())];
        let followed = n + 1 < places.len() && rest.is_empty();
        let last = slots.len();
        slots.push(Slot { at, mention, quantity, before, after, beyond, role: Role::Unknown, last, followed });
    }
    let opens = against_plan(items, Break::Colon);
    let against = against_plan(items, Break::Comma);
    for at in 0..slots.len() {
        let slot = &slots[at];
        let variance = opens || items[..slot.at].iter().any(|item| item.kind == Kind::Cue(Cue::Variance));
        // `51bps ahead of the 71% in the plan`: the plan stands behind the number that is compared with.
        let planned = slots
            .get(at + 1)
            .filter(|next| !items[slot.at + 1..next.at].iter().any(|item| matches!(item.kind, Kind::Break(_))))
            .is_some_and(|next| next.after.iter().take(4).any(|item| role::has_scenario(std::slice::from_ref(item))));
        let varied = slots[..at].iter().any(|slot| matches!(slot.role, Role::Variance(_)));
        let beside = at.checked_sub(1).is_some_and(|before| is_beside(&slots[before], slot, items));
        let named = role::has_scenario(&items[..slot.at]);
        let spoken = Spoken { variance, planned, varied, beside, named, opened: against };
        let role = role::role(slot.quantity, &slot.around(scope, is_rate(items, slot, scope), spoken));
        let placed = role == Role::FromLevel && items[..slot.at].iter().any(role::places);
        slots[at].role = if placed { Role::Level } else { role };
    }
    quotients(&mut slots, items);
    arrow(&mut slots, items);
    shared::roles(&mut slots, items, pairing, scope);
    slots
}

/// Where the words of the second quantity of a gap begin: at the last comma or conjunction, else where the gap first breaks.
fn own_start(gap: &[Item]) -> usize {
    let last = gap.iter().rposition(|item| matches!(item.kind, Kind::Break(Break::Comma | Break::And | Break::Clause)));
    // A bracket opened after it belongs to the second quantity whole.
    last.or_else(|| split(gap)).unwrap_or(0)
}

/// Where a gap breaks: at punctuation, a conjunction, or a word that opens a comparison.
fn split(gap: &[Item]) -> Option<usize> {
    // `£22.9m from the UK, £13.9m from Europe`: where a number is from is said behind it.
    let led = usize::from(is_from_part(gap));
    gap.iter()
        .skip(led)
        .position(|item| {
            matches!(
                item.kind,
                Kind::Break(_) | Kind::Cue(Cue::From | Cue::To | Cue::Arrow | Cue::Or | Cue::Respectively)
            ) || matches!(item.kind, Kind::Cue(Cue::Versus))
        })
        .map(|at| at + led)
}

/// Whether a gap opens with the part that the number before it comes from, or stands at: `1,104 work at Kestrel, 402 at Wandoo`.
pub(super) fn is_from_part(gap: &[Item]) -> bool {
    let gap = match gap {
        [Item { kind: Kind::Word(stem), .. }, rest @ ..] if stem == "work" => rest,
        gap => gap,
    };
    if let [Item { kind: Kind::Cue(Cue::Is), .. }, Item { kind: Kind::Segment(_), .. }, rest @ ..] = gap {
        return rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(_)));
    }
    matches!(
        gap,
        [Item { kind: Kind::Cue(Cue::From), .. }, Item { kind: Kind::Segment(_), .. }]
            | [
                Item { kind: Kind::Cue(Cue::From), .. },
                Item { kind: Kind::Segment(_), .. },
                Item { kind: Kind::Break(_), .. },
                ..
            ]
    )
}

/// `Versus budget, Q4: sales +£2.5m`: a sentence whose signed numbers are all against the plan that it opens with.
/// `Against budget, staff costs were £40k lower`: so do its comparisons, where a comma stands.
fn against_plan(items: &[Item], end: Break) -> bool {
    let colon = items.iter().position(|item| item.kind == Kind::Break(end)).unwrap_or(0);
    let silent = !items[..colon].iter().any(|item| matches!(item.kind, Kind::Quantity(_)));
    let opens = matches!(items.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Versus)));
    silent && opens && items.get(1..colon).is_some_and(role::has_scenario)
}

/// What the sentence says of plans around a quantity.
#[derive(Clone, Copy)]
struct Spoken {
    /// Whether it is headed by the word "variance".
    variance: bool,
    /// Whether the number that follows is a plan's.
    planned: bool,
    /// Whether a number before is a variance.
    varied: bool,
    /// Whether the number right before is a level in the same unit.
    beside: bool,
    /// Whether a plan is named before.
    named: bool,
    /// Whether the sentence opens with a plan that all of it is set against.
    opened: bool,
}

/// `£211k, £13k over`, `£402k (£12k over)`: whether a number stands right behind a level of its unit.
fn is_beside(level: &Slot<'_>, own: &Slot<'_>, items: &[Item]) -> bool {
    let between = &items[level.at + 1..own.at];
    matches!(between, [Item { kind: Kind::Break(Break::Comma | Break::Open), .. }])
        && level.role == Role::Level
        && level.quantity.unit == own.quantity.unit
}

/// Whether the metric that a quantity most likely belongs to is itself measured in per cent, whether it is a movement, and whether it is
/// measured in the quantity's own unit.
fn is_rate(items: &[Item], slot: &Slot<'_>, scope: &Scope<'_>) -> (bool, bool, bool) {
    let metric = slot.after.first().and_then(metric_of).or_else(|| items[..slot.at].iter().rev().find_map(metric_of));
    match metric.or(scope.metric.map(|(id, _)| id)) {
        Some(id) => {
            let term = scope.vocabulary.term(id);
            let own = |id: MetricId| scope.vocabulary.term(id).unit.as_ref() == Some(&slot.quantity.unit);
            // `Take rate, which is net revenue over volume, was 47.6 bps`: what stands nearest may only explain. Only of points is it a
            // question whether they are a level.
            let points = matches!(slot.quantity.unit, Unit::Points | Unit::BasisPoints);
            let own = points && (own(id) || items[..slot.at].iter().filter_map(metric_of).any(own));
            (matches!(term.unit, Some(Unit::Percent)), is_movement(&term.label), own)
        }
        None => (between_percentages(items, slot, scope), false, false),
    }
}

/// `Like-for-like sales`, `Organic growth`: metrics whose own values are movements.
fn is_movement(label: &str) -> bool {
    let own = stems(label);
    let like = own.windows(3).any(|three| three[0] == "like" && three[1] == "for" && three[2] == "like");
    like || own.iter().any(|stem| matches!(stem.as_str(), "growth" | "lfl" | "comp" | "comparable"))
}

/// `up 4.2% to 88.3%, from 84.1%`: whatever it is, it is measured in per cent where it goes from one percentage to another.
fn between_percentages(items: &[Item], slot: &Slot<'_>, scope: &Scope<'_>) -> bool {
    let led_by = |at: usize| match items[..at].last().map(|item| &item.kind) {
        Some(Kind::Cue(cue @ (Cue::From | Cue::To))) => Some(*cue),
        _ => None,
    };
    let end = |cue: Cue| {
        items.iter().enumerate().any(|(at, item)| match item.kind {
            Kind::Quantity(mention) => {
                let percent = matches!(&scope.mentions[mention].kind, MentionKind::Quantity(quantity) if quantity.unit == Unit::Percent);
                percent && led_by(at) == Some(cue)
            }
            _ => false,
        })
    };
    slot.quantity.unit == Unit::Percent && led_by(slot.at).is_some() && end(Cue::From) && end(Cue::To)
}

fn metric_of(item: &Item) -> Option<MetricId> {
    match item.kind {
        Kind::Metric(id, _) => Some(id),
        _ => None,
    }
}

/// `ARR: $41.9M → $44.6M`: what a lone arrow leads from is the earlier of two levels. Of a row of them, which times they are of is not told.
fn arrow(slots: &mut [Slot<'_>], items: &[Item]) {
    let leads = |at: &usize| {
        let (from, to) = (&slots[*at], &slots[at + 1]);
        matches!(&items[from.at + 1..to.at], [Item { kind: Kind::Cue(Cue::Arrow), .. }])
            && from.role == Role::Level
            && from.quantity.unit.comparable(&to.quantity.unit)
    };
    let mut led = (0..slots.len().saturating_sub(1)).filter(leads);
    if let (Some(at), None) = (led.next(), led.next()) {
        slots[at].role = Role::FromLevel;
    }
}

/// `$1,471K over $5,509K`: a quotient written out. Neither figure is what the words before name.
fn quotients(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        let between = &items[slots[at - 1].at + 1..slots[at].at];
        let over = matches!(between, [Item { kind: Kind::Cue(Cue::Over(Direction::Up)), .. }]);
        if over && slots[at - 1].quantity.unit == slots[at].quantity.unit {
            slots[at - 1].role = Role::Unknown;
            slots[at].role = Role::Unknown;
        }
    }
}
