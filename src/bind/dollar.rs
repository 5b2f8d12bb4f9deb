//! Whose dollars a bare `$` means: those of the source, where it states its amounts in another country's.
//!
//! Enters: the source of truth, texts, and grids as they are read. Leaves: mentions and grids with bare dollars named.
//! Invariant: what says whose it is (`US$`, `USD 5m`) keeps what it says.

use crate::document::{BlockKind, Flow};
use crate::extract::{DecimalMark, Mention, MentionKind, scan};
use crate::grid::Grid;
use crate::quantity::{Quantity, Unit};
use crate::source::SourceOfTruth;

/// Currencies that are written with a bare `$` at home.
const DOLLARS: &[&str] = &[
    "ARS", "AUD", "BBD", "BMD", "BSD", "BZD", "CAD", "CLP", "COP", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "MXN",
    "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "UYU", "XCD",
];

/// The currency that a bare `$` stands for, where that is not the dollar of the United States.
#[derive(Clone, Debug, Default)]
pub(super) struct Dollar(Option<String>);

impl Dollar {
    /// What the source's amounts are in: its default currency, else the one that all its metrics share.
    pub(super) fn of(source: &SourceOfTruth) -> Self {
        let mut codes = source.metrics.iter().filter_map(|metric| currency(metric.unit.as_ref()?));
        let shared = codes.next().filter(|first| codes.all(|code| code == *first));
        let code = source.currency.as_deref().or(shared).filter(|code| DOLLARS.contains(code));
        Self(code.map(str::to_owned))
    }

    /// What a text says in numbers, with its bare dollars named.
    pub(super) fn scan(&self, text: &str, decimal: DecimalMark) -> Vec<Mention> {
        let mut mentions = scan(text, decimal);
        let Some(code) = &self.0 else { return mentions };
        for mention in &mut mentions {
            let MentionKind::Quantity(quantity) = &mut mention.kind else { continue };
            if text.get(mention.range.clone()).is_some_and(is_bare) {
                rename(&mut quantity.unit, code);
            }
        }
        mentions
    }

    /// Names the bare dollars of a table, unless it says somewhere whose they are.
    pub(super) fn name_in_table(&self, grid: &mut Grid, table: &BlockKind) {
        let (Some(code), BlockKind::Table(table)) = (&self.0, table) else { return };
        let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.flow);
        let said = cells.chain(&table.caption).chain(&table.unit);
        let american = said.map(Flow::text).any(is_american) || grid.titles().map(Flow::text).any(is_american);
        if american {
            return;
        }
        let lines = grid.rows.iter_mut().chain(&mut grid.columns);
        lines.filter_map(|line| line.unit.as_mut()).for_each(|unit| rename(unit, code));
        let amounts = grid.cells.iter_mut().flatten().filter_map(|cell| cell.quantity.as_mut());
        amounts.for_each(|Quantity { unit, .. }| rename(unit, code));
    }
}

fn currency(unit: &Unit) -> Option<&str> {
    match unit {
        Unit::Currency(code) => Some(code),
        Unit::Per(unit, _) => currency(unit),
        _ => None,
    }
}

fn is_bare(text: &str) -> bool {
    text.contains('$') && !is_american(text)
}

/// Whether a text says that its dollars are those of the United States.
fn is_american(text: &str) -> bool {
    text.contains("US$") || text.contains("USD") || text.contains("U.S.") || text.contains("US dollar")
}

fn rename(unit: &mut Unit, code: &str) {
    match unit {
        Unit::Currency(own) if own == "USD" => code.clone_into(own),
        Unit::Per(unit, _) => rename(unit, code),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::examples::Binder;

    const SOURCE: &str = "version: 1\ndefaults: {currency: AUD}\nmetrics:\n  - {name: revenue, label: Revenue, unit: AUD, values: {FY2025: 5.1M}}\n";

    #[test]
    fn a_bare_dollar_is_the_source_s() {
        let deck = Binder::of(
            "# FY25\n\nRevenue was $5.1m, or US$3.3m.\n\n| $m | FY25 |\n| --- | --- |\n| Costs | 4.2 |\n\n| US$m | FY25 |\n| --- | --- |\n| Debt | 2.0 |\n",
        )
        .with_source("metrics.yaml", SOURCE)
        .bound();
        let units: Vec<String> = deck.claims.iter().map(|claim| claim.quantity.unit.to_string()).collect();
        assert_eq!(units, ["AUD", "USD", "AUD", "USD"]);
    }
}
