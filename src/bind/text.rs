//! Running text: what each sentence, tile and field of a document states.
//!
//! Enters: a document's blocks with their mentions, and what titles and tables name. Leaves: its claims, not yet in order, and what
//! they teach about metrics. Invariant: a sentence is read once, with nothing from later sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::claim::Claim;
use crate::deck::Deck;
use crate::document::{BlockKind, Document};
use crate::extract::{Aside, DecimalMark, Mention, MentionKind};
use crate::period::{Grain, Period};
use crate::quantity::Quantity;
use crate::span::Place;
use crate::vocabulary::{MetricId, Name, Vocabulary, is_measure};
use crate::words::{Word, words};

use super::context::Contexts;
use super::dollar::Dollar;
use super::either::{Choice, Otherwise};
use super::grammar::{Reading, Scope};
use super::table::Layout;
use super::{echo, sentence, tile};

mod above;
mod headline;
mod kin;
mod thread;

use above::Above;
use kin::Kin;
use thread::Thread;

/// What headings and table titles name, by block: inherited by the text under them.
pub(super) struct Titles {
    /// For each document, for each block: the metric its own text names, if exactly one.
    named: Vec<Vec<Option<MetricId>>>,
    /// For each document, metric of the tables and charts of each slide, if all have the same.
    slides: Vec<Vec<Option<MetricId>>>,
}

impl Titles {
    pub(super) fn new(deck: &Deck, layouts: &[Layout]) -> Self {
        let named = deck
            .documents
            .iter()
            .map(|document| {
                document
                    .blocks
                    .iter()
                    .map(|block| {
                        block
                            .flow()
                            .filter(|flow| flow.text().len() < 200)
                            .and_then(|flow| only_metric(&deck.vocabulary, flow.text()))
                    })
                    .collect()
            })
            .collect();
        let mut slides: Vec<Vec<Option<MetricId>>> =
            deck.documents.iter().map(|document| vec![None; document.slides + 1]).collect();
        for (grid, layout) in deck.grids.iter().zip(layouts) {
            let slide = deck.documents[grid.document].blocks[grid.block].slide;
            if let Some((id, _)) = layout.metric
                && let Some(slot) = slides[grid.document].get_mut(slide)
            {
                *slot = match *slot {
                    None => Some(id),
                    Some(same) if same == id => Some(id),
                    Some(other) => Some(other),
                };
            }
        }
        Self { named, slides }
    }

    /// The metric that a block inherits: parent bullet or lead-in, heading, then the slide's tables.
    fn inherited(&self, document: &Document, at: usize, block: usize) -> Option<(MetricId, &'static str)> {
        let named = &self.named[at];
        if let Some(id) = document.leads(block).find_map(|up| named.get(up).copied().flatten()) {
            return Some((id, "the line above"));
        }
        if let Some(heading) = document.blocks[block].heading
            && let Some(id) = named.get(heading).copied().flatten()
        {
            return Some((id, "the title"));
        }
        let slide = document.blocks[block].slide;
        self.slides[at].get(slide).copied().flatten().map(|id| (id, "the slide's table"))
    }
}

/// The metric of a text that names exactly one.
fn only_metric(vocabulary: &Vocabulary, text: &str) -> Option<MetricId> {
    let said = words(text);
    let mut metrics = vocabulary.find(&said).into_iter().filter_map(|found| match found.name {
        // A title lends its metric to all that stands under it: not one that a text names in passing.
        Name::Metric(id) => Some((id, found.words)).filter(|(id, _)| vocabulary.term(*id).is_named()),
        _ => None,
    });
    let (first, place) = metrics.next()?;
    let one = metrics.all(|(id, _)| id == first) && !joins_another(&said, &place);
    (one && !is_narrowed(vocabulary, first, &said, &place)).then_some(first)
}

/// `Cost improvement programme` beside `Total programme`: whether the words before the noun of a total tell which of its kind is meant.
fn is_narrowed(vocabulary: &Vocabulary, id: MetricId, said: &[Word], name: &Range<usize>) -> bool {
    let label = words(&vocabulary.term(id).label);
    let total = label.first().is_some_and(|word| word.stem == "total") && label.len() == name.len() + 1;
    let before = name.start.checked_sub(1).and_then(|at| said.get(at));
    total && before.is_some_and(|word| word.stem != "total" && !headline::is_label(&word.stem))
}

