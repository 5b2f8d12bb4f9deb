//! `tieout/diff/1`: what changed between two versions of a deck and its sources.
//!
//! Enters: a [`Diff`](crate::diff::Diff). Leaves: one JSON document. Invariant: locations are as in `tieout/check/1`; the paths of each
//! version start from its own root.

use std::io::{self, Write};

use serde::Serialize;

use super::{Location, plain};
use crate::claim::{self, Measure};
use crate::diff::{self, Key, Version};
use crate::report::Slides;
use crate::source::SourceFact;
use crate::span::Place;

/// Writes `tieout/diff/1`.
pub fn diff(diff: &diff::Diff<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sides = Sides { old: Side::new(diff.old), new: Side::new(diff.new) };
    let claims: Vec<Change<'_, Claim<'_>>> = diff
        .claims
        .iter()
        .map(|change| Change {
            change: change.kind(),
            key: Fact::of(&change.key),
            old: change.old.map(|claim| sides.old.claim(claim)),
            new: change.new.map(|claim| sides.new.claim(claim)),
        })
        .collect();
    let sources = diff.facts.iter().map(|fact| SourceChange {
        change: Change {
            change: fact.change.kind(),
            key: Fact::of(&fact.change.key),
            old: fact.change.old.map(|fact| sides.old.fact(fact)),
            new: fact.change.new.map(|fact| sides.new.fact(fact)),
        },
        stale: fact.stale.iter().map(|&at| sides.new.claim(&diff.new.report.deck.claims[at])).collect(),
        holding: fact.holding,
    });
    let count = |kind: &str| claims.iter().filter(|change| change.change == kind).count();
    let summary = Summary {
        changed: count("changed"),
        appeared: count("appeared"),
        vanished: count("vanished"),
        same: diff.same,
        facts: diff.facts.len(),
        stale: diff.stale(),
    };
    let sources = sources.collect();
    super::write(&Document { schema: "tieout/diff/1", summary, sources, claims }, out)
}

struct Sides<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// One version, and its slides.
struct Side<'a> {
    version: Version<'a>,
    slides: Slides,
}

impl<'a> Side<'a> {
    fn new(version: Version<'a>) -> Self {
        Self { version, slides: Slides::of(&version.report.deck) }
    }

    fn location(&self, place: Place) -> Location<'a> {
        let location = Location::of(&self.version.report.deck.files, place, self.slides.at(place));
        Location { path: self.version.path(place.file), ..location }
    }

    fn claim(&self, claim: &'a claim::Claim) -> Claim<'a> {
        let quantity = &claim.quantity;
        Claim {
            location: self.location(claim.place),
            value: quantity.value.map(plain),
            low: quantity.low.map(plain),
            high: quantity.high.map(plain),
            unit: Some(quantity.unit.to_string()),
            status: Some(claim.status.name()),
        }
    }

    fn fact(&self, fact: &'a SourceFact) -> Claim<'a> {
        let end = |value: Option<rust_decimal::Decimal>| value.map(plain);
        let metric = &self.version.report.deck.source.metrics[fact.metric];
        Claim {
            location: self.location(fact.place),
            value: Some(plain(fact.value)),
            low: end(fact.value.checked_sub(fact.slack)),
            high: end(fact.value.checked_add(fact.slack)),
            unit: metric.unit.as_ref().map(ToString::to_string),
            status: None,
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    summary: Summary,
    sources: Vec<SourceChange<'a>>,
    claims: Vec<Change<'a, Claim<'a>>>,
}

#[derive(Serialize)]
struct Summary {
    changed: usize,
    appeared: usize,
    vanished: usize,
    same: usize,
    facts: usize,
    stale: usize,
}

#[derive(Serialize)]
struct SourceChange<'a> {
    #[serde(flatten)]
    change: Change<'a, Claim<'a>>,
    stale: Vec<Claim<'a>>,
    holding: usize,
}

#[derive(Serialize)]
struct Change<'a, T> {
    change: &'static str,
    #[serde(flatten)]
    key: Fact<'a>,
    old: Option<T>,
    new: Option<T>,
}

#[derive(Serialize)]
struct Fact<'a> {
    metric: Option<&'a str>,
    period: Option<&'a str>,
    scenario: Option<&'a str>,
    segment: Option<&'a str>,
    measure: &'static str,
    base: Option<&'a str>,
}

impl<'a> Fact<'a> {
    fn of(key: &'a Key) -> Self {
        let said = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let measure: Measure = key.measure;
        Self {
            metric: said(&key.name),
            period: key.period.as_deref(),
            scenario: said(&key.scenario),
            segment: key.segment.as_deref(),
            measure: measure.name(),
            base: key.base.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Claim<'a> {
    location: Location<'a>,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}
