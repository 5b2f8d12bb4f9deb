//! Exports and what is read of them, one line a block.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::read;
use crate::document::{BlockKind, Document, Flow, Role, Row};
use crate::span::FileId;

fn document(text: &str) -> Document {
    read(FileId(0), text, Role::Slides).expect("valid YAML")
}

/// Text as it reads, and in brackets the bytes behind it where they differ.
fn shown(text: &str, flow: &Flow) -> String {
    let behind = &text[flow.whole().range()];
    let reads = flow.text().replace('\n', "⏎");
    if behind == flow.text() { reads } else { format!("{reads} [{}]", behind.replace('\n', "⏎")) }
}

/// Blocks, one a line: slide, role where it is not slides, kind, text, what leads in and what it stands under.
fn outline(text: &str) -> String {
    let document = document(text);
    let mut lines = String::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let flow = |flow: &Flow| shown(text, flow);
        let cells = |row: &Row| {
            let cells: Vec<_> = row.cells.iter().map(|cell| cell.flow.text().to_owned()).collect();
            format!("{}{}", if row.header { "#" } else { "" }, cells.join("|"))
        };
        let what = match &block.kind {
            BlockKind::Heading(level, text) => format!("H{level} {}", flow(text)),
            BlockKind::Paragraph(text) => format!("P {}", flow(text)),
            BlockKind::Item(text) => format!("- {}", flow(text)),
            BlockKind::Quote(text) => format!("> {}", flow(text)),
            BlockKind::Footnote(label, text) => format!("^{label} {}", flow(text)),
            BlockKind::Tile { value, label } => format!("tile {} = {}", flow(label), flow(value)),
            BlockKind::Field(path, value) => {
                let path: Vec<_> = path.iter().map(Flow::text).collect();
                format!("{}: {}", path.join("."), flow(value))
            }
            BlockKind::Table(table) => {
                let name = if table.chart { "chart" } else { "table" };
                let caption = table.caption.as_ref().map(|text| format!(" '{}'", flow(text))).unwrap_or_default();
                let unit = table.unit.as_ref().map(|text| format!(" in {}", flow(text))).unwrap_or_default();
                format!("{name}{caption}{unit} {}", table.rows.iter().map(cells).collect::<Vec<_>>().join(" / "))
            }
        };
        let role = match block.role {
            Role::Slides => "",
            Role::Appendix => " appendix",
            Role::Notes => " notes",
        };
        let under = block.heading.map(|at| format!(" ^{at}")).unwrap_or_default();
        let lead = block.lead.map(|at| format!(" <{at}")).unwrap_or_default();
        writeln!(lines, "{at}{under}{lead} s{}{role} {what}", block.slide).expect("a string takes it");
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let expected: Vec<_> = expected.trim().lines().map(str::trim).collect();
    let found = outline(text);
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "\n{found}");
}

#[test]
fn the_documented_schema() {
    let text = r#"
deck: Board meeting
period: Q2 FY25
slides:
  - title: Opening
    subtitle: Quarter ended June
    body: |
      First paragraph,
      two lines.

      Points:
    bullets:
      - "Sales of **€4**.2m*, *up* 2%"
      - Costs: €3m
      - [deep one, deep two]
    notes: Say hello.
    quote: "Best year", said the chair.
"#;
    assert!(super::read(FileId(0), text, Role::Slides).is_err(), "text after a closing quote is no YAML");
    let text = text.replace("\"Best year\", said the chair.", "\"It was 9 of 10\"");
    check(
        &text,
        "0 s1 H1 Opening
         1 ^0 s1 P Quarter ended June
         2 ^0 s1 P First paragraph,⏎two lines. [First paragraph,⏎      two lines.]
         3 ^0 s1 P Points:
         4 ^0 <3 s1 - Sales of €4.2m*, up 2% [Sales of **€4**.2m*, *up* 2%]
         5 ^0 <3 s1 - Costs: €3m
         6 ^0 <5 s1 - deep one
         7 ^0 <5 s1 - deep two
         8 ^0 s1 notes P Say hello.
         9 ^0 s1 > It was 9 of 10",
    );
    let document = document(&text);
    assert_eq!(document.title.as_ref().map(Flow::text), Some("Board meeting"));
    assert_eq!(document.period.as_ref().map(Flow::text), Some("Q2 FY25"));
}

