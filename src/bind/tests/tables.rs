//! Tables as finance writes them: one small table and what each of its numbers is bound to.

use super::check;

#[test]
fn headers_shorten_scenarios() {
    check(&[
        (
            "| $M | Act | Bud | B/(W) | B/(W) % | LY |\n|---|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 1.2 | 2.2% | 48.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "1.2 = revenue FY2025-Q3 variance on budget",
                "2.2% = revenue FY2025-Q3 variance on budget",
                "48.2 = revenue FY2024-Q3",
            ],
        ),
        (
            "| $M | Q3 25 Act | Q3 25 Fcst | vs Fcst |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 1.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 forecast",
                "1.2 = revenue FY2025-Q3 variance on forecast",
            ],
        ),
    ]);
}

#[test]
fn what_is_compared_with_is_a_year_before_what_it_stands_beside() {
    check(&[
        // The outcome is of the time of the place, whatever the table compares it with.
        (
            "| $M | Actual | Plan | Q3 FY24 |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 48.2 |",
            &["56.2 = revenue FY2025-Q3", "55.0 = revenue FY2025-Q3 plan", "48.2 = revenue FY2024-Q3"],
        ),
        (
            "| $M | Actual | Target | Last quarter | Last year |\n|---|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 54.0 | 48.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 target",
                "54.0 = revenue FY2025-Q2",
                "48.2 = revenue FY2024-Q3",
            ],
        ),
        (
            "# Second quarter 2025\n\n| $M | Actual | Prior year | vs PY % |\n|---|---:|---:|---:|\n| Revenue | 54.0 | 46.9 | 15.1% |",
            &["54.0 = revenue FY2025-Q2", "46.9 = revenue FY2024-Q2", "15.1% = revenue FY2025-Q2 growth on FY2024-Q2"],
        ),
        (
            "| $M | QTD Act | QTD LY | YTD Act | YTD LY |\n|---|---:|---:|---:|---:|\n| Revenue | 56.2 | 48.2 | 158.0 | 140.0 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "48.2 = revenue FY2024-Q3",
                "158.0 = revenue FY2025-Q3-YTD",
                "140.0 = revenue FY2024-Q3-YTD",
            ],
        ),
        (
            "<table><tr><th rowspan=2>$M</th><th colspan=2>Month: Sep-25</th><th colspan=2>YTD Sep-25</th></tr><tr><th>Actual</th><th>LY</th><th>Actual</th><th>LY</th></tr><tr><td>Revenue</td><td>19.4</td><td>16.8</td><td>158.0</td><td>140.0</td></tr></table>",
            &[
                "19.4 = revenue 2025-09",
                "16.8 = revenue 2024-09",
                "158.0 = revenue FY2025-Q3-YTD",
                "140.0 = revenue FY2024-Q3-YTD",
            ],
        ),
    ]);
}

