//! Several metric files as one: metrics of one name become one, facts are appended.
//!
//! Enters: what each file states. Leaves: one [`SourceOfTruth`], or every clash between definitions.
//! Invariant: no name, label or synonym stands for two metrics.

use std::collections::BTreeMap;

use super::{Accepted, Located, Metric, SourceFact, SourceOfTruth, folded};
use crate::error::Failure;
use crate::scenario::ACTUAL;
use crate::span::{Files, Place};

/// Files merged so far.
pub(super) struct Merge<'a> {
    files: &'a Files,
    truth: SourceOfTruth,
    /// Where the calendar in force was declared.
    calendar: Option<Place>,
    /// Tables wait for the definitions of the files after them: a row may use any name of a metric.
    tables: Vec<(usize, SourceOfTruth)>,
    /// Published definitions wait for the metric files: what those say themselves counts.
    definitions: Vec<Metric>,
    /// Facts by the order of their files.
    facts: Vec<(usize, SourceOfTruth, Vec<usize>)>,
    by_name: BTreeMap<String, usize>,
    aliases: BTreeMap<String, (usize, Place)>,
    failures: Vec<Failure>,
    count: usize,
}

impl<'a> Merge<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self {
            files,
            truth: SourceOfTruth { scenario: String::new(), ..SourceOfTruth::default() },
            calendar: None,
            tables: Vec::new(),
            definitions: Vec::new(),
            facts: Vec::new(),
            by_name: BTreeMap::new(),
            aliases: BTreeMap::new(),
            failures: Vec::new(),
            count: 0,
        }
    }

    /// Adds a file of definitions, and where it declares its calendar.
    pub(super) fn add(&mut self, mut source: SourceOfTruth, calendar: Option<Place>) {
        self.settle(&mut source, calendar);
        self.define(self.count, source);
        self.count += 1;
    }

    /// Adds a table. It defines nothing but names, so that the definitions of later files come before it.
    pub(super) fn add_table(&mut self, table: SourceOfTruth) {
        self.tables.push((self.count, table));
        self.count += 1;
    }

    /// Adds definitions that were published elsewhere.
    pub(super) fn add_definitions(&mut self, metrics: Vec<Metric>) {
        self.definitions.extend(metrics);
        self.count += 1;
    }

    /// One source of truth of all files.
    pub(super) fn finish(mut self, mut failures: Vec<Failure>) -> Result<SourceOfTruth, Vec<Failure>> {
        let published = self.take_in_definitions();
        for (order, source) in std::mem::take(&mut self.tables) {
            self.define(order, source);
        }
        self.take_in_formulas(published);
        self.facts.sort_by_key(|(order, ..)| *order);
        for (_, source, metrics) in self.facts {
            let of_all = |fact: SourceFact| SourceFact { metric: metrics[fact.metric], ..fact };
            self.truth.facts.extend(source.facts.into_iter().map(of_all));
            let accepted = source.accepted.into_iter();
            self.truth.accepted.extend(accepted.map(|other| Accepted { fact: of_all(other.fact), ..other }));
        }
        super::period_type::infer(&mut self.truth.metrics, &self.truth.facts);
        if self.truth.scenario.is_empty() {
            self.truth.scenario = ACTUAL.to_owned();
        }
        failures.append(&mut self.failures);
        // With a file missing, names that it defines would be missed in every formula.
        if failures.is_empty() {
            (self.truth.formulas, failures) = super::equations::read(&self.truth);
        }
        if failures.is_empty() { Ok(self.truth) } else { Err(failures) }
    }

    /// Defines what was published, and gives the formulas back with their metrics.
    fn take_in_definitions(&mut self) -> Vec<(usize, Located<String>)> {
        let mut formulas = Vec::new();
        for mut metric in std::mem::take(&mut self.definitions) {
            let (formula, label, place) = (metric.formula.take(), metric.label.clone(), metric.place);
            let at = self.metric(metric);
            let known = &mut self.truth.metrics[at];
            // Where the metric file chose another label, the published one is what else people call it.
            if folded(&known.label) != folded(&label) && known.place != place {
                known.synonyms.push(Located { value: label, place });
                self.claim(at);
            }
            formulas.extend(formula.map(|formula| (at, formula)));
        }
        formulas
    }

    /// Published formulas, by the names that the metrics have here. One over a metric that no source knows says nothing.
    fn take_in_formulas(&mut self, published: Vec<(usize, Located<String>)>) {
        for (at, formula) in published {
            if self.truth.metrics[at].formula.is_some() {
                continue;
            }
            let name = |name: &str| {
                let name = folded(name);
                let known = self.by_name.get(&name).or_else(|| self.aliases.get(&name).map(|(known, _)| known))?;
                Some(self.truth.metrics[*known].name.clone())
            };
            let value = super::formula::renamed(&formula.value, name);
            self.truth.metrics[at].formula = value.map(|value| Located { value, place: formula.place });
        }
    }

    fn define(&mut self, order: usize, mut source: SourceOfTruth) {
        let metrics = std::mem::take(&mut source.metrics);
        let places = metrics.into_iter().map(|metric| self.metric(metric)).collect();
        self.facts.push((order, source, places));
    }

    /// What a file says of the whole: the first file to say it wins, and a calendar must be one and the same.
    fn settle(&mut self, source: &mut SourceOfTruth, place: Option<Place>) {
        match (self.truth.calendar, source.calendar) {
            (None, Some(calendar)) => {
                self.truth.calendar = Some(calendar);
                self.calendar = place;
            }
            (Some(first), Some(second)) if first != second => {
                let first = self.calendar.map_or_else(|| "another file".to_owned(), |place| self.path(place));
                let failure = Failure::new(format!("the fiscal calendar differs from the one in {first}"));
                self.failures.push(Failure { place, ..failure }.with_help("declare one calendar for all sources"));
            }
            _ => {}
        }
        self.truth.currency = self.truth.currency.take().or(source.currency.take());
        if self.truth.scenario.is_empty() {
            self.truth.scenario = std::mem::take(&mut source.scenario);
        }
        self.truth.as_of = self.truth.as_of.take().or(source.as_of.take());
        self.truth.dimensions.append(&mut source.dimensions);
        self.truth.checks.append(&mut source.checks);
    }

    fn path(&self, place: Place) -> String {
        self.files.shown(place)
    }

    /// Takes a metric in and gives its number.
    fn metric(&mut self, metric: Metric) -> usize {
        let name = folded(&metric.name);
        // A table may call a metric by its label or a synonym.
        let known = self.by_name.get(&name).copied().or_else(|| self.aliases.get(&name).map(|(known, _)| *known));
        let at = match known {
            Some(at) => {
                self.unite(at, metric);
                at
            }
            None => {
                self.truth.metrics.push(metric);
                self.truth.metrics.len() - 1
            }
        };
        self.by_name.insert(name, at);
        self.claim(at);
        at
    }

    /// Adds to a metric what another file says of it.
    fn unite(&mut self, at: usize, more: Metric) {
        let known = &self.truth.metrics[at];
        if let (Some(first), Some(second)) = (&known.unit, &more.unit)
            && first != second
        {
            let message = format!("`{}` is in {second} here, but in {first} in {}", known.name, self.path(known.place));
            self.failures.push(Failure::at(more.place, message).with_help("give both in one unit"));
        }
        let known = &mut self.truth.metrics[at];
        // The label of a bare name says less than one that was chosen.
        if folded(&known.label) == folded(&known.name) && folded(&more.label) != folded(&more.name) {
            known.label = more.label;
        }
        known.synonyms.extend(more.synonyms);
        known.not.extend(more.not);
        known.description = known.description.take().or(more.description);
        known.unit = known.unit.take().or(more.unit);
        known.period_type = known.period_type.or(more.period_type);
        known.better = known.better.or(more.better);
        known.owner = known.owner.take().or(more.owner);
        known.source = known.source.take().or(more.source);
        known.formula = known.formula.take().or(more.formula);
        known.truncate |= more.truncate;
    }

    /// Enters a metric's names; one that another metric has already is a failure.
    fn claim(&mut self, at: usize) {
        let metric = &self.truth.metrics[at];
        let own = [&metric.name, &metric.label].map(|name| Located { value: name.clone(), place: metric.place });
        let names: Vec<_> = own.into_iter().chain(metric.synonyms.iter().cloned()).collect();
        for Located { value, place } in names {
            match self.aliases.get(&folded(&value)).copied() {
                Some((other, first)) if other != at => {
                    let other = &self.truth.metrics[other].name;
                    let metric = &self.truth.metrics[at].name;
                    let message = format!("`{value}` names both `{other}` ({}) and `{metric}`", self.path(first));
                    let help =
                        format!("keep it for one of them, or list it under `not` of the other: `not: [{value}]`");
                    self.failures.push(Failure::at(place, message).with_help(help));
                }
                Some(_) => {}
                None => {
                    self.aliases.insert(folded(&value), (at, place));
                }
            }
        }
    }
}
