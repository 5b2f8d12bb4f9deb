//! Which rules run, and at which level where.

use crate::deck::Deck;

const METRICS: &str = "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}\n";

const SLIDES: &str = "# Review\n\nARR was $45.9M in Q3 FY30. We have 41 offices.\n";

/// `path rule severity` of each finding.
fn found(deck: &Deck, arguments: &str) -> Vec<String> {
    let report = deck.json(&format!("check {arguments} --format json"));
    let findings = report["findings"].as_array().expect("findings").clone();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let told = |finding: &serde_json::Value| {
        [&finding["location"]["path"], &finding["rule"], &finding["severity"]].map(word).join(" ")
    };
    findings.iter().map(told).collect()
}

#[test]
fn rules_can_be_selected_and_left_out() {
    let deck = Deck::of([("metrics.yaml", METRICS), ("slides.md", SLIDES)]);
    assert_eq!(found(&deck, ""), ["slides.md value-mismatch error"]);
    assert!(found(&deck, "--ignore value-mismatch").is_empty());
    assert_eq!(found(&deck, "--select untraced-claim,total-not-sum"), ["slides.md untraced-claim warning"]);
    assert!(found(&deck, "--select value-mismatch --ignore value-mismatch").is_empty());
    let said = deck.failure("check --select value-missmatch --ignore total-no-sum");
    assert_eq!(
        said,
        "error: there is no rule `value-missmatch`\n  help: did you mean `value-mismatch`?\n\
         error: there is no rule `total-no-sum`\n  help: did you mean `total-not-sum`?\n"
    );
}

#[test]
fn levels_can_differ_by_path() {
    let settings = "version: 1\nrules: {value-mismatch: warning}\ndocuments:\n\
                    - {path: 'drafts/**', rules: {value-mismatch: off}}\n\
                    - {path: final.md, rules: {value-mismatch: error, untraced-claim: info}}\n";
    let deck = Deck::of([
        ("metrics.yaml", METRICS),
        ("drafts/a/slides.md", SLIDES),
        ("final.md", SLIDES),
        ("other.md", SLIDES),
        ("tieout.yaml", settings),
    ]);
    assert_eq!(
        found(&deck, ""),
        ["final.md value-mismatch error", "final.md untraced-claim info", "other.md value-mismatch warning"]
    );
    deck.write("tieout.yaml", b"documents: [{path: final.md, rules: {value-missmatch: off}}]\n");
    let said = deck.failure("check");
    assert!(said.starts_with("error: tieout.yaml:1:38: `value-missmatch` is not a known rule\n"), "{said}");
}