#[test]
fn what_a_header_leaves_open_is_settled_by_what_is_nearest() {
    check(&[
        // Quarters go on from the column before.
        (
            "| ARR by region, $M | Q4 FY24 | Q1 | Q2 | Mix Q2 |\n|---|---:|---:|---:|---:|\n| North | 20.1 | 21.4 | 22.8 | 57% |",
            &[
                "20.1 = arr North FY2024-Q4",
                "21.4 = arr North FY2025-Q1",
                "22.8 = arr North FY2025-Q2",
                "57% = arr North FY2025-Q2 share on ",
            ],
        ),
        // The end of the period is the end of the column's.
        (
            "| | Jun-25 | Sep-25 |\n|---|---:|---:|\n| ARR at period end ($M) | 40.0 | 42.3 |",
            &["40.0 = arr FY2025-Q2", "42.3 = arr FY2025-Q3"],
        ),
        (
            "| | Jun-25 | Sep-25 |\n|---|---:|---:|\n| LTM revenue, $M | 210.1 | 214.6 |",
            &["210.1 = revenue FY2025-Q2-LTM", "214.6 = revenue FY2025-Q3-LTM"],
        ),
        // A corner over rows of times is about them.
        (
            "| LTM to | Revenue ($M) |\n|---|---:|\n| Jun-25 | 210.1 |\n| Sep-25 | 214.6 |",
            &["210.1 = revenue FY2025-Q2-LTM", "214.6 = revenue FY2025-Q3-LTM"],
        ),
        (
            "| 2025 | Revenue | EBITDA |\n|---|---:|---:|\n| 2Q25 | $54.0M | $12.1M |\n| 3Q25 | $56.2M | $12.9M |",
            &[
                "$54.0M = revenue FY2025-Q2",
                "$12.1M = ebitda FY2025-Q2",
                "$56.2M = revenue FY2025-Q3",
                "$12.9M = ebitda FY2025-Q3",
            ],
        ),
        // The date that a title ends with; a stretch of months is no walk between two.
        ("# Contracts at 30 June 2025\n\n| | $M |\n|---|---:|\n| ARR | 40.0 |", &["40.0 = arr FY2025-Q2"]),
        (
            "# Trading, January to June 2025\n\n| $M | May | Jun | 6M |\n|---|---:|---:|---:|\n| Revenue | 17.9 | 18.3 | 105.2 |",
            &["17.9 = revenue 2025-05", "18.3 = revenue 2025-06", "105.2 = revenue FY2025-H1"],
        ),
        (
            "| $M | Q1 FY25 | Q2 FY25 | YoY Q2 '25 |\n|---|---:|---:|---:|\n| Revenue | 52.3 | 54.0 | 12.1% |",
            &["52.3 = revenue FY2025-Q1", "54.0 = revenue FY2025-Q2", "12.1% = revenue FY2025-Q2 growth on FY2024-Q2"],
        ),
    ]);
}

#[test]
fn a_column_of_percent_is_of_what_stands_before_it() {
    check(&[
        (
            "| $M | Q3 FY25 | Q3 FY24 | % |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 48.2 | 16.6 |",
            &["56.2 = revenue FY2025-Q3", "48.2 = revenue FY2024-Q3", "16.6 = revenue FY2025-Q3 growth on FY2024-Q3"],
        ),
        (
            "| $M | Actual | Budget | % |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 2.2 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "2.2 = revenue FY2025-Q3 variance on budget",
            ],
        ),
        (
            "# Revenue by division\n\n| | $M | % |\n|---|---:|---:|\n| North | 30.1 | 53.6 |\n| South | 26.1 | 46.4 |\n| Total | 56.2 | 100.0 |",
            &[
                "30.1 = revenue North FY2025-Q3",
                "53.6 = revenue North FY2025-Q3 share on ",
                "26.1 = revenue South FY2025-Q3",
                "46.4 = revenue South FY2025-Q3 share on ",
                "56.2 = revenue FY2025-Q3",
                "100.0 = revenue FY2025-Q3 share on ",
            ],
        ),
    ]);
}

#[test]
fn a_label_goes_before_what_another_metric_is_also_called() {
    let source = "version: 1\nmetrics:\n  - {name: gross_profit, label: Gross profit, synonyms: [gross margin $], unit: USD, values: {FY2025-Q3: 9.7M}}\n  - {name: gross_margin, label: Gross margin, unit: percent, values: {FY2025-Q3: 74.8}}\n";
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n| | Q3 FY25 |\n|---|---:|\n| Gross margin | 74.8% |\n",
    );
    assert_eq!(super::shown(&deck.with_source("metrics.yaml", source).bound()), ["74.8% = gross_margin FY2025-Q3"]);
}

