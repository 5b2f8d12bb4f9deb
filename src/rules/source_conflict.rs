//! The sources state one fact twice, with two values.
//!
//! HR's headcount against Finance's, or a row that was pasted twice and mended once. The same value to several places is one
//! statement: `$38.1M` and 38,118,400 agree, and so do FY2025-H1 and FY2025-Q2-YTD of a flow.
//!
//! While the sources differ, a number of the deck that ties to either of them is tied. The conflict is reported here, once, at the
//! statement that stands alone, else at the later one.
//!
//! What to do: put the wrong source right. Where one source is always to be preferred, list the sources in `tieout.yaml` in that
//! order and say `first_source_wins: true`.
//!
//! ```deck
//! # People
//!
//! We were 412 people at the end of June.
//! ```
//! ```metrics
//! metrics:
//!   - name: headcount
//!     label: Headcount
//!     unit: count
//!     period_type: instant
//!     values: {FY2030-Q1: 398, FY2030-Q2: 412}
//! ```
//! ```metrics hr.csv
//! metric,period,value
//! Headcount,FY2030-Q2,421
//! ```
//! ```finding
//! source-conflict at 421: transposed-digits
//! ```
//!
//! One value to several places is no conflict:
//!
//! ```quiet-deck
//! # People
//!
//! Attrition was 7.4% in the second quarter of 2030.
//! ```
//! ```metrics
//! metrics:
//!   - name: attrition
//!     label: Attrition
//!     unit: percent
//!     values: {FY2030-Q2: 7.4}
//! ```
//! ```metrics hr.csv
//! metric,period,value
//! Attrition,FY2030-Q2,7.38
//! ```

use std::cmp::Reverse;

use crate::cause::{self, Side};
use crate::deck::Deck;
use crate::facts::{Facts, Key, index, shown};
use crate::finding::{Confidence, Finding, Level, Related};
use crate::period::Period;
use crate::rules::{Family, Rule};
use crate::source::PeriodType;

/// The rule.
#[derive(Debug)]
pub(crate) struct SourceConflict;

impl Rule for SourceConflict {
    fn name(&self) -> &'static str {
        "source-conflict"
    }

    fn family(&self) -> Family {
        Family::SourceFile
    }

    fn source(&self) -> &'static str {
        include_str!("source_conflict.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let facts = Facts::new(deck);
        for (key, stated) in facts.index().keys() {
            for stated in of_one_writing(deck, key, stated) {
                let mut clusters = index::clusters(&deck.source, &stated);
                // What most statements say is held for right, else what was said first.
                clusters.sort_by_key(|cluster| (Reverse(cluster.len()), cluster[0]));
                let [right, odd @ ..] = clusters.as_slice() else { continue };
                findings.extend(odd.iter().map(|odd| finding(deck, &facts, key, odd, right)));
            }
        }
    }
}

/// A balance that is given for the year and for its last quarter is the business of `period-sum-mismatch`.
fn of_one_writing(deck: &Deck, key: Key, mut stated: Vec<usize>) -> Vec<Vec<usize>> {
    if deck.source.metrics[key.0].period_type != Some(PeriodType::Instant) {
        return vec![stated];
    }
    let length = |at: &usize| match deck.source.facts[*at].period {
        Period::Day(_) => key.1.grain(),
        period => period.grain(),
    };
    stated.sort_by_key(|at| (length(at), *at));
    stated.chunk_by(|a, b| length(a) == length(b)).map(<[usize]>::to_vec).collect()
}

fn finding(deck: &Deck, facts: &Facts<'_>, key: Key, odd: &[usize], right: &[usize]) -> Finding {
    let fact = &deck.source.facts[odd[0]];
    let other = &deck.source.facts[right[0]];
    let (here, there) = (shown(deck, facts, fact), shown(deck, facts, other));
    let cause = facts
        .quantity(fact)
        .zip(facts.quantity(other))
        .map(|(quantity, other)| cause::explain(&quantity, &Side::Written(Box::new(other)), &facts.neighbours(key)));
    let sides = right.iter().map(|at| ("stated here too", *at)).chain(odd[1..].iter().map(|at| ("as here", *at)));
    let related = sides.map(|(message, at)| {
        let fact = &deck.source.facts[at];
        Related { message: format!("{message}: {}", shown(deck, facts, fact)), place: fact.place }
    });
    Finding {
        rule: "source-conflict",
        level: Level::Error,
        confidence: Confidence::High,
        message: format!("{} is {here} here, {there} at {}", facts.subject(fact), deck.files.shown(other.place)),
        place: fact.place,
        slide: None,
        related: related.collect(),
        cause,
        help: Some("put one of the two right; until then a number that ties to either is tied".to_owned()),
        fix: None,
        correction: None,
        fingerprint: String::new(),
    }
}
