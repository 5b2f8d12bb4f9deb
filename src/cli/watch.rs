//! `--watch`: checks again whenever a file changes.
//!
//! Enters: a check that can be made again. Leaves: a report for each state of the deck, with a note on standard error between them.
//! Invariant: a change that is made during a check, to a file that was known when it began, leads to another check.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use tieout::span::Files;
use tieout::watch::Stamps;

use super::{CheckRun, Trouble, tell};

/// Between two looks at the disk: short enough to feel immediate.
const PAUSE: Duration = Duration::from_millis(300);

/// Looking takes at most one part in so many of the time, however large or slow the folder is.
const IDLE: u32 = 10;

/// Checks until the process is stopped, or nobody can be told anything any more.
pub(super) fn run(check: &CheckRun) -> ExitCode {
    let written: Vec<&Path> = check.destinations.iter().filter_map(|destination| destination.file()).collect();
    let mut read = BTreeSet::new();
    loop {
        let before = Stamps::of(&check.options, &read, &written);
        match check.once() {
            Ok(report) => remember(&report.deck.files, &mut read),
            Err(trouble) => {
                if let Trouble::Stopped(stopped) = &trouble {
                    remember(&stopped.files, &mut read);
                }
                tell(&trouble, check.color);
            }
        }
        let look = || Stamps::of(&check.options, &read, &written);
        let known = before.and_read(look(), &read);
        if note(&format!("watching {}; Ctrl-C ends", files(known.present()))).is_err() {
            return ExitCode::SUCCESS;
        }
        let changes = next_change(&known, look);
        if note(&format!("{} changed", files(changes))).is_err() {
            return ExitCode::SUCCESS;
        }
    }
}

/// Waits until something changed and stays so: editors and exports write in several steps.
fn next_change(known: &Stamps, look: impl Fn() -> Stamps) -> usize {
    let mut last = known.clone();
    loop {
        let started = Instant::now();
        let now = look();
        let changes = known.changes(&now);
        if changes > 0 && now == last {
            return changes;
        }
        last = now;
        thread::sleep(PAUSE.max(started.elapsed().saturating_mul(IDLE)));
    }
}

fn remember(files: &Files, read: &mut BTreeSet<PathBuf>) {
    read.extend(files.iter().map(|(_, file)| PathBuf::from(file.path())));
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

/// Says how things stand. File names are left out: they may be a stranger's.
fn note(text: &str) -> io::Result<()> {
    writeln!(io::stderr().lock(), "{text}")
}