#[test]
fn corners_and_captions_name_what_rows_are_parts_of() {
    check(&[
        (
            "| Sales €m | FY25 | FY24 | Growth |\n|---|---:|---:|---:|\n| Iberia | 65.4 | 61.7 | 6.0% |\n| Nordics | 37.1 | 34.0 | 9.0% |\n| Group | 102.5 | 95.7 | 7.1% |",
            &[
                "65.4 = Sales Iberia FY2025",
                "61.7 = Sales Iberia FY2024",
                "6.0% = Sales Iberia FY2025 growth on FY2024",
                "37.1 = Sales Nordics FY2025",
                "34.0 = Sales Nordics FY2024",
                "9.0% = Sales Nordics FY2025 growth on FY2024",
                "102.5 = Sales FY2025",
                "95.7 = Sales FY2024",
                "7.1% = Sales FY2025 growth on FY2024",
            ],
        ),
        // Rows that are measured themselves are no parts of one measure.
        (
            "| Sales €m | FY25 |\n|---|---:|\n| Service income | 65.4 |\n| Interest income | 37.1 |\n| Total | 102.5 |",
            &["65.4 = Service income FY2025", "37.1 = Interest income FY2025", "102.5 = ?"],
        ),
        // The caption names the measure, the heading only the slide.
        (
            "# Heads by function\n\nHeadcount at quarter end\n\n| Function | Q2 FY25 | Q3 FY25 |\n|---|---:|---:|\n| Sales | 120 | 124 |\n| Total | 310 | 318 |",
            &[
                "120 = headcount Sales FY2025-Q2",
                "124 = headcount Sales FY2025-Q3",
                "310 = headcount FY2025-Q2",
                "318 = headcount FY2025-Q3",
            ],
        ),
        (
            "# Revenue split by division\n\n| | Q3 FY25 |\n|---|---:|\n| North | 53.6% |\n| South | 46.4% |\n| Total | 100.0% |",
            &[
                "53.6% = revenue North FY2025-Q3 share on ",
                "46.4% = revenue South FY2025-Q3 share on ",
                "100.0% = revenue FY2025-Q3 share on ",
            ],
        ),
    ]);
}

#[test]
fn columns_of_several_kinds_are_metrics() {
    check(&[
        (
            "# Property KPIs\n\n| Property | Rooms | Occupancy | ADR (€) |\n|---|---:|---:|---:|\n| City | 214 | 81.4% | 148.20 |\n| Airport | 169 | 76.9% | 109.50 |",
            &[
                "214 = Rooms City FY2025-Q3",
                "81.4% = Occupancy City FY2025-Q3",
                "148.20 = ADR City FY2025-Q3",
                "169 = Rooms Airport FY2025-Q3",
                "76.9% = Occupancy Airport FY2025-Q3",
                "109.50 = ADR Airport FY2025-Q3",
            ],
        ),
        (
            "# Pipeline by stage\n\n| Stage | Opportunities (#) | Pipeline value ($m) |\n|---|---:|---:|\n| Proposal | 42 | 6.2 |\n| Total | 152 | 20.3 |",
            &[
                "42 = Opportunities Proposal FY2025-Q3",
                "6.2 = Pipeline value Proposal FY2025-Q3",
                "152 = Opportunities FY2025-Q3",
                "20.3 = Pipeline value FY2025-Q3",
            ],
        ),
        // The plan beside a metric is for it; `All other customers` and `Total revenue` make no metrics of the rows.
        (
            "| Division | Order intake Q3 FY25, $M | Budget |\n|---|---:|---:|\n| North | 33.0 | 32.0 |",
            &["33.0 = order_intake North FY2025-Q3", "32.0 = order_intake North FY2025-Q3 budget"],
        ),
        (
            "| Customer | Revenue FY25 ($k) | Revenue FY24 ($k) | Change |\n|---|---:|---:|---:|\n| Acme | 4,285 | 4,087 | +198 |\n| All other customers | 19,841 | 19,402 | +439 |\n| Total revenue | 24,126 | 23,489 | +637 |",
            &[
                "4,285 = revenue Acme FY2025",
                "4,087 = revenue Acme FY2024",
                "+198 = revenue Acme FY2025 change on FY2024",
                "19,841 = revenue All other customers FY2025",
                "19,402 = revenue All other customers FY2024",
                "+439 = revenue All other customers FY2025 change on FY2024",
                "24,126 = revenue FY2025",
                "23,489 = revenue FY2024",
                "+637 = revenue FY2025 change on FY2024",
            ],
        ),
    ]);
}