/// `Cash and debt`, `Price and output`: whether a text joins another measure to the name of one, so that it is of both.
fn joins_another(said: &[Word], name: &Range<usize>) -> bool {
    /// Words of a measure's name, at most.
    const NAME: usize = 3;
    let joins = |at: usize| said.get(at).is_some_and(|word| word.stem == "and");
    let measured = |words: &[Word]| words.iter().any(|word| is_measure(&word.stem));
    let behind = || joins(name.end) && measured(&said[name.end + 1..said.len().min(name.end + 1 + NAME)]);
    let before = |and: usize| joins(and) && measured(&said[and.saturating_sub(NAME)..and]);
    behind() || name.start.checked_sub(1).is_some_and(before)
}

/// What a document's running text says.
#[derive(Default)]
pub(super) struct TextClaims {
    pub(super) claims: Vec<Claim>,
    /// Numbers that were set aside.
    pub(super) asides: Vec<(Place, Aside)>,
    /// Metrics that are stated for a moment: `at year end`.
    pub(super) balances: Vec<MetricId>,
    /// Metrics that are stated for a part of a year: `in the third quarter`.
    pub(super) spans: Vec<MetricId>,
    /// The beginnings of the words of each sentence with numbers.
    pub(super) words: Vec<BTreeSet<String>>,
    /// Sentences that may be of another time than their numbers say.
    pub(super) choices: Vec<Choice>,
}

pub(super) fn text_claims(
    deck: &Deck,
    at: usize,
    contexts: &Contexts,
    titles: &Titles,
    (decimal, dollar): (DecimalMark, &Dollar),
) -> TextClaims {
    let document = &deck.documents[at];
    let TextClaims { mut claims, mut asides, mut balances, mut spans, words: mut sentences, mut choices } =
        TextClaims::default();
    let tiles = tile::tiles(document, &deck.mentions[at]);
    let mut kin = Kin::default();
    let above = Above::new(deck, at);
    for (block_at, block) in document.blocks.iter().enumerate() {
        let scanned;
        let (flow, mentions) = match &block.kind {
            BlockKind::Tile { value, .. } => {
                scanned = dollar.scan(value.text(), decimal);
                (value, &scanned)
            }
            _ => match block.flow() {
                Some(flow) => (flow, &deck.mentions[at][block_at]),
                None => continue,
            },
        };
        for mention in mentions {
            if let MentionKind::Aside(kind) = mention.kind {
                asides.push((Place { file: document.file, span: flow.span(mention.range.clone()) }, kind));
            }
        }
        let Some(first) = mentions.iter().position(|mention| matches!(mention.kind, MentionKind::Quantity(_))) else {
            continue;
        };
        let scope = scope(deck, (at, block_at), contexts, (titles, &above), mentions);
        let here = scope.period.map(|(period, ..)| period).filter(|period| is_to_date(*period));
        let readings = match (&block.kind, tiles.get(&block_at)) {
            (BlockKind::Tile { label, .. }, _) => tile::labelled(label.text(), first, &scope),
            (BlockKind::Field(keys, _), _)
                if mentions.len() == 1 && mentions[first].range.len() == flow.text().trim().len() =>
            {
                let label = keys.last().map(|key| key.text().replace('_', " ")).unwrap_or_default();
                tile::labelled(&label, first, &scope)
            }
            (_, Some(tiles)) => tile::readings(tiles, &scope),
            (_, None) => {
                let mut all = Vec::new();
                let mut thread = Thread::default();
                let whole = sentence::sentences(flow.text(), mentions, &deck.vocabulary);
                let opening = whole.first().cloned().unwrap_or_default();
                let inherited =
                    kin.inherited(document, block_at, &opening, mentions).filter(|_| scope.metric.is_none());
                let scope = match inherited {
                    Some(id) => Scope { metric: Some((id, "the line before")), ..scope },
                    None => scope,
                };
                for items in whole.into_iter().flat_map(sentence::bounded) {
                    let mut readings = thread.read(flow.text(), &items, &scope);
                    if let (false, Some(first), Some(last)) = (readings.is_empty(), items.first(), items.last()) {
                        let text = &flow.text()[first.range.start..last.range.end.max(first.range.start)];
                        let number = sentences.len();
                        readings.iter_mut().for_each(|reading| reading.sentence = Some(number));
                        sentences.push(words(text).iter().map(|word| echo::root(&word.stem)).collect());
                    }
                    let place = |reading: &Reading| Place {
                        file: document.file,
                        span: flow.span(mentions[reading.mention].range.clone()),
                    };
                    choices.extend(thread.choice().map(|(of, other)| {
                        let others = readings.iter().zip(other);
                        let others = others.map(|(own, other)| (place(own), Otherwise::of(other)));
                        Choice { of, others: others.collect() }
                    }));
                    all.append(&mut readings);
                }
                kin.keep(block_at, &opening, &all, mentions);
                all
            }
        };
        let offset = claims.len();
        let by_mention: BTreeMap<usize, usize> =
            readings.iter().enumerate().map(|(n, reading)| (reading.mention, offset + n)).collect();
        let foreign = matches!(block.kind, BlockKind::Quote(_));
        for reading in readings {
            let MentionKind::Quantity(quantity) = &mentions[reading.mention].kind else { continue };
            let operands =
                reading.operands.map(|mention| mention.and_then(|mention| by_mention.get(&mention).copied()));
            let place = Place { file: document.file, span: flow.span(mentions[reading.mention].range.clone()) };
            balances.extend(reading.metric.filter(|_| reading.balance));
            let part = reading.period.and_then(Period::grain).is_some_and(|grain| grain < Grain::Year);
            // A report on the year to date does not say so of each of its numbers.
            let said = here.is_none() || reading.period != here;
            spans.extend(reading.metric.filter(|_| part && said && !reading.balance));
            let mover = reading.mover.clone().map(|range| Place { file: document.file, span: flow.span(range) });
            let mut claim = claim(reading, quantity.clone(), place, (at, block_at, block.slide), operands, foreign);
            claim.mover = mover;
            claims.push(claim);
        }
    }
    TextClaims { claims, asides, balances, spans, words: sentences, choices }
}

