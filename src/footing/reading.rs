//! The lawful ways in which lines may add up to a total, and which of them do.
//!
//! Enters: a strip, a total's line and the lines before it. Leaves: [`Trial`]s: which parts, and in which lanes they add up.
//! Invariant: a lane in which any lawful reading adds up has nothing wrong with its total.
//!
//! Authors rarely say what a total adds up. Readings are every run of lines that ends just above the total, taken three ways: with
//! earlier totals standing for their parts, with parts only, and with totals only; with rows that say "less" subtracted, and, where
//! indentation shows parts of parts, with only the outermost or only the innermost rows.

use rust_decimal::Decimal;

use super::strip::{Amount, Figure, Strip};
use crate::grid::LineKind;

/// How one total came out in one lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Outcome {
    /// The parts add up to the total; `strong` when two or more of them are not zero and the total is not tiny.
    Holds {
        /// Whether that proves anything.
        strong: bool,
    },
    /// They do not.
    Misses(Gap),
    /// Nothing to compare: no total, an unknown part, or fewer than two parts.
    Silent,
}

/// By how much parts miss a total.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Gap {
    /// The sum of the parts.
    pub(crate) sum: Amount,
    /// The total.
    pub(crate) total: Amount,
    /// How many parts are not zero.
    pub(crate) parts: usize,
}

/// A reading that was tried, with its outcome in every lane.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    /// The parts, each with whether it is taken away.
    pub(crate) parts: Vec<(usize, bool)>,
    /// By lane.
    pub(crate) outcomes: Vec<Outcome>,
    /// Lanes that prove it.
    pub(crate) proofs: usize,
    /// Whether the parts are whole blocks.
    pub(crate) ends: bool,
}

/// All that is known of a total after every reading was tried.
#[derive(Debug)]
pub(crate) struct Trials {
    /// The reading that holds in most lanes, if it holds in any.
    pub(crate) best: Option<Trial>,
    /// Lanes in which some lawful reading holds.
    pub(crate) satisfied: Vec<bool>,
}

/// Lines to try as parts, nearest to the total first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// Each line, and whether it is subtracted.
    pub(crate) parts: Vec<(usize, bool)>,
    /// Whether a run may well end with this part: the next line opens another block.
    pub(crate) ends: Vec<bool>,
    /// Whether only the whole list is a reading, and no run of it.
    pub(crate) whole: bool,
}

/// Tries every run of each list that ends just above (or starts just below) the total.
pub(crate) fn trials(strip: &Strip, total: usize, lists: &[List]) -> Trials {
    let lanes: Vec<usize> = (0..strip.lanes().len()).filter(|&lane| strip.adds_up(lane)).collect();
    let mut satisfied = vec![false; strip.lanes().len()];
    let mut best: Option<(usize, usize, usize)> = None;
    'lists: for (index, list) in lists.iter().enumerate() {
        let mut runs: Vec<Run> = lanes.iter().filter_map(|&lane| Run::new(strip, total, lane)).collect();
        for (length, &(line, negated)) in list.parts.iter().enumerate() {
            let mut proofs = 0;
            for run in &mut runs {
                run.add(strip, line, negated);
                proofs += usize::from(matches!(run.outcome(), Outcome::Holds { strong: true }));
            }
            if list.whole && length + 1 < list.parts.len() {
                continue;
            }
            // Among many runs one will come near any number: a run that ends nowhere in particular speaks only for lanes that agree.
            let lawful: Vec<usize> = runs.iter().filter(|run| run.lawful()).map(|run| run.lane).collect();
            if list.ends[length] || lawful.len() > 1 {
                lawful.into_iter().for_each(|lane| satisfied[lane] = true);
            }
            // One part that is the whole: a balance at the end of the last quarter is the year's.
            runs.iter().filter(|run| run.is_last()).for_each(|run| satisfied[run.lane] = true);
            if proofs > best.map_or(0, |(proofs, ..)| proofs) {
                best = Some((proofs, index, length + 1));
                if proofs == runs.len() {
                    break 'lists;
                }
            }
        }
    }
    let best = best.map(|(_, index, length)| {
        let list = &lists[index];
        Trial { ends: list.ends[length - 1], ..trial(strip, total, &list.parts[..length]) }
    });
    Trials { best, satisfied }
}

