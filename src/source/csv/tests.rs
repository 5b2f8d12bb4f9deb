//! Tables of facts read, and their mistakes told.

use proptest::prelude::*;

use super::*;
use crate::error::tests::told;
use crate::source::load;
use crate::span::Files;

fn source(text: &str) -> SourceOfTruth {
    let mut files = Files::default();
    let id = files.add("metrics.csv", text);
    load(&files, &[id]).expect("a valid table")
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = source(text);
    let line = |fact: &SourceFact| {
        let slack = if fact.slack.is_zero() { String::new() } else { format!(" ±{}", fact.slack.normalize()) };
        let segment = fact.segment.as_ref().map(|segment| format!(" {segment}")).unwrap_or_default();
        let metric = &source.metrics[fact.metric].name;
        let behind = &text[fact.place.span.range()];
        format!("{metric} {} {}{segment} = {}{slack} [{behind}]", fact.period, fact.scenario, fact.value)
    };
    assert_eq!(source.facts.iter().map(line).collect::<Vec<_>>(), expected);
}

#[track_caller]
fn fails(text: &str, expected: &[&str]) {
    let mut files = Files::default();
    let id = files.add("metrics.csv", text);
    let failures = load(&files, &[id]).expect_err("a broken table");
    assert_eq!(told(&failures, |place| files.slice(place)), expected);
}

#[test]
fn long_tables() {
    check(
        "\u{feff}# closed 4 July\nMetric, Period ,scenario,Region,VALUE\r\nnet_debt,FY2025-Q1,,Total,1234\r\n\r\n\"net_debt\",2025Q2,Budget,\"Air \"\"X\"\"\",\" -2.5 \"\nnet_debt,FY2024,,,\n",
        &["net_debt FY2025-Q1 actual = 1234 [1234]", "net_debt FY2025-Q2 budget Air \"X\" = -2.5 [-2.5]"],
    );
}

#[test]
fn columns_for_scenarios() {
    check(
        "metric,period,actual,plan\narr,FY2025,10,\"1,200\"\narr,FY2024,,9\n",
        &["arr FY2025 actual = 10 [10]", "arr FY2025 plan = 1200 [1,200]", "arr FY2024 plan = 9 [9]"],
    );
}

#[test]
fn wide_tables() {
    check(
        ",FY2025-Q1,Q2 FY25 budget,Comment\nGross profit,4,5,fine\nFTE,(7),,\n",
        &[
            "gross_profit FY2025-Q1 actual = 4 [4]",
            "gross_profit FY2025-Q2 budget = 5 [5]",
            "FTE FY2025-Q1 actual = -7 [(7)]",
        ],
    );
}

#[test]
fn semicolons_and_decimal_commas() {
    check(
        "metric;period;value\na;FY2025;1.234,5\na;FY2024;7\n",
        &["a FY2025 actual = 1234.5 [1.234,5]", "a FY2024 actual = 7 [7]"],
    );
    check("metric\tperiod\tvalue\na\tFY2025\t1,234\n", &["a FY2025 actual = 1234 [1,234]"]);
}

#[test]
fn labels_and_what_further_columns_say() {
    let source = source("metric,label,owner,period_type,better,period,value\ngross_profit,,fin,duration,up,FY2025,1\n");
    let metric = &source.metrics[0];
    assert_eq!(
        (metric.name.as_str(), metric.label.as_str(), metric.owner.as_deref()),
        ("gross_profit", "gross profit", Some("fin"))
    );
    assert_eq!((metric.period_type, metric.better), (Some(PeriodType::Duration), Some(Better::Up)));
}

#[test]
fn mistakes_are_located() {
    fails(
        "metric,period,value\na,FY2025-Q7,1\n,FY2025,2\na,FY2025,x\n",
        &[
            "FY2025-Q7: `FY2025-Q7` is not a period; write it like FY2025, FY2025-Q3, FY2025-H1, 2025-09, 2025-09-30, FY2025-Q3-YTD or FY2025-Q3-LTM",
            "FY2025: this row names no metric",
            "x: `x` is not a number",
        ],
    );
    fails(
        "metric,period,value\na,FY2025,1,234\n",
        &["234: this row has 4 cells under 3 columns (put a text or number that holds the delimiter in quotes)"],
    );
    fails(
        "metric,period,valu\n",
        &["metric,period,valu: this table has no `value` column (did you mean `value` by `valu`?)"],
    );
    fails(
        "a,b\n1,2\n",
        &["a,b: this table has no `metric` column (name the columns metric, period, scenario, segment, value, unit)"],
    );
    fails("metric,period,value,period\n", &["period: `period` is a second column of its kind (keep one of the two)"]);
    fails(
        "metric,FY2025-Q1,FY2025-Q5\n",
        &["FY2025-Q5: `FY2025-Q5` is not a period (write it like FY2025-Q3 or 2025-09)"],
    );
    fails("", &[": this table has no header"]);
}

#[test]
fn a_table_of_facts_is_known_by_its_header() {
    for (text, expected) in [
        ("metric,period,value\n", true),
        ("KPI;FY2025-Q1;FY2025-Q2\n", true),
        (",2025-01,2025-02\nARR,1,2\n", false),
        ("region,revenue\n", false),
        ("metric,value\n", false),
        ("", false),
    ] {
        assert_eq!(is_metric_file(text), expected, "{text:?}");
    }
}

proptest! {
    #[test]
    fn fields_are_those_that_the_csv_crate_reads(rows in prop::collection::vec(prop::collection::vec("[a-z0-9 ,;\"\n]{0,6}", 2..4), 1..5)) {
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).expect("memory takes it");
        }
        let text = String::from_utf8(writer.into_inner().expect("memory takes it")).expect("text");
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let theirs: Vec<Vec<String>> = reader.records().map(|row| row.expect("valid").iter().map(|field| field.trim().to_owned()).collect()).collect();
        let ours: Vec<Vec<String>> = super::records(&text, b',').map(|row| row.iter().map(|field| field.text().to_owned()).collect()).collect();
        // A record of blanks before the first that says something is skipped with the blank lines.
        prop_assert!(theirs.ends_with(&ours) || ours == theirs, "{ours:?} {theirs:?}");
        for field in super::records(&text, b',').flatten() {
            prop_assert_eq!(text[field.span.range()].replace("\"\"", "\""), field.text());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in "(metric,period,value\n)?[\\PC\n\",;]{0,60}") {
        let mut files = Files::default();
        let id = files.add("m.csv", text.clone());
        if let Err(failures) = load(&files, &[id]) {
            prop_assert!(failures.iter().all(|failure| failure.place.is_none_or(|place| text.get(place.span.range()).is_some())));
        }
    }
}
