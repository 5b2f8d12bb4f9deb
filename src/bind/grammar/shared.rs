//! What the numbers of a list have in common and the sentence says once.
//!
//! Enters: the quantities of a sentence with the role that each has by its own words. Leaves: the same, with the roles of lists shared.
//! Invariant: a role is only lent to a number that has none of its own.

use super::{Role, Scope};
use rust_decimal::Decimal;

use super::clause::clause_start;
use super::list::Pairing;
use super::role::has_scenario;
use super::share::mix;
use super::slot::Slot;
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Direction;
use crate::quantity::{Sign, Unit};
use crate::vocabulary::MetricId;

/// Shares roles between neighbours, then along lists.
pub(super) fn roles(slots: &mut [Slot<'_>], items: &[Item], pairing: &Pairing, scope: &Scope<'_>) {
    neighbours(slots, items, pairing);
    lists(slots, items, pairing);
    growths(slots, items);
    shares(slots, items);
    ellipses(slots, items);
    amounts_by(slots, items);
    others(slots, items);
    mixes(slots, items);
    splits(slots, items, scope);
    brackets(slots, items);
    gaps(slots, items);
}

/// `£641,490 against a budget of £643,000, a shortfall of £1,510`: what is told right behind a plan's number is by how much that was
/// beaten or missed.
fn gaps(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        let (previous, own) = (&slots[at - 1], &slots[at]);
        let between = &items[previous.at + 1..own.at];
        let noun = matches!(
            between,
            [
                Item { kind: Kind::Break(Break::Comma), .. },
                ..,
                Item { kind: Kind::Cue(Cue::Noun(_)), .. },
                Item { kind: Kind::Cue(Cue::Of), .. }
            ]
        );
        let planned =
            previous.role == Role::OtherLevel && (has_scenario(previous.before) || has_scenario(previous.after));
        let dated = own.after.iter().chain(own.beyond).any(|item| matches!(item.kind, Kind::Period(_)));
        let alike = own.quantity.unit == previous.quantity.unit || own.quantity.unit == Unit::Percent;
        if let (true, Role::Change(direction) | Role::Growth(direction)) =
            (noun && planned && alike && !dated, own.role)
        {
            slots[at].role = Role::Variance(direction);
        }
    }
}

/// `5,300 (1.3%) fewer than planned`: what stands behind the bracket is said of both. `vs £3.6m budget (+£0.2m)`: a signed number in the
/// bracket behind a plan's is by how much that was beaten or missed.
fn brackets(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        let close = slots[at].at + 1;
        let opened =
            slots[at].is_bracketed() && items.get(close).is_some_and(|it| it.kind == Kind::Break(Break::Close));
        if !opened {
            continue;
        }
        let previous = &slots[at - 1];
        let signed = match slots[at].quantity.sign {
            Sign::Plus => Some(Direction::Up),
            Sign::Minus => Some(Direction::Down),
            _ => None,
        };
        if previous.role == Role::OtherLevel && has_scenario(previous.after) && signed.is_some() {
            slots[at].role = Role::Variance(signed);
            continue;
        }
        let percent = slots[at].quantity.unit == Unit::Percent && previous.quantity.unit != Unit::Percent;
        let adjacent = slots[at].at == previous.at + 2;
        let direction = items.get(close + 1).and_then(|item| match item.kind {
            Kind::Cue(Cue::Move(direction)) => Some(direction),
            Kind::Cue(Cue::Beyond) => Some(Direction::Up),
            Kind::Cue(Cue::Short) => Some(Direction::Down),
            _ => None,
        });
        let open = matches!(previous.role, Role::Level | Role::Unknown)
            && matches!(slots[at].role, Role::Level | Role::Unknown | Role::Growth(None));
        if let (true, Some(direction)) = (percent && adjacent && open, direction) {
            let told = &items[close + 1..];
            let end = told.iter().position(|item| matches!(item.kind, Kind::Break(_) | Kind::Quantity(_)));
            let planned = has_scenario(&told[..end.unwrap_or(told.len())]);
            let (amount, share) = if planned {
                (Role::Variance(Some(direction)), Role::Variance(Some(direction)))
            } else {
                (Role::Change(Some(direction)), Role::Growth(Some(direction)))
            };
            slots[at - 1].role = amount;
            slots[at].role = share;
        }
    }
}

