//! The sample decks: each seeded error is found with its rule and cause, and nothing else is reported.
//!
//! `testdata/DECK/expected.json` lists the errors that were planted and the look-alikes that are right; a person has checked both
//! line by line.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::deck::{command, run};

/// A stretch of one line of a deck.
#[derive(Debug)]
struct Spot {
    file: String,
    line: u64,
    columns: std::ops::Range<u64>,
}

impl Spot {
    /// From a label: `file`, `line`, `column`, `text`.
    fn labelled(label: &Value) -> Self {
        let text = string(&label["text"]);
        let column = number(&label["column"]);
        Self {
            file: string(&label["file"]),
            line: number(&label["line"]),
            columns: column..column + text.chars().count() as u64,
        }
    }

    /// From a location of a report.
    fn reported(location: &Value) -> Self {
        let (start, end) = (&location["start"], &location["end"]);
        let last = if start["line"] == end["line"] { number(&end["column"]) } else { u64::MAX };
        Self { file: string(&location["path"]), line: number(&start["line"]), columns: number(&start["column"])..last }
    }

    fn meets(&self, other: &Self) -> bool {
        self.file == other.file
            && self.line == other.line
            && self.columns.start < other.columns.end
            && other.columns.start < self.columns.end
    }
}

fn string(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The sample decks' folders.
fn decks() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut folders: Vec<_> = fs::read_dir(root)
        .expect("testdata")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    folders.sort();
    folders
}

fn json(folder: &Path, arguments: &str) -> Value {
    let run = run(command(folder).args(arguments.split_whitespace()));
    assert!(run.code < 2, "{}: {}", folder.display(), run.stderr);
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// The rules that this version has.
fn rules(folder: &Path) -> BTreeSet<String> {
    list(&json(folder, "rules --format json")["rules"]).iter().map(|rule| string(&rule["name"])).collect()
}

/// What a deck's run misses, and what it reports that was not planted.
fn differences(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("expected.json")).expect("expected.json");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let rules = rules(folder);
    let report = json(folder, "check --format json");
    let findings: Vec<&Value> =
        list(&report["findings"]).iter().filter(|finding| finding["severity"] != "info").collect();
    let spots = |finding: &Value| -> Vec<Spot> {
        let others = list(&finding["related"]).iter().map(|other| &other["location"]);
        std::iter::once(&finding["location"]).chain(others).map(Spot::reported).collect()
    };
    let mut differences = Vec::new();
    let mut planted: Vec<Vec<Spot>> = Vec::new();
    for error in list(&expected["errors"]) {
        let places: Vec<Spot> = std::iter::once(error).chain(list(&error["also_at"])).map(Spot::labelled).collect();
        let touches =
            |finding: &&&Value| spots(finding).iter().any(|spot| places.iter().any(|place| place.meets(spot)));
        let accepted: BTreeSet<String> =
            std::iter::once(&error["rule"]).chain(list(&error["also_rules"])).map(string).collect();
        let found = findings.iter().filter(touches).find(|finding| accepted.contains(&string(&finding["rule"])));
        let label = format!("{}:{} {} {}", string(&error["file"]), error["line"], error["text"], error["rule"]);
        match found {
            None if rules.contains(&string(&error["rule"])) => differences.push(format!("missed: {label}")),
            Some(finding) if finding["rule"] == error["rule"] && !error["cause"].is_null() => {
                let cause = &finding["cause"]["kind"];
                if *cause != error["cause"] {
                    differences.push(format!("cause {cause} for {}: {label}", error["cause"]));
                }
            }
            _ => {}
        }
        planted.push(places);
    }
    for finding in &findings {
        let own = Spot::reported(&finding["location"]);
        let explained = spots(finding).iter().any(|spot| planted.iter().flatten().any(|place| place.meets(spot)));
        if !explained {
            let message = string(&finding["message"]);
            differences.push(format!("alarm: {}:{} {} {message}", own.file, own.line, finding["rule"]));
        }
    }
    differences
}

#[test]
fn the_labels_fit_the_decks() {
    for folder in decks() {
        let text = fs::read_to_string(folder.join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_str(&text).expect("JSON");
        let errors = list(&expected["errors"]);
        let labels = errors.iter().chain(errors.iter().flat_map(|error| list(&error["also_at"])));
        for label in labels.chain(list(&expected["lookalikes"])) {
            let (file, spot) = (string(&label["file"]), Spot::labelled(label));
            let document = fs::read_to_string(folder.join(&file)).expect("a document of the deck");
            let line = document.lines().nth(spot.line as usize - 1).unwrap_or_default();
            let (skip, take) = (spot.columns.start as usize - 1, (spot.columns.end - spot.columns.start) as usize);
            let at: String = line.chars().skip(skip).take(take).collect();
            assert_eq!(at, string(&label["text"]), "{}/{file}:{}", folder.display(), spot.line);
        }
    }
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    for folder in decks() {
        for arguments in [["check", "--format=json", "--fail-on=never"], ["claims", "--format=json", "--all"]] {
            let printed =
                |threads: &str| run(command(&folder).args(arguments).env("RAYON_NUM_THREADS", threads)).stdout;
            let alone = printed("1");
            assert!(alone.starts_with('{'), "a report is written");
            assert_eq!(alone, printed("7"));
        }
    }
}

#[test]
fn exactly_the_planted_errors_are_found() {
    let told: Vec<String> = decks()
        .iter()
        .flat_map(|folder| {
            let deck = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            differences(folder).into_iter().map(move |difference| format!("{deck}/{difference}"))
        })
        .collect();
    assert_eq!(told, [""; 0]);
}
