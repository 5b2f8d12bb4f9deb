//! Names that only running text gives: `Receipts were $214,520` on one slide and `receipts of $215,420` on another, of a deck in which
//! no table, no tile and no source knows receipts.
//!
//! Enters: a deck whose claims are bound by all that is better evidence. Leaves: open claims bound to names of running text, and which
//! claims a text states outright of their name.
//! Invariant: a claim that was bound stays as it was; a name is coined only where two sentences state it in one kind of unit, or it is
//! several words that a line has for its label or a sentence for its subject.

mod name;
mod phrase;

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, Measure};
use crate::deck::{Deck, Told};
use crate::document::{Block, BlockKind};
use crate::extract::DecimalMark;
use crate::finding::Confidence;
use crate::quantity::{Qualifier, Unit};
use crate::span::Place;
use crate::vocabulary::{Known, MetricId, Name};
use crate::words::{stems, words};

use super::context::Contexts;
use super::dollar::Dollar;
use super::text::{TextClaims, Titles, text_claims};
use super::{settle, tile};

use phrase::Tie;

/// A name with the number that a text states of it.
struct Pair {
    /// Index of the claim.
    claim: usize,
    phrase: String,
    stems: Vec<String>,
    tie: Tie,
    /// Whether nothing behind the number narrows what it is of.
    plain: bool,
}

/// Binds open claims to names that running text alone gives, and learns which claims are stated outright.
pub(super) fn bind(deck: &mut Deck, contexts: &Contexts, titles: &Titles, decimals: &[DecimalMark], dollar: &Dollar) {
    let pairs = pairs(deck);
    let coined = coin(deck, &pairs);
    if !coined.is_empty() {
        let taken = read_again(deck, &pairs, &coined, |deck, at| {
            text_claims(deck, at, contexts, titles, (decimals[at], dollar))
        });
        settle::periods(deck, contexts, &|at| taken.contains(&at));
    }
    let topics = Topics::of(deck, &pairs);
    let told = |pair: &Pair| {
        let claim = &deck.claims[pair.claim];
        let exact = matches!(claim.quantity.qualifier, Qualifier::Exact | Qualifier::About);
        let id = claim.metric.filter(|_| claim.measure == Measure::Level && !claim.blocked)?;
        let own = deck.vocabulary.exact(&pair.phrase) == Some(Name::Metric(id));
        let plain = pair.tie == Tie::Subject && topics.are_of(deck, claim);
        let how = if plain { Told::Plainly } else { Told::Loosely };
        (own && exact && pair.plain).then_some((pair.claim, how))
    };
    deck.told = pairs.iter().filter_map(told).collect();
}

/// The words that each document writes in lower case somewhere.
struct Topics(BTreeMap<usize, BTreeSet<String>>);

impl Topics {
    fn of(deck: &Deck, pairs: &[Pair]) -> Self {
        let documents: BTreeSet<usize> = pairs.iter().map(|pair| deck.claims[pair.claim].document).collect();
        let said = |at: usize| {
            let flows = deck.documents[at].blocks.iter().filter_map(Block::flow);
            let words = flows.flat_map(|flow| words(flow.text())).filter(|word| !word.capital).map(|word| word.stem);
            (at, words.collect())
        };
        Self(documents.into_iter().map(said).collect())
    }

    /// Whether the title above a claim says what is spoken of: `Europe` and `York` may be what the numbers under them are of.
    fn are_of(&self, deck: &Deck, claim: &Claim) -> bool {
        let Some(title) = deck.documents[claim.document].heading_of(claim.block) else { return true };
        let said = self.0.get(&claim.document);
        let known = |stem: &String| said.is_some_and(|said| said.contains(stem)) || name::is_title(stem);
        stems(title.text()).iter().any(known)
    }
}

/// Every name that a text states a number of, in reading order.
fn pairs(deck: &Deck) -> Vec<Pair> {
    let claims: BTreeMap<Place, usize> = deck
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.cell.is_none() && claim.quantity.value.is_some())
        .map(|(at, claim)| (claim.place, at))
        .collect();
    let mut found = Vec::new();
    for (document, mentions) in deck.documents.iter().zip(&deck.mentions) {
        let tiles = tile::tiles(document, mentions);
        for (at, (block, mentions)) in document.blocks.iter().zip(mentions).enumerate() {
            let (BlockKind::Paragraph(flow) | BlockKind::Item(flow) | BlockKind::Heading(_, flow)) = &block.kind else {
                continue;
            };
            let own = match tiles.get(&at) {
                Some(tiles) => tiles.iter().map(|tile| phrase::Pair::tile(tile.label(), tile.mention())).collect(),
                None => phrase::pairs(flow.text(), mentions),
            };
            for phrase::Pair { phrase, mention, tie, plain } in own {
                let Some(range) = mentions.get(mention).map(|mention| mention.range.clone()) else { continue };
                let place = Place { file: document.file, span: flow.span(range) };
                if let Some(&claim) = claims.get(&place) {
                    found.push(Pair { claim, stems: stems(&phrase), phrase: phrase.into_owned(), tie, plain });
                }
            }
        }
    }
    found
}