#[test]
fn a_part_may_have_the_name_of_a_metric() {
    let source = "version: 1\nmetrics:\n  - name: sales\n    label: Net sales\n    unit: GBP\n    values: {FY2025-Q3: 280.7M}\n    segments: {Stores: {FY2025-Q3: 173.9M}, Online: {FY2025-Q3: 106.8M}}\n  - {name: stores, label: Stores, unit: count, values: {FY2025-Q3: 160}}\n  - {name: gross_margin, label: Gross margin, synonyms: [GM%], unit: percent, values: {FY2025-Q3: 43.1}}\n";
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n| | Net sales £m | GM% |\n|---|---:|---:|\n| Stores | 173.9 | 43.2 |\n| Online | 106.8 | 43.0 |\n| Group | 280.7 | 43.1 |\n",
    );
    assert_eq!(
        super::shown(&deck.with_source("metrics.yaml", source).bound()),
        [
            "173.9 = sales Stores FY2025-Q3",
            "43.2 = gross_margin Stores FY2025-Q3",
            "106.8 = sales Online FY2025-Q3",
            "43.0 = gross_margin Online FY2025-Q3",
            "280.7 = sales FY2025-Q3",
            "43.1 = gross_margin FY2025-Q3",
        ]
    );
}

#[test]
fn rows_without_a_subject_are_of_the_one_above() {
    check(&[
        (
            "| $M | Q3 FY25 | Q3 FY24 |\n|---|---:|---:|\n| Revenue | 56.2 | 48.2 |\n| growth, % | 16.6 | |\n| EBITDA | 12.9 | 10.1 |\n| % of revenue | 23.0 | 21.0 |",
            &[
                "56.2 = revenue FY2025-Q3",
                "48.2 = revenue FY2024-Q3",
                "16.6 = revenue FY2025-Q3 growth",
                "12.9 = ebitda FY2025-Q3",
                "10.1 = ebitda FY2024-Q3",
                "23.0 = ebitda FY2025-Q3 share on revenue",
                "21.0 = ebitda FY2024-Q3 share on revenue",
            ],
        ),
        // A bare total under a corner that names what its rows come to.
        (
            "| Revenue $M | Q3 FY25 |\n|---|---:|\n| Licence revenue | 30.1 |\n| Service revenue | 26.1 |\n| Total | 56.2 |",
            &["30.1 = Licence revenue FY2025-Q3", "26.1 = Service revenue FY2025-Q3", "56.2 = revenue FY2025-Q3"],
        ),
        (
            "# Receivables ageing\n\n| $k | Jun-25 | % |\n|---|---:|---:|\n| Current | 14,982 | 66.0 |\n| 1-30 days | 7,720 | 34.0 |\n| Total | 22,702 | 100.0 |",
            &[
                "14,982 = Receivables Current 2025-06",
                "66.0 = Receivables Current 2025-06 share on ",
                "7,720 = Receivables 1-30 days 2025-06",
                "34.0 = Receivables 1-30 days 2025-06 share on ",
                "22,702 = Receivables 2025-06",
                "100.0 = Receivables 2025-06 share on ",
            ],
        ),
        (
            "| Holder | Shares | % fully diluted |\n|---|---:|---:|\n| Founders | 6,200,000 | 77.1% |\n| Pool | 1,840,000 | 22.9% |\n| Total | 8,040,000 | 100.0% |",
            &[
                "6,200,000 = Shares Founders FY2025-Q3",
                "77.1% = Shares Founders FY2025-Q3 share on ",
                "1,840,000 = Shares Pool FY2025-Q3",
                "22.9% = Shares Pool FY2025-Q3 share on ",
                "8,040,000 = Shares FY2025-Q3",
                "100.0% = Shares FY2025-Q3 share on ",
            ],
        ),
    ]);
}

