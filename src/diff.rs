//! What changed between two versions of a deck and its sources, and what the deck now says wrongly because of it.
//!
//! Enters: the reports of two versions. Leaves: claims and facts that changed, appeared or vanished, by metric and period, and under
//! each changed fact the statements that the new source contradicts.
//! Invariant: every claim of either version is matched at most once: by the fact that it states, then by where it stands. Matching is
//! one pass over each version.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::Report;
use crate::check::{Statement, Verdict};
use crate::claim::{Claim, Measure};
use crate::deck::Deck;
use crate::discover::Directory;
use crate::document::BlockKind;
use crate::facts::index;
use crate::scenario;
use crate::source::{PeriodType, SourceFact};
use crate::span::{FileId, Place};

/// A version of a deck: its report, and the folder that its paths start from.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The deck, checked.
    pub report: &'a Report,
    /// What its shown paths begin with and a reader need not see: `old/`, or nothing.
    pub root: &'a str,
}

impl<'a> Version<'a> {
    /// The path of a file, without the root.
    pub fn path(&self, file: FileId) -> &'a str {
        let path = self.report.deck.files.get(file).path();
        path.strip_prefix(self.root).unwrap_or(path)
    }
}

/// What the shown paths of a version begin with that stands in a folder, or is one file.
pub fn root(path: &Path) -> String {
    let Ok(directory) = Directory::current() else { return String::new() };
    let path = directory.absolute(path);
    let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
    match folder.map(|folder| directory.shown(folder)) {
        Some(shown) if shown != "." => format!("{shown}/"),
        _ => String::new(),
    }
}

/// What differs between two versions.
#[derive(Debug)]
pub struct Diff<'a> {
    /// The version before.
    pub old: Version<'a>,
    /// The version after.
    pub new: Version<'a>,
    /// Numbers of the deck, by metric and period; those of no metric last.
    pub claims: Vec<Change<&'a Claim>>,
    /// Facts of the sources, by metric and period.
    pub facts: Vec<FactChange<'a>>,
    /// How many claims are in both versions and say the same.
    pub same: usize,
}

/// What became of something.
#[derive(Clone, Debug)]
pub struct Change<T> {
    /// Which fact it is about.
    pub key: Key,
    /// In the old version.
    pub old: Option<T>,
    /// In the new one.
    pub new: Option<T>,
}

impl<T> Change<T> {
    /// `changed`, `appeared` or `vanished`.
    pub fn kind(&self) -> &'static str {
        match (&self.old, &self.new) {
            (Some(_), Some(_)) => "changed",
            (None, _) => "appeared",
            _ => "vanished",
        }
    }
}

/// A fact that changed, and what it leaves behind.
#[derive(Clone, Debug)]
pub struct FactChange<'a> {
    /// The fact.
    pub change: Change<&'a SourceFact>,
    /// Indices of the new deck's claims that the new source contradicts, in reading order.
    pub stale: Vec<usize>,
    /// How many statements of the new deck follow it.
    pub holding: usize,
}

/// Which fact a number states, in words; empty where it is not bound.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Key {
    /// Whether it is about no known metric.
    unbound: bool,
    /// Label of the metric.
    pub metric: String,
    /// When it ends, and when it starts, so that periods stand in the order of time.
    ends: Option<(Date, Reverse<Date>)>,
    /// The period's name.
    pub period: Option<String>,
    /// `actual`, `plan`, …
    pub scenario: String,
    /// The part, in lower case.
    pub segment: Option<String>,
    /// Level, change, growth, variance, share.
    pub measure: Measure,
    /// What it is taken against.
    pub base: Option<String>,
    /// Name of the metric, for machines.
    pub name: String,
    /// Kind of unit; where the number stands, when it is not bound.
    rest: String,
}

/// Compares two versions.
pub fn diff<'a>(old: Version<'a>, new: Version<'a>) -> Diff<'a> {
    let (claims, same) = claims(old, new);
    Diff { old, new, claims, facts: facts(old, new), same }
}

impl Diff<'_> {
    /// How many statements of the new deck are stale.
    pub fn stale(&self) -> usize {
        self.facts.iter().flat_map(|fact| &fact.stale).collect::<BTreeSet<_>>().len()
    }
}

