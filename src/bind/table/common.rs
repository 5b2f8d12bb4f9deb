//! Parts that the tables of a deck set out without saying that they do: `Wind`, `Solar` and `Storage` over `Revenue`.
//!
//! Enters: all grids. Leaves: the vocabulary, with the names of such rows as segments.
//! Invariant: rows are parts only where their numbers come to the row below, which names a measure and they do not. What costs are made
//! up of, and what a balance sheet adds up, are things of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::come_to;
use super::name::{is_general, is_whole};
use crate::grid::Grid;
use crate::vocabulary::{Vocabulary, is_measure};
use crate::words::stems;

/// Learns the parts of what the tables add up.
pub(super) fn learn(grids: &[Grid], vocabulary: &mut Vocabulary) {
    let mut found: BTreeMap<&str, BTreeSet<Vec<String>>> = BTreeMap::new();
    for grid in grids {
        for (rows, whole) in sums(grid) {
            let kind: Vec<String> = stems(&grid.rows[whole].name).into_iter().filter(|stem| stem != "total").collect();
            for row in rows {
                found.entry(grid.rows[row].name.trim()).or_default().insert(kind.clone());
            }
        }
    }
    for (name, wholes) in found {
        if wholes.iter().any(|whole| !is_made_up(whole)) && vocabulary.exact(name).is_none() {
            vocabulary.add_segment(name);
        }
    }
}

/// Runs of rows that come to the row below them, which names what is measured.
fn sums(grid: &Grid) -> Vec<(Vec<usize>, usize)> {
    let mut found = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for (at, row) in grid.rows.iter().enumerate() {
        let name = row.name.trim();
        if !row.kind.is_plain() || name.is_empty() || is_general(name) {
            run.clear();
        } else if !is_measure(name) && !is_whole(name) {
            run.push(at);
        } else {
            if run.len() > 1 && !is_whole(name) && come_to(grid, &run, at) {
                found.push((std::mem::take(&mut run), at));
            }
            run.clear();
        }
    }
    found
}

/// Whether a whole is made up of kinds of things rather than split by who or where: costs, balance sheets, flows of cash.
fn is_made_up(whole: &[String]) -> bool {
    const KINDS: &[&str] = &[
        "cost",
        "expense",
        "expenditure",
        "spend",
        "spending",
        "overhead",
        "outlay",
        "opex",
        "capex",
        "asset",
        "liability",
        "equity",
        "reserve",
        "capital",
        "debt",
        "cash",
        "tax",
        "depreciation",
        "provision",
        "payable",
        "receivable",
        "inventory",
    ];
    whole.iter().any(|stem| KINDS.contains(&stem.as_str()))
}
