//! Binding: which fact each number states, with evidence, or none.
//!
//! Enters: documents and the source of truth. Leaves: a [`Deck`] with its claims in reading order.
//! Invariant: a claim with a metric has evidence; without evidence a number stays unbound.

mod adopt;
mod balance;
mod base;
mod confirm;
pub(crate) mod context;
mod dollar;
mod earnings;
mod echo;
mod grammar;
mod label;
mod lexicon;
pub(crate) mod pin;
mod scale;
mod sentence;
mod spoken;
mod table;
mod text;
mod tile;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::config::Config;
use crate::deck::Deck;
use crate::document::{Block, Document, Flow};
use crate::extract::Mention;
use crate::facts::Facts;
use crate::finding::Confidence;
use crate::grid::{self, Grid};
use crate::period::{self, Calendar, Grain, Period};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::source::{PeriodType, SourceOfTruth};
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
    let mentions: Vec<Vec<Vec<Mention>>> = documents
        .par_iter()
        .zip(&decimals)
        .map(|(document, decimal)| {
            let scan = |block: &Block| block.flow().map(|flow| dollar.scan(flow.text(), *decimal)).unwrap_or_default();
            document.blocks.iter().map(scan).collect()
        })
        .collect();
    let grids: Vec<Grid> = documents
        .par_iter()
        .enumerate()
        .zip(&decimals)
        .flat_map_iter(|((at, document), decimal)| grid::understand(at, document, *decimal))
        .map(|mut grid| {
            let block = &documents[grid.document].blocks[grid.block];
            dollar.name_in_table(&mut grid, &block.kind);
            grid
        })
        .collect();
    let stated = config.calendar.or(source.calendar).or_else(|| inferred(&documents, &grids));
    let calendar = stated.or_else(|| context::annual_columns(grids.iter())).unwrap_or_default();
    let contexts = Contexts::new(calendar, &files, &documents, &mentions, &grids, &source, &config);
    let mut vocabulary = Vocabulary::from_source(&source);
    let mut layouts = table::layouts(&grids, &documents, &contexts, &source, &mut vocabulary);
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
        asides: Vec::new(),
        verdicts: Vec::new(),
        waivers: Vec::new(),
        waived: Vec::new(),
    };
    learn_units(&mut deck, &layouts);
    if deck.source.metrics.is_empty() {
        label::learn(&deck.documents, &deck.mentions, &mut deck.vocabulary);
        spoken::learn(&deck.documents, &deck.mentions, &mut deck.vocabulary);
    }
    deck.vocabulary.learn_heads();
    let mut claims: Vec<Claim> = (0..deck.grids.len())
        .into_par_iter()
        .flat_map_iter(|at| table::claims(&deck, at, &layouts[at], &contexts))
        .collect();
    let named = adopt::Named::new(&deck.source);
    let adopted = adopt::find(&deck, &named, &claims);
    if !adopted.is_empty() {
        take_for(&adopted, &mut deck, &mut claims, &mut layouts);
    }
    let times = table::times(&deck.grids, &layouts);
    balance::settle(&mut deck, &claims, &times);
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
    let mut sentences = echo::SentenceWords::new();
    let table::Times { dated, mut spanned } = times;
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
        if !balance::is_flow(&deck.vocabulary.term(*id).label) {
            deck.vocabulary.learn_instant(*id);
        }
    }
    deck.claims = in_reading_order(claims);
    pin::apply(&mut deck);
    name_measures(&mut deck);
    take_units(&mut deck);
    leave_other_kinds(&mut deck);
    name_periods(&mut deck, &contexts);
    earnings::bind(&mut deck);
    let silent = scale::silent(&deck);
    echo::bind(&mut deck, &sentences, &silent);
    take_bases(&mut deck);
    scale::settle(&mut deck, &silent);
    scale::share(&mut deck);
    // What is settled and confirmed is running text, so that the cells of tables stay as they are.
    let cells = base::cells(&deck);
    base::settle(&mut deck, &contexts, &cells);
    confirm::bind(&mut deck, &named, &sentences, &cells);
    deck
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

