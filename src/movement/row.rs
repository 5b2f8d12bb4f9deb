//! Changes of rows that nothing names: `Total` in a table whose caption says no metric.
//!
//! Enters: a bound deck. Leaves: the two levels that a change's own row states for its times or scenarios.
//! Invariant: only amounts are compared; a row of rates may move by points or by per cent.

use std::collections::BTreeMap;

use crate::claim::{Base, Claim, Measure};
use crate::deck::Deck;
use crate::quantity::Unit;
use crate::scenario;

/// The levels of unnamed rows, by grid and row.
#[derive(Debug)]
pub(super) struct Rows(BTreeMap<(usize, usize), Vec<usize>>);

impl Rows {
    pub(super) fn of(deck: &Deck) -> Self {
        let mut rows: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        let level = |claim: &Claim| claim.metric.is_none() && claim.measure == Measure::Level && is_amount(claim);
        for (at, claim) in deck.claims.iter().enumerate().filter(|(_, claim)| level(claim)) {
            if let Some((grid, row, _)) = claim.cell {
                rows.entry((grid, row)).or_default().push(at);
            }
        }
        Self(rows)
    }

    /// The later level of a change and the earlier, or the outcome and its plan, where the row has one of each.
    pub(super) fn operands<'a>(&self, deck: &'a Deck, claim: &Claim) -> Option<(&'a Claim, &'a Claim)> {
        let (grid, row, _) = claim.cell.filter(|_| claim.metric.is_none())?;
        let levels = self.0.get(&(grid, row))?;
        let actual = claim.scenario.as_deref().unwrap_or(scenario::ACTUAL);
        let level = |period, name: &str| {
            let own = |level: &&Claim| {
                level.period == period
                    && level.scenario.as_deref() == Some(name)
                    && level.segment == claim.segment
                    && level.period.is_some()
            };
            let mut found = levels.iter().filter_map(|&at| deck.claims.get(at)).filter(own);
            found.next().filter(|_| found.next().is_none())
        };
        match claim.base.as_ref()? {
            Base::Period(base) => Some((level(claim.period, actual)?, level(Some(*base), actual)?)),
            Base::Scenario(name) => Some((level(claim.period, scenario::ACTUAL)?, level(claim.period, name)?)),
            Base::Whole(_) => None,
        }
    }
}

fn is_amount(claim: &Claim) -> bool {
    matches!(claim.quantity.unit, Unit::Currency(_) | Unit::Count | Unit::Bare | Unit::Measure(_))
}
