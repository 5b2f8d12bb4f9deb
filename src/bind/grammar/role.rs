//! What a quantity is to its metric, judged from the small words on either side of it.
//!
//! Enters: the items before and after a quantity, up to its neighbours. Leaves: a [`Role`].
//! Invariant: no word decides twice; the nearest cue wins.

use std::ops::Range;

use super::aside::is_part_of_time;
use super::light::is_light;
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Direction;
use crate::quantity::{Qualifier, Quantity, Sign, Unit};

/// What a quantity is to its metric.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// The value.
    Level,
    /// The earlier value: `from $B`.
    FromLevel,
    /// A value to compare with: `vs $B`.
    OtherLevel,
    /// An amount of change over time.
    Change(Option<Direction>),
    /// A percentage of change over time.
    Growth(Option<Direction>),
    /// An amount or percentage against a scenario.
    Variance(Option<Direction>),
    /// A part of a whole.
    Share,
    /// Nothing that can be said.
    Unknown,
}

impl Role {
    /// Whether it is a value of the metric itself.
    pub(crate) fn is_level(self) -> bool {
        matches!(self, Self::Level | Self::FromLevel | Self::OtherLevel)
    }
}

/// What stands around a quantity.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// From the break after the previous quantity up to this one.
    pub(super) before: &'a [Item],
    /// From this one up to the first break or comparison.
    pub(super) after: &'a [Item],
    /// From there to the next comma, bracket or quantity: `than in March`, `than budgeted`.
    pub(super) beyond: &'a [Item],
    /// Whether the metric in view is itself in per cent.
    pub(super) rate: bool,
    /// Whether the metric in view is measured in the quantity's own unit.
    pub(super) own: bool,
    /// Whether the sentence is headed by the word "variance".
    pub(super) variance: bool,
    /// Whether the number that follows is a plan's.
    pub(super) planned: bool,
    /// Whether `year on year` or the like follows directly.
    pub(super) against: bool,
    /// Whether the next number comes right behind `after`.
    pub(super) followed: bool,
    /// Whether it counts something.
    pub(super) counted: bool,
    /// Whether the metric in view is itself a movement: like-for-like sales, growth.
    pub(super) moving: bool,
    /// Whether a number before it in the sentence is a variance.
    pub(super) varied: bool,
    /// Whether it stands right behind a level of its own unit: `£402k (£12k over)`.
    pub(super) beside: bool,
    /// Whether a plan is named before it in the sentence.
    pub(super) named: bool,
    /// Whether the sentence opens by setting all that it tells against a plan.
    pub(super) opened: bool,
}

/// Judges one quantity.
pub(super) fn role(quantity: &Quantity, around: &Around<'_>) -> Role {
    let (before, passed) = before_bound(quantity, around.before);
    // `Occupancy rose over 80%`: by that much, or past it.
    if passed && around.rate && quantity.unit == Unit::Percent {
        return Role::Unknown;
    }
    let around = &Around { before, ..*around };
    if around.variance && quantity.sign != Sign::None {
        return Role::Variance(None);
    }
    match quantity.unit {
        // A take rate in basis points is told as any amount is.
        Unit::Points | Unit::BasisPoints if !around.own => {
            let direction = mover(around.before, after_periods(around.after)).map(|(_, direction)| direction);
            if around.scenario() { Role::Variance(direction) } else { Role::Change(direction) }
        }
        Unit::Percent => percent(quantity, around),
        _ => amount(quantity, around),
    }
}

