//! Metric files read, and their mistakes told.

use proptest::prelude::*;

use super::*;
use crate::error::tests::told;
use crate::source::load;
use crate::span::Files;

fn source(text: &str) -> SourceOfTruth {
    let mut files = Files::default();
    let id = files.add("metrics.yaml", text);
    load(&files, &[id]).expect("a valid metric file")
}

/// Facts as `metric period scenario segment = value ±slack`, and the bytes they stand in.
fn facts(text: &str) -> Vec<(String, String)> {
    let source = source(text);
    let line = |fact: &SourceFact| {
        let slack = if fact.slack.is_zero() { String::new() } else { format!(" ±{}", fact.slack.normalize()) };
        let segment = fact.segment.as_ref().map(|segment| format!(" {segment}")).unwrap_or_default();
        let metric = &source.metrics[fact.metric].name;
        let said = format!("{metric} {} {}{segment} = {}{slack}", fact.period, fact.scenario, fact.value);
        (said, text[fact.place.span.range()].to_owned())
    };
    source.facts.iter().map(line).collect()
}

#[track_caller]
fn fails(text: &str, expected: &[&str]) {
    let mut files = Files::default();
    let id = files.add("metrics.yaml", text);
    let failures = load(&files, &[id]).expect_err("a broken metric file");
    assert_eq!(told(&failures, |place| files.slice(place)), expected);
}

#[test]
fn a_complete_file() {
    let text = "
version: 1
calendar: {year_start: 02-01, year_named_by: end}
metrics:
  - name: arr
    label: ARR
    synonyms: [annual recurring revenue]
    not: [net new ARR]
    description: Contracted.
    period_type: instant
    better: up
    source: ledger
    values: {FY2025-Q2: 38_118_400, Q3 FY25: '42,318,204'}
    plan: {FY2025-Q3: 43000000}
    stretch: {FY2025-Q3: 45000000}
    segments:
      EMEA: {FY2025-Q3: 11200000}
      APAC: {values: {FY2025-Q3: 5999300}, budget: {FY2025-Q3: 6e6}}
  - name: gross_margin
    formula: arr / arr
    rounding: truncate
    owner: fpna
dimensions: {region: [EMEA, APAC]}
checks:
  - \"arr == sum(arr, by: region)\"
as_of: 2025-10-31
owner: finance
defaults: {currency: usd, scenario: actuals}
";
    let told: Vec<_> = facts(text).into_iter().map(|(said, _)| said).collect();
    assert_eq!(
        told,
        [
            "arr FY2025-Q2 actual = 38118400",
            "arr FY2025-Q3 actual = 42318204",
            "arr FY2025-Q3 plan = 43000000",
            "arr FY2025-Q3 stretch = 45000000",
            "arr FY2025-Q3 actual EMEA = 11200000",
            "arr FY2025-Q3 actual APAC = 5999300",
            "arr FY2025-Q3 budget APAC = 6000000",
        ]
    );
    assert_eq!(facts(text)[1].1, "42,318,204");
    let source = source(text);
    let [arr, margin] = source.metrics.as_slice() else { panic!("two metrics") };
    assert_eq!(
        (arr.period_type, arr.better, arr.owner.as_deref()),
        (Some(PeriodType::Instant), Some(Better::Up), Some("finance"))
    );
    assert_eq!((margin.label.as_str(), margin.truncate, margin.owner.as_deref()), ("gross margin", true, Some("fpna")));
    assert_eq!(margin.formula.as_ref().map(|formula| &text[formula.place.span.range()]), Some("arr / arr"));
    assert_eq!((source.currency.as_deref(), source.scenario.as_str()), (Some("USD"), "actual"));
    assert_eq!(&text[source.checks[0].place.span.range()], "arr == sum(arr, by: region)");
    assert_eq!(source.dimensions, [("region".to_owned(), vec!["EMEA".to_owned(), "APAC".to_owned()])]);
    assert!(source.calendar.is_some() && source.as_of.is_some());
}

#[test]
fn values_that_are_not_stated() {
    assert!(facts("metrics:\n- name: a\n  values: {FY2025: null, FY2024: n/a, FY2023: '-'}\n  plan:\n").is_empty());
}

#[test]
fn mistakes_are_located() {
    fails("metrics:\n- {name: a, lable: A}", &["lable: `lable` is not a known key (did you mean `label`?)"]);
    fails(
        "metrics:\n- {name: a, vaules: {FY2025: 1}}",
        &["vaules: `vaules` is not a known key (did you mean `values`?)"],
    );
    fails(
        "metrics:\n- {name: a, values: {FY2025: 1, FY2025: 2}}",
        &["FY2025: the key `FY2025` of `actual` is given twice, first on line 2 (keep one of the two)"],
    );
    fails("metrics:\n- {name: a, values: {FY2025-Q3: soon}}", &["soon: `soon` is not a number"]);
    fails("metrics:\n- {name: a, plan: 4}", &["4: `plan` must be a mapping, but here is text"]);
    fails("metrics:\n- {label: a}", &["{label: a}: this metric has no `name`"]);
    fails(
        "metrics:\n- {name: a}\n- {name: A}",
        &["A: the metric `A` is defined twice; the first is `a` (join the two definitions)"],
    );
    fails(
        "metrics:\n- {name: a, better: higher}",
        &["higher: `higher` is not a known better (the choices are `up`, `down`)"],
    );
    fails(
        "metrics:\n- {name: a, segments: {EMEA: {plan: {FY2025: 1}, FY25-Q9: 2}}}",
        &[
            "FY25-Q9: `FY25-Q9` is not a period; write it like FY2025, FY2025-Q3, FY2025-H1, 2025-09, 2025-09-30, FY2025-Q3-YTD or FY2025-Q3-LTM",
        ],
    );
    fails("version: 1", &["version: 1: this metric file has no `metrics`"]);
    fails(
        "metric:\n- {name: a}",
        &[
            "metric: `metric` is not a known key (did you mean `metrics`?)",
            "metric:\n- {name: a}: this metric file has no `metrics`",
        ],
    );
}

