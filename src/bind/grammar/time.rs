//! What time the words of an item name.
//!
//! Enters: an item of a sentence. Leaves: its period, taken against what the sentence or its place is of.
//! Invariant: what is only compared with is told apart from what the sentence is of.

use super::{Reader, Role};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Item, Kind};
use crate::extract::MentionKind;
use crate::period::{Expression, Fixed, Grain, Period, PeriodContext, Relative};
use crate::source::PeriodType;
use crate::vocabulary::is_flow;

impl Reader<'_> {
    /// What relative periods are taken against: the sentence's own period where it opens with one, else the place's.
    fn context(&self) -> PeriodContext {
        let mut context = self.scope.context;
        let first = self.slots.first().map_or(0, |slot| slot.at);
        let own = leading(&self.items[..first])
            .iter()
            .find_map(|item| self.expression(item).filter(|e| names_a_span(e))?.resolve(&context));
        if own.is_some() {
            context.reporting = own;
        }
        context
    }

    /// Where an item stands in its sentence.
    fn place(&self, item: &Item) -> usize {
        self.items.partition_point(|other| other.range.start < item.range.start)
    }

    /// What stands right before an item.
    pub(super) fn before(&self, item: &Item) -> Option<&Item> {
        self.place(item).checked_sub(1).map(|at| &self.items[at])
    }

    /// The span that the sentence speaks of before an item: what `the same period` is the same as.
    fn spoken_of(&self, item: &Item) -> Option<Period> {
        let end = self.place(item);
        // `4.1% better than the first quarter and 7.5% better than the same period of 2024`: not what another is compared with.
        let compared = |at: usize| {
            at.checked_sub(1).is_some_and(|at| match &self.items[at].kind {
                Kind::Cue(cue) => matches!(cue, Cue::Versus | Cue::From),
                Kind::Word(stem) => stem == "on",
                _ => false,
            })
        };
        let before = (0..end).rev().filter(|at| !compared(*at)).map(|at| &self.items[at]);
        let mut spans = before.filter_map(|other| self.expression(other)).filter(|expression| names_a_span(expression));
        spans.next()?.resolve(&self.scope.context)
    }

    pub(super) fn expression(&self, item: &Item) -> Option<&Expression> {
        let Kind::Period(mention) = item.kind else { return None };
        match &self.scope.mentions[mention].kind {
            MentionKind::Period(expression, _) => Some(expression),
            _ => None,
        }
    }

    /// A period of a claim, and whether it is a moment.
    pub(super) fn resolve(&self, item: &Item) -> Option<(Period, bool)> {
        let expression = self.expression(item)?;
        if matches!(expression, Expression::Against(_)) {
            return None;
        }
        let context = match expression {
            Expression::Relative(_) => self.context(),
            Expression::InYear(part, _) if matches!(**part, Expression::Relative(Relative::Reporting)) => {
                let reporting = self.spoken_of(item).or(self.scope.context.reporting);
                PeriodContext { reporting, ..self.scope.context }
            }
            _ => self.scope.context,
        };
        let balance = matches!(
            expression,
            Expression::EndOf(_) | Expression::StartOf(_) | Expression::MonthDay(..) | Expression::Fixed(Fixed::Day(_))
        );
        if self.is_start_of(item) && self.is_entered_with_a_flow(item) {
            return self.begun(expression.resolve(&context)?).map(|period| (period, false));
        }
        let period = expression.resolve(&context)?;
        // `last September` in September's report.
        if matches!(expression, Expression::Month(_)) && self.is_led_by_last(item) && self.ends_now(period) {
            return Some((period.year_before(), balance));
        }
        // `A year ago June orders were 4,300`.
        let before = self.before(item);
        if matches!(expression, Expression::Month(_) | Expression::Quarter(_))
            && before.and_then(|before| self.expression(before)) == Some(&Expression::Relative(Relative::YearBefore))
        {
            return Some((period.year_before(), balance));
        }
        // `Half-year revenue` in a third quarter's report: the one that is over.
        let half = matches!(expression, Expression::Relative(Relative::This(Grain::Half)));
        if half && self.is_to_come(period) && self.scope.scenario.is_none() {
            return Some((period.before(), balance));
        }
        // `12% on H2` in a first half's report: the last one.
        let bare = matches!(expression, Expression::Quarter(_) | Expression::Half(_));
        let calendar = &self.scope.context.calendar;
        let next =
            || self.scope.context.reporting.is_some_and(|now| period.bounds(calendar).0 > now.bounds(calendar).1);
        let on = before.is_some_and(|before| before.is_word(&["on"]) || before.kind == Kind::Cue(Cue::Versus));
        if bare && (on || self.is_set_beside()) && next() && self.scope.scenario.is_none() {
            return Some((period.year_before(), balance));
        }
        // `(year end: $39.6M)` in a first quarter's report, `25 more than at year end`.
        let unnamed = matches!(expression, Expression::EndOf(inner) if matches!(**inner, Expression::Relative(Relative::This(_))));
        if unnamed && self.is_set_beside() && self.is_to_come(period) {
            return Some((period.year_before(), balance));
        }
        Some((period, balance))
    }

    /// `We opened the year with revenue of $27.8M`: what flows was none of when the year began, but came in since.
    fn is_entered_with_a_flow(&self, item: &Item) -> bool {
        let behind = self.items.iter().filter(|other| other.range.start >= item.range.end);
        let named =
            behind.take_while(|other| !matches!(other.kind, Kind::Quantity(_))).find_map(|other| match other.kind {
                Kind::Metric(id, _) => Some(self.scope.vocabulary.term(id)),
                _ => None,
            });
        named.is_some_and(|term| match term.period_type {
            Some(kind) => kind == PeriodType::Duration,
            None => is_flow(&term.label),
        })
    }

    /// What is reported on, where it began when a time before it ended.
    fn begun(&self, before: Period) -> Option<Period> {
        let calendar = &self.scope.context.calendar;
        let starts =
            |place: &Period| before.bounds(calendar).1.tomorrow().is_ok_and(|day| day == place.bounds(calendar).0);
        self.scope.period.map(|(place, ..)| place).filter(starts)
    }

    pub(super) fn resolve_against(&self, item: &Item) -> Option<Period> {
        let expression = self.expression(item)?;
        matches!(expression, Expression::Against(_)).then(|| expression.resolve(&self.context())).flatten()
    }

    /// Whether a period ends with the one that is reported on.
    fn ends_now(&self, period: Period) -> bool {
        let calendar = &self.scope.context.calendar;
        self.scope.context.reporting.is_some_and(|now| period.bounds(calendar).1 == now.bounds(calendar).1)
    }

    fn is_led_by_last(&self, item: &Item) -> bool {
        self.before(item).is_some_and(|before| before.is_word(&["last", "previous"]))
    }

    /// Whether the quantity is one that another is compared with, or a change: what it is told of is over.
    fn is_set_beside(&self) -> bool {
        let role = self.slot().role;
        self.is_in_bracket() || matches!(role, Role::FromLevel | Role::OtherLevel | Role::Change(_) | Role::Growth(_))
    }
}

/// Whether an expression names a span of its own, so that what is relative in the sentence can be relative to it.
fn names_a_span(expression: &Expression) -> bool {
    matches!(expression, Expression::Quarter(_) | Expression::Half(_) | Expression::Month(_) | Expression::Months(_))
        || matches!(expression, Expression::ToDate(_) | Expression::Ended(..))
        || matches!(expression, Expression::Fixed(fixed) if !matches!(fixed, Fixed::Day(_)))
}

/// The items before the first comparison: what follows it is not about the subject.
/// `Compared with a year ago, …` opens with the comparison: nothing leads.
pub(super) fn leading(items: &[Item]) -> &[Item] {
    let end = items.iter().position(|item| matches!(item.kind, Kind::Cue(Cue::Versus))).unwrap_or(items.len());
    &items[..end]
}