#[test]
fn tables_of_the_schema() {
    check(
        "slides:
- title: T
  unit: €m
  table: {columns: [\"\", Q1, Q2], rows: [[Sales, 4, 5], ['**Total**', 9]]}
- title: U
  table:
  - {Line: Sea, Q1: 4}
  - {Line: Air, Q2: 5}
- title: V
  table: {caption: By line, unit: TEU, columns: [{key: l, title: Line}, {key: v, title: Vol}], rows: [{l: Sea, v: 3}, {v: 1}]}
- table: [[x, 2024], [Sales, 7]]
- title: W
  table: {Sea: {Q1: 4, Q2: 5}, Air: {Q1: 1, Q2: 2}}
",
        "0 s1 H1 T
         1 ^0 s1 table in €m #|Q1|Q2 / Sales|4|5 / Total|9|
         2 s2 H1 U
         3 ^2 s2 table #Line|Q1|Q2 / Sea|4| / Air||5
         4 s3 H1 V
         5 ^4 s3 table 'By line' in TEU #Line|Vol / Sea|3 / |1
         6 s4 table #x|2024 / Sales|7
         7 s5 H1 W
         8 ^7 s5 table #|Q1|Q2 / Sea|4|5 / Air|1|2",
    );
}

#[test]
fn charts_and_tiles() {
    check(
        "slides:
- chart: {type: bar, title: Sales, unit: €m, x: [Q1, Q2], series: [{name: Road, values: [1, 2]}, {name: Sea, values: [3]}]}
- chart: {type: line, title: Margin, data: [{x: Q1, y: 4}, {x: Q2, y: 5}]}
- chart: {type: pie, title: Mix, data: {Road: 60, Sea: 40}}
- chart: {type: bar, data: {labels: [Q1, Q2], datasets: [{label: ARR, data: [7, 8]}]}}
- chart: {title: Two, series: [{name: A, values: {Q1: 1, Q2: 2}}, {name: B, values: {Q2: 3}}]}
- tiles: [{value: 4%, label: Margin}, {label: Cash, value: 7, unit: €m}, {value: 9, label: FTE, change: +2 on Q1}]
- tiles: {Churn: 2%}
",
        "0 s1 chart 'Sales' in €m #|Q1|Q2 / Road|1|2 / Sea|3|
         1 s2 chart 'Margin' #|Q1|Q2 / Margin|4|5
         2 s3 chart 'Mix' #|Road|Sea / Mix|60|40
         3 s4 chart #|Q1|Q2 / ARR|7|8
         4 s5 chart 'Two' #|Q1|Q2 / A|1|2 / B||3
         5 s6 tile Margin = 4%
         6 s6 table in €m Cash|7
         7 s6 tile FTE = 9
         8 s6 tiles.FTE.change: +2 on Q1
         9 s7 tile Churn = 2%",
    );
}

#[test]
fn sections_of_an_appendix() {
    check(
        "title: Schedules
sections:
- heading: A1
  unit: £k
  table: {columns: [\"\", Now], rows: [[Sea, 1]]}
- heading: A2
  rows: [{quarter: Q1, sales_eur_m: 2}, {quarter: Q2, sales_eur_m: 3}]
- heading: A3
  text: >
    Folded
    text.
  list: [One., Two.]
",
        "0 s1 H1 A1
         1 ^0 s1 table in £k #|Now / Sea|1
         2 s2 H1 A2
         3 ^2 s2 table #quarter|sales_eur_m / Q1|2 / Q2|3
         4 s3 H1 A3
         5 ^4 s3 P Folded text. [Folded⏎    text.]
         6 ^4 <5 s3 - One.
         7 ^4 <5 s3 - Two.",
    );
}

#[test]
fn roles_and_periods() {
    let text = "role: slides\nslides:\n- {title: A, notes: [n1, n2]}\n- {title: Backup material, period: FY24, body: x}\n- {title: More, body: y}\n- {title: Back, role: slides, body: z}\nappendix:\n  sales: 4\n";
    check(
        text,
        "0 s1 H1 A
         1 ^0 s1 notes P n1
         2 ^0 s1 notes P n2
         3 s2 appendix H1 Backup material
         4 ^3 s2 appendix P x
         5 s3 appendix H1 More
         6 ^5 s3 appendix P y
         7 s4 H1 Back
         8 ^7 s4 P z
         9 s4 appendix appendix.sales: 4",
    );
    let periods: Vec<_> =
        document(text).slide_periods.iter().map(|(slide, flow)| (*slide, flow.text().to_owned())).collect();
    assert_eq!(periods, [(2, "FY24".to_owned())]);
}

#[test]
fn any_other_export() {
    check(
        "company: Acme
kpis_by_region:
- {region: North, sales: 4, remark: the north did better than anybody had thought possible}
- {region: South, sales: 5, remark: fine}
revenue: {q1: $4M, q2: 5}
trend: [1, 2]
highlights_2024:
- Up 4%
- {text: Parent, children: [child]}
matrix: [[a, b], [1, 2]]
grid: {columns: [a, b], rows: [[x, 1]]}
commentary: Sales rose.
nothing: null
",
        "0 s1 company: Acme
         1 s1 table 'kpis_by_region' #region|sales / North|4 / South|5
         2 s1 P the north did better than anybody had thought possible
         3 s1 revenue.q1: $4M
         4 s1 revenue.q2: 5
         5 s1 trend: 1
         6 s1 trend: 2
         7 s1 H1 highlights_2024
         8 ^7 s1 - Up 4%
         9 ^7 s1 - Parent
         10 ^7 <9 s1 - child
         11 s1 table 'matrix' #a|b / 1|2
         12 s1 table 'grid' #a|b / x|1
         13 s1 P Sales rose.",
    );
}

#[test]
fn element_lists_of_slide_tools() {
    check(
        r#"{"slides": [{"objectId": "p1", "elements": [
            {"type": "title", "content": "Results"},
            {"type": "text", "content": "ARR was $4.2M"},
            {"type": "bullets", "items": ["Up 3%", "Down 2%"]},
            {"type": "table", "rows": [["", "Q1"], ["ARR", "4"]]}]},
          {"pageElements": [{"shape": {"text": {"textElements": [
            {"textRun": {"content": "ARR of "}}, {"textRun": {"content": "$4M\n"}}]}}}]}]}"#,
        "0 s1 H1 Results
         1 ^0 s1 P ARR was $4.2M
         2 ^0 <1 s1 - Up 3%
         3 ^0 <1 s1 - Down 2%
         4 ^0 s1 table #|Q1 / ARR|4
         5 s2 P ARR of $4M [ARR of \"}}, {\"textRun\": {\"content\": \"$4M]",
    );
}

#[test]
fn shapes_of_presentations() {
    check(
        r#"{"presentation": {"title": "Deck", "slides": [{"slide_number": 1, "shapes": [
            {"shape_type": "TITLE", "name": "Title 1", "text": "Results"},
            {"shape_type": "BODY", "name": "Placeholder 2", "paragraphs": [{"level": 0, "text": "Up 3%"}, {"level": 1, "text": "EMEA 4%"}]}], "notes": "Thanks"}]}}"#,
        "0 s1 H1 Results
         1 ^0 s1 P Up 3%
         2 ^0 s1 P EMEA 4%
         3 ^0 s1 notes P Thanks",
    );
}

