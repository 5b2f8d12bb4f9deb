//! Tables as data: a table in, what the footing rules say of it out.

use crate::deck::Deck;
use crate::document::Role;
use crate::extract::DecimalMark;
use crate::finding::Finding;
use crate::rules::Rule;
use crate::span::Files;

/// A deck of one Markdown document, its tables understood.
pub(crate) fn deck(text: &str) -> Deck {
    let mut files = Files::default();
    let file = files.add("deck.md", text);
    let document = crate::read::markdown::read(file, text, Role::Slides);
    let grids = crate::grid::understand(0, &document, DecimalMark::Point);
    Deck {
        files,
        config: Default::default(),
        documents: vec![document],
        mentions: Vec::new(),
        grids,
        calendar: Default::default(),
        source: Default::default(),
        vocabulary: Default::default(),
        claims: Vec::new(),
        verdicts: Vec::new(),
        waived: Vec::new(),
        asides: Vec::new(),
    }
}

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
    let deck = deck(&marked);
    let mut findings = Vec::new();
    rule.check(&deck, &mut findings);
    let said: Vec<String> = findings.iter().map(|finding| brief(&deck, finding)).collect();
    assert!(
        said == expected,
        "said {said:#?}\nmessages {:#?}",
        findings.iter().map(|f| &f.message).collect::<Vec<_>>()
    );
}

fn brief(deck: &Deck, finding: &Finding) -> String {
    let cause = finding.cause.as_ref().map_or("no cause", |cause| cause.kind.name());
    format!("{}: {cause}", deck.files.slice(finding.place))
}
