//! What a quantity is to its metric, judged from the small words on either side of it.
//!
//! Enters: the items before and after a quantity, up to its neighbours. Leaves: a [`Role`].
//! Invariant: no word decides twice; the nearest cue wins.

use std::ops::Range;

use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Direction;
use crate::quantity::{Quantity, Sign, Unit};

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

/// Judges one quantity. `rate` says that the metric in view is itself measured in per cent.
pub(super) fn role(quantity: &Quantity, before: &[Item], after: &[Item], rate: bool) -> Role {
    let scenario = has_scenario(before) || has_scenario(after);
    match quantity.unit {
        Unit::Points | Unit::BasisPoints => {
            let direction = direction(before, after);
            if scenario { Role::Variance(direction) } else { Role::Change(direction) }
        }
        Unit::Percent => percent(quantity, before, after, rate, scenario),
        _ => amount(quantity, before, after, scenario),
    }
}

fn percent(quantity: &Quantity, before: &[Item], after: &[Item], rate: bool, scenario: bool) -> Role {
    if let Some(role) = by_what_follows(after, scenario, true) {
        return role;
    }
    if matches!(first_cue(after), Some(Cue::Of)) && !rate {
        return Role::Share;
    }
    match nearest(before) {
        Some((Cue::Move(direction) | Cue::Noun(direction), _)) => Role::Growth(Some(direction)),
        Some((Cue::By, rest)) => moved(rest, true),
        Some((Cue::Of, rest)) => match nearest(rest) {
            Some((Cue::Noun(direction) | Cue::Move(direction), _)) => Role::Growth(Some(direction)),
            _ if rate => Role::Level,
            _ => Role::Unknown,
        },
        Some((Cue::From, _)) if rate => Role::FromLevel,
        Some((Cue::Versus, _)) if rate => Role::OtherLevel,
        _ if rate => match quantity.sign {
            Sign::Plus => Role::Growth(Some(Direction::Up)),
            _ => Role::Level,
        },
        _ => match quantity.sign {
            Sign::Plus => Role::Growth(Some(Direction::Up)),
            Sign::Minus => Role::Growth(Some(Direction::Down)),
            _ => Role::Unknown,
        },
    }
}

fn amount(quantity: &Quantity, before: &[Item], after: &[Item], scenario: bool) -> Role {
    if let Some(role) = by_what_follows(after, scenario, false) {
        return role;
    }
    match nearest(before) {
        Some((Cue::Move(direction), rest)) if adjacent(before, rest) => Role::Change(Some(direction)),
        Some((Cue::Noun(direction), rest)) if adjacent(before, rest) => Role::Change(Some(direction)),
        Some((Cue::By, rest)) => moved(rest, false),
        Some((Cue::Of, rest)) => match rest.last().map(|item| &item.kind) {
            Some(Kind::Cue(Cue::Noun(direction))) => Role::Change(Some(*direction)),
            _ if beyond_of(rest) => Role::OtherLevel,
            _ => Role::Level,
        },
        Some((Cue::From, _)) => Role::FromLevel,
        Some((Cue::Versus | Cue::Beyond | Cue::Short, _)) => Role::OtherLevel,
        _ => match quantity.sign {
            Sign::Plus => Role::Change(Some(Direction::Up)),
            _ => Role::Level,
        },
    }
}

/// `ahead of the $A …`, `short of the $A …`: a level to compare with.
fn beyond_of(before_of: &[Item]) -> bool {
    matches!(before_of.last().map(|item| &item.kind), Some(Kind::Cue(Cue::Beyond | Cue::Short)))
}

/// `… more than`, `… under budget`, `… growth`: what follows names the role. Only what stands directly after counts.
fn by_what_follows(after: &[Item], scenario: bool, percent: bool) -> Option<Role> {
    let mut items = after.iter();
    match &items.next()?.kind {
        Kind::Cue(Cue::Move(direction) | Cue::Noun(direction)) => Some(if scenario {
            Role::Variance(Some(*direction))
        } else if percent {
            Role::Growth(Some(*direction))
        } else {
            Role::Change(Some(*direction))
        }),
        Kind::Cue(Cue::Beyond) if scenario => Some(Role::Variance(Some(Direction::Up))),
        Kind::Cue(Cue::Short) if scenario || percent || after.len() == 1 => Some(Role::Variance(Some(Direction::Down))),
        _ => None,
    }
}

/// `rose by`, `missed budget by`, `ahead of plan by`.
fn moved(before_by: &[Item], percent: bool) -> Role {
    let scenario = has_scenario(before_by);
    for item in before_by.iter().rev() {
        match item.kind {
            Kind::Cue(Cue::Beyond) => return Role::Variance(Some(Direction::Up)),
            Kind::Cue(Cue::Short) => return Role::Variance(Some(Direction::Down)),
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
            Kind::Cue(cue) => return Some((cue, &before[..at])),
            Kind::Break(Break::Clause | Break::Colon | Break::Open) => return None,
            _ => {}
        }
    }
    None
}

/// Whether nothing but a period or scenario stands between the cue and the quantity.
fn adjacent(before: &[Item], rest: &[Item]) -> bool {
    before[rest.len() + 1..].iter().all(|item| matches!(item.kind, Kind::Period(_) | Kind::Scenario(_)))
}

fn first_cue(after: &[Item]) -> Option<Cue> {
    match after.first()?.kind {
        Kind::Cue(cue) => Some(cue),
        _ => None,
    }
}

pub(super) fn has_scenario(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item.kind, Kind::Scenario(name) if name != crate::scenario::ACTUAL))
}

/// The direction that the nearest word of moving gives, before the quantity or directly after it.
pub(super) fn direction(before: &[Item], after: &[Item]) -> Option<Direction> {
    mover(before, after).map(|(_, direction)| direction)
}

/// The nearest word of moving and where it stands: directly after the quantity, or before it within the clause.
pub(super) fn mover(before: &[Item], after: &[Item]) -> Option<(Range<usize>, Direction)> {
    let towards = |item: &Item| {
        let direction = match item.kind {
            Kind::Cue(Cue::Move(direction) | Cue::Noun(direction)) => direction,
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
    after.first().and_then(towards).or_else(|| before[clause..].iter().rev().find_map(towards))
}
