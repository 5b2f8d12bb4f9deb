//! Shares whose whole stands elsewhere: `7,319 of them, 41.0%`, `spend was £905k, now 3.7% of pay`.
//!
//! Enters: a bound deck. Leaves: shares with their operands and what those give. Invariant: the part is what the words plainly
//! say, and a share that is far from what the operands give is of something else.

use rust_decimal::Decimal;

use crate::check::interval;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::document::Flow;
use crate::extract::{Mention, quantities};
use crate::interval::Interval;
use crate::movement::Movements;
use crate::quantity::{Qualifier, Quantity, Unit};
use crate::scenario;
use crate::span::Place;
use crate::stops;
use crate::vocabulary::{MetricId, Name};
use crate::words::{is_determiner, words};

use super::contradicts;

/// A share that its operands contradict: its slide, its quantity and place, the operands as written, and what they give.
pub(super) struct Wrong<'a> {
    pub(super) slide: usize,
    pub(super) share: (&'a Quantity, Place),
    pub(super) sides: Vec<(String, Place)>,
    pub(super) expected: Interval,
}

/// Blocks before one that `of them` reaches back over.
const BACK: usize = 2;

/// `We have 18,246 donors.` … `7,319 of them, 41.0%, give every month`.
pub(super) fn of_them<'a>(deck: &'a Deck, (document, block): (usize, usize)) -> Vec<Wrong<'a>> {
    let (blocks, file) = (&deck.documents[document].blocks, deck.documents[document].file);
    let Some(flow) = blocks[block].flow() else { return Vec::new() };
    let own = quantities(&deck.mentions[document][block]);
    let mut found = Vec::new();
    for (at, two) in own.windows(2).enumerate() {
        let [(part, count), (share, percent)] = two else { continue };
        let text = flow.text();
        let (Some(before), Some(between)) = (text.get(..part.range.start), text.get(part.range.end..share.range.start))
        else {
            continue;
        };
        let joined = ["of them", "of these", "of those"].iter().any(|of| between.trim_start().starts_with(of));
        let near = between.len() < 48 && !stops::parts(between) && between.trim_end().ends_with([',', '(', ':']);
        let Some(value) = whole_number(count).filter(|_| joined && near && percent.unit == Unit::Percent) else {
            continue;
        };
        let here = candidates(flow, own[..at].iter().copied(), value, before.len());
        let earlier = || {
            let home = (blocks[block].slide, blocks[block].heading);
            (block.saturating_sub(BACK)..block).rev().find_map(|other| {
                let flow = blocks[other].flow().filter(|_| (blocks[other].slide, blocks[other].heading) == home)?;
                let mentions = quantities(&deck.mentions[document][other]);
                let found = candidates(flow, mentions.into_iter(), value, flow.text().len());
                (!found.is_empty()).then_some((flow, found))
            })
        };
        let (home, wholes) = if here.is_empty() { earlier().unwrap_or((flow, here)) } else { (flow, here) };
        let share_of = |whole: &Quantity| Interval::exact(value).share_of(Interval::exact(whole.value?));
        let fits =
            |(_, whole): &(&Mention, &Quantity)| share_of(whole).is_some_and(|given| !contradicts(percent, given));
        if wholes.iter().any(fits) {
            continue;
        }
        let Some((whole, count)) = wholes.first() else { continue };
        let place = |flow: &Flow, mention: &Mention| Place { file, span: flow.span(mention.range.clone()) };
        let said =
            |flow: &Flow, mention: &Mention| flow.text().get(mention.range.clone()).unwrap_or_default().to_owned();
        if let Some(expected) = share_of(count).filter(|given| is_near(percent, *given)) {
            found.push(Wrong {
                slide: blocks[block].slide,
                share: (percent, place(flow, share)),
                sides: vec![(said(flow, part), place(flow, part)), (said(home, whole), place(home, whole))],
                expected,
            });
        }
    }
    found
}

fn whole_number(quantity: &Quantity) -> Option<Decimal> {
    quantity.value.filter(|value| quantity.is_exact_count() && value.fract().is_zero() && *value > Decimal::ONE)
}

/// The counts of the last sentence before `end` that states any, which a part can be of, in order.
fn candidates<'a>(
    flow: &Flow,
    quantities: impl Iterator<Item = (&'a Mention, &'a Quantity)>,
    part: Decimal,
    end: usize,
) -> Vec<(&'a Mention, &'a Quantity)> {
    let fits = |(_, quantity): &(&Mention, &Quantity)| whole_number(quantity).is_some_and(|value| value >= part);
    let mut found: Vec<(&Mention, &Quantity)> = quantities.filter(fits).collect();
    let parted = |from: usize, to: usize| flow.text().get(from..to).is_none_or(stops::parts);
    let Some(last) = found.last().map(|(mention, _)| mention.range.clone()).filter(|range| range.end <= end) else {
        return Vec::new();
    };
    found.retain(|(mention, _)| mention.range.end >= last.start || !parted(mention.range.end, last.start));
    found
}

