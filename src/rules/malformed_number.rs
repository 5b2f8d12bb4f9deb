//! Something that is nearly a number, and could be several.
//!
//! `$,398,433` has lost its first digits, `$94,7300` has one too many behind the comma, `$1, 127.1K` is torn apart. No reading of it is
//! certain, so tieout reads none: the number is reported, and compared with nothing. Only what no custom of writing numbers
//! explains is reported; `1.234,50` and `1 234.50` are numbers somewhere.
//!
//! What to do: write the number that is meant.
//!
//! ```deck
//! # Outlook
//!
//! The pipeline is $,398,433 today.
//!
//! | Region | Orders |
//! | --- | ---: |
//! | North | $94,7300 |
//! ```
//! ```finding
//! malformed-number at $,398,433
//! malformed-number at $94,7300
//! ```
//!
//! ```quiet-deck
//! # Outlook
//!
//! The pipeline is $3,398,433 today, or $3.4M; orders were 12,40,000 under build 4.2.1 of the ledger.
//! ```

use crate::deck::Deck;
use crate::extract::MentionKind;
use crate::finding::{Finding, Level};
use crate::misread;
use crate::rules::{Family, Rule};

/// The rule.
#[derive(Debug)]
pub(crate) struct MalformedNumber;

impl Rule for MalformedNumber {
    fn name(&self) -> &'static str {
        "malformed-number"
    }

    fn family(&self) -> Family {
        Family::Wording
    }

    fn source(&self) -> &'static str {
        include_str!("malformed_number.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        findings.extend(misread::all(deck, problem).into_iter().map(|misread| Finding {
            help: Some("write the number that is meant; as it stands it was compared with nothing".to_owned()),
            ..Finding::at(self.name(), Level::Error, misread.problem, misread.place, Some(misread.slide))
        }));
    }
}

fn problem(kind: &MentionKind) -> Option<&str> {
    match kind {
        MentionKind::Malformed(problem) => Some(problem),
        _ => None,
    }
}
