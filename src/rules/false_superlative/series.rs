//! A boast against the series of its subject.
//!
//! Enters: a boast, its subject, and the levels that source and tables state. Leaves: what refutes it, if anything does.
//! Invariant: only a stated level refutes; a gap in the series proves nothing.

use rust_decimal::Decimal;

use crate::check::interval;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::Related;
use crate::interval::Interval;
use crate::movement::Movements;
use crate::period::{Expression, Grain, Period, PeriodContext};
use crate::quantity::{Qualifier, Unit};
use crate::scenario;
use crate::source::{Better, PeriodType};
use crate::span::Place;

use super::boast::{Against, Boast, Kind, Length, Sense, Window};
use super::subject::Subject;
use crate::vocabulary::may_be_bad;
use crate::wording;

/// Periods of a series that are looked at.
const MOST: usize = 60;

/// A level with its places.
type Level = (Interval, Vec<Place>);

/// The series of a subject.
pub(super) struct Series<'a> {
    deck: &'a Deck,
    movements: &'a Movements<'a>,
    subject: &'a Subject<'a>,
}

/// What refutes a boast: the sentence, and the levels.
pub(super) type Refutation = (String, Vec<Related>);

impl<'a> Series<'a> {
    pub(super) fn new(deck: &'a Deck, movements: &'a Movements<'a>, subject: &'a Subject<'a>) -> Self {
        Self { deck, movements, subject }
    }

    pub(super) fn refutes(&self, boast: &Boast, threshold: Option<&Claim>) -> Option<Refutation> {
        match &boast.kind {
            Kind::Streak { length, sense, against } => self.streak(length, self.is_up(*sense)?, *against),
            Kind::Extreme { sense, window, grain } => self.extreme(self.is_up(*sense)?, window, *grain),
            Kind::First { sense, window } => self.first(self.is_up(*sense)?, window, threshold?),
        }
    }