/// What stands before a quantity of which a bound is told, where that is a movement: `jumped more than 230%`, `a rise of over 5%`; and
/// whether the bound may be what was passed.
fn before_bound<'a>(quantity: &Quantity, before: &'a [Item]) -> (&'a [Item], bool) {
    let bounded = matches!(
        quantity.qualifier,
        Qualifier::MoreThan | Qualifier::LessThan | Qualifier::AtLeast | Qualifier::AtMost
    );
    let (head, passed) = match before {
        [head @ .., Item { kind: Kind::Cue(Cue::Move(_)), .. }, Item { kind: Kind::Cue(Cue::Versus), .. }] => {
            (head, false)
        }
        [head @ .., Item { kind: Kind::Cue(Cue::Over(_) | Cue::Beyond | Cue::Short), .. }] => (head, true),
        _ => return (before, false),
    };
    match head.last().map(|item| &item.kind) {
        Some(Kind::Cue(Cue::Move(_))) if bounded => (head, passed),
        Some(Kind::Cue(Cue::By)) if bounded => (head, false),
        Some(Kind::Cue(Cue::Of))
            if bounded
                && matches!(nearest(&head[..head.len() - 1]), Some((Cue::Noun(_), rest)) if rest.len() + 2 == head.len()) =>
        {
            (head, false)
        }
        _ => (before, false),
    }
}

impl Around<'_> {
    /// Whether a plan is spoken of beside the quantity.
    fn scenario(&self) -> bool {
        let compared = self.after.first().is_some_and(compares);
        has_scenario(self.before) || has_scenario(self.after) || has_scenario(self.beyond) || compared && self.planned
    }
}

/// Whether a word sets one value beside another: `ahead of`, `short of`, `over`, `under`.
pub(super) fn compares(item: &Item) -> bool {
    matches!(item.kind, Kind::Cue(Cue::Beyond | Cue::Short | Cue::Over(_) | Cue::Rated(_)))
}

/// What follows, once `year-on-year` and other periods directly behind the number are passed over.
fn after_periods(after: &[Item]) -> &[Item] {
    let start = after.iter().position(|item| !matches!(item.kind, Kind::Period(_))).unwrap_or(after.len());
    &after[start..]
}

fn percent(quantity: &Quantity, around: &Around<'_>) -> Role {
    if let Some(role) = by_what_follows(around, true) {
        return role;
    }
    let Around { before, after, rate, .. } = *around;
    if let Some(direction) = told_in_bracket(before).filter(|_| !rate) {
        return Role::Growth(Some(direction));
    }
    // `shorter stays and 85.7% occupancy`: what stands right behind the number is what it is of.
    if let (true, [Item { kind: Kind::Metric(..), .. }]) = (rate && !around.followed && !around.moving, after) {
        let own = before.iter().rposition(|item| matches!(item.kind, Kind::Break(_))).map_or(0, |at| at + 1);
        if own > 0 && before[own..].is_empty() {
            return Role::Level;
        }
    }
    // `Growth of 9.4% in revenue`.
    if let ([.., Item { kind: Kind::Cue(Cue::Noun(direction)), .. }, Item { kind: Kind::Cue(Cue::Of), .. }], false) =
        (before, rate)
    {
        return Role::Growth(Some(*direction));
    }
    if matches!(after.first().map(|item| &item.kind), Some(Kind::Cue(Cue::Of))) && !rate && !is_moved_in(before, after)
    {
        return Role::Share;
    }
    if let Some(direction) = headed(before).filter(|_| !rate) {
        return Role::Growth(Some(direction));
    }
    match nearest(before) {
        Some((Cue::Rated(direction), rest)) if adjacent(before, rest) => Role::Variance(Some(direction)),
        Some((Cue::Move(direction) | Cue::Noun(direction), _)) => Role::Growth(Some(direction)),
        Some((Cue::By, rest)) => moved(rest, true),
        Some((Cue::Of, rest)) if change_in(rest).is_some() => Role::Growth(change_in(rest)),
        Some((Cue::Of, rest)) if rated(rest).is_some() => Role::Variance(rated(rest)),
        Some((Cue::Of, rest)) => match nearest(rest) {
            Some((Cue::Noun(direction) | Cue::Move(direction), _)) => Role::Growth(Some(direction)),
            _ => compared(rest, rate),
        },
        Some((Cue::From, _)) if rate => Role::FromLevel,
        Some((Cue::Versus | Cue::Beyond | Cue::Short, _)) if rate => Role::OtherLevel,
        _ => match quantity.sign {
            Sign::Plus if rate && around.moving => Role::Level,
            Sign::Plus => Role::Growth(Some(Direction::Up)),
            Sign::Minus if !rate => Role::Growth(Some(Direction::Down)),
            _ if rate => Role::Level,
            _ if around.against => Role::Growth(None),
            _ => Role::Unknown,
        },
    }
}

