//! Looks for totals and for the lines that each adds up.
//!
//! Enters: a [`Strip`]. Leaves: a [`Footing`]: totals that are missed, and cells that a sum vouches for.
//! Invariant: lines that a total covers are not added up again by the next one, so that grand totals add subtotals.

use super::draft::{self, Draft, Footing, Plainness, wanted_total};
use super::reading::{self, Gap, List, Outcome, Trial, Trials};
use super::strip::{self, Amount, Axis, Strip};
use super::{At, slip};
use crate::grid::LineKind;
use crate::period::{Expression, Fixed, Grain};

/// Beyond the block that a total closes, runs longer than this are not tried.
const LONGEST: usize = 60;

/// Tables with more lines than this have no totals that only their numbers show.
const SMALL: usize = 120;

/// Foots a strip: each line that may be a total, from the first to the last.
pub(super) fn foot(strip: &Strip) -> Footing {
    let mut footing = Footing::default();
    let lines = strip.lines();
    let small = lines.len() <= SMALL;
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
        let closes = || closes_all(strip, at, &trials);
        let settled = trials.best.as_ref().filter(|best| proves(best, &trials.satisfied, plainness, closes));
        match &settled {
            Some(best) => record(strip, at, best, &trials.satisfied, plainness, &mut footing),
            None if plainness == Plainness::Explicit => lone(strip, at, &lists, &trials.satisfied, &mut footing),
            None => {}
        }
        if let Some(best) = &settled {
            cover(&mut uncovered, best);
            covered_until = best.parts.iter().map(|(line, _)| line + 1).max().unwrap_or(0).max(covered_until);
        } else if plainness == Plainness::Explicit {
            // A total whose parts are not understood still ends its block.
            let block = block_start(strip, at);
            uncovered.retain(|&part| part < block);
        }
        if (strip.is_part(at) || line.kind == LineKind::Total) && at >= covered_until {
            uncovered.push(at);
        }
    }
    footing.finish();
    footing
}

/// Takes the parts of a total off the lines that no total has yet.
fn cover(uncovered: &mut Vec<usize>, best: &Trial) {
    let mut parts: Vec<usize> = best.parts.iter().map(|(line, _)| *line).collect();
    parts.sort_unstable();
    let Some(first) = parts.first() else { return };
    let tail = uncovered.split_off(uncovered.partition_point(|line| line < first));
    uncovered.extend(tail.into_iter().filter(|line| parts.binary_search(line).is_err()));
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
    let finer = (0..at).rev().take(12).map_while(|line| grain(line).filter(|finer| *finer < own));
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
        Expression::Fixed(Fixed::Month(..) | Fixed::NthMonth(..) | Fixed::Ended(1, _)) | Expression::Month(_) => {
            Some(Grain::Month)
        }
        _ => None,
    }
}

/// The first line of the block that a total closes: after the last section or total before it.
pub(crate) fn block_start(strip: &Strip, total: usize) -> usize {
    (0..total).rev().find(|&line| closes_block(strip, line)).map_or(0, |line| line + 1)
}

fn closes_block(strip: &Strip, line: usize) -> bool {
    let line = &strip.lines()[line];
    matches!(line.kind, LineKind::Section | LineKind::Total) || (strip.axis == Axis::Down && line.label.is_blank())
}

/// The lists whose runs are tried, nearest line first.
fn lists(strip: &Strip, total: usize, uncovered: &[usize], plainness: Plainness) -> Vec<List> {
    let lines = strip.lines();
    let plain = |line: &usize| strip.is_part(*line) && lines[*line].kind != LineKind::Total;
    // The block that a total closes may be of any length, for blocks never overlap; beyond it, no statement goes back far.
    let longest = (total - block_start(strip, total)).max(LONGEST);
    let open: Vec<usize> = uncovered.iter().rev().copied().take(longest).collect();
    let mut kept = vec![open.clone()];
    if plainness > Plainness::Unlabelled {
        let leaves: Vec<usize> = (0..total).rev().filter(plain).take(longest).collect();
        let totals: Vec<usize> =
            (0..total).rev().filter(|&line| lines[line].kind == LineKind::Total).take(LONGEST).collect();
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
        let opens = |line: usize| line == 0 || closes_block(strip, line - 1);
        let ends = |at: usize| opens(list[at]) || at + 1 == list.len();
        signed(strip, &list, (0..list.len()).map(ends).collect(), &mut found);
    }
    if strip.axis == Axis::Down && plainness == Plainness::Unlabelled {
        less_the_others(strip, &open, &mut found);
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

/// Lines that are taken from the first of them, at most.
const MOST_TAKEN: usize = 7;

/// `Gross profit`, `Selling`, `Research`, `Operating income`: a statement's result is the first line of its run less all the others,
/// whose costs are written without a sign.
fn less_the_others(strip: &Strip, open: &[usize], found: &mut Vec<List>) {
    // `Total revenue`, `Total costs`, `Surplus`: two totals are the whole of it.
    let totals = open.len() >= 2 && open[..2].iter().all(|&line| strip.lines()[line].kind == LineKind::Total);
    for length in (if totals { 2 } else { 3 })..=open.len().min(MOST_TAKEN) {
        let last = length - 1;
        let parts = open[..length].iter().enumerate().map(|(at, &line)| (line, at != last)).collect();
        let ends = (0..length).map(|at| at == last).collect();
        found.push(List { parts, ends, whole: true });
    }
}

/// A list as it is written, and with the lines taken away that say so.
fn signed(strip: &Strip, list: &[usize], ends: Vec<bool>, found: &mut Vec<List>) {
    let deducted = |line: usize| is_deducted(strip.lines()[line].label.text());
    if list.iter().any(|&line| deducted(line)) {
        let parts = list.iter().map(|&line| (line, deducted(line))).collect();
        found.push(List { parts, ends: ends.clone(), whole: false });
    }
    found.push(List { parts: list.iter().map(|&line| (line, false)).collect(), ends, whole: false });
}

/// Rows that say they are taken away.
pub(super) fn is_deducted(label: &str) -> bool {
    let lower = label.trim_start().to_lowercase();
    ["less", "deduct", "minus", "net of"].iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphabetic()) && !rest.trim_start().starts_with("than")
        })
    })
}

