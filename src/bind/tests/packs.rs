//! Tables as management packs and board papers lay them out: one small table and what each of its numbers is bound to.

use super::{Binder, check, shown};

#[test]
fn upper_headers_name_stretches_and_measures() {
    check(&[
        (
            "| $M | Month | | Year to date | |\n|---|---:|---:|---:|---:|\n| | Actual | Budget | Actual | Budget |\n| Revenue | 19.4 | 19.0 | 158.0 | 156.0 |",
            &[
                "19.4 = revenue FY2025-Q3",
                "19.0 = revenue FY2025-Q3 budget",
                "158.0 = revenue FY2025-Q3-YTD",
                "156.0 = revenue FY2025-Q3-YTD budget",
            ],
        ),
        (
            "| $M | Turnover | | Trading profit | |\n|---|---:|---:|---:|---:|\n| | FY25 | FY24 | FY25 | FY24 |\n| Marine | 210.4 | 198.0 | 31.2 | 27.9 |\n| Energy | 164.0 | 171.2 | 18.8 | 21.4 |\n| **Group** | 374.4 | 369.2 | 50.0 | 49.3 |",
            &[
                "210.4 = Turnover Marine FY2025",
                "198.0 = Turnover Marine FY2024",
                "31.2 = Trading profit Marine FY2025",
                "27.9 = Trading profit Marine FY2024",
                "164.0 = Turnover Energy FY2025",
                "171.2 = Turnover Energy FY2024",
                "18.8 = Trading profit Energy FY2025",
                "21.4 = Trading profit Energy FY2024",
                "374.4 = Turnover FY2025",
                "369.2 = Turnover FY2024",
                "50.0 = Trading profit FY2025",
                "49.3 = Trading profit FY2024",
            ],
        ),
    ]);
}

#[test]
fn years_with_the_unit_of_their_columns_are_headers() {
    check(&[
        (
            "| | 2025 $ | 2024 $ |\n|---|---:|---:|\n| Donations | 120,400 | 110,300 |",
            &["120,400 = Donations FY2025", "110,300 = Donations FY2024"],
        ),
        (
            "| Earnings | FY2025 | FY2024 |\n|---|---:|---:|\n| Earnings per share (p) | 41.2 | 38.8 |\n| Days sales outstanding | 46 | 45 |",
            &[
                "41.2 = Earnings per share FY2025",
                "38.8 = Earnings per share FY2024",
                "46 = Days sales outstanding FY2025",
                "45 = Days sales outstanding FY2024",
            ],
        ),
    ]);
}

#[test]
fn what_is_assumed_is_no_data() {
    check(&[(
        "| Volume \\\\ price, $M | -5% | 0% | +5% |\n|---|---:|---:|---:|\n| -10% | 40.1 | 45.2 | 50.3 |\n| +10% | 51.9 | 57.6 | 63.3 |",
        &["40.1 = ?", "45.2 = ?", "50.3 = ?", "51.9 = ?", "57.6 = ?", "63.3 = ?"],
    )]);
}

#[test]
fn debts_are_told_by_whose_and_how_old_they_are() {
    check(&[(
        "# Aged debtors\n\n| $000 | Current | 1–30 days | 90+ days | Total |\n|---|---:|---:|---:|---:|\n| Retail | 410 | 120 | 8 | 538 |\n| Total | 410 | 120 | 8 | 538 |",
        &[
            "410 = debtors Retail / Current FY2025-Q3",
            "120 = debtors Retail / 1–30 days FY2025-Q3",
            "8 = debtors Retail / 90+ days FY2025-Q3",
            "538 = debtors Retail FY2025-Q3",
            "410 = debtors Current FY2025-Q3",
            "120 = debtors 1–30 days FY2025-Q3",
            "8 = debtors 90+ days FY2025-Q3",
            "538 = debtors FY2025-Q3",
        ],
    )]);
}

