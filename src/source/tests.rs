//! Several sources as one.

use super::*;

fn loaded(sources: &[(&str, &str)]) -> (Files, Result<SourceOfTruth, Vec<Failure>>) {
    let mut files = Files::default();
    let ids: Vec<_> = sources.iter().map(|(path, text)| files.add(*path, *text)).collect();
    let source = load(&files, &ids);
    (files, source)
}

const DEFINED: &str =
    "metrics:\n- {name: gross_profit, label: Gross profit, synonyms: [GP], unit: percent, values: {FY2025: 4}}\n";

#[test]
fn a_table_may_use_any_name_of_a_metric() {
    // The table comes first, and its facts stay first.
    let table =
        "metric,period,value\nGross profit,FY2024,1\nGP,FY2025,5\nGROSS-PROFIT,FY2023,2\nother thing,FY2025,3\n";
    let (_, source) = loaded(&[("a.csv", table), ("metrics.yaml", DEFINED)]);
    let source = source.expect("valid sources");
    let names: Vec<_> = source.metrics.iter().map(|metric| metric.name.as_str()).collect();
    assert_eq!(names, ["gross_profit", "other_thing"]);
    let facts: Vec<_> = source.facts.iter().map(|fact| (fact.metric, fact.value.to_string())).collect();
    let expected = [(0, "1"), (0, "5"), (0, "2"), (1, "3"), (0, "4")];
    assert_eq!(facts, expected.map(|(metric, value)| (metric, value.to_owned())));
    // Two sources state FY2025, and both are kept.
    assert_eq!(source.facts[1].period, source.facts[4].period);
}

#[test]
fn definitions_complete_one_another() {
    let more = "metrics:\n- {name: Gross Profit, owner: finance, synonyms: [margin], description: Sales less cost.}\n";
    let (_, source) = loaded(&[("metrics.yaml", DEFINED), ("more.yaml", more)]);
    let source = source.expect("valid sources");
    let [metric] = source.metrics.as_slice() else { panic!("one metric") };
    let synonyms: Vec<_> = metric.synonyms.iter().map(|synonym| synonym.value.as_str()).collect();
    assert_eq!((metric.label.as_str(), synonyms), ("Gross profit", vec!["GP", "margin"]));
    assert_eq!((metric.owner.as_deref(), metric.unit.as_ref()), (Some("finance"), Some(&Unit::Percent)));
}

#[test]
fn what_clashes_between_files() {
    let cases = [
        (
            "metrics:\n- {name: gross_profit, unit: x}\n",
            "more.yaml:2: `gross_profit` is in x here, but in percent in metrics.yaml:2",
        ),
        (
            "metrics:\n- {name: net, synonyms: [gp]}\n",
            "more.yaml:2: `gp` names both `gross_profit` (metrics.yaml:2) and `net`",
        ),
        (
            "calendar: {year_start: 02-01}\nmetrics:\n- {name: b}\n",
            "more.yaml:1: the fiscal calendar differs from the one in metrics.yaml:3",
        ),
    ];
    for (more, expected) in cases {
        let first = format!("{DEFINED}calendar: {{year_start: 04-01}}\n");
        let (files, source) = loaded(&[("metrics.yaml", &first), ("more.yaml", more)]);
        let failures = source.expect_err("a clash");
        let told = |failure: &Failure| {
            let at = failure.place.map(|place| (place, files.position(place.file, place.span.start)));
            let at = at.map(|(place, at)| format!("{}:{}", files.get(place.file).path(), at.line)).unwrap_or_default();
            format!("{at}: {}", failure.message)
        };
        assert_eq!(failures.iter().map(told).collect::<Vec<_>>(), [expected]);
    }
}

#[test]
fn no_source_at_all() {
    let (_, source) = loaded(&[]);
    assert_eq!(source.map(|source| source.scenario), Ok("actual".to_owned()));
}

#[test]
fn every_broken_file_is_told_of() {
    let (_, source) = loaded(&[("a.yaml", "metrics: ["), ("b.csv", "x,y\n")]);
    assert_eq!(source.map(|_| ()).expect_err("two broken files").len(), 2);
}
