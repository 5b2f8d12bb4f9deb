//! What the levels of a metric make of what a sentence says of it.
//!
//! Enters: a saying and the levels that source and deck state. Leaves: whether they contradict it. Invariant: a movement of which nobody
//! says on what is contradicted on the period before and on the year before, both of which are known.

use std::ops::Range;

use rust_decimal::Decimal;

use super::cue::{Says, is_moving};
use super::{Beside, Saying, Text, Told};
use crate::check::interval;
use crate::claim::{Claim, Measure};
use crate::extract::MentionKind;
use crate::finding::{Confidence, Related};
use crate::interval::Interval;
use crate::movement::Movements;
use crate::period::{Expression, Grain, Period, PeriodContext};
use crate::quantity::Unit;
use crate::scenario;
use crate::source::Better;
use crate::span::Place;
use crate::vocabulary::may_be_bad;
use crate::wording;
use crate::words::stems;

/// Bytes behind what is said that the plan's own number may stand in: `the budget of £4.2m`.
const PLANNED: usize = 16;

impl Text<'_> {
    /// Whether the levels of a metric contradict what is said of it.
    pub(super) fn told(&self, movements: &Movements<'_>, saying: &Saying) -> Option<Told> {
        let sentence =
            self.bytes_of(self.sentence(self.words.partition_point(|word| word.range.end <= saying.cue.start)))?;
        let level = |claim: &Claim| {
            claim.metric == Some(saying.metric)
                && claim.measure == Measure::Level
                && claim.is_actual()
                && claim.period.is_some()
        };
        let stated = self
            .claims_in(&sentence)
            .iter()
            .filter(|(range, claim)| range.end <= saying.first && level(claim))
            .map(|(_, claim)| *claim)
            .min_by_key(|claim| claim.place.span.start.abs_diff(self.flow.span(saying.cue.clone()).start));
        let now = match stated {
            Some(claim) => claim.period?,
            None => self.time(saying, &sentence)?,
        };
        // `fell in Q2`, in Q4: in that time, from what was before it.
        let moved = match &saying.beside {
            Beside::Within(expression) => self.earlier(expression, now).filter(|moved| moved.grain() == now.grain()),
            _ => None,
        };
        let segment = saying.segment.clone().or_else(|| stated.and_then(|claim| claim.segment.clone()));
        // `Parking revenue rose, as did retail`: a part that is the subject is what is spoken of, whatever else is named behind it.
        let said = if saying.segment.is_some() { &saying.whole } else { &sentence };
        if self.names_another_part(said, segment.as_deref()) || self.is_headed_by_a_part(segment.as_deref()) {
            return None;
        }
        let level = |then, plan| movements.level_of(saying.metric, then, plan, segment.as_deref());
        let stated = stated.filter(|_| moved.is_none());
        let now = moved.unwrap_or(now);
        let unsettled = moved.is_some() || stated.is_none() && self.is_unsettled(saying, now);
        let (a, places) = level(now, scenario::ACTUAL)?;
        if unsettled {
            // On which time nobody says: both that are usual must be known, and both contradict it.
            let last = level(now.year_before(), scenario::ACTUAL).map(|(last, _)| last);
            // Where the time of the movement is named, what was right before it is enough.
            if last.is_none() && moved.is_none() {
                return None;
            }
            if let Some(last) = last {
                let up = self.upward(saying, a, last)?;
                if if up { a.high >= last.low } else { a.low <= last.high } {
                    return None;
                }
            }
        }
        let (then, plan) = match &saying.beside {
            Beside::Plan(name) => (now, *name),
            _ if unsettled => (now.before(), scenario::ACTUAL),
            Beside::Time(expression) | Beside::Within(expression) => (self.earlier(expression, now)?, scenario::ACTUAL),
            Beside::Open => return None,
        };
        let (b, others) = level(then, plan).or_else(|| self.own_plan(saying, plan))?;
        // `The operating loss widened on last year`: a loss is told by its size.
        let below = a.high < Decimal::ZERO && b.high < Decimal::ZERO;
        let loss = below && self.names_a_loss(saying);
        let (a, b) = if loss { (a.negated(), b.negated()) } else { (a, b) };
        // A number that is itself in doubt is its own finding.
        if stated.and_then(|claim| interval(&claim.quantity)).is_some_and(|own| !own.meets(a)) {
            return None;
        }
        let up = match saying.says {
            Says::Same => a.high < b.low,
            says if loss => upward_of_loss(says),
            _ => self.upward(saying, a, b)?,
        };
        let against = match saying.says {
            Says::Same => self.are_apart(saying, a, b),
            _ if up => a.high < b.low,
            _ => a.low > b.high,
        };
        against.then(|| {
            let defined = self.deck.vocabulary.term(saying.metric).source.is_some() && stated.is_some();
            let shown = |level: Interval| {
                level.middle().map(|value| wording::of_metric(self.deck, saying.metric, value)).unwrap_or_default()
            };
            let of = |name: &str, then: Period| {
                if name == scenario::ACTUAL { then.to_string() } else { format!("the {name} of {then}") }
            };
            let related = |role: String, places: Vec<Place>| {
                places.into_iter().map(move |place| Related { message: role.clone(), place })
            };
            Told {
                words: Place { file: self.deck.documents[self.at.0].file, span: self.flow.span(saying.cue.clone()) },
                metric: saying.metric,
                fact: format!(
                    "{now} was {}, {} {} with {}",
                    shown(a),
                    if up { "below" } else { "above" },
                    of(plan, then),
                    shown(b)
                ),
                confidence: if defined { Confidence::High } else { Confidence::Medium },
                related: related(now.to_string(), places).chain(related(of(plan, then), others)).collect(),
            }
        })
    }

    /// Whether nobody says on what time a movement is: `rose again`, `rose in the quarter` that is reported on.
    fn is_unsettled(&self, saying: &Saying, now: Period) -> bool {
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(now) };
        match &saying.beside {
            Beside::Open => true,
            Beside::Time(Expression::Against(_)) | Beside::Plan(_) => false,
            Beside::Time(expression) | Beside::Within(expression) => {
                let moved = self.flow.text().get(saying.cue.clone()).map(stems).unwrap_or_default();
                moved.iter().any(|stem| is_moving(stem)) && expression.resolve(&context) == Some(now)
            }
        }
    }

    /// The plan's number that is said itself: `met the 98% target`.
    fn own_plan(&self, saying: &Saying, plan: &str) -> Option<(Interval, Vec<Place>)> {
        let whole = saying.cue.start..saying.whole.end + PLANNED;
        let of_plan = |claim: &&Claim| {
            claim.metric == Some(saying.metric)
                && claim.measure == Measure::Level
                && claim.scenario.as_deref() == Some(plan)
                && claim.segment == saying.segment
        };
        let mut own = self.claims_in(&whole).iter().map(|(_, claim)| *claim).filter(of_plan);
        let only = own.next().filter(|_| own.next().is_none())?;
        Some((interval(&only.quantity)?, vec![only.place]))
    }

    /// Whether two levels of which one is said to be what the other is are not: by a twentieth, or a tenth where that is hedged.
    fn are_apart(&self, saying: &Saying, a: Interval, b: Interval) -> bool {
        let said = self.flow.text().get(saying.whole.start..saying.cue.end).unwrap_or_default();
        let hedged = stems(said).iter().any(|stem| matches!(stem.as_str(), "broadly" | "largely" | "line"));
        let times = Decimal::new(if hedged { 110 } else { 105 }, 2);
        let far = |low: Decimal, high: Decimal| high.checked_mul(times).is_some_and(|limit| limit < low);
        let plain = a.low > Decimal::ZERO && b.low > Decimal::ZERO;
        // Half a point of a percentage is little, whatever it is of the other.
        let rate = self.deck.vocabulary.term(saying.metric).unit == Some(Unit::Percent);
        let half = Decimal::new(5, 1);
        let near = rate && a.high - b.low <= half && b.high - a.low <= half;
        plain && !near && (far(a.low, b.high) || far(b.low, a.high))
    }

    /// Whether what is spoken of is called a loss.
    fn names_a_loss(&self, saying: &Saying) -> bool {
        let named = self.flow.text().get(saying.whole.start..saying.cue.start).unwrap_or_default();
        stems(named).iter().any(|stem| matches!(stem.as_str(), "loss" | "deficit"))
    }

    /// The time of a sentence that states no level: the one that it names before the comparison or right behind it, else that of its
    /// title.
    fn time(&self, saying: &Saying, sentence: &Range<usize>) -> Option<Period> {
        let titled = self.deck.times.get(self.at.0)?.get(self.at.1).copied().flatten()?;
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(titled) };
        let from = self.mentions.partition_point(|mention| mention.range.start < sentence.start);
        let within = self.mentions[from..].iter().take_while(|mention| mention.range.start < sentence.end);
        let named = within.filter_map(|mention| match &mention.kind {
            MentionKind::Period(expression, _) => Some((&mention.range, expression)),
            _ => None,
        });
        // `was up on the prior year and short of budget, though better than a year ago`: what else it was set beside.
        let beside = |range: &Range<usize>| {
            let clause = self.flow.text().get(saying.whole.end..range.start);
            (saying.first..saying.span.end).contains(&range.start) || clause.is_some_and(|gap| gap.contains([',', ';']))
        };
        let mut other = named.filter(|(range, _)| !beside(range));
        let (range, expression) = match (other.next(), other.next()) {
            (None, _) => return Some(titled),
            (Some(only), None) => only,
            _ => return None,
        };
        let gap = self.flow.text().get(saying.whole.end..range.start).unwrap_or_default();
        let joined = range.end <= saying.span.start || matches!(gap.trim(), "in" | "for" | "in the" | "for the" | "at");
        expression.resolve(&context).filter(|_| joined)
    }

    /// The time that a level is compared with: of a longer span, such as last year's, the part that matches.
    fn earlier(&self, expression: &Expression, now: Period) -> Option<Period> {
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(now) };
        if let Expression::Against(step) = expression {
            return match step {
                Grain::Year => Some(now.year_before()),
                step => (now.grain() == Some(*step)).then(|| now.before()),
            };
        }
        let then = expression.resolve(&context)?;
        let calendar = &self.deck.calendar;
        if then.grain() == now.grain() {
            return (then.bounds(calendar).1 < now.bounds(calendar).1).then_some(then);
        }
        let before = now.year_before();
        then.contains(before, calendar).then_some(before).filter(|_| then.grain() > now.grain())
    }

    /// Whether the words say up; `None` where that depends on what nobody has said, or on what the sign of the levels means.
    fn upward(&self, saying: &Saying, a: Interval, b: Interval) -> Option<bool> {
        let term = self.deck.vocabulary.term(saying.metric);
        let money = matches!(term.unit, Some(Unit::Currency(_))) && !may_be_bad(&term.label);
        let good = term.polarity().or(money.then_some(Better::Up));
        let plain = a.low >= Decimal::ZERO && b.low >= Decimal::ZERO;
        match saying.says {
            Says::Up => plain.then_some(true),
            Says::Down => plain.then_some(false),
            Says::Same => None,
            // What should be low may be ahead of its plan either way.
            Says::Ahead => (good? == Better::Up).then_some(true),
            Says::Behind => (good? == Better::Up).then_some(false),
            Says::Better => (plain || good? == Better::Up).then_some(good? == Better::Up),
            Says::Worse => (plain || good? == Better::Up).then_some(good? == Better::Down),
        }
    }
}

/// Whether what is said of a loss makes it the greater: one that is ahead of its plan is the smaller.
fn upward_of_loss(says: Says) -> bool {
    matches!(says, Says::Up | Says::Behind | Says::Worse)
}
