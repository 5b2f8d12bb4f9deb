//! Tables of facts: long (metric, period, scenario, segment, value, unit) and wide (a metric a row, a period a column).
//!
//! Enters: a CSV file with commas, semicolons or tabs. Leaves: a [`SourceOfTruth`] of that file alone, or every mistake in it.
//! Invariant: each fact's place is the bytes of its value's cell.

mod header;
mod records;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use self::header::Column;
pub(super) use self::header::{COLUMNS, Header, Refusal};
pub(super) use self::records::Field;
use self::records::records;
use super::settings::TableSettings;
use super::unit::{self, StatedUnit};
use super::value::{self, Reading};
use super::{Better, Located, Metric, PeriodType, SourceFact, SourceOfTruth, folded, scenario_name, words};
use crate::error::Failure;
use crate::extract::DecimalMark;
use crate::period::{Period, PeriodError};
use crate::scenario::ACTUAL;
use crate::span::{FileId, Place, Span};

/// Reads a table of facts.
pub(super) fn read(file: FileId, text: &str, settings: &TableSettings) -> Result<SourceOfTruth, Vec<Failure>> {
    let delimiter = settings.delimiter.unwrap_or_else(|| records::delimiter(text));
    let mut records =
        records(text, delimiter).skip(settings.header_row.map_or(0, |row| row.saturating_sub(1) as usize));
    let Some(head) = records.next() else {
        let place = Place { file, span: Span::default() };
        return Err(vec![Failure::at(place, "this table has no header")]);
    };
    let header =
        Header::read_as(&head, settings.layout).map_err(|refusal| vec![super::table_failure(file, refusal)])?;
    let rows: Vec<Vec<Field>> = records.collect();
    let values = rows.iter().flat_map(|row| header.values(row)).map(|(field, _)| field.text());
    let detected = || if delimiter == b',' { DecimalMark::Point } else { value::decimal_mark(values) };
    let mark = settings.mark().unwrap_or_else(detected);
    facts(file, (&header, &head), &rows, mark, false)
}

/// Reads the rows of a table. Of an `exact` one the numbers are stored ones, not written ones: nothing is open about them.
pub(super) fn facts(
    file: FileId,
    (header, head): (&Header, &[Field]),
    rows: &[Vec<Field>],
    mark: DecimalMark,
    exact: bool,
) -> Result<SourceOfTruth, Vec<Failure>> {
    let mut table = Table {
        file,
        header,
        unit: header.unit(head),
        mark,
        exact,
        truth: SourceOfTruth::default(),
        by_name: BTreeMap::new(),
        known: Known::default(),
        failures: Vec::new(),
    };
    for row in rows {
        table.row(row);
    }
    if table.failures.is_empty() { Ok(table.truth) } else { Err(table.failures) }
}

/// Whether a table that nobody named states facts: a metric, a period and a value in each row, or periods for columns.
pub(crate) fn is_metric_file(text: &str) -> bool {
    let header = records(text, records::delimiter(text)).next();
    // What stands beside periods in an unnamed first column may as well be regions.
    header.is_some_and(|fields| Header::read(&fields).is_ok_and(|header| header.names_metrics(&fields)))
}

struct Table<'h> {
    file: FileId,
    header: &'h Header,
    /// Unit of the values whose row names none.
    unit: Option<StatedUnit>,
    mark: DecimalMark,
    /// Whether numbers are stored ones.
    exact: bool,
    truth: SourceOfTruth,
    by_name: BTreeMap<String, usize>,
    known: Known,
    failures: Vec<Failure>,
}

/// What the words of earlier rows were read as: a long table has few of them, and repeats them in every row.
#[derive(Default)]
struct Known {
    units: HashMap<String, StatedUnit>,
    periods: HashMap<String, Period>,
    scenarios: HashMap<String, String>,
}

impl Known {
    fn unit(&mut self, written: String) -> StatedUnit {
        self.units.entry(written).or_insert_with_key(|written| unit::read(written)).clone()
    }

    fn scenario(&mut self, written: String) -> String {
        self.scenarios.entry(written).or_insert_with_key(|written| scenario_name(written)).clone()
    }

    fn period(&mut self, written: &str) -> Result<Period, PeriodError> {
        if let Some(period) = self.periods.get(written) {
            return Ok(*period);
        }
        let period = Period::parse(written)?;
        self.periods.insert(written.to_owned(), period);
        Ok(period)
    }
}