/// `The increase in driver wages (£1.4m, or 8.2%)`: the bracket says how much what stands before it is.
fn told_in_bracket(before: &[Item]) -> Option<Direction> {
    let [head @ .., Item { kind: Kind::Break(Break::Open), .. }] = before else { return None };
    change_in(head)
}

/// `grew 1.2% in the quarter`: a word of moving right before the number, and nothing but when behind it.
fn is_moved_in(before: &[Item], after: &[Item]) -> bool {
    let moved = match nearest(before) {
        Some((Cue::Move(_) | Cue::Noun(_), rest)) => adjacent(before, rest),
        Some((Cue::By, rest)) => moved(rest, true) != Role::Unknown,
        _ => false,
    };
    // `grew 7.4% in the last year of the plan`: a time that has no name.
    let unnamed = |last: &str, time: &str| {
        matches!(last, "last" | "first" | "final" | "opening" | "closing")
            && matches!(time, "year" | "half" | "quarter" | "month" | "week" | "day")
    };
    moved
        && match after {
            [_, Item { kind: Kind::Word(last), .. }, Item { kind: Kind::Word(time), .. }, ..] => unnamed(last, time),
            [_, Item { kind: Kind::Period(_), .. }, rest @ ..] => {
                rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(_) | Kind::Period(_) | Kind::Cue(_)))
            }
            _ => false,
        }
}

/// `the increase in cost of revenue of $11.3M`: what goes before the last `of` is a change in something that has a name.
fn change_in(before_of: &[Item]) -> Option<Direction> {
    let named = before_of.iter().rev().take_while(|item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_)));
    match &before_of[..before_of.len() - named.count()] {
        rest if rest.len() == before_of.len() => None,
        // `the rise in revenue of $9.7M`.
        [
            ..,
            Item { kind: Kind::Cue(Cue::Noun(direction) | Cue::Move(direction)), .. },
            Item { kind: Kind::Cue(Cue::Of), .. },
        ] => Some(*direction),
        _ => None,
    }
}

/// `flat on last year's $58.8M`, `7.7% up on $119.9M`: what moved or did not move is compared with what it was.
fn is_moved_on(before: &[Item]) -> bool {
    let dated = before.iter().rev().take_while(|item| matches!(item.kind, Kind::Period(_))).count();
    match &before[..before.len() - dated] {
        [.., flat, on] if flat.is_word(&["flat", "level", "unchanged", "line"]) => on.is_word(&["on", "with"]),
        [.., Item { kind: Kind::Cue(Cue::Move(_)), .. }, on] => on.is_word(&["on"]),
        _ => false,
    }
}

/// `a favourable variance of £61k`: what goes before the last `of` says how it compares with the plan.
fn rated(before_of: &[Item]) -> Option<Direction> {
    match before_of {
        [.., Item { kind: Kind::Cue(Cue::Rated(direction)), .. }, Item { kind: Kind::Cue(Cue::Variance), .. }] => {
            Some(*direction)
        }
        [.., Item { kind: Kind::Cue(Cue::Rated(direction)), .. }] => Some(*direction),
        // `a favourable variance of £820k on revenue and an adverse one of £280k on costs`.
        [.., Item { kind: Kind::Cue(Cue::Rated(direction)), .. }, Item { kind: Kind::Word(stem), .. }] => {
            matches!(stem.as_str(), "one" | "movement" | "difference" | "swing").then_some(*direction)
        }
        _ => None,
    }
}

/// `ahead of the 96.0% …`, `against a budget of 96.0%`: a level to compare with.
fn compared(before_of: &[Item], rate: bool) -> Role {
    let last = before_of.iter().rev().find(|item| !matches!(item.kind, Kind::Scenario(_) | Kind::Period(_)));
    match last.map(|item| &item.kind) {
        // `ahead of the trajectory of 76.0%`: what is planned is a level, whatever it is of.
        Some(Kind::Cue(Cue::Beyond | Cue::Short | Cue::Versus | Cue::Over(_))) if rate || has_scenario(before_of) => {
            Role::OtherLevel
        }
        _ if rate => Role::Level,
        _ => Role::Unknown,
    }
}

