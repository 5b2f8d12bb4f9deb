//! Numbers that their clause sets apart from the metric it names: parts of a change, changes of other times, differences of two metrics.
//!
//! Enters: the slots of a sentence and their readings. Leaves: the same readings, without a metric where the number is none of its levels.
//! Invariant: a reading only ever loses its metric here; nothing is bound that was not.

use super::light::{is_light, strange_words};
use super::role::{compares, has_scenario};
use super::slot::Slot;
use super::{Reading, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::cause::Distance;
use crate::claim::{Direction, Measure};
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::scenario;
use crate::vocabulary::MetricId;

/// How many times a change a number behind it may be and still be another change of the same thing.
const NEAR: u32 = 5;

/// Takes the metric from every number that is set apart from it.
pub(super) fn unbind(items: &[Item], slots: &[Slot<'_>], readings: &mut [Reading]) {
    let apart: Vec<usize> = (0..slots.len().min(readings.len()))
        .filter(|&at| readings[at].metric.is_some() && Apart { items, slots, readings, at }.holds())
        .collect();
    for at in apart {
        readings[at].unbind();
        readings[at].blocked = true;
    }
}

/// One number of a sentence with what is read of the others.
struct Apart<'a> {
    items: &'a [Item],
    slots: &'a [Slot<'a>],
    readings: &'a [Reading],
    at: usize,
}

