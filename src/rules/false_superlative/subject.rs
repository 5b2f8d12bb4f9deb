//! What a boast is about: the metric, part and period whose series it is held against.
//!
//! Enters: a bound deck and a boast in one of its texts. Leaves: a [`Subject`], or none. Invariant: where two metrics could be meant,
//! neither is.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::interval;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::document::Flow;
use crate::extract::MentionKind;
use crate::finding::Confidence;
use crate::movement::Movements;
use crate::period::{Expression, Period, PeriodContext};
use crate::quantity::Qualifier;
use crate::scenario;
use crate::stops;
use crate::vocabulary::{Found, MetricId, Name};
use crate::words::{Word, is_determiner, stems, words};

use super::boast::Boast;

/// What a boast is about.
#[derive(Clone, Debug)]
pub(super) struct Subject<'a> {
    pub(super) metric: MetricId,
    pub(super) segment: Option<String>,
    pub(super) period: Period,
    /// The claim that states it, where one does.
    pub(super) claim: Option<&'a Claim>,
    /// Whether it is called a loss, which is told by its size.
    pub(super) loss: bool,
    pub(super) confidence: Confidence,
}

/// `European revenue`, `Nordic orders`: whether a word before a name makes it that of a place.
fn is_narrowed(text: &str, found: &[Found], metric: MetricId) -> bool {
    let named = found.iter().filter(|found| matches!(found.name, Name::Metric(id) if id == metric));
    named.into_iter().any(|found| {
        let head = text.get(..found.range.start).unwrap_or_default().trim_end();
        let word = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let place = ["ean", "ian", "can", "ese", "ish", "ern", "dic"].iter().any(|end| word.ends_with(end));
        place && word.starts_with(char::is_uppercase)
    })
}

/// Claims on either side of a boast that are looked at.
const NEAR: usize = 48;

/// Claims of a document that tell what it reports on, at most.
const TELLING: usize = 512;

/// A text of the deck with its claims.
pub(super) struct Passage<'a> {
    deck: &'a Deck,
    flow: &'a Flow,
    document: usize,
    block: usize,
    slide: usize,
    /// The claims of the text, with their bytes in it.
    claims: Vec<(Range<usize>, &'a Claim)>,
}

impl<'a> Passage<'a> {
    pub(super) fn new(deck: &'a Deck, flow: &'a Flow, (document, block): (usize, usize), slide: usize) -> Self {
        let whole = flow.whole();
        let first = deck.claims.partition_point(|claim| (claim.document, claim.place.span) < (document, whole));
        let inside = |claim: &&Claim| claim.document == document && claim.place.span.start < whole.end;
        let claims = deck.claims[first..].iter().take_while(inside).filter(|claim| claim.block == block);
        let claims = claims.filter_map(|claim| Some((flow.range(claim.place.span)?, claim))).collect();
        Self { deck, flow, document, block, slide, claims }
    }

