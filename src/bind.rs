//! Binding: which fact each number states, with evidence, or none.
//!
//! Enters: documents and the source of truth. Leaves: a [`Deck`] with its claims in reading order.
//! Invariant: a claim with a metric has evidence; without evidence a number stays unbound.

mod adopt;
mod balance;
mod base;
mod coin;
mod confirm;
pub(crate) mod context;
mod dollar;
mod earnings;
mod echo;
mod either;
mod grammar;
mod label;
mod lexicon;
mod order;
mod outline;
pub(crate) mod pin;
mod scale;
mod sentence;
mod settle;
mod spoken;
mod table;
mod text;
mod tile;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::claim::Claim;
use crate::config::Config;
use crate::deck::Deck;
use crate::document::{Block, Document, Flow};
use crate::extract::{DecimalMark, Mention};
use crate::grid::{self, Grid};
use crate::period::{self, Calendar};
use crate::source::SourceOfTruth;
use crate::span::Files;
use crate::vocabulary::{MetricId, Vocabulary};

use context::Contexts;
use dollar::Dollar;
use table::Layout;
use text::{TextClaims, Titles, text_claims};

/// Reads and binds every number of the documents.
pub fn bind(files: Files, documents: Vec<Document>, source: SourceOfTruth, config: Config) -> Deck {
    let decimals: Vec<_> = documents.iter().map(context::decimal).collect();
    let dollar = Dollar::of(&source);
    let mentions = read(&documents, &decimals, &dollar);
    let grids = understand(&documents, &decimals, &dollar);
    let stated = config.calendar.or(source.calendar).or_else(|| inferred(&documents, &grids));
    let headed = || context::annual_columns(grids.iter()).or_else(|| context::monthly_columns(grids.iter()));
    let calendar = stated.or_else(headed).unwrap_or_default();
    let contexts = Contexts::new(calendar, &files, &documents, &mentions, &grids, &source, &config);
    let mut vocabulary = Vocabulary::from_source(&source);
    let layouts = table::layouts(&grids, &documents, &contexts, &source, &mut vocabulary);
    let times = documents.iter().enumerate().map(|(at, document)| contexts.times(at, document.blocks.len())).collect();
    let mut deck = Deck {
        times,
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
        told: Default::default(),
        asides: Vec::new(),
        verdicts: Vec::new(),
        waivers: Vec::new(),
        waived: Vec::new(),
    };
    let named = adopt::Named::new(&deck.source);
    let (claims, layouts) = in_tables(&mut deck, layouts, &named, &contexts);
    let times = table::times(&deck.grids, &layouts);
    balance::settle(&mut deck, &claims, &times);
    let Deck { vocabulary, source, .. } = &mut deck;
    vocabulary.learn_ratios(source);
    for claim in &claims {
        if let Some(id) = claim.metric {
            deck.vocabulary.learn_part(id, claim.segment.as_deref());
        }
    }
    let titles = Titles::new(&deck, &layouts);
    let texts: Vec<TextClaims> = (0..deck.documents.len())
        .into_par_iter()
        .map(|at| text_claims(&deck, at, &contexts, &titles, (decimals[at], &dollar)))
        .collect();
    let (sentences, choices) = join(&mut deck, claims, texts, times);
    pin::apply(&mut deck);
    settle::units(&mut deck);
    either::settle(&mut deck, choices);
    settle::periods(&mut deck, &contexts, &|_| true);
    order::settle(&mut deck);
    earnings::bind(&mut deck);
    let silent = scale::silent(&deck);
    echo::bind(&mut deck, &sentences, &silent);
    settle::bases(&mut deck);
    scale::settle(&mut deck, &silent);
    scale::share(&mut deck);
    // What is settled and confirmed is running text, so that the cells of tables stay as they are.
    let cells = base::cells(&deck);
    base::settle(&mut deck, &contexts, &cells);
    confirm::bind(&mut deck, &named, &sentences, &cells, &contexts);
    coin::bind(&mut deck, &contexts, &titles, &decimals, &dollar);
    deck
}

/// The numbers and periods of every text, by document and block.
fn read(documents: &[Document], decimals: &[DecimalMark], dollar: &Dollar) -> Vec<Vec<Vec<Mention>>> {
    let of = |(document, decimal): (&Document, &DecimalMark)| {
        let scan = |block: &Block| block.flow().map(|flow| dollar.scan(flow.text(), *decimal)).unwrap_or_default();
        let mut mentions: Vec<Vec<Mention>> = document.blocks.iter().map(scan).collect();
        outline::set_aside(&document.blocks, &mut mentions);
        mentions
    };
    documents.par_iter().zip(decimals).map(of).collect()
}

