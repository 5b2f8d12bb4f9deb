//! Definitions of a dbt project beside a table of figures, however they are named.

use crate::deck::Deck;

const DBT: &str = "version: 2
metrics:
  - {name: revenue, label: Net revenue, type: simple, type_params: {measure: r}, config: {meta: {synonyms: [turnover]}}}
  - {name: orders, type: simple, type_params: {measure: o}}
  - {name: basket, label: Average basket, type: ratio, type_params: {numerator: revenue, denominator: orders}}
";

const FIGURES: &str = "metric,period,value,unit\nrevenue,FY2030,9000000,USD\norders,FY2030,60000,count\n";

#[test]
fn synonyms_and_formulas_bind_the_deck_to_the_figures() {
    let slides = "# FY2030\n\nTurnover was $9.0M on 60,000 orders.\n";
    let files = [("slides.md", slides), ("dbt/models/finance.yml", DBT), ("data/figures.csv", FIGURES)];
    let settled = "version: 1\nsources: [dbt/models/finance.yml, data/figures.csv]\n";
    for (settings, arguments) in [
        (settled, "check slides.md --format json"),
        ("version: 1\n", "check slides.md --metrics data/figures.csv --metrics dbt/models/finance.yml --format json"),
        ("version: 1\n", "check . --format json"),
    ] {
        let deck = Deck::of(files);
        deck.write("tieout.yaml", settings.as_bytes());
        let report = deck.json(arguments);
        assert_eq!(report["summary"]["tied"], 2, "{arguments}: {report}");
        assert_eq!(report["summary"]["documents"], 1, "{arguments}");
    }
    // Without the definitions nobody knows what turnover is.
    let deck = Deck::of([files[0], files[2]]);
    assert_eq!(deck.json("check . --format json")["summary"]["tied"], 1);
}

#[test]
fn a_definition_has_its_place() {
    let deck = Deck::of([("slides.md", "# A\n"), ("finance.yml", DBT), ("figures.csv", FIGURES)]);
    let run = deck.run("trace turnover");
    assert!(run.stdout.contains("finance.yml:3:12"), "{}{}", run.stdout, run.stderr);
    let broken = DBT.replace("name: orders", "label: orders");
    let deck = Deck::of([("slides.md", "# A\n"), ("finance.yml", &broken), ("figures.csv", FIGURES)]);
    let said = deck.failure("check");
    assert!(said.contains("this metric has no `name`") && said.contains("finance.yml:4:5"), "{said}");
}
