//! A deck from a stranger: whatever it contains and however its files are called, no report can be made to act.

use crate::deck::{Deck, command, run};

/// Markup, references, formulas, commands and control characters.
const EVIL: &str = "<img src=x onerror=alert(1)> [x](https://evil.example) @team `|` =cmd|'/c calc'!A1 \u{1b}[31m\u{202e}\u{7}%0A::error::";

fn deck() -> Deck {
    let deck = Deck::of([]);
    let metrics = format!(
        "version: 1\nmetrics:\n  - {{name: arr, label: \"ARR\", unit: USD, values: {{FY2030-Q3: 42318204}}}}\n  - {{name: evil, label: {}, unit: USD, values: {{FY2030-Q3: 7}}}}\n",
        serde_json::to_string(EVIL).expect("a string")
    );
    deck.write("metrics.yaml", metrics.as_bytes());
    let slides = format!(
        "# {EVIL}\n\nARR was $45.9M in Q3 FY30.\n\n| $ | Q3 FY30 |\n|---|---:|\n| {} | 12 |\n| =ARR() | 41 |\n| Total | 99 |\n",
        EVIL.replace('|', "\\|")
    );
    deck.write("-slides,%0A::error::x.md", slides.as_bytes());
    deck
}

/// What a format writes; exit code and standard error are the same whatever the format.
fn written(format: &str) -> String {
    let run = deck().run(&format!("check --format {format}"));
    assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{format}");
    run.stdout
}

#[test]
fn nothing_reaches_the_terminal() {
    let deck = deck();
    let mut outputs: Vec<String> = ["terminal", "github", "markdown", "junit", "csv"].map(written).to_vec();
    outputs.extend(["claims", "claims --all", "trace arr"].map(|arguments| deck.run(arguments).stdout));
    for output in outputs {
        let acts =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!output.contains(acts), "{output:?}");
    }
    for format in ["json", "sarif"] {
        assert!(!written(format).contains('\u{1b}'), "JSON writes control characters as escapes");
    }
}

#[test]
fn nothing_becomes_a_workflow_command() {
    let output = written("github");
    let commands = output.lines().filter(|line| line.trim_start().starts_with("::")).count();
    let findings = serde_json::from_str::<serde_json::Value>(&written("json")).expect("JSON")["findings"]
        .as_array()
        .map_or(0, Vec::len);
    assert_eq!((commands, output.lines().count()), (findings, findings + 1), "{output}");
    assert!(output.contains("file=-slides%2C%250A%3A%3Aerror%3A%3Ax.md,line="), "{output}");
}

#[test]
fn nothing_becomes_a_formula() {
    let output = written("csv");
    let mut records = csv::Reader::from_reader(output.as_bytes());
    for record in records.records() {
        for cell in record.expect("a record").iter() {
            assert!(!cell.starts_with(['=', '@', '+', '\t', '\r']), "{cell}");
        }
    }
    assert!(output.contains("\"'-slides,"), "a file name that begins like a formula: {output}");
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_not_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let deck = deck();
    let name = OsStr::from_bytes(b"b\xff\x1b]0;x\x07.md");
    std::fs::write(deck.path().join(name), "ARR was $45.9M in Q3 FY30.\n").expect("a file");
    for format in ["terminal", "json", "sarif", "github", "markdown", "junit", "csv"] {
        let run = run(command(deck.path()).args(["check", "--format", format]).arg(name));
        assert_eq!(run.code, 1, "{format}: {}", run.stderr);
        assert!(!run.stdout.contains(['\u{1b}', '\u{7}']), "{format}: {:?}", run.stdout);
    }
}
