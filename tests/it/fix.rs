//! `tieout fix`: what is written, what is only shown, and what is left alone.

use std::fs;

use crate::deck::Deck;

const SLIDES: &str = "# Board\r\n\r\nARR was **$38.1M** at the end of Q3 FY30.\r\n\r\nARR of the plan was $44.9M.\r\n";
const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, period_type: instant, \
                       values: {FY2030-Q2: 38118400, FY2030-Q3: 42318204}}\n";

fn deck() -> Deck {
    Deck::of([("slides.md", SLIDES), ("metrics.yaml", METRICS)])
}

fn read(deck: &Deck, path: &str) -> String {
    fs::read_to_string(deck.path().join(path)).expect("a file")
}

#[test]
fn a_diff_writes_nothing() {
    let deck = deck();
    let run = deck.run("fix --diff");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.starts_with("--- a/slides.md\n+++ b/slides.md\n@@ -1,5 +1,5 @@\n"), "{}", run.stdout);
    assert!(
        run.stdout.contains("-ARR was **$38.1M** at the end of Q3 FY30.\n+ARR was **$42.3M** at"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("\n1 number to rewrite in 1 file\n"), "{}", run.stdout);
    assert_eq!(read(&deck, "slides.md"), SLIDES);
}

#[test]
fn a_diff_of_a_last_line_without_an_end_can_be_applied() {
    let deck = Deck::of([("slides.md", "ARR was $38.1M in Q3 FY30."), ("metrics.yaml", METRICS)]);
    let end = "\\ No newline at end of file\n";
    let expected = format!("-ARR was $38.1M in Q3 FY30.\n{end}+ARR was $42.3M in Q3 FY30.\n{end}");
    let run = deck.run("fix --diff");
    assert!(run.stdout.contains(&expected), "{}", run.stdout);
}

#[test]
fn only_the_number_is_written_and_nothing_is_found_then() {
    let deck = deck();
    let run = deck.run("fix");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "fixed slides.md:3:11: $38.1M → $42.3M  (ARR, FY2030-Q3)\n\n1 number rewritten in 1 file\n");
    assert_eq!(read(&deck, "slides.md"), SLIDES.replace("$38.1M", "$42.3M"));
    assert_eq!(read(&deck, "metrics.yaml"), METRICS);
    assert_eq!(fs::read_dir(deck.path()).expect("a folder").count(), 2, "nothing else is left behind");
    assert_eq!(deck.run("check").code, 0);
    assert_eq!(deck.run("fix").stdout, "nothing rewritten\n");
}

#[test]
fn the_machine_contract_has_the_fix() {
    let fix = &deck().json("check --format json")["findings"][0]["fix"];
    assert_eq!(fix["replacement"], "$42.3M");
    assert_eq!(fix["safe"], true);
    assert_eq!(fix["location"]["start"]["byte"], 21);
}

#[test]
fn what_nothing_explains_waits_for_a_human() {
    let slides = SLIDES.replace("$38.1M", "$44.9M");
    let deck = Deck::of([("slides.md", slides.as_str()), ("metrics.yaml", METRICS)]);
    let run = deck.run("fix");
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains(": $44.9M: no slip explains it; --unsafe-fixes writes $42.3M\n"), "{}", run.stdout);
    assert!(run.stdout.ends_with("nothing rewritten; 1 left, 1 of them for --unsafe-fixes\n"), "{}", run.stdout);
    assert_eq!(read(&deck, "slides.md"), slides);
    assert_eq!(deck.run("fix --unsafe-fixes").code, 0);
    assert_eq!(read(&deck, "slides.md"), slides.replacen("$44.9M", "$42.3M", 1));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let deck = Deck::of([("elsewhere/slides.md", SLIDES), ("deck/metrics.yaml", METRICS)]);
    let (file, link) = (deck.path().join("elsewhere/slides.md"), deck.path().join("deck/slides.md"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions can be set");
    symlink("../elsewhere/slides.md", &link).expect("a link can be made");
    assert_eq!(deck.run("fix deck").code, 0);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(read(&deck, "elsewhere/slides.md").contains("$42.3M"));
    // A file that must not be written is left, and nothing beside it.
    fs::write(&file, SLIDES).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).expect("permissions can be set");
    let said = deck.failure("fix deck");
    assert!(said.starts_with("error: cannot rewrite ") && said.contains("read-only"), "{said}");
    assert_eq!(fs::read_dir(deck.path().join("elsewhere")).expect("a folder").count(), 1);
}
