//! Statements as data: a table in, the misses out.

use super::misses;
use crate::footing::wording::Table;
use crate::rules::examples::Binder;

/// `cell: cause <- formula` of each miss.
#[track_caller]
fn check(table: &str, expected: &[&str]) {
    let columns = table.lines().next().map_or(0, |line| line.matches('|').count() - 1);
    let rows: Vec<&str> = table.lines().collect();
    let marked = format!("{}\n{}|\n{}\n", rows[0], "| --- ".repeat(columns), rows[1..].join("\n"));
    let deck = Binder::of(&marked).bound();
    let grid = deck.grids.first().expect("a table");
    let shown = Table { deck: &deck, grid };
    let found: Vec<String> = misses(grid, &|_| false)
        .iter()
        .map(|miss| {
            let cause = miss.suspect.cause.map_or("unknown", |cause| cause.name());
            format!("{}: {cause} <- {}", shown.written(miss.suspect.at), miss.formula)
        })
        .collect();
    assert_eq!(found, expected, "{table}");
}

#[test]
fn each_identity() {
    check(
        "| £m | FY31 | FY30 |\n| Revenue | 567.5 | 537.9 |\n| Cost of sales | (332.0) | (318.4) |\n| Gross profit | 253.5 | 219.5 |\n",
        &["253.5: transposed-digits <- Revenue less Cost of sales"],
    );
    check(
        "| £k | FY31 | FY30 |\n| Gross profit | 7,303 | 6,716 |\n| Total operating expenses | 9,784 | 9,468 |\n| Operating income (loss) | (2,481) | 2,752 |\n",
        &["2,752: sign-flip <- Gross profit less Total operating expenses"],
    );
    check(
        "| £k | FY31 | FY30 |\n| Total assets | 12,443 | 11,684 |\n| Total liabilities | 7,538 | 7,495 |\n| Total equity | 4,905 | 4,689 |\n",
        &["4,689: digit-typo <- Total liabilities and Total equity"],
    );
    check(
        "| £m | FY31 | FY30 |\n| Profit before tax | 26.1 | 20.7 |\n| Tax | (6.5) | (5.2) |\n| Profit after tax | 19.6 | 51.5 |\n",
        &["51.5: transposed-digits <- Profit before tax less Tax"],
    );
    check(
        "| £m | FY31 | FY30 | FY29 |\n| Revenue | 567.5 | 537.9 | 529.3 |\n| Gross profit | 235.5 | 219.5 | 214.4 |\n| Gross margin | 41.5% | 48.0% | 40.5% |\n",
        &["48.0%: transposed-digits <- Gross profit over Revenue"],
    );
    check(
        "| | FY31 | FY30 |\n| EBITDA, £m | 54.3 | 46.6 |\n| Net debt, £m | 42.4 | 48.6 |\n| Net debt / EBITDA | 0.8x | 1.9x |\n",
        &[],
    );
}

#[test]
fn rates_of_twelve_months() {
    let table = |ebitda: &str, leverage: &str, second: &str| {
        format!(
            "| £m | Q1 FY31 | Q2 FY31 |\n| Net debt | 88.4 | 79.1 |\n| {ebitda} | 31.2 | 33.6 |\n| {leverage} | 2.83x | {second} |\n"
        )
    };
    for (ebitda, leverage) in [("LTM EBITDA", "Leverage (net debt / EBITDA)"), ("LTM EBITDA", "Net debt / LTM EBITDA")]
    {
        check(&table(ebitda, leverage, "2.35x"), &[]);
        check(&table(ebitda, leverage, "2.53x"), &["2.53x: transposed-digits <- Net debt over EBITDA"]);
    }
}

#[test]
fn metrics_in_columns() {
    check(
        "| Region | Revenue | Cost of sales | Gross profit |\n| North | 4,120 | 2,060 | 2,060 |\n| South | 3,377 | 1,244 | 2,733 |\n| West | 2,811 | 1,300 | 1,511 |\n",
        &["2,733: digit-typo <- Revenue less Cost of sales"],
    );
}

#[test]
fn one_column_needs_a_long_number_and_a_slip() {
    let table = |surplus: &str| {
        format!(
            "| $ | FY31 |\n| Total income | 8,418,180 |\n| Total expenditure | 7,756,705 |\n| Surplus | {surplus} |\n"
        )
    };
    check(&table("661,475"), &[]);
    check(&table("661,457"), &["661,457: transposed-digits <- Total income less Total expenditure"]);
    // Something else may stand between them.
    check(&table("758,815"), &[]);
    check("| $m | FY31 |\n| Total income | 84 |\n| Total expenditure | 77 |\n| Surplus | 17 |\n", &[]);
}

#[test]
fn what_lawfully_does_not_follow() {
    // Another line makes up for it, a loss is shown without its sign, rounding.
    check(
        "| $k | FY31 | FY30 |\n| Income before taxes | 2,610 | 2,070 |\n| Income taxes | 650 | 520 |\n| Discontinued operations | 310 | – |\n| Net income | 2,270 | 1,550 |\n",
        &[],
    );
    check(
        "| $k | FY31 | FY30 |\n| Revenue | 2,610 | 2,070 |\n| Operating costs | 2,950 | 2,020 |\n| Operating loss | 340 | (50) |\n",
        &[],
    );
    check(
        "| £m | FY31 | FY30 |\n| Revenue | 567.5 | 537.9 |\n| Cost of sales | 332.1 | 318.6 |\n| Gross profit | 235.5 | 219.5 |\n",
        &[],
    );
    // Gross profit is not operating income, nor are these costs all there are.
    check(
        "| $k | FY31 | FY30 |\n| Revenue | 9,610 | 8,070 |\n| Operating expenses | 2,950 | 2,020 |\n| Operating income | 1,340 | 1,150 |\n",
        &[],
    );
}

#[test]
fn lines_of_one_period_belong_together() {
    check(
        "| £m | Revenue FY31 | Revenue FY30 | Gross profit FY31 | Gross profit FY30 | Gross margin FY31 |\n| Shops | 412.3 | 398.8 | 172.3 | 163.9 | 41.8% |\n| Online | 96.2 | 84.0 | 39.4 | 33.5 | 41.0% |\n| Group | 508.5 | 482.8 | 211.7 | 197.4 | 46.1% |\n",
        &["46.1%: transposed-digits <- Gross profit over Revenue"],
    );
}
