//! What the sources say of keys.

use super::*;
use crate::rules::examples::Binder;

/// The truths of `metric period scenario segment`, as `low–high (how)`.
fn told(metrics: &str, key: &str) -> Vec<String> {
    let deck = Binder::of("# Slides\n").with_source("metrics.yaml", &format!("version: 1\n{metrics}")).bound();
    let facts = Facts::new(&deck);
    let mut words = key.split(' ');
    let metric = words.next().and_then(|name| facts.named(name)).expect("a metric");
    let period = Period::parse(words.next().expect("a period")).expect("a period");
    let truths = facts.level(metric, period, words.next().unwrap_or("actual"), words.next());
    let brief = |value: Decimal| value.round_dp(3).normalize();
    truths
        .iter()
        .map(|Truth { interval, how, .. }| {
            let (low, high) = (brief(interval.low), brief(interval.high));
            let value = if low == high { low.to_string() } else { format!("{low}–{high}") };
            if how.is_empty() { value } else { format!("{value} ({how})") }
        })
        .collect()
}

const FLOWS: &str = "metrics:
- {name: revenue, unit: USD, period_type: duration, values: {FY2030-Q1: 10, FY2030-Q2: 20, FY2030-Q3: 30, FY2030-Q4: 40}, budget: {FY2030-Q1: 12}, segments: {EMEA: {FY2030-Q1: 4}, APAC: {FY2030-Q1: 6}}}
- {name: cost, unit: USD, period_type: duration, values: {FY2030-Q1: 8}}
- {name: margin, unit: percent, formula: (revenue - cost) / revenue}
- {name: profit, unit: USD, formula: revenue * margin}
- {name: points, unit: percent, formula: margin - margin_before, values: {}}
- {name: margin_before, unit: percent, values: {FY2030-Q1: 12.5}}
- {name: hundred, unit: percent, formula: 100 * cost / revenue}
- {name: whole, formula: 'sum(revenue)'}
- {name: cash, unit: USD, period_type: instant, formula: prior(cash) + revenue, values: {FY2029: 5}}
- {name: broken, formula: cost / nothing}
- {name: nothing, values: {FY2030-Q1: 0}}
";

#[test]
fn what_is_stated_what_adds_up_and_what_is_computed() {
    for (key, expected) in [
        ("revenue FY2030-Q1", &["10"][..]),
        ("revenue FY2030-Q1 actual emea", &["4"]),
        // Plan and budget are one thing.
        ("revenue FY2030-Q1 plan", &["12"]),
        ("revenue FY2030-H1", &["30 (sum of FY2030-Q1 to FY2030-Q2)"]),
        ("revenue FY2030-Q2-YTD", &["30 (sum of FY2030-Q1 to FY2030-Q2)"]),
        ("revenue FY2029", &[]),
        ("margin FY2030-Q1", &["20 ((revenue - cost) / revenue)"]),
        ("profit FY2030-Q1", &["2 (revenue * margin)"]),
        ("points FY2030-Q1", &["7.45–7.55 (margin - margin_before)"]),
        ("hundred FY2030-Q1", &["80 (100 * cost / revenue)"]),
        ("whole FY2030-Q1", &["10 (sum(revenue))"]),
        ("whole FY2030-Q1 actual EMEA", &[]),
        ("cash FY2030-Q2", &["35 (prior(cash) + revenue)"]),
        ("broken FY2030-Q1", &[]),
    ] {
        assert_eq!(told(FLOWS, key), expected, "{key}");
    }
}

#[test]
fn one_statement_to_several_places_is_one_truth_and_a_conflict_is_two() {
    let two = |first: &str, second: &str| {
        let metrics = format!(
            "metrics:\n- {{name: arr, unit: USD, period_type: instant, values: {{FY2030-Q4: {first}, FY2030: {second}}}}}\n- {{name: twice, unit: USD, formula: arr + arr}}\n"
        );
        (told(&metrics, "arr FY2030-Q4"), told(&metrics, "twice FY2030-Q4"))
    };
    let one = |value: &str| value.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(two("$38.1M", "38118400").0, one("38118400"));
    let (stated, computed) = two("46", "64");
    assert_eq!(stated, one("46 64"));
    assert!(computed.contains(&"92 (arr + arr)".to_owned()) && computed.contains(&"128 (arr + arr)".to_owned()));
}
