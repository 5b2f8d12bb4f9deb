//! An accounting identity does not hold among the lines of a table.
//!
//! Some lines of a statement follow from others without anybody saying so: gross profit is revenue less cost of sales, operating
//! income is gross profit less operating expenses, a surplus is income less expenses, profit after tax is profit before tax less
//! tax, EBITDA is operating profit plus depreciation, assets are liabilities and equity, a margin is a profit in per cent of
//! revenue, leverage is net debt over EBITDA. Lines are known by the names used in practice, in rows or in columns; costs and debts
//! may be written with or without their sign, and every figure stands for half a unit of its last place either way.
//!
//! The rule speaks where the identity holds in other columns of the same table, or one slip explains a long number. What another
//! line of the table makes up for (a discontinued business, a gain on a sale) is no finding. It points at the number that a slip
//! explains or nothing else confirms, else at the result.
//!
//! What to do: check the number against the ledger; it was probably changed after the others.
//!
//! ```deck
//! # Statement of activities
//!
//! | | February actual | February budget |
//! | --- | ---: | ---: |
//! | Total revenue | 162,700 | 171,000 |
//! | Total expenses | 195,100 | 199,500 |
//! | Net surplus (deficit) | 32,400 | (28,500) |
//! ```
//! ```finding
//! identity-mismatch at 32,400: sign-flip
//! ```
//!
//! A line between them makes up the difference, and costs need no sign:
//!
//! ```quiet-deck
//! # Income statement
//!
//! | £m | FY31 | FY30 |
//! | --- | ---: | ---: |
//! | Revenue | 567.5 | 537.9 |
//! | Cost of sales | 332.0 | 318.4 |
//! | Gross profit | 235.5 | 219.5 |
//! | Gross margin | 41.5% | 40.8% |
//! | Profit before tax | 26.1 | 20.7 |
//! | Tax | (6.5) | (5.2) |
//! | Discontinued business | – | 3.1 |
//! | Profit for the year | 19.6 | 18.6 |
//! ```

use std::collections::BTreeSet;

use crate::cause::{self, Neighbour, Side};
use crate::check::{Statements, Verdict};
use crate::deck::Deck;
use crate::finding::{Cause, CauseKind, Finding};
use crate::footing::At;
use crate::footing::wording::{self, Draft, Table};
use crate::grid::Grid;
use crate::identity::{self, Miss};
use crate::quantity::Unit;
use crate::rules::{Family, Rule};

/// The rule.
#[derive(Debug)]
pub(crate) struct IdentityMismatch;

impl Rule for IdentityMismatch {
    fn name(&self) -> &'static str {
        "identity-mismatch"
    }

    fn family(&self) -> Family {
        Family::Arithmetic
    }

    fn source(&self) -> &'static str {
        include_str!("identity_mismatch.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let confirmed = confirmed(deck);
        for (at, grid) in deck.grids.iter().enumerate() {
            let vouched = |(row, column): At| confirmed.contains(&(at, row, column));
            let table = Table { deck, grid };
            findings.extend(identity::misses(grid, &vouched).iter().map(|miss| finding(&table, miss)));
        }
    }
}

/// Cells that the source or another statement of the deck confirms.
fn confirmed(deck: &Deck) -> BTreeSet<(usize, usize, usize)> {
    let statements = Statements::new(deck);
    let agreed = statements.agreed();
    let ties = |at: usize| matches!(deck.verdicts.get(at), Some(Verdict::Ties(_)));
    deck.claims
        .iter()
        .enumerate()
        .filter(|(at, _)| ties(*at) || agreed.contains(at))
        .filter_map(|(_, claim)| claim.cell)
        .collect()
}

fn finding(table: &Table, miss: &Miss) -> Finding {
    let at = miss.suspect.at;
    let expected = expected(table, miss);
    let (written, subject) = (table.written(at), table.subject(at));
    let message = if at == miss.result {
        format!("{subject}: {written} disagrees with {}, which give {expected}", miss.formula)
    } else {
        let result = table.written(miss.result);
        format!("{subject}: {written} does not fit: {} give {expected}, the table says {result}", miss.formula)
    };
    let others =
        std::iter::once((miss.result, false)).chain(miss.parts.iter().copied()).filter(|(other, _)| *other != at);
    let related = others.map(|(other, taken)| {
        let part = if taken { "taken away" } else { "a part" };
        table.related(if other == miss.result { "the result" } else { part }, other)
    });
    let draft = Draft {
        rule: IdentityMismatch.name(),
        place: table.place(at),
        slide: table.slide(),
        message,
        related: related.collect(),
        cause: miss.suspect.cause,
        value: Some(miss.suspect.meant),
        meant: table.like(at, miss.suspect.meant),
        confidence: miss.confidence,
    };
    let mut finding = wording::finding(draft);
    if miss.suspect.cause.is_none() {
        finding.help = Some("check each of these lines against the ledger".to_owned());
        finding.cause = stale(table.grid, miss).or(finding.cause);
    }
    finding
}

/// What the parts give, as the result would be written.
fn expected(table: &Table, miss: &Miss) -> String {
    let [low, high] = [miss.expected.low, miss.expected.high].map(|value| table.like(miss.result, value));
    match miss.expected.middle() {
        _ if low == high => low,
        // The figure that the parts as written give; for quotients rounding leaves more open than one unit.
        Some(middle) if quantity(table.grid, miss.result).is_some_and(|quantity| quantity.unit != Unit::Percent) => {
            table.like(miss.result, middle)
        }
        _ => format!("{low} to {high}"),
    }
}

fn quantity(grid: &Grid, (row, column): At) -> Option<&crate::quantity::Quantity> {
    grid.cells.get(row)?.get(column)?.quantity.as_ref()
}

/// Whether a margin that nothing else explains is the one of the next column.
fn stale(grid: &Grid, miss: &Miss) -> Option<Cause> {
    let own = quantity(grid, miss.suspect.at)?;
    let (row, column) = miss.suspect.at;
    let neighbours: Vec<Neighbour> = [column.checked_sub(1), column.checked_add(1)]
        .into_iter()
        .flatten()
        .filter_map(|next| {
            let line = grid.columns.get(next)?;
            let side = Side::Written(Box::new(quantity(grid, (row, next))?.clone()));
            let name = line.label.text().trim().to_owned();
            Some(Neighbour { kind: CauseKind::StalePeriod, distance: 0, name, side })
        })
        .collect();
    let cause = cause::explain(own, &Side::Between(miss.expected), &neighbours);
    (cause.kind == CauseKind::StalePeriod && own.unit == Unit::Percent).then_some(cause)
}
