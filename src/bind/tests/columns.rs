//! What columns and dated rows say together: one small table and what each of its numbers is bound to.

use super::check;

#[test]
fn differences_are_between_the_columns_that_they_stand_behind() {
    check(&[
        // The corner says when all columns are, and so nothing of what the difference is taken against.
        (
            "| Q3 FY25, $M | Actual | Budget | Difference |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | +1.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "+1.2 = revenue FY2025-Q3 variance on budget",
            ],
        ),
        (
            "| $M | Q3 FY25 actual | Q3 FY25 budget | Diff Q3 FY25 |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | +1.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "+1.2 = revenue FY2025-Q3 variance on budget",
            ],
        ),
        (
            "| $M | Q3 FY25 | Q3 FY24 | Growth | YTD FY25 | YTD FY24 | Growth YTD |\n|---|---:|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 48.2 | 16.6% | 158.0 | 140.0 | 12.9% |",
            &[
                "56.2 = revenue FY2025-Q3",
                "48.2 = revenue FY2024-Q3",
                "16.6% = revenue FY2025-Q3 growth on FY2024-Q3",
                "158.0 = revenue FY2025-Q3-YTD",
                "140.0 = revenue FY2024-Q3-YTD",
                "12.9% = revenue FY2025-Q3-YTD growth on FY2024-Q3-YTD",
            ],
        ),
    ]);
}

#[test]
fn columns_that_compare_are_of_what_stands_before_them() {
    check(&[
        // The plan beside the outcome of its own name is for that, whenever another column is.
        (
            "| $M | Revenue | Revenue budget | Revenue Q3 FY24 |\n|---|---:|---:|---:|\n| North | 30.1 | 29.4 | 26.0 |\n| South | 26.1 | 25.6 | 22.2 |",
            &[
                "30.1 = revenue North FY2025-Q3",
                "29.4 = revenue North FY2025-Q3 budget",
                "26.0 = revenue North FY2024-Q3",
                "26.1 = revenue South FY2025-Q3",
                "25.6 = revenue South FY2025-Q3 budget",
                "22.2 = revenue South FY2024-Q3",
            ],
        ),
        (
            "| Division | Order intake, $M | Q3 FY24, $M | Headcount |\n|---|---:|---:|---:|\n| North | 33.0 | 31.2 | 160 |\n| South | 27.0 | 25.4 | 158 |",
            &[
                "33.0 = order_intake North FY2025-Q3",
                "31.2 = order_intake North FY2024-Q3",
                "160 = headcount North FY2025-Q3",
                "27.0 = order_intake South FY2025-Q3",
                "25.4 = order_intake South FY2024-Q3",
                "158 = headcount South FY2025-Q3",
            ],
        ),
        // Two columns of plans and times, each with its difference.
        (
            "| $M | September | Target | vs target | August | vs August |\n|---|---:|---:|---:|---:|---:|\n| Revenue | 19.4 | 19.0 | 0.4 | 18.1 | 1.3 |",
            &[
                "19.4 = revenue 2025-09",
                "19.0 = revenue 2025-09 target",
                "0.4 = revenue FY2025-Q3 variance on target",
                "18.1 = revenue 2025-08",
                "1.3 = revenue 2025-09 change on 2025-08",
            ],
        ),
        // A rate beside counts is one of them, and says nothing of what these are in.
        (
            "| FTE | Budget | In post | Vacant | Vacancy rate |\n|---|---:|---:|---:|---:|\n| Nursing | 412.0 | 380.5 | 31.5 | 7.6% |\n| Support | 236.4 | 228.9 | 7.5 | 3.2% |\n| Total | 648.4 | 609.4 | 39.0 | 6.0% |",
            &[
                "412.0 = ?",
                "380.5 = In post Nursing FY2025-Q3",
                "31.5 = Vacant Nursing FY2025-Q3",
                "7.6% = Vacancy rate Nursing FY2025-Q3",
                "236.4 = ?",
                "228.9 = In post Support FY2025-Q3",
                "7.5 = Vacant Support FY2025-Q3",
                "3.2% = Vacancy rate Support FY2025-Q3",
                "648.4 = ?",
                "609.4 = In post FY2025-Q3",
                "39.0 = Vacant FY2025-Q3",
                "6.0% = Vacancy rate FY2025-Q3",
            ],
        ),
        // What the columns measure is said there, whatever the heading names.
        (
            "# Revenue and ARR, Q3 FY25\n\n| $M | ARR, 30 Sep | ARR, 30 Jun | Revenue Q3 | Revenue Q2 |\n|---|---:|---:|---:|---:|\n| North | 22.6 | 21.7 | 30.1 | 28.9 |\n| South | 19.7 | 18.3 | 26.1 | 25.1 |",
            &[
                "22.6 = arr North FY2025-Q3",
                "21.7 = arr North FY2025-Q2",
                "30.1 = revenue North FY2025-Q3",
                "28.9 = revenue North FY2025-Q2",
                "19.7 = arr South FY2025-Q3",
                "18.3 = arr South FY2025-Q2",
                "26.1 = revenue South FY2025-Q3",
                "25.1 = revenue South FY2025-Q2",
            ],
        ),
    ]);
}

