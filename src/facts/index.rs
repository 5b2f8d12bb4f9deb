//! The facts of the sources by what they state.
//!
//! Enters: facts as the files state them, under the deck's calendar. Leaves: an [`Index`] from keys to facts.
//! Invariant: a key holds the facts of one thing only, and facts that state the same to different places are one statement.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::period::{Calendar, Period};
use crate::quantity::{Quantity, Unit};
use crate::scenario;
use crate::source::{Metric, PeriodType, SourceFact, SourceOfTruth};

/// What a fact states: metric, period, scenario and segment, the last two by number.
pub(crate) type Key = (usize, Period, u32, u32);

/// The whole of a metric, which is no segment.
pub(crate) const WHOLE: u32 = 0;

/// Scenarios that may be asked for although no source states them: another word may stand for them.
const ASKED: [&str; 7] = [scenario::ACTUAL, "plan", "budget", "forecast", "guidance", "target", "consensus"];

/// Facts by key.
#[derive(Debug, Default)]
pub(crate) struct Index {
    scenarios: BTreeMap<String, u32>,
    /// Segments by their name in lower case; the first is 1.
    segments: BTreeMap<String, u32>,
    /// Sorted by key, and by the order of the files within one.
    entries: Vec<(Key, u32)>,
    /// Facts of each metric, in the order of the files.
    by_metric: Vec<Vec<u32>>,
    /// Metrics by their name.
    by_name: BTreeMap<String, usize>,
}

impl Index {
    pub(crate) fn new(source: &SourceOfTruth, calendar: &Calendar) -> Self {
        let mut index = Self { by_metric: vec![Vec::new(); source.metrics.len()], ..Self::default() };
        index.by_name = source.metrics.iter().enumerate().map(|(at, metric)| (metric.name.clone(), at)).collect();
        for name in ASKED {
            number(&mut index.scenarios, name, 0);
        }
        for (at, fact) in source.facts.iter().enumerate() {
            let period = normal(&source.metrics[fact.metric], fact.period, calendar);
            let scenario = number(&mut index.scenarios, &fact.scenario, 0);
            let segment = fact
                .segment
                .as_ref()
                .map_or(WHOLE, |segment| number(&mut index.segments, &segment.to_lowercase(), WHOLE + 1));
            let at = at as u32;
            index.entries.push(((fact.metric, period, scenario, segment), at));
            index.by_metric[fact.metric].push(at);
        }
        index.entries.sort_unstable();
        if source.first_wins {
            index.keep_the_first_file(source);
        }
        index
    }

    /// Where the order of the sources settles conflicts, a key is what the first file to state it says.
    fn keep_the_first_file(&mut self, source: &SourceOfTruth) {
        let mut first = None;
        self.entries.retain(|(key, at)| {
            let file = source.facts[*at as usize].place.file;
            match first {
                Some((of, settled)) if of == *key => settled == file,
                _ => {
                    first = Some((*key, file));
                    true
                }
            }
        });
    }

    /// The metric of a name.
    pub(crate) fn metric(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The number of a scenario, where it may have facts.
    pub(crate) fn scenario(&self, name: &str) -> Option<u32> {
        self.scenarios.get(name).copied()
    }

    /// The number of a segment, where one is known by that name.
    pub(crate) fn segment(&self, name: Option<&str>) -> Option<u32> {
        name.map_or(Some(WHOLE), |name| self.segments.get(&name.to_lowercase()).copied())
    }

    /// The facts of a key, in the order of the files.
    pub(crate) fn at(&self, key: Key) -> impl Iterator<Item = usize> + '_ {
        let start = self.entries.partition_point(|(other, _)| *other < key);
        self.entries[start..].iter().take_while(move |(other, _)| *other == key).map(|(_, at)| *at as usize)
    }

    /// Every key with its facts.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (Key, Vec<usize>)> + '_ {
        self.entries
            .chunk_by(|(a, _), (b, _)| a == b)
            .map(|run| (run[0].0, run.iter().map(|(_, at)| *at as usize).collect()))
    }

    /// The facts of a metric, in the order of the files.
    pub(crate) fn of_metric(&self, metric: usize) -> impl Iterator<Item = usize> + '_ {
        self.by_metric.get(metric).into_iter().flatten().map(|at| *at as usize)
    }
}

fn number(names: &mut BTreeMap<String, u32>, name: &str, first: u32) -> u32 {
    if let Some(known) = names.get(name) {
        return *known;
    }
    let next = first + names.len() as u32;
    names.insert(name.to_owned(), next);
    next
}

/// The period by which facts of a metric are known. A balance stands on a moment: the end of Q4, H2 and the year are one. Of a flow,
/// the first half and the year to the end of Q2 are one.
pub(crate) fn normal(metric: &Metric, period: Period, calendar: &Calendar) -> Period {
    match metric.period_type {
        Some(PeriodType::Instant) => period.moment(calendar),
        _ => period.plain(calendar),
    }
}

/// A fact as the number that the file writes: the same language as the deck's own.
pub(crate) fn as_written(fact: &SourceFact, metric: &Metric) -> Option<Quantity> {
    let resolution = match fact.slack {
        slack if slack.is_zero() => Decimal::new(1, fact.value.scale()),
        slack => slack.checked_mul(Decimal::TWO)?,
    };
    Quantity::exact(fact.value, resolution, metric.unit.clone().unwrap_or(Unit::Bare))
}

/// Puts facts of one key together that agree at the places they are written to: `$38.1M` and 38,118,400 are one statement.
/// Each cluster is in the order of the files, the clusters in that of their first facts.
pub(crate) fn clusters(source: &SourceOfTruth, facts: &[usize]) -> Vec<Vec<usize>> {
    if let [only] = facts {
        return vec![vec![*only]];
    }
    let written = |at: usize| as_written(&source.facts[at], &source.metrics[source.facts[at].metric]);
    let agree = |a: usize, b: usize| match (written(a), written(b)) {
        (Some(a), Some(b)) => a.agrees_with(&b),
        _ => source.facts[a].value == source.facts[b].value,
    };
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for &at in facts {
        match clusters.iter_mut().find(|cluster| cluster.iter().all(|&other| agree(other, at))) {
            Some(cluster) => cluster.push(at),
            None => clusters.push(vec![at]),
        }
    }
    clusters
}