    /// What a boast is about. The period that it reaches back to is no number's own.
    pub(super) fn subject(&self, boast: &Boast) -> Option<Subject<'a>> {
        if self.is_left_behind(boast) {
            return None;
        }
        let mut subject = self.stated(boast)?;
        if subject.claim.is_none() && self.is_of_another_time(boast, subject.period) {
            return None;
        }
        let before = self.flow.text().get(self.sentence(&boast.range).start..boast.range.start).unwrap_or_default();
        subject.loss = stems(before).iter().any(|stem| matches!(stem.as_str(), "loss" | "deficit"));
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(subject.period) };
        if boast.since().is_some_and(|since| since.resolve(&context) == Some(subject.period)) {
            subject.period = self.period(subject.claim)?;
        }
        Some(subject)
    }

    /// `fell to £37.6m, after a record £39.0m`, `After a record year in 2024, …`: what the sentence moved on from.
    fn is_left_behind(&self, boast: &Boast) -> bool {
        let sentence = self.sentence(&boast.range);
        let head = self.flow.text().get(sentence.start..boast.range.start).unwrap_or_default();
        let said = words(head);
        let last = said.iter().rev().find(|word| !is_determiner(&word.stem));
        last.is_some_and(|word| matches!(word.stem.as_str(), "after" | "following"))
    }

    /// `Sales in September were the highest of the three months`, in October: a time before the boast that is not the report's.
    fn is_of_another_time(&self, boast: &Boast, period: Period) -> bool {
        let sentence = self.sentence(&boast.range);
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(period) };
        let mentions = self.deck.mentions.get(self.document).and_then(|blocks| blocks.get(self.block));
        mentions.into_iter().flatten().any(|mention| match &mention.kind {
            MentionKind::Period(expression, _) if !matches!(expression, Expression::Against(_)) => {
                let within = sentence.start <= mention.range.start && mention.range.end <= boast.range.start;
                let time = expression.resolve(&context);
                within
                    && time.is_some_and(|time| time.moment(&self.deck.calendar) != period.moment(&self.deck.calendar))
            }
            _ => false,
        })
    }

    fn stated(&self, boast: &Boast) -> Option<Subject<'a>> {
        let planned = boast.is_beside_a_plan();
        let boast = &boast.range;
        let sentence = self.sentence(boast);
        let (claim, named) = (self.nearest(&sentence, boast), self.named(&sentence, boast, planned));
        match (claim, named) {
            // What running text calls it has no series of its own.
            (Some(claim), Some(metric))
                if !self.has_series(metric) && claim.metric.is_some_and(|id| self.has_series(id)) =>
            {
                of(claim, Confidence::Medium)
            }
            (Some(claim), Some(metric)) if claim.metric != Some(metric) => {
                // `revenue of £5m and a margin that was the highest since FY21`: the nearer name is meant.
                let stated = self.bound(&sentence, boast).find(|claim| claim.metric == Some(metric));
                stated
                    .map_or_else(|| self.unstated(metric, claim.period, &sentence), |claim| of(claim, Confidence::High))
            }
            (Some(claim), _) => of(claim, Confidence::High),
            (None, Some(metric)) => self.unstated(metric, self.period(None), &sentence),
            (None, None) => self
                .pronoun(&sentence)
                .or_else(|| self.part(&sentence, boast))
                .or_else(|| self.shown(&sentence, boast))
                .or_else(|| self.on_the_slide(&sentence, boast)),
        }
    }

    /// Whether a source or a table states a metric.
    fn has_series(&self, metric: MetricId) -> bool {
        let term = self.deck.vocabulary.term(metric);
        term.source.is_some() || term.tabled
    }

    /// `North grew for the third consecutive quarter`: the only metric that is stated for a part which begins its sentence.
    fn part(&self, sentence: &Range<usize>, boast: &Range<usize>) -> Option<Subject<'a>> {
        let text = self.flow.text().get(sentence.start..boast.start)?;
        let found = self.deck.vocabulary.find(&words(text));
        let [only] = found.as_slice() else { return None };
        let Name::Segment(segment) = &only.name else { return None };
        let [metric] = self.deck.vocabulary.with_part(segment) else { return None };
        let plain = words(text.get(only.range.end..)?).iter().all(|word| is_leading(&word.stem));
        let opens = words(text.get(..only.range.start)?).iter().all(|word| is_determiner(&word.stem));
        let alone = self.within(sentence).is_empty() && opens && plain;
        alone.then(|| self.unstated(*metric, self.period(None), sentence))?
    }

    /// What the slide shows in a table or chart under a label whose words are all in the sentence, with the sentence's own number:
    /// `Arrears over 30 days fell to 3.1%` beside a chart of `Arrears 30+ days`.
    fn shown(&self, sentence: &Range<usize>, boast: &Range<usize>) -> Option<Subject<'a>> {
        let before = self.within(sentence).iter().rev().filter(|(range, _)| range.end <= boast.start);
        let (_, stated) =
            before.clone().find(|(_, claim)| claim.measure == Measure::Level && claim.metric.is_none())?;
        let said = stems(self.flow.text().get(sentence.clone())?);
        let named = |claim: &&Claim| {
            let value = claim.quantity.value == stated.quantity.value && claim.measure == Measure::Level;
            value
                && claim.cell.is_some()
                && is_bound(claim)
                && claim.metric.is_some_and(|id| {
                    let label = stems(&self.deck.vocabulary.term(id).label);
                    let word = |stem: &String| stem.starts_with(char::is_alphanumeric);
                    label.iter().filter(|stem| word(stem)).all(|stem| said.contains(stem)) && label.iter().any(word)
                })
        };
        self.only(self.beside().filter(named).collect())
    }

    /// `The third consecutive quarter of expansion` under a chart, `Profit has risen in each of the last four halves` under one of profit
    /// before tax: the only series that the slide shows, where no word before the boast is of anything else.
    fn on_the_slide(&self, sentence: &Range<usize>, boast: &Range<usize>) -> Option<Subject<'a>> {
        let mut grids: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
        for (grid, claim) in self.beside().filter_map(|claim| Some((claim.cell?.0, claim))) {
            grids.entry(grid).or_default().push(claim);
        }
        let series = |cells: Vec<&'a Claim>| {
            let known = cells.iter().all(|claim| is_bound(claim) && claim.measure == Measure::Level);
            let apart = cells.iter().any(|claim| claim.period != cells[0].period);
            (known && apart).then(|| self.only(cells))?
        };
        let mut shown = grids.into_values().filter_map(series);
        let subject = shown.next().filter(|_| shown.next().is_none())?;
        let label = stems(&self.deck.vocabulary.term(subject.metric).label);
        let own = |word: &Word| is_leading(&word.stem) || label.contains(&word.stem);
        let before = self.flow.text().get(sentence.start..boast.start)?;
        words(before).iter().all(own).then_some(subject)
    }

    /// The claims of the slide around the text.
    fn beside(&self) -> impl Iterator<Item = &'a Claim> {
        let claims = &self.deck.claims;
        let slide = |claim: &&Claim| (claim.document, claim.slide) == (self.document, self.slide);
        let own =
            claims.partition_point(|claim| (claim.document, claim.place.span) < (self.document, self.flow.whole()));
        let behind = claims[own..].iter().take_while(slide).take(TELLING);
        behind.chain(claims[..own].iter().rev().take_while(slide).take(TELLING))
    }

    /// The one series that claims are of, at its latest.
    fn only(&self, mut found: Vec<&'a Claim>) -> Option<Subject<'a>> {
        found.sort_by_key(|claim| claim.period.map(|period| period.bounds(&self.deck.calendar).1));
        let last = found.last()?;
        let one = found.iter().all(|claim| (claim.metric, &claim.segment) == (last.metric, &last.segment));
        of(last, Confidence::Medium).filter(|_| one).map(|subject| Subject { claim: None, ..subject })
    }

    /// Whether the number that goes with a boast is not the subject's own level: `eased for the fourth quarter in a row to 0.77%` is not
    /// said of loans in dollars, nor `a new high of €122.7m` of a part that has €58.3m.
    pub(super) fn denies(&self, boast: &Boast, subject: &Subject<'_>, movements: &Movements<'_>) -> bool {
        let link = |word: &Word| matches!(word.stem.as_str(), "of" | "to" | "at" | "and" | "now" | "stand");
        let behind = || {
            let next = self.claims.partition_point(|(range, _)| range.start < boast.range.end);
            let (range, claim) = self.claims.get(next)?;
            let gap = self.flow.text().get(boast.range.end..range.start)?;
            let plain = !gap.contains([',', ';', '(', '–', '—']) && !stops::parts(gap) && !gap.trim().is_empty();
            (plain && words(gap).iter().all(link)).then_some(*claim)
        };
        let exact = |claim: &&Claim| claim.quantity.qualifier == Qualifier::Exact && !claim.quantity.in_words;
        let Some(claim) = subject.claim.or_else(behind).filter(exact) else { return false };
        let term = self.deck.vocabulary.term(subject.metric);
        if term.unit.as_ref().is_some_and(|unit| !unit.comparable(&claim.quantity.unit)) {
            return subject.claim.is_none();
        }
        let own = (claim.measure == Measure::Level).then(|| interval(&claim.quantity)).flatten();
        let level = movements.level_of(subject.metric, subject.period, scenario::ACTUAL, subject.segment.as_deref());
        own.zip(level).is_some_and(|(own, (level, _))| !own.meets(level))
    }

    /// Whether words name the metric of a subject.
    pub(super) fn names(&self, range: &Range<usize>, metric: MetricId) -> bool {
        let found = self.flow.text().get(range.clone()).map(|text| self.deck.vocabulary.find(&words(text)));
        found.unwrap_or_default().iter().any(|found| found.name == Name::Metric(metric))
    }

    /// The sentence around the bytes, as far as sentences go.
    pub(super) fn sentence(&self, around: &Range<usize>) -> Range<usize> {
        stops::around(self.flow.text(), around)
    }

    /// The claims within a stretch, in order.
    fn within(&self, stretch: &Range<usize>) -> &[(Range<usize>, &'a Claim)] {
        let first = self.claims.partition_point(|(range, _)| range.start < stretch.start);
        let last = self.claims.partition_point(|(range, _)| range.start < stretch.end);
        self.claims.get(first..last.max(first)).unwrap_or_default()
    }

    /// The last number of the sentence before a boast: the threshold of `passed £5m for the first time`.
    pub(super) fn last_number(&self, boast: &Range<usize>) -> Option<&'a Claim> {
        let sentence = self.sentence(boast);
        self.within(&sentence).iter().rev().find(|(range, _)| range.end <= boast.start).map(|(_, claim)| *claim)
    }

    /// The claims of a stretch that a boast can be about, the nearest before it first, then those after it.
    fn bound(&self, stretch: &Range<usize>, boast: &Range<usize>) -> impl Iterator<Item = &'a Claim> {
        let all = || self.within(stretch).iter().filter(|(_, claim)| is_bound(claim));
        let before = all().filter(|(range, _)| range.end <= boast.start).rev().take(NEAR);
        let after = all().filter(|(range, _)| range.start >= boast.end).take(NEAR);
        before.chain(after).map(|(_, claim)| *claim).collect::<Vec<_>>().into_iter()
    }

    /// The nearest claim: of several levels on one side the latest in time, for the others are what it is compared with.
    fn nearest(&self, sentence: &Range<usize>, boast: &Range<usize>) -> Option<&'a Claim> {
        let first = self.bound(sentence, boast).next()?;
        let calendar = &self.deck.calendar;
        let end = |claim: &Claim| claim.period.map(|period| period.bounds(calendar).1);
        let same = |claim: &&Claim| claim.metric == first.metric && claim.segment == first.segment;
        self.bound(sentence, boast).filter(same).max_by_key(|claim| (end(claim), claim.place == first.place))
    }

    /// The metric that is named in the boast, or last before it in its sentence; after it only where no other is. What money was made
    /// with is not what is beside its plan: `£1.8m from 14 homes, below budget for the third quarter running`.
    fn named(&self, sentence: &Range<usize>, boast: &Range<usize>, planned: bool) -> Option<MetricId> {
        let text = self.flow.text().get(sentence.clone())?;
        let counted =
            |at: usize| text.get(..at).is_some_and(|head| head.trim_end().ends_with(|c: char| c.is_ascii_digit()));
        let found = self.deck.vocabulary.find(&words(text));
        // `yield per member`: what it is counted by.
        let by = |at: usize| text.get(..at).is_some_and(|head| head.trim_end().ends_with(" per"));
        let found = found.into_iter().filter(|found| !(by(found.range.start) || planned && counted(found.range.start)));
        let metrics = found.filter_map(|found| match found.name {
            Name::Metric(id) => Some((id, sentence.start + found.range.start)),
            _ => None,
        });
        let metrics: Vec<(MetricId, usize)> = metrics.collect();
        let before = metrics.iter().rev().find(|(_, at)| *at < boast.end).map(|(id, _)| *id);
        let only = || metrics.first().map(|(id, _)| *id).filter(|first| metrics.iter().all(|(id, _)| id == first));
        before.or_else(only)
    }

    /// A metric that the sentence names without a number of it.
    fn unstated(&self, metric: MetricId, period: Option<Period>, sentence: &Range<usize>) -> Option<Subject<'a>> {
        let text = self.flow.text().get(sentence.clone())?;
        if is_narrowed(text, &self.deck.vocabulary.find(&words(text)), metric) {
            return None;
        }
        let mut segments = self.deck.vocabulary.find(&words(text)).into_iter().filter_map(|found| match found.name {
            Name::Segment(segment) => Some(segment),
            _ => None,
        });
        let segment = segments.next();
        let one = segments.all(|other| Some(&other) == segment.as_ref());
        one.then_some(Subject {
            metric,
            segment,
            period: period?,
            claim: None,
            loss: false,
            confidence: Confidence::Medium,
        })
    }

    /// `412 patients waited. That is the lowest figure of the year`: what the sentence before is about first.
    fn pronoun(&self, sentence: &Range<usize>) -> Option<Subject<'a>> {
        let own = self.flow.text().get(sentence.clone())?;
        let first = words(own).into_iter().next()?.stem;
        if !matches!(first.as_str(), "that" | "this" | "it" | "both" | "which") || sentence.start == 0 {
            return None;
        }
        let end = sentence.start.checked_sub(1)?;
        let before = self.sentence(&(end..end));
        self.within(&before)
            .iter()
            .find(|(_, claim)| is_bound(claim))
            .and_then(|(_, claim)| of(claim, Confidence::Medium))
    }

    /// The period that the text around is about: that of most of its levels but one, else the one of its title or document, else of most
    /// of the document's levels.
    fn period(&self, but: Option<&Claim>) -> Option<Period> {
        let other = |claim: &&Claim| but.is_none_or(|but| but.place != claim.place);
        let own = self.claims.iter().take(TELLING).map(|(_, claim)| *claim).filter(other);
        let titled = || self.deck.times.get(self.document)?.get(self.block).copied().flatten();
        let whole = || {
            let first = self.deck.claims.partition_point(|claim| claim.document < self.document);
            let document = self.document;
            let inside = move |claim: &&Claim| claim.document == document;
            most_common(self.deck.claims[first..].iter().take_while(inside).take(TELLING).filter(other))
        };
        most_common(own).or_else(titled).or_else(whole)
    }
}

