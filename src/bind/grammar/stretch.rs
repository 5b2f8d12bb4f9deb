//! Changes over several times, turns of a story, and what a forecast starts from.
//!
//! Enters: the slots of a sentence and their readings. Leaves: the same readings, without a metric where the time or plan that they took
//! from the words around is another number's.
//! Invariant: a time or plan that stands beside the number itself is never questioned.

use super::role::has_scenario;
use super::slot::Slot;
use super::{Reader, Reading, Role, Scope, clause};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::{Base, Direction, Measure};
use crate::extract::MentionKind;
use crate::quantity::{Sign, Unit};
use crate::scenario;

impl Reader<'_> {
    /// Whether the number took a time, a base or a plan that the sentence says of another.
    pub(super) fn strays(&self, reading: &Reading) -> bool {
        match reading.measure {
            Measure::Change | Measure::Growth => self.is_over_a_stretch(reading),
            Measure::Level => self.turns(reading) || self.starts_forecast(reading),
            _ => false,
        }
    }

    /// `over two years`, `since 2023`, `between 2023 and 2025`, `over the period`: a change over more than one step, whose base is not the
    /// usual one.
    fn is_over_a_stretch(&self, reading: &Reading) -> bool {
        let slot = self.slot();
        // `up 14% on last year`, where the base stands behind the number itself.
        if slot.after.first().is_some_and(|item| self.resolve_against(item).is_some()) {
            return false;
        }
        let end = self.items[slot.at + 1..].iter().position(|item| match item.kind {
            Kind::Break(Break::Clause) => true,
            Kind::Quantity(mention) => !self.is_span(mention),
            _ => false,
        });
        let end = end.map_or(self.items.len(), |end| slot.at + 1 + end);
        let head = clause::clause_start(self.items, slot.at);
        // The words of an earlier number of the clause are its own, but for those that open it.
        let first = self.slots.iter().find(|other| other.at >= head && !self.is_span(other.mention));
        let opening = first.map_or(slot.at, |first| first.at);
        let own = slot.at - slot.before.len().min(slot.at);
        [head..opening, own.max(opening)..slot.at, slot.at + 1..end]
            .into_iter()
            .any(|part| self.stretches(part, reading))
    }

    pub(super) fn is_span(&self, mention: usize) -> bool {
        matches!(
            self.scope.mentions.get(mention).map(|mention| &mention.kind),
            Some(MentionKind::Quantity(quantity)) if matches!(quantity.unit, Unit::Duration("years" | "quarters"))
        )
    }

    fn stretches(&self, part: std::ops::Range<usize>, reading: &Reading) -> bool {
        let Some(items) = self.items.get(part) else { return false };
        items.iter().enumerate().any(|(at, item)| {
            let before = at.checked_sub(1).and_then(|before| items.get(before));
            let led = |item: Option<&Item>| {
                matches!(item.map(|item| &item.kind), Some(Kind::Cue(Cue::Of | Cue::Over(Direction::Up))))
                    || item.is_some_and(|item| item.is_word(&["within", "during", "over", "across"]))
            };
            match &item.kind {
                Kind::Quantity(mention) if self.is_span(*mention) => {
                    let many = matches!(
                        self.scope.mentions.get(*mention).map(|mention| &mention.kind),
                        Some(MentionKind::Quantity(quantity)) if quantity.value.is_some_and(|value| value > 1.into())
                    );
                    let behind = before.is_some_and(|item| item.is_word(&["last", "past", "previous"]));
                    let lead = if behind { at.checked_sub(2).and_then(|lead| items.get(lead)) } else { before };
                    let ago = items.get(at + 1).is_some_and(|item| item.is_word(&["ago", "earlier", "before"]));
                    many && led(lead) && !ago
                }
                Kind::Period(_) if before.is_some_and(|item| item.is_word(&["since"])) => {
                    let base = self.resolve(item).map(|(period, _)| Base::Period(period));
                    base.is_some() && reading.base != base
                }
                Kind::Period(_) if before.is_some_and(|item| item.is_word(&["between"])) => {
                    let second = items.get(at + 2).filter(|next| matches!(next.kind, Kind::Period(_)));
                    let and = items.get(at + 1).is_some_and(|and| and.kind == Kind::Break(Break::And));
                    !and || second.is_some()
                }
                Kind::Word(stem) => stem == "period" && led(before),
                _ => false,
            }
        })
    }

    /// `fell in Q2 and then recovered to $1.6M`, `dipped to $1.4M in Q2 and has grown since, to $1.6M`: a second movement without a time
    /// of its own came later than the first.
    fn turns(&self, reading: &Reading) -> bool {
        let slot = self.slot();
        let place = self.scope.period.map(|(period, ..)| period);
        if slot.role != Role::Level || reading.period.is_none() || reading.period == place || place.is_none() {
            return false;
        }
        let before = &self.items[clause::clause_start(self.items, slot.at)..slot.at];
        let turn = |item: &Item| match &item.kind {
            Kind::Break(Break::And | Break::Comma) => true,
            Kind::Word(stem) => matches!(stem.as_str(), "then" | "since" | "before"),
            _ => false,
        };
        let moves = |items: &[Item]| items.iter().any(|item| matches!(item.kind, Kind::Cue(Cue::Move(_))));
        let dated = |items: &[Item]| items.iter().any(|item| self.resolve(item).is_some());
        // The last turn behind the time that was taken.
        let Some(time) = before.iter().rposition(|item| self.resolve(item).map(|(period, _)| period) == reading.period)
        else {
            return false;
        };
        let Some(at) = before[time..].iter().position(turn).map(|at| time + at) else { return false };
        let (head, tail) = before.split_at(at);
        let named = tail.iter().any(|item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_)));
        let leads = matches!(slot.before.last().map(|item| &item.kind), Some(Kind::Cue(Cue::To | Cue::Is)));
        let reached = moves(tail)
            || tail.iter().any(|item| matches!(item.kind, Kind::Cue(Cue::Is)))
                && tail.iter().any(|item| item.is_word(&["since", "then", "now"]));
        let behind = slot.after.iter().take(2).any(|item| self.resolve(item).is_some());
        moves(head) && reached && leads && !named && !dated(&tail[1..]) && !behind
    }

    /// `is expected to improve to 1.3x in Q4 from 1.54x now`: what an expected movement starts from is not expected.
    fn starts_forecast(&self, reading: &Reading) -> bool {
        let slot = self.slot();
        let now = |item: &Item| item.is_word(&["now", "today", "currently"]);
        let starts = slot.role == Role::FromLevel || slot.after.first().is_some_and(now);
        let own = has_scenario(slot.before)
            || has_scenario(slot.after)
            || slot.after.iter().any(|item| matches!(item.kind, Kind::Cue(Cue::Future | Cue::Would)));
        starts && !own && reading.scenario.as_deref().is_some_and(|name| name == "forecast")
    }
}

