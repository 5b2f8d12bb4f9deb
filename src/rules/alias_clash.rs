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
        let mut known: BTreeMap<(bool, Vec<String>), (usize, Place)> = BTreeMap::new();
        // As the vocabulary does: labels before all else that a metric is called.
        let labels = metrics.iter().enumerate().filter_map(|(at, metric)| Some((at, names(metric).next()?, true)));
        let others = metrics.iter().enumerate();
        let others = others.flat_map(|(at, metric)| names(metric).skip(1).map(move |name| (at, name, false)));
        for (at, (name, place), label) in labels.chain(others) {
            let own = &metrics[at].label;
            let stems = stems(&name);
            if stems.is_empty() {
                continue;
            }
            // A currency sign tells an amount from the rate of its name, unless that is all that the metric is called.
            let signed = name.contains(['$', '€', '£']);
            let keys = [signed.then_some(true), (!signed || label).then_some(false)];
            let keys: Vec<_> = keys.into_iter().flatten().map(|signed| (signed, stems.clone())).collect();
            let taken = keys.iter().find_map(|key| known.get(key)).copied();
            if let Some((other, first)) = taken.filter(|(other, _)| *other != at) {
                let other = &metrics[other].label;
                let message = format!("`{name}` means {other} in a deck, so that {own} is never found by it");
                findings.push(finding(message, place, vec![(format!("names {other}"), first)]));
            }
            for key in keys {
                known.entry(key).or_insert((at, place));
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

#[cfg(test)]
mod tests {
    use super::AliasClash;
    use crate::rules::Rule;
    use crate::rules::examples::Binder;

    /// What is said of two metrics, each with its label and one synonym.
    #[track_caller]
    fn says([(first, a), (second, b)]: [(&str, &str); 2], expected: &[&str]) {
        let source = format!(
            "version: 1\nmetrics:\n  - {{name: m1, label: {first}, synonyms: ['{a}'], unit: USD, values: {{FY2030: 1}}}}\n  - {{name: m2, label: {second}, synonyms: ['{b}'], unit: percent, values: {{FY2030: 2}}}}\n"
        );
        let deck = Binder::of("# Margins\n").with_source("metrics.yaml", &source).bound();
        let mut findings = Vec::new();
        AliasClash.check(&deck, &mut findings);
        let said: Vec<&str> = findings.iter().map(|finding| deck.files.slice(finding.place)).collect();
        assert_eq!(said, expected, "{source}");
    }

    #[test]
    fn names_with_a_currency_sign() {
        // An amount and the rate of its name.
        says([("Profit", "Margin $"), ("Margin", "Rate")], &[]);
        says([("Profit", "Margin $"), ("Rate", "margin")], &[]);
        // Two amounts.
        says([("Profit", "Margin $"), ("Contribution", "the margin $")], &["the margin $"]);
        says([("Margin $", "Profit"), ("Contribution", "the margin $")], &["the margin $"]);
    }
}
