//! What the columns of a table hold, by their headers.
//!
//! Enters: the first record. Leaves: a [`Header`], or why the table states no facts.
//! Invariant: a table without a metric column, or without anything that dates its values, is refused here.

use super::records::Field;
use crate::error::suggestion;
use crate::period::Period;
use crate::quantity::Unit;
use crate::source::scenario_name;
use crate::source::settings::Layout;
use crate::source::unit::{self, StatedUnit};
use crate::span::Span;

/// A column that says something about the values of its row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    Metric,
    Period,
    Scenario,
    Segment,
    Unit,
    Label,
    Description,
    Owner,
    Source,
    PeriodType,
    Better,
}

/// Headers by column, in lower case without separators.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Metric, &["metric", "metricname", "kpi", "measure", "indicator", "account", "lineitem", "item"]),
    (Column::Period, &["period", "date", "quarter", "month", "year", "fiscalperiod", "reportingperiod", "asof"]),
    (Column::Scenario, &["scenario", "basis"]),
    (
        Column::Segment,
        &["segment", "region", "division", "businessunit", "businessline", "entity", "product", "category"],
    ),
    (Column::Unit, &["unit", "units", "currency", "uom"]),
    (Column::Label, &["label", "displayname"]),
    (Column::Description, &["description", "definition"]),
    (Column::Owner, &["owner"]),
    (Column::Source, &["source", "system"]),
    (Column::PeriodType, &["periodtype"]),
    (Column::Better, &["better"]),
];

/// Headers of the one value of a row.
const VALUES: &[&str] = &["value", "values", "amount", "figure"];

/// What a column of values says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Under {
    pub(super) period: Option<Period>,
    pub(super) scenario: Option<String>,
}

/// The columns of a table.
#[derive(Debug)]
pub(crate) struct Header {
    columns: Vec<(Column, usize)>,
    values: Vec<(usize, Under)>,
    /// How many columns there are.
    pub(super) width: usize,
}

/// What to do about a table that states nothing.
pub(crate) const COLUMNS: &str = "name the columns metric, period, scenario, segment, value, unit";

/// Where, what is wrong, and what to do.
pub(crate) type Refusal = (Span, String, String);

impl Header {
    pub(super) fn read(fields: &[Field<'_>]) -> Result<Self, Refusal> {
        Self::read_as(fields, None)
    }

    /// The same for a table whose layout is settled.
    pub(crate) fn read_as(fields: &[Field<'_>], layout: Option<Layout>) -> Result<Self, Refusal> {
        let mut header = Self { columns: Vec::new(), values: Vec::new(), width: fields.len() };
        let mut periods = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            let name = folded(field.text());
            if let Some((column, _)) = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())) {
                if header.at(*column).is_some() {
                    let message = format!("`{}` is a second column of its kind", field.text());
                    return Err((field.span, message, "keep one of the two".to_owned()));
                }
                header.columns.push((*column, at));
            } else if VALUES.contains(&name.as_str()) {
                header.values.push((at, Under::default()));
            } else if let Some(under) = dated(field.text()) {
                periods.push((at, under));
            } else if is_scenario(&name) {
                let scenario = Some(scenario_name(field.text()));
                header.values.push((at, Under { period: None, scenario }));
            } else if at > 0 && field.text().bytes().any(|byte| byte.is_ascii_digit()) && !periods.is_empty() {
                // Among periods, what has a number in it was meant to be one.
                let message = format!("`{}` is not a period", field.text());
                return Err((field.span, message, "write it like FY2025-Q3 or 2025-09".to_owned()));
            }
        }
        match layout {
            Some(Layout::Long) => periods.clear(),
            // What would date a row is the row's own name here, or nothing.
            Some(Layout::Wide) => header.columns.retain(|(column, _)| *column != Column::Period),
            None => {}
        }
        header.settled(fields, periods)
    }

    /// Decides between long and wide.
    fn settled(mut self, fields: &[Field<'_>], periods: Vec<(usize, Under)>) -> Result<Self, Refusal> {
        let whole = fields.iter().map(|field| field.span).reduce(Span::join).unwrap_or_default();
        if self.at(Column::Period).is_none() {
            // A wide table may leave its corner empty or call it something else.
            if self.at(Column::Metric).is_none() && !periods.is_empty() && periods[0].0 > 0 && self.at_index(0) {
                self.columns.push((Column::Metric, 0));
            }
            self.values = periods;
        }
        if self.at(Column::Metric).is_none() {
            return Err((whole, "this table has no `metric` column".to_owned(), meant(fields, "metric")));
        }
        if self.values.is_empty() {
            let dated = self.at(Column::Period).is_some();
            let missing =
                if dated { "`value` column" } else { "`period` and `value` columns, and no column is a period" };
            let wanted = if dated { "value" } else { "period" };
            return Err((whole, format!("this table has no {missing}"), meant(fields, wanted)));
        }
        Ok(self)
    }

    /// The first column of values.
    pub(crate) fn first_value(&self) -> usize {
        self.values.iter().map(|(at, _)| *at).min().unwrap_or(usize::MAX)
    }

    /// What an unnamed corner says of all values: `USD thousands` over the metrics of a wide table.
    pub(super) fn unit(&self, fields: &[Field<'_>]) -> Option<StatedUnit> {
        let corner = self.at(Column::Metric).and_then(|at| fields.get(at)).filter(|_| !self.names_metrics(fields))?;
        let text = corner.text().trim_matches(['(', ')', ' ']);
        let stated = unit::read(text);
        (!text.is_empty() && matches!(stated.unit, Unit::Currency(_))).then_some(stated)
    }

    /// Whether the metric column is called one.
    pub(crate) fn names_metrics(&self, fields: &[Field<'_>]) -> bool {
        let named = self.at(Column::Metric).and_then(|at| fields.get(at)).map(|field| folded(field.text()));
        named.is_some_and(|name| NAMES[0].1.contains(&name.as_str()))
    }

    /// Whether a column has no meaning of its own yet.
    fn at_index(&self, index: usize) -> bool {
        self.columns.iter().all(|(_, at)| *at != index)
    }

    /// Where a column stands.
    pub(super) fn at(&self, column: Column) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == column).map(|(_, at)| *at)
    }

    /// The values of a row, with what their columns say.
    pub(super) fn values<'r, 't>(
        &'r self,
        row: &'r [Field<'t>],
    ) -> impl Iterator<Item = (&'r Field<'t>, &'r Under)> + Clone {
        self.values.iter().filter_map(|(at, under)| Some((row.get(*at)?, under)))
    }
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_scenario(name: &str) -> bool {
    matches!(
        scenario_name(name).as_str(),
        "actual" | "plan" | "budget" | "forecast" | "guidance" | "target" | "consensus"
    )
}

/// A header that is a period, with a scenario beside it or not: `FY2025-Q3`, `Q3 FY25 plan`.
fn dated(text: &str) -> Option<Under> {
    if let Ok(period) = Period::parse(text.trim()) {
        return Some(Under { period: Some(period), scenario: None });
    }
    let (range, scenario) = crate::scenario::scan(text).into_iter().next()?;
    let rest = format!("{} {}", &text[..range.start], &text[range.end..]);
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let period = Period::parse(rest).ok()?;
    Some(Under { period: Some(period), scenario: Some(scenario.to_owned()) })
}

fn meant(fields: &[Field<'_>], wanted: &str) -> String {
    match fields.iter().find(|field| suggestion(&folded(field.text()), [wanted]).is_some()) {
        Some(field) => format!("did you mean `{wanted}` by `{}`?", field.text()),
        None => COLUMNS.to_owned(),
    }
}
