//! When: the period of a quantity.
//!
//! Enters: a quantity's place in its sentence. Leaves: its period, with evidence.
//! Invariant: a period beside the number outweighs one elsewhere in the sentence, and that one outweighs the place's.

use super::clause::after_since;
use super::light::is_light;
use super::role::compares;
use super::time::leading;
use super::{Reader, Reading, Role, Slot, State, is_or, says_otherwise};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Item, Kind};
use crate::finding::Confidence;
use crate::period::{Expression, Fixed, Grain, Period, Relative};
use crate::quantity::Unit;
use crate::scenario;

impl Reader<'_> {
    pub(super) fn period(&self, reading: &mut Reading, state: &mut State) {
        if self.is_of_passing_time() {
            reading.confidence = Confidence::Low;
            return;
        }
        reading.confidence = Confidence::High;
        match self.slot().role {
            Role::FromLevel | Role::OtherLevel => self.period_of_other(reading, state),
            Role::Change(_) | Role::Growth(_) => self.period_of_change(reading, state),
            _ => self.period_of_level(reading, state),
        }
        state.last = reading.period;
        if matches!(self.slot().role, Role::Change(_) | Role::Growth(_) | Role::Variance(_)) {
            state.told = reading.period;
        }
    }

    fn period_of_other(&self, reading: &mut Reading, state: &mut State) {
        let planned = reading.scenario.as_deref() != Some(scenario::ACTUAL);
        let base = self.against().or(state.base.filter(|_| !planned));
        if self.is_ranged() {
            reading.confidence = Confidence::Low;
            return;
        }
        if let Some((period, balance)) = self.own_period().map(|own| self.same_part(state, own)) {
            reading.period = Some(period);
            reading.balance = balance;
            reading.evidence.push(format!("period {period} beside the number"));
        } else if planned && self.is_revised() {
            reading.confidence = Confidence::Low;
        } else if planned && self.is_moved_on_from() {
            // `is forecast at $14.8M in Q4, up from $11.0M`: what has been before, whenever that was.
            reading.scenario = Some(scenario::ACTUAL.to_owned());
            reading.confidence = Confidence::Low;
        } else if planned {
            // A plan is for the period of what it is compared with: a level, or what the sentence says by how much it was missed.
            reading.period = state.level.or(state.told).or_else(|| self.main_period(reading));
        } else if self.is_taken_off() {
            reading.period = state.level.or_else(|| self.main_period(reading));
        } else if self.is_source_in_another_unit() {
            // `$0.9m from one customer`: a few are some of them.
            let few = self.slot().quantity.in_words;
            reading.period = state.level.or_else(|| self.main_period(reading)).filter(|_| !few);
            reading.loose = true;
        } else if let Some(base) = base {
            reading.period = Some(base);
            reading.evidence.push(format!("period {base}, which the change is taken against"));
        }
    }

    /// `Guidance was raised from 310,000 to 340,000`: what a forecast was before is that no more.
    fn is_revised(&self) -> bool {
        let revised = |item: &Item| {
            item.is_word(&[
                "raised",
                "raise",
                "lifted",
                "cut",
                "lowered",
                "revised",
                "upgraded",
                "downgraded",
                "trimmed",
                "updated",
            ]) || matches!(item.kind, Kind::Cue(Cue::Move(_)))
        };
        self.slot().role == Role::FromLevel && self.clause_items().iter().any(revised)
    }

    /// `Income rose 6% to £1.65m from 412,000 tickets`, `10,044 tonnes from 1,240 hectares`: what something is made from, and nothing that
    /// it was.
    fn is_source_in_another_unit(&self) -> bool {
        let level = self.slots[..self.at].iter().rev().find(|slot| slot.role == Role::Level);
        let own = &self.slot().quantity.unit;
        self.slot().role == Role::FromLevel
            && level.is_some_and(|level| {
                let other = &level.quantity.unit;
                !other.comparable(own) && *other != Unit::Bare && *own != Unit::Bare
            })
    }

    /// Whether what is expected comes from here, and nothing beside the number says that this too is a plan.
    fn is_moved_on_from(&self) -> bool {
        let slot = self.slot();
        let plan = |item: &Item| matches!(item.kind, Kind::Scenario(name) if name != scenario::ACTUAL);
        slot.role == Role::FromLevel && !slot.before.iter().chain(slot.after).any(plan)
    }

    fn period_of_level(&self, reading: &mut Reading, state: &mut State) {
        let slot = self.slot();
        let planned = reading.scenario.as_deref() != Some(scenario::ACTUAL);
        let compared = planned || matches!(slot.role, Role::Variance(_) | Role::Share) || self.lists_on();
        // `a year ago ARR was $38.9M; today it is …`: the clause comes back from what is over.
        let today = self.is_of_today();
        let goes_on = |(period, _): &(Period, bool)| !today || !self.is_over(*period);
        let carried = || {
            let level = if self.is_of_subject_again() { state.first } else { state.level };
            let level = level.filter(|_| self.at > 0 && compared && !self.comes_after_opening());
            level.map(|period| (period, state.balance)).filter(goes_on)
        };
        if self.is_of_untold_time(state) {
            reading.confidence = Confidence::Low;
        } else if let Some((period, balance)) = self.period_beside(state) {
            reading.period = Some(period);
            reading.balance = balance;
            reading.evidence.push(format!("period {period} beside the number"));
        } else if self.is_base_of_multiple() {
            reading.confidence = Confidence::Low;
        } else if let Some(period) = state.last.filter(|_| self.restates()) {
            reading.period = Some(period);
        } else if let Some((period, balance)) = self.subject_period(None).filter(|_| self.is_of_then()) {
            reading.period = Some(period);
            reading.balance = balance;
            reading.evidence.push(format!("period {period}, which the sentence goes back to"));
        } else if self.is_of_last_meeting() {
            reading.confidence = Confidence::Low;
        } else if let Some((period, balance)) = carried() {
            reading.period = Some(period);
            reading.balance = balance;
        } else if self.names_unknown_time() {
            reading.confidence = Confidence::Low;
        } else if let Some((period, balance)) = self.led_by_time().or_else(|| self.subject_period(None)).filter(goes_on)
        {
            reading.period = Some(period);
            reading.balance = balance;
            reading.evidence.push(format!("period {period} in the sentence"));
        } else {
            reading.period = self.main_period(reading);
            if self.is_opening() {
                reading.period = reading.period.map(Period::before);
            }
        }
        if slot.role == Role::Level
            && self.bracketed_base(state).is_none()
            && self.related_time().is_none()
            && !self.is_opening()
        {
            match (reading.period, state.level) {
                // `sales of $91.8M (H1 2024: $88.5M), an increase of 3.8%`: the bracket is what the first is compared with.
                (Some(own), Some(level)) if self.is_in_bracket() && self.is_before(own, level) => {
                    state.base = Some(own)
                }
                // `6.4% higher than the €189.4m of the same period last year but €53k under budget`: what a change is from does not
                // become what the sentence is of.
                // `$4.22M, after a dip to $4.04M in Q2, and yet $62K shy of plan`: nor does what it is told to come after.
                (Some(own), Some(level))
                    if (self.is_from_of_change() || self.is_come_after()) && self.is_before(own, level) =>
                {
                    state.base = Some(own)
                }
                (Some(own), _) => {
                    state.first = state.first.or(Some(own));
                    state.level = Some(own);
                    state.balance = reading.balance;
                }
                _ => {}
            }
        }
    }

    /// `reverses the first quarter's loss of €6.4m and beats budget by €1.8m`: a verb behind a conjunction is the subject's.
    fn is_of_subject_again(&self) -> bool {
        let slot = self.slot();
        let verb = match slot.before {
            [
                Item { kind: Kind::Break(Break::And), .. },
                Item { kind: Kind::Cue(Cue::Beyond | Cue::Short), .. },
                rest @ ..,
            ] => !rest.iter().any(|item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_) | Kind::Period(_))),
            _ => false,
        };
        verb && matches!(slot.role, Role::Variance(_))
    }

    /// `4.3% up on the £38,210k of …`: whether nothing but words stand between a change and what it is from.
    fn is_from_of_change(&self) -> bool {
        let Some(previous) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let between = &self.items[previous.at + 1..self.slot().at];
        matches!(previous.role, Role::Growth(_) | Role::Change(_))
            && between.iter().any(|item| match &item.kind {
                Kind::Cue(Cue::Over(_) | Cue::Versus) => true,
                Kind::Word(stem) => stem == "on" || stem == "than",
                _ => false,
            })
            && !between.iter().any(|item| matches!(item.kind, Kind::Break(_)))
    }

    /// `was $45M for 2018, consisting of $20M of income and $25M of charges`: numbers that a list goes on with are of one time.
    fn lists_on(&self) -> bool {
        let Some(previous) = self.at.checked_sub(1).map(|at| self.slots[at].at) else { return false };
        let turns = |item: &Item| match &item.kind {
            Kind::Break(Break::Clause)
            | Kind::Period(_)
            | Kind::Cue(Cue::From | Cue::To | Cue::Versus | Cue::Future | Cue::Would) => true,
            Kind::Cue(Cue::Move(_)) => true,
            Kind::Word(stem) => matches!(stem.as_str(), "now" | "today" | "currently" | "then" | "since"),
            _ => false,
        };
        self.slot().role == Role::Level && !self.items[previous + 1..self.slot().at].iter().any(turns)
    }

    fn period_beside(&self, state: &State) -> Option<(Period, bool)> {
        let bracketed = self.bracketed_base(state).map(|own| self.same_part(state, own));
        let own = bracketed.or_else(|| self.stepped_from()).or_else(|| self.apposed()).or_else(|| self.related_time());
        let own = own.or_else(|| self.brought_to()).or_else(|| self.period_behind_comma());
        own.or_else(|| Some(self.same_part(state, self.own_period()?)))
    }

    /// `improved on the second quarter: 84.4%, 85.1% before`, `increased on the second quarter (£4.47m, £4.51m)`: the second of two is what
    /// it was at the time that the sentence compares with.
    fn stepped_from(&self) -> Option<(Period, bool)> {
        let before = self.at.checked_sub(1)?;
        let reader = Reader { at: before, ..*self };
        let earlier = || matches!(self.slot().after, [Item { kind: Kind::Word(stem), .. }, ..] if stem == "before");
        if !self.is_of_then() && !earlier() && !reader.opens_pair() {
            return None;
        }
        let head = &self.items[..self.slots[before].at];
        let step = (0..head.len())
            .rev()
            .find(|&at| matches!(head[at].kind, Kind::Period(_)) && reader.is_stepped_from(head, at))?;
        self.resolve(&head[step])
    }

    /// `the EBITDA of the last twelve months, $48.8M`: a name with its period, and the number as its other name.
    fn apposed(&self) -> Option<(Period, bool)> {
        let [.., name, of, period, comma] = &self.items[..self.slot().at] else { return None };
        let apposed = matches!(name.kind, Kind::Metric(..))
            && of.kind == Kind::Cue(Cue::Of)
            && comma.kind == Kind::Break(Break::Comma);
        if apposed { self.resolve(period) } else { None }
    }

    /// `2.2x, on EBITDA of $120.3m`: what a multiple is taken of is mostly a year's or twelve months', which need not be said.
    fn is_base_of_multiple(&self) -> bool {
        let slot = self.slot();
        let after_multiple = self.slots[..self.at].iter().any(|slot| slot.quantity.unit == Unit::Multiple);
        let on = slot.before.windows(2).any(|two| {
            let on = two[0].is_word(&["on"]) || matches!(two[0].kind, Kind::Cue(Cue::Over(_)));
            on && matches!(two[1].kind, Kind::Metric(..))
        });
        after_multiple && on
    }

    /// `up 9.4% on Q2 FY24 ($246.5m)`: the bracket gives the level of the base.
    fn bracketed_base(&self, state: &State) -> Option<(Period, bool)> {
        let slot = self.slot();
        let opened = slot.is_bracketed();
        // `138% over the half (134% in 2H25)`: the number in the bracket has a period of its own.
        if self.period_in(slot.after).is_some() {
            return None;
        }
        // `nearly doubled on Q1 ($1.51M)`: the period right before the bracket.
        if let (true, Some(at)) = (opened, slot.at.checked_sub(2))
            && !(self.opens_pair() && self.is_stepped_from(&self.items[..slot.at], at))
            && let Some(found) = self.resolve(&self.items[at])
        {
            return Some(found);
        }
        let after_change =
            self.at.checked_sub(1).is_some_and(|at| matches!(self.slots[at].role, Role::Growth(_) | Role::Change(_)));
        (opened && after_change).then_some(state.base).flatten().map(|period| (period, false))
    }

    /// `In the half year revenue was $240M (2024: $230M)`: a calendar year beside a number that is compared with one of a part of a
    /// year stands for that part.
    fn same_part(&self, state: &State, (period, balance): (Period, bool)) -> (Period, bool) {
        let slot = self.slot();
        // `$9.84 in the fourth quarter ($9.52 a year earlier)`: a year before what the sentence is of.
        let year_before = |item: &Item| self.expression(item) == Some(&Expression::Relative(Relative::YearBefore));
        if let (Some(part), Some(now)) = (state.level, self.scope.context.reporting)
            && period == now.year_before()
            && part.grain() != now.grain()
            && slot.before.iter().chain(slot.after).any(year_before)
        {
            return (part.year_before(), balance);
        }
        let bare = |item: &Item| {
            let year = Expression::Relative(Relative::Last(Grain::Year));
            let named = |expression: &Expression| {
                matches!(expression, Expression::Fixed(Fixed::Year { fiscal: false, .. })) || *expression == year
            };
            self.expression(item).is_some_and(named) && self.resolve(item).is_some_and(|(own, _)| own == period)
        };
        // `down from £621k last year`.
        let last_year = |item: &Item| self.expression(item) == Some(&Expression::Relative(Relative::Last(Grain::Year)));
        // `10.5 GWh, half of last year's 20.9 GWh`.
        let fraction = || {
            let of = matches!(slot.before, [Item { kind: Kind::Cue(Cue::Of), .. }, Item { kind: Kind::Period(_), .. }]);
            of && self.at.checked_sub(1).is_some_and(|at| self.slots[at].role == Role::Share)
        };
        let from = || {
            (matches!(slot.role, Role::FromLevel | Role::OtherLevel) || fraction())
                && slot.before.iter().chain(slot.after).any(last_year)
        };
        let compared = self.is_in_bracket() || slot.role == Role::OtherLevel || from();
        let place = || self.scope.period.map(|(period, ..)| period).filter(|_| from());
        let (Period::Year(year), Some(part), true) = (period, state.level.or(state.told).or_else(place), compared)
        else {
            return (period, balance);
        };
        let named = slot.before.iter().chain(slot.after).any(bare);
        // `fell below 60% in 2025 (59.2%, 2024: 61.9%)`: where the sentence is of a year, another is one too.
        let years = self
            .items
            .iter()
            .filter_map(|item| self.expression(item))
            .filter(|expression| matches!(expression, Expression::Fixed(Fixed::Year { .. })));
        let named = named && years.filter(|other| other.resolve(&self.scope.context) != Some(period)).count() == 0;
        let own_year = part.fiscal_year(&self.scope.context.calendar);
        match own_year.and_then(|own| year.checked_sub(own)) {
            Some(years) if named && years != 0 && !matches!(part, Period::Year(_)) => (part.years_on(years), balance),
            _ => (period, balance),
        }
    }

    /// `increased on the second quarter (£4.47m, £4.51m)`: a bracket that gives both what it is and what it was.
    fn opens_pair(&self) -> bool {
        let Some(next) = self.slots.get(self.at + 1) else { return false };
        let between = &self.items[self.slot().at + 1..next.at];
        let closes = self.items.get(next.at + 1).is_some_and(|item| item.kind == Kind::Break(Break::Close));
        let pair = matches!(between, [Item { kind: Kind::Break(Break::Comma) | Kind::Cue(Cue::Versus), .. }]);
        pair && closes && next.quantity.unit == self.slot().quantity.unit
    }

    pub(super) fn is_in_bracket(&self) -> bool {
        let mut breaks = self.items[..self.slot().at].iter().rev().filter_map(|item| match item.kind {
            Kind::Break(at @ (Break::Open | Break::Close)) => Some(at),
            _ => None,
        });
        breaks.next() == Some(Break::Open)
    }

    /// Whether a period ends before the one that is reported on begins, so that what happened in it is known.
    pub(super) fn is_over(&self, period: Period) -> bool {
        let calendar = &self.scope.context.calendar;
        self.scope.context.reporting.is_some_and(|now| period.bounds(calendar).1 < now.bounds(calendar).0)
    }

    fn is_before(&self, a: Period, b: Period) -> bool {
        let end = |period: Period| period.bounds(&self.scope.context.calendar).1;
        end(a) < end(b)
    }

    /// The period of the place, as evidence of less weight.
    pub(super) fn main_period(&self, reading: &mut Reading) -> Option<Period> {
        let (period, place, confidence) = self.scope.period?;
        reading.evidence.push(format!("period {period} from {place}"));
        reading.confidence = reading.confidence.min(confidence);
        Some(period)
    }

    /// A period directly beside the quantity: after it up to the next break, or before it within its own words.
    pub(super) fn own_period(&self) -> Option<(Period, bool)> {
        let slot = self.slot();
        let before = if self.at == 0 { leading(slot.before) } else { slot.before };
        let before = &before[if self.at == 0 { after_since(before).min(before.len()) } else { 0 }..];
        // `decreased during the quarter from $A to $B`: the quarter is when it moved, not when it was $A.
        // Nor is 2031 when it was $B in `$A in 2031 compared to $B`.
        let turned = |item: &Item| match slot.role {
            Role::FromLevel => item.kind == Kind::Cue(Cue::From),
            Role::OtherLevel => item.kind == Kind::Cue(Cue::Versus),
            _ => false,
        };
        let before = match before.iter().rposition(turned) {
            Some(at) => &before[at + 1..],
            _ => before,
        };
        // `$126M was ahead of last year's $123M`: what follows the comparison is the other number's.
        // `2.2x the EBITDA of the last twelve months`: the time is that of what the multiple is of.
        let multiple = slot.quantity.unit == Unit::Multiple;
        let turns =
            |item: &Item| slot.role.is_level() && compares(item) || multiple && matches!(item.kind, Kind::Metric(..));
        let end = slot.after.iter().position(turns).or_else(|| self.brings()).unwrap_or(slot.after.len());
        let end = self.attributive(&slot.after[..end]).unwrap_or(end);
        let beside = self.period_in(&slot.after[..end]).or_else(|| self.period_in_own_bracket());
        beside.or_else(|| self.last_period(before)).or_else(|| self.period_behind_other_terms())
    }

    /// `includes the 2024 harvest`, `reverses the first quarter's loss`: where a time stands that says whose another thing is.
    fn attributive(&self, after: &[Item]) -> Option<usize> {
        let led = |item: &Item| match &item.kind {
            Kind::Cue(_) => !matches!(item.kind, Kind::Cue(Cue::Part)),
            Kind::Word(stem) => matches!(stem.as_str(), "for" | "during" | "on" | "since" | "through" | "within"),
            _ => true,
        };
        (1..after.len().saturating_sub(1)).find(|&at| {
            let thing = match &after[at + 1].kind {
                Kind::Word(stem) => !is_light(stem),
                Kind::Metric(..) => true,
                _ => false,
            };
            matches!(after[at].kind, Kind::Period(_)) && !led(&after[at - 1]) && thing
        })
    }

    /// `181 (June 2024), 186 (December 2024)`: a bracket with nothing but the time of the number before it.
    fn period_in_own_bracket(&self) -> Option<(Period, bool)> {
        match &self.items[self.slot().at + 1..] {
            [open, period, close, ..]
                if open.kind == Kind::Break(Break::Open) && close.kind == Kind::Break(Break::Close) =>
            {
                self.resolve(period)
            }
            _ => None,
        }
    }

    /// The quantity that says the same thing in other terms: `$171.7M, or $2.10 per share`.
    fn other_terms(&self) -> Option<&Slot<'_>> {
        let (slot, next) = (self.slot(), self.slots.get(self.at + 1)?);
        (is_or(&self.items[slot.at + 1..next.at]) && says_otherwise(slot, next)).then_some(next)
    }

    /// Whether the quantity says the one before in other terms.
    fn restates(&self) -> bool {
        let previous = self.at.checked_sub(1).map(|at| Reader { at, ..*self });
        previous.and_then(|reader| reader.other_terms().map(|slot| slot.at)) == Some(self.slot().at)
    }

    /// `from $171.7M, or $2.10 per share, in 2020`: what stands behind the same thing in other terms is of both.
    fn period_behind_other_terms(&self) -> Option<(Period, bool)> {
        let slot = self.slot();
        let last = if slot.role == Role::Share { slot } else { self.other_terms()? };
        let mut rest = &self.items[last.at + 1..];
        // `$140M, or 28.8% of net sales, in 2020`.
        if let [of, Item { kind: Kind::Metric(..), .. }, behind @ ..] = rest
            && of.kind == Kind::Cue(Cue::Of)
        {
            rest = behind;
        }
        if let [comma, behind @ ..] = rest
            && comma.kind == Kind::Break(Break::Comma)
        {
            rest = behind;
        }
        match rest {
            [led, period, ..] if led.kind == Kind::Cue(Cue::Of) => self.resolve(period),
            _ => None,
        }
    }

    /// The last period of some items; not the one that a run goes back to (`has risen every quarter since Q3, to 62.4%`).
    fn last_period(&self, items: &[Item]) -> Option<(Period, bool)> {
        let own = items.iter().enumerate().rev().filter(|(at, item)| {
            !goes_back_to(items, *at) && !self.is_stepped_from(items, *at) && !self.is_unfinished(item)
        });
        own.map(|(_, item)| item).find_map(|item| self.resolve(item))
    }

    /// `broadly flat on the second quarter at £44.7m`, `£6.7m lower than a year ago at £41.2m`: the time that a level is compared with,
    /// before the word that states it.
    pub(super) fn is_stepped_from(&self, items: &[Item], at: usize) -> bool {
        let states =
            |item: &Item| matches!(item.kind, Kind::Cue(Cue::Is | Cue::To) | Kind::Break(Break::Colon | Break::Open));
        if self.slot().role != Role::Level || !items[at + 1..].iter().any(states) {
            return false;
        }
        let flat = |stem: &str| matches!(stem, "flat" | "level" | "unchanged" | "line");
        let moved = |item: &Item| {
            matches!(item.kind, Kind::Cue(Cue::Move(_) | Cue::Beyond | Cue::Short))
                || matches!(&item.kind, Kind::Word(stem) if flat(stem))
        };
        match &items[..at] {
            [.., step, Item { kind: Kind::Word(on), .. }] => matches!(on.as_str(), "on" | "with") && moved(step),
            // `up 1.8% on Q1 at 11,706`: the step is the number before.
            [Item { kind: Kind::Word(on), .. }] => {
                let stepped = |slot: &Slot<'_>| matches!(slot.role, Role::Growth(_) | Role::Change(_));
                on == "on" && self.at.checked_sub(1).is_some_and(|at| stepped(&self.slots[at]))
            }
            [.., Item { kind: Kind::Cue(Cue::Versus), .. }, Item { kind: Kind::Cue(Cue::Of), .. }] => true,
            // `slipped 2.4 points from the first quarter to 82.2%`.
            [Item { kind: Kind::Cue(Cue::From), .. }] => self.at > 0,
            [.., Item { kind: Kind::Cue(Cue::Versus), .. }] => true,
            [.., step, Item { kind: Kind::Cue(Cue::Of), .. }] => {
                matches!(step.kind, Kind::Cue(Cue::Beyond | Cue::Short))
            }
            _ => false,
        }
    }

    pub(super) fn period_in(&self, items: &[Item]) -> Option<(Period, bool)> {
        // `funds the plan into 2028`, `runs until March`: how far something reaches, not when the number was.
        let reaches = |at: usize| {
            let before = at.checked_sub(1).map(|at| &items[at].kind);
            matches!(before, Some(Kind::Word(stem)) if matches!(stem.as_str(), "into" | "until" | "till" | "beyond" | "since"))
        };
        let (at, found) = items.iter().enumerate().find_map(|(at, item)| Some((at, self.resolve(item)?)))?;
        (!reaches(at)).then_some(found)
    }

    /// A period that stands with the sentence's subject, before any quantity: `In Q3, …`, `H1 revenue was …`.
    pub(super) fn subject_period(&self, not: Option<Period>) -> Option<(Period, bool)> {
        let first = self.slots.first()?.at;
        let head = leading(&self.items[..first]);
        let head = &head[after_since(head).min(head.len())..];
        let over = |at: usize| at.checked_sub(1).is_some_and(|at| matches!(head[at].kind, Kind::Cue(Cue::Over(_))));
        let own = head
            .iter()
            .enumerate()
            .filter(|(at, _)| !goes_back_to(head, *at) && !over(*at) && !self.is_stepped_from(head, *at))
            .filter(|(at, item)| !is_beaten(head, *at) && !self.is_unfinished(item))
            .filter(|(_, item)| !(self.is_start_of(item) && self.comes_after_opening()));
        own.map(|(_, item)| item).find_map(|item| self.resolve(item)).filter(|(period, _)| Some(*period) != not)
    }

    /// `Having started the year well, net debt is now £47.9m` in a third quarter's report: a year that something was done with and that
    /// is not over has no number yet but those that are planned or expected for it.
    fn is_unfinished(&self, item: &Item) -> bool {
        let year = self.expression(item) == Some(&Expression::Relative(Relative::This(Grain::Year)));
        let told = |item: &Item| {
            matches!(item.kind, Kind::Cue(Cue::Future | Cue::Would))
                || matches!(item.kind, Kind::Scenario(name) if name != scenario::ACTUAL)
        };
        let done = |before: &Item| matches!(&before.kind, Kind::Word(stem) if lexicon::is_verb(stem));
        year && self.before(item).is_some_and(done)
            && self.scope.scenario.is_none()
            && self.resolve(item).is_some_and(|(period, _)| self.is_to_come(period))
            && !self.items.iter().any(told)
    }
}

/// Whether `since` stands before a period: `has risen every quarter since Q3`, `Since the start of the year net debt has come down`.
fn goes_back_to(items: &[Item], at: usize) -> bool {
    at >= 1 && items[at - 1].is_word(&["since"])
}

/// `EBITDA exceeded the prior year by £1.2m`: a time that something is set against.
fn is_beaten(items: &[Item], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(items[before].kind, Kind::Cue(Cue::Beyond | Cue::Short)))
}
