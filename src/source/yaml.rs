//! `metrics.yaml`: definitions of metrics with their values.
//!
//! Enters: a file. Leaves: a [`SourceOfTruth`] of that file alone, or every mistake in it.
//! Invariant: each value keeps the place it was written at, and a key that is not known is refused.

pub(crate) mod declared;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::import::{self, Publisher};
use super::unit::{self, StatedUnit};
use super::value::{self, Reading};
use super::{Accepted, Better, Located, Metric, PeriodType, SourceFact, SourceOfTruth, folded, scenario_name, words};
use crate::error::{Failure, suggestion};
use crate::extract::DecimalMark;
use crate::node::decode::Decoder;
use crate::node::shape::Mapping;
use crate::node::{Node, Value};
use crate::period::Period;
use crate::scenario::ACTUAL;
use crate::span::{FileId, Place};

/// Scenarios that need no proof by their contents.
pub(crate) const SCENARIOS: &[&str] =
    &["actual", "plan", "budget", "forecast", "guidance", "target", "consensus", "outlook"];

const PERIOD_TYPES: &[(&str, PeriodType)] = &[("instant", PeriodType::Instant), ("duration", PeriodType::Duration)];

const BETTER: &[(&str, Better)] = &[("up", Better::Up), ("down", Better::Down)];

/// Whether figures are cut off.
const ROUNDINGS: &[(&str, bool)] = &[("truncate", true), ("round", false)];

/// What a YAML or JSON file is as a source.
pub(crate) enum Read {
    /// A metric file; beside it, where it declares the calendar.
    Metrics(Box<SourceOfTruth>, Option<Place>),
    /// Definitions that were published in another format.
    Definitions(Vec<Metric>),
}

/// Reads a metric file or published definitions.
pub(crate) fn read(file: FileId, text: &str) -> Result<Read, Vec<Failure>> {
    let mut decoder = Decoder::new(file, text);
    let root = decoder.root();
    if let Some((root, publisher)) = root.as_ref().and_then(|root| Some((root, Publisher::of(root)?))) {
        let metrics = import::read(&mut decoder, publisher, root);
        return decoder.finish(Read::Definitions(metrics));
    }
    let mut reader = Reader { decoder, truth: SourceOfTruth::default(), owner: None, calendar: None };
    if let Some(root) = root {
        reader.root(&root);
    }
    reader.decoder.finish(Read::Metrics(Box::new(reader.truth), reader.calendar))
}

struct Reader<'t> {
    decoder: Decoder<'t>,
    truth: SourceOfTruth,
    /// Owner of the metrics that name none.
    owner: Option<String>,
    /// Where the calendar is declared.
    calendar: Option<Place>,
}

/// Which facts a mapping of periods states.
struct Series<'a> {
    metric: usize,
    unit: Option<&'a StatedUnit>,
    scenario: String,
    segment: Option<String>,
}