#[test]
fn each_column_is_held_against_what_it_stands_behind() {
    check(&[
        (
            "| $M | Actual | Budget | Var | Var % | Last year | Var % |\n|---|---:|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 1.2 | 2.2% | 48.2 | 16.6% |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "1.2 = revenue FY2025-Q3 variance on budget",
                "2.2% = revenue FY2025-Q3 variance on budget",
                "48.2 = revenue FY2024-Q3",
                "16.6% = revenue FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
        // A compound rate is over more years than two.
        (
            "| $M | FY25A | FY26B | FY27F | CAGR 25–27 |\n|---|---:|---:|---:|---:|\n| Revenue | 48 | 58 | 70 | 20.8% |",
            &["48 = revenue FY2025", "58 = revenue FY2026 budget", "70 = revenue FY2027 forecast", "20.8% = ?"],
        ),
        // The share is of the values, which go by no name.
        (
            "| Asset | Amount | Price (USD) | Value (USD) | % |\n|---|---:|---:|---:|---:|\n| ETH | 1,240.5 | 4,150.00 | 5,148,075 | 61.7% |\n| Total | | | 5,148,075 | 100.0% |",
            &[
                "1,240.5 = ?",
                "4,150.00 = Price ETH FY2025-Q3",
                "5,148,075 = ?",
                "61.7% = ?",
                "5,148,075 = ?",
                "100.0% = ?",
            ],
        ),
    ]);
}

#[test]
fn columns_of_several_kinds_are_measures() {
    check(&[
        (
            "| Company | Sector | Cost ($M) | Fair value ($M) | MOIC | IRR |\n|---|---|---:|---:|---:|---:|\n| Alder | Software | 12.0 | 25.2 | 2.1x | 24% |",
            &[
                "12.0 = Cost Alder FY2025-Q3",
                "25.2 = Fair value Alder FY2025-Q3",
                "2.1x = MOIC Alder FY2025-Q3",
                "24% = IRR Alder FY2025-Q3",
            ],
        ),
        (
            "| Budget line | Awarded $ | Spent to date $ | % spent |\n|---|---:|---:|---:|\n| Travel | 15,000 | 9,900 | 66% |",
            &[
                "15,000 = Awarded Travel FY2025-Q3",
                "9,900 = Spent to date Travel FY2025-Q3",
                "66% = spent Travel FY2025-Q3",
            ],
        ),
        (
            "Loss ratio by line, $ thousands\n\n| Q3 FY25 | Net earned premium | Losses | Loss ratio |\n|---|---:|---:|---:|\n| Auto | 46,120 | 32,745 | 71.0% |",
            &[
                "46,120 = Net earned premium Auto FY2025-Q3",
                "32,745 = Losses Auto FY2025-Q3",
                "71.0% = Loss ratio Auto FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn twelve_months_that_end_with_their_year_tell_when_it_starts() {
    let months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"];
    let text = format!(
        "---\nperiod: FY26\n---\n\n| $k | {} | FY26 |\n|---|{}---:|\n| Sales |{} 120 |\n",
        months.join(" | "),
        "---:|".repeat(12),
        " 10 |".repeat(12),
    );
    let found = shown(&Binder::of(&text).bound());
    let ends = [found.first(), found.get(11), found.get(12)].map(|line| line.map(String::as_str));
    assert_eq!(ends, [Some("10 = Sales 2025-04"), Some("10 = Sales 2026-03"), Some("120 = Sales FY2026")]);
}

#[test]
fn columns_say_when_in_the_words_of_packs() {
    check(&[
        (
            "| $M | Q3 FY25 | Q3 FY24 | Share |\n|---|---:|---:|---:|\n| Revenue | 56.2 | 48.2 | 100% |",
            &["56.2 = revenue FY2025-Q3", "48.2 = revenue FY2024-Q3", "100% = revenue FY2025-Q3 share on "],
        ),
        (
            "| $M | LTM | Prior LTM | Prior YTD |\n|---|---:|---:|---:|\n| Revenue | 210.1 | 190.2 | 140.0 |",
            &["210.1 = revenue FY2025-Q3-LTM", "190.2 = revenue FY2024-Q3-LTM", "140.0 = revenue FY2024-Q3-YTD"],
        ),
        (
            "| metric | q2_fy25 | q3_fy25 |\n|---|---:|---:|\n| headcount | 421 | 430 |",
            &["421 = headcount FY2025-Q2", "430 = headcount FY2025-Q3"],
        ),
        (
            "| | City, Jul 25 | City, Jul 24 |\n|---|---:|---:|\n| Occupancy | 81.3% | 80.4% |",
            &["81.3% = Occupancy City 2025-07", "80.4% = Occupancy City 2024-07"],
        ),
        // The last day of a month is no year.
        (
            "| $M | |\n|---|---:|\n| Cash, April 30 | 61.5 |\n| Receipts | 3.4 |\n| Cash, July 31 | 64.9 |",
            &["61.5 = Cash 2025-04", "3.4 = Receipts -", "64.9 = Cash 2025-07"],
        ),
        // An opening balance differs from its plan as that stood when it was one.
        (
            "| $M | Q3 FY25 | Budget | Var |\n|---|---:|---:|---:|\n| Opening cash | 210 | 210 | 0 |\n| Closing cash | 295 | 270 | 25 |",
            &[
                "210 = cash FY2025-Q2",
                "210 = cash FY2025-Q2 budget",
                "0 = ?",
                "295 = cash FY2025-Q3",
                "270 = cash FY2025-Q3 budget",
                "25 = cash FY2025-Q3 variance on budget",
            ],
        ),
    ]);
}

#[test]
fn corners_and_repeated_columns_say_what_rows_are_parts_of() {
    check(&[
        (
            "| Crew | Opening | Joiners | Leavers | Closing |\n|---|---:|---:|---:|---:|\n| Deck | 148 | 14 | (6) | 156 |\n| **Total** | 148 | 14 | (6) | 156 |",
            &[
                "148 = Deck FY2025-Q2",
                "14 = Deck Joiners FY2025-Q3",
                "(6) = Deck Leavers FY2025-Q3",
                "156 = Deck FY2025-Q3",
                "148 = ?",
                "14 = ?",
                "(6) = ?",
                "156 = ?",
            ],
        ),
        (
            "| Staff | Opening | Joiners | Leavers | Closing |\n|---|---:|---:|---:|---:|\n| Deck | 148 | 14 | (6) | 156 |\n| **Total** | 148 | 14 | (6) | 156 |",
            &[
                "148 = Staff Deck FY2025-Q2",
                "14 = Joiners Deck FY2025-Q3",
                "(6) = Leavers Deck FY2025-Q3",
                "156 = Staff Deck FY2025-Q3",
                "148 = Staff FY2025-Q2",
                "14 = Joiners FY2025-Q3",
                "(6) = Leavers FY2025-Q3",
                "156 = Staff FY2025-Q3",
            ],
        ),
        (
            "| | Bids Q2 | Won Q2 | Bids Q3 | Won Q3 |\n|---|---:|---:|---:|---:|\n| Public sector | 18 | 8 | 21 | 9 |\n| Total | 18 | 8 | 21 | 9 |\n\nIn the public sector we won 9 of our 21 bids.",
            &[
                "18 = Bids Public sector FY2025-Q2",
                "8 = Won Public sector FY2025-Q2",
                "21 = Bids Public sector FY2025-Q3",
                "9 = Won Public sector FY2025-Q3",
                "18 = Bids FY2025-Q2",
                "8 = Won FY2025-Q2",
                "21 = Bids FY2025-Q3",
                "9 = Won FY2025-Q3",
                "9 = ?",
                "21 = Bids Public sector FY2025-Q3",
            ],
        ),
    ]);
}

#[test]
fn accounts_to_a_date_that_count_the_months_run_since_the_year_began() {
    let deck = |text: &str| Binder::of(&format!("# Management accounts to 31 March 2025\n\n{text}\n")).bound();
    let rows = [
        (
            "The trust's year runs from 1 August to 31 July, so month 8 is March 2025. These are the accounts for the eight months.\n\nIncome was £13,757k.\n\n| £000 | YTD | Budget YTD |\n|---|---:|---:|\n| Income | 13,757 | 13,795 |",
            "£13,757k = Income 2025-03-YTD",
        ),
        // What only the month has is of the month.
        (
            "At month 8 pupils numbered 2,317.\n\nOur financial year starts on 1 August. These are accounts for the eight months.\n\n| | March 2025 | March 2024 |\n|---|---:|---:|\n| Pupils | 2,317 | 2,204 |",
            "2,317 = Pupils 2025-03",
        ),
        (
            "Our financial year starts on 1 August. These are accounts for the eight months.\n\nEBITDA is forecast at £2,638k.\n\n| £000 | Budget 2024/25 | Forecast 2024/25 |\n|---|---:|---:|\n| EBITDA | 2,815 | 2,638 |",
            "£2,638k = EBITDA FY2025 forecast",
        ),
        // Accounts of a month say so of no stretch.
        (
            "Our financial year starts on 1 August.\n\nIncome was £1,731k.\n\n| £000 | Mar-25 | YTD |\n|---|---:|---:|\n| Income | 1,731 | 13,757 |",
            "£1,731k = Income 2025-03",
        ),
    ];
    for (text, expected) in rows {
        let found = shown(&deck(text));
        assert!(found.iter().any(|line| line == expected), "{text}\n  expected {expected}\n  found    {found:?}");
    }
}

#[test]
fn accounts_of_a_numbered_month_are_on_the_year_up_to_it_or_on_the_month() {
    let rows: [(&str, &[&str]); 2] = [
        (
            "# Finance report: Month 7 2025/26\n\nThis paper covers October 2025 (Month 7) and the seven months to 31 October 2025. The financial year ends on 31 March 2026.\n\nIncome was £289.8m, and £41.5m in October. Income is £0.6m below plan.",
            &["£289.8m = Income 2025-10-YTD", "£41.5m = Income 2025-10", "£0.6m = Income 2025-10-YTD variance on plan"],
        ),
        (
            "# Accounts, M7 FY26\n\nOur financial year ends on 31 March.\n\nIncome was £41.5m, and £289.8m for the year to date.",
            &["£41.5m = Income 2025-10", "£289.8m = Income 2025-10-YTD"],
        ),
    ];
    for (text, expected) in rows {
        let table =
            "| £m | Month actual | YTD plan | YTD actual |\n|---|---:|---:|---:|\n| Income | 41.5 | 290.4 | 289.8 |";
        let found = shown(&Binder::of(&format!("{text}\n\n{table}\n")).bound());
        for expected in expected {
            assert!(found.iter().any(|line| line == expected), "{text}\n  expected {expected}\n  found    {found:?}");
        }
    }
}

#[test]
fn papers_for_a_meeting_on_the_half_year_before_it() {
    let deck = |run: &str| {
        let table =
            "| £ | Budget | Actual |\n|---|---:|---:|\n| Roads | 41,300 | 42,750 |\n| Parks | 18,200 | 17,900 |";
        Binder::of(&format!("# Finance committee, 14 October 2025\n\n**Budget watch, {run}**\n\n{table}\n")).bound()
    };
    for (run, expected) in [
        ("half-year, 1 April to 30 September 2025", "42,750 = Roads FY2026-H1"),
        ("six months to 30 September 2025", "42,750 = Roads FY2026-H1"),
        ("nine months to 30 September 2025", "42,750 = Roads FY2025-Q3-YTD"),
        // Of which year such months are the half is not said.
        ("1 April to 30 September 2025", "42,750 = Roads undated"),
    ] {
        let found = shown(&deck(run));
        assert!(found.iter().any(|line| line == expected), "{run}\n  expected {expected}\n  found    {found:?}");
    }
}

#[test]
fn numbers_that_paragraphs_go_by_are_no_claims() {
    check(&[
        (
            "2.1 Revenue was $56.2M.\n\n2.2 Headcount was 318.\n\n2.3 ARR stood at $42.3M.",
            &["$56.2M = revenue FY2025-Q3", "318 = headcount FY2025-Q3", "$42.3M = arr FY2025-Q3"],
        ),
        // Two may be figures.
        ("2.1 Visits a head\n\n2.2 Visits planned", &["2.1 = ?", "2.2 = ?"]),
    ]);
}

#[test]
fn changes_behind_what_was_before_are_on_it() {
    check(&[
        (
            "| $M | Actual | Budget | Variance | Q3 FY24 | Change on year |\n|---|---:|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 1.2 | 48.2 | 16.6% |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 budget",
                "1.2 = revenue FY2025-Q3 variance on budget",
                "48.2 = revenue FY2024-Q3",
                "16.6% = revenue FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
        (
            "| $M | Q3 FY25 | Target or budget | Q3 FY24 | Growth |\n|---|---:|---:|---:|---:|\n| Revenue | 56.2 | 55.0 | 48.2 | 16.6% |",
            &[
                "56.2 = revenue FY2025-Q3",
                "55.0 = revenue FY2025-Q3 target",
                "48.2 = revenue FY2024-Q3",
                "16.6% = revenue FY2025-Q3 growth on FY2024-Q3",
            ],
        ),
    ]);
}

#[test]
fn a_last_column_that_adds_up_the_others_is_the_whole() {
    check(&[(
        "# Pupils by site\n\n| | Hill | Lake | School |\n|---|---:|---:|---:|\n| Juniors | 1,104 | 512 | 1,616 |\n| Seniors | 118 | 364 | 482 |\n| All pupils | 1,222 | 876 | 2,098 |\n\nThe school has 2,098 pupils.",
        &[
            "1,104 = Pupils Juniors / Hill FY2025-Q3",
            "512 = Pupils Juniors / Lake FY2025-Q3",
            "1,616 = Pupils Juniors FY2025-Q3",
            "118 = Pupils Seniors / Hill FY2025-Q3",
            "364 = Pupils Seniors / Lake FY2025-Q3",
            "482 = Pupils Seniors FY2025-Q3",
            "1,222 = Pupils Hill FY2025-Q3",
            "876 = Pupils Lake FY2025-Q3",
            "2,098 = Pupils FY2025-Q3",
            "2,098 = Pupils FY2025-Q3",
        ],
    )]);
}

#[test]
fn steps_from_what_was_planned_are_no_levels() {
    check(&[(
        "| £000 | YTD |\n|---|---:|\n| Budget EBITDA | 1,905 |\n| Fees | 32 |\n| Pay | (188) |\n| Materials | 11 |\n| Actual EBITDA | 1,760 |",
        &["1,905 = ebitda FY2025-Q3-YTD budget", "32 = ?", "(188) = ?", "11 = ?", "1,760 = ebitda FY2025-Q3-YTD"],
    )]);
}

#[test]
fn what_closes_its_months_is_all_of_them() {
    check(&[(
        "| $M | July | August | September | Quarter |\n|---|---:|---:|---:|---:|\n| Revenue | 18.0 | 18.2 | 20.0 | 56.2 |",
        &["18.0 = revenue 2025-07", "18.2 = revenue 2025-08", "20.0 = revenue 2025-09", "56.2 = revenue FY2025-Q3"],
    )]);
}
