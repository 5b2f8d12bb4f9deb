//! Tables as data: a table in, what the footing rules say of it out.

use crate::rules::Rule;
use crate::rules::examples::{Binder, brief};

/// What a rule says of a deck: `text: cause`, one a finding.
#[track_caller]
pub(crate) fn check(rule: &dyn Rule, text: &str, expected: &[&str]) {
    // The delimiter row of Markdown is noise in these tests.
    let mut marked = String::new();
    let mut before = "";
    for line in text.lines() {
        marked.push_str(line);
        marked.push('\n');
        if line.starts_with('|') && !before.starts_with('|') {
            marked.push_str(&"| --- ".repeat(line.matches('|').count() - 1));
            marked.push_str("|\n");
        }
        before = line;
    }
    let deck = Binder::of(&marked).bound();
    let mut findings = Vec::new();
    rule.check(&deck, &mut findings);
    let said: Vec<String> = findings.iter().map(|finding| brief(&deck, finding)).collect();
    assert!(
        said == expected,
        "said {said:#?}\nmessages {:#?}",
        findings.iter().map(|f| &f.message).collect::<Vec<_>>()
    );
}
