//! A waiver that accepts nothing.
//!
//! A waiver says that a human looked at a finding and agreed to it, and why. When the number is mended, or the sentence is
//! rewritten, the waiver stays behind, and one day hides something else. So a waiver that matches no finding any more is reported:
//! a comment (`<!-- tieout: allow RULE -- reason -->`, in YAML `# tieout: allow RULE -- reason`) as well as an entry of
//! `tieout.yaml`. A comment covers its own line, or the next block where it stands by itself or behind a heading; `allow-file` the
//! document.
//!
//! A comment that names no rule, gives no reason or asks for something that tieout does not know has no effect; that is said here
//! too. Nothing is said of waivers whose rule is switched off or whose document is not being checked, nor where tieout may only be
//! keeping quiet for want of evidence: of a waiver for a sum as long as a total of its table is not the sum of its parts, and of one
//! for numbers as long as none of those it covers is known to be right.
//!
//! A pin (`<!-- tieout: $42.3M = arr @ FY2025-Q3 plan -->`), which settles what a number states, is told of in the same way when no number
//! near it is written so, or when it names no metric or period.
//!
//! What to do: delete the waiver, or give it its reason.
//!
//! ```deck
//! # Sales by region
//!
//! <!-- tieout: allow total-not-sum -- rounding agreed with the auditors -->
//!
//! | $ thousands | 2030 | 2031 |
//! | --- | ---: | ---: |
//! | North | 1,204 | 1,377 |
//! | South | 893 | 921 |
//! | Total | 2,097 | 2,298 |
//! ```
//! ```finding
//! unused-waiver at <!-- tieout: allow total-not-sum -- rounding agreed with the auditors -->
//! ```
//!
//! Without a reason there is no waiver:
//!
//! ```deck
//! <!-- tieout: allow-file malformed-number -->
//!
//! # Outlook
//!
//! The pipeline is $,398,433 today.
//! ```
//! ```finding
//! unused-waiver at <!-- tieout: allow-file malformed-number -->
//! malformed-number at $,398,433
//! ```
//!
//! ```quiet-deck
//! # Sales by region
//!
//! <!-- tieout: allow total-not-sum -- the last column is as published; agreed with the auditors -->
//!
//! | $ thousands | 2030 | 2031 |
//! | --- | ---: | ---: |
//! | North | 1,204 | 1,377 |
//! | South | 893 | 921 |
//! | Total | 2,097 | 2,398 |
//! ```

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::bind::pin;
use crate::check::{Places, Scope, Waiver, level, level_at};
use crate::claim::Status;
use crate::deck::Deck;
use crate::finding::{Finding, Level};
use crate::footing::unsettled;
use crate::grid::Grid;
use crate::rules::{self, Family, Rule, Stage};
use crate::span::{FileId, Span};

/// The rule.
#[derive(Debug)]
pub(crate) struct UnusedWaiver;

impl Rule for UnusedWaiver {
    fn name(&self) -> &'static str {
        "unused-waiver"
    }

    fn family(&self) -> Family {
        Family::Hygiene
    }

    fn level(&self) -> Level {
        Level::Warning
    }

    fn source(&self) -> &'static str {
        include_str!("unused_waiver.rs")
    }

    fn stage(&self) -> Stage {
        Stage::Outcome
    }

    fn check(&self, deck: &Deck, findings: &mut Vec<Finding>) {
        let near = Nearby::default();
        findings.extend(pin::flaws(deck).into_iter().map(|(place, flaw)| Finding {
            help: flaw.help,
            ..Finding::at(self.name(), self.level(), flaw.message, place, None)
        }));
        for waiver in deck.waivers.iter().filter(|waiver| !waiver.used) {
            let said = match &waiver.flaw {
                Some(flaw) => Some((flaw.message.clone(), flaw.help.clone())),
                None => lost(deck, waiver).or_else(|| in_force(deck, &near, waiver).then(|| stale(waiver))),
            };
            if let Some((message, help)) = said {
                findings.push(Finding { help, ..Finding::at(self.name(), self.level(), message, waiver.place, None) });
            }
        }
    }
}

