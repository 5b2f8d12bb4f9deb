//! Baselines: what is known is counted, what is new is reported, what is gone is said.

use std::fs;

use crate::deck::Deck;

const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q2: 38118400, FY2030-Q3: 42318204}}\n";

const KNOWN: &str = "ARR was $45.9M in Q3 FY30.\n";

fn deck(slides: &str) -> Deck {
    Deck::of([("metrics.yaml", METRICS), ("q3/slides.md", slides)])
}

#[test]
fn only_what_is_new_fails() {
    let deck = deck(&format!("# Review\n\n{KNOWN}"));
    assert_eq!(deck.run("check").code, 1);
    let run = deck.run("check --write-baseline known.json");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.ends_with("1 disagrees; nothing new · 1 known from the baseline\n"), "{}", run.stdout);
    let written = fs::read(deck.path().join("known.json")).expect("a baseline");

    for (format, expected) in [
        (
            "html",
            "<p class=\"coverage\">1 number in 1 document, 1 slide · 1 known from the baseline, not among the findings</p>",
        ),
        ("junit", "<skipped message=\"disagrees, which is known already or not asked for\"/>"),
    ] {
        let said = deck.run(&format!("check --baseline known.json --format {format}")).stdout;
        assert!(said.contains(expected), "{said}");
    }

    let moved = format!("# Review\n\nIn short:\n\nARR was $39.4M in Q2 FY30.\n\n{KNOWN}");
    deck.write("q3/slides.md", moved.as_bytes());
    let run = deck.json("check --baseline known.json --format json");
    assert_eq!((run["findings"].as_array().map(Vec::len), &run["baseline"]["known"]), (Some(1), &1.into()));
    assert_eq!(run["findings"][0]["location"]["text"], "$39.4M");
    assert_eq!(deck.run("check --baseline known.json").code, 1);

    deck.write("q3/slides.md", b"# Review\n\nARR was $42.3M in Q3 FY30.\n");
    let run = deck.run("check --baseline known.json");
    assert!(
        run.stdout.starts_with("gone from the baseline: q3/slides.md: value-mismatch at $45.9M\n"),
        "{}",
        run.stdout
    );
    assert_eq!(run.code, 0);
    let run = deck.run("check --baseline known.json --write-baseline known.json");
    assert_eq!(run.code, 0);
    let anew = fs::read(deck.path().join("known.json")).expect("a baseline");
    assert!(anew.len() < written.len(), "it has become shorter");
}

#[test]
fn a_folder_further_down_knows_the_same() {
    let deck = deck(KNOWN);
    deck.write("tieout.yaml", b"version: 1\nsources: [metrics.yaml]\n");
    deck.run("check --write-baseline known.json");
    let mut command = crate::deck::command(&deck.path().join("q3"));
    let run = crate::deck::run(command.args(["check", "--baseline", "../known.json"]));
    assert_eq!(run.code, 0, "{}", run.stdout);
}

#[test]
fn a_baseline_that_cannot_be_used_stops_the_run() {
    let deck = deck(KNOWN);
    deck.write("broken.json", b"{\"schema\": \"tieout/baseline/1\",\n \"findings\": [{}]}");
    for (arguments, expected) in [
        ("check --baseline gone.json", "error: gone.json: there is no such baseline\n  help: write it with"),
        ("check --baseline broken.json", "error: broken.json:2:16: this is not a baseline: missing field"),
        ("check --write-baseline metrics.yaml", "error: metrics.yaml is part of the deck"),
        ("check --write-baseline no/such/folder.json", "error: cannot write no/such/folder.json"),
    ] {
        let said = deck.failure(arguments);
        assert!(said.starts_with(expected), "{arguments}: {said}");
    }
}
