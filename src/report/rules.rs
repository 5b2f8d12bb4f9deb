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

/// Writes a rule's manual page: its examples under the names of what they are, and indented.
pub fn explain(rule: &dyn Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, {} by default)\n", rule.name(), rule.family().name(), rule.level().name())?;
    let manual = rules::manual(rule);
    // The ticks of the fence that is open.
    let mut open: Option<usize> = None;
    let mut parted = true;
    for line in manual.trim_end().lines() {
        let said = line.trim_start_matches('`');
        let ticks = line.len() - said.len();
        match open {
            None if ticks >= 3 => {
                let gap = if parted { "" } else { "\n" };
                match heading(said) {
                    Some(heading) => writeln!(out, "{gap}{heading}:\n")?,
                    None => write!(out, "{gap}")?,
                }
                open = Some(ticks);
            }
            Some(fence) if ticks == fence => open = None,
            Some(_) if !line.is_empty() => writeln!(out, "    {line}")?,
            _ => writeln!(out, "{line}")?,
        }
        parted = line.is_empty();
    }
    Ok(())
}

/// What an example is called, by the words behind its fence; none for a mere snippet.
fn heading(info: &str) -> Option<String> {
    let (kind, name) = info.split_once(' ').unwrap_or((info, ""));
    let what = match kind {
        "deck" => "A deck",
        "quiet-deck" => "A deck of which nothing is said",
        "metrics" => "Its source of truth",
        "config" => "Its tieout.yaml",
        "finding" => "What tieout finds",
        _ => return None,
    };
    Some(if name.is_empty() { what.to_owned() } else { format!("{what}, {name}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn examples_stand_under_what_they_are() {
        let page = |name: &str| {
            let rule = rules::named(name).expect("a rule");
            sample::written(|out| explain(rule, out))
        };
        for rule in RULES {
            let page = page(rule.name());
            let fenced = page.lines().any(|line| line.starts_with("```"));
            assert!(!fenced && !page.contains("\n\n\n"), "{page}");
        }
        let page = page("impossible-date");
        let shown = page.split_once("What to do: ").map(|(_, shown)| shown);
        insta::assert_snapshot!(shown.expect("advice"));
    }
}
