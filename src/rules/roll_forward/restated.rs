//! Slides on which a figure may rightly differ from what was said before.
//!
//! Enters: documents. Leaves: the places of slides that speak of a restatement, an audit, a preliminary close or another basis.
//! Invariant: one pass over the text, whatever is asked of it later.

use std::collections::BTreeSet;

use crate::check::Places;
use crate::deck::Deck;
use crate::document::{Block, BlockKind};
use crate::span::Place;

/// Slides that speak of figures that were changed on purpose, or are taken on another basis, as places of their blocks.
pub(super) fn places(deck: &Deck) -> Places {
    let mut slides: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, document) in deck.documents.iter().enumerate() {
        for block in &document.blocks {
            let says = match &block.kind {
                BlockKind::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.flow);
                    table.caption.iter().chain(cells).any(|flow| declares(flow.text()))
                }
                _ => block.flow().is_some_and(|flow| declares(flow.text())),
            };
            if says {
                slides.insert((at, block.slide));
            }
        }
    }
    let blocks = deck.documents.iter().enumerate().flat_map(|(at, document)| {
        let slides = &slides;
        let told = move |block: &&Block| slides.contains(&(at, block.slide));
        document.blocks.iter().filter(told).map(|block| Place { file: document.file, span: block.span })
    });
    Places::new(blocks)
}

/// Whether a text says that figures were changed, are not final, or are taken on another basis.
fn declares(text: &str) -> bool {
    const BEGINNINGS: &[&str] =
        &["restat", "reclassif", "recast", "revis", "audited", "preliminar", "adoption", "adopted", "transition"];
    const PHRASES: &[&str] =
        &["constant currency", "like for like", "pro forma", "re presented", "prior period adjust"];
    let stems: Vec<String> = crate::words::words(text).into_iter().map(|word| word.stem).collect();
    if stems.iter().any(|stem| BEGINNINGS.iter().any(|beginning| stem.starts_with(beginning))) {
        return true;
    }
    PHRASES.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        stems.windows(phrase.len()).any(|run| run.iter().zip(&phrase).all(|(stem, word)| stem.starts_with(word)))
    })
}
