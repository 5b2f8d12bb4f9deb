//! `tieout trace`: one metric through the deck.

use crate::deck::Deck;

const METRICS: &str = "\
version: 1
metrics:
  - name: arr
    label: ARR
    synonyms: [annual recurring revenue]
    description: Contracted annual recurring revenue at period end.
    unit: USD
    period_type: instant
    owner: finance
    values: {FY2030-Q2: 38_118_400, FY2030-Q3: 42_318_204}
";

fn deck() -> Deck {
    Deck::of([
        ("metrics.yaml", METRICS),
        ("board/more.csv", "metric,period,value\nARR,FY2030-Q3,42381204\n"),
        ("slides.md", "# Q3 FY30\n\nARR closed at $42.3M in Q3 FY30, from $38.1M in Q2 FY30.\n"),
    ])
}

#[test]
fn every_place_of_a_metric_is_told() {
    let said = deck().run("trace ANNUAL-recurring-revenue");
    assert_eq!(said.code, 0, "{}", said.stderr);
    for (line, words) in [
        (0, &["ARR (arr)"][..]),
        (2, &["in USD, a balance"]),
        (3, &["Contracted annual"]),
        (8, &["FY2030-Q2", "metrics.yaml:10:", "38_118_400", "source"]),
        (9, &["FY2030-Q2", "slides.md:3:", "$38.1M", "38050000 to 38150000", "tied", "ARR named"]),
        (10, &["FY2030-Q3", "board/more.csv:2:", "42381204"]),
        (11, &["FY2030-Q3", "metrics.yaml:10:", "42_318_204"]),
        (12, &["$42.3M", "tied"]),
        (14, &["error: source-conflict at metrics.yaml:10:"]),
    ] {
        let found = said.stdout.lines().nth(line).unwrap_or_default();
        assert!(words.iter().all(|word| found.contains(word)), "line {line} has not {words:?}:\n{}", said.stdout);
    }
}

#[test]
fn tools_are_told_the_same() {
    let told = deck().json("trace arr slides.md --metrics metrics.yaml --format json");
    assert_eq!(told["schema"], "tieout/trace/1");
    assert_eq!((&told["metric"]["unit"], &told["metric"]["owner"]), (&"USD".into(), &"finance".into()));
    let groups = told["groups"].as_array().expect("a list");
    let brief = |group: &serde_json::Value| {
        let (fact, claim) = (&group["facts"][0], &group["claims"][0]);
        [&group["period"], &fact["value"], &claim["low"], &claim["status"]]
            .map(|value| value.as_str().map(str::to_owned))
    };
    let expected = [
        ["FY2030-Q2", "38118400", "38050000", "tied"].map(|word| Some(word.to_owned())),
        ["FY2030-Q3", "42318204", "42250000", "tied"].map(|word| Some(word.to_owned())),
    ];
    assert_eq!(groups.iter().map(brief).collect::<Vec<_>>(), expected);
}

#[test]
fn a_name_that_nothing_has() {
    let said = deck().failure("trace anual-recurring-revenue");
    assert!(said.contains("did you mean `annual recurring revenue`?"), "{said}");
}
