//! What a sentence says of a named metric without an amount: `Fee income was behind budget`, `energy costs are up on last year`.
//!
//! Enters: a bound deck and one of its texts. Leaves: the words that the metric's own levels contradict. Invariant: between the
//! metric's name, the word and what it is compared with stands nothing that could make them speak of something else, and both levels
//! are stated by the source or elsewhere in the deck.

mod cue;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::check::interval;
use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::document::Flow;
use crate::extract::{Mention, MentionKind};
use crate::finding::{Confidence, Related};
use crate::interval::Interval;
use crate::period::{Expression, Grain, Period, PeriodContext};
use crate::scenario;
use crate::source::Better;
use crate::span::Place;
use crate::vocabulary::{Found, MetricId, Name, may_be_bad};
use crate::words::{Word, is_determiner, words};

use super::Movements;
use cue::{Says, against_time, beside_plan, is_lead, is_light, is_link, is_reserved, is_tail};

/// Words of a metric that its levels contradict.
pub(crate) struct Told {
    pub(crate) words: Place,
    pub(crate) metric: MetricId,
    pub(crate) fact: String,
    pub(crate) confidence: Confidence,
    pub(crate) related: Vec<Related>,
}

/// What a word sets a level beside.
#[derive(Clone, Debug)]
enum Beside {
    Plan(&'static str),
    Time(Expression),
}

/// What a sentence speaks of, with the words of its name.
struct Subject {
    metric: MetricId,
    segment: Option<String>,
    name: Range<usize>,
}

/// The words of a text that say where a metric stands.
struct Saying {
    metric: MetricId,
    segment: Option<String>,
    cue: Range<usize>,
    says: Says,
    beside: Beside,
    /// Bytes of the comparison, from its word on.
    span: Range<usize>,
    /// Bytes of all that is said, from the metric's name to the amount of the difference.
    whole: Range<usize>,
}

/// Everything that a text says wrongly of named metrics.
pub(crate) fn contradicted(deck: &Deck, movements: &Movements<'_>, (document, block): (usize, usize)) -> Vec<Told> {
    let Some(text) = Text::new(deck, document, block) else { return Vec::new() };
    text.sayings().iter().filter_map(|saying| text.told(movements, saying)).collect()
}

/// Whether a sentence says a difference of its metric and of nothing else: `Fee income was £62k ahead of budget`, `missed budget by 5%`.
pub(crate) fn is_plainly_said(deck: &Deck, claim: &Claim) -> bool {
    let said = || {
        let text = Text::new(deck, claim.document, claim.block)?;
        let own = text.flow.range(claim.place.span)?;
        let sayings = text.sayings();
        let saying = sayings.iter().find(|saying| {
            Some(saying.metric) == claim.metric && saying.whole.start <= own.start && own.end <= saying.whole.end
        })?;
        let beside = match (&saying.beside, &claim.base) {
            (Beside::Plan(name), Some(Base::Scenario(base))) => base == name,
            (Beside::Time(_), Some(Base::Period(_))) => true,
            _ => false,
        };
        let segment = claim.segment.as_deref();
        let part = saying.segment.as_deref() != segment || text.names_another_part(&saying.whole, segment);
        Some(beside && !part && !text.is_headed_by_a_part(segment))
    };
    said().unwrap_or(false)
}

/// A text with what is known of it.
struct Text<'a> {
    deck: &'a Deck,
    flow: &'a Flow,
    words: Vec<Word>,
    /// The names of metrics and segments.
    found: Vec<Found>,
    mentions: &'a [Mention],
    claims: Vec<(Range<usize>, &'a Claim)>,
    at: (usize, usize),
}

impl<'a> Text<'a> {
    fn new(deck: &'a Deck, document: usize, block: usize) -> Option<Self> {
        let flow = deck.documents.get(document)?.blocks.get(block)?.flow()?;
        let mentions = deck.mentions.get(document)?.get(block)?;
        let words = words(flow.text());
        let compares = |word: &Word| beside_plan(&word.stem).is_some() || against_time(&word.stem).is_some();
        if !words.iter().any(compares) {
            return None;
        }
        let whole = flow.whole();
        let first = deck.claims.partition_point(|claim| (claim.document, claim.place.span) < (document, whole));
        let inside = |claim: &&Claim| claim.document == document && claim.place.span.start < whole.end;
        let claims = deck.claims[first..].iter().take_while(inside).filter(|claim| claim.block == block);
        let claims = claims.filter_map(|claim| Some((flow.range(claim.place.span)?, claim))).collect();
        let found = deck.vocabulary.find(&words);
        Some(Self { deck, flow, words, found, mentions, claims, at: (document, block) })
    }

