//! What the lines above a number say of it: `- Consumer` over `- Revenue £38.4m`, `- Budget` over `- Revenue £86.0m`.
//!
//! Enters: a block and the lines that lead into it. Leaves: the part and the scenario that they name.
//! Invariant: a line that says more than a name, or states a number, lends nothing: what it says is its own. A title lends its part, and no
//! scenario, since under `Budget` stands what became of it.

use super::heading_segment;
use crate::bind::context::is_topic;
use crate::deck::Deck;
use crate::document::{BlockKind, Document};
use crate::extract::{Mention, MentionKind};
use crate::scenario;
use crate::vocabulary::Name;
use crate::words::{is_determiner, words};

/// The part that the nearest line above names alone, else the one that the title names.
pub(super) fn segment(deck: &Deck, at: usize, block: usize) -> Option<String> {
    let named = |text: &str| {
        let words = words(text);
        let found = deck.vocabulary.find(&words);
        let mut own = found.iter();
        let (Some(Name::Segment(segment)), None) = (own.next().map(|found| &found.name), own.next()) else {
            return None;
        };
        let told = |at: usize| found.iter().any(|found| found.words.contains(&at));
        let alone = words.iter().enumerate().all(|(at, word)| told(at) || says_nothing(&word.stem));
        alone.then(|| segment.clone())
    };
    labels(deck, at, block).find_map(named).or_else(|| heading_segment(deck, &deck.documents[at], block))
}

/// The scenario that the nearest line above names alone; none where it is what happened.
pub(super) fn scenario(deck: &Deck, at: usize, block: usize) -> Option<&'static str> {
    let named = |text: &str| {
        let found = scenario::scan(text);
        let [(range, name)] = found.as_slice() else { return None };
        let mut others = words(text).into_iter().filter(|word| !range.contains(&word.range.start));
        others.all(|word| says_nothing(&word.stem)).then_some(*name)
    };
    labels(deck, at, block).find_map(named).filter(|name| *name != scenario::ACTUAL)
}

/// The lines that lead into a block and state no number, the nearest first.
fn labels(deck: &Deck, at: usize, block: usize) -> impl Iterator<Item = &str> {
    let document: &Document = &deck.documents[at];
    let states = |mention: &Mention| matches!(mention.kind, MentionKind::Quantity(_));
    let line = move |up: usize| {
        let heading = matches!(document.blocks[up].kind, BlockKind::Heading(..));
        let own = document.blocks[up].flow().filter(|_| !heading && !deck.mentions[at][up].iter().any(states));
        own.map(|flow| flow.text())
    };
    document.leads(block).filter_map(line)
}

/// Whether a word adds nothing to a name: `the`, `division`, `summary`.
fn says_nothing(stem: &str) -> bool {
    is_determiner(stem)
        || is_topic(stem)
        || matches!(stem, "division" | "segment" | "region" | "business" | "unit" | "only" | "actual")
}
