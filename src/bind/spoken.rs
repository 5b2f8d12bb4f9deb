//! What a deck without a source speaks of and no table or line labels: `Interest cover was 1.9x` here, `interest cover slipped to 1.7x`
//! there; `fee income of £24.6m`; `LTIFR 0.7`.
//!
//! Enters: the texts of the documents with their mentions. Leaves: the vocabulary, with the measures that the texts state.
//! Invariant: a phrase is learned only where all that state it do so in one kind of unit;
//! what fewer than two blocks say with a verb is known in passing only.

mod phrase;

use std::collections::{BTreeMap, BTreeSet};

use super::label;
use crate::document::{BlockKind, Document};
use crate::extract::Mention;
use crate::quantity::Unit;
use crate::vocabulary::{Known, MetricId, Name, Vocabulary, respelled};
use crate::words::{stems, words};

use phrase::{Stated, Tie};
pub(super) use phrase::{is_done, is_noun, phrases};

/// What is said of a phrase.
#[derive(Default)]
struct Said {
    /// As it is first written.
    label: String,
    units: BTreeSet<String>,
    unit: Option<Unit>,
    /// The documents and blocks that state it with a verb.
    places: BTreeSet<(usize, usize)>,
}

/// Learns what the texts state.
pub(super) fn learn(documents: &[Document], mentions: &[Vec<Vec<Mention>>], vocabulary: &mut Vocabulary) {
    let labels = Labels::of(vocabulary);
    for (own, said) in said(documents, mentions, vocabulary).into_iter().filter(|(_, said)| said.units.len() < 2) {
        let unit = said.unit.as_ref();
        if vocabulary.is_short(&said.label) {
            continue;
        }
        if let Some(id) = whole_of(&said.label, vocabulary) {
            vocabulary.add_alias(&said.label, id);
        } else if own.len() > 1 && said.places.len() > 1 {
            label::take(&said.label, unit, vocabulary);
        } else if !is_general(&own)
            && let Some(id) = label::take(&said.label, unit, vocabulary)
        {
            let short = labels.has_longer(&own, unit, vocabulary);
            vocabulary.learn_known(id, if short { Known::ForShort } else { Known::InPassing });
        }
    }
}

/// What the texts state, by the words of its phrase.
fn said(
    documents: &[Document],
    mentions: &[Vec<Vec<Mention>>],
    vocabulary: &Vocabulary,
) -> BTreeMap<Vec<String>, Said> {
    let mut said: BTreeMap<Vec<String>, Said> = BTreeMap::new();
    for (at, (document, mentions)) in documents.iter().zip(mentions).enumerate() {
        for (block, (own, mentions)) in document.blocks.iter().zip(mentions).enumerate() {
            let (BlockKind::Paragraph(flow) | BlockKind::Item(flow)) = &own.kind else { continue };
            for Stated { phrase, unit, tie, .. } in phrases(flow.text(), mentions) {
                // `Cost of revenue`, `marketing spend`: too near the labels of costs to be told from them by one sentence.
                if words(phrase).iter().any(phrase::is_thing) {
                    continue;
                }
                let phrase = without_part(phrase, vocabulary);
                let entry = said.entry(stems(phrase)).or_default();
                if entry.label.is_empty() {
                    entry.label = phrase.to_owned();
                }
                if let Some(unit) = unit {
                    entry.units.insert(unit.to_string());
                    entry.unit.get_or_insert(unit);
                }
                if tie == Tie::Verb {
                    entry.places.insert((at, block));
                }
            }
        }
    }
    said
}

/// `Rail order book` → `order book`: the part is not the measure.
fn without_part<'a>(phrase: &'a str, vocabulary: &Vocabulary) -> &'a str {
    let own = words(phrase);
    let Some(first) = vocabulary.find(&own).into_iter().next() else { return phrase };
    match (&first.name, own.get(first.words.end)) {
        (Name::Segment(_), Some(next)) if first.words.start == 0 => phrase.get(next.range.start..).unwrap_or(phrase),
        _ => phrase,
    }
}

/// `Opex` of a deck whose table has `Total operating expenses`, `Electronic Component sales` of one with `Total Electronic Components`.
fn whole_of(label: &str, vocabulary: &Vocabulary) -> Option<MetricId> {
    let spelled = respelled(label);
    let bare = [" sales", " revenue", " revenues"].iter().find_map(|end| label.strip_suffix(end));
    let all = std::iter::once(label).chain(spelled.iter().map(String::as_str)).chain(bare);
    all.map(|name| format!("total {name}")).find_map(|name| match vocabulary.exact(&name) {
        Some(Name::Metric(id)) => Some(id),
        _ => None,
    })
}

/// The labels of the deck by their words.
struct Labels(BTreeMap<String, Vec<MetricId>>);

impl Labels {
    /// Labels that one word leads to, at most: a word of more says too little.
    const MANY: usize = 64;

    fn of(vocabulary: &Vocabulary) -> Self {
        let mut by_word: BTreeMap<String, Vec<MetricId>> = BTreeMap::new();
        for (id, term) in vocabulary.terms() {
            for stem in stems(&term.label) {
                by_word.entry(stem).or_default().push(id);
            }
        }
        Self(by_word)
    }

    /// `Arrears` beside `Current tenant arrears`: whether a label of the same kind has the words of a phrase, and more.
    fn has_longer(&self, own: &[String], unit: Option<&Unit>, vocabulary: &Vocabulary) -> bool {
        let longer = |id: &&MetricId| {
            let term = vocabulary.term(**id);
            let alike = term.unit.as_ref().zip(unit).is_none_or(|(a, b)| a.comparable(b) || *a == Unit::Bare);
            let label = stems(&term.label);
            alike && label.len() > own.len() && own.iter().all(|stem| label.contains(stem))
        };
        let near = own.last().and_then(|last| self.0.get(last));
        near.into_iter().flatten().take(Self::MANY).any(|id| longer(&id))
    }
}

/// `The margin`, `the rate`, `a surplus`: what anything may be called for short.
fn is_general(own: &[String]) -> bool {
    const GENERAL: &[&str] = &[
        "margin",
        "rate",
        "ratio",
        "cost",
        "share",
        "score",
        "index",
        "price",
        "volume",
        "loss",
        "time",
        "day",
        "case",
        "cover",
        "coverage",
        "claim",
        "performance",
        "spend",
        "spending",
        "spent",
        "fee",
        "interest",
        "length",
        "average",
        "capacity",
        "level",
        "yield",
        "remaining",
        "ticket",
        "delivery",
        "completion",
        "expense",
        "charge",
        "provision",
        "fall",
        "award",
        "waiting",
        "wait",
        "shipment",
        "breach",
        "agency",
        "outflow",
        "inflow",
    ];
    matches!(own, [one] if GENERAL.contains(&one.as_str()))
}
