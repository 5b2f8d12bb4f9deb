//! What a deck without a source speaks of and no table or line labels: `Interest cover was 1.9x` here, `interest cover slipped to
//! 1.7x` there; `fee income of £24.6m`; `LTIFR 0.7`.
//!
//! Enters: the texts of the documents with their mentions. Leaves: the vocabulary, with the measures that the texts state.
//! Invariant: a phrase is learned only where its words say that it is a measure, where it opens a clause or stands right before `of` and
//! a number, and where all that state it do so in one kind of unit; what fewer than two blocks say with a verb is known in passing only.

use std::collections::{BTreeMap, BTreeSet};

use super::label;
use super::lexicon::{self, Cue};
use crate::document::{BlockKind, Document};
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::{Known, MetricId, Name, Vocabulary, respelled};
use crate::words::{Word, is_determiner, stems, words};

/// Words of a phrase, at most.
const LONGEST: usize = 4;
/// Words between a phrase's verb and its number, at most: `slipped again to`.
const NEAR: usize = 3;

/// How a text ties a phrase to its number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// By a verb: `was`, `rose to`.
    Verb,
    /// By `of`, or by standing right before it.
    Close,
}

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
    let mut said: BTreeMap<Vec<String>, Said> = BTreeMap::new();
    for (at, (document, mentions)) in documents.iter().zip(mentions).enumerate() {
        for (block, (own, mentions)) in document.blocks.iter().zip(mentions).enumerate() {
            let (BlockKind::Paragraph(flow) | BlockKind::Item(flow)) = &own.kind else { continue };
            for (phrase, unit, tie) in phrases(flow.text(), mentions) {
                let phrase = without_part(phrase, vocabulary);
                let entry = said.entry(stems(phrase)).or_default();
                if entry.label.is_empty() {
                    entry.label = phrase.to_owned();
                }
                entry.units.insert(unit.to_string());
                entry.unit.get_or_insert(unit);
                if tie == Tie::Verb {
                    entry.places.insert((at, block));
                }
            }
        }
    }
    let labels = Labels::of(vocabulary);
    for (own, said) in said.into_iter().filter(|(_, said)| said.units.len() == 1) {
        let unit = said.unit.as_ref();
        if own.len() > 1 && said.places.len() > 1 {
            label::take(&said.label, unit, vocabulary);
        } else if let Some(id) = whole_of(&said.label, vocabulary) {
            vocabulary.add_alias(&said.label, id);
        } else if !is_general(&own)
            && let Some(id) = label::take(&said.label, unit, vocabulary)
        {
            let short = labels.has_longer(&own, unit, vocabulary);
            vocabulary.learn_known(id, if short { Known::ForShort } else { Known::InPassing });
        }
    }
}

/// `Opex` of a deck whose table has `Total operating expenses`.
fn whole_of(label: &str, vocabulary: &Vocabulary) -> Option<MetricId> {
    let spelled = respelled(label);
    let all = std::iter::once(label).chain(spelled.iter().map(String::as_str));
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

/// `Rail order book` → `order book`: the part is not the measure.
fn without_part<'a>(phrase: &'a str, vocabulary: &Vocabulary) -> &'a str {
    let own = words(phrase);
    let Some(first) = vocabulary.find(&own).into_iter().next() else { return phrase };
    match (&first.name, own.get(first.words.end)) {
        (Name::Segment(_), Some(next)) if first.words.start == 0 => phrase.get(next.range.start..).unwrap_or(phrase),
        _ => phrase,
    }
}

/// The phrases of a text that a number is stated for.
fn phrases<'a>(text: &'a str, mentions: &[Mention]) -> Vec<(&'a str, Unit, Tie)> {
    let mut found = Vec::new();
    let mut end = 0;
    for mention in mentions {
        let MentionKind::Quantity(quantity) = &mention.kind else { continue };
        // Only the first number of a clause is sure to be of its subject.
        let from = end;
        end = mention.range.end;
        let Some(gap) = text.get(from..mention.range.start) else { continue };
        let start = from + opening(gap);
        let clear = from == 0 || start > from;
        let timed = mentions.iter().any(|other| start <= other.range.start && other.range.start < mention.range.start);
        let Some(clause) = text.get(start..mention.range.start).filter(|_| !timed) else { continue };
        let named = match clear {
            true => subject(clause).or_else(|| told(clause)),
            false => told(clause).filter(|(_, tie)| *tie == Tie::Close && clause.trim_end().ends_with(" of")),
        };
        if let Some((phrase, tie)) = named {
            found.push((phrase, quantity.unit.clone(), tie));
        }
    }
    found
}

/// Where the last clause of a text begins.
fn opening(text: &str) -> usize {
    const BREAKS: &[&str] =
        &[". ", "; ", ": ", "\n", ", and ", ", but ", ", while ", "(", "! ", "? ", "| ", "• ", "· "];
    let inner = BREAKS.iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max();
    // What follows a number right away: `loans were $3.4m and deposits $4.1m`, `OEE 73.8%, scrap 2.1%`.
    let behind =
        || [" and ", ", ", ") and ", "), "].iter().find(|mark| text.starts_with(**mark)).map(|mark| mark.len());
    inner.or_else(behind).unwrap_or(0)
}