/// Gives every period its canonical name: a flow the plainest span; a balance that is stated on a date the period that ends then,
/// in the grain that its document reports in.
fn name_periods(deck: &mut Deck, contexts: &Contexts) {
    for claim in &mut deck.claims {
        let (Some(id), Some(period)) = (claim.metric, claim.period) else { continue };
        let instant = deck.vocabulary.term(id).period_type == Some(PeriodType::Instant);
        let monthly = contexts.context(claim.document).reporting.and_then(Period::grain) == Some(Grain::Month);
        claim.period = Some(match period {
            Period::Day(_) | Period::Month(..) | Period::Quarter(..) if instant && monthly => {
                period.at_grain(Grain::Month, &deck.calendar).unwrap_or(period)
            }
            // What moved from one month end to the next is of the month, whatever else ends with it.
            Period::Month(..)
                if instant
                    && matches!(claim.base, Some(Base::Period(base)) if base.moment(&deck.calendar).grain() == Some(Grain::Month)) =>
            {
                period
            }
            Period::Day(_) | Period::Month(..) if instant => period.moment(&deck.calendar),
            _ if instant => period,
            // `31 Dec 2025` over a ratio of the half-year that ends then.
            Period::Day(_) => match contexts.context(claim.document).reporting {
                Some(now) if now.bounds(&deck.calendar).1 == period.bounds(&deck.calendar).1 => now,
                _ => period.plain(&deck.calendar),
            },
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

/// A change over a year is on the year before, and what is ahead or behind is so of the one plan that the source has, unless the
/// sentence says otherwise.
fn take_bases(deck: &mut Deck) {
    take_plans(deck);
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

fn is_open_variance(claim: &Claim) -> bool {
    claim.measure == Measure::Variance && claim.base.is_none() && claim.cell.is_none()
}

/// `€1.8m over`, `2.3% ahead`: where the source has one plan for the metric at that time, of that.
fn take_plans(deck: &mut Deck) {
    let open: Vec<usize> = (0..deck.claims.len()).filter(|&at| is_open_variance(&deck.claims[at])).collect();
    if open.is_empty() {
        return;
    }
    let mut plans: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for fact in deck.source.facts.iter().filter(|fact| fact.scenario != scenario::ACTUAL) {
        plans.entry(fact.metric).or_default().insert(&fact.scenario);
    }
    let facts = Facts::new(deck);
    let only = |claim: &Claim| {
        let (Some(metric), Some(period)) = (claim.metric, claim.period) else { return None };
        let source = deck.vocabulary.term(metric).source?;
        let segment = claim.segment.as_deref();
        let mut names =
            plans.get(&source)?.iter().filter(|name| !facts.level(source, period, name, segment).is_empty());
        names.next().filter(|_| names.next().is_none()).map(|name| (*name).to_owned())
    };
    let found: Vec<(usize, String)> = open.into_iter().filter_map(|at| Some((at, only(&deck.claims[at])?))).collect();
    for (at, name) in found {
        let claim = &mut deck.claims[at];
        claim.evidence.push(format!("the {name} is the one plan that the source has"));
        claim.base = Some(Base::Scenario(name));
    }
}

/// `64 cents` of a metric in dollars is 0.64 dollars, since the word alone names no currency; `12.4 kt` of one in tonnes is 12,400 t.
fn name_measures(deck: &mut Deck) {
    for claim in &mut deck.claims {
        let unit = claim.metric.and_then(|id| deck.vocabulary.term(id).unit.as_ref());
        if let Some(quantity) = unit.and_then(|unit| claim.quantity.in_measure_of(unit)) {
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
        // `NPS rose three points`.
        if let (Some(unit @ Unit::Measure(_)), Unit::Points) = (&term.unit, &claim.quantity.unit) {
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
        // `Loyalty members (000s)` says its scale itself.
        let scaled_by_line = |claim: &Claim| {
            claim.cell.is_none_or(|(grid, r, c)| {
                let grid = &deck.grids[grid];
                grid.rows[r].scale.is_some() || grid.columns[c].scale.is_some()
            })
        };
        let quantity = match &claim.quantity.unit {
            Unit::Bare => claim.quantity.clone(),
            Unit::Currency(_)
                if term.source.is_some()
                    && claim.quantity.scale > Decimal::ONE
                    && plain()
                    && !scaled_by_line(claim) =>
            {
                let Some(unscaled) =
                    Decimal::ONE.checked_div(claim.quantity.scale).and_then(|factor| claim.quantity.shifted(factor))
                else {
                    continue;
                };
                Quantity { scale: Decimal::ONE, scaled: false, ..unscaled }
            }
            // A document's currency is of its amounts, not of its margins and heads.
            Unit::Currency(_) if term.source.is_some() && claim.cell.is_some() && plain() => claim.quantity.clone(),
            _ => continue,
        };
        // A table of money in which a row goes by the name of a count may as well state money.
        claim.loose |= matches!(claim.quantity.unit, Unit::Currency(_));
        claim.quantity = quantity.with_unit(unit.clone());
        if let Some((grid, r, c)) = claim.cell {
            deck.grids[grid].cells[r][c].quantity = Some(claim.quantity.clone());
        }
    }
}

/// A percentage in the row of an amount is a share or rate of it, whatever the row is called, and no level of the metric.
fn leave_other_kinds(deck: &mut Deck) {
    for claim in deck.claims.iter_mut().filter(|claim| claim.cell.is_some() && claim.measure == Measure::Level) {
        let unit = claim.metric.and_then(|id| deck.vocabulary.term(id).unit.as_ref());
        let rate = matches!(claim.quantity.unit, Unit::Percent);
        if rate && matches!(unit, Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_) | Unit::Duration(_))) {
            claim.metric = None;
            claim.evidence.clear();
            claim.confidence = Confidence::Low;
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

#[cfg(test)]
mod tests;
