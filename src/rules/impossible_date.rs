//! A date that no calendar has.
//!
//! The 31st of September, the 30th of February, 29 February of a year without one: the day, the month or the year was mistyped, and
//! whatever is stated "as of" it hangs in the air. A date whose day and month can be swapped into a real one is not reported: it is
//! only written in another country's order.
//!
//! What to do: write the date that is meant.
//!
//! ```deck
//! # Balances
//!
//! Balances as of 9.31.22 are in the appendix; the auditors come on 30 February 2023.
//! ```
//! ```finding
//! impossible-date at 9.31.22
//! impossible-date at 30 February 2023
//! ```
//!
//! ```quiet-deck
//! # Balances
//!
//! Balances as of 2.28.22 are in the appendix; the auditors come on 31/12/2022, 29 February 2024 or 12/31/2024.
//! ```

use crate::deck::Deck;
use crate::extract::MentionKind;
use crate::finding::{Finding, Level};
use crate::misread;
use crate::rules::{Family, Rule};

/// The rule.
#[derive(Debug)]
pub(crate) struct ImpossibleDate;

impl Rule for ImpossibleDate {
    fn name(&self) -> &'static str {
        "impossible-date"
    }

    fn family(&self) -> Family {
        Family::Wording
    }

    fn source(&self) -> &'static str {
        include_str!("impossible_date.rs")
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        findings.extend(misread::all(deck, problem).into_iter().map(|misread| Finding {
            help: Some("write the date that is meant".to_owned()),
            ..Finding::at(self.name(), Level::Error, misread.problem, misread.place, Some(misread.slide))
        }));
    }
}

fn problem(kind: &MentionKind) -> Option<&str> {
    match kind {
        MentionKind::ImpossibleDate(problem) => Some(problem),
        _ => None,
    }
}