fn amount(quantity: &Quantity, around: &Around<'_>) -> Role {
    if is_part_of_time(around.before, around.after) {
        return Role::Level;
    }
    if let Some(direction) = told_in_bracket(around.before) {
        return Role::Change(Some(direction));
    }
    if let Some(role) = by_what_follows(around, false) {
        return role;
    }
    let before = around.before;
    if let Some(direction) = headed(before) {
        return if around.scenario() { Role::Variance(Some(direction)) } else { Role::Change(Some(direction)) };
    }
    if let Some(role) = added(around) {
        return role;
    }
    match nearest(before) {
        Some((Cue::Rated(direction), rest)) if adjacent(before, rest) => Role::Variance(Some(direction)),
        Some((Cue::Move(direction) | Cue::Noun(direction), rest)) if adjacent(before, rest) => {
            Role::Change(Some(direction))
        }
        // `offset by $5M of charges`: nothing moves by the amount.
        Some((Cue::By, [.., Item { kind: Kind::Cue(Cue::Made), .. }])) => Role::Level,
        Some((Cue::By, rest)) => moved(rest, false),
        Some((Cue::Of, rest)) if change_in(rest).is_some() => Role::Change(change_in(rest)),
        Some((Cue::Of, rest)) if rated(rest).is_some() => Role::Variance(rated(rest)),
        Some((Cue::Of, rest)) => match rest.last().map(|item| &item.kind) {
            Some(Kind::Cue(Cue::Noun(direction))) if around.scenario() => Role::Variance(Some(*direction)),
            Some(Kind::Cue(Cue::Noun(direction))) => Role::Change(Some(*direction)),
            _ => match compared(rest, true) {
                Role::OtherLevel => Role::OtherLevel,
                _ => Role::Level,
            },
        },
        Some((Cue::From, _)) => Role::FromLevel,
        Some((Cue::Versus | Cue::Beyond | Cue::Short, _)) => Role::OtherLevel,
        _ if is_moved_on(before) => Role::OtherLevel,
        Some((Cue::Over(_), _)) if around.scenario() => Role::OtherLevel,
        _ => match quantity.sign {
            Sign::Plus => Role::Change(Some(Direction::Up)),
            Sign::Minus if around.against => Role::Change(Some(Direction::Down)),
            _ => Role::Level,
        },
    }
}

/// `North America added £1.2m to reach £7.9m`: what came to a sum of money is not the sum; how much of a change it was is only told
/// where the sum follows. `We added a net 106 customers`: nothing else came or went.
fn added(around: &Around<'_>) -> Option<Role> {
    const ADDED: &[&str] = &["added", "adding", "add"];
    match around.before {
        [.., verb, net] if net.is_word(&["net"]) && verb.is_word(ADDED) => Some(Role::Change(Some(Direction::Up))),
        [.., verb] if verb.is_word(ADDED) && !around.counted => {
            let reached = matches!(around.beyond, [Item { kind: Kind::Cue(Cue::To), .. }, reached, ..] if reached.is_word(&["reach", "take"]));
            Some(if reached { Role::Change(Some(Direction::Up)) } else { Role::Unknown })
        }
        _ => None,
    }
}

/// `The shortfall in EBITDA was €2.5m`, `Regional growth over the year was 24%`: the noun that opens the clause is what is told of.
fn headed(before: &[Item]) -> Option<Direction> {
    let [head @ .., Item { kind: Kind::Cue(Cue::Is), .. }] = before else { return None };
    let clause = head.iter().rposition(|item| matches!(item.kind, Kind::Break(_))).map_or(0, |at| at + 1);
    let at = clause + head[clause..].iter().position(|item| matches!(item.kind, Kind::Cue(Cue::Noun(_))))?;
    let opens = head[clause..at].iter().enumerate().all(|(n, item)| match item.kind {
        Kind::Period(_) | Kind::Scenario(_) | Kind::Cue(Cue::Versus | Cue::Of) => true,
        Kind::Word(_) => clause + n + 1 == at,
        _ => false,
    });
    let told = match head.get(at + 1).map(|item| &item.kind) {
        Some(Kind::Cue(Cue::Of | Cue::Over(_) | Cue::Versus) | Kind::Period(_)) => true,
        Some(Kind::Word(stem)) => stem == "on",
        _ => false,
    };
    match head[at].kind {
        Kind::Cue(Cue::Noun(direction)) if opens && told => Some(direction),
        _ => None,
    }
}

