//! Which waivers may cover a place, without asking all of them.
//!
//! Enters: the waivers of a deck. Leaves: for a place, the few that stand near it, and those that cover whole documents.
//! Invariant: every waiver that covers a place is among those that are named for it.

use super::Places;
use crate::deck::Deck;
use crate::span::{Place, Span};

/// Waivers by what they cover.
pub(super) struct Reach {
    /// The stretches that inline waivers cover, each with its waiver.
    nearby: Places,
    of: Vec<usize>,
    /// Waivers of documents and of the configuration.
    wide: Vec<usize>,
}

impl Reach {
    pub(super) fn new(deck: &Deck) -> Self {
        let (mut stretches, mut of, mut wide) = (Vec::new(), Vec::new(), Vec::new());
        for (at, waiver) in deck.waivers.iter().enumerate() {
            let near = waiver.stretches(deck);
            if near.is_empty() {
                wide.push(at);
            }
            of.extend(near.iter().map(|_| at));
            stretches.extend(near);
        }
        Self { nearby: Places::new(stretches), of, wide }
    }

    /// The waivers that may cover a place, in order.
    pub(super) fn of(&self, place: Place) -> Vec<usize> {
        // An empty place lies where its next byte does.
        let span = Span::new(place.span.start, place.span.end.max(place.span.start + 1));
        let near = self.nearby.meeting(Place { span, ..place }).map(|stretch| self.of[stretch]);
        let mut found: Vec<usize> = near.chain(self.wide.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