impl Table<'_> {
    fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    fn fail(&mut self, span: Span, message: String) {
        let place = self.place(span);
        self.failures.push(Failure::at(place, message));
    }

    fn row(&mut self, row: &[Field]) {
        let Some(first) = row.iter().find(|field| !field.text().trim().is_empty()) else { return };
        if let Some(extra) = row.get(self.header.width).filter(|extra| !extra.text().trim().is_empty()) {
            let message = format!("this row has {} cells under {} columns", row.len(), self.header.width);
            let failure = Failure::at(self.place(extra.span), message);
            self.failures.push(failure.with_help("put a text or number that holds the delimiter in quotes"));
            return;
        }
        let said = |text: &str| !matches!(value::read(text, None, self.mark), Reading::Nothing);
        if self.header.at(Column::Period).is_none() && !self.header.values(row).any(|(field, _)| said(field.text())) {
            // Between the metrics of a wide table stand headings and notes.
            return;
        }
        let Some(name) = self.cell(row, Column::Metric) else {
            return self.fail(first.span, "this row names no metric".to_owned());
        };
        let percent = self.header.values(row).any(|(field, _)| field.text().ends_with('%'));
        let stated = match self.cell(row, Column::Unit) {
            Some(unit) => Some(self.known.unit(unit.value)),
            None => self.unit.clone().filter(|_| !percent),
        };
        let Some(metric) = self.metric(&name, stated.as_ref()) else { return };
        self.properties(metric, row);
        let period = match self.cell(row, Column::Period) {
            Some(written) => match self.known.period(&written.value) {
                Ok(period) => Some(period),
                Err(error) => return self.fail(written.place.span, error.to_string()),
            },
            None => None,
        };
        let segment = self.cell(row, Column::Segment).map(|segment| segment.value).filter(|segment| !is_whole(segment));
        let scenario = self.cell(row, Column::Scenario).map(|scenario| self.known.scenario(scenario.value));
        let values: Vec<_> = self.header.values(row).map(|(field, under)| (field.clone(), under.clone())).collect();
        for (field, under) in values {
            let text = field.text().trim();
            match value::read(text, stated.as_ref(), self.mark) {
                Reading::Nothing => {}
                Reading::Refused(why) => self.fail(field.span, why),
                Reading::Number { value, slack, unit } => {
                    let own_scale = !text.ends_with(|c: char| c.is_ascii_digit());
                    let slack = if self.exact && own_scale { Decimal::ZERO } else { slack };
                    let Some(period) = under.period.or(period) else {
                        self.fail(field.span, format!("`{text}` has no period"));
                        continue;
                    };
                    if let (Some(unit), None) = (unit, &self.truth.metrics[metric].unit) {
                        self.truth.metrics[metric].unit = Some(unit);
                    }
                    let scenario = under.scenario.or_else(|| scenario.clone()).unwrap_or_else(|| ACTUAL.to_owned());
                    let place = self.place(field.span);
                    let segment = segment.clone();
                    self.truth.facts.push(SourceFact { metric, period, scenario, segment, value, slack, place });
                }
            }
        }
    }

    /// A cell that says something.
    fn cell(&self, row: &[Field], column: Column) -> Option<Located<String>> {
        let field = row.get(self.header.at(column)?)?;
        let value = field.text().trim().to_owned();
        (!value.is_empty()).then(|| Located { value, place: self.place(field.span) })
    }

    /// The metric of a row; `None` with a failure where its unit is another than before.
    fn metric(&mut self, name: &Located<String>, stated: Option<&StatedUnit>) -> Option<usize> {
        let unit = stated.map(|stated| stated.unit.clone());
        let at = *self.by_name.entry(folded(&name.value)).or_insert_with(|| {
            self.truth.metrics.push(Metric::named(&key(&name.value), words(&name.value), name.place));
            self.truth.metrics.len() - 1
        });
        let metric = &mut self.truth.metrics[at];
        match (&metric.unit, unit) {
            (Some(first), Some(unit)) if *first != unit => {
                let message = format!("`{}` is in {unit} here, but in {first} in an earlier row", metric.name);
                self.fail(name.place.span, message);
                return None;
            }
            (None, unit) => metric.unit = unit,
            _ => {}
        }
        Some(at)
    }

    /// What further columns say of a metric.
    fn properties(&mut self, metric: usize, row: &[Field]) {
        if let Some(label) = self.cell(row, Column::Label) {
            self.truth.metrics[metric].label = label.value;
        }
        if let Some(owner) = self.cell(row, Column::Owner) {
            self.truth.metrics[metric].owner = Some(owner.value);
        }
        if let Some(source) = self.cell(row, Column::Source) {
            self.truth.metrics[metric].source = Some(source.value);
        }
        if let Some(description) = self.cell(row, Column::Description) {
            self.truth.metrics[metric].description.get_or_insert(description);
        }
        if let Some(kind) = self.cell(row, Column::PeriodType) {
            match kind.value.to_lowercase().as_str() {
                "instant" => self.truth.metrics[metric].period_type = Some(PeriodType::Instant),
                "duration" => self.truth.metrics[metric].period_type = Some(PeriodType::Duration),
                _ => self.fail(kind.place.span, format!("`{}` is neither `instant` nor `duration`", kind.value)),
            }
        }
        if let Some(better) = self.cell(row, Column::Better) {
            match better.value.to_lowercase().as_str() {
                "up" => self.truth.metrics[metric].better = Some(Better::Up),
                "down" => self.truth.metrics[metric].better = Some(Better::Down),
                _ => self.fail(better.place.span, format!("`{}` is neither `up` nor `down`", better.value)),
            }
        }
    }
}

/// A metric's key: a name of several words is written as one.
fn key(name: &str) -> String {
    if name.contains(char::is_whitespace) { folded(name).replace(' ', "_") } else { name.to_owned() }
}

/// Whether a segment's name says that it is no segment.
fn is_whole(segment: &str) -> bool {
    matches!(segment.to_lowercase().as_str(), "-" | "–" | "total" | "all" | "n/a")
}
