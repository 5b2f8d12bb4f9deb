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

/// An export, a workbook and a waiver from the same stranger.
#[cfg(feature = "office")]
fn other_files() -> Deck {
    let deck = Deck::of([("tieout.yaml", "sources: [{path: model.xlsx, sheet: '=S|@x'}]\n")]);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("=S|@x").expect("a name");
    let rows = [
        ["metric", "period", "value", "unit"],
        ["ARR", "FY2030-Q3", "42318204", "USD"],
        [EVIL, "FY2030-Q3", "7", "USD"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    deck.write("model.xlsx", &book.save_to_buffer().expect("a workbook"));
    let export = serde_json::json!({"slides": [{
        "title": EVIL,
        "bullets": [format!("ARR was $45.9M in Q3 FY30. {EVIL}")],
        "table": {"columns": [EVIL, "Q3 FY30"], "rows": [[EVIL, 12], ["=ARR()", 41], ["Total", 99]]},
        EVIL: "ARR was $44.9M in Q3 FY30.",
    }]});
    deck.write("=export,%0A::error::x.yaml", export.to_string().as_bytes());
    let waived = format!("<!-- tieout: allow value-mismatch -- {EVIL} -->\nARR was $46.9M in Q3 FY30.\n");
    deck.write("waived.md", waived.as_bytes());
    deck
}

#[cfg(feature = "office")]
#[test]
fn exports_workbooks_and_waivers_do_no_more() {
    let deck = other_files();
    let found = deck.json("check --format json");
    assert_eq!(found["findings"].as_array().map(Vec::len), Some(2), "{found}");
    assert!(
        found["findings"][0]["related"].to_string().contains("=S|@x!C2") && found["waived"][0]["reason"].is_string()
    );
    let acts =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let formats = ["terminal", "github", "markdown", "junit", "csv", "html", "json", "sarif", "sarif-all"];
    let checks = formats.map(|format| format!("check --format {format}"));
    let others =
        ["claims", "claims --all", "claims --all --format csv", "trace arr", "fix --diff", "fix --diff --unsafe-fixes"];
    for arguments in checks.into_iter().chain(others.map(str::to_owned)) {
        let run = deck.run(&arguments);
        assert!(run.code < 2, "{arguments}: {}", run.stderr);
        // JSON writes control characters as escapes, and the text of a deck as it is.
        let acts = |c: char| if arguments.ends_with("json") { c == '\u{1b}' } else { acts(c) };
        assert!(!run.stdout.contains(acts), "{arguments}: {:?}", run.stdout);
        assert!(
            !run.stdout.lines().any(|line| line.trim_start().starts_with("::error::")),
            "{arguments}: {}",
            run.stdout
        );
        if arguments.ends_with("csv") {
            assert!(
                !run.stdout.lines().any(|line| line.starts_with('=') || line.contains(",=") || line.contains(",\"=")),
                "{}",
                run.stdout
            );
        }
        if arguments.ends_with("html") || arguments.ends_with("markdown") {
            assert!(!run.stdout.contains("<img"), "{}", run.stdout);
        }
    }
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