/// `Agency spend was £905k, down from £948k and now 3.7% of pay`; `Deposits grew to $14.97bn. They fund 82.0% of loans`.
pub(super) fn of_metric<'a>(deck: &'a Deck, movements: &Movements<'_>) -> Vec<Wrong<'a>> {
    let mut found = Vec::new();
    for (at, claim) in deck.claims.iter().enumerate() {
        let percent = claim.quantity.unit == Unit::Percent && claim.cell.is_none() && !claim.blocked;
        let actual = claim.is_actual();
        if !percent || !actual || claim.quantity.qualifier != Qualifier::Exact {
            continue;
        }
        let Some(flow) = deck.flow_of(claim) else { continue };
        let Some(wrong) = of_named(deck, movements, flow, at) else { continue };
        found.push(wrong);
    }
    found
}

fn of_named<'a>(deck: &'a Deck, movements: &Movements<'_>, flow: &Flow, at: usize) -> Option<Wrong<'a>> {
    let claim = &deck.claims[at];
    let behind = flow.text().get(flow.range(claim.place.span)?.end..)?;
    let whole = whole_named(deck, behind).or_else(|| claim.metric.filter(|_| is_of_all(behind)))?;
    let Some(part) = part(deck, flow, at, whole) else { return of_two_names(deck, movements, flow, at, whole) };
    let unit = deck.vocabulary.term(whole).unit.clone().unwrap_or(Unit::Bare);
    if part.metric == Some(whole) && part.segment.is_none() || !part.quantity.unit.comparable(&unit) {
        return None;
    }
    let of = |segment: Option<&str>| movements.level_of(whole, part.period?, scenario::ACTUAL, segment);
    // `Leeds: rent of £1.1m, 3.2% of sales`, which may be those of Leeds.
    let own = part.segment.as_deref().filter(|_| part.metric != Some(whole)).and_then(|segment| of(Some(segment)));
    let own = own.and_then(|(level, _)| interval(&part.quantity)?.share_of(level));
    let (level, places) = of(None)?;
    let expected = interval(&part.quantity)?.share_of(level)?;
    let right = own.is_some_and(|own| !contradicts(&claim.quantity, own));
    if right || !contradicts(&claim.quantity, expected) || !is_rather_near(&claim.quantity, expected) {
        return None;
    }
    let label = &deck.vocabulary.term(whole).label;
    let own = (deck.files.slice(part.place).trim().to_owned(), part.place);
    let sides = std::iter::once(own).chain(places.into_iter().map(|place| (label.clone(), place)));
    Some(Wrong { slide: claim.slide, share: (&claim.quantity, claim.place), sides: sides.collect(), expected })
}

/// `Staff costs were 20.2% of revenue`: a share of two metrics that are stated elsewhere.
fn of_two_names<'a>(
    deck: &'a Deck,
    movements: &Movements<'_>,
    flow: &Flow,
    at: usize,
    whole: MetricId,
) -> Option<Wrong<'a>> {
    let claim = &deck.claims[at];
    let sure = claim.measure == Measure::Share && !claim.loose && claim.segment.is_none();
    let (top, period) = (claim.metric.filter(|top| sure && *top != whole)?, claim.period?);
    let term = |id: MetricId| deck.vocabulary.term(id);
    // What a source gives is told of the share that it gives.
    let sourced = term(top).source.is_some() && term(whole).source.is_some();
    let alike = term(top).unit.as_ref().zip(term(whole).unit.as_ref()).is_some_and(|(a, b)| a.comparable(b));
    let head = stops::begun(flow.text().get(..flow.range(claim.place.span)?.start)?);
    let said = words(head);
    let (verb, name) = said.split_last()?;
    let copula = super::is_copula(&verb.stem) || matches!(verb.stem.as_str(), "took" | "absorbed");
    let named = deck.vocabulary.find(name);
    let leads = named.last().is_some_and(|found| found.name == Name::Metric(top) && found.words.end == name.len());
    if sourced || !alike || !copula || !leads {
        return None;
    }
    let level = |id: MetricId| movements.level_of(id, period, scenario::ACTUAL, None);
    let ((part, own), (level, places)) = (level(top)?, level(whole)?);
    let expected = part.share_of(level)?;
    if !contradicts(&claim.quantity, expected) || !is_near(&claim.quantity, expected) {
        return None;
    }
    let label = |id: MetricId| term(id).label.clone();
    let sides = own.into_iter().map(|place| (label(top), place));
    let sides = sides.chain(places.into_iter().map(|place| (label(whole), place))).collect();
    Some(Wrong { slide: claim.slide, share: (&claim.quantity, claim.place), sides, expected })
}