/// What to say of a waiver whose document is no longer there, or whose words no longer stand in it.
fn lost(deck: &Deck, waiver: &Waiver) -> Option<(String, Option<String>)> {
    let Scope::Configured(at) = waiver.scope else { return None };
    let configured = deck.config.waivers.get(at)?;
    // Without a path, its number may stand in a document that this run was not given.
    if let Some(text) = configured.text.as_deref().filter(|_| !configured.gone && configured.path.is_some()) {
        // The waiver itself quotes it.
        let others = deck.files.iter().filter(|(id, _)| *id != configured.place.file);
        let covered = others.filter(|(_, file)| deck.config.waiver_covers(configured, file.path()));
        let mut covered = covered.peekable();
        covered.peek()?;
        return covered.all(|(_, file)| !file.text().contains(text)).then(|| {
            let message = format!("nothing where it applies reads `{text}` any more, so this waiver accepts nothing");
            (message, Some("delete it, so that it cannot hide another finding one day".to_owned()))
        });
    }
    let path = configured.path.as_deref().filter(|_| configured.gone)?;
    let help = "delete it, or give the name that the document has now; the path starts from the folder of this file";
    Some((format!("there is no `{path}` any more, so this waiver accepts nothing"), Some(help.to_owned())))
}

/// Whether the waiver had its chance and accepted nothing: its rule runs before this one, on documents that it covers.
fn in_force(deck: &Deck, near: &Nearby, waiver: &Waiver) -> bool {
    let in_effect = |rule: &dyn Rule| match waiver.scope {
        Scope::Configured(_) => level(deck, rule),
        Scope::Nearby(_) | Scope::Document => level_at(deck, rule, waiver.place),
    };
    let runs = rules::named(&waiver.rule)
        .is_some_and(|rule| in_effect(rule) > Level::Off && rule.name() != UnusedWaiver.name());
    let reaches = match waiver.scope {
        Scope::Configured(at) => deck.config.waivers.get(at).is_some_and(|configured| {
            deck.files.iter().any(|(_, file)| deck.config.waiver_covers(configured, file.path()))
        }),
        Scope::Nearby(_) | Scope::Document => true,
    };
    runs && reaches && !has_open_sum(deck, near, waiver) && !has_only_open_claims(deck, near, waiver)
}

/// Claims and tables by place: a deck may have many waivers, and each covers little.
#[derive(Default)]
struct Nearby {
    claims: OnceCell<Places>,
    grids: OnceCell<BTreeMap<(FileId, Span), Vec<usize>>>,
}

impl Nearby {
    /// The claims that a waiver may cover.
    fn claims(&self, deck: &Deck, waiver: &Waiver) -> Vec<usize> {
        if !matches!(waiver.scope, Scope::Nearby(_)) {
            return (0..deck.claims.len()).collect();
        }
        let claims = self.claims.get_or_init(|| Places::new(deck.claims.iter().map(|claim| claim.place)));
        waiver.stretches(deck).into_iter().flat_map(|stretch| claims.meeting(stretch)).collect()
    }

    /// The tables of a block.
    fn grids(&self, deck: &Deck, file: FileId, block: Span) -> &[usize] {
        let by_block = self.grids.get_or_init(|| {
            let mut by_block: BTreeMap<_, Vec<usize>> = BTreeMap::new();
            for (at, grid) in deck.grids.iter().enumerate() {
                let document = &deck.documents[grid.document];
                if let Some(block) = document.blocks.get(grid.block) {
                    by_block.entry((document.file, block.span)).or_default().push(at);
                }
            }
            by_block
        });
        by_block.get(&(file, block)).map_or(&[], Vec::as_slice)
    }
}

/// Whether it is about a sum, and one that it covers is still open.
fn has_open_sum(deck: &Deck, near: &Nearby, waiver: &Waiver) -> bool {
    if !matches!(waiver.rule.as_str(), "total-not-sum" | "cross-total") {
        return false;
    }
    let covered = |grid: &&Grid| {
        let file = deck.documents[grid.document].file;
        match waiver.scope {
            Scope::Nearby(_) => false,
            Scope::Document => file == waiver.place.file,
            Scope::Configured(at) => deck
                .config
                .waivers
                .get(at)
                .is_some_and(|configured| deck.config.waiver_covers(configured, deck.files.get(file).path())),
        }
    };
    match waiver.scope {
        Scope::Nearby(block) => block.is_some_and(|block| {
            near.grids(deck, waiver.place.file, block).iter().any(|&at| unsettled::is_unsettled(&deck.grids[at]))
        }),
        _ => deck.grids.iter().filter(covered).any(unsettled::is_unsettled),
    }
}

fn stale(waiver: &Waiver) -> (String, Option<String>) {
    let whereabouts = match waiver.scope {
        Scope::Nearby(None) => "on its line",
        Scope::Nearby(Some(_)) => "on its line and in the block after it",
        Scope::Document => "in this document",
        Scope::Configured(_) => "where it applies",
    };
    let message = format!("nothing {whereabouts} is a {} any more, so this waiver accepts nothing", waiver.rule);
    (message, Some("delete it, so that it cannot hide another finding one day".to_owned()))
}

