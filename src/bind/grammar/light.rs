//! Words that name things, and words that name nothing.
//!
//! Enters: items of a sentence. Leaves: how many of their words name what no vocabulary knows. Invariant: the fewer words count as
//! light, the less is bound.

use crate::bind::lexicon::{self, Cue};
use crate::bind::sentence::{Item, Kind};

/// Words that name things which the vocabulary does not know.
pub(super) fn strange_words(items: &[Item]) -> usize {
    // `on costs £142k lower than budgeted`: behind a preposition it is no verb.
    let noun = |at: usize| match at.checked_sub(1).map(|before| &items[before].kind) {
        Some(Kind::Word(stem)) => matches!(stem.as_str(), "on" | "for" | "with"),
        Some(Kind::Cue(cue)) => *cue == Cue::Of,
        _ => false,
    };
    let strange = |(at, item): (usize, &Item)| match &item.kind {
        Kind::Word(stem) if stem == "cost" => noun(at),
        Kind::Word(stem) => !is_light(stem),
        _ => false,
    };
    items.iter().enumerate().filter(|found| strange(*found)).count()
}

/// Verbs, adverbs and other words that name nothing.
pub(super) fn is_light(stem: &str) -> bool {
    stem.len() <= 2
        || stem.ends_with("ly")
        || lexicon::is_verb(stem)
        || lexicon::is_transparent(stem)
        || lexicon::is_limit(stem)
        || matches!(
            stem,
            "fastest" | "slowest" | "most" | "least" | "best" | "worst" | "though" | "although" | "yet" | "albeit"
        )
}
