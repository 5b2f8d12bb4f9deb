//! Reports: what a person or a machine is told of a checked deck. One file an output format; [`mod@format`] lists those of a check.
//!
//! Enters: a [`Report`](crate::Report). Leaves: bytes on a writer.
//! Invariant: no format judges anything; counts and places come from here, so that all formats say the same.

pub mod claims;
pub mod csv;
pub mod diff;
pub mod failures;
pub mod fixes;
pub mod format;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub(crate) mod ledger;
pub mod markdown;
pub mod rules;
pub mod sarif;
pub(crate) mod statements;
pub mod terminal;
pub mod trace;
#[cfg(feature = "office")]
pub mod xlsx;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::check::Places;
use crate::claim::{Claim, Status};
use crate::deck::Deck;
use crate::finding::{CauseKind, Finding, Level};
use crate::span::{FileId, Place};
use crate::words::on_one_line;

/// How many claims have which status, and where from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) documents: usize,
    pub(crate) slides: usize,
    pub(crate) claims: usize,
    pub(crate) tied: usize,
    pub(crate) agreed: usize,
    pub(crate) derived: usize,
    pub(crate) untraced: usize,
    pub(crate) ambiguous: usize,
    pub(crate) waived: usize,
    pub(crate) disagree: usize,
}

impl Tally {
    /// Counts a deck.
    pub(crate) fn of(deck: &Deck) -> Self {
        let mut tally = Self {
            documents: deck.documents.len(),
            slides: deck.documents.iter().map(|document| document.slides).sum(),
            claims: deck.claims.len(),
            ..Self::default()
        };
        for claim in &deck.claims {
            *match claim.status {
                Status::Tied => &mut tally.tied,
                Status::Agreed => &mut tally.agreed,
                Status::Derived => &mut tally.derived,
                Status::Untraced => &mut tally.untraced,
                Status::Ambiguous => &mut tally.ambiguous,
                Status::Waived => &mut tally.waived,
                Status::Disagrees => &mut tally.disagree,
            } += 1;
        }
        tally
    }

    /// How many claims have each status, as a summary says it.
    pub(crate) fn statuses(&self) -> [(usize, &'static str); 7] {
        [
            (self.tied, "tied"),
            (self.agreed, "agreed"),
            (self.derived, "derived"),
            (self.untraced, "untraced"),
            (self.ambiguous, "ambiguous"),
            (self.waived, "waived"),
            (self.disagree, if self.disagree == 1 { "disagrees" } else { "disagree" }),
        ]
    }

    /// Whether there are numbers and each is right; one that a human accepted need not be.
    pub(crate) fn all_tie(&self) -> bool {
        self.claims > 0 && self.tied + self.agreed + self.derived == self.claims
    }
}

/// How many findings there are of each level that has some: `3 errors`, `1 warning`.
pub(crate) fn levels(findings: &[Finding]) -> Vec<String> {
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "note")];
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    let counts = levels.iter().map(|(level, noun)| (count(*level), noun));
    counts.filter(|(number, _)| *number > 0).map(|(number, noun)| counted(number, noun)).collect()
}

/// Findings in the order in which they are worth a reader's time, for formats of which only the top is seen: by level, then how sure
/// they are, then what could turn a decision (a sign, a plan taken for the outcome, a wrong direction), then as they stand in the deck.
pub(crate) fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let turns_a_decision = |finding: &Finding| {
        let cause = finding.cause.as_ref().map(|cause| cause.kind);
        finding.rule == "direction-mismatch" || matches!(cause, Some(CauseKind::SignFlip | CauseKind::WrongScenario))
    };
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| (Reverse(finding.level), Reverse(finding.confidence), !turns_a_decision(finding)));
    sorted
}

/// `stale-period: equals FY2025-Q2`; `None` where nothing explains the number.
pub(crate) fn cause(finding: &Finding) -> Option<String> {
    let cause = finding.cause.as_ref().filter(|cause| cause.kind != CauseKind::Unknown)?;
    Some(format!("{}: {}", cause.kind.name(), cause.detail))
}