/// ` of the group`, ` of the total`: of all that a part is one of.
fn is_of_all(behind: &str) -> bool {
    let clause = behind.split([',', ';', '.', ')', '(', '\n']).next().unwrap_or_default();
    let said: Vec<String> =
        words(clause).into_iter().map(|word| word.stem).filter(|stem| !is_determiner(stem)).collect();
    matches!(
        said.iter().map(String::as_str).collect::<Vec<_>>().as_slice(),
        ["of", "group" | "total" | "company" | "whole"]
    )
}

/// The metric that a share is said to be of, right behind it: ` of pay`, ` of our total revenue`.
fn whole_named(deck: &Deck, behind: &str) -> Option<MetricId> {
    let behind = behind.get(..behind.char_indices().nth(60).map_or(behind.len(), |(at, _)| at))?;
    let words = words(behind);
    if words.first()?.stem != "of" {
        return None;
    }
    let first = words.iter().skip(1).position(|word| !is_determiner(&word.stem) && word.stem != "total")? + 1;
    deck.vocabulary.find(&words[1..]).into_iter().find_map(|found| match found.name {
        Name::Metric(id) if found.words.contains(&(first - 1)) || found.words.start + 1 == first => Some(id),
        _ => None,
    })
}

/// The level that a share is of: the nearest before it which only words of comparing part from it, or the only level of the sentence
/// before where its own begins with `they`.
fn part<'a>(deck: &'a Deck, flow: &Flow, at: usize, whole: MetricId) -> Option<&'a Claim> {
    const JOINING: &[&str] = &[
        "down",
        "up",
        "from",
        "to",
        "the",
        "month",
        "quarter",
        "year",
        "before",
        "earlier",
        "and",
        "now",
        "or",
        "equal",
        "equivalent",
        "representing",
        "is",
        "was",
        "are",
        "were",
        "which",
        "that",
        "a",
        "in",
        "against",
        "compared",
        "with",
        "ago",
        "last",
        "about",
        "prior",
        "previous",
        "week",
    ];
    let share = &deck.claims[at];
    let start = flow.range(share.place.span)?.start;
    let mut stated = Vec::new();
    for other in deck.claims[..at]
        .iter()
        .rev()
        .take(12)
        .take_while(|other| (other.document, other.block) == (share.document, share.block))
    {
        let Some(range) = flow.range(other.place.span) else { continue };
        stated.push((range, other));
    }
    let sentence = |from: usize| flow.text().get(from..start).is_none_or(stops::parts);
    let level = |claim: &Claim| {
        let time = claim.period.is_some() && claim.is_actual();
        let amount = matches!(claim.quantity.unit, Unit::Currency(_) | Unit::Count | Unit::Bare | Unit::Measure(_));
        claim.measure == Measure::Level && time && amount && claim.quantity.qualifier == Qualifier::Exact
    };
    // What it is compared with stands between the number and its share.
    let own = stated
        .iter()
        .filter(|(range, _)| !sentence(range.end))
        .filter(|(_, claim)| level(claim) && claim.period == share.period);
    if let Some((range, claim)) = own.clone().next() {
        let between = words(flow.text().get(range.end..start)?);
        let plain = between.iter().all(|word| {
            JOINING.contains(&word.stem.as_str())
                || word.stem.starts_with(|c: char| c.is_ascii_digit())
                || word.stem.ends_with(|c: char| c.is_ascii_digit())
        });
        let apposed = matches!(flow.text().get(range.end..start)?.trim(), "," | "(");
        return (plain && (apposed || !between.is_empty())).then_some(*claim);
    }
    let opening = flow.text().get(..start)?;
    let from = [". ", ".\n"].iter().filter_map(|end| opening.rfind(end)).max()? + 1;
    let pronoun = words(opening.get(from..)?)
        .first()
        .is_some_and(|word| matches!(word.stem.as_str(), "they" | "it" | "these" | "this"));
    let near = words(opening.get(from..)?).len() <= 4;
    let mut before = stated
        .iter()
        .filter(|(range, claim)| range.end <= from && level(claim) && claim.metric.is_some_and(|id| id != whole));
    let only = before.next().map(|(_, claim)| *claim)?;
    (pronoun && near && before.next().is_none() && only.period == share.period).then_some(only)
}

/// Whether a share is as near to what its operands give as a mistake would leave it.
pub(super) fn is_near(share: &Quantity, expected: Interval) -> bool {
    is_within(share, expected, Decimal::new(5, 1))
}

/// The same where the words leave little doubt: a part beside its share, with the whole by its name.
fn is_rather_near(share: &Quantity, expected: Interval) -> bool {
    is_within(share, expected, Decimal::new(6, 1))
}

fn is_within(share: &Quantity, expected: Interval, room: Decimal) -> bool {
    let Some(own) = share.value else { return false };
    let most = own.abs().max(expected.high.abs()).checked_mul(room).unwrap_or_default();
    own > Decimal::ZERO && (own - expected.low).abs() < most && (own - expected.high).abs() < most
}
