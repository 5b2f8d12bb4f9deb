//! Footing: which lines of a grid add up to which totals, and where one does not.
//!
//! Enters: a [`Grid`]. Leaves: [`Miss`]es, each with the cell that most likely carries the error.
//! Invariant: a table that lawfully does not sum gives none. A miss needs evidence that a sum is meant: lanes in which the same
//! lines do add up, or a label that says total over a clear block of parts, missed by one slip of the keyboard.
//!
//! With n addends at resolution r the total must meet the interval sum (XBRL Calculations 1.1): each addend, and the total, stands
//! for half a unit of its last place either way.

pub(crate) mod bridge;
mod draft;
mod moved;
pub(crate) mod reading;
mod search;
pub(crate) mod shares;
pub(crate) mod slip;
pub(crate) mod strip;
pub(crate) mod unsettled;
pub(crate) mod wording;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::finding::{CauseKind, Confidence};
use crate::grid::Grid;
pub(crate) use search::block_start;
use strip::{Amount, Axis, Strip};

/// A cell of a grid, by row and column.
pub(crate) type At = (usize, usize);

/// A total that its parts do not add up to.
#[derive(Clone, Debug)]
pub(crate) struct Miss {
    /// The total.
    pub(crate) total: At,
    /// The parts, each with whether it is subtracted.
    pub(crate) parts: Vec<(At, bool)>,
    /// What the parts come to.
    pub(crate) sum: Amount,
    /// The cell that most likely is wrong.
    pub(crate) suspect: Suspect,
    /// How sure it is that a sum is meant.
    pub(crate) confidence: Confidence,
    /// The miss along the other axis that the same change puts right.
    pub(crate) crossed: Option<At>,
}

/// The cell that most likely is wrong.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Suspect {
    /// Which.
    pub(crate) at: At,
    /// What was done to it, where that is plain.
    pub(crate) cause: Option<CauseKind>,
    /// What it would have to be.
    pub(crate) meant: Decimal,
}

/// Every miss of a grid, down its columns and across its rows. One wrong cell is one miss.
pub(crate) fn misses(grid: &Grid) -> Vec<Miss> {
    let down = search::foot(&Strip { grid, axis: Axis::Down });
    let mut across = search::foot(&Strip { grid, axis: Axis::Across });
    across.vouch(moved::vouched(grid));
    let mut suspects = BTreeSet::new();
    let of_down = down.drafts().filter_map(|draft| draft.settle(&across));
    let of_across = across.drafts().filter_map(|draft| draft.settle(&down));
    of_down.chain(of_across).filter(|miss| suspects.insert(miss.suspect.at)).collect()
}
