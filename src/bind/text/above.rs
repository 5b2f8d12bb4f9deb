//! What the lines above a number say of it: `- Consumer` over `- Revenue £38.4m`, `- Budget` over `- Revenue £86.0m`.
//!
//! Enters: a document whose lines lead into one another. Leaves: for each block, the part and the scenario that those over it name.
//! Invariant: a line that says more than a name, or states a number, lends nothing: what it says is its own. A title lends its part, and no
//! scenario, since under `Budget` stands what became of it.

use crate::bind::context::is_topic;
use crate::deck::Deck;
use crate::document::{Block, BlockKind, Document};
use crate::extract::{Mention, MentionKind};
use crate::scenario;
use crate::vocabulary::{Name, Vocabulary};
use crate::words::{is_determiner, words};

/// What each line of a document lends to those under it, by block.
pub(super) struct Above<'a> {
    document: &'a Document,
    lines: Vec<Lent>,
}

/// What a line or title names.
#[derive(Default)]
struct Lent {
    segment: Option<String>,
    scenario: Option<&'static str>,
}

impl<'a> Above<'a> {
    pub(super) fn new(deck: &'a Deck, at: usize) -> Self {
        let document = &deck.documents[at];
        let lent = |(block, mentions): (&Block, &Vec<Mention>)| lent(&deck.vocabulary, block, mentions);
        Self { document, lines: document.blocks.iter().zip(&deck.mentions[at]).map(lent).collect() }
    }

    /// The part that the nearest line above names alone, else the one that the title names.
    pub(super) fn segment(&self, block: usize) -> Option<String> {
        let title = || self.lines[self.document.blocks[block].heading?].segment.clone();
        self.labels(block).find_map(|line| line.segment.clone()).or_else(title)
    }

    /// The scenario that the nearest line above names alone; none where it is what happened.
    pub(super) fn scenario(&self, block: usize) -> Option<&'static str> {
        self.labels(block).find_map(|line| line.scenario).filter(|name| *name != scenario::ACTUAL)
    }

    /// The lines that lead into a block, the nearest first; titles are none.
    fn labels(&self, block: usize) -> impl Iterator<Item = &Lent> {
        let label = |up: &usize| !matches!(self.document.blocks[*up].kind, BlockKind::Heading(..));
        self.document.leads(block).filter(label).map(|up| &self.lines[up])
    }
}

fn lent(vocabulary: &Vocabulary, block: &Block, mentions: &[Mention]) -> Lent {
    let Some(text) = block.flow().map(|flow| flow.text()) else { return Lent::default() };
    if matches!(block.kind, BlockKind::Heading(..)) {
        return Lent { segment: titled_segment(vocabulary, text), scenario: None };
    }
    if mentions.iter().any(|mention| matches!(mention.kind, MentionKind::Quantity(_))) {
        return Lent::default();
    }
    Lent { segment: lone_segment(vocabulary, text), scenario: lone_scenario(text) }
}

/// The segment that a title names, if exactly one.
fn titled_segment(vocabulary: &Vocabulary, text: &str) -> Option<String> {
    let mut segments = vocabulary.find(&words(text)).into_iter().filter_map(|found| match found.name {
        Name::Segment(segment) => Some(segment),
        _ => None,
    });
    let first = segments.next()?;
    segments.all(|segment| segment == first).then_some(first)
}

/// The segment that a line names, if it says nothing else.
fn lone_segment(vocabulary: &Vocabulary, text: &str) -> Option<String> {
    let words = words(text);
    let found = vocabulary.find(&words);
    let [only] = found.as_slice() else { return None };
    let Name::Segment(segment) = &only.name else { return None };
    let alone = words.iter().enumerate().all(|(at, word)| only.words.contains(&at) || says_nothing(&word.stem));
    alone.then(|| segment.clone())
}

/// The scenario that a line names, if it says nothing else.
fn lone_scenario(text: &str) -> Option<&'static str> {
    let found = scenario::scan(text);
    let [(range, name)] = found.as_slice() else { return None };
    let mut others = words(text).into_iter().filter(|word| !range.contains(&word.range.start));
    others.all(|word| says_nothing(&word.stem)).then_some(*name)
}

/// Whether a word adds nothing to a name: `the`, `division`, `summary`.
fn says_nothing(stem: &str) -> bool {
    is_determiner(stem)
        || is_topic(stem)
        || matches!(stem, "division" | "segment" | "region" | "business" | "unit" | "only" | "actual")
}
