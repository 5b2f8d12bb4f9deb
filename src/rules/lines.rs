//! Rows and columns of a table of which nearly every number disagrees with the source, or with the rest of the deck.
//!
//! Enters: the findings of a deck's numbers. Leaves: one finding for such a line, in place of one for each of its numbers.
//! Invariant: a line of which at least a quarter ties or agrees keeps every finding; a line is told of once.
//!
//! A column that is headed in a way that was not understood, or pasted from another month as a whole, is one thing to look at and not
//! forty. Which of the two it is, only a reader of the deck can say, so it is a warning.

use std::collections::BTreeMap;

use crate::check::Verdict;
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level, Related};
use crate::grid::Line;

/// Fewer numbers are no line.
const FEWEST: usize = 3;

/// Places that a finding shows beside its own.
const SHOWN: usize = 8;

/// A line of a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Column(usize, usize),
    Row(usize, usize),
}

/// What the numbers of a line disagree with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum With {
    Source,
    Deck,
}

/// Tells of lines that disagree as a whole.
pub(super) fn fold(deck: &Deck, found: Vec<(&Claim, Finding)>, with: With) -> Vec<Finding> {
    let mut missed: BTreeMap<At, Vec<usize>> = BTreeMap::new();
    for (at, (claim, _)) in found.iter().enumerate() {
        lines(claim).into_iter().flatten().for_each(|line| missed.entry(line).or_default().push(at));
    }
    missed.retain(|_, members| members.len() >= FEWEST);
    // Nearly always there is no such line.
    if missed.is_empty() {
        return found.into_iter().map(|(_, finding)| finding).collect();
    }
    let ties = ties(deck, with);
    missed.retain(|line, members| members.len() > 3 * ties.get(line).copied().unwrap_or(0));
    let mut folded = vec![false; found.len()];
    let mut told_once = Vec::new();
    for (line, members) in missed {
        let open: Vec<usize> = members.into_iter().filter(|&at| !folded[at]).collect();
        if open.len() >= FEWEST {
            told_once.push(told(deck, line, &open, (&found, with)));
            open.iter().for_each(|&at| folded[at] = true);
        }
    }
    let single = found.into_iter().zip(folded).filter(|(_, folded)| !folded).map(|((_, finding), _)| finding);
    single.chain(told_once).collect()
}

/// How many numbers of each line tie or agree.
fn ties(deck: &Deck, with: With) -> BTreeMap<At, usize> {
    let agreed = deck.statements().agreed();
    let mut ties: BTreeMap<At, usize> = BTreeMap::new();
    for (at, claim) in deck.claims.iter().enumerate() {
        let tied =
            matches!(deck.verdicts.get(at), Some(Verdict::Ties(_))) || with == With::Deck && agreed.contains(&at);
        if tied && matches!(claim.measure, Measure::Level | Measure::Share) {
            lines(claim).into_iter().flatten().for_each(|line| *ties.entry(line).or_default() += 1);
        }
    }
    ties
}

/// The column and the row of a number.
fn lines(claim: &Claim) -> [Option<At>; 2] {
    match claim.cell {
        Some((grid, row, column)) => [Some(At::Column(grid, column)), Some(At::Row(grid, row))],
        None => [None, None],
    }
}

fn told(deck: &Deck, line: At, members: &[usize], (found, with): (&[(&Claim, Finding)], With)) -> Finding {
    let with = match with {
        With::Source => "the source, and few or none tie",
        With::Deck => "the rest of the deck, and few or none agree",
    };
    let first = &found[members[0]].1;
    let name = |line: Option<&Line>| line.map(|line| line.label.text().trim().to_owned()).unwrap_or_default();
    let (what, name) = match line {
        At::Column(grid, column) => ("column", name(deck.grids[grid].columns.get(column))),
        At::Row(grid, row) => ("row", name(deck.grids[grid].rows.get(row))),
    };
    let others = members[1..].iter().take(SHOWN).map(|&at| &found[at].1);
    let related = others.map(|other| Related { message: other.message.clone(), place: other.place });
    Finding {
        level: Level::Warning,
        confidence: first.confidence.min(Confidence::Medium),
        message: format!(
            "{} numbers of the {what} “{name}” disagree with {with}; the first: {}",
            members.len(),
            first.message
        ),
        related: first.related.iter().cloned().chain(related).collect(),
        help: Some(format!("see whether the {what} is of that time and thing; if it is, all of it is out of date")),
        fix: None,
        correction: None,
        ..first.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::examples::Binder;

    const SOURCE: &str = "version: 1\nmetrics:\n  - {name: revenue, label: Revenue, unit: USD, values: {FY2030-Q3: 5600, FY2030-Q2: 5400}}\n  - {name: cost, label: Cost, unit: USD, values: {FY2030-Q3: 4100, FY2030-Q2: 3900}}\n  - {name: profit, label: Profit, unit: USD, values: {FY2030-Q3: 1500, FY2030-Q2: 1500}}\n  - {name: cash, label: Cash, unit: USD, values: {FY2030-Q3: 2900, FY2030-Q2: 2700}}\n";

    fn found(table: &str) -> Vec<String> {
        said(Binder::of(&format!("# Review\n\n{table}")).with_source("metrics.yaml", SOURCE))
    }

    fn said(binder: Binder) -> Vec<String> {
        let mut deck = binder.bound();
        let findings = crate::check::check(&mut deck);
        findings
            .iter()
            .map(|finding| format!("{}: {}", finding.level.name(), deck.files.slice(finding.place)))
            .collect()
    }

    #[test]
    fn a_column_that_disagrees_as_a_whole_is_told_once() {
        let whole = "| $ | Q3 FY30 | Q2 FY30 |\n|---|---:|---:|\n| Revenue | 5,600 | 5,123 |\n| Cost | 4,100 | 3,777 |\n| Cash | 2,900 | 2,511 |\n";
        assert_eq!(found(whole), ["warning: 5,123"]);
        let one = whole.replace("5,123", "5,400").replace("3,777", "3,900");
        assert_eq!(found(&one), ["error: 2,511"]);
        let two = whole.replace("5,123", "5,400");
        assert_eq!(found(&two).len(), 2);
    }

    #[test]
    fn a_column_that_contradicts_the_appendix_is_told_once() {
        let deck = |revenue: &str, cost: &str, cash: &str| {
            let own = format!(
                "| $ | Q3 FY30 | Q2 FY30 |\n|---|---:|---:|\n| Revenue | 5,600 | {revenue} |\n| Cost | 4,100 | {cost} |\n| Cash | 2,900 | {cash} |\n"
            );
            let all = "# Figures\n\n| $ | Q3 FY30 | Q2 FY30 | Q1 FY30 |\n|---|---:|---:|---:|\n| Revenue | 5,600 | 5,400 | 5,123 |\n| Cost | 4,100 | 3,900 | 3,777 |\n| Cash | 2,900 | 2,700 | 2,511 |\n";
            Binder::of(&format!("# Review\n\n{own}")).and("appendix.md", all)
        };
        assert_eq!(said(deck("5,123", "3,777", "2,511")), ["warning: 5,123"]);
        assert_eq!(said(deck("5,400", "3,900", "2,511")), ["error: 2,511"]);
        assert_eq!(said(deck("5,400", "3,900", "2,700")), [""; 0]);
    }
}
