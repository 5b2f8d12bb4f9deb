//! Binding: which fact each number states, with evidence, or none.
//!
//! Enters: documents and the source of truth. Leaves: a [`Deck`] with its claims in reading order.
//! Invariant: a claim with a metric has evidence; without evidence a number stays unbound.

pub(crate) mod context;
mod echo;
mod grammar;
mod lexicon;
pub(crate) mod pin;
mod scale;
mod sentence;
mod table;
mod tile;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::config::Config;
use crate::deck::Deck;
use crate::document::{Block, BlockKind, Document, Flow};
use crate::extract::{Aside, Mention, MentionKind};
use crate::grid::{self, Grid};
use crate::period::{self, Calendar, Grain, Period};
use crate::quantity::{Quantity, Unit};
use crate::source::{PeriodType, SourceOfTruth};
use crate::span::{Files, Place};
use crate::vocabulary::{MetricId, Name, Vocabulary};
use crate::words::words;

use context::Contexts;
use grammar::{Reading, Scope};
use sentence::{Item, Kind};
use table::Layout;

/// Reads and binds every number of the documents.
pub fn bind(files: Files, documents: Vec<Document>, source: SourceOfTruth, config: Config) -> Deck {
    let decimals: Vec<_> = documents.iter().map(context::decimal).collect();
    let mentions: Vec<Vec<Vec<Mention>>> = documents
        .par_iter()
        .zip(&decimals)
        .map(|(document, decimal)| {
            let scan = |block: &Block| {
                block.flow().map(|flow| crate::extract::scan(flow.text(), *decimal)).unwrap_or_default()
            };
            document.blocks.iter().map(scan).collect()
        })
        .collect();
    let grids: Vec<Grid> = documents
        .par_iter()
        .enumerate()
        .zip(&decimals)
        .flat_map_iter(|((at, document), decimal)| grid::understand(at, document, *decimal))
        .collect();
    let stated = config.calendar.or(source.calendar).or_else(|| inferred(&documents, &grids));
    let calendar = stated.or_else(|| context::annual_columns(&grids)).unwrap_or_default();
    let contexts = Contexts::new(calendar, &files, &documents, &mentions, &grids, &config);
    let mut vocabulary = Vocabulary::from_source(&source);
    let layouts = table::layouts(&grids, &documents, &contexts, &mut vocabulary);
    let mut deck = Deck {
        files,
        config,
        documents,
        mentions,
        grids,
        source: source.into(),
        facts: Default::default(),
        statements: Default::default(),
        calendar,
        vocabulary,
        claims: Vec::new(),
        asides: Vec::new(),
        verdicts: Vec::new(),
        waivers: Vec::new(),
        waived: Vec::new(),
    };
    learn_units(&mut deck, &layouts);
    let mut claims: Vec<Claim> = (0..deck.grids.len())
        .into_par_iter()
        .flat_map_iter(|at| table::claims(&deck, at, &layouts[at], &contexts))
        .collect();
    for claim in &claims {
        if let Some(id) = claim.metric {
            deck.vocabulary.learn_part(id, claim.segment.as_deref());
        }
    }
    let titles = Titles::new(&deck, &layouts);
    let texts: Vec<TextClaims> = (0..deck.documents.len())
        .into_par_iter()
        .map(|at| text_claims(&deck, at, &contexts, &titles, decimals[at]))
        .collect();
    let mut sentences = echo::SentenceWords::new();
    let table::Times { dated, mut spanned } = table::times(&deck.grids, &layouts);
    for (at, TextClaims { claims: text, asides, balances, spans, words }) in texts.into_iter().enumerate() {
        sentences.extend(words.into_iter().enumerate().map(|(sentence, words)| ((at, sentence), words)));
        for id in balances {
            deck.vocabulary.learn_instant(id);
        }
        spanned.extend(spans);
        // Operands are indices into one document's claims; they move with them.
        let offset = claims.len();
        claims.extend(text.into_iter().map(|mut claim| {
            claim.operands = claim.operands.map(|at| at.map(|at| at + offset));
            claim
        }));
        deck.asides.extend(asides);
    }
    for id in dated.difference(&spanned) {
        deck.vocabulary.learn_instant(*id);
    }
    deck.claims = in_reading_order(claims);
    pin::apply(&mut deck);
    name_currencies(&mut deck);
    take_units(&mut deck);
    name_periods(&mut deck, &contexts);
    let silent = scale::silent(&deck);
    echo::bind(&mut deck, &sentences, &silent);
    scale::settle(&mut deck, &silent);
    scale::share(&mut deck);
    take_bases(&mut deck);
    deck
}

