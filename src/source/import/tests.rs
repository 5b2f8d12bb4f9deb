//! Published definitions read, merged with figures, and their mistakes told.

use super::*;
use crate::source::{SourceOfTruth, load};
use crate::span::Files;

/// Files by their names, as one source of truth.
fn loaded(sources: &[(&str, &str)]) -> Result<SourceOfTruth, Vec<String>> {
    let mut files = Files::default();
    let ids: Vec<_> = sources.iter().map(|(path, text)| files.add(*path, *text)).collect();
    load(&files, &ids).map_err(|failures| {
        let told = |failure: &crate::error::Failure| {
            let at = failure.place.map(|place| files.slice(place)).unwrap_or_default();
            format!("{at}: {}", failure.message)
        };
        failures.iter().map(told).collect()
    })
}

/// Metrics as `name (label; synonyms) owner = formula: description`, what is missing left out.
#[track_caller]
fn check(sources: &[(&str, &str)], expected: &[&str]) {
    let source = loaded(sources).expect("valid sources");
    let line = |metric: &Metric| {
        let synonyms = metric.synonyms.iter().map(|synonym| format!("; {}", synonym.value)).collect::<String>();
        let owner = metric.owner.as_ref().map(|owner| format!(" {owner}")).unwrap_or_default();
        let formula = metric.formula.as_ref().map(|formula| format!(" = {}", formula.value)).unwrap_or_default();
        let about = metric.description.as_ref().map(|about| format!(": {}", about.value)).unwrap_or_default();
        format!("{} ({}{synonyms}){owner}{formula}{about}", metric.name, metric.label)
    };
    assert_eq!(source.metrics.iter().map(line).collect::<Vec<_>>(), expected);
}

const DBT: &str = "
version: 2
semantic_models:
  - name: orders
    model: ref('orders')
    measures:
      - {name: order_total, agg: sum, expr: amount}
      - {name: seats, label: Seats, agg: sum, create_metric: true}
metrics:
  - name: revenue
    label: Revenue
    description: Order total without tax.
    type: simple
    type_params: {measure: order_total}
    config:
      meta: {synonyms: [sales, turnover], owner: finance, tier: 1}
  - name: cost
    type: simple
    type_params: {measure: {name: cost}}
    meta: {synonyms: expenses}
  - name: gross_profit
    label: Gross profit
    type: derived
    type_params:
      expr: revenue - c
      metrics: [revenue, {name: cost, alias: c}]
  - name: gross_margin
    label: Gross margin
    description: \"{{ doc('gross_margin') }}\"
    type: ratio
    type_params: {numerator: gross_profit, denominator: {name: revenue}}
  - name: revenue_growth
    type: derived
    type_params:
      expr: (revenue - before) / before
      metrics: [revenue, {name: revenue, alias: before, offset_window: 1 year}]
";

#[test]
fn a_dbt_semantic_layer() {
    check(
        &[("models/finance.yml", DBT)],
        &[
            "revenue (Revenue; sales; turnover) finance: Order total without tax.",
            "cost (cost; expenses)",
            "gross_profit (Gross profit) = revenue - cost",
            "gross_margin (Gross margin) = gross_profit / revenue",
            "revenue_growth (revenue growth) = (revenue - year_ago(revenue)) / year_ago(revenue)",
            "seats (Seats)",
        ],
    );
}

