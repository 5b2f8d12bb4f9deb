//! What a deck without a source speaks of in several places and no table or line labels: `Interest cover was 1.9x` here, `interest cover
//! slipped to 1.7x` there.
//!
//! Enters: the texts of the documents with their mentions. Leaves: the vocabulary, with the measures that are stated more than once.
//! Invariant: a phrase is learned only where its words say that it is a measure, where it opens a clause right before a verb and a
//! level, and where two blocks state it in one kind of unit.

use std::collections::{BTreeMap, BTreeSet};

use super::label;
use super::lexicon::{self, Cue};
use crate::document::{BlockKind, Document};
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::Vocabulary;
use crate::words::{Word, is_determiner, stems, words};

/// Words of a phrase, at most.
const LONGEST: usize = 4;
/// Words between a phrase's verb and its number, at most: `slipped again to`.
const NEAR: usize = 3;

/// What is said of a phrase.
#[derive(Default)]
struct Said {
    /// As it is first written.
    label: String,
    units: BTreeSet<String>,
    unit: Option<Unit>,
    /// The documents and blocks that state it.
    places: BTreeSet<(usize, usize)>,
}

/// Learns what several blocks state.
pub(super) fn learn(documents: &[Document], mentions: &[Vec<Vec<Mention>>], vocabulary: &mut Vocabulary) {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for (at, (document, mentions)) in documents.iter().zip(mentions).enumerate() {
        for (block, (own, mentions)) in document.blocks.iter().zip(mentions).enumerate() {
            let (BlockKind::Paragraph(flow) | BlockKind::Item(flow)) = &own.kind else { continue };
            for (phrase, unit) in phrases(flow.text(), mentions) {
                let entry = said.entry(stems(&phrase).join(" ")).or_default();
                if entry.label.is_empty() {
                    entry.label = phrase;
                }
                entry.units.insert(unit.to_string());
                entry.unit.get_or_insert(unit);
                entry.places.insert((at, block));
            }
        }
    }
    for said in said.into_values().filter(|said| said.places.len() > 1 && said.units.len() == 1) {
        label::take(&said.label, said.unit.as_ref(), vocabulary);
    }
}

/// The phrases of a text that open a clause and have a level behind their verb.
fn phrases(text: &str, mentions: &[Mention]) -> Vec<(String, Unit)> {
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
        if !clear || timed {
            continue;
        }
        let Some(clause) = text.get(start..mention.range.start) else { continue };
        if let Some(phrase) = subject(clause) {
            found.push((phrase, quantity.unit.clone()));
        }
    }
    found
}

/// Where the last clause of a text begins.
fn opening(text: &str) -> usize {
    const BREAKS: &[&str] = &[". ", "; ", ": ", "\n", ", and ", ", but ", ", while ", "(", "! ", "? "];
    BREAKS.iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max().unwrap_or(0)
}

/// The noun phrase that a clause opens with, where a verb and at most few light words stand between it and what follows.
fn subject(clause: &str) -> Option<String> {
    let plain = clause.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '*' | '_'));
    let mut own = words(clause);
    let led = own.iter().take_while(|word| is_determiner(&word.stem)).count();
    own.drain(..led);
    let verb = own.iter().position(|word| matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::Move(_))))?;
    let (phrase, rest) = own.split_at(verb);
    let named = |word: &Word| {
        word.stem.chars().all(char::is_alphabetic)
            && word.stem.len() > 2
            && lexicon::cue(&word.stem).is_none()
            && !lexicon::is_verb(&word.stem)
            && !is_determiner(&word.stem)
    };
    let light = |word: &Word| {
        matches!(lexicon::cue(&word.stem), Some(Cue::Is | Cue::To | Cue::Move(_)))
            || word.stem.ends_with("ly")
            || word.stem == "again"
    };
    // What it moved by is no level, and `was up 3%` tells none either.
    let level = rest.last().is_some_and(|last| matches!(lexicon::cue(&last.stem), Some(Cue::To | Cue::Is)));
    let free = scenario::scan(clause).is_empty();
    let sized = (2..=LONGEST).contains(&phrase.len()) && rest.len() <= NEAR + 1;
    let fits = plain && free && sized && level && phrase.iter().all(named) && rest.iter().all(light);
    let (first, last) = (phrase.first()?, phrase.last()?);
    fits.then(|| clause.get(first.range.start..last.range.end).unwrap_or_default().to_owned())
}