#[test]
fn steps_of_a_walk_of_profit_are_effects() {
    check(&[
        (
            "| $M | Amount |\n|---|---:|\n| EBITDA Q3 FY24 | 10.1 |\n| Revenue | +4.4 |\n| R&D | (1.6) |\n| EBITDA Q3 FY25 | 12.9 |",
            &["10.1 = ebitda FY2024-Q3", "+4.4 = ?", "(1.6) = ?", "12.9 = ebitda FY2025-Q3"],
        ),
        // Between two balances what came and went are amounts of their own.
        (
            "# Q3 FY25\n\n| $M | Amount |\n|---|---:|\n| Net debt at 30 June 2025 | 40.1 |\n| EBITDA | (12.9) |\n| Tax | 1.6 |\n| Interest | 0.0 |\n| Net debt at 30 September 2025 | 28.8 |",
            &[
                "40.1 = Net debt FY2025-Q2",
                "(12.9) = ebitda FY2025-Q3",
                "1.6 = Tax FY2025-Q3",
                "0.0 = Interest FY2025-Q3",
                "28.8 = Net debt FY2025-Q3",
            ],
        ),
        // What moved between two month ends is of the month.
        (
            "| | 30 September 2025 | 31 August 2025 | Movement |\n|---|---:|---:|---:|\n| ARR | $42.3M | $41.2M | $1.1M |",
            &["$42.3M = arr FY2025-Q3", "$41.2M = arr 2025-08", "$1.1M = arr 2025-09 change on 2025-08"],
        ),
        (
            "| $M | Full year 2024 | Q3 YTD 2025 |\n|---|---:|---:|\n| Revenue | 196.0 | 158.0 |",
            &["196.0 = revenue FY2024", "158.0 = revenue FY2025-Q3-YTD"],
        ),
    ]);
}

#[test]
fn prices_beside_what_is_counted_stay_money() {
    let deck = super::bound(
        "| Awards | Shares | Fair value |\n|---|---:|---:|\n| Granted | 473,550 | $53.53 |\n| Vested | 365,223 | $41.83 |\n\nShares granted were 0.47 million.",
    );
    let units: Vec<String> = deck.claims.iter().take(4).map(|claim| claim.quantity.unit.to_string()).collect();
    assert_eq!(units[1], "USD");
    assert_eq!(units[3], "USD");
}

#[test]
fn titles_and_totals_complete_what_lines_say() {
    let source = "version: 1\nmetrics:\n  - name: homes\n    label: Homes owned\n    unit: count\n    values: {FY2025-Q3: 900}\n    segments: {General needs: {FY2025-Q3: 700}, Supported housing: {FY2025-Q3: 200}}\n  - {name: rooms, label: Rooms, unit: count, values: {FY2025-Q3: 500}}\n  - {name: rooms_revenue, label: Rooms revenue, unit: USD, values: {FY2025-Q3: 145.6M}}\n  - {name: arr, label: ARR, unit: USD, period_type: instant, values: {FY2025-Q3: 42.3M}, segments: {North: {FY2025-Q3: 42.3M}}}\n";
    let shown = |text: &str| {
        let text = format!("---\nperiod: Q3 FY25\n---\n\n{text}\n");
        super::shown(&crate::rules::examples::Binder::of(&text).with_source("metrics.yaml", source).bound())
    };
    assert_eq!(
        shown(
            "# Homes owned and managed\n\n| | Q3 FY25 |\n|---|---:|\n| General needs | 700 |\n| Supported housing | 200 |\n| Total | 900 |"
        ),
        ["700 = homes General needs FY2025-Q3", "200 = homes Supported housing FY2025-Q3", "900 = homes FY2025-Q3"]
    );
    assert_eq!(
        shown("| $M | Q3 FY25 |\n|---|---:|\n| Rooms | 145.6 |\n| Food | 61.2 |\n| Total revenue | 206.8 |"),
        ["145.6 = rooms_revenue FY2025-Q3", "61.2 = Food FY2025-Q3", "206.8 = Total revenue FY2025-Q3"]
    );
    assert_eq!(
        shown(
            "# ARR against plan by region\n\n| $M | Actual | Plan |\n|---|---:|---:|\n| North | 42.3 | 43.0 |\n| Total ARR | 42.3 | 43.0 |"
        ),
        [
            "42.3 = arr North FY2025-Q3",
            "43.0 = arr North FY2025-Q3 plan",
            "42.3 = arr FY2025-Q3",
            "43.0 = arr FY2025-Q3 plan",
        ]
    );
}

