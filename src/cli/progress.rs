//! What a long run is at, on a terminal.
//!
//! Enters: a run. Leaves: its answer, and while it lasts one line on standard error. Invariant: the line is only ever seen on a terminal,
//! after a second of silence, and is gone before anything else is written.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use tieout::progress::{Progress, Step};

/// Nobody wonders before.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two looks at the run.
const PAUSE: Duration = Duration::from_millis(150);

/// Runs, and tells a terminal how it goes.
pub(super) fn shown<T>(run: impl FnOnce(&Progress) -> T) -> T {
    let progress = &Progress::default();
    if !io::stderr().is_terminal() {
        return run(progress);
    }
    let (running, over) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let width = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0.into());
            // A terminal that takes no text has nobody to tell.
            let _ = tell(progress, &over, width, &mut io::stderr());
        });
        // Dropped when the run is over, also where it panics: that ends the thread.
        let _running = running;
        run(progress)
    })
}

/// Writes the line over itself until the run is over, then takes it away.
fn tell(progress: &Progress, over: &Receiver<()>, width: usize, out: &mut impl Write) -> io::Result<()> {
    let started = Instant::now();
    let mut pause = PATIENCE;
    let mut shown = String::new();
    while over.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        pause = PAUSE;
        let line = line(progress.step(), started.elapsed(), width);
        if line != shown {
            write!(out, "{}", over_written(&shown, &line))?;
            out.flush()?;
            shown = line;
        }
    }
    if !shown.is_empty() {
        write!(out, "{}\r", over_written(&shown, ""))?;
    }
    out.flush()
}

/// What turns one line into another, on any terminal: spaces where the old one was longer.
fn over_written(old: &str, new: &str) -> String {
    format!("\r{new:<0$}", old.len())
}

/// What a run is at, and for how long it has gone on; never as long as the terminal is wide, for then it would wrap.
fn line(step: Step, elapsed: Duration, width: usize) -> String {
    let what = match step {
        Step::Finding => "finding the files".to_owned(),
        Step::Sources => "reading the sources".to_owned(),
        Step::Documents { done, of } => format!("reading the documents: {done} of {of}"),
        Step::Binding => "binding the numbers to facts".to_owned(),
        _ => "checking the numbers".to_owned(),
    };
    let mut line = format!("{what} ({} s)", elapsed.as_secs());
    line.truncate(width.saturating_sub(1));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_the_step_and_fits() {
        let line = |step, width| line(step, Duration::from_millis(2700), width);
        assert_eq!(line(Step::Documents { done: 12, of: 48 }, 80), "reading the documents: 12 of 48 (2 s)");
        assert_eq!(line(Step::Checking, 80), "checking the numbers (2 s)");
        assert_eq!(line(Step::Binding, 12), "binding the");
        assert_eq!(line(Step::Finding, 0), "");
    }

    #[test]
    fn a_shorter_line_covers_a_longer_one() {
        assert_eq!(over_written("", "abc"), "\rabc");
        assert_eq!(over_written("abcde", "xy"), "\rxy   ");
    }

    /// What a run that lasts so long leaves on a terminal.
    fn seen(lasts: Duration) -> String {
        let (running, over) = mpsc::channel::<()>();
        let mut out = Vec::new();
        thread::scope(|scope| {
            scope.spawn(move || {
                thread::sleep(lasts);
                drop(running);
            });
            tell(&Progress::default(), &over, 80, &mut out).expect("a vector takes every byte");
        });
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_short_run_is_silent_and_a_long_one_leaves_nothing() {
        assert_eq!(seen(Duration::ZERO), "");
        let seen = seen(PATIENCE + PAUSE * 2);
        assert!(seen.starts_with("\rfinding the files (1 s)"), "{seen:?}");
        let last = seen.trim_end_matches('\r').rsplit('\r').next();
        assert!(
            seen.ends_with('\r') && last.is_some_and(|last| last.trim().is_empty() && last.len() >= 23),
            "{seen:?}"
        );
    }
}