/// Learns the names that two sentences, a line by its label or a sentence by its subject state a level of, in one kind of unit.
fn coin(deck: &mut Deck, pairs: &[Pair]) -> BTreeSet<MetricId> {
    let mut said: BTreeMap<&[String], Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        said.entry(&pair.stems).or_default().push(pair);
    }
    let mut coined = BTreeSet::new();
    for (own, pairs) in said {
        let claims = || pairs.iter().map(|pair| &deck.claims[pair.claim]);
        let open = |claim: &&Claim| claim.metric.is_none() && claim.measure == Measure::Level;
        let places: BTreeSet<_> =
            claims().filter(open).map(|claim| (claim.document, claim.block, claim.sentence)).collect();
        let kinds: BTreeSet<String> = claims().map(|claim| kind(&claim.quantity.unit)).collect();
        let first = pairs[0];
        let unit = &deck.claims[first.claim].quantity.unit;
        let names = || deck.vocabulary.find_said(&words(&first.phrase)).is_empty();
        // `Pupils on roll: 4,812`, `Voluntary attrition was 8.4%`: a label of its own line and the subject of a sentence are names, where
        // their words leave no doubt what is meant.
        let named = || own.len() > 1 && pairs.iter().any(|pair| matches!(pair.tie, Tie::Label | Tie::Subject));
        let stated = places.len() > 1 || places.len() == 1 && named();
        if !stated || kinds.len() > 1 || !name::is_coinable(&first.phrase, own, unit) || !names() {
            continue;
        }
        let unit = unit.clone();
        let id = deck.vocabulary.add_label(&first.phrase);
        deck.vocabulary.learn_known(id, Known::Coined);
        deck.vocabulary.learn_unit(id, &unit);
        coined.insert(id);
    }
    coined
}

/// What units are alike: bare numbers, counts and measures are.
fn kind(unit: &Unit) -> String {
    match unit {
        Unit::Bare | Unit::Count => "count".to_owned(),
        other => other.to_string(),
    }
}

/// Reads the texts with the names that they gave; leaves the claims that were open and are of such a name now.
fn read_again(
    deck: &mut Deck,
    pairs: &[Pair],
    coined: &BTreeSet<MetricId>,
    read: impl Fn(&Deck, usize) -> TextClaims,
) -> BTreeSet<usize> {
    let mut stated: BTreeMap<usize, MetricId> = BTreeMap::new();
    let mut taken = Vec::new();
    for pair in pairs {
        if let Some(Name::Metric(id)) = deck.vocabulary.exact(&pair.phrase)
            && coined.contains(&id)
        {
            stated.insert(pair.claim, id);
            // Its words stand apart, so that the grammar does not find the name.
            let claim = &deck.claims[pair.claim];
            if pair.tie == Tie::Done && claim.metric.is_none() && !claim.blocked && claim.measure == Measure::Level {
                let evidence = vec![format!("{} counted by the number", pair.phrase)];
                taken.push((
                    pair.claim,
                    Claim { metric: Some(id), evidence, confidence: Confidence::Medium, ..claim.clone() },
                ));
            }
        }
    }
    let places: BTreeMap<Place, usize> = deck
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.cell.is_none())
        .map(|(at, claim)| (claim.place, at))
        .collect();
    let documents: BTreeSet<usize> = stated.keys().map(|&at| deck.claims[at].document).collect();
    for document in documents {
        let TextClaims { claims, balances, .. } = read(deck, document);
        balances.into_iter().filter(|id| coined.contains(id)).for_each(|id| deck.vocabulary.learn_instant(id));
        let at: Vec<Option<usize>> = claims.iter().map(|claim| places.get(&claim.place).copied()).collect();
        let sentence = |claim: &Claim| (claim.block, claim.sentence);
        // The sentences that state each name.
        let told: BTreeSet<_> = claims
            .iter()
            .zip(&at)
            .filter_map(|(claim, at)| {
                let id = stated.get(&(*at)?).filter(|id| claim.metric == Some(**id))?;
                Some((sentence(claim), *id))
            })
            .collect();
        for (claim, own) in claims.iter().zip(&at) {
            let (Some(own), Some(id)) = (*own, claim.metric) else { continue };
            let open = deck.claims[own].metric.is_none() && !deck.claims[own].blocked && !claim.blocked;
            if open && told.contains(&(sentence(claim), id)) && claim.confidence > Confidence::Low {
                let operands = claim.operands.map(|operand| operand.and_then(|n| at.get(n).copied().flatten()));
                // What else the sentence says of the name is read by the grammar alone.
                let loose = stated.get(&own) != Some(&id);
                let confidence = claim.confidence.min(Confidence::Medium);
                taken.push((own, Claim { operands, loose, confidence, ..claim.clone() }));
            }
        }
    }
    let at = taken.iter().map(|(at, _)| *at).collect();
    for (own, claim) in taken {
        deck.claims[own] = Claim { quantity: deck.claims[own].quantity.clone(), ..claim };
    }
    at
}