/// Words before a boast that name nothing: `this is the`, `has now risen in`.
fn is_leading(stem: &str) -> bool {
    const PLAIN: &[&str] = &[
        "is", "was", "it", "has", "have", "had", "been", "now", "again", "in", "for", "that", "mark", "marked",
        "which", "and",
    ];
    is_determiner(stem) || PLAIN.contains(&stem) || super::boast::moves(stem).is_some()
}

fn is_bound(claim: &Claim) -> bool {
    let actual = claim.is_actual();
    claim.metric.is_some() && claim.period.is_some() && claim.confidence > Confidence::Low && actual
}

fn of(claim: &Claim, most: Confidence) -> Option<Subject<'_>> {
    let confidence = claim.confidence.min(most);
    let (metric, period) = (claim.metric?, claim.period?);
    Some(Subject { metric, segment: claim.segment.clone(), period, claim: Some(claim), loss: false, confidence })
}

/// The period of most levels in running text.
fn most_common<'a>(claims: impl Iterator<Item = &'a Claim>) -> Option<Period> {
    let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
    let levels = claims.filter(|claim| claim.cell.is_none() && claim.measure == Measure::Level && is_bound(claim));
    levels.filter_map(|claim| claim.period).for_each(|period| *counts.entry(period).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(period, _)| period)
}