    fn stem(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.stem.as_str())
    }

    /// What stands between a word and the one before it; all that begins or ends the text.
    fn gap(&self, at: usize) -> &str {
        let end = at.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.range.end);
        let start = self.words.get(at).map_or(self.flow.text().len(), |word| word.range.start);
        self.flow.text().get(end..start).unwrap_or_default()
    }

    fn ends_clause(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at >= self.words.len()
            || gap.contains([';', ':', '(', ')', '\n', '–', '—', '!', '?'])
            || gap.starts_with('.') && !gap.trim_start_matches('.').is_empty()
    }

    /// The mention that a word belongs to.
    fn mention(&self, at: usize) -> Option<&'a Mention> {
        let word = self.words.get(at)?;
        let nth = self.mentions.partition_point(|mention| mention.range.end <= word.range.start);
        self.mentions.get(nth).filter(|mention| mention.range.start <= word.range.start)
    }

    fn period(&self, at: usize) -> Option<&'a Expression> {
        match &self.mention(at)?.kind {
            MentionKind::Period(expression, _) => Some(expression),
            _ => None,
        }
    }

    fn is_number(&self, at: usize) -> bool {
        self.mention(at).is_some_and(|mention| matches!(mention.kind, MentionKind::Quantity(_)))
    }

    /// The words of the sentence that a word stands in.
    fn sentence(&self, at: usize) -> Range<usize> {
        let ends = |at: &usize| {
            let gap = self.gap(*at);
            gap.contains(['\n', ';']) || gap.starts_with(['.', '!', '?']) && gap.contains(char::is_whitespace)
        };
        let first = (1..=at).rev().find(ends).unwrap_or(0);
        first..(at + 1..self.words.len()).find(ends).unwrap_or(self.words.len())
    }

    /// Everything that the text says of named metrics beside plans and other times.
    fn sayings(&self) -> Vec<Saying> {
        let subjects = (0..self.found.len()).filter_map(|nth| self.subject(nth));
        subjects.filter_map(|subject| self.saying(subject)).collect()
    }

    /// What a name makes a subject of: a metric, one of a part (`Off-trade revenue`), or a part alone of the only metric that is
    /// stated for it, where its sentence names no metric.
    fn subject(&self, nth: usize) -> Option<Subject> {
        let own = self.found.get(nth)?;
        match &own.name {
            Name::Metric(metric) => {
                let part = nth.checked_sub(1).and_then(|before| self.found.get(before));
                let part = part.filter(|part| part.words.end == own.words.start).and_then(|part| match &part.name {
                    Name::Segment(name) => Some((part.words.start, name.clone())),
                    _ => None,
                });
                let (start, segment) = part.map_or((own.words.start, None), |(start, name)| (start, Some(name)));
                Some(Subject { metric: *metric, segment, name: start..own.words.end })
            }
            Name::Segment(segment) => {
                let [metric] = self.deck.vocabulary.with_part(segment) else { return None };
                let sentence = self.sentence(own.words.start);
                let from = self.found.partition_point(|other| other.words.start < sentence.start);
                let within = self.found[from..].iter().take_while(|other| other.words.start < sentence.end);
                let metrics = within.into_iter().any(|other| matches!(other.name, Name::Metric(_)));
                let subject = Subject { metric: *metric, segment: Some(segment.clone()), name: own.words.clone() };
                (!metrics).then_some(subject)
            }
            Name::Nothing => None,
        }
    }

    /// What is said of a metric behind its name, where its sentence speaks of nothing else.
    fn saying(&self, Subject { metric, segment, name }: Subject) -> Option<Saying> {
        let sentence = self.sentence(name.start);
        if !self.leads(metric, sentence.start, name.start) {
            return None;
        }
        let own = |at: usize| self.is_number(at) || self.period(at).is_some() || is_light(self.stem(at));
        let mut cue = name.end;
        while cue < sentence.end && own(cue) && !self.ends_clause(cue) {
            cue += 1;
        }
        if cue >= sentence.end || self.ends_clause(cue) {
            return None;
        }
        let mut other = cue + 1;
        while other < sentence.end && (is_link(self.stem(other)) || self.is_number(other)) && !self.ends_clause(other) {
            other += 1;
        }
        if other >= sentence.end || self.ends_clause(other) || self.gap(other).contains(',') {
            return None;
        }
        let stem = self.stem(cue);
        let range = self.words.get(other)?.range.clone();
        let planned = self.flow.text().get(range).map(scenario::scan).unwrap_or_default();
        let named = planned.first().map(|(_, name)| *name).filter(|name| *name != scenario::ACTUAL);
        let linked = other > cue + 1;
        let (beside, says, last) = match (named, self.period(other)) {
            (Some(name), _) => (Beside::Plan(name), beside_plan(stem)?, other),
            // `rose year on year` needs no link.
            (None, Some(expression)) if linked || matches!(expression, Expression::Against(_)) => {
                let end = self.mention(other)?.range.end;
                let last = self.words.partition_point(|word| word.range.start < end).checked_sub(1)?;
                (Beside::Time(expression.clone()), against_time(stem)?, last)
            }
            _ => return None,
        };
        let tail = is_tail(self.stem(last + 1)) || self.stem(last + 1) == "of" && self.is_number(last + 2);
        let ended = last + 1 >= sentence.end || self.ends_clause(last + 1) || self.gap(last + 1).contains(',');
        // `for the third month running`, and not `running ahead of budget`.
        let runs = |at: usize| self.stem(at) == "running" && is_light(self.stem(at.wrapping_sub(1))) && at + 1 != cue;
        let reserved = sentence.clone().any(|at| is_reserved(self.stem(at)) || runs(at));
        let bytes = |from: usize, to: usize| Some(self.words.get(from)?.range.start..self.words.get(to)?.range.end);
        let by = (self.stem(last + 1) == "by").then(|| self.mention(last + 2)).flatten();
        let span = bytes(cue, last)?;
        let end = by.map_or(span.end, |by| by.range.end);
        let whole = self.words.get(name.start)?.range.start..end;
        let saying = Saying { metric, segment, cue: bytes(cue, cue)?, says, beside, span, whole };
        ((tail || ended) && !reserved).then_some(saying)
    }

    /// Whether a metric's name begins what its sentence, or a clause of it, says.
    fn leads(&self, metric: MetricId, first: usize, name: usize) -> bool {
        let counted = |at: usize| {
            let own = |(range, claim): &(Range<usize>, &Claim)| {
                self.words.get(at).is_some_and(|word| range.contains(&word.range.start)) && claim.metric == Some(metric)
            };
            self.is_number(at) && self.claims.iter().any(own)
        };
        let clause =
            (first + 1..=name).rev().find(|&at| matches!(self.stem(at - 1), "but" | "while" | "whereas" | "and"));
        let plain = |at: usize| {
            self.period(at).is_some() || counted(at) || is_determiner(self.stem(at)) || is_lead(self.stem(at))
        };
        // `In retail, costs were over budget and revenue was behind it`: what opens a sentence may be said of all of it.
        let opened = matches!(self.stem(first), "in" | "at" | "for" | "across" | "within" | "on" | "among")
            && self.period(first).is_none();
        let own = clause.is_none() || !opened || plain(first + 1);
        // `Fee and grant income were ahead`: two are one subject.
        let joined = clause.is_some_and(|at| (first..at - 1).all(plain_noun(self)));
        own && !joined && (clause.unwrap_or(first)..name).all(plain)
    }

    /// Whether the levels of a metric contradict what is said of it.
    fn told(&self, movements: &Movements<'_>, saying: &Saying) -> Option<Told> {
        let sentence =
            self.bytes_of(self.sentence(self.words.partition_point(|word| word.range.end <= saying.cue.start)))?;
        let level = |claim: &Claim| {
            claim.metric == Some(saying.metric)
                && claim.measure == Measure::Level
                && !planned(claim)
                && claim.period.is_some()
        };
        let stated = self.claims.iter().filter(|(range, _)| sentence.contains(&range.start));
        let stated = stated
            .filter(|(range, claim)| range.end <= saying.cue.start && level(claim))
            .map(|(_, claim)| *claim)
            .min_by_key(|claim| claim.place.span.start.abs_diff(self.flow.span(saying.cue.clone()).start));
        let now = match stated {
            Some(claim) => claim.period?,
            None => self.time(saying, &sentence)?,
        };
        let segment = saying.segment.clone().or_else(|| stated.and_then(|claim| claim.segment.clone()));
        // `Parking revenue rose, as did retail`: a part that is the subject is what is spoken of, whatever else is named behind it.
        let said = if saying.segment.is_some() { &saying.whole } else { &sentence };
        if self.names_another_part(said, segment.as_deref()) || self.is_headed_by_a_part(segment.as_deref()) {
            return None;
        }
        let (then, plan) = match &saying.beside {
            Beside::Plan(name) => (now, *name),
            Beside::Time(expression) => (self.earlier(expression, now)?, scenario::ACTUAL),
        };
        let (a, places) = movements.level_of(saying.metric, now, scenario::ACTUAL, segment.as_deref())?;
        let (b, others) = movements.level_of(saying.metric, then, plan, segment.as_deref())?;
        // A number that is itself in doubt is its own finding.
        if stated.and_then(|claim| interval(&claim.quantity)).is_some_and(|own| !own.meets(a)) {
            return None;
        }
        let up = self.upward(saying, a, b)?;
        let against = if up { a.high < b.low } else { a.low > b.high };
        against.then(|| {
            let defined = self.deck.vocabulary.term(saying.metric).source.is_some() && stated.is_some();
            let shown = |level: Interval| level.middle().map(|value| value.normalize().to_string()).unwrap_or_default();
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

    fn bytes_of(&self, words: Range<usize>) -> Option<Range<usize>> {
        Some(self.words.get(words.start)?.range.start..self.words.get(words.end.checked_sub(1)?)?.range.end)
    }

    /// The time of a sentence that states no level: the one that it names before the comparison or right behind it, else that of its
    /// title.
    fn time(&self, saying: &Saying, sentence: &Range<usize>) -> Option<Period> {
        let titled = self.deck.times.get(self.at.0)?.get(self.at.1).copied().flatten()?;
        let context = PeriodContext { calendar: self.deck.calendar, reporting: Some(titled) };
        let named = self.mentions.iter().filter_map(|mention| match &mention.kind {
            MentionKind::Period(expression, _) => Some((&mention.range, expression)),
            _ => None,
        });
        let mut other =
            named.filter(|(range, _)| sentence.contains(&range.start) && !saying.span.contains(&range.start));
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
        let money = matches!(term.unit, Some(crate::quantity::Unit::Currency(_))) && !may_be_bad(&term.label);
        let good = term.polarity().or(money.then_some(Better::Up));
        let plain = a.low >= Decimal::ZERO && b.low >= Decimal::ZERO;
        match saying.says {
            Says::Up => plain.then_some(true),
            Says::Down => plain.then_some(false),
            // What should be low may be ahead of its plan either way.
            Says::Ahead => (good? == Better::Up).then_some(true),
            Says::Behind => (good? == Better::Up).then_some(false),
            Says::Better => (plain || good? == Better::Up).then_some(good? == Better::Up),
            Says::Worse => (plain || good? == Better::Up).then_some(good? == Better::Down),
        }
    }

    /// Whether a stretch of text names a part of something that is not the segment.
    fn names_another_part(&self, stretch: &Range<usize>, segment: Option<&str>) -> bool {
        let other = |name: &Name| matches!(name, Name::Segment(name) if Some(name.as_str()) != segment);
        let from = self.found.partition_point(|found| found.range.start < stretch.start);
        let within = self.found[from..].iter().take_while(|found| found.range.start < stretch.end);
        within.into_iter().any(|found| other(&found.name))
    }

    /// Whether a heading above the text names a part that is not the segment.
    fn is_headed_by_a_part(&self, segment: Option<&str>) -> bool {
        let blocks = &self.deck.documents[self.at.0].blocks;
        let mut heading = blocks.get(self.at.1).and_then(|block| block.heading);
        while let Some(at) = heading {
            let said = blocks.get(at).and_then(|block| block.flow()).map(|flow| words(flow.text())).unwrap_or_default();
            let named = self.deck.vocabulary.find(&said);
            if named.iter().any(|found| matches!(&found.name, Name::Segment(name) if Some(name.as_str()) != segment)) {
                return true;
            }
            heading = blocks.get(at).and_then(|block| block.heading).filter(|up| *up < at);
        }
        false
    }
}

fn planned(claim: &Claim) -> bool {
    claim.scenario.as_deref() != Some(scenario::ACTUAL)
}

/// Whether only nouns stand there: nothing that is said of anything.
fn plain_noun<'t>(text: &'t Text<'_>) -> impl Fn(usize) -> bool + 't {
    move |at| !is_light(text.stem(at)) && !text.is_number(at) && !text.gap(at).contains(',')
}
