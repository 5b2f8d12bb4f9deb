//! Parts that the tables of a deck set out without saying that they do: `Wind`, `Solar` and `Storage` over `Revenue`.
//!
//! Enters: all grids. Leaves: the vocabulary, with the names of such rows as segments.
//! Invariant: rows are parts only where their numbers come to the row below, which names a measure and they do not, but for a few of many. What costs are made
//! up of, and what a balance sheet adds up, are things of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::come_to;
use super::name::{is_general, is_rest, is_whole};
use crate::grid::{Grid, LineKind};
use crate::quantity::Unit;
use crate::vocabulary::{Vocabulary, is_measure};
use crate::words::stems;

/// Learns the parts of what the tables add up.
pub(super) fn learn(grids: &[Grid], vocabulary: &mut Vocabulary) {
    let mut found: BTreeMap<&str, BTreeSet<Vec<String>>> = BTreeMap::new();
    // Lines that not only statements have: what these go on with, costs and a profit, is set out by no such parts.
    let mut split: BTreeSet<&str> = BTreeSet::new();
    for grid in grids {
        let mut own: BTreeSet<&str> = BTreeSet::new();
        for Sum { rows, whole, goes_on } in sums(grid) {
            let kind: Vec<String> = stems(&grid.rows[whole].name).into_iter().filter(|stem| stem != "total").collect();
            for name in rows.into_iter().map(|row| grid.rows[row].name.trim()) {
                found.entry(name).or_default().insert(kind.clone());
                if goes_on {
                    own.insert(name);
                }
            }
        }
        let lines = grid.rows.iter().chain(&grid.columns).map(|line| line.name.trim());
        split.extend(lines.filter(|name| !own.contains(name)));
    }
    for (name, wholes) in found {
        if split.contains(name) && wholes.iter().any(|whole| !is_made_up(whole)) && vocabulary.exact(name).is_none() {
            vocabulary.add_segment(name);
        }
    }
}

/// Rows that come to the row below them.
struct Sum {
    rows: Vec<usize>,
    whole: usize,
    /// Whether the table goes on with other measures: `Revenue`, then costs and a profit.
    goes_on: bool,
}

/// Runs of rows that come to the row below them, which names what is measured. In a table of nothing else a few of the parts may sound
/// like measures, but for the whole's own: `Point of sale` is a way to lend, `Room revenue` is revenue by itself.
fn sums(grid: &Grid) -> Vec<Sum> {
    let mut found = Vec::new();
    let mut run = Run::default();
    let last = grid.rows.iter().rposition(|row| row.kind.is_plain());
    for (at, row) in grid.rows.iter().enumerate() {
        let name = row.name.trim();
        let measured = is_measure(name);
        if !row.kind.is_plain() || name.is_empty() || is_general(name) && !is_rest(name) {
            run = Run::default();
        } else if measured && !is_whole(name) && run.is_of(name, last == Some(at)) && come_to(grid, &run.rows, at) {
            found.push(Sum { rows: std::mem::take(&mut run).rows, whole: at, goes_on: goes_on(grid, at) });
        } else if row.kind == LineKind::Level && (!measured || found.is_empty()) {
            run.rows.push(at);
            run.signed |= is_negative(grid, at) && !is_rest(name) && !is_between_parts(name);
            if measured {
                run.measures.push(stems(name));
            }
        } else {
            run = Run::default();
        }
    }
    found
}

/// Whether rows of amounts of other measures follow one: a margin or growth of it alone goes on with nothing.
fn goes_on(grid: &Grid, whole: usize) -> bool {
    let amount = |at: usize| {
        let mut numbers = grid.cells[at].iter().filter_map(|cell| cell.quantity.as_ref()).peekable();
        numbers.peek().is_some() && numbers.all(|number| !matches!(number.unit, Unit::Percent | Unit::Multiple))
    };
    let other = |at: &usize| grid.rows[*at].kind.is_plain() && !grid.rows[*at].name.trim().is_empty() && amount(*at);
    (whole + 1..grid.rows.len()).any(|at| other(&at))
}

/// Rows that may be the parts of one below them.
#[derive(Default)]
struct Run {
    rows: Vec<usize>,
    /// The words of those that sound like measures.
    measures: Vec<Vec<String>>,
    /// Whether some are taken off the others: a walk or a statement, and no split.
    signed: bool,
}

impl Run {
    /// Whether the rows can be parts of what a row is called; `closes`: whether it is the table's last.
    fn is_of(&self, whole: &str, closes: bool) -> bool {
        let own = stems(whole);
        let moves = own.iter().any(|stem| matches!(stem.as_str(), "change" | "movement" | "flow"));
        let shared = |name: &Vec<String>| name.iter().any(|stem| own.contains(stem));
        let few = self.measures.is_empty() || closes && self.measures.len() * 3 <= self.rows.len();
        self.rows.len() > 1 && !self.signed && !moves && few && !self.measures.iter().any(shared)
    }
}

/// Whether all numbers of a row are below nothing.
fn is_negative(grid: &Grid, at: usize) -> bool {
    let mut numbers = grid.cells[at].iter().filter_map(|cell| cell.quantity.as_ref()?.value).peekable();
    numbers.peek().is_some() && numbers.all(|value| value.is_sign_negative())
}

/// `Eliminations`, `Inter-segment`, `Central`: what stands between the parts and the whole may be negative.
fn is_between_parts(name: &str) -> bool {
    const BETWEEN: &[&str] =
        &["elimination", "intersegment", "inter", "intercompany", "central", "corporate", "unallocated"];
    stems(name).iter().any(|stem| BETWEEN.contains(&stem.as_str()))
}

/// Whether a whole is made up of kinds of things rather than split by who or where: costs, balance sheets, flows of cash.
pub(super) fn is_made_up(whole: &[String]) -> bool {
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
