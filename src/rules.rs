//! The rules, one a file, and the registry that lists them.
//!
//! Enters: a bound [`Deck`]. Leaves: findings.
//! Invariant: a rule's manual page is the `//!` comment of its own file, and the examples in it are executed by a test.
//! Adding a rule means adding its file and its line in [`RULES`].

mod alias_clash;
mod ambiguous_claim;
mod bridge_not_closed;
mod change_mismatch;
mod cross_total;
mod definition_drift;
mod direction_mismatch;
mod doubt;
mod duplicate_definition;
#[cfg(test)]
pub(crate) mod examples;
mod false_superlative;
mod formula_mismatch;
mod identity_mismatch;
mod impossible_date;
mod impossible_percentage;
mod lines;
mod malformed_number;
mod percent_for_points;
mod period_sum_mismatch;
mod ratio_mismatch;
mod roll_forward;
mod self_contradiction;
mod shares_not_whole;
mod source_conflict;
mod total_not_sum;
mod unreadable_block;
mod untraced_claim;
mod unused_waiver;
mod value_mismatch;

use crate::deck::Deck;
use crate::error::{Failure, suggestion};
use crate::finding::{Finding, Level};

/// Something that can be wrong with a deck.
pub trait Rule: Sync {
    /// Its name: "allow ⟨name⟩" reads right.
    fn name(&self) -> &'static str;
    /// The group it is listed under.
    fn family(&self) -> Family;
    /// Its level unless configuration says otherwise.
    fn level(&self) -> Level {
        Level::Error
    }
    /// The source of its file, whose leading comment is the manual page: `include_str!("this_file.rs")`.
    fn source(&self) -> &'static str;
    /// When it is run.
    fn stage(&self) -> Stage {
        Stage::Deck
    }
    /// Judges the deck.
    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>);
}

/// When a rule is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// On the deck, in the order of precedence.
    Deck,
    /// When every claim has its status and every waiver has met the findings it accepts.
    Outcome,
}

/// A group of rules.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Family {
    /// Deck against source.
    Source,
    /// Deck against itself.
    Consistency,
    /// Sums, changes, ratios.
    Arithmetic,
    /// Words against numbers.
    Wording,
    /// The source against itself.
    SourceFile,
    /// tieout's own housekeeping.
    Hygiene,
}

impl Family {
    /// Its name in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Consistency => "consistency",
            Self::Arithmetic => "arithmetic",
            Self::Wording => "wording",
            Self::SourceFile => "source file",
            Self::Hygiene => "hygiene",
        }
    }
}

/// Every rule, in the order of precedence: when two explain one mistake, the earlier one speaks. `unused-waiver` is last, when every
/// other finding has met its waivers.
pub const RULES: &[&dyn Rule] = &[
    &value_mismatch::ValueMismatch,
    &self_contradiction::SelfContradiction,
    &source_conflict::SourceConflict,
    &formula_mismatch::FormulaMismatch,
    &period_sum_mismatch::PeriodSumMismatch,
    &alias_clash::AliasClash,
    &cross_total::CrossTotal,
    &total_not_sum::TotalNotSum,
    &bridge_not_closed::BridgeNotClosed,
    &identity_mismatch::IdentityMismatch,
    &roll_forward::RollForward,
    &ratio_mismatch::RatioMismatch,
    &change_mismatch::ChangeMismatch,
    &shares_not_whole::SharesNotWhole,
    &impossible_percentage::ImpossiblePercentage,
    &percent_for_points::PercentForPoints,
    &direction_mismatch::DirectionMismatch,
    &false_superlative::FalseSuperlative,
    &definition_drift::DefinitionDrift,
    &duplicate_definition::DuplicateDefinition,
    &malformed_number::MalformedNumber,
    &impossible_date::ImpossibleDate,
    &unreadable_block::UnreadableBlock,
    &untraced_claim::UntracedClaim,
    &ambiguous_claim::AmbiguousClaim,
    &unused_waiver::UnusedWaiver,
];

/// Every name that a configuration may give a level to or waive.
pub(crate) fn known() -> Vec<&'static str> {
    let mut names: Vec<_> = RULES.iter().map(|rule| rule.name()).collect();
    names.sort_unstable();
    names
}

/// The rule of that name.
pub fn named(name: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.name() == name)
}

/// A rule's manual page: the `//!` comment that opens its file.
pub fn manual(rule: &dyn Rule) -> String {
    let lines = rule.source().lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

/// The first line of the manual page: what the rule says, in one sentence.
pub fn summary(rule: &dyn Rule) -> String {
    manual(rule)
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim_start_matches(['#', ' '])
        .to_owned()
}

/// What to say of a name that no rule has.
pub fn unknown(name: &str) -> Failure {
    let failure = Failure::new(format!("there is no rule `{name}`"));
    failure.with_suggestion(suggestion(name, RULES.iter().map(|rule| rule.name())), "`tieout rules` lists them")
}