#[test]
fn dates_in_row_labels_are_taken_with_the_columns() {
    check(&[
        // What stands at the start of a month stood there when the month before ended.
        (
            "| ARR, $M | |\n|---|---:|\n| Balance at 1 July 2025 | 40.0 |\n| Expansion | 2.9 |\n| Contraction | (0.4) |\n| Churn | (0.2) |\n| Balance at 30 September 2025 | 42.3 |",
            &[
                "40.0 = arr FY2025-Q2",
                "2.9 = Expansion FY2025-Q3",
                "(0.4) = Contraction FY2025-Q3",
                "(0.2) = Churn FY2025-Q3",
                "42.3 = arr FY2025-Q3",
            ],
        ),
        (
            "| ARR, $M | |\n|---|---:|\n| Opening, 30 June | 40.0 |\n| Expansion | 2.9 |\n| Contraction | (0.4) |\n| Churn | (0.2) |\n| Closing, 30 September | 42.3 |",
            &[
                "40.0 = arr FY2025-Q2",
                "2.9 = Expansion FY2025-Q3",
                "(0.4) = Contraction FY2025-Q3",
                "(0.2) = Churn FY2025-Q3",
                "42.3 = arr FY2025-Q3",
            ],
        ),
        // The day on which a figure is taken each year.
        (
            "| | FY23 | FY24 |\n|---|---:|---:|\n| Headcount (1 June) | 300 | 310 |",
            &["300 = headcount FY2023", "310 = headcount FY2024"],
        ),
        (
            "| $M | FY23 | FY24 |\n|---|---:|---:|\n| ARR at 30 June | 30.0 | 34.0 |",
            &["30.0 = arr FY2023-Q2", "34.0 = arr FY2024-Q2"],
        ),
    ]);
}

#[test]
fn titles_name_what_is_set_out_by_time() {
    check(&[
        (
            "```mermaid\nxychart-beta\n    title \"Revenue by quarter, $M\"\n    x-axis [\"Q2 25\", \"Q3 25\"]\n    bar [54.0, 56.2]\n```",
            &["54.0 = revenue FY2025-Q2", "56.2 = revenue FY2025-Q3"],
        ),
        // The one series of a chart is what its title says, though nothing else names that.
        (
            "```mermaid\nxychart-beta\n    title \"Agency spend by month, $K\"\n    x-axis [\"Aug 25\", \"Sep 25\"]\n    bar [790, 826]\n```",
            &["790 = Agency spend 2025-08", "826 = Agency spend 2025-09"],
        ),
        (
            "| Revenue by division, $M | FY25 | FY24 | Share FY25 |\n|---|---:|---:|---:|\n| North | 110.0 | 95.0 | 55.0% |",
            &["110.0 = revenue North FY2025", "95.0 = revenue North FY2024", "55.0% = revenue North FY2025 share on "],
        ),
    ]);
}

#[test]
fn a_column_without_a_time_is_of_now_where_the_others_are_from_before() {
    check(&[
        (
            "# ARR at 30 September 2025\n\n| | Value $M | 30 Sep 2024 $M |\n|---|---:|---:|\n| ARR | 42.3 | 36.0 |\n| Leverage, x | 2.2 | 2.4 |",
            &["42.3 = arr FY2025-Q3", "36.0 = arr FY2024-Q3", "2.2 = leverage FY2025-Q3", "2.4 = leverage FY2024-Q3"],
        ),
        // What a known segment is of the row above.
        (
            "| | Q3 FY25 |\n|---|---:|\n| Headcount | 318 |\n| of which North | 120 |",
            &["318 = headcount FY2025-Q3", "120 = headcount North FY2025-Q3"],
        ),
    ]);
}

