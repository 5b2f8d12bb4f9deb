//! `tieout init`: from a deck alone to a metric file.

use std::fs;

use crate::deck::Deck;

const SLIDES: &str = "\
---
title: Board update
period: Q3 FY30
---

# Revenue

Revenue was $9.1M in Q3 FY30.

# Margin

Gross profit reached $6.5M in Q3 FY30.

# Appendix

| $ thousands | Q2 FY30 | Q3 FY30 |
|---|--:|--:|
| Revenue | 8,800 | 9,102 |
| Gross profit | 6,104 | 6,377 |
";

fn read(deck: &Deck, path: &str) -> String {
    fs::read_to_string(deck.path().join(path)).expect("a file")
}

#[test]
fn the_deck_disagrees_only_where_it_is_marked() {
    let deck = Deck::of([("slides.md", SLIDES)]);
    let run = deck.run("init");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("wrote metrics.yaml: 2 metrics, 4 values; 1 number differs"), "{}", run.stdout);
    let metrics = read(&deck, "metrics.yaml");
    assert!(metrics.contains("# CONFLICT: slides.md:12 says $6.5M\n"), "{metrics}");
    let found = deck.json("check --format json");
    let findings = found["findings"].as_array().expect("a list");
    let told: Vec<_> = findings.iter().map(|finding| (&finding["rule"], &finding["location"]["text"])).collect();
    assert_eq!(told, [(&"value-mismatch".into(), &"$6.5M".into())], "{found:#}");
    assert!(read(&deck, "tieout.yaml").contains("\nsources: [metrics.yaml]\n"));
}

#[test]
fn nothing_is_ever_overwritten() {
    let deck = Deck::of([("q3/slides.md", SLIDES), ("q3/tieout.yaml", "version: 1\n"), ("q3/metrics.yaml", "")]);
    let said = deck.failure("init q3");
    assert!(said.contains("q3/metrics.yaml is there already"), "{said}");
    assert_eq!((read(&deck, "q3/tieout.yaml").as_str(), read(&deck, "q3/metrics.yaml").as_str()), ("version: 1\n", ""));
}

#[test]
fn what_is_missing_is_written_and_nothing_else() {
    let deck = Deck::of([("slides.md", SLIDES), ("kpi.csv", "metric,period,value\nRevenue,FY2030-Q3,9102000\n")]);
    let run = deck.run("init slides.md");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "kpi.csv is a source of truth already\nwrote tieout.yaml\n");
    assert!(!deck.path().join("metrics.yaml").exists());
    assert_eq!(fs::read_dir(deck.path()).expect("a folder").count(), 3, "nothing is left behind");
    assert!(deck.run("check").code < 2);
}