/// `Sales mix in the quarter: Stores 68%, Online 27%`: percentages behind the names of parts.
fn mixes(slots: &mut [Slot<'_>], items: &[Item]) {
    let Some((mix, _)) = mix(items) else { return };
    for slot in slots.iter_mut().filter(|slot| slot.at > mix && slot.quantity.unit == Unit::Percent) {
        let named = |item: &Item| matches!(item.kind, Kind::Segment(_));
        let mut head = slot.before.iter().rev().filter(|item| item.kind != Kind::Cue(Cue::Is));
        if matches!(slot.role, Role::Level | Role::Unknown) && head.next().is_some_and(named) {
            slot.role = Role::Share;
        }
    }
}

/// `The pipeline is €2.5m: 50% signed, 35% in talks and 15% new`, `March revenue was 60% donations and 40% grants`: percentages in front of
/// the names of parts that come to a whole. Of what is itself measured in per cent they are levels.
fn splits(slots: &mut [Slot<'_>], items: &[Item], scope: &Scope<'_>) {
    /// What parts come to, as they are rounded, or one of them is wrong.
    const WHOLE: std::ops::RangeInclusive<Decimal> =
        Decimal::from_parts(90, 0, 0, false, 0)..=Decimal::from_parts(110, 0, 0, false, 0);
    let rate = |id: MetricId| scope.vocabulary.term(id).unit == Some(Unit::Percent);
    let of_rates = |head: &[Item]| {
        head.iter().any(|item| matches!(item.kind, Kind::Metric(id, _) if rate(id)))
            || scope.metric.is_some_and(|(id, _)| rate(id))
    };
    let part = |slot: &Slot<'_>| {
        let bare = slot.quantity.unit == Unit::Percent && matches!(slot.role, Role::Level | Role::Unknown);
        let named = slot.after.iter().find(|item| item.kind != Kind::Cue(Cue::From) && !item.is_word(&["in", "at"]));
        bare && named.is_some_and(|item| match item.kind {
            Kind::Segment(_) => true,
            Kind::Metric(id, _) => !rate(id),
            _ => false,
        })
    };
    let mut at = 0;
    while at < slots.len() {
        let end = at + slots[at..].iter().take_while(|slot| part(slot)).count();
        let whole: Option<Decimal> = slots[at..end].iter().map(|slot| slot.quantity.value).sum();
        if end - at > 1 && whole.is_some_and(|whole| WHOLE.contains(&whole)) && !of_rates(&items[..slots[at].at]) {
            slots[at..end].iter_mut().for_each(|slot| slot.role = Role::Share);
        }
        at = end.max(at + 1);
    }
}

/// `the UK contributed 51% of revenue, Europe 31%`, `revenue rose 3.9% and headcount 2.1%`: a bare percentage behind a name that the
/// sentence goes on with is what the one before it is.
fn ellipses(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        let (before, own) = slots.split_at(at);
        let (Some(previous), Some(slot)) = (before.last(), own.first()) else { continue };
        let percent = slot.quantity.unit == Unit::Percent && previous.quantity.unit == Unit::Percent;
        // `growth of 9.4% in revenue and of 8.4% in costs`.
        let again =
            matches!(slot.before, [Item { kind: Kind::Break(Break::And), .. }, Item { kind: Kind::Cue(Cue::Of), .. }]);
        if let (true, true, role @ Role::Growth(Some(_)), Role::Share) = (percent, again, previous.role, slot.role) {
            slots[at].role = role;
            continue;
        }
        // `Online beat budget by £1.6m, Stores by £1.4m`: the next name moved, or missed its plan, by so much.
        let by = matches!(
            slot.before,
            [
                Item { kind: Kind::Break(Break::Comma | Break::And | Break::Clause), .. },
                ..,
                Item { kind: Kind::Segment(_) | Kind::Metric(..), .. },
                Item { kind: Kind::Cue(Cue::By), .. },
            ]
        );
        if let (true, role @ (Role::Variance(_) | Role::Change(_) | Role::Growth(_)), Role::Level | Role::Unknown) =
            (by && slot.quantity.unit == previous.quantity.unit, previous.role, slot.role)
        {
            slots[at].role = role;
            continue;
        }
        // `passenger revenue was €2.3m light and cargo €0.7m`: so much less, or what it was; `Against budget, …` says which.
        if let (Role::Variance(Some(_)), Role::Level, [and, name]) =
            (previous.role, slot.role, &items[(previous.at + 1).max(slot.at.saturating_sub(2))..slot.at])
            && and.kind == Kind::Break(Break::And)
            && matches!(name.kind, Kind::Metric(..) | Kind::Segment(_))
            && slot.after.is_empty()
            && slot.quantity.unit == previous.quantity.unit
            && slot.quantity.scale == previous.quantity.scale
            && !slots[..at].iter().any(|slot| slot.role == Role::Level)
        {
            let opens = matches!(items.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Versus)));
            slots[at].role = if opens { previous.role } else { Role::Unknown };
            continue;
        }
        let named = match &items[previous.at + 1..slot.at] {
            [rest @ .., name] => {
                let joins = |item: &Item| matches!(item.kind, Kind::Break(Break::Comma | Break::And));
                let joined = rest.iter().rposition(joins).is_some_and(|at| rest[at..].iter().all(joins));
                joined.then_some(&name.kind)
            }
            _ => None,
        };
        let (role, last) = match (previous.role, slot.role, named) {
            (Role::Share, Role::Level | Role::Unknown, Some(Kind::Segment(_))) => (Role::Share, previous.last),
            (role @ Role::Growth(Some(_)), Role::Unknown, Some(Kind::Segment(_) | Kind::Metric(..))) => {
                (role, slot.last)
            }
            _ => continue,
        };
        let silent = slot.after.is_empty();
        if percent && silent {
            slots[at].role = role;
            slots[at].last = last;
        }
    }
}