/// One reading in every lane.
pub(crate) fn trial(strip: &Strip, total: usize, parts: &[(usize, bool)]) -> Trial {
    let outcome = |lane: usize| {
        if !strip.adds_up(lane) {
            return Outcome::Silent;
        }
        let Some(mut run) = Run::new(strip, total, lane) else { return Outcome::Silent };
        parts.iter().for_each(|&(line, negated)| run.add(strip, line, negated));
        run.outcome()
    };
    let outcomes: Vec<Outcome> = (0..strip.lanes().len()).map(outcome).collect();
    let proofs = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Holds { strong: true })).count();
    Trial { parts: parts.to_vec(), outcomes, proofs, ends: false }
}

/// A sum that grows by one line at a time.
struct Run<'a> {
    lane: usize,
    total_line: usize,
    total: Amount,
    unit: &'a crate::quantity::Unit,
    /// `None` after a part whose value is open, or an overflow.
    sum: Option<Amount>,
    /// The part farthest from the total: what costs are subtracted from.
    first: Amount,
    parts: usize,
    /// How many of the parts are below zero.
    negative: usize,
    /// Whether the lane is one of differences.
    differences: bool,
    /// Whether the parts stand before the total.
    before: bool,
}

impl<'a> Run<'a> {
    fn new(strip: &Strip<'a>, total_line: usize, lane: usize) -> Option<Self> {
        let (total, unit) = strip.amount(total_line, lane)?;
        let zero = Amount::ZERO;
        let differences = matches!(strip.lanes()[lane].kind, LineKind::Change | LineKind::Variance);
        Some(Self {
            lane,
            total_line,
            total,
            unit,
            sum: Some(zero),
            first: zero,
            parts: 0,
            negative: 0,
            differences,
            before: true,
        })
    }

    fn add(&mut self, strip: &Strip<'a>, line: usize, negated: bool) {
        self.before &= line < self.total_line;
        match strip.figure(line, self.lane, self.unit) {
            Figure::Nothing | Figure::Foreign => {}
            Figure::Unknown => self.sum = None,
            Figure::Amount(amount) => {
                self.sum = self.sum.and_then(|sum| sum.plus(amount, negated));
                self.first = amount;
                self.parts += usize::from(!amount.value.is_zero());
                self.negative += usize::from(amount.value.is_sign_negative() && !amount.value.is_zero());
            }
        }
    }

    fn outcome(&self) -> Outcome {
        let Some(sum) = self.sum.filter(|_| self.parts >= 2) else { return Outcome::Silent };
        if sum.meets(self.total) {
            let tens = self.total.resolution.checked_mul(Decimal::TEN).unwrap_or(self.total.resolution);
            return Outcome::Holds { strong: self.total.value.abs() >= tens };
        }
        Outcome::Misses(Gap { sum, total: self.total, parts: self.parts })
    }

    /// Whether the total is right under this run, in any lawful way.
    fn lawful(&self) -> bool {
        let Some(sum) = self.sum else { return false };
        if self.parts >= 2 && sum.meets(self.total) {
            return true;
        }
        // Differences have signs of their own, and are added up with them; a total that stands first may be less one of those below.
        if self.differences && self.before {
            return false;
        }
        // The first less all the others: revenue less costs that are written without a sign.
        let twice = self.first.plus(self.first, false).and_then(|twice| twice.plus(sum, true));
        let unsigned = self.negative == usize::from(self.first.value.is_sign_negative());
        self.parts >= 2 && unsigned && twice.is_some_and(|rest| rest.meets(self.total))
    }

    /// Whether the nearest part alone is the total: the same number, for it is written twice. Short numbers are near each other anyway.
    fn is_last(&self) -> bool {
        let same = |sum: Amount| match sum.resolution == self.total.resolution {
            true => sum.value == self.total.value,
            false => sum.meets(self.total),
        };
        self.parts == 1 && self.sum.is_some_and(same)
    }
}
