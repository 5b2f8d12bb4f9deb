//! What the numbers of parts and of wholes are about, where their clause names no metric.
//!
//! Enters: a quantity's place in its sentence. Leaves: the metric that its part is one of, or that its share is taken of.
//! Invariant: of the metrics that have the part, only the one that such a number can be of is taken.

use super::fits::is_counted;
use super::light::{is_light, strange_words};
use super::subject::Subject;
use super::{Reader, Role};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::finding::Confidence;
use crate::quantity::Unit;
use crate::vocabulary::{MetricId, is_measure};
use crate::words::stems;

impl Reader<'_> {
    /// `Order intake rose 5.7%. Aerospace booked €58.9m`: a clause that names nothing but a part goes on about what the sentence before
    /// is about, where that has the part.
    pub(super) fn part_of_spoken(&self) -> Option<Subject> {
        let metric = self.scope.spoken?;
        let segment = self.own_segment()??;
        let level = self.slot().role.is_level() || matches!(self.slot().quantity.unit, Unit::Currency(_));
        let has = self.scope.vocabulary.with_part(&segment).contains(&metric);
        let other = self.scope.metric.is_none_or(|(title, _)| title != metric);
        (level && has && other && self.fits(metric) && !self.speaks_of_another()).then(|| Subject {
            metric,
            evidence: format!("the sentence before is about {}", self.label(metric)),
            confidence: Confidence::Medium,
            whole: None,
        })
    }

    /// `Medicine grew by 9.1% to £22.4m`: a clause that names nothing but a part is of the one metric that is stated for it in such
    /// numbers.
    pub(super) fn of_part(&self) -> Option<Subject> {
        let segment = self.own_segment()??;
        let clause = self.clause_items();
        let opens = matches!(
            clause.iter().find(|item| !matches!(&item.kind, Kind::Word(stem) if lexicon::is_transparent(stem))),
            Some(Item { kind: Kind::Segment(_), .. })
        );
        // `Inpatient revenue` of a net patient revenue: the word is one of the metric's own.
        let measures: Vec<&String> = clause
            .iter()
            .filter_map(|item| match &item.kind {
                Kind::Word(stem) if is_measure(stem) => Some(stem),
                _ => None,
            })
            .collect();
        let behind = self.slot().after.iter().take(3).take_while(|item| matches!(item.kind, Kind::Word(_))).count();
        let attributive = strange_words(&self.slot().after[..behind]) > 0;
        // `EMEA invested $2.1M in a new warehouse`, `EMEA delivered $2.1M in savings`: what a part does with money is not what it makes.
        let acts = |item: &Item| matches!(&item.kind, Kind::Word(stem) if lexicon::is_verb(stem) && !is_earning(stem));
        let of_another = || match self.slot().after {
            [led, Item { kind: Kind::Word(stem), .. }, ..] => {
                let links = led.kind == Kind::Cue(Cue::Of)
                    || matches!(&led.kind, Kind::Word(led) if matches!(led.as_str(), "on" | "for"));
                links && !is_light(stem)
            }
            _ => false,
        };
        let shared = self.slot().role == Role::Share && self.is_of_all();
        let another = if opens {
            // `Services made up the rest at $821K`: where the part is the subject, only two words for measures speak of another thing.
            measures.len() > 1 || clause.iter().any(acts) || attributive || !shared && of_another()
        } else {
            self.speaks_of_another()
        };
        if another {
            return None;
        }
        // What grew is told by the level beside the growth.
        let unit = |at: usize| self.slots.get(at).filter(|slot| slot.role.is_level()).map(|slot| &slot.quantity.unit);
        // `Online beat budget by £1.6m`: an amount by which it moved is in its own unit.
        let moved = || {
            let own = &self.slot().quantity.unit;
            let amount = matches!(self.slot().role, Role::Change(_) | Role::Variance(_));
            (amount && matches!(own, Unit::Currency(_))).then_some(own)
        };
        // `£98.5m (+4.3%), with 185,400 passengers`: what a bracket tells is of the number before it.
        let before = || unit(self.at.checked_sub(1)?);
        let bracketed = || if self.slot().is_bracketed() { before() } else { None };
        let beside = || bracketed().or_else(|| unit(self.at + 1)).or_else(before);
        let unit = unit(self.at).or_else(moved).or_else(beside);
        if unit.is_none() && !shared {
            return None;
        }
        // `Engineering is 41% of the company`: shares are taken of what adds up.
        let adds_up = |own: &Unit| matches!(own, Unit::Currency(_) | Unit::Count | Unit::Measure(_));
        let such = |id: &&MetricId| {
            let own = self.scope.vocabulary.term(**id).unit.as_ref();
            own.is_some_and(|own| unit.map_or(adds_up(own), |unit| own.comparable(unit)))
        };
        let own = |id: &&MetricId| {
            let label = stems(self.label(**id));
            measures.iter().all(|stem| label.contains(stem))
        };
        let mut owners = self.scope.vocabulary.with_part(&segment).iter().filter(such).filter(own);
        let metric = *owners.next().filter(|id| self.fits(**id))?;
        owners.all(|other| *other == metric).then(|| {
            let evidence = format!("{segment} is a part of {}", self.label(metric));
            let confidence = if unit.is_some() { Confidence::Medium } else { Confidence::Low };
            Subject { metric, evidence, confidence, whole: None }
        })
    }

    /// `- EMEA $14.0M` under "ARR by region": a line that names nothing but a part which the source has the title's metric for.
    pub(super) fn is_line_of(&self, metric: MetricId) -> bool {
        let term = self.scope.vocabulary.term(metric);
        let before = &self.items[..self.slot().at];
        let part = match before.first().map(|item| &item.kind) {
            Some(Kind::Segment(segment)) => term.source.is_some() && term.has_part(segment),
            _ => false,
        };
        let plain = |item: &Item| {
            matches!(item.kind, Kind::Break(Break::Colon | Break::Clause) | Kind::Period(_) | Kind::Cue(Cue::Is))
        };
        part && before[1..].iter().all(plain) && self.slot().role == Role::Level
    }

    /// `47.8% of total assets ($148.9m)`, `24.5% of revenue of £83.1m`: the whole that the share is of.
    pub(super) fn whole_of_share(&self) -> Option<Subject> {
        let [.., of, whole, open] = &self.items[..self.slot().at] else { return None };
        let (Kind::Metric(id, fit), Kind::Cue(Cue::Of)) = (&whole.kind, &of.kind) else { return None };
        let share = self.at.checked_sub(1).is_some_and(|before| self.slots[before].role == Role::Share);
        let told = matches!(open.kind, Kind::Break(Break::Open) | Kind::Cue(Cue::Of)) && self.slot().role.is_level();
        // `Marketing was flat at 2.5% of sales (£14.2m)`: what has not been said of the part yet is how much it was.
        let part = || {
            let at = self.at.checked_sub(1)?;
            let reader = Reader { at, ..*self };
            let part = reader.named_before()??;
            let unit = &self.slot().quantity.unit;
            let stated = self.slots[..at].iter().any(|slot| slot.role == Role::Level && slot.quantity.unit == *unit);
            (!stated && part.metric != *id && self.fits(part.metric)).then_some(part)
        };
        if let (true, Kind::Break(Break::Open), Some(part)) = (share && told, &open.kind, part()) {
            return Some(part);
        }
        (share && told && *fit != Fit::Other && self.fits(*id)).then(|| self.found(*id, "before", *fit))
    }

    /// `21% of passenger revenue of €209.7m`: all that the share is of.
    pub(super) fn is_sum_of_share(&self) -> bool {
        self.slot().role == Role::Level && (self.is_whole_unnamed() || self.whole_of_share().is_some())
    }

    /// `318 of 420 patients`: all that there are, or all that are wanted.
    pub(super) fn is_whole_of_part(&self) -> bool {
        self.is_whole() && self.at.checked_sub(1).is_some_and(|at| is_counted(&self.slots[at].quantity.unit))
    }

    /// `315 of our 4,561 accounts`, `5% of 4,561 accounts`: a count of which the number right before it is a part.
    pub(super) fn is_whole(&self) -> bool {
        // `2,160 of June's 5,020 orders`.
        let of = match self.slot().before {
            [of] | [of, Item { kind: Kind::Period(_), .. }] => of.kind == Kind::Cue(Cue::Of),
            _ => false,
        };
        self.at > 0 && of && is_counted(&self.slot().quantity.unit)
    }
}

/// `contributed`, `brought in`, `generated`: what a part does that makes the metric.
fn is_earning(stem: &str) -> bool {
    is_accounting(stem)
        || matches!(
            stem,
            "generated"
                | "generate"
                | "delivered"
                | "deliver"
                | "earned"
                | "reported"
                | "posted"
                | "recorded"
                | "achieved"
                | "saw"
                | "produced"
                | "had"
                | "did"
                | "turned"
                | "came"
                | "went"
                | "kept"
                | "performed"
                | "doing"
                | "managed"
                | "scored"
                | "introduced"
                | "attracted"
                | "stayed"
        )
}

/// `accounted for`, `made up`: verbs of being a share.
pub(super) fn is_accounting(stem: &str) -> bool {
    matches!(
        stem,
        "account"
            | "accounted"
            | "accounting"
            | "made"
            | "make"
            | "contributed"
            | "contribute"
            | "represented"
            | "representing"
            | "took"
            | "take"
            | "had"
            | "has"
            | "have"
            | "brought"
            | "remain"
            | "remained"
    )
}
