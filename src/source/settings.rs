//! How a table of facts is to be read, where somebody says so.
//!
//! Enters: `sources: [{path, sheet, layout, …}]`, or `--metrics model.xlsx#KPIs`. Leaves: [`TableSettings`].
//! Invariant: what is not settled is found out from the file.

use crate::extract::DecimalMark;

/// What is settled about a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableSettings {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row of the header, from 1.
    pub header_row: Option<u32>,
    /// Whether a row is a fact, or a metric with its periods.
    pub layout: Option<Layout>,
    /// The decimal mark of a CSV file is a comma.
    pub decimal_comma: Option<bool>,
    /// The delimiter of a CSV file.
    pub delimiter: Option<u8>,
}

/// How a table states facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// A row a fact: columns metric, period, scenario, segment, value, unit.
    Long,
    /// A row a metric, a column a period.
    Wide,
}

impl TableSettings {
    /// The decimal mark, where it is settled.
    pub(crate) fn mark(&self) -> Option<DecimalMark> {
        self.decimal_comma.map(|comma| if comma { DecimalMark::Comma } else { DecimalMark::Point })
    }
}
