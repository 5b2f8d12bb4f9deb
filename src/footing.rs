//! Footing: which lines of a grid add up to which totals, and where one does not.
//!
//! Enters: a [`Grid`]. Leaves: [`Miss`]es, each with the cell that most likely carries the error.
//! Invariant: a table that lawfully does not sum gives none. A miss needs evidence that a sum is meant: lanes in which the same
//! lines do add up, or a label that says total over a clear block of parts, missed by one slip of the keyboard.
//!
//! With n addends at resolution r the total must meet the interval sum (XBRL Calculations 1.1): each addend, and the total, stands
//! for half a unit of its last place either way.

pub(crate) mod bridge;
pub(crate) mod reading;
pub(crate) mod shares;
pub(crate) mod slip;
pub(crate) mod strip;
pub(crate) mod unsettled;
pub(crate) mod wording;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::finding::{CauseKind, Confidence};
use crate::grid::{Grid, LineKind};
use crate::period::{Expression, Fixed, Grain};
use reading::{Gap, List, Outcome, Trial};
use slip::{Slip, Wanted};
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

/// How plainly a line says that it is a total.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Plainness {
    /// Not at all: only the numbers could say so.
    Unlabelled,
    /// A blank label under parts, a year after its quarters.
    Implicit,
    /// `Total`.
    Explicit,
}

/// Every miss of a grid, down its columns and across its rows. One wrong cell is one miss.
pub(crate) fn misses(grid: &Grid) -> Vec<Miss> {
    let mut down = Footing::default();
    let mut across = Footing::default();
    foot(&Strip { grid, axis: Axis::Down }, &mut down);
    foot(&Strip { grid, axis: Axis::Across }, &mut across);
    down.chain();
    across.chain();
    let mut found: Vec<Miss> = Vec::new();
    for (own, other) in [(&down, &across), (&across, &down)] {
        for miss in own.drafts.iter().filter_map(|draft| draft.settle(other)) {
            if !found.iter().any(|earlier| earlier.suspect.at == miss.suspect.at) {
                found.push(miss);
            }
        }
    }
    found
}

/// What footing along one axis brought to light.
#[derive(Default, Debug)]
struct Footing {
    /// Totals that are missed.
    drafts: Vec<Draft>,
    /// Cells that a sum which adds up vouches for.
    confirmed: BTreeSet<At>,
}

impl Footing {
    /// A wrong total is missed again where it is a part: the second miss is evidence for the first, not another one.
    fn chain(&mut self) {
        let totals: BTreeMap<At, usize> = self.drafts.iter().enumerate().map(|(at, draft)| (draft.total, at)).collect();
        let mut again = vec![false; self.drafts.len()];
        let mut chained = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            for (part, ..) in &draft.parts {
                let Some(&earlier) = totals.get(part).filter(|&&earlier| earlier != at) else { continue };
                let Some(theirs) = draft.wanted(*part) else { continue };
                if wanted_total(&self.drafts[earlier].gap).meets(&theirs) {
                    again[at] = true;
                    chained.push(earlier);
                }
            }
        }
        chained.into_iter().for_each(|earlier| self.drafts[earlier].chained = true);
        let mut keep = again.into_iter().map(|again| !again);
        self.drafts.retain(|_| keep.next().unwrap_or(true));
    }
}

/// A miss before the other axis is heard.
#[derive(Debug)]
struct Draft {
    total: At,
    parts: Vec<(At, bool, Amount)>,
    gap: Gap,
    proofs: usize,
    failing: usize,
    plainness: Plainness,
    /// Whether the same correction of the total puts another miss right.
    chained: bool,
}