/// Sorts claims by document and place, and sends operands along.
fn in_reading_order(mut claims: Vec<Claim>) -> Vec<Claim> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&at| (claims[at].document, claims[at].place.span, claims[at].block));
    let mut rank = vec![0; claims.len()];
    for (new, &old) in order.iter().enumerate() {
        rank[old] = new;
    }
    for claim in &mut claims {
        claim.operands = claim.operands.map(|at| at.map(|at| rank[at]));
    }
    let mut slots: Vec<Option<Claim>> = claims.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| slots[at].take()).collect()
}

/// The calendar that titles, texts and table headers give away.
fn inferred(documents: &[Document], grids: &[Grid]) -> Option<Calendar> {
    let headers: Vec<String> = grids
        .iter()
        .flat_map(|grid| &grid.columns)
        .map(|column| column.groups.iter().chain([&column.label]).map(Flow::text).collect::<Vec<_>>().join(" "))
        .collect();
    let texts = documents.iter().flat_map(|document| {
        document.title.iter().chain(document.blocks.iter().filter_map(Block::flow)).map(Flow::text)
    });
    period::infer_calendar(texts.chain(headers.iter().map(String::as_str)))
}

/// Gives every period its canonical name: a flow the plainest span; a balance that is stated on a date the period that ends then,
/// in the grain that its document reports in.
fn name_periods(deck: &mut Deck, contexts: &Contexts) {
    for claim in &mut deck.claims {
        let (Some(id), Some(period)) = (claim.metric, claim.period) else { continue };
        let instant = deck.vocabulary.term(id).period_type == Some(PeriodType::Instant);
        let monthly = contexts.context(claim.document).reporting.and_then(Period::grain) == Some(Grain::Month);
        claim.period = Some(match period {
            Period::Day(_) | Period::Month(..) if instant && monthly => {
                period.at_grain(Grain::Month, &deck.calendar).unwrap_or(period)
            }
            Period::Day(_) | Period::Month(..) if instant => period.moment(&deck.calendar),
            _ if instant => period,
            _ => period.plain(&deck.calendar),
        });
        // A change on its own period is on none: the words spoke of something else.
        if let (Some(Base::Period(base)), Some(period)) = (&claim.base, claim.period)
            && base.moment(&deck.calendar) == period.moment(&deck.calendar)
        {
            claim.base = None;
        }
    }
}

/// A change over a year is on the year before, unless the sentence says otherwise.
fn take_bases(deck: &mut Deck) {
    for claim in &mut deck.claims {
        let moves = matches!(claim.measure, Measure::Change | Measure::Growth) && claim.base.is_none();
        if let (true, Some(period)) = (moves, claim.period)
            && claim.metric.is_some()
            && period.grain() == Some(Grain::Year)
        {
            claim.base = Some(Base::Period(period.before()));
            claim.evidence.push(format!("a year's change is on {}", period.before()));
        }
    }
}

/// `64 cents` of a metric in dollars is 0.64 dollars: the word alone names no currency.
fn name_currencies(deck: &mut Deck) {
    for claim in &mut deck.claims {
        let unit = claim.metric.and_then(|id| deck.vocabulary.term(id).unit.as_ref());
        if let Some(quantity) = unit.and_then(|unit| claim.quantity.in_currency_of(unit)) {
            claim.quantity = quantity;
        }
    }
}

