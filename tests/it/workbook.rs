//! Workbooks as sources.

use rust_xlsxwriter::Workbook;

use crate::deck::Deck;

const SLIDES: &str = "# Q3 FY30\n\nARR closed at $42.8M in Q3 FY30.\n";

/// A deck with `model.xlsx`: ARR on the sheet KPIs, and what it was planned to be on the sheet Plan.
fn deck(further: &[(&str, &str)]) -> Deck {
    let deck = Deck::of([("slides.md", SLIDES)].into_iter().chain(further.iter().copied()));
    let mut book = Workbook::new();
    for (name, value) in [("KPIs", 42_318_204), ("Plan", 43_000_000)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        let head = ["Metric", "Q2 FY30", if name == "Plan" { "Q3 FY30 plan" } else { "Q3 FY30" }];
        for (column, text) in (0..).zip(head) {
            sheet.write_string(0, column, text).expect("a cell");
        }
        sheet.write_string(1, 0, "ARR").expect("a cell");
        sheet.write_number(1, 1, 38_118_400).expect("a cell");
        sheet.write_number(1, 2, value).expect("a cell");
    }
    deck.write("model.xlsx", &book.save_to_buffer().expect("a workbook"));
    deck
}

#[test]
fn findings_name_the_cell() {
    let deck = deck(&[]);
    let said = deck.run("check slides.md --metrics model.xlsx#KPIs");
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stdout.contains("[model.xlsx › KPIs!C2]"), "{}", said.stdout);
    assert!(said.stdout.contains(" 2 │ ARR | 38118400 | 42318204"), "{}", said.stdout);
    let found = deck.json("check slides.md --metrics model.xlsx#KPIs --format json");
    let side = &found["findings"][0]["related"][0]["location"];
    assert_eq!(
        (&side["path"], &side["cell"], &side["text"]),
        (&"model.xlsx".into(), &"KPIs!C2".into(), &"42318204".into())
    );
    assert!(found["findings"][0]["location"].get("cell").is_none());
}

#[test]
fn sheets_are_named_in_the_configuration() {
    let settings = "sources:\n- {path: model.xlsx, sheet: KPIs}\n- {path: model.xlsx, sheet: Plan}\n";
    let deck = deck(&[("tieout.yaml", settings)]);
    let told = deck.json("trace arr --format json");
    let groups = told["groups"].as_array().expect("a list");
    let cells = |group: &serde_json::Value| {
        let facts = group["facts"].as_array().expect("a list").iter();
        facts.map(|fact| fact["location"]["cell"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(groups.iter().map(cells).collect::<Vec<_>>(), ["KPIs!B2 Plan!B2", "KPIs!C2", "Plan!C2"]);
}

#[test]
fn what_cannot_be_read_is_said_where_it_was_asked_for() {
    let several = deck(&[("tieout.yaml", "version: 1\nsources: [model.xlsx]\n")]);
    let said = several.failure("check slides.md");
    assert!(
        said.starts_with("error: tieout.yaml:2:11: model.xlsx: several sheets state metrics: `KPIs`, `Plan`\n"),
        "{said}"
    );
    let said = deck(&[]).failure("check slides.md --metrics model.xlsx#KPI");
    assert_eq!(said, "error: model.xlsx: there is no sheet `KPI`\n  help: did you mean `KPIs`?\n");
    assert!(deck(&[]).failure("check model.xlsx").starts_with("error: model.xlsx: a workbook is no document\n"));
}

#[test]
fn the_first_source_wins_where_that_is_declared() {
    let sources = "sources: [finance.csv, a-hr.csv]\n";
    let files = [
        ("finance.csv", "metric,period,value\nARR,FY2030-Q3,42800000\n"),
        ("a-hr.csv", "metric,period,value\nARR,FY2030-Q3,41000000\n"),
    ];
    let rules = |settings: &str| {
        let found = deck(&[files[0], files[1], ("tieout.yaml", settings)]).json("check slides.md --format json");
        let findings = found["findings"].as_array().expect("a list").iter();
        findings.map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules(sources), ["source-conflict"]);
    assert_eq!(rules(&format!("{sources}first_source_wins: true\n")), Vec::<String>::new());
    let other = "sources: [a-hr.csv, finance.csv]\nfirst_source_wins: true\n";
    assert_eq!(rules(other), ["value-mismatch"]);
}