/// Foots a strip: each line that may be a total, from the first to the last.
fn foot(strip: &Strip, footing: &mut Footing) {
    let lines = strip.lines();
    let small = lines.len() <= 120;
    let mut uncovered: Vec<usize> = Vec::new();
    let mut covered_until = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(plainness) = plainness(strip, at).filter(|plainness| small || *plainness > Plainness::Unlabelled)
        else {
            if strip.is_part(at) && at >= covered_until {
                uncovered.push(at);
            }
            continue;
        };
        let lists = lists(strip, at, &uncovered, plainness);
        let trials = reading::trials(strip, at, &lists);
        let settled = trials.best.filter(|best| proves(best, &trials.satisfied, plainness));
        match &settled {
            Some(best) => record(strip, at, best, &trials.satisfied, plainness, footing),
            None if plainness == Plainness::Explicit => lone(strip, at, &lists, &trials.satisfied, footing),
            None => {}
        }
        if let Some(best) = &settled {
            uncovered.retain(|part| !best.parts.0.iter().any(|(line, _)| line == part));
            covered_until = best.parts.0.iter().map(|(line, _)| line + 1).max().unwrap_or(0).max(covered_until);
        } else if plainness == Plainness::Explicit {
            // A total whose parts are not understood still ends its block.
            let block = block_start(strip, at);
            uncovered.retain(|&part| part < block);
        }
        if (strip.is_part(at) || line.kind == LineKind::Total) && at >= covered_until {
            uncovered.push(at);
        }
    }
}

/// How plainly a line is a total; `None` for a line that cannot be one.
fn plainness(strip: &Strip, at: usize) -> Option<Plainness> {
    let line = &strip.lines()[at];
    if strip::averages(line) {
        return None;
    }
    match (strip.axis, line.kind) {
        (_, LineKind::Total) => Some(Plainness::Explicit),
        (Axis::Down, LineKind::Level) if line.label.is_blank() => (at >= 2).then_some(Plainness::Implicit),
        (Axis::Down, LineKind::Level) => (at >= 2).then_some(Plainness::Unlabelled),
        (Axis::Across, LineKind::Level) => (at >= 2 && is_longer(strip, at)).then_some(Plainness::Implicit),
        _ => None,
    }
}

/// Whether a column's period is made of the periods of the columns before it: Q1 to Q4, then the year.
fn is_longer(strip: &Strip, at: usize) -> bool {
    let grain = |line: usize| strip.lines()[line].period.as_ref().and_then(grain_of);
    let Some(own) = grain(at) else { return false };
    let finer = (0..at).rev().map_while(|line| grain(line).filter(|finer| *finer < own));
    let finer: Vec<Grain> = finer.collect();
    let Some(&first) = finer.first() else { return false };
    let wanted = match (first, own) {
        (Grain::Quarter, Grain::Year) => 4,
        (Grain::Half, Grain::Year) | (Grain::Quarter, Grain::Half) => 2,
        (Grain::Month, Grain::Quarter) => 3,
        (Grain::Month, Grain::Year) => 12,
        _ => return false,
    };
    finer.iter().take_while(|grain| **grain == first).count() >= wanted
}

fn grain_of(expression: &Expression) -> Option<Grain> {
    match expression {
        Expression::Fixed(Fixed::Year { .. } | Fixed::Ended(12, _)) => Some(Grain::Year),
        Expression::Fixed(Fixed::Half(..) | Fixed::Ended(6, _)) | Expression::Half(_) => Some(Grain::Half),
        Expression::Fixed(Fixed::Quarter(..) | Fixed::Ended(3, _)) | Expression::Quarter(_) => Some(Grain::Quarter),
        Expression::Fixed(Fixed::Month(..) | Fixed::Ended(1, _)) | Expression::Month(_) => Some(Grain::Month),
        _ => None,
    }
}

/// The first line of the block that a total closes: after the last section or total before it.
pub(crate) fn block_start(strip: &Strip, total: usize) -> usize {
    let ends = |line: &usize| {
        let kind = strip.lines()[*line].kind;
        kind == LineKind::Section
            || kind == LineKind::Total
            || (strip.axis == Axis::Down && strip.lines()[*line].label.is_blank())
    };
    (0..total).rev().find(ends).map_or(0, |line| line + 1)
}

