//! The deck defines one term twice, and differently.
//!
//! A glossary says that churn is counted in customers, a footnote that it is counted in fees: both numbers may be right, and nobody can
//! tell which is on the slide. Definitions of the same term are compared with one another as `definition-drift` compares them with the
//! source; a term that is defined twice in the same sense is no finding.
//!
//! Only what says outright that it is a definition counts, and a footnote on a term that is defined elsewhere ("Cost ratio: running costs
//! over income."); a definition that is not the source's is reported as that.
//!
//! What to do: keep one definition, and refer to it.
//!
//! ```deck
//! # Retention
//!
//! Active users means users seen within 30 days.
//!
//! # Glossary
//!
//! - **Active users**: users that were seen within 90 days.
//! ```
//! ```finding
//! duplicate-definition at users that were seen within 90 days
//! ```
//!
//! How a figure is worked out is what it means, wherever the deck says so:
//!
//! ```deck
//! # Liquidity
//!
//! Cash days is cash divided by the year's forecast income, times 365.
//!
//! # Glossary
//!
//! - **Cash days**: cash divided by the year's running costs, times 365.
//! ```
//! ```finding
//! duplicate-definition at cash divided by the year's running costs, times 365
//! ```
//!
//! ```quiet-deck
//! # Retention
//!
//! Active users means users seen within 30 days.
//!
//! # Glossary
//!
//! - **Active users**: everybody seen within the last 30 days, on any device.
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::definition_drift::{changes, drift, phrases};
use crate::deck::Deck;
use crate::definition::meaning::{self, Conflict};
use crate::definition::{self, Definition};
use crate::finding::{Confidence, Finding, Level, Related};
use crate::rules::{Family, Rule};

/// The rule.
#[derive(Debug)]
pub(crate) struct DuplicateDefinition;

impl Rule for DuplicateDefinition {
    fn name(&self) -> &'static str {
        "duplicate-definition"
    }

    fn family(&self) -> Family {
        Family::Consistency
    }

    fn level(&self) -> Level {
        Level::Warning
    }

    fn source(&self) -> &'static str {
        include_str!("duplicate_definition.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let mut definitions = definition::all(deck);
        definitions.retain(|definition| !definition.loose);
        // What a note says of a term may be anything; of one that is defined outright elsewhere it is what it means.
        let outright = definitions.iter().filter(|definition| definition.outright);
        let defined: BTreeSet<Vec<String>> = outright.map(|definition| name(deck, definition)).collect();
        let mut first: BTreeMap<Vec<String>, &Definition> = BTreeMap::new();
        for definition in definitions
            .iter()
            .filter(|definition| defined.contains(&name(deck, definition)) && drift(deck, definition).is_none())
        {
            let Some(earlier) = first.get(&name(deck, definition)) else {
                first.insert(name(deck, definition), definition);
                continue;
            };
            let conflicts = meaning::conflicts(&definition.text, &earlier.text);
            if !conflicts.is_empty() {
                findings.push(finding(deck, definition, earlier, &conflicts));
            }
        }
    }
}

/// What the definitions of one term have in common: its metric where it names one, else its words.
fn name(deck: &Deck, definition: &Definition) -> Vec<String> {
    match definition.metric {
        Some(id) => vec![deck.vocabulary.term(id).name.clone()],
        None => definition.key.clone(),
    }
}

fn finding(deck: &Deck, definition: &Definition, earlier: &Definition, conflicts: &[Conflict]) -> Finding {
    let (here, there) = phrases(conflicts);
    let whereabouts = if definition.place.file == earlier.place.file {
        format!("on slide {}", earlier.slide)
    } else {
        format!("in {}", deck.files.get(earlier.place.file).path())
    };
    Finding {
        confidence: Confidence::Medium,
        related: vec![Related { message: "the other definition".to_owned(), place: earlier.place }],
        help: Some(format!("word by word: {}; keep one of them", changes(&earlier.text, &definition.text))),
        ..Finding::at(
            DuplicateDefinition.name(),
            Level::Warning,
            format!("{} is defined with {here} here, with {there} {whereabouts}", definition.term),
            definition.place,
            Some(definition.slide),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::DuplicateDefinition;
    use crate::footing::tests::check;

    #[test]
    fn a_footnote_against_the_glossary() {
        let deck = |footnote: &str| {
            format!(
                "# Efficiency\n\nThe cost ratio[^1] was 81.4%.\n\n[^1]: Cost ratio: running costs over income. {footnote}\n\n# Glossary\n\n- **Cost ratio**: running costs and loan losses over income.\n"
            )
        };
        check(
            &DuplicateDefinition,
            &deck("Loan losses are not in it."),
            &["running costs and loan losses over income"],
        );
        check(&DuplicateDefinition, &deck("Loan losses were high in the north."), &[]);
    }
}
