//! What the lines above a number say of it: `- Consumer` over `- Revenue £38.4m`, `- Budget` over `- Revenue £86.0m`.
//!
//! Enters: a document whose lines lead into one another. Leaves: for each block, the part and the scenario or case that those over it name.
//! Invariant: a line that says more than a name, or states a number, lends nothing: what it says is its own. A title lends its part, and of
//! scenarios what is supposed or still ahead: under `Budget` stands what became of it.

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
    /// Whether it is a title of what came after the time that is reported on.
    later: bool,
}

impl<'a> Above<'a> {
    pub(super) fn new(deck: &'a Deck, at: usize) -> Self {
        let document = &deck.documents[at];
        let lent = |(block, mentions): (&Block, &Vec<Mention>)| lent(&deck.vocabulary, block, mentions);
        Self { document, lines: document.blocks.iter().zip(&deck.mentions[at]).map(lent).collect() }
    }

    /// The part that the nearest line above names alone, else the one that the title names.
    pub(super) fn segment(&self, block: usize) -> Option<String> {
        let title = || self.title(block)?.segment.clone();
        self.labels(block).find_map(|line| line.segment.clone()).or_else(title)
    }

    /// The scenario that the nearest line above names alone, or the case that it or the title supposes; none where it is what happened.
    pub(super) fn scenario(&self, block: usize) -> Option<&'static str> {
        let title = || self.title(block)?.scenario;
        self.labels(block).find_map(|line| line.scenario).or_else(title).filter(|name| *name != scenario::ACTUAL)
    }

    /// `Current trading`, `Since the year end`, `Subsequent events`: whether the title is of what came after the time that is reported on.
    pub(super) fn is_later(&self, block: usize) -> bool {
        self.title(block).is_some_and(|title| title.later)
    }

    fn title(&self, block: usize) -> Option<&Lent> {
        Some(&self.lines[self.document.blocks[block].heading?])
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
        let case = supposes(text).then_some(scenario::CASE);
        let scenario = case.or_else(|| is_ahead(text).then_some("forecast"));
        return Lent { segment: titled_segment(vocabulary, text), scenario, later: is_later(text) };
    }
    if mentions.iter().any(|mention| matches!(mention.kind, MentionKind::Quantity(_))) {
        return Lent::default();
    }
    let scenario = lone_scenario(text).or_else(|| supposes(text).then_some(scenario::CASE));
    Lent { segment: lone_segment(vocabulary, text), scenario, later: false }
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

/// `Bank case`, `Downside scenario`, `Stress test: rates +200 bps`: whether a line is of what would be, and not of what is.
fn supposes(text: &str) -> bool {
    let words = words(text);
    let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
    // `A use case`, `The case for Lyon`, `Base case`, which is the plan.
    let case = |two: &[&str]| two[1] == "case" && !matches!(two[0], "use" | "business" | "base" | "in" | "test");
    let ends = stems.len() <= 3 && stems.windows(2).next_back().is_some_and(case);
    ends || stems.iter().any(|stem| matches!(*stem, "downside" | "upside" | "sensitivity"))
        || stems.windows(2).any(|two| matches!(two, ["stress", "test" | "case" | "scenario"] | ["what", "if"]))
}

/// `Outlook`, `Guidance and targets`, `Looking ahead`: whether a title is of what is to come, and of nothing else: `Cash and outlook`.
fn is_ahead(title: &str) -> bool {
    const AHEAD: &[&str] = &["outlook", "looking ahead", "guidance", "forecast", "targets", "ambition"];
    let lower = title.to_lowercase();
    let parts = lower.split(" and ").flat_map(|part| part.split([',', '&']));
    let mut parts = parts.filter(|part| part.contains(char::is_alphabetic)).peekable();
    parts.peek().is_some() && parts.all(|part| AHEAD.iter().any(|word| part.contains(word)))
}

fn is_later(title: &str) -> bool {
    let words = words(title);
    let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
    let ends = || stems.iter().any(|stem| matches!(*stem, "end" | "close" | "period"));
    let opens = stems.first().is_some_and(|first| matches!(*first, "since" | "post" | "after"));
    stems.windows(2).any(|two| matches!(two, ["current", "trading"] | ["subsequent", "event"])) || opens && ends()
}

/// Whether a word adds nothing to a name: `the`, `division`, `summary`.
fn says_nothing(stem: &str) -> bool {
    is_determiner(stem)
        || is_topic(stem)
        || matches!(stem, "division" | "segment" | "region" | "business" | "unit" | "only" | "actual")
}