/// The lists whose runs are tried, nearest line first.
fn lists(strip: &Strip, total: usize, uncovered: &[usize], plainness: Plainness) -> Vec<List> {
    let lines = strip.lines();
    let plain = |line: &usize| strip.is_part(*line) && lines[*line].kind != LineKind::Total;
    let open: Vec<usize> = uncovered.iter().rev().copied().collect();
    let mut kept = vec![open.clone()];
    if plainness > Plainness::Unlabelled {
        let leaves: Vec<usize> = (0..total).rev().filter(plain).collect();
        let totals: Vec<usize> = (0..total).rev().filter(|&line| lines[line].kind == LineKind::Total).collect();
        let depth = |line: usize| lines[line].indent;
        if leaves.iter().any(|&line| depth(line) != depth(total)) {
            let outermost = open.iter().map(|&line| depth(line)).min().unwrap_or(0);
            kept.push(open.iter().copied().filter(|&line| depth(line) == outermost).collect());
            let parent = |line: usize| lines.get(line + 1).is_some_and(|next| next.indent > depth(line));
            kept.push(leaves.iter().copied().filter(|&line| !parent(line)).collect());
        }
        if open.iter().any(|&line| strip::averages(&lines[line])) {
            kept.push(open.iter().copied().filter(|&line| !strip::averages(&lines[line])).collect());
        }
        kept.push(leaves);
        kept.push(totals);
    }
    kept.dedup();
    let mut found = Vec::new();
    for list in kept.into_iter().filter(|list| list.len() >= 2) {
        let ends = |at: usize| list[at] == 0 || block_start(strip, list[at]) == list[at] || at + 1 == list.len();
        signed(strip, &list, (0..list.len()).map(ends).collect(), &mut found);
    }
    if plainness == Plainness::Explicit {
        let ends = |line: &usize| !matches!(lines[*line].kind, LineKind::Total | LineKind::Section);
        let below: Vec<usize> = (total + 1..lines.len()).take_while(ends).filter(plain).collect();
        if below.len() >= 2 {
            signed(strip, &below, (1..=below.len()).map(|at| at == below.len()).collect(), &mut found);
        }
    }
    found
}

/// A list as it is written, and with the lines taken away that say so.
fn signed(strip: &Strip, list: &[usize], ends: Vec<bool>, found: &mut Vec<List>) {
    let deducted = |line: usize| is_deducted(strip.lines()[line].label.text());
    if list.iter().any(|&line| deducted(line)) {
        let parts = list.iter().map(|&line| (line, deducted(line))).collect();
        found.push(List { parts, ends: ends.clone() });
    }
    found.push(List { parts: list.iter().map(|&line| (line, false)).collect(), ends });
}

/// Rows that say they are taken away.
fn is_deducted(label: &str) -> bool {
    let lower = label.trim_start().to_lowercase();
    ["less", "deduct", "minus", "net of"].iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphabetic()) && !rest.trim_start().starts_with("than")
        })
    })
}

/// Whether enough lanes add up for the reading to be what the author meant.
fn proves(best: &Trial, satisfied: &[bool], plainness: Plainness) -> bool {
    let missed = |(outcome, satisfied): &(&Outcome, &bool)| matches!(outcome, Outcome::Misses(_)) && !**satisfied;
    let missing = best.outcomes.iter().zip(satisfied).filter(missed).count();
    match plainness {
        Plainness::Explicit => best.proofs >= 2 || (best.proofs == 1 && best.ends),
        Plainness::Implicit => best.proofs > missing || (best.proofs == missing && best.parts.0.len() >= 3),
        Plainness::Unlabelled => best.proofs >= 2 && best.proofs > missing,
    }
}

/// Takes down what a proven reading says of every lane.
fn record(strip: &Strip, total: usize, best: &Trial, satisfied: &[bool], plainness: Plainness, footing: &mut Footing) {
    let missed = |(lane, outcome): &(usize, &Outcome)| matches!(outcome, Outcome::Misses(_)) && !satisfied[*lane];
    let failing = best.outcomes.iter().enumerate().filter(missed).count();
    for (lane, outcome) in best.outcomes.iter().enumerate() {
        match outcome {
            Outcome::Holds { strong: true } => {
                footing.confirmed.insert(strip.at(total, lane));
                footing.confirmed.extend(best.parts.0.iter().map(|&(line, _)| strip.at(line, lane)));
            }
            Outcome::Misses(gap) if !satisfied[lane] => {
                let parts = amounts(strip, total, lane, &best.parts.0);
                let total = strip.at(total, lane);
                footing.drafts.push(Draft {
                    total,
                    parts,
                    gap: *gap,
                    proofs: best.proofs,
                    failing,
                    plainness,
                    chained: false,
                });
            }
            _ => {}
        }
    }
}

