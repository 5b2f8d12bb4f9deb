//! `--watch`: a report for each state of the deck.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::deck::Deck;

const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}\n";

/// A check that goes on; it ends with the test.
struct Watching {
    child: Child,
    notes: Receiver<String>,
}

impl Watching {
    fn of(deck: &Deck, arguments: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.current_dir(deck.path()).args(arguments.split_whitespace());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, notes) = mpsc::channel();
        thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, notes }
    }

    /// Waits until it has said this on standard error.
    fn says(&self, expected: &str) {
        loop {
            let line = self.notes.recv_timeout(Duration::from_secs(60)).expect(expected);
            if line == expected {
                return;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It has ended by itself: then there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_leads_to_another_report() {
    let deck = Deck::of([("metrics.yaml", METRICS), ("slides.md", "ARR was $45.9M in Q3 FY30.\n")]);
    let watching = Watching::of(&deck, "check --watch --format terminal --format json=out.json");
    let report = || fs::read_to_string(deck.path().join("out.json")).expect("a report");
    watching.says("watching 2 files; Ctrl-C ends");
    assert!(report().contains("value-mismatch"));

    deck.write("slides.md", b"ARR was $42.3M in Q3 FY30. \n");
    watching.says("1 file changed");
    watching.says("watching 2 files; Ctrl-C ends");
    assert!(!report().contains("value-mismatch"));

    deck.write("tieout.yaml", b"nonsense: 1\n");
    watching.says("1 file changed");
    watching.says("watching 3 files; Ctrl-C ends");
    deck.write("tieout.yaml", b"version: 1\n");
    watching.says("1 file changed");
    deck.write("appendix.md", b"ARR was $49.9M in Q3 FY30.\n");
    watching.says("watching 4 files; Ctrl-C ends");
    assert!(report().contains("appendix.md"));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let deck = Deck::of([("metrics.yaml", METRICS), ("slides.md", "ARR was $42.3M in Q3 FY30.\n")]);
    for other in ["--stdin-filename slides.md", "--write-baseline known.json"] {
        assert!(deck.failure(&format!("check --watch {other}")).contains("cannot be used with"), "{other}");
    }
}
