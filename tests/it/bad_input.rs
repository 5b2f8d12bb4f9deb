//! Every failure is one located message and exit code 2.

use crate::deck::Deck;

const SLIDES: (&str, &str) = ("slides.md", "# Q3\n\nARR closed at $42.3M.\n");

/// What is said of a deck with one more file; `check` runs in its folder.
fn said(path: &str, text: &str) -> String {
    Deck::of([SLIDES, (path, text)]).failure("check")
}

#[test]
fn a_missing_path() {
    let deck = Deck::of([SLIDES]);
    assert_eq!(
        deck.failure("check sildes.md gone/ slides.md"),
        "error: sildes.md: no such file or folder\nerror: gone: no such file or folder\n"
    );
}

#[test]
fn a_missing_metric_file_and_configuration() {
    let deck = Deck::of([SLIDES]);
    assert!(deck.failure("check --metrics truth.yaml").starts_with("error: truth.yaml: no such file or folder\n"));
    assert_eq!(deck.failure("check --config settings.yaml"), "error: settings.yaml: no such file or folder\n");
}

#[test]
fn a_format_that_is_not_read() {
    let deck = Deck::of([("board.pptx", "PK")]);
    let said = deck.failure("check board.pptx");
    assert!(said.starts_with("error: board.pptx: not a format that tieout reads\n  help: it reads .md,"), "{said}");
    let said = deck.failure("check . --metrics board.pptx");
    assert!(said.starts_with("error: board.pptx: a metric file is a .yaml, .yml, .json or .csv file"), "{said}");
}

#[test]
fn text_that_is_not_utf_8() {
    let deck = Deck::of([SLIDES]);
    deck.write("appendix.md", b"# Appendix\n\nCash \xa34m\n");
    deck.write("backup.md", &[0xff, 0xfe, b'#', 0]);
    deck.write("notes.md", b"#\0 \0C\0a\0s\0h\0");
    assert_eq!(
        deck.failure("check"),
        "error: appendix.md:3: byte 17 is not UTF-8 text\n  help: save the file as UTF-8\n\
         error: backup.md: the text is UTF-16, not UTF-8\n  help: save the file as UTF-8\n\
         error: notes.md: the text is UTF-16, not UTF-8\n  help: save the file as UTF-8\n"
    );
}

#[test]
fn a_folder_with_nothing_to_check() {
    let deck = Deck::of([("README.md", "Our decks. 14 of them."), ("metrics.csv", "metric,period,value\n")]);
    let said = deck.failure("check");
    assert!(said.starts_with("error: no document to check in .\n  help: documents are .md,"), "{said}");
}

#[test]
fn a_csv_file_that_is_no_metric_file() {
    let deck = Deck::of([("regions.csv", "region,revenue\nEMEA,4\n")]);
    let said = deck.failure("check regions.csv");
    assert!(said.starts_with("error: regions.csv: this table is not a metric file\n"), "{said}");
}

#[test]
fn broken_yaml() {
    let said = said("appendix.yaml", "slides:\n  - title: [Cash\n  - title: Debt\n");
    assert!(said.starts_with("error: appendix.yaml:"), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("error:")).count(), 1, "{said}");
    let deck = Deck::of([("export.json", "{\"slides\": [\n")]);
    let said = deck.failure("check export.json");
    assert!(said.starts_with("error: export.json:") && said.contains(": this is not valid JSON: "), "{said}");
}

#[test]
fn a_folder_in_place_of_a_file() {
    let deck = Deck::of([SLIDES, ("folder/x.md", "x")]);
    // Windows only says that it may not be read.
    let expected = if cfg!(windows) { "permission denied" } else { "a folder, not a file" };
    assert_eq!(deck.failure("check slides.md --config folder"), format!("error: folder: {expected}\n"));
    assert!(deck.failure("check slides.md --metrics folder").starts_with("error: folder: not a file\n"));
}

/// Somebody who may read everything has nothing to see here.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let deck = Deck::of([SLIDES, ("private/x.md", "x")]);
    let private = deck.path().join("private");
    let allow = |mode| std::fs::set_permissions(&private, std::fs::Permissions::from_mode(mode)).expect("permissions");
    allow(0o000);
    let hidden = std::fs::read_dir(&private).is_err();
    let run = deck.run("check");
    allow(0o755);
    if hidden {
        assert_eq!((run.code, run.stderr.as_str()), (2, "error: private: cannot read the folder: permission denied\n"));
    }
}