/// Whether a word can be one of a name.
fn is_noun(word: &Word) -> bool {
    word.stem.chars().all(char::is_alphabetic)
        && word.stem.len() > 2
        && lexicon::cue(&word.stem).is_none()
        && !lexicon::is_verb(&word.stem)
        && !is_determiner(&word.stem)
        && !matches!(word.stem.as_str(), "there" | "here" | "alone")
}

/// Whether words are a name: nouns, joined by `of`, `in`, `per` or `to` at most.
fn is_name(text: &str, phrase: &[Word]) -> bool {
    let joins = |word: &Word| matches!(word.stem.as_str(), "of" | "in" | "per" | "to" | "on");
    // `On-time delivery`.
    let on_time = matches!(phrase, [on, time, ..] if on.stem == "on" && time.stem == "time");
    let ends = (on_time || phrase.first().is_some_and(is_noun)) && phrase.last().is_some_and(is_noun);
    let degree = |word: &Word| lexicon::is_transparent(&word.stem) && !joins(word) && word.stem != "current";
    ends && phrase.len() <= LONGEST
        && phrase.iter().all(|word| is_noun(word) || joins(word))
        && !phrase.iter().any(degree)
        && scenario::scan(text).is_empty()
        // `Sales in Europe`: what is joined is a place.
        && !phrase.windows(2).any(|two| joins(&two[0]) && two[1].capital)
}

/// A clause's words without those that lead to its subject, and the clause if nothing but words stands in it.
fn opened(clause: &str) -> Option<Vec<Word>> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '*' | '_');
    if !clause.chars().all(plain) {
        return None;
    }
    const LEADS: &[&str] = &["and", "but", "while", "with", "on", "despite", "group", "company", "overall", "total"];
    let mut own = words(clause);
    let leads = |word: &&Word| {
        // `On-time delivery` is a name.
        let glued = clause.get(word.range.end..).is_some_and(|rest| rest.starts_with('-'));
        !glued && (is_determiner(&word.stem) || LEADS.contains(&word.stem.as_str()))
    };
    let led = own.iter().take_while(leads).count();
    own.drain(..led);
    Some(own)
}

/// The bytes from the first to the last of some words.
fn spanned<'a>(clause: &'a str, phrase: &[Word]) -> Option<&'a str> {
    clause.get(phrase.first()?.range.start..phrase.last()?.range.end)
}

/// The noun phrase that a clause opens with, where a verb and at most few light words stand between it and what follows.
fn subject(clause: &str) -> Option<(&str, Tie)> {
    let own = opened(clause)?;
    let verb = own.iter().position(|word| matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::Move(_))))?;
    let (phrase, rest) = own.split_at(verb);
    let light = |word: &Word| {
        matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::To | Cue::Move(_)))
            || word.stem.ends_with("ly")
            || word.stem == "again"
    };
    // What it moved by is no level, and `was up 3%` tells none either; `eased from 95.1%` tells an earlier one.
    let level = rest.last().is_some_and(|last| matches!(lexicon::cue(&last.stem), Some(Cue::To | Cue::Is | Cue::From)));
    let (last, between) = rest.split_last()?;
    let near = rest.len() <= NEAR + 1 && between.iter().all(light) && (light(last) || level);
    let text = spanned(clause, phrase)?;
    (near && level && is_name(text, phrase)).then_some((text, Tie::Verb))
}

/// `fee income of`, `LTIFR`: the noun phrase right before a number, or before the `of` that leads to it.
fn told(clause: &str) -> Option<(&str, Tie)> {
    let own = opened(clause)?;
    let Some((last, before)) = own.split_last().filter(|(last, _)| last.stem == "of") else {
        let text = spanned(clause, &own)?;
        let short = own.len() > 1 || own.iter().all(|word| word.capital);
        return (short && is_name(text, &own)).then_some((text, Tie::Close));
    };
    let nouns = before.iter().rev().take_while(|word| is_noun(word)).count();
    let (lead, phrase) = before.split_at(before.len() - nouns);
    // `an increase in deposits of $2m` states no deposits.
    let free = lead
        .last()
        .is_none_or(|word| !matches!(word.stem.as_str(), "of" | "in" | "to" | "from" | "by" | "for" | "at" | "per"));
    // `closed with a surplus of $2m` says what kind of result it was, and no more.
    let first = phrase.first()?.range.start;
    let kind =
        phrase.len() == 1 && clause.get(..first).is_some_and(|head| head.ends_with(" a ") || head.ends_with(" an "));
    let free = free && !kind;
    let text = spanned(clause, phrase)?;
    (free && last.range.end <= clause.len() && is_name(text, phrase)).then_some((text, Tie::Close))
}
