//! Of what a share is one, and of which whole.
//!
//! Enters: a percentage in its sentence. Leaves: its subject, with the whole where that is another metric.
//! Invariant: without a segment or a part that is named there is no share of anything.

use super::Reader;
use super::subject::{Subject, is_accounting, strange_words};
use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Fit, Item, Kind};
use crate::finding::Confidence;
use crate::vocabulary::MetricId;

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
        let slot = self.slot();
        let whole = self.slots[slot.last].after.iter().find_map(|item| match item.kind {
            Kind::Metric(id, Fit::Plain | Fit::Loose) => Some(Some(id)),
            _ => None,
        });
        if let (None, Some(subject)) = (whole.flatten(), self.share_as_percentage()) {
            return Some(subject);
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
            (None, Some(part)) if self.segment().is_some() => Some(part),
            (None, None) if self.is_of_all() => self.of_part(),
            (None, None) => {
                if let Some(metric) = self.mix() {
                    return Some(self.found(metric, "before", Fit::Plain)).filter(|_| self.segment().is_some());
                }
                let (metric, place) = self.scope.metric?;
                let segment = self.segment().is_some() && strange_words(self.clause()) == 0;
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

    /// `£33.6m, or 27% of the total`, `now accounts for 29% of the group`: of all that the part is one of.
    fn is_of_all(&self) -> bool {
        match self.slots[self.slot().last].after {
            [of, all, rest @ ..] => {
                let whole = all.speaks_of_whole() || matches!(&all.kind, Kind::Word(stem) if stem == "whole");
                let ends = rest.first().is_none_or(|item| !matches!(item.kind, Kind::Word(_) | Kind::Metric(..)));
                of.kind == Kind::Cue(Cue::Of) && whole && ends
            }
            _ => false,
        }
    }

    /// `Sales mix in the quarter: Stores 68%, Online 27%`: what the parts are parts of.
    fn mix(&self) -> Option<MetricId> {
        mix(&self.items[..self.slot().at]).map(|(_, id)| id)
    }

    /// `Gross profit as a percentage of net sales was 41.5%`.
    fn share_as_percentage(&self) -> Option<Subject> {
        let percentage =
            |item: &Item| matches!(&item.kind, Kind::Word(stem) if stem == "percentage" || stem == "percent");
        self.clause_items().windows(5).find_map(|five| match five {
            [part, as_a, mark, of, whole] if percentage(mark) && of.kind == Kind::Cue(Cue::Of) => {
                let (Kind::Metric(part, Fit::Plain | Fit::Loose), Kind::Metric(whole, _)) = (&part.kind, &whole.kind)
                else {
                    return None;
                };
                let named = matches!(&as_a.kind, Kind::Word(stem) if stem == "as" || stem == "a") && part != whole;
                let name = self.scope.vocabulary.term(*whole).name.clone();
                named.then(|| Subject { whole: Some(name), ..self.found(*part, "before", Fit::Plain) })
            }
            _ => None,
        })
    }
}
