//! `tieout diff`: folders, files and revisions.

use std::process::Command;

use crate::deck::Deck;

const SLIDES: &str =
    "# Board\n\nARR was $42.3M at the end of Q3 FY30.\n\n# Again\n\nARR at the end of Q3 FY30: $42M.\n";
const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, period_type: instant, \
                       values: {FY2030-Q3: 42318204}}\n";

#[test]
fn folders_are_compared_file_by_file() {
    let metrics = METRICS.replace("42318204", "43318204");
    let slides = SLIDES.replace("$42.3M", "$43.3M");
    let deck = Deck::of([
        ("old/slides.md", SLIDES),
        ("old/metrics.yaml", METRICS),
        ("new/slides.md", slides.as_str()),
        ("new/metrics.yaml", metrics.as_str()),
    ]);
    let run = deck.run("diff old new");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "Sources\n  ARR, FY2030-Q3: $42,318,204 → $43,318,204  metrics.yaml:3:82\n    stale: $42M  slides.md:7:28\n    \
         1 statement already as it is now\n\nDeck\n  ARR, FY2030-Q3: $42.3M → $43.3M  slides.md:3:9\n\n\
         1 fact of the sources changed, 1 statement stale; 1 number changed, 0 appeared, 0 vanished, 1 the same\n"
    );
    let json = deck.json("diff old new --format json");
    assert_eq!(json["schema"], "tieout/diff/1");
    assert_eq!(json["summary"]["stale"], 1);
    assert_eq!(json["sources"][0]["stale"][0]["location"]["path"], "slides.md");
    assert_eq!(json["sources"][0]["old"]["value"], "42318204");
    assert_eq!((&json["claims"][0]["change"], &json["claims"][0]["metric"]), (&"changed".into(), &"arr".into()));
    assert_eq!(json["claims"][0]["new"]["value"], "43300000");
    let same = deck.run("diff old old");
    assert_eq!(same.code, 0);
    assert!(same.stdout.starts_with("no fact of the sources changed; 0 numbers changed"), "{}", same.stdout);
    assert_eq!(deck.run("diff old/slides.md new/slides.md").stdout, run.stdout);
}

/// Runs git in a folder, with nothing of the machine's own settings.
fn git(deck: &Deck, arguments: &[&str]) -> bool {
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
    let quiet = |mut command: Command| command.output().is_ok_and(|output| output.status.success());
    let mut command = Command::new("git");
    command.args(who).args(arguments).current_dir(deck.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    quiet(command)
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever reads the log of a test shall know that it has tested nothing")]
fn revisions_are_compared_and_nothing_is_touched() {
    let deck = Deck::of([("q3/slides.md", SLIDES), ("q3/metrics.yaml", METRICS), ("q3/-x.md", "# Notes\n")]);
    if !git(&deck, &["init"]) {
        eprintln!("skipped: this needs git");
        return;
    }
    assert!(git(&deck, &["add", "."]) && git(&deck, &["commit", "-m", "one"]) && git(&deck, &["tag", "one"]));
    deck.write("q3/metrics.yaml", METRICS.replace("42318204", "43318204").as_bytes());
    assert!(git(&deck, &["commit", "-a", "-m", "two"]) && git(&deck, &["tag", "two"]));
    let between = deck.run("diff --rev one..two q3");
    assert_eq!(between.code, 1, "{}", between.stderr);
    for part in
        ["42,318,204 → $43,318,204  metrics.yaml", "stale: $42.3M  slides.md:3:9\n", "stale: $42M  slides.md:7:28\n"]
    {
        let shown = between.stdout.replace("q3/", "");
        assert!(shown.contains(part), "{part} in {shown}");
    }
    // Against the files as they are, which differ from every revision.
    deck.write("q3/slides.md", SLIDES.replace("$42.3M", "$43.3M").as_bytes());
    let now = deck.run("diff --rev two.. q3");
    assert_eq!(now.code, 0, "{}{}", now.stdout, now.stderr);
    assert!(now.stdout.contains("ARR, FY2030-Q3: $42.3M → $43.3M  q3/slides.md:3:9\n"), "{}", now.stdout);
    let said = deck.failure("diff --rev three..two q3");
    assert_eq!(said, "error: `three` is no revision of this repository\n");
    let said = deck.failure("diff --rev=--output=x..two q3");
    assert!(said.contains("`--output=x` is no revision"), "{said}");
    assert!(!deck.path().join("x").exists());
}

#[test]
fn two_versions_are_asked_for() {
    let deck = Deck::of([("slides.md", SLIDES)]);
    assert!(deck.failure("diff slides.md").starts_with("error: a diff is between two versions\n"));
    let said = deck.failure("diff --rev one..two");
    assert!(said.starts_with("error: `--rev` needs a git repository"), "{said}");
}