/// A number of a metric that is counted or measured takes the metric's unit, where it is no amount by its own writing: `97` of
/// inventory days, `18.6` in a chart of margins, and `702` customers in a table whose money is in thousands. Bare amounts stay
/// bare, since nothing says in which scale they are.
fn take_units(deck: &mut Deck) {
    for claim in &mut deck.claims {
        let Some(id) = claim.metric else { continue };
        let term = deck.vocabulary.term(id);
        if let (Some(unit @ Unit::Per(amount, _)), Measure::Level) = (&term.unit, claim.measure)
            && **amount == claim.quantity.unit
        {
            claim.quantity = claim.quantity.clone().with_unit(unit.clone());
            continue;
        }
        let unit = match (&term.unit, claim.measure) {
            (
                Some(unit @ (Unit::Percent | Unit::Multiple | Unit::Duration(_) | Unit::Measure(_) | Unit::Count)),
                Measure::Level,
            ) => unit,
            // What is counted changes by a count.
            (
                Some(unit @ (Unit::Duration(_) | Unit::Measure(_) | Unit::Count)),
                Measure::Change | Measure::Variance,
            ) if claim.cell.is_some() => unit,
            _ => continue,
        };
        let plain = || {
            deck.files
                .slice(claim.place)
                .chars()
                .all(|c| !c.is_alphabetic() && !matches!(c, '$' | '€' | '£' | '¥' | '₹' | '%'))
        };
        let quantity = match &claim.quantity.unit {
            Unit::Bare => claim.quantity.clone(),
            Unit::Currency(_) | Unit::Count
                if term.source.is_some() && claim.cell.is_some() && claim.quantity.scale > Decimal::ONE && plain() =>
            {
                let Some(unscaled) =
                    Decimal::ONE.checked_div(claim.quantity.scale).and_then(|factor| claim.quantity.shifted(factor))
                else {
                    continue;
                };
                Quantity { scale: Decimal::ONE, scaled: false, ..unscaled }
            }
            _ => continue,
        };
        claim.quantity = quantity.with_unit(unit.clone());
        if let Some((grid, r, c)) = claim.cell {
            deck.grids[grid].cells[r][c].quantity = Some(claim.quantity.clone());
        }
    }
}

/// Units that tables give to metrics that no source defines.
fn learn_units(deck: &mut Deck, layouts: &[Layout]) {
    for (grid, layout) in deck.grids.iter().zip(layouts) {
        for (r, row) in grid.cells.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let Some(quantity) = &cell.quantity else { continue };
                if grid.columns[c].kind != grid::LineKind::Level && grid.columns[c].kind != grid::LineKind::Total {
                    continue;
                }
                let metric =
                    [layout.rows.get(r), layout.columns.get(c)].into_iter().flatten().find_map(
                        |subject| match subject {
                            table::Subject::Metric(id) | table::Subject::Part(id, _) => Some(*id),
                            _ => None,
                        },
                    );
                if let Some(id) = metric.or(layout.metric.map(|(id, _)| id)) {
                    deck.vocabulary.learn_unit(id, &quantity.unit);
                }
            }
        }
    }
}

/// What headings and table titles name, by block: inherited by the text under them.
struct Titles {
    /// For each document, for each block: the metric its own text names, if exactly one.
    named: Vec<Vec<Option<MetricId>>>,
    /// For each document, metric of the tables and charts of each slide, if all have the same.
    slides: Vec<Vec<Option<MetricId>>>,
}

