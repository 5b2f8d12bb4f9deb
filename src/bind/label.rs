//! Labels of running text: what a deck without a source calls its metrics in tiles and in lines such as `Gross margin: 47.5%`.
//!
//! Enters: documents with their mentions. Leaves: the vocabulary, with the labels that name measures.
//! Invariant: a label is learned only where its words say that it is a measure; `Europe: €12.3m` may be a part of anything.

use super::lexicon;
use super::tile;
use crate::document::{BlockKind, Document};
use crate::extract::{Mention, MentionKind};
use crate::quantity::Unit;
use crate::scenario;
use crate::vocabulary::{MetricId, Vocabulary, is_measure};
use crate::words::words;

/// Words of a label, at most.
const LONGEST: usize = 6;

/// Learns what tiles and labelled lines name.
pub(super) fn learn(documents: &[Document], mentions: &[Vec<Vec<Mention>>], vocabulary: &mut Vocabulary) {
    for (document, mentions) in documents.iter().zip(mentions) {
        let tiles = tile::tiles(document, mentions);
        for (at, block) in document.blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Tile { label, .. } => {
                    take(label.text(), None, vocabulary);
                }
                BlockKind::Paragraph(flow) | BlockKind::Item(flow) => match tiles.get(&at) {
                    Some(tiles) => tiles.iter().for_each(|tile| {
                        take(tile.label(), unit(mentions[at].get(tile.mention())), vocabulary);
                    }),
                    None => {
                        if let Some((label, number)) = labelled(flow.text(), &mentions[at]) {
                            take(label, unit(mentions[at].get(number)), vocabulary);
                        }
                    }
                },
                _ => {}
            }
        }
    }
}

fn unit(mention: Option<&Mention>) -> Option<&Unit> {
    match &mention?.kind {
        MentionKind::Quantity(quantity) => Some(&quantity.unit),
        _ => None,
    }
}

/// `Gross margin: 47.5% (Q3 FY24 46.8%)`: the words before the colon, and the number right behind it.
pub(super) fn labelled<'a>(text: &'a str, mentions: &[Mention]) -> Option<(&'a str, usize)> {
    let at = mentions.iter().position(|mention| matches!(mention.kind, MentionKind::Quantity(_)))?;
    let number = mentions.get(at)?;
    let label = text.get(..number.range.start)?.trim_end().strip_suffix(':')?;
    // `Stock at quarter end`: a time behind the name is the number's.
    let time = mentions.iter().find(|mention| mention.range.start < label.len());
    let label = match time {
        Some(time) => {
            let head = text.get(..time.range.start)?.trim_end();
            let closes = text.get(time.range.end..label.len()).is_some_and(|rest| rest.trim().is_empty());
            let head = ["at the", "at", "in the", "in", "for the", "for", "of the", ","]
                .iter()
                .find_map(|led| head.strip_suffix(led))
                .unwrap_or(head);
            closes.then_some(head)?
        }
        None => label,
    };
    Some((label.trim(), at))
}

/// Learns a label that names a measure which the vocabulary does not have yet.
pub(super) fn take(label: &str, unit: Option<&Unit>, vocabulary: &mut Vocabulary) -> Option<MetricId> {
    // `Guest satisfaction (out of 10)`: how it is measured is no part of the name.
    let label = match label.split_once('(') {
        Some((name, inside)) if inside.trim_end().ends_with(')') => name.trim_end(),
        _ => label,
    };
    let own = words(label);
    let plain = label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '&' | '\'' | '’' | '/'));
    if own.is_empty() || own.len() > LONGEST || !plain || vocabulary.exact(label).is_some() {
        return None;
    }
    // `Revenue and EBITDA: …` names two, `Revenue growth: 12%` how one has moved.
    let moved = |stem: &str| {
        matches!(stem, "and" | "growth" | "change" | "increase" | "decrease" | "variance" | "versus" | "v" | "by")
    };
    if own.iter().any(|word| moved(&word.stem)) || !scenario::scan(label).is_empty() {
        return None;
    }
    // What stands beside a name that is known must make another measure of it: `Interest cover`, `Adjusted EBITDA`, no `North revenue`.
    let known = vocabulary.find(&own);
    let free: Vec<&str> = own
        .iter()
        .enumerate()
        .filter(|(at, _)| !known.iter().any(|name| name.words.contains(at)))
        .map(|(_, word)| word.stem.as_str())
        .collect();
    let measure =
        is_measure(&free.join(" ")) || !known.is_empty() && free.iter().any(|stem| lexicon::is_modifier(stem));
    if !measure {
        return None;
    }
    let id = vocabulary.add_label(label);
    if let Some(unit) = unit {
        vocabulary.learn_unit(id, unit);
    }
    Some(id)
}