/// `… more than`, `… under budget`, `… growth`: what follows names the role. Only what stands directly after counts.
fn by_what_follows(around: &Around<'_>, percent: bool) -> Option<Role> {
    let compared = around.after.first().is_some_and(compares);
    // `$835K above June`, `£0.04 above budget and £0.03 above Q1`: what is above another time's is no variance.
    let timed_next = || {
        let next = after_periods(around.after).get(1).or(around.beyond.first());
        next.is_some_and(|item| matches!(item.kind, Kind::Period(_)))
    };
    let planned = compared && around.planned && !timed_next();
    let scenario = has_scenario(around.after) || has_scenario(around.beyond) || planned;
    // `Against budget, staff costs were £40k lower`.
    let scenario = scenario || around.opened && !timed_next();
    let change = |direction| match (scenario, percent) {
        (true, _) => Role::Variance(Some(direction)),
        (false, true) => Role::Growth(Some(direction)),
        (false, false) => Role::Change(Some(direction)),
    };
    let after = after_periods(around.after);
    // `Gross profit of $21.5m beat budget by $542k`: the amount is the metric's, and what follows speaks of it.
    let named = match around.before {
        [.., Item { kind: Kind::Metric(..) | Kind::Segment(_), .. }, Item { kind: Kind::Cue(Cue::Of), .. }] => true,
        [.., Item { kind: Kind::Word(stem), .. }, Item { kind: Kind::Cue(Cue::Of), .. }] => !is_light(stem),
        _ => false,
    };
    // `Gross margin of 47.8% gained 70bps`, `EBITDA of $40.3M less depreciation`.
    let of_metric =
        matches!(around.before, [.., Item { kind: Kind::Metric(..), .. }, Item { kind: Kind::Cue(Cue::Of), .. }]);
    let goes_on_with = |item: &Item| {
        let moved = matches!(item.kind, Kind::Cue(Cue::Move(_)));
        compares(item) || moved && of_metric && (!percent || after.len() == 1 && around.followed)
    };
    if (!percent || around.rate) && named && after.first().is_some_and(goes_on_with) {
        return None;
    }
    // `EBIT of $261M decreased by 0.5%`: by how much it moved is still to come.
    let goes_on = match after.get(1).or(around.beyond.first()).map(|item| &item.kind) {
        Some(Kind::Cue(Cue::By)) => true,
        Some(Kind::Cue(Cue::To)) => after.len() == 1,
        _ => false,
    };
    if let Some(role) = behind_name(around, after) {
        return Some(role);
    }
    // `£92k over budget in December and £628k over for the year to date`.
    let timed = |item: &Item| match &item.kind {
        Kind::Period(_) | Kind::Cue(Cue::Of) => true,
        Kind::Word(stem) => stem == "for",
        _ => false,
    };
    let alone = after.iter().skip(1).chain(around.beyond).all(timed);
    if let Some(direction) =
        after.first().and_then(side).filter(|_| around.varied && alone && !percent && !timed_next())
    {
        return Some(Role::Variance(Some(direction)));
    }
    match after.first()?.kind {
        // `83 cents cheaper than in Q2`.
        Kind::Cue(Cue::Compared) => Some(match change(Direction::Up) {
            Role::Variance(_) => Role::Variance(None),
            Role::Growth(_) => Role::Growth(None),
            _ => Role::Change(None),
        }),
        // `Premium of $226m grew 9.4%`: the move is told by the number behind it.
        Kind::Cue(Cue::Move(_)) if !percent && after.len() == 1 && around.followed && !around.before.is_empty() => None,
        Kind::Cue(Cue::Move(_)) if goes_on => None,
        Kind::Cue(Cue::Move(direction) | Cue::Noun(direction)) => Some(change(direction)),
        // `$1.5M favorable to last year`.
        Kind::Cue(Cue::Rated(direction)) if matches!(around.beyond, [to, Item { kind: Kind::Period(_), .. }, ..] if to.kind == Kind::Cue(Cue::To)) => {
            Some(change(direction))
        }
        Kind::Cue(Cue::Rated(direction)) => Some(Role::Variance(Some(direction))),
        // `revenue 1.9% ahead, ARR 2.3% ahead`: ahead of what can only be the plan.
        Kind::Cue(Cue::Beyond)
            if percent && !scenario && after.len() == 1 && around.beyond.is_empty() && !around.followed =>
        {
            Some(Role::Variance(Some(Direction::Up)))
        }
        // `7.7% above the €488.4m of H1`: growth where a level follows, not a plan.
        Kind::Cue(Cue::Short)
            if percent && !scenario && after.len() == 1 && around.beyond.is_empty() && !around.followed =>
        {
            Some(Role::Variance(Some(Direction::Down)))
        }
        // `£139,385 (£7,385 ahead)`.
        Kind::Cue(Cue::Beyond) if around.beside && after.len() == 1 && around.beyond.is_empty() && !percent => {
            Some(Role::Variance(Some(Direction::Up)))
        }
        Kind::Cue(Cue::Beyond) if scenario || percent || timed_next() => Some(change(Direction::Up)),
        Kind::Cue(Cue::Short) if scenario || percent || timed_next() => Some(change(Direction::Down)),
        Kind::Cue(Cue::Over(direction))
            if scenario || after.len() == 1 && around.beyond.is_empty() && has_scenario(around.before) =>
        {
            Some(Role::Variance(Some(direction)))
        }
        // `drugs (£0.95m over, of which …)`: over what is said elsewhere, or not at all.
        Kind::Cue(Cue::Over(Direction::Up)) if after.len() == 1 && around.beyond.is_empty() && !percent => {
            let told = around.variance || around.beside;
            Some(if told { Role::Variance(Some(Direction::Up)) } else { Role::Unknown })
        }
        // `costs were £71k over it`, where the plan was named before.
        Kind::Cue(Cue::Over(direction)) if around.named && is_it(after) => Some(Role::Variance(Some(direction))),
        // `$8,309 or 4.9% under.`: nothing follows but the end.
        Kind::Cue(Cue::Over(Direction::Down) | Cue::Short) if after.len() == 1 && around.beyond.is_empty() => {
            Some(Role::Variance(Some(Direction::Down)))
        }
        _ => None,
    }
}

