//! Numbers whose sentence does not name their metric, where what is spoken of has exactly that number: `The operating loss narrowed to
//! $1.6M; it was $2.5M a year ago.`
//!
//! Enters: bound claims. Leaves: those that nothing names, bound to what the same sentence, or the one before it, is about.
//! Invariant: a number is only bound where a source or table states that very number of the metric, or would but for a swap of digits or
//! a scale where the sentence has the whole name; a pronoun alone is no evidence.

mod stated;

use std::collections::BTreeSet;

use crate::cause::significant;
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::facts::{Facts, Truth};
use crate::finding::Confidence;
use crate::interval::Interval;
use crate::period::Period;
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::vocabulary::MetricId;

use super::adopt::Named;
use super::base::{Cells, time};
use super::context::Contexts;
use super::echo::{self, SentenceWords};
use super::settle;
use stated::{Around, Stated};

/// How many numbers before and behind one are looked at for what it may be about.
const NEAR: usize = 6;

/// A binding that the source or a table confirms.
struct Confirmed {
    at: usize,
    metric: MetricId,
    segment: Option<String>,
    period: Period,
    base: Option<Base>,
    measure: Measure,
    /// What makes the metric one that the number can be of.
    because: &'static str,
}

/// Binds what is confirmed; what follows from a level that was bound so is bound in the second round.
pub(super) fn bind(deck: &mut Deck, named: &Named, sentences: &SentenceWords, cells: &Cells, contexts: &Contexts) {
    let open =
        |deck: &Deck| -> Vec<usize> { (0..deck.claims.len()).filter(|&at| is_open(deck, &deck.claims[at])).collect() };
    if open(deck).is_empty() {
        return;
    }
    // Of what the source and tables state, nothing changes between the rounds.
    let mut stated = Stated::new(deck, named);
    let mut bound = BTreeSet::new();
    for _ in 0..2 {
        let open = open(deck);
        stated.quote(deck);
        let known = Known { plans: stated.plans(), ..Known::new(deck, cells) };
        let finder = Finder { deck, known, stated: &stated, named, sentences, contexts };
        let find = |at: usize| finder.of_spoken(at).or_else(|| finder.of_said(at)).or_else(|| finder.of_stated(at));
        let found: Vec<Confirmed> = open.into_iter().filter_map(find).collect();
        if found.is_empty() {
            break;
        }
        bound.extend(found.iter().map(|confirmed| confirmed.at));
        found.into_iter().for_each(|confirmed| confirmed.apply(deck));
    }
    // `in June it stood at 1.91x`: of the quarter that ends then, as it would be had the words named it.
    settle::periods(deck, contexts, &|at| bound.contains(&at));
}

impl Confirmed {
    fn apply(self, deck: &mut Deck) {
        let Self { at, metric, segment, period, base, measure, because } = self;
        let evidence = format!("equals {} of {period}, {because}", deck.vocabulary.term(metric).label);
        let claim = &mut deck.claims[at];
        claim.metric = Some(metric);
        claim.segment = segment;
        claim.period = Some(period);
        claim.base = base;
        claim.measure = measure;
        claim.loose = true;
        claim.confidence = Confidence::Medium;
        claim.evidence.insert(0, evidence);
    }
}

fn is_open(deck: &Deck, claim: &Claim) -> bool {
    claim.metric.is_none_or(|id| !deck.vocabulary.term(id).is_named())
        && claim.cell.is_none()
        && claim.sentence.is_some()
        && claim.quantity.value.is_some()
}

/// What numbers are held against.
pub(super) struct Known<'a> {
    deck: &'a Deck,
    facts: Facts<'a>,
    cells: &'a Cells,
    /// The scenarios beside what happened: the source's, and for what no word names the tables' as well.
    plans: BTreeSet<String>,
}

impl<'a> Known<'a> {
    pub(super) fn new(deck: &'a Deck, cells: &'a Cells) -> Self {
        let scenarios = deck.source.facts.iter().map(|fact| &fact.scenario);
        let plans = scenarios.filter(|name| *name != scenario::ACTUAL).cloned().collect();
        Self { deck, facts: Facts::new(deck), cells, plans }
    }

    /// Whether a bound number is what it is said to be, on whatever base it may be.
    pub(super) fn confirms(&self, claim: &Claim) -> bool {
        let Some(period) = claim.period.filter(|_| significant(&claim.quantity) >= 2) else { return false };
        let with = |base| Claim { base, ..claim.clone() };
        bases(claim, period, &self.plans).into_iter().any(|base| self.states(&with(base)))
    }

