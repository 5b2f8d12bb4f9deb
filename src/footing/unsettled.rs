//! Totals that their parts do not add up to, evidence or not that they should.
//!
//! Enters: a grid. Leaves: yes or no. Invariant: wherever [`misses`](super::misses) reports a total of a column or row, the answer is yes.
//!
//! No finding is made of this: it tells whether a waiver for a sum may still have something to accept.

use super::reading::{self, Outcome};
use super::strip::{Axis, Strip};
use crate::grid::{Grid, LineKind};

/// Whether some total is not the sum of the lines that it closes.
pub(crate) fn is_unsettled(grid: &Grid) -> bool {
    [Axis::Down, Axis::Across].into_iter().any(|axis| {
        let strip = Strip { grid, axis };
        let totals = (0..strip.lines().len()).filter(|&line| strip.lines()[line].kind == LineKind::Total);
        totals.into_iter().any(|total| {
            let parts: Vec<(usize, bool)> = (super::block_start(&strip, total)..total)
                .filter(|&line| strip.is_part(line))
                .map(|line| (line, false))
                .collect();
            let outcomes = reading::trial(&strip, total, &parts).outcomes;
            outcomes.iter().any(|outcome| matches!(outcome, Outcome::Misses(_)))
        })
    })
}
