//! The numbers that a source states for the parts of its metrics, to tell by them which metric a table of parts is of.
//!
//! Enters: the source of truth. Leaves: whether a number of a table is one of a metric's for a part, at whatever time.
//! Invariant: numbers of fewer than three digits are nobody's.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::cause::significant;
use crate::quantity::{Quantity, Unit};
use crate::source::SourceOfTruth;
use crate::vocabulary::MetricId;

/// By metric and part, in lower case.
#[derive(Default)]
pub(super) struct PartValues {
    values: BTreeMap<(MetricId, String), Vec<Decimal>>,
    units: BTreeMap<MetricId, Unit>,
}

impl PartValues {
    pub(super) fn of(source: &SourceOfTruth) -> Self {
        let mut own = Self::default();
        for fact in &source.facts {
            let (Some(segment), Ok(at)) = (&fact.segment, u32::try_from(fact.metric)) else { continue };
            let id = MetricId(at);
            own.values.entry((id, segment.to_lowercase())).or_default().push(fact.value);
            if let Some(unit) = source.metrics.get(fact.metric).and_then(|metric| metric.unit.clone()) {
                own.units.entry(id).or_insert(unit);
            }
        }
        own
    }

    /// Whether the source has this number for this part; none where the number is too short to tell, or of another kind.
    pub(super) fn has(&self, metric: MetricId, segment: &str, number: &Quantity) -> Option<bool> {
        let values = self.values.get(&(metric, segment.to_lowercase()))?;
        let open = matches!(number.unit, Unit::Bare | Unit::Count);
        let alike = open || self.units.get(&metric).is_none_or(|unit| number.unit.comparable(unit));
        if significant(number) < 3 {
            return None;
        }
        let magnitude = number.magnitude();
        Some(alike && values.iter().any(|value| magnitude.consistent_with_exact(value.abs(), false)))
    }
}
