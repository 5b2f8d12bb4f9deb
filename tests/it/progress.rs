//! What a long run says on a terminal meanwhile, through a pseudo-terminal of util-linux' `script`.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::deck::Deck;

/// A deck that takes a debug build a few seconds.
fn long_deck() -> Deck {
    let slide = |at: usize| {
        format!("# Slide {at}\n\nARR was ${}.4M in Q3 FY30, up {}% on Q3 FY29.\n\n---\n\n", at % 97, at % 50)
    };
    let slides: String = (0..6000).map(slide).collect();
    Deck::of([("slides.md", slides.as_str())])
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever reads the log of a test shall know that it has tested nothing")]
fn a_terminal_is_told_and_left_clean() {
    let version = Command::new("script").arg("--version").output();
    if !version.is_ok_and(|said| said.stdout.starts_with(b"script from util-linux")) {
        eprintln!("skipped: this needs `script` of util-linux");
        return;
    }
    let deck = long_deck();
    let tieout = format!("'{}' check --format json --fail-on never", env!("CARGO_BIN_EXE_tieout"));
    let on_terminal = |shell: &str| {
        let mut script = Command::new("script");
        let script = script.args(["-qec", shell, "/dev/null"]).current_dir(deck.path()).stdin(Stdio::null());
        String::from_utf8(script.output().expect("a pseudo-terminal").stdout).expect("text")
    };
    let started = Instant::now();
    let both = on_terminal(&tieout);
    if started.elapsed() < Duration::from_millis(1500) {
        eprintln!("skipped: this machine is too fast for the deck of the test");
        return;
    }
    let (meanwhile, report) = both.split_once('{').expect("a report");
    assert!(meanwhile.contains(" s)"), "{meanwhile:?}");
    let last = meanwhile.trim_end_matches('\r').rsplit('\r').next().expect("a line");
    assert!(last.trim().is_empty() && meanwhile.ends_with('\r'), "{meanwhile:?}");
    assert!(!report.contains(" s)"));
    // Into a file or a pipe, never.
    assert_eq!(on_terminal(&format!("{tieout} > report.json 2> said.txt; cat said.txt")), "");
}