    /// Whether the source, or else a table, has this very number.
    fn states(&self, with: &Claim) -> bool {
        let own = with.quantity.magnitude();
        let unit = with.metric.and_then(|id| self.deck.vocabulary.term(id).unit.as_ref());
        let alike = with.measure != Measure::Level || unit.is_none_or(|unit| own.unit.comparable(unit));
        let holds = |truth: &Truth| match truth.exact {
            Some(_) => truth.is_magnitude(&own),
            None => closed(&own).is_some_and(|own| own.meets(truth.interval) || own.meets(truth.interval.negated())),
        };
        if alike && self.facts.of(with).iter().any(holds) {
            return true;
        }
        let (Some(metric), Some(period), Measure::Level) = (with.metric, with.period, with.measure) else {
            return false;
        };
        let key = (metric, with.segment.clone(), time(self.deck, metric, period));
        significant(&own) >= 3
            && self.cells.get(&key).into_iter().flatten().any(|cell| cell.magnitude().agrees_with(&own))
    }
}

/// What finds the metrics of numbers that nothing names.
struct Finder<'a> {
    deck: &'a Deck,
    known: Known<'a>,
    stated: &'a Stated,
    named: &'a Named,
    sentences: &'a SentenceWords,
    contexts: &'a Contexts,
}

impl Finder<'_> {
    /// The one thing spoken of that has this very number.
    fn of_spoken(&self, at: usize) -> Option<Confirmed> {
        let claim = &self.deck.claims[at];
        let candidates = spoken_of(self.deck, at).into_iter().flat_map(|other| {
            let segment = claim.segment.clone().or_else(|| other.segment.clone());
            let metric = other.metric;
            periods(claim, other).into_iter().filter_map(move |period| Some((metric?, segment.clone(), period)))
        });
        // Numbers of one digit are of everything.
        self.only(at, candidates, 2, "which the words before speak of")
    }

    /// The one metric of the source whose name the sentence has at least in half, and that has this very number.
    fn of_said(&self, at: usize) -> Option<Confirmed> {
        let claim = &self.deck.claims[at];
        let (words, period) = (self.sentences.get(&(claim.document, claim.sentence?))?, claim.period?);
        let said = self.named.said(words);
        let whole = said.iter().any(|(_, whole)| *whole);
        let candidates = said.into_iter().filter(|(_, own)| *own == whole);
        let metrics = candidates.map(|(at, _)| (self.deck.vocabulary.of_source(at), claim.segment.clone(), period));
        let because = if whole { "which the sentence names" } else { "which the sentence names in part" };
        self.only(at, metrics, if whole { 2 } else { 3 }, because)
    }

    /// The one level of the source or a table that has these digits.
    fn of_stated(&self, at: usize) -> Option<Confirmed> {
        let claim = &self.deck.claims[at];
        // `78.4% of departures left on time`: what is told as a share may be the level of one.
        if !matches!(claim.measure, Measure::Level | Measure::Share) {
            return None;
        }
        let title = self.deck.documents[claim.document].heading_of(claim.block);
        let around = Around {
            words: self.sentences.get(&(claim.document, claim.sentence?))?,
            title: title.map(|flow| echo::content(flow.text())).unwrap_or_default(),
            place: self.contexts.period(claim.document, claim.block).map(|(period, ..)| period),
            bound: self.near(at).filter(|other| other.sentence == claim.sentence).collect(),
        };
        let (level, because) = match self.stated.level(self.deck, claim, &around) {
            Some(level) => (level, "which the words around it speak of"),
            None => (self.stated.slipped(self.deck, claim, &around)?, "but for a slip, and the sentence names it"),
        };
        Some(Confirmed {
            at,
            metric: level.metric,
            segment: level.segment.clone(),
            period: claim.period.unwrap_or(level.time),
            base: None,
            measure: Measure::Level,
            because,
        })
    }

    /// The claims around one in the same block, but for cells.
    fn near(&self, at: usize) -> impl Iterator<Item = &Claim> {
        let claims = &self.deck.claims;
        let own = &claims[at];
        let window = &claims[at.saturating_sub(NEAR)..(at + NEAR).min(claims.len())];
        window.iter().filter(|other| {
            other.document == own.document && other.block == own.block && other.cell.is_none() && other.metric.is_some()
        })
    }

    /// The one candidate that has the number of a claim, if it is written with enough digits to tell.
    fn only(
        &self,
        at: usize,
        candidates: impl Iterator<Item = (MetricId, Option<String>, Period)>,
        digits: usize,
        because: &'static str,
    ) -> Option<Confirmed> {
        let claim = &self.deck.claims[at];
        if significant(&claim.quantity) < digits || claim.measure == Measure::Share || claim.blocked {
            return None;
        }
        let mut found: Option<Confirmed> = None;
        for (metric, segment, period) in candidates {
            for base in bases(claim, period, &self.known.plans) {
                let with = Claim {
                    metric: Some(metric),
                    segment: segment.clone(),
                    period: Some(period),
                    base: base.clone(),
                    ..claim.clone()
                };
                if !self.known.states(&with) && !self.follows(&with) {
                    continue;
                }
                match &found {
                    Some(first) if first.metric != metric || first.segment != segment || first.base != base => {
                        return None;
                    }
                    Some(_) => {}
                    None => {
                        let (segment, measure) = (segment.clone(), claim.measure);
                        found = Some(Confirmed { at, metric, segment, period, base, measure, because });
                    }
                }
            }
        }
        found
    }

    /// Whether a movement or variance is that between two levels that are stated.
    fn follows(&self, with: &Claim) -> bool {
        let (Some(metric), Some(period), Some(base)) = (with.metric, with.period, &with.base) else { return false };
        let own_scenario = with.scenario_or_actual();
        let (now, (then, other)) = match (with.measure, base) {
            (Measure::Change | Measure::Growth, Base::Period(base)) => (own_scenario, (*base, own_scenario)),
            (Measure::Variance, Base::Scenario(base)) => (scenario::ACTUAL, (period, base.as_str())),
            _ => return false,
        };
        let level = |period, scenario| {
            let time = time(self.deck, metric, period);
            self.stated.at(metric, with.segment.as_deref(), time, scenario)
        };
        let own = with.quantity.magnitude();
        let Some(own_interval) = closed(&own) else { return false };
        let held = |now: &Quantity, base: &Quantity| {
            let moved = moved(now, base, &own.unit)?;
            Some(own_interval.meets(moved) || own_interval.meets(moved.negated()))
        };
        level(period, now).any(|now| level(then, other).any(|base| held(now, base) == Some(true)))
    }
}