/// A total that no lane proves: one lane only, a clear block, and one slip in the total itself.
fn lone(strip: &Strip, total: usize, lists: &[List], satisfied: &[bool], footing: &mut Footing) {
    let start = block_start(strip, total);
    for list in lists {
        let list = &list.parts;
        let block: Vec<(usize, bool)> =
            list.iter().copied().filter(|&(line, _)| line >= start && line < total).collect();
        for parts in [&block, list] {
            let trial = reading::trial(strip, total, parts);
            let compared: Vec<(usize, Gap)> = trial
                .outcomes
                .iter()
                .enumerate()
                .filter_map(|(lane, outcome)| match outcome {
                    Outcome::Misses(gap) => Some((lane, *gap)),
                    _ => None,
                })
                .collect();
            let [(lane, gap)] = compared.as_slice() else { continue };
            if satisfied[*lane] || slip::find(gap.total, &wanted_total(gap)).is_none() {
                continue;
            }
            let parts = amounts(strip, total, *lane, parts);
            let total = strip.at(total, *lane);
            footing.drafts.push(Draft {
                total,
                parts,
                gap: *gap,
                proofs: 0,
                failing: 1,
                plainness: Plainness::Explicit,
                chained: false,
            });
            return;
        }
    }
}

/// The parts of a lane that are amounts.
fn amounts(strip: &Strip, total: usize, lane: usize, parts: &[(usize, bool)]) -> Vec<(At, bool, Amount)> {
    let Some((_, unit)) = strip.amount(total, lane) else { return Vec::new() };
    let amount = |&(line, negated): &(usize, bool)| match strip.figure(line, lane, unit) {
        strip::Figure::Amount(amount) => Some((strip.at(line, lane), negated, amount)),
        _ => None,
    };
    let mut found: Vec<_> = parts.iter().filter_map(amount).collect();
    found.sort_by_key(|(at, ..)| *at);
    found
}

/// How far rounding alone can take a sum and its total apart.
fn slack(gap: &Gap) -> Decimal {
    let width = |amount: &Amount| (amount.high - amount.low) / Decimal::TWO;
    width(&gap.sum) + width(&gap.total)
}

/// Where the total should have been.
fn wanted_total(gap: &Gap) -> Wanted {
    let slack = slack(gap);
    Wanted { value: gap.sum.value, low: gap.sum.value - slack, high: gap.sum.value + slack }
}

impl Draft {
    /// Where a part should have been.
    fn wanted_part(&self, negated: bool, amount: Amount) -> Wanted {
        let difference = self.gap.total.value - self.gap.sum.value;
        let value = if negated { amount.value - difference } else { amount.value + difference };
        let slack = slack(&self.gap);
        Wanted { value, low: value - slack, high: value + slack }
    }

    /// Where a cell of the miss should have been.
    fn wanted(&self, at: At) -> Option<Wanted> {
        if at == self.total {
            return Some(wanted_total(&self.gap));
        }
        self.parts.iter().find(|(part, ..)| *part == at).map(|&(_, negated, amount)| self.wanted_part(negated, amount))
    }