fn is_to_date(period: Period) -> bool {
    matches!(period, Period::MonthToDate(..) | Period::QuarterToDate(..))
}

fn scope<'a>(
    deck: &'a Deck,
    (at, block): (usize, usize),
    contexts: &Contexts,
    (titles, above): (&Titles, &Above<'_>),
    mentions: &'a [Mention],
) -> Scope<'a> {
    let document = &deck.documents[at];
    Scope {
        vocabulary: &deck.vocabulary,
        mentions,
        context: contexts.context(at),
        period: contexts.period(at, block).filter(|_| !above.is_later(block)),
        metric: titles.inherited(document, at, block),
        spoken: None,
        segment: above.segment(block),
        headline: document.heading_of(block).is_some_and(|flow| headline::tells(&deck.vocabulary, flow.text())),
        scenario: above.scenario(block),
    }
}

fn claim(
    reading: Reading,
    quantity: Quantity,
    place: Place,
    (document, block, slide): (usize, usize, usize),
    operands: [Option<usize>; 2],
    foreign: bool,
) -> Claim {
    let bound = reading.metric.filter(|_| !foreign);
    Claim {
        place,
        document,
        block,
        slide,
        cell: None,
        quantity,
        metric: bound,
        period: reading.period,
        scenario: reading.scenario,
        segment: reading.segment,
        measure: reading.measure,
        base: reading.base,
        direction: reading.direction,
        mover: None,
        operands,
        sentence: reading.sentence,
        loose: reading.loose,
        plain: reading.plain,
        blocked: reading.blocked || foreign,
        evidence: if bound.is_some() { reading.evidence } else { Vec::new() },
        confidence: reading.confidence,
        status: Default::default(),
    }
}