/// What a number may be, where both ends are known.
fn closed(quantity: &Quantity) -> Option<Interval> {
    Some(Interval { low: quantity.low?, high: quantity.high? })
}

/// By what one level moved from another, in the unit that says so; none where that unit cannot.
fn moved(now: &Quantity, base: &Quantity, by: &Unit) -> Option<Interval> {
    let (from, to) = (closed(base)?, closed(now)?);
    if base.unit != now.unit {
        return None;
    }
    match (by, &now.unit) {
        (Unit::Percent, Unit::Percent) => None,
        (Unit::Percent, _) => to.growth_on(from),
        (Unit::Points, Unit::Percent) => to.minus(from),
        (by, unit) if by.comparable(unit) => to.minus(from),
        _ => None,
    }
}

/// The bound numbers of the sentence, else those of the sentences before it in the same block.
fn spoken_of(deck: &Deck, at: usize) -> Vec<&Claim> {
    let claim = &deck.claims[at];
    let bound = |other: &&Claim| {
        let named = other.metric.is_some_and(|id| deck.vocabulary.term(id).is_named());
        other.document == claim.document && other.block == claim.block && named && other.cell.is_none()
    };
    let window = &deck.claims[at.saturating_sub(NEAR)..(at + NEAR).min(deck.claims.len())];
    let own: Vec<&Claim> = window.iter().filter(bound).filter(|other| other.sentence == claim.sentence).collect();
    if !own.is_empty() {
        return own;
    }
    let before = deck.claims[at.saturating_sub(NEAR)..at].iter().rev().find(bound);
    before
        .filter(|other| other.sentence.zip(claim.sentence).is_some_and(|(a, b)| b - a.min(b) <= 1))
        .into_iter()
        .collect()
}

/// What a movement may be against: what it says, else what is usual.
fn bases(claim: &Claim, period: Period, plans: &BTreeSet<String>) -> Vec<Option<Base>> {
    if claim.base.is_some() {
        return vec![claim.base.clone()];
    }
    match claim.measure {
        Measure::Variance => plans.iter().map(|name| Some(Base::Scenario(name.clone()))).collect(),
        Measure::Change | Measure::Growth => {
            let mut bases = vec![period.year_before(), period.before()];
            bases.dedup();
            bases.into_iter().map(|base| Some(Base::Period(base))).collect()
        }
        _ => vec![None],
    }
}

/// The number's own time, else the usual ones to compare with.
fn periods(claim: &Claim, other: &Claim) -> Vec<Period> {
    match (claim.period, other.period) {
        (Some(own), _) => vec![own],
        (None, Some(now)) if claim.measure == Measure::Level => vec![now.year_before(), now.before(), now],
        _ => Vec::new(),
    }
}