#[test]
fn a_metric_file_with_mistakes() {
    for (text, place, words) in [
        ("metrics:\n  - name: arr\n    synonims: [x]\n", "3:5", &["`synonims`", "did you mean `synonyms`?"][..]),
        ("metrics:\n  - name: arr\n    values: {FY2025-Q3: 4, FY2025-Q3: 5}\n", "3:28", &["`FY2025-Q3`", "twice"]),
        ("metrics:\n  - name: arr\n    values: {FY2025-Q9: 4}\n", "3:14", &["`FY2025-Q9` is not a period"]),
        ("metrics:\n  - name: arr\n    values: {FY2025-Q3: lots}\n", "3:25", &["lots"]),
        ("metrics:\n  - {name: arr, label: ARR}\n  - {name: net, synonyms: [ARR]}\n", "3:28", &["ARR", "arr", "net"]),
        ("metrics:\n  - {name: a, formula: b + 1}\n  - {name: b, formula: a - 1}\n", "3:24", &["`a`", "a → b → a"]),
    ] {
        let said = said("metrics.yaml", text);
        assert!(said.starts_with(&format!("error: metrics.yaml:{place}: ")), "{text}\n{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("error:")).count(), 1, "{said}");
        for word in words {
            assert!(said.contains(word), "{word} in {said}");
        }
    }
}

#[test]
fn a_configuration_with_mistakes() {
    let said = said("tieout.yaml", "version: 1\nperiods: FY2025\nrules: {value-missmatch: off}\nversion: 1\n");
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines.iter().any(|line| line.starts_with("error: tieout.yaml:2:1: ") && line.contains("`periods`")),
        "{said}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("error: tieout.yaml:3:9: ") && line.contains("value-missmatch")),
        "{said}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("error: tieout.yaml:4:1: ") && line.contains("version")),
        "{said}"
    );
    assert!(said.contains("`period`") && said.contains("`value-mismatch`"), "suggestions in {said}");
}

#[test]
fn a_configuration_of_files_that_are_not_there() {
    let said =
        said("tieout.yaml", "documents: [{path: sildes.md, role: slides}, 'q?.md']\nsources: [finance/metrics.yaml]\n");
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error:")).collect();
    assert_eq!(
        errors,
        [
            "error: tieout.yaml:1:20: there is no file or folder `sildes.md` to settle anything about",
            "error: tieout.yaml:2:11: finance/metrics.yaml: no such file or folder",
        ]
    );
}

#[test]
fn two_configurations() {
    let deck = Deck::of([
        ("a/tieout.yaml", "version: 1\n"),
        ("a/a.md", "x"),
        ("b/tieout.yml", "version: 1\n"),
        ("b/b.md", "x"),
    ]);
    let said = deck.failure("check a b");
    assert!(
        said.starts_with("error: the paths lead to two configurations: a/tieout.yaml and b/tieout.yml\n"),
        "{said}"
    );
    assert_eq!(deck.run("check a b --config a/tieout.yaml").code, 0);
}

#[test]
fn bad_usage() {
    let deck = Deck::of([SLIDES]);
    for (arguments, expected) in [
        ("chekc", "'check'"),
        ("check --period 3rd", "is not a period; write it like FY2025"),
        ("check --format yaml", "possible values: terminal, json, github, sarif, sarif-all, markdown, junit, csv"),
        ("check --format jsn=report.json", "did you mean `json`?"),
        ("check --format terminal --format json", "both `terminal` and `json` would go to the same place"),
        ("check --format json=a --format json --format terminal", "both `json` and `terminal`"),
        ("check --format json=a --output b", "nothing would go to b"),
        ("check --format json=a --format terminal=a", "two reports would go to a"),
        ("check --format json=a --format terminal=./a", "two reports would go to ./a"),
        ("check slides.md --output ./slides.md", "./slides.md is part of the deck"),
        ("check --fail-on info", "possible values: error, warning, never"),
        ("check -", "standard input is checked under a name: `--stdin-filename slides.md`"),
        ("explain no-such-rule-anywhere", "there is no rule `no-such-rule-anywhere`"),
    ] {
        let said = deck.failure(arguments);
        assert!(said.contains(expected), "{arguments}: {said}");
    }
    assert_eq!(deck.run("").code, 2);
}

#[test]
fn nothing_in_a_file_acts_on_the_terminal() {
    let deck = Deck::of([SLIDES]);
    let said = deck.failure("check slides\u{1b}]0;x\u{7}.md");
    assert!(said.starts_with("error: slides\\u{1b}]0;x\\u{7}.md: no such file"), "{said:?}");
}

#[test]
fn a_file_that_no_deck_has() {
    let deck = Deck::of([SLIDES]);
    let huge = std::fs::File::create(deck.path().join("huge.md")).expect("a file");
    huge.set_len(65 << 20).expect("a file with a hole");
    assert_eq!(
        deck.failure("check"),
        "error: huge.md: the file is larger than 64 MiB\n  help: no deck is; leave it out, or take it apart\n"
    );
}
