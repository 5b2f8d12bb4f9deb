//! A source of truth proposed from a deck alone: what `tieout init` writes.
//!
//! Enters: a checked deck without a metric file. Leaves: a [`Proposal`]: the text of `metrics.yaml`, and what a human has to settle.
//! Invariant: the deck, checked against the proposal, disagrees only where it disagreed with itself before; those places are marked.

mod collect;
mod text;

use std::collections::BTreeSet;

use crate::deck::Deck;
use crate::finding::{Finding, Level};
use crate::span::{FileId, Place};
use crate::{Report, bind, check, source};

use collect::{Key, Value, collect};

/// A proposed metric file.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The text of `metrics.yaml`.
    pub text: String,
    /// How many metrics it defines.
    pub metrics: usize,
    /// How many values it states.
    pub values: usize,
    /// Numbers of the deck that differ from the value chosen for their fact; each is marked in the text.
    pub conflicts: Vec<Place>,
    /// Other places at which the deck disagrees with itself, which no value can settle.
    pub open: usize,
}

/// How often a proposal is mended before what still does not fit is left out with its whole metric.
const ROUNDS: usize = 6;

/// Proposes a metric file for a deck. `path` is where it will be written, as it is shown.
pub fn propose(report: &Report, path: &str) -> Proposal {
    let deck = &report.deck;
    let before: Vec<Place> = places(&report.findings).collect();
    let mut values = collect(deck);
    for round in 0..=ROUNDS {
        let text = text::render(deck, &values);
        let Some((checked, findings, file)) = checked_against(deck, path, &text) else { break };
        let settled: Vec<Place> = before.iter().copied().chain(conflicts(&values)).collect();
        let new = findings.iter().filter(|finding| finding.level > Level::Info).filter(|finding| {
            let at = |place: Place| settled.iter().any(|known| meets(*known, place));
            !at(finding.place)
        });
        let misfits: BTreeSet<Key> =
            new.flat_map(|finding| keys(&checked, finding, file, &values, round == ROUNDS)).collect();
        if misfits.is_empty() {
            let open = before.iter().filter(|place| !conflicts(&values).any(|known| meets(known, **place))).count();
            return proposal(text, &values, open);
        }
        values.retain(|value| !misfits.contains(&value.key));
    }
    // Nothing that was read can be stated without contradicting the deck: an empty file is better than a wrong one.
    proposal(text::render(deck, &[]), &[], before.len())
}

/// The text of `tieout.yaml` for a deck whose metric files are `sources`.
pub fn settings(sources: &[String]) -> String {
    text::settings(sources)
}

fn proposal(text: String, values: &[Value], open: usize) -> Proposal {
    let metrics: BTreeSet<_> = values.iter().map(|value| &value.key.metric).collect();
    Proposal { text, metrics: metrics.len(), values: values.len(), conflicts: conflicts(values).collect(), open }
}

fn conflicts(values: &[Value]) -> impl Iterator<Item = Place> + '_ {
    values.iter().flat_map(|value| value.against.iter().map(|(place, _)| *place))
}

fn places(findings: &[Finding]) -> impl Iterator<Item = Place> + '_ {
    findings.iter().filter(|finding| finding.level > Level::Info).map(|finding| finding.place)
}

fn meets(a: Place, b: Place) -> bool {
    a.file == b.file && a.span.meets(b.span)
}

/// The deck, bound anew with the proposal as its source, and what is found in it.
fn checked_against(deck: &Deck, path: &str, text: &str) -> Option<(Deck, Vec<Finding>, FileId)> {
    let mut files = deck.files.clone();
    let file = files.add(path, text);
    let source = source::load(&files, &[file]).ok()?;
    let mut checked = bind::bind(files, deck.documents.clone(), source, deck.config.clone());
    let findings = check::check(&mut checked);
    Some((checked, findings, file))
}

/// The proposed values that a finding is about; at last, all values of the metric.
fn keys(checked: &Deck, finding: &Finding, file: FileId, values: &[Value], whole: bool) -> Vec<Key> {
    let in_file = |place: &Place| place.file == file;
    let sides = std::iter::once(finding.place).chain(finding.related.iter().map(|side| side.place));
    let sides: Vec<Place> = sides.filter(in_file).collect();
    let stated: Vec<usize> = checked
        .source
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| sides.iter().any(|side| meets(*side, fact.place)))
        .map(|(at, _)| at)
        .collect();
    // Facts stand in the file in the order of the values.
    let mut found: Vec<Key> =
        stated.into_iter().filter_map(|at| values.get(at)).map(|value| value.key.clone()).collect();
    if found.is_empty() || whole {
        let about = checked.claims.iter().filter(|claim| meets(claim.place, finding.place));
        let named: BTreeSet<&str> = about
            .filter_map(|claim| claim.metric)
            .map(|metric| checked.vocabulary.term(metric).label.as_str())
            .collect();
        let of_metric = values.iter().filter(|value| named.contains(value.key.metric.as_str()));
        found.extend(of_metric.map(|value| value.key.clone()));
    }
    found
}

#[cfg(test)]
mod tests;
