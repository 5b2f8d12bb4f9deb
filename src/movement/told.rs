//! What a sentence says of a named metric without an amount: `Fee income was behind budget`, `energy costs are up on last year`.
//!
//! Enters: a bound deck and one of its texts. Leaves: the words that the metric's own levels contradict. Invariant: between the
//! metric's name, the word and what it is compared with stands nothing that could make them speak of something else, and both levels
//! are stated by the source or elsewhere in the deck.

mod cue;
mod judged;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::claim::{Base, Claim};
use crate::deck::Deck;
use crate::document::Flow;
use crate::extract::{Mention, MentionKind};
use crate::finding::{Confidence, Related};
use crate::period::Expression;
use crate::scenario;
use crate::span::Place;
use crate::stops;
use crate::vocabulary::{Found, MetricId, Name};
use crate::words::{Word, is_determiner, words};

use super::Movements;
use cue::{
    Says, against_time, beside_plan, is_lead, is_light, is_link, is_manner, is_moving, is_reason, is_reserved, is_tail,
};

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
    /// `Leakage rose again`: of which nobody says on what.
    Open,
    /// `fell in Q2`: when it moved, from what was before.
    Within(Expression),
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
    /// Where the first word that is said of the metric begins: what follows it is no level of the metric's own time.
    first: usize,
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

/// What plain sentences say of claims, asked in reading order: the text of the last question is kept for the next.
pub(crate) struct Plainly<'a> {
    deck: &'a Deck,
    at: Option<(usize, usize)>,
    text: Option<(Text<'a>, Vec<Saying>)>,
}

impl<'a> Plainly<'a> {
    pub(crate) fn new(deck: &'a Deck) -> Self {
        Self { deck, at: None, text: None }
    }

    /// Whether a sentence says a difference of its metric and of nothing else: `Fee income was £62k ahead of budget`, `missed budget by
    /// 5%`.
    pub(crate) fn says(&mut self, claim: &Claim) -> bool {
        let at = (claim.document, claim.block);
        if self.at != Some(at) {
            self.at = Some(at);
            self.text = Text::new(self.deck, at.0, at.1).map(|text| {
                let sayings = text.sayings();
                (text, sayings)
            });
        }
        self.text.as_ref().and_then(|(text, sayings)| text.says_plainly(sayings, claim)).unwrap_or(false)
    }
}