/// `318, against 352 and 371 in the two halves before`: what a comparison goes on with is compared with too.
fn others(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        let level = matches!(slots[at].role, Role::Level | Role::Unknown);
        let joined = goes_on(&slots[at - 1], &slots[at], items) || sets_beside_too(&slots[at - 1], &slots[at], items);
        if slots[at - 1].role == Role::OtherLevel && level && joined {
            slots[at].role = Role::OtherLevel;
        }
        // `up 4.3% on $801.9M`.
        let moved = matches!(slots[at - 1].role, Role::Growth(_) | Role::Change(_));
        let on = match &items[slots[at - 1].at + 1..slots[at].at] {
            [Item { kind: Kind::Word(stem), .. }] => stem == "on",
            [Item { kind: Kind::Cue(Cue::Move(_)), .. }, Item { kind: Kind::Word(stem), .. }] => stem == "on",
            _ => false,
        };
        if moved && on && slots[at].role == Role::Level {
            slots[at].role = Role::OtherLevel;
        }
    }
}

/// `against £719k in September and £735k in the budget`, `against budget of £43.9m and last year of £40.9m`: nothing but times and plans
/// stands around the conjunction.
fn sets_beside_too(a: &Slot<'_>, b: &Slot<'_>, items: &[Item]) -> bool {
    let between = &items[a.at + 1..b.at];
    let plain = |item: &Item| match &item.kind {
        Kind::Break(Break::Comma | Break::And) | Kind::Period(_) | Kind::Scenario(_) | Kind::Cue(Cue::Of) => true,
        Kind::Word(stem) => stem == "for",
        _ => false,
    };
    let and = between.iter().any(|item| item.kind == Kind::Break(Break::And));
    and && between.iter().all(plain) && a.quantity.unit == b.quantity.unit
}

