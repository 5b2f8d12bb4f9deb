//! Charts and data in fenced blocks.

use super::check;

#[test]
fn csv_is_a_table_with_a_header() {
    check(
        "```csv\nRegion,Revenue,\"Note, \"\"a\"\"\"\nEMEA, 4.1 ,x\n\nAPAC,\"1,200\",\n```\n",
        &[r#"1 table #[Region | Revenue | Note, "a"] [EMEA | 4.1 | x] [APAC | 1,200 | ]"#],
    );
    check("```{.tsv}\na\tb\n\"x\ty\n```\n", &[r#"problem "\"x\ty""#]);
    check("``` csv\na;b\nx;1,5\n```\n", &["1 table #[a | b] [x | 1,5]"]);
}

#[test]
fn a_pie_is_one_row_a_slice() {
    check(
        "```mermaid\n%% made by hand\npie showData title ARR, $M\n  \"EMEA: UK\" : 11.2\n  \"APAC\": 6\n```\n",
        &[r#"1 chart caption "ARR, $M" [EMEA: UK | 11.2] [APAC | 6]"#],
    );
    check("```mermaid\npie\n  \"EMEA\" 11.2\n```\n", &[r#"problem "\"EMEA\" 11.2""#]);
    check("```mermaid\nflowchart LR\n  A --> B4\n```\n", &[]);
}

#[test]
fn xy_charts_have_a_row_for_each_series() {
    check(
        "Growth:\n\n```{mermaid}\nxychart-beta horizontal\n  title \"ARR\"\n  x-axis Quarter [\"Q1, FY25\", Q2]\n  \
         y-axis \"ARR, $M\" 30 --> 45\n  bar [33.1,\n   -35.0]\n  line \"Plan\" [34, 36,]\n```\n",
        &[
            r#"1 p "Growth:""#,
            r#"1 chart caption "ARR" unit "ARR, $M" #[Quarter | Q1, FY25 | Q2] [ | 33.1 | -35.0] [Plan | 34 | 36] <0"#,
        ],
    );
    check(
        "```mermaid\nxychart\n x-axis Month 1 --> 3\n bar [1, 2, 3]\n```\n",
        &["1 chart #[Month |  |  | ] [ | 1 | 2 | 3]"],
    );
    check("```mermaid\nxychart-beta\n x-axis [a, b]\n bar [1, 2, 3]\n```\n", &[r#"problem "1, 2, 3""#]);
    check("```mermaid\nxychart-beta\n bar [1, 2\n\n]\n```\n", &[r#"problem "bar [1, 2""#]);
}

#[test]
fn vega_records_become_series() {
    let chart = |values: &str, encoding: &str| {
        format!(
            "- in a list\n\n  ```vega-lite\n  {{\"title\": {{\"text\": \"Sales\"}},\n   \"data\": {{\"values\": [{values}]}},\n   \"encoding\": {{{encoding}}}}}\n  ```\n"
        )
    };
    let item = r#"1 item "in a list""#;
    check(
        &chart(
            r#"{"q": "Q1", "sales": 8.10}, {"q": "Q2", "sales": 9}"#,
            r#""x": {"field": "q"}, "y": {"field": "sales", "type": "quantitative", "title": "$M"}"#,
        ),
        &[item, r#"1 chart caption "Sales" unit "$M" #[ | Q1 | Q2] [sales | 8.10 | 9] <0"#],
    );
    check(
        &chart(
            r#"{"q": "Q1", "n": 1, "r": "EMEA"}, {"q": "Q1", "n": 2, "r": "APAC"}, {"q": "Q2", "n": 3, "r": "APAC"}"#,
            r#""y": {"field": "q", "title": "Quarter"}, "x": {"field": "n"}, "color": {"field": "r"}"#,
        ),
        &[item, r#"1 chart caption "Sales" #[Quarter | Q1 | Q2] [EMEA | 1 | ] [APAC | 2 | 3] <0"#],
    );
    check(
        &chart(r#"{"q": "Q1", "n": 1}, {"q": "Q1", "n": 2, "m": null}"#, r#""x": {"field": "q"}, "y": {"field": "n"}"#),
        &[item, r#"1 chart caption "Sales" #[q | n | m] [Q1 | 1 | ] [Q1 | 2 | ] <0"#],
    );
}

#[test]
fn broken_data_is_a_problem_where_it_breaks() {
    check("```vega-lite\n{\"data\": [1,\n```\n\nARR 4\n", &[r#"1 p "ARR 4""#, r#"problem "[""#]);
    check("```vega-lite\n{\"data\": {\"url\": \"sales.csv\"}}\n```\n", &[]);
}

#[test]
fn labels_and_data_sets() {
    let read = r#"1 chart caption "ARR" #[ | Q1 | Q2] [Actual | 4.0 | 5] [Plan | 6 | 7]"#;
    check(
        "```chart\n{\"type\": \"bar\", \"data\": {\"labels\": [\"Q1\", \"Q2\"], \"datasets\": [{\"label\": \"Actual\", \"data\": [4.0, 5]}, \
         {\"label\": \"Plan\", \"data\": [6, {\"x\": 1, \"y\": 7}]}]}, \"options\": {\"plugins\": {\"title\": {\"text\": \"ARR\"}}}}\n```\n",
        &[read],
    );
    check(
        "```chart\ntype: bar\nlabels: [Q1, Q2]\ntitle: ARR\nseries:\n  - title: Actual\n    data: [4.0, 5]\n  - title: Plan\n    data: [6, 7]\n```\n",
        &[read],
    );
    check(
        "```chart\nQ1, Q2\nActual, 4.0, 5\n<!-- {\"x\": 1} -->\n```\n",
        &["1 chart #[ | Q1 | Q2] [Actual | 4.0 | 5]"],
    );
    check("```chart\nlabels: [Q1]\ndatasets:\n  - data: [4, 5]\n```\n", &[r#"problem "[4, 5]""#]);
}