#[test]
fn blocks_that_repeat_their_kind() {
    check(
        r#"{"results": [{"type": "heading_2", "heading_2": {"rich_text": [{"plain_text": "Cash"}]}},
            {"type": "paragraph", "paragraph": {"rich_text": [{"plain_text": "We hold "}, {"plain_text": "$4M"}]}},
            {"type": "bulleted_list_item", "bulleted_list_item": {"rich_text": [{"plain_text": "one"}], "children": ["deep"]}},
            {"type": "bulleted_list_item", "bulleted_list_item": {"rich_text": [{"plain_text": "two"}]}}]}"#,
        "0 s1 H2 Cash
         1 ^0 s1 P We hold $4M [We hold \"}, {\"plain_text\": \"$4M]
         2 ^0 <1 s1 - one
         3 ^0 <2 s1 - deep
         4 ^0 <1 s1 - two",
    );
}

#[test]
fn records_by_name_and_records_with_words() {
    check(
        "kpis:\n  sales: {actual: 4, plan: 5}\n  churn: {actual: 2%, plan: 3%}\nrisks:\n- {title: FX, detail: A move costs $0.4M., impact: low}\n",
        "0 s1 table #|actual|plan / sales|4|5 / churn|2%|3%
         1 s1 H1 risks
         2 ^1 s1 H2 FX
         3 ^2 s1 P A move costs $0.4M.
         4 ^2 s1 risks.impact: low",
    );
}

