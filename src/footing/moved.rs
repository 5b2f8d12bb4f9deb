//! Cells that a column of changes vouches for: `Car | 12,655 | 13,112 | 457`.
//!
//! Enters: a grid. Leaves: the cells of rows whose change is the difference between the two figures before it.
//! Invariant: a column in which the changes of few rows are such a difference vouches for nothing.

use super::At;
use crate::grid::{Grid, GridCell, LineKind};
use crate::interval::Interval;

/// The figures on both sides of each change that follows from them.
pub(super) fn vouched(grid: &Grid) -> impl Iterator<Item = At> + '_ {
    let changes = grid.columns.iter().enumerate().filter(|(_, line)| is_difference(line.kind)).map(|(at, _)| at);
    changes.flat_map(move |at| of_column(grid, at))
}

fn is_difference(kind: LineKind) -> bool {
    matches!(kind, LineKind::Change | LineKind::Variance)
}

/// The figures right before a column of changes, in the rows whose change is their difference.
fn of_column(grid: &Grid, at: usize) -> Vec<At> {
    let Some((a, b)) = at.checked_sub(2).map(|first| (first, first + 1)) else { return Vec::new() };
    if grid.columns[a].kind != LineKind::Level || grid.columns[b].kind != LineKind::Level {
        return Vec::new();
    }
    let rows: Vec<(usize, bool)> =
        grid.cells.iter().enumerate().filter_map(|(row, cells)| Some((row, follows(cells, a, b, at)?))).collect();
    let held: Vec<usize> = rows.iter().filter(|(_, holds)| *holds).map(|(row, _)| *row).collect();
    // Two rows, and two of three, as change-mismatch trusts a column.
    if held.len() < 2 || held.len() * 3 < rows.len() * 2 {
        return Vec::new();
    }
    held.into_iter().flat_map(|row| [(row, a), (row, b)]).collect()
}

/// Whether a cell is the difference between two others, in whatever direction; none where one of them is no amount like the others.
fn follows(cells: &[GridCell], a: usize, b: usize, change: usize) -> Option<bool> {
    let quantity = |at: usize| cells.get(at)?.quantity.as_ref();
    let (before, after, change) = (quantity(a)?, quantity(b)?, quantity(change)?);
    if before.unit != after.unit || before.unit != change.unit {
        return None;
    }
    let interval = |quantity: &crate::quantity::Quantity| Some(Interval { low: quantity.low?, high: quantity.high? });
    let moved = interval(after)?.minus(interval(before)?)?;
    let change = interval(change)?;
    Some(change.meets(moved) || change.meets(moved.negated()))
}
