//! What `tieout.yaml` settles, and what becomes of settings that settle nothing any more.

use crate::deck::Deck;

const METRICS: (&str, &str) =
    ("metrics.yaml", "version: 1\nmetrics:\n  - {name: arr, label: ARR, unit: USD, values: {FY2030-Q3: 42318204}}\n");
const SLIDES: (&str, &str) = ("slides.md", "ARR was $45.9M in Q3 FY30.\n");

#[test]
fn a_disagreement_that_is_only_remarked_on_is_one() {
    let deck = Deck::of([METRICS, SLIDES, ("tieout.yaml", "rules: {value-mismatch: info}\n")]);
    let report = deck.json("check --format json");
    assert_eq!((&report["findings"][0]["severity"], &report["summary"]["disagree"]), (&"info".into(), &1.into()));
}

#[test]
fn a_waiver_for_a_document_that_is_gone_is_told_whatever_is_checked() {
    let waiver = |path: &str| format!("waivers: [{{rule: value-mismatch, path: {path}, reason: preliminary close}}]\n");
    let said = |path: &str| {
        let deck = Deck::of([METRICS, SLIDES, ("notes.md", "None.\n"), ("tieout.yaml", waiver(path).as_str())]);
        let report = deck.json("check slides.md --select unused-waiver --format json");
        report["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| finding["message"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(said("gone.md"), ["there is no `gone.md` any more, so this waiver accepts nothing"]);
    assert!(said("notes.md").is_empty(), "it was not checked");
    assert!(said("drafts/*.md").is_empty(), "there may be some one day");
}

#[test]
fn what_is_accepted_is_told_with_its_reason() {
    let metrics = METRICS.1.replace("}}", "}, accept: [{period: FY2030-Q3, value: $42.9M, reason: first estimate}]}");
    let slides = "ARR was $42.9M in Q3 FY30.\n\n<!-- tieout: allow value-mismatch -- as *published* -->\nARR was $45.9M in Q3 FY30.\n";
    let deck = Deck::of([("metrics.yaml", metrics.as_str()), ("slides.md", slides)]);
    let report = deck.json("check --format json");
    let told = report["waived"].as_array().expect("accepted findings").iter();
    let told: Vec<_> = told
        .map(|one| {
            (one["reason"].clone(), one["location"]["text"].clone(), one["accepted_at"]["start"]["line"].clone())
        })
        .collect();
    assert_eq!(
        told,
        [("first estimate".into(), "$42.9M".into(), 3.into()), ("as *published*".into(), "$45.9M".into(), 3.into())]
    );
    for (format, expected) in [
        ("csv", "value-mismatch,\"accepted (as *published*): ARR, FY2030-Q3 is $45.9M here, $42.3M in the source\""),
        ("markdown", "- `slides.md:4`, value-mismatch at <span>$</span>45.9M: as \\*published\\* (`slides.md:3`)\n"),
        ("html", "<td>accepted: first estimate · metrics.yaml:3<br>source of truth: $42.3M · metrics.yaml:3</td>"),
        (
            "html",
            "<q>as *published*</q> <span class=\"where\">value-mismatch · slides.md:4 · accepted at slides.md:3</span>",
        ),
    ] {
        let said = deck.run(&format!("check --format {format}")).stdout;
        assert!(said.contains(expected), "{format}: {said}");
    }
}

#[test]
fn what_somebody_accepted_does_not_tie() {
    let deck = Deck::of([
        METRICS,
        ("slides.md", "<!-- tieout: allow value-mismatch -- as published -->\nARR was $45.9M in Q3 FY30.\n"),
    ]);
    let run = deck.run("check");
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "1 number in 1 document, 1 slide: 1 waived; no disagreement found\n")
    );
}