#[test]
fn names_stand_for_one_metric() {
    fails(
        "metrics:\n- {name: revenue, synonyms: [Sales]}\n- {name: bookings, synonyms: [sales]}",
        &[
            "sales: `sales` names both `revenue` (metrics.yaml:2) and `bookings` (keep it for one of them, or list it under `not` of the other: `not: [sales]`)",
        ],
    );
    // A metric may repeat its own names.
    assert_eq!(
        source("metrics:\n- {name: net_debt, label: Net debt, synonyms: [net debt, NET DEBT]}").metrics.len(),
        1
    );
}

#[test]
fn equations_stand_under_checks_and_nowhere_else() {
    fails(
        "metrics:\n- {name: a}\n- {name: b, formula: a == 2}",
        &[
            "a == 2: the formula `a == 2` is an equation (a formula gives the metric's value; an equation stands under `checks`)",
        ],
    );
    let help = "write it like `revenue == sum(revenue, by: region)`";
    fails(
        "metrics:\n- {name: a}\nchecks: [a + 1, a == a == a]",
        &[
            &format!("a + 1: the check `a + 1` is not one equation ({help})"),
            &format!("a == a == a: the check `a == a == a` is not one equation ({help})"),
        ],
    );
}

#[test]
fn a_balance_may_be_computed_from_the_one_before_and_a_whole_from_its_parts() {
    let earlier = "metrics:\n- {name: arr, formula: prior(arr) + net}\n- {name: net, formula: sum(net)}";
    assert_eq!(source(earlier).formulas.of_metric.len(), 2);
}

#[test]
fn formulas_that_run_in_circles() {
    fails(
        "metrics:\n- {name: a, formula: b + 1}\n- {name: b, formula: c * 2}\n- {name: c, formula: a}\n- {name: d, formula: a + b}",
        &["a: `a` is computed from itself: a → b → c → a (give one of them by its values)"],
    );
    // A balance comes from the one before.
    assert_eq!(source("metrics:\n- {name: a, formula: prior(a) + b}\n- {name: b}").metrics.len(), 2);
    assert_eq!(source("metrics:\n- {name: a, formula: b + c}\n- {name: b, formula: c}\n- {name: c}").metrics.len(), 3);
}

#[test]
fn formulas_that_cannot_be_read() {
    let help = "formulas know + - * / ==, brackets, numbers, names of metrics, `sum(metric, by: dimension)`, `prior(metric)` and `year_ago(metric)`";
    fails("metrics:\n- {name: a, formula: a b}", &[&format!("b: `b` is not expected here ({help})")]);
    fails(
        "metrics:\n- {name: gross, formula: \"net / gros\"}\n- {name: net}",
        &["gros: `gros` is not the name of a metric (did you mean `gross`?)"],
    );
    fails(
        "metrics:\n- {name: a}\nchecks:\n- a == sum(a, by: regoin)\ndimensions: {region: [x]}",
        &["regoin: `regoin` is not a dimension (did you mean `region`?)"],
    );
    let long = format!("metrics:\n- {{name: a, formula: {}1}}", "1 + ".repeat(50_000));
    let mut files = Files::default();
    let id = files.add("metrics.yaml", long);
    let failures = load(&files, &[id]).expect_err("a formula without end");
    assert_eq!(failures[0].message, "this formula has more than 200 operators");
}

/// Files that look like metric files in most places.
fn nearly() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "metrics",
        "name",
        "values",
        "plan",
        "segments",
        "unit",
        "FY2025-Q3",
        "2025-09",
        "synonyms",
        "formula",
        "calendar",
        "year_start",
        "checks",
        "dimensions",
        "defaults",
        "currency",
        "lable",
        "label",
    ]);
    let leaf = prop::sample::select(vec!["arr", "1_000", "$4M", "null", "02-30", "'x y'", "FY25", "*a", "a / b"])
        .prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec((keys.clone(), inner), 0..5).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(body in nearly()) {
        let text = format!("version: 1\nmetrics: {body}\ncalendar: {body}\n");
        let mut files = Files::default();
        let id = files.add("metrics.yaml", text.clone());
        match load(&files, &[id]) {
            Ok(source) => prop_assert!(source.facts.iter().all(|fact| fact.metric < source.metrics.len())),
            Err(failures) => prop_assert!(
                failures.iter().all(|failure| failure.place.is_some_and(|place| text.get(place.span.range()).is_some()))
            ),
        }
    }
}

#[test]
fn accepted_values_have_reasons() {
    let text = "metrics:\n- name: arr\n  unit: USD\n  accept:\n  - {period: FY2030-Q3, value: $42.5M, scenario: plan, segment: EMEA, reason: preliminary}";
    let source = source(text);
    let accepted: Vec<_> = source
        .accepted
        .iter()
        .map(|other| format!("{} {} {:?} {}", other.fact.period, other.fact.scenario, other.fact.segment, other.reason))
        .collect();
    assert_eq!((accepted, source.facts.len()), (vec!["FY2030-Q3 plan Some(\"EMEA\") preliminary".to_owned()], 0));
    fails(
        "metrics:\n- {name: arr, accept: [{period: FY2030-Q3, value: 4}]}",
        &[
            "{period: FY2030-Q3, value: 4}: this value is accepted without a reason (say who agreed to it and why: `reason: preliminary close, as agreed with the auditors`)",
        ],
    );
}