#[test]
fn limits_are_targets_and_the_room_to_them_a_variance() {
    check(&[
        (
            "| Test | Actual | Covenant | Headroom |\n|---|---:|---:|---:|\n| Interest cover | 1.92x | at least 1.10x | 0.82x |\n| Leverage | 2.1x | 3.5x or less | 1.4x |\n| Gearing | 44.1% | 60% (max) | 15.9 pp |",
            &[
                "1.92x = Interest cover FY2025-Q3",
                "1.10x = Interest cover FY2025-Q3 target",
                "0.82x = Interest cover FY2025-Q3 variance on target",
                "2.1x = leverage FY2025-Q3",
                "3.5x = leverage FY2025-Q3 target",
                "1.4x = leverage FY2025-Q3 variance on target",
                "44.1% = Gearing FY2025-Q3",
                "60% = Gearing FY2025-Q3 target",
                "15.9 pp = Gearing FY2025-Q3 variance on target",
            ],
        ),
        // The least and the most of what happened are no limits.
        (
            "| Days | Minimum | Maximum | Average |\n|---|---:|---:|---:|\n| Waiting time | 2 | 31 | 12 |",
            &[
                "2 = Waiting time Minimum FY2025-Q3",
                "31 = Waiting time Maximum FY2025-Q3",
                "12 = Waiting time Average FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn differences_go_by_many_names() {
    check(&[
        (
            "| £m | Net spend | Budget | Over/(under) £m |\n|---|---:|---:|---:|\n| Adults | 24.8 | 23.9 | 0.9 |\n| Children | 19.6 | 18.2 | 1.4 |\n| Total | 44.4 | 42.1 | 2.3 |",
            &[
                "24.8 = Net spend Adults FY2025-Q3",
                "23.9 = Net spend Adults FY2025-Q3 budget",
                "0.9 = Net spend Adults FY2025-Q3 variance on budget",
                "19.6 = Net spend Children FY2025-Q3",
                "18.2 = Net spend Children FY2025-Q3 budget",
                "1.4 = Net spend Children FY2025-Q3 variance on budget",
                "44.4 = Net spend FY2025-Q3",
                "42.1 = Net spend FY2025-Q3 budget",
                "2.3 = Net spend FY2025-Q3 variance on budget",
            ],
        ),
        (
            "| $M | Actual | Budget | Better/(worse) than budget |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 1.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "1.2 = revenue FY2025-Q3 variance on budget",
            ],
        ),
    ]);
}

#[test]
fn projects_have_amounts_that_are_no_scenarios_of_each_other() {
    check(&[(
        "| $M | Approved | Spent to date | Forecast at completion |\n|---|---:|---:|---:|\n| Conveyor | 42.0 | 31.6 | 41.2 |\n| Total | 42.0 | 31.6 | 41.2 |",
        &[
            "42.0 = Approved budget Conveyor FY2025-Q3",
            "31.6 = Spent to date Conveyor FY2025-Q3",
            "41.2 = Forecast at completion Conveyor FY2025-Q3",
            "42.0 = Approved budget FY2025-Q3",
            "31.6 = Spent to date FY2025-Q3",
            "41.2 = Forecast at completion FY2025-Q3",
        ],
    )]);
}

#[test]
fn rows_that_name_measures_and_times_stand_over_columns_of_parts() {
    check(&[(
        "| | Civils | Building | Group |\n|---|---:|---:|---:|\n| Revenue FY25, $M | 88.7 | 124.3 | 213.0 |\n| Revenue FY24, $M | 81.9 | 133.6 | 215.5 |",
        &[
            "88.7 = revenue Civils FY2025",
            "124.3 = revenue Building FY2025",
            "213.0 = revenue FY2025",
            "81.9 = revenue Civils FY2024",
            "133.6 = revenue Building FY2024",
            "215.5 = revenue FY2024",
        ],
    )]);
}

#[test]
fn movements_of_a_time_without_its_year_are_of_the_latest() {
    check(&[(
        "| $M | Q3 FY25 | Q3 FY24 | Change Q3 | Growth Q3 |\n|---|---:|---:|---:|---:|\n| Revenue | 56.2 | 48.2 | 8.0 | 16.6% |",
        &[
            "56.2 = revenue FY2025-Q3",
            "48.2 = revenue FY2024-Q3",
            "8.0 = revenue FY2025-Q3 change on FY2024-Q3",
            "16.6% = revenue FY2025-Q3 growth on FY2024-Q3",
        ],
    )]);
}

#[test]
fn parts_are_in_what_their_whole_is_in() {
    check(&[(
        "| $M | Q3 FY25 |\n|---|---:|\n| Revenue | 56.2 |\n| of which reserved customers | 12.1 |\n| Headcount | 318 |\n| of which contractors | 14 |",
        &[
            "56.2 = revenue FY2025-Q3",
            "12.1 = reserved customers FY2025-Q3",
            "318 = headcount FY2025-Q3",
            "14 = contractors FY2025-Q3",
        ],
    )]);
}

#[test]
fn what_runs_to_date_says_nothing_of_the_columns_beside_it() {
    check(&[(
        "| $M | Actual | Budget | Variance | YTD actual | YTD budget | Variance |\n|---|---:|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 1.2 | 158.0 | 156.0 | 2.0 |",
        &[
            "56.2 = revenue FY2025-Q3",
            "55.0 = revenue FY2025-Q3 budget",
            "1.2 = revenue FY2025-Q3 variance on budget",
            "158.0 = revenue FY2025-Q3-YTD",
            "156.0 = revenue FY2025-Q3-YTD budget",
            "2.0 = revenue FY2025-Q3-YTD variance on budget",
        ],
    )]);
}

#[test]
fn what_stands_on_days_is_a_balance_whatever_the_text_says_of_it() {
    let text = "---\nperiod: September 2025\n---\n\n| $M | 30 Sep 2025 | 30 Jun 2025 |\n|---|---:|---:|\n| Receivables | 41.3 | 40.2 |\n\nReceivables increased to $41.3M.\n";
    let expected = ["41.3 = Receivables 2025-09", "40.2 = Receivables 2025-06", "$41.3M = Receivables 2025-09"];
    assert_eq!(super::shown(&super::Binder::of(text).bound()), expected);
}

#[test]
fn points_between_percentages() {
    let shown = |table: &str| {
        let deck = crate::rules::examples::Binder::of(&format!("---\nperiod: Q3 FY25\n---\n\n{table}\n")).bound();
        let units: Vec<String> = deck.claims.iter().map(|claim| claim.quantity.unit.to_string()).collect();
        (super::shown(&deck), units)
    };
    let (said, units) = shown(
        "Utilisation by grade\n\n| Grade | Q2 FY25 | Q3 FY25 | Points |\n|---|---:|---:|---:|\n| Partners | 48.1% | 49.6% | +1.5 |\n| Managers | 73.9% | 75.2% | +1.3 |",
    );
    assert_eq!(said[2], "+1.5 = Utilisation Partners FY2025-Q3 change on FY2025-Q2");
    assert_eq!(said[5], "+1.3 = Utilisation Managers FY2025-Q3 change on FY2025-Q2");
    assert_eq!([units[2].as_str(), units[5].as_str()], ["pp", "pp"]);
    // Points of another kind.
    let (_, units) =
        shown("| Team | Played | Won | Points |\n|---|---:|---:|---:|\n| A | 12 | 8 | 24 |\n| B | 12 | 7 | 22 |");
    assert!(units.iter().all(|unit| unit != "pp"), "{units:?}");
    let (_, units) = shown(
        "| | Q2 FY25 | Q3 FY25 | Change |\n|---|---:|---:|---:|\n| Sales, $k | 4,210 | 4,360 | 150 |\n| Waste, % of output | 3.1% | 2.8% | −0.3 |",
    );
    assert_eq!([units[2].as_str(), units[5].as_str()], ["USD", "pp"]);
}

#[test]
fn a_balance_for_the_year_to_date_stands_at_its_end() {
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n| £k | Q3 FY25 | YTD |\n|---|---:|---:|\n| Opening cash | 412 | 388 |\n| Receipts | 96 | 240 |\n| Payments | (70) | (190) |\n| Closing cash | 438 | 438 |\n",
    );
    let said = super::shown(&deck.bound());
    assert_eq!(said.last().map(String::as_str), said.get(6).map(String::as_str));
}

#[test]
fn what_a_row_is_called_is_no_unit_and_no_plan() {
    let rows = |table: &str| {
        let deck = crate::rules::examples::Binder::of(&format!("---\nperiod: FY25\n---\n\n{table}\n")).bound();
        super::shown(&deck)
    };
    let said = rows(
        "| | FY24 | FY25 |\n|---|---:|---:|\n| Steel throughput, t | 2,590 | 2,728 |\n| Hours per tonne | 36.2 | 35.0 |",
    );
    assert_eq!(said[3], "35.0 = Hours per tonne FY2025");
    let table =
        "| | FY24 | FY25 |\n|---|---:|---:|\n| Hours worked | 93,800 | 96,400 |\n| Lost-time injuries | 3 | 2 |";
    let deck = crate::rules::examples::Binder::of(&format!("{table}\n")).bound();
    let units: Vec<String> = deck.claims.iter().map(|claim| claim.quantity.unit.to_string()).collect();
    assert_eq!(units, ["hours", "hours", "count", "count"]);
    let said = rows(
        "| £m | FY24 | FY25 |\n|---|---:|---:|\n| Quays | 62 | 83 |\n| Cranes | 21 | 48 |\n| Total capital plan | 83 | 131 |",
    );
    assert_eq!(said[5], "131 = Total capital plan FY2025");
}