/// `were 44%, 32% and 24% of revenue`, `beat theirs by £1.4m and £0.7m, respectively`: the first or the last says it for the list.
fn lists(slots: &mut [Slot<'_>], items: &[Item], pairing: &Pairing) {
    let mut start = 0;
    while start < slots.len() {
        let mut end = start;
        while end + 1 < slots.len() && goes_on(&slots[end], &slots[end + 1], items) {
            end += 1;
        }
        let paired = (start..=end).all(|at| pairing.with.contains_key(&slots[at].at));
        if end > start && (paired || end > start + 1) {
            let lent = match (slots[start].role, slots[end].role) {
                (_, Role::Share) => Some(Role::Share),
                (role @ (Role::Variance(_) | Role::Change(_) | Role::Growth(Some(_))), _) => Some(role),
                _ => None,
            };
            for slot in &mut slots[start..=end] {
                slot.last = end;
                if let (Some(role), Role::Level | Role::Unknown | Role::Growth(None)) = (lent, slot.role) {
                    slot.role = role;
                }
            }
        }
        start = end + 1;
    }
}

/// Whether nothing but a comma or conjunction stands between two numbers of one kind.
fn goes_on(a: &Slot<'_>, b: &Slot<'_>, items: &[Item]) -> bool {
    let between = &items[a.at + 1..b.at];
    let only = between.iter().all(|item| matches!(item.kind, Kind::Break(Break::Comma | Break::And)));
    only && !between.is_empty() && a.quantity.unit == b.quantity.unit
}

/// `rose 6.3% on the third quarter and 27.6% on the year before`, `up 12.9% on pcp and 21.8% HoH`: one move, against several times.
fn growths(slots: &mut [Slot<'_>], items: &[Item]) {
    let against = |items: &[Item]| match passed(items) {
        [Item { kind: Kind::Period(_), .. }, ..] => true,
        [Item { kind: Kind::Word(stem), .. }, Item { kind: Kind::Period(_), .. }, ..] => {
            matches!(stem.as_str(), "on" | "since" | "over")
        }
        [
            Item { kind: Kind::Cue(Cue::From | Cue::Versus | Cue::Over(_)), .. },
            Item { kind: Kind::Period(_), .. },
            ..,
        ] => true,
        _ => false,
    };
    for at in 1..slots.len() {
        let between = &items[slots[at - 1].at + 1..slots[at].at];
        let joined = matches!(between.last(), Some(Item { kind: Kind::Break(Break::And | Break::Comma), .. }))
            && !between.iter().any(|item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_)));
        let own = &items[slots[at].at + 1..];
        if let (Role::Growth(Some(direction)), Role::Level | Role::Unknown | Role::Growth(None)) =
            (slots[at - 1].role, slots[at].role)
            && slots[at].quantity.unit == Unit::Percent
            && joined
            && against(between)
            && against(own)
        {
            slots[at].role = Role::Growth(Some(direction));
        }
    }
}

/// `4.5% up on June and 25.5% on last year`: what follows the word that tells the way.
fn passed(items: &[Item]) -> &[Item] {
    match items {
        [Item { kind: Kind::Cue(Cue::Move(_)), .. }, rest @ ..] => rest,
        all => all,
    }
}

/// `26% of group sales (FY24: 23%)`: a dated percentage in the bracket behind a share is the share of that time.
fn shares(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        let between = &items[slots[at - 1].at + 1..slots[at].at];
        let dated = matches!(
            between,
            [.., Item { kind: Kind::Break(Break::Open), .. }, Item { kind: Kind::Period(_), .. }]
                | [
                    ..,
                    Item { kind: Kind::Break(Break::Open), .. },
                    Item { kind: Kind::Period(_), .. },
                    Item { kind: Kind::Break(Break::Colon), .. }
                ]
        );
        let percent = slots[at].quantity.unit == Unit::Percent && slots[at - 1].quantity.unit == Unit::Percent;
        match (slots[at - 1].role, slots[at].role) {
            (Role::Share, Role::Level | Role::Unknown) if dated && percent => {
                slots[at].role = Role::Share;
                slots[at].last = slots[at - 1].last;
            }
            // `Revenue increased 9.4% (Q2: 7.3%)`.
            (role @ Role::Growth(Some(_)), Role::Unknown) if dated && percent => slots[at].role = role,
            _ => {}
        }
    }
}