#[test]
fn the_form_of_dbt_1_12() {
    let text = "
models:
  - name: orders
    semantic_model: {enabled: true}
    columns: [{name: id}]
    metrics:
      - {name: food_orders, label: Food orders, type: simple, agg: count, expr: \"case when is_food then 1 end\"}
      - {name: old_orders, type: simple, agg: count, config: {enabled: false}}
metrics:
  - {name: orders, label: Orders, type: simple, agg: count}
  - {name: food_share, type: ratio, numerator: food_orders, denominator: orders}
  - {name: other_orders, type: derived, expr: orders - food_orders, input_metrics: [orders, {name: food_orders}]}
";
    check(
        &[("orders.yml", text)],
        &[
            "orders (Orders)",
            "food_share (food share) = food_orders / orders",
            "other_orders (other orders) = orders - food_orders",
            "food_orders (Food orders)",
        ],
    );
}

#[test]
fn what_cannot_be_computed_here_has_no_formula() {
    for metric in [
        "{name: x, type: ratio, filter: \"{{ Dimension('a') }} > 1\", type_params: {numerator: a, denominator: b}}",
        "{name: x, type: ratio, type_params: {numerator: {name: a, filter: f}, denominator: b}}",
        "{name: x, type: ratio, type_params: {numerator: {name: a, offset_window: 1 month}, denominator: b}}",
        "{name: x, type: ratio, type_params: {numerator: a, denominator: not_here}}",
        "{name: x, type: ratio, type_params: {numerator: a}}",
        "{name: x, type: derived, type_params: {expr: a / nullif(b, 0), metrics: [a, b]}}",
        "{name: x, type: derived, type_params: {expr: a + c, metrics: [a, b]}}",
        "{name: x, type: derived, type_params: {expr: a + b, metrics: [a, {name: b, offset_to_grain: month}]}}",
        "{name: x, type: derived, type_params: {expr: sum(a), metrics: [a]}}",
        "{name: x, type: derived, type_params: {expr: 1 + 1, metrics: [a]}}",
        "{name: x, type: cumulative, type_params: {measure: a, window: 1 year}}",
        "{name: x, type: conversion, type_params: {}}",
    ] {
        let text = format!("metrics:\n- {{name: a, type: simple}}\n- {{name: b, type: simple}}\n- {metric}\n");
        check(&[("m.yml", &text)], &["a (a)", "b (b)", "x (x)"]);
    }
}

#[test]
fn open_semantic_interchange() {
    let text = "
version: 0.1.1
semantic_model:
  - name: sales
    ai_context: {instructions: Use it}
    datasets:
      - name: orders
        source: sales.public.orders
        ai_context: {synonyms: [purchases]}
        fields: [{name: amount, ai_context: {synonyms: [value]}}]
        metrics:
          - {name: total, expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(amount)}]}}
          - {name: orders_placed, description: Orders placed., expression: {dialects: []}}
      - name: refunds
        metrics: [{name: total, expression: {}}]
    metrics:
      - name: revenue
        description: Revenue of all orders.
        expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(orders.amount)}]}
        ai_context: {synonyms: [total sales, turnover], examples: [What was revenue?]}
      - {name: customers, ai_context: \"buyers, accounts\", expression: {dialects: [{dialect: ANSI_SQL, expression: COUNT(DISTINCT id)}]}}
      - {name: average, expression: {dialects: [{dialect: SNOWFLAKE, expression: x}, {dialect: ANSI_SQL, expression: revenue / customers}]}}
      - {name: odd, expression: {dialects: [{dialect: ANSI_SQL, expression: revenue / amount}]}}
";
    check(
        &[("model.yaml", text)],
        &[
            "revenue (revenue; total sales; turnover): Revenue of all orders.",
            "customers (customers)",
            "average (average) = revenue / customers",
            "odd (odd)",
            "orders.total (orders total)",
            "orders_placed (orders placed): Orders placed.",
            "refunds.total (refunds total)",
        ],
    );
}

#[test]
fn values_come_from_elsewhere() {
    let table = "metric,period,value,unit\nRevenue,FY2030,8000000,USD\nexpenses,FY2030,3000000,USD\n";
    let source = loaded(&[("facts.csv", table), ("models/finance.yml", DBT)]).expect("valid sources");
    let facts: Vec<_> = source
        .facts
        .iter()
        .map(|fact| format!("{} {}", source.metrics[fact.metric].name, fact.value.normalize()))
        .collect();
    assert_eq!(facts, ["revenue 8000000", "cost 3000000"]);
    assert_eq!(source.formulas.of_metric.len(), 3);
}

#[test]
fn a_metric_file_counts_for_more_than_a_published_definition() {
    let own = "
metrics:
  - name: sales_net
    label: Net sales
    synonyms: [revenue]
    description: Sales after rebates.
    formula: gross_profit + expenses
    values: {FY2030: 8}
  - {name: gross_profit, values: {FY2030: 5}}
  - {name: expenses, values: {FY2030: 3}}
";
    let published = "
metrics:
  - {name: revenue, label: Top line, description: Orders., type: simple, config: {meta: {owner: data}}}
  - {name: expenses, type: simple}
  - {name: gross_profit, type: derived, type_params: {expr: revenue - expenses, metrics: [revenue, expenses]}}
";
    for sources in [[("m.yaml", own), ("dbt.yml", published)], [("dbt.yml", published), ("m.yaml", own)]] {
        // A formula that comes back to itself stops the run, and the published one would.
        let failures = loaded(&sources).expect_err("a cycle");
        assert_eq!(failures.len(), 1, "{failures:?}");
    }
    let own = own.replace("    formula: gross_profit + expenses\n", "");
    let expected = [
        "sales_net (Net sales; revenue; Top line) data: Sales after rebates.",
        "gross_profit (gross profit) = sales_net - expenses",
        "expenses (expenses)",
    ];
    for sources in [[("m.yaml", own.as_str()), ("dbt.yml", published)], [("dbt.yml", published), ("m.yaml", &own)]] {
        check(&sources, &expected);
    }
}

#[test]
fn mistakes_are_located() {
    for (text, expected) in [
        ("metrics:\n- {label: ARR, type: simple}\n", "{label: ARR, type: simple}: this metric has no `name`"),
        ("metrics:\n- {name: arr, type: simple}\n- ARR\n", "ARR: `metrics` must be a mapping, but here is text"),
        (
            "metrics:\n- {name: arr, type: simple, meta: {synonyms: {a: b}}}\n",
            "{a: b}: `synonyms` must be text, but here is a mapping",
        ),
        (
            "metrics:\n- {name: a, type: simple, label: ARR}\n- {name: b, type: simple, label: ARR}\n",
            "b: `ARR` names both `a` (m.yml:2) and `b`",
        ),
        ("semantic_model:\n- metrics: [{description: x}]\n", "{description: x}: this metric has no `name`"),
        // A file of one's own with a key of dbt's is no dbt file.
        ("metrics:\n- {name: a, type: simple, values: {FY2030: 4}}\n", "type: `type` is not a known key"),
    ] {
        assert_eq!(loaded(&[("m.yml", text)]).err(), Some(vec![expected.to_owned()]), "{text}");
    }
}
