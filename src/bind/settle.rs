//! What is settled once all numbers are read: their units, their periods' canonical names, and what changes are on.
//!
//! Enters: bound claims in reading order. Leaves: the same claims. Invariant: what a claim is of does not change here, but for what its
//! unit shows it cannot be.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::facts::Facts;
use crate::grid::{Grid, LineKind};
use crate::period::{Grain, Period};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::source::PeriodType;
use crate::vocabulary::Term;

use super::context::Contexts;
use super::grammar;

/// Gives every number the unit of its metric, where its own writing leaves that open, and takes it from a metric that it cannot be of.
pub(super) fn units(deck: &mut Deck) {
    name_measures(deck);
    take_units(deck);
    leave_other_kinds(deck);
}

/// Gives every period its canonical name: a flow the plainest span; a balance that is stated on a date the period that ends then,
/// in the grain that its document reports in. Of those claims that are asked for, by index.
pub(super) fn periods(deck: &mut Deck, contexts: &Contexts, wanted: &dyn Fn(usize) -> bool) {
    // What a source states for twelve months is of them.
    let trails = |period: Period| grammar::dated(period) != period;
    let facts = deck.source.facts.iter().filter(|fact| trails(fact.period));
    let trailing: BTreeSet<(usize, Period)> = facts.map(|fact| (fact.metric, fact.period)).collect();
    for (_, claim) in deck.claims.iter_mut().enumerate().filter(|(at, _)| wanted(*at)) {
        let (Some(id), Some(period)) = (claim.metric, claim.period) else { continue };
        let term = deck.vocabulary.term(id);
        let instant = term.period_type == Some(PeriodType::Instant);
        let ratio =
            claim.quantity.unit == Unit::Multiple && !term.source.is_some_and(|at| trailing.contains(&(at, period)));
        // What a column for the year to date has of a balance stands at its end.
        let closes = |(grid, row, _): (usize, usize, usize)| {
            deck.grids.get(grid).and_then(|grid| grid.rows.get(row)).is_some_and(|row| row.kind == LineKind::Closing)
        };
        let stands = claim.measure == Measure::Level && (instant || claim.cell.is_some_and(closes));
        let period = match period {
            _ if ratio => grammar::dated(period),
            Period::QuarterToDate(year, quarter) if stands => Period::Quarter(year, quarter),
            Period::MonthToDate(year, month) if stands => Period::Month(year, month),
            period => period,
        };
        let monthly = contexts.context(claim.document).reporting.and_then(Period::grain) == Some(Grain::Month);
        claim.period = Some(match period {
            Period::Day(_) | Period::Month(..) | Period::Quarter(..) if instant && monthly => {
                period.at_grain(Grain::Month, &deck.calendar).unwrap_or(period)
            }
            // What moved from one month end to the next is of the month, whatever else ends with it.
            Period::Month(..)
                if instant
                    && matches!(claim.base, Some(Base::Period(base)) if base.moment(&deck.calendar).grain() == Some(Grain::Month)) =>
            {
                period
            }
            // A report on the year to date says so of its flows.
            Period::Day(_) | Period::Month(..) | Period::MonthToDate(..) if instant => period.moment(&deck.calendar),
            _ if instant => period,
            // `31 Dec 2025` over a ratio of the half-year that ends then.
            Period::Day(_) => match contexts.context(claim.document).reporting {
                Some(now) if now.bounds(&deck.calendar).1 == period.bounds(&deck.calendar).1 => now,
                _ => period.plain(&deck.calendar),
            },
            _ => period.plain(&deck.calendar),
        });
        // A change on its own period is on none: the words spoke of something else.
        if let (Some(Base::Period(base)), Some(period)) = (&claim.base, claim.period)
            && base.moment(&deck.calendar) == period.moment(&deck.calendar)
        {
            claim.base = None;
        }
    }
}

/// A change over a year is on the year before, and what is ahead or behind is so of the one plan that the source has, unless the
/// sentence says otherwise.
pub(super) fn bases(deck: &mut Deck) {
    take_plans(deck);
    for claim in &mut deck.claims {
        let moves = matches!(claim.measure, Measure::Change | Measure::Growth) && claim.base.is_none();
        if let (true, Some(period)) = (moves, claim.period)
            && claim.metric.is_some()
            && period.grain() == Some(Grain::Year)
        {
            claim.base = Some(Base::Period(period.before()));
            claim.evidence.push(format!("a year's change is on {}", period.before()));
        }
    }
}

fn is_open_variance(claim: &Claim) -> bool {
    claim.measure == Measure::Variance && claim.base.is_none() && claim.cell.is_none()
}

/// `€1.8m over`, `2.3% ahead`: where the source has one plan for the metric at that time, of that.
fn take_plans(deck: &mut Deck) {
    let open: Vec<usize> = (0..deck.claims.len()).filter(|&at| is_open_variance(&deck.claims[at])).collect();
    if open.is_empty() {
        return;
    }
    let mut plans: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for fact in deck.source.facts.iter().filter(|fact| fact.scenario != scenario::ACTUAL) {
        plans.entry(fact.metric).or_default().insert(&fact.scenario);
    }
    let facts = Facts::new(deck);
    let only = |claim: &Claim| {
        let (Some(metric), Some(period)) = (claim.metric, claim.period) else { return None };
        let source = deck.vocabulary.term(metric).source?;
        let segment = claim.segment.as_deref();
        let mut names =
            plans.get(&source)?.iter().filter(|name| !facts.level(source, period, name, segment).is_empty());
        names.next().filter(|_| names.next().is_none()).map(|name| (*name).to_owned())
    };
    let found: Vec<(usize, String)> = open.into_iter().filter_map(|at| Some((at, only(&deck.claims[at])?))).collect();
    for (at, name) in found {
        let claim = &mut deck.claims[at];
        claim.evidence.push(format!("the {name} is the one plan that the source has"));
        claim.base = Some(Base::Scenario(name));
    }
}