impl Reader<'_> {
    fn root(&mut self, root: &Node) {
        let entries = self.decoder.settings(root, "", &declared::METRIC_FILE);
        // Defaults count for the metrics above them too.
        for (key, value) in entries.iter().filter(|(_, value)| !value.is_null()) {
            match key.text() {
                Some("version") => self.decoder.version(value),
                Some("calendar") => {
                    self.truth.calendar = self.decoder.calendar(value);
                    self.calendar = Some(self.decoder.place(value.span));
                }
                Some("defaults") => self.defaults(value),
                Some("dimensions") => self.dimensions(value),
                Some("checks") => self.checks(value),
                Some("owner") => self.owner = self.decoder.text(value, "owner").map(|owner| owner.value),
                Some("as_of") => {
                    let place = self.decoder.place(value.span);
                    self.truth.as_of = self.decoder.period(value).map(|value| Located { value, place });
                }
                _ => {}
            }
        }
        let Some(metrics) = self.decoder.required(root, "metrics", "metric file").filter(|metrics| !metrics.is_null())
        else {
            return;
        };
        let mut names = BTreeMap::new();
        for node in self.decoder.list(metrics, "metrics") {
            self.metric(node, &mut names);
        }
    }

    fn defaults(&mut self, node: &Node) {
        for (key, value) in self.decoder.settings(node, "defaults", &declared::DEFAULTS) {
            match key.text() {
                Some("currency") => {
                    self.truth.currency = self.decoder.text(value, "currency").map(|code| code.value.to_uppercase());
                }
                Some("scenario") => {
                    let scenario = self.decoder.text(value, "scenario");
                    self.truth.scenario = scenario.map(|name| scenario_name(&name.value)).unwrap_or_default();
                }
                _ => {}
            }
        }
    }

    fn dimensions(&mut self, node: &Node) {
        for (key, value) in self.decoder.mapping(node, "dimensions") {
            let Some(name) = self.decoder.text(key, "dimensions") else { continue };
            self.decoder.list(value, &name.value);
            let segments = self.decoder.texts(value, &name.value).into_iter().map(|segment| segment.value).collect();
            self.truth.dimensions.push((name.value, segments));
        }
    }

    /// Equations. `- arr == sum(arr, by: region)` without quotes is a mapping to YAML, but plain to everybody else.
    fn checks(&mut self, node: &Node) {
        for item in self.decoder.list(node, "checks") {
            let check = match item.entries() {
                [(key, value)] if key.is_plain() && value.is_plain() => {
                    let halves = self.decoder.text(key, "checks").zip(self.decoder.text(value, "checks"));
                    halves.map(|(left, right)| Located {
                        value: format!("{}: {}", left.value, right.value),
                        place: self.decoder.place(left.place.span.join(right.place.span)),
                    })
                }
                _ => self.decoder.text(item, "checks"),
            };
            self.truth.checks.extend(check);
        }
    }

    fn metric(&mut self, node: &Node, names: &mut BTreeMap<String, String>) {
        let entries = self.decoder.mapping(node, "metrics");
        let Some(name) = self.decoder.required(node, "name", "metric") else { return };
        let Some(name) = self.decoder.text(name, "name") else { return };
        if let Some(first) = names.insert(folded(&name.value), name.value.clone()) {
            let message = format!("the metric `{}` is defined twice; the first is `{first}`", name.value);
            self.decoder.fail_with_help(name.place.span, message, "join the two definitions");
            return;
        }
        let stated =
            node.get("unit").and_then(|unit| self.decoder.text(unit, "unit")).map(|unit| unit::read(&unit.value));
        let at = self.truth.metrics.len();
        let mut metric = Metric::named(&name.value, words(&name.value), name.place);
        metric.unit = stated.as_ref().map(|stated| stated.unit.clone());
        metric.owner.clone_from(&self.owner);
        self.truth.metrics.push(metric);
        for (key, value) in entries {
            let scenario = self.default_scenario();
            let series = Series { metric: at, unit: stated.as_ref(), scenario, segment: None };
            match key.text().unwrap_or_default() {
                "values" => self.values(value, &series),
                "segments" => self.segments(value, &series),
                "accept" => self.accept(value, &series),
                known if declared::METRIC.names().any(|name| name == known) => self.property(at, known, value),
                _ => self.scenario(key, value, series, &declared::METRIC),
            }
        }
    }

    fn default_scenario(&self) -> String {
        if self.truth.scenario.is_empty() { ACTUAL.to_owned() } else { self.truth.scenario.clone() }
    }

    /// A key of a metric that says what it is.
    fn property(&mut self, at: usize, key: &str, value: &Node) {
        let decoder = &mut self.decoder;
        let metric = &mut self.truth.metrics[at];
        let mut text = |what: &str| decoder.text(value, what);
        match key {
            "label" => metric.label = text(key).map_or_else(|| metric.label.clone(), |label| label.value),
            "description" => metric.description = text(key),
            "owner" => metric.owner = text(key).map(|owner| owner.value),
            "source" => metric.source = text(key).map(|source| source.value),
            "formula" => metric.formula = text(key),
            "synonyms" => metric.synonyms = decoder.texts(value, key),
            "not" => metric.not = decoder.texts(value, key).into_iter().map(|phrase| phrase.value).collect(),
            "period_type" => {
                metric.period_type = decoder.choice(value, key, PERIOD_TYPES);
            }
            "better" => metric.better = decoder.choice(value, key, BETTER),
            "rounding" => {
                metric.truncate = decoder.choice(value, key, ROUNDINGS).unwrap_or_default();
            }
            // The unit was read before the values.
            _ => {}
        }
    }

    /// A key that names a scenario, by what is under it; any other key is unknown.
    fn scenario(&mut self, key: &Node, value: &Node, series: Series<'_>, declared: &Mapping) {
        let name = key.text().unwrap_or_default();
        let of_periods = |node: &Node| {
            node.entries().iter().any(|(period, _)| period.text().is_some_and(|text| Period::parse(text).is_ok()))
        };
        let is_known = SCENARIOS.contains(&scenario_name(name).as_str());
        // A slip of the pen must not become a scenario of its own.
        let known = || declared.names().chain(SCENARIOS.iter().copied());
        let slip = suggestion(name, known()).is_some();
        if is_known || (of_periods(value) && !slip) {
            self.values(value, &Series { scenario: scenario_name(name), ..series });
        } else {
            self.decoder.unknown(key, "key", known(), "the keys here");
        }
    }

    /// `{EMEA: {FY2025-Q3: 4}}`, or `{EMEA: {values: {…}, plan: {…}}}`.
    fn segments(&mut self, node: &Node, series: &Series<'_>) {
        for (key, value) in self.decoder.mapping(node, "segments") {
            let Some(segment) = self.decoder.text(key, "segments").map(|segment| segment.value) else { continue };
            let of_segment = |scenario: &str| Series {
                metric: series.metric,
                unit: series.unit,
                scenario: scenario.to_owned(),
                segment: Some(segment.clone()),
            };
            for (inner, value) in self.decoder.mapping(value, &segment) {
                let series = of_segment(&series.scenario);
                match &value.value {
                    Value::Mapping(_) if inner.text() == Some("values") => self.values(value, &series),
                    Value::Mapping(_) => self.scenario(inner, value, series, &declared::SEGMENT),
                    _ => self.fact(inner, value, &series),
                }
            }
        }
    }

    /// `[{period: FY2025-Q3, value: $42.5M, reason: preliminary close}]`.
    fn accept(&mut self, node: &Node, series: &Series<'_>) {
        for item in self.decoder.list(node, "accept") {
            let (mut scenario, mut segment, mut reason) = (series.scenario.clone(), None, None);
            for (key, value) in self.decoder.settings(item, "accept", &declared::ACCEPTED) {
                let text = |decoder: &mut Decoder<'_>, what: &str| decoder.text(value, what).map(|text| text.value);
                match key.text() {
                    Some("scenario") => {
                        scenario = text(&mut self.decoder, "scenario").map_or(scenario, |name| scenario_name(&name))
                    }
                    Some("segment") => segment = text(&mut self.decoder, "segment"),
                    Some("reason") => reason = text(&mut self.decoder, "reason"),
                    _ => {}
                }
            }
            if item.get("reason").is_none() && matches!(item.value, Value::Mapping(_)) {
                let help = "say who agreed to it and why: `reason: preliminary close, as agreed with the auditors`";
                self.decoder.fail_with_help(item.span, "this value is accepted without a reason", help);
            }
            let period = self.decoder.required(item, "period", "accepted value");
            let value = self.decoder.required(item, "value", "accepted value");
            let (Some(period), Some(value), Some(reason)) = (period, value, reason) else { continue };
            let series = Series { metric: series.metric, unit: series.unit, scenario, segment };
            let stated = self.truth.facts.len();
            self.fact(period, value, &series);
            // It is read as a value and is none.
            let read = self.truth.facts.split_off(stated);
            self.truth.accepted.extend(read.into_iter().map(|fact| Accepted { fact, reason: reason.clone() }));
        }
    }

    /// A mapping from periods to values.
    fn values(&mut self, node: &Node, series: &Series<'_>) {
        if node.is_null() {
            return;
        }
        for (period, value) in self.decoder.mapping(node, &series.scenario) {
            self.fact(period, value, series);
        }
    }

    fn fact(&mut self, key: &Node, node: &Node, series: &Series<'_>) {
        let Some(period) = self.decoder.period(key) else { return };
        if node.is_null() {
            return;
        }
        let Some(text) = self.decoder.text(node, "value") else { return };
        match value::read(&text.value, series.unit, DecimalMark::Point) {
            Reading::Nothing => {}
            Reading::Refused(why) => self.decoder.fail(text.place.span, why),
            Reading::Number { value, slack, unit } => {
                let metric = &mut self.truth.metrics[series.metric];
                // Without a declared unit the first value that names one speaks for the metric.
                match (&metric.unit, unit) {
                    (Some(first), Some(unit)) if *first != unit => {
                        let message = format!("`{}` is in {unit}, but `{}` is in {first}", text.value, metric.name);
                        return self.decoder.fail(text.place.span, message);
                    }
                    (None, unit @ Some(_)) => metric.unit = unit,
                    _ => {}
                }
                self.truth.facts.push(SourceFact {
                    metric: series.metric,
                    period,
                    scenario: series.scenario.clone(),
                    segment: series.segment.clone(),
                    value,
                    slack,
                    place: text.place,
                });
            }
        }
    }
}
