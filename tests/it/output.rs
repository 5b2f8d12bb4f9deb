//! Formats, files and colours.

use std::fs;

use crate::deck::{Deck, command, run};

const SLIDES: (&str, &str) = ("slides.md", "# Q3\n\nARR closed at $42.3M.\n");

#[test]
fn a_report_can_go_into_a_file() {
    let deck = Deck::of([SLIDES, ("report.json", "of last week")]);
    let printed = deck.run("check slides.md --format json");
    let run = deck.run("check slides.md --format json --output report.json");
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (printed.code, "", ""));
    assert_eq!(fs::read_to_string(deck.path().join("report.json")).expect("a report"), printed.stdout);
    assert_eq!(fs::read_dir(deck.path()).expect("a folder").count(), 2, "nothing else is left behind");
}

#[test]
fn several_reports_in_one_run() {
    let deck = Deck::of([SLIDES]);
    let printed = deck.run("check slides.md");
    let run = deck.run("check slides.md --format terminal --format json=report.json --format terminal=report.txt");
    assert_eq!((run.code, run.stdout, run.stderr.as_str()), (printed.code, printed.stdout.clone(), ""));
    let file = |name| fs::read_to_string(deck.path().join(name)).expect("a report");
    assert_eq!(file("report.json"), deck.run("check slides.md --format json").stdout);
    assert_eq!(file("report.txt"), printed.stdout);
    let quiet = deck.run("check slides.md --format json=report.json");
    assert_eq!(quiet.stdout, "", "with a file for every format nothing is printed");
}

#[test]
fn where_one_report_cannot_be_written_none_changes() {
    let deck = Deck::of([SLIDES, ("report.json", "of last week")]);
    let said = deck.failure("check slides.md --format json=report.json --format terminal=no/such/folder/report.txt");
    assert!(said.starts_with("error: cannot write no/such/folder/report.txt: no such file or folder\n"), "{said}");
    assert_eq!(fs::read_to_string(deck.path().join("report.json")).expect("a report"), "of last week");
    assert_eq!(fs::read_dir(deck.path()).expect("a folder").count(), 2, "nothing else is left behind");
}

#[test]
fn a_report_that_is_read_only_stays() {
    let deck = Deck::of([SLIDES, ("report.json", "signed off")]);
    let path = deck.path().join("report.json");
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("permissions");
    let said = deck.failure("check slides.md --format json=report.json");
    assert_eq!(said, "error: cannot write report.json: the file is read-only\n");
    assert_eq!(fs::read_to_string(&path).expect("a report"), "signed off");
}

#[cfg(unix)]
#[test]
fn a_linked_report_stays_a_link() {
    let deck = Deck::of([SLIDES, ("reports/latest.json", "of last week")]);
    std::os::unix::fs::symlink("reports/latest.json", deck.path().join("report.json")).expect("a link");
    deck.run("check slides.md --format json=report.json");
    let link = fs::symlink_metadata(deck.path().join("report.json")).expect("a link");
    assert!(link.is_symlink());
    assert!(fs::read_to_string(deck.path().join("reports/latest.json")).expect("a report").starts_with('{'));
}

#[test]
fn a_run_that_stops_leaves_the_file_as_it_was() {
    let deck = Deck::of([SLIDES, ("report.json", "of last week")]);
    deck.failure("check gone.md --format json --output report.json");
    assert_eq!(fs::read_to_string(deck.path().join("report.json")).expect("a report"), "of last week");
}

#[test]
fn a_file_that_cannot_be_written() {
    let deck = Deck::of([SLIDES]);
    let said = deck.failure("check --output no/such/folder/report.txt");
    assert!(said.starts_with("error: cannot write no/such/folder/report.txt: no such file or folder\n"), "{said}");
}

#[test]
fn nothing_is_written_over_the_deck() {
    let metrics = "version: 1\nmetrics: [{name: arr, label: ARR, unit: USD}]\n";
    let deck = Deck::of([SLIDES, ("old/slides.md", SLIDES.1), ("metrics.yaml", metrics)]);
    for arguments in [
        "claims slides.md --output slides.md",
        "claims slides.md --format csv --output metrics.yaml",
        "trace arr slides.md --output ./slides.md",
        "diff old slides.md --output slides.md",
        "diff old slides.md --output old/slides.md",
        "report slides.md --output slides.md",
        "check slides.md --write-baseline slides.md",
    ] {
        let said = deck.failure(arguments);
        assert!(said.ends_with(" is part of the deck; a report cannot go there\n"), "{arguments}: {said}");
    }
    let text = |path| fs::read_to_string(deck.path().join(path)).expect("a file");
    assert_eq!([text("slides.md"), text("old/slides.md"), text("metrics.yaml")], [SLIDES.1, SLIDES.1, metrics]);
}

#[test]
fn a_device_is_written_to() {
    if cfg!(unix) {
        let deck = Deck::of([SLIDES]);
        let run = deck.run("check --output /dev/stdout");
        assert_eq!(run.stdout, deck.run("check").stdout);
    }
}

#[test]
fn help_and_version() {
    let deck = Deck::of([]);
    let version = deck.run("--version");
    assert_eq!((version.code, version.stdout), (0, format!("tieout {}\n", env!("CARGO_PKG_VERSION"))));
    let help = deck.run("--help");
    assert_eq!(help.code, 0);
    for word in ["check", "claims", "trace", "init", "rules", "explain", "Examples:", "Exit codes:"] {
        assert!(help.stdout.contains(word), "{word} in {}", help.stdout);
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let deck = Deck::of([]);
    for (variables, arguments, expected) in [
        (&[][..], "check gone.md", false),
        (&[("NO_COLOR", "1")], "check gone.md", false),
        (&[("NO_COLOR", "1")], "check gone.md --color always", true),
        (&[("CLICOLOR_FORCE", "1")], "check gone.md", true),
        (&[("CLICOLOR_FORCE", "1")], "check gone.md --color never", false),
    ] {
        let mut command = command(deck.path());
        command.env_remove("NO_COLOR").envs(variables.iter().copied()).args(arguments.split_whitespace());
        assert_eq!(run(&mut command).stderr.contains('\u{1b}'), expected, "{variables:?} {arguments}");
    }
}