#[test]
fn a_bare_margin_is_of_the_result_named_before() {
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n| | Q3 FY25 |\n|---|---:|\n| EBITDA, €m | 37.2 |\n| EBITDA margin | 40.7% |\n| Net interest income, €m | 28.6 |\n| Net interest margin | 1.96% |\n\nEBITDA was €37.2m, €0.7m above budget; the margin reached 40.7%. Net interest income rose to €28.6m. The margin was 1.96%. The margin of safety is 12%. EBITDA came to €37.2m, a margin of 40.7%.\n",
    );
    let shown = super::shown(&deck.bound());
    let said: Vec<&str> = shown.iter().skip(4).map(String::as_str).collect();
    assert_eq!(
        said,
        [
            "€37.2m = EBITDA FY2025-Q3",
            "€0.7m = EBITDA FY2025-Q3 variance on budget",
            "40.7% = EBITDA margin FY2025-Q3",
            "€28.6m = Net interest income FY2025-Q3",
            "1.96% = Net interest margin FY2025-Q3",
            "12% = margin of safety FY2025-Q3",
            "€37.2m = EBITDA FY2025-Q3",
            "40.7% = EBITDA margin FY2025-Q3",
        ]
    );
}

#[test]
fn a_number_and_its_label_in_one_paragraph_are_a_tile() {
    let source = "version: 1\nmetrics:\n  - {name: margin, label: EBITDA margin, unit: percent, values: {FY2025-Q3: 40.7}}\n  - {name: score, label: Guest satisfaction, unit: count, values: {FY2025-Q3: 72}}\n  - {name: arrears, label: Mortgages in arrears, unit: percent, values: {FY2025-Q3: 0.41}}\n  - {name: members, label: Members, unit: count, values: {FY2025-Q3: 186420}}\n";
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n# Scorecard\n\n**186,420**\nMembers\n\n**30.7%**\nEBITDA margin, nine months\n\n**72**\nGuest satisfaction (out of 100)\n\n**0.41%**\nMortgages in arrears\n",
    );
    assert_eq!(
        super::shown(&deck.with_source("metrics.yaml", source).bound()),
        [
            "186,420 = members FY2025-Q3",
            "30.7% = margin FY2025-Q3-YTD",
            "72 = score FY2025-Q3",
            "0.41% = arrears FY2025-Q3",
        ]
    );
}

