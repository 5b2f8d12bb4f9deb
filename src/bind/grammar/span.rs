//! Numbers of more than one time, or of one that is not told: sums over quarters, ranges over years, steps on the way.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether its time cannot be told for certain, and times that stand apart from it.
//! Invariant: a number that these readings cannot place has no period, rather than that of its place.

use rust_decimal::Decimal;

use super::clause::clause_start;
use super::slot::Slot;
use super::{Reader, Role, State};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Item, Kind};
use crate::claim::Direction;
use crate::period::{Expression, Grain, Period, Relative};
use crate::quantity::{Qualifier, Unit};
use crate::source::PeriodType;

impl Reader<'_> {
    /// Whether a level is of a time, or of several, that its sentence does not let us tell.
    pub(super) fn is_of_untold_time(&self, state: &State) -> bool {
        self.slot().role == Role::Level
            && (self.is_averaged_over()
                || self.is_of_last_few()
                || self.is_over_several()
                || self.is_of_times_together()
                || self.is_step_between()
                || self.is_of_range_over_time()
                || self.is_since()
                || self.is_run_through()
                || self.is_of_longer_year()
                || self.is_of_either_last_year(state))
    }

    /// `Occupancy averaged 81% over the last four quarters`, `has averaged 81% since 2022`.
    fn is_averaged_over(&self) -> bool {
        let slot = self.slot();
        let averaged = slot.before.iter().any(|item| item.is_word(&["average", "averaged", "averaging"]));
        let runs = |item: &Item| runs(item) || item.is_word(&["since"]);
        averaged && slot.after.first().is_some_and(runs)
    }

    /// `Free cash flow of the last two quarters was $11.6M`; not `improved in each of the last two quarters`.
    fn is_of_last_few(&self) -> bool {
        let own = self.clause_items();
        let spans = |item: &Item| item.is_word(&["quarter", "month", "year", "week"]);
        let each = |at: usize| own[..at].iter().rev().take(2).any(|item| item.kind == Kind::Cue(Cue::Per));
        let few = (1..own.len()).rev().find(|&at| {
            own[at - 1].is_word(&["last", "past", "previous", "latest"])
                && matches!(own[at].kind, Kind::Quantity(_))
                && own.get(at + 1).is_some_and(spans)
                && !each(at - 1)
        });
        few.is_some_and(|at| !own[at..].iter().any(moves))
    }

    /// `Over the five years capex was £40.2m`, `£40.2m over the five years`: what so many times bring together; not what they led to.
    fn is_over_several(&self) -> bool {
        let own = self.clause_items();
        let several = |item: &Item| match item.kind {
            Kind::Quantity(mention) => {
                let slot = self.slots.iter().find(|slot| slot.mention == mention);
                let many = |slot: &Slot<'_>| slot.quantity.value.is_some_and(|value| value > Decimal::ONE);
                self.is_span(mention) && slot.is_some_and(many)
            }
            _ => false,
        };
        let over = |two: &[Item]| matches!(two, [over, times] if runs(over) && several(times));
        let at = self.slot().at;
        (own.windows(2).any(over) || self.items.get(at + 1..at + 3).is_some_and(over)) && !own.iter().any(moves)
    }

    /// `grew over the three years`, `across the two quarters`: how long something took, and no value of anything.
    pub(super) fn is_time_taken(&self) -> bool {
        let slot = self.slot();
        let over = slot.at.checked_sub(1).is_some_and(|before| runs(&self.items[before]));
        over && self.is_led(slot.at) && matches!(slot.quantity.unit, Unit::Duration(_))
    }

    /// `Q2 and Q3 together brought revenue of $149.8M`, `$5.2M in Q2 and $6.3M in Q3, $11.5M in all`.
    fn is_of_times_together(&self) -> bool {
        let slot = self.slot();
        let around = || slot.before.iter().chain(slot.after);
        let times = around().filter(|item| self.resolve(item).is_some()).count();
        if times >= 2 && around().any(|item| item.is_word(&["together", "combined", "altogether", "jointly"])) {
            return true;
        }
        let listed = self.slots[..self.at].iter().filter(|slot| slot.role == Role::Level).count() >= 2;
        let summed = match slot.after {
            // `In all`: the determiner is no item.
            [of] => of.kind == Kind::Cue(Cue::Of),
            [of, sum, ..] => of.kind == Kind::Cue(Cue::Of) && sum.is_word(&["all", "total", "sum", "aggregate"]),
            [] => false,
        };
        listed && summed
    }

    /// `from 55 to 52 and now 49 days`: the second of three steps was on the way.
    fn is_step_between(&self) -> bool {
        let from = self.at.checked_sub(1).is_some_and(|at| self.slots[at].role == Role::FromLevel);
        let to = matches!(self.slot().before, [.., Item { kind: Kind::Cue(Cue::To), .. }]);
        let Some(next) = self.slots.get(self.at + 1) else { return false };
        let between = &self.items[self.slot().at + 1..next.at];
        let goes_on = matches!(
            between.first(),
            Some(Item { kind: Kind::Break(Break::And | Break::Comma) | Kind::Cue(Cue::To), .. })
        );
        let last = |item: &Item| {
            item.kind == Kind::Cue(Cue::To) || item.is_word(&["now", "then", "today", "currently", "finally"])
        };
        let only = between.iter().all(|item| last(item) || matches!(item.kind, Kind::Break(_) | Kind::Cue(Cue::Is)));
        from && to && goes_on && only && between.iter().any(last)
    }

    /// `ranged from 49 to 59 days over nine quarters`, `has been between $61.2M and $76.8M since 2023`.
    fn is_of_range_over_time(&self) -> bool {
        let slot = self.slot();
        let head = &self.items[clause_start(self.items, slot.at)..slot.at];
        let pair = self.at.checked_sub(1).is_some_and(|at| self.slots[at].role == Role::FromLevel);
        if pair && head.iter().any(ranged) {
            return true;
        }
        let over = |item: &Item| item.is_word(&["since", "throughout"]) || matches!(item.kind, Kind::Cue(Cue::Over(_)));
        let moved = |item: &Item| ranged(item) || item.is_word(&["moved"]);
        slot.quantity.qualifier == Qualifier::Range && (head.iter().any(moved) || slot.after.first().is_some_and(over))
    }

    /// `ranging from 74% in Hull to 88% in York`: the first of two ends that are of no one time or place.
    pub(super) fn is_ranged(&self) -> bool {
        let at = self.slot().at;
        self.slot().role == Role::FromLevel && self.items[clause_start(self.items, at)..at].iter().any(ranged)
    }

    /// `Net sales since January are £57.1m`: a flow from then to now; a balance and what moved are of now.
    fn is_since(&self) -> bool {
        let own = self.clause_items();
        let period = |item: &Item| matches!(item.kind, Kind::Period(_));
        let since = |at: usize| own[at].is_word(&["since"]) && own.get(at + 1).is_some_and(period);
        let Some(at) = (0..own.len()).find(|&at| since(at)) else { return false };
        let balance = own.iter().any(|item| match item.kind {
            Kind::Metric(id, _) => self.scope.vocabulary.term(id).period_type == Some(PeriodType::Instant),
            _ => false,
        });
        // `Since March, net sales in the quarter were …`.
        let told = own[at + 2..].iter().any(period);
        let moved = |item: &Item| {
            matches!(item.kind, Kind::Cue(Cue::Move(_) | Cue::Noun(_) | Cue::From | Cue::Per))
                || item.is_word(&["every"])
        };
        !balance && !told && !own.iter().any(moved)
    }

    /// `Through August, revenue was $1.4bn`: a flow from when the year began.
    fn is_run_through(&self) -> bool {
        let own = self.clause_items();
        matches!(own, [through, Item { kind: Kind::Period(_), .. }, ..] if through.is_word(&["through"]))
            && !own.iter().any(moves)
    }

    /// `Over the year net revenue was $128.8m`, `Annual net revenue was …` in the report of a quarter.
    fn is_of_longer_year(&self) -> bool {
        let Some(now) = self.scope.context.reporting else { return false };
        let own = self.clause_items();
        let calendar = &self.scope.context.calendar;
        let longer = |grain: Grain| {
            let whole = now.at_grain(grain, calendar).map(|whole| whole.bounds(calendar));
            now.grain().is_some_and(|own| own < grain) && whole.is_some()
        };
        let opens = own.first().and_then(|item| self.expression(item));
        let over = matches!(opens, Some(Expression::Against(grain)) if longer(*grain));
        let annual = own.windows(2).any(|two| two[0].is_word(&["annual"]) && matches!(two[1].kind, Kind::Metric(..)));
        (over || annual && longer(Grain::Year)) && !own.iter().any(moves)
    }

    /// `$13.5M vs $12.7M budget and $9.9M last year` in the report of a quarter: the same quarter, or the whole year.
    fn is_of_either_last_year(&self, state: &State) -> bool {
        let last_year = |item: &Item| self.expression(item) == Some(&Expression::Relative(Relative::Last(Grain::Year)));
        let part = |period: Period| period.grain().is_some_and(|grain| grain < Grain::Year);
        let slot = self.slot();
        // `$44.6M; prior year $36.1M`.
        let mut led = slot.before.iter().rev().filter(|item| item.kind != Kind::Break(Break::Colon));
        let told = slot.after.first().is_some_and(last_year) || led.next().is_some_and(last_year);
        self.at > 0 && told && state.level.is_some_and(part)
    }

    /// `The highest churn was 2.6%, in Q1 2024.`: a time that closes the sentence, or its part, right behind the number.
    pub(super) fn period_behind_comma(&self) -> Option<(Period, bool)> {
        let [comma, of, period, rest @ ..] = &self.items[self.slot().at + 1..] else { return None };
        let closes = rest.first().is_none_or(|item| matches!(item.kind, Kind::Break(at) if at != Break::And));
        let behind = comma.kind == Kind::Break(Break::Comma) && of.kind == Kind::Cue(Cue::Of) && closes;
        if behind { self.resolve(period) } else { None }
    }

    /// `started the quarter with 2,498 customers and ended it with 2,573`: whether what the period opened with has been said, and this is
    /// told by another verb.
    pub(super) fn comes_after_opening(&self) -> bool {
        let Some(before) = self.at.checked_sub(1).map(|at| self.slots[at].at) else { return false };
        let opening = self.items[..before].iter().any(|item| self.is_start_of(item));
        let told = |item: &Item| {
            matches!(item.kind, Kind::Cue(Cue::Is | Cue::To | Cue::Move(_)) | Kind::Break(Break::Clause))
                || item.is_word(&["closed", "closing", "close", "now", "today", "currently", "left", "leave", "have"])
                || matches!(&item.kind, Kind::Word(stem) if lexicon::is_verb(stem) && !lexicon::is_transparent(stem))
        };
        opening && self.items[before + 1..self.slot().at].iter().any(told)
    }

    /// Whether an item names the start of a time.
    pub(super) fn is_start_of(&self, item: &Item) -> bool {
        matches!(self.expression(item), Some(Expression::StartOf(_)))
    }
}

/// Verbs of lying anywhere between two ends.
fn ranged(item: &Item) -> bool {
    item.is_word(&["ranged", "ranging", "range", "varied", "varying", "vary", "fluctuated", "oscillated"])
}

/// `over`, `across`, `during`: words that a stretch of time follows.
fn runs(item: &Item) -> bool {
    item.kind == Kind::Cue(Cue::Over(Direction::Up)) || item.is_word(&["across", "during", "throughout"])
}

/// Whether an item says that a level is one that was reached.
fn moves(item: &Item) -> bool {
    matches!(item.kind, Kind::Cue(Cue::Move(_) | Cue::To | Cue::From))
}