    /// Whether a sense is up; `None` where that depends on what nobody has said.
    fn is_up(&self, sense: Sense) -> Option<bool> {
        let term = self.deck.vocabulary.term(self.subject.metric);
        let good = term.polarity().or_else(|| {
            // More money and more customers are better unless something says otherwise; of rates and times nobody knows.
            let open = matches!(term.unit, Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_)) | None);
            (open && !may_be_bad(&term.label)).then_some(Better::Up)
        });
        let good = if self.subject.loss { Some(Better::Down) } else { good };
        match sense {
            Sense::Up => Some(true),
            Sense::Down => Some(false),
            Sense::Better => Some(good? == Better::Up),
            Sense::Worse => Some(good? == Better::Down),
            // Of what is no time, nobody knows what is fast.
            Sense::Shorter => matches!(term.unit, Some(Unit::Duration(_))).then_some(false),
            Sense::Longer => matches!(term.unit, Some(Unit::Duration(_))).then_some(true),
        }
    }

    fn level(&self, period: Period, scenario: &str) -> Option<Level> {
        let segment = self.subject.segment.as_deref();
        let (level, places) = self.movements.level_of(self.subject.metric, period, scenario, segment)?;
        let sized = self.subject.loss && level.high < Decimal::ZERO;
        Some((if sized { level.negated() } else { level }, places))
    }

    /// The subject's own period at a grain, or as it is.
    fn now(&self, grain: Option<Grain>) -> Option<Period> {
        match grain {
            Some(grain) => self.movements.at_grain(self.subject.period, grain),
            None => Some(self.subject.period),
        }
    }

    /// The subject's own level, with its period at a grain; then that of the last quarter or month within it that the sentence's own
    /// number is the level of.
    fn present(&self, grain: Option<Grain>) -> impl Iterator<Item = (Period, Level)> {
        let own = move || {
            let period = self.now(grain)?;
            Some((period, self.level(period, scenario::ACTUAL)?))
        };
        let stated = self.subject.claim.filter(|_| grain.is_none()).and_then(|claim| interval(&claim.quantity));
        let finer = [Grain::Quarter, Grain::Month].into_iter().filter_map(move |grain| {
            let period = self.now(Some(grain)).filter(|period| *period != self.subject.period)?;
            let now = self.level(period, scenario::ACTUAL).filter(|now| stated.is_some_and(|own| now.0.meets(own)))?;
            Some((period, now))
        });
        own().into_iter().chain(finer)
    }

    fn streak(&self, length: &Length, up: bool, against: Against) -> Option<Refutation> {
        let (grain, steps) = match length {
            Length::Count(count, grain) => (*grain, usize::try_from(*count).ok()?),
            Length::Since(_, grain) | Length::Within(grain, _) => (*grain, MOST),
        };
        let now = self.now(Some(grain))?;
        let (since, whole) = match length {
            Length::Since(since, _) => (Some(self.resolve(since)?), None),
            Length::Within(_, whole) => (None, Some(self.movements.at_grain(now, *whole)?)),
            Length::Count(..) => (None, None),
        };
        let periods = std::iter::successors(Some(now), |period| Some(period.before()));
        let inside = |period: &Period| whole.is_none_or(|whole| whole.contains(*period, &self.deck.calendar));
        let within = |period: &Period| since.is_none_or(|since| self.is_after(*period, since)) && inside(period);
        let pairs: Vec<(Period, Level, Level, String)> = periods
            .take(steps.min(MOST))
            .take_while(within)
            .filter_map(|period| {
                let (then, name) = match against {
                    Against::Scenario(name) => (self.level(period, name)?, format!("the {name} of {period}")),
                    Against::Before => (self.level(period.before(), scenario::ACTUAL)?, period.before().to_string()),
                    Against::Zero => ((Interval::exact(Decimal::ZERO), Vec::new()), "nothing".to_owned()),
                };
                Some((period, self.level(period, scenario::ACTUAL)?, then, name))
            })
            .collect();
        let broken = |now: &Level, then: &Level| {
            // A loss that narrows rises.
            let loss = against == Against::Before && (now.0.low < Decimal::ZERO || then.0.low < Decimal::ZERO);
            !loss && if up { exceeds(&then.0, &now.0) } else { exceeds(&now.0, &then.0) }
        };
        if against == Against::Before && self.may_be_on_the_year() && self.holds_on_the_year(&pairs, up) {
            return None;
        }
        let (period, now, then, name) = pairs.into_iter().find(|(_, now, then, _)| broken(now, then))?;
        let word = if up { "below" } else { "above" };
        let (a, b) = (self.shown(&now), self.shown(&then));
        let with = if against == Against::Zero { String::new() } else { format!(" with {b}") };
        Some((format!("{period} was {a}, {word} {name}{with}"), related(&[(now, a), (then, b)])))
    }

    /// Whether a streak may be one on the year before: of balances, rates and times a row of quarters is one from each to the next.
    fn may_be_on_the_year(&self) -> bool {
        let term = self.deck.vocabulary.term(self.subject.metric);
        let flow = term.period_type != Some(PeriodType::Instant);
        flow && matches!(term.unit, Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_)) | None)
    }

    /// Whether every step of a streak is one on the year before: what is seasonal is often counted so.
    fn holds_on_the_year(&self, pairs: &[(Period, Level, Level, String)], up: bool) -> bool {
        !pairs.is_empty()
            && pairs.iter().all(|(period, now, ..)| {
                let yearly = !matches!(period, Period::Year(_));
                let then = yearly.then(|| self.level(period.year_before(), scenario::ACTUAL)).flatten();
                then.is_some_and(|then| if up { exceeds(&now.0, &then.0) } else { exceeds(&then.0, &now.0) })
            })
    }

    fn extreme(&self, up: bool, window: &Window, grain: Option<Grain>) -> Option<Refutation> {
        if self.subject.claim.is_some_and(|claim| claim.measure != Measure::Level) {
            return None;
        }
        // Of a half-year whose series is one of quarters, the last quarter is meant.
        let known = |(period, now): (Period, Level)| {
            let earlier = self.window(period, window)?.into_iter();
            let levels = earlier.filter_map(|period| Some((period, self.level(period, scenario::ACTUAL)?)));
            let levels: Vec<(Period, Level)> = levels.collect();
            (!levels.is_empty()).then_some((now, levels))
        };
        let (now, earlier) = self.present(grain).find_map(known)?;
        let beaten = |then: &Interval| {
            // Which of two losses is the higher is a matter of words.
            let plain = now.0.low >= Decimal::ZERO && then.low >= Decimal::ZERO;
            plain && if up { exceeds(then, &now.0) } else { exceeds(&now.0, then) }
        };
        let (other, then) = earlier.into_iter().find(|(_, then)| beaten(&then.0))?;
        let (a, b) = (self.shown(&now), self.shown(&then));
        Some((format!("{other} was {b} against {a}"), related(&[(then, b)])))
    }

    /// A threshold that an earlier period had passed already.
    fn first(&self, up: bool, window: &Window, threshold: &Claim) -> Option<Refutation> {
        let limit = threshold.quantity.value?;
        let unit = &self.deck.vocabulary.term(self.subject.metric).unit;
        let alike = unit.as_ref().is_none_or(|unit| unit.comparable(&threshold.quantity.unit));
        let mut earlier = self.window(self.subject.period, window)?.into_iter();
        let (other, then) = earlier.find_map(|period| {
            let then = self.level(period, scenario::ACTUAL)?;
            let passed = if up { then.0.low > limit } else { then.0.high < limit };
            (alike && passed).then_some((period, then))
        })?;
        let b = self.shown(&then);
        Some((format!("{other} was {b} already"), related(&[(then, b)])))
    }

    /// The earlier periods that a window reaches back to, the latest first.
    fn window(&self, now: Period, window: &Window) -> Option<Vec<Period>> {
        let earlier = std::iter::successors(Some(now.before()), |period| Some(period.before())).take(MOST);
        Some(match window {
            Window::Ever => earlier.collect(),
            Window::Back(count, grain) => {
                let months = i32::try_from(*count).ok()?.checked_mul(grain.months())?;
                let periods = months.checked_div(now.grain()?.months())?;
                earlier.take(usize::try_from(periods - 1).ok()?).collect()
            }
            Window::Since(since) => {
                let since = self.resolve(since)?;
                earlier.take_while(|period| self.is_after(*period, since)).collect()
            }
            Window::Within(grain) => {
                let whole = self.movements.at_grain(now, *grain)?;
                earlier.take_while(|period| whole.contains(*period, &self.deck.calendar)).collect()
            }
        })
    }

    fn resolve(&self, expression: &Expression) -> Option<Period> {
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(self.subject.period) };
        expression.resolve(&context)
    }

    fn is_after(&self, period: Period, since: Period) -> bool {
        let calendar = &self.deck.calendar;
        period.bounds(calendar).1 > since.bounds(calendar).1
    }

    /// A level as the deck writes such levels.
    fn shown(&self, level: &Level) -> String {
        let exact = |claim: &&Claim| claim.measure == Measure::Level && claim.quantity.qualifier == Qualifier::Exact;
        let claim = self.subject.claim.filter(exact);
        match (claim, level.0.middle()) {
            (Some(claim), Some(value)) => claim.quantity.restated(value),
            (None, Some(value)) => wording::of_metric(self.deck, self.subject.metric, value),
            _ => String::new(),
        }
    }
}

/// Whether one level is above another, as they are written: at one place, 5.1 is more than 5.0.
fn exceeds(a: &Interval, b: &Interval) -> bool {
    a.low >= b.high && a.high > b.low
}

fn related(levels: &[(Level, String)]) -> Vec<Related> {
    let places = levels.iter().flat_map(|((_, places), shown)| places.iter().map(move |place| (shown, place)));
    places.map(|(shown, place)| Related { message: shown.clone(), place: *place }).collect()
}