impl Titles {
    fn new(deck: &Deck, layouts: &[Layout]) -> Self {
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
        let mut lead = document.blocks[block].lead;
        while let Some(up) = lead {
            if let Some(id) = named.get(up).copied().flatten() {
                return Some((id, "the line above"));
            }
            lead = document.blocks.get(up).and_then(|block| block.lead).filter(|next| *next < up);
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
    let mut metrics = vocabulary.find(&words(text)).into_iter().filter_map(|found| match found.name {
        Name::Metric(id) => Some(id),
        _ => None,
    });
    let first = metrics.next()?;
    metrics.all(|id| id == first).then_some(first)
}

/// What a document's running text says.
#[derive(Default)]
struct TextClaims {
    claims: Vec<Claim>,
    /// Numbers that were set aside.
    asides: Vec<(Place, Aside)>,
    /// Metrics that are stated for a moment: `at year end`.
    balances: Vec<MetricId>,
    /// Metrics that are stated for a part of a year: `in the third quarter`.
    spans: Vec<MetricId>,
    /// The beginnings of the words of each sentence with numbers.
    words: Vec<BTreeSet<String>>,
}

fn text_claims(
    deck: &Deck,
    at: usize,
    contexts: &Contexts,
    titles: &Titles,
    decimal: crate::extract::DecimalMark,
) -> TextClaims {
    let document = &deck.documents[at];
    let TextClaims { mut claims, mut asides, mut balances, mut spans, words: mut sentences } = TextClaims::default();
    let tiles = tile::tiles(document, &deck.mentions[at]);
    for (block_at, block) in document.blocks.iter().enumerate() {
        let scanned;
        let (flow, mentions) = match &block.kind {
            BlockKind::Tile { value, .. } => {
                scanned = crate::extract::scan(value.text(), decimal);
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
        let scope = scope(deck, at, block_at, contexts, titles, mentions);
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
                for items in whole.into_iter().flat_map(sentence::bounded) {
                    let mut readings = thread.read(&items, &scope);
                    if let (false, Some(first), Some(last)) = (readings.is_empty(), items.first(), items.last()) {
                        let text = &flow.text()[first.range.start..last.range.end.max(first.range.start)];
                        let number = sentences.len();
                        readings.iter_mut().for_each(|reading| reading.sentence = Some(number));
                        sentences.push(words(text).iter().map(|word| echo::root(&word.stem)).collect());
                    }
                    all.append(&mut readings);
                }
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
            spans.extend(reading.metric.filter(|_| part && !reading.balance));
            let mover = reading.mover.clone().map(|range| Place { file: document.file, span: flow.span(range) });
            let mut claim = claim(reading, quantity.clone(), place, (at, block_at, block.slide), operands, foreign);
            claim.mover = mover;
            claims.push(claim);
        }
    }
    TextClaims { claims, asides, balances, spans, words: sentences }
}

/// The segment that a paragraph speaks of: `Gearboxes is the weak point. Its order intake fell to …`.
#[derive(Default)]
struct Thread {
    segment: Option<String>,
}

impl Thread {
    /// Reads a sentence. One that names no segment goes on about the one that the sentences before name, unless it speaks of the
    /// whole; how far a thread carries is never sure.
    fn read(&mut self, items: &[Item], scope: &Scope<'_>) -> Vec<Reading> {
        let mut own = items.iter().filter_map(|item| match &item.kind {
            Kind::Segment(segment) => Some(segment),
            _ => None,
        });
        let first = own.next();
        let one = own.all(|segment| Some(segment) == first);
        let whole = || {
            items.iter().any(|item| {
                matches!(&item.kind, Kind::Word(stem) if matches!(stem.as_str(), "group" | "company" | "overall" | "total" | "consolidated" | "we"))
            })
        };
        if let Some(segment) = first {
            self.segment = one.then(|| segment.clone());
        } else if whole() {
            self.segment = None;
        }
        let carried = self.segment.clone().filter(|_| first.is_none() && scope.segment.is_none());
        if carried.is_none() {
            return grammar::read(items, scope);
        }
        let mut readings = grammar::read(items, &Scope { segment: carried, ..scope.clone() });
        readings.iter_mut().for_each(|reading| reading.loose = true);
        readings
    }
}

fn scope<'a>(
    deck: &'a Deck,
    at: usize,
    block: usize,
    contexts: &Contexts,
    titles: &Titles,
    mentions: &'a [Mention],
) -> Scope<'a> {
    let document = &deck.documents[at];
    let headings =
        document.blocks[block].heading.and_then(|heading| document.blocks.get(heading)).and_then(Block::flow);
    let future = headings.and_then(|flow| {
        let lower = flow.text().to_lowercase();
        ["outlook", "looking ahead", "guidance", "forecast", "targets", "ambition"]
            .iter()
            .any(|word| lower.contains(word))
            .then_some("forecast")
    });
    Scope {
        vocabulary: &deck.vocabulary,
        mentions,
        context: contexts.context(at),
        period: contexts.period(at, block),
        metric: titles.inherited(document, at, block),
        segment: heading_segment(deck, document, block),
        scenario: future,
    }
}

/// The segment that the block's title names, if exactly one.
fn heading_segment(deck: &Deck, document: &Document, block: usize) -> Option<String> {
    let heading = document.blocks[block].heading?;
    let flow = document.blocks.get(heading)?.flow()?;
    let mut segments = deck.vocabulary.find(&words(flow.text())).into_iter().filter_map(|found| match found.name {
        Name::Segment(segment) => Some(segment),
        _ => None,
    });
    let first = segments.next()?;
    segments.all(|segment| segment == first).then_some(first)
}

fn claim(
    reading: Reading,
    quantity: crate::quantity::Quantity,
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
        blocked: reading.blocked || foreign,
        evidence: if bound.is_some() { reading.evidence } else { Vec::new() },
        confidence: reading.confidence,
        status: Default::default(),
    }
}

#[cfg(test)]
mod tests;
