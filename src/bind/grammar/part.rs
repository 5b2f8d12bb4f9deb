//! Of which part of the business a quantity is.
//!
//! Enters: a quantity's place in its sentence. Leaves: the segment that its sentence names, or that it is of the whole.
//! Invariant: what speaks of the whole takes back a part that was named before.

use super::light::strange_words;
use super::slot::is_from_part;
use super::{Reader, is_placed};
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};

impl Reader<'_> {
    /// The segment in force: the one that the sentence names, else the title's.
    pub(super) fn segment(&self) -> Option<String> {
        self.own_segment().unwrap_or_else(|| self.scope.segment.clone())
    }

    /// The one segment that the clauses before the quantity's own name, where nothing since speaks of the whole.
    pub(super) fn earlier_segment(&self) -> Option<String> {
        let before = &self.items[..self.slot().at];
        if before.iter().any(Item::speaks_of_whole) {
            return None;
        }
        let mut segments = before.iter().filter_map(|item| match &item.kind {
            Kind::Segment(segment) => Some(segment),
            _ => None,
        });
        let first = segments.next()?;
        segments.all(|segment| segment == first).then(|| first.clone())
    }

    /// `Pipeline: 11 signed hotels with 1,320 rooms`: a label that is no known name leads the sentence.
    pub(super) fn is_led_by_another(&self) -> bool {
        let before = &self.items[..self.slot().at];
        let Some(colon) = before.iter().take(5).position(|item| item.kind == Kind::Break(Break::Colon)) else {
            return false;
        };
        strange_words(&before[..colon]) > 0
            && !before[..colon]
                .iter()
                .any(|item| matches!(item.kind, Kind::Metric(..) | Kind::Segment(_) | Kind::Quantity(_)))
    }

    /// `436 MW of solar and 90 MW of batteries`: one of several parts, whose name nobody has heard.
    pub(super) fn is_unknown_part(&self) -> bool {
        let of = |at: usize| match self.slots.get(at).map(|slot| slot.after) {
            Some([Item { kind: Kind::Cue(Cue::Of), .. }, part, ..]) => Some(&part.kind),
            _ => None,
        };
        let before = self.at.checked_sub(1).and_then(of);
        matches!(before, Some(Kind::Segment(_))) && matches!(of(self.at), Some(Kind::Word(_)))
    }

    /// `122 restaurants, company and franchise`: the one number of its text, of several parts together.
    pub(super) fn is_of_several_parts(&self) -> bool {
        let joined = |three: &[Item]| {
            let [first, and, last] = three else { return false };
            and.kind == Kind::Break(Break::And)
                && matches!(last.kind, Kind::Segment(_))
                && match &first.kind {
                    Kind::Segment(one) => last.kind != Kind::Segment(one.clone()),
                    Kind::Word(word) => word == "company",
                    _ => false,
                }
        };
        self.slots.len() == 1 && self.items.windows(3).any(joined)
    }

    /// `In the public sector we won 9 of our 21 bids`: where all this happens, what it is a part of does so too.
    fn placed_in(&self) -> Option<String> {
        let before = &self.items[..self.slot().at];
        let at = before.iter().rposition(|item| matches!(item.kind, Kind::Segment(_)))?;
        let Kind::Segment(segment) = &before[at].kind else { return None };
        let led = at.checked_sub(1)?;
        let opens = led.checked_sub(1).is_none_or(|first| matches!(before[first].kind, Kind::Break(_)));
        (opens && before[led].kind == Kind::Cue(Cue::Of)).then(|| segment.clone())
    }

    /// What the sentence itself says of the segment: one, or expressly none; nothing where the place decides.
    pub(super) fn own_segment(&self) -> Option<Option<String>> {
        let slot = self.slot();
        let named = |item: &Item| match &item.kind {
            Kind::Segment(segment) => Some(segment.clone()),
            _ => None,
        };
        if self.is_sum_of_share() {
            return Some(None);
        }
        if self.is_whole() {
            return Some(self.placed_in());
        }
        // `€231.3m in Road, €167.6m in Air & Sea`, `41 for weather, 17 for technical faults`: what stands directly behind the number
        // belongs to it.
        let linked = match slot.after.first().map(|item| &item.kind) {
            Some(Kind::Cue(Cue::Of)) => true,
            Some(Kind::Word(stem)) => stem == "for",
            _ => false,
        };
        let close = match slot.after {
            after if is_from_part(after) => after.iter().take(3).find_map(named),
            after if linked => after.get(1).and_then(named),
            // `189 stores are in the UK and 28 in Ireland`.
            [Item { kind: Kind::Metric(..), .. }, is, placed @ ..]
                if is.kind == Kind::Cue(Cue::Is) && is_placed(placed) =>
            {
                placed.iter().find_map(named)
            }
            after => after.first().and_then(named),
        };
        let own = slot.before.iter().rev().find_map(named);
        if let Some(segment) = own.or(close) {
            return Some(Some(segment));
        }
        let mut crossed = false;
        for at in (0..slot.at).rev() {
            if let Some(segment) = named(&self.items[at])
                && (!crossed || self.items.get(at + 1).is_some_and(|item| item.kind == Kind::Break(Break::Colon)))
            {
                return Some(Some(segment));
            }
            crossed |= self.items[at].kind == Kind::Break(Break::Clause);
        }
        slot.after.iter().take(3).find_map(named).map(Some)
    }
}