/// `beat the plan of $11.65M by $223K`: by how much stands behind what was beaten.
fn amounts_by(slots: &mut [Slot<'_>], items: &[Item]) {
    for at in 1..slots.len() {
        // `beat budget by €40k and last September by €147k`.
        let (by, beaten) = match slots[at].before {
            [Item { kind: Kind::Cue(Cue::By), .. }] => (true, None),
            [Item { kind: Kind::Break(Break::And), .. }, .., beaten, Item { kind: Kind::Cue(Cue::By), .. }] => {
                (true, Some(beaten))
            }
            _ => (false, None),
        };
        let open = matches!(slots[at].role, Role::Level | Role::Unknown);
        if !by || !open || slots[at].quantity.unit != slots[at - 1].quantity.unit {
            continue;
        }
        let before = &items[clause_start(items, slots[at].at)..slots[at].at];
        let side = before.iter().rev().find_map(|item| match item.kind {
            Kind::Cue(Cue::Beyond) => Some(Direction::Up),
            Kind::Cue(Cue::Short) => Some(Direction::Down),
            _ => None,
        });
        let Some(direction) = side else { continue };
        let planned = match beaten.map(|item| &item.kind) {
            Some(Kind::Period(_)) => false,
            _ => has_scenario(before),
        };
        slots[at].role = match (planned, &slots[at].quantity.unit) {
            (true, _) => Role::Variance(Some(direction)),
            (false, Unit::Percent) => Role::Growth(Some(direction)),
            (false, _) => Role::Change(Some(direction)),
        };
    }
}

/// `$8,309 or 4.9% under`, `1.7% and 3.5% below plan`: what stands once at the end holds for all.
fn neighbours(slots: &mut [Slot<'_>], items: &[Item], pairing: &Pairing) {
    // From the end for what stands there, then from the beginning: `by $a, $b and $c, respectively`.
    for at in (1..slots.len()).rev().chain(1..slots.len()) {
        let between = &items[slots[at - 1].at + 1..slots[at].at];
        let joined = match between {
            [Item { kind: Kind::Cue(Cue::Or), .. }] => true,
            [Item { kind: Kind::Break(Break::Comma), .. }, Item { kind: Kind::Cue(Cue::Or), .. }] => true,
            [Item { kind: Kind::Break(Break::Comma | Break::And), .. }, ..] => {
                between.iter().all(|item| matches!(item.kind, Kind::Break(Break::Comma | Break::And)))
                    && pairing.with.contains_key(&slots[at].at)
                    && pairing.with.contains_key(&slots[at - 1].at)
            }
            [Item { kind: Kind::Break(Break::Open), .. }] => matches!(slots[at].quantity.unit, Unit::Percent),
            _ => false,
        };
        if !joined {
            continue;
        }
        let (first, second) = (slots[at - 1].role, slots[at].role);
        match (first, second) {
            (Role::Level | Role::Unknown, Role::Variance(_) | Role::Change(_)) => slots[at - 1].role = second,
            (Role::Level, Role::Growth(direction))
                if matches!(between.first().map(|i| &i.kind), Some(Kind::Cue(Cue::Or))) =>
            {
                slots[at - 1].role = Role::Change(direction);
            }
            // `increased by 23.9%, or £840k`.
            (Role::Growth(direction), Role::Level)
                if between.iter().any(|item| item.kind == Kind::Cue(Cue::Or))
                    && slots[at].quantity.unit != slots[at - 1].quantity.unit =>
            {
                slots[at].role = Role::Change(direction);
            }
            (Role::Variance(direction), Role::Unknown | Role::Level | Role::Growth(None)) => {
                slots[at].role = Role::Variance(direction)
            }
            (Role::Change(direction), Role::Unknown | Role::Level) => {
                let percent = matches!(slots[at].quantity.unit, Unit::Percent);
                slots[at].role = if percent { Role::Growth(direction) } else { Role::Change(direction) };
            }
            (Role::Growth(direction), Role::Unknown) => slots[at].role = Role::Growth(direction),
            _ => {}
        }
    }
}