impl Apart<'_> {
    fn slot(&self) -> &Slot<'_> {
        &self.slots[self.at]
    }

    fn reading(&self) -> &Reading {
        &self.readings[self.at]
    }

    fn holds(&self) -> bool {
        let level = self.slot().role.is_level()
            && (self.follows_a_change()
                || self.is_part_of_headed_change()
                || self.is_told_by_noun()
                || self.is_set_against_plan()
                || self.is_above_today()
                || self.is_of_unit_named_behind()
                || self.is_one_of_two()
                || self.is_step()
                || self.is_second_mark());
        level || self.is_driver() || self.is_between_metrics() || self.is_of_what_follows() || self.is_shortfall_again()
    }

    /// `passed £50m in 2016 and £80m in 2025`: a mark, too, that was left behind.
    fn is_second_mark(&self) -> bool {
        let own = self.slot();
        let Some(previous) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let passed = previous.quantity.qualifier == Qualifier::MoreThan && own.quantity.qualifier == Qualifier::Exact;
        passed
            && own.quantity.unit == previous.quantity.unit
            && matches!(own.before, [Item { kind: Kind::Break(Break::And), .. }])
    }

    /// The items of the clause before the number.
    fn clause(&self) -> &[Item] {
        let before = &self.items[..self.slot().at];
        let start = before.iter().rposition(|item| item.kind == Kind::Break(Break::Clause)).map_or(0, |at| at + 1);
        &before[start..]
    }

    /// `rose by $9.7M: North $4.1M, South $3.6M`, `fell by $4.5M (Q2: $3.7M)`, `a reduction of $10.6M on the year and of $5.7M since
    /// June`: behind a change, what is about as small as it is no level, unless it says what was moved to.
    fn follows_a_change(&self) -> bool {
        let (slot, own) = (self.slot(), self.reading());
        let led = match slot.before {
            [.., Item { kind: Kind::Cue(Cue::To | Cue::From), .. }] => true,
            // `to just $8M`, `to reach $8M`.
            [.., Item { kind: Kind::Cue(Cue::To), .. }, Item { kind: Kind::Word(_) | Kind::Cue(Cue::Is), .. }] => true,
            // `to $8M and $9M`, `which was $8M`.
            [.., Item { kind: Kind::Cue(Cue::Is), .. }] => true,
            _ => false,
        };
        let planned = has_scenario(slot.before) || has_scenario(slot.after);
        !led && !planned
            && (0..self.at).any(|n| {
                let moved = matches!(self.slots[n].role, Role::Change(_) | Role::Variance(_));
                moved
                    && self.readings[n].metric == own.metric
                    && self.together(n)
                    && is_about(slot.quantity, self.slots[n].quantity)
            })
    }

    /// `Margin gained 40 bps: 60 bps from better buying and -20 bps from freight`, `£37k over, as supplies were £51k over`: behind a
    /// change, and what leads over to its reasons, the changes that have a name of their own.
    fn is_driver(&self) -> bool {
        let (slot, own) = (self.slot(), self.reading());
        let moved = |role: Role| matches!(role, Role::Change(_) | Role::Variance(_));
        let named = |item: &Item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_) | Kind::Period(_));
        let leads = |item: &Item| match &item.kind {
            Kind::Break(Break::Colon) | Kind::Cue(Cue::Because) => true,
            Kind::Word(stem) => stem == "as",
            _ => false,
        };
        let strange = || strange_words(slot.before) > 0 || strange_words(slot.after) > 0;
        moved(slot.role)
            && strange()
            && (0..self.at).any(|n| {
                let between = &self.items[self.slots[n].at + 1..slot.at];
                moved(self.slots[n].role)
                    && self.readings[n].metric == own.metric
                    && self.slots[n].quantity.unit == slot.quantity.unit
                    && between.iter().any(leads)
                    && !between.iter().chain(slot.after).any(named)
            })
    }

    /// Whether no clause ends between an earlier number and this one, but with its colon.
    fn together(&self, n: usize) -> bool {
        let between = &self.items[self.slots[n].at..self.slot().at];
        between.iter().all(|item| item.kind != Kind::Break(Break::Clause))
    }

    /// `Of the increase in revenue over last year, North delivered $4.1M`.
    fn is_part_of_headed_change(&self) -> bool {
        let clause = self.clause();
        let comma = clause.iter().position(|item| item.kind == Kind::Break(Break::Comma));
        let (Some(of), Some(comma)) = (clause.first(), comma) else { return false };
        let Some(head) = clause.get(1..comma) else { return false };
        let noun = head.iter().position(|item| matches!(item.kind, Kind::Cue(Cue::Noun(_) | Cue::Variance)));
        of.kind == Kind::Cue(Cue::Of)
            && noun.is_some_and(|noun| head[..noun].iter().all(|item| !matches!(item.kind, Kind::Metric(..))))
            && head.iter().any(|item| matches!(item.kind, Kind::Metric(..)))
            && !matches!(self.slot().before.last(), Some(Item { kind: Kind::Cue(Cue::To), .. }))
    }

    /// `The EBITDA variance was $0.8M`, `variance $0.14M`, `The overspend on costs was $0.1M`, `The EBITDA beat was $0.8M`: a noun that
    /// says how much something differs makes no level of it.
    fn is_told_by_noun(&self) -> bool {
        let before = self.slot().before;
        if has_scenario(before) && self.reading().scenario.as_deref() != Some(scenario::ACTUAL) {
            return false;
        }
        let states = |item: &Item| match &item.kind {
            Kind::Cue(Cue::Is | Cue::Of | Cue::Over(_)) | Kind::Metric(..) | Kind::Segment(_) | Kind::Period(_) => true,
            Kind::Break(Break::Colon | Break::Open) => true,
            Kind::Word(stem) => is_light(stem),
            _ => false,
        };
        let stated = before.iter().rev().take_while(|item| states(item)).count();
        let (head, tail) = before.split_at(before.len() - stated);
        match head {
            [.., Item { kind: Kind::Cue(Cue::Variance), .. }] => return true,
            // `The overspend on costs was`: it opens what is said.
            [rest @ .., Item { kind: Kind::Cue(Cue::Rated(_)), .. }] => {
                let opens = rest.last().is_none_or(|item| matches!(item.kind, Kind::Break(_)));
                let named = tail.iter().any(|item| matches!(item.kind, Kind::Metric(..)));
                let is = matches!(tail.last().map(|item| &item.kind), Some(Kind::Cue(Cue::Is)));
                if opens && named && is {
                    return true;
                }
            }
            // `EBITDA upside: $0.8M`.
            [.., Item { kind: Kind::Metric(..), .. }, Item { kind: Kind::Cue(Cue::Noun(_)), .. }] => return true,
            [.., Item { kind: Kind::Metric(..), .. }, upside] if upside.is_word(&["upside", "downside"]) => {
                return true;
            }
            _ => {}
        }
        // `The variance of $0.8M comprises $0.9M of gross profit`: all that is told of it is as small as it is.
        let heads = self.items[..self.slot().at].iter().rposition(|item| item.kind == Kind::Cue(Cue::Variance));
        heads.is_some_and(|noun| {
            let sum = self.slots.iter().find(|slot| slot.at > noun);
            let headed = !self.slots.iter().any(|slot| slot.at < noun);
            headed && sum.is_some_and(|sum| sum.at < self.slot().at && is_about(self.slot().quantity, sum.quantity))
        })
    }

    /// `$1.3M (+1.7%) to budget`: how far it is from the plan.
    fn is_set_against_plan(&self) -> bool {
        let rest = &self.items[self.slot().at + 1..];
        let rest = match rest {
            [
                Item { kind: Kind::Break(Break::Open), .. },
                Item { kind: Kind::Quantity(_), .. },
                Item { kind: Kind::Break(Break::Close), .. },
                rest @ ..,
            ] => rest,
            rest => rest,
        };
        let to = matches!(rest, [Item { kind: Kind::Cue(Cue::To), .. }, plan, ..] if has_scenario(std::slice::from_ref(plan)));
        to && self.slots[..self.at].iter().any(|slot| slot.role == Role::Level)
    }

    /// `twelve above today's level`.
    fn is_above_today(&self) -> bool {
        let today = |item: &Item| item.is_word(&["today", "current", "present", "now"]);
        match self.slot().after {
            [first, rest @ ..] => compares(first) && rest.iter().take(2).any(today),
            [] => false,
        }
    }

    /// `a tenth of a point`, `9.6% in a year and 389 customers in two`: a number whose unit the words beside it give.
    fn is_of_unit_named_behind(&self) -> bool {
        let slot = self.slot();
        let point = match slot.after {
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Word(stem), .. }, ..] => {
                matches!(stem.as_str(), "point" | "percentage" | "percent" | "per")
            }
            _ => false,
        };
        let spelt = slot.quantity.in_words && matches!(slot.quantity.unit, Unit::Count | Unit::Bare);
        let elided = slot.quantity.noun.is_none()
            && self.at > 0
            && slot.after.is_empty()
            && matches!(slot.before.last(), Some(Item { kind: Kind::Cue(Cue::Of | Cue::Over(Direction::Up)), .. }));
        point && slot.quantity.in_words || spelt && elided
    }

    /// `at $5.2M and $6.3M`, `$4.1M, $5.2M and $6.3M`: levels of one metric side by side cannot all be of the one time.
    fn is_one_of_two(&self) -> bool {
        let twin = |a: usize, b: usize| {
            let (Some(one), Some(two)) = (self.slots.get(a), self.slots.get(b)) else { return false };
            let lists = |item: &Item| matches!(item.kind, Kind::Break(Break::And | Break::Comma));
            let between = &self.items[one.at + 1..two.at];
            // `$42.3M, $1.3M to plan`: what is of another order is no second level.
            let other = |value| Distance::between(one.quantity, value) == Distance::OfAnotherOrder;
            let and = !between.is_empty() && between.iter().all(lists) && !two.quantity.value.is_some_and(other);
            let key = |n: usize| {
                let own = &self.readings[n];
                (own.metric, own.segment.as_deref(), own.period, own.scenario.as_deref(), own.measure)
            };
            and && one.role == two.role && key(a) == key(b) && one.quantity.unit == two.quantity.unit
        };
        twin(self.at, self.at + 1) || self.at.checked_sub(1).is_some_and(|before| twin(before, self.at))
    }

    /// `$9.9M a year ago, plus $4.9M of gross profit, … gives $13.5M`: the steps of a walk told in words, and what they come to.
    fn is_step(&self) -> bool {
        let slot = self.slot();
        const STEPS: &[&str] = &["plus", "minus", "adding", "add"];
        let walks = |items: &[Item]| items.iter().any(|item| item.is_word(STEPS));
        let last = slot.before.last();
        let of_another =
            matches!(slot.after, [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Metric(..), .. }, ..]);
        let step = last.is_some_and(|item| item.is_word(STEPS)) && self.at > 0 && of_another;
        let sum = last.is_some_and(|item| item.is_word(&["give", "giving", "make", "making"])) && walks(self.clause());
        // `We added $4.9M of gross profit and $1.3M of expenses`.
        let added = self.at.checked_sub(1).is_some_and(|before| {
            let between = &self.items[self.slots[before].at + 1..slot.at];
            let led = self.slots[before].before.last().is_some_and(|item| item.is_word(&["added", "adding", "add"]));
            let and = matches!(
                between,
                [
                    Item { kind: Kind::Cue(Cue::Of), .. },
                    Item { kind: Kind::Metric(..), .. },
                    Item { kind: Kind::Break(Break::And), .. }
                ]
            );
            led && and
        });
        step || sum || added
    }

    /// `Orders exceeded revenue by $5.4M`, `the gap between orders and revenue was $5.4M`, `orders less revenue came to $5.4M`: what two
    /// metrics differ by is a number of neither.
    fn is_between_metrics(&self) -> bool {
        let clause = self.clause();
        let metric = |item: &Item| match item.kind {
            Kind::Metric(id, _) => Some(id),
            _ => None,
        };
        let other = |before: &[Item], id: MetricId| before.iter().filter_map(metric).any(|own| own != id);
        let by = |from: usize| clause[from..].iter().any(|item| item.kind == Kind::Cue(Cue::By));
        let compared = (1..clause.len()).any(|at| {
            let behind = match &clause[at].kind {
                Kind::Cue(Cue::Of) => at + 1,
                _ => at,
            };
            let set = matches!(clause[at - 1].kind, Kind::Cue(Cue::Beyond | Cue::Short | Cue::Over(_)));
            let named = clause.get(behind).and_then(metric).filter(|_| set);
            let plan = clause.get(behind + 1).is_some_and(|item| has_scenario(std::slice::from_ref(item)));
            named.is_some_and(|id| other(&clause[..at], id) && !plan && by(behind))
        });
        let gap = clause.iter().position(|item| item.is_word(&["gap", "difference", "spread", "between"]));
        let apart = gap.is_some_and(|at| {
            let between = clause[at..].iter().position(|item| item.is_word(&["between"]));
            between.is_some_and(|between| {
                let rest = &clause[at + between + 1..];
                matches!(
                    rest,
                    [
                        Item { kind: Kind::Metric(..), .. },
                        Item { kind: Kind::Break(Break::And), .. },
                        Item { kind: Kind::Metric(..), .. },
                        ..
                    ]
                )
            })
        });
        let less = clause.windows(3).any(|three| {
            let minus = match &three[1].kind {
                Kind::Cue(Cue::Move(Direction::Down)) => true,
                Kind::Word(stem) => stem == "minus",
                _ => false,
            };
            minus
                && metric(&three[0]).is_some()
                && metric(&three[2]).is_some()
                && metric(&three[0]) != metric(&three[2])
        });
        compared || apart || less && self.slot().role == Role::Level
    }

    /// `rose 6.4% on 4.1% more seats`, `on a 4.2% rise in sales`, `on $9.7M of additional revenue`: how much more of something else.
    fn is_of_what_follows(&self) -> bool {
        let slot = self.slot();
        let led = match slot.before.last().map(|item| &item.kind) {
            Some(Kind::Word(stem)) => matches!(stem.as_str(), "on" | "with"),
            _ => false,
        };
        let named = self.items[..slot.at].iter().any(|item| matches!(item.kind, Kind::Metric(..)));
        if !led || !named {
            return false;
        }
        let other = |item: &Item| match &item.kind {
            Kind::Metric(id, _) => Some(*id) != self.reading().metric,
            Kind::Word(stem) => !is_light(stem) && !matches!(stem.as_str(), "on" | "for" | "year" | "last" | "than"),
            _ => false,
        };
        match slot.after {
            [
                Item { kind: Kind::Cue(Cue::Move(_) | Cue::Noun(_)), .. },
                Item { kind: Kind::Cue(Cue::Of), .. },
                next,
                ..,
            ]
            | [Item { kind: Kind::Cue(Cue::Move(_)), .. }, next, ..] => other(next),
            [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Word(stem), .. }, ..] => {
                matches!(stem.as_str(), "additional" | "extra" | "incremental")
            }
            _ => false,
        }
    }

    /// `beat budget by $0.8M after shortfalls of $0.6M in Q1`: behind a variance, a noun without a plan of its own is another variance.
    fn is_shortfall_again(&self) -> bool {
        let slot = self.slot();
        let short = matches!(
            slot.before,
            [
                ..,
                Item { kind: Kind::Cue(Cue::Versus), .. },
                Item { kind: Kind::Cue(Cue::Noun(_) | Cue::Rated(_) | Cue::Short | Cue::Beyond), .. },
                Item { kind: Kind::Cue(Cue::Of), .. }
            ]
        );
        let varied = self.at.checked_sub(1).is_some_and(|n| {
            self.readings[n].measure == Measure::Variance && self.readings[n].metric == self.reading().metric
        });
        short && varied && self.reading().measure != Measure::Growth
    }
}

/// Whether a number is of one unit with another and no more than a few times as great.
fn is_about(own: &Quantity, other: &Quantity) -> bool {
    let size = |quantity: &Quantity| quantity.value.map(|value| value.abs());
    let (Some(a), Some(b), Some(factor)) = (size(own), size(other), own.unit.factor_to(&other.unit)) else {
        return false;
    };
    let most = b.checked_mul(NEAR.into());
    a.checked_mul(factor).zip(most).is_some_and(|(own, most)| own <= most)
}
