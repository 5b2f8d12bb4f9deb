//! Rows that close others: a whole that its name does not call one, and measures that end a block of their parts.
//!
//! Enters: the names of a table's rows and their numbers. Leaves: the row of the whole, and which rows belong to which measure.
//! Invariant: a row is only a whole by its numbers where it is set off in type or several columns say so, and no measure by its name.

use std::collections::BTreeMap;

use crate::bind::table::Subject;
use crate::bind::table::name::{is_general, is_rest, is_whole, known};
use crate::grid::LineKind;
use crate::vocabulary::{MetricId, Name, is_measure};
use crate::words::stems;

use super::Layouter;
use super::sums::columns_that_tie;

impl Layouter<'_> {
    /// `Trust` in bold under `Wards`, `Theatres` and `Corporate`: the last row, which all the others come to. What a statement adds up
    /// to is a line of its own, and says what is measured.
    pub(super) fn closing_row(&self, names: &[String]) -> Option<usize> {
        let (name, rows) = names.split_last().filter(|(_, rows)| rows.len() > 1)?;
        let whole = rows.len();
        let line = &self.grid.rows[whole];
        let own = line.kind == LineKind::Level && line.period.is_none() && !is_general(name) && !is_whole(name);
        if !own || is_rest(name) || is_measure(name) || self.known_metric(name).is_some() {
            return None;
        }
        // `Sailings cancelled` under a corner `Sailings` is what is measured itself.
        let own = stems(name);
        let named = |text: &str| stems(text).iter().any(|stem| own.contains(stem));
        if self.grid.titles().any(|title| named(title.text())) {
            return None;
        }
        let part = |(at, name): (usize, &String)| {
            let line = &self.grid.rows[at];
            line.kind == LineKind::Level && !line.strong && line.period.is_none() && !name.trim().is_empty()
        };
        let all: Vec<usize> = (0..whole).collect();
        let (some, every) = columns_that_tie(self.grid, &all, whole);
        let meant = every || some && line.strong && whole > 2;
        (meant && rows.iter().enumerate().all(part)).then_some(whole)
    }

    /// `Households`, `Businesses`, `Heat sold` above `Biomass`, `Gas`, `Heat produced`: parts that a measure of the source closes are its
    /// own, whatever the rest of the table is of.
    pub(super) fn closed_blocks(&self, names: &[String]) -> BTreeMap<usize, Subject> {
        let mut found = BTreeMap::new();
        let mut block: Vec<usize> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let closing = self.known_metric(name).filter(|id| self.vocabulary.term(*id).source.is_some());
            let Some(id) = closing else {
                block.push(at);
                continue;
            };
            let block = std::mem::take(&mut block);
            let own = |part: &usize| {
                self.grid.rows[*part].kind == LineKind::Level && self.vocabulary.term(id).has_part(&names[*part])
            };
            if block.len() > 1 && block.iter().all(own) && columns_that_tie(self.grid, &block, at).0 {
                found.extend(block.into_iter().map(|part| (part, self.part_named(id, &names[part]))));
            }
        }
        found
    }

    fn part_named(&self, id: MetricId, name: &str) -> Subject {
        let segment = match known(self.vocabulary, name) {
            Some(Name::Segment(segment)) => segment,
            _ => name.to_owned(),
        };
        Subject::Part(id, segment)
    }
}