/// Whether enough lanes add up for the reading to be what the author meant.
fn proves(best: &Trial, satisfied: &[bool], plainness: Plainness, closes: impl Fn() -> bool) -> bool {
    let missed = |(outcome, satisfied): &(&Outcome, &bool)| matches!(outcome, Outcome::Misses(_)) && !**satisfied;
    let missing = best.outcomes.iter().zip(satisfied).filter(missed).count();
    match plainness {
        Plainness::Explicit => best.proofs >= 2 || (best.proofs == 1 && best.ends),
        Plainness::Implicit => best.proofs > missing || (best.proofs == missing && best.parts.len() >= 3),
        // Another number would be no sum by chance as likely as by a slip; the very sum in the other sign is none by chance.
        Plainness::Unlabelled if missing == 1 && best.proofs == 1 => {
            best.parts.len() >= 3 && is_turned(best, satisfied) || closes() && is_told(best, satisfied)
        }
        Plainness::Unlabelled => best.proofs >= 2 && best.proofs > missing,
    }
}

/// Whether a line is set off as the result of all that the reading adds up: in bold type under plain lines, or under totals.
fn closes_all(strip: &Strip, at: usize, trials: &Trials) -> bool {
    let lines = strip.lines();
    // What it starts from may be the result of other lines.
    let below = |line: usize| !lines[line].strong || lines[line].kind == LineKind::Total;
    let plain = |best: &Trial| {
        let rest = best.parts.split_last().map(|(_, rest)| rest);
        best.ends && rest.is_some_and(|rest| rest.iter().all(|(line, _)| below(*line)))
    };
    lines[at].strong && trials.best.as_ref().is_some_and(plain)
}

/// Whether the parts are so many, or the total that is missed so long, that they do not come to it in another lane by chance.
fn is_told(best: &Trial, satisfied: &[bool]) -> bool {
    let long = |(outcome, satisfied): (&Outcome, &bool)| match outcome {
        Outcome::Misses(gap) if !*satisfied => slip::length(gap.total) >= 3,
        _ => false,
    };
    best.parts.len() >= 3 || best.outcomes.iter().zip(satisfied).any(long)
}

/// Whether the lane that misses its total has it in the other sign.
fn is_turned(best: &Trial, satisfied: &[bool]) -> bool {
    best.outcomes.iter().zip(satisfied).any(|(outcome, satisfied)| match outcome {
        Outcome::Misses(gap) if !*satisfied => {
            strip::Amount::ZERO.plus(gap.total, true).is_some_and(|turned| turned.meets(gap.sum))
        }
        _ => false,
    })
}

/// Takes down what a proven reading says of every lane.
fn record(strip: &Strip, total: usize, best: &Trial, satisfied: &[bool], plainness: Plainness, footing: &mut Footing) {
    let missed = |(lane, outcome): &(usize, &Outcome)| matches!(outcome, Outcome::Misses(_)) && !satisfied[*lane];
    // `Weeks of cover`, `Score`: what lies among its parts is an average of them, and says nothing of the other lanes.
    let averaged = |lane: usize, gap: &Gap| draft::is_among(gap.total, &amounts(strip, total, lane, &best.parts));
    let fails = |(lane, outcome): &(usize, &Outcome)| match outcome {
        Outcome::Misses(gap) => missed(&(*lane, outcome)) && !averaged(*lane, gap),
        _ => false,
    };
    let failing = best.outcomes.iter().enumerate().filter(fails).count().max(1);
    for (lane, outcome) in best.outcomes.iter().enumerate() {
        match outcome {
            Outcome::Holds { strong: true } => {
                let lines = best.parts.iter().map(|(line, _)| *line).chain([total]);
                footing.vouch(lines.map(|line| strip.at(line, lane)));
            }
            Outcome::Misses(gap) if !satisfied[lane] => {
                let parts = amounts(strip, total, lane, &best.parts);
                let total = strip.at(total, lane);
                footing.missed(Draft {
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
            footing.missed(Draft {
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
