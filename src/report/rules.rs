//! The list of rules and their manual pages, for people.
//!
//! Enters: the registry. Leaves: text. Invariant: every rule of the registry is listed once, under its family.

use std::io::{self, Write};

use crate::rules::{self, RULES, Rule};

/// Writes the rules, family by family.
pub fn write(out: &mut dyn Write) -> io::Result<()> {
    let mut families: Vec<_> = RULES.iter().map(|rule| rule.family()).collect();
    families.sort_unstable();
    families.dedup();
    let width = RULES.iter().map(|rule| rule.name().len()).max().unwrap_or(0);
    for (at, family) in families.into_iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", family.name())?;
        for rule in RULES.iter().filter(|rule| rule.family() == family) {
            writeln!(out, "  {:width$}  {:7}  {}", rule.name(), rule.level().name(), rules::summary(*rule))?;
        }
    }
    Ok(())
}

/// Writes a rule's manual page.
pub fn explain(rule: &dyn Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, {} by default)\n", rule.name(), rule.family().name(), rule.level().name())?;
    out.write_all(rules::manual(rule).trim_end().as_bytes())?;
    writeln!(out)
}