#[test]
fn a_title_may_leave_its_year_to_the_numbers() {
    let source = "version: 1\nmetrics:\n  - {name: revenue, label: Revenue, unit: EUR, values: {FY2025-Q1: 214.6M, FY2025-Q2: 226.3M}}\n";
    let deck = crate::rules::examples::Binder::of("# Steel tubes: second quarter\n\nRevenue was €226.3m.\n");
    assert_eq!(super::shown(&deck.with_source("metrics.yaml", source).bound()), ["€226.3m = revenue FY2025-Q2"]);
    // The quarter of last year is only compared with.
    let deck = crate::rules::examples::Binder::of(
        "# Bookshops, third quarter\n\nIn Q3 FY25 sales were £40.2m (Q3 FY24: £38.4m).\n\n| £m | Actual |\n|---|---:|\n| Sales | 40.2 |\n",
    );
    assert_eq!(
        super::shown(&deck.bound()),
        ["£40.2m = Sales FY2025-Q3", "£38.4m = Sales FY2024-Q3", "40.2 = Sales FY2025-Q3"]
    );
    let deck = crate::rules::examples::Binder::of(
        "# Portfolio at 30 September 2025\n\n| | Value, £m |\n|---|---:|\n| Offices | 81.3 |\n",
    );
    assert_eq!(super::shown(&deck.bound())[0], "81.3 = Offices FY2025-Q3");
}

#[test]
fn rows_over_a_total_are_parts_and_a_sentence_may_name_a_part_alone() {
    let deck = crate::rules::examples::Binder::of(
        "# Research report, FY25\n\n| £m | FY25 | FY24 |\n|---|---:|---:|\n| Medicine | 31.2 | 28.6 |\n| Engineering | 22.4 | 23.1 |\n| **Research income** | 53.6 | 51.7 |\n\n| | FY25 |\n|---|---:|\n| Medicine | 118 |\n| Engineering | 92 |\n| **Headcount** | 210 |\n\nMedicine grew by 9.1% to £31.2m. Engineering made a profit of £2.1m.\n",
    );
    let shown = super::shown(&deck.bound());
    assert_eq!(shown[0], "31.2 = Research income Medicine FY2025");
    assert_eq!(
        shown[9..],
        [
            "9.1% = Research income Medicine FY2025 growth on FY2024",
            "£31.2m = Research income Medicine FY2025",
            "£2.1m = ?"
        ]
    );
}

#[test]
fn a_deck_without_a_source_learns_the_labels_of_its_lines_and_tiles() {
    let deck = crate::rules::examples::Binder::of(
        "---\nperiod: Q3 FY25\n---\n\n# Key figures\n\n- Gross margin: 47.5% (Q3 FY24 46.8%)\n- Europe: €12.3m\n- Stock at quarter end: £19.9m\n\n**186,420**\nLoyalty members\n\n# Detail\n\nGross margin rose to 47.5%. Europe made a profit of €2.1m. Stock was £19.9m.\n",
    );
    assert_eq!(
        super::shown(&deck.bound()),
        [
            "47.5% = Gross margin FY2025-Q3",
            "46.8% = Gross margin FY2024-Q3",
            "€12.3m = ?",
            "£19.9m = Stock FY2025-Q3",
            "186,420 = Loyalty members FY2025-Q3",
            "47.5% = Gross margin FY2025-Q3",
            "€2.1m = ?",
            "£19.9m = Stock FY2025-Q3",
        ]
    );
}

#[test]
fn a_heading_is_no_label_of_the_number_above_it() {
    let table = "| Month, £ | Hosting | Total |\n|---|---:|---:|\n| July | 300 | 900 |\n| August | 310 | 940 |\n";
    let text = |title: &str| {
        format!(
            "---\nperiod: FY25\n---\n\n# Costs\n\n£1,840\n\n## {title}\n\n{table}\n# Key figures\n\n### Hosting\n\n£610\n\n### Costs\n\n£1,840\n\n# End\n"
        )
    };
    let shown = |title: &str| super::shown(&crate::rules::examples::Binder::of(&text(title)).bound());
    assert!(!shown("Hosting")[0].contains("Hosting"), "{:?}", shown("Hosting"));
    assert!(shown("Hosting").contains(&"£610 = Hosting FY2025".to_owned()), "{:?}", shown("Hosting"));
}
