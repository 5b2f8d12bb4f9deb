//! Measures that running text names in passing, and the rows of tables that are these in other words: `Arrears rose to £1,466k` beside a
//! row `Current tenant arrears`.
//!
//! Enters: bound claims, and the rows that only tables name. Leaves: what is said of such a measure bound to its row; what was only short
//! for some label, and is none of them by its numbers, bound to nothing.
//! Invariant: a row is taken for a measure only where they share a word, where the row has the measure's numbers at their very times, and
//! where no other such row has.

use std::collections::{BTreeMap, BTreeSet};

use crate::cause::significant;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::vocabulary::{Known, MetricId};

use super::{Row, content, is_cell, same_time};

/// Binds what is named in passing to the rows that it is by its numbers.
pub(super) fn settle(deck: &mut Deck, rows: &BTreeMap<MetricId, Row>, silent: &BTreeSet<usize>) {
    let mut said: BTreeMap<MetricId, Vec<usize>> = BTreeMap::new();
    for (at, claim) in deck.claims.iter().enumerate() {
        if let Some(id) = claim.metric.filter(|id| !deck.vocabulary.term(*id).is_named()) {
            said.entry(id).or_default().push(at);
        }
    }
    if said.is_empty() {
        return;
    }
    let mut by_word: BTreeMap<&str, Vec<MetricId>> = BTreeMap::new();
    for (id, row) in rows {
        row.words.iter().for_each(|word| by_word.entry(word).or_default().push(*id));
    }
    let behind = |id: MetricId, claims: &[usize]| {
        let own = content(&deck.vocabulary.term(id).label);
        let near: BTreeSet<MetricId> =
            own.iter().filter_map(|word| by_word.get(word.as_str())).flatten().copied().collect();
        let mut found = near.into_iter().filter(|row| has_numbers(deck, &rows[row], claims, silent));
        found.next().filter(|_| found.next().is_none())
    };
    let found: Vec<(MetricId, Option<MetricId>, Vec<usize>)> =
        said.into_iter().map(|(id, claims)| (id, behind(id, &claims), claims)).collect();
    for (id, row, claims) in found {
        let short = deck.vocabulary.term(id).known == Known::ForShort;
        for at in claims {
            match row {
                Some(row) => {
                    let (said, meant) = (&deck.vocabulary.term(id).label, &deck.vocabulary.term(row).label);
                    let evidence = format!("{said} has the numbers of {meant}");
                    deck.claims[at].evidence.push(evidence);
                    deck.claims[at].metric = Some(row);
                }
                None if short => deck.claims[at].unbind(),
                None => {}
            }
        }
    }
}

/// Whether a row has the numbers that are said, but for few.
fn has_numbers(deck: &Deck, row: &Row, claims: &[usize], silent: &BTreeSet<usize>) -> bool {
    let (mut ties, mut misses) = (0, 0);
    let levels = claims
        .iter()
        .map(|&at| &deck.claims[at])
        .filter(|claim| row.takes(claim) && !claim.blocked && claim.period.is_some() && claim.quantity.value.is_some());
    for claim in levels {
        let at_its_time = |cell: &&Claim| {
            let together = claim.period.zip(cell.period).is_some_and(|(a, b)| same_time(a, b, &deck.calendar));
            together
                && cell.segment == claim.segment
                && cell.scenario_or_actual() == claim.scenario_or_actual()
                && cell.measure == Measure::Level
        };
        let mut cells = row.cells.iter().map(|&at| &deck.claims[at]).filter(at_its_time).peekable();
        if cells.peek().is_none() {
            continue;
        }
        let same = cells.any(|cell| is_cell(deck, row, claim, cell, silent));
        // Numbers of two digits are of everything.
        match same {
            true => ties += usize::from(significant(&claim.quantity) >= 3),
            false => misses += 1,
        }
    }
    ties > 0 && misses * 2 <= ties
}
