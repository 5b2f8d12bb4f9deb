//! What editors, shells and `man` ask for.

use std::collections::BTreeSet;

use crate::deck::{Deck, Run, command, run};

const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}\n";

fn deck() -> Deck {
    Deck::of([
        ("metrics.yaml", METRICS),
        ("slides.md", "ARR was $42.3M in Q3 FY30.\n"),
        ("other.md", "ARR was $49.9M in Q3 FY30.\n"),
    ])
}

/// A run that is handed a document.
fn typed(deck: &Deck, arguments: &str, text: &[u8]) -> Run {
    run(command(deck.path()).args(arguments.split_whitespace()).write_stdin(text))
}

fn places(run: &Run) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| {
            let location = &finding["location"];
            format!(
                "{} {}",
                location["path"].as_str().unwrap_or_default(),
                location["text"].as_str().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn what_an_editor_holds_is_checked_before_it_is_saved() {
    let deck = deck();
    let text = b"ARR was $45.9M in Q3 FY30.\n";
    for (arguments, expected) in [
        ("check --stdin-filename slides.md --format json", &["slides.md $45.9M"][..]),
        ("check --stdin-filename ./new.md --format json", &["new.md $45.9M"]),
        ("check . --stdin-filename slides.md --format json", &["other.md $49.9M", "slides.md $45.9M"]),
        ("check slides.md --stdin-filename other.md --format json", &["other.md $45.9M"]),
    ] {
        let run = typed(&deck, arguments, text);
        assert_eq!(run.code, 1, "{arguments}: {}", run.stderr);
        assert_eq!(places(&run), expected, "{arguments}");
    }
    let metrics = METRICS.replace("42318204", "45900000");
    let run = typed(&deck, "check slides.md --stdin-filename metrics.yaml --format json", metrics.as_bytes());
    assert_eq!(places(&run), ["slides.md $42.3M"]);
}

#[test]
fn what_an_editor_may_not_hold() {
    let deck = deck();
    for (name, text, expected) in [
        ("slides.md", &b"\xff\xff"[..], "error: slides.md:1: byte 0 is not UTF-8 text\n"),
        ("slides.pptx", b"x", "error: slides.pptx: not a format that tieout reads\n"),
        ("tieout.yaml", b"version: 1", "error: tieout.yaml: settings are read from the disk: save them first\n"),
    ] {
        let run = typed(&deck, &format!("check --stdin-filename {name}"), text);
        assert!(run.code == 2 && run.stderr.starts_with(expected), "{}", run.stderr);
    }
}

/// The long options and commands that a help names.
fn words(help: &str) -> BTreeSet<&str> {
    help.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .map(|word| word.split(['=', '[']).next().unwrap_or(word))
        .collect()
}

const COMMANDS: [&str; 11] =
    ["check", "claims", "trace", "fix", "report", "init", "rules", "schema", "explain", "completions", "man"];

#[test]
fn manual_pages_keep_step_with_the_help() {
    let deck = Deck::of([]);
    let main = deck.run("man");
    assert!(main.code == 0 && main.stdout.contains(".TH tieout 1"), "{}", main.stdout);
    for name in COMMANDS {
        assert!(main.stdout.contains(&format!("tieout\\-{name}(1)")), "{name} in {}", main.stdout);
        let page = deck.run(&format!("man {name}")).stdout.replace("\\-", "-");
        let help = deck.run(&format!("{name} --help")).stdout;
        assert!(words(&help).len() > 1, "{help}");
        for option in words(&help) {
            assert!(page.contains(option), "{option} of {name} in {page}");
        }
    }
    assert!(
        deck.failure("man chekc").starts_with("error: there is no command `chekc`\n  help: the commands are check,")
    );
}

#[test]
fn shells_know_every_command_and_format() {
    let deck = Deck::of([]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = deck.run(&format!("completions {shell}"));
        assert_eq!(script.code, 0, "{}", script.stderr);
        for word in COMMANDS.iter().chain(&["write-baseline"]) {
            assert!(script.stdout.contains(word), "{word} in the script for {shell}");
        }
        let completes_values = !["powershell", "elvish"].contains(&shell);
        assert_eq!(script.stdout.contains("sarif"), completes_values, "{shell}");
    }
}
