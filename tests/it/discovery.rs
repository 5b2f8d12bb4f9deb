//! What is read, and under which path.

use crate::deck::Deck;

/// How many documents a run reads.
fn documents(deck: &Deck, arguments: &str) -> u64 {
    deck.json(&format!("check {arguments} --format json"))["summary"]["documents"].as_u64().expect("a number")
}

#[test]
fn a_folder_gives_its_documents() {
    let deck = Deck::of([
        ("slides.md", "ARR is $4M."),
        ("appendix/cash.markdown", "Cash is $5M."),
        ("export.yaml", "slides:\n  - title: ARR\n"),
        ("notes.qmd", "x"),
        ("script.smd", "x"),
        ("extra.yml", "title: x"),
        ("README.md", "Not a document."),
        ("LICENSE-MIT.md", "Not a document."),
        ("pnpm-lock.yaml", "version: 9"),
        ("mkdocs.yml", "site_name: Decks"),
        ("data.json", "{\"a\": 1}"),
        ("picture.svg", "<svg/>"),
        (".github/workflows/check.yml", "on: push"),
        ("node_modules/theme/slides.md", "x"),
        ("build/slides.md", "x"),
        (".gitignore", "build/\n"),
        ("tieout.yaml", "version: 1\n"),
        ("metrics.yaml", "version: 1\nmetrics:\n  - {name: arr, unit: USD, values: {FY2025-Q3: 4000000}}\n"),
        ("kpis.csv", "metric,period,value\ncash,FY2025-Q3,5000000\n"),
        ("regions.csv", "region,revenue\nEMEA,4\n"),
    ]);
    assert_eq!(documents(&deck, ""), 6);
    assert_eq!(documents(&deck, "appendix slides.md"), 2);
    assert_eq!(documents(&deck, "slides.md ./slides.md appendix/../slides.md"), 1);
}

#[test]
fn a_table_that_is_nothing_of_the_deck_stops_nothing() {
    let deck = Deck::of([("slides.md", "x")]);
    deck.write("customers.csv", b"name,city\nM\xfcller,K\xf6ln\n");
    assert_eq!(documents(&deck, ""), 1);
    assert!(deck.failure("check customers.csv").starts_with("error: customers.csv:2: byte 11 is not UTF-8"));
}

#[test]
fn a_link_to_a_file_is_that_file() {
    let deck = Deck::of([("shared/slides.md", "x"), ("q3/notes.md", "x")]);
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink(deck.path().join("shared/slides.md"), deck.path().join("q3/slides.md"))
            .expect("a link");
        assert_eq!(documents(&deck, "q3"), 2);
        assert_eq!(documents(&deck, ""), 2, "one file under two names is one document");
    }
}

#[test]
fn what_is_named_is_read() {
    let deck = Deck::of([
        ("README.md", "x"),
        ("data.json", "{\"a\": 1}"),
        ("build/slides.md", "x"),
        (".gitignore", "build/\n"),
    ]);
    assert_eq!(documents(&deck, "README.md data.json build/slides.md"), 3);
    assert_eq!(documents(&deck, "build"), 1);
}

#[test]
fn the_order_of_arguments_makes_no_difference() {
    let deck = Deck::of([("b.md", "ARR is $4M."), ("a.md", "ARR is $5M."), ("c/d.md", "ARR is $6M.")]);
    let run = |arguments| deck.run(arguments).stdout;
    assert_eq!(run("check b.md a.md c --format json"), run("check c ./a.md b.md --format json"));
    assert_eq!(run("claims b.md a.md c"), run("claims"));
}