/// `64 cents` of a metric in dollars is 0.64 dollars, since the word alone names no currency; `12.4 kt` of one in tonnes is 12,400 t.
fn name_measures(deck: &mut Deck) {
    for claim in &mut deck.claims {
        let unit = claim.metric.and_then(|id| deck.vocabulary.term(id).unit.as_ref());
        if let Some(quantity) = unit.and_then(|unit| claim.quantity.in_measure_of(unit)) {
            claim.quantity = quantity;
        }
    }
}

/// A number of a metric that is counted or measured takes the metric's unit, where it is no amount by its own writing: `97` of
/// inventory days, `18.6` in a chart of margins, and `702` customers in a table whose money is in thousands. Bare amounts stay
/// bare, since nothing says in which scale they are.
fn take_units(deck: &mut Deck) {
    for claim in &mut deck.claims {
        let Some(id) = claim.metric else { continue };
        let term = deck.vocabulary.term(id);
        if let Some(unit) = each_or_points(term, claim) {
            claim.quantity = claim.quantity.clone().with_unit(unit.clone());
            continue;
        }
        let Some(unit) = counted(term.unit.as_ref(), claim) else { continue };
        let plain = || deck.files.slice(claim.place).chars().all(|c| !c.is_alphabetic() && !"$€£¥₹%".contains(c));
        let bare = claim.quantity.unit == Unit::Bare;
        let Some(quantity) = (if bare {
            Some(claim.quantity.clone())
        } else {
            without_money(&deck.grids, claim).filter(|_| term.source.is_some() && plain())
        }) else {
            continue;
        };
        // A table of money in which a row goes by the name of a count may as well state money.
        claim.loose |= matches!(claim.quantity.unit, Unit::Currency(_));
        claim.quantity = quantity.with_unit(unit.clone());
        if let Some((grid, r, c)) = claim.cell {
            deck.grids[grid].cells[r][c].quantity = Some(claim.quantity.clone());
        }
    }
}

/// `$18` of a cost per home is per home, `$18 a home` of one that its source has in dollars is in dollars, and `NPS rose three points` by
/// three of what NPS is measured in.
fn each_or_points<'u>(term: &'u Term, claim: &Claim) -> Option<&'u Unit> {
    match (term.unit.as_ref()?, &claim.quantity.unit) {
        (each @ Unit::Per(amount, _), own) if claim.measure == Measure::Level && **amount == *own => Some(each),
        (amount, Unit::Per(own, of)) if **own == *amount && term.is_for_each(of) => Some(amount),
        (score @ Unit::Measure(_), Unit::Points) => Some(score),
        _ => None,
    }
}

/// The unit of a metric that is no money, where the claim can be in it.
fn counted<'u>(unit: Option<&'u Unit>, claim: &Claim) -> Option<&'u Unit> {
    match (unit?, claim.measure) {
        (
            unit @ (Unit::Percent | Unit::Multiple | Unit::Duration(_) | Unit::Measure(_) | Unit::Count),
            Measure::Level,
        ) => Some(unit),
        // What is counted changes by a count.
        (unit @ (Unit::Duration(_) | Unit::Measure(_) | Unit::Count), Measure::Change | Measure::Variance) => {
            claim.cell.map(|_| unit)
        }
        _ => None,
    }
}

/// A number that has its currency, and mostly its scale, from the document and not from its own writing, without them. `Loyalty members
/// (000s)` says its scale itself. A document's currency is of its amounts, not of its margins and heads.
fn without_money(grids: &[Grid], claim: &Claim) -> Option<Quantity> {
    if !matches!(claim.quantity.unit, Unit::Currency(_)) {
        return None;
    }
    let scaled_by_line = claim.cell.is_none_or(|(grid, r, c)| {
        let grid = &grids[grid];
        grid.rows[r].scale.is_some() || grid.columns[c].scale.is_some()
    });
    if claim.quantity.scale > Decimal::ONE && !scaled_by_line {
        let factor = Decimal::ONE.checked_div(claim.quantity.scale)?;
        return Some(Quantity { scale: Decimal::ONE, scaled: false, ..claim.quantity.shifted(factor)? });
    }
    claim.cell.map(|_| claim.quantity.clone())
}

/// A percentage in the row of an amount is a share or rate of it, whatever the row is called, and no level of the metric.
fn leave_other_kinds(deck: &mut Deck) {
    for claim in deck.claims.iter_mut().filter(|claim| claim.cell.is_some() && claim.measure == Measure::Level) {
        let unit = claim.metric.and_then(|id| deck.vocabulary.term(id).unit.as_ref());
        let rate = matches!(claim.quantity.unit, Unit::Percent);
        if rate && matches!(unit, Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_) | Unit::Duration(_))) {
            claim.unbind();
        }
    }
}
