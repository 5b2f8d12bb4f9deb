//! Two metrics of the sources go by names that a deck cannot tell apart.
//!
//! The very same alias for two metrics stops the run, with both places: nothing could be bound to it. This rule tells of the names
//! that only look different. In a deck, "Revenues", "the revenue" and "REVENUE" are one name, and so are "Sales & marketing" and
//! "sales and marketing": whichever metric comes first is meant by them, and the other is never found.
//!
//! It also tells of a metric that excludes its own name under `not`: the exclusion has no effect.
//!
//! What to do: give the two metrics names that differ by more than plural, hyphens and determiners, or list the longer name of the
//! one under `not` of the other.
//!
//! ```deck
//! # Sales
//!
//! Partner sales were $4.1M in FY30.
//! ```
//! ```metrics
//! metrics:
//!   - {name: partner_sales, label: Partner sales, unit: USD, values: {FY2030: 4100000}}
//!   - {name: partners, label: Channel, synonyms: [the partner sale], unit: USD, values: {FY2030: 3900000}}
//! ```
//! ```finding
//! alias-clash at the partner sale
//! ```
//!
//! ```quiet-deck
//! # Sales
//!
//! Partner sales were $4.1M in FY30.
//! ```
//! ```metrics
//! metrics:
//!   - {name: partner_sales, label: Partner sales, unit: USD, values: {FY2030: 4100000}}
//!   - {name: sales, label: Sales, not: [partner sales], unit: USD, values: {FY2030: 9700000}}
//! ```

use std::collections::BTreeMap;

use crate::deck::Deck;
use crate::finding::{Confidence, Finding, Level, Related};
use crate::rules::{Family, Rule};
use crate::source::Metric;
use crate::span::Place;
use crate::words::stems;

/// The rule.
#[derive(Debug)]
pub(crate) struct AliasClash;

impl Rule for AliasClash {
    fn name(&self) -> &'static str {
        "alias-clash"
    }

    fn family(&self) -> Family {
        Family::SourceFile
    }

    fn source(&self) -> &'static str {
        include_str!("alias_clash.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let metrics = &deck.source.metrics;
        let mut known: BTreeMap<Vec<String>, (usize, Place)> = BTreeMap::new();
        // As the vocabulary does: labels before all else that a metric is called.
        let labels = metrics.iter().map(|metric| (metric.label.clone(), metric.place)).enumerate();
        let others = metrics.iter().enumerate().flat_map(|(at, metric)| names(metric).map(move |name| (at, name)));
        for (at, (name, place)) in labels.chain(others) {
            let own = &metrics[at].label;
            let stems = stems(&name);
            // A currency sign tells an amount from the rate of its name.
            let signed = name != *own && name.contains(['$', '€', '£']);
            if stems.is_empty() || signed {
                continue;
            }
            match known.get(&stems) {
                Some((other, first)) if *other != at => {
                    let other = &metrics[*other].label;
                    let message = format!("`{name}` means {other} in a deck, so that {own} is never found by it");
                    findings.push(finding(message, place, vec![(format!("names {other}"), *first)]));
                }
                Some(_) => {}
                None => {
                    known.insert(stems, (at, place));
                }
            }
        }
        for metric in metrics {
            let own: Vec<Vec<String>> = names(metric).map(|(name, _)| stems(&name)).collect();
            for phrase in metric.not.iter().filter(|phrase| own.contains(&stems(phrase))) {
                let message = format!("{} is not to be called `{phrase}`, which is its own name", metric.label);
                findings.push(finding(message, metric.place, Vec::new()));
            }
        }
    }
}

/// The names of a metric as decks spell them.
fn names(metric: &Metric) -> impl Iterator<Item = (String, Place)> + '_ {
    let own = [metric.label.clone(), metric.name.replace('_', " ")].map(|name| (name, metric.place));
    own.into_iter().chain(metric.synonyms.iter().map(|synonym| (synonym.value.clone(), synonym.place)))
}

fn finding(message: String, place: Place, related: Vec<(String, Place)>) -> Finding {
    Finding {
        rule: "alias-clash",
        level: Level::Error,
        confidence: Confidence::High,
        message,
        place,
        slide: None,
        related: related.into_iter().map(|(message, place)| Related { message, place }).collect(),
        cause: None,
        help: Some("give the two names that differ by more than plural, hyphens and determiners".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}
