//! Of what a share is one, and of which whole.
//!
//! Enters: a percentage in its sentence. Leaves: its subject, with the whole where that is another metric.
//! Invariant: without a segment or a part that is named there is no share of anything.

use super::light::{is_light, strange_words};
use super::of_part::is_accounting;
use super::ratio::metric;
use super::subject::Subject;
use super::{Reader, Role};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Break, Fit, Item, Kind};
use crate::finding::Confidence;
use crate::quantity::Unit;
use crate::vocabulary::{MetricId, Name};
use crate::words::stems;

/// `Sales mix`, `revenue split`: the metric, and where it stands, that words for how a whole is made up follow.
pub(super) fn mix(items: &[Item]) -> Option<(usize, MetricId)> {
    items.windows(2).enumerate().find_map(|(at, two)| match (&two[0].kind, &two[1].kind) {
        (Kind::Metric(id, _), Kind::Word(stem)) => {
            matches!(stem.as_str(), "mix" | "split" | "breakdown" | "composition").then_some((at, *id))
        }
        _ => None,
    })
}

impl Reader<'_> {
    /// A share: `59% of ARR` of the segment or metric before it.
    pub(super) fn share(&self) -> Option<Subject> {
        if let Some(part) = self.listed_part() {
            return Some(part);
        }
        let slot = self.slot();
        let whole = self.slots[slot.last].after.iter().find_map(|item| match item.kind {
            Kind::Metric(id, Fit::Plain | Fit::Loose) => Some(Some(id)),
            _ => None,
        });
        if let (None, Some(subject)) = (whole.flatten(), self.share_as_percentage()) {
            return Some(subject);
        }
        if let Some(part) = self.share_of_unnamed() {
            return Some(part);
        }
        let before = self.named_before().flatten();
        let own = |part: &Subject| {
            let clause = self.clause();
            // Of `is 13% of subscribers but 17% of revenue` neither is a part.
            let named = |at: usize| matches!(clause[at].kind, Kind::Metric(id, _) if id == part.metric);
            let of = |at: usize| at.checked_sub(1).is_some_and(|at| clause[at].kind == Kind::Cue(Cue::Of));
            (0..clause.len()).any(|at| named(at) && !of(at))
                && !clause.iter().any(|item| matches!(item.kind, Kind::Segment(_)))
        };
        // `Largest customer, 5.4% of revenue`: what is counted is no part of what is earned.
        if let (Some(whole), Some(part)) = (whole.flatten(), &before)
            && self.segment().is_none()
            && !self.are_alike(part.metric, whole)
        {
            return None;
        }
        match (whole.flatten(), before) {
            // `Staff costs were 29.3% of revenue` in a section on one part: the share is of what the sentence names.
            (Some(whole), Some(part)) if part.metric != whole && own(&part) => {
                let name = self.scope.vocabulary.term(whole).name.clone();
                Some(Subject { whole: Some(name), ..part })
            }
            // `Services: CHF 24.9m and 24.3% of sales` under "EBIT by division" is what the division makes of its own sales.
            (Some(whole), _) if self.segment().is_some() && self.scope.metric.is_some_and(|(id, _)| id != whole) => {
                None
            }
            (Some(whole), _) if self.segment().is_some() => {
                let verb = self.clause().iter().any(
                    |item| matches!(&item.kind, Kind::Word(stem) if lexicon::is_verb(stem) && !is_accounting(stem)),
                );
                (!verb).then(|| self.found(whole, "after", Fit::Plain))
            }
            (Some(whole), Some(part)) if part.metric != whole => {
                let name = self.scope.vocabulary.term(whole).name.clone();
                Some(Subject { whole: Some(name), ..part })
            }
            // `North earns $12 a ticket and is 62% of season tickets`: of what nothing knows.
            (None, Some(part)) if self.segment().is_some() && !self.is_of_another(part.metric) => Some(part),
            // `Programmes took $58,320, 32.7% of spending`: of what nothing knows, but beside the amount that it is of it.
            (None, Some(part)) if self.is_beside_level() => {
                let whole = self.unknown_whole()?;
                Some(Subject { whole: Some(whole), confidence: part.confidence.min(Confidence::Medium), ..part })
            }
            (None, None) if self.is_of_all() => {
                // `TV €118.6m, 49% of the group`: the part's own amount stands beside it.
                let part = self.of_part()?;
                let confidence = if self.is_beside_level() { Confidence::High } else { part.confidence };
                Some(Subject { confidence, ..part })
            }
            (None, None) => {
                if let Some(metric) = self.mix() {
                    return Some(self.found(metric, "before", Fit::Plain)).filter(|_| self.segment().is_some());
                }
                let (metric, place) = self.scope.metric?;
                let segment =
                    self.segment().is_some() && strange_words(self.clause()) == 0 && !self.is_of_another(metric);
                segment.then(|| Subject {
                    metric,
                    evidence: format!("{place} names {}", self.label(metric)),
                    confidence: Confidence::Medium,
                    whole: None,
                })
            }
            _ => None,
        }
    }

    /// `March revenue was 60% donations and 40% grants`: the part that stands right behind its share.
    fn listed_part(&self) -> Option<Subject> {
        let part = self.slot().after.first().and_then(metric)?;
        let list = self.slots.iter().find(|slot| slot.role == Role::Share)?;
        let whole = self.items[..list.at].iter().rev().find_map(metric)?;
        let name = self.scope.vocabulary.term(whole).name.clone();
        let alike = part != whole && self.are_alike(part, whole);
        alike.then(|| Subject { whole: Some(name), ..self.found(part, "after", Fit::Plain) })
    }

    /// `took 60%, 23% and 17% of the heat` under "Customers": a share of what the metric does not name.
    fn is_of_another(&self, metric: MetricId) -> bool {
        let own = stems(self.label(metric));
        let general = |stem: &str| matches!(stem, "book" | "portfolio" | "business" | "estate" | "whole");
        let named = |item: &Item| match &item.kind {
            Kind::Word(stem) if !is_light(stem) && !general(stem) && !item.speaks_of_whole() => {
                Some(own.contains(stem))
            }
            _ => None,
        };
        match self.slots[self.slot().last].after {
            [of, rest @ ..] if of.kind == Kind::Cue(Cue::Of) => rest.iter().find_map(named) == Some(false),
            _ => false,
        }
    }

    /// `Other revenue of £7.0m is 5.3% of the group's £131.3m`: a share of what only its amount names.
    fn share_of_unnamed(&self) -> Option<Subject> {
        let whole = Reader { at: self.at + 1, ..*self };
        let next = self.slots.get(whole.at).is_some_and(|_| whole.is_whole_unnamed());
        let (whole, part) = (next.then(|| whole.whole_of_part()).flatten()?, self.named_before().flatten()?);
        let name = self.scope.vocabulary.term(whole.metric).name.clone();
        (part.metric != whole.metric).then_some(Subject { whole: Some(name), ..part })
    }

    /// `£33.6m, or 27% of the total`, `now accounts for 29% of the group`: of all that the part is one of.
    pub(super) fn is_of_all(&self) -> bool {
        match self.slots[self.slot().last].after {
            [of, all, rest @ ..] => {
                let whole = all.speaks_of_whole() || all.is_word(&["whole"]);
                let ends = rest.first().is_none_or(|item| !matches!(item.kind, Kind::Word(_) | Kind::Metric(..)));
                of.kind == Kind::Cue(Cue::Of) && whole && ends
            }
            _ => false,
        }
    }

    /// `Other revenue of £7.0m is 5.3% of the group's £131.3m`: all that the share before is of, whose name goes without saying.
    pub(super) fn is_whole_unnamed(&self) -> bool {
        let slot = self.slot();
        let share = self.at.checked_sub(1).is_some_and(|before| self.slots[before].role == Role::Share);
        let word = |item: &Item| match &item.kind {
            Kind::Word(stem) => item.speaks_of_whole() || is_light(stem),
            kind => *kind == Kind::Cue(Cue::Of),
        };
        let led = matches!(slot.before, [of, rest @ ..] if of.kind == Kind::Cue(Cue::Of) && rest.iter().all(word));
        share && led && slot.role == Role::Level && matches!(slot.quantity.unit, Unit::Currency(_))
    }

    /// The metric of which the part before is one: the same of the whole business, or what its name ends with.
    pub(super) fn whole_of_part(&self) -> Option<Subject> {
        let part = self.named_before().flatten()?;
        let of_part = Reader { at: self.at.checked_sub(1)?, ..*self }.segment().is_some();
        if of_part {
            return Some(part);
        }
        let label = stems(self.label(part.metric));
        let called = |name: &str| match self.scope.vocabulary.exact(name) {
            Some(Name::Metric(id)) if id != part.metric && self.fits(id) => Some(id),
            _ => None,
        };
        let wider = (1..label.len()).find_map(|at| {
            let name = label[at..].join(" ");
            called(&name).or_else(|| called(&format!("total {name}")))
        })?;
        Some(Subject { confidence: Confidence::Medium, ..self.found(wider, "before", Fit::Plain) })
    }

    /// `Visitors came 58% by car, 27% by coach`: which of them did so, and no level of all.
    pub(super) fn is_by_unknown_part(&self) -> bool {
        let named =
            matches!(self.slot().after, [by, Item { kind: Kind::Word(_), .. }, ..] if by.kind == Kind::Cue(Cue::By));
        named && self.slot().quantity.unit == Unit::Percent && self.slot().role == Role::Level
    }

    /// Whether nothing but a comma, bracket or conjunction parts the share from a level before it.
    fn is_beside_level(&self) -> bool {
        let Some(before) = self.at.checked_sub(1).map(|at| &self.slots[at]) else { return false };
        let joins = |item: &Item| {
            matches!(item.kind, Kind::Break(Break::Comma | Break::Open | Break::And) | Kind::Cue(Cue::Or))
        };
        before.role == Role::Level
            && matches!(before.quantity.unit, Unit::Currency(_))
            && self.items[before.at + 1..self.slot().at].iter().all(joins)
    }

    /// `32.7% of spending`: what the share is of, where the clause ends with the noun and no metric goes by it.
    fn unknown_whole(&self) -> Option<String> {
        const POINTING: &[&str] = &["which", "that", "this", "them", "these", "those", "whom", "target", "goal"];
        let [of, rest @ ..] = self.slots[self.slot().last].after else { return None };
        let rest = match rest {
            [rest @ .., led, Item { kind: Kind::Period(_), .. }] if led.kind == Kind::Cue(Cue::Of) => rest,
            rest => rest,
        };
        // What stands behind `of` is a noun, whatever it looks like.
        let told = |item: &Item| match &item.kind {
            Kind::Word(stem) => lexicon::is_verb(stem) && !stem.ends_with("ing") || POINTING.contains(&stem.as_str()),
            kind => !matches!(kind, Kind::Period(_)),
        };
        let noun: Vec<&str> = rest
            .iter()
            .filter_map(|item| match &item.kind {
                Kind::Word(stem) if stem.len() > 2 => Some(stem.as_str()),
                _ => None,
            })
            .collect();
        // `3.71% of the rent roll` beside a row `Arrears, % of rent roll` is that row's.
        let known = || {
            let has = |label: &str| noun.iter().all(|word| stems(label).iter().any(|stem| stem == word));
            self.scope.vocabulary.terms().any(|(_, term)| has(&term.label))
        };
        let plain = of.kind == Kind::Cue(Cue::Of) && !noun.is_empty() && !rest.iter().any(told);
        (plain && !known()).then(|| noun.join(" "))
    }

    /// Whether one of two metrics can be a part of the other, by their units.
    pub(super) fn are_alike(&self, part: MetricId, whole: MetricId) -> bool {
        let unit = |id| self.scope.vocabulary.term(id).unit.as_ref();
        unit(part).zip(unit(whole)).is_none_or(|(part, whole)| part.comparable(whole))
    }

    /// `Sales mix in the quarter: Stores 68%, Online 27%`: what the parts are parts of.
    fn mix(&self) -> Option<MetricId> {
        mix(&self.items[..self.slot().at]).map(|(_, id)| id)
    }

    /// `Gross profit as a percentage of net sales was 41.5%`.
    fn share_as_percentage(&self) -> Option<Subject> {
        let percentage = |item: &Item| item.is_word(&["percentage", "percent"]);
        self.clause_items().windows(5).find_map(|five| match five {
            [part, as_a, mark, of, whole] if percentage(mark) && of.kind == Kind::Cue(Cue::Of) => {
                let (Kind::Metric(part, Fit::Plain | Fit::Loose), Kind::Metric(whole, _)) = (&part.kind, &whole.kind)
                else {
                    return None;
                };
                let named = as_a.is_word(&["as", "a"]) && part != whole;
                let name = self.scope.vocabulary.term(*whole).name.clone();
                named.then(|| Subject { whole: Some(name), ..self.found(*part, "before", Fit::Plain) })
            }
            _ => None,
        })
    }
}