/// `vs budget $12.7M (+$0.8M) and PY $9.9M (+$3.6M)`, `budget $75.5M (+1.7%)`: a signed number right behind a level that the first of the
/// sentence is compared with is what the first has more than that.
pub(super) fn deltas(items: &[Item], scope: &Scope<'_>, slots: &[Slot<'_>], readings: &mut [Reading]) {
    for at in 2..slots.len().min(readings.len()) {
        let (slot, level) = (&slots[at], &slots[at - 1]);
        let between = &items[level.at + 1..slot.at];
        let beside = matches!(between, [Item { kind: Kind::Break(Break::Open | Break::Comma), .. }]);
        let ends = match items.get(slot.at + 1).map(|item| &item.kind) {
            None => true,
            Some(Kind::Break(_)) => true,
            Some(_) => false,
        };
        let signed = matches!(slot.quantity.sign, Sign::Plus | Sign::Minus);
        if !beside
            || !ends
            || !signed
            || !matches!(slot.role, Role::Change(_) | Role::Growth(_))
            || !level.role.is_level()
        {
            continue;
        }
        let own = &readings[at - 1];
        let first = (0..at - 1).find(|&n| {
            slots[n].role == Role::Level && readings[n].metric == own.metric && readings[n].segment == own.segment
        });
        let Some(first) = first.filter(|_| own.metric.is_some()) else { continue };
        let calendar = &scope.context.calendar;
        let ends = |n: usize| readings[n].period.map(|period| period.bounds(calendar).1);
        let plan = own.scenario.clone().filter(|name| name != scenario::ACTUAL);
        let earlier = ends(at - 1).zip(ends(first)).is_some_and(|(then, now)| then < now);
        let base = match plan {
            Some(plan) => Base::Scenario(plan),
            None if earlier => match own.period {
                Some(period) => Base::Period(period),
                None => continue,
            },
            None => continue,
        };
        let (metric, segment, level) = (own.metric, own.segment.clone(), readings[first].clone());
        let own = &mut readings[at];
        if own.metric.is_some() && own.metric != metric {
            continue;
        }
        if own.metric.is_none() {
            own.confidence = level.confidence;
            own.loose = level.loose;
        }
        own.measure = match base {
            Base::Scenario(_) => Measure::Variance,
            _ => own.measure,
        };
        (own.metric, own.segment, own.period) = (metric, segment, level.period);
        own.scenario = Some(scenario::ACTUAL.to_owned());
        own.base = Some(base);
        own.blocked = false;
        own.evidence.push("what the first has more than the number beside it".to_owned());
    }
}