fn claims<'a>(old: Version<'a>, new: Version<'a>) -> (Vec<Change<&'a Claim>>, usize) {
    let mut groups: BTreeMap<Key, [Vec<&'a Claim>; 2]> = BTreeMap::new();
    for (at, version) in [old, new].into_iter().enumerate() {
        for claim in &version.report.deck.claims {
            groups.entry(key(version, claim)).or_default()[at].push(claim);
        }
    }
    let (mut changes, mut same) = (Vec::new(), 0);
    for (key, [before, after]) in groups {
        let (pairs, gone, come) = paired(old, new, before, after);
        let (equal, changed): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(a, b)| says_the_same(a, b));
        same += equal.len();
        let change = |old, new| Change { key: key.clone(), old, new };
        changes.extend(changed.into_iter().map(|(a, b)| change(Some(a), Some(b))));
        // Of a number without a metric nobody can say what it was before: only what changed in its place is told.
        if !key.unbound {
            changes.extend(gone.into_iter().map(|claim| change(Some(claim), None)));
            changes.extend(come.into_iter().map(|claim| change(None, Some(claim))));
        }
    }
    (changes, same)
}

type Pairs<'a> = (Vec<(&'a Claim, &'a Claim)>, Vec<&'a Claim>, Vec<&'a Claim>);

/// Statements of one fact, paired: first those in one document that say the same, then those in one document, then those that say
/// the same, then the rest as they come.
fn paired<'a>(old: Version<'a>, new: Version<'a>, before: Vec<&'a Claim>, after: Vec<&'a Claim>) -> Pairs<'a> {
    let mut pairs = Vec::new();
    let (mut before, mut after) = (before, after);
    for (by_path, by_number) in [(true, true), (true, false), (false, true), (false, false)] {
        let tag = |version: Version<'a>, claim: &Claim| {
            let path = by_path.then(|| version.path(claim.place.file));
            let quantity = &claim.quantity;
            (path, by_number.then(|| (quantity.low, quantity.high, quantity.unit.to_string())))
        };
        let mut waiting: BTreeMap<_, VecDeque<&'a Claim>> = BTreeMap::new();
        for claim in before {
            waiting.entry(tag(old, claim)).or_default().push_back(claim);
        }
        let mut left = Vec::new();
        for claim in after {
            match waiting.get_mut(&tag(new, claim)).and_then(VecDeque::pop_front) {
                Some(earlier) => pairs.push((earlier, claim)),
                None => left.push(claim),
            }
        }
        before = waiting.into_values().flatten().collect();
        before.sort_by_key(|claim| (claim.place, claim.slide));
        after = left;
    }
    pairs.sort_by_key(|(_, claim)| claim.place);
    (pairs, before, after)
}

fn says_the_same(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (&a.quantity, &b.quantity);
    (a.value, a.low, a.high, a.qualifier, &a.unit) == (b.value, b.low, b.high, b.qualifier, &b.unit)
}

/// The fact that a claim states; of one that is not bound, its place, in words that edits elsewhere leave alone.
fn key(version: Version<'_>, claim: &Claim) -> Key {
    let deck = &version.report.deck;
    let Some((id, period)) = claim.metric.zip(claim.period) else {
        // A deck of one document may have another name by now.
        let path = if deck.documents.len() == 1 { "" } else { version.path(claim.place.file) };
        let rest = format!("{path}\n{}", surroundings(deck, claim));
        return Key { unbound: true, rest, ..Key::default() };
    };
    let term = deck.vocabulary.term(id);
    let instant = term.period_type == Some(PeriodType::Instant);
    let period = if instant { period.moment(&deck.calendar) } else { period.plain(&deck.calendar) };
    let (first, last) = period.bounds(&deck.calendar);
    Key {
        unbound: false,
        metric: term.label.clone(),
        ends: Some((last, Reverse(first))),
        period: Some(period.to_string()),
        scenario: claim.scenario.clone().unwrap_or_else(|| scenario::ACTUAL.to_owned()),
        segment: claim.segment.as_ref().map(|segment| segment.to_lowercase()),
        measure: claim.measure,
        base: claim.base.as_ref().map(ToString::to_string),
        name: term.name.clone(),
        rest: Statement::family(&claim.quantity.unit),
    }
}