/// Which slide a place stands on. Findings carry their own; the other sides of a finding are looked up here.
pub(crate) struct Slides(Vec<(FileId, Vec<(usize, usize)>)>);

impl Slides {
    /// Indexes the slides of a deck: where each block starts, and its slide.
    pub(crate) fn of(deck: &Deck) -> Self {
        let mut documents: Vec<_> = deck
            .documents
            .iter()
            .map(|document| {
                let mut starts: Vec<_> = document.blocks.iter().map(|block| (block.span.start, block.slide)).collect();
                starts.sort_unstable();
                (document.file, starts)
            })
            .collect();
        documents.sort_unstable_by_key(|(file, _)| *file);
        Self(documents)
    }

    /// The slide of a place, from 1; `None` outside the deck.
    pub(crate) fn at(&self, place: Place) -> Option<usize> {
        let document = self.0.binary_search_by_key(&place.file, |(file, _)| *file).ok()?;
        let (_, starts) = &self.0[document];
        let after = starts.partition_point(|(start, _)| *start <= place.span.start);
        Some(after.checked_sub(1).map_or(1, |at| starts[at].1))
    }
}

/// The same on one line.
pub(crate) fn on_line(text: &str) -> String {
    visible(&on_one_line(text)).into_owned()
}

/// Text of a deck, safe to show on a terminal: what would move the cursor, hide or reorder text is spelt out.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unsafe(c) {
            // Writing to a string does not fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Control characters (escape sequences among them), and the marks that change the direction of the text around them.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A number and its noun: `1 slide`, `12 slides`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A decimal without exponent, trailing zeros or a minus before zero.
pub(crate) fn plain(value: Decimal) -> String {
    if value.is_zero() { "0".to_owned() } else { value.normalize().to_string() }
}

/// Which findings are about which numbers.
pub(crate) struct About<'a> {
    findings: Vec<&'a Finding>,
    places: Places,
}

impl<'a> About<'a> {
    /// Indexes findings.
    pub(crate) fn of(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let findings: Vec<_> = findings.into_iter().collect();
        let places = Places::new(findings.iter().map(|finding| finding.place));
        Self { findings, places }
    }

    /// Numbers of the findings that point at a claim, in their order.
    pub(crate) fn numbers(&self, claim: &Claim) -> Vec<usize> {
        let mut here: Vec<usize> = self.places.meeting(claim.place).collect();
        here.sort_unstable();
        here
    }

    /// The findings that point at a claim, in their order.
    pub(crate) fn claim(&self, claim: &Claim) -> Vec<&'a Finding> {
        self.numbers(claim).into_iter().filter_map(|at| self.findings.get(at).copied()).collect()
    }
}

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_spelt_out() {
        assert_eq!(visible("plain – text"), "plain – text");
        assert_eq!(visible("\u{1b}[31m$4M\r\u{202e}x\u{9b}"), "\\u{1b}[31m$4M\\u{d}\\u{202e}x\\u{9b}");
    }

    #[test]
    fn decimals_are_plain() {
        for (value, expected) in [
            ("42300000.00", "42300000"),
            ("-0.0", "0"),
            ("0.051", "0.051"),
            ("-71.50", "-71.5"),
            ("0.0000001", "0.0000001"),
        ] {
            assert_eq!(plain(value.parse().expect("a decimal")), expected);
        }
        assert_eq!(plain(Decimal::MAX), "79228162514264337593543950335");
    }

    #[test]
    fn places_know_their_slide() {
        let report = sample::report();
        let slides = Slides::of(&report.deck);
        let at = |file, text| slides.at(sample::place(&report.deck.files, file, text));
        assert_eq!(at("slides.md", "Third quarter"), Some(1));
        assert_eq!(at("slides.md", "$42.3M"), Some(2));
        assert_eq!(at("metrics.yaml", "41_318_204"), None);
    }
}