fn is_it(after: &[Item]) -> bool {
    // `£25m under it at £1.91bn`.
    let after = match after {
        [rest @ .., Item { kind: Kind::Cue(Cue::Is), .. }] => rest,
        all => all,
    };
    matches!(after, [_, Item { kind: Kind::Word(stem), .. }] if matches!(stem.as_str(), "it" | "that" | "this" | "them"))
}

/// `the €1.8m EBIT beat`, `three stores short of budget`: the name of the metric stands between the number and what it is to it.
fn behind_name(around: &Around<'_>, after: &[Item]) -> Option<Role> {
    let [Item { kind: Kind::Metric(..), .. }, told @ ..] = after else { return None };
    let direction = side(told.first()?)?;
    let ends = told.len() == 1 && around.beyond.is_empty() && !around.followed;
    match told[0].kind {
        Kind::Cue(Cue::Beyond | Cue::Short) if ends => Some(Role::Variance(Some(direction))),
        Kind::Cue(Cue::Beyond | Cue::Short | Cue::Over(_)) if around.counted && has_scenario(told) => {
            Some(Role::Variance(Some(direction)))
        }
        _ => None,
    }
}

/// On which side of a plan a word puts a number.
fn side(item: &Item) -> Option<Direction> {
    match item.kind {
        Kind::Cue(Cue::Over(direction) | Cue::Rated(direction)) => Some(direction),
        Kind::Cue(Cue::Move(direction @ (Direction::Better | Direction::Worse))) => Some(direction),
        Kind::Cue(Cue::Beyond) => Some(Direction::Up),
        Kind::Cue(Cue::Short) => Some(Direction::Down),
        _ => None,
    }
}

