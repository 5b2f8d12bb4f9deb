//! Whether a metric is a balance or a flow, where nobody says so and its values do.
//!
//! Enters: metrics and facts of all sources. Leaves: metrics whose period type is settled by at least one whole year.
//! Invariant: values that leave both readings open, or that contradict themselves, settle nothing.
//!
//! A table has no column for it more often than not. A year that is the sum of its quarters is a flow's; a year that is its last
//! quarter is a balance's.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Metric, PeriodType, SourceFact};
use crate::period::Period;
use crate::quantity::Unit;

/// A fiscal year of one series.
#[derive(Default)]
struct Year {
    whole: Option<Decimal>,
    quarters: [Option<Decimal>; 4],
}

/// Settles what the values settle.
pub(super) fn infer(metrics: &mut [Metric], facts: &[SourceFact]) {
    let mut years: BTreeMap<(usize, &str, Option<&str>, i16), Year> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| metrics[fact.metric].period_type.is_none()) {
        let key = |year| (fact.metric, fact.scenario.as_str(), fact.segment.as_deref(), year);
        match fact.period {
            Period::Year(year) => years.entry(key(year)).or_default().whole = Some(fact.value),
            Period::Quarter(year, quarter @ 1..=4) => {
                years.entry(key(year)).or_default().quarters[quarter as usize - 1] = Some(fact.value);
            }
            _ => {}
        }
    }
    // How often each reading is the only one that fits.
    let mut votes: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    for ((metric, ..), year) in &years {
        let (flows, balances) = votes.entry(*metric).or_default();
        match year.reading() {
            Some(PeriodType::Duration) => *flows += 1,
            Some(PeriodType::Instant) => *balances += 1,
            None => {}
        }
    }
    for (metric, (flows, balances)) in votes {
        let adds_up = matches!(
            metrics[metric].unit,
            None | Some(Unit::Currency(_) | Unit::Count | Unit::Measure(_) | Unit::Bare)
        );
        metrics[metric].period_type = match (flows, balances) {
            (1.., 0) if adds_up => Some(PeriodType::Duration),
            (0, 1..) => Some(PeriodType::Instant),
            _ => None,
        };
    }
}

impl Year {
    /// What the year is of its quarters, where it is one thing only.
    fn reading(&self) -> Option<PeriodType> {
        let whole = self.whole?;
        let last = self.quarters[3]? == whole;
        let sum = self.quarters.iter().try_fold(Decimal::ZERO, |sum, quarter| sum.checked_add((*quarter)?));
        match (sum == Some(whole), last) {
            (true, false) => Some(PeriodType::Duration),
            // With a quarter missing, equal to the last may be a coincidence of a flow's.
            (false, true) if sum.is_some() => Some(PeriodType::Instant),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::load;
    use crate::span::Files;

    fn settled(rows: &str) -> Option<PeriodType> {
        let mut files = Files::default();
        let id = files.add("metrics.csv", format!("metric,period,value,unit\n{rows}"));
        load(&files, &[id]).expect("a valid table").metrics[0].period_type
    }

    fn quarters(unit: &str, values: [i32; 4], year: i32) -> Option<PeriodType> {
        let row = |(at, value)| format!("a,FY2030-Q{},{value},{unit}\n", at + 1);
        let rows: String = values.into_iter().enumerate().map(row).collect();
        settled(&format!("{rows}a,FY2030,{year},{unit}\n"))
    }

    #[test]
    fn a_whole_year_settles_it() {
        assert_eq!(quarters("USD", [1, 2, 3, 4], 10), Some(PeriodType::Duration));
        assert_eq!(quarters("USD", [1, 2, 3, 4], 4), Some(PeriodType::Instant));
        assert_eq!(quarters("percent", [1, 2, 3, 4], 10), None);
        assert_eq!(quarters("USD", [1, 2, 3, 4], 11), None);
        // Nothing but the last quarter happened: both readings fit.
        assert_eq!(quarters("USD", [0, 0, 0, 4], 4), None);
        assert_eq!(settled("a,FY2030-Q4,4,USD\na,FY2030,4,USD\n"), None);
    }
}