#[test]
fn text_with_its_own_bullets() {
    check(
        "slides:\n- body: |\n    # Head\n    Lead in:\n    - one\n      goes on\n      - nested\n    2. two\n\n    -4% is no bullet\n",
        "0 s1 H1 Head
         1 ^0 s1 P Lead in:
         2 ^0 <1 s1 - one⏎  goes on [one⏎      goes on]
         3 ^0 <2 s1 - nested
         4 ^0 <1 s1 - two
         5 ^0 s1 P -4% is no bullet",
    );
}

#[test]
fn text_with_a_table_of_its_own() {
    check(
        "slides:\n- body: |\n    Revenue by line:\n\n    | Line | Q1 |\n    |---|--:|\n    | **Sea** | $4M |\n    | Air |\n    After.\n- title: Or | not\n  number: 2\n",
        "0 s1 P Revenue by line:
         1 <0 s1 table #Line|Q1 / Sea|$4M / Air|
         2 s1 P After.
         3 s2 H1 Or | not",
    );
}

#[test]
fn folded_text_breaks_at_blank_lines() {
    check(
        "slides:\n- body: >\n    One\n    line.\n\n    Another.\n- body: \"a\\nb\\n\\nc\"\n",
        "0 s1 P One line. [One⏎    line.]
         1 s1 P Another.
         2 s2 P a⏎b [a\\nb]
         3 s2 P c",
    );
}

#[test]
fn points_that_yaml_reads_as_mappings() {
    check(
        "bullets:\n- Revenue: €4m\n- Number: 42\n- Summary: all well\n- Costs:\n  - fell 3%\n- {label: FTE, value: 7}\n- table: [[a, b], [c, 1]]\n",
        "0 s1 - Revenue: €4m
         1 s1 - Number: 42
         2 s1 - Summary: all well
         3 s1 - Costs
         4 <3 s1 - fell 3%
         5 s1 tile FTE = 7
         6 s1 table #a|b / c|1",
    );
}

#[test]
fn several_documents_are_slides() {
    check(
        "title: A\nbody: x\n---\ntitle: B\nbody: y\n",
        "0 s1 H1 A
         1 ^0 s1 P x
         2 s2 H1 B
         3 ^2 s2 P y",
    );
}

#[test]
fn comments_to_tieout() {
    let text = "# tieout: allow-file x -- y\nslides:\n- title: A\n  # tieout: allow z -- w\n  body: b # other\n  # tieout: allow last\n";
    let document = document(text);
    let found: Vec<_> = document.directives.iter().map(|said| (said.text.as_str(), said.next_block)).collect();
    assert_eq!(found, [("allow-file x -- y", Some(0)), ("allow z -- w", Some(1)), ("allow last", None)]);
    assert_eq!(&text[document.directives[1].span.range()], "# tieout: allow z -- w");
}

#[test]
fn keys_given_twice_are_told() {
    let text = "slides:\n- title: A\n  body: x\n  body: y\n";
    let document = document(text);
    let told: Vec<_> = document.problems.iter().map(|problem| (problem.message.as_str(), problem.span.start)).collect();
    assert_eq!(told, [("the key `body` is given twice here; most tools keep only one of the two", text.len() - 8)]);
    // Both are read all the same.
    assert_eq!(document.blocks.len(), 3);
}

#[test]
fn broken_syntax_is_located() {
    let failure = read(FileId(0), "slides: [", Role::Slides).expect_err("an open bracket");
    assert_eq!(failure.place.map(|place| place.span.start), Some(8));
}

#[test]
fn deep_files_are_read_flat() {
    let text = format!("{}{{a: \"4 more\"}}{}", "{k: [".repeat(100), "]}".repeat(100));
    assert!(document(&text).blocks.iter().any(|block| block.flow().is_some_and(|flow| flow.text() == "4 more")));
    let text = format!("bullets: {}x{}", "[".repeat(200), "]".repeat(200));
    assert!(document(&text).blocks.iter().any(|block| block.flow().is_some_and(|flow| flow.text() == "x")));
}

