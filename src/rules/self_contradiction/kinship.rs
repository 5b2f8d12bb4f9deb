//! Which tables speak of one thing, as their figures tell.
//!
//! Enters: the deck's statements. Leaves: whether two sides of a contradiction may be held against each other.
//! Invariant: a label alone makes no two tables kin.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Right;
use crate::check::{Statement, Statements, agree};
use crate::claim::Claim;
use crate::deck::Deck;

/// Which tables are about the same thing, as far as their figures tell: two schedules of two teams share labels and periods, and
/// still have nothing to do with one another.
pub(super) struct Kinship(BTreeMap<(usize, usize), (usize, usize)>);

/// Figures on which two tables agree for each on which they differ, before they are taken for one table.
const COPIED: usize = 3;

/// Cells of one key that are looked at; more of them say nothing more.
const CELLS: usize = 16;

impl Kinship {
    /// Counts, for each pair of tables, the shared figures on which they agree and those on which they do not.
    pub(super) fn new(deck: &Deck, statements: &Statements) -> Self {
        let mut pairs: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for (_, members) in statements.groups() {
            let cells: Vec<(usize, usize)> = members
                .iter()
                .filter_map(|&at| deck.claims[at].cell.map(|(grid, ..)| (grid, at)))
                .take(CELLS)
                .collect();
            for (n, &(a, one)) in cells.iter().enumerate() {
                for &(b, other) in cells[n + 1..].iter().filter(|(b, _)| *b != a) {
                    let count = pairs.entry((a.min(b), a.max(b))).or_default();
                    if agree(&deck.claims[one], &deck.claims[other]) { count.0 += 1 } else { count.1 += 1 }
                }
            }
        }
        Self(pairs)
    }

    /// The shared figures on which two tables agree, and those on which they do not.
    fn between(&self, a: usize, b: usize) -> (usize, usize) {
        self.0.get(&(a.min(b), a.max(b))).copied().unwrap_or_default()
    }

    /// `Occupancy rose to 80.0%` beside a table of one hotel, and another slide with a table of another: whether a sentence says what the
    /// table of its own slide does, which is not about what the other side is.
    pub(super) fn is_of_own_table(
        &self,
        deck: &Deck,
        key: &Statement,
        odd: usize,
        members: &[usize],
        right: &Right,
    ) -> bool {
        let claim = &deck.claims[odd];
        let slide = |other: &Claim| (other.document, other.slide);
        let own = |at: &&usize| {
            let other = &deck.claims[**at];
            other.cell.is_some() && slide(other) == slide(claim) && agree(other, claim)
        };
        claim.cell.is_none() && members.iter().find(own).is_some_and(|&cell| !self.holds(deck, key, cell, right))
    }

    /// Whether statements under a mere label may be held against each other: at least one stands in a table, and tables that
    /// disagree here agree elsewhere, and more often than not.
    pub(super) fn holds(&self, deck: &Deck, key: &Statement, odd: usize, right: &Right) -> bool {
        if deck.vocabulary.term(key.metric).source.is_some() {
            return true;
        }
        match deck.claims[odd].cell {
            // A sentence is held against the tables of its own document and of the appendix; other documents' tables may be about
            // other people.
            None => right.appendix || right.documents.contains(&deck.claims[odd].document),
            Some((own, ..)) => {
                let kin = |other: &usize| {
                    let (agreed, apart) = self.between(own, *other);
                    *other == own || agreed > 0 && agreed >= apart
                };
                right.grids.is_empty() || right.grids.iter().any(kin)
            }
        }
    }

    /// Whether a cell differs from that of a table which is the same but for a few figures, by more than what is added to the last digit
    /// of a rounded figure so that its column adds up.
    pub(super) fn is_of_copies(&self, deck: &Deck, odd: usize, right: &Right) -> bool {
        let (claim, other) = (&deck.claims[odd], &deck.claims[right.best]);
        let (Some((own, ..)), Some((theirs, ..))) = (claim.cell, other.cell) else { return false };
        let copies = own != theirs && {
            let (agreed, apart) = self.between(own, theirs);
            apart > 0 && agreed >= apart * COPIED
        };
        let apart = || {
            let (a, b) = (claim.quantity.magnitude().value?, other.quantity.magnitude().value?);
            let unit = claim.quantity.resolution.max(other.quantity.resolution);
            Some((a - b).abs() > unit.checked_mul(Decimal::new(15, 1))?)
        };
        copies && apart() == Some(true)
    }
}