/// The words around a number, without any digits; for a cell, the names of its row and column.
fn surroundings(deck: &Deck, claim: &Claim) -> String {
    if let Some((grid, row, column)) = claim.cell {
        let grid = &deck.grids[grid];
        let name =
            |lines: &[crate::grid::Line], at: usize| lines.get(at).map(|line| line.name.clone()).unwrap_or_default();
        return format!("{}\n{}", name(&grid.rows, row), name(&grid.columns, column));
    }
    let block = &deck.documents[claim.document].blocks[claim.block];
    let text = match &block.kind {
        BlockKind::Tile { label, .. } => label.text(),
        _ => block.flow().map(|flow| flow.text()).unwrap_or_default(),
    };
    text.chars().filter(|c| !c.is_numeric() && !matches!(c, '.' | ',')).collect()
}

fn facts<'a>(old: Version<'a>, new: Version<'a>) -> Vec<FactChange<'a>> {
    let mut groups: BTreeMap<Key, [Vec<&'a SourceFact>; 2]> = BTreeMap::new();
    for (at, version) in [old, new].into_iter().enumerate() {
        let deck = &version.report.deck;
        for fact in &deck.source.facts {
            groups.entry(fact_key(deck, fact)).or_default()[at].push(fact);
        }
    }
    let mut changes = Vec::new();
    for (key, [before, after]) in groups {
        // Several sources may state one fact: what they all say is compared.
        let values = |facts: &[&SourceFact]| {
            facts.iter().map(|fact| (fact.value.normalize(), fact.slack)).collect::<BTreeSet<(Decimal, Decimal)>>()
        };
        let (were, are) = (values(&before), values(&after));
        if were == are {
            continue;
        }
        let stands_in = |values: &BTreeSet<(Decimal, Decimal)>, fact: &SourceFact| {
            values.contains(&(fact.value.normalize(), fact.slack))
        };
        let mut gone = before.into_iter().filter(|fact| !stands_in(&are, fact));
        let mut come = after.into_iter().filter(|fact| !stands_in(&were, fact));
        loop {
            let (old, new) = (gone.next(), come.next());
            if old.is_none() && new.is_none() {
                break;
            }
            changes.push(FactChange { change: Change { key: key.clone(), old, new }, stale: Vec::new(), holding: 0 });
        }
    }
    sweep(&new.report.deck, &mut changes);
    changes
}

fn fact_key(deck: &Deck, fact: &SourceFact) -> Key {
    let metric = &deck.source.metrics[fact.metric];
    let period = index::normal(metric, fact.period, &deck.calendar);
    let (first, last) = period.bounds(&deck.calendar);
    Key {
        metric: metric.label.clone(),
        ends: Some((last, Reverse(first))),
        period: Some(period.to_string()),
        scenario: fact.scenario.clone(),
        segment: fact.segment.as_ref().map(|segment| segment.to_lowercase()),
        name: metric.name.clone(),
        ..Key::default()
    }
}

/// Finds every statement of the deck that a changed fact has a part in, and which of them the new source contradicts.
fn sweep(deck: &Deck, changes: &mut [FactChange<'_>]) {
    let changed: BTreeMap<Place, usize> =
        changes.iter().enumerate().filter_map(|(at, fact)| Some((fact.change.new?.place, at))).collect();
    for (at, verdict) in deck.verdicts.iter().enumerate() {
        let (truths, holds) = match verdict {
            Verdict::Ties(truth) | Verdict::PointsOnly(truth) => (std::slice::from_ref(truth), true),
            Verdict::Differs(truths) => (truths.as_slice(), false),
            Verdict::Silent | Verdict::Ambiguous => continue,
        };
        let touched: BTreeSet<usize> =
            truths.iter().flat_map(|truth| &truth.places).filter_map(|place| changed.get(place).copied()).collect();
        for fact in touched {
            if holds {
                changes[fact].holding += 1;
            } else {
                changes[fact].stale.push(at);
            }
        }
    }
}

#[cfg(test)]
mod tests;