    /// Hears the other axis, finds the suspect and decides whether the evidence is enough.
    fn settle(&self, other: &Footing) -> Option<Miss> {
        let crossed = self.crossing(other);
        let suspect = match crossed {
            Some((at, _)) => self.explain(at).0,
            None if self.chained => self.explain(self.total).0,
            None => self.suspect(&other.confirmed),
        };
        let plug = suspect.cause == Some(CauseKind::RoundingPlug);
        let proven = match self.plainness {
            _ if crossed.is_some() || self.chained => true,
            Plainness::Explicit if self.proofs == 0 => suspect.at == self.total && suspect.cause.is_some() && !plug,
            Plainness::Explicit if self.proofs < self.failing => false,
            Plainness::Explicit => suspect.cause.is_some() || (self.proofs >= self.failing && !self.is_average()),
            Plainness::Implicit | Plainness::Unlabelled => suspect.cause.is_some() && !plug && self.failing == 1,
        };
        let sure = (self.plainness == Plainness::Explicit && suspect.cause.is_some()) || crossed.is_some();
        proven.then(|| Miss {
            total: self.total,
            parts: self.parts.iter().map(|&(at, negated, _)| (at, negated)).collect(),
            sum: self.gap.sum,
            suspect,
            confidence: if sure { Confidence::High } else { Confidence::Medium },
            crossed: crossed.map(|(_, total)| total),
        })
    }

    /// The one cell whose correction also puts a miss along the other axis right, with that miss's total.
    fn crossing(&self, other: &Footing) -> Option<(At, At)> {
        let mut found = None;
        let cells = self.parts.iter().map(|(at, ..)| *at).chain([self.total]);
        for at in cells {
            let Some(mine) = self.wanted(at) else { continue };
            for draft in &other.drafts {
                let meets = draft.wanted(at).is_some_and(|theirs| mine.meets(&theirs));
                if meets && found.replace((at, draft.total)).is_some() {
                    return None;
                }
            }
        }
        found
    }

    /// A cell with the slip that explains it.
    fn explain(&self, at: At) -> (Suspect, Option<Slip>) {
        let amount = self.parts.iter().find(|(part, ..)| *part == at).map_or(self.gap.total, |(_, _, amount)| *amount);
        let wanted = self.wanted(at).unwrap_or_else(|| wanted_total(&self.gap));
        let slip = slip::find(amount, &wanted);
        let meant = slip.map_or(wanted.value, |slip| slip.meant);
        (Suspect { at, cause: slip.map(|slip| slip.cause), meant }, slip)
    }

    /// The suspect on this axis's evidence: the total, unless the other axis vouches for it or one part's slip explains the miss better.
    fn suspect(&self, confirmed: &BTreeSet<At>) -> Suspect {
        if let Some(plug) = self.plug() {
            return plug;
        }
        let (total, own) = self.explain(self.total);
        let vouched = confirmed.contains(&self.total);
        let open = self.parts.iter().filter(|(at, ..)| !confirmed.contains(at)).map(|(at, ..)| self.explain(*at));
        let open: Vec<(Suspect, Option<Slip>)> = open.collect();
        if vouched && let [(only, _)] = open.as_slice() {
            return *only;
        }
        let own = own.filter(|_| !vouched).map(|slip| slip.rank());
        let least = open.iter().filter_map(|(_, slip)| slip.map(|slip| slip.rank())).min();
        let mut best = open.iter().filter(|(_, slip)| least.is_some() && slip.map(|slip| slip.rank()) == least);
        match (best.next(), best.next()) {
            (Some((part, _)), None) if own.is_none_or(|own| least.is_some_and(|least| least < own)) => *part,
            _ => total,
        }
    }

    /// Off by no more than a unit or two beyond what rounding explains: a total that was made of unrounded parts, or plugged.
    fn plug(&self) -> Option<Suspect> {
        let unit = self.gap.total.resolution.max(self.gap.sum.resolution);
        let excess = (self.gap.total.value - self.gap.sum.value).abs() - slack(&self.gap);
        let exact = slack(&self.gap).is_zero();
        (!exact && excess <= unit * Decimal::TWO).then_some(Suspect {
            at: self.total,
            cause: Some(CauseKind::RoundingPlug),
            meant: self.gap.sum.value,
        })
    }

    /// Whether the total lies among its parts, as an average or a price does.
    fn is_average(&self) -> bool {
        let values = || self.parts.iter().map(|(_, _, amount)| amount.value);
        let (least, most) = (values().min().unwrap_or_default(), values().max().unwrap_or_default());
        least >= Decimal::ZERO && least <= self.gap.total.value && self.gap.total.value <= most
    }
}
