//! Proposals, and the deck held against them.

use std::fs;
use std::path::Path;

use super::*;
use crate::document::Role;
use crate::read::markdown;
use crate::span::Files;

fn report(documents: &[(&str, &str, Role)]) -> Report {
    let mut files = Files::default();
    let documents = documents
        .iter()
        .map(|(path, text, role)| {
            let file = files.add(*path, *text);
            markdown::read(file, files.get(file).text(), *role)
        })
        .collect();
    let mut deck = bind::bind(files, documents, Default::default(), Default::default());
    let findings = check::check(&mut deck);
    Report::new(deck, findings)
}

/// The proposal, and what the deck says against it where it said nothing before and where nothing is marked.
fn proposed(report: &Report) -> (Proposal, Vec<String>) {
    let proposal = propose(report, "metrics.yaml");
    let (checked, findings, _) = checked_against(&report.deck, "metrics.yaml", &proposal.text).expect("a metric file");
    let known: Vec<Place> = places(&report.findings).chain(proposal.conflicts.iter().copied()).collect();
    let new = findings.iter().filter(|finding| finding.level > Level::Info);
    let new = new.filter(|finding| !known.iter().any(|known| meets(*known, finding.place)));
    let new = new.map(|finding| format!("{} {}", finding.rule, checked.files.slice(finding.place))).collect();
    (proposal, new)
}

fn sample(folder: &str, names: &[&str]) -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(folder);
    let texts: Vec<(String, String)> = names
        .iter()
        .map(|name| ((*name).to_owned(), fs::read_to_string(folder.join(name)).expect("a sample")))
        .collect();
    let documents: Vec<_> = texts
        .iter()
        .map(|(name, text)| {
            let role = if name.starts_with("appendix") { Role::Appendix } else { Role::Slides };
            (name.as_str(), text.as_str(), role)
        })
        .collect();
    report(&documents)
}

#[test]
fn values_say_where_they_come_from() {
    let deck = "# Q3 FY30\n\nRevenue was $9.1M in Q3 FY30.\n\n# Income\n\nRevenue in Q3 FY30 was $9.4M.\n\n# Appendix\n\n\
        | $ thousands | Q2 FY30 | Q3 FY30 | Q3 FY30 budget |\n|---|--:|--:|--:|\n| Revenue | 8,800 | 9,102 | 9,000 |\n\
        | Gross profit: net | 6,104 | 6,377 | 6,200 |\n\n\
        | Headcount by site | Q2 FY30 | Q3 FY30 |\n|---|--:|--:|\n| Cork | 211 | 214 |\n| Lyon | 98 | 101 |\n";
    let (proposal, new) = proposed(&report(&[("slides.md", deck, Role::Slides)]));
    assert_eq!(new, Vec::<String>::new());
    insta::assert_snapshot!(proposal.text);
}

#[test]
fn a_deck_that_ties_ties_to_its_proposal() {
    let report = sample("clean-saas", &["appendix.md", "slides.md"]);
    assert_eq!(report.findings, []);
    let (proposal, new) = proposed(&report);
    assert_eq!((new, proposal.conflicts.len(), proposal.open), (Vec::<String>::new(), 0, 0), "{}", proposal.text);
    assert!(proposal.values >= 20, "{}", proposal.text);
}

#[test]
fn nothing_but_the_marked_conflicts() {
    let report = sample("brightwell-foundation", &["annual-report.md"]);
    let (proposal, new) = proposed(&report);
    assert_eq!(new, Vec::<String>::new(), "{}", proposal.text);
    assert!(proposal.values >= 60 && !proposal.conflicts.is_empty(), "{}", proposal.text);
    let marks = proposal.text.matches("# CONFLICT: annual-report.md:").count();
    assert_eq!(marks, proposal.conflicts.len());
}

#[test]
fn labels_cannot_break_out() {
    let deck = "# Appendix\n\n| $ | FY2030 | FY2029 |\n|---|--:|--:|\n| a: {b} # \"c\" \\ | 12,345 | 11,100 |\n| null | 5,210 | 4,100 |\n";
    let (proposal, new) = proposed(&report(&[("slides.md", deck, Role::Slides)]));
    assert_eq!((new, proposal.metrics), (Vec::<String>::new(), 2), "{}", proposal.text);
}

#[test]
fn a_deck_without_figures_gives_a_file_without_metrics() {
    let (proposal, _) = proposed(&report(&[("slides.md", "# Hello\n", Role::Slides)]));
    assert!(proposal.text.ends_with("metrics: []\n"), "{}", proposal.text);
}