#[test]
fn long_mappings_take_linear_time() {
    // Were anything of the mapping looked up at each of its keys, this would take minutes.
    let text = format!("{{{}}}", "columns: [a], unit: x, label: y, table: [[a, b], [c, 1]], a: 1, ".repeat(4_000));
    assert!(document(&text).blocks.len() > 4_000);
}

/// JSON-like values with the keys that the walk knows.
fn export() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "slides",
        "title",
        "body",
        "bullets",
        "notes",
        "table",
        "chart",
        "tiles",
        "columns",
        "rows",
        "values",
        "series",
        "data",
        "x",
        "type",
        "value",
        "label",
        "unit",
        "text",
        "elements",
        "textElements",
        "quote",
        "footnotes",
        "name",
        "sections",
        "other",
        "caption",
    ]);
    let leaf = prop::sample::select(vec![
        "\"€4.2m **up**\"",
        "7",
        "null",
        "\"a longer text of more than eight words, 3% up\"",
        "\"- a\\n\\n# b\"",
        "bar",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(5, 60, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_export_is_read_soundly(text in export()) {
        let document = document(&text);
        for (at, block) in document.blocks.iter().enumerate() {
            prop_assert!(text.get(block.span.range()).is_some());
            prop_assert!(block.heading.is_none_or(|heading| heading < at));
            prop_assert!(block.lead.is_none_or(|lead| lead < at));
            prop_assert!(block.slide >= 1 && block.slide <= document.slides);
            if let Some(flow) = block.flow() {
                prop_assert!(flow.agrees_with(&text));
            }
            if let BlockKind::Table(table) = &block.kind {
                prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.rows[0].cells.len()));
                prop_assert!(table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.flow.agrees_with(&text)));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in "\\PC{0,40}") {
        let _ = read(FileId(0), &text, Role::Slides);
    }
}

#[test]
fn what_the_schema_declares_is_read_as_it_says() {
    use super::declared::{CHART, DECK, SLIDE, TABLE, TILE};
    let deck = "
title: Deck
period: FY2030
role: slides
language: en
slides:
  - title: One
    subtitle: Two
    period: FY2030-Q1
    role: appendix
    bullets: [11, [12]]
    body: 13
    notes: 14
    table: {columns: [Metric, A], rows: [[Cash, 15]], caption: Balances, unit: USD}
    chart: {type: bar, title: Costs, x: [A, B], unit: USD, series: [{name: Rent, values: [16, 17]}], data: }
    tiles: [{value: 18, label: Users}]
    footnotes: {a: 19}
";
    for mapping in [&DECK, &SLIDE, &TABLE, &CHART, &TILE] {
        let missing = mapping.names().find(|key| !deck.contains(&format!("{key}: ")) && *key != "slides");
        assert_eq!(missing, None, "{} has a key that this deck has not", mapping.name);
    }
    let document = document(deck);
    assert_eq!(document.title.as_ref().map(Flow::text), Some("Deck"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(document.slide_periods.len(), 1);
    assert!(document.blocks.iter().all(|block| matches!(block.role, Role::Appendix | Role::Notes)));
    let kinds: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading(_, flow) => format!("heading {}", flow.text()),
            BlockKind::Paragraph(flow) => format!("paragraph {}", flow.text()),
            BlockKind::Item(flow) => format!("item {}", flow.text()),
            BlockKind::Quote(flow) => format!("quote {}", flow.text()),
            BlockKind::Footnote(mark, flow) => format!("footnote {mark} {}", flow.text()),
            BlockKind::Tile { value, label } => format!("tile {} {}", value.text(), label.text()),
            BlockKind::Field(_, flow) => format!("field {}", flow.text()),
            BlockKind::Table(table) => format!("table of {} rows, chart: {}", table.rows.len(), table.chart),
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "heading One",
            "paragraph Two",
            "item 11",
            "item 12",
            "paragraph 13",
            "paragraph 14",
            "table of 2 rows, chart: false",
            "table of 2 rows, chart: true",
            "tile 18 Users",
            "footnote a 19",
        ]
    );
}
