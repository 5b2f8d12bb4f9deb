//! Numbers of a time that no table has a column for: a week, a term, a peak, the days since the period ended.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether it is of such a time.
//! Invariant: what is of one has no period; that of its place is the last thing it is of.

use super::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::period::Expression;
use crate::quantity::Unit;
use crate::source::PeriodType;
use crate::vocabulary::MetricId;

impl Reader<'_> {
    /// Whether the words around the quantity put it at a time inside or behind that of the report.
    pub(super) fn is_of_passing_time(&self) -> bool {
        self.is_of_week() || self.is_after_close() || self.is_far_off() || self.is_extreme()
    }

    /// `In week 6`, `last week's lead time`, `in the six weeks to 4 January`, `weekdays 80%`, `94.0% in the autumn term`.
    fn is_of_week(&self) -> bool {
        const WEEKS: &[&str] = &["week", "weekday", "weekend", "fortnight"];
        const SEASONS: &[&str] = &["autumn", "spring", "summer", "winter", "first", "second", "third", "last"];
        let slot = self.slot();
        let own = self.clause_items();
        let week = |item: &Item| item.is_word(WEEKS);
        let term = |two: &[Item]| two[1].is_word(&["term", "semester"]) && two[0].is_word(SEASONS);
        let stretch = |three: &[Item]| match three {
            [time, to, end] => {
                let weeks = |mention: usize| {
                    let slot = self.slots.iter().find(|slot| slot.mention == mention);
                    slot.is_some_and(|slot| matches!(slot.quantity.unit, Unit::Duration(_)))
                };
                let counted = matches!(time.kind, Kind::Quantity(mention) if weeks(mention));
                counted && to.kind == Kind::Cue(Cue::To) && matches!(end.kind, Kind::Period(_))
            }
            _ => false,
        };
        // `Sales are up 6% with two weeks to go`: behind the number, only what it is told in.
        let told = match slot.after {
            [led, rest @ ..] => led.kind == Kind::Cue(Cue::Of) && rest.iter().take(3).any(week),
            [] => false,
        };
        let counted = matches!(slot.quantity.unit, Unit::Duration(_)) && slot.after.first().is_some_and(week);
        !counted && (told || own.iter().any(week))
            || own.windows(2).any(term)
            || slot.after.windows(2).any(term)
            || own.windows(3).any(stretch)
    }

    /// `Since the period end, deposits have grown to $5.7bn`, `After year end we drew $2M`: what nothing is reported on yet.
    fn is_after_close(&self) -> bool {
        let Some(now) = self.scope.context.reporting else { return false };
        let calendar = &self.scope.context.calendar;
        let own = self.clause_items();
        let closes = |item: &Item| {
            let starts = matches!(self.expression(item), Some(Expression::StartOf(_)));
            !starts && self.resolve(item).is_some_and(|(period, _)| period.bounds(calendar).1 >= now.bounds(calendar).1)
        };
        let ends = |item: &Item| matches!(self.expression(item), Some(Expression::EndOf(_)));
        let since = |two: &[Item]| two[0].is_word(&["since"]) && closes(&two[1]);
        let after = match own {
            [led, end, ..] => {
                let behind = led.kind == Kind::Cue(Cue::Versus) || led.is_word(&["post", "following", "subsequent"]);
                behind && ends(end) && closes(end)
            }
            _ => false,
        };
        after || own.windows(2).any(since) || self.slot().after.windows(2).any(since)
    }

    /// `A year from now: revenue $90.1M`, `two quarters ago revenue was $46.4M`: so far away that no name stands for it.
    fn is_far_off(&self) -> bool {
        // `The previous revenue record, $49.8M`.
        let ago = |item: &Item| item.is_word(&["ago"]);
        let old = |two: &[Item]| two[0].is_word(&["previous", "former"]) && matches!(two[1].kind, Kind::Metric(..));
        if self.slot().before.windows(2).any(old) {
            return true;
        }
        if self.slot().before.iter().chain(self.slot().after).any(ago) {
            return true;
        }
        let ahead = |two: &[Item]| two[0].kind == Kind::Cue(Cue::From) && two[1].is_word(&["now", "today"]);
        self.clause_items().windows(2).any(ahead) || self.slot().after.windows(2).any(ahead)
    }

    /// `Occupancy peaked at 98.1% on 20 October`, `a peak of $4M`: the most that it was on any day, where no period says of which.
    fn is_extreme(&self) -> bool {
        const EXTREMES: &[&str] = &["peaked", "peaking", "peak", "bottomed", "troughed", "trough"];
        let slot = self.slot();
        let day = |item: &Item| matches!(self.expression(item), Some(Expression::MonthDay(..)));
        let told = slot.before.iter().any(|item| item.is_word(EXTREMES));
        let dated = slot.after.iter().any(|item| !day(item) && self.resolve(item).is_some());
        slot.role == Role::Level && told && !dated
    }

    /// `Margin exited the half at 3.5%`: what a rate or a flow was in the last days; a balance is what it was then.
    pub(super) fn is_exit_rate_of(&self, id: MetricId) -> bool {
        let exits = |item: &Item| item.is_word(&["exit", "exited", "exiting"]);
        let clause = self.clause_items();
        let own = clause.iter().rposition(|item| item.kind == Kind::Break(Break::And)).map_or(0, |at| at + 1);
        self.scope.vocabulary.term(id).period_type != Some(PeriodType::Instant) && clause[own..].iter().any(exits)
    }
}