/// Whether it is about numbers, and nothing tells whether those that it covers are right.
fn has_only_open_claims(deck: &Deck, near: &Nearby, waiver: &Waiver) -> bool {
    let numbers = matches!(
        waiver.rule.as_str(),
        "value-mismatch"
            | "self-contradiction"
            | "change-mismatch"
            | "ratio-mismatch"
            | "roll-forward"
            | "identity-mismatch"
            | "percent-for-points"
            | "direction-mismatch"
            | "false-superlative"
    );
    if !numbers {
        return false;
    }
    let claims = near.claims(deck, waiver).into_iter().map(|at| &deck.claims[at]);
    let mut covered = claims.filter(|claim| waiver.covers(deck, claim.place)).peekable();
    covered.peek().is_some() && covered.all(|claim| matches!(claim.status, Status::Untraced | Status::Ambiguous))
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::rules::examples::{Binder, brief};

    /// What is said of the waivers of a text.
    fn said(text: &str) -> Vec<String> {
        let mut deck = Binder::of(text).bound();
        let findings = check(&mut deck);
        findings.iter().filter(|finding| finding.rule == "unused-waiver").map(|finding| brief(&deck, finding)).collect()
    }

    #[test]
    fn what_has_no_effect_is_said() {
        for (text, expected) in [
            ("<!-- tieout: allow total-not-some -- agreed -->", true),
            ("<!-- tieout: allow -- agreed -->", true),
            ("<!-- tieout: ignore total-not-sum -- agreed -->", true),
            ("<!-- tieout: allow total-not-sum -->", true),
            ("<!-- tieout: allow total-not-sum -- agreed -->", true),
            ("<!-- tieout: $42.3M = arr @ FY2025-Q3 -->", true),
            // A rule that is off has no findings, and this rule cannot judge its own waivers.
            ("<!-- tieout: allow untraced-claim -- not in the ledger -->", false),
            ("<!-- tieout: allow unused-waiver -- only some months have it -->", false),
        ] {
            assert_eq!(!said(&format!("# Sales\n\n{text}\n\nAll is well.\n")).is_empty(), expected, "{text}");
        }
    }

    #[test]
    fn a_waiver_of_a_waiver() {
        let text = "<!-- tieout: allow-file unused-waiver -- only some months have it -->\n\n\
                    <!-- tieout: allow total-not-sum -- rounding -->\n\n| k | 2031 |\n|---|---|\n| A | 1 |\n";
        assert!(said(text).is_empty());
    }

    #[test]
    fn a_number_that_nothing_confirms_keeps_its_waiver() {
        let text = |number: &str, beside: &str| {
            format!(
                "<!-- tieout: allow self-contradiction -- preliminary close -->\n\nReceivables were {number} in FY31.\n\n\
                 # Appendix\n\n| $ | FY31 | FY30 |\n|---|---:|---:|\n| {beside} | 96,400 | 88,100 |\n| Cash | 12,400 | 11,800 |\n"
            )
        };
        assert_eq!(said(&text("$96,400", "Receivables")).len(), 1);
        assert!(said(&text("$97,150", "Receivables")).is_empty(), "it is used");
        assert!(said(&text("$97,150", "Payables")).is_empty(), "nothing is known of it");
    }

    #[test]
    fn a_number_that_no_longer_stands_there() {
        let said = |text: &str, path: &str| {
            let config = format!(
                "version: 1\nwaivers:\n  - {{rule: total-not-sum, {path}text: \"{text}\", reason: the register is being corrected}}\n"
            );
            let deck = "# Homes\n\n| Homes | June |\n|---|---:|\n| Let | 5,214 |\n| Empty | 22 |\n| Total | 5,263 |\n";
            let mut deck = Binder::of(deck).with_config(&config).bound();
            check(&mut deck).iter().filter(|finding| finding.rule == "unused-waiver").count()
        };
        assert_eq!(said("6,928", "path: slides.md, "), 1);
        assert_eq!(said("5,263", "path: slides.md, "), 0);
        assert_eq!(said("6,928", ""), 0, "it may stand in a document that is not read now");
    }

    #[test]
    fn an_open_sum_keeps_its_waiver() {
        let table = |total: &str| {
            format!(
                "<!-- tieout: allow total-not-sum -- a bank fee that the ledger takes next month -->\n\n\
                 | Account | Balance |\n|---|---:|\n| Operating | 41,260 |\n| Reserve | 75,000 |\n| Total | {total} |\n"
            )
        };
        assert!(said(&table("116,281")).is_empty());
        assert_eq!(said(&table("116,260")).len(), 1);
    }
}