/// `rose by`, `missed budget by`, `ahead of plan by`.
fn moved(before_by: &[Item], percent: bool) -> Role {
    let scenario = has_scenario(before_by);
    for (at, item) in before_by.iter().enumerate().rev() {
        match item.kind {
            Kind::Cue(Cue::Rated(direction)) => return Role::Variance(Some(direction)),
            // `beat Q2 by £1.1m`: what is beaten is a time, not a plan.
            Kind::Cue(cue @ (Cue::Beyond | Cue::Short)) => {
                let direction = if cue == Cue::Beyond { Direction::Up } else { Direction::Down };
                let timed = !scenario && matches!(before_by.get(at + 1).map(|item| &item.kind), Some(Kind::Period(_)));
                return match (timed, percent) {
                    (false, _) => Role::Variance(Some(direction)),
                    (true, true) => Role::Growth(Some(direction)),
                    (true, false) => Role::Change(Some(direction)),
                };
            }
            Kind::Cue(Cue::Over(direction)) if scenario => return Role::Variance(Some(direction)),
            Kind::Cue(Cue::Move(direction) | Cue::Noun(direction)) => {
                return match (scenario, percent) {
                    (true, _) => Role::Variance(Some(direction)),
                    (false, true) => Role::Growth(Some(direction)),
                    (false, false) => Role::Change(Some(direction)),
                };
            }
            Kind::Break(Break::Clause) => break,
            _ => {}
        }
    }
    if scenario { Role::Variance(None) } else { Role::Unknown }
}

/// The nearest cue before a quantity within its clause, and what stands before that.
pub(super) fn nearest(before: &[Item]) -> Option<(Cue, &[Item])> {
    for (at, item) in before.iter().enumerate().rev() {
        match item.kind {
            // `compared to`, `relative to`: one comparison.
            Kind::Cue(Cue::To) if at > 0 && before[at - 1].kind == Kind::Cue(Cue::Versus) => {
                return Some((Cue::Versus, &before[..at - 1]));
            }
            Kind::Cue(cue) => return Some((cue, &before[..at])),
            Kind::Break(Break::Clause | Break::Colon | Break::Open) => return None,
            _ => {}
        }
    }
    None
}

/// `we trade from 157 shops`: whether an item says from where, not from how many.
pub(super) fn places(item: &Item) -> bool {
    const PLACES: &[&str] = &["trade", "trading", "traded", "operate", "operating", "operated", "serve", "work"];
    item.is_word(PLACES)
}

/// Whether nothing but a period or scenario stands between the cue and the quantity.
fn adjacent(before: &[Item], rest: &[Item]) -> bool {
    before[rest.len() + 1..].iter().all(|item| matches!(item.kind, Kind::Period(_) | Kind::Scenario(_)))
}

pub(super) fn has_scenario(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item.kind, Kind::Scenario(name) if name != crate::scenario::ACTUAL))
}

/// The nearest word of moving and where it stands: directly after the quantity, or before it within the clause.
pub(super) fn mover(before: &[Item], after: &[Item]) -> Option<(Range<usize>, Direction)> {
    let scenario = has_scenario(before) || has_scenario(after);
    let towards = |item: &Item| {
        let direction = match item.kind {
            Kind::Cue(Cue::Move(direction) | Cue::Noun(direction)) => direction,
            Kind::Cue(Cue::Over(direction)) if scenario => direction,
            Kind::Cue(Cue::Rated(direction)) => direction,
            Kind::Cue(Cue::Beyond) => Direction::Up,
            Kind::Cue(Cue::Short) => Direction::Down,
            _ => return None,
        };
        Some((item.range.clone(), direction))
    };
    let clause = before
        .iter()
        .rposition(|item| matches!(item.kind, Kind::Break(Break::Clause | Break::Open)))
        .map_or(0, |at| at + 1);
    after_periods(after).first().and_then(towards).or_else(|| before[clause..].iter().rev().find_map(towards))
}
