//! Numbers that say what a metric comes to on average or for each of something.
//!
//! Enters: a quantity's place in its sentence. Leaves: whether it is such a number. Invariant: a rate, a price or a ratio is its own
//! average; what is added up or counted is not.

use super::Reader;
use super::fits::is_counted;
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Item, Kind};
use crate::period::{Grain, Period};
use crate::quantity::Unit;
use crate::source::PeriodType;
use crate::vocabulary::MetricId;
use crate::words::stems;

impl Reader<'_> {
    /// `The average number of employees was 1,115`, `Revenue averaged $72.4M over the last four quarters`, `Annualised revenue is …`.
    pub(super) fn is_average_of(&self, id: MetricId) -> bool {
        /// What is told for one of many anyway.
        const EACH: &[&str] = &[
            "price", "rate", "fare", "yield", "rent", "wage", "salary", "pay", "premium", "basket", "ticket", "size",
            "age", "value", "spend", "balance", "average", "per", "rating", "score",
        ];
        let term = self.scope.vocabulary.term(id);
        let each = || stems(&term.label).iter().any(|stem| EACH.contains(&stem.as_str()));
        let flow =
            matches!(self.slot().quantity.unit, Unit::Currency(_)) && term.period_type != Some(PeriodType::Instant);
        let summed = flow || is_counted(&self.slot().quantity.unit);
        let average = |item: &Item| {
            item.is_word(&["average", "averaged", "averaging", "annualised", "annualized", "annualise", "annualize"])
        };
        summed
            && (self.clause_items().iter().any(average) || self.is_told_for_each() || self.is_named_by_rate())
            && !each()
    }

    /// `Monthly revenue: $3.5M` in the report of a quarter.
    fn is_named_by_rate(&self) -> bool {
        let grain = self.scope.context.reporting.and_then(Period::grain);
        let shorter = |item: &Item| {
            item.is_word(&["daily", "weekly"]) || item.is_word(&["monthly"]) && grain != Some(Grain::Month)
        };
        let rate = |two: &[Item]| shorter(&two[0]) && matches!(two[1].kind, Kind::Metric(..));
        self.slot().before.windows(2).any(rate)
    }

    /// `1.15 for each active buyer`, `$9.03 for every order placed`.
    fn is_told_for_each(&self) -> bool {
        match &self.items[self.slot().at + 1..] {
            [led, each, Item { kind: Kind::Word(_) | Kind::Metric(..), .. }, ..] => {
                (led.is_word(&["for"]) || led.kind == Kind::Cue(Cue::To)) && each.kind == Kind::Cue(Cue::Per)
            }
            _ => false,
        }
    }

    /// `For every $100 of revenue we keep $42.20 of gross profit`: an amount that others are told for, and what is told for it.
    pub(super) fn is_for_each(&self) -> bool {
        let each = |two: &[Item]| match two {
            [each, number] => each.kind == Kind::Cue(Cue::Per) && matches!(number.kind, Kind::Quantity(_)),
            _ => false,
        };
        let end = (self.slot().at + 1).min(self.items.len());
        let start = self.slot().at - self.clause_items().len();
        self.items[start..end].windows(2).any(each)
    }

    /// `$490K of burn a month`, `300 visits a day`: a rate, whatever the metric is stated for; `$490K had its best month` is none.
    pub(super) fn is_rate_of_time(&self) -> bool {
        let slot = self.slot();
        let timed = |item: &Item| item.is_word(&["month", "week", "day", "hour"]);
        let narrowed = |word: &Item| matches!(word.kind, Kind::Word(_)) && !word.is_word(&["every", "each"]);
        let amount = |at: usize| {
            let plain = self.is_led(at) || !narrowed(&self.items[at - 1]);
            self.items[at].is_word(&["monthly", "weekly", "daily"]) || timed(&self.items[at]) && plain
        };
        let named = |item: &Item| matches!(item.kind, Kind::Metric(..) | Kind::Quantity(_));
        let count = |at: usize| timed(&self.items[at]) && named(&self.items[at - 1]) && self.is_led(at);
        let behind = |words: usize| slot.at + 1..=slot.at + slot.after.len().min(words);
        if is_counted(&slot.quantity.unit) { behind(2).any(count) } else { behind(usize::MAX).any(amount) }
    }

    /// Whether a determiner stands between an item and the one before it: `a month`, `of the four`.
    pub(super) fn is_led(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.items.get(before));
        before.zip(self.items.get(at)).is_some_and(|(before, own)| own.range.start > before.range.end + 1)
    }
}
