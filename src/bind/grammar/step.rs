//! Against what a change is taken, and when it happened.
//!
//! Enters: a change or growth in its sentence. Leaves: its period and its base.
//! Invariant: what stands right behind a change is its own; the base of another is never taken over a clause.

use super::light::strange_words;
use super::role::compares;
use super::{Reader, Reading, Role, State};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Base;
use crate::finding::Confidence;
use crate::period::Period;

impl Reader<'_> {
    pub(super) fn period_of_change(&self, reading: &mut Reading, state: &mut State) {
        let slot = self.slot();
        let own = self.period_of_moving();
        let renamed = self.time_of_its_own();
        let after = match own {
            Some((at, _)) if self.period_in(&slot.after[..at]).is_some() => &slot.after[..at],
            own => &slot.after[own.map_or(0, |(at, _)| at + 1)..],
        };
        // `came despite a wet May`: what is told of a time is no step back.
        let told = |item: &Item| matches!(&item.kind, Kind::Word(stem) if !matches!(stem.as_str(), "on" | "since" | "with" | "over"));
        let stop = after.iter().position(|item| self.resolve(item).is_some()).and_then(|at| at.checked_sub(1));
        let after = if stop.is_some_and(|at| told(&after[at])) { &after[..0] } else { after };
        let behind = self
            .period_in(after)
            .or_else(|| self.period_in(slot.beyond))
            .or_else(|| self.period_after_from())
            .or_else(|| self.opening_base());
        // `up 5.7% on Q2 and 17.6% year on year`: what stands right behind a change is its own.
        let own_base = self
            .against_behind()
            .or_else(|| self.period_after_from().filter(|_| own.is_none()).map(|(period, _)| period))
            .or_else(|| self.against_near())
            .or_else(|| self.beaten())
            .or_else(|| self.period_in(after).map(|(period, _)| period));
        // `rose 6% in the quarter and 25% over the year`: nor is it the next one's where that says itself when it moved.
        let taken = || (0..self.at).any(|at| (Reader { at, ..*self }).against_behind().is_some());
        let last = || self.at + 1 == self.slots.len() && !taken();
        let elsewhere = || self.against().filter(|_| own.is_none() || last());
        let base = own_base.or_else(elsewhere).or(behind.map(|(period, _)| period));
        let after_level = self.slots[..self.at].iter().any(|slot| slot.role == Role::Level);
        reading.period = match state.level {
            _ if own.is_some() => own.map(|(_, period)| period),
            _ if renamed.is_some() => renamed,
            Some(period) if after_level => Some(period),
            _ => {
                let head = self.led_by_time().or_else(|| self.subject_period(base));
                head.map(|(period, _)| period).or_else(|| self.main_period(reading))
            }
        };
        // `3.6% ahead of last year` of a month: the same month of last year.
        let calendar = &self.scope.context.calendar;
        let base = base.map(|base| match (base, reading.period) {
            (Period::Year(year), Some(part))
                if !matches!(part, Period::Year(_)) && part.year_before().fiscal_year(calendar) == Some(year) =>
            {
                part.year_before()
            }
            // `rose 3.6% in the year`, `6bps narrower on the second half` in a first half's report: a base lies before.
            (base, Some(part)) if base.bounds(calendar).1 > part.bounds(calendar).1 => match base {
                Period::Year(_) if !matches!(part, Period::Year(_)) => part.year_before(),
                _ => base.year_before(),
            },
            _ => base,
        });
        if self.is_against_strange() {
            reading.confidence = Confidence::Low;
            return;
        }
        if let Some(base) = base.filter(|base| Some(*base) != reading.period) {
            reading.base = Some(Base::Period(base));
            state.base = Some(base);
        }
    }

    /// `6% below the five-year average`, `20 points inside the covenant`, `15% above the sector`: set against what is no time and no plan.
    fn is_against_strange(&self) -> bool {
        let slot = self.slot();
        let end = self.slots.get(self.at + 1).map_or(self.items.len(), |next| next.at);
        let rest = &self.items[slot.at + 1..end];
        let rest = &rest[..rest.iter().position(|item| matches!(item.kind, Kind::Break(_))).unwrap_or(rest.len())];
        let [set, against @ ..] = rest else { return false };
        let sets = matches!(set.kind, Kind::Cue(Cue::Beyond | Cue::Short));
        let known = |item: &Item| {
            matches!(item.kind, Kind::Period(_) | Kind::Scenario(_) | Kind::Metric(..) | Kind::Segment(_))
        };
        sets && !against.iter().any(known) && strange_words(against) > 0
    }

    /// `July was 3.1% ahead of July 2024 and September 4.9% ahead of September 2024`: a time that stands where the subject of the next
    /// clause would.
    fn time_of_its_own(&self) -> Option<Period> {
        let time = match self.slot().before {
            [Item { kind: Kind::Break(Break::And | Break::Comma | Break::Clause), .. }, time] => time,
            [Item { kind: Kind::Break(Break::And | Break::Comma | Break::Clause), .. }, time, is]
                if is.kind == Kind::Cue(Cue::Is) =>
            {
                time
            }
            _ => return None,
        };
        self.resolve(time).filter(|_| self.at > 0).map(|(period, _)| period)
    }

    /// `rose by $139M in 2019`, `up 5% for fiscal 2018`: when it moved, and where among the items after the number that stands; not
    /// `up 5% on 2018`.
    fn period_of_moving(&self) -> Option<(usize, Period)> {
        let after = self.slot().after;
        let led = |at: usize| match at.checked_sub(1).map(|before| &after[before].kind) {
            Some(Kind::Cue(Cue::Of)) => true,
            Some(Kind::Word(stem)) => matches!(stem.as_str(), "for" | "during"),
            _ => false,
        };
        // `3.6% ahead of last year`: against what, not when.
        // `7.4% below the level of FY23`.
        let figure = |item: &Item| item.is_word(&["level", "figure", "number"]);
        let compared = |at: usize| {
            let level =
                |at: usize| at.checked_sub(1).is_some_and(|before| figure(&after[at]) && compares(&after[before]));
            at.checked_sub(2).is_some_and(|before| compares(&after[before]) || level(before))
        };
        let mut dated = after.iter().enumerate().filter_map(|(at, item)| Some((at, self.resolve(item)?.0)));
        let (first, period) = dated.next()?;
        if led(first) && !compared(first) {
            // `rose 3.6% in the year`, told before the year is over: in twelve months.
            return (!self.is_to_come(period)).then_some((first, period));
        }
        // `7.7% ahead of last year for the year to date`.
        let (next, period) = dated.next()?;
        (compared(first) && led(next) && !compared(next)).then_some((next, period))
    }

    /// Whether a period ends after the one that is reported on.
    pub(super) fn is_to_come(&self, period: Period) -> bool {
        let calendar = &self.scope.context.calendar;
        self.scope.context.reporting.is_some_and(|now| period.bounds(calendar).1 > now.bounds(calendar).1)
    }

    /// `year on year`, `sequentially`: near the quantity, or anywhere in a sentence of few numbers when it is the only such word.
    pub(super) fn against(&self) -> Option<Period> {
        self.against_near().or_else(|| {
            let mut all = self.items.iter().filter_map(|item| self.resolve_against(item));
            let first = all.next()?;
            (self.slots.len() <= 2 && all.next().is_none()).then_some(first)
        })
    }

    /// `beat Q2 by £1.1m`: the time that was beaten.
    fn beaten(&self) -> Option<Period> {
        match self.slot().before {
            [.., cue, time, Item { kind: Kind::Cue(Cue::By), .. }]
                if compares(cue) || matches!(cue.kind, Kind::Break(Break::And) | Kind::Word(_)) =>
            {
                self.resolve(time).map(|(period, _)| period)
            }
            _ => None,
        }
    }

    fn against_near(&self) -> Option<Period> {
        let before = || self.slot().before.iter().rev().find_map(|item| self.resolve_against(item));
        self.against_behind().or_else(before)
    }

    fn against_behind(&self) -> Option<Period> {
        let slot = self.slot();
        slot.after.iter().chain(slot.beyond).find_map(|item| self.resolve_against(item))
    }

    /// `up 27% from the third quarter of last year`: the period behind the comparison that follows the change.
    fn period_after_from(&self) -> Option<(Period, bool)> {
        let end = self.slots.get(self.at + 1).map_or(self.items.len(), |next| next.at);
        let rest = &self.items[self.slot().at + 1..end];
        let clause = rest.iter().position(|item| item.kind == Kind::Break(Break::Clause)).unwrap_or(rest.len());
        let rest = &rest[..clause];
        // `22% on last year, above Q2's 10%`: what another change is ahead of is not what this one is from.
        let next = self.slots.get(self.at + 1).filter(|next| next.at == end);
        let dated = rest.last().is_some_and(|item| matches!(item.kind, Kind::Period(_)));
        if dated && next.is_some_and(|next| next.quantity.unit == self.slot().quantity.unit) {
            return None;
        }
        let sets_against = |(at, item): (usize, &Item)| match item.kind {
            Kind::Cue(Cue::From | Cue::Versus) => true,
            Kind::Cue(Cue::Beyond | Cue::Short) => at == 0,
            _ => false,
        };
        let start = rest.iter().enumerate().position(sets_against)?;
        self.period_in(&rest[start + 1..])
    }
}
