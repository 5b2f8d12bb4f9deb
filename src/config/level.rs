//! Levels of rules: their own, those of the configuration, those that a run asks for.
//!
//! Enters: `rules:` of the configuration and of its documents, `--select` and `--ignore`. Leaves: the level of a rule, at a document.
//! Invariant: what a run reports under a selection is what it reports without one, less the rules that are not selected, and with those
//! that are off and selected by name.

use std::collections::BTreeSet;

use super::Config;
use crate::error::Failure;
use crate::finding::Level;
use crate::rules;

/// Which rules a run is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// These and no others; all that are not off when it is empty.
    select: BTreeSet<String>,
    /// Not these.
    ignore: BTreeSet<String>,
}

impl Selection {
    /// Takes names of rules; white space around them is none of theirs (`--select "value-mismatch, cross-total"`).
    ///
    /// # Errors
    /// One for each name that no rule has.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, Vec<Failure>> {
        let [select, ignore]: [Vec<&str>; 2] =
            [select, ignore].map(|names| names.iter().map(|name| name.trim()).collect());
        let names = select.iter().chain(&ignore);
        let unknown: Vec<Failure> =
            names.filter(|name| rules::named(name).is_none()).map(|name| rules::unknown(name)).collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Ok(Self { select: owned(select), ignore: owned(ignore) })
    }
}

impl Config {
    /// The level of a rule at a document, by the path that is shown; `own` is what it is where nobody says otherwise.
    pub(crate) fn level(&self, rule: &str, own: Level, shown: &str) -> Level {
        let there = self.documents.iter().any(|settings| settings.rules.contains_key(rule));
        let there = there.then(|| self.document(shown).find_map(|settings| settings.rules.get(rule))).flatten();
        self.selected(rule, there.or_else(|| self.rules.get(rule)).copied().unwrap_or(own))
    }

    /// The highest level that a rule has at any document: whether it is to be run at all.
    pub(crate) fn highest_level(&self, rule: &str, own: Level) -> Level {
        let everywhere = self.rules.get(rule).copied().unwrap_or(own);
        let there = self.documents.iter().filter_map(|settings| settings.rules.get(rule)).copied();
        self.selected(rule, there.fold(everywhere, Level::max))
    }

    /// What a selection makes of a level. A rule that is off and asked for by name is a warning.
    fn selected(&self, rule: &str, level: Level) -> Level {
        if level == Level::Off && self.selection.select.contains(rule) { Level::Warning } else { level }
    }

    /// Whether this run reports what the rule finds. A rule that is not reported still runs: what it finds explains what others would
    /// say of the same number.
    pub(crate) fn reports(&self, rule: &str) -> bool {
        let Selection { select, ignore } = &self.selection;
        (select.is_empty() || select.contains(rule)) && !ignore.contains(rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    fn config(text: &str, select: &[&str], ignore: &[&str]) -> Config {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let selection = Selection::new(&names(select), &names(ignore)).expect("rules");
        Config { selection, ..Config::parse(FileId(0), text, &rules::known()).expect("a configuration") }
    }

    #[test]
    fn the_nearest_setting_counts() {
        let text = "rules: {total-not-sum: warning}\ndocuments:\n\
                    - {path: drafts, rules: {total-not-sum: info, untraced-claim: error}}\n\
                    - {path: '**/*.md', rules: {total-not-sum: off, value-mismatch: info}}\n";
        let config = config(text, &[], &[]);
        for (rule, path, expected) in [
            ("total-not-sum", "drafts/a.md", Level::Info),
            ("total-not-sum", "a.md", Level::Off),
            ("total-not-sum", "a.yaml", Level::Warning),
            ("value-mismatch", "drafts/a.md", Level::Info),
            ("value-mismatch", "a.yaml", Level::Error),
            ("cross-total", "a.md", Level::Error),
        ] {
            assert_eq!(config.level(rule, Level::Error, path), expected, "{rule} at {path}");
        }
        assert_eq!(config.highest_level("untraced-claim", Level::Off), Level::Error);
        assert_eq!(config.level("untraced-claim", Level::Off, "a.md"), Level::Off);
    }

    #[test]
    fn a_run_is_about_the_rules_that_it_selects() {
        let chosen = config("rules: {total-not-sum: warning}\n", &["total-not-sum", " untraced-claim "], &[]);
        let level = |rule, own| chosen.level(rule, own, "a.md");
        assert_eq!(level("total-not-sum", Level::Error), Level::Warning);
        assert_eq!(level("untraced-claim", Level::Off), Level::Warning, "off by itself, and asked for");
        assert!(chosen.reports("untraced-claim") && !chosen.reports("value-mismatch"));
        let without = config("", &[], &["value-mismatch"]);
        assert!(without.reports("total-not-sum") && !without.reports("value-mismatch"));
        assert!(!config("", &["value-mismatch"], &["value-mismatch"]).reports("value-mismatch"));
    }

    #[test]
    fn every_unknown_rule_is_told() {
        let names = |names: [&str; 1]| names.map(str::to_owned);
        let failures = Selection::new(&names(["value-missmatch"]), &names(["no-such-rule"])).expect_err("unknown");
        assert_eq!(failures.len(), 2);
        assert_eq!(failures[0].help.as_deref(), Some("did you mean `value-mismatch`?"));
    }
}
