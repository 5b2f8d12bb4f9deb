//! The scale of tables that state none: taken from the sentences that quote them.
//!
//! Enters: bound claims. Leaves: grids and their claims in base units, where the deck's own text says which they are in.
//! Invariant: a table is scaled only by statements that then agree with it exactly, and only where one scale fits them best.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::grid::LineKind;
use crate::period::{Calendar, Period};
use crate::quantity::{Quantity, Unit};
use crate::vocabulary::MetricId;

/// Powers of ten that tables are kept in.
const POWERS: [u32; 4] = [0, 3, 6, 9];

/// The tables that do not say what their numbers are in.
pub(super) fn silent(deck: &Deck) -> BTreeSet<usize> {
    (0..deck.grids.len()).filter(|&at| deck.grids[at].states_no_scale()).collect()
}

/// Scales every silent table that the text settles.
pub(super) fn settle(deck: &mut Deck, silent: &BTreeSet<usize>) {
    if silent.is_empty() {
        return;
    }
    let mut cells: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
    for claim in &deck.claims {
        if let Some((grid, ..)) = claim.cell.filter(|(grid, ..)| silent.contains(grid)) {
            cells.entry(grid).or_default().push(claim);
        }
    }
    let mut quoted: BTreeMap<(MetricId, Period), Vec<&Claim>> = BTreeMap::new();
    let moved = |claim: &&Claim| matches!(claim.measure, Measure::Level | Measure::Change);
    for claim in deck.claims.iter().filter(|claim| claim.cell.is_none()).filter(moved) {
        if let (Some(metric), Some(period), true) =
            (claim.metric, claim.period, matches!(claim.quantity.unit, Unit::Currency(_)) || claim.quantity.scaled)
        {
            quoted.entry((metric, period.moment(&deck.calendar))).or_default().push(claim);
        }
    }
    let settled: Vec<(usize, Decimal, Unit)> = cells
        .iter()
        .filter_map(|(at, cells)| scale(cells, &quoted, &deck.calendar).map(|(factor, unit)| (*at, factor, unit)))
        .collect();
    for (at, factor, unit) in settled {
        apply(deck, at, factor, &unit);
    }
}

fn is_amount(quantity: &Quantity) -> bool {
    matches!(quantity.unit, Unit::Bare | Unit::Currency(_))
}

/// The scale under which the most sentences agree with the table, if any does and no other as many.
fn scale(
    cells: &[&Claim],
    quoted: &BTreeMap<(MetricId, Period), Vec<&Claim>>,
    calendar: &Calendar,
) -> Option<(Decimal, Unit)> {
    let key = |claim: &Claim| Some((claim.metric?, claim.period?.moment(calendar)));
    let levels = || cells.iter().filter(|claim| claim.measure == Measure::Level);
    let by_key: BTreeMap<(MetricId, Period), &Claim> = levels().filter_map(|cell| Some((key(cell)?, *cell))).collect();
    let mut votes = [0usize; POWERS.len()];
    let mut unit = None;
    for cell in levels() {
        let Some(own) = key(cell) else { continue };
        for claim in quoted.get(&own).into_iter().flatten() {
            let Some(stated) = stated(cell, claim, |base| by_key.get(&(own.0, base.moment(calendar)))) else {
                continue;
            };
            for (vote, power) in votes.iter_mut().zip(POWERS) {
                let scaled =
                    stated.clone().with_unit(claim.quantity.unit.clone()).rescaled(Decimal::from(10u64.pow(power)));
                if scaled.is_some_and(|scaled| scaled.magnitude().agrees_with(&claim.quantity.magnitude())) {
                    *vote += 1;
                    unit = Some(claim.quantity.unit.clone());
                }
            }
        }
    }
    let best = *votes.iter().max()?;
    let mut winners = votes.iter().zip(POWERS).filter(|(vote, _)| **vote == best);
    let (_, power) = winners.next()?;
    (best > 0 && winners.next().is_none()).then_some((Decimal::from(10u64.pow(power)), unit?))
}

/// What the table states of the thing that a claim does: its cell, or the difference of two for a change.
fn stated<'a>(cell: &Claim, claim: &Claim, at: impl Fn(Period) -> Option<&'a &'a Claim>) -> Option<Quantity> {
    match (claim.measure, &claim.base) {
        (Measure::Change, Some(Base::Period(base))) => {
            let (now, then) = (&cell.quantity, &at(*base)?.quantity);
            let change = now.value?.checked_sub(then.value?)?;
            let rounded = now.resolution.max(then.resolution);
            Quantity::exact(change, rounded, now.unit.clone()).filter(|_| !change.is_zero())
        }
        (Measure::Change, _) => None,
        _ => Some(cell.quantity.clone()),
    }
}

fn apply(deck: &mut Deck, at: usize, factor: Decimal, unit: &Unit) {
    // Money stays money: `0.5 million shares` settle what the column of shares is in, not the prices beside it.
    let alike = |quantity: &Quantity| quantity.unit == Unit::Bare || matches!(unit, Unit::Currency(_));
    let rescale = |quantity: &Quantity| {
        (is_amount(quantity) && alike(quantity))
            .then(|| quantity.clone().with_unit(unit.clone()).rescaled(factor))
            .flatten()
    };
    let grid = &mut deck.grids[at];
    for (r, row) in grid.cells.iter_mut().enumerate() {
        for (c, cell) in row.iter_mut().enumerate() {
            let plain = grid.rows[r].unit.is_none()
                && matches!(
                    grid.columns[c].kind,
                    LineKind::Level | LineKind::Total | LineKind::Change | LineKind::Variance
                );
            if let Some(scaled) = cell.quantity.as_ref().filter(|_| plain).and_then(rescale) {
                cell.quantity = Some(scaled);
            }
        }
    }
    for claim in deck.claims.iter_mut() {
        if let Some((grid, r, c)) = claim.cell
            && grid == at
            && let Some(quantity) = &deck.grids[at].cells[r][c].quantity
        {
            claim.quantity = quantity.clone();
        }
    }
}

/// Sentences that quote a table in its own thousands: `$19,911` beside a cell `19,911` of a table in thousands.
pub(super) fn share(deck: &mut Deck) {
    let mut cells: BTreeMap<(MetricId, Period), Vec<Quantity>> = BTreeMap::new();
    for claim in deck.claims.iter().filter(|claim| claim.cell.is_some() && claim.quantity.scale > Decimal::ONE) {
        if let (Some(metric), Some(period)) = (claim.metric, claim.period) {
            let period = period.moment(&deck.calendar);
            cells.entry((metric, period)).or_default().push(claim.quantity.clone());
        }
    }
    let calendar = deck.calendar;
    for claim in deck.claims.iter_mut().filter(|claim| claim.cell.is_none() && !claim.quantity.scaled) {
        let (Some(metric), Some(period), Unit::Currency(_)) = (claim.metric, claim.period, &claim.quantity.unit) else {
            continue;
        };
        let own = claim.quantity.magnitude();
        let quoted = cells.get(&(metric, period.moment(&calendar))).into_iter().flatten();
        let scaled = quoted
            .filter_map(|cell| Some((cell, own.rescaled(cell.scale)?)))
            .find(|(cell, scaled)| scaled.resolution == cell.resolution && scaled.agrees_with(&cell.magnitude()));
        if let Some(scaled) = scaled.and_then(|(cell, _)| claim.quantity.rescaled(cell.scale)) {
            claim.quantity = scaled;
            claim.evidence.push("written in the table's own scale".to_owned());
        }
    }
}