impl Text<'_> {
    /// Whether one of the text's sayings, in reading order, is of the claim and of nothing else.
    fn says_plainly(&self, sayings: &[Saying], claim: &Claim) -> Option<bool> {
        let own = self.flow.range(claim.place.span)?;
        let sentence = self.bytes_of(self.sentence(self.words.partition_point(|word| word.range.end <= own.start)))?;
        let first = sayings.partition_point(|saying| saying.whole.start < sentence.start);
        let saying = sayings[first..]
            .iter()
            .take_while(|saying| saying.whole.start <= own.start)
            .find(|saying| Some(saying.metric) == claim.metric && own.end <= saying.whole.end)?;
        let beside = match (&saying.beside, &claim.base) {
            (Beside::Plan(name), Some(Base::Scenario(base))) => base == name,
            (Beside::Time(_) | Beside::Within(_) | Beside::Open, Some(Base::Period(_))) => true,
            _ => false,
        };
        let segment = claim.segment.as_deref();
        let part = saying.segment.as_deref() != segment || self.names_another_part(&saying.whole, segment);
        Some(beside && !part && !self.is_headed_by_a_part(segment))
    }
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
    /// The words that begin its sentences, but for the first.
    sentences: Vec<usize>,
    /// How many words before each make their sentence one of other figures or of another time.
    reserved: Vec<usize>,
    /// The parts that the headings above it name.
    headed: OnceCell<BTreeSet<String>>,
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
        let (at, sentences, reserved) = ((document, block), Vec::new(), Vec::new());
        let text =
            Self { deck, flow, words, found, mentions, claims, at, sentences, reserved, headed: OnceCell::new() };
        let behind = |end: usize| text.words.partition_point(|word| word.range.start < end);
        let mut sentences: Vec<usize> = stops::ends(text.flow.text()).map(behind).collect();
        sentences.dedup();
        let mut count = 0;
        let reserved = (0..text.words.len()).map(|at| {
            let before = count;
            count += usize::from(is_reserved(text.stem(at)) || text.runs(at));
            before
        });
        let reserved = reserved.collect::<Vec<_>>().into_iter().chain([count]).collect();
        Some(Self { sentences, reserved, ..text })
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
        let next = self.sentences.partition_point(|first| *first <= at);
        let first = next.checked_sub(1).map_or(0, |own| self.sentences[own]);
        first..self.sentences.get(next).copied().unwrap_or(self.words.len())
    }

    /// `for the third month running`, and not `running ahead of budget`.
    fn runs(&self, at: usize) -> bool {
        self.stem(at) == "running" && is_light(self.stem(at.wrapping_sub(1)))
    }

    /// Whether a sentence is one of other figures or of another time, whatever its word of comparison: what is `running ahead` is not.
    fn is_of_others(&self, sentence: &Range<usize>, name: &Range<usize>, cue: usize) -> bool {
        let reserved = |stretch: &Range<usize>| self.reserved[stretch.end] - self.reserved[stretch.start];
        // `The average wait`: what a metric is called says nothing of it.
        let all = reserved(sentence) - reserved(name);
        let own = cue.checked_sub(1).is_some_and(|at| sentence.contains(&at) && self.runs(at));
        all > usize::from(own)
    }

    /// The claims that begin within a stretch of text.
    fn claims_in(&self, stretch: &Range<usize>) -> &[(Range<usize>, &'a Claim)] {
        let from = self.claims.partition_point(|(range, _)| range.start < stretch.start);
        let to = self.claims.partition_point(|(range, _)| range.start < stretch.end);
        self.claims.get(from..to).unwrap_or_default()
    }

    /// Everything that the text says of named metrics beside plans and other times.
    fn sayings(&self) -> Vec<Saying> {
        let mut found = Vec::new();
        for subject in (0..self.found.len()).filter_map(|nth| self.subject(nth)) {
            let mut next = self.saying(&subject, subject.name.end);
            let first = next.as_ref().map_or(0, |(saying, _)| saying.first);
            while let Some((saying, end)) = next {
                found.push(Saying { first, ..saying });
                // `was up on the year and just short of the budget`: what goes on says more of the same.
                let goes_on = matches!(self.stem(end), "and" | "but" | "though" | "although" | "yet");
                next = goes_on.then(|| self.saying(&subject, end + 1)).flatten();
            }
        }
        found
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

    /// What is said of a metric from a word on, where its sentence speaks of nothing else, and the word behind it all.
    fn saying(&self, subject: &Subject, from: usize) -> Option<(Saying, usize)> {
        let name = &subject.name;
        let sentence = self.sentence(name.start);
        if !self.leads(subject.metric, sentence.start, name.start) {
            return None;
        }
        let own = |at: usize| self.is_number(at) || self.period(at).is_some() || is_light(self.stem(at));
        let mut cue = from;
        while cue < sentence.end && own(cue) && !self.ends_clause(cue) {
            cue += 1;
        }
        // `more than halved on last year`: what is said is the multiple.
        let bound =
            matches!(self.stem(cue), "more" | "less") && self.stem(cue + 1) == "than" && self.is_number(cue + 2);
        let aligned = self.stem(cue) != "line" || self.stem(cue.wrapping_sub(1)) == "in";
        if cue >= sentence.end || self.ends_clause(cue) || bound || !aligned {
            return None;
        }
        let (beside, says, last) = self.open(cue, &sentence).or_else(|| self.compared(cue, &sentence))?;
        let bytes = |from: usize, to: usize| Some(self.words.get(from)?.range.start..self.words.get(to)?.range.end);
        let by = (self.stem(last + 1) == "by").then(|| self.mention(last + 2)).flatten();
        let span = bytes(cue, last)?;
        let end = by.map_or(span.end, |by| by.range.end);
        let whole = self.words.get(name.start)?.range.start..end;
        let (metric, segment) = (subject.metric, subject.segment.clone());
        let plain = !self.is_of_others(&sentence, name, cue);
        let (cue, first) = (bytes(cue, cue)?, self.words.get(cue)?.range.start);
        let saying = Saying { metric, segment, cue, first, says, beside, span, whole };
        plain.then_some((saying, last + 1))
    }

    /// `rose again`, `fell, as expected`: a movement, and no more.
    fn open(&self, cue: usize, sentence: &Range<usize>) -> Option<(Beside, Says, usize)> {
        let mut next = cue + 1;
        while next < sentence.end && is_manner(self.stem(next)) && !self.ends_clause(next) {
            next += 1;
        }
        let ended = next >= sentence.end || self.ends_clause(next) || self.gap(next).contains(',');
        let moved = is_moving(self.stem(cue)) && (ended || is_reason(self.stem(next)));
        moved.then(|| Some((Beside::Open, against_time(self.stem(cue))?, next - 1)))?
    }

    /// `behind budget`, `up on last year`: a word with what it sets a level beside.
    fn compared(&self, cue: usize, sentence: &Range<usize>) -> Option<(Beside, Says, usize)> {
        let mut other = cue + 1;
        // `increased by 7.2% on the year`.
        let links =
            |at: usize| is_link(self.stem(at)) || self.is_number(at) || self.stem(at) == "by" && self.is_number(at + 1);
        while other < sentence.end && links(other) && !self.ends_clause(other) {
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
                let within = self.moves_within(cue, other);
                let beside = if within { Beside::Within } else { Beside::Time };
                (beside(expression.clone()), against_time(stem)?, last)
            }
            _ => return None,
        };
        let tail = is_tail(self.stem(last + 1)) || self.stem(last + 1) == "of" && self.is_number(last + 2);
        let ended = last + 1 >= sentence.end || self.ends_clause(last + 1) || self.gap(last + 1).contains(',');
        (tail || ended).then_some((beside, says, last))
    }

    /// `fell in Q2`, `rose by $125k in Q3`; not `was lower than in Q2`, `up on the figure in Q2`.
    fn moves_within(&self, cue: usize, other: usize) -> bool {
        let mut links = (cue + 1..other).map(|at| self.stem(at)).rev();
        let led = links.find(|stem| !matches!(*stem, "the" | "our" | "a"));
        led == Some("in")
            && !links.any(|stem| matches!(stem, "than" | "on" | "from" | "versus" | "vs" | "v" | "against" | "with"))
    }

    /// Whether a metric's name begins what its sentence, or a clause of it, says.
    fn leads(&self, metric: MetricId, first: usize, name: usize) -> bool {
        let counted = |at: usize| {
            let start = self.words.get(at).map_or(0, |word| word.range.start);
            let nth = self.claims.partition_point(|(range, _)| range.end <= start);
            let own = self.claims.get(nth).filter(|(range, _)| range.contains(&start));
            self.is_number(at) && own.is_some_and(|(_, claim)| claim.metric == Some(metric))
        };
        let plain = |at: usize| {
            self.period(at).is_some() || counted(at) || is_determiner(self.stem(at)) || is_lead(self.stem(at))
        };
        let begins = |at: usize| matches!(self.stem(at - 1), "but" | "while" | "whereas" | "and");
        // Back to the word that begins the clause, as far as nothing else is spoken of.
        let stop = (first + 1..=name).rev().find(|&at| begins(at) || !plain(at - 1));
        let clause = stop.filter(|&at| begins(at));
        if clause.is_none() && stop.is_some() {
            return false;
        }
        // `In retail, costs were over budget and revenue was behind it`: what opens a sentence may be said of all of it.
        let opened = matches!(self.stem(first), "in" | "at" | "for" | "across" | "within" | "on" | "among")
            && self.period(first).is_none();
        let own = clause.is_none() || !opened || plain(first + 1);
        // `Fee and grant income were ahead`: two are one subject.
        let joined = clause.is_some_and(|at| (first..at - 1).all(plain_noun(self)));
        own && !joined
    }

    fn bytes_of(&self, words: Range<usize>) -> Option<Range<usize>> {
        Some(self.words.get(words.start)?.range.start..self.words.get(words.end.checked_sub(1)?)?.range.end)
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
        self.headed.get_or_init(|| self.parts_above()).iter().any(|name| Some(name.as_str()) != segment)
    }

    fn parts_above(&self) -> BTreeSet<String> {
        let blocks = &self.deck.documents[self.at.0].blocks;
        let mut parts = BTreeSet::new();
        let mut heading = blocks.get(self.at.1).and_then(|block| block.heading);
        while let Some(at) = heading {
            let said = blocks.get(at).and_then(|block| block.flow()).map(|flow| words(flow.text())).unwrap_or_default();
            parts.extend(self.deck.vocabulary.find(&said).into_iter().filter_map(|found| match found.name {
                Name::Segment(name) => Some(name),
                _ => None,
            }));
            heading = blocks.get(at).and_then(|block| block.heading).filter(|up| *up < at);
        }
        parts
    }
}

/// Whether only nouns stand there: nothing that is said of anything.
fn plain_noun<'t>(text: &'t Text<'_>) -> impl Fn(usize) -> bool + 't {
    move |at| !is_light(text.stem(at)) && !text.is_number(at) && !text.gap(at).contains(',')
}