/// The tables of every document.
fn understand(documents: &[Document], decimals: &[DecimalMark], dollar: &Dollar) -> Vec<Grid> {
    documents
        .par_iter()
        .enumerate()
        .zip(decimals)
        .flat_map_iter(|((at, document), decimal)| grid::understand(at, document, *decimal))
        .map(|mut grid| {
            let block = &documents[grid.document].blocks[grid.block];
            dollar.name_in_table(&mut grid, &block.kind);
            grid
        })
        .collect()
}

/// The claims of all tables, once the deck's own names are learnt; labels in other words than the source's are its metrics then.
fn in_tables(
    deck: &mut Deck,
    mut layouts: Vec<Layout>,
    named: &adopt::Named,
    contexts: &Contexts,
) -> (Vec<Claim>, Vec<Layout>) {
    learn_units(deck, &layouts);
    deck.vocabulary.learn_shorts(&deck.source);
    if deck.source.metrics.is_empty() {
        label::learn(&deck.documents, &deck.mentions, &mut deck.vocabulary);
        spoken::learn(&deck.documents, &deck.mentions, &mut deck.vocabulary);
    }
    deck.vocabulary.learn_heads();
    let mut claims: Vec<Claim> = (0..deck.grids.len())
        .into_par_iter()
        .flat_map_iter(|at| table::claims(deck, at, &layouts[at], contexts))
        .collect();
    let adopted = adopt::find(deck, named, &claims);
    if !adopted.is_empty() {
        take_for(&adopted, deck, &mut claims, &mut layouts);
    }
    (claims, layouts)
}

/// Joins the claims of tables and texts in reading order, and learns which metrics are balances from both. Leaves the words of every
/// sentence, and those of which it is open when they are.
fn join(
    deck: &mut Deck,
    mut claims: Vec<Claim>,
    texts: Vec<TextClaims>,
    times: table::Times,
) -> (echo::SentenceWords, Vec<either::Choice>) {
    let mut sentences = echo::SentenceWords::new();
    let mut choices = Vec::new();
    let table::Times { dated, standing, spanned: mut told } = times;
    let standing: Vec<MetricId> = standing.difference(&told).copied().collect();
    for (at, TextClaims { claims: text, asides, balances, spans, words, choices: open }) in
        texts.into_iter().enumerate()
    {
        choices.extend(open);
        sentences.extend(words.into_iter().enumerate().map(|(sentence, words)| ((at, sentence), words)));
        for id in balances {
            deck.vocabulary.learn_instant(id);
        }
        told.extend(spans);
        // Operands are indices into one document's claims; they move with them.
        let offset = claims.len();
        claims.extend(text.into_iter().map(|mut claim| {
            claim.operands = claim.operands.map(|at| at.map(|at| at + offset));
            claim
        }));
        deck.asides.extend(asides);
    }
    // Income statements are headed with the days that their years end on, too: what nothing states a span of is told by its moment.
    for id in dated.difference(&told).copied().chain(standing) {
        deck.vocabulary.learn_instant(id);
    }
    deck.claims = in_reading_order(claims);
    (sentences, choices)
}

/// Takes labels for the metrics that they are in other words, wherever they are met.
fn take_for(adopted: &BTreeMap<MetricId, MetricId>, deck: &mut Deck, claims: &mut [Claim], layouts: &mut [Layout]) {
    for claim in claims {
        if let Some((own, id)) = claim.metric.and_then(|own| Some((own, *adopted.get(&own)?))) {
            let (said, meant) = (&deck.vocabulary.term(own).label, &deck.vocabulary.term(id).label);
            claim.evidence.push(format!("{said} has the numbers of {meant}"));
            claim.metric = Some(id);
        }
    }
    layouts.iter_mut().for_each(|layout| layout.rename(adopted));
    deck.vocabulary.rename(adopted);
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

/// Units that tables give to metrics that no source defines.
fn learn_units(deck: &mut Deck, layouts: &[Layout]) {
    for (grid, layout) in deck.grids.iter().zip(layouts) {
        for (r, row) in grid.cells.iter().enumerate() {
            let plain = || row.iter().zip(&grid.columns).filter(|(_, column)| column.kind.is_plain());
            // A rate beside amounts is one of them, and says nothing of what they are in.
            let amounts = plain()
                .filter_map(|(cell, _)| cell.quantity.as_ref())
                .any(|own| own.unit != crate::quantity::Unit::Percent);
            for (c, cell) in row.iter().enumerate() {
                let Some(quantity) = &cell.quantity else { continue };
                let by_column = matches!(layout.columns.get(c), Some(subject) if *subject != table::Subject::Nothing);
                let rate = quantity.unit == crate::quantity::Unit::Percent && amounts && !by_column;
                if !grid.columns[c].kind.is_plain() || rate {
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

#[cfg(test)]
mod tests;
